"""Tables: columns sized by what is in them, rows as tall as their tallest cell, split between rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from briefpack.geometry import Rect
from briefpack.graphics.primitives import Path, line, rectangle
from briefpack.layout.boxes import Box, TextBox, Words
from briefpack.layout.frames import Frame, ShapeFrame
from briefpack.layout.styles import Setting, StyleSheet, TableSpec


@dataclass(frozen=True, slots=True, eq=False)
class CellBox:
    text: TextBox
    column: int
    span: int = 1


@dataclass(frozen=True, slots=True)
class Extent:
    """The least and the natural width of a cell's text, in points."""

    column: int
    span: int
    least: float
    most: float


def _extent(cell: CellBox, setting: Setting) -> Extent:
    return Extent(cell.column, cell.span, cell.text.least_width(setting), cell.text.natural_width(setting))


def _proportional(least: list[float], most: list[float], weights: Sequence[float], room: float) -> list[float]:
    """Each column its least, and what is left in proportion to what it would like and its weight.

    After the automatic table layout of CSS 2.2, 17.5.2.2.
    """
    wish = [(high - low) * weight for high, low, weight in zip(most, least, weights, strict=True)]
    spare = max(0.0, room - sum(least))
    total = sum(wish) or 1.0
    return [each + spare * part / total for each, part in zip(least, wish, strict=True)]


def _capped(least: list[float], room: float) -> list[float]:
    """The least widths, the widest of them cut down as far as `room` asks; words that are wider are divided."""
    left = max(room, float(len(least)))
    capped = {}
    for count, at in enumerate(sorted(range(len(least)), key=least.__getitem__)):
        capped[at] = min(least[at], left / (len(least) - count))
        left -= capped[at]
    return [capped[at] for at in range(len(least))]


# A text broken into lines fills them to about nine tenths.
_FILL: Final = 0.9
_STEP: Final = 6.0
_ROUNDS: Final = 40


def _lines(rows: Sequence[Sequence[Extent]], widths: Sequence[float]) -> float:
    """About how tall the table is, in lines; a little is added for being uneven, to settle ties."""
    total = 0.0
    for row in rows:
        counts = [
            1.0 if cell.most <= widths[cell.column] else math.ceil(cell.most / (widths[cell.column] * _FILL))
            for cell in row
        ]
        total += max(counts, default=0.0) + sum(counts) * 0.01
    return total


def _settled(widths: list[float], least: list[float], rows: Sequence[Sequence[Extent]]) -> list[float]:
    """Move width between columns, a step at a time, as long as the table gets less tall."""
    best = _lines(rows, widths)
    for _ in range(_ROUNDS):
        moves = [
            (_lines(rows, moved), moved)
            for giver in range(len(widths))
            for taker in range(len(widths))
            if giver != taker and widths[giver] - _STEP >= least[giver]
            for moved in [[w + _STEP * ((at == taker) - (at == giver)) for at, w in enumerate(widths)]]
        ]
        height, moved = min(moves, default=(best, widths))
        if height >= best:
            break
        best, widths = height, moved
    return widths


