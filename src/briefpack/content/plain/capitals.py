"""Words in block capitals, which are read letter by letter (UKAAF G003; CMS Toolkit, part 5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefpack.content.plain.hit import Hit
from briefpack.expressions import expression

_RUN: Final = expression(r"\b[^\W\d_a-z]{2,}(?:[ \u00a0\-&,']+[^\W\d_a-z]+)*[ \u00a0\-&,']+[^\W\d_a-z]{2,}\b")
_CAPITALS: Final = expression(r"[^\W\d_a-z]{2}")
_WORD: Final = expression(r"[^\W\d_]+")
# As long as abbreviations are, which may stand side by side: `US EPA`.
_ABBREVIATION: Final = 4


def block_capitals(text: str) -> Iterator[Hit]:
    """Runs of two or more words in capitals that are not abbreviations side by side."""
    if _CAPITALS.search(text) is None:
        return
    for match in _RUN.finditer(text):
        found = _WORD.findall(match[0])
        if all(word.isupper() for word in found) and sum(len(word) > _ABBREVIATION for word in found) >= 1:
            yield Hit(*match.span(), _lowered(match[0]))


def _lowered(text: str) -> str:
    return text[:1] + text[1:].lower()
