"""Numbers and dates in the manner of a language (Unicode CLDR, checked against release 46)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Final

_NARROW: Final = "\u202f"
_BLANK: Final = "\u00a0"
_MINUS: Final = "\u2212"
_MOST_DECIMALS: Final = 10


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands between groups of three digits and before the decimals.

    With `least` digits in front, fewer leading digits than that are not set off: Spanish writes 8760
    but 10.000.
    """

    group: str
    decimal: str
    least: int = 1


_POINT: Final = Marks(",", ".")
_COMMA: Final = Marks(".", ",")

_MARKS: Final[Mapping[str, Marks]] = MappingProxyType(
    {
        "en": _POINT,
        "zh": _POINT,
        "ja": _POINT,
        "ko": _POINT,
        "th": _POINT,
        "he": _POINT,
        "sw": _POINT,
        "so": _POINT,
        "tl": _POINT,
        "fil": _POINT,
        "de": _COMMA,
        "da": _COMMA,
        "el": _COMMA,
        "id": _COMMA,
        "nl": _COMMA,
        "ro": _COMMA,
        "sl": _COMMA,
        "tr": _COMMA,
        "vi": _COMMA,
        "ca": _COMMA,
        "it": Marks(".", ",", 2),
        "es": Marks(".", ",", 2),
        "pt": Marks(".", ",", 2),
        "pt-br": _COMMA,
        "es-mx": _POINT,
        "es-us": _POINT,
        "es-419": _POINT,
        "de-ch": Marks("\u2019", "."),
        "de-at": Marks(_BLANK, ","),
        "fr": Marks(_NARROW, ","),
        "fr-ca": Marks(_BLANK, ","),
        "pl": Marks(_BLANK, ",", 2),
        "bg": Marks(_BLANK, ",", 2),
        "cs": Marks(_BLANK, ","),
        "fi": Marks(_BLANK, ","),
        "hu": Marks(_BLANK, ","),
        "nb": Marks(_BLANK, ","),
        "no": Marks(_BLANK, ","),
        "ru": Marks(_BLANK, ","),
        "sk": Marks(_BLANK, ","),
        "sv": Marks(_BLANK, ","),
        "uk": Marks(_BLANK, ","),
    }
)


def marks(language: str) -> Marks:
    """The marks of a language tag: its own, or its language's, or those of English."""
    tag = language.lower()
    return _MARKS.get(tag) or _MARKS.get(tag.split("-")[0]) or _POINT


def format_number(value: Decimal, language: str, decimals: int | None = None) -> str:
    """`value` as `language` writes it, with as many decimals as it has or as `decimals` says."""
    rounded = rounded_to(value, decimals_of(value) if decimals is None else min(max(decimals, 0), _MOST_DECIMALS))
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    own = marks(language)
    text = _grouped(whole, own) + (own.decimal + fraction if fraction else "")
    return f"{_MINUS}{text}" if rounded < 0 else text


def decimals_of(value: Decimal) -> int:
    """How many decimals `value` was written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded_to(value: Decimal, decimals: int) -> Decimal:
    """`value` to `decimals` places, halves away from zero, as people round."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _grouped(whole: str, own: Marks) -> str:
    if len(whole) < 3 + own.least:
        return whole
    first = len(whole) % 3
    groups = [whole[:first]] if first else []
    groups += [whole[at : at + 3] for at in range(first, len(whole), 3)]
    return own.group.join(groups)


_MONTHS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "January February March April May June July August September October November December",
        "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
        "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
        "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
        "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    }
)
_DATES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "en": "{day} {month} {year}",
        "en-us": "{month} {day}, {year}",
        "es": "{day} de {month} de {year}",
        "fr": "{day} {month} {year}",
        "de": "{day}. {month} {year}",
        "it": "{day} {month} {year}",
        "pt": "{day} de {month} de {year}",
        "nl": "{day} {month} {year}",
    }
)


def format_date(day: date, language: str) -> str:
    """`day` in words, such as 23 November 2026; in figures (ISO 8601) where the language is not known."""
    tag = language.lower()
    base = tag.split("-")[0]
    pattern = _DATES.get(tag) or _DATES.get(base)
    if pattern is None:
        return day.isoformat()
    month = _MONTHS[base].split()[day.month - 1]
    number = "1er" if base == "fr" and day.day == 1 else str(day.day)
    return pattern.format(day=number, month=month, year=day.year)
