"""Text alternatives of charts, written from their data in plain words.

A short chart is told number by number. A long one is told as people tell it: how many rows, where it begins
and ends, where it is lowest and highest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from briefpack.content.numbers import format_number, in_digits
from briefpack.content.values import Chart, ChartNumber, ChartRow
from briefpack.dataclass import dataclass

ALTERNATIVES: Final = "English, Spanish, French, German, Italian, Dutch, Portuguese and Arabic"
"""The languages that alternatives are written in: those that Briefpack has words of its own in."""

# More numbers than this are not told one by one.
_MOST_TOLD: Final = 24


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What is said of charts in one language. `pair` is a label and its value, `comma` stands in lists."""

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
    pair: str = "{label}: {value}"
    comma: str = ", "


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
_FRENCH: Final = _Phrases(
    kinds=MappingProxyType(
        {
            "bars": "Graphique à barres",
            "stacked": "Graphique à barres empilées",
            "columns": "Graphique à colonnes",
            "line": "Graphique en courbes",
            "intervals": "Graphique de valeurs avec leurs intervalles",
        }
    ),
    opening="{kind}, en {unit}.",
    interval="{low} à {high}",
    told="{label}\u00a0: {value}, avec un intervalle de {low} à {high}.",
    long="{count} valeurs, la première pour {first} ({first_value}) et la dernière pour {last} ({last_value}).",
    range="Minimum\u00a0: {low} ({low_value}). Maximum\u00a0: {high} ({high_value}).",
    none="Aucun intervalle ne comprend {reference}.",
    some="Ces intervalles comprennent {reference}\u00a0: {labels}.",
    waffle=MappingProxyType(
        {
            "square": "{marked} carrés colorés sur {units}.",
            "dot": "{marked} points colorés sur {units}.",
            "person": "{marked} personnes colorées sur {units}.",
        }
    ),
    last=" et ",
    pair="{label}\u00a0: {value}",
)
_GERMAN: Final = _Phrases(
    kinds=MappingProxyType(
        {
            "bars": "Balkendiagramm",
            "stacked": "Gestapeltes Balkendiagramm",
            "columns": "Säulendiagramm",
            "line": "Liniendiagramm",
            "intervals": "Diagramm von Werten mit ihren Intervallen",
        }
    ),
    opening="{kind}, in {unit}.",
    interval="{low} bis {high}",
    told="{label}: {value}, mit einem Intervall von {low} bis {high}.",
    long="{count} Werte, von {first} ({first_value}) bis {last} ({last_value}).",
    range="Niedrigster: {low} ({low_value}). Höchster: {high} ({high_value}).",
    none="Kein Intervall schließt {reference} ein.",
    some="Diese Intervalle schließen {reference} ein: {labels}.",
    waffle=MappingProxyType(
        {
            "square": "{marked} von {units} Quadraten gefüllt.",
            "dot": "{marked} von {units} Punkten gefüllt.",
            "person": "{marked} von {units} Personen gefüllt.",
        }
    ),
    last=" und ",
)
_ITALIAN: Final = _Phrases(
    kinds=MappingProxyType(
        {
            "bars": "Grafico a barre",
            "stacked": "Grafico a barre sovrapposte",
            "columns": "Grafico a colonne",
            "line": "Grafico a linee",
            "intervals": "Grafico di valori con i loro intervalli",
        }
    ),
    opening="{kind}, in {unit}.",
    interval="da {low} a {high}",
    told="{label}: {value}, con un intervallo da {low} a {high}.",
    long="{count} valori, da {first} ({first_value}) a {last} ({last_value}).",
    range="Minimo: {low} ({low_value}). Massimo: {high} ({high_value}).",
    none="Nessun intervallo comprende {reference}.",
    some="Questi intervalli comprendono {reference}: {labels}.",
    waffle=MappingProxyType(
        {
            "square": "{marked} quadrati colorati su {units}.",
            "dot": "{marked} punti colorati su {units}.",
            "person": "{marked} persone colorate su {units}.",
        }
    ),
    last=" e ",
)
_DUTCH: Final = _Phrases(
    kinds=MappingProxyType(
        {
            "bars": "Staafdiagram",
            "stacked": "Gestapeld staafdiagram",
            "columns": "Kolomdiagram",
            "line": "Lijndiagram",
            "intervals": "Diagram van waarden met hun intervallen",
        }
    ),
    opening="{kind}, in {unit}.",
    interval="{low} tot {high}",
    told="{label}: {value}, met een interval van {low} tot {high}.",
    long="{count} waarden, van {first} ({first_value}) tot {last} ({last_value}).",
    range="Laagste: {low} ({low_value}). Hoogste: {high} ({high_value}).",
    none="Geen interval bevat {reference}.",
    some="Deze intervallen bevatten {reference}: {labels}.",
    waffle=MappingProxyType(
        {
            "square": "{marked} van {units} vierkanten ingekleurd.",
            "dot": "{marked} van {units} stippen ingekleurd.",
            "person": "{marked} van {units} personen ingekleurd.",
        }
    ),
    last=" en ",
)
_PORTUGUESE: Final = _Phrases(
    kinds=MappingProxyType(
        {
            "bars": "Gráfico de barras",
            "stacked": "Gráfico de barras empilhadas",
            "columns": "Gráfico de colunas",
            "line": "Gráfico de linhas",
            "intervals": "Gráfico de valores com os seus intervalos",
        }
    ),
    opening="{kind}, em {unit}.",
    interval="{low} a {high}",
    told="{label}: {value}, com um intervalo de {low} a {high}.",
    long="{count} valores, de {first} ({first_value}) a {last} ({last_value}).",
    range="Mínimo: {low} ({low_value}). Máximo: {high} ({high_value}).",
    none="Nenhum intervalo inclui {reference}.",
    some="Estes intervalos incluem {reference}: {labels}.",
    waffle=MappingProxyType(
        {
            "square": "{marked} de {units} quadrados preenchidos.",
            "dot": "{marked} de {units} pontos preenchidos.",
            "person": "{marked} de {units} pessoas preenchidas.",
        }
    ),
    last=" e ",
)
_ARABIC: Final = _Phrases(
    kinds=MappingProxyType(
        {
            "bars": "مخطط أشرطة",
            "stacked": "مخطط أشرطة مكدسة",
            "columns": "مخطط أعمدة",
            "line": "مخطط خطي",
            "intervals": "مخطط قيم مع مجالاتها",
        }
    ),
    opening="{kind}، الوحدة: {unit}.",
    interval="من {low} إلى {high}",
    told="{label}: {value}، بمجال من {low} إلى {high}.",
    long="عدد القيم {count}، من {first} ({first_value}) إلى {last} ({last_value}).",
    range="الأدنى: {low} ({low_value}). الأعلى: {high} ({high_value}).",
    none="لا يشمل أي مجال {reference}.",
    some="هذه المجالات تشمل {reference}: {labels}.",
    waffle=MappingProxyType(
        {
            "square": "المظلل من المربعات: {marked} من {units}.",
            "dot": "المظلل من النقاط: {marked} من {units}.",
            "person": "المظلل من الأشخاص: {marked} من {units}.",
        }
    ),
    last=" و",
    comma="، ",
)
_PHRASES: Final[Mapping[str, _Phrases]] = MappingProxyType(
    {
        "en": _ENGLISH,
        "es": _SPANISH,
        "fr": _FRENCH,
        "de": _GERMAN,
        "it": _ITALIAN,
        "nl": _DUTCH,
        "pt": _PORTUGUESE,
        "ar": _ARABIC,
    }
)


