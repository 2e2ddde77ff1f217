"""The documents a file is made of, and the object numbers their pages and links get."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.dataclass import dataclass
from briefpack.document import Element
from briefpack.geometry import Rect
from briefpack.layout.frames import LaidOut, LinkFrame, OutlineEntry
from briefpack.pdf.file import File
from briefpack.pdf.paint import PaintedPage
from briefpack.pdf.tree import PageObject


@dataclass(frozen=True, slots=True)
class Part:
    """One document of the file: what layout said of it, and its pages as ink."""

    name: str
    title: str
    language: str
    structure: Element
    outline: tuple[OutlineEntry, ...]
    pages: tuple[PaintedPage, ...]


def part_of(document: LaidOut, pages: tuple[PaintedPage, ...]) -> Part:
    """The part that `document` is, painted as `pages`."""
    return Part(document.name, document.title, document.language, document.structure, document.outline, pages)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A link annotation: object `number`, `key` in the parent tree; `part` and `page` count from 0."""

    number: int
    key: int
    part: int
    page: int
    area: Rect
    link: LinkFrame


@dataclass(frozen=True, slots=True)
class Plan:
    """Object numbers of a file's pages. `starts` says at which page of the file each part begins."""

    parts: tuple[Part, ...]
    starts: tuple[int, ...]
    root: int
    pages: tuple[PageObject, ...]
    annotations: tuple[Annotation, ...]

    def painted(self) -> tuple[tuple[int, PaintedPage], ...]:
        """Every page with the part it belongs to, in order."""
        return tuple((at, page) for at, part in enumerate(self.parts) for page in part.pages)


def plan(file: File, parts: Sequence[Part]) -> Plan:
    """Reserve the numbers of the page tree, the pages and the links of `parts`."""
    root = file.reserve()
    pages: list[PageObject] = []
    starts: list[int] = []
    areas: list[tuple[int, int, Rect, LinkFrame]] = []
    for at, part in enumerate(parts):
        starts.append(len(pages))
        for page in part.pages:
            areas += [(at, len(pages), area, link) for link in page.links for area in link.areas]
            pages.append(PageObject(file.reserve(), page.size))
    annotations = tuple(Annotation(file.reserve(), key, *where) for key, where in enumerate(areas, start=len(pages)))
    return Plan(tuple(parts), tuple(starts), root, tuple(pages), annotations)
