"""Where sentences end, and what a word is."""

from __future__ import annotations

import pytest

from briefpack.content.plain.sentences import sentence_spans
from briefpack.content.plain.words import words


def sentences(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(
    "parts",
    [
        # A text that no full stop ends, and one of two words.
        ["Listen when you have a hard day"],
        ["It works."],
        # Titles, Latin, decimals, countries.
        ["Dr. Smith saw 8.41% of patients, e.g. those above 9.0.", "The U.S. average is 7."],
        ["Ask Mrs. Jones, Prof. Li or St. Mary's.", "They know."],
        ["See p. 12 and fig. 3 vs. fig. 4.", "Then call."],
        ["Was it p.?", "No."],
        # An abbreviation that ends a sentence, and one that does not.
        ["He lives in the U.S.", "The law is new there."],
        ["The U.S. Department of Health agrees."],
        ["We open at 9 a.m. Mondays only."],
        ["We close at 5 p.m.", "You can call."],
        ["Bring pens, paper, etc.", "There is tea."],
        # Initials, and letters that name a thing.
        ["E. B. Fisher and J. Q. Public wrote it.", "We cite it."],
        ["This is vitamin C.", "It helps."],
        ["So am I.", "You too."],
        # Ellipses.
        ["Wait\u2026 what?", "Yes!"],
        ["Wait... and see."],
        ["We waited...", "Nobody came."],
        # Quotations.
        ["\u201cStop.\u201d", "Then she left."],
        ["\u201cWhy?\u201d she asked."],
        ["She said: \u201cAsk me.\u201d", "(See fig. 3.)", "Done"],
        # Numbers at both sides of a full stop.
        ["It rose to 0.5.", "13 trials agree."],
        ["Go to example.org for more.", "It is free."],
        ["Really?!", "Yes."],
    ],
)
def test_english_sentences(parts: list[str]) -> None:
    assert sentences(" ".join(parts)) == parts


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("es", ["El Sr. Pérez y la Dra. Gil llegaron.", "¿Qué tal?", "¡Bien!"]),
        ("es", ["Vive en EE.UU.", "La ley es nueva."]),
        ("fr", ["M. Petit, p. ex., est venu.", "C'est bien."]),
        ("de", ["Am 3. Oktober kam z. B. Dr. Meier.", "Das war gut."]),
        ("de", ["Er kam am 5. Mai bzw. später.", "Sie auch."]),
        ("it", ["Il dott. Rossi lavora.", "Va bene."]),
        ("nl", ["Dhr. Jansen belt bijv. morgen.", "Dat is goed."]),
        ("hi", ["वह आया\u0964", "वह गया\u0964"]),
        ("ar", ["هل أنت بخير؟", "نعم."]),
    ],
)
def test_sentences_of_other_languages(language: str, parts: list[str]) -> None:
    assert sentences(" ".join(parts), language) == parts


def test_chinese_needs_no_blank_between_sentences() -> None:
    assert sentences("你好。你好吗？很好", "zh") == ["你好。", "你好吗？", "很好"]


def test_what_has_no_words_is_no_sentence() -> None:
    assert sentences("") == []
    assert sentences(" \u2013 ") == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("8,760 hours a year", 4),
        ("0.16 to 0.57 points", 4),
        ("peer-led, well-known", 2),
        ("don\u2019t and the nurses\u2019 room", 5),
        ("the U.S. law", 3),
        ("at 10:30", 2),
        ("Mail us at desk@example.org or see https://example.org/a", 5),
        ("one \u2013 two", 2),
        ("HbA1c and A1C", 3),
    ],
)
def test_words(text: str, count: int) -> None:
    assert len(words(text)) == count
