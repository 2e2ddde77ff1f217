"""Tables: columns sized by what is in them, rows as tall as their tallest cell, split between rows.

A cell may take several columns and rows; a page break never cuts one that takes several rows, and cuts a
row only when it is long. Numbers of a decimal column stand in a field of their own in the middle of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.geometry import Rect
from briefpack.graphics.primitives import Path, line, rectangle
from briefpack.layout.boxes import Box, TextBox, Words
from briefpack.layout.frames import Frame, ShapeFrame
from briefpack.layout.spans import Reach, bands, row_heights, stretches
from briefpack.layout.styles import Setting, StyleSheet, TableSpec
from briefpack.namedtuple import NamedTuple


@dataclass(frozen=True, slots=True, eq=False)
class CellBox:
    """A cell from column `column` on, over `span` columns and `rows` rows.

    `mark` is how far the decimal mark of a number stands from its start, in thousandths of its size.
    """

    text: TextBox
    column: int
    span: int = 1
    rows: int = 1
    mark: float | None = None

    def before_mark(self, setting: Setting) -> float:
        """The width in points of what stands before the decimal mark."""
        return (self.mark or 0.0) * self.text.styles.size(self.text.spec, setting) / 1000


Cells = tuple[CellBox, ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """The least and the natural width of a cell's text, in points."""

    column: int
    span: int
    least: float
    most: float


def _extent(cell: CellBox, setting: Setting) -> Extent:
    most = cell.text.natural_width(setting)
    return Extent(cell.column, cell.span, most if cell.mark is not None else cell.text.least_width(setting), most)


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

# Columns are settled by as many rows as this, spread over the table.
_SAMPLE: Final = 60

# A row of more lines than this may be cut at a page's end.
_LONG_ROW: Final = 10


def _lines(rows: Sequence[Sequence[Extent]], widths: Sequence[float], beside: float) -> float:
    """About how tall the table is, in lines; a little is added for being uneven, to settle ties."""
    total = 0.0
    for row in rows:
        counts = [_count(cell.most, _over(cell, widths, beside)) for cell in row]
        total += max(counts, default=0.0) + sum(counts) * 0.01
    return total


def _count(most: float, width: float) -> float:
    return 1.0 if most <= width else math.ceil(most / (width * _FILL))


def _over(cell: Extent, widths: Sequence[float], beside: float) -> float:
    """The width of the columns that a cell takes."""
    if cell.span == 1:
        return widths[cell.column]
    return sum(widths[cell.column : cell.column + cell.span]) + 2 * beside * (cell.span - 1)


