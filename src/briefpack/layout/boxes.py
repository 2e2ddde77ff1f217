"""Boxes: what a page is composed of. A box measures itself for a width and places itself in an area.

A text box begins at the top of its first line's capitals and ends on its last baseline, so a space
between two boxes is the white a reader sees, whatever their sizes. Heights follow the fit `Setting`;
nothing is drawn here: placing appends frames.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from itertools import pairwise
from typing import Final, Protocol, TypeVar

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.document import Tag
from briefpack.geometry import Rect
from briefpack.graphics.primitives import Path, line, rectangle
from briefpack.layout.frames import Destination, Frame, LinkFrame, ShapeFrame, TextFrame
from briefpack.layout.styles import BoxSpec, Setting, StyleSheet, TextSpec
from briefpack.namedtuple import NamedTuple
from briefpack.text import Line, Measured, Prepared, Segment

B = TypeVar("B", bound="Whole")
K = TypeVar("K")

# How far a gap may be opened to bring the feet of columns into line, as a multiple of itself.
STRETCH_LIMIT: Final = 1.6

# An item of one paragraph with no more lines than this stands on one page.
LONG_ITEM: Final = 9

# A flow of more boxes than this is measured only as far as the page goes that it is to stand on.
_MANY: Final = 60

# Of a step of the baseline grid: by so much white may be less than is asked for.
_NEAR: Final = 0.15

# How often the white is sought that opens a page up to its foot in steps of the baseline grid.
_OPENINGS: Final = 8

# Heights at other settings, and places, that a text remembers.
_MOST_HEIGHTS: Final = 200
_MOST_PLACES: Final = 12

# At the foot of a page columns of fewer body lines than this are not begun.
_SHORTEST: Final = 4

# The white above a box in a column that begins with box `start`, where what is above it ends `used` points down.
White = Callable[[int, int, float], float]

# Fewer lines than this of a paragraph never stand alone at the foot or the head of a page.
WIDOW: Final = 2


class Box(Protocol):
    """What every box answers. Widths and heights are points; `before` and `after` quarter lines."""

    @property
    def before(self) -> float: ...
    @property
    def after(self) -> float: ...
    @property
    def keep(self) -> bool:
        """Whether the box must stand on the page of the one after it."""
        ...

    def height(self, width: float, setting: Setting) -> float: ...

    def flex(self, width: float, setting: Setting) -> float:
        """The white inside that may be opened up, in points."""
        ...

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        """Append the frames of the box in `area`, whose height is at least the box's own."""
        ...

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        """What fits into `room` and the rest; (None, itself) when nothing does."""
        ...

    def words(self) -> Sequence[Words]:
        """The text inside, block by block, in reading order."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """A block's text, for saying what to cut."""

    text: str
    slot: str | None
    span: Span | None
    box: TextBox


@dataclass(frozen=True, slots=True)
class LinkTarget:
    target: str | Destination
    contents: str


