"""The passages of a document: everything that a reader meets, in reading order.

In comes a document tree, out come its texts with what each is (a heading, an item of a list, a cell, the
text alternative of a picture, a label of a chart), the slot it fills and the places it was written at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from briefpack.content.checks.quantities import Quantity, quantities
from briefpack.diagnostics import SourceLines, Span
from briefpack.document import (
    Block,
    Cell,
    Citation,
    Document,
    Emphasis,
    Figure,
    Footnote,
    Grid,
    Group,
    GroupKind,
    Heading,
    Inline,
    LineBreak,
    Link,
    List,
    ListKind,
    PageBreak,
    PageNumber,
    Paragraph,
    Plot,
    Row,
    Rule,
    Spring,
    Strong,
    Table,
    Text,
    first_span,
    footnotes,
    plain_text,
)


class Role(StrEnum):
    """What a passage is to its reader."""

    TITLE = "title"  # in metadata and bookmarks
    HEADING = "heading"
    TEXT = "text"
    ITEM = "item"  # of a list
    CELL = "cell"
    CAPTION = "caption"
    ALT = "alt"  # what a screen reader says of a picture
    LABEL = "label"  # of a chart
    CONTACT = "contact"
    SOURCE = "source"
    FURNITURE = "furniture"  # running lines


@dataclass(frozen=True, slots=True)
class Run:
    """The characters `start` to `end` of a passage: a fact's number, words, or, of no length, a citation."""

    start: int
    end: int
    span: Span | None = None
    fact: str | None = None
    cites: tuple[int, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, a heading, a cell or another text. `span` is where it was written, as far as that is known.

    `row` is the row of a table or of a chart's data that it belongs to, and `context` the words there that say
    what its numbers are about: the heads of its column and row, the unit of a chart.
    """

    role: Role
    text: str
    runs: tuple[Run, ...]
    slot: str | None = None
    span: Span | None = None
    level: int = 0
    row: str | None = None
    context: str = ""
    quantities: tuple[Quantity, ...] = ()

    def place(self, start: int, end: int, lines: SourceLines) -> Span | None:
        """Where the characters `start` to `end` stand in a file, found in its `lines`; None if they are not there.

        The words of a run stand in the file as they are read, but for typographic characters.
        """
        run = next((item for item in self.runs if item.start <= start < item.end), None)
        if run is None or run.span is None:
            return None
        words = self.text[start : min(end, run.end)]
        return find(run.span, words, self.text[run.start : start].count(words), lines)

    def cited(self, start: int, end: int) -> tuple[int, ...]:
        """The numbers of the sources cited from `start` to `end`."""
        return tuple(number for run in self.runs if start <= run.start <= end for number in run.cites)


def find(span: Span, words: str, earlier: int, lines: SourceLines) -> Span | None:
    """The place of `words` inside `span`, after `earlier` other places of the same words."""
    for row in range(span.line, span.end_line + 1):
        source = lines(span.path)
        if row > len(source):
            return None
        line = source[row - 1]
        at = span.column - 1 if row == span.line else 0
        end = span.end_column - 1 if row == span.end_line else len(line)
        while (at := line.find(words, at, end)) >= 0:
            if not earlier:
                return Span(span.path, row, at + 1, row, at + 1 + len(words))
            earlier -= 1
            at += len(words)
    return None


def passages(document: Document, title_span: Span | None = None) -> tuple[Passage, ...]:
    """The texts of `document` in reading order, its title first, with their quantities."""
    title = passage(Role.TITLE, (Text(document.title, title_span),), None, title_span)
    return tuple(with_quantities(item, document.language) for item in (title, *_blocks(document.body, Role.TEXT)))


def with_quantities(text: Passage, language: str) -> Passage:
    """`text` with what it counts, as numbers are written in `language`."""
    found = quantities(text.text, language) if text.role not in (Role.SOURCE, Role.CONTACT) else ()
    return replace(text, quantities=found) if found else text


def passage(
    role: Role, content: Iterable[Inline], slot: str | None = None, span: Span | None = None, level: int = 0
) -> Passage:
    """A passage of inline nodes."""
    pieces: list[str] = []
    runs: list[Run] = []
    kept = tuple(content)
    _gather(kept, pieces, runs, 0, None)
    return Passage(role, "".join(pieces), tuple(runs), slot, span or first_span(kept), level)


def _gather(content: Iterable[Inline], pieces: list[str], runs: list[Run], at: int, url: str | None) -> int:
    for item in content:
        match item:
            case Text(text=text, span=span, fact=fact):
                pieces.append(text)
                runs.append(Run(at, at + len(text), span, fact, (), url))
                at += len(text)
            case Strong(content=inner) | Emphasis(content=inner):
                at = _gather(inner, pieces, runs, at, url)
            case Link(content=inner, url=address):
                at = _gather(inner, pieces, runs, at, address)
            case Citation(numbers=numbers, span=span):
                runs.append(Run(at, at, span, cites=numbers))
            case LineBreak():
                pieces.append(" ")
                at += 1
            case PageNumber():
                pass
            case Footnote():
                pass  # a passage of its own
            case _:
                assert_never(item)
    return at


def _blocks(blocks: Iterable[Block], role: Role) -> Iterator[Passage]:
    for block in blocks:
        yield from _block(block, role)


def _block(block: Block, role: Role) -> Iterator[Passage]:
    match block:
        case Heading(content=content, slot=slot, span=span, level=level):
            yield passage(Role.HEADING, content, slot, span, level)
            yield from _notes(content, slot)
        case Paragraph(content=content, slot=slot, span=span):
            yield passage(role, content, slot, span)
            yield from _notes(content, slot)
        case List(kind=kind, items=items):
            for item in items:
                yield from _blocks(item.children, Role.SOURCE if kind is ListKind.SOURCES else Role.ITEM)
        case Table():
            yield from _table(block)
        case Figure():
            yield from _figure(block)
        case Group(kind=kind, children=children):
            yield from _blocks(children, Role.CONTACT if kind is GroupKind.CONTACT else role)
        case Grid(children=children):
            yield from _blocks(children, role)
        case Row(columns=columns):
            for column in columns:
                yield from _blocks(column.children, role)
        case Rule() | Spring() | PageBreak():
            pass
        case _:
            assert_never(block)


def _table(table: Table) -> Iterator[Passage]:
    if table.caption:
        yield passage(Role.CAPTION, table.caption, table.slot)
        yield from _notes(table.caption, table.slot)
    heads = [plain_text(cell.content) for row in table.header[-1:] for cell in row.cells]
    for row in (*table.header, *table.rows):
        first = plain_text(row.cells[0].content) if row.cells else ""
        for at, cell in enumerate(row.cells):
            if cell.content:
                head = heads[at] if at < len(heads) and row not in table.header else ""
                yield replace(_cell(cell), row=str(row.id), context=f"{head} {first if at else ''}".strip())
                yield from _notes(cell.content, cell.slot)


def _notes(content: Iterable[Inline], slot: str | None) -> Iterator[Passage]:
    """The footnotes of a text."""
    return (passage(Role.TEXT, note.content, slot, note.span) for note in footnotes(content))


def _cell(cell: Cell) -> Passage:
    return passage(Role.CELL, cell.content, cell.slot, cell.span)


def _figure(figure: Figure) -> Iterator[Passage]:
    if figure.alt:
        yield passage(Role.ALT, (Text(figure.alt, figure.span),), figure.slot, figure.span)
    if isinstance(figure.graphic, Plot):
        yield from _plot(figure.graphic, figure)
    if figure.caption:
        yield passage(Role.CAPTION, figure.caption, figure.slot)
        yield from _notes(figure.caption, figure.slot)


def _plot(plot: Plot, figure: Figure) -> Iterator[Passage]:
    """The labels and printed numbers of a plot. A number of its data has no place of its own."""
    unit = plain_text(plot.unit)
    yield from (passage(Role.LABEL, text, figure.slot, figure.span) for text in (plot.unit, *plot.series) if text)
    for at, datum in enumerate(plot.data):
        context = f"{plain_text(datum.label)} {unit}".strip()
        numbers = [(Text(amount.text, figure.span),) for amount in datum.amounts]
        for text in (datum.label, *numbers, datum.note):
            if text:
                yield replace(
                    passage(Role.LABEL, text, figure.slot, figure.span), row=f"{figure.id}.{at}", context=context
                )
