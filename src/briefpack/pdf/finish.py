"""Finishing: painted pages of one or more documents in, the bytes of one file out.

The file has one structure tree over all its parts, bookmarks, page labels, embedded fonts, metadata and
an output intent, as PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) ask. The same parts and metadata
give the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final
from urllib.parse import quote

from briefpack.dataclass import dataclass
from briefpack.document import ROOT, Tag, is_right_to_left
from briefpack.layout.frames import Destination
from briefpack.pdf.embedding import Embedding
from briefpack.pdf.file import QUICK, File
from briefpack.pdf.images import ImageInk
from briefpack.pdf.inks import Inks
from briefpack.pdf.metadata import Metadata, information, packet
from briefpack.pdf.outline import Bookmark, Linked, write_outline
from briefpack.pdf.paint import PaintedPage
from briefpack.pdf.parts import Annotation, Part, Plan, plan
from briefpack.pdf.places import Places
from briefpack.pdf.syntax import array, corners, reference, string
from briefpack.pdf.tree import Active, Branch, Inked, PageObject, area, body, id_tree, parent_tree

# A file with fewer bookmarks is not worth a side bar.
_OUTLINE_SHOWN: Final = 3

_ALL_LEVELS: Final = 9

# What a URI may hold as it stands (RFC 3986): anything else is percent-encoded.
_URI: Final = "!#$%&'()*+,/:;=?@[]~"


def finish(parts: Sequence[Part], metadata: Metadata, inks: Inks, *, many: bool = False) -> bytes:
    """The bytes of the file that `parts` make, in order.

    One of `many` that are alike, such as a copy, is packed quicker and a little less tight.
    Raises UnusableFont for a face that cannot be embedded, ValueError when there is no page or
    `metadata.created` has no time zone, UntaggedInk and MissingDestination for faults of the layout.
    """
    if not any(part.pages for part in parts):
        raise ValueError("a file needs a page")
    file = File()
    packed = partial(inks.deflated, level=QUICK) if many else inks.deflated
    streams = _streams(file, parts, metadata, inks, packed, many=many)
    layout = plan(file, parts)
    linked = inks.linked(_given(layout), partial(_linked, layout))
    streams.fonts.write()
    _write_pages(file, layout, streams)
    for annotation, written in zip(layout.annotations, linked.annotations, strict=True):
        file.put(annotation.number, written)
    outline = _outline(file, layout, linked)
    catalog, info = file.reserve(), file.add(information(metadata))
    intent = file.add(_INTENT % streams.profile)
    structure = _structure(file, layout, metadata.language, inks)
    file.put(catalog, _catalog(layout, streams, metadata.language, (structure, *outline), intent))
    return file.serialise(catalog, info, packed, inks.batched)


_INTENT: Final = (
    b"<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/RegistryName(http://www.color.org)"
    b"/Info(sRGB IEC61966-2.1)/DestOutputProfile %d 0 R>>"
)


@dataclass(frozen=True, slots=True)
class _Streams:
    """The stream objects of a file."""

    contents: tuple[int, ...]
    images: dict[bytes, int]
    fonts: Embedding
    profile: int
    packet: int


def _streams(
    file: File,
    parts: Sequence[Part],
    metadata: Metadata,
    inks: Inks,
    packed: Callable[[bytes], bytes],
    *,
    many: bool,
) -> _Streams:
    pages = [page for part in parts for page in part.pages]
    images = {image.name: image for page in pages for image in page.images}
    return _Streams(
        contents=tuple(file.stream(b"/Filter/FlateDecode", packed(page.content)) for page in pages),
        images=_images(file, images.values()),
        fonts=Embedding(file, [part.pages for part in parts], inks, many=many),
        profile=file.stream(b"/N 3/Filter/FlateDecode", inks.profile()),
        packet=file.stream(b"/Type/Metadata/Subtype/XML", packet(metadata)),
    )


def _images(file: File, images: Iterable[ImageInk]) -> dict[bytes, int]:
    """Write the pictures, and first what they are made of; the number of each by its name."""
    written: dict[bytes, int] = {}
    for image in images:
        if image.name not in written:
            parts = _images(file, image.parts) if image.parts else {}
            bound = image.bound % tuple(parts[part.name] for part in image.parts)
            written[image.name] = file.stream(image.entries + bound, image.data)
    return written


def _write_pages(file: File, layout: Plan, streams: _Streams) -> None:
    annotations: list[list[int]] = [[] for _ in layout.pages]
    for annotation in layout.annotations:
        annotations[annotation.page].append(annotation.number)
    for at, (part, page) in enumerate(layout.painted()):
        resources = b"/Font%b" % streams.fonts.resources(part, page) if page.glyphs else b""
        if page.images:
            names = sorted((image.name, streams.images[image.name]) for image in page.images)
            resources += b"/XObject<<%b>>" % b"".join(b"/%b %b" % (label, reference(to)) for label, to in names)
        links = b"/Annots%b" % array(map(reference, annotations[at])) if annotations[at] else b""
        file.put(layout.pages[at].number, _page(layout, at, page, streams.contents[at], resources, links))
    kids = array(reference(page.number) for page in layout.pages)
    file.put(layout.root, b"<</Type/Pages/Kids%b/Count %d>>" % (kids, len(layout.pages)))


def _page(layout: Plan, at: int, page: PaintedPage, content: int, resources: bytes, links: bytes) -> bytes:
    boxes = b"/MediaBox%b/TrimBox%b" % (_box(page, page.margin), _box(page, 0))
    if page.bleed:
        boxes += b"/BleedBox%b" % _box(page, page.bleed)
    return (b"<</Type/Page/Parent %d 0 R%b/Contents %d 0 R/Resources<<%b>>/StructParents %d/Tabs/S%b>>") % (
        layout.root,
        boxes,
        content,
        resources,
        at,
        links,
    )


def _box(page: PaintedPage, beyond: float) -> bytes:
    """The trimmed page, whose lower left corner is the origin, and `beyond` points round it (ISO 32000-1, 14.11.2)."""
    return corners(-beyond, -beyond, page.size.width + beyond, page.size.height + beyond)


def _given(layout: Plan) -> object:
    """All that the links of a file and the places of its bookmarks follow from, if all that they lead to has ink."""
    numbers = [(annotation.number, annotation.key) for annotation in layout.annotations]
    entries = [[entry.tag for entry in part.outline] for part in layout.parts]
    names = [part.name for part in layout.parts]
    return (
        names,
        layout.starts,
        layout.pages,
        numbers,
        entries,
        [(each.marks, each.links) for _, each in layout.painted()],
    )


def _linked(layout: Plan) -> tuple[Linked, bool]:
    """The links and the places of bookmarks; and whether they follow from the pages alone."""
    places = Places.of(layout)
    annotations = tuple([_annotation(annotation, layout, places) for annotation in layout.annotations])
    parts = tuple(places.element(at, ROOT) if part.pages else b"" for at, part in enumerate(layout.parts))
    entries = [(at, entry.tag) for at, part in enumerate(layout.parts) for entry in part.outline]
    return Linked(annotations, parts, tuple([places.element(*entry) for entry in entries])), places.of_pages


def _annotation(annotation: Annotation, layout: Plan, places: Places) -> bytes:
    match annotation.link.target:
        case Destination() as target:
            action = b"/Dest" + places.destination(target, annotation.part)
        case address:
            action = _uri(address)
    return _link(annotation, layout.pages[annotation.page], action)


@lru_cache(1024)
def _uri(target: str) -> bytes:
    """The action that leads to the address `target` (12.6.4.7)."""
    return b"/A<</S/URI/URI%b>>" % string(quote(target, safe=_URI))


def _link(annotation: Annotation, page: PageObject, action: bytes) -> bytes:
    """A link annotation (12.5.6.5): printed, without a border."""
    area, height = annotation.area, page.size.height
    return b"<</Type/Annot/Subtype/Link/Rect%b/Border[0 0 0]/F 4/Contents%b/StructParent %d%b>>" % (
        corners(area.x, height - area.bottom, area.right, height - area.y),
        string(annotation.link.contents),
        annotation.key,
        action,
    )


def _structure(file: File, layout: Plan, language: str, inks: Inks) -> int:
    """Write the structure tree: the document's own, or a Document with a Part for each document."""
    several = len(layout.parts) > 1
    top = file.reserve() if several else 0
    roots = [file.reserve() for _ in layout.parts]
    file.cut()
    root = file.reserve()
    branches = [_write_part(file, layout, at, roots[at], inks) for at in range(len(roots))]
    for at, branch in enumerate(branches):
        file.put(roots[at], _root(layout, at, branch, top or root, language))
    numbers = [number for number, branch in zip(roots, branches, strict=True) if branch.content is not None]
    if several:
        file.put(top, b"<</S/Document/P %d 0 R/K%b>>" % (root, array(map(reference, numbers))))
    elif numbers:
        (top,) = numbers
    owners = file.add(
        parent_tree(
            (own for branch in branches for own in branch.owners),
            (one for branch in branches for one in branch.annotations),
        )
    )
    keys = len(layout.pages) + len(layout.annotations)
    kid = b"/K %d 0 R" % top if top else b""
    ids = id_tree(one for branch in branches for one in branch.ids)
    entries = b"/Type/StructTreeRoot%b%b/ParentTree %d 0 R/ParentTreeNextKey %d" % (kid, ids, owners, keys)
    file.put(root, b"<<%b>>" % entries)
    return root


