"""Numbers, names, strings and dates as ISO 32000-1, 7.3 and 7.9, has them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.pdf.syntax import date, name, number, string


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0, b"0"), (-0.0, b"0"), (-0.001, b"0"), (12.0, b"12"), (0.5, b"0.5"), (-3.256, b"-3.26"), (841.89, b"841.89")],
)
def test_a_number_has_no_needless_digit(value: float, expected: bytes) -> None:
    assert number(value) == expected


@given(st.floats(-20_000, 20_000))
def test_a_number_is_right_to_a_hundredth(value: float) -> None:
    text = number(value)
    assert abs(float(text) - value) <= 0.0051
    assert b"e" not in text


def test_a_name_escapes_what_is_not_regular() -> None:
    assert name("Fira Sans/Ä#") == b"/Fira#20Sans#2F#C3#84#23"


@pytest.mark.parametrize(
    ("text", "expected"), [("a (b) \\", rb"(a \(b\) \\)"), ("é", b"<FEFF00E9>"), ("\n", b"<FEFF000A>"), ("", b"()")]
)
def test_a_string_is_ascii_or_utf_16(text: str, expected: bytes) -> None:
    assert string(text) == expected


def test_a_date_says_its_time_zone() -> None:
    assert date(datetime(2026, 11, 23, 9, 30, tzinfo=UTC)) == b"(D:20261123093000Z)"
    west = timezone(-timedelta(hours=5, minutes=30))
    assert date(datetime(2026, 11, 23, 9, 30, tzinfo=west)) == b"(D:20261123093000-05'30')"


def test_a_date_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        date(datetime(2026, 11, 23))  # noqa: DTZ001
