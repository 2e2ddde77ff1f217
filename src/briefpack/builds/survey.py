"""Going through a data file before the first copy is made: how many rows there are, and what is wrong with them.

Every cell is read as its column is declared and every file is given its name, and nothing is kept of a row but a
hash of eight bytes.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field, replace
from itertools import pairwise
from typing import Final

from briefpack.builds.naming import Pattern, Unnamable, place_of, same_file
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Severity, Span, finding
from briefpack.project.columns import Column, DataRow
from briefpack.project.data.reading import DataFile, ReadRow, hindrances, read_rows

LISTED: Final = 100
"""The most rows of which findings are listed; those of the others are counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A copy to be made: the line of its row, what it is called, its file among the copies, and its row."""

    line: int
    name: str
    path: str
    row: DataRow


@dataclass(slots=True)
class Survey:
    """What is known of the rows of a data file. `bad` of them are not in order; `found` says why, of the first ones.

    `longest` is the line of the row that has the longest cell, by column.
    """

    count: int = 0
    bad: int = 0
    found: list[Diagnostic] = field(default_factory=list)
    longest: dict[str, int] = field(default_factory=dict)
    _twice: frozenset[int] = frozenset()
    _lengths: dict[str, int] = field(default_factory=dict)

    def _measure(self, line: int, row: DataRow) -> None:
        for column, value in row.values.items():
            length = len(str(value)) if value is not None else 0
            if length > self._lengths.get(column, -1):
                self._lengths[column], self.longest[column] = length, line

    def _note(self, found: tuple[Diagnostic, ...]) -> None:
        self.bad += 1
        if self.bad <= LISTED:
            self.found += found


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a data file as copies of a brief that declares `columns`, called by `pattern` or by their number."""

    data: DataFile
    columns: Mapping[str, Column]
    document: str
    pattern: Pattern | None = None

    def survey(self) -> Survey:
        """Go through all rows. Raises Stopped when the file as a whole is not in order."""
        survey = Survey()
        hashes = array("Q")
        for read in self._each():
            name = self._named(read, survey.count + 1) if read.row is not None else read.found
            if isinstance(name, tuple):
                survey._note(name)
                continue
            survey.count += 1
            if read.row is not None:
                survey._measure(read.line, read.row)
            hashes.append(_hash(name))
        doubled = _doubled(hashes)
        if doubled:
            survey._twice = frozenset(self._same_names(survey, doubled))
            survey.count -= len(survey._twice)
        return survey

    def asked(self, survey: Survey) -> Iterator[Asked]:
        """The copies of all rows that are in order, one after the other. Raises Stopped."""
        number = 0
        for read in self._each():
            if read.row is None or read.line in survey._twice:
                continue
            name = self._named(read, number + 1)
            if isinstance(name, str):
                number += 1
                yield Asked(read.line, name, place_of(name, survey.count), read.row)

    def sample(self, survey: Survey, count: int) -> Iterator[Asked]:
        """About `count` of the copies: from the first to the last at even steps, and those with the longest cells."""
        lines = frozenset(survey.longest.values())
        steps = max(1, min(count, survey.count) - 1)
        for at, asked in enumerate(self.asked(survey)):
            before = (at - 1) * steps // max(1, survey.count - 1)
            if not at or at * steps // max(1, survey.count - 1) > before or asked.line in lines:
                yield asked

    def hindrances(self) -> tuple[Diagnostic, ...]:
        """Why there are no rows to be had; nothing where there are."""
        return hindrances(self.data, self.columns, self._headers)

    def _each(self) -> Iterator[ReadRow]:
        with read_rows(self.data, self.columns, self._headers) as rows:
            yield from rows

    @property
    def _headers(self) -> Collection[str]:
        """The headers that names of files ask for."""
        return self.pattern.headers if self.pattern is not None else ()

    def _named(self, read: ReadRow, number: int) -> str | tuple[Diagnostic, ...]:
        """The name of the file for a row, or why it has none."""
        if self.pattern is None:
            return f"{self.document}-{number:04}"
        try:
            return self.pattern.name(read.cells)
        except Unnamable as error:
            span = read.row.span if read.row is not None else None
            return (finding("row-name", error.message, span, help=error.help, path=self.data.path),)

    def _same_names(self, survey: Survey, doubled: frozenset[int]) -> Iterator[int]:
        """The lines of rows whose file an earlier row has."""
        first: dict[str, Span] = {}
        for read in self._each():
            name = self._named(read, 0) if read.row is not None else ()
            if read.row is None or not isinstance(name, str) or _hash(name) not in doubled:
                continue
            before = first.setdefault(same_file(name), read.row.span)
            if before is not read.row.span:
                survey._note((_taken(name, read.row.span, before),))
                yield read.line


def _hash(name: str) -> int:
    return int.from_bytes(hashlib.blake2b(same_file(name).encode(), digest_size=8).digest())


def _doubled(hashes: array[int]) -> frozenset[int]:
    ordered = sorted(hashes)
    return frozenset(one for one, other in pairwise(ordered) if one == other)


def _taken(name: str, span: Span, before: Span) -> Diagnostic:
    message = f"the file `{name}.pdf` is that of line {before.line} already"
    help = "name the files after a column, or several, that no two rows share"
    return finding("duplicate-name", message, span, help=help, related=((before, "the row that has it"),))


def as_warnings(found: list[Diagnostic]) -> list[Diagnostic]:
    """`found` about rows that are to be passed over."""
    return [replace(item, severity=Severity.WARNING) for item in found]
