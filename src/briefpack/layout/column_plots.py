"""Columns: upright bars, their amounts on them and their labels below. Where they do not fit side by side, rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.geometry import Rect
from briefpack.graphics.patterns import area
from briefpack.graphics.primitives import Path, line
from briefpack.graphics.scales import Scale, span
from briefpack.layout.boxes import TextBox, Whole, Words
from briefpack.layout.frames import Frame
from briefpack.layout.lettering import FULL, NOTE, Lettering, one_line, put, shape
from briefpack.layout.row_plots import RowsPlot
from briefpack.layout.styles import Setting

# In sizes of the labels: how wide a column with its white may be and how tall the plot, and the white.
_WIDEST: Final = 8.0
_TALL: Final = 9.0
_GAP: Final = 0.5
# Of its slot, what a column takes.
_FILL: Final = 0.68

_MOST_LINES: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class ColumnsPlot(Whole):
    """Columns, or `rows` in their place."""

    lettering: Lettering
    rows: RowsPlot
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def _slot(self, width: float) -> float:
        widest = _WIDEST * self.lettering.em(FULL) * max(1.0, self._series / 2)
        return min(width / len(self.lettering.rows), widest)

    @property
    def _series(self) -> int:
        return max(len(row.amounts) for row in self.lettering.rows)

    def upright(self, width: float) -> bool:
        """Whether labels stand below their columns without being divided, and amounts clear of each other."""
        em, slot = self.lettering.em(FULL), self._slot(width)
        room = slot - _GAP * em
        amounts = (text for row in self.lettering.rows for text in row.amounts)
        labels = [text for row in self.lettering.rows for text in row.texts]
        return (
            all(
                one_line(text, FULL) + 0.25 * em <= slot * (0.9 if self._series > 1 else 1.0) / self._series
                for text in amounts
            )
            and all(text.least_width(FULL) <= room for text in labels)
            and all(text.count(room, FULL) <= _MOST_LINES for text in labels)
        )

    def _text_height(self, width: float, setting: Setting) -> float:
        room = self._slot(width) - _GAP * self.lettering.em(FULL)
        space = self.lettering.space(NOTE, setting)
        return max(
            row.label.height(room, setting) + (space + row.note.height(room, setting) if row.note is not None else 0.0)
            for row in self.lettering.rows
        )

    def _plot_height(self, setting: Setting) -> float:
        return _TALL * self.lettering.em(setting) * (0.5 + setting.spacing / 2)

    def height(self, width: float, setting: Setting) -> float:
        if not self.upright(width):
            return self.rows.height(width, setting)
        head = self.lettering.head(unit=True).height(width, setting)
        below = self.lettering.space(NOTE, setting) + self._text_height(width, setting)
        return head + self._plot_height(setting) + below

    def flex(self, width: float, setting: Setting) -> float:
        return self._plot_height(setting) * 0.15 if self.upright(width) else self.rows.flex(width, setting)

    def words(self) -> Sequence[Words]:
        return self.lettering.words()

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        if not self.upright(area.width):
            self.rows.place(area, setting, frames)
            return
        spare = max(0.0, area.height - self.height(area.width, setting))
        top = self.lettering.head(unit=True).place(area, setting, frames)
        plot = Rect(area.x, top, self._slot(area.width) * len(self.lettering.rows), self._plot_height(setting) + spare)
        scale = self._scale(plot, setting)
        zero = scale.at(0.0)
        ink = Path(line(plot.x, zero, plot.right, zero), stroke=self.lettering.label.color, width=0.75)
        shape(frames, None, [ink])
        for at in range(len(self.lettering.rows)):
            self._column(at, plot, scale, setting, frames)

    def _scale(self, plot: Rect, setting: Setting) -> Scale:
        """Upwards, with room for amounts above the tallest column and below the deepest."""
        numbers = [amount.at for row in self.lettering.rows for amount in row.datum.amounts]
        given = self.lettering.plot
        low, high = span(min(0.0, *numbers, given.start or 0.0), max(0.0, *numbers, given.end or 0.0))
        room = (0.55 + 0.75) * self.lettering.em(setting)
        below = room if low < 0 else 0.0
        return Scale(low, high, plot.bottom - below, plot.y + (room if high > 0 else 0.0))

    def _column(self, at: int, plot: Rect, scale: Scale, setting: Setting, frames: list[Frame]) -> None:
        row, slot = self.lettering.rows[at], self._slot(plot.width + 1e-6)
        slot = plot.width / len(self.lettering.rows)
        left = plot.x + at * slot
        fill = 0.9 if self._series > 1 else _FILL
        wide = slot * fill / len(row.amounts)
        for series, (amount, text) in enumerate(zip(row.datum.amounts, row.amounts, strict=True)):
            x = left + slot * (1 - fill) / 2 + series * wide
            self._bar(
                series,
                amount.at,
                text,
                Rect(x, plot.y, wide * (0.92 if self._series > 1 else 1.0), 0),
                scale,
                setting,
                frames,
            )
        room = slot - _GAP * self.lettering.em(FULL)
        y = plot.bottom + self.lettering.space(NOTE, setting)
        for text in row.texts:
            wide_text = min(one_line(text, setting), room)
            for_lines = room if text.count(room, setting) > 1 else wide_text
            put(text, left + (slot - for_lines) / 2, y, setting, frames, for_lines)
            y += text.height(room, setting) + self.lettering.space(NOTE, setting)

    def _bar(
        self,
        series: int,
        value: float,
        text: TextBox,
        place: Rect,
        scale: Scale,
        setting: Setting,
        frames: list[Frame],
    ) -> None:
        zero, end = scale.at(0.0), scale.at(value)
        bar = Rect(place.x, min(zero, end), place.width, abs(end - zero))
        shape(frames, self.lettering.tag, area(bar, self.lettering.fill(series)))
        gap = 0.5 * self.lettering.em(setting)
        y = end - gap - text.cap(setting) if value >= 0 else end + gap
        put(text, place.x + (place.width - one_line(text, setting)) / 2, y, setting, frames)
