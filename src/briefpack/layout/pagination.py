"""From a flow of boxes to pages: where pages end, and by how much a flow is too long for them.

A page break parts a flow into chapters, each of which begins a page. A chapter may have as many pages as
the others, with one each, leave it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.geometry import Rect
from briefpack.layout.boxes import Box, Break, Flow, present
from briefpack.layout.footnotes import notes_height, split_page
from briefpack.layout.styles import Setting

Boxes = list[Box]


@dataclass(frozen=True, slots=True)
class Fullest:
    """The boxes that decide whether a flow fits, and by how many points they are too long.

    Below zero, `over` is what is left. The boxes are those of a chapter's last page and of all that should
    have stood on it too.
    """

    over: float
    boxes: Boxes


def paginate(flow: Flow, area: Rect, setting: Setting, most: int) -> list[Boxes]:
    """The boxes of each page, for at most `most` pages; what is left over is one page more, too full."""
    return [page for chapter in _chapters(flow, area, setting, most) for page in chapter]


def breaks(flow: Flow) -> int:
    """How many pages the flow ends of itself."""
    return max(0, len(_parted(flow.children)) - 1)


def excess(flow: Flow, area: Rect, most: int, setting: Setting) -> float:
    """By how many points the flow is too long for `most` pages; below zero, what is left."""
    return fullest(flow, area, most, setting).over


def fullest(flow: Flow, area: Rect, most: int, setting: Setting) -> Fullest:
    """What decides whether the flow fits `most` pages."""
    chapters = _chapters(flow, area, setting, most)
    room, count = most - len(chapters) + 1, sum(map(len, chapters))
    found = [_measured(flow, pages, room, area, setting) for pages in chapters]
    most_over = max(found, key=lambda each: each.over, default=Fullest(-area.height, []))
    if most_over.over > 0 or count == most:
        return most_over
    if count < most:
        return Fullest(most_over.over - area.height * (most - count), most_over.boxes)
    # Every chapter has the room it may have, and all together have not: the shortest last page has to go.
    last = [Fullest(max(_height(flow, pages[-1], area, setting), 1.0), pages[-1]) for pages in chapters if pages[1:]]
    return min(last, key=lambda each: each.over)


def _measured(flow: Flow, pages: Sequence[Boxes], room: int, area: Rect, setting: Setting) -> Fullest:
    boxes = [box for page in pages[min(len(pages), room) - 1 :] for box in page]
    return Fullest(_height(flow, boxes, area, setting) - area.height, boxes)


def _height(flow: Flow, boxes: Sequence[Box], area: Rect, setting: Setting) -> float:
    """The height of a page with `boxes`, its footnotes with them."""
    notes = notes_height(flow, boxes, area.width, setting)
    return Flow(tuple(boxes), flow.styles).height(area.width, setting) + notes


def _chapters(flow: Flow, area: Rect, setting: Setting, most: int) -> list[list[Boxes]]:
    """The pages of each chapter."""
    parts = _parted(present(flow.children, setting))
    return [_cut(part, flow, area, setting, most - len(parts) + 1) for part in parts]


def _cut(rest: Boxes, flow: Flow, area: Rect, setting: Setting, most: int) -> list[Boxes]:
    """The pages of a chapter, `most` and one that is too full, or fewer. A box that no page can hold ends it."""
    pages: list[Boxes] = []
    while rest and len(pages) < most:
        head, tail = split_page(rest, flow, area, setting)
        if not head:
            return [*pages, rest[:1]]
        pages.append(head)
        rest = tail
    return [*pages, rest] if rest else pages


def _parted(boxes: Sequence[Box]) -> list[Boxes]:
    """`boxes` by chapter. A page break at either end or after another parts nothing."""
    chapters: list[Boxes] = [[]]
    for box in boxes:
        if isinstance(box, Break):
            chapters.append([])
        else:
            chapters[-1].append(box)
    return [chapter for chapter in chapters if chapter]