def _root(layout: Plan, at: int, branch: Branch, parent: int, language: str) -> bytes:
    """The root of the elements of a part; nothing where there is no ink."""
    if branch.content is None:
        return b"null"
    part, several = layout.parts[at], len(layout.parts) > 1
    root = replace(part.structure, role="Part", title=part.title) if several else part.structure
    extra = b"/Lang" + string(part.language) if part.language != language else b""
    return body(root, parent, branch.content, extra)


def _write_part(file: File, layout: Plan, at: int, root: int, inks: Inks) -> Branch:
    """Write the elements of a part below object `root`."""
    part, start = layout.parts[at], layout.starts[at]
    pages = layout.pages[start : start + len(part.pages)]
    links = [
        Active(annotation.link.tag, annotation.page, annotation.key, annotation.number)
        for annotation in layout.annotations
        if annotation.part == at
    ]
    inked = Inked(
        marks=tuple([tuple([mark.tag for mark in page.marks]) for page in part.pages]),
        links=tuple(links),
        pages=tuple([page.number for page in pages]),
        start=start,
        root=root,
        first=file.following,
        prefix=f"{at + 1}." if len(layout.parts) > 1 else "",
    )
    branch = inks.branch(part.structure, inked)
    bodies = list(branch.bodies)
    boxes = _boxes(part, {figure.element.tag for figure in branch.figures})
    for figure in branch.figures:
        box = boxes.get(figure.element.tag, b"")
        bodies[figure.place] = body(figure.element, figure.parent, figure.content, figure.extra, box)
    file.extend(bodies)
    return branch


