"""XML in the semantic vocabulary to a document: elements become nodes, numbered in reading order.

An element, attribute or nesting that the vocabulary does not have is a diagnostic at the template's line.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Final, TypeVar, assert_never

from briefpack.content import RichText
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, StyleName, either, finding
from briefpack.document import (
    Amount,
    Block,
    Cell,
    Citation,
    Column,
    Datum,
    Emphasis,
    Fault,
    Figure,
    Footnote,
    Graphic,
    Grid,
    Group,
    GroupKind,
    Heading,
    Icon,
    Image,
    Inline,
    Item,
    LineBreak,
    Link,
    List,
    ListKind,
    Misfit,
    PageBreak,
    PageNumber,
    Paragraph,
    Plot,
    PlotKind,
    QrCode,
    Row,
    Rule,
    Spring,
    Strong,
    Table,
    TableColumn,
    TableRow,
    Text,
    Waffle,
    footnotes,
    plain_text,
    table_grid,
)
from briefpack.expressions import expression
from briefpack.geometry import aspect, focus
from briefpack.project.slots import DEEPEST_LIST
from briefpack.templates.elements import LINE, PLACEHOLDER, Parsed, parse
from briefpack.templates.rendering import Rendered
from briefpack.templates.vocabulary import ATTRIBUTES, BOUNDS, GROUPS, INLINE, home_of, problems

T = TypeVar("T")
D = TypeVar("D")

_BLANKS: Final = expression(r"[ \t\r\n]+")
_SCHEME: Final = expression(r"^(https?://(www\.)?|mailto:|tel:)")
# What stands on a page by itself, and so in nothing else.
_OUTERMOST: Final = frozenset({"page-break", "region"})

# What has no id.
_WORDS: Final = frozenset((Text,))

_ADDRESS: Final = expression(r"(https?://|mailto:|tel:)\S+")


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source as it is printed, in full and in short."""

    number: int
    text: RichText
    short: RichText


