"""Where things are in a file, for links and bookmarks (ISO 32000-1, 12.3.2)."""

from __future__ import annotations

from dataclasses import field

from briefpack.dataclass import dataclass
from briefpack.document import ROOT, Element, Tag
from briefpack.layout.frames import Destination
from briefpack.namedtuple import NamedTuple
from briefpack.pdf.imprints import Mark
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
    first: tuple[dict[Tag, tuple[int, Mark]], ...]
    numbers: dict[str, int]
    _elements: dict[int, dict[Tag, Element]] = field(default_factory=dict)
    _known: dict[tuple[int, Tag], bytes] = field(default_factory=dict)

    @staticmethod
    def of(plan: Plan) -> Places:
        first = tuple(_first(part, start) for part, start in zip(plan.parts, plan.starts, strict=True))
        return Places(plan, first, {part.name: at for at, part in enumerate(plan.parts)})

    @property
    def of_pages(self) -> bool:
        """Whether all places that were asked for follow from the ink alone, and not from the structure too."""
        return not self._elements

    def destination(self, target: Destination, home: int) -> bytes:
        """The destination array for `target` of a link in part `home`. Raises MissingDestination."""
        part = home if target.part is None else self.numbers.get(target.part)
        if part is None:
            raise MissingDestination(f"the file has no part `{target.part}`")
        return self.element(part, target.tag)

    def element(self, part: int, tag: Tag) -> bytes:
        """The destination array for element `tag` of part `part`. Raises MissingDestination."""
        known = self._known.get((part, tag))
        if known is not None:
            return known
        place = self._place(part, tag)
        if place is None:
            raise MissingDestination(f"part `{self.plan.parts[part].name}` has no ink of element {tag.node} {tag.part}")
        found = self._known[part, tag] = explicit(self.plan.pages[place.page], place.x, place.y)
        return found

    def _place(self, part: int, tag: Tag) -> Place | None:
        if tag == ROOT:
            return Place(self.plan.starts[part], 0.0, 0.0)
        known = self.first[part]
        if tag in known:
            return _place(*known[tag])
        # An element without ink of its own begins where the first of those in it does.
        element = self._by_tag(part).get(tag)
        below = element.walk() if element is not None else ()
        return min((_place(*known[each.tag]) for each in below if each.tag in known), default=None)

    def _by_tag(self, part: int) -> dict[Tag, Element]:
        found = self._elements.get(part)
        if found is None:
            found = self._elements[part] = {each.tag: each for each in self.plan.parts[part].structure.walk()}
        return found


def _place(page: int, mark: Mark) -> Place:
    return Place(page, mark.x, mark.y)


def _first(part: Part, start: int) -> dict[Tag, tuple[int, Mark]]:
    """The first mark of each element and its page."""
    first: dict[Tag, tuple[int, Mark]] = {}
    for index in reversed(range(len(part.pages))):
        page = start + index
        first |= {mark.tag: (page, mark) for mark in reversed(part.pages[index].marks)}
    return first
