"""A document in one column: what stood side by side stands one below the other, in reading order.

Columns of a row and cards of a grid are stacked. A number beside a text, such as that of an agenda item,
stays beside it, as the label of a list item does. A table that is not legible in one column is read
row by row: the row's header, then a list of `column header: value`. The tag tree keeps its order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.document.inline import Inline, PageNumber, Strong, Text, plain_text
from briefpack.document.lately import Lately
from briefpack.document.nodes import (
    Block,
    Cell,
    Column,
    Document,
    Grid,
    Group,
    Item,
    List,
    ListKind,
    Paragraph,
    Row,
    Table,
    TableRow,
)
from briefpack.document.structure import Kept, structure
from briefpack.document.table_grid import Placed, table_grid

# The styles of what the transformation adds; a form's style sheet defines them.
STACKED: Final = "stacked"
RECORDS: Final = "records"
RECORD: Final = "record"
RECORD_HEAD: Final = "record-head"
RECORD_CAPTION: Final = "record-caption"


Stacked = tuple[tuple[Block, ...], int]
"""A block in one column, and the first id that is free after it."""


def in_one_column(
    document: Document,
    legible: Callable[[Table], bool],
    stacked: Lately[Stacked] | None = None,
    elements: Kept | None = None,
) -> Document:
    """`document` without rows, grids of several columns, and tables that are not `legible`.

    `stacked` remembers blocks for the same `legible`, and `elements` the structure of blocks.
    """
    first = 1 + max([element.tag.node for element in structure(document, elements).walk()])
    return replace(document, body=_Stacking(legible, stacked or Lately(), first).blocks(document.body))


@dataclass(slots=True)
class _Stacking:
    """`following` is the next of the ids of nodes that the document does not have yet."""

    legible: Callable[[Table], bool]
    stacked: Lately[Stacked]
    following: int

    def blocks(self, blocks: Iterable[Block]) -> tuple[Block, ...]:
        return tuple([each for block in blocks for each in self._block(block)])

    def _id(self) -> int:
        self.following += 1
        return self.following - 1

    def _block(self, block: Block) -> tuple[Block, ...]:
        if not isinstance(block, Row | Grid | Group | List | Table):
            return (block,)
        made, self.following = self.stacked.of(block, partial(self._made, block), self.following)
        return made

    def _made(self, block: Block) -> Stacked:
        made = self._stack(block)
        return made, self.following

    def _stack(self, block: Block) -> tuple[Block, ...]:
        match block:
            case Row():
                return self._row(block)
            case Grid(children=children):
                return (replace(block, columns=1, children=self.blocks(children)),)
            case Group(children=children):
                return (replace(block, columns=1, children=self.blocks(children)),)
            case List(items=items):
                stacked = tuple(replace(item, children=self.blocks(item.children)) for item in items)
                return (replace(block, items=stacked),)
            case Table() if not self.legible(block):
                return self._records(block)
            case _:
                return (block,)

    def _row(self, row: Row) -> tuple[Block, ...]:
        columns = [replace(each, children=self.blocks(each.children)) for each in row.columns if each.children]
        before = columns[:1] if len(columns) > 1 and _is_number(columns[0]) else []
        after = columns[-1:] if len(columns) > 1 + len(before) and _is_number(columns[-1]) else []
        rest = columns[len(before) : len(columns) - len(after)]
        if not before and not after:
            return self._stacked(row, rest)
        width = sum(column.span_columns for column in rest)
        text = Column(id=self._id(), span_columns=width, children=self._stacked(replace(row, style=""), rest))
        return (replace(row, columns=(*before, text, *after)),)

    def _stacked(self, row: Row, columns: Sequence[Column]) -> tuple[Block, ...]:
        """A row for each of `columns`; a row that has no space of its own gets that of `STACKED`."""
        styles = [row.style or (STACKED if at else "") for at in range(len(columns))]
        return tuple(
            replace(row, id=self._id(), style=style, columns=(column,))
            for style, column in zip(styles, columns, strict=True)
        )

    def _records(self, table: Table) -> tuple[Block, ...]:
        heads = _column_heads(table)
        over = table_grid(table.rows).covering()
        blocks = [
            each
            for at, row in enumerate(table.rows)
            for each in self._record(row, [self._repeated(placed, at) for placed in over[at]], heads, table.slot)
        ]
        if table.caption:
            caption = Paragraph(id=table.id, style=RECORD_CAPTION, slot=table.slot, content=table.caption)
            return (caption, *blocks)
        return tuple(blocks)

    def _repeated(self, placed: Placed, row: int) -> tuple[int, Cell]:
        """A cell by its column; one that reaches down from a row above is said again, in plain words."""
        if placed.row == row:
            return placed.column, placed.cell
        words = plain_text(placed.cell.content)
        content: tuple[Inline, ...] = (Text(words, placed.cell.span),) if words else ()
        return placed.column, replace(placed.cell, id=self._id(), content=content)

    def _record(
        self, row: TableRow, named: Sequence[tuple[int, Cell]], heads: Sequence[str], slot: str | None
    ) -> Iterator[Block]:
        if named and named[0][1].scope == "row":
            (_, cell), *named = named
            yield _labelled(cell, heads[0] if heads else "", RECORD_HEAD, slot)
        items = tuple(
            self._value(heads[at] if at < len(heads) else "", cell, slot) for at, cell in named if cell.content
        )
        if items:
            yield List(id=row.id, style=RECORDS, kind=ListKind.BULLET, items=items)

    def _value(self, head: str, cell: Cell, slot: str | None) -> Item:
        return Item(id=self._id(), children=(_labelled(cell, head, RECORD, slot),))


def _labelled(cell: Cell, head: str, style: str, slot: str | None) -> Paragraph:
    """The words of `cell` behind the header of its column."""
    label: tuple[Inline, ...] = (Strong((Text(f"{head}:"),)), Text(" ")) if head else ()
    content = (*label, *cell.content)
    return Paragraph(id=cell.id, style=style, slot=cell.slot or slot, span=cell.span, content=content)


def _is_number(column: Column) -> bool:
    """Whether all that `column` holds is one number."""
    match column.children:
        case (Paragraph(content=content),):
            pages = any(isinstance(item, PageNumber) for item in content)
            words = plain_text(content).strip()
            return words.isdecimal() or (pages and not words)
        case _:
            return False


def _column_heads(table: Table) -> list[str]:
    """The words of the column headers over each column, from the top down."""
    if not table.header:
        return []
    grid = table_grid(table.header)
    over: list[dict[int, str]] = [{} for _ in range(grid.width)]
    for row in grid.rows:
        for placed in row:
            for at in placed.columns:
                over[at][placed.cell.id] = plain_text(placed.cell.content).strip()
    return [", ".join(words for words in heads.values() if words) for heads in over]