def _settled(widths: list[float], least: list[float], rows: Sequence[Sequence[Extent]], beside: float) -> list[float]:
    """Move width between columns, a step at a time, as long as the table gets less tall."""
    best = _lines(rows, widths, beside)
    for _ in range(_ROUNDS):
        moves = [
            (_lines(rows, moved, beside), moved)
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


def _widened(widths: list[float], spanning: Sequence[tuple[Extent, float]], beside: float) -> list[float]:
    """`widths` with room for cells over several columns, each with the width that it needs, in equal parts."""
    widths = list(widths)
    for cell, needed in sorted(spanning, key=lambda each: each[0].span):
        lacking = needed - _over(cell, widths, beside)
        if lacking > 0:
            for at in range(cell.column, cell.column + cell.span):
                widths[at] += lacking / cell.span
    return widths


class Edges(NamedTuple):
    """Where each column of a table begins and how wide it is, in points."""

    starts: list[float]
    widths: list[float]

    def over(self, cell: CellBox) -> float:
        """The width of the columns that `cell` takes."""
        last = cell.column + cell.span - 1
        return self.starts[last] + self.widths[last] - self.starts[cell.column]


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a head or a body in their places: how tall each is, and what is left over for each."""

    rows: tuple[Cells, ...]
    heights: list[float]
    extra: float
    head: bool

    def tall(self, row: int, cell: CellBox) -> float:
        """The height of the rows that `cell` takes."""
        rows = self.heights[row : row + cell.rows]
        return sum(rows) + self.extra * len(rows)

    def crossed(self, row: int) -> set[int]:
        """The columns of cells that reach from `row` or above into the row below."""
        return {
            column
            for at in range(row + 1)
            for cell in self.rows[at]
            if cell.rows > 1 and row < at + cell.rows - 1
            for column in range(cell.column, cell.column + cell.span)
        }


@dataclass(frozen=True, slots=True, eq=False)
class TableBox:
    """A table of text cells, its caption above. `weights` share out width beyond what the cells need.

    `spanned` says whether any cell takes several rows.
    """

    caption: TextBox | None
    head: tuple[Cells, ...]
    rows: tuple[Cells, ...]
    weights: tuple[float, ...]
    spec: TableSpec
    styles: StyleSheet
    spanned: bool = False
    keep: bool = False
    # Of the whole table, also where this is only what a page has of it.
    _widths: dict[float, list[float]] = field(default_factory=dict)
    _fields: dict[Setting, dict[int, tuple[float, float]]] = field(default_factory=dict)
    _heights: dict[tuple[bool, float, float, float, float], list[float]] = field(default_factory=dict)

    @property
    def before(self) -> float:
        return self.spec.before

    @property
    def after(self) -> float:
        return self.spec.after

    def _padding(self, setting: Setting) -> tuple[float, float]:
        quarter = self.styles.quarter(setting)
        return self.spec.padding[0] * quarter * setting.spacing, self.spec.padding[1] * quarter

    # ------------------------------------------------------------------------------------------- columns

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
        least, most = self._extents(cells, beside, setting)
        room = width - beside * 2 * (len(least) - 1)
        if sum(most) <= room:
            spare = room - sum(most)
            total = sum(self.weights) or 1.0
            return [each + spare * weight / total for each, weight in zip(most, self.weights, strict=True)]
        least = _capped(least, room)
        start = _proportional(least, most, self.weights, room)
        step = max(1, len(cells) // _SAMPLE)
        return _settled(start, least, cells[::step], beside)

    def _extents(
        self, cells: Sequence[Sequence[Extent]], beside: float, setting: Setting
    ) -> tuple[list[float], list[float]]:
        """The least and the natural widths of the columns."""
        columns = range(len(self.weights))
        single = [extent for row in cells for extent in row if extent.span == 1]
        spanning = [extent for row in cells for extent in row if extent.span > 1]
        least, most = [0.0 for _ in columns], [0.0 for _ in columns]
        for extent in single:
            least[extent.column] = max(least[extent.column], extent.least)
            most[extent.column] = max(most[extent.column], extent.most)
        for column, (lead, tail) in self._decimal_fields(setting).items():
            least[column] = max(least[column], lead + tail)
            most[column] = max(most[column], lead + tail)
        least = _widened(least, [(extent, extent.least) for extent in spanning], beside)
        most = _widened(most, [(extent, extent.most) for extent in spanning], beside)
        return least, most

    def _decimal_fields(self, setting: Setting) -> dict[int, tuple[float, float]]:
        """For each column with numbers in line, the width before the decimal marks and from them on."""
        found = self._fields.get(setting)
        if found is None:
            found = self._fields[setting] = {}
            for cell in self._marked():
                lead, tail = found.get(cell.column, (0.0, 0.0))
                before = cell.before_mark(setting)
                after = cell.text.natural_width(setting) - before
                found[cell.column] = max(lead, before), max(tail, after)
        return found

    def _marked(self) -> Iterator[CellBox]:
        return (cell for row in (*self.head, *self.rows) for cell in row if cell.mark is not None)

    def legible(self, width: float, setting: Setting, lines: int) -> bool:
        """Whether in a table of `width` points no word is divided for want of room and no cell has more `lines`."""
        edges = self.edges(width, setting)
        cells = [(cell.text, edges.over(cell)) for row in (*self.head, *self.rows) for cell in row]
        return all(
            text.least_width(setting) <= room + 0.01 and text.count(room, setting) <= lines for text, room in cells
        )

    def crowded(self) -> tuple[TextBox, float] | None:
        """The first cell whose longest word has no room in its columns, at a width that they were sought for, and
        that width."""
        for width in self._widths:
            edges = self.edges(width, Setting())
            for cell in (cell for row in (*self.head, *self.rows) for cell in row):
                if cell.text.least_width(Setting()) > edges.over(cell) + 0.01:
                    return cell.text, width
        return None

    def needs(self) -> list[float]:
        """The widths in points that the first columns need for their longest words: of one, of two, up to all."""
        _, beside = self._padding(Setting())
        cells = [[_extent(cell, Setting()) for cell in row] for row in (*self.head, *self.rows)]
        least, _ = self._extents(cells, beside, Setting())
        return [sum(least[:count]) + 2 * beside * (count - 1) for count in range(1, len(least) + 1)]

    def edges(self, width: float, setting: Setting) -> Edges:
        """The columns of a table of `width` points."""
        _, beside = self._padding(setting)
        widths = self.widths(width)
        starts, x = [], 0.0
        for each in widths:
            starts.append(x)
            x += each + 2 * beside
        return Edges(starts, widths)

    # ---------------------------------------------------------------------------------------------- rows

    def _row_heights(self, width: float, setting: Setting, *, head: bool) -> tuple[list[float], float]:
        """The heights of the rows, and what each has of white besides.

        Where no cell takes several rows the white is not in them, for no spacing changes them then.
        """
        above, _ = self._padding(setting)
        inside = 2 * above if self.spanned else 0.0
        key = (head, width, setting.size, setting.leading, inside)
        found = self._heights.get(key)
        if found is None:
            edges, rows = self.edges(width, setting), self.head if head else self.rows
            cells = [
                Reach(at, cell.rows, cell.text.height(edges.over(cell), setting) + inside)
                for at, row in enumerate(rows)
                for cell in row
            ]
            found = self._heights[key] = row_heights(len(rows), cells)
        return found, 2 * above - inside

    def _caption_height(self, width: float, setting: Setting) -> float:
        if self.caption is None:
            return 0.0
        return self.caption.height(width, setting) + self.styles.space(self.caption.after, setting)

    def height(self, width: float, setting: Setting) -> float:
        return self._caption_height(width, setting) + sum(self._tall(width, setting, head) for head in (True, False))

    def _tall(self, width: float, setting: Setting, head: bool) -> float:
        heights, white = self._row_heights(width, setting, head=head)
        return sum(heights) + white * len(heights)

    def flex(self, width: float, setting: Setting) -> float:
        above, _ = self._padding(setting)
        return 2 * above * len(self.rows) * 0.5

    # --------------------------------------------------------------------------------------------- placing

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        spare = area.height - self.height(area.width, setting)
        extra = spare / len(self.rows) if spare > 0 and self.rows else 0.0
        y = area.y
        if self.caption is not None:
            height = self.caption.height(area.width, setting)
            self.caption.place(Rect(area.x, y, area.width, height), setting, frames)
            y += self._caption_height(area.width, setting)
        for head, rows in ((True, self.head), (False, self.rows)):
            heights, white = self._row_heights(area.width, setting, head=head)
            placing = _Rows(rows, [each + white for each in heights], 0.0 if head else extra, head)
            for at in range(len(rows)):
                y = self._place_row(placing, at, Rect(area.x, y, area.width, area.bottom - y), setting, frames)

    def _place_row(self, rows: _Rows, at: int, area: Rect, setting: Setting, frames: list[Frame]) -> float:
        edges = self.edges(area.width, setting)
        above, _ = self._padding(setting)
        bottom = area.y + rows.heights[at] + rows.extra
        if rows.head and self.spec.head_ground:
            ground = Rect(area.x, area.y, area.width, bottom - area.y)
            frames.append(ShapeFrame(None, ground, (Path(rectangle(ground), fill=self.spec.head_ground),)))
        for cell in rows.rows[at]:
            width = edges.over(cell)
            own = cell.text.height(width, setting)
            # Column headers stand on the rule below them; everything else hangs from the top.
            lower = rows.tall(at, cell) - 2 * above - own if rows.head else rows.extra / 2
            place = Rect(area.x + edges.starts[cell.column], area.y + above + lower, width, own)
            self._place_cell(cell, place, setting, frames)
        frames += self._rules(rows, at, Rect(area.x, bottom, area.width, 0), edges)
        return bottom

    def _place_cell(self, cell: CellBox, place: Rect, setting: Setting, frames: list[Frame]) -> None:
        x, width = self.standing(cell, place.width, setting)
        cell.text.place(Rect(place.x + x, place.y, width, place.height), setting, frames)

    def standing(self, cell: CellBox, room: float, setting: Setting) -> tuple[float, float]:
        """Where in columns `room` points wide the text of `cell` begins, and its width there: a number goes into the
        field of its column where that is wide enough; everything else has all of it, as it is aligned."""
        lead, tail = self._decimal_fields(setting).get(cell.column, (0.0, 0.0))
        if cell.mark is None or lead + tail > room + 0.01:
            return 0.0, room
        # A little more than its width, that it surely is one line.
        x = (room - lead - tail) / 2 + lead - cell.before_mark(setting)
        return x, cell.text.natural_width(setting) + 0.01

    def _rules(self, rows: _Rows, at: int, foot: Rect, edges: Edges) -> Iterator[Frame]:
        """The rules below a row: across the table, but not through a cell that goes on below.

        Below a row of the head that is not its last, only under cells that head several columns.
        """
        last = at == len(rows.rows) - 1
        rule = self.spec.head_rule if rows.head else self.spec.rule
        if not rule:
            return
        columns = [column for column in range(len(edges.widths)) if column not in rows.crossed(at)]
        parts = stretches(columns)
        if rows.head and not last:
            parts = [(cell.column, cell.column + cell.span - 1) for cell in rows.rows[at] if cell.span > 1]
        width = 1.0 if rows.head and last else 0.5
        for first, end in parts:
            whole = len(columns) == len(edges.widths) and len(parts) == 1 and not (rows.head and not last)
            left = foot.x if whole else foot.x + edges.starts[first]
            right = foot.right if whole else foot.x + edges.starts[end] + edges.widths[end]
            path = Path(line(left, foot.y, right, foot.y), stroke=rule, width=width)
            yield ShapeFrame(None, Rect(left, foot.y, right - left, 0), (path,))

    # -------------------------------------------------------------------------------------------- splitting

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        heights, white = self._row_heights(width, setting, head=False)
        used = self._caption_height(width, setting) + self._tall(width, setting, True)
        for start, end in bands(max((cell.rows for cell in row), default=1) for row in self.rows):
            needed = sum(heights[start:end]) + white * (end - start)
            if used + needed > room + 0.01:
                cut = self._cut(self.rows[start], width, room - used, setting) if end - start == 1 else None
                if cut is not None:
                    above, below = cut
                    return self._part((*self.rows[:start], above)), self._rest((below, *self.rows[end:]))
                return self._parted(start) if start else (None, self)
            used += needed
        return self, None

    def _cut(self, row: Cells, width: float, room: float, setting: Setting) -> tuple[Cells, Cells] | None:
        """A long row in two, `room` points for the first; None for one that is not long or has not the room."""
        above, _ = self._padding(setting)
        edges = self.edges(width, setting)
        if max((cell.text.count(edges.over(cell), setting) for cell in row), default=0) <= _LONG_ROW:
            return None
        heads: list[CellBox] = []
        tails: list[CellBox] = []
        for cell in row:
            head, tail = cell.text.split(edges.over(cell), room - 2 * above, setting)
            if not isinstance(head, TextBox):
                return None
            heads.append(replace(cell, text=head))
            if isinstance(tail, TextBox):
                tails.append(replace(cell, text=tail))
        return tuple(heads), tuple(tails)

    def _parted(self, at: int) -> tuple[TableBox, TableBox]:
        """The table cut before row `at`, each part with what is known of the heights of its rows."""
        above, below = self._part(self.rows[:at]), self._rest(self.rows[at:])
        for key, heights in self._heights.items():
            head, *_ = key
            above._heights[key] = heights if head else heights[:at]
            below._heights[key] = heights if head else heights[at:]
        return above, below

    def _part(self, rows: tuple[Cells, ...]) -> TableBox:
        return replace(self, rows=rows, _heights={})

    def _rest(self, rows: tuple[Cells, ...]) -> TableBox:
        """What goes over to the next page: the head again, as an artifact, and the rows left."""
        head = tuple(tuple(replace(cell, text=_untagged(cell.text)) for cell in row) for row in self.head)
        return replace(self, caption=None, head=head, rows=rows, _heights={})

    def words(self) -> Sequence[Words]:
        cells = [cell.text for row in (*self.head, *self.rows) for cell in row]
        texts = cells if self.caption is None else [self.caption, *cells]
        return [words for text in texts for words in text.words()]


def _untagged(text: TextBox) -> TextBox:
    return replace(text, tag=None, links=(), notes=())
