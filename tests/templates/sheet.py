"""A brief with a value in every slot, for templates to print, and documents as text, a node a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, assert_never

from briefpack.content import ResolvedBrief, resolve_brief
from briefpack.diagnostics import Diagnostic
from briefpack.document import (
    Block,
    Citation,
    Column,
    Datum,
    Emphasis,
    Figure,
    Footnote,
    Grid,
    Group,
    Heading,
    Icon,
    Image,
    Inline,
    Item,
    LineBreak,
    Link,
    List,
    PageBreak,
    PageNumber,
    Paragraph,
    Plot,
    QrCode,
    Row,
    Rule,
    Spring,
    Strong,
    Table,
    TableRow,
    Text,
    Waffle,
)
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from briefpack.templates import Source, TemplateFailure, Templates, read_document
from tests.project.sample import BRIEF, FILES

TEMPLATE: Final = "layouts/sheet/template.xml.j2"

_SLOTS: Final = """\
  number: {fact: own-hours}
  cards: {heading: What works, items: [{title: Contact, text: Often.}, {title: Need, text: First. *Always.*}]}
  list: {heading: Steps, items: [One step, {title: Two, text: more steps}]}
  evidence:
    caption: Trials
    columns: [{head: Study}, {head: Effect, align: right, weight: 2}]
    rows: [["Qi [@qi-2015]", "0.57"], [Patil, "0.24"]]
  year: {kind: waffle, units: 365, marked: clinic-hours / 24, alt: The hours of a year}
  photo: {file: photos/peer.jpg, alt: Two people on a bench}
  voice: {text: "It [helps](https://example.org/it).", by: A peer}
  contact: desk
"""

SHEET: Final[Mapping[str, str]] = MappingProxyType({**FILES, "briefs/sheet.yaml": BRIEF + _SLOTS})


def resolved() -> ResolvedBrief:
    """The brief in words."""
    loaded = load_project(DictFiles(SHEET))
    assert loaded.project is not None, loaded.diagnostics
    brief, found = resolve_brief(loaded.project, "sheet")
    assert brief is not None, found
    return brief


def read(brief: ResolvedBrief, files: DictFiles) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The blocks that the template of the layout `sheet` makes of `brief`, and what is wrong with it."""
    values = {"brief": brief, "slots": brief.slots, "campaign": brief.campaign}
    try:
        rendered = Templates(files.read_text).render(TEMPLATE, values)
    except TemplateFailure as failure:
        return (), (failure.diagnostic,)
    sources = [Source(source.number, source.text, source.short) for source in brief.sources]
    return read_document(rendered, TEMPLATE, sources)


def shown(blocks: Iterable[Block]) -> str:
    """The nodes of a document with their ids, a node a line."""
    return "".join(f"{line}\n" for block in blocks for line in _lines(block))


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Heading():
            yield _head(block, f"heading {block.level}", "" if block.outline else "no bookmark", words(block.content))
        case Paragraph():
            yield _head(block, "paragraph", words(block.content))
        case Group():
            places = (
                f" over {block.span_columns} by {block.span_rows}"
                if (block.span_columns, block.span_rows) != (1, 1)
                else ""
            )
            columns = f" {block.columns} {'balanced' if block.balance else 'filled'}" if block.columns > 1 else ""
            yield _head(block, f"{block.kind}{columns}{places}")
            yield from _below(block.children)
        case List():
            yield _head(block, f"{block.kind} list" + (f" at level {block.level}" if block.level > 1 else ""))
            yield from _indented(line for item in block.items for line in _item(item))
        case Table():
            yield _head(block, "table", words(block.caption))
            yield f"  columns {', '.join(f'{column.align} {column.weight:g}' for column in block.columns)}"
            yield from _indented(_rows("head", block.header))
            yield from _indented(_rows("row", block.rows))
        case Figure():
            yield _head(block, _graphic(block), f"alt {block.alt!r}", words(block.caption))
        case Grid():
            yield _head(block, f"grid of {block.columns}")
            yield from _below(block.children)
        case Row():
            yield _head(block, "row")
            yield from _indented(line for column in block.columns for line in _column(column))
        case Rule():
            yield _head(block, "rule")
        case Spring():
            yield _head(block, f"spring {block.weight:g}")
        case PageBreak():
            yield _head(block, "page break")
        case _:
            assert_never(block)


