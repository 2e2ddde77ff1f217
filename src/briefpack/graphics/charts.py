"""Charts as drawing primitives: marks only, in points from 0, 0; their words are set by `layout`."""

from __future__ import annotations

import math
from dataclasses import dataclass

from briefpack.geometry import Rect
from briefpack.graphics.primitives import Path, Segment, rectangle


@dataclass(frozen=True, slots=True)
class Drawing:
    """Paths and the size of what they cover, in points."""

    width: float
    height: float
    paths: tuple[Path, ...]


def waffle(
    units: int, marked: float, width: float, *, columns: int, mark: str, ground: str, gap: float = 0.28
) -> Drawing:
    """`units` equal squares in rows of `columns`, filling `width` points; `marked` of them shaded.

    Whole squares are shaded first and then a share of the next one, from its left edge, so that a
    quarter of a square is a quarter of its area. `gap` is the white between squares as a share of a
    square's side.
    """
    side = width / (columns + (columns - 1) * gap)
    pitch = side * (1 + gap)
    rows = math.ceil(units / columns)
    radius = side * 0.12

    def square(index: int, share: float = 1.0) -> tuple[Segment, ...]:
        row, column = divmod(index, columns)
        cell = Rect(column * pitch, row * pitch, side * share, side)
        return rectangle(cell) if share < 1 or side < 5 else rectangle(cell, radius)

    grounds = tuple(segment for index in range(units) for segment in square(index))
    whole = min(int(marked), units)
    marks = [segment for index in range(whole) for segment in square(index)]
    if marked > whole and whole < units:
        marks.extend(square(whole, marked - whole))
    paths = (Path(grounds, fill=ground), Path(tuple(marks), fill=mark)) if marks else (Path(grounds, fill=ground),)
    return Drawing(width, rows * pitch - side * gap, paths)
