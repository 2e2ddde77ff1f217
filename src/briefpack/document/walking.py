"""All blocks of a document, those inside others too, in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefpack.diagnostics import Span
from briefpack.document.inline import first_span
from briefpack.document.nodes import Block, Grid, Group, List, Row, Table


def every_block(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks`, each before those inside it."""
    waiting = [*blocks][::-1]
    while waiting:
        block = waiting.pop()
        yield block
        match block:
            case Group(children=children) | Grid(children=children):
                waiting += children[::-1]
            case Row(columns=columns):
                for column in columns[::-1]:
                    waiting += column.children[::-1]
            case List(items=items):
                for item in items[::-1]:
                    waiting += item.children[::-1]
            case _:
                pass


def table_span(table: Table) -> Span | None:
    """Where the first words of `table` were written."""
    contents = (table.caption, *(cell.content for row in (*table.header, *table.rows) for cell in row.cells))
    return next((span for content in contents if (span := first_span(content)) is not None), None)
