"""Text alternatives of charts, written from their data in plain words.

A short chart is told number by number. A long one is told as people tell it: how many rows, where it begins
and ends, where it is lowest and highest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from briefpack.content.values import Chart, ChartNumber, ChartRow
from briefpack.dataclass import dataclass

ALTERNATIVES: Final = "English and Spanish"
"""The languages that alternatives are written in."""

# More numbers than this are not told one by one.
_MOST_TOLD: Final = 24


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What is said of charts in one language."""

    kinds: Mapping[str, str]
    opening: str
    interval: str
    told: str
    long: str
    range: str
    none: str
    some: str
    waffle: Mapping[str, str]
    last: str


_ENGLISH: Final = _Phrases(
    kinds=MappingProxyType(
        {
            "bars": "Bar chart",
            "stacked": "Stacked bar chart",
            "columns": "Column chart",
            "line": "Line chart",
            "intervals": "Chart of values with their intervals",
        }
    ),
    opening="{kind}, in {unit}.",
    interval="{low} to {high}",
    told="{label}: {value}, with an interval from {low} to {high}.",
    long="{count} values, from {first} ({first_value}) to {last} ({last_value}).",
    range="Lowest: {low} ({low_value}). Highest: {high} ({high_value}).",
    none="No interval includes {reference}.",
    some="These intervals include {reference}: {labels}.",
    waffle=MappingProxyType(
        {
            "square": "{marked} of {units} squares shaded.",
            "dot": "{marked} of {units} dots shaded.",
            "person": "{marked} of {units} people shaded.",
        }
    ),
    last=" and ",
)
_SPANISH: Final = _Phrases(
    kinds=MappingProxyType(
        {
            "bars": "Gráfico de barras",
            "stacked": "Gráfico de barras apiladas",
            "columns": "Gráfico de columnas",
            "line": "Gráfico de líneas",
            "intervals": "Gráfico de valores con sus intervalos",
        }
    ),
    opening="{kind}, en {unit}.",
    interval="{low} a {high}",
    told="{label}: {value}, con un intervalo de {low} a {high}.",
    long="{count} valores, de {first} ({first_value}) a {last} ({last_value}).",
    range="Mínimo: {low} ({low_value}). Máximo: {high} ({high_value}).",
    none="Ningún intervalo incluye {reference}.",
    some="Estos intervalos incluyen {reference}: {labels}.",
    waffle=MappingProxyType(
        {
            "square": "{marked} de {units} cuadrados sombreados.",
            "dot": "{marked} de {units} puntos sombreados.",
            "person": "{marked} de {units} personas sombreadas.",
        }
    ),
    last=" y ",
)
_PHRASES: Final[Mapping[str, _Phrases]] = MappingProxyType({"en": _ENGLISH, "es": _SPANISH})


def _phrases(language: str) -> _Phrases | None:
    return _PHRASES.get(language.lower().split("-")[0])


def interval(low: str, high: str, language: str) -> str:
    """An interval as it is printed beside a mark, such as `0.36 to 0.78`; with a semicolon where words are wanting."""
    phrases = _phrases(language)
    return phrases.interval.format(low=low, high=high) if phrases is not None else f"{low}; {high}"


def alternative(chart: Chart, language: str) -> str | None:
    """What `chart` shows, in words; None when `language` is not one that this can be said in."""
    phrases = _phrases(language)
    if phrases is None:
        return None
    if chart.kind == "waffle":
        return phrases.waffle[chart.icon].format(marked=f"{chart.marked:g}", units=chart.units)
    kind = phrases.kinds[chart.kind]
    told = chart.unit is not None and str(chart.unit).strip() != "%"
    opening = phrases.opening.format(kind=kind, unit=chart.unit) if told else f"{kind}."
    numbers = sum(len(row.values) for row in chart.rows)
    rows = _told(chart, phrases) if numbers <= _MOST_TOLD else _summed_up(chart, phrases)
    return " ".join(part for part in (opening, *rows, _reference(chart, phrases)) if part)


def _told(chart: Chart, phrases: _Phrases) -> list[str]:
    return [_row(row, chart, phrases) for row in chart.rows]


def _row(row: ChartRow, chart: Chart, phrases: _Phrases) -> str:
    label = _bare(str(row.label))
    first = row.values[0]
    if first.parts is not None:
        value, low, high = first.parts
        return phrases.told.format(label=label, value=value, low=low, high=high)
    if not chart.series:
        return f"{label}: {first.text}."
    pairs = zip(chart.series, row.values, strict=True)
    return f"{label}: {', '.join(f'{name} {number.text}' for name, number in pairs)}."


def _summed_up(chart: Chart, phrases: _Phrases) -> list[str]:
    """Series by series, where it begins and ends, its least and its most."""
    return [
        (f"{chart.series[at]}: " if len(chart.series) > 1 else "") + _series(chart.rows, at, phrases)
        for at in range(len(chart.rows[0].values))
    ]


def _series(rows: Sequence[ChartRow], at: int, phrases: _Phrases) -> str:
    first, last = rows[0], rows[-1]
    low = min(rows, key=lambda row: row.values[at].at)
    high = max(rows, key=lambda row: row.values[at].at)
    long = phrases.long.format(
        count=len(rows),
        first=_bare(str(first.label)),
        first_value=_middle(first.values[at]),
        last=_bare(str(last.label)),
        last_value=_middle(last.values[at]),
    )
    ends = phrases.range.format(
        low=_bare(str(low.label)),
        low_value=_middle(low.values[at]),
        high=_bare(str(high.label)),
        high_value=_middle(high.values[at]),
    )
    return f"{long} {ends}"


def _middle(number: ChartNumber) -> str:
    return number.parts[0] if number.parts is not None else number.text


def _reference(chart: Chart, phrases: _Phrases) -> str:
    """Which intervals include the line of no effect."""
    if chart.reference is None or not any(row.values[0].parts for row in chart.rows):
        return ""
    across = [_bare(str(row.label)) for row in chart.rows if _includes(row.values[0], chart.reference)]
    if not across:
        return phrases.none.format(reference=chart.reference_text)
    labels = phrases.last.join([part for part in (", ".join(across[:-1]), across[-1]) if part])
    return phrases.some.format(reference=chart.reference_text, labels=labels)


def _includes(number: ChartNumber, reference: float) -> bool:
    return number.low is not None and number.high is not None and number.low <= reference <= number.high


def _bare(label: str) -> str:
    return label.strip().rstrip(":.")
