"""The data of a chart: its numbers worked out, their sources cited, its text alternative written.

A number is typed, is a fact, or is arithmetic over facts. What no chart of its kind can show is a finding:
too few rows or too many, a row without its number, an interval that ends before it begins, bars that are
cut off at the foot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import field
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from briefpack.content.alternatives import ALTERNATIVES, alternative, interval
from briefpack.content.facts import names_in, shortest
from briefpack.content.inline import CiteMark
from briefpack.content.numbers import decimals_of, format_number, format_percent
from briefpack.content.values import Chart, ChartNumber, ChartRow, RichText
from briefpack.content.wording import Wording
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span, finding
from briefpack.expressions import expression
from briefpack.project import fields
from briefpack.project.slots import ChartRowEntry, ChartSlot

_MOST_UNITS: Final = 5_000
_MOST_SERIES: Final = 6
_MOST_DECIMALS: Final = 6
_MOST_ROWS: Final = MappingProxyType({"bars": 40, "stacked": 40, "columns": 40, "intervals": 40, "line": 5_000})
_LEAST_LINE: Final = "line"

# The fields of each kind; what is not here may stand in every chart.
_OF_WAFFLE: Final = ("units", "marked", "icon")
_OF_PLOTS: Final = ("rows", "series", "unit", "axis", "decimals")
_FIELDS: Final = MappingProxyType(
    {
        "waffle": _OF_WAFFLE,
        "bars": _OF_PLOTS,
        "columns": _OF_PLOTS,
        "line": _OF_PLOTS,
        "stacked": tuple(name for name in _OF_PLOTS if name != "axis"),
        "intervals": (*(name for name in _OF_PLOTS if name != "series"), "reference"),
    }
)
_EVERY: Final = (*_OF_WAFFLE, *_OF_PLOTS, "reference")

_BRACES: Final = expression(r"\s*\{\{\s*(?P<fact>[A-Za-z0-9_.-]+?)(?:\.value)?\s*\}\}\s*")
# What spreadsheets and programs write where there is no number, or one past all bounds.
_NO_NUMBERS: Final = frozenset({"nan", "inf", "infinity", "null", "none", "n/a", "na", "#n/a", "#value!", "#div/0!"})
_PLAIN: Final = re.compile(r"[-+−]?[0-9]+(?:\.[0-9]+)?", re.ASCII)
_ONE_NAME: Final = expression(r"\s*[A-Za-z][\w-]*\s*", re.ASCII)


# Numbers as people and programs write them too: with their thousands parted, with a comma before the decimals,
# shorn of a zero, in powers of ten, as a percentage.
_PARTED: Final = re.compile(
    "(?P<sign>[-+−]?)(?P<whole>[0-9]{1,3}(?:[ ,_'’\u00a0\u2009\u202f][0-9]{3})+)(?P<rest>\\.[0-9]+)?"
)
_OTHERWISE: Final = re.compile(
    r"(?P<sign>[-+−]?)(?P<whole>[0-9]*)[.,]?(?P<decimals>[0-9]*)(?P<power>[eE][-+]?[0-9]{1,2})?"
)
_FARTHEST: Final = 12


def plainly(written: str) -> str | None:
    """`written` as a number of a chart is written, where it is a number and not written so."""
    bare = written.removesuffix("%").rstrip()
    parted = _PARTED.fullmatch(bare)
    if parted is not None:
        sign, whole, rest = parted.group("sign", "whole", "rest")
        return sign.replace("−", "-").strip("+") + re.sub("[^0-9]", "", whole) + (rest or "")
    found = _OTHERWISE.fullmatch(bare)
    if found is None or not (found["whole"] or found["decimals"]) or _PLAIN.fullmatch(written):
        return None
    sign, whole, decimals, power = found.group("sign", "whole", "decimals", "power")
    value = Decimal(f"{sign.replace('−', '-')}{whole or 0}.{decimals or 0}{power or ''}")
    if abs(value.adjusted()) > _FARTHEST:
        return None
    return f"{shortest(value, len(decimals) + _FARTHEST):f}"


def chart_value(wording: Wording, slot: str, content: ChartSlot, span: Span | None) -> Chart | None:
    """The chart of the slot `slot`, whose key stands at `span`; None, and findings, when it cannot be had."""
    return _Charting(wording, slot, content, span).chart()


@dataclass(frozen=True, slots=True)
class _Number:
    """A number worked out, how many decimals it was written with, and the facts it comes from."""

    value: Decimal
    decimals: int
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Interval:
    """The number of one series in one row, with its bounds if it has any."""

    middle: _Number
    low: _Number | None = None
    high: _Number | None = None

    @property
    def numbers(self) -> tuple[_Number, ...]:
        return tuple(number for number in (self.low, self.middle, self.high) if number is not None)


@dataclass(frozen=True, slots=True)
class _Row:
    """A row worked out."""

    entry: ChartRowEntry
    intervals: tuple[_Interval, ...]

    @property
    def numbers(self) -> tuple[_Number, ...]:
        return tuple(number for interval in self.intervals for number in interval.numbers)

    @property
    def place(self) -> Span | None:
        return self.entry.label.span


@dataclass(slots=True)
class _Charting:
    wording: Wording
    slot: str
    content: ChartSlot
    span: Span | None
    wrong: bool = field(default=False)

    def chart(self) -> Chart | None:
        self._check_fields()
        if self._failed():
            return None
        return self._waffle() if self.content.kind == "waffle" else self._plot()

    def _report(self, rule: str, message: str, span: Span | None, help: str) -> None:
        self.wording.found.append(finding(rule, message, span, help=help))
        self.wrong = True

    def _failed(self) -> bool:
        return self.wrong

    def _check_fields(self) -> None:
        kind, allowed = self.content.kind, _FIELDS[self.content.kind]
        for name in _EVERY:
            if name not in allowed and getattr(self.content, name) not in (None, ()):
                message = f"`{name}` does not belong to a chart of kind `{kind}`"
                self._report("unknown-field", message, self.content.key_span(name), "remove it")
        for name in ("units", "marked") if kind == "waffle" else ("rows",):
            if getattr(self.content, name) is None:
                self._report("missing-field", f"`{name}` of `{self.slot}` is missing", self.span, f"add `{name}:`")

    # ------------------------------------------------------------------------------------------- waffle

    def _waffle(self) -> Chart | None:
        content = self.content
        assert content.units is not None
        assert content.marked is not None
        heading, icon = self._maybe(content.heading), content.icon or "square"
        marked = self._number(content.marked)
        if not 1 <= content.units <= _MOST_UNITS:
            message = f"a chart has from 1 to {_MOST_UNITS:,} squares"
            self._report("wrong-value", message, content.value_span("units"), _SHADE)
        elif marked is not None:
            self._check_marked(marked.value, content.units, icon, content.marked)
        if marked is None or self._failed():
            return None
        chart = Chart(heading, "waffle", content.units, float(marked.value), "", None, icon=icon)
        alt = self._alt(chart)
        return Chart(heading, "waffle", content.units, chart.marked, alt, self._maybe(content.caption), icon=icon)

    def _check_marked(self, marked: Decimal, units: int, icon: str, text: fields.Text) -> None:
        if not 0 <= marked <= units:
            message = f"{_plain(marked)} of {units} squares cannot be shaded"
            self._report("wrong-value", message, text.span, _SHADE)
        elif icon != "square" and marked != int(marked):
            message = f"a part of an icon cannot be shaded, and {_plain(marked)} is not whole"
            self._report("wrong-value", message, text.span, "shade whole icons, or leave `icon` out")

    # ------------------------------------------------------------------------------------------ numbers

    def _number(self, text: fields.Text) -> _Number | None:
        """The number that `text` is; None, and findings, when it is none."""
        written = text.text.strip()
        if written.lstrip("+-.").lower() in _NO_NUMBERS and written not in self.wording.project.facts:
            message = f"`{written}` is no number that can be drawn"
            self._report("wrong-value", message, text.span, "write the number, or leave its row out")
            return None
        plain = plainly(written)
        if plain is not None:
            message = f"`{written}` is not written as numbers of a chart are"
            unit = ", and `%` as the `unit:`" if written.endswith("%") else ""
            self._report("wrong-value", message, text.span, f"write `{plain}`{unit}")
            return None
        braces = _BRACES.fullmatch(text.text)
        if braces is not None:
            text = text.part(*braces.span("fact"))
        value = self.wording.calculate(text)
        if value is None:
            self.wrong = True
            return None
        facts = names_in(text)
        if not facts:
            return _Number(value, decimals_of(value))
        if _ONE_NAME.fullmatch(text.text):
            return self._of_fact(facts[0], value)
        return _Number(value, decimals_of(shortest(value, 2)), facts)

    def _of_fact(self, name: str, value: Decimal) -> _Number:
        decimals = self.wording.project.facts[name].decimals
        return _Number(value, decimals_of(value) if decimals is None else decimals, (name,))

    def _maybe_number(self, text: fields.Text | None, otherwise: _Number | None = None) -> _Number | None:
        return otherwise if text is None else self._number(text)

    # --------------------------------------------------------------------------------------------- rows

    def _rows(self) -> tuple[_Row, ...]:
        rows = self.content.rows or ()
        most = _MOST_ROWS[self.content.kind]
        if not rows:
            help = "give it rows such as `{label: …, value: …}`"
            self._report("wrong-value", "a chart needs at least one row", self.content.value_span("rows"), help)
        if len(rows) > most:
            message = f"a chart of kind `{self.content.kind}` has room for {most:,} rows, not {len(rows):,}"
            line = "" if self.content.kind == _LEAST_LINE else ", or draw a `line`"
            self._report("too-many-items", message, self.span, f"show the rows that tell most{line}")
        self._check_series()
        if self._failed():
            return ()
        return tuple(row for entry in rows if (row := self._row(entry)) is not None)

    def _check_series(self) -> None:
        series = self.content.series
        if len(series) > _MOST_SERIES:
            message = f"a chart has room for {_MOST_SERIES} series, not {len(series)}"
            self._report("too-many-items", message, self.content.key_span("series"), "show the series that tell most")

    def _row(self, entry: ChartRowEntry) -> _Row | None:
        filled = [name for name in ("value", "values", "fact") if getattr(entry, name) is not None]
        if len(filled) != 1:
            self._unfilled(entry, filled)
            return None
        if entry.values is not None:
            return self._row_of_many(entry, entry.values)
        if len(self.content.series) > 1:
            self._uneven(entry, 1)
            return None
        found = self._fact_interval(entry) if entry.fact is not None else self._written_interval(entry)
        return _Row(entry, (found,)) if found is not None else None

    def _unfilled(self, entry: ChartRowEntry, filled: list[str]) -> None:
        if filled:
            message = f"this row has both `{filled[0]}` and `{filled[1]}`"
            self._report("unknown-field", message, entry.key_span(filled[1]), "keep one of the two")
            return
        field = "values" if len(self.content.series) > 1 else "value"
        self._report("missing-field", f"`{field}` is missing", entry.label.span, f"add `{field}:`")

    def _row_of_many(self, entry: ChartRowEntry, values: tuple[fields.Text, ...]) -> _Row | None:
        if len(values) != max(1, len(self.content.series)):
            self._uneven(entry, len(values))
            return None
        for name in ("low", "high"):
            if getattr(entry, name) is not None:
                self._report(
                    "unknown-field",
                    f"`{name}` does not belong to a row with `values`",
                    entry.key_span(name),
                    "remove it, or write `value`",
                )
        numbers = [self._number(value) for value in values]
        found = tuple(_Interval(number) for number in numbers if number is not None)
        return _Row(entry, found) if len(found) == len(values) else None

    def _uneven(self, entry: ChartRowEntry, values: int) -> None:
        series = len(self.content.series)
        names = f"{series} series" if series else "no `series`"
        message = f"this row has {values} {'value' if values == 1 else 'values'}, but the chart has {names}"
        self._report("uneven-row", message, entry.label.span, "give every row one value for each of `series`")

    def _fact_interval(self, entry: ChartRowEntry) -> _Interval | None:
        assert entry.fact is not None
        name = entry.fact.text
        fact = self.wording.fact(name, entry.fact.span)
        value = self.wording.ledger.value(name) if fact is not None else None
        if fact is not None and fact.is_range:
            message = f"fact `{name}` is a range and has no one value to draw"
            self._report("fact-field", message, entry.fact.span, "give it a `value`, or use another fact")
        if fact is None or value is None:
            self.wrong = True
            return None
        low, high = (self._of_fact(name, bound) if bound is not None else None for bound in (fact.low, fact.high))
        return self._bounded(entry, self._of_fact(name, value), low, high)

    def _written_interval(self, entry: ChartRowEntry) -> _Interval | None:
        assert entry.value is not None
        middle = self._number(entry.value)
        return self._bounded(entry, middle, None, None) if middle is not None else None

    def _bounded(
        self, entry: ChartRowEntry, middle: _Number, low: _Number | None, high: _Number | None
    ) -> _Interval | None:
        """The number with the bounds written in the row, or those given; only intervals have any."""
        if self.content.kind != "intervals":
            for name in ("low", "high"):
                if getattr(entry, name) is not None:
                    message = f"`{name}` belongs to a chart of kind `intervals`"
                    self._report("unknown-field", message, entry.key_span(name), "remove it, or draw `intervals`")
            return _Interval(middle)
        low, high = self._maybe_number(entry.low, low), self._maybe_number(entry.high, high)
        if (low is None) != (high is None):
            field = "low" if low is None else "high"
            self._report("missing-field", f"`{field}` is missing", entry.label.span, f"add `{field}:`")
            return None
        if low is not None and high is not None and not low.value <= middle.value <= high.value:
            message = f"{_plain(middle.value)} is not between {_plain(low.value)} and {_plain(high.value)}"
            self._report("wrong-value", message, entry.label.span, "correct the value or the interval")
            return None
        return _Interval(middle, low, high)

    # -------------------------------------------------------------------------------------------- plots

    def _plot(self) -> Chart | None:
        content = self.content
        heading = self._maybe(content.heading)
        rows = self._rows()
        reference = self._maybe_number(content.reference)
        if self._failed():
            return None
        self._check_axis(rows, reference)
        self._check_stack(rows)
        if self._failed():
            return None
        return self._resolved(heading, rows, reference)

    def _resolved(self, heading: RichText | None, rows: tuple[_Row, ...], reference: _Number | None) -> Chart:
        """The chart in words, which are resolved in the order they are read."""
        content = self.content
        unit = self._maybe(content.unit)
        series = tuple(self._rich(name) for name in content.series)
        shared, own = self._sources(rows)
        printing = _Printing.of(content, unit, rows, self.wording.numerals)
        resolved = tuple(self._resolved_row(row, self._sources_of(row) if own else (), printing) for row in rows)
        caption = self._maybe(content.caption)
        if caption is not None:
            caption = self._cited(caption, shared)
        elif resolved:
            first = resolved[0]
            resolved = (ChartRow(self._cited(first.label, shared), first.values, first.note), *resolved[1:])
        chart = Chart(
            heading,
            content.kind,
            0,
            0.0,
            "",
            caption,
            rows=resolved,
            series=series,
            unit=unit,
            reference=float(reference.value) if reference is not None else None,
            reference_text=printing.reference(reference) if reference is not None else None,
            start=_maybe_float(content.axis.from_ if content.axis is not None else None),
            end=_maybe_float(content.axis.to if content.axis is not None else None),
        )
        self._check_sourced(rows)
        return chart.with_alt(self._alt(chart))

    def _resolved_row(self, row: _Row, sources: Iterable[str], printing: _Printing) -> ChartRow:
        label = self._cited(self._rich(row.entry.label), sources)
        return ChartRow(
            label, tuple(printing.shown(interval) for interval in row.intervals), self._maybe(row.entry.note)
        )

    def _sources(self, rows: tuple[_Row, ...]) -> tuple[tuple[str, ...], bool]:
        """The sources to cite once for the whole chart, and whether each row cites its own instead."""
        every = {self._sources_of(row) for row in rows}
        shared = next(iter(every)) if len(every) == 1 else ()
        return shared, len(every) > 1

    def _sources_of(self, row: _Row) -> tuple[str, ...]:
        facts = self.wording.project.facts
        names = dict.fromkeys(name for number in row.numbers for name in number.facts)
        sources = [source.text for name in names if (source := facts[name].source) is not None]
        known, cited = self.wording.project.sources, self._cited_in_caption()
        return tuple(dict.fromkeys(source for source in sources if source in known and source not in cited))

    def _cited_in_caption(self) -> frozenset[str]:
        """The sources that the author cites for the whole chart."""
        return frozenset(self._cites(self.content.caption))

    def _cites(self, text: fields.Text | None) -> tuple[str, ...]:
        """The sources that the author cites in `text`."""
        marks = self.wording.prepared.marks(text)[0] if text is not None else ()
        return tuple(id for mark in marks if isinstance(mark, CiteMark) for id, _ in mark.ids)

    def _cited(self, text: RichText, sources: Iterable[str]) -> RichText:
        for source in sources:
            text = self.wording.cited(text, source)
        return text

    def _check_sourced(self, rows: tuple[_Row, ...]) -> None:
        """Every number comes from a fact, or the author cites where it is from: for its row or for the chart."""
        content = self.content
        if any(self._cites(text) for text in (content.heading, content.caption, content.unit)):
            return
        typed = [row for row in rows if any(not number.facts for number in row.numbers)]
        bare = next((row for row in typed if not self._cites(row.entry.label)), None)
        if bare is not None:
            message = f"the numbers of `{bare.entry.label.text.strip()}` have no source"
            help = "take them from facts, or cite their source in the label or the caption: `[@source]`"
            self.wording.found.append(finding("chart-unsourced", message, bare.place, help=help))

    # ------------------------------------------------------------------------------------------- checks

    def _check_stack(self, rows: tuple[_Row, ...]) -> None:
        for row in rows if self.content.kind == "stacked" else ():
            below = next((number for number in row.numbers if number.value < 0), None)
            if below is not None:
                message = f"{_plain(below.value)} is below zero and cannot be stacked"
                self._report("wrong-value", message, row.place, "draw `bars` instead")

    def _check_axis(self, rows: tuple[_Row, ...], reference: _Number | None) -> None:
        axis = self.content.axis
        if axis is None:
            return
        start, end, span = axis.from_, axis.to, self.content.key_span("axis")
        if start is not None and end is not None and start >= end:
            message = f"an axis cannot go from {_plain(start)} to {_plain(end)}"
            self._report("wrong-value", message, span, "let it begin below its end")
            return
        if self.content.kind in ("bars", "columns") and ((start or 0) > 0 or (end or 0) < 0):
            help = "leave the axis out, or draw a `line`"
            self._report("wrong-value", "bars are as long as their numbers, so their axis has a zero", span, help)
        numbers = [(number, row.place) for row in rows for number in row.numbers]
        numbers += [(reference, self.content.value_span("reference"))] if reference is not None else []
        for number, place in _outside(numbers, start, end):
            self._report("wrong-value", f"{_plain(number.value)} is not on the axis", place, "make the axis longer")

    # -------------------------------------------------------------------------------------------- words

    def _alt(self, chart: Chart) -> str:
        """The author's text alternative, or one written from the data in the language of the brief."""
        if self.content.alt is not None:
            return self.wording.plain(self.content.alt)
        written = alternative(chart, self.wording.numerals)
        if written is None:
            message = f"`alt` of `{self.slot}` is missing, and can be written from the data only in {ALTERNATIVES}"
            self._report("missing-field", message, self.span, "add `alt:`, what the chart shows in words")
        return written or ""

    def _rich(self, text: fields.Text) -> RichText:
        return self.wording.rich(text, self.slot)

    def _maybe(self, text: fields.Text | None) -> RichText | None:
        return self.wording.optional(text, self.slot)


