"""Abbreviations made of initials, and where they are spelt out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from briefpack.content.plain.words import word_set
from briefpack.dataclass import dataclass
from briefpack.expressions import expression

# Capitals, with digits or a small plural s: CHW, CHWs, A1C, COVID-19.
_ACRONYM: Final = expression(
    r"(?<![\w./@#-])(?P<name>[A-Z](?:[A-Z0-9&]*[A-Z])[0-9]*)(?P<plural>s|['\u2019]s)?(?![\w@/]|-\d{4})"
)
_CAPITALS: Final = expression("[A-Z][0-9&]*[A-Z]")
_EXPANSION: Final = expression(r"\(([^()]*)\)")
_WORD: Final = expression(r"[^\W\d_][^\W_]*")

# What nobody spells out, and words that are capitals for emphasis.
_KNOWN: Final = word_set(
    "US USA UK EU UN TV PDF OK ID AM PM DNA HIV AIDS ATM FAQ QR CD DVD GPS IQ PIN SMS URL WHO MRI CT PS RSVP IT PO "
    "NOT ALL AND NO NEVER ONLY MUST DO DON IF OR YOU YOUR YES STOP NOW EVERY ONE IS BE THE IN ON II III IV VI VII "
    "VIII IX XI XII XIII XIV XV XX XXI"
)
_SMALL_WORDS: Final = word_set("of the and for in to a on with by at")


@dataclass(frozen=True, slots=True)
class Use:
    """An acronym in a text, and whether the text spells it out there."""

    name: str
    start: int
    end: int
    expanded: bool


def acronyms(text: str) -> Iterator[Use]:
    """The acronyms of `text` in order, those that everybody knows left out."""
    if _CAPITALS.search(text) is None or text.isupper():
        return
    for match in _ACRONYM.finditer(text):
        name = match["name"]
        if name not in _KNOWN:
            yield Use(name, match.start(), match.end(), _expanded(text, match))


def _expanded(text: str, match: re.Match[str]) -> bool:
    """Whether the words stand before it, as in `community health worker (CHW)`, or after it in parentheses."""
    name = match["name"]
    before = text[: match.start()].rstrip()
    if before.endswith("("):
        return _spells(name, before[:-1])
    inside = _EXPANSION.match(text, match.end() + (text[match.end() : match.end() + 1] == " "))
    if inside is not None and _spells(name, inside[1]):
        return True
    after = re.match(r"\s?(?:[:=\u2013\u2014]|, or|stands for|means)\s", text[match.end() :])
    return after is not None and _begins(name, text[match.end() + after.end() :])


def _spells(name: str, words: str) -> bool:
    """Whether the last words of `words` have the initials of `name`, small words counted or not."""
    found = _WORD.findall(words)
    letters = [letter for letter in name.lower() if letter.isalpha()]
    for candidates in (found, [word for word in found if word.lower() not in _SMALL_WORDS]):
        last = candidates[-len(letters) :]
        if len(last) == len(letters) and all(
            word[0].lower() == letter for word, letter in zip(last, letters, strict=True)
        ):
            return True
    # One word may give several letters, as in `tuberculosis (TB)`.
    return bool(found) and found[-1][0].lower() == letters[0] and _in_order(letters, found[-1].lower())


def _begins(name: str, words: str) -> bool:
    found = [word for word in _WORD.findall(words[:120]) if word.lower() not in _SMALL_WORDS]
    letters = [letter for letter in name.lower() if letter.isalpha()]
    first = found[: len(letters)]
    return len(first) == len(letters) and all(
        word[0].lower() == letter for word, letter in zip(first, letters, strict=True)
    )


def _in_order(letters: list[str], word: str) -> bool:
    rest = iter(word)
    return all(letter in rest for letter in letters)