def _boxes(part: Part, figures: Collection[Tag]) -> dict[Tag, bytes]:
    """Where the ink of `figures` is, each on the page where it begins."""
    found: dict[Tag, bytes] = {}
    for page in part.pages if figures else ():
        for tag, rect in page.areas(figures).items():
            found.setdefault(tag, area(rect, page.size))
    return found


def _outline(file: File, layout: Plan, linked: Linked) -> tuple[int, int]:
    """Write the bookmarks, of several parts under one for each: the outline's number, 0 for none, and their count."""
    bookmarks: list[Bookmark] = []
    several = len(layout.parts) > 1
    entries = iter(linked.entries)
    for at, part in enumerate(layout.parts):
        if several and part.pages:
            bookmarks.append(Bookmark(0, part.title, linked.parts[at]))
        bookmarks += [Bookmark(entry.level, entry.title, next(entries)) for entry in part.outline]
    if not bookmarks:
        return 0, 0
    return write_outline(file, bookmarks, 1 if several else _ALL_LEVELS), len(bookmarks)


def _catalog(layout: Plan, streams: _Streams, language: str, trees: tuple[int, int, int], intent: int) -> bytes:
    """The catalog. `trees` are the numbers of the structure and the outline, and how many bookmarks there are."""
    structure, root, count = trees
    entries = [
        b"/Type/Catalog/Pages %d 0 R" % layout.root,
        b"/Lang%b/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R" % (string(language), structure),
        b"/ViewerPreferences<</DisplayDocTitle true%b>>/PageLabels<</Nums[0<</S/D>>]>>"
        % (b"/Direction/R2L" if is_right_to_left(language) else b""),
        b"/Metadata %d 0 R/OutputIntents[%d 0 R]" % (streams.packet, intent),
        b"/Outlines %d 0 R" % root if root else b"",
        b"/PageMode/UseOutlines" if count >= _OUTLINE_SHOWN else b"",
    ]
    return b"<<%b>>" % b"".join(entries)