@dataclass(frozen=True, slots=True, eq=False)
class TableBox:
    """A table of text cells, its caption above. `weights` share out width beyond what the cells need."""

    caption: TextBox | None
    head: tuple[tuple[CellBox, ...], ...]
    rows: tuple[tuple[CellBox, ...], ...]
    weights: tuple[float, ...]
    spec: TableSpec
    styles: StyleSheet
    keep: bool = False
    _widths: dict[float, list[float]] = field(default_factory=dict)
    _tallest: dict[tuple[int, float, float, float], float] = field(default_factory=dict)

    @property
    def before(self) -> float:
        return self.spec.before

    @property
    def after(self) -> float:
        return self.spec.after

    def _padding(self, setting: Setting) -> tuple[float, float]:
        quarter = self.styles.quarter(setting)
        return self.spec.padding[0] * quarter * setting.spacing, self.spec.padding[1] * quarter

    def widths(self, width: float) -> list[float]:
        """Column widths for a table of `width` points: those that make it least tall at its full size.

        They stay as they are when the type gets smaller, so that a page does not jump while it is fitted.
        """
        found = self._widths.get(width)
        if found is None:
            found = self._widths[width] = self._best_widths(width, Setting())
        return found

    def _best_widths(self, width: float, setting: Setting) -> list[float]:
        _, beside = self._padding(setting)
        cells = [[_extent(cell, setting) for cell in row] for row in (*self.head, *self.rows)]
        columns = range(len(self.weights))
        single = [extent for row in cells for extent in row if extent.span == 1]
        least = [max((e.least for e in single if e.column == at), default=0.0) for at in columns]
        most = [max((e.most for e in single if e.column == at), default=0.0) for at in columns]
        room = width - beside * 2 * (len(least) - 1)
        if sum(most) <= room:
            spare = room - sum(most)
            total = sum(self.weights) or 1.0
            return [each + spare * weight / total for each, weight in zip(most, self.weights, strict=True)]
        least = _capped(least, room)
        start = _proportional(least, most, self.weights, room)
        return _settled(start, least, [[e for e in row if e.span == 1] for row in cells])

    def legible(self, width: float, setting: Setting, lines: int) -> bool:
        """Whether in a table of `width` points no word is divided for want of room and no cell has more `lines`."""
        edges, widths = self._edges(width, setting)
        cells = [(cell.text, self._cell_width(cell, edges, widths)) for row in (*self.head, *self.rows) for cell in row]
        return all(
            text.least_width(setting) <= room + 0.01 and text.count(room, setting) <= lines for text, room in cells
        )

    def _edges(self, width: float, setting: Setting) -> tuple[list[float], list[float]]:
        _, beside = self._padding(setting)
        widths = self.widths(width)
        edges, x = [], 0.0
        for each in widths:
            edges.append(x)
            x += each + 2 * beside
        return edges, widths

    def _cell_width(self, cell: CellBox, edges: list[float], widths: list[float]) -> float:
        last = cell.column + cell.span - 1
        return edges[last] + widths[last] - edges[cell.column]

    def _row_height(self, row: Sequence[CellBox], width: float, setting: Setting) -> float:
        above, _ = self._padding(setting)
        key = (id(row), width, setting.size, setting.leading)
        tallest = self._tallest.get(key)
        if tallest is None:
            edges, widths = self._edges(width, setting)
            heights = [cell.text.height(self._cell_width(cell, edges, widths), setting) for cell in row]
            tallest = self._tallest[key] = max(heights, default=0.0)
        return tallest + 2 * above

    def _caption_height(self, width: float, setting: Setting) -> float:
        if self.caption is None:
            return 0.0
        return self.caption.height(width, setting) + self.styles.space(self.caption.after, setting)

    def height(self, width: float, setting: Setting) -> float:
        rows = sum(self._row_height(row, width, setting) for row in (*self.head, *self.rows))
        return self._caption_height(width, setting) + rows

    def flex(self, width: float, setting: Setting) -> float:
        above, _ = self._padding(setting)
        return 2 * above * len(self.rows) * 0.5

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        spare = area.height - self.height(area.width, setting)
        extra = spare / len(self.rows) if spare > 0 and self.rows else 0.0
        y = area.y
        if self.caption is not None:
            height = self.caption.height(area.width, setting)
            self.caption.place(Rect(area.x, y, area.width, height), setting, frames)
            y += self._caption_height(area.width, setting)
        for row in self.head:
            y = self._place_row(row, area, y, 0.0, setting, frames, head=True)
        for row in self.rows:
            y = self._place_row(row, area, y, extra, setting, frames, head=False)

    def _place_row(
        self,
        row: Sequence[CellBox],
        area: Rect,
        y: float,
        extra: float,
        setting: Setting,
        frames: list[Frame],
        *,
        head: bool,
    ) -> float:
        edges, widths = self._edges(area.width, setting)
        above, _ = self._padding(setting)
        height = self._row_height(row, area.width, setting) + extra
        if head and self.spec.head_ground:
            ground = Rect(area.x, y, area.width, height)
            frames.append(ShapeFrame(None, ground, (Path(rectangle(ground), fill=self.spec.head_ground),)))
        inner = height - 2 * above
        for cell in row:
            width = self._cell_width(cell, edges, widths)
            own = cell.text.height(width, setting)
            # Column headers stand on the rule below them; everything else hangs from the top.
            top = y + above + (inner - own if head else extra / 2)
            cell.text.place(Rect(area.x + edges[cell.column], top, width, own), setting, frames)
        rule = self.spec.head_rule if head else self.spec.rule
        if rule:
            bottom = y + height
            path = Path(line(area.x, bottom, area.right, bottom), stroke=rule, width=1.0 if head else 0.5)
            frames.append(ShapeFrame(None, Rect(area.x, bottom, area.width, 0), (path,)))
        return y + height

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        used = self._caption_height(width, setting)
        used += sum(self._row_height(row, width, setting) for row in self.head)
        for index, row in enumerate(self.rows):
            used += self._row_height(row, width, setting)
            if used > room + 0.01:
                if index == 0:
                    return None, self
                return replace(self, rows=self.rows[:index], _tallest={}), self._rest(index)
        return self, None

    def _rest(self, index: int) -> TableBox:
        """What goes over to the next page: the head again, as an artifact, and the rows left."""
        head = tuple(tuple(replace(cell, text=_untagged(cell.text)) for cell in row) for row in self.head)
        return replace(self, caption=None, head=head, rows=self.rows[index:], _tallest={})

    def words(self) -> Sequence[Words]:
        cells = [cell.text for row in (*self.head, *self.rows) for cell in row]
        texts = cells if self.caption is None else [self.caption, *cells]
        return [words for text in texts for words in text.words()]


def _untagged(text: TextBox) -> TextBox:
    return replace(text, tag=None, links=())