_SHADE: Final = "shade a number of squares from 0 to `units`"


def _outside(
    numbers: Iterable[tuple[_Number, Span | None]], start: Decimal | None, end: Decimal | None
) -> Iterator[tuple[_Number, Span | None]]:
    for number, place in numbers:
        if (start is not None and number.value < start) or (end is not None and number.value > end):
            yield number, place


@dataclass(frozen=True, slots=True)
class _Printing:
    """How the numbers of one chart are printed: all with the same decimals, and with the sign of a per cent."""

    language: str
    decimals: int
    per_cent: bool

    @classmethod
    def of(cls, content: ChartSlot, unit: RichText | None, rows: Iterable[_Row], language: str) -> _Printing:
        written = max((number.decimals for row in rows for number in row.numbers), default=0)
        decimals = content.decimals if content.decimals is not None else written
        return cls(language, min(max(decimals, 0), _MOST_DECIMALS), unit is not None and str(unit).strip() == "%")

    def number(self, number: _Number) -> str:
        write = format_percent if self.per_cent else format_number
        return write(number.value, self.language, self.decimals)

    def reference(self, number: _Number) -> str:
        """Where the line of no effect stands, as it was written: it is a place and no measurement."""
        return format_number(number.value, self.language)

    def shown(self, drawn: _Interval) -> ChartNumber:
        text = self.number(drawn.middle)
        if drawn.low is None or drawn.high is None:
            return ChartNumber(float(drawn.middle.value), text)
        low, high = self.number(drawn.low), self.number(drawn.high)
        return ChartNumber(
            float(drawn.middle.value),
            f"{text} ({interval(low, high, self.language)})",
            float(drawn.low.value),
            float(drawn.high.value),
            (text, low, high),
        )


def _maybe_float(value: Decimal | None) -> float | None:
    return float(value) if value is not None else None


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
