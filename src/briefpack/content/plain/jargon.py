"""Words that have plainer ones: a list by first word, and where it meets a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefpack.content.plain.hit import Hit


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

    def hits(self, words: Sequence[tuple[int, int, str]]) -> Iterator[Hit]:
        """Where the terms stand among `words`, which have their places; of two at one place the longer."""
        at = 0
        lowered = [folded(word) for _, _, word in words]
        firsts = self.first_words
        while at < len(words):
            step = 1
            for term, instead in firsts.get(lowered[at], ()):
                if tuple(lowered[at : at + len(term)]) == term:
                    step = len(term)
                    yield Hit(words[at][0], words[at + step - 1][1], instead)
                    break
            at += step


def folded(word: str) -> str:
    """`word` as terms are compared: in lower case, without the marks of possession and typography."""
    word = word.lower().replace("\u2019", "'").replace("\u2011", "-").replace("\u2010", "-")
    return word[:-2] if word.endswith("'s") else word


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
