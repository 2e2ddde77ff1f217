"""Charts as drawing primitives: marks only, in points from 0, 0; their words are set by `layout`."""

from __future__ import annotations

import math
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.geometry import Rect
from briefpack.graphics.patterns import circle
from briefpack.graphics.primitives import KAPPA, Path, Segment, rectangle

_OUTLINE: Final = 0.7

# Of the side of a square: its outline.
_EDGE: Final = 0.06


@dataclass(frozen=True, slots=True)
class Drawing:
    """Paths and the size of what they cover, in points."""

    width: float
    height: float
    paths: tuple[Path, ...]


def waffle(
    units: int,
    marked: float,
    width: float,
    *,
    columns: int,
    mark: str,
    ground: str,
    gap: float = 0.28,
    icon: str = "square",
    outlined: bool = True,
) -> Drawing:
    """`units` equal icons in rows of `columns`, filling `width` points; `marked` of them shaded.

    Whole icons are shaded first and then a share of the next square, from its left edge, so that a
    quarter of a square is a quarter of its area; `marked` is whole where `icon` is not `square`. `gap` is
    the white between icons as a share of an icon's side; squares may do without an outline.
    """
    side = width / (columns + (columns - 1) * gap)
    pitch = side * (1 + gap)
    rows = math.ceil(units / columns)
    radius = side * 0.12

    def moved(index: int, cell: Rect) -> Rect:
        row, column = divmod(index, columns)
        return Rect(cell.x + column * pitch, cell.y + row * pitch, cell.width, cell.height)

    def square(index: int, share: float = 1.0) -> tuple[Segment, ...]:
        row, column = divmod(index, columns)
        cell = Rect(column * pitch, row * pitch, side * share, side)
        if icon == "dot":
            return circle(cell.x + side / 2, cell.y + side / 2, side / 2 - _OUTLINE / 2)
        if icon == "person":
            return person(cell)
        return rectangle(cell) if share < 1 or side < 5 else rectangle(cell, radius)

    whole = min(int(marked), units)
    marks = [segment for index in range(whole) for segment in square(index)]
    if marked > whole and whole < units:
        marks.extend(square(whole, marked - whole))
    grounds = tuple(segment for index in range(units) for segment in square(index))
    # What is not shaded is hollow, so that shape tells as much as colour does; hundreds of squares may be a ground.
    if icon == "square" and outlined:
        edge = side * _EDGE
        inner = Rect(edge / 2, edge / 2, side - edge, side - edge)
        grounds = tuple(segment for index in range(units) for segment in rectangle(moved(index, inner), radius))
        below = Path(grounds, ground, mark, edge)
    else:
        below = Path(grounds, ground) if icon == "square" else Path(grounds, ground, mark, _OUTLINE)
    paths = (below, Path(tuple(marks), fill=mark)) if marks else (below,)
    return Drawing(width, rows * pitch - side * gap, paths)


def person(cell: Rect) -> tuple[Segment, ...]:
    """Head and shoulders, in the middle of `cell` and as tall."""
    x, side = cell.x + cell.width / 2, cell.height
    body = Rect(x - side * 0.36, cell.y + side * 0.52, side * 0.72, side * 0.48)
    return (*circle(x, cell.y + side * 0.23, side * 0.23), *_shoulders(body))


def _shoulders(body: Rect) -> tuple[Segment, ...]:
    """A rectangle whose upper corners are quarters of circles."""
    radius = min(body.width / 2, body.height)
    curve = radius * (1 - KAPPA)
    left, right, top, bottom = body.x, body.right, body.y, body.bottom
    return (
        ("m", (left, bottom)),
        ("l", (left, top + radius)),
        ("c", (left, top + curve, left + curve, top, left + radius, top)),
        ("l", (right - radius, top)),
        ("c", (right - curve, top, right, top + curve, right, top + radius)),
        ("l", (right, bottom)),
        ("h", ()),
    )
