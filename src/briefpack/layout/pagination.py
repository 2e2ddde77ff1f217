"""From a flow of boxes to pages: where pages end, and by how much a flow is too long for them.

A page break parts a flow into chapters, each of which begins a page. A chapter may have as many pages as
the others, with one each, leave it. Regions may leave one page less room than another; a paragraph that
would go on in a column of another width is kept whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from briefpack.dataclass import dataclass
from briefpack.geometry import Rect
from briefpack.layout.boxes import Box, Break, Flow, present
from briefpack.layout.footnotes import notes_height, split_page
from briefpack.layout.styles import Setting

Boxes = list[Box]


@dataclass(frozen=True, slots=True)
class Areas:
    """What each page has for its flow: `plain` between the margins, or what regions leave of it, by page from 0.

    Where the pages of a flow end at a setting is sought once: the one that fits is asked again for its pages.
    """

    plain: Rect
    rest: Mapping[int, Rect] = field(default_factory=dict)
    _known: dict[tuple[Flow, Setting, int], list[_Chapter]] = field(default_factory=dict, compare=False, repr=False)

    def of(self, page: int) -> Rect:
        return self.rest.get(page, self.plain)


@dataclass(frozen=True, slots=True)
class Fullest:
    """The boxes that decide whether a flow fits, and by how many points they are too long for `area`.

    Below zero, `over` is what is left. The boxes are those of a chapter's last page and of all that should
    have stood on it too; that page is page `page` of the document, from 0.
    """

    over: float
    boxes: Boxes
    area: Rect
    page: int = 0


@dataclass(frozen=True, slots=True)
class _Chapter:
    """The pages of a chapter, the first of which is page `first` of the document."""

    first: int
    pages: list[Boxes]


def paginate(flow: Flow, areas: Areas, setting: Setting, most: int) -> list[Boxes]:
    """The boxes of each page, for at most `most` pages; what is left over is one page more, too full."""
    return [page for chapter in _chapters(flow, areas, setting, most) for page in chapter.pages]


def breaks(flow: Flow) -> int:
    """How many pages the flow ends of itself."""
    return max(0, len(_parted(flow.children)) - 1)


def excess(flow: Flow, areas: Areas, most: int, setting: Setting) -> float:
    """By how many points the flow is too long for `most` pages; below zero, what is left."""
    return fullest(flow, areas, most, setting).over


def fullest(flow: Flow, areas: Areas, most: int, setting: Setting) -> Fullest:
    """What decides whether the flow fits `most` pages."""
    chapters = _chapters(flow, areas, setting, most)
    count = sum(len(chapter.pages) for chapter in chapters)
    found = [_measured(flow, chapter, most - len(chapters) + 1, areas, setting) for chapter in chapters]
    empty = Fullest(-max(areas.of(0).height, 1.0), [], areas.of(0))
    most_over = max(found, key=lambda each: each.over, default=empty)
    if most_over.over > 0 or count == most:
        return most_over
    if count < most:
        left = sum(areas.of(page).height for page in range(max(count, 1), most))
        return replace(most_over, over=most_over.over - left)
    # Every chapter has the room it may have, and all together have not: the shortest last page has to go.
    last = [_last(flow, chapter, areas, setting) for chapter in chapters if chapter.pages[1:]]
    return min(last, key=lambda each: each.over)


def too_full(flow: Flow, areas: Areas, most: int, setting: Setting) -> list[Fullest]:
    """Every chapter that is too long by itself; where none is, the one that makes all of them together too long."""
    chapters = _chapters(flow, areas, setting, most)
    found = [_measured(flow, chapter, most - len(chapters) + 1, areas, setting) for chapter in chapters]
    return [each for each in found if each.over > 0] or [fullest(flow, areas, most, setting)]


def _measured(flow: Flow, chapter: _Chapter, room: int, areas: Areas, setting: Setting) -> Fullest:
    last = min(len(chapter.pages), room) - 1
    boxes = [box for page in chapter.pages[last:] for box in page]
    page = chapter.first + last
    area = areas.of(page)
    return Fullest(_height(flow, boxes, area, setting) - area.height, boxes, area, page)


def _last(flow: Flow, chapter: _Chapter, areas: Areas, setting: Setting) -> Fullest:
    boxes, page = chapter.pages[-1], chapter.first + len(chapter.pages) - 1
    return Fullest(max(_height(flow, boxes, areas.of(page), setting), 1.0), boxes, areas.of(page), page)


def _height(flow: Flow, boxes: Sequence[Box], area: Rect, setting: Setting) -> float:
    """The height of a page with `boxes`, its footnotes with them."""
    notes = notes_height(flow, boxes, area.width, setting)
    return Flow(tuple(boxes), flow.styles).height(area.width, setting) + notes


def _chapters(flow: Flow, areas: Areas, setting: Setting, most: int) -> list[_Chapter]:
    key = (flow, setting, most)
    found = areas._known.get(key)
    if found is None:
        found = areas._known[key] = _parted_into_pages(flow, areas, setting, most)
    return found


def _parted_into_pages(flow: Flow, areas: Areas, setting: Setting, most: int) -> list[_Chapter]:
    parts = _parted(present(flow.children, setting))
    chapters: list[_Chapter] = []
    first, room = 0, most - len(parts) + 1
    for part in parts:
        chapters.append(_Chapter(first, _cut(part, flow, areas, first, setting, room)))
        first += min(len(chapters[-1].pages), room)
    return chapters


def _cut(rest: Boxes, flow: Flow, areas: Areas, first: int, setting: Setting, most: int) -> list[Boxes]:
    """The pages of a chapter, `most` and one that is too full, or fewer. A box that no page can hold ends it."""
    pages: list[Boxes] = []
    while rest and len(pages) < most:
        area, following = areas.of(first + len(pages)), areas.of(first + len(pages) + 1)
        head, tail = split_page(rest, flow, area, setting)
        if area.width != following.width:
            head, tail = _whole(rest, flow, area, setting, (head, tail))
        if not head:
            head, tail = rest[:1], rest[1:]
            if _height(flow, head, area, setting) > area.height:
                return [*pages, head]
        pages.append(head)
        rest = tail
    return [*pages, rest] if rest else pages


def _whole(boxes: Boxes, flow: Flow, area: Rect, setting: Setting, parted: tuple[Boxes, Boxes]) -> tuple[Boxes, Boxes]:
    """`boxes` in two so that no paragraph is divided, where `parted` divides one: its lines are for this width."""
    room, step = area.height, flow.styles.quarter(setting)
    head, tail = parted
    while tail and any(words.box.first for words in tail[0].words()) and room > 0:
        room -= step
        head, tail = split_page(boxes, flow, Rect(area.x, area.y, area.width, room), setting)
    return head, tail


def _parted(boxes: Sequence[Box]) -> list[Boxes]:
    """`boxes` by chapter. A page break at either end or after another parts nothing."""
    chapters: list[Boxes] = [[]]
    for box in boxes:
        if type(box) is Break:
            chapters.append([])
        else:
            chapters[-1].append(box)
    return [chapter for chapter in chapters if chapter]
