"""XML in the semantic vocabulary to a document: elements become nodes, numbered in reading order.

An element, attribute or nesting that the vocabulary does not have is a diagnostic at the template's line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from xml.parsers import expat

from briefpack.content import RichText
from briefpack.diagnostics import Diagnostic, Span, finding, suggest
from briefpack.document import (
    Block,
    Cell,
    Citation,
    Column,
    Emphasis,
    Figure,
    Graphic,
    Grid,
    Group,
    GroupKind,
    Heading,
    Image,
    Inline,
    Item,
    LineBreak,
    Link,
    List,
    ListKind,
    PageBreak,
    PageNumber,
    Paragraph,
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
)
from briefpack.templates.rendering import LINE, Rendered

DEEPEST: Final = 40

_COMMON: Final = frozenset({"style", "optional", LINE})
_GROUPS: Final = frozenset(kind.value for kind in GroupKind)

# What each element may carry besides `style` and `optional`.
ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = {
    "document": frozenset(),
    "heading": frozenset({"level", "outline"}),
    "paragraph": frozenset(),
    "list": frozenset({"kind"}),
    "item": frozenset({"number", "target"}),
    "table": frozenset(),
    "col": frozenset({"align", "weight"}),
    "caption": frozenset(),
    "tr": frozenset({"head"}),
    "th": frozenset({"scope", "colspan"}),
    "td": frozenset({"colspan"}),
    "image": frozenset({"file", "alt", "width"}),
    "chart": frozenset({"kind", "units", "marked", "alt"}),
    "qr": frozenset({"url", "alt"}),
    "grid": frozenset({"columns"}),
    "row": frozenset(),
    "column": frozenset({"span"}),
    "rule": frozenset(),
    "spring": frozenset({"weight"}),
    "page-break": frozenset(),
    "sources": frozenset({"form"}),
    "strong": frozenset(),
    "em": frozenset(),
    "link": frozenset({"url"}),
    "br": frozenset(),
    "page": frozenset({"of"}),
    "ref": frozenset({"n"}),
    **{kind: frozenset() for kind in _GROUPS},
}

_INLINE: Final = frozenset({"strong", "em", "link", "br", "page", "ref"})


@dataclass(slots=True)
class _Parsed:
    """An element as the parser saw it."""

    name: str
    attributes: dict[str, str]
    children: list[_Parsed | str] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[_Parsed]:
        return (child for child in self.children if isinstance(child, _Parsed))


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered source as it is printed, in full and in short."""

    number: int
    text: RichText
    short: RichText


def read_document(
    rendered: Rendered, template: str, sources: Iterable[Source] = ()
) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """The blocks that `rendered` describes, and what is wrong with it. `template` is the file's path."""
    root, problem = _parse(rendered.xml, template)
    if root is None:
        assert problem is not None
        return (), (problem,)
    reader = _Reader(rendered.texts, template, tuple(sources))
    blocks = reader.blocks(root)
    return blocks, tuple(reader.diagnostics)


def _parse(xml: str, template: str) -> tuple[_Parsed | None, Diagnostic | None]:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    stack: list[_Parsed] = [_Parsed("", {})]

    def start(name: str, attributes: dict[str, str]) -> None:
        element = _Parsed(name, attributes)
        if len(stack) > DEEPEST:
            raise expat.ExpatError(f"elements nested more than {DEEPEST} deep")
        stack[-1].children.append(element)
        stack.append(element)

    def end(name: str) -> None:
        stack.pop()

    def characters(data: str) -> None:
        stack[-1].children.append(data)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        return None, _not_xml(xml, error, template)
    root = next(stack[0].elements)
    if root.name != "document":
        message = f"the template's outermost element is `<{root.name}>`, not `<document>`"
        return None, finding("template-error", message, _span(root, template), help="wrap everything in `<document>`")
    return root, None


def _not_xml(xml: str, error: expat.ExpatError, template: str) -> Diagnostic:
    """Where the template went wrong: at the last element that began before the parser gave up."""
    offset = sum(len(line) + 1 for line in xml.split("\n")[: getattr(error, "lineno", 1) - 1])
    before = xml[: offset + getattr(error, "offset", 0)]
    at = before.rfind(f'{LINE}="')
    place = before[at + len(LINE) + 2 :].split('"')[0] if at >= 0 else f"{template}:1"
    reason = expat.errors.messages.get(getattr(error, "code", 0), str(error))
    return finding(
        "template-error",
        f"the template does not make well-formed XML: {reason}",
        _place(place),
        help="close every element that is opened, in the same order",
    )


