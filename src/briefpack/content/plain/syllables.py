"""How many syllables a word has, in the languages whose readability formulas ask for them.

English is in `english`, the others in `european`, each read when it is asked for. In a word with hyphens each part
counts for itself; what has no letters, such as a number, is one syllable (Flesch 1949).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from briefpack.expressions import expression

_LETTER: Final = expression(r"[^\W\d_]")
_HYPHENS: Final = expression(r"[-\u2010\u2011/.·]+")


def syllable_counter(language: str) -> Callable[[str], int] | None:
    """What counts the syllables of a word of `language`; None where nothing here can."""
    count = _counter(language.split("-")[0].lower())
    return None if count is None else lambda word: _of_parts(word, count)


def _counter(code: str) -> Callable[[str], int] | None:
    if code == "en":
        from briefpack.content.plain.english import english_syllables

        return english_syllables
    if code not in ("de", "es", "fr", "it", "nl"):
        return None
    from briefpack.content.plain import european

    counters: dict[str, Callable[[str], int]] = {
        "de": european.german_syllables,
        "es": european.spanish_syllables,
        "fr": european.french_syllables,
        "it": european.italian_syllables,
        "nl": european.dutch_syllables,
    }
    return counters[code]


def _of_parts(word: str, count: Callable[[str], int]) -> int:
    if word.isalpha():
        return count(word.lower())
    word = word.lower().replace("\u2019", "'")
    parts = [part for part in _HYPHENS.split(word) if _LETTER.search(part)]
    return sum(max(1, count(part)) for part in parts) or 1
