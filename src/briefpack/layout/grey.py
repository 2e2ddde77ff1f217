"""Pages in grey. Every colour becomes the grey of the same relative luminance (WCAG 2.1).

So the contrast of two colours, which is a ratio of luminances, stays what it was. Colours of the palette
that would come out nearly the same are darkened a little, as far as no pair falls under 4.5 or 3 to 1.
Pictures become grey pictures.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, replace
from functools import lru_cache, partial
from typing import Final, TypeVar

from briefpack.dataclass import dataclass
from briefpack.document import Lately
from briefpack.graphics.artwork import Artwork, recolored
from briefpack.graphics.primitives import Path
from briefpack.layout.contrast import ENOUGH, ENOUGH_LARGE, PAPER, contrast, luminance
from briefpack.layout.frames import Frame, ImageFrame, LaidOut, ShapeFrame, TextFrame
from briefpack.text import Line

K = TypeVar("K")
V = TypeVar("V")

# Levels of 255 between two greys that a reader tells apart as grounds, about 3 % of ink.
STEP: Final = 8

# The lightest that stands out from white paper, 4.5 to 1. Up to it greys are rounded down, lighter ones up, so that
# dark on light never loses contrast.
_MIDDLE: Final = 0.1834


def in_grey(laid_out: LaidOut, greys: Mapping[str, str], known: Lately[Frame] | None = None) -> LaidOut:
    """`laid_out` with every colour grey. `greys` are those of colours that are kept apart, `#rrggbb`.

    Frames in grey are `known` by those that they were made of.
    """
    grey, kept = _Greying(greys).frame, Lately[Frame]() if known is None else known
    asked = tuple(greys.items()) if known is not None else ()
    pages = [
        replace(page, frames=tuple([kept.of(frame, partial(grey, frame), asked) for frame in page.frames]))
        for page in laid_out.pages
    ]
    return replace(laid_out, pages=tuple(pages))


@lru_cache(8)
def levels_of(palette: tuple[str, ...]) -> Mapping[str, str]:
    """The grey of each colour of `palette`, worked out once."""
    return grey_levels(palette)


def grey_levels(palette: Iterable[str]) -> dict[str, str]:
    """The grey of each colour of `palette`, neighbours at least STEP levels apart where contrast allows."""
    colors = sorted(set(palette), key=lambda color: (-luminance(color), color))
    greys = {color: _hex(_level(color)) for color in colors}
    lighter = _level(PAPER)
    for color in colors:
        own = _level(color)
        if color != PAPER:
            apart = max(0, min(own, lighter - STEP))
            chosen = next((level for level in range(apart, own) if _keeps_contrast(color, level, greys)), own)
            greys[color] = _hex(chosen)
            lighter = chosen
    return greys


def grey_of(color: str, greys: Mapping[str, str]) -> str:
    """The grey of `color`: among `greys`, or that of its luminance alone."""
    return greys.get(color) or _hex(_level(color))


def _keeps_contrast(color: str, level: int, greys: Mapping[str, str]) -> bool:
    """Whether no colour that `color` stood out from stops to, if it became the grey `level`."""
    return not any(
        contrast(color, other) >= enough > contrast(_hex(level), grey)
        for other, grey in greys.items()
        for enough in (ENOUGH, ENOUGH_LARGE)
    )


def _level(color: str) -> int:
    """The grey level of the luminance of `color`, 0 to 255 (IEC 61966-2-1, the inverse of the transfer)."""
    light = luminance(color)
    value = 255 * (light * 12.92 if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055)
    nearest = round(value)
    if math.isclose(value, nearest, abs_tol=0.02):
        return nearest
    return math.floor(value) if light < _MIDDLE else math.ceil(value)


def _hex(level: int) -> str:
    return f"#{level:02x}{level:02x}{level:02x}"


@dataclass(frozen=True, slots=True)
class _Greying:
    """The greys of a document's colours, `asked` of those there are once each."""

    greys: Mapping[str, str]
    asked: dict[str, str] = field(default_factory=dict)
    drawings: dict[int, tuple[Artwork, Artwork]] = field(default_factory=dict)

    def frame(self, frame: Frame) -> Frame:
        match frame:
            case TextFrame(lines=lines):
                return replace(frame, lines=tuple(map(self._line, lines)))
            case ShapeFrame(paths=paths):
                return replace(frame, paths=tuple(map(self._path, paths)))
            case ImageFrame(picture=Artwork() as artwork):
                grey = _once(self.drawings, id(artwork), lambda: (artwork, recolored(artwork, self._grey)))
                return replace(frame, picture=grey[1])
            case ImageFrame(wish=wish):
                return replace(frame, wish=replace(wish, grey=True))
            case _:
                return frame

    def _line(self, line: Line) -> Line:
        return replace(line, segments=tuple(replace(each, color=self._grey(each.color)) for each in line.segments))

    def _path(self, path: Path) -> Path:
        fill = None if path.fill is None else self._grey(path.fill)
        stroke = None if path.stroke is None else self._grey(path.stroke)
        return replace(path, fill=fill, stroke=stroke)

    def _grey(self, color: str) -> str:
        return _once(self.asked, color, lambda: grey_of(color, self.greys))


def _once(known: dict[K, V], key: K, make: Callable[[], V]) -> V:
    found = known.get(key)
    if found is None:
        found = known[key] = make()
    return found
