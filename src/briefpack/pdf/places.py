"""Where things are in a file, for links and bookmarks (ISO 32000-1, 12.3.2)."""

from __future__ import annotations

from typing import NamedTuple

from briefpack.dataclass import dataclass
from briefpack.document import ROOT, Element, Tag
from briefpack.layout.frames import Destination
from briefpack.pdf.parts import Part, Plan
from briefpack.pdf.tree import explicit


class MissingDestination(Exception):
    """A link leads to a part or an element that the file does not have: a fault of the layout."""


class Place(NamedTuple):
    """A point on a page of the file: `page` from 0, points from its top-left corner."""

    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Places:
    """The first ink of every element, by part."""

    plan: Plan
    first: tuple[dict[Tag, Place], ...]
    numbers: dict[str, int]

    @staticmethod
    def of(plan: Plan) -> Places:
        first = tuple(_first(part, start) for part, start in zip(plan.parts, plan.starts, strict=True))
        return Places(plan, first, {part.name: at for at, part in enumerate(plan.parts)})

    def destination(self, target: Destination, home: int) -> bytes:
        """The destination array for `target` of a link in part `home`. Raises MissingDestination."""
        part = home if target.part is None else self.numbers.get(target.part)
        if part is None:
            raise MissingDestination(f"the file has no part `{target.part}`")
        return self.element(part, target.tag)

    def element(self, part: int, tag: Tag) -> bytes:
        """The destination array for element `tag` of part `part`. Raises MissingDestination."""
        place = self._place(part, tag)
        if place is None:
            raise MissingDestination(f"part `{self.plan.parts[part].name}` has no ink of element {tag.node} {tag.part}")
        return explicit(self.plan.pages[place.page], place.x, place.y)

    def _place(self, part: int, tag: Tag) -> Place | None:
        if tag == ROOT:
            return Place(self.plan.starts[part], 0.0, 0.0)
        known = self.first[part]
        if tag in known:
            return known[tag]
        # An element without ink of its own begins where the first of those in it does.
        below = (element for element in _within(self.plan.parts[part].structure, tag) if element.tag in known)
        return min((known[element.tag] for element in below), default=None)


def _within(structure: Element, tag: Tag) -> tuple[Element, ...]:
    return next((tuple(element.walk()) for element in structure.walk() if element.tag == tag), ())


def _first(part: Part, start: int) -> dict[Tag, Place]:
    first: dict[Tag, Place] = {}
    for index, page in enumerate(part.pages, start=start):
        for mark in page.marks:
            if mark.tag not in first:
                first[mark.tag] = Place(index, mark.x, mark.y)
    return first
