"""The grid of a table: which column each cell begins in, and which places of it others reach into.

Formed as in HTML (4.9.12.1): a cell takes the first place of its row that no cell from above reaches into.
What does not make a grid is a fault: rows of different widths, cells over one another, a cell that
reaches below the last row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum, auto

from briefpack.dataclass import dataclass
from briefpack.document.nodes import Cell, TableRow


class Fault(Enum):
    UNEVEN = auto()  # a row with fewer columns than the widest
    OVERLAP = auto()  # a cell over one that reaches down from a row above
    BEYOND = auto()  # a cell that reaches below the last row
    EMPTY = auto()  # a row without a cell of its own


@dataclass(frozen=True, slots=True)
class Misfit:
    """What is wrong at row `row`, from 0; `id` is that of the cell at fault, or of the row."""

    fault: Fault
    row: int
    id: int
    columns: int = 0


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell and the column it begins in, from 0; `row` is its first."""

    cell: Cell
    row: int
    column: int

    @property
    def columns(self) -> range:
        return range(self.column, self.column + self.cell.column_span)


@dataclass(frozen=True, slots=True)
class TableGrid:
    """The cells of rows in their places. `rows` are the cells that begin in each."""

    rows: tuple[tuple[Placed, ...], ...]
    width: int
    misfits: tuple[Misfit, ...]

    def covering(self) -> list[list[Placed]]:
        """The cells over each row, those that reach into it too, by column."""
        found: list[list[Placed]] = [[] for _ in self.rows]
        for row in self.rows:
            for placed in row:
                for at in range(placed.row, min(placed.row + placed.cell.row_span, len(found))):
                    found[at].append(placed)
        return [sorted(row, key=lambda placed: placed.column) for row in found]


def table_grid(rows: Sequence[TableRow]) -> TableGrid:
    """The grid of `rows`, which are all of a table's head or all of its body."""
    taken: list[set[int]] = [set() for _ in rows]
    misfits: list[Misfit] = []
    placed = tuple(tuple(_row(row, at, taken, misfits)) for at, row in enumerate(rows))
    width = max((max(columns) + 1 for columns in taken if columns), default=0)
    for at, (row, columns) in enumerate(zip(rows, taken, strict=True)):
        if row.cells and len(columns) < width:
            misfits.append(Misfit(Fault.UNEVEN, at, row.id, len(columns)))
    return TableGrid(placed, width, tuple(misfits))


def _row(row: TableRow, at: int, taken: list[set[int]], misfits: list[Misfit]) -> Iterator[Placed]:
    if not row.cells:
        misfits.append(Misfit(Fault.EMPTY, at, row.id))
    column = 0
    for cell in row.cells:
        while column in taken[at]:
            column += 1
        placed = Placed(cell, at, column)
        if taken[at].intersection(placed.columns):
            misfits.append(Misfit(Fault.OVERLAP, at, cell.id))
        if at + cell.row_span > len(taken):
            misfits.append(Misfit(Fault.BEYOND, at, cell.id))
        for below in taken[at : at + cell.row_span]:
            below.update(placed.columns)
        column += cell.column_span
        yield placed
