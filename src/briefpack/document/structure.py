"""The tag tree of a document: its nodes in the standard structure types of ISO 32000-1, 14.8.4.

The tree is derived from the document alone, so reading order is source order however the page is
composed. A `Tag` names an element; layout puts the same tag on the ink that belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final, assert_never

from briefpack.dataclass import dataclass
from briefpack.document.direction import is_right_to_left
from briefpack.document.inline import Citation, Emphasis, Footnote, Inline, Link, PageNumber, Strong, Text, footnotes
from briefpack.document.lately import Lately
from briefpack.document.nodes import (
    Block,
    Cell,
    Column,
    Document,
    Figure,
    Grid,
    Group,
    GroupKind,
    Heading,
    Item,
    List,
    ListKind,
    PageBreak,
    Paragraph,
    Plot,
    Row,
    Rule,
    Spring,
    Table,
    TableRow,
)
from briefpack.namedtuple import NamedTuple


class Tag(NamedTuple):
    """The name of a structure element: a node of the document and, where it has several, which part."""

    node: int
    part: str = ""


ROOT: Final = Tag(0)


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element. `attributes` are (owner, key, value) triples of ISO 32000-1, 14.8.5.

    `id` is its element identifier, unique in the document.
    """

    tag: Tag
    role: str
    children: tuple[Element, ...] = ()
    alt: str | None = None
    title: str | None = None
    attributes: tuple[tuple[str, str, str | int], ...] = ()
    id: str | None = None

    def walk(self) -> Iterator[Element]:
        """This element and all below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.children)


_GROUP_ROLES: Final = {
    GroupKind.SECTION: "Sect",
    GroupKind.CARD: "Sect",
    GroupKind.STAT: "Div",
    GroupKind.ASIDE: "Div",
    GroupKind.QUOTE: "BlockQuote",
    GroupKind.CONTACT: "Div",
    GroupKind.REGION: "Sect",
}

# ISO 32000-1, table 347: by the level of the list, the last for all below.
_NUMBERING: Final = {
    ListKind.BULLET: ("Disc", "Circle", "Square"),
    ListKind.NUMBER: ("Decimal", "LowerAlpha", "LowerRoman"),
    ListKind.CHECK: ("Square",),
    ListKind.SOURCES: ("Decimal",),
}


Kept = Lately[tuple[Element, ...]]
"""Elements that are remembered with their blocks."""


def structure(document: Document, kept: Kept | None = None) -> Element:
    """The element tree of `document`, its root of type Document. What was made of its blocks is `kept`."""
    # ISO 32000-1, table 344: without it lines are read from left to right.
    mode = (("Layout", "WritingMode", "RlTb"),) if is_right_to_left(document.language) else ()
    return Element(ROOT, "Document", _blocks(document.body, kept or Lately()), title=document.title, attributes=mode)


def _blocks(blocks: Iterable[Block], kept: Kept) -> tuple[Element, ...]:
    return tuple([element for block in blocks for element in kept.of(block, partial(_block, block, kept))])


def _block(block: Block, kept: Kept) -> tuple[Element, ...]:
    match block:
        case Heading(level=level, content=content):
            return (Element(Tag(block.id), f"H{level}", _inlines(content)), *_notes(content))
        case Paragraph(content=content):
            return (Element(Tag(block.id), "P", _inlines(content)), *_notes(content))
        case List():
            return (_list(block, kept),)
        case Table():
            return (_table(block),)
        case Figure():
            return _figure(block)
        case Group(kind=GroupKind.COLUMNS, children=children):
            return _blocks(children, kept)
        case Group(kind=kind, children=children):
            return (Element(Tag(block.id), _GROUP_ROLES[kind], _blocks(children, kept)),)
        case Grid(children=children):
            return _blocks(children, kept)
        case Row(columns=columns):
            return tuple(element for column in columns for element in _column(column, kept))
        case Rule() | Spring() | PageBreak():
            return ()
        case _:
            assert_never(block)


def _column(column: Column, kept: Kept) -> tuple[Element, ...]:
    return _blocks(column.children, kept)


def _list(block: List, kept: Kept) -> Element:
    if block.kind is ListKind.CONTENTS:
        return Element(Tag(block.id), "TOC", tuple(_contents_item(item, kept) for item in block.items))
    numberings = _NUMBERING[block.kind]
    numbering = ("List", "ListNumbering", numberings[min(block.level, len(numberings)) - 1])
    return Element(Tag(block.id), "L", tuple(_item(item, kept) for item in block.items), attributes=(numbering,))


def _item(item: Item, kept: Kept) -> Element:
    label = Element(Tag(item.id, "label"), "Lbl")
    body = Element(Tag(item.id, "body"), "LBody", _blocks(item.children, kept))
    return Element(Tag(item.id), "LI", (label, body))


def _contents_item(item: Item, kept: Kept) -> Element:
    """A contents entry: everything in it, the page number too, is one link to the paper."""
    link = Element(Tag(item.id, "link"), "Link", _blocks(item.children, kept))
    return Element(Tag(item.id), "TOCI", (Element(Tag(item.id, "reference"), "Reference", (link,)),))


def _table(table: Table) -> Element:
    children: list[Element] = []
    if table.caption:
        children.append(Element(Tag(table.id, "caption"), "Caption", _noted(table.caption)))
    if table.header:
        children.append(Element(Tag(table.id, "head"), "THead", tuple(_row(row) for row in table.header)))
    children.append(Element(Tag(table.id, "body"), "TBody", tuple(_row(row) for row in table.rows)))
    return Element(Tag(table.id), "Table", tuple(children))


def _row(row: TableRow) -> Element:
    return Element(Tag(row.id), "TR", tuple(_cell(cell) for cell in row.cells))


def _cell(cell: Cell) -> Element:
    attributes: list[tuple[str, str, str | int]] = []
    if cell.scope:
        attributes.append(("Table", "Scope", cell.scope.capitalize()))
    if cell.column_span > 1:
        attributes.append(("Table", "ColSpan", cell.column_span))
    if cell.row_span > 1:
        attributes.append(("Table", "RowSpan", cell.row_span))
    role = "TH" if cell.scope else "TD"
    return Element(Tag(cell.id), role, _noted(cell.content), attributes=tuple(attributes))


def _figure(figure: Figure) -> tuple[Element, ...]:
    graphic = Element(Tag(figure.id), "Figure", _figure_links(figure), alt=figure.alt)
    notes = tuple(note for words in _words(figure) for note in _notes(words))
    if not figure.caption:
        return (graphic, *notes)
    # The caption stands beside the figure, not in it: a reader that speaks the alternative text
    # does not go on to what is inside.
    caption = Element(Tag(figure.id, "caption"), "Caption", _noted(figure.caption))
    return (Element(Tag(figure.id, "group"), "Div", (graphic, *notes, caption)),)


def _figure_links(figure: Figure) -> tuple[Element, ...]:
    """The links, citations and marks in the words of a plot, which are the figure's own ink otherwise."""
    return tuple(element for content in _words(figure) for element in _inlines(content))


