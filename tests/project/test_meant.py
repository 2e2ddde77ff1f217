"""What is said to write instead of a value that cannot be read, where it is plain what was meant."""

from __future__ import annotations

import pytest

from briefpack.geometry import points
from briefpack.project.fields import A_DATE, A_LENGTH, A_NUMBER, A_WHOLE_NUMBER, day, exact
from briefpack.project.meant import meant


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("23.11.2026", "write `2026-11-23`"),
        ("11/23/2026", "write `2026-11-23`"),
        ("23/11/2026", "write `2026-11-23`"),
        ("2026/11/3", "write `2026-11-03`"),
        ("3 November 2026", "write `2026-11-03`"),
        ("November 3, 2026", "write `2026-11-03`"),
        ("Thursday, 14 Jan 2027", "write `2027-01-14`"),
        ("11/11/2026", "write `2026-11-11`"),
        ("03/04/2026", None),  # which is the month?
        ("2026-13-45", None),
        ("31.2.2026", None),
        ("soon", None),
        ("3 Nonember 2026", None),
    ],
)
def test_days(text: str, help: str | None) -> None:
    assert meant(A_DATE, text) == help
    assert help is None or day(help.split("`")[1]).year in (2026, 2027)


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("8,760", "write `8760`, without grouping"),
        ("1 234 567.5", "write `1234567.5`, without grouping"),
        ("0,57", "write `0.57`"),
        ("about 9", None),
        ("8,76,0", None),
    ],
)
def test_numbers(text: str, help: str | None) -> None:
    assert meant(A_NUMBER, text) == help
    assert help is None or exact(help.split("`")[1]) > 0


@pytest.mark.parametrize(
    ("text", "help"),
    [("5 min", "write `5`"), ("1,200", "write `1200`, without grouping"), ("1.5", None), ("five", None), ("1,5", None)],
)
def test_whole_numbers(text: str, help: str | None) -> None:
    assert meant(A_WHOLE_NUMBER, text) == help


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("15", "write `15mm` or `15pt`"),
        ("14 points", "write `14pt`"),
        ("1,5 cm", "write `1.5cm`"),
        ("2 Inches", "write `2in`"),
        ("3 ems", None),
        ("wide", None),
    ],
)
def test_lengths(text: str, help: str | None) -> None:
    assert meant(A_LENGTH, text) == help
    assert help is None or points(help.split("`")[1]) > 0


def test_nothing_is_guessed_of_other_fields() -> None:
    assert meant("a colour such as `#1a5fb4`", "blue") is None
