"""Text alternatives written from the data of a chart: in every language that Briefpack has words in."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from briefpack.content.alternatives import ALTERNATIVES, alternative, interval
from briefpack.content.languages import known_locale
from briefpack.content.terms import WORDS
from briefpack.content.values import Chart, ChartNumber, ChartRow, RichText
from briefpack.document import Text

LABELS: Final = ("A", "B")


def text(words: str) -> RichText:
    return RichText((Text(words),))


def chart(kind: str, rows: int = 2, *, bounds: bool = False, series: tuple[str, ...] = ()) -> Chart:
    """A chart of `rows`, each with a number a series, with `bounds` about it."""
    several = max(1, len(series))
    numbers = [
        ChartNumber(at + 1.0, str(at + 1), at + 0.5, at + 2.5, (str(at + 1), f"{at}", f"{at + 2}"))
        if bounds
        else ChartNumber(at + 1.0, str(at + 1))
        for at in range(rows)
    ]
    made = tuple(ChartRow(text(f"L{at}"), (number,) * several) for at, number in enumerate(numbers))
    drawn = Chart(None, kind, 100, 61.5, "", None, "dot", made, tuple(map(text, series)), text("h"))
    return replace(drawn, reference=1.0, reference_text="1") if bounds else drawn


SHAPES: Final = (
    chart("bars"),
    chart("stacked", series=LABELS),
    chart("columns", 30),
    chart("line", 30, series=LABELS),
    chart("intervals", bounds=True),
    chart("waffle"),
)


def said(language: str) -> list[str]:
    return [alternative(each, language) or "" for each in SHAPES]


@pytest.mark.parametrize("language", sorted(WORDS))
def test_every_language_of_the_terms_tells_every_chart(language: str) -> None:
    """In words of its own, with every number, and nothing left to be filled in."""
    told = said(language)
    assert all(told)
    assert not any("{" in each or "}" in each for each in told)
    assert all("L0" in each for each in told[:5])
    if language != "en":
        assert not {*told} & {*said("en")}
    locale = known_locale("en")
    names = locale.languages if locale is not None else {}
    assert names[language] in ALTERNATIVES


def test_the_words_of_each_language() -> None:
    assert [alternative(SHAPES[1], language) for language in ("en", "fr", "de", "ar")] == [
        "Stacked bar chart, in h. L0: A 1, B 1. L1: A 2, B 2.",
        "Graphique à barres empilées, en h. L0\u00a0: A 1, B 1. L1\u00a0: A 2, B 2.",
        "Gestapeltes Balkendiagramm, in h. L0: A 1, B 1. L1: A 2, B 2.",
        "مخطط أشرطة مكدسة، الوحدة: h. L0: A 1، B 1. L1: A 2، B 2.",
    ]
    assert [alternative(SHAPES[5], language) for language in ("it", "nl", "pt", "ar-u-nu-arab")] == [
        "61,5 punti colorati su 100.",
        "61,5 van 100 stippen ingekleurd.",
        "61,5 de 100 pontos preenchidos.",
        "المظلل من النقاط: ٦١٫٥ من ١٠٠.",
    ]


def test_intervals_by_language() -> None:
    assert [interval("1", "2", language) for language in ("en", "it", "de-AT", "sv")] == [
        "1 to 2",
        "da 1 a 2",
        "1 bis 2",
        "1; 2",
    ]


def test_a_language_without_words_has_none() -> None:
    assert alternative(SHAPES[0], "sv") is None
