"""Words cut at every place where a line may end, and measured; each once in a process.

Breaks are those a reader of a Latin, Greek or Cyrillic text expects (UAX 14 classes HY, BA and SY):
after hyphens, dashes and slashes; inside URLs after their separators; where an author has typed a soft hyphen;
and, where the style allows hyphenation, between syllables. Measures are thousandths of the paragraph's type size.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from enum import IntEnum
from itertools import accumulate
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.expressions import expression
from briefpack.namedtuple import NamedTuple
from briefpack.text.hyphenation import Hyphenator
from briefpack.text.runs import Manner
from briefpack.text.shaped import Shaped
from briefpack.text.shaping import SOFT_HYPHEN, Shaper, missing_characters


class After(IntEnum):
    """What follows an atom if no line ends there."""

    SPACE = 0  # a space; a line may end
    BREAK = 1  # nothing; a line may end, as after a dash
    SYLLABLE = 2  # nothing; a line may end with a hyphen
    URL = 3  # nothing; a line may end, at a cost
    MUST = 4  # the line ends
    NEVER = 5  # nothing; the line goes on, as between a word and its citation mark


class Atom(NamedTuple):
    """What no line may divide: a word or a part of one.

    `after` is what follows it inside its word. `last` is its width where a line ends after it, hyphen
    included.
    """

    text: str
    width: float
    after: After
    last: float


class Word(NamedTuple):
    """A word whole and in parts. `missing` are the characters of it that its face cannot draw."""

    shaped: Shaped
    atoms: tuple[Atom, ...]
    missing: tuple[str, ...]


def width_of(text: str, manner: Manner, shaper: Shaper) -> float:
    """The width of `text`, in thousandths of the paragraph's type size."""
    shaped = shaper.shape(manner.face, text, manner.features, manner.speech)
    return (shaped.width + manner.tracking * len(shaped.glyphs)) * manner.scale


class Lexicon(dict[str, Word]):
    """The words met lately in one manner, `limit` and as many before; asking for another cuts and measures it."""

    def __init__(self, manner: Manner, shaper: Shaper, hyphenator: Hyphenator, limit: int) -> None:
        super().__init__()
        self._manner, self._shaper, self._hyphenator, self._limit = manner, shaper, hyphenator, limit
        self._before: dict[str, Word] = {}

    def __missing__(self, text: str) -> Word:
        word = self._before.pop(text, None) or self._made(text)
        if len(self) >= self._limit:
            self._before = dict(self)
            self.clear()
        self[text] = word
        return word

    def _made(self, text: str) -> Word:
        face, features, speech = self._manner.face, self._manner.features, self._manner.speech
        whole, cuts = (text, self._cuts(text)) if SOFT_HYPHEN not in text else _typed(text)
        atoms = tuple(self._pieces(whole, cuts)) if cuts else (self._atom(whole, After.NEVER),)
        return Word(self._shaper.shape(face, whole, features, speech), atoms, missing_characters(face, whole))

    def _atom(self, text: str, after: After) -> Atom:
        width = width_of(text, self._manner, self._shaper)
        if after is not After.SYLLABLE:
            return Atom(text, width, after, width)
        return Atom(text, width, after, width_of(text + SOFT_HYPHEN, self._manner, self._shaper))

    def _pieces(self, word: str, cuts: Mapping[int, After]) -> Iterator[Atom]:
        """`word` in the parts between which a line may end; the last is followed by nothing."""
        start = 0
        for at in sorted(cuts):
            yield self._atom(word[start:at], cuts[at])
            start = at
        yield self._atom(word[start:], After.NEVER)

    def _cuts(self, word: str) -> dict[int, After]:
        """Where `word` may be divided, and how."""
        if len(word) > _LONGEST:
            return {}
        if word.isalpha():
            return self._syllables(word)
        if _URL.search(word):
            return dict.fromkeys(_address_cuts(word), After.URL)
        cuts = dict.fromkeys((match.start() for match in _WORD_BREAK.finditer(word)), After.BREAK)
        return cuts or self._syllables(word)

    def _syllables(self, word: str) -> dict[int, After]:
        if self._manner.language is None:
            return {}
        return dict.fromkeys(self._hyphenator.points(word, self._manner.language), After.SYLLABLE)


# What is longer is no word and no address, and is divided wherever a line is full.
_LONGEST: Final = 1000

_URL: Final = expression(
    r"https?://|www\.|doi:10\.|^\W*10\.\d{4,}/|\w\.\w+/\w|@[\w-]+\.|^\W*[a-z\d-]{3,}(?:\.[a-z\d-]+)*\.[a-z]{2,}\W*$"
)
# After a colon or a double slash and before a single one, before & and after = (The Chicago Manual of Style, 17th
# edition, 7.46).
_URL_BREAK: Final = expression(
    r"(?<=...)(?=.{4})"
    r"(?:(?<=://)|(?<=[^\W_]:)(?=[^/\d])|(?<=doi:)|(?:(?<=[^\W_])|(?<=[)\]]))(?=/[^/]|[?#&@]\w)|(?<=\w=)(?=\w{4}))"
)
# In what is long between those, before its other marks too: so no line ends in what could be the end of a sentence
# or a hyphen of ours.
_LONG_PART: Final = 24
_MARK_BREAK: Final = expression(r"(?<=[^\W_])(?=[.~,_%-]\w)(?=.{4})")
# No line ends or begins with a lone letter of a word with a hyphen, nor inside a range of numbers.
_WORD_BREAK: Final = expression(
    r"(?<=[^\W\d_]{2}-)(?=[^\W\d_]{2})|(?<=\D[–—])(?=\w)|(?<=[–—])(?=[^\W\d])|(?<=\w/)(?=[^\W\d_])"
)


def _typed(word: str) -> tuple[str, dict[int, After]]:
    """`word` without the soft hyphens that its author typed, and where they stood."""
    *parts, last = word.split(SOFT_HYPHEN)
    places = accumulate(map(len, parts))
    whole = "".join([*parts, last])
    return whole, dict.fromkeys((at for at in places if 0 < at < len(whole)), After.SYLLABLE)


def _address_cuts(address: str) -> Iterator[int]:
    """Where `address` may be divided, no two places so near that a lone mark could stand between them."""
    start = 0
    for end in (*(match.start() for match in _URL_BREAK.finditer(address)), len(address)):
        if end - start <= 2:
            continue
        if end - start > _LONG_PART:
            yield from _spaced(_MARK_BREAK.finditer(address, start, end), start)
        if end < len(address):
            yield end
        start = end


def _spaced(matches: Iterable[re.Match[str]], start: int) -> Iterator[int]:
    for match in matches:
        if match.start() - start > 2:
            start = match.start()
            yield start


@dataclass(frozen=True)
class Words:
    """The words of a process, by manner. What is kept does not depend on the order of the texts."""

    shaper: Shaper = field(default_factory=Shaper)
    hyphenator: Hyphenator = field(default_factory=Hyphenator)
    limit: int = 500
    _lexicons: dict[Manner, Lexicon] = field(default_factory=dict)

    def lexicon(self, manner: Manner) -> Lexicon:
        """The words set in `manner`, the same object each time."""
        found = self._lexicons.get(manner)
        if found is None:
            found = self._lexicons[manner] = Lexicon(manner, self.shaper, self.hyphenator, self.limit)
        return found
