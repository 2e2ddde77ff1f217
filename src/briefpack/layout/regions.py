"""Regions: parts of pages that a layout keeps for named content, each with a fit contract of its own.

A region is a band at a side of what is left of its page, in the order of declaration, or a rectangle by its
distances from the edges of the page. What all of them leave is for the main flow: its largest rectangle. A
region that the template does not fill leaves its room too. Refused, where it is written: a region that leaves
the margins, stands on another one, or on a page that the layout does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, did_you_mean, finding
from briefpack.document import Block, Document, Group, GroupKind
from briefpack.geometry import MM, Insets, Rect
from briefpack.layout.boxes import Flow, Panel
from briefpack.layout.footnotes import footnotes_of, notes_height
from briefpack.layout.frames import Frame
from briefpack.layout.pagination import Areas
from briefpack.layout.styles import BoxSpec, Setting
from briefpack.project.layouts import NARROWEST, Band, LayoutSpec, Region

# A length read from millimetres is as good as this, in points.
_EXACT: Final = 0.05


def page_area(layout: LayoutSpec) -> Rect:
    """The area between the margins."""
    paper = layout.size
    margins = layout.margins
    insets = Insets(margins.top, margins.right, margins.bottom, margins.left)
    return Rect(0, 0, paper.width, paper.height).inset(insets)


def is_region(block: Block) -> bool:
    return isinstance(block, Group) and block.kind is GroupKind.REGION


def filled(document: Document) -> Iterator[Group]:
    """The regions that the document has content for, in reading order."""
    return (block for block in document.body if isinstance(block, Group) and block.kind is GroupKind.REGION)


@dataclass(frozen=True, slots=True)
class Placed:
    """A region and where it stands: on page `page`, from 0. `rest` is what it leaves of the page for the flow."""

    name: str
    spec: Region
    page: int
    area: Rect
    rest: Rect


def placed(layout: LayoutSpec, names: Iterable[str]) -> tuple[Placed, ...]:
    """The regions of `layout` called `names`, each in its place."""
    kept = set(names)
    rests: dict[int, Rect] = {}
    found: list[Placed] = []
    for name, spec in layout.regions.items():
        if name in kept:
            page = spec.page - 1
            area, rest = _place(spec, layout, rests.get(page, page_area(layout)))
            rests[page] = rest
            found.append(Placed(name, spec, page, area, rest))
    return tuple(found)


def areas(layout: LayoutSpec, regions: Sequence[Placed]) -> Areas:
    """What `regions` leave of each page."""
    return Areas(page_area(layout), {region.page: region.rest for region in regions})


def _place(spec: Region, layout: LayoutSpec, left: Rect) -> tuple[Rect, Rect]:
    """Where a region stands and what it leaves of `left`."""
    if spec.at is not None:
        return _band(spec.at, spec.height or spec.width or 0.0, spec.gap, left)
    paper = layout.size
    x, width = _along(spec.left, spec.width, spec.right, paper.width)
    y, height = _along(spec.top, spec.height, spec.bottom, paper.height)
    area = Rect(x, y, width, height)
    return area, _largest_beside(area.inset(Insets(*[-spec.gap] * 4)), left)


def _along(start: float | None, length: float | None, end: float | None, whole: float) -> tuple[float, float]:
    """Where a side begins and how long it is, by two of three lengths."""
    if length is None:
        return start or 0.0, whole - (start or 0.0) - (end or 0.0)
    return (start if start is not None else whole - (end or 0.0) - length), length


def _band(at: Band, size: float, gap: float, left: Rect) -> tuple[Rect, Rect]:
    taken = size + gap
    match at:
        case "head":
            rest = Rect(left.x, left.y + taken, left.width, left.height - taken)
            return Rect(left.x, left.y, left.width, size), rest
        case "foot":
            rest = Rect(left.x, left.y, left.width, left.height - taken)
            return Rect(left.x, left.bottom - size, left.width, size), rest
        case "left":
            rest = Rect(left.x + taken, left.y, left.width - taken, left.height)
            return Rect(left.x, left.y, size, left.height), rest
        case "right":
            rest = Rect(left.x, left.y, left.width - taken, left.height)
            return Rect(left.right - size, left.y, size, left.height), rest


def _largest_beside(taken: Rect, left: Rect) -> Rect:
    """The largest rectangle of `left` that `taken` leaves; all of it where they do not meet."""
    if not _meet(taken, left):
        return left
    beside = (
        Rect(left.x, left.y, left.width, taken.y - left.y),
        Rect(left.x, taken.bottom, left.width, left.bottom - taken.bottom),
        Rect(left.x, left.y, taken.x - left.x, left.height),
        Rect(taken.right, left.y, left.right - taken.right, left.height),
    )
    return max(beside, key=lambda each: max(each.width, 0.0) * max(each.height, 0.0))


def _meet(one: Rect, other: Rect) -> bool:
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return across > _EXACT and down > _EXACT


# ------------------------------------------------------------------------------------------------- slips


def slips(layout: LayoutSpec, document: Document) -> tuple[Diagnostic, ...]:
    """What is wrong with the regions that `document` fills, in the layout and in its template."""
    groups = list(filled(document))
    regions = placed(layout, (group.region for group in groups))
    has_flow = len(groups) < len(document.body)
    return (*_misnamed(groups, layout.regions), *_misplaced(regions, layout), *_roomless(regions, has_flow))


def _misnamed(groups: Sequence[Group], known: Mapping[str, Region]) -> Iterator[Diagnostic]:
    seen: set[str] = set()
    for group in groups:
        if group.region not in known:
            help = did_you_mean(group.region, known, "add it under `regions:` in `layout.yaml`")
            yield finding("unknown-region", f"the layout has no region `{group.region}`", group.span, help=help)
        elif group.region in seen:
            help = "put all that stands in it into one `<region>`"
            yield finding("unknown-region", f"the region `{group.region}` is filled twice", group.span, help=help)
        seen.add(group.region)


def _misplaced(regions: Sequence[Placed], layout: LayoutSpec) -> Iterator[Diagnostic]:
    for region in regions:
        yield from _off_page(region, layout)
    for first, second in combinations(regions, 2):
        if first.page == second.page and _meet(first.area, second.area):
            related = ((first.spec.head_span, f"`{first.name}` stands here"),) if first.spec.head_span else ()
            message = f"the region `{second.name}` stands on the region `{first.name}`"
            help = "move one of the two, or make it smaller"
            yield finding("region-misplaced", message, second.spec.head_span, help=help, related=related)


def _off_page(region: Placed, layout: LayoutSpec) -> Iterator[Diagnostic]:
    if region.page >= layout.fit.pages:
        count = layout.fit.pages
        pages = "one page" if count == 1 else f"{count} pages"
        message = f"the region `{region.name}` stands on page {region.page + 1}, and the layout has {pages}"
        yield finding("region-misplaced", message, region.spec.value_span("page"), help="write another page")
    area, own = page_area(layout), region.area
    if min(own.width, own.height) < NARROWEST:
        least = f"{NARROWEST / MM:.0f} mm"
        message = f"the region `{region.name}` is {own.width / MM:.0f} mm wide and {own.height / MM:.0f} mm high"
        yield finding("region-misplaced", message, region.spec.head_span, help=f"make it at least {least} both ways")
    beyond = {
        "left": area.x - own.x,
        "right": own.right - area.right,
        "head": area.y - own.y,
        "foot": own.bottom - area.bottom,
    }
    side, by = max(beyond.items(), key=lambda each: each[1])
    if by > _EXACT:
        message = (
            f"the region `{region.name}` leaves the margins at the {side} by {by / MM:.1f} mm on paper {layout.paper}"
        )
        help = "move it, make it smaller, or make the margin smaller"
        yield finding("region-misplaced", message, region.spec.head_span, help=help)


def _roomless(regions: Sequence[Placed], has_flow: bool) -> Iterator[Diagnostic]:
    """A page with nothing left for a text to go round its regions."""
    for region in regions if has_flow else ():
        narrow = min(region.rest.width, region.rest.height) < NARROWEST
        if narrow and region is [each for each in regions if each.page == region.page][-1]:
            message = f"the region `{region.name}` leaves no room for the text of page {region.page + 1}"
            yield finding("region-misplaced", message, region.spec.head_span, help="make it smaller")


# ---------------------------------------------------------------------------------------------- content


@dataclass(frozen=True, slots=True)
class RegionBox:
    """A region with its content as boxes; `node` is the place of the content in reading order.

    Footnotes of what stands in it stand at its foot.
    """

    at: Placed
    node: int
    content: Flow
    box: Panel
    span: Span | None

    @property
    def name(self) -> str:
        return self.at.name

    def _below(self, setting: Setting) -> float:
        return notes_height(self.content, [self.box], self.at.area.width, setting)

    def excess(self, setting: Setting) -> float:
        """By how many points the content is too high for the region."""
        return self.box.height(self.at.area.width, setting) + self._below(setting) - self.at.area.height

    def place(self, setting: Setting, frames: list[Frame]) -> None:
        area, below = self.at.area, self._below(setting)
        self.box.place(Rect(area.x, area.y, area.width, area.height - below), setting, frames)
        notes = footnotes_of(self.content, [self.box], setting)
        if notes is not None:
            notes.place(Rect(area.x, area.bottom - below, area.width, below), setting, frames)


def region_box(group: Group, at: Placed, content: Flow) -> RegionBox:
    """The content of a region in the box style that the template names. Raises UnknownStyle."""
    spec = content.styles.box(group.style) if group.style else BoxSpec()
    panel = Panel(content, replace(spec, fill=at.spec.fit.fill), content.styles)
    return RegionBox(at, group.id, content, panel, group.span)
