"""Documents that stand as another one does: where all texts are as tall as they were, nothing moves.

What copyfit measures of a page, and where it ends, follows from heights. So two documents of one layout whose boxes
are the same, or are texts with as many lines at every measure that was asked for, stand alike: the later one takes
the pages of the earlier with its own words in their places. Anything else that differs is laid out anew, such as
a table, whose columns follow from how wide its words are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from operator import is_
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.document import Tag
from briefpack.geometry import Rect
from briefpack.layout.boxes import (
    Balanced,
    Box,
    CheckBox,
    Columns,
    Dressed,
    Flow,
    Labelled,
    Linked,
    Panel,
    RuleBox,
    Spring,
    TextBox,
)
from briefpack.layout.frames import Frame, Page
from briefpack.layout.grids import GridBox
from briefpack.layout.newspaper import Newspaper
from briefpack.layout.styles import Setting, StyleSheet
from briefpack.namedtuple import NamedTuple
from briefpack.project.layouts import Furniture, LayoutSpec

# So many pages are remembered, however many texts they have.
_MOST: Final = 12


class Turn(NamedTuple):
    """A text box that stands for another one as tall."""

    before: TextBox
    after: TextBox


def turned(before: Sequence[Box], after: Sequence[Box]) -> list[Turn] | None:
    """The texts of `after` that are others than those of `before`; None where the boxes may stand otherwise."""
    found: list[Turn] = []
    return found if _alike(before, after, found) else None


def _alike(before: Sequence[Box | None], after: Sequence[Box | None], found: list[Turn]) -> bool:
    if len(before) != len(after):
        return False
    return all(one is other or _same(one, other, found) for one, other in zip(before, after, strict=True))


def _same(before: Box | None, after: Box | None, found: list[Turn]) -> bool:
    if type(before) is not type(after) or before is None or after is None:
        return False
    if isinstance(before, TextBox) and isinstance(after, TextBox):
        if not _as_tall(before, after):
            return False
        if before.measured is not after.measured or before.links != after.links:
            found.append(Turn(before, after))
        return True
    one, other = _parts(before), _parts(after)
    return one is not None and other is not None and one[0] == other[0] and _alike(one[1], other[1], found)


def _as_tall(before: TextBox, after: TextBox) -> bool:
    """Whether a text takes the height of another one however it was set; footnotes have places of their own."""
    if before.notes or after.notes or _of_text(before) != _of_text(after):
        return False
    if before.measured is after.measured:
        return True
    count = after.measured.count
    return all(count(measure) == lines for measure, lines in before.measured.counted()) and (
        before.cap(Setting()) == after.cap(Setting())
    )


def _of_text(box: TextBox) -> tuple[object, ...]:
    own = (box.tag, box.spec, box.before, box.after, box.keep, box.keep_whole, box.first, box.last)
    return (*own, id(box.styles))


def _parts(box: Box) -> tuple[tuple[object, ...], Sequence[Box | None]] | None:
    """What a box has of its own and the boxes in it; None for one whose height does not follow from those alone."""
    match box:
        case Flow():
            own = (id(box.styles), box.before, box.after, box.keep, box.noted, box.settled)
            return own, box.children
        case Panel():
            return (id(box.styles), box.spec), (box.child,)
        case Columns():
            return (box.spans, box.count, box.gutter, box.level, box.before, box.after, box.keep), box.children
        case Balanced():
            return (id(box.styles), box.count, box.gutter, box.before, box.after, box.keep), box.children
        case Newspaper():
            return (box.measures, box.before, box.after, box.keep), (box.flow,)
        case GridBox():
            places = [(card.row, card.column, card.rows, card.span) for card in box.cards]
            grid = (id(box.styles), box.columns, box.gutter, box.gap, box.before, box.after, box.keep)
            return (grid, places), [card.box for card in box.cards]
        case Labelled():
            return (id(box.styles), box.indent, box.before, box.after, box.keep), (box.label, box.body)
        case Dressed():
            return (box.optional, box.lead), (box.child,)
        case Linked():
            return (box.tag, box.link), (box.child,)
        case _:
            return _small_parts(box)


def _small_parts(box: Box) -> tuple[tuple[object, ...], Sequence[Box | None]] | None:
    match box:
        case CheckBox():
            return (box.tag, box.size, box.color, box.before, box.after, box.keep), ()
        case RuleBox():
            return (box.color, box.thickness, box.before, box.after, box.keep), ()
        case Spring():
            return (box.weight, box.least, box.before, box.after, box.keep), ()
        case _:
            return None


# ------------------------------------------------------------------------------------------------- places


class Under(NamedTuple):
    """What pages depend on besides the boxes on them and the words of their running lines."""

    layout: LayoutSpec
    styles: StyleSheet
    head: Furniture | None
    foot: Furniture | None
    rest: tuple[object, ...]

    def same(self, other: Under) -> bool:
        alike = self.layout is other.layout and self.styles is other.styles
        return alike and self.head is other.head and self.foot is other.foot and self.rest == other.rest


class _Place(NamedTuple):
    """Where the frames of a text are: on which page, from which to which, and how it was placed."""

    page: int
    start: int
    end: int
    area: Rect
    setting: Setting


@dataclass(frozen=True, slots=True)
class Standing:
    """Pages of which there was nothing to say, and the boxes that stand on them at `setting`.

    `regions` are those of which the boxes after the first are. `running` is what the running lines of each page say,
    `tails` how many frames they have, the last of the page; `where` says on which page each text begins.
    """

    under: Under
    boxes: tuple[Box, ...]
    regions: tuple[object, ...]
    setting: Setting
    pages: tuple[Page, ...]
    running: tuple[tuple[str, ...], ...]
    tails: tuple[int, ...]
    where: Mapping[Tag, int]
    _at: dict[int, tuple[int, int]] = field(default_factory=dict)
    _places: dict[int, tuple[_Place, ...] | None] = field(default_factory=dict)

    def with_words(self, turns: Sequence[Turn]) -> tuple[tuple[Page, ...], list[Frame]] | None:
        """The pages with other texts in their places, and the frames of these; None where a place is not known."""
        cuts: list[tuple[_Place, list[Frame]]] = []
        for turn in turns:
            places = self._of(turn.before)
            if places is None:
                return None
            for place in places:
                frames: list[Frame] = []
                turn.after.place(place.area, place.setting, frames)
                cuts.append((place, frames))
        cuts.sort(key=lambda cut: (cut[0].page, cut[0].start))
        pages = list(self.pages)
        for at in {place.page for place, _ in cuts}:
            of_page = [(place, frames) for place, frames in cuts if place.page == at]
            pages[at] = Page(pages[at].size, tuple(_spliced(pages[at].frames, of_page)))
        return tuple(pages), [frame for _, frames in cuts for frame in frames]

    def _of(self, box: TextBox) -> tuple[_Place, ...] | None:
        """Where `box` stands; None where it is not known, as of one that is divided."""
        key = id(box)
        if key not in self._places:
            self._places[key] = self._sought(box)
        return self._places[key]

    def _sought(self, box: TextBox) -> tuple[_Place, ...] | None:
        if not self._at:
            for page, each in enumerate(self.pages):
                self._at.update((id(frame), (page, at)) for at, frame in enumerate(each.frames))
        placements = box.placements()
        if placements and not any(frames for *_, frames in placements):
            return ()
        found: list[_Place] = []
        for area, size, leading, frames in placements:
            if not frames:
                continue
            page, start = self._at.get(id(frames[0]), (0, -1))
            end = start + len(frames)
            if start >= 0 and all(map(is_, frames, self.pages[page].frames[start:end])):
                found.append(_Place(page, start, end, area, Setting(size=size, leading=leading)))
        return tuple(found) if len(found) == 1 else None


def _spliced(frames: Sequence[Frame], cuts: Sequence[tuple[_Place, list[Frame]]]) -> Iterator[Frame]:
    at = 0
    for place, own in cuts:
        yield from frames[at : place.start]
        yield from own
        at = place.end
    yield from frames[at:]


@dataclass(slots=True)
class Standings:
    """Documents that were laid out lately, and last those that others stood as."""

    _known: list[Standing] = field(default_factory=list)

    def under(self, under: Under) -> Iterator[Standing]:
        """Those that depend on the same besides their boxes, the latest first."""
        return (standing for standing in self._known[::-1] if standing.under.same(under))

    def again(self, standing: Standing) -> None:
        """Another document stands as `standing` does."""
        if self._known[-1] is not standing:
            self._known = [*(each for each in self._known if each is not standing), standing]

    def keep(self, standing: Standing) -> None:
        if len(self._known) >= _MOST:
            del self._known[0]
        self._known.append(standing)
