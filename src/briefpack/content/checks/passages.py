"""The passages of a document: everything that a reader meets, in reading order.

In comes a document tree, out come its texts with what each is (a heading, an item of a list, a cell, the
text alternative of a picture, a label of a chart), the slot it fills and the places it was written at.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from functools import partial
from typing import Final, assert_never, cast

from briefpack.content.checks.quantities import Quantity, quantities
from briefpack.content.plain.reader import Reader
from briefpack.dataclass import dataclass
from briefpack.diagnostics import SourceLines, Span
from briefpack.document import (
    Block,
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
    TableRow,
    Text,
    first_span,
    footnotes,
    plain_text,
)

# Of a line with more points not even those are marked.
_POINTS: Final = 40


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


def passages(document: Document, title_span: Span | None = None, reader: Reader | None = None) -> tuple[Passage, ...]:
    """The texts of `document` in reading order, its title first, with their quantities.

    `reader` remembers what it has counted, where several documents are looked at.
    """
    gathered = _Gathered(reader or Reader(document.language), [])
    gathered.add(Role.TITLE, (Text(document.title, title_span),), None, title_span)
    gathered.blocks(document.body, Role.TEXT)
    return tuple(gathered.found)


def passage(
    role: Role,
    content: Sequence[Inline],
    slot: str | None,
    span: Span | None,
    reader: Reader,
    level: int = 0,
    row: str | None = None,
    context: str = "",
) -> Passage:
    """A passage of inline nodes, with what it counts as numbers are written in the language of `reader`."""
    pieces: list[str] = []
    runs: list[Run] = []
    _gather(content, pieces, runs, 0, None)
    text = "".join(pieces)
    found = () if role is Role.SOURCE or role is Role.CONTACT else reader.once(_quantities, text)
    return Passage(role, text, tuple(runs), slot, span or first_span(content), level, row, context, found)


def _quantities(text: str, reader: Reader) -> tuple[Quantity, ...]:
    return quantities(text, reader.language, reader.worded(text).parts)


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


@dataclass(frozen=True, slots=True)
class _Gathered:
    """The passages found so far."""

    reader: Reader
    found: list[Passage]

    def add(
        self,
        role: Role,
        content: Sequence[Inline],
        slot: str | None,
        span: Span | None = None,
        level: int = 0,
        row: str | None = None,
        context: str = "",
    ) -> None:
        self.found.append(passage(role, content, slot, span, self.reader, level, row, context))

    def text(
        self, role: Role, content: Sequence[Inline], slot: str | None, span: Span | None = None, level: int = 0
    ) -> None:
        """A text, and after it its footnotes."""
        self.add(role, content, slot, span, level)
        self.notes(content, slot)

    def notes(self, content: Sequence[Inline], slot: str | None) -> None:
        for note in footnotes(content):
            self.add(Role.TEXT, note.content, slot, note.span)

    def blocks(self, blocks: Iterable[Block], role: Role) -> None:
        for block in blocks:
            self.block(block, role)

    def block(self, block: Block, role: Role) -> None:
        match block:
            case Rule() | Spring() | PageBreak():
                pass
            case _:
                own = self.reader.things.of(block, partial(self._own, block, role), role)
                self.found.extend(cast("list[Passage]", own))

    def _own(self, block: Block, role: Role) -> list[Passage]:
        """The passages of a block; the same objects each time it is met."""
        own = _Gathered(self.reader, [])
        match block:
            case Heading():
                own.text(Role.HEADING, block.content, block.slot, block.span, block.level)
            case Paragraph():
                own.text(role, block.content, block.slot, block.span)
            case Table():
                own.table(block)
            case Figure():
                own.figure(block)
            case List():
                of = Role.SOURCE if block.kind is ListKind.SOURCES else Role.ITEM
                for item in block.items:
                    own.blocks(item.children, of)
            case Group():
                own.blocks(block.children, Role.CONTACT if block.kind is GroupKind.CONTACT else role)
            case Grid():
                own.blocks(block.children, role)
            case Row():
                for column in block.columns:
                    own.blocks(column.children, role)
            case Rule() | Spring() | PageBreak():
                pass
            case _:
                assert_never(block)
        return own.found

    def table(self, table: Table) -> None:
        if table.caption:
            self.text(Role.CAPTION, table.caption, table.slot)
        heads = [plain_text(cell.content) for row in table.header[-1:] for cell in row.cells]
        for at, row in enumerate((*table.header, *table.rows)):
            self.row(row, heads if at >= len(table.header) else [])

    def row(self, row: TableRow, heads: Sequence[str]) -> None:
        """The cells of a row with what is said of them: the heads of their columns, and the first cell."""
        first = plain_text(row.cells[0].content) if row.cells else ""
        for at, cell in enumerate(row.cells):
            if cell.content:
                head = heads[at] if at < len(heads) else ""
                context = f"{head} {first if at else ''}".strip()
                self.add(Role.CELL, cell.content, cell.slot, cell.span, row=str(row.id), context=context)
                self.notes(cell.content, cell.slot)

    def figure(self, figure: Figure) -> None:
        if figure.alt:
            self.add(Role.ALT, (Text(figure.alt, figure.span),), figure.slot, figure.span)
        if isinstance(figure.graphic, Plot):
            self.plot(figure.graphic, figure)
        if figure.caption:
            self.text(Role.CAPTION, figure.caption, figure.slot)

    def plot(self, plot: Plot, figure: Figure) -> None:
        """The labels and printed numbers of a plot. A number of its data has no place of its own.

        Of a line with very many points the last numbers are printed, and the others only drawn.
        """
        unit = plain_text(plot.unit)
        for text in (plot.unit, *plot.series):
            if text:
                self.add(Role.LABEL, text, figure.slot, figure.span)
        for at, datum in enumerate(plot.data):
            context = f"{plain_text(datum.label)} {unit}".strip()
            printed = len(plot.data) <= _POINTS or datum is plot.data[-1]
            numbers = [(Text(amount.text, figure.span),) for amount in datum.amounts] if printed else []
            for words in (datum.label, *numbers, datum.note):
                if words:
                    row = f"{figure.id}.{at}"
                    self.add(Role.LABEL, words, figure.slot, figure.span, row=row, context=context)
