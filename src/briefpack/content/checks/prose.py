"""What of a document is running text, and where its words were written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from briefpack.content.checks.checked import Checked, Where
from briefpack.content.checks.passages import Passage, Role
from briefpack.content.plain.sentences import sentence_spans
from briefpack.content.plain.words import Word, has_letters, placed_words
from briefpack.diagnostics import Span

# A heading is not a sentence, nor is a cell, a label or a reference; captions and text alternatives stand for pictures.
_RUNNING: Final = frozenset({Role.TEXT, Role.ITEM})
_UNREAD: Final = frozenset({Role.SOURCE, Role.CONTACT, Role.FURNITURE})
_CAPITALS: Final = re.compile(
    "[A-Z\u00c0-\u00de\u0391-\u03a9\u0410-\u042f][0-9&]*[A-Z\u00c0-\u00de\u0391-\u03a9\u0410-\u042f]"
)
_QUOTED: Final = re.compile("\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb|\u201e[^\u201c\u201d]*[\u201c\u201d]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: its words, and where it begins and ends there."""

    start: int
    end: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage that somebody wrote for its readers, with its words; and its sentences, if it is running text."""

    passage: Passage
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...] = ()
    vocabulary: frozenset[str] = frozenset()

    @property
    def capitals(self) -> bool:
        """Whether there are two capital letters side by side, or with figures between them."""
        return _CAPITALS.search(self.passage.text) is not None

    @property
    def text(self) -> str:
        return self.passage.text

    @property
    def running(self) -> bool:
        """Whether it is prose of the brief, made of sentences."""
        return bool(self.sentences)

    def quoted(self, at: int) -> bool:
        """Whether the character `at` is in somebody else's words."""
        return any(match.start() <= at < match.end() for match in _QUOTED.finditer(self.text))


def readings(document: Checked) -> tuple[Reading, ...]:
    """The passages of `document` that have words, without sources, contacts and running lines."""
    found = []
    for passage in document.passages:
        if passage.role in _UNREAD:
            continue
        words = tuple(placed_words(passage.text))
        if any(has_letters(word.folded) for word in words):
            prose = passage.role in _RUNNING and passage.slot is not None
            made = tuple(_sentences(passage, words, document.language)) if prose else ()
            found.append(Reading(passage, words, made, frozenset([word.folded for word in words])))
    return tuple(found)


def _sentences(passage: Passage, words: tuple[Word, ...], language: str) -> Iterator[Sentence]:
    for start, end in sentence_spans(passage.text, language):
        inside = tuple(word.folded for word in words if start <= word.start < end)
        if inside:
            yield Sentence(start, end, inside)


def sentences(read: Iterable[Reading]) -> list[tuple[str, ...]]:
    """The words of each sentence of the running text."""
    return [sentence.words for each in read for sentence in each.sentences]


def words_place(document: Checked, reading: Reading, start: int, end: int) -> Where:
    """Where the words from `start` to `end` were written, from the first to the last of them."""
    inside = [word for word in reading.words if start <= word.start < end]
    if not inside:
        return document.at(reading.passage, start, end)
    where = document.at(reading.passage, inside[0].start, inside[0].end)
    head = where["span"]
    tail = document.at(reading.passage, inside[-1].start, inside[-1].end)["span"]
    if head is None or tail is None or head.path != tail.path or (tail.line, tail.column) < (head.line, head.column):
        return where
    return {"span": Span(head.path, head.line, head.column, tail.end_line, tail.end_column), "path": None}
