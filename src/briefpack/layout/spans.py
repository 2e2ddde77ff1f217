"""Rows that cells reach across: how tall each is, which belong together, and where their rules run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefpack.namedtuple import NamedTuple


class Reach(NamedTuple):
    """A cell that takes `rows` rows from row `row` on, and how tall it has to be, in points."""

    row: int
    rows: int
    height: float


def row_heights(count: int, cells: Iterable[Reach]) -> list[float]:
    """The heights of `count` rows that hold `cells`.

    A row is as tall as the tallest cell of it alone; what a cell over several rows needs beyond theirs is
    shared out among them, the shorter reach first.
    """
    heights = [0.0] * count
    across: list[Reach] = []
    for cell in cells:
        if cell.rows > 1:
            across.append(cell)
        elif cell.height > heights[cell.row]:
            heights[cell.row] = cell.height
    for cell in sorted(across, key=lambda each: (each.rows, each.row)):
        rows = range(cell.row, min(cell.row + cell.rows, count))
        lacking = cell.height - sum(heights[at] for at in rows)
        if lacking > 0:
            for at in rows:
                heights[at] += lacking / len(rows)
    return heights


def bands(reaches: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Rows that no page break may part, from and to; `reaches` says how many rows the longest cell of each takes."""
    start = end = at = 0
    for at, reach in enumerate(reaches):
        if at == end and at > start:
            yield start, at
            start = at
        end = max(end, at + max(reach, 1))
    if end:
        yield start, at + 1


def stretches(columns: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring `columns`, given in order, in one: the first and the last of each stretch."""
    found: list[tuple[int, int]] = []
    for at in columns:
        if found and found[-1][1] == at - 1:
            found[-1] = (found[-1][0], at)
        else:
            found.append((at, at))
    return found