def _head(block: Block, *parts: str) -> str:
    name, *rest = parts
    marks = [f".{block.style}" if block.style else "", f"?{block.optional}" if block.optional else ""]
    place = ""
    if block.slot is not None:
        place = f"[{block.slot} {block.span.path}:{block.span.line}]" if block.span else f"[{block.slot}]"
    return " ".join(part for part in (str(block.id), name, *marks, place, *rest) if part)


def _below(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        yield from _indented(_lines(block))


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _column(column: Column) -> Iterator[str]:
    yield f"{column.id} column {column.span_columns}{f' .{column.style}' if column.style else ''}"
    yield from _below(column.children)


def _item(item: Item) -> Iterator[str]:
    yield f"{item.id} item {item.number}{f' to {item.target}' if item.target else ''}"
    yield from _below(item.children)


def _rows(name: str, rows: Iterable[TableRow]) -> Iterator[str]:
    for row in rows:
        yield f"{row.id} {name}"
        for cell in row.cells:
            kind = f"{cell.scope} head" if cell.scope else "cell"
            spans = f" over {cell.column_span}" if cell.column_span > 1 else ""
            spans += f" down {cell.row_span}" if cell.row_span > 1 else ""
            slot = f" [{cell.slot}]" if cell.slot else ""
            yield f"  {cell.id} {kind}{spans}{slot} {words(cell.content)}"


def _graphic(block: Figure) -> str:
    match block.graphic:
        case Image(path=path, width=width):
            return f"image {path}" + (f" {width:g} wide" if width else "")
        case Waffle(units=units, marked=marked, icon=icon):
            return f"waffle {marked:g} of {units}" + (f" {icon}s" if icon is not Icon.SQUARE else "")
        case Plot():
            return _plot(block.graphic)
        case QrCode(url=url):
            return f"qr {url}"
        case _:
            assert_never(block.graphic)


def _plot(plot: Plot) -> str:
    ends = [("from", plot.start), ("to", plot.end), ("reference", plot.reference)]
    about = "".join(f" {name} {value:g}" for name, value in ends if value is not None)
    series = f" of {', '.join(words(name) for name in plot.series)}" if plot.series else ""
    unit = f" in {words(plot.unit)}" if plot.unit else ""
    return f"{plot.kind}{series}{unit}{about}: " + "; ".join(_datum(datum) for datum in plot.data)


def _datum(datum: Datum) -> str:
    amounts = [
        f"{amount.at:g} {amount.text!r}"
        + (f" from {amount.low:g} to {amount.high:g}" if amount.low is not None else "")
        for amount in datum.amounts
    ]
    note = f" ({words(datum.note)})" if datum.note else ""
    return f"{words(datum.label)}{note} {', '.join(amounts)}"


def words(content: Iterable[Inline]) -> str:
    """Inline nodes in a notation that shows what they are."""
    return "".join(_inline(item) for item in content)


def _inline(item: Inline) -> str:
    match item:
        case Text(text=text, fact=fact):
            return f"{{{text}}}" if fact else text
        case Strong(content=content):
            return f"<b>{words(content)}</b>"
        case Emphasis(content=content):
            return f"<i>{words(content)}</i>"
        case Link(content=content, url=url, id=id):
            return f"<{id} {url}>{words(content)}</a>"
        case Citation(numbers=numbers, id=id):
            return f"<{id} source {','.join(map(str, numbers))}>"
        case Footnote(content=content, number=number, id=id):
            return f"<{id} note {number}>{words(content)}</note>"
        case PageNumber(target=target, id=id):
            return f"<{id} page of {target}>"
        case LineBreak():
            return "<br>"
        case _:
            assert_never(item)
