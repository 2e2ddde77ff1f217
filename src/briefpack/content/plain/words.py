"""The words of a text as a reader counts them.

A figure with its decimals is one word, so are a contraction, a word with hyphens and an abbreviation with full
stops (Flesch 1949, chapter 16). Addresses are not words: nobody reads them out.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_ADDRESS: Final = (
    r"(?:https?://|www\.|mailto:|doi:)\S+|\S+@\S+\.\S+|(?:[^\W_]+[.-])+(?:org|com|net|gov|edu|example|int)\b\S*"
)
_RUN: Final = (
    r"[^\W_]+(?:['\u2019\-\u2010\u2011][^\W_]+|(?<=\d)[.,:\u202f](?=\d)[^\W_]+)*(?:['\u2019](?=\s|$)(?<=s['\u2019]))?"
)
_WORD: Final = rf"(?:[^\W\d_]\.){{2,}}|{_RUN}"
_TOKEN: Final = re.compile(f"(?P<address>{_ADDRESS})|(?P<word>{_WORD})", re.IGNORECASE)
# What neither an address nor an abbreviation with full stops can be without, and the words of texts without them.
_SIGN: Final = re.compile(r"[@:/]\S|[^\W\d_]\.[^\W\d_]")
_PLAIN_WORD: Final = re.compile(f"(?P<word>{_RUN})")
_ANY_LETTER: Final = re.compile(r"[^\W\d_]")


_MARKS: Final = str.maketrans({"\u2019": "'", "\u2010": "-", "\u2011": "-"})


class Word(NamedTuple):
    """A word with where it begins and ends in its text, and as words are compared (see `folded`)."""

    start: int
    end: int
    folded: str


def placed_words(text: str) -> list[Word]:
    """The words of `text` in order."""
    lowered = text.lower() if text.isascii() else text.lower().translate(_MARKS)
    if len(lowered) != len(text):  # a few letters, such as the dotted capital I, are two when they are small
        lowered = "".join(small if len(small := letter.lower()) == 1 else letter for letter in text).translate(_MARKS)
    return [
        Word(match.start(), match.end(), match[0].removesuffix("'s"))
        for match in (_TOKEN if _SIGN.search(lowered) else _PLAIN_WORD).finditer(lowered)
        if match.lastgroup == "word"
    ]


def words(text: str) -> list[str]:
    """The words of `text` as they are written."""
    return [text[word.start : word.end] for word in placed_words(text)]


def folded(word: str) -> str:
    """`word` as words are compared: in lower case, without the marks of typography and possession."""
    return word.lower().translate(_MARKS).removesuffix("'s")


def has_letters(word: str) -> bool:
    """Whether `word` is more than a figure."""
    return word.isalpha() or _ANY_LETTER.search(word) is not None


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, which blanks divide."""
    return frozenset(text.split())
