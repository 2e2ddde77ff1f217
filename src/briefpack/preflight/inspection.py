"""What a finished file holds, read back from its bytes: for tests, for goldens and for `preflight`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader

from briefpack.preflight.text import PageText, page_text


@dataclass(frozen=True, slots=True)
class TagNode:
    """A structure element: its type, what is in it in order, and its attributes, such as `Scope`."""

    role: str
    kids: tuple[TagNode | str, ...]
    alt: str | None
    attributes: Mapping[str, str]

    def walk(self) -> Iterator[TagNode]:
        yield self
        for kid in self.kids:
            if isinstance(kid, TagNode):
                yield from kid.walk()

    def text(self) -> str:
        """All text in it, in order."""
        return "".join(kid if isinstance(kid, str) else kid.text() for kid in self.kids)


@dataclass(frozen=True, slots=True)
class FontUse:
    """A font of the file: the name it goes by, whether its program is there, and whether it says its text."""

    name: str
    embedded: bool
    readable: bool


@dataclass(frozen=True, slots=True)
class LinkUse:
    """A link: its page from 0, what it says it is, and its URL or the page it leads to."""

    page: int
    contents: str
    target: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: how deep from 0, its title, and the page from 0 it leads to."""

    depth: int
    title: str
    page: int


@dataclass(frozen=True, slots=True)
class PageUse:
    """A page: its label, its size in points, whether tabs follow the structure, and ink outside of marks."""

    label: str
    width: float
    height: float
    tabs: str
    unmarked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """A file as a reader sees it."""

    title: str
    language: str
    marked: bool
    pages: tuple[PageUse, ...]
    outline: tuple[Bookmark, ...]
    tags: tuple[TagNode, ...]
    fonts: tuple[FontUse, ...]
    links: tuple[LinkUse, ...]

    def tag_tree(self) -> str:
        """The tag tree with its text, an element a line, for people and goldens."""
        return "".join(f"{line}\n" for tag in self.tags for line in _lines(tag, 0))


def inspect(data: bytes) -> Inspection:
    """What the file `data` holds. Raises pypdf.errors.PdfReadError when it is not a PDF file."""
    reader = PdfReader(BytesIO(data), strict=True)
    catalog: Any = reader.root_object
    texts = [page_text(page) for page in reader.pages]
    return Inspection(
        title=str(reader.metadata.title or "") if reader.metadata else "",
        language=str(catalog.get("/Lang", "")),
        marked=bool(_resolved(_resolved(catalog.get("/MarkInfo", {})).get("/Marked", False))),
        pages=tuple(_pages(reader, texts)),
        outline=tuple(_bookmarks(reader, reader.outline, 0)),
        tags=_Tags(reader, texts).top(),
        fonts=tuple(_fonts(reader)),
        links=tuple(_links(reader)),
    )


def _resolved(item: Any) -> Any:
    return item.get_object() if hasattr(item, "get_object") else item


def _pages(reader: PdfReader, texts: list[PageText]) -> Iterator[PageUse]:
    for page, label, text in zip(reader.pages, reader.page_labels, texts, strict=True):
        box = page.mediabox
        yield PageUse(label, float(box.width), float(box.height), str(page.get("/Tabs", "")), tuple(text.unmarked))


def _bookmarks(reader: PdfReader, outline: Any, depth: int) -> Iterator[Bookmark]:
    for item in outline:
        if isinstance(item, list):
            yield from _bookmarks(reader, item, depth + 1)
        else:
            page = reader.get_destination_page_number(item)
            yield Bookmark(depth, str(item.title), -1 if page is None else page)


def _fonts(reader: PdfReader) -> Iterator[FontUse]:
    seen: set[int] = set()
    for page in reader.pages:
        fonts: Any = _resolved(_resolved(page["/Resources"]).get("/Font", {}))
        for reference in fonts.values():
            font = _resolved(reference)
            if id(font) not in seen:
                seen.add(id(font))
                yield _font(font)


