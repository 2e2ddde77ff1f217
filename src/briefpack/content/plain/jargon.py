"""Words that have plainer ones: a list by first word, and where it meets a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from briefpack.content.plain.hit import Hit
from briefpack.content.plain.words import Word, folded
from briefpack.dataclass import dataclass


@dataclass(frozen=True)
class WordList:
    """Terms, in lower case and without marks, with what to write instead, where that is known."""

    terms: Mapping[tuple[str, ...], str | None]

    @cached_property
    def first_words(self) -> Mapping[str, Sequence[tuple[tuple[str, ...], str | None]]]:
        """The terms by their first word, the longest first."""
        found: dict[str, list[tuple[tuple[str, ...], str | None]]] = {}
        for term, instead in sorted(self.terms.items(), key=lambda item: -len(item[0])):
            found.setdefault(term[0], []).append((term, instead))
        return found

    @cached_property
    def _beginnings(self) -> frozenset[str]:
        return frozenset(self.first_words)

    def may_hit(self, vocabulary: frozenset[str]) -> bool:
        """Whether all words of some term are in `vocabulary`."""
        if self._beginnings.isdisjoint(vocabulary):
            return False
        firsts = self.first_words
        return any(vocabulary.issuperset(term) for word in firsts.keys() & vocabulary for term, _ in firsts[word])

    def hits(self, words: Sequence[Word]) -> Iterator[Hit]:
        """Where the terms stand among `words`; of two at one place the longer."""
        firsts = self.first_words
        after = 0
        for at, word in [(at, word) for at, word in enumerate(words) if word.folded in firsts]:
            if at < after:
                continue
            for term, instead in firsts[word.folded]:
                if len(term) == 1 or tuple(each.folded for each in words[at : at + len(term)]) == term:
                    after = at + len(term)
                    yield Hit(word.start, words[after - 1].end, instead)
                    break


def word_list(lines: Iterable[str]) -> WordList:
    """The list written in `lines`, as `jargon_words` explains."""
    terms: dict[tuple[str, ...], str | None] = {}
    for line in lines:
        left, _, instead = line.partition("=")
        for form in left.split(","):
            for term in forms(form.strip()):
                terms.setdefault(tuple(folded(word) for word in term.split()), instead.strip())
    return WordList(terms)


def forms(term: str) -> tuple[str, ...]:
    """The forms of a term: `v:utilise` with its endings, `n:clinician` with its plural, others as they stand."""
    kind, mark, word = term.partition(":")
    if not mark:
        return (term,)
    if kind == "n":
        return (word, plural(word))
    stem = word.removesuffix("e")
    return (word, _third(word), f"{_past(word, stem)}", f"{stem}ing")


def plural(word: str) -> str:
    """The regular plural of an English noun."""
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "x", "ch", "sh")) else f"{word}s"


def _third(word: str) -> str:
    return plural(word)


def _past(word: str, stem: str) -> str:
    return f"{word[:-1]}ied" if word.endswith("fy") else f"{stem}ed"
