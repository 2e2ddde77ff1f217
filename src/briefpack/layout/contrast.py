"""Contrast of every text with what it stands on, as placed: WCAG 2.1, success criteria 1.4.3 and 1.4.11.

The ground of a text is the last fill painted under it, white paper if there is none; a text that stands on several
has to be seen on each. Ratios are not rounded. They are computed in colour and for a copy in grey, as an office
printer makes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import combinations
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, either, finding
from briefpack.geometry import Rect
from briefpack.graphics.primitives import Segment
from briefpack.layout.alike import Alike
from briefpack.layout.frames import Frame, LinkFrame, Page, ShapeFrame, TextFrame
from briefpack.namedtuple import NamedTuple
from briefpack.project.theme import Theme
from briefpack.text import Face, Line
from briefpack.text import Segment as Stretch

PAPER: Final = "#ffffff"

# WCAG 2.1, 1.4.3: large is 18 pt, or 14 pt and bold.
ENOUGH: Final = 4.5
ENOUGH_LARGE: Final = 3.0
# WCAG 2.1, 1.4.11.
ENOUGH_MARK: Final = 3.0
_LARGE: Final = 18.0
_LARGE_BOLD: Final = 14.0
# The weight that bold begins at.
BOLD: Final = 700
# Half of a small letter's height, as a part of its size.
_HALF_X: Final = 0.25


class Pair(NamedTuple):
    """A colour of text on a ground; `large` as WCAG means it."""

    text: str
    ground: str
    large: bool

    @property
    def ratio(self) -> float:
        """The smaller of the ratios in colour and in grey."""
        return seen_ratio(self.text, self.ground)

    @property
    def enough(self) -> float:
        return ENOUGH_LARGE if self.large else ENOUGH


@lru_cache(maxsize=1024)
def seen_ratio(one: str, other: str) -> float:
    """The smaller of the contrast ratios of two colours and of their greys."""
    return min(contrast(one, other), contrast(grey(one), grey(other)))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb`, 1 to 21 (WCAG 2.1, "contrast ratio")."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(color: str) -> float:
    """The relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.1, "relative luminance")."""
    red, green, blue = (_linear(value) for value in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> tuple[float, float, float]:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def grey(color: str) -> str:
    """`color` as a grey copy shows it: luma of ITU-R BT.601, which printer drivers use."""
    red, green, blue = _channels(color)
    level = round(255 * (0.299 * red + 0.587 * green + 0.114 * blue))
    return f"#{level:02x}{level:02x}{level:02x}"


# Shapes of fewer segments are sooner measured than looked up.
_MANY: Final = 12


Fills = tuple[tuple[Rect, str], ...]
"""Filled areas of a page in paint order, each with its colour."""


@dataclass(slots=True)
class Extents:
    """The extents of large shapes, by their identity; and pages on which nothing is weak, with what was filled before
    each of their frames."""

    limit: int = 256
    sound: Alike[tuple[Fills, ...]] = field(init=False)
    _known: dict[int, tuple[Sequence[Segment], Rect]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sound = Alike(self._filled)

    def _filled(self, frames: Sequence[Frame]) -> tuple[Fills, ...]:
        found: list[Fills] = []
        fills: Fills = ()
        for frame in frames:
            found.append(fills)
            if isinstance(frame, ShapeFrame):
                fills = (
                    *fills,
                    *((self.of(path.segments), path.fill) for path in frame.paths if path.fill is not None),
                )
        return tuple(found)

    def of(self, segments: Sequence[Segment]) -> Rect:
        if len(segments) < _MANY:
            return extent(segments)
        known = self._known.get(id(segments))
        if known is None:
            if len(self._known) >= self.limit:
                self._known.clear()
            known = self._known[id(segments)] = (segments, extent(segments))
        return known[1]


def check_seen(pages: Sequence[Page], theme: Theme, path: str, extents: Extents) -> tuple[Diagnostic, ...]:
    """What `check_contrast` and `check_marks` find on `pages`; of pages like sound ones only the other texts are looked
    at. `path` is where `theme` is written."""
    if all(_is_sound(page.frames, extents) for page in pages):
        return ()
    found = (*check_contrast(pages, path, extents, theme), *check_marks(pages, path, extents, theme))
    if not found:
        for page in pages:
            extents.sound.keep(page.frames)
    return found


def _is_sound(frames: tuple[Frame, ...], extents: Extents) -> bool:
    """Whether a page has the frames of a sound one but for texts and links, and no text is weak."""
    near = extents.sound.near(frames)
    if near is None:
        return False
    met, others = near
    return all(_is_seen(frames[at], met.frames[at], met.kept[at]) for at in others)


def _is_seen(frame: Frame, before: Frame, fills: Fills) -> bool:
    match frame, before:
        case TextFrame(), TextFrame():
            return all(pair.ratio >= pair.enough for pair, _ in _text_pairs(frame, fills))
        case LinkFrame(), LinkFrame():
            return True
        case _:
            return False


def check_contrast(
    pages: Iterable[Page], path: str, extents: Extents | None = None, theme: Theme | None = None
) -> tuple[Diagnostic, ...]:
    """A diagnostic for every pair of colours that is too weak: at its place in `theme`, or with the first words set in
    it where the theme has neither colour.

    `path` is the file to mend, the theme.
    """
    if all(_all_seen(page.frames, extents) for page in pages):
        return ()
    first: dict[Pair, str] = {}
    for page in pages:
        for pair, words in pairs(page.frames, extents):
            first.setdefault(pair, words)
    weak = {pair: words for pair, words in first.items() if pair.ratio < pair.enough}
    return tuple(_weak_text(pair, words, path, theme) for pair, words in weak.items())


def check_marks(
    pages: Iterable[Page], path: str, extents: Extents | None = None, theme: Theme | None = None
) -> tuple[Diagnostic, ...]:
    """A diagnostic for every shape of a figure that nothing tells from its ground: WCAG 2.1, 1.4.11.

    A shape is seen when its strongest colour is, and what is in it when its colours are told from each other, as a
    pattern from what it is drawn on, or the marked icons of a waffle from the others. Areas side by side, as the
    parts of a stacked bar, are not compared: they are outlined and stand apart on their ground, on which each is seen.
    `path` is the file to mend, the theme.
    """
    weak: dict[tuple[str, str, bool], float] = {}
    for page in pages:
        for mark, ground in marks(page.frames, extents):
            if (ratio := seen_ratio(mark, ground)) < ENOUGH_MARK:
                weak.setdefault((mark, ground, False), ratio)
        for one, other in mixed_marks(page.frames):
            if (ratio := seen_ratio(one, other)) < ENOUGH_MARK:
                weak.setdefault((one, other, True), ratio)
    return tuple(_weak_mark(*colors, ratio, path, theme) for colors, ratio in weak.items())


def mixed_marks(frames: Sequence[Frame]) -> Iterator[tuple[str, str]]:
    """The colours that are in one shape together, of every shape that is content."""
    for frame in frames:
        if isinstance(frame, ShapeFrame) and frame.tag is not None and len(frame.paths) > 1:
            colors = sorted({color for path in frame.paths for color in (path.fill, path.stroke) if color is not None})
            yield from combinations(colors, 2)


def marks(frames: Sequence[Frame], extents: Extents | None = None) -> Iterator[tuple[str, str]]:
    """The strongest colour of every shape that is content, and its ground: the last fill that is none."""
    fills: list[tuple[Rect, str]] = []
    extents = extents or Extents()
    for frame in frames:
        match frame:
            case ShapeFrame(tag=None, paths=paths):
                fills.extend((extents.of(path.segments), path.fill) for path in paths if path.fill is not None)
            case ShapeFrame(paths=paths, bounds=bounds):
                ground = _ground(fills, bounds)
                colors = {color for path in paths for color in (path.fill, path.stroke) if color is not None}
                yield max((Pair(color, ground, large=True).ratio, color) for color in colors)[1], ground
            case _:
                pass


def _weak_mark(one: str, other: str, within: bool, ratio: float, path: str, theme: Theme | None) -> Diagnostic:
    first, second = _name(one, theme), _name(other, theme)
    what = f"{first} and {second} in one chart have" if within else f"a mark in {first} on {second} has"
    need = "need" if within else "needs"
    message = f"{what} a contrast of {int(ratio * 100) / 100:g} to 1, and {need} {ENOUGH_MARK:g}"
    return finding("low-contrast", message, _place(one, other, theme), path=path, help=_HELP)


def _weak_text(pair: Pair, words: str, path: str, theme: Theme | None) -> Diagnostic:
    kind, place = "large text" if pair.large else "text", _place(pair.text, pair.ground, theme)
    message = (
        f"{kind} in {_name(pair.text, theme)} on {_name(pair.ground, theme)} has a contrast of "
        f"{int(pair.ratio * 100) / 100:g} to 1, and needs {pair.enough:g}"
    )
    if place is None:
        message += f": `{words.strip()[:40]}`"
    return finding("low-contrast", message, place, path=path, help=_HELP)


_HELP: Final = "make one of the two colours darker or lighter"


def _name(color: str, theme: Theme | None) -> str:
    """`color` by what the theme calls it, with what it is."""
    names = _names(color, theme)
    return f"{either(names)} ({color})" if names else color


def _names(color: str, theme: Theme | None) -> list[str]:
    return [name for name, value in theme.palette.items() if value == color] if theme is not None else []


def _place(one: str, other: str, theme: Theme | None) -> Span | None:
    """Where the theme writes the first of two colours that it has."""
    if theme is None:
        return None
    return next((theme.key_span("palette", name) for color in (one, other) for name in _names(color, theme)), None)


def pairs(frames: Sequence[Frame], extents: Extents | None = None) -> Iterator[tuple[Pair, str]]:
    """Every colour of the texts of a page with its ground, in paint order; of one that a text has often the first."""
    fills: list[tuple[Rect, str]] = []
    extents = extents or Extents()
    for frame in frames:
        match frame:
            case ShapeFrame(paths=paths):
                fills.extend((extents.of(path.segments), path.fill) for path in paths if path.fill is not None)
            case TextFrame():
                yield from _text_pairs(frame, fills)
            case _:
                pass


def _all_seen(frames: Sequence[Frame], extents: Extents | None) -> bool:
    """Whether no text of a page is weak, as of nearly every page: without asking which words are in which colours."""
    fills: list[tuple[Rect, str]] = []
    extents = extents or Extents()
    found: set[tuple[str, str, bool]] = set()
    for frame in frames:
        if isinstance(frame, ShapeFrame):
            fills.extend([(extents.of(path.segments), path.fill) for path in frame.paths if path.fill is not None])
        elif isinstance(frame, TextFrame):
            ground = _whole_ground(fills, frame.bounds)
            if ground is None:
                found.update([pair for pair, _ in _text_pairs(frame, fills)])
                continue
            for line in frame.lines:
                for part in line.segments:
                    size = part.size
                    found.add((part.color, ground, size >= _LARGE_BOLD and _is_large(size, part.face)))
    return all(pair.ratio >= pair.enough for pair in map(Pair._make, found))


def _text_pairs(frame: TextFrame, fills: Sequence[tuple[Rect, str]]) -> Iterator[tuple[Pair, str]]:
    """The colours of a text on what was filled before it."""
    whole = _whole_ground(fills, frame.bounds)
    if whole is not None:
        yield from ((Pair(color, whole, large), words) for (color, large), words in _colors(frame.lines).items())
        return
    for at, line in enumerate(frame.lines):
        for part in line.segments:
            for ground in _grounds(fills, frame, at, part):
                yield Pair(part.color, ground, _is_large(part.size, part.face)), line.text


def _colors(lines: Iterable[Line]) -> dict[tuple[str, bool], str]:
    """The colours of `lines` in which they are set, large or not, with the words of the first line of each."""
    found: dict[tuple[str, bool], str] = {}
    for line in lines:
        for part in line.segments:
            size = part.size
            key = (part.color, size >= _LARGE_BOLD and _is_large(size, part.face))
            if key not in found:
                found[key] = line.text
    return found


def _is_large(size: float, face: Face) -> bool:
    return is_large(size, face.weight >= BOLD)


def is_large(size: float, bold: bool) -> bool:
    """Whether type of `size` points is large."""
    return size >= _LARGE or (bold and size >= _LARGE_BOLD)


def _whole_ground(fills: Sequence[tuple[Rect, str]], bounds: Rect) -> str | None:
    """The one ground under all of `bounds`; None where there are several."""
    left, top = bounds.x, bounds.y
    right, bottom = left + bounds.width, top + bounds.height
    for area, color in reversed(fills):
        x, y = area.x, area.y
        if x < right and y < bottom and x + area.width > left and y + area.height > top:
            inside = x <= left and x + area.width >= right
            return color if inside and y <= top and y + area.height >= bottom else None
    return PAPER


def _grounds(fills: Sequence[tuple[Rect, str]], frame: TextFrame, at: int, part: Stretch) -> Iterator[str]:
    """The grounds under a part of line `at`: under its first letter, its middle and its last."""
    left, y = frame.starts[at] + part.x, frame.baselines[at] - part.rise - part.size * _HALF_X
    near = min(part.size * _HALF_X, part.width / 2)
    points = (left + near, left + part.width / 2, left + part.width - near)
    yield from dict.fromkeys(ground_at(fills, x, y) for x in points)


def extent(segments: Sequence[Segment]) -> Rect:
    """A rectangle round the points of `segments`, control points included."""
    xs: list[float] = []
    ys: list[float] = []
    if len(segments) == 1 and segments[0][0] == "re":
        # As most are: a ground.
        left, top, width, height = segments[0][1]
        if width >= 0 and height >= 0:
            return Rect(left, top, left + width - left, top + height - top)
    for operator, numbers in segments:
        xs.extend(numbers[0::2] if operator != "re" else (numbers[0], numbers[0] + numbers[2]))
        ys.extend(numbers[1::2] if operator != "re" else (numbers[1], numbers[1] + numbers[3]))
    if not xs:
        return Rect(0.0, 0.0, 0.0, 0.0)
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _ground(fills: Sequence[tuple[Rect, str]], bounds: Rect) -> str:
    return ground_at(fills, bounds.x + min(bounds.width, 2) / 2, bounds.y + bounds.height / 2)


def ground_at(fills: Sequence[tuple[Rect, str]], x: float, y: float) -> str:
    """The last fill that covers a point."""
    for area, color in reversed(fills):
        if area.x <= x <= area.right and area.y <= y <= area.bottom:
            return color
    return PAPER
