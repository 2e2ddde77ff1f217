"""Plots in rows: bars, stacked bars and intervals, a label beside each row or, where it is narrow, above it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.document import PlotKind
from briefpack.geometry import Rect
from briefpack.graphics.patterns import Fill, Pattern, area, circle
from briefpack.graphics.primitives import Path, line, rectangle
from briefpack.graphics.scales import Scale, Ticks, span, ticks
from briefpack.layout.boxes import TextBox, Whole, Words
from briefpack.layout.frames import Frame
from briefpack.layout.lettering import FULL, NOTE, Head, Lettering, RowWords, one_line, put, shape
from briefpack.layout.styles import Setting

# Of the width: what labels may take, what values may take, and what is left to marks at least.
_LABELS: Final = 0.4
_VALUES: Final = 0.4
_MARKS: Final = 0.3
_LEAST_EMS: Final = 5.0

# In sizes of the labels.
_GAP: Final = 0.6
_BAR: Final = 1.3
_GROUPED: Final = 1.05
_STACKED: Final = 1.9
_BETWEEN: Final = 0.2
_DOT: Final = 0.33
_END: Final = 0.28
_TICK: Final = 0.3

_ROWS: Final = 2.9
"""Between rows, in quarter lines."""


@dataclass(frozen=True, slots=True)
class Share:
    """How a width is shared out: labels (0 when they stand above), the scale's points, what is right of it."""

    label: float
    first: float
    last: float
    value: float
    outside: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class RowsPlot(Whole):
    """A plot whose rows stand one below the other."""

    lettering: Lettering
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    _shares: dict[float, Share] = field(default_factory=dict)

    @property
    def kind(self) -> PlotKind:
        return self.lettering.plot.kind

    # -------------------------------------------------------------------------------------------- widths

    def share(self, width: float) -> Share:
        found = self._shares.get(width)
        if found is None:
            found = self._shares[width] = self._share(width)
        return found

    def _share(self, width: float) -> Share:
        em = self.lettering.em(FULL)
        labels = [one_line(text, FULL) for row in self.lettering.rows for text in row.texts]
        label = min(max(labels, default=0.0), _LABELS * width)
        beside = self._marks(width, label + em)
        if beside.last - beside.first >= max(_MARKS * width, _LEAST_EMS * em):
            return beside
        return self._marks(width, 0.0)

    def _marks(self, width: float, left: float) -> Share:
        """The share in which the labels take `left` points with the gap after them."""
        em = self.lettering.em(FULL)
        label = max(0.0, left - em)
        if self.kind is PlotKind.STACKED:
            return self._stack_share(width, left, label)
        value = min(max((one_line(text, FULL) for text in self._amounts()), default=0.0), _VALUES * width)
        reserve = value + _GAP * em
        below = reserve if self.kind is not PlotKind.INTERVALS and self._domain()[0] < 0 else 0.0
        # The numbers of an axis are centred on its ends.
        hang = self._widest_tick(width) / 2 if self.kind is PlotKind.INTERVALS and not left else 0.0
        return Share(label, left + below + hang, width - reserve, value)

    def _amounts(self) -> Iterator[TextBox]:
        return (text for row in self.lettering.rows for text in row.amounts)

    def _stack_share(self, width: float, left: float, label: float) -> Share:
        """Amounts stand in their part of the bar; those too wide for it are told at its end, by name."""
        em = self.lettering.em(FULL)
        outside: tuple[tuple[int, ...], ...] = tuple(() for _ in self.lettering.rows)
        share = Share(label, left, width, 0.0, outside)
        for _ in range(1 + max((len(row.amounts) for row in self.lettering.rows), default=0)):
            more = tuple(self._too_wide(at, share) for at in range(len(self.lettering.rows)))
            if more == share.outside:
                break
            told = [
                sum(one_line(row.named[at] if row.named else row.amounts[at], FULL) + em for at in those)
                for row, those in zip(self.lettering.rows, more, strict=True)
            ]
            value = min(max(told, default=0.0), _VALUES * width)
            share = Share(label, left, width - value - _GAP * em, value, more)
        return share

    def _too_wide(self, at: int, share: Share) -> tuple[int, ...]:
        """The amounts of row `at` that do not fit into their parts; what once did not, never does."""
        row = self.lettering.rows[at]
        datum = row.datum
        scale = self._scale(share, 0.0)
        room = [scale.at(amount.at) - scale.at(0.0) for amount in datum.amounts]
        em = self.lettering.em(FULL)
        if not any(amount.at for amount in datum.amounts):
            return (0,)
        return tuple(
            index
            for index, (text, part) in enumerate(zip(row.amounts, room, strict=True))
            if index in share.outside[at] or (datum.amounts[index].at and one_line(text, FULL) + 0.6 * em > part)
        )

    # --------------------------------------------------------------------------------------------- scale

    def _domain(self) -> tuple[float, float]:
        plot = self.lettering.plot
        if self.kind is PlotKind.STACKED:
            return span(0.0, max(sum(amount.at for amount in datum.amounts) for datum in plot.data))
        numbers = [
            number
            for datum in plot.data
            for amount in datum.amounts
            for number in (amount.at, amount.low, amount.high)
            if number is not None
        ]
        foot = plot.reference if self.kind is PlotKind.INTERVALS else 0.0
        numbers += [number for number in (foot, plot.start, plot.end) if number is not None]
        low, high = span(min(numbers), max(numbers))
        return (low if plot.start is None else plot.start), (high if plot.end is None else plot.end)

    def _ticks(self, room: float) -> Ticks:
        """The ticks of intervals: as many as stand clear of each other in `room` points."""
        plot, (low, high) = self.lettering.plot, self._domain()
        most = 7
        while most > 2:
            found = ticks(low, high, most, inside=plot.start is not None or plot.end is not None)
            widths = [one_line(self.lettering.tick(value, found), FULL) for value in found.values]
            if sum(widths) + len(widths) * self.lettering.em(FULL) <= room:
                return found
            most -= 1
        return ticks(low, high, 2, inside=plot.start is not None or plot.end is not None)

    def _widest_tick(self, room: float) -> float:
        found = self._ticks(room)
        return max((one_line(self.lettering.tick(value, found), FULL) for value in found.values), default=0.0)

    def _scale(self, share: Share, x: float) -> Scale:
        low, high = self._domain()
        plot = self.lettering.plot
        if self.kind is PlotKind.INTERVALS and plot.start is None and plot.end is None:
            found = self._ticks(share.last - share.first).values
            low, high = min(low, found[0]), max(high, found[-1])
        return Scale(low, high, x + share.first, x + share.last)

    # ------------------------------------------------------------------------------------------- heights

    def _text_height(self, row: RowWords, width: float, setting: Setting) -> float:
        note = self.lettering.space(NOTE, setting) + row.note.height(width, setting) if row.note is not None else 0.0
        return row.label.height(width, setting) + note

    def _marks_height(self, row: RowWords, share: Share, setting: Setting) -> float:
        em = self.lettering.em(setting)
        if self.kind is PlotKind.INTERVALS:
            value = max((text.height(max(share.value, 1.0), setting) for text in row.amounts), default=0.0)
            return max(em, value)
        if self.kind is PlotKind.STACKED:
            told = self._told(row, share, setting)
            return max(_STACKED * em, len(told) * em * 1.25)
        if len(row.amounts) == 1:
            return _BAR * em
        return len(row.amounts) * (_GROUPED + _BETWEEN) * em - _BETWEEN * em

    def _told(self, row: RowWords, share: Share, setting: Setting) -> list[list[TextBox]]:
        """What is told at the end of a stacked bar, in lines."""
        em = self.lettering.em(setting)
        at = self.lettering.rows.index(row)
        lines: list[list[TextBox]] = []
        used = 0.0
        nothing = not any(amount.at for amount in row.datum.amounts)
        for index in share.outside[at] if share.outside else ():
            text = row.named[index] if row.named and not nothing else row.amounts[index]
            wide = one_line(text, setting) + em
            if not lines or used + wide - em > share.value:
                lines.append([])
                used = 0.0
            lines[-1].append(text)
            used += wide
        return lines

    def _row_height(self, row: RowWords, width: float, setting: Setting) -> float:
        share = self.share(width)
        marks = self._marks_height(row, share, setting)
        if share.label:
            return max(marks, self._text_height(row, share.label, setting))
        return self._text_height(row, width, setting) + self.lettering.space(NOTE, setting) + marks

    def _gap(self, setting: Setting) -> float:
        return self.lettering.space(_ROWS, setting)

    def _foot(self, width: float, setting: Setting) -> float:
        """The axis of intervals with its numbers and its unit."""
        if self.kind is not PlotKind.INTERVALS:
            return 0.0
        em, unit = self.lettering.em(setting), self.lettering.unit
        numbers = self.lettering.tick(0.0, Ticks((0.0,), 0)).cap(setting)
        named = self.lettering.space(NOTE, setting) + unit.height(width, setting) if unit is not None else 0.0
        return self._gap(setting) * 0.8 + (_TICK + 0.45) * em + numbers + named

    def height(self, width: float, setting: Setting) -> float:
        rows = [self._row_height(row, width, setting) for row in self.lettering.rows]
        head = self._head().height(width, setting)
        return head + sum(rows) + self._gap(setting) * (len(rows) - 1) + self._foot(width, setting)

    def _head(self) -> Head:
        return self.lettering.head(unit=self.kind is not PlotKind.INTERVALS)

    def flex(self, width: float, setting: Setting) -> float:
        return self._gap(setting) * (len(self.lettering.rows) - 1) * 0.5

    def words(self) -> Sequence[Words]:
        return self.lettering.words()

    # ----------------------------------------------------------------------------------------- placing

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        share = self.share(area.width)
        spare = max(0.0, area.height - self.height(area.width, setting))
        gap = self._gap(setting) + spare / max(1, len(self.lettering.rows) - 1) * (len(self.lettering.rows) > 1)
        y = self._head().place(area, setting, frames)
        rows: list[Rect] = []
        for row in self.lettering.rows:
            rows.append(Rect(area.x, y, area.width, self._row_height(row, area.width, setting)))
            y += rows[-1].height + gap
        canvas = _Canvas(self, share, self._scale(share, area.x), setting, frames)
        canvas.ground(canvas.stretches(rows), area)
        for row, place in zip(self.lettering.rows, rows, strict=True):
            canvas.row(row, place)


