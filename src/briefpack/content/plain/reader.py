"""Texts read for plain language, each once for as long as a `Reader` is kept.

Most texts of a campaign stand in many documents, and in every copy of a personalised one. What the rules see in a
text depends on its characters and its language alone; whether it matters is for the check to say, which knows the
audience. A reader is a cache and never changes what comes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Final, TypeVar, cast

from briefpack.content.plain import negatives, people
from briefpack.content.plain.acronyms import Use, acronyms
from briefpack.content.plain.capitals import block_capitals
from briefpack.content.plain.hit import Hit
from briefpack.content.plain.jargon import WordList, word_list
from briefpack.content.plain.jargon_words import MEDICAL, OFFICIALESE
from briefpack.content.plain.readability import Counts, count
from briefpack.content.plain.sentences import sentence_spans
from briefpack.content.plain.syllables import syllable_counter
from briefpack.content.plain.words import Word, has_letters, placed_words
from briefpack.dataclass import dataclass
from briefpack.document import Lately

_OFFICE: Final = word_list(OFFICIALESE.splitlines())
_MEDICINE: Final = word_list(MEDICAL.splitlines())

V = TypeVar("V")

# Enough for the texts of some dozen documents; past it everything is forgotten, so that memory stays flat.
_MOST: Final = 1_500


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: its words, folded, and where it begins and ends there."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """The words of a text, and what the rules see in it. Those about English words see nothing in other languages."""

    words: tuple[Word, ...]
    vocabulary: frozenset[str]
    capitals: tuple[Hit, ...]
    acronyms: tuple[Use, ...]
    conditions: tuple[Hit, ...] = ()
    office: tuple[Hit, ...] = ()
    medicine: tuple[Hit, ...] = ()
    negatives: tuple[Hit, ...] = ()


@dataclass(slots=True)
class Reader:
    """Reads texts of one language. A `look` is a function from a text and its language to what it sees there.

    `things` has what was seen in blocks and passages, as objects.
    """

    language: str
    _texts: dict[str, Read | None] = field(default_factory=dict)
    _sentences: dict[str, tuple[Sentence, ...]] = field(default_factory=dict)
    _syllables: dict[str, int] = field(default_factory=dict)
    _counts: dict[tuple[tuple[str, ...], frozenset[str]], Counts] = field(default_factory=dict)
    _seen: dict[Callable[[str, str], object], dict[str, object]] = field(default_factory=dict)

    things: Lately[object] = field(default_factory=Lately)

    @property
    def english(self) -> bool:
        return self.language.split("-")[0].lower() == "en"

    def read(self, text: str) -> Read | None:
        """What there is in `text`; None where there are no words but figures."""
        if text not in self._texts:
            _bounded(self._texts)[text] = self._read(text)
        return self._texts[text]

    def _read(self, text: str) -> Read | None:
        words = tuple(placed_words(text))
        if not any(has_letters(word.folded) for word in words):
            return None
        vocabulary = frozenset([word.folded for word in words])
        capitals, initials = tuple(block_capitals(text)), tuple(acronyms(text))
        if not self.english:
            return Read(words, vocabulary, capitals, initials)
        return Read(
            words,
            vocabulary,
            capitals,
            initials,
            () if people.SIGNS.isdisjoint(vocabulary) else tuple(people.conditions_first(text)),
            listed(_OFFICE, words, vocabulary),
            listed(_MEDICINE, words, vocabulary),
            () if negatives.SIGNS.isdisjoint(vocabulary) else tuple(negatives.double_negatives(text)),
        )

    def sentences(self, text: str) -> tuple[Sentence, ...]:
        """The sentences of `text`."""
        if text not in self._sentences:
            read = self.read(text)
            words = read.words if read is not None else ()
            found = []
            for start, end in sentence_spans(text, self.language):
                inside = tuple([word.folded for word in words if start <= word.start < end])
                if inside:
                    found.append(Sentence(start, end, inside))
            _bounded(self._sentences)[text] = tuple(found)
        return self._sentences[text]

    def once(self, look: Callable[[str, str], V], text: str) -> V:
        """What `look` sees in `text`."""
        seen = cast("dict[str, V] | None", self._seen.get(look))
        if seen is None:
            seen = cast("dict[str, V]", self._seen.setdefault(look, {}))
        found = seen.get(text)
        if found is None:
            found = _bounded(seen)[text] = look(text, self.language)
        return found

    def counts(self, sentence: tuple[str, ...], familiar: frozenset[str]) -> Counts:
        """The words, letters and syllables of `sentence` for readers to whom words are `familiar`."""
        key = (sentence, familiar)
        if key not in self._counts:
            if len(self._counts) >= _MOST:
                self._counts.clear()
            self._counts[key] = count([sentence], self.syllables(), familiar)
        return self._counts[key]

    def syllables(self) -> Callable[[str], int] | None:
        """What counts the syllables of a word; None where nothing can."""
        counter = syllable_counter(self.language)
        if counter is None:
            return None

        def counted(word: str) -> int:
            if word not in self._syllables:
                _bounded(self._syllables)[word] = counter(word)
            return self._syllables[word]

        return counted


def listed(list_: WordList, words: tuple[Word, ...], vocabulary: frozenset[str]) -> tuple[Hit, ...]:
    """Where terms of `list_` stand among `words`, whose folded forms are `vocabulary`."""
    return tuple(list_.hits(words)) if list_.may_hit(vocabulary) else ()


def _bounded(kept: dict[str, V]) -> dict[str, V]:
    """`kept`, emptied if it has grown too large."""
    if len(kept) >= _MOST:
        kept.clear()
    return kept