class Note(NamedTuple):
    """A footnote, ready to be set, and the tag of its mark in the text."""

    mark: Tag
    box: Box


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class TextBox:
    """Lines of one paragraph, heading, caption, label or cell. `notes` are those whose marks are in them."""

    tag: Tag | None
    measured: Measured
    spec: TextSpec
    styles: StyleSheet
    links: tuple[tuple[Tag, LinkTarget], ...] = ()
    slot: str | None = None
    span: Span | None = None
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    first: int = 0
    last: int | None = None
    keep_whole: bool = False
    notes: tuple[Note, ...] = ()
    _heights: dict[tuple[float, float, float], float] = field(default_factory=dict)
    _placed: dict[tuple[float, ...], list[Frame]] = field(default_factory=dict)

    @property
    def prepared(self) -> Prepared:
        return self.measured.prepared

    def count(self, width: float, setting: Setting) -> int:
        total = self.measured.count(width * 1000 / self.styles.size(self.spec, setting))
        return (total if self.last is None else min(self.last, total)) - self.first

    def cap(self, setting: Setting) -> float:
        runs = self.measured.prepared.runs
        face = runs[0].face if runs else self.styles.face(self.spec)
        return face.cap_height * self.styles.size(self.spec, setting) / 1000

    def height(self, width: float, setting: Setting) -> float:
        # Spacing does not change a paragraph, and a page is measured many times at different spacings.
        key = (width, setting.size, setting.leading)
        found = self._heights.get(key)
        if found is None:
            if len(self._heights) >= _MOST_HEIGHTS:
                self._heights.clear()
            found = self._heights[key] = self._height(width, setting)
        return found

    def _height(self, width: float, setting: Setting) -> float:
        count = self.count(width, setting)
        if count == 0:
            return 0.0
        cap = self.cap(setting)
        return cap + (count - 1) * self.styles.leading(self.spec, setting) if count > 1 else cap

    def flex(self, width: float, setting: Setting) -> float:
        return 0.0

    def natural_width(self, setting: Setting) -> float:
        """The width of the text on one line."""
        return self.prepared.measures.natural * self.styles.size(self.spec, setting) / 1000

    def least_width(self, setting: Setting) -> float:
        """The width of the widest part that no line may divide."""
        return self.prepared.measures.least * self.styles.size(self.spec, setting) / 1000

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        """The same frames when it is placed in the same place again."""
        key = (area.x, area.y, area.width, area.height, setting.size, setting.leading)
        placed = self._placed.get(key)
        if placed is None:
            placed = _another(self._placed, key)
            self._place(area, setting, placed)
        frames += placed

    def placements(self) -> list[tuple[Rect, float, float, list[Frame]]]:
        """Where it was placed lately, with the factors on size and leading, and the frames that it has there."""
        return [(Rect(*key[:4]), key[4], key[5], frames) for key, frames in self._placed.items()]

    def _place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        size, leading = self.styles.size(self.spec, setting), self.styles.leading(self.spec, setting)
        lines = self.measured.lines(area.width * 1000 / size, size, self.spec.balance)[self.first : self.last]
        if not lines:
            return
        starts = self._starts(lines, area)
        first = area.y + self.cap(setting)
        baselines = tuple([first + index * leading for index in range(len(lines))])
        bounds = Rect(area.x, area.y, area.width, self.height(area.width, setting))
        frames.append(TextFrame(self.tag, bounds, lines, starts, baselines))
        if self.links:
            frames.extend(self._link_frames(lines, starts, baselines, size))

    def _starts(self, lines: Sequence[Line], area: Rect) -> tuple[float, ...]:
        match self.spec.align:
            case "right":
                return tuple([area.x + (area.width - line.width) for line in lines])
            case "center":
                return tuple([area.x + (area.width - line.width) / 2 for line in lines])
            case _:
                return (area.x,) * len(lines)

    def _link_frames(
        self, lines: Sequence[Line], starts: Sequence[float], baselines: Sequence[float], size: float
    ) -> list[LinkFrame]:
        result: list[LinkFrame] = []
        for tag, link in self.links:
            areas = tuple(
                _inside(part, each, start, baseline - part.rise - size * 0.8, size)
                for each, start, baseline in zip(lines, starts, baselines, strict=True)
                for part in each.segments
                if tag in (part.tag, part.parent)
            )
            if areas:
                result.append(LinkFrame(tag, areas, link.target, link.contents))
        return result

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        count = self.count(width, setting)
        leading = self.styles.leading(self.spec, setting)
        fitting = int((room - self.cap(setting)) / leading + 1 + 1e-6) if room >= self.cap(setting) else 0
        if fitting >= count:
            return self, None
        fitting = min(fitting, count - WIDOW)
        if fitting < WIDOW or self.keep_whole:
            return None, self
        cut = self.first + fitting
        above, below = self._part(self.first, cut), self._part(cut, self.last, self.keep)
        if not self.notes:
            return above, below
        seen = above._tags(width, setting)
        notes = tuple(note for note in self.notes if note.mark in seen)
        rest = tuple(note for note in self.notes if note.mark not in seen)
        return replace(above, notes=notes), replace(below, notes=rest)

    def _tags(self, width: float, setting: Setting) -> set[Tag | None]:
        """The elements that the lines belong to."""
        size = self.styles.size(self.spec, setting)
        lines = self.measured.lines(width * 1000 / size, size, self.spec.balance)[self.first : self.last]
        return {part.tag for each in lines for part in each.segments}

    def _part(self, first: int, last: int | None, keep: bool = False) -> TextBox:
        return TextBox(
            tag=self.tag,
            measured=self.measured,
            spec=self.spec,
            styles=self.styles,
            links=self.links,
            slot=self.slot,
            span=self.span,
            before=self.before,
            after=self.after,
            keep=keep,
            first=first,
            last=last,
        )

    def words(self) -> Sequence[Words]:
        return (Words(self.prepared.text, self.slot, self.span, self),)


def _another(placed: dict[K, list[Frame]], key: K) -> list[Frame]:
    """Room for the frames of a box in another place; one that has stood in many forgets them."""
    if len(placed) >= _MOST_PLACES:
        placed.clear()
    return placed.setdefault(key, [])


def _inside(part: Segment, line: Line, start: float, top: float, height: float) -> Rect:
    """Where `part` stands of a line that begins at `start`: without the space that parts it from the next."""
    left = max(part.x, 0.0)
    return Rect(start + left, top, min(part.x + part.width, line.width) - left, height)


class Leaf:
    """A box with nothing inside that opens up, is cut or is read."""

    __slots__ = ()

    def flex(self, width: float, setting: Setting) -> float:
        return 0.0

    def words(self) -> Sequence[Words]:
        return ()


class Whole(ABC):
    """A box that stands on one page as a whole."""

    __slots__ = ()

    @abstractmethod
    def height(self, width: float, setting: Setting) -> float: ...

    def split(self: B, width: float, room: float, setting: Setting) -> tuple[B | None, B | None]:
        return (self, None) if self.height(width, setting) <= room + 0.01 else (None, self)


