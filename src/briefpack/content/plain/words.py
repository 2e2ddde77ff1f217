"""The words of a text as a reader counts them.

A figure with its decimals is one word, so are a contraction, a word with hyphens and an abbreviation with full
stops (Flesch 1949, chapter 16). Addresses are not words: nobody reads them out.
"""

from __future__ import annotations

import re
from typing import Final

from briefpack.expressions import expression
from briefpack.namedtuple import NamedTuple

_ADDRESS: Final = (
    r"(?:https?://|www\.|mailto:|doi:)\S+|\S+@\S+\.\S+|(?:[^\W_]+[.-])+(?:org|com|net|gov|edu|example|int)\b\S*"
)
_RUN: Final = (
    r"[^\W_]+(?:['\u2019\-\u2010\u2011][^\W_]+|(?<=\d)[.,:\u202f](?=\d)[^\W_]+)*(?:['\u2019](?=\s|$)(?<=s['\u2019]))?"
)
_WORD: Final = rf"(?:[^\W\d_]\.){{2,}}|{_RUN}"
_TOKEN: Final = expression(f"(?P<address>{_ADDRESS})|(?P<word>{_WORD})", re.IGNORECASE)
# What neither an address nor an abbreviation with full stops can be without, and the words of texts without them.
_SIGN: Final = expression(r"[@:/.](?:(?<=[@:/])\S|(?<=[^\W\d_]\.)[^\W\d_])")
_PLAIN_WORD: Final = expression(f"(?P<word>{_RUN})")
_ANY_LETTER: Final = expression(r"[^\W\d_]")


class Word(NamedTuple):
    """A word with where it begins and ends in its text, and as words are compared (see `folded`)."""

    start: int
    end: int
    folded: str


def placed_words(text: str) -> list[Word]:
    """The words of `text` in order."""
    low = lowered(text)
    return [
        Word(match.start(), match.end(), match[0].removesuffix("'s"))
        for match in (_TOKEN if _SIGN.search(low) else _PLAIN_WORD).finditer(low)
        if match.lastgroup == "word"
    ]


def folded_words(text: str) -> tuple[list[str], bool]:
    """The words of `text` folded, without their places, and whether they are plain: there is no address among them.

    They are what `placed_words` finds, sooner.
    """
    low = lowered(text)
    if _SIGN.search(low) is not None:
        return [word.folded for word in placed_words(text)], False
    found: list[str] = _PLAIN_WORD.findall(low)
    return ([word.removesuffix("'s") for word in found] if "'s" in low else found), True


def parted(words: frozenset[str]) -> frozenset[str]:
    """Folded `words` with the parts of those that have a hyphen or an apostrophe."""
    divided = [word.replace("'", "-").split("-") for word in words if "-" in word or "'" in word]
    return words.union(*divided) if divided else words


def lowered(text: str) -> str:
    """`text` in lower case and without the marks of typography, each character in its place."""
    return small(text) if text.isascii() else _unmarked(small(text))


def _unmarked(text: str) -> str:
    return text.replace("\u2019", "'").replace("\u2010", "-").replace("\u2011", "-")


def small(text: str) -> str:
    """`text` in lower case, each character in its place."""
    low = text.lower()
    if len(low) == len(text):
        return low
    # A few letters, such as the dotted capital I, are two when they are small.
    return "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)


def words(text: str) -> list[str]:
    """The words of `text` as they are written."""
    return [text[word.start : word.end] for word in placed_words(text)]


def folded(word: str) -> str:
    """`word` as words are compared: in lower case, without the marks of typography and possession."""
    return _unmarked(word.lower()).removesuffix("'s")


def has_letters(word: str) -> bool:
    """Whether `word` is more than a figure."""
    return word.isalpha() or _ANY_LETTER.search(word) is not None


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, which blanks divide."""
    return frozenset(text.split())