Origin = tuple[str, Span | None]
NO_ORIGINS: Final[Mapping[str, Origin]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _Kept:
    """The block that an element was read as: what stood before it, the texts in it, and the counts after it."""

    before: tuple[int, int, tuple[str, ...]]
    texts: tuple[tuple[int, RichText], ...]
    block: Block | None
    after: tuple[int, int]


@dataclass(slots=True)
class _Tree:
    """XML that was parsed, what it was read with, the blocks of its elements, by identity, and those that are `sound`:
    of which there is nothing to say by themselves."""

    root: Parsed
    context: object = None
    blocks: dict[int, _Kept] = field(default_factory=dict)
    sound: set[int] = field(default_factory=set)


@dataclass(slots=True)
class Readings:
    """What was read lately: where the same XML holds the same texts, it gives the same blocks, the very objects.

    So what is worked out from a block can be kept with it. The `limit` is of different XML.
    """

    limit: int = 32
    _trees: dict[tuple[str, str], _Tree] = field(default_factory=dict)

    def tree(self, xml: str, template: str) -> tuple[_Tree | None, Diagnostic | None]:
        found = self._trees.get((xml, template))
        if found is not None:
            return found, None
        root, problem = parse(xml, template)
        if root is None:
            return None, problem
        if len(self._trees) >= self.limit:
            self._trees.clear()
        tree = self._trees[xml, template] = _Tree(root)
        return tree, None


def read_document(
    rendered: Rendered,
    template: str,
    sources: Iterable[Source] = (),
    origins: Mapping[str, Origin] = NO_ORIGINS,
    readings: Readings | None = None,
) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The blocks that `rendered` describes, and what is wrong with it. `template` is the file's path.

    `origins` are the picture files that the brief names, each with its slot and where it stands.
    """
    tree, problem = (readings or Readings()).tree(rendered.xml, template)
    if tree is None:
        assert problem is not None
        return (), (problem,)
    root = tree.root
    reader = _Reader(rendered.texts, template, tuple(sources), origins, known=tree.blocks, sound=tree.sound)
    context = (reader.sources, dict(origins))
    if tree.context != context:
        tree.blocks.clear()
        tree.context = context
    blocks = reader.blocks(root)
    if not reader.diagnostics and all(isinstance(block, Spring | PageBreak | Rule) for block in blocks):
        help = "put at least a `<heading>` into it"
        return (), (finding("template-error", "the template makes no content", root.span(template), help=help),)
    return blocks, tuple(reader.diagnostics)


@dataclass
class _Reader:
    texts: tuple[RichText, ...]
    template: str
    sources: tuple[Source, ...]
    origins: Mapping[str, Origin]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    count: int = 0
    notes: int = 0
    lists: list[str] = field(default_factory=list)
    known: dict[int, _Kept] = field(default_factory=dict)
    sound: set[int] = field(default_factory=set)
    used: list[tuple[int, RichText]] = field(default_factory=list)

    def blocks(self, parent: Parsed) -> tuple[Block, ...]:
        found: list[Block] = []
        for child in parent.children:
            if isinstance(child, str):
                if child.strip():
                    self._stray(parent, child.strip())
                continue
            kept = self._kept(child)
            if kept is not None:
                if kept.block is not None:
                    found.append(kept.block)
                continue
            if child.name in INLINE:
                text = self._rich(child)
                self._stray(parent, f"<{child.name}>" if text is None else str(text))
                continue
            said = len(self.diagnostics)
            self._check(child)
            if child.name in _OUTERMOST and parent.name != "document":
                self._misplaced(child, parent, "put it directly into `<document>`")
                continue
            if parent.name != "grid" and child.name in GROUPS and {"span", "rows"} & child.attributes.keys():
                self._report(f"only in a grid does `<{child.name}>` take several places", child, "leave them out")
            block = self._block(child, keep=len(self.diagnostics) == said)
            if block is not None:
                found.append(block)
        return tuple(found)

    def _kept(self, element: Parsed) -> _Kept | None:
        """What `element` was read as, if nothing that it depends on is another; it is counted then."""
        kept = self.known.get(id(element))
        if kept is None or kept.before != (self.count, self.notes, tuple(self.lists)):
            return None
        texts = self.texts
        for at, text in kept.texts:
            if texts[at] is not text:
                return None
        self.count, self.notes = kept.after
        self.used += kept.texts
        return kept

    def _stray(self, parent: Parsed, what: str) -> None:
        message = f"`{what[:40]}` stands directly in `<{parent.name}>`"
        self._report(message, parent, "put text into a `<paragraph>` or a `<heading>`")

    def _report(self, message: str, element: Parsed, help: str) -> None:
        self.diagnostics.append(finding("template-error", message, element.span(self.template), help=help))

    def _misplaced(self, element: Parsed, parent: Parsed, help: str) -> None:
        self._report(f"`<{element.name}>` cannot stand in `<{parent.name}>`", element, help)

    def _check(self, element: Parsed) -> None:
        if id(element) in self.sound:
            return
        found = tuple(problems(element))
        for message, help in found:
            self._report(message, element, help)
        if not found:
            self.sound.add(id(element))

    def _id(self) -> int:
        self.count += 1
        return self.count

    def _block(self, element: Parsed, *, keep: bool) -> Block | None:
        """The block that `element` is, which is kept where there is nothing to say of it."""
        before = (self.count, self.notes, tuple(self.lists))
        start, said = len(self.used), len(self.diagnostics)
        block = self._read(element)
        if keep and len(self.diagnostics) == said:
            after = (self.count, self.notes)
            self.known[id(element)] = _Kept(before, tuple(dict(self.used[start:]).items()), block, after)
        return block

    def _read(self, element: Parsed) -> Block | None:
        if element.name in GROUPS:
            return self._group(element)
        make = _MAKERS.get(element.name)
        if make is not None:
            return make(self, element)
        if element.name in ATTRIBUTES:
            self._report(f"`<{element.name}>` cannot stand here", element, home_of(element.name))
        return None

    def _rule(self, element: Parsed) -> Block | None:
        return Rule(id=self._id(), style=_style(element))

    def _page_break(self, element: Parsed) -> Block | None:
        return PageBreak(id=self._id())

    def _heading(self, element: Parsed) -> Block | None:
        id, content = self._id(), self._inlines(element)
        level = round(self._number(element, "level", 2))
        if not content:
            return None
        slot, span = self._origin(element)
        return Heading(
            id=id,
            style=_style(element),
            optional=element.attributes.get("optional"),
            slot=slot,
            span=span,
            level=level,
            content=content,
            outline=element.attributes.get("outline", "yes") != "no",
        )

    def _paragraph(self, element: Parsed) -> Block | None:
        id, content = self._id(), self._inlines(element)
        if not content:
            return None
        slot, span = self._origin(element)
        return Paragraph(
            id=id,
            style=_style(element),
            optional=element.attributes.get("optional"),
            slot=slot,
            span=span,
            content=content,
        )

    def _group(self, element: Parsed) -> Block | None:
        id, children = self._id(), self.blocks(element)
        if not children:
            return None
        return Group(
            id=id,
            kind=GroupKind(element.name),
            style=_style(element),
            optional=element.attributes.get("optional"),
            span=element.span(self.template) if element.name == GroupKind.REGION else None,
            children=children,
            span_columns=round(self._number(element, "span", 1)),
            span_rows=round(self._number(element, "rows", 1)),
            columns=round(self._number(element, "count", 2)) if element.name == "columns" else 1,
            balance=element.attributes.get("fill", "balance") == "balance",
            region=element.attributes.get("name", "") if element.name == GroupKind.REGION else "",
        )

    def _list(self, element: Parsed) -> Block | None:
        id = self._id()
        kind = element.attributes.get("kind", "bullet")
        level = 1 + self.lists.count(kind)
        if len(self.lists) == DEEPEST_LIST:
            help = "take the innermost list out, or make paragraphs of it"
            self._report(f"lists are nested more than {DEEPEST_LIST} deep", element, help)
        self.lists.append(kind)
        items = tuple(self._item(child, index) for index, child in enumerate(self._only(element, {"item"}), start=1))
        self.lists.pop()
        if not items:
            return None
        return List(
            id=id,
            kind=ListKind(kind) if kind in set(ListKind) else ListKind.BULLET,
            items=items,
            level=level,
            style=_style(element),
            optional=element.attributes.get("optional"),
        )

    def _only(self, parent: Parsed, names: set[str]) -> Iterator[Parsed]:
        for child in parent.children:
            if isinstance(child, str):
                if child.strip():
                    self._stray(parent, child.strip())
                continue
            if child.name != PLACEHOLDER:
                self._check(child)
            if child.name in names:
                yield child
            elif child.name == PLACEHOLDER:
                self._stray(parent, str(self._rich(child) or ""))
            elif child.name in ATTRIBUTES:
                self._misplaced(child, parent, f"write {either(f'<{name}>' for name in sorted(names))} here")

    def _item(self, element: Parsed, index: int) -> Item:
        id = self._id()
        line, below = _parted(element)
        children = (self._item_text(line), *self.blocks(below)) if line is not None else self.blocks(below)
        number = round(self._number(element, "number", index))
        return Item(id=id, number=number, target=element.attributes.get("target"), children=children)

    def _item_text(self, element: Parsed) -> Paragraph:
        slot, span = self._origin(element)
        style = _style(element)
        return Paragraph(id=self._id(), style=style, slot=slot, span=span, content=self._inlines(element))

    def _sources(self, element: Parsed) -> Block | None:
        if not self.sources:
            return None
        id = self._id()
        style = _style(element)
        short = element.attributes.get("form") == "short"
        items = tuple(self._source(each.number, each.short if short else each.text) for each in self.sources)
        return List(id=id, kind=ListKind.SOURCES, style=style, items=items)

    def _source(self, number: int, text: RichText) -> Item:
        id = self._id()
        paragraph_id = self._id()
        content = self._numbered(text.content)
        paragraph = Paragraph(id=paragraph_id, style="source", slot="sources", span=text.span, content=content)
        return Item(id=id, number=number, children=(paragraph,))

    def _table(self, element: Parsed) -> Block | None:
        id = self._id()
        caption: tuple[Inline, ...] = ()
        columns: list[TableColumn] = []
        head: list[TableRow] = []
        rows: list[TableRow] = []
        written: dict[int, Parsed] = {}
        for child in self._only(element, {"caption", "col", "tr"}):
            match child.name:
                case "caption":
                    caption = self._inlines(child)
                case "col":
                    align = child.attributes.get("align", "left")
                    columns.append(TableColumn(align=align, weight=self._number(child, "weight", 1.0)))
                case _:
                    part = head if child.attributes.get("head") == "yes" else rows
                    part.append(self._table_row(child, written))
        if not head and not rows:
            return None
        width = self._fitted(head, rows, written)
        if len(columns) > width:
            message = f"the table has {len(columns)} `<col>`, but its rows have {_counted(width, 'column')}"
            self._report(message, element, "write one `<col/>` for each column")
        columns.extend(TableColumn() for _ in range(width - len(columns)))
        slot = next((cell.slot for row in (*head, *rows) for cell in row.cells if cell.slot), None)
        return Table(
            id=id,
            style=_style(element),
            optional=element.attributes.get("optional"),
            slot=slot,
            columns=tuple(columns),
            header=tuple(head),
            rows=tuple(rows),
            caption=caption,
        )

    def _fitted(self, head: list[TableRow], rows: list[TableRow], written: dict[int, Parsed]) -> int:
        """The columns of a table, whose rows must all have as many."""
        grids = [table_grid(part) for part in (head, rows)]
        width = max(grid.width for grid in grids)
        for grid, part in zip(grids, (head, rows), strict=True):
            for misfit in grid.misfits:
                self._report(*_misfit(misfit, width, written))
            if part and 0 < grid.width < width and all(misfit.fault is not Fault.UNEVEN for misfit in grid.misfits):
                self._report(*_misfit(Misfit(Fault.UNEVEN, 0, part[0].id, grid.width), width, written))
        return width

    def _table_row(self, element: Parsed, written: dict[int, Parsed]) -> TableRow:
        """The row that `element` is; `written` gets the elements of its cells and its own by id."""
        id = self._id()
        written[id] = element
        cells: list[Cell] = []
        for child in self._only(element, {"th", "td"}):
            slot, span = self._origin(child)
            scope = child.attributes.get("scope", "column" if element.attributes.get("head") == "yes" else "row")
            own = self._id()
            written[own] = child
            cells.append(
                Cell(
                    id=own,
                    slot=slot,
                    span=span,
                    scope=scope if child.name == "th" else "",
                    column_span=round(self._number(child, "colspan", 1)),
                    row_span=round(self._number(child, "rowspan", 1)),
                    content=self._inlines(child),
                )
            )
        return TableRow(id=id, cells=tuple(cells))

    def _figure(self, element: Parsed) -> Block | None:
        id = self._id()
        caption: tuple[Inline, ...] = ()
        for child in self._only(element, {"caption"}):
            caption = self._inlines(child)
        if element.name == "qr":
            caption = self._with_address(element, caption)
        slot, span = self.origins.get(element.attributes.get("file", ""), (None, None))
        return Figure(
            id=id,
            style=_style(element),
            optional=element.attributes.get("optional"),
            slot=slot,
            span=span or element.span(self.template),
            graphic=self._graphic(element),
            alt=element.attributes.get("alt", "").strip(),
            caption=caption,
        )

    def _with_address(self, element: Parsed, caption: tuple[Inline, ...]) -> tuple[Inline, ...]:
        """`caption` with the address of a code in print, for who cannot scan it, unless that stands elsewhere."""
        url = element.attributes.get("url", "")
        if not url or element.attributes.get("printed", "yes") == "no":
            return caption
        link = Link((Text(_SCHEME.sub("", url).removesuffix("/")),), url, self._id())
        return (*caption, LineBreak(), link) if caption else (link,)

    def _graphic(self, element: Parsed) -> Graphic:
        match element.name:
            case "qr":
                return QrCode(self._address(element), self._number(element, "width", 0.0) or None)
            case "chart":
                units, marked = round(self._number(element, "units", 1)), self._number(element, "marked", 0.0)
                if marked > units:
                    message = f"{marked:g} of {units} units cannot be marked"
                    self._report(message, element, "write a number for `marked` that is not above `units`")
                return Waffle(units, marked, Icon(self._choice(element, "icon", tuple(Icon))))
            case _:
                return Image(
                    element.attributes.get("file", ""),
                    self._number(element, "width", 0.0) or None,
                    self._number(element, "height", 0.0) or None,
                    self._parsed(element, "aspect", aspect, None),
                    self._choice(element, "fit", ("contain", "cover")) == "cover",
                    self._parsed(element, "focus", focus, (0.5, 0.5)),
                )

    def _parsed(self, element: Parsed, name: str, parse: Callable[[str], T], default: D) -> T | D:
        """What `parse` makes of an attribute; `default` where there is none, or one that has been reported."""
        text = element.attributes.get(name, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            message, _, help = str(error).partition("; ")
            self._report(message, element, help)
            return default

    def _choice(self, element: Parsed, name: str, choices: tuple[str, ...]) -> str:
        """One of `choices`; the first where another is written, which has been reported."""
        text = element.attributes.get(name, choices[0])
        return text if text in choices else choices[0]

    def _plot(self, element: Parsed) -> Block | None:
        """A chart of amounts; without any there is no chart."""
        id = self._id()
        parts: dict[str, list[tuple[Inline, ...]]] = {"unit": [], "series": [], "caption": []}
        data: list[Datum] = []
        for child in self._only(element, {*parts, "datum"}):
            if child.name == "datum":
                data.append(self._datum(child))
            else:
                parts[child.name].append(self._inlines(child))
        series = max(1, len(parts["series"]))
        if any(len(datum.amounts) != series for datum in data):
            message = f"every `<datum>` of this plot needs {series} `<amount>`"
            self._report(message, element, "write an `<amount>` for each `<series>`")
            return None
        if not data:
            return None
        slot, span = self._origin(element)
        return Figure(
            id=id,
            style=_style(element),
            optional=element.attributes.get("optional"),
            slot=slot,
            span=span or element.span(self.template),
            graphic=Plot(
                kind=PlotKind(self._choice(element, "kind", tuple(PlotKind))),
                data=tuple(data),
                series=tuple(parts["series"]),
                unit=parts["unit"][0] if parts["unit"] else (),
                reference=self._maybe_number(element, "reference"),
                start=self._maybe_number(element, "from"),
                end=self._maybe_number(element, "to"),
            ),
            alt=element.attributes.get("alt", "").strip(),
            caption=parts["caption"][0] if parts["caption"] else (),
        )

    def _datum(self, element: Parsed) -> Datum:
        label: tuple[Inline, ...] = ()
        note: tuple[Inline, ...] = ()
        amounts: list[Amount] = []
        for child in self._only(element, {"name", "amount", "note"}):
            match child.name:
                case "name":
                    label = self._inlines(child)
                case "note":
                    note = self._inlines(child)
                case _:
                    amounts.append(self._amount(child))
        return Datum(label, tuple(amounts), note)

    def _amount(self, element: Parsed) -> Amount:
        low, high = (self._maybe_number(element, name) for name in ("low", "high"))
        return Amount(self._number(element, "value", 0.0), plain_text(self._inlines(element)), low, high)

    def _spring(self, element: Parsed) -> Block:
        """Its least height is a number, or the name of a space, which remembers where it stands."""
        least: float | str = element.attributes.get("least", "0")
        if isinstance(least, str) and _NUMERIC.fullmatch(least):
            least = self._number(element, "least", 0.0)
        elif isinstance(least, str) and LINE in element.attributes:
            least = StyleName(least, element.span(""))
        return Spring(id=self._id(), weight=self._number(element, "weight", 1.0), least=least)

    def _maybe_number(self, element: Parsed, name: str) -> float | None:
        return self._number(element, name, 0.0) if name in element.attributes else None

    def _grid(self, element: Parsed) -> Block | None:
        id = self._id()
        columns, children = round(self._number(element, "columns", 2)), self.blocks(element)
        if not children:
            return None
        return Grid(
            id=id,
            style=_style(element),
            optional=element.attributes.get("optional"),
            columns=columns,
            children=children,
        )

    def _row(self, element: Parsed) -> Block | None:
        id = self._id()
        columns = tuple(
            Column(
                id=self._id(),
                style=_style(child),
                span_columns=round(self._number(child, "span", 6)),
                children=self.blocks(child),
            )
            for child in self._only(element, {"column"})
        )
        if not columns:
            return None
        return Row(
            id=id,
            style=_style(element),
            optional=element.attributes.get("optional"),
            columns=columns,
        )

    def _number(self, element: Parsed, name: str, default: float) -> float:
        text = element.attributes.get(name)
        if text is None:
            return default
        least, most = BOUNDS[element.name, name]
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if least <= number <= most:
            return number
        message = f"expected a number from {least:g} to {most:g} for `{name}`, found `{text}`"
        self._report(message, element, f"write a number for `{name}`")
        return default

    def _address(self, element: Parsed) -> str:
        address = element.attributes.get("url", "")
        if address and not _ADDRESS.fullmatch(address):
            help = "write a complete address, such as `https://example.org` or `mailto:desk@example.org`"
            self._report(f"`{address}` is not an address to link to", element, help)
        return address

    def _rich(self, element: Parsed) -> RichText | None:
        """The rich text that `element` stands for. One that a template itself has written stands for none."""
        number = element.attributes.get("n", "")
        if element.name != PLACEHOLDER or LINE in element.attributes or not number.isdecimal():
            return None
        at = int(number)
        if at >= len(self.texts):
            return None
        self.used.append((at, self.texts[at]))
        return self.texts[at]

    def _refs(self, element: Parsed) -> Iterator[RichText]:
        for child in element.elements:
            text = self._rich(child)
            if text is not None:
                yield text
            else:
                yield from self._refs(child)

    def _origin(self, element: Parsed) -> tuple[str | None, Span | None]:
        """The slot and the place of the first text in `element`."""
        text = self._alone(element) or next(self._refs(element), None)
        return (text.slot, text.span) if text is not None else (None, None)

    def _alone(self, element: Parsed) -> RichText | None:
        """The text that is all there is in `element`, as in most."""
        children = element.children
        return self._rich(children[0]) if len(children) == 1 and isinstance(children[0], Parsed) else None

    def _inlines(self, element: Parsed) -> tuple[Inline, ...]:
        return trimmed(self._line(element))

    def _line(self, element: Parsed) -> list[Inline]:
        """What is in `element`, in runs; blanks at its ends may part it from what is round it."""
        found: list[Inline] = []
        for child in element.children:
            if isinstance(child, str):
                found.append(Text(_folded(child)))
            else:
                found.extend(self._inline(child))
        return found

    def _inline(self, element: Parsed) -> tuple[Inline, ...]:
        text = self._rich(element)
        if text is not None:
            return self._numbered(text.content)
        self._check(element)
        match element.name:
            case "strong" if content := tuple(self._line(element)):
                return (Strong(content),)
            case "em" if content := tuple(self._line(element)):
                return (Emphasis(content),)
            case "link":
                id, content = self._id(), tuple(self._line(element))
                self._noteless(element, content, "write it behind the link")
                return (Link(content, self._address(element), id),)
            case "footnote":
                return self._footnote(element)
            case "br":
                return (LineBreak(),)
            case "page":
                return (PageNumber(element.attributes.get("of", ""), self._id()),)
            case _:
                if element.name in ATTRIBUTES.keys() - INLINE:
                    self._report(
                        f"`<{element.name}>` cannot stand in a line of text", element, "close the paragraph before it"
                    )
                return ()

    def _footnote(self, element: Parsed) -> tuple[Inline, ...]:
        number, id = self._note_number(), self._id()
        content = self._inlines(element)
        self._noteless(element, content, "make one footnote of the two")
        if not content:
            self._report("this footnote says nothing", element, "write its words, or take it out")
        span = next((text.span for text in self._refs(element)), None)
        return (Footnote(content, span, number, id),)

    def _note_number(self) -> int:
        self.notes += 1
        return self.notes

    def _noteless(self, element: Parsed, content: tuple[Inline, ...], help: str) -> None:
        """Report footnotes in `content`, where there may be none."""
        if any(footnotes(content)):
            self._report(f"a footnote cannot stand in a `<{element.name}>`", element, help)

    def _numbered(self, content: Iterable[Inline]) -> tuple[Inline, ...]:
        """The inline nodes with the ids of this document."""
        items = tuple(content)
        if _WORDS.issuperset(map(type, items)):
            return items
        return tuple([self._number_inline(item) for item in items])

    def _number_inline(self, item: Inline) -> Inline:
        match item:
            case Strong(content=content):
                return Strong(self._numbered(content))
            case Emphasis(content=content):
                return Emphasis(self._numbered(content))
            case Link(content=content, url=url):
                id = self._id()
                return Link(self._numbered(content), url, id)
            case Citation():
                return Citation(item.numbers, item.span, self._id())
            case Footnote(content=content, span=span):
                number, id = self._note_number(), self._id()
                return Footnote(self._numbered(content), span, number, id)
            case _:
                return item


_MAKERS: Final[Mapping[str, Callable[[_Reader, Parsed], Block | None]]] = MappingProxyType(
    {
        "heading": _Reader._heading,
        "paragraph": _Reader._paragraph,
        "list": _Reader._list,
        "table": _Reader._table,
        "image": _Reader._figure,
        "chart": _Reader._figure,
        "plot": _Reader._plot,
        "qr": _Reader._figure,
        "grid": _Reader._grid,
        "row": _Reader._row,
        "rule": _Reader._rule,
        "spring": _Reader._spring,
        "page-break": _Reader._page_break,
        "sources": _Reader._sources,
    }
)


def _parted(item: Parsed) -> tuple[Parsed | None, Parsed]:
    """An item's line of text, which may be all it has, and the blocks below it."""
    at = next(
        (at for at, child in enumerate(item.children) if isinstance(child, Parsed) and child.name not in INLINE),
        len(item.children),
    )
    line, below = (Parsed(item.name, item.attributes, part) for part in (item.children[:at], item.children[at:]))
    empty = all(isinstance(child, str) and not child.strip() for child in line.children)
    return (None if empty and below.children else line), below


def trimmed(content: list[Inline]) -> tuple[Inline, ...]:
    """`content` without the white space that only separates tags in the template."""
    result = list(content)
    while result and isinstance(result[0], Text) and not result[0].text.strip(" "):
        result.pop(0)
    while result and isinstance(result[-1], Text) and not result[-1].text.strip(" "):
        result.pop()
    if result and isinstance(result[0], Text) and result[0].text.startswith(" "):
        result[0] = replace(result[0], text=result[0].text.lstrip(" "))
    if result and isinstance(result[-1], Text) and result[-1].text.endswith(" "):
        result[-1] = replace(result[-1], text=result[-1].text.rstrip(" "))
    return tuple(result)


def _folded(text: str) -> str:
    """Runs of blanks and line ends as one space, as in a paragraph of the template. No-break spaces stay."""
    return _BLANKS.sub(" ", text)


def _misfit(misfit: Misfit, width: int, written: Mapping[int, Parsed]) -> tuple[str, Parsed, str]:
    """What is wrong with a table's row or cell, the element, and what would mend it."""
    element = written[misfit.id]
    match misfit.fault:
        case Fault.UNEVEN:
            message = f"this row has {_counted(misfit.columns, 'column')}, but the table has {width}"
            return message, element, "add a `<td/>` where there is nothing to say"
        case Fault.OVERLAP:
            message = f"this `<{element.name}>` lies over a cell that reaches down from a row above"
            return message, element, "make a `colspan` or a `rowspan` smaller"
        case Fault.BEYOND:
            help = "make its `rowspan` smaller"
            return f"this `<{element.name}>` reaches below the last row", element, help
        case Fault.EMPTY:
            return "this row has no cell of its own", element, "take the row out, or make a `rowspan` smaller"
        case _:
            assert_never(misfit.fault)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


_NUMERIC: Final = expression(r"[-+.\d]+")


def _style(element: Parsed) -> str:
    """The style that an element names, which remembers where; empty for none."""
    name = element.attributes.get("style", "")
    return StyleName(name, element.span("")) if name and LINE in element.attributes else name
