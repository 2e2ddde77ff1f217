"""Newspaper columns: a flow that goes on from the foot of one column to the head of the next, page after page.

Balanced columns are as short as can be and of one height; filled ones take all the height there is, one after
the other. Where a column ends follows the rules of where a page ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.geometry import Rect
from briefpack.layout.boxes import Box, Filling, Flow, Gridded, Leaf, Long, Whole, Words, lift, split_boxes
from briefpack.layout.frames import Frame
from briefpack.layout.styles import Setting

# How near the height of balanced columns comes to the least, in points.
_NEAR: Final = 1.0

# At the foot of a page columns of fewer body lines than this are not begun.
_SHORTEST: Final = 4

# What is this many times as long as the columns of a page are together is not measured any further.
_SURELY: Final = 1.25

Boxes = list[Box]


@dataclass(frozen=True, slots=True)
class Measures:
    """`count` columns side by side, `gutter` points apart."""

    count: int
    gutter: float

    def each(self, width: float) -> float:
        """The width of a column."""
        return (width - (self.count - 1) * self.gutter) / self.count


@dataclass(frozen=True, slots=True, eq=False)
class Poured(Leaf, Whole, Gridded):
    """Columns whose contents are settled; on the baseline grid their white too, for more would part their feet."""

    columns: tuple[Flow, ...]
    measures: Measures
    spacing: float | None = None
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def _own(self, setting: Setting) -> Setting:
        return setting if self.spacing is None else setting._replace(spacing=self.spacing)

    def height(self, width: float, setting: Setting) -> float:
        each, own = self.measures.each(width), self._own(setting)
        return max((column.height(each, own) for column in self.columns), default=0.0)

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        each, own = self.measures.each(area.width), self._own(setting)
        for at, column in enumerate(self.columns):
            x = area.x + at * (each + self.measures.gutter)
            y = area.y + lift(column, own)
            column.place(Rect(x, y, each, column.height(each, own)), own, frames)

    def words(self) -> Sequence[Words]:
        return [words for column in self.columns for words in column.words()]


@dataclass(frozen=True, slots=True, eq=False)
class Newspaper(Long, Gridded):
    """Balanced columns that are still to be poured."""

    flow: Flow
    measures: Measures
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    _balanced: dict[tuple[float, Setting], Poured] = field(default_factory=dict)

    def balanced(self, width: float, setting: Setting) -> Poured:
        """All of it in columns of about the same height."""
        found = self._balanced.get((width, setting))
        if found is None:
            found = self._balanced[width, setting] = self._balance(width, setting)
        return found

    def _balance(self, width: float, setting: Setting) -> Poured:
        """The least height at which nothing is left over lies between an equal share and one column of all."""
        high = self.flow.height(self.measures.each(width), setting)
        low = high / self.measures.count - _NEAR
        best, _ = self._pour(width, high + _NEAR, setting)
        while high - low > _NEAR:
            middle = (low + high) / 2
            columns, rest = self._pour(width, middle, setting)
            if rest:
                low = middle
            else:
                best, high = columns, middle
        return self._poured(best, setting)

    def _pour(self, width: float, room: float, setting: Setting) -> tuple[list[Boxes], Boxes]:
        """The boxes of each column, none taller than `room`, and what is left."""
        each = self.measures.each(width)
        columns: list[Boxes] = []
        rest = list(self.flow.kept(setting))
        while rest and len(columns) < self.measures.count:
            head, left = split_boxes(rest, self.flow, each, room, setting)
            # A heading that would end a column needs a taller one; the others here are as tall.
            if not head or (left and head[-1].keep):
                break
            columns.append(head)
            rest = left
        return columns, rest

    def _poured(self, columns: Sequence[Boxes], setting: Setting) -> Poured:
        flows = tuple(Flow(tuple(boxes), self.flow.styles) for boxes in columns)
        spacing = setting.spacing if self.flow.styles.snaps else None
        return Poured(flows, self.measures, spacing, self.before, self.after, self.keep)

    def height(self, width: float, setting: Setting) -> float:
        return self.balanced(width, setting).height(width, setting)

    def within(self, width: float, room: float, setting: Setting) -> float | None:
        if (width, setting) not in self._balanced and self._pour(width, room, setting)[1]:
            # What a column of this height may not end with, a shorter one may: only much is surely too much.
            most = room * self.measures.count * _SURELY
            if self.flow.within(self.measures.each(width), most, setting) is None:
                return None
        height = self.height(width, setting)
        return height if height <= room else None

    def flex(self, width: float, setting: Setting) -> float:
        return 0.0

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        self.balanced(area.width, setting).place(area, setting, frames)

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        if self.within(width, room + 0.01, setting) is not None:
            return self, None
        return self._filled(width, room, setting)

    def _filled(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        """Columns that take all of `room`, and what is left over."""
        least, step = _SHORTEST * 4 * self.flow.styles.quarter(setting), self.flow.styles.quarter(setting)
        if room < least:
            return None, self
        columns, rest = self._pour(width, room, setting)
        while not columns and room - step >= least:
            room -= step
            columns, rest = self._pour(width, room, setting)
        if not columns:
            return None, self
        if not rest:
            return self._poured(columns, setting), None
        left = replace(self, flow=Flow(tuple(rest), self.flow.styles, settled=True), _balanced={})
        return self._poured(columns, setting), left

    def words(self) -> Sequence[Words]:
        return self.flow.words()


@dataclass(frozen=True, slots=True, eq=False)
class Filled(Newspaper, Filling):
    """Columns that are filled one after the other; of what is not cut, as tall as balanced ones."""

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        return self._filled(width, room, setting)