def _font(font: Any) -> FontUse:
    inner = _resolved(_resolved(font["/DescendantFonts"])[0]) if "/DescendantFonts" in font else font
    descriptor = _resolved(inner.get("/FontDescriptor", {}))
    embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
    return FontUse(str(font["/BaseFont"])[1:], embedded, "/ToUnicode" in font)


def _links(reader: PdfReader) -> Iterator[LinkUse]:
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages) if page.indirect_reference}
    for at, page in enumerate(reader.pages):
        for reference in _resolved(page.get("/Annots", [])):
            link = _resolved(reference)
            if link["/Subtype"] == "/Link":
                yield LinkUse(at, str(link.get("/Contents", "")), _target(link, numbers))


def _target(link: Any, numbers: Mapping[int, int]) -> str:
    if "/A" in link:
        return str(_resolved(link["/A"]).get("/URI", ""))
    page = _resolved(_resolved(link["/Dest"])[0])
    return f"page {numbers[page.indirect_reference.idnum] + 1}"


_SHOWN: Final = ("/Scope", "/ColSpan", "/RowSpan", "/ListNumbering")


class _Tags:
    """Reads the structure tree (ISO 32000-1, 14.7)."""

    def __init__(self, reader: PdfReader, texts: list[PageText]) -> None:
        self._root: Any = _resolved(reader.root_object.get("/StructTreeRoot", {}))
        pages = [page.indirect_reference for page in reader.pages]
        self._texts = {page.idnum: text for page, text in zip(pages, texts, strict=True) if page is not None}

    def top(self) -> tuple[TagNode, ...]:
        return tuple(kid for kid in self._kids(self._root, None) if isinstance(kid, TagNode))

    def _kids(self, node: Any, page: Any) -> tuple[TagNode | str, ...]:
        entry = _resolved(node.get("/K", []))
        kids: list[TagNode | str] = []
        for item in entry if isinstance(entry, list) else [entry]:
            kid = self._kid(_resolved(item), node.raw_get("/Pg") if "/Pg" in node else page)
            if isinstance(kid, str) and kids and isinstance(kids[-1], str):
                kids[-1] += kid
            elif kid is not None:
                kids.append(kid)
        return tuple(kids)

    def _kid(self, item: Any, page: Any) -> TagNode | str | None:
        if isinstance(item, int):
            return self._texts[page.idnum].by_mcid[item]
        if item.get("/Type") == "/MCR":
            own = item.raw_get("/Pg") if "/Pg" in item else page
            return self._texts[own.idnum].by_mcid[int(item["/MCID"])]
        if item.get("/Type") == "/OBJR":
            return None
        alt = item.get("/Alt")
        return TagNode(
            str(item["/S"])[1:], self._kids(item, page), None if alt is None else str(alt), self._attributes(item)
        )

    def _attributes(self, item: Any) -> dict[str, str]:
        entry = _resolved(item.get("/A", {}))
        objects = [_resolved(one) for one in entry] if isinstance(entry, list) else [entry]
        return {key[1:]: str(one[key]).lstrip("/") for one in objects for key in _SHOWN if key in one}


def _lines(tag: TagNode, depth: int) -> Iterator[str]:
    attributes = "".join(f" {key}={value}" for key, value in tag.attributes.items())
    alt = "" if tag.alt is None else f" alt={tag.alt!r}"
    head = f"{'  ' * depth}{tag.role}{attributes}{alt}"
    if len(tag.kids) == 1 and isinstance(tag.kids[0], str):
        yield f"{head}: {tag.kids[0]}".rstrip() if tag.kids[0] else head
        return
    yield head
    for kid in tag.kids:
        if isinstance(kid, TagNode):
            yield from _lines(kid, depth + 1)
        else:
            yield f"{'  ' * (depth + 1)}| {kid}".rstrip()