class Gridded:
    """A box that holds texts and begins on the baseline grid, where there is one."""

    __slots__ = ()


class Filling:
    """A box that takes all the height there is left on a page, and is cut for it even where it would fit."""

    __slots__ = ()


class Long:
    """A box that may go on for many pages: it need not be measured whole to know that a page cannot hold it."""

    __slots__ = ()

    @abstractmethod
    def within(self, width: float, room: float, setting: Setting) -> float | None:
        """The height of the box; None where that is more than `room`."""


def within(box: Box, width: float, room: float, setting: Setting) -> float | None:
    """The height of `box`; None where that is more than `room`."""
    if isinstance(box, Long):
        return box.within(width, room, setting)
    height = box.height(width, setting)
    return height if height <= room else None


def drop(box: Box, setting: Setting) -> float | None:
    """How far below the top of `box` capitals of body text on the baseline grid would begin; None for a box that does
    not stand on it.

    A text on the grid has its first baseline there; a box with texts begins where body text would.
    """
    match box:
        case TextBox():
            return box.cap(setting) - box.styles.body_cap(setting) if box.spec.snap else None
        case Flow():
            first = next(iter(box.kept(setting)), None)
            return 0.0 if first is None else drop(first, setting) or 0.0
        case Panel(child=child):
            return drop(child, setting) or 0.0
        case Wrapped(child=child):
            return drop(child, setting)
        case Labelled(body=body):
            return drop(body, setting)
        case Gridded():
            return 0.0
        case _:
            return None


def lift(box: Box, setting: Setting) -> float:
    """How much lower than body text `box` is placed for its first baseline to be on the grid; higher below zero."""
    return -(drop(box, setting) or 0.0)


@dataclass(frozen=True, slots=True, eq=False)
class Spring(Leaf, Whole):
    """White that takes its share of what an area has to spare, and is `least` points tall at setting 1."""

    weight: float = 1.0
    least: float = 0.0
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def height(self, width: float, setting: Setting) -> float:
        return self.least * setting.spacing * setting.size

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        return


@dataclass(frozen=True, slots=True, eq=False)
class Break(Spring):
    """The end of a page."""


@dataclass(frozen=True, slots=True, eq=False)
class Wrapped:
    """A box that answers as its one child does; what is different stands in the classes below it."""

    child: Box

    @property
    def before(self) -> float:
        return self.child.before

    @property
    def after(self) -> float:
        return self.child.after

    @property
    def keep(self) -> bool:
        return False

    def height(self, width: float, setting: Setting) -> float:
        return self.child.height(width, setting)

    def flex(self, width: float, setting: Setting) -> float:
        return self.child.flex(width, setting)

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        self.child.place(area, setting, frames)

    def words(self) -> Sequence[Words]:
        return self.child.words()


@dataclass(frozen=True, slots=True, eq=False)
class Dressed(Wrapped, Long):
    """A box with a name for the fit ladder, or with another space before it than its own."""

    optional: str | None = None
    lead: float | None = None

    @property
    def before(self) -> float:
        return self.child.before if self.lead is None else self.lead

    @property
    def keep(self) -> bool:
        return self.child.keep

    def within(self, width: float, room: float, setting: Setting) -> float | None:
        return within(self.child, width, room, setting)

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        head, tail = self.child.split(width, room, setting)
        return self._with(head), self._with(tail)

    def _with(self, child: Box | None) -> Box | None:
        return self if child is self.child else None if child is None else replace(self, child=child)


@dataclass(frozen=True, slots=True, eq=False)
class Linked(Wrapped, Whole):
    """A box all of which is one link."""

    tag: Tag
    link: LinkTarget

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        self.child.place(area, setting, frames)
        frames.append(LinkFrame(self.tag, (area,), self.link.target, self.link.contents))


def present(boxes: Sequence[Box], setting: Setting) -> list[Box]:
    """The boxes that `setting` does not leave out."""
    return [box for box in boxes if not (isinstance(box, Dressed) and box.optional in setting.dropped)]


def asked(boxes: Sequence[Box]) -> list[float]:
    """The space above each box in quarter lines; none above the first, nor below a page break."""
    # A page break is of no other class, and a class with abstract methods is long in telling what is of it.
    spaces = [max(above.after, box.before) if type(above) is not Break else 0.0 for above, box in pairwise(boxes)]
    return [0.0, *spaces] if boxes else []


class Shown(NamedTuple):
    """The boxes of a flow that are not left out, and the space above each in quarter lines.

    `texts` and `others` are the boxes again: those whose height no spacing changes, and the rest.
    """

    boxes: list[Box]
    spaces: list[float]
    texts: list[TextBox]
    others: list[Box]

    @classmethod
    def of(cls, boxes: list[Box]) -> Shown:
        texts = [box for box in boxes if isinstance(box, TextBox)]
        others = [box for box in boxes if not isinstance(box, TextBox)]
        return cls(boxes, asked(boxes), texts, others)


