"""The texts of a document by the slot they fill, and a document with some of them written anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from briefpack.dataclass import dataclass
from briefpack.document.inline import Inline, plain_text
from briefpack.document.nodes import (
    Block,
    Cell,
    Column,
    Document,
    Grid,
    Group,
    Heading,
    Item,
    List,
    Paragraph,
    Row,
    Table,
    TableRow,
)

P = TypeVar("P", Column, Item)

Contents = Mapping[int, tuple[Inline, ...]]


@dataclass(frozen=True, slots=True)
class SlotText:
    """A heading, a paragraph or a cell of `slot`; `id` is its node's."""

    id: int
    slot: str
    content: tuple[Inline, ...]

    @property
    def words(self) -> list[str]:
        return plain_text(self.content).split()


def slot_texts(document: Document, without: frozenset[str] = frozenset()) -> list[SlotText]:
    """The texts of slots in reading order; those in optional blocks named in `without` are left out."""
    return [
        SlotText(node.id, node.slot, node.content)
        for node in _nodes(document.body, without)
        if node.slot is not None and node.content
    ]


def rewritten(document: Document, contents: Contents) -> Document:
    """`document` with the contents of some of its nodes, by id, replaced."""
    return replace(document, body=_rewritten(document.body, contents))


def _nodes(blocks: Iterable[Block], without: frozenset[str]) -> Iterator[Heading | Paragraph | Cell]:
    for block in blocks:
        if block.optional is not None and block.optional in without:
            continue
        match block:
            case Heading() | Paragraph():
                yield block
            case Table(header=header, rows=rows):
                yield from (cell for row in (*header, *rows) for cell in row.cells)
            case _:
                for children in _inside(block):
                    yield from _nodes(children, without)


def _inside(block: Block) -> Iterator[tuple[Block, ...]]:
    match block:
        case Group(children=children) | Grid(children=children):
            yield children
        case Row(columns=columns):
            yield from (column.children for column in columns)
        case List(items=items):
            yield from (item.children for item in items)
        case _:
            pass


def _rewritten(blocks: Iterable[Block], contents: Contents) -> tuple[Block, ...]:
    return tuple(_block(block, contents) for block in blocks)


def _block(block: Block, contents: Contents) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, content=contents.get(block.id, block.content))
        case Group(children=children) | Grid(children=children):
            return replace(block, children=_rewritten(children, contents))
        case Row(columns=columns):
            return replace(block, columns=tuple(_part(column, contents) for column in columns))
        case List(items=items):
            return replace(block, items=tuple(_part(item, contents) for item in items))
        case Table(header=header, rows=rows):
            return replace(block, header=_rows(header, contents), rows=_rows(rows, contents))
        case _:
            return block


def _part(part: P, contents: Contents) -> P:
    return replace(part, children=_rewritten(part.children, contents))


def _rows(rows: Iterable[TableRow], contents: Contents) -> tuple[TableRow, ...]:
    return tuple(
        replace(row, cells=tuple(replace(cell, content=contents.get(cell.id, cell.content)) for cell in row.cells))
        for row in rows
    )
