"""Patterns that tell areas apart without colour: lines and dots that end at the edge of their rectangle.

They are paths, cut by arithmetic, not PDF patterns or clips: what is drawn is inside by construction, the
same in every viewer, and small.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final, assert_never

from briefpack.dataclass import dataclass
from briefpack.geometry import Rect
from briefpack.graphics.primitives import KAPPA, Path, Segment, line, rectangle

EDGE: Final = 0.8
"""The outline of an area, in points."""

_STROKE: Final = 0.9
_PITCH: Final = 3.6
_DOT: Final = 0.75

# An area gets fewer and wider lines rather than more than this, so that a file stays small.
_MOST_LINES: Final = 120


class Pattern(StrEnum):
    SOLID = "solid"
    DIAGONAL = "diagonal"
    DOTS = "dots"
    CROSSED = "crossed"
    LEVEL = "level"
    PLAIN = "plain"


PATTERNS: Final = tuple(Pattern)
"""In the order that series take them: neighbours are as unlike as can be."""


@dataclass(frozen=True, slots=True)
class Fill:
    """How an area is filled: `mark` is the colour of outline and pattern, `ground` what they stand on."""

    pattern: Pattern
    mark: str
    ground: str


def area(rect: Rect, fill: Fill) -> tuple[Path, ...]:
    """`rect` filled; nothing is drawn outside of it."""
    if rect.width <= 0 or rect.height <= 0:
        return ()
    if fill.pattern is Pattern.SOLID or min(rect.width, rect.height) <= 2 * EDGE:
        return (Path(rectangle(rect), fill=fill.mark),)
    inset = EDGE / 2
    edge = Rect(rect.x + inset, rect.y + inset, rect.width - EDGE, rect.height - EDGE)
    ground = Path(rectangle(edge), fill=fill.ground, stroke=fill.mark, width=EDGE)
    inner = Rect(edge.x + inset, edge.y + inset, edge.width - EDGE, edge.height - EDGE)
    pattern = _pattern(inner, fill)
    return (ground, pattern) if pattern is not None and pattern.segments else (ground,)


def _pattern(rect: Rect, fill: Fill) -> Path | None:
    match fill.pattern:
        case Pattern.SOLID | Pattern.PLAIN:
            return None
        case Pattern.DIAGONAL:
            return Path(_rising(rect), stroke=fill.mark, width=_STROKE)
        case Pattern.CROSSED:
            return Path((*_rising(rect), *_falling(rect)), stroke=fill.mark, width=_STROKE * 0.75)
        case Pattern.LEVEL:
            return Path(_level(rect), stroke=fill.mark, width=_STROKE)
        case Pattern.DOTS:
            return Path(_dots(rect), fill=fill.mark)
        case _:
            assert_never(fill.pattern)


def _steps(length: float, pitch: float) -> list[float]:
    """Places along `length`, `pitch` apart or more, and the first half as far from the beginning."""
    count = min(int(length / pitch), _MOST_LINES)
    return [length / count * (at + 0.5) for at in range(count)] if count else []


def _rising(rect: Rect) -> tuple[Segment, ...]:
    """Lines at 45° from the lower left to the upper right.

    Line c is where the way right from the left edge and the way down from the top add up to c.
    """
    segments: list[Segment] = []
    for along in _steps(rect.width + rect.height, _PITCH * 2**0.5):
        left, right = max(0.0, along - rect.height), min(rect.width, along)
        segments += line(rect.x + left, rect.y + along - left, rect.x + right, rect.y + along - right)
    return tuple(segments)


def _falling(rect: Rect) -> tuple[Segment, ...]:
    """The lines of `_rising`, seen in a mirror."""
    return tuple((operator, (2 * rect.x + rect.width - numbers[0], numbers[1])) for operator, numbers in _rising(rect))


def _level(rect: Rect) -> tuple[Segment, ...]:
    return tuple(
        segment
        for down in _steps(rect.height, _PITCH)
        for segment in line(rect.x, rect.y + down, rect.right, rect.y + down)
    )


def _dots(rect: Rect) -> tuple[Segment, ...]:
    """Dots in rows, every other row moved by half a step; those that would reach over the edge left out."""
    segments: list[Segment] = []
    pitch = max(_PITCH, (rect.width * rect.height / _MOST_DOTS) ** 0.5)
    for row, down in enumerate(_steps(rect.height, pitch * 0.8)):
        for across in _steps(rect.width, pitch):
            x = across + (pitch / 2 if row % 2 else 0.0)
            if _DOT <= x <= rect.width - _DOT and _DOT <= down <= rect.height - _DOT:
                segments += circle(rect.x + x, rect.y + down, _DOT)
    return tuple(segments)


_MOST_DOTS: Final = 1_500


def circle(x: float, y: float, radius: float) -> tuple[Segment, ...]:
    """A circle round (x, y)."""
    reach = radius * KAPPA
    return (
        ("m", (x + radius, y)),
        ("c", (x + radius, y + reach, x + reach, y + radius, x, y + radius)),
        ("c", (x - reach, y + radius, x - radius, y + reach, x - radius, y)),
        ("c", (x - radius, y - reach, x - reach, y - radius, x, y - radius)),
        ("c", (x + reach, y - radius, x + radius, y - reach, x + radius, y)),
        ("h", ()),
    )
