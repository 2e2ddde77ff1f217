"""Numbers and dates are those of Babel in every language it has, but for what their modules say differs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

import babel
import pytest
from babel import Locale
from babel.dates import format_date as babel_date
from babel.numbers import NumberPattern
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.content.dates import format_date, format_days
from briefpack.content.languages import with_digits
from briefpack.content.numbers import format_number, format_percent, in_digits, marks

QUICK: Final = ("en", "en-001", "en-GB", "en-US")
REGIONS: Final = (
    *("ar-AE", "ar-EG", "ar-MA", "bn-IN", "de-CH", "de-LI", "en-AU", "en-CA", "en-IN", "en-ZA", "es-419", "es-AR"),
    *("es-CL", "es-CO", "es-MX", "es-US", "fa-AF", "fr-BE", "fr-CA", "fr-CH", "fr-MA", "it-CH", "nl-BE", "pt-AO"),
    *("pt-BR", "pt-MZ", "pt-PT", "ru-UA", "sr-Latn", "sw-KE", "ur-IN", "uz-Cyrl", "zh-Hant", "zh-Hant-HK"),
)
# Every language that Babel has data of, and regions that write otherwise than the language does.
TAGS: Final = tuple(
    sorted({name for name in babel.localedata.locale_identifiers() if name.isalpha() and name != "root"} | {*REGIONS})
)


def _differences(check: Callable[[str], Iterable[tuple[str, str]]]) -> list[tuple[str, str, str]]:
    """The languages where what we write is not what was expected, and both."""
    return [(tag, own, expected) for tag in (*TAGS, *QUICK) for own, expected in check(tag) if own != expected]


def _babel(tag: str) -> Locale:
    return Locale.parse("en-001" if tag == "en" else tag, sep="-")


def _in_latin(text: str, tag: str) -> str:
    return text.translate(str.maketrans(marks(tag).digits, "0123456789"))


def _expected(pattern: NumberPattern, value: Decimal, tag: str) -> str:
    """What Babel writes for `value` with its own decimals."""
    locale = _babel(tag)
    system = locale.default_numbering_system
    if not {"group", "decimal"} <= locale.number_symbols.get(system, {}).keys():
        system = "latn"
    written = NumberPattern(
        pattern.pattern,
        pattern.prefix,
        pattern.suffix,
        pattern.grouping,
        pattern.int_prec,
        (max(0, -int(value.as_tuple().exponent)),) * 2,
        None,
        None,
    )
    sets_off = len(f"{int(abs(value))}") >= pattern.grouping[0] + marks(tag).least
    return str(written.apply(abs(value), locale, group_separator=sets_off, numbering_system=system))


VALUES: Final = tuple(
    map(
        Decimal, ("0", "7", "0.57", "999", "8760", "8760.0", "18760", "100000", "1234567.5", "98765432.1", "-3", "-0.5")
    )
)


def _numbers(tag: str) -> Iterator[tuple[str, str]]:
    minus = marks(tag).minus
    for value in VALUES:
        expected = _expected(_babel(tag).decimal_formats[None], value, tag)
        yield _in_latin(format_number(value, tag), tag), f"{minus if value < 0 else ''}{expected}"


def test_numbers_are_those_of_babel() -> None:
    assert _differences(_numbers) == []


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([*TAGS, *QUICK]), st.decimals("0", "1e12", places=3), st.integers(0, 3))
def test_any_number_in_any_language_is_that_of_babel(tag: str, value: Decimal, decimals: int) -> None:
    rounded = Decimal(f"{value:.{decimals}f}")
    assert _in_latin(format_number(rounded, tag), tag) == _expected(_babel(tag).decimal_formats[None], rounded, tag)


def _shares(tag: str) -> Iterator[tuple[str, str]]:
    locale = _babel(tag)
    pattern = locale.percent_formats[None]
    system = locale.default_numbering_system
    sign = locale.number_symbols.get(system, {}).get("percentSign") or locale.number_symbols["latn"]["percentSign"]
    expected = f"{pattern.prefix[0]}5{pattern.suffix[0]}".replace("%", sign)
    yield _in_latin(format_percent(Decimal(5), tag), tag), expected


def test_shares_are_those_of_babel() -> None:
    assert _differences(_shares) == []


def _dates(tag: str) -> Iterator[tuple[str, str]]:
    for month in range(1, 13):
        day = date(2026, month, 23)
        yield _in_latin(format_date(day, tag), tag), babel_date(day, "long", _babel(tag))


def test_dates_are_those_of_babel() -> None:
    assert _differences(_dates) == []


@pytest.mark.parametrize(
    ("value", "language", "expected"),
    [
        ("8760", "en", "8,760"),
        ("8760", "en-GB", "8,760"),
        ("8760", "es", "8760"),
        ("18760", "es", "18.760"),
        ("8760", "es-MX", "8,760"),
        ("8760", "fr", "8\u202f760"),
        ("8760", "fr-CA", "8\u00a0760"),
        ("8760", "de", "8.760"),
        ("8760", "de-AT", "8\u00a0760"),
        ("8760", "de-CH", "8’760"),
        ("8760", "pl", "8760"),
        ("8760", "pt", "8.760"),
        ("8760", "pt-PT", "8760"),
        ("1234567", "hi", "12,34,567"),
        ("8760", "bn", "৮,৭৬০"),
        ("8760", "fa", "۸٬۷۶۰"),
        ("8760", "ar-EG", "٨٬٧٦٠"),
        ("8760", "fa-u-nu-latn", "8,760"),
        ("8760", "xx", "8,760"),
        ("8760", "es-MX-tijuana", "8,760"),
        ("1234567.5", "en", "1,234,567.5"),
        ("0.570", "en", "0.570"),
        ("0.57", "de", "0,57"),
        ("-3", "en", "−3"),
        ("-3", "sv", "−3"),
        ("-3", "he", "\u200e−3"),
        ("999", "en", "999"),
    ],
)
def test_numbers(value: str, language: str, expected: str) -> None:
    assert format_number(Decimal(value), language) == expected


def test_decimals_are_rounded_as_people_do() -> None:
    assert format_number(Decimal("2.5"), "en", 0) == "3"
    assert format_number(Decimal("0.125"), "en", 2) == "0.13"
    assert format_number(Decimal("7"), "en", 1) == "7.0"
    assert format_number(Decimal("-0.4"), "en", 0) == "0"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "−5%"),
        ("de", "−5\u00a0%"),
        ("tr", "−%5"),
        ("fr", "−5\u00a0%"),
        ("ar", "\u200e−5\u200e%\u200e"),
        ("fa", "\u200e−۵٪"),
    ],
)
def test_shares_of_a_hundred(language: str, expected: str) -> None:
    assert format_percent(Decimal(-5), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "23 November 2026"),
        ("en-US", "November 23, 2026"),
        ("en-AU", "23 November 2026"),
        ("es", "23 de noviembre de 2026"),
        ("de", "23. November 2026"),
        ("fr", "23 novembre 2026"),
        ("ja", "2026年11月23日"),
        ("bn", "২৩ নভেম্বর, ২০২৬"),
        ("bn-u-nu-latn", "23 নভেম্বর, 2026"),
        ("xx", "2026-11-23"),
    ],
)
def test_dates(language: str, expected: str) -> None:
    assert format_date(date(2026, 11, 23), language) == expected


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", "1er janvier 2027"),
        ("fr-CA", "1er janvier 2027"),
        ("pt", "1º de janeiro de 2027"),
        ("pt-PT", "1 de janeiro de 2027"),
        ("es", "1 de enero de 2027"),
    ],
)
def test_the_first_of_a_month(language: str, expected: str) -> None:
    assert format_date(date(2027, 1, 1), language) == expected


@pytest.mark.parametrize(
    ("language", "days", "expected"),
    [
        ("en", 0, "30 December 2026"),
        ("en", 1, "30–31 Dec 2026"),
        ("en-US", 3, "Dec 30, 2026\u00a0– Jan 2, 2027"),
        ("es", 1, "30–31 de diciembre de 2026"),
        ("ja", 1, "2026年12月30日～31日"),
        ("xx", 1, "2026-12-30/2026-12-31"),
    ],
)
def test_a_stretch_of_days(language: str, days: int, expected: str) -> None:
    first = date(2026, 12, 30)
    assert format_days(first, first + timedelta(days), language) == expected


@pytest.mark.parametrize(
    ("language", "digits", "expected"),
    [
        ("en", None, "en"),
        ("en", "native", "en"),
        ("bn", None, "bn"),
        ("bn", "native", "bn"),
        ("bn", "latin", "bn-u-nu-latn"),
        ("hi", "native", "hi-u-nu-deva"),
        ("ar", "native", "ar-u-nu-arab"),
        ("ja", "native", "ja"),
        ("xx", "native", "xx"),
        ("fa-u-nu-latn", "native", "fa-u-nu-latn"),
    ],
)
def test_a_campaign_chooses_its_digits(language: str, digits: str | None, expected: str) -> None:
    assert with_digits(language, digits) == expected


def test_page_numbers_have_the_digits_of_the_language() -> None:
    assert in_digits("12", "en") == "12"
    assert in_digits("12", "fa") == "۱۲"
    assert in_digits("12", "hi-u-nu-deva") == "१२"


def test_english_does_without_babel() -> None:
    """What an English page asks for takes no import of Babel, which would cost it more than all its numbers."""
    program = (
        "import sys; from datetime import date; from decimal import Decimal\n"
        "from briefpack.content.dates import *; from briefpack.content.numbers import *\n"
        "from briefpack.content.languages import *\n"
        "format_number(Decimal(8760), 'en'), format_percent(Decimal(5), 'en-US')\n"
        "format_date(date(2026, 1, 1), 'en-GB')\n"
        "in_digits('3', with_digits('en', 'latin')); print('babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
