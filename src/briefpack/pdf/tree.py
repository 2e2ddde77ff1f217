"""The structure tree of a file (ISO 32000-1, 14.7) and the parent tree that leads back to it.

An element's kids are in document order; its own marks stand among its children by paint position.
Elements that nothing on any page belongs to are left out, except the empty cells and rows of a table that
has ink, for a cell may reach into them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.document import Element, Tag
from briefpack.geometry import Rect, Size
from briefpack.pdf.file import File
from briefpack.pdf.syntax import array, name, number, numbers, string


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


def ink_at(page: int, mcid: int) -> Kid:
    """The marked-content sequence `mcid` of page `page`."""
    return (page << _PAGE) + mcid, 0


def annotation_at(page: int, key: int, number: int) -> Kid:
    """The annotation that is object `number`, `key` being its place in the parent tree."""
    return (page << _PAGE) + _LAST + key, number


@dataclass(frozen=True, slots=True)
class Area:
    """The box of an element's ink on the page where it begins."""

    page: int
    rect: Rect


@dataclass(frozen=True, slots=True)
class PageObject:
    """A page of the file: its object number and its size."""

    number: int
    size: Size


@dataclass(slots=True)
class TreeWriter:
    """Writes elements into `file`.

    `marks` gets the owner of each MCID by page, `annotations` of each annotation, `ids` the element of each identifier.
    """

    file: File
    pages: Sequence[PageObject]
    marks: list[dict[int, int]] = field(init=False)
    annotations: dict[int, int] = field(default_factory=dict)
    ids: dict[bytes, int] = field(default_factory=dict)
    _prefix: str = ""
    _kids: dict[Tag, list[Kid]] = field(default_factory=dict)
    _areas: Mapping[Tag, Area] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.marks = [{} for _ in self.pages]

    def write(
        self,
        root: Element,
        parent: int,
        kids: dict[Tag, list[Kid]],
        areas: Mapping[Tag, Area],
        extra: bytes = b"",
        prefix: str = "",
    ) -> int | None:
        """Write `root` and all below it under object `parent` and say its number; None when there is no ink.

        `prefix` goes before its identifiers, which are unique in their document only. `kids` is used up.
        Raises UntaggedInk when some of it is left.
        """
        self._kids, self._areas, self._prefix = kids, areas, prefix
        found = self._element(root, parent, extra)
        if kids:
            lost = ", ".join(f"{tag.node}{tag.part and ' ' + tag.part}" for tag in sorted(kids))
            raise UntaggedInk(f"there is ink of elements that the document does not have: {lost}")
        return found[0] if found else None

    def parent_tree(self) -> bytes:
        """The number tree (14.7.4.4) for the structure parents 0 and up: pages, then annotations."""
        entries: list[bytes] = []
        for page, owners in enumerate(self.marks):
            entries.append(b"%d[%b]" % (page, b" ".join(b"%d 0 R" % owners[mcid] for mcid in range(len(owners)))))
        entries += [b"%d %d 0 R" % item for item in sorted(self.annotations.items())]
        return b"<</Nums%b>>" % array(entries)

    def id_tree(self) -> bytes:
        """The name tree (14.7.2) of the identifiers; nothing where there are none."""
        if not self.ids:
            return b""
        names = [b"%b %d 0 R" % (string, number) for string, number in sorted(self.ids.items())]
        return b"/IDTree<</Names%b>>" % array(names)

    def _element(self, element: Element, parent: int, extra: bytes = b"") -> tuple[int, Position] | None:
        """The object number of `element` and where its first ink is, or None when it is left out."""
        if element.role == "Table" and not any(each.tag in self._kids for each in element.walk()):
            return None
        own = self._kids.pop(element.tag, None)
        if own is None and not element.children and element.role not in _CELLS:
            return None
        number = self.file.reserve()
        below = [written for child in element.children if (written := self._element(child, number)) is not None]
        first = min(position for _, position in below) if below else _NOWHERE
        if own is not None:
            first = min(first, own[0][0])
        elif first == _NOWHERE and element.role not in _KEPT:
            self.file.withdraw(number)
            return None
        if element.id is not None:
            label = string(self._prefix + element.id)
            self.ids[label] = number
            extra += b"/ID" + label
        self.file.put(number, self._body(element, parent, self._content(own, below, number), extra))
        return number, first

    def _content(self, own: list[Kid] | None, below: list[tuple[int, Position]], number: int) -> bytes:
        """The entries Pg and K: own content and children, each in its order, and own content before the
        first child that is painted after it."""
        if own is None:
            kids = [b"%d 0 R" % child for child, _ in below]
            return b"/K[%b]" % b" ".join(kids) if kids else b""
        home = own[0][0] >> _PAGE
        if len(own) == 1 and not below:
            return b"/Pg %d 0 R/K %b" % (self.pages[home].number, self._kid(own[0], home, number))
        kids = []
        waiting = 0
        for child, position in below:
            while waiting < len(own) and own[waiting][0] < position:
                kids.append(self._kid(own[waiting], home, number))
                waiting += 1
            kids.append(b"%d 0 R" % child)
        kids += [self._kid(kid, home, number) for kid in own[waiting:]]
        if len(kids) == 1:
            return b"/Pg %d 0 R/K %b" % (self.pages[home].number, kids[0])
        return b"/Pg %d 0 R/K[%b]" % (self.pages[home].number, b" ".join(kids))

    def _kid(self, kid: Kid, home: int, owner: int) -> bytes:
        position, annotation = kid
        page, rank = position >> _PAGE, position & _RANK
        place = b"" if page == home else b"/Pg %d 0 R" % self.pages[page].number
        if annotation:
            self.annotations[rank - _LAST] = owner
            return b"<</Type/OBJR/Obj %d 0 R%b>>" % (annotation, place)
        self.marks[page][rank] = owner
        return b"<</Type/MCR/MCID %d%b>>" % (rank, place) if place else b"%d" % rank

    def _body(self, element: Element, parent: int, content: bytes, extra: bytes) -> bytes:
        if element.alt is not None:
            extra += b"/Alt" + string(element.alt)
        if element.title is not None:
            extra += b"/T" + string(element.title)
        if element.attributes or element.role == "Figure":
            extra += self._attributes(element)
        return b"<</S/%b/P %d 0 R%b%b>>" % (element.role.encode("ascii"), parent, content, extra)

    def _attributes(self, element: Element) -> bytes:
        """Attribute objects (14.8.5), one for each owner."""
        owners: dict[str, list[bytes]] = {}
        for owner, key, value in element.attributes:
            text = b" %d" % value if isinstance(value, int) else name(value)
            owners.setdefault(owner, []).append(name(key) + text)
        area = self._areas.get(element.tag)
        if element.role == "Figure" and area is not None:
            owners.setdefault("Layout", []).append(b"/Placement/Block/BBox" + self._box(area))
        objects = [b"<</O%b%b>>" % (name(owner), b"".join(entries)) for owner, entries in owners.items()]
        return b"/A" + (objects[0] if len(objects) == 1 else array(objects))

    def _box(self, area: Area) -> bytes:
        rect, height = area.rect, self.pages[area.page].size.height
        return numbers((rect.x, height - rect.bottom, rect.right, height - rect.y))


def explicit(page: PageObject, x: float, y: float) -> bytes:
    """A destination (12.3.2.2): `x` and `y` points from the top-left corner of `page`, zoom as it is."""
    return b"[%d 0 R/XYZ %b %b null]" % (page.number, number(x), number(page.size.height - y))
