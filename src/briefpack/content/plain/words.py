"""The words of a text as a reader counts them.

A figure with its decimals is one word, so are a contraction, a word with hyphens and an abbreviation with full
stops (Flesch 1949, chapter 16). Addresses are not words: nobody reads them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_ADDRESS: Final = (
    r"(?:https?://|www\.|mailto:|doi:)\S+|\S+@\S+\.\S+|(?:[^\W_]+[.-])+(?:org|com|net|gov|edu|example|int)\b\S*"
)
_WORD: Final = (
    r"(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:['\u2019\-\u2010\u2011][^\W_]+|(?<=\d)[.,:\u202f](?=\d)[^\W_]+)*(?:['\u2019](?=\s|$)(?<=s['\u2019]))?"
)
_TOKEN: Final = re.compile(f"(?P<address>{_ADDRESS})|(?P<word>{_WORD})", re.IGNORECASE)
_ANY_LETTER: Final = re.compile(r"[^\W\d_]")


def words(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The words of `text` from `start` to `end`, as they are written."""
    return [match["word"] for match in _TOKEN.finditer(text, start, len(text) if end is None else end) if match["word"]]


def placed_words(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of `text` with where each begins and ends."""
    for match in _TOKEN.finditer(text):
        if match["word"]:
            yield match.start(), match.end(), match["word"]


def has_letters(word: str) -> bool:
    """Whether `word` is more than a figure."""
    return _ANY_LETTER.search(word) is not None
