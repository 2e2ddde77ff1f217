"""Text as outlines, for drawings: shaped by HarfBuzz, in the typefaces of a project.

A family that a drawing names is used where the project has it or its package is installed; a general one,
such as `sans-serif`, or none at all stands for the project's own. Any other is a substitute and said to be.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.graphics.letters import Font, Outlined
from briefpack.graphics.primitives import Segment
from briefpack.text.faces import Face, FaceError, Faces
from briefpack.text.shaping import Shaper, missing_characters

_GENERAL: Final = frozenset(
    {"sans-serif", "serif", "monospace", "cursive", "fantasy", "system-ui", "ui-sans-serif", "ui-serif", "inherit"}
)


@dataclass(frozen=True, slots=True)
class FaceLetters:
    """Outlines in `faces`; `own` is the family that stands for all that are not there."""

    faces: Faces
    shaper: Shaper
    own: str
    known: frozenset[str] = frozenset()
    _glyphs: dict[tuple[Face, int], tuple[Segment, ...]] = field(default_factory=dict, compare=False)

    def outlined(self, text: str, font: Font) -> Outlined:
        """`text` in the first family of `font` there is. Raises FaceError when the project's own is not installed."""
        family, substitute = self._family(font.families)
        face = self.faces.face(family, font.weight, font.italic)
        shaped = self.shaper.shape(face, text)
        segments: list[Segment] = []
        x = 0.0
        offsets = shaped.offsets or ((0.0, 0.0),) * len(shaped.glyphs)
        for glyph, advance, (right, up) in zip(shaped.glyphs, shaped.advances, offsets, strict=True):
            segments += _moved(self._glyph(face, glyph), x + right / 1000, -up / 1000)
            x += advance / 1000
        return Outlined(
            tuple(segments),
            x,
            family,
            substitute,
            missing_characters(face, text),
            face.x_height / 1000,
            face.ascent / 1000,
            face.descent / 1000,
        )

    def _family(self, families: Iterable[str]) -> tuple[str, bool]:
        asked = False
        for name in families:
            if name.lower() in _GENERAL:
                return self.own, asked
            asked = True
            family = next((known for known in sorted(self.known) if known.lower() == name.lower()), name)
            try:
                self.faces.face(family)
            except FaceError:
                continue
            return family, False
        return self.own, asked

    def _glyph(self, face: Face, glyph: int) -> tuple[Segment, ...]:
        found = self._glyphs.get((face, glyph))
        if found is None:
            pen = _Pen(1 / face.upem)
            face.hb_font.draw_glyph_with_pen(glyph, pen)
            found = self._glyphs[face, glyph] = tuple(pen.segments)
        return found


def _moved(segments: Iterable[Segment], x: float, y: float) -> Iterable[Segment]:
    for operator, numbers in segments:
        yield operator, tuple(number + (x, y)[index % 2] for index, number in enumerate(numbers))


Point = tuple[float, float]


class _Pen:
    """What HarfBuzz draws a glyph with; the names are those it calls. `scale` makes the em one."""

    def __init__(self, scale: float) -> None:
        self.segments: list[Segment] = []
        self._scale = scale
        self._at: Point = (0.0, 0.0)

    def _point(self, point: Point) -> Point:
        return point[0] * self._scale, -point[1] * self._scale

    def moveTo(self, to: Point) -> None:  # noqa: N802
        self._at = self._point(to)
        self.segments.append(("m", self._at))

    def lineTo(self, to: Point) -> None:  # noqa: N802
        self._at = self._point(to)
        self.segments.append(("l", self._at))

    def curveTo(self, one: Point, two: Point, to: Point) -> None:  # noqa: N802
        self._at = self._point(to)
        self.segments.append(("c", (*self._point(one), *self._point(two), *self._at)))

    def qCurveTo(self, middle: Point, to: Point) -> None:  # noqa: N802
        (x, y), (mx, my), (ex, ey) = self._at, self._point(middle), self._point(to)
        one, two = (x + 2 / 3 * (mx - x), y + 2 / 3 * (my - y)), (ex + 2 / 3 * (mx - ex), ey + 2 / 3 * (my - ey))
        self._at = (ex, ey)
        self.segments.append(("c", (*one, *two, ex, ey)))

    def closePath(self) -> None:  # noqa: N802
        self.segments.append(("h", ()))
