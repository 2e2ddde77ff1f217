"""The structure tree of a file (ISO 32000-1, 14.7) and the parent tree that leads back to it.

An element's kids are in document order; its own marks stand among its children by paint position.
Elements that nothing on any page belongs to are left out, except the empty cells and rows of a table that
has ink, for a cell may reach into them.

What is written of a part's elements follows from them and from the order of the ink, not from where it is; so
documents that are built alike share it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from functools import lru_cache
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.document import Element, Tag
from briefpack.geometry import Rect, Size
from briefpack.namedtuple import NamedTuple
from briefpack.pdf.syntax import array, corners, name, number, string


class UntaggedInk(Exception):
    """Ink names a structure element that its document does not have: a fault of the layout."""


# A position in a file: its page, from 0, in the upper half and a rank on that page in the lower. Ink ranks
# by its MCID, link annotations after all ink by their key in the parent tree.
Position = int

_PAGE: Final = 32
_RANK: Final = (1 << _PAGE) - 1
_LAST: Final = 1 << (_PAGE - 1)

_NOWHERE: Final = 1 << 62
# What a table keeps though there is no ink in it, for its rows must all have their cells.
_CELLS: Final = frozenset(("TH", "TD"))
_KEPT: Final = _CELLS | {"TR", "THead", "TBody"}

# Content of an element: where it is, and the object number of an annotation or 0 for ink.
Kid = tuple[Position, int]


class Active(NamedTuple):
    """The annotation that is object `number`, of element `tag`, on page `page`; `key` is its in the parent tree."""

    tag: Tag
    page: int
    key: int
    number: int


@dataclass(frozen=True, slots=True)
class Inked:
    """What a part's elements are written from besides themselves.

    `marks` names the owners of the MCIDs of each of its pages, `links` are its link annotations, `pages` the object
    numbers of its pages, of which the first is page `start` of the file. `root` is the object number of its root and
    `first` that of what comes below; `prefix` goes before its identifiers, which are unique in their document only.
    """

    marks: tuple[tuple[Tag, ...], ...]
    links: tuple[Active, ...]
    pages: tuple[int, ...]
    start: int
    root: int
    first: int
    prefix: str = ""


@dataclass(frozen=True, slots=True)
class PageObject:
    """A page of the file: its object number and its size."""

    number: int
    size: Size


class Late(NamedTuple):
    """A body that is written only when it is known where its ink is: its place among the others, what it is made of."""

    place: int
    element: Element
    parent: int
    content: bytes
    extra: bytes


@dataclass(frozen=True, slots=True)
class Branch:
    """The elements `children` and all below, written: the bodies of a row of objects.

    `content` is that of their root, None where there is no ink; `figures` are written late. `owners` are the elements
    of all MCIDs by page, `annotations` those of annotations by key, `ids` those that have an identifier.
    """

    children: tuple[Element, ...]
    bodies: tuple[bytes, ...]
    content: bytes | None
    figures: tuple[Late, ...]
    owners: tuple[bytes, ...]
    annotations: tuple[tuple[int, int], ...]
    ids: tuple[tuple[bytes, int], ...]


def branch(root: Element, inked: Inked) -> Branch:
    """The elements below `root`, written. Raises UntaggedInk."""
    return _Writer(inked).written(root)


@dataclass(slots=True)
class _Writer:
    inked: Inked
    bodies: list[bytes] = field(default_factory=list)
    figures: list[Late] = field(default_factory=list)
    owners: dict[Position, int] = field(default_factory=dict)
    annotations: dict[int, int] = field(default_factory=dict)
    ids: list[tuple[bytes, int]] = field(default_factory=list)
    kids: dict[Tag, list[Kid]] = field(default_factory=dict)

    def written(self, root: Element) -> Branch:
        self.kids = _kids(self.inked)
        own = self.kids.pop(root.tag, None)
        below = self._below(root.children, self.inked.root)
        if self.kids:
            lost = ", ".join(f"{tag.node}{tag.part and ' ' + tag.part}" for tag in sorted(self.kids))
            raise UntaggedInk(f"there is ink of elements that the document does not have: {lost}")
        content = self._content(own, below, self.inked.root) if own or below else None
        pages = enumerate(self.inked.marks, start=self.inked.start)
        return Branch(
            root.children,
            tuple(self.bodies),
            content,
            tuple(self.figures),
            tuple([self._owners(page << _PAGE, len(marks)) for page, marks in pages]),
            tuple(self.annotations.items()),
            tuple(self.ids),
        )

    def _owners(self, page: Position, count: int) -> bytes:
        owners = self.owners
        return b" ".join([b"%d 0 R" % owners[page + mcid] for mcid in range(count)])

    def _below(self, children: tuple[Element, ...], parent: int) -> list[tuple[int, Position]]:
        return [written for child in children if (written := self._element(child, parent)) is not None]

    def _element(self, element: Element, parent: int) -> tuple[int, Position] | None:
        """The object number of `element` and where its first ink is, or None when it is left out."""
        role, children = element.role, element.children
        if role == "Table" and not any(each.tag in self.kids for each in element.walk()):
            return None
        own = self.kids.pop(element.tag, None)
        if own is None and not children and role not in _CELLS:
            return None
        place = len(self.bodies)
        number = self.inked.first + place
        self.bodies.append(b"")
        below = self._below(children, number) if children else []
        first = min([position for _, position in below]) if below else _NOWHERE
        if own is not None:
            first = min(first, own[0][0])
        elif first == _NOWHERE and role not in _KEPT:
            del self.bodies[place:]
            return None
        extra = self._identified(element.id, number) if element.id is not None else b""
        content = self._content(own, below, number)
        if role == "Figure":
            self.figures.append(Late(place, element, parent, content, extra))
        else:
            self.bodies[place] = body(element, parent, content, extra)
        return number, first

    def _identified(self, id: str, number: int) -> bytes:
        label = string(self.inked.prefix + id)
        self.ids.append((label, number))
        return b"/ID" + label

    def _content(self, own: list[Kid] | None, below: list[tuple[int, Position]], number: int) -> bytes:
        """The entries Pg and K: own content and children, each in its order, and own content before the
        first child that is painted after it."""
        if own is None:
            kids = [b"%d 0 R" % child for child, _ in below]
            return b"/K[%b]" % b" ".join(kids) if kids else b""
        home = own[0][0] >> _PAGE
        if len(own) == 1 and not below:
            return b"/Pg %d 0 R/K %b" % (self._page(home), self._kid(own[0], home, number))
        kids = []
        waiting = 0
        for child, position in below:
            while waiting < len(own) and own[waiting][0] < position:
                kids.append(self._kid(own[waiting], home, number))
                waiting += 1
            kids.append(b"%d 0 R" % child)
        kids += [self._kid(kid, home, number) for kid in own[waiting:]]
        if len(kids) == 1:
            return b"/Pg %d 0 R/K %b" % (self._page(home), kids[0])
        return b"/Pg %d 0 R/K[%b]" % (self._page(home), b" ".join(kids))

    def _page(self, page: int) -> int:
        return self.inked.pages[page - self.inked.start]

    def _kid(self, kid: Kid, home: int, owner: int) -> bytes:
        position, annotation = kid
        page, rank = position >> _PAGE, position & _RANK
        place = b"" if page == home else b"/Pg %d 0 R" % self._page(page)
        if annotation:
            self.annotations[rank - _LAST] = owner
            return b"<</Type/OBJR/Obj %d 0 R%b>>" % (annotation, place)
        self.owners[position] = owner
        return b"<</Type/MCR/MCID %d%b>>" % (rank, place) if place else b"%d" % rank


def _kids(inked: Inked) -> dict[Tag, list[Kid]]:
    """The content of each element, in the order in which it is painted; on each page annotations come last."""
    kids: dict[Tag, list[Kid]] = {}
    links: dict[int, list[Active]] = {}
    for link in inked.links:
        links.setdefault(link.page, []).append(link)
    for page, marks in enumerate(inked.marks, start=inked.start):
        above = page << _PAGE
        for mcid, tag in enumerate(marks):
            if tag in kids:
                kids[tag].append((above + mcid, 0))
            else:
                kids[tag] = [(above + mcid, 0)]
        for link in links.get(page, ()):
            kids.setdefault(link.tag, []).append((above + _LAST + link.key, link.number))
    return kids


def body(element: Element, parent: int, content: bytes, extra: bytes, area: bytes = b"") -> bytes:
    """The dictionary of `element`. `area` is an attribute that says where a figure is."""
    if element.alt is not None:
        extra += b"/Alt" + string(element.alt)
    if element.title is not None:
        extra += b"/T" + string(element.title)
    if element.attributes or area:
        extra += _attributes(element.attributes, area)
    return b"<</S/%b/P %d 0 R%b%b>>" % (element.role.encode("ascii"), parent, content, extra)


@lru_cache(256)
def _attributes(attributes: tuple[tuple[str, str, str | int], ...], area: bytes) -> bytes:
    """Attribute objects (14.8.5), one for each owner."""
    owners: dict[str, list[bytes]] = {}
    for owner, key, value in attributes:
        text = b" %d" % value if isinstance(value, int) else name(value)
        owners.setdefault(owner, []).append(name(key) + text)
    if area:
        owners.setdefault("Layout", []).append(area)
    objects = [b"<</O%b%b>>" % (name(owner), b"".join(entries)) for owner, entries in owners.items()]
    return b"/A" + (objects[0] if len(objects) == 1 else array(objects))


def area(rect: Rect, page: Size) -> bytes:
    """The attributes of a figure whose ink is in `rect` of a page."""
    return b"/Placement/Block/BBox" + corners(rect.x, page.height - rect.bottom, rect.right, page.height - rect.y)


def parent_tree(pages: Iterable[bytes], annotations: Iterable[tuple[int, int]]) -> bytes:
    """The number tree (14.7.4.4) for the structure parents 0 and up: the owners on `pages`, then of `annotations`."""
    entries = [b"%d[%b]" % item for item in enumerate(pages)]
    entries += [b"%d %d 0 R" % item for item in sorted(annotations)]
    return b"<</Nums%b>>" % array(entries)


def id_tree(ids: Iterable[tuple[bytes, int]]) -> bytes:
    """The name tree (14.7.2) of the identifiers; nothing where there are none."""
    names = [b"%b %d 0 R" % item for item in sorted(ids)]
    return b"/IDTree<</Names%b>>" % array(names) if names else b""


def explicit(page: PageObject, x: float, y: float) -> bytes:
    """A destination (12.3.2.2): `x` and `y` points from the top-left corner of `page`, zoom as it is."""
    return b"[%d 0 R/XYZ %b %b null]" % (page.number, number(x), number(page.size.height - y))
