"""Numbers in words, in English and Spanish.

In comes a text, out come the places where a number is spelt and its value: cardinals up to the billions,
also such as `eighty-seven hundred` and `half a million`. Fractions, ordinals and a lone `one` are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from briefpack.content.plain.words import small
from briefpack.expressions import expression

_EN_SMALL: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_EN_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_ES_SMALL: Final = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis "
    "veintisiete veintiocho veintinueve"
)
_ES_TENS: Final = "treinta cuarenta cincuenta sesenta setenta ochenta noventa"
_ES_HUNDREDS: Final = "doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
# What is added to the number so far.
_ADDED: Final[Mapping[str, Mapping[str, int]]] = MappingProxyType(
    {
        "en": {
            **{word: value for value, word in enumerate(_EN_SMALL.split())},
            **{word: 10 * value for value, word in enumerate(_EN_TENS.split(), start=2)},
            "dozen": 12,
        },
        "es": {
            **{word: value for value, word in enumerate(_ES_SMALL.split())},
            "una": 1,
            "un": 1,
            "veintiún": 21,
            "veintiuna": 21,
            **{word: 10 * value for value, word in enumerate(_ES_TENS.split(), start=3)},
            "cien": 100,
            "ciento": 100,
            **{word: 100 * value for value, word in enumerate(_ES_HUNDREDS.split(), start=2)},
            **{word.replace("os", "as"): 100 * value for value, word in enumerate(_ES_HUNDREDS.split(), start=2)},
        },
    }
)
# What the number so far is multiplied by. A hundred multiplies what stands before it, the others close a group.
_SCALES: Final[Mapping[str, Mapping[str, int]]] = MappingProxyType(
    {
        "en": {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000},
        "es": {"mil": 1_000, "millón": 1_000_000, "millones": 1_000_000},
    }
)
NUMBER_WORDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {language: frozenset((*words, *_SCALES[language])) for language, words in _ADDED.items()}
)
"""The words that numbers are spelt with, by language."""

_JOINED: Final = MappingProxyType(
    {"en": r"(?:(?<=hundred)|(?<=thousand)|(?<=million))\sand\s", "es": r"(?<=nta)\sy\s"},
)

# Alone they are no count: `no one`, `one of them`, `uno de ellos`.
_ALONE: Final = frozenset({"one", "un", "una", "uno", "dozen", "zero", "cero", "hundred", "cien"})


def _pattern(language: str) -> re.Pattern[str]:
    words = sorted({*_ADDED[language], *_SCALES[language]}, key=lambda word: (-len(word), word))
    word = "|".join(words)
    joined = _JOINED[language]
    first = rf"(?:a (?=hundred|thousand|million|dozen))?(?:{word})"
    return expression(rf"(?<![\w-]){first}(?:(?:[\s-]|{joined})(?:{word}))*(?![\w])(?!-(?:year|month|week|day))")


_BETWEEN: Final = expression(r"[\s-]+")
_PATTERNS: Final = MappingProxyType({language: _pattern(language) for language in _ADDED})


def spelt_numbers(text: str, language: str) -> Iterator[tuple[int, int, Decimal]]:
    """Where in `text` numbers are spelt in `language` (`en` or `es`; none in others), and their values."""
    pattern = _PATTERNS.get(language)
    if pattern is None:
        return
    for match in pattern.finditer(small(text)):
        words = _BETWEEN.split(match[0])
        if len(words) > 1 or words[0] not in _ALONE | _SCALES[language].keys():
            yield match.start(), match.end(), Decimal(_value(words, language))


def _value(words: list[str], language: str) -> int:
    added, scales = _ADDED[language], _SCALES[language]
    total = group = 0
    for word in words:
        if word in added:
            group += added[word]
        elif word in scales and scales[word] == 100:
            group = (group or 1) * 100
        elif word in scales:
            total += (group or 1) * scales[word]
            group = 0
    return total + group
