"""Lines: points in a row, joined. Few points have their numbers on them; many have an axis beside them.

Series are named at their ends, where the eye arrives, and differ by dash and marker as well as by colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.geometry import Rect
from briefpack.graphics.patterns import circle
from briefpack.graphics.primitives import Path, Segment, line, rectangle
from briefpack.graphics.scales import Scale, Ticks, span, ticks
from briefpack.layout.boxes import TextBox, Whole, Words
from briefpack.layout.frames import Frame
from briefpack.layout.lettering import FULL, NOTE, Lettering, RowWords, one_line, put, shape
from briefpack.layout.styles import Setting

# In sizes of the labels.
_TALL: Final = 11.0
_GAP: Final = 0.6
_MARK: Final = 0.26

# As many points as this have their numbers on them, and as many have markers.
_NUMBERED: Final = 8
_MARKED: Final = 40

_ENDS: Final = 0.4
"""Of the width, what names at the ends of lines may take."""

_STROKE: Final = 1.7
_DASHES: Final[tuple[tuple[float, ...], ...]] = (
    (),
    (5.0, 2.2),
    (1.4, 1.8),
    (7.0, 2.0, 1.4, 2.0),
    (3.0, 1.4),
    (9.0, 3.0),
)


@dataclass(frozen=True, slots=True)
class Field:
    """Where the lines are drawn: `left` and `right` of the first and the last point, relative to the box."""

    left: float
    right: float
    ticks: Ticks | None
    step: int


@dataclass(frozen=True, slots=True, eq=False)
class LinePlot(Whole):
    """One line for each series."""

    lettering: Lettering
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    @property
    def _count(self) -> int:
        return len(self.lettering.rows)

    @property
    def _series(self) -> int:
        return max(len(row.amounts) for row in self.lettering.rows)

    # --------------------------------------------------------------------------------------------- field

    def field(self, width: float) -> Field:
        """How the width is shared out; the same at every setting."""
        em = self.lettering.em(FULL)
        ends = [one_line(text, FULL) for text in self._ends(FULL)]
        numbered = self._numbered(width)
        axis = None if numbered else self._ticks()
        half = [self._half(row) for row in (self.lettering.rows[0], self.lettering.rows[-1])]
        left = half[0] if axis is None else max(self._axis_width(axis) + _GAP * em, min(half[0], width / 4))
        right = half[1] if axis is None else min(max(ends), _ENDS * width) + _GAP * em
        last = max(width - right, left + em)
        return Field(left, last, axis, self._step(last - left))

    def _ends(self, setting: Setting) -> list[TextBox]:
        """What is written at the end of each line: its name and its last number."""
        row = self.lettering.rows[-1]
        return list(row.named or row.amounts)

    def _numbered(self, width: float) -> bool:
        """Whether every point has its number on it: one line of few points, far enough apart."""
        if self._series > 1 or self._count > _NUMBERED:
            return False
        widest = max(2 * self._half(row) for row in self.lettering.rows)
        room = (width - widest) / max(1, self._count - 1)
        return widest + _GAP * self.lettering.em(FULL) <= room or self._count == 1

    def _half(self, row: RowWords) -> float:
        """How far the texts of a point reach to its sides."""
        return max(one_line(text, FULL) for text in (row.label, row.amounts[0])) / 2

    def _ticks(self) -> Ticks:
        low, high = self._domain()
        plot = self.lettering.plot
        return ticks(low, high, 5, inside=plot.start is not None or plot.end is not None)

    def _axis_width(self, found: Ticks) -> float:
        return max(one_line(self.lettering.tick(value, found), FULL) for value in found.values)

    def _domain(self) -> tuple[float, float]:
        plot = self.lettering.plot
        numbers = [amount.at for datum in plot.data for amount in datum.amounts]
        low, high = span(min(numbers), max(numbers))
        # A line need not begin at zero, but one that nearly does is read as if it did.
        low, high = (0.0 if 0 < low < 0.4 * high else low), (0.0 if 0.4 * low < high < 0 else high)
        return (low if plot.start is None else plot.start), (high if plot.end is None else plot.end)

    def _step(self, room: float) -> int:
        """Every how many points have their label below: as many as stand clear of each other."""
        widest = max(one_line(row.label, FULL) for row in self.lettering.rows)
        pitch = room / max(1, self._count - 1)
        if pitch <= 0 or self._count == 1:
            return max(1, self._count)
        return max(1, -int(-(widest + _GAP * self.lettering.em(FULL)) // pitch))

    # ------------------------------------------------------------------------------------------- heights

    def _tall(self, setting: Setting) -> float:
        return _TALL * self.lettering.em(setting) * (0.5 + setting.spacing / 2)

    def _labels_height(self, setting: Setting) -> float:
        return self.lettering.space(NOTE * 1.3, setting) + self.lettering.rows[0].label.cap(setting)

    def height(self, width: float, setting: Setting) -> float:
        return self._unit_height(width, setting) + self._tall(setting) + self._labels_height(setting)

    def _unit_height(self, width: float, setting: Setting) -> float:
        unit = self.lettering.unit
        return unit.height(width, setting) + self.lettering.space(NOTE, setting) if unit is not None else 0.0

    def flex(self, width: float, setting: Setting) -> float:
        return self._tall(setting) * 0.15

    def words(self) -> Sequence[Words]:
        return self.lettering.words()

    # ------------------------------------------------------------------------------------------- placing

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        if self.lettering.unit is not None:
            put(self.lettering.unit, area.x, area.y, setting, frames, area.width)
        spare = max(0.0, area.height - self.height(area.width, setting))
        top = area.y + self._unit_height(area.width, setting)
        _Canvas(self, area, Rect(area.x, top, area.width, self._tall(setting) + spare), setting, frames).draw()


@dataclass(frozen=True, slots=True)
class _Canvas:
    box: LinePlot
    area: Rect
    plot: Rect
    setting: Setting
    frames: list[Frame]

    @property
    def lettering(self) -> Lettering:
        return self.box.lettering

    def draw(self) -> None:
        place, em = self.box.field(self.area.width), self.lettering.em(self.setting)
        low, high = self.box._domain()
        if place.ticks is not None and self.lettering.plot.start is None and self.lettering.plot.end is None:
            low, high = min(low, place.ticks.values[0]), max(high, place.ticks.values[-1])
        # Numbers stand above the highest point and below the lowest.
        room = 0.4 * em if place.ticks is not None else 1.6 * em
        scale = Scale(low, high, self.plot.bottom - room, self.plot.y + room)
        xs = self._places(place)
        self._ground(place, scale)
        for series in range(self.box._series):
            points = [
                (x, scale.at(row.datum.amounts[series].at)) for x, row in zip(xs, self.lettering.rows, strict=True)
            ]
            self._line(series, points, em)
            if place.ticks is None:
                self._numbers(points, em)
        if place.ticks is not None:
            self._ends(scale, place, em)
        self._labels(xs, place)

    def _places(self, place: Field) -> list[float]:
        count = self.box._count
        left, right = self.area.x + place.left, self.area.x + place.right
        if count == 1:
            return [left if place.ticks is None else (left + right) / 2]
        return [left + (right - left) * at / (count - 1) for at in range(count)]

    def _ground(self, place: Field, scale: Scale) -> None:
        """A line at each tick with its number; without an axis, the line that labels hang from."""
        left, right = self.area.x + place.left, self.area.x + place.right
        ink = self.lettering.label.color
        if place.ticks is None:
            foot = self.plot.bottom
            shape(self.frames, None, [Path(line(self.area.x, foot, self.area.right, foot), stroke=ink, width=0.75)])
            return
        for value in place.ticks.values:
            y, zero = scale.at(value), abs(value) < 1e-12
            color = ink if zero else self.lettering.spec.ground
            shape(self.frames, None, [Path(line(left, y, right, y), stroke=color, width=0.75 if zero else 0.6)])
            text = self.lettering.tick(value, place.ticks)
            wide = one_line(text, self.setting)
            gap = _GAP * self.lettering.em(FULL)
            put(text, left - gap - wide, y - text.cap(self.setting) / 2, self.setting, self.frames)

    def _line(self, series: int, points: Sequence[tuple[float, float]], em: float) -> None:
        color = self.lettering.color(series)
        segments: list[Segment] = [("l" if at else "m", point) for at, point in enumerate(points)]
        paths = [Path(tuple(segments), stroke=color, width=_STROKE, dash=_DASHES[series % len(_DASHES)])]
        if len(points) == 1:
            paths = []
        if len(points) <= _MARKED:
            paths += [marker(series, x, y, _MARK * em, color) for x, y in points]
        shape(self.frames, self.lettering.tag, paths)

    def _numbers(self, points: Sequence[tuple[float, float]], em: float) -> None:
        """Each number on the side of its point that the line leaves free."""
        for at, ((x, y), row) in enumerate(zip(points, self.lettering.rows, strict=True)):
            text = row.amounts[0]
            around = [points[near][1] for near in (at - 1, at + 1) if 0 <= near < len(points)]
            above = not around or y <= sum(around) / len(around) + 0.01
            top = y - 0.65 * em - text.cap(self.setting) if above else y + 0.65 * em
            put(text, x - one_line(text, self.setting) / 2, top, self.setting, self.frames)

    def _ends(self, scale: Scale, place: Field, em: float) -> None:
        """The names and last numbers of the lines, moved apart where they would touch."""
        texts = self.box._ends(self.setting)
        cap = texts[0].cap(self.setting)
        wished = [scale.at(amount.at) - cap / 2 for amount in self.lettering.rows[-1].datum.amounts]
        x = self.area.x + place.right + _GAP * em
        for text, y in zip(texts, apart(wished, cap + 0.6 * em, self.plot.y, self.plot.bottom - cap), strict=True):
            put(text, x, y, self.setting, self.frames, min(one_line(text, self.setting), self.area.right - x))

    def _labels(self, xs: Sequence[float], place: Field) -> None:
        y = self.plot.bottom + self.lettering.space(NOTE * 1.3, self.setting)
        for at in shown(self.box._count, place.step):
            text = self.lettering.rows[at].label
            wide = min(one_line(text, self.setting), self.area.width)
            x = min(max(self.area.x, xs[at] - wide / 2), self.area.right - wide)
            put(text, x, y, self.setting, self.frames, wide)


def shown(count: int, step: int) -> list[int]:
    """The points that have a label: every `step`th from the first, and the last if there is room."""
    places = list(range(0, count, step))
    if places[-1] != count - 1 and len(places) > 1:
        places[-1:] = [count - 1] if count - 1 - places[-1] < step else [places[-1], count - 1]
    return places


def apart(wished: Sequence[float], pitch: float, top: float, bottom: float) -> list[float]:
    """Places near those wished for and at least `pitch` apart, from `top` to `bottom` if they can be."""
    order = sorted(range(len(wished)), key=lambda at: wished[at])
    found = list(wished)
    at_least = top
    for at in order:
        found[at] = at_least = max(found[at], at_least)
        at_least += pitch
    at_most = bottom
    for at in reversed(order):
        found[at] = at_most = min(found[at], max(at_most, top))
        at_most -= pitch
    return found


def marker(series: int, x: float, y: float, size: float, color: str) -> Path:
    """A point of a series: filled and hollow circles, squares and triangles in turn."""
    match series % 6:
        case 0:
            return Path(circle(x, y, size), fill=color)
        case 1:
            return Path(rectangle(Rect(x - size, y - size, 2 * size, 2 * size)), fill=color)
        case 2:
            return Path(_triangle(x, y, size * 1.25), fill=color)
        case 3:
            return Path(circle(x, y, size), fill="#ffffff", stroke=color, width=1.0)
        case 4:
            return Path(
                rectangle(Rect(x - size, y - size, 2 * size, 2 * size)), fill="#ffffff", stroke=color, width=1.0
            )
        case _:
            return Path(_triangle(x, y, size * 1.25), fill="#ffffff", stroke=color, width=1.0)


def _triangle(x: float, y: float, size: float) -> tuple[Segment, ...]:
    return (("m", (x, y - size)), ("l", (x + size, y + 0.75 * size)), ("l", (x - size, y + 0.75 * size)), ("h", ()))
