"""The numbers of a text, in digits and in words, and what only looks like one."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.content.checks.quantities import quantities
from briefpack.content.plain.reader import Reader

LINES = (Path(__file__).parent / "restatements.txt").read_text(encoding="utf-8").splitlines()


def read(text: str, language: str = "en") -> list[str]:
    """The values of the quantities in `text`, with their signs."""
    return [
        f"{item.sign if item.sign != '%' else ''}{item.value:f}{item.sign if item.sign == '%' else ''}"
        for item in quantities(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("8760 or 8,760 or 8 760 or 8\u202f760 hours", ["8760"] * 4),
        ("0.57 points (0.36 to 0.78)", ["0.57", "0.36", "0.78"]),
        ("8.8 thousand, 9k and 1.5 million", ["8800.0", "9000", "1500000.0"]),
        ("$2.47 and 61% and 7 per cent", ["$2.47", "61%", "7%"]),
        ("eight thousand seven hundred and sixty", ["8760"]),
        ("Eighty-seven hundred hours, a hundred people, two million", ["8700", "100", "2000000"]),
        ("twenty-two trials and six hundred and twenty people", ["22", "620"]),
    ],
)
def test_numbers(text: str, values: list[str]) -> None:
    assert read(text) == values


@pytest.mark.parametrize(
    ("text", "language", "values"),
    [
        ("8.760 horas y 0,57 puntos", "es", ["8760", "0.57"]),
        ("ocho mil setecientas sesenta horas", "es", ["8760"]),
        ("treinta y una mil personas, veintidós ensayos", "es", ["31000", "22"]),
        ("dos millones de dólares, cien y quinientos mil", "es", ["2000000", "500000"]),
        ("8,760 horas", "es-MX", ["8760"]),
        ("8\u00a0760 Stunden oder 8.760 Stunden", "de", ["8760", "8760"]),
        ("huit mille heures", "fr", []),
    ],
)
def test_numbers_of_other_languages(text: str, language: str, values: list[str]) -> None:
    """Marks of every language, words of English and Spanish."""
    assert read(text, language) == values


@pytest.mark.parametrize(
    "text",
    [
        "In 2015, since 2019–2021, on 31 March 2027, March 31, 2027, 2026-11-23 and 14/01/2027",
        "From 14:00 to 15:30, at 9 am or 5 p.m.",
        "Call 555-0142, 1-800-555-0199, (555) 555-0142 or +44 20 7946 0958",
        "See page 8760, pp. 12–14, Table 6, Figure 8, § 49 and step 6",
        "doi:10.1186/s12889-015-1798-y, https://example.org/8760 and desk8760@example.org",
        "HbA1c, I², HF69, the 21st and COVID-19",
        "no one, one of them, two thirds, one-half, the two-year pilot",
        "8760 Harbour Road",
        "Post code 90210, zip code 02115-1234, page of 400",
        "6. Meet your peer",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert read(text) == []


def test_a_quantity_knows_its_place_and_its_words() -> None:
    (first, second) = quantities("about 9,000 hours, not nine thousand", "en")
    assert (first.text, first.start, first.end, first.spelt) == ("9,000", 6, 11, False)
    assert (second.text, second.start, second.spelt) == ("nine thousand", 23, True)


@pytest.mark.parametrize("language", ["en", "es", "de"])
def test_what_is_known_of_the_words_changes_nothing(language: str) -> None:
    """Whether the words of a text are told or not, its quantities are the same."""
    reader = Reader(language)
    for line in LINES:
        assert quantities(line, language, reader.worded(line).parts) == quantities(line, language), line
