"""Texts read for plain language, each once for as long as a `Reader` is kept.

Most texts of a campaign stand in many documents, and in every copy of a personalised one. What the rules see in a
text depends on its characters and its language alone; whether it matters is for the check to say, which knows the
audience. A reader is a cache and never changes what comes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from functools import cached_property, partial
from typing import Final, TypeVar, cast

from briefpack.content.plain import negatives, people
from briefpack.content.plain.acronyms import Use, acronyms
from briefpack.content.plain.capitals import block_capitals
from briefpack.content.plain.hit import Hit
from briefpack.content.plain.jargon import WordList, word_list
from briefpack.content.plain.jargon_words import MEDICAL, OFFICIALESE
from briefpack.content.plain.readability import Counts, Measured, counted, measured
from briefpack.content.plain.sentences import sentence_spans
from briefpack.content.plain.syllables import syllable_counter
from briefpack.content.plain.words import Word, folded_words, has_letters, parted, placed_words
from briefpack.dataclass import dataclass
from briefpack.document import Lately

_OFFICE: Final = word_list(OFFICIALESE.splitlines())
_MEDICINE: Final = word_list(MEDICAL.splitlines())

V = TypeVar("V")

# Enough for the texts of some dozen documents; past it everything is forgotten, so that memory stays flat.
_MOST: Final = 600
_MOST_WORDS: Final = 2_000


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: its words, folded, and where it begins and ends there."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """The words of a text, folded, and what the rules see in it. Those about English words see nothing in others."""

    text: str
    folded: tuple[str, ...]
    vocabulary: frozenset[str]
    capitals: tuple[Hit, ...] = ()
    acronyms: tuple[Use, ...] = ()
    conditions: tuple[Hit, ...] = ()
    office: tuple[Hit, ...] = ()
    medicine: tuple[Hit, ...] = ()
    negatives: tuple[Hit, ...] = ()

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """The words with their places, worked out when there is something to say of one."""
        return tuple(placed_words(self.text))


@dataclass(frozen=True, slots=True)
class Worded:
    """The words of a text, folded, and those with the parts of such as have a hyphen; None where some are hidden in
    an address."""

    folded: tuple[str, ...]
    vocabulary: frozenset[str]
    parts: frozenset[str] | None


@dataclass(slots=True)
class Reader:
    """Reads texts of one language. A `look` is a function from a text and its reader to what is seen there.

    `things` has what was seen in blocks and passages, as objects, `several` what was seen in rows of passages.
    """

    language: str
    english: bool = field(init=False)
    _worded: dict[str, Worded] = field(default_factory=dict)
    _texts: dict[str, Read | None] = field(default_factory=dict)
    _sentences: dict[str, tuple[Sentence, ...]] = field(default_factory=dict)
    _words: _Measures = field(init=False)
    _counts: dict[tuple[tuple[str, ...], frozenset[str]], Counts] = field(default_factory=dict)
    _seen: dict[Callable[[str, Reader], object], dict[str, object]] = field(default_factory=dict)

    things: Lately[object] = field(default_factory=Lately)
    several: Lately[object] = field(default_factory=partial(Lately, limit=4))

    def __post_init__(self) -> None:
        self.english = self.language.split("-")[0].lower() == "en"
        self._words = _Measures(self.language)

    def worded(self, text: str) -> Worded:
        """The words of `text`."""
        found = self._worded.get(text)
        if found is None:
            folded, plain = folded_words(text)
            vocabulary = frozenset(folded)
            found = Worded(tuple(folded), vocabulary, parted(vocabulary) if plain else None)
            _bounded(self._worded)[text] = found
        return found

    def has(self, text: str, signs: frozenset[str]) -> bool:
        """Whether `text` may have one of the words `signs`, also as a part of one; False only where it has none."""
        parts = self.worded(text).parts
        return parts is None or not signs.isdisjoint(parts)

    def read(self, text: str) -> Read | None:
        """What there is in `text`; None where there are no words but figures."""
        if text not in self._texts:
            _bounded(self._texts)[text] = self._read(text)
        return self._texts[text]

    def _read(self, text: str) -> Read | None:
        worded = self.worded(text)
        folded, vocabulary = worded.folded, worded.vocabulary
        if not (has_letters(text) if worded.parts is not None else any(map(has_letters, folded))):
            return None
        capitals, initials = tuple(block_capitals(text)), tuple(acronyms(text))
        if not self.english:
            return Read(text, folded, vocabulary, capitals, initials)
        rough = Read(text, folded, vocabulary)
        return Read(
            text,
            folded,
            vocabulary,
            capitals,
            initials,
            () if people.SIGNS.isdisjoint(vocabulary) else tuple(people.conditions_first(text)),
            listed(_OFFICE, rough),
            listed(_MEDICINE, rough),
            () if negatives.SIGNS.isdisjoint(vocabulary) else tuple(negatives.double_negatives(text, worded.parts)),
        )

    def sentences(self, text: str) -> tuple[Sentence, ...]:
        """The sentences of `text`."""
        found = self._sentences.get(text)
        if found is None:
            found = _bounded(self._sentences)[text] = self._sentences_of(text)
        return found

    def _sentences_of(self, text: str) -> tuple[Sentence, ...]:
        read = self.read(text)
        spans = sentence_spans(text, self.language) if read is not None else ()
        if read is None or len(spans) == 1:
            return tuple([Sentence(start, end, read.folded) for start, end in spans if read is not None])
        found = [Sentence(start, end, tuple(folded_words(text[start:end])[0])) for start, end in spans]
        if sum([len(each.words) for each in found]) != len(read.folded):  # an address over the end of a sentence
            inside = [[word.folded for word in read.words if start <= word.start < end] for start, end in spans]
            found = [Sentence(*span, tuple(words)) for span, words in zip(spans, inside, strict=True)]
        return tuple([each for each in found if each.words])

    def once(self, look: Callable[[str, Reader], V], text: str) -> V:
        """What `look` sees in `text`."""
        seen = cast("dict[str, V] | None", self._seen.get(look))
        if seen is None:
            seen = cast("dict[str, V]", self._seen.setdefault(look, {}))
        found = seen.get(text)
        if found is None:
            found = _bounded(seen)[text] = look(text, self)
        return found

    def counts(self, sentence: tuple[str, ...], familiar: frozenset[str]) -> Counts:
        """The words, letters and syllables of `sentence` for readers to whom words are `familiar`."""
        key = (sentence, familiar)
        found = self._counts.get(key)
        if found is None:
            if len(self._counts) >= _MOST:
                self._counts.clear()
            found = self._counts[key] = counted([sentence], self._words.__getitem__, familiar)
        return found

    def syllables(self) -> Callable[[str], int] | None:
        """What counts the syllables of a word; None where nothing can."""
        return None if self._words.counter is None else lambda word: self._words[word][1]


class _Measures(dict[str, Measured]):
    """What formulas ask of each word of a language, worked out when it is asked for."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    @cached_property
    def counter(self) -> Callable[[str], int] | None:
        """What counts the syllables of a word; None where nothing can."""
        return syllable_counter(self._language)

    def __missing__(self, word: str) -> Measured:
        if len(self) >= _MOST_WORDS:
            self.clear()
        found = self[word] = measured(word, self.counter)
        return found


def listed(list_: WordList, read: Read) -> tuple[Hit, ...]:
    """Where terms of `list_` stand in the text that was `read`."""
    return tuple(list_.hits(read.words)) if list_.may_hit(read.vocabulary) else ()


def _bounded(kept: dict[str, V]) -> dict[str, V]:
    """`kept`, emptied if it has grown too large."""
    if len(kept) >= _MOST:
        kept.clear()
    return kept