@dataclass(frozen=True, slots=True)
class _Canvas:
    """Places the rows of one plot."""

    box: RowsPlot
    share: Share
    scale: Scale
    setting: Setting
    frames: list[Frame]

    @property
    def lettering(self) -> Lettering:
        return self.box.lettering

    @property
    def em(self) -> float:
        return self.lettering.em(self.setting)

    def stretches(self, rows: Sequence[Rect]) -> list[tuple[float, float]]:
        """From where to where a line across the rows goes: in one, or where labels stand above, from mark to mark."""
        reach = 0.3 * self.em
        if self.share.label:
            return [(rows[0].y - reach, rows[-1].bottom + reach)]
        heights = [self.box._marks_height(row, self.share, self.setting) for row in self.lettering.rows]
        return [
            (place.bottom - height - reach * 0.5, place.bottom + reach * 0.5)
            for place, height in zip(rows, heights, strict=True)
        ]

    def ground(self, stretches: Sequence[tuple[float, float]], area: Rect) -> None:
        """The line that bars begin at, or the line of no effect and the axis."""
        ink = self.lettering.label.color
        if self.box.kind is not PlotKind.INTERVALS:
            shape(self.frames, None, [_across(self.scale.at(0.0), stretches, ink)])
            return
        *upper, (top, bottom) = stretches
        y = bottom - (0.3 if self.share.label else 0.15) * self.em + self.box._gap(self.setting) * 0.8
        reference = self.lettering.plot.reference
        if reference is not None:
            path = _across(self.scale.at(reference), [*upper, (top, y)], ink, (2.4, 1.8))
            shape(self.frames, self.lettering.tag, [path])
        self._axis(y, area, ink)

    def _axis(self, y: float, area: Rect, ink: str) -> None:
        found = self.box._ticks(self.share.last - self.share.first)
        marks = [Path(line(self.scale.first, y, self.scale.last, y), stroke=ink, width=0.6)]
        marks += [
            Path(line(self.scale.at(value), y, self.scale.at(value), y + _TICK * self.em), stroke=ink, width=0.6)
            for value in found.values
        ]
        shape(self.frames, None, marks)
        below = y + (_TICK + 0.45) * self.em
        cap = 0.0
        for value in found.values:
            text = self.lettering.tick(value, found)
            cap = text.cap(self.setting)
            wide = one_line(text, self.setting)
            left = min(self.scale.at(value) - wide / 2, area.right - wide)
            put(text, max(area.x, left), below, self.setting, self.frames)
        if self.lettering.unit is not None:
            left = min(area.x + self.share.first, area.right - one_line(self.lettering.unit, self.setting))
            left = max(area.x, left)
            under = below + cap + self.lettering.space(NOTE, self.setting)
            put(self.lettering.unit, left, under, self.setting, self.frames, area.right - left)

    def row(self, row: RowWords, place: Rect) -> None:
        """A row: its label, and its marks beside or below."""
        if not self.share.label:
            self._label(row, place.x, place.y, place.width)
            down = self.box._text_height(row, place.width, self.setting) + self.lettering.space(NOTE, self.setting)
            self._marks(row, Rect(place.x, place.y + down, place.width, place.height - down))
            return
        text = self.box._text_height(row, self.share.label, self.setting)
        self._label(row, place.x, place.y + (place.height - text) / 2, self.share.label)
        marks = self.box._marks_height(row, self.share, self.setting)
        self._marks(row, Rect(place.x, place.y + (place.height - marks) / 2, place.width, marks))

    def _label(self, row: RowWords, x: float, y: float, width: float) -> None:
        put(row.label, x, y, self.setting, self.frames, width)
        if row.note is not None:
            below = y + row.label.height(width, self.setting) + self.lettering.space(NOTE, self.setting)
            put(row.note, x, below, self.setting, self.frames, width)

    def _marks(self, row: RowWords, place: Rect) -> None:
        match self.box.kind:
            case PlotKind.INTERVALS:
                self._interval(row, place)
            case PlotKind.STACKED:
                self._stack(row, place)
            case _:
                self._bars(row, place)

    def _bars(self, row: RowWords, place: Rect) -> None:
        single = len(row.amounts) == 1
        thick = (_BAR if single else _GROUPED) * self.em
        zero = self.scale.at(0.0)
        y = place.y
        for series, (amount, text) in enumerate(zip(row.datum.amounts, row.amounts, strict=True)):
            end = self.scale.at(amount.at)
            bar = Rect(min(zero, end), y, abs(end - zero), thick)
            shape(self.frames, self.lettering.tag, area(bar, self.lettering.fill(series)))
            wide = min(one_line(text, self.setting), self.share.value)
            gap = _GAP * self.em * 0.7
            x = end + gap if amount.at >= 0 else end - gap - wide
            height = text.height(wide, self.setting)
            put(text, x, y + (thick - height) / 2, self.setting, self.frames, wide)
            y += thick + _BETWEEN * self.em

    def _stack(self, row: RowWords, place: Rect) -> None:
        thick = _STACKED * self.em
        top = place.y + (place.height - thick) / 2
        told = self.share.outside[self.lettering.rows.index(row)] if self.share.outside else ()
        total = 0.0
        for series, (amount, text) in enumerate(zip(row.datum.amounts, row.amounts, strict=True)):
            left, right = self.scale.at(total), self.scale.at(total + amount.at)
            total += amount.at
            part = Rect(left, top, max(0.0, right - left - 0.8), thick)
            fill = self.lettering.fill(series)
            shape(self.frames, self.lettering.tag, area(part, fill))
            if amount.at and series not in told:
                self._inside(text, part, fill)
        self._told(row, self.scale.at(total), place)

    def _inside(self, text: TextBox, part: Rect, fill: Fill) -> None:
        """An amount in the middle of its part, on a plain ground where the part has a pattern."""
        text = self.lettering.written(text.prepared.text, self.lettering.on(fill))
        wide, high = one_line(text, self.setting), text.cap(self.setting)
        x, y = part.x + (part.width - wide) / 2, part.y + (part.height - high) / 2
        if fill.pattern not in (Pattern.SOLID, Pattern.PLAIN):
            pad = 0.22 * self.em
            plate = Rect(x - pad, y - pad, wide + 2 * pad, high + 2 * pad)
            shape(self.frames, None, [Path(rectangle(plate, 1.5), fill=fill.ground)])
        put(text, x, y, self.setting, self.frames)

    def _told(self, row: RowWords, end: float, place: Rect) -> None:
        lines = self.box._told(row, self.share, self.setting)
        pitch = self.em * 1.25
        y = place.y + (place.height - (len(lines) - 1) * pitch - row.label.cap(self.setting)) / 2
        for texts in lines:
            x = end + _GAP * self.em
            for text in texts:
                put(text, x, y, self.setting, self.frames, min(one_line(text, self.setting), self.share.value))
                x += one_line(text, self.setting) + self.em
            y += pitch

    def _interval(self, row: RowWords, place: Rect) -> None:
        amount, text = row.datum.amounts[0], row.amounts[0]
        color, middle = self.lettering.spec.mark, place.y + place.height / 2
        paths: list[Path] = []
        if amount.low is not None and amount.high is not None:
            left, right, reach = self.scale.at(amount.low), self.scale.at(amount.high), _END * self.em
            bar = (*line(left, middle, right, middle),)
            ends = (segment for x in (left, right) for segment in line(x, middle - reach, x, middle + reach))
            paths.append(Path((*bar, *ends), stroke=color, width=1.5))
        paths.append(Path(circle(self.scale.at(amount.at), middle, _DOT * self.em), fill=color))
        shape(self.frames, self.lettering.tag, paths)
        x = place.right - self.share.value
        height = text.height(self.share.value, self.setting)
        put(text, x, middle - height / 2, self.setting, self.frames, self.share.value)


def _across(x: float, stretches: Sequence[tuple[float, float]], ink: str, dash: tuple[float, ...] = ()) -> Path:
    """An upright line at `x` in one or several stretches."""
    segments = tuple(segment for top, bottom in stretches for segment in line(x, top, x, bottom))
    return Path(segments, stroke=ink, width=0.75, dash=dash)