def _phrases(language: str) -> _Phrases | None:
    return _PHRASES.get(language.lower().split("-")[0])


def interval(low: str, high: str, language: str) -> str:
    """An interval as it is printed beside a mark, such as `0.36 to 0.78`; with a semicolon where words are wanting."""
    phrases = _phrases(language)
    return phrases.interval.format(low=low, high=high) if phrases is not None else f"{low}; {high}"


def alternative(chart: Chart, language: str) -> str | None:
    """What `chart` shows, in words; None when `language`, with its digits, is not one that this can be said in."""
    phrases = _phrases(language)
    if phrases is None:
        return None
    if chart.kind == "waffle":
        marked = format_number(Decimal(f"{chart.marked:g}"), language)
        return phrases.waffle[chart.icon].format(marked=marked, units=in_digits(str(chart.units), language))
    kind = phrases.kinds[chart.kind]
    told = chart.unit is not None and str(chart.unit).strip() != "%"
    opening = phrases.opening.format(kind=kind, unit=chart.unit) if told else f"{kind}."
    numbers = sum(len(row.values) for row in chart.rows)
    rows = _told(chart, phrases) if numbers <= _MOST_TOLD else _summed_up(chart, phrases, language)
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
        return f"{phrases.pair.format(label=label, value=first.text)}."
    pairs = zip(chart.series, row.values, strict=True)
    value = phrases.comma.join(f"{name} {number.text}" for name, number in pairs)
    return f"{phrases.pair.format(label=label, value=value)}."


def _summed_up(chart: Chart, phrases: _Phrases, language: str) -> list[str]:
    """Series by series, where it begins and ends, its least and its most."""
    told = [_series(chart.rows, at, phrases, language) for at in range(len(chart.rows[0].values))]
    if len(chart.series) < 2:
        return told
    return [phrases.pair.format(label=label, value=value) for label, value in zip(chart.series, told, strict=True)]


def _series(rows: Sequence[ChartRow], at: int, phrases: _Phrases, language: str) -> str:
    first, last = rows[0], rows[-1]
    low = min(rows, key=lambda row: row.values[at].at)
    high = max(rows, key=lambda row: row.values[at].at)
    long = phrases.long.format(
        count=in_digits(str(len(rows)), language),
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
    labels = phrases.last.join([part for part in (phrases.comma.join(across[:-1]), across[-1]) if part])
    return phrases.some.format(reference=chart.reference_text, labels=labels)


def _includes(number: ChartNumber, reference: float) -> bool:
    return number.low is not None and number.high is not None and number.low <= reference <= number.high


def _bare(label: str) -> str:
    return label.strip().rstrip(":.")