@dataclass(frozen=True, slots=True, eq=False)
class Flow(Long):
    """Boxes one below the other. Between two of them is the larger of the spaces that they ask for.

    `noted` says of the body of a document whether there are footnotes in it. A `settled` one is a part of a flow
    from which what is left out is gone.
    """

    children: tuple[Box, ...]
    styles: StyleSheet
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    noted: bool = False
    settled: bool = False
    _shown: dict[frozenset[str], Shown] = field(default_factory=dict)
    # A page is measured whole, then placed from the outside in: every flow is asked again at each level.
    _heights: dict[tuple[float, Setting], float] = field(default_factory=dict)
    _text_heights: dict[tuple[float, float, float, frozenset[str]], float] = field(default_factory=dict)

    def _present(self, setting: Setting) -> Shown:
        found = self._shown.get(setting.dropped)
        if found is None:
            found = self._shown[setting.dropped] = Shown.of(present(self.children, setting))
        return found

    def kept(self, setting: Setting) -> Sequence[Box]:
        """The boxes that `setting` does not leave out."""
        return self.children if self.settled else self._present(setting).boxes

    def gaps(self, spaces: Sequence[float], setting: Setting) -> list[float]:
        """`spaces` in points."""
        unit = self.styles.space(1.0, setting)
        return [space * unit for space in spaces]

    def height(self, width: float, setting: Setting) -> float:
        found = self._heights.get((width, setting))
        if found is None and self.styles.snaps:
            found = self._heights[width, setting] = self._stood(width, setting)
        if found is None:
            shown = self._present(setting)
            white = sum(shown.spaces) * self.styles.space(1.0, setting)
            others = sum([box.height(width, setting) for box in shown.others])
            found = self._heights[width, setting] = white + self._text_height(width, setting, shown) + others
        return found

    def _stood(self, width: float, setting: Setting) -> float:
        """The height of the boxes on the baseline grid."""
        boxes, y = self._present(setting).boxes, 0.0
        for index, box in enumerate(boxes):
            y += self.gap_above(boxes, index, y, setting) + box.height(width, setting)
        return y

    def gap_above(self, boxes: Sequence[Box], index: int, y: float, setting: Setting, first: int = 0) -> float:
        """The white above a box that follows what ends `y` points below box `first`: as is asked, and on the baseline
        grid as much as brings the box onto it, which may be a little less. There it never grows below a heading."""
        if index == first:
            return 0.0
        gap = max(boxes[index - 1].after, boxes[index].before) * self.styles.space(1.0, setting)
        if not self.styles.snaps:
            return gap
        if boxes[index - 1].keep:
            gap /= max(1.0, setting.spacing)
        lower = drop(boxes[index], setting)
        if lower is None:
            return gap
        step = self.styles.step(setting)
        over = (y + gap + lower - (drop(boxes[first], setting) or 0.0)) % step
        return gap - over if over <= min(gap, _NEAR * step) else gap + step - over

    def within(self, width: float, room: float, setting: Setting) -> float | None:
        if len(self.children) > _MANY and (width, setting) not in self._heights:
            used, boxes = 0.0, self.kept(setting)
            for index, box in enumerate(boxes):
                used += self.gap_above(boxes, index, used, setting)
                height = within(box, width, room - used, setting)
                if height is None or used + height > room:
                    return None
                used += height
        height = self.height(width, setting)
        return height if height <= room else None

    def _text_height(self, width: float, setting: Setting, shown: Shown) -> float:
        """The height of the texts directly in the flow, which is the same at every spacing."""
        key = (width, setting.size, setting.leading, setting.dropped)
        found = self._text_heights.get(key)
        if found is None:
            found = self._text_heights[key] = sum([text.height(width, setting) for text in shown.texts])
        return found

    def flex(self, width: float, setting: Setting) -> float:
        if self.styles.snaps:
            return 0.0
        shown = self._present(setting)
        loose = self._loose(shown.boxes, self.gaps(shown.spaces, setting))
        return sum(loose) + sum([box.flex(width, setting) for box in shown.boxes])

    def _loose(self, boxes: Sequence[Box], gaps: Sequence[float]) -> list[float]:
        """The part of each gap that may be opened: none between a heading and what it heads."""
        held = [False, *(box.keep for box in boxes)]
        return [0.0 if keep else gap for gap, keep in zip(gaps, held, strict=False)]

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        shown = self._present(setting)
        boxes, gaps = shown.boxes, self.gaps(shown.spaces, setting)
        if self.styles.snaps:
            setting = self._spaced(boxes, area, setting)
        heights = [box.height(area.width, setting) for box in boxes]
        if self.styles.snaps:
            gaps = self._gridded(boxes, heights, setting)
        spare = area.height - sum(gaps) - sum(heights)
        if spare > 0.01:
            gaps, heights = self._open(boxes, gaps, heights, spare, area.width, setting)
        y = area.y
        for box, gap, height in zip(boxes, gaps, heights, strict=True):
            y += gap
            box.place(Rect(area.x, y, area.width, height), setting, frames)
            y += height

    def _spaced(self, boxes: Sequence[Box], area: Rect, setting: Setting) -> Setting:
        """`setting` with the white that opens the flow up to the foot of `area`, or as near to it as whole steps of
        the baseline grid come: what asks for as much white is opened by as many steps, also further inside."""
        if area.height - self.height(area.width, setting) < self.styles.step(setting) or any(map(spring_weight, boxes)):
            return setting
        least, most = setting, setting._replace(spacing=setting.spacing * (1 + STRETCH_LIMIT))
        for _ in range(_OPENINGS):
            tried = setting._replace(spacing=(least.spacing + most.spacing) / 2)
            if self.height(area.width, tried) <= area.height + 0.01:
                least = tried
            else:
                most = tried
        return least

    def _gridded(self, boxes: Sequence[Box], heights: Sequence[float], setting: Setting) -> list[float]:
        """The white above each box that brings it onto the baseline grid."""
        gaps: list[float] = []
        y = 0.0
        for index, height in enumerate(heights):
            gaps.append(self.gap_above(boxes, index, y, setting))
            y += gaps[-1] + height
        return gaps

    def _open(
        self,
        boxes: Sequence[Box],
        gaps: list[float],
        heights: list[float],
        spare: float,
        width: float,
        setting: Setting,
    ) -> tuple[list[float], list[float]]:
        """Share `spare` out: to springs if there are any, else to the gaps, in proportion to each."""
        springs = [spring_weight(box) for box in boxes]
        if sum(springs) > 0:
            shares = [spare * weight / sum(springs) for weight in springs]
            if self.styles.snaps:
                step = self.styles.step(setting)
                shares = [share // step * step for share in shares]
            return gaps, [height + share for height, share in zip(heights, shares, strict=True)]
        if self.styles.snaps:
            return gaps, heights
        flexes = [box.flex(width, setting) for box in boxes]
        loose = self._loose(boxes, gaps)
        total = sum(loose) + sum(flexes)
        if total <= 0:
            return gaps, heights
        factor = min(spare / total, STRETCH_LIMIT)
        opened = [gap + part * factor for gap, part in zip(gaps, loose, strict=True)]
        grown = [height + flex * factor for height, flex in zip(heights, flexes, strict=True)]
        return opened, grown

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        head, tail = split_boxes(self.kept(setting), self, width, room, setting)
        if not head or (tail and head[-1].keep):
            return None, self
        if not tail:
            return self, None
        return self._with(tuple(head)), self._with(tuple(tail))

    def _with(self, children: tuple[Box, ...]) -> Flow:
        return Flow(children, self.styles, self.before, self.after, self.keep, settled=True)

    def words(self) -> Sequence[Words]:
        return [words for child in self.children for words in child.words()]


@dataclass(frozen=True, slots=True, eq=False)
class Items(Flow):
    """The items of a list. A page break leaves none of a single line alone, neither at a foot nor at a head."""

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        boxes = self.kept(setting)
        head, tail = split_boxes(boxes, self, width, room, setting)
        short = 4 * self.styles.quarter(setting)
        if len(tail) == 1 and len(head) > 1 and tail[0].height(width, setting) < short:
            head, tail = head[:-1], [head[-1], *tail]
        if len(head) == 1 and len(boxes) > 1 and head[0].height(width, setting) < short:
            head = []
        if not head:
            return None, self
        return (self._with(tuple(head)), self._with(tuple(tail))) if tail else (self, None)

    def _with(self, children: tuple[Box, ...]) -> Items:
        return Items(children, self.styles, self.before, self.after, self.keep, settled=True)


def split_boxes(
    boxes: Sequence[Box], flow: Flow, width: float, room: float, setting: Setting
) -> tuple[list[Box], list[Box]]:
    """As many of `boxes` as fit into `room`, the last one cut if it can be, and those that are left.

    A box that keeps with the next goes over with it; a page break ends the first list and is dropped.
    """
    boxes = list(boxes)
    used = 0.0
    for index, box in enumerate(boxes):
        if type(box) is Break:
            return list(boxes[:index]), list(boxes[index + 1 :])
        # Only as far as the page goes: of a long list each page would ask for all of the rest.
        used += flow.gap_above(boxes, index, used, setting)
        height = None if isinstance(box, Filling) else within(box, width, room - used + 0.01, setting)
        if height is not None:
            used += height
            continue
        head, tail = box.split(width, room - used, setting)
        if head is not None and tail is None and head is not box:
            boxes[index] = head
            used += head.height(width, setting)
            continue
        if head is not None and tail is not None:
            return [*boxes[:index], head], [tail, *boxes[index + 1 :]]
        cut = index
        while cut > 0 and boxes[cut - 1].keep:
            cut -= 1
        if cut == 0:
            cut = index
        return list(boxes[:cut]), list(boxes[cut:])
    return list(boxes), []


@dataclass(frozen=True, slots=True, eq=False)
class Panel(Whole, Long):
    """A box with a ground, a border and padding round one child."""

    child: Box
    spec: BoxSpec
    styles: StyleSheet
    _placed: dict[tuple[Rect, Setting], list[Frame]] = field(default_factory=dict)

    @property
    def before(self) -> float:
        return self.spec.before

    @property
    def after(self) -> float:
        return self.spec.after

    @property
    def keep(self) -> bool:
        return False

    def padding(self, setting: Setting) -> tuple[float, float, float, float]:
        """The white inside: at the top, at the right, at the bottom and at the left."""
        quarter = self.styles.quarter(setting)
        top, right, bottom, left = self.spec.padding
        above = top * quarter
        if self.styles.snaps:
            step = self.styles.step(setting)
            above = max(0, round(above / step)) * step
        else:
            above *= setting.spacing
        return above, right * quarter, bottom * quarter * setting.spacing, left * quarter

    def height(self, width: float, setting: Setting) -> float:
        top, right, bottom, left = self.padding(setting)
        return self.child.height(width - left - right, setting) + top + bottom

    def flex(self, width: float, setting: Setting) -> float:
        return 0.0

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        """The same frames when it is placed in the same place again."""
        key = (area, setting)
        placed = self._placed.get(key)
        if placed is None:
            placed = _another(self._placed, key)
            self._place(area, setting, placed)
        frames += placed

    def _place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        top, right, bottom, left = self.padding(setting)
        paths = self._paths(area)
        if paths:
            frames.append(ShapeFrame(None, area, paths, bleeds=self.spec.bleed))
        width = area.width - left - right
        height = area.height - top - bottom if self.spec.fill else self.child.height(width, setting)
        self.child.place(Rect(area.x + left, area.y + top, width, height), setting, frames)

    def within(self, width: float, room: float, setting: Setting) -> float | None:
        top, right, bottom, left = self.padding(setting)
        height = within(self.child, width - left - right, room - top - bottom, setting)
        return None if height is None else height + top + bottom

    def split(self, width: float, room: float, setting: Setting) -> tuple[Panel | None, Panel | None]:
        """Cut, each part has ground and padding all round; only with a border on single sides it is open at the cut."""
        least = None if self.spec.cut is None else self.spec.cut * 4 * self.styles.quarter(setting)
        if least is None or room < least or self.within(width, room + 0.01, setting) is not None:
            return Whole.split(self, width, room, setting)
        framed = self.spec.ground or (self.spec.border and "all" in self.spec.sides)
        above, below = (self, self) if framed else (self._open("bottom", 2), self._open("top", 0))
        top, right, bottom, left = above.padding(setting)
        head, tail = self.child.split(width - left - right, room - top - bottom, setting)
        if head is None or tail is None:
            return None, self
        return above._with(head), below._with(tail)

    def _open(self, side: str, padding: int) -> Panel:
        """The panel without its border and its padding on one side."""
        sides = tuple(each for each in self.spec.sides if each != side)
        paddings = [0.0 if at == padding else each for at, each in enumerate(self.spec.padding)]
        top, right, bottom, left = paddings
        return Panel(self.child, replace(self.spec, sides=sides, padding=(top, right, bottom, left)), self.styles)

    def _with(self, child: Box) -> Panel:
        return Panel(child, self.spec, self.styles)

    def _paths(self, area: Rect) -> tuple[Path, ...]:
        spec = self.spec
        paths: list[Path] = []
        whole = "all" in spec.sides and not spec.bleed
        if spec.ground is not None or (spec.border is not None and whole):
            stroke = spec.border if whole else None
            inset = spec.thickness / 2 if stroke else 0.0
            frame = Rect(area.x + inset, area.y + inset, area.width - 2 * inset, area.height - 2 * inset)
            width = spec.thickness if stroke else 0.0
            paths.append(
                Path(rectangle(frame, 0.0 if spec.bleed else spec.radius), fill=spec.ground, stroke=stroke, width=width)
            )
        if spec.border is not None and "all" not in spec.sides:
            paths.extend(Path(rectangle(edge), fill=spec.border) for edge in self._edges(area))
        return tuple(paths)

    def _edges(self, area: Rect) -> list[Rect]:
        thickness = self.spec.thickness
        edges = {
            "top": Rect(area.x, area.y, area.width, thickness),
            "bottom": Rect(area.x, area.bottom - thickness, area.width, thickness),
            "left": Rect(area.x, area.y, thickness, area.height),
            "right": Rect(area.right - thickness, area.y, thickness, area.height),
        }
        return [edges[side] for side in self.spec.sides]

    def words(self) -> Sequence[Words]:
        return self.child.words()


def spring_weight(box: Box) -> float:
    """The share of spare height that `box` takes before any gap is opened."""
    match box:
        case Spring(weight=weight):
            return weight
        case Panel(spec=spec):
            return 1.0 if spec.fill else 0.0
        case _:
            return 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Columns(Whole, Gridded):
    """Boxes side by side. `spans` are grid columns of `count` in all.

    Grounds are all as tall as the tallest; with `level`, the white inside the others is opened up until
    their feet are level too.
    """

    children: tuple[Box, ...]
    spans: tuple[int, ...]
    count: int
    gutter: float
    level: bool = False
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def widths(self, width: float) -> list[float]:
        unit = (width - (self.count - 1) * self.gutter) / self.count
        return [span * unit + (span - 1) * self.gutter for span in self.spans]

    def height(self, width: float, setting: Setting) -> float:
        return max(self._heights(width, setting), default=0.0)

    def _heights(self, width: float, setting: Setting) -> list[float]:
        return [child.height(each, setting) for child, each in zip(self.children, self.widths(width), strict=True)]

    def tallest(self, width: float, setting: Setting) -> int:
        heights = self._heights(width, setting)
        return heights.index(max(heights))

    def flex(self, width: float, setting: Setting) -> float:
        if not self.level:
            return 0.0
        tallest = self.tallest(width, setting)
        return self.children[tallest].flex(self.widths(width)[tallest], setting)

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        x = area.x
        for child, width in zip(self.children, self.widths(area.width), strict=True):
            whole = self.level or isinstance(child, Panel)
            height = area.height if whole else child.height(width, setting)
            child.place(Rect(x, area.y + lift(child, setting), width, height), setting, frames)
            x += width + self.gutter

    def words(self) -> Sequence[Words]:
        return [words for child in self.children for words in child.words()]


@dataclass(frozen=True, slots=True, eq=False)
class Balanced(Gridded):
    """Boxes down `count` equal columns, one column after the other, the tallest as short as can be.

    More than a page holds go on on the next, none of them divided.
    """

    children: tuple[Box, ...]
    count: int
    gutter: float
    styles: StyleSheet
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    _settled: dict[tuple[float, Setting], list[Flow]] = field(default_factory=dict)

    def _columns(self, width: float, setting: Setting) -> list[Flow]:
        found = self._settled.get((width, setting))
        if found is None:
            found = self._settled[width, setting] = self._balance(width, setting)
        return found

    def _balance(self, width: float, setting: Setting) -> list[Flow]:
        """The columns: the largest cap under which the boxes still need more than `count` is found by halving."""
        heights, white = self._heights(width, setting)
        low, high = max(heights, default=0.0), Flow(self.children, self.styles).height(width, setting)
        while high - low > 0.5:
            middle = (low + high) / 2
            low, high = (low, middle) if len(_stacks(heights, white, middle)) <= self.count else (middle, high)
        return [Flow(self.children[start:end], self.styles) for start, end in _stacks(heights, white, high)]

    def _heights(self, width: float, setting: Setting) -> tuple[list[float], White]:
        """The height of each box in a column of `width` points, and the white above it."""
        heights = [box.height(width, setting) for box in self.children]
        flow = Flow(self.children, self.styles)
        if self.styles.snaps:
            return heights, lambda start, index, used: flow.gap_above(self.children, index, used, setting, start)
        gaps = flow.gaps(asked(self.children), setting)
        return heights, lambda start, index, used: gaps[index]

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        if self.height(width, setting) <= room + 0.01:
            return self, None
        heights, white = self._heights(self._width(width), setting)
        full = _stacks(heights, white, room)[: self.count]
        fitting = [end for start, end in full if start < end - 1 or heights[start] <= room + 0.01]
        if (
            len(fitting) < len(full)
            or len(heights) == fitting[-1]
            or room < _SHORTEST * 4 * self.styles.quarter(setting)
        ):
            return None, self
        return self._with(self.children[: fitting[-1]]), self._with(self.children[fitting[-1] :])

    def _with(self, children: tuple[Box, ...]) -> Balanced:
        return replace(self, children=children, _settled={})

    def _width(self, width: float) -> float:
        return (width - (self.count - 1) * self.gutter) / self.count

    def height(self, width: float, setting: Setting) -> float:
        each = self._width(width)
        return max((column.height(each, setting) for column in self._columns(each, setting)), default=0.0)

    def flex(self, width: float, setting: Setting) -> float:
        return 0.0

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        each = self._width(area.width)
        for index, column in enumerate(self._columns(each, setting)):
            x, y = area.x + index * (each + self.gutter), area.y + lift(column, setting)
            column.place(Rect(x, y, each, column.height(each, setting)), setting, frames)

    def words(self) -> Sequence[Words]:
        return [words for child in self.children for words in child.words()]


def _stacks(heights: Sequence[float], white: White, cap: float) -> list[tuple[int, int]]:
    """The boxes in columns none of which is higher than `cap`, as ranges."""
    stacks: list[tuple[int, int]] = []
    start, used = 0, 0.0
    for index, height in enumerate(heights):
        gap = white(start, index, used) if index > start else 0.0
        if index > start and used + gap + height > cap + 0.01:
            stacks.append((start, index))
            start, used, gap = index, 0.0, 0.0
        used += gap + height
    return [*stacks, (start, len(heights))] if heights else []


@dataclass(frozen=True, slots=True, eq=False)
class Labelled:
    """A list item: a label in the indent and a body beside it, their first baselines level.

    A long one, or one of several blocks, may be cut; what goes over has no label.
    """

    label: Box | None
    body: Box
    indent: float
    styles: StyleSheet
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    _heights: dict[tuple[float, Setting], float] = field(default_factory=dict)

    def _indent(self, setting: Setting) -> float:
        return self.indent * setting.size

    def height(self, width: float, setting: Setting) -> float:
        found = self._heights.get((width, setting))
        if found is None:
            indent = self._indent(setting)
            label = self.label.height(indent, setting) if self.label is not None else 0.0
            found = self._heights[width, setting] = max(self.body.height(width - indent, setting), label)
        return found

    def flex(self, width: float, setting: Setting) -> float:
        return self.body.flex(width - self._indent(setting), setting)

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        indent = self._indent(setting)
        if self.label is not None:
            offset = self._lower(self.label, setting)
            label = Rect(area.x, area.y + offset, indent, self.label.height(indent, setting))
            self.label.place(label, setting, frames)
        self.body.place(Rect(area.x + indent, area.y, area.width - indent, area.height), setting, frames)

    def _lower(self, label: Box, setting: Setting) -> float:
        """How far down the label goes to stand on the first baseline of the body."""
        if not isinstance(label, TextBox):
            return 0.0
        words = self.body.words()
        return max(0.0, words[0].box.cap(setting) - label.cap(setting)) if words else 0.0

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        if self.height(width, setting) <= room + 0.01:
            return self, None
        inner = width - self._indent(setting)
        texts = self.body.words()
        if len(texts) == 1 and texts[0].box.count(inner, setting) <= LONG_ITEM:
            return None, self
        head, tail = self.body.split(inner, room, setting)
        if head is None or tail is None or self._is_one_line(head, inner, setting):
            return None, self
        return replace(self, body=head, _heights={}), replace(self, label=None, body=tail, _heights={})

    def words(self) -> Sequence[Words]:
        return self.body.words()

    @staticmethod
    def _is_one_line(head: Box, width: float, setting: Setting) -> bool:
        texts = head.words()
        return len(texts) == 1 and texts[0].box.count(width, setting) < WIDOW


@dataclass(frozen=True, slots=True, eq=False)
class CheckBox(Leaf, Whole):
    """An empty square to tick, as tall as the capitals of the text beside it."""

    tag: Tag
    size: float
    color: str
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def height(self, width: float, setting: Setting) -> float:
        return self.size * setting.size

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        side = self.size * setting.size
        square = Rect(area.x + 0.5, area.y - 0.25, side, side)
        path = Path(rectangle(square, 1.2), stroke=self.color, width=1.0)
        frames.append(ShapeFrame(self.tag, square, (path,), actual="☐"))


@dataclass(frozen=True, slots=True, eq=False)
class RuleBox(Leaf, Whole):
    """A line across the measure."""

    color: str
    thickness: float
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def height(self, width: float, setting: Setting) -> float:
        return self.thickness

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        middle = area.y + self.thickness / 2
        path = Path(line(area.x, middle, area.right, middle), stroke=self.color, width=self.thickness)
        frames.append(ShapeFrame(None, area, (path,)))


@dataclass(frozen=True, slots=True, eq=False)
class DrawingBox(Leaf, Whole):
    """A drawing of fixed proportions, scaled down to the measure. `paths` begin at 0, 0.

    An `upright` one is the same on pages that are mirrored.
    """

    tag: Tag | None
    width: float
    drawn: float
    paths: tuple[Path, ...]
    align: str = "left"
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    upright: bool = False
    _placed: list[tuple[Rect, ShapeFrame]] = field(default_factory=list)

    def _scale(self, width: float) -> float:
        return min(1.0, width / self.width)

    def height(self, width: float, setting: Setting) -> float:
        return self.drawn * self._scale(width)

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        """The same frame when it is placed in the same place again."""
        if not self._placed or self._placed[0][0] != area:
            self._placed[:] = [(area, self._frame(area))]
        frames.append(self._placed[0][1])

    def _frame(self, area: Rect) -> ShapeFrame:
        scale = self._scale(area.width)
        spare = area.width - self.width * scale
        x = area.x + {"left": 0.0, "center": spare / 2, "right": spare}[self.align]
        bounds = Rect(x, area.y, self.width * scale, self.drawn * scale)
        paths = tuple(moved(path, x, area.y, scale) for path in self.paths)
        return ShapeFrame(self.tag, bounds, paths, upright=self.upright)


def moved(path: Path, x: float, y: float, scale: float) -> Path:
    """`path` scaled about its origin and then moved by (x, y)."""
    segments = tuple((operator, _moved(operator, numbers, x, y, scale)) for operator, numbers in path.segments)
    return Path(segments, path.fill, path.stroke, path.width * scale, path.dash)


def _moved(operator: str, numbers: tuple[float, ...], x: float, y: float, scale: float) -> tuple[float, ...]:
    if operator == "re":
        left, top, width, height = numbers
        return left * scale + x, top * scale + y, width * scale, height * scale
    return tuple(number * scale + (x, y)[index % 2] for index, number in enumerate(numbers))
