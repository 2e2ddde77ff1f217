"""The words and numbers of a plot, ready to be set, and what every kind of plot does with them.

All of them are real text of the figure: they can be selected and found, and their citations are links. A text
box is trimmed, so that a label is centred on its mark by what a reader sees.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from decimal import Decimal
from typing import Final

from briefpack.content.numbers import format_number, format_percent
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.document import Datum, Figure, Inline, Plot, Tag, Text, plain_text
from briefpack.geometry import Rect
from briefpack.graphics.patterns import PATTERNS, Fill, Pattern, area
from briefpack.graphics.primitives import Path
from briefpack.graphics.scales import Ticks
from briefpack.layout.boxes import TextBox, Words
from briefpack.layout.contrast import PAPER, contrast, extent
from briefpack.layout.frames import Frame, ShapeFrame, TextFrame
from briefpack.layout.styles import ChartSpec, Setting, StyleSheet, TextSpec
from briefpack.text import Segment

SetText = Callable[[Tag, tuple[Inline, ...], TextSpec, str | None, Span | None], TextBox]
"""Makes a text box of inline nodes for an element, in a style, for a slot and a place."""

# Of a text that stands on one line, so that no rounding breaks it.
_SLACK: Final = 0.1

# Spaces of a plot, in quarter lines: below what stands above it, and between a label and its note.
ABOVE: Final = 3.2
NOTE: Final = 2.4

PER_CENT: Final = "%"
"""A unit that stands at every number, and so not by itself."""

FULL: Final = Setting()
"""Widths are shared out as at full size, so that a plot does not jump while its page is fitted."""


@dataclass(frozen=True, slots=True)
class RowWords:
    """The words of one row: `named` are its amounts with the names of their series before them."""

    datum: Datum
    label: TextBox
    note: TextBox | None
    amounts: tuple[TextBox, ...]
    named: tuple[TextBox, ...]

    @property
    def texts(self) -> tuple[TextBox, ...]:
        return (self.label, self.note) if self.note is not None else (self.label,)


@dataclass(frozen=True, slots=True, eq=False)
class Lettering:
    """A plot with its words. `label` is the style of words and numbers, `small` that of axis and notes."""

    tag: Tag
    plot: Plot
    spec: ChartSpec
    styles: StyleSheet
    language: str
    label: TextSpec
    small: TextSpec
    set_text: SetText
    rows: tuple[RowWords, ...]
    series: tuple[TextBox, ...]
    unit: TextBox | None
    _made: dict[tuple[str, str], TextBox] = field(default_factory=dict)

    def em(self, setting: Setting) -> float:
        """The size of the labels in points, which marks are measured by."""
        return self.styles.size(self.label, setting)

    def space(self, quarters: float, setting: Setting) -> float:
        return self.styles.space(quarters, setting)

    def written(self, text: str, color: str) -> TextBox:
        """`text` in the style of labels, in another colour."""
        return self._text(text, replace(self.label, color=color))

    def tick(self, value: float, ticks: Ticks) -> TextBox:
        """The number at a tick."""
        rounded = Decimal(f"{value:.{ticks.decimals}f}")
        write = format_percent if self._shares else format_number
        return self._text(write(rounded if rounded else abs(rounded), self.language), self.small)

    @property
    def _shares(self) -> bool:
        return plain_text(self.plot.unit).strip() == PER_CENT

    def _text(self, text: str, spec: TextSpec) -> TextBox:
        key = (text, f"{spec.name} {spec.color}")
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self.set_text(self.tag, (Text(text),), spec, None, None)
        return found

    def fill(self, series: int) -> Fill:
        """How the areas of a series are filled: by pattern as well as by colour."""
        pattern = PATTERNS[series % len(PATTERNS)]
        return Fill(pattern, self.color(series), self.spec.ground if pattern is not Pattern.SOLID else self.spec.mark)

    def color(self, series: int) -> str:
        return self.spec.second if series % 2 else self.spec.mark

    def on(self, fill: Fill) -> str:
        """The colour of text on an area: that of labels, or white where it is the stronger one."""
        ground = fill.mark if fill.pattern is Pattern.SOLID else fill.ground
        return max((self.label.color, PAPER), key=lambda color: contrast(color, ground))

    def words(self) -> Sequence[Words]:
        """What of the plot its author can shorten."""
        texts = [text for row in self.rows for text in row.texts]
        return [words for text in texts for words in text.words()]

    # ------------------------------------------------------------------------------------ above the plot

    def head(self, *, unit: bool) -> Head:
        """What stands above the plot: the unit, and a key to the series where there are several."""
        return Head(self, self.unit if unit else None, self.series if len(self.series) > 1 else ())


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """The unit and the key to the series: a swatch and a name each, line by line."""

    lettering: Lettering
    unit: TextBox | None
    series: tuple[TextBox, ...]

    def height(self, width: float, setting: Setting) -> float:
        """Its height with the space below it; 0 when there is nothing to say."""
        space = self.lettering.space(ABOVE, setting)
        unit = self.unit.height(width, setting) + space if self.unit is not None else 0.0
        lines = list(self._lines(width, setting))
        return unit + (len(lines) * self._pitch(setting) + space * 0.5 if lines else 0.0)

    def _pitch(self, setting: Setting) -> float:
        return self.lettering.em(setting) * 1.5

    def _lines(self, width: float, setting: Setting) -> Iterator[list[tuple[int, float, float]]]:
        """The key in lines: series, where its swatch begins and how wide its name may be."""
        em = self.lettering.em(setting)
        line: list[tuple[int, float, float]] = []
        x = 0.0
        for at, name in enumerate(self.series):
            wide = min(one_line(name, setting), width - 2 * em)
            if line and x + 2 * em + wide > width:
                yield line
                line, x = [], 0.0
            line.append((at, x, wide))
            x += 2 * em + wide + 1.4 * em
        if line:
            yield line

    def place(self, area_: Rect, setting: Setting, frames: list[Frame]) -> float:
        """Append its frames and say where what follows begins."""
        y = area_.y
        if self.unit is not None:
            height = self.unit.height(area_.width, setting)
            put(self.unit, area_.x, y, setting, frames, area_.width)
            y += height + self.lettering.space(ABOVE, setting)
        em = self.lettering.em(setting)
        for line in self._lines(area_.width, setting):
            for series, x, wide in line:
                self._entry(series, Rect(area_.x + x, y, wide, em), setting, frames)
            y += self._pitch(setting)
        return area_.y + self.height(area_.width, setting)

    def _entry(self, series: int, place: Rect, setting: Setting, frames: list[Frame]) -> None:
        em, name = self.lettering.em(setting), self.series[series]
        cap = name.cap(setting)
        swatch = Rect(place.x, place.y - em * 0.08, em * 1.4, cap + em * 0.16)
        shape(frames, self.lettering.tag, area(swatch, self.lettering.fill(series)))
        put(name, place.x + 2 * em, place.y, setting, frames, place.width)


def one_line(text: TextBox, setting: Setting) -> float:
    """The width at which `text` stands on one line."""
    return text.natural_width(setting) + _SLACK


def put(text: TextBox, x: float, y: float, setting: Setting, frames: list[Frame], width: float | None = None) -> None:
    """Place `text` with its top-left corner at (x, y), on one line or `width` points wide."""
    wide = one_line(text, setting) if width is None else width
    placed: list[Frame] = []
    text.place(Rect(x, y, wide, text.height(wide, setting)), setting, placed)
    frames += [_parted(frame, text, setting) if isinstance(frame, TextFrame) else frame for frame in placed]


def _parted(frame: TextFrame, text: TextBox, setting: Setting) -> TextFrame:
    """`frame` with a space at its end: all texts of a figure are one element, and whoever reads it finds them apart."""
    *lines, last = frame.lines
    if not last.segments:
        return frame
    face, size = text.styles.face(text.spec), text.styles.size(text.spec, setting)
    space = text.measured.shaper.shape(face, " ")
    width = space.width * size / 1000
    end = Segment(face, size, text.spec.color, (space,), -width if last.segments[-1].rtl else last.width, width)
    return replace(frame, lines=(*lines, replace(last, segments=(*last.segments, end))))


def shape(frames: list[Frame], tag: Tag | None, paths: Sequence[Path]) -> None:
    """Append `paths` as one shape, content of `tag` or an artifact."""
    if paths:
        frames.append(ShapeFrame(tag, extent([part for path in paths for part in path.segments]), tuple(paths)))


def lettering(figure: Figure, plot: Plot, styles: StyleSheet, language: str, set_text: SetText) -> Lettering:
    """The words of `plot` in the styles of its figure."""
    spec = styles.chart(figure.style or "chart")
    label, small = styles.text(spec.label), styles.text(spec.caption)
    tag = Tag(figure.id)

    def made(content: tuple[Inline, ...], style: TextSpec) -> TextBox:
        return set_text(tag, content, style, figure.slot, figure.span)

    def row(datum: Datum) -> RowWords:
        note = made(datum.note, small) if datum.note else None
        amounts = tuple(made((Text(amount.text),), label) for amount in datum.amounts)
        pairs = zip(plot.series, datum.amounts, strict=False)
        named = tuple(made((*name, Text(f" {amount.text}")), label) for name, amount in pairs)
        return RowWords(datum, made(datum.label, label), note, amounts, named)

    return Lettering(
        tag=tag,
        plot=plot,
        spec=spec,
        styles=styles,
        language=language,
        label=label,
        small=small,
        set_text=set_text,
        rows=tuple(row(datum) for datum in plot.data),
        series=tuple(made(name, label) for name in plot.series),
        unit=made(plot.unit, small) if plot.unit and plain_text(plot.unit).strip() != PER_CENT else None,
    )
