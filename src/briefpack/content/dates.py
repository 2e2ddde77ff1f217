"""Dates in the manner of a language (Unicode CLDR, by way of Babel); in figures (ISO 8601) where nobody knows it.

What differs from CLDR, on purpose: plain `en` is world English (`en-001`), so its dates are 23 November 2026, where
`en-US` has November 23, 2026; and the first of a month is `1er` in French and `1º` in Brazilian Portuguese.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from briefpack.content.languages import QUICK, digit_system, in_ten, known_locale, tag_and_digits, ten_digits

_BLANK: Final = "\u00a0"
_FIRSTS: Final[Mapping[str, str]] = MappingProxyType({"fr": "1er", "pt": "1º"})


def format_date(day: date, language: str) -> str:
    """`day` in words, such as 23 November 2026; in figures (ISO 8601) where the language is not known."""
    tag, digits = tag_and_digits(language)
    if tag in QUICK and not digits:
        month = _MONTHS[day.month - 1]
        return f"{month} {day.day}, {day.year}" if tag == "en-us" else f"{day.day} {month} {day.year}"
    locale = known_locale(tag)
    if locale is None:
        return in_ten(day.isoformat(), ten_digits(digits or "latn"))
    from babel.dates import format_date as babel_date

    text = babel_date(day, "long", locale)
    first = _FIRSTS.get(locale.language) if day.day == 1 and locale.territory != "PT" else None
    if first is not None and text.startswith("1 "):
        text = first + text[1:]
    return in_ten(text, ten_digits(digit_system(locale, digits)))


def format_days(first: date, last: date, language: str) -> str:
    """The days from `first` to `last`, such as 14–15 January 2027."""
    if first == last:
        return format_date(first, language)
    tag, digits = tag_and_digits(language)
    locale = known_locale(tag)
    if locale is None:
        return in_ten(f"{first.isoformat()}/{last.isoformat()}", ten_digits(digits or "latn"))
    from babel.dates import format_interval

    # CLDR has thin spaces round the dash of a long range, which few typefaces draw.
    text = format_interval(first, last, "yMMMMd", locale=locale).replace("\u2009–\u2009", f"{_BLANK}– ")
    return in_ten(text, ten_digits(digit_system(locale, digits)))


_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