def _place(place: str) -> Span:
    path, _, line = place.rpartition(":")
    number = int(line) if line.isdigit() else 1
    return Span(path, number, 1, number, 2)


def _span(element: _Parsed, template: str) -> Span:
    return _place(element.attributes.get(LINE, f"{template}:1"))


@dataclass
class _Reader:
    texts: tuple[RichText, ...]
    template: str
    sources: tuple[Source, ...]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    count: int = 0

    def blocks(self, parent: _Parsed) -> tuple[Block, ...]:
        found: list[Block] = []
        for child in parent.children:
            if isinstance(child, str):
                if child.strip():
                    self._stray(parent, child.strip())
                continue
            if child.name in _INLINE:
                self._stray(parent, f"<{child.name}>")
                continue
            self._check(child)
            block = self._block(child)
            if block is not None:
                found.append(block)
        return tuple(found)

    def _stray(self, parent: _Parsed, what: str) -> None:
        message = f"`{what[:40]}` stands directly in `<{parent.name}>`"
        self._report(message, parent, "put text into a `<paragraph>` or a `<heading>`")

    def _report(self, message: str, element: _Parsed, help: str) -> None:
        self.diagnostics.append(finding("template-error", message, _span(element, self.template), help=help))

    def _check(self, element: _Parsed) -> None:
        known = ATTRIBUTES.get(element.name)
        if known is None:
            near = suggest(element.name, ATTRIBUTES)
            self._report(
                f"unknown element `<{element.name}>`",
                element,
                f"write `<{near}>`" if near else "see the vocabulary of templates in the manual",
            )
            return
        for name in element.attributes:
            if name not in known and name not in _COMMON:
                near = suggest(name, [*known, "style", "optional"])
                self._report(
                    f"`<{element.name}>` has no attribute `{name}`",
                    element,
                    f"write `{near}`" if near else f"leave `{name}` out",
                )

    def _id(self) -> int:
        self.count += 1
        return self.count

    def _block(self, element: _Parsed) -> Block | None:
        if element.name in _GROUPS:
            return self._group(element)
        makers: dict[str, Callable[[_Parsed], Block | None]] = {
            "heading": self._heading,
            "paragraph": self._paragraph,
            "list": self._list,
            "table": self._table,
            "image": self._figure,
            "chart": self._figure,
            "qr": self._figure,
            "grid": self._grid,
            "row": self._row,
            "rule": lambda each: Rule(id=self._id(), style=each.attributes.get("style", "")),
            "spring": lambda each: Spring(id=self._id(), weight=self._number(each, "weight", 1.0)),
            "page-break": lambda each: PageBreak(id=self._id()),
            "sources": self._sources,
        }
        maker = makers.get(element.name)
        if maker is not None:
            return maker(element)
        if element.name in ATTRIBUTES:
            self._report(
                f"`<{element.name}>` cannot stand here", element, "see the vocabulary of templates in the manual"
            )
        return None

    def _heading(self, element: _Parsed) -> Block | None:
        id, content = self._id(), self._inlines(element)
        if not content:
            return None
        level = round(self._number(element, "level", 2))
        slot, span = _origin(self._refs(element))
        return Heading(
            id=id,
            style=element.attributes.get("style", ""),
            optional=element.attributes.get("optional"),
            slot=slot,
            span=span,
            level=min(max(level, 1), 6),
            content=content,
            outline=element.attributes.get("outline", "yes") != "no",
        )

    def _paragraph(self, element: _Parsed) -> Block | None:
        id, content = self._id(), self._inlines(element)
        if not content:
            return None
        slot, span = _origin(self._refs(element))
        return Paragraph(
            id=id,
            style=element.attributes.get("style", ""),
            optional=element.attributes.get("optional"),
            slot=slot,
            span=span,
            content=content,
        )

    def _group(self, element: _Parsed) -> Block:
        return Group(
            id=self._id(),
            kind=GroupKind(element.name),
            style=element.attributes.get("style", ""),
            optional=element.attributes.get("optional"),
            children=self.blocks(element),
        )

    def _list(self, element: _Parsed) -> Block:
        id = self._id()
        kind = element.attributes.get("kind", "bullet")
        if kind not in set(ListKind):
            near = suggest(kind, list(ListKind))
            self._report(f"unknown kind of list `{kind}`", element, f"write `{near or 'bullet'}`")
            kind = "bullet"
        items = tuple(self._item(child, index) for index, child in enumerate(self._only(element, {"item"}), start=1))
        return List(
            id=id,
            kind=ListKind(kind),
            items=items,
            style=element.attributes.get("style", ""),
            optional=element.attributes.get("optional"),
        )

    def _only(self, parent: _Parsed, names: set[str]) -> Iterator[_Parsed]:
        for child in parent.children:
            if isinstance(child, str):
                if child.strip():
                    self._stray(parent, child.strip())
                continue
            self._check(child)
            if child.name in names:
                yield child
            elif child.name in ATTRIBUTES:
                self._report(
                    f"`<{child.name}>` cannot stand in `<{parent.name}>`",
                    child,
                    f"write {' or '.join(f'`<{name}>`' for name in sorted(names))} here",
                )

    def _item(self, element: _Parsed, index: int) -> Item:
        id = self._id()
        block_children = [child for child in element.elements if child.name not in _INLINE]
        if block_children:
            children = self.blocks(element)
        else:
            slot, span = _origin(self._refs(element))
            style = element.attributes.get("style", "")
            children = (Paragraph(id=self._id(), style=style, slot=slot, span=span, content=self._inlines(element)),)
        number = round(self._number(element, "number", index))
        return Item(id=id, number=number, target=element.attributes.get("target"), children=children)

    def _sources(self, element: _Parsed) -> Block | None:
        if not self.sources:
            return None
        id = self._id()
        style = element.attributes.get("style", "")
        short = element.attributes.get("form") == "short"
        items = tuple(self._source(each.number, each.short if short else each.text) for each in self.sources)
        return List(id=id, kind=ListKind.SOURCES, style=style, items=items)

    def _source(self, number: int, text: RichText) -> Item:
        id = self._id()
        paragraph_id = self._id()
        content = self._numbered(text.content)
        paragraph = Paragraph(id=paragraph_id, style="source", slot="sources", span=text.span, content=content)
        return Item(id=id, number=number, children=(paragraph,))

    def _table(self, element: _Parsed) -> Block:
        id = self._id()
        caption: tuple[Inline, ...] = ()
        columns: list[TableColumn] = []
        head: list[TableRow] = []
        rows: list[TableRow] = []
        for child in self._only(element, {"caption", "col", "tr"}):
            match child.name:
                case "caption":
                    caption = self._inlines(child)
                case "col":
                    align = child.attributes.get("align", "left") or "left"
                    columns.append(TableColumn(align=align, weight=self._number(child, "weight", 1.0)))
                case _:
                    (head if child.attributes.get("head") == "yes" else rows).append(self._table_row(child))
        width = max((sum(cell.column_span for cell in row.cells) for row in (*head, *rows)), default=0)
        columns.extend(TableColumn() for _ in range(width - len(columns)))
        slot = next((cell.slot for row in (*head, *rows) for cell in row.cells if cell.slot), None)
        return Table(
            id=id,
            style=element.attributes.get("style", ""),
            optional=element.attributes.get("optional"),
            slot=slot,
            columns=tuple(columns),
            header=tuple(head),
            rows=tuple(rows),
            caption=caption,
        )

    def _table_row(self, element: _Parsed) -> TableRow:
        id = self._id()
        cells: list[Cell] = []
        for child in self._only(element, {"th", "td"}):
            slot, span = _origin(self._refs(child))
            scope = child.attributes.get("scope", "column" if element.attributes.get("head") == "yes" else "row")
            cells.append(
                Cell(
                    id=self._id(),
                    slot=slot,
                    span=span,
                    scope=scope if child.name == "th" else "",
                    column_span=round(self._number(child, "colspan", 1)),
                    content=self._inlines(child),
                )
            )
        return TableRow(id=id, cells=tuple(cells))

    def _figure(self, element: _Parsed) -> Block | None:
        id = self._id()
        caption: tuple[Inline, ...] = ()
        for child in self._only(element, {"caption"}):
            caption = self._inlines(child)
        alt = element.attributes.get("alt", "").strip()
        if not alt:
            self._report(f"`<{element.name}>` has no `alt`", element, 'add `alt="…"`, what the picture says in words')
        return Figure(
            id=id,
            style=element.attributes.get("style", ""),
            optional=element.attributes.get("optional"),
            span=_span(element, self.template),
            graphic=self._graphic(element),
            alt=alt,
            caption=caption,
        )

    def _graphic(self, element: _Parsed) -> Graphic:
        match element.name:
            case "qr":
                return QrCode(element.attributes.get("url", ""))
            case "chart":
                units = round(self._number(element, "units", 100))
                return Waffle(units, self._number(element, "marked", 0.0))
            case _:
                width = self._number(element, "width", 0.0)
                return Image(element.attributes.get("file", ""), width or None)

    def _grid(self, element: _Parsed) -> Block:
        id = self._id()
        return Grid(
            id=id,
            style=element.attributes.get("style", ""),
            optional=element.attributes.get("optional"),
            columns=max(1, round(self._number(element, "columns", 2))),
            children=self.blocks(element),
        )

    def _row(self, element: _Parsed) -> Block:
        id = self._id()
        columns = tuple(
            Column(
                id=self._id(),
                style=child.attributes.get("style", ""),
                span_columns=max(1, round(self._number(child, "span", 6))),
                children=self.blocks(child),
            )
            for child in self._only(element, {"column"})
        )
        return Row(
            id=id,
            style=element.attributes.get("style", ""),
            optional=element.attributes.get("optional"),
            columns=columns,
        )

    def _number(self, element: _Parsed, name: str, default: float) -> float:
        text = element.attributes.get(name)
        if text is None:
            return default
        try:
            return float(text)
        except ValueError:
            self._report(f"expected a number for `{name}`, found `{text}`", element, f"write a number for `{name}`")
            return default

    def _refs(self, element: _Parsed) -> Iterator[RichText]:
        for child in element.elements:
            if child.name == "ref":
                yield self.texts[int(child.attributes["n"])]
            else:
                yield from self._refs(child)

    def _inlines(self, element: _Parsed) -> tuple[Inline, ...]:
        found: list[Inline] = []
        for child in element.children:
            if isinstance(child, str):
                found.append(Text(" ".join(child.replace("\n", " ").split(" ")) if "\n" in child else child))
            else:
                self._check(child)
                found.extend(self._inline(child))
        return trimmed(found)

    def _inline(self, element: _Parsed) -> tuple[Inline, ...]:
        match element.name:
            case "ref":
                return self._numbered(self.texts[int(element.attributes["n"])].content)
            case "strong":
                return (Strong(self._inlines(element)),)
            case "em":
                return (Emphasis(self._inlines(element)),)
            case "link":
                id = self._id()
                return (Link(self._inlines(element), element.attributes.get("url", ""), id),)
            case "br":
                return (LineBreak(),)
            case "page":
                return (PageNumber(element.attributes.get("of", ""), self._id()),)
            case _:
                if element.name in ATTRIBUTES:
                    self._report(
                        f"`<{element.name}>` cannot stand in a line of text", element, "close the paragraph before it"
                    )
                return ()

    def _numbered(self, content: Iterable[Inline]) -> tuple[Inline, ...]:
        """The inline nodes with the ids of this document."""
        return tuple(self._number_inline(item) for item in content)

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
                return replace(item, id=self._id())
            case _:
                return item


def trimmed(content: list[Inline]) -> tuple[Inline, ...]:
    """`content` without the white space that only separates tags in the template."""
    result = [
        Text(_folded(item.text), item.span, item.fact) if isinstance(item, Text) and item.span is None else item
        for item in content
    ]
    while result and isinstance(result[0], Text) and not result[0].text.strip(" "):
        result.pop(0)
    while result and isinstance(result[-1], Text) and not result[-1].text.strip(" "):
        result.pop()
    if result and isinstance(result[0], Text):
        result[0] = replace(result[0], text=result[0].text.lstrip(" "))
    if result and isinstance(result[-1], Text):
        result[-1] = replace(result[-1], text=result[-1].text.rstrip(" "))
    return tuple(item for item in result if not (isinstance(item, Text) and not item.text))


def _folded(text: str) -> str:
    """Runs of blanks and line ends as one space, as in a paragraph of the template."""
    words = text.split()
    if not words:
        return " " if text else ""
    lead = " " if text[0] in " \n\t" else ""
    tail = " " if text[-1] in " \n\t" else ""
    return lead + " ".join(words) + tail


def _origin(refs: Iterator[RichText]) -> tuple[str | None, Span | None]:
    for text in refs:
        return text.slot, text.span
    return None, None
