"""What of a document is running text, and where its words were written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final, cast

from briefpack.content.checks.checked import Checked, Where
from briefpack.content.checks.passages import Passage, Role
from briefpack.content.plain.reader import Read, Reader, Sentence
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.expressions import expression

# A heading is not a sentence, nor is a cell, a label or a reference; captions and text alternatives stand for pictures.
_RUNNING: Final = frozenset({Role.TEXT, Role.ITEM})
_UNREAD: Final = frozenset({Role.SOURCE, Role.CONTACT, Role.FURNITURE})
_QUOTED: Final = expression("\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb|\u201e[^\u201c\u201d]*[\u201c\u201d]")


@dataclass(frozen=True, slots=True)
class Reading:
    """A passage that somebody wrote for its readers, with what there is in it; and its sentences, if it is prose."""

    passage: Passage
    read: Read
    sentences: tuple[Sentence, ...] = ()

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
    return readings_of(document.fresh, document.reader)


def readings_of(passages: Sequence[Passage], reader: Reader) -> tuple[Reading, ...]:
    """Those of `passages` that have words and are no sources, contacts or running lines."""
    return cast("tuple[Reading, ...]", reader.several.of(passages, partial(_readings, passages, reader)))


def _readings(passages: Iterable[Passage], reader: Reader) -> tuple[Reading, ...]:
    found = []
    for passage in passages:
        read = reader.read(passage.text) if passage.role not in _UNREAD else None
        if read is not None:
            prose = passage.role in _RUNNING and passage.slot is not None
            found.append(Reading(passage, read, reader.sentences(passage.text) if prose else ()))
    return tuple(found)


def sentences(read: Iterable[Reading]) -> list[tuple[str, ...]]:
    """The words of each sentence of the running text."""
    return [sentence.words for each in read for sentence in each.sentences]


def words_place(document: Checked, reading: Reading, start: int, end: int) -> Where:
    """Where the words from `start` to `end` were written, from the first to the last of them."""
    inside = [word for word in reading.read.words if start <= word.start < end]
    if not inside:
        return document.at(reading.passage, start, end)
    where = document.at(reading.passage, inside[0].start, inside[0].end)
    head = where["span"]
    tail = document.at(reading.passage, inside[-1].start, inside[-1].end)["span"]
    if head is None or tail is None or head.path != tail.path or (tail.line, tail.column) < (head.line, head.column):
        return where
    return {"span": Span(head.path, head.line, head.column, tail.end_line, tail.end_column), "path": None}
