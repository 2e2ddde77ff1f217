"""The semantic tree of one document: what there is to say, in reading order, and not how it looks.

Every node is a frozen value. `id` counts nodes in reading order from 1, so that ink, structure
elements and diagnostics can name the node they belong to. `style` is a name that the theme resolves;
`slot` is the slot of the brief whose words a block carries; `optional` names the block for the last
rung of the fit ladder.
"""

from __future__ import annotations

from enum import StrEnum

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.document.inline import Inline


class ListKind(StrEnum):
    BULLET = "bullet"
    NUMBER = "number"
    CHECK = "check"
    SOURCES = "sources"  # numbered works that citations refer to
    CONTENTS = "contents"  # papers of a pack with the page each begins on


class GroupKind(StrEnum):
    SECTION = "section"
    CARD = "card"
    STAT = "stat"
    ASIDE = "aside"
    QUOTE = "quote"
    CONTACT = "contact"
    COLUMNS = "columns"  # newspaper columns: their blocks go on from the foot of one to the head of the next
    REGION = "region"  # what stands in a region of the layout, with a fit contract of its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    id: int
    style: str = ""
    slot: str | None = None
    optional: str | None = None
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Node):
    """A heading of level 1 to 6. `outline` is false for one that is not worth a bookmark."""

    level: int
    content: tuple[Inline, ...]
    outline: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Node):
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Node):
    """One item of a list. `number` is its label in numbered lists; `target` the paper it points to."""

    children: tuple[Block, ...]
    number: int = 0
    target: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class List(Node):
    """A list. `level` is 1 for one that stands in no other of its kind."""

    kind: ListKind
    items: tuple[Item, ...]
    level: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Node):
    """A table cell. `scope` is `row` or `column` for a header cell and empty for a data cell."""

    content: tuple[Inline, ...]
    scope: str = ""
    column_span: int = 1
    row_span: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow(Node):
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """How one column is set: `align` is `left`, `right`, `center` or `decimal`; `weight` its share of spare width.

    The numbers of a decimal column stand with their decimal marks one below the other.
    """

    align: str = "left"
    weight: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Node):
    columns: tuple[TableColumn, ...]
    header: tuple[TableRow, ...]
    rows: tuple[TableRow, ...]
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture file of the project, by its path below the project's root.

    `width` and `height` are points, `aspect` a width by a height; without them the picture is as wide as
    the measure and as tall as it comes. `cover` crops it to its frame, keeping `focus`, which is shares of
    its width and height, as near the middle as can be.
    """

    path: str
    width: float | None = None
    height: float | None = None
    aspect: float | None = None
    cover: bool = False
    focus: tuple[float, float] = (0.5, 0.5)


class Icon(StrEnum):
    """What each unit of a waffle is drawn as."""

    SQUARE = "square"
    DOT = "dot"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Waffle:
    """A chart of `units` equal icons of which `marked` (a fraction is allowed of squares) are shaded."""

    units: int
    marked: float
    icon: Icon = Icon.SQUARE


class PlotKind(StrEnum):
    BARS = "bars"
    STACKED = "stacked"
    COLUMNS = "columns"
    LINE = "line"
    INTERVALS = "intervals"  # a dot for each value on a line for its interval: a forest plot


@dataclass(frozen=True, slots=True)
class Amount:
    """A number of a plot: where it is drawn and, in `text`, how it is printed. `low` and `high` bound its interval."""

    at: float
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Datum:
    """A row of a plot's data: one amount for each series."""

    label: tuple[Inline, ...]
    amounts: tuple[Amount, ...]
    note: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart of amounts on an axis.

    `unit` says what is counted; `reference` is where the line of no effect stands; the axis goes from `start`
    to `end`, or as far as the amounts do where that is None.
    """

    kind: PlotKind
    data: tuple[Datum, ...]
    series: tuple[tuple[Inline, ...], ...] = ()
    unit: tuple[Inline, ...] = ()
    reference: float | None = None
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class QrCode:
    """A code that leads to `url`; `width` is its side in points with its quiet zone, None for the usual one."""

    url: str
    width: float | None = None


Graphic = Image | Waffle | Plot | QrCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Node):
    """A graphic with its text alternative. A caption is real text and is read after the graphic."""

    graphic: Graphic
    alt: str
    caption: tuple[Inline, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Node):
    """Blocks that belong together; a theme's box style may give them a ground and padding.

    In a grid it takes `span_columns` and `span_rows`. Newspaper columns are `columns` in number, of one height
    where they are to `balance`, else filled one after the other.
    `region` names the region of the layout that they stand in, where `kind` says that they do.
    """

    kind: GroupKind
    children: tuple[Block, ...]
    span_columns: int = 1
    span_rows: int = 1
    columns: int = 1
    balance: bool = True
    region: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid(Node):
    """Children in `columns` equal columns, row by row, each row of one height."""

    columns: int
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Node):
    """A column of a row, `span_columns` of the layout's grid columns wide."""

    span_columns: int
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Node):
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Node):
    """A line across the measure; an artifact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spring(Node):
    """White space that takes its share, by `weight`, of what a page has to spare.

    It is `least` tall at least: quarters of a body line, or the name of a space of the theme.
    """

    weight: float = 1.0
    least: float | str = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak(Node):
    pass


Block = Heading | Paragraph | List | Table | Figure | Group | Grid | Row | Rule | Spring | PageBreak


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One document for one audience in one language.

    `title` is the document's name in metadata and bookmarks; `kind` says what it is, such as
    `Policy one-pager`; `sources` maps a source's number to the id of the item that prints it. `numerals` is the
    language that numbers are written in, with its digits; the document's own where it is empty.
    """

    name: str
    title: str
    language: str
    audience: str
    layout: str
    kind: str
    subject: str = ""
    author: str = ""
    numerals: str = ""
    keywords: tuple[str, ...] = ()
    running: tuple[tuple[str, str], ...] = ()
    body: tuple[Block, ...] = ()