def _words(figure: Figure) -> list[tuple[Inline, ...]]:
    """The words in the graphic itself."""
    plot = figure.graphic
    if not isinstance(plot, Plot):
        return []
    return [plot.unit, *plot.series, *(content for datum in plot.data for content in (datum.label, datum.note))]


def _noted(content: Iterable[Inline]) -> tuple[Element, ...]:
    """What is in `content`, and behind it its footnotes."""
    kept = tuple(content)
    return (*_inlines(kept), *_notes(kept))


def _notes(content: Iterable[Inline]) -> tuple[Element, ...]:
    """The footnotes of a text, which are read after it: PDF/UA-1 asks each for an identifier (7.9)."""
    return tuple([_note(each) for each in footnotes(content)])


def _note(footnote: Footnote) -> Element:
    back = Element(Tag(footnote.id, "back"), "Link")
    label = Element(Tag(footnote.id, "label"), "Lbl", (back,))
    text = Element(Tag(footnote.id, "text"), "P", _inlines(footnote.content))
    return Element(Tag(footnote.id, "note"), "Note", (label, text), id=f"note-{footnote.number}")


def _inlines(content: Iterable[Inline]) -> tuple[Element, ...]:
    return tuple([element for item in content if not isinstance(item, Text) for element in _inline(item)])


def _inline(item: Inline) -> tuple[Element, ...]:
    match item:
        case Strong(content=content) | Emphasis(content=content):
            return _inlines(content)
        case Link(id=id, content=content):
            return (Element(Tag(id), "Link", _inlines(content)),)
        case Citation(id=id, numbers=numbers):
            links = tuple(Element(Tag(id, str(number)), "Link") for number in numbers)
            return (Element(Tag(id), "Reference", links),)
        case Footnote(id=id):
            return (Element(Tag(id), "Reference", (Element(Tag(id, "mark"), "Link"),)),)
        case PageNumber():
            return ()
        case _:
            return ()
