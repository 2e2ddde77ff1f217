"""Artwork: a drawing of filled and stroked shapes with gradients, clips and transparency.

What an SVG file is read into. Coordinates run from 0, 0 at the top left, y downwards; the longer side of
the whole is `SIDE` long, whatever size the artwork is set at.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.graphics.primitives import Segment

SIDE: Final = 1000.0

# x' = a x + c y + e, y' = b x + d y + f, in the order a, b, c, d, e, f (SVG 1.1, 7.4).
Matrix = tuple[float, float, float, float, float, float]

UNMOVED: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Gradient:
    """Colours along a line (`ends` x0, y0, x1, y1) or between circles (x0, y0, r0, x1, y1, r1), under `matrix`.

    `stops` are shares of the way with their colours, rising from 0 to 1.
    """

    ends: tuple[float, ...]
    stops: tuple[tuple[float, str], ...]
    matrix: Matrix = UNMOVED


Paint = str | Gradient
"""`#rrggbb`, or a gradient."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A pen. `cap` is 0 butt, 1 round, 2 square; `join` 0 miter, 1 round, 2 bevel (ISO 32000-1, 8.4.3)."""

    color: str
    width: float
    cap: int = 0
    join: int = 0
    miter: float = 4.0
    dash: tuple[float, ...] = ()
    phase: float = 0.0
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A path with its paint. The segments and the pen are seen through `matrix`, gradients are not.

    Of letters, `type_size` is their size in units of the drawing; zero says that it is none.
    """

    segments: tuple[Segment, ...]
    fill: Paint | None = None
    opacity: float = 1.0
    even_odd: bool = False
    stroke: Stroke | None = None
    matrix: Matrix = UNMOVED
    type_size: float = 0.0
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Clip:
    """What is outside of `segments` is not seen."""

    segments: tuple[Segment, ...]
    even_odd: bool = False


@dataclass(frozen=True, slots=True)
class Layer:
    """Marks that are clipped, and then made see-through, together."""

    marks: tuple[Mark, ...]
    clips: tuple[Clip, ...] = ()
    opacity: float = 1.0


Mark = Shape | Layer


@dataclass(frozen=True, slots=True)
class Artwork:
    width: float
    height: float
    marks: tuple[Mark, ...]


def recolored(artwork: Artwork, color: Callable[[str], str]) -> Artwork:
    """`artwork` with every colour put through `color`."""
    return replace(artwork, marks=tuple(_recolored(mark, color) for mark in artwork.marks))


def _recolored(mark: Mark, color: Callable[[str], str]) -> Mark:
    if isinstance(mark, Layer):
        return replace(mark, marks=tuple(_recolored(each, color) for each in mark.marks))
    stroke = replace(mark.stroke, color=color(mark.stroke.color)) if mark.stroke is not None else None
    return replace(mark, fill=_repainted(mark.fill, color), stroke=stroke)


def _repainted(paint: Paint | None, color: Callable[[str], str]) -> Paint | None:
    match paint:
        case Gradient(stops=stops):
            return replace(paint, stops=tuple((share, color(each)) for share, each in stops))
        case str():
            return color(paint)
        case _:
            return None


# ------------------------------------------------------------------------------------------------ matrices


def times(outer: Matrix, inner: Matrix) -> Matrix:
    """The matrix that does `inner` first and then `outer`."""
    a, b, c, d, e, f = outer
    g, h, i, j, k, m = inner
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)


def moved_point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def moved_segments(matrix: Matrix, segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """`segments`, none of them an `re`, seen through `matrix`."""
    if matrix == UNMOVED:
        return segments
    result: list[Segment] = []
    for operator, numbers in segments:
        pairs = zip(numbers[0::2], numbers[1::2], strict=True)
        result.append((operator, tuple(value for x, y in pairs for value in moved_point(matrix, x, y))))
    return tuple(result)


def even_scale(matrix: Matrix) -> float | None:
    """By how much `matrix` makes everything larger; None when that depends on the direction."""
    a, b, c, d, _, _ = matrix
    along, across = math.hypot(a, b), math.hypot(c, d)
    largest = max(along, across)
    if abs(along - across) > 1e-6 * largest or abs(a * c + b * d) > 1e-6 * largest * largest:
        return None
    return along


def box(segments: tuple[Segment, ...]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the curve itself, control points not counted."""
    xs: list[float] = []
    ys: list[float] = []
    at = (0.0, 0.0)
    for operator, numbers in segments:
        if operator == "c":
            for values, start, offset in ((xs, at[0], 0), (ys, at[1], 1)):
                values.extend(_extremes(start, *numbers[offset::2]))
        xs.extend(numbers[-2:-1])
        ys.extend(numbers[-1:])
        at = (numbers[-2], numbers[-1]) if numbers else at
    return (min(xs), min(ys), max(xs), max(ys)) if xs else (0.0, 0.0, 0.0, 0.0)


def _extremes(start: float, one: float, two: float, end: float) -> list[float]:
    """Where a cubic Bézier turns round in one direction: the roots of its derivative between 0 and 1."""
    a = -start + 3 * one - 3 * two + end
    b = 2 * (start - 2 * one + two)
    c = one - start
    if abs(a) < 1e-12:
        roots = [-c / b] if abs(b) > 1e-12 else []
    else:
        inside = b * b - 4 * a * c
        roots = [(-b + sign * inside**0.5) / (2 * a) for sign in (1, -1)] if inside >= 0 else []
    return [
        (1 - t) ** 3 * start + 3 * (1 - t) ** 2 * t * one + 3 * (1 - t) * t * t * two + t**3 * end
        for t in roots
        if 0 < t < 1
    ]
