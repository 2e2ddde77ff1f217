"""A row as it stands in a data file, before it is known what its cells should hold."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row: its first line from 1, its cells by the name in the header, and its characters as they stand.

    `text` is empty in a file that is not text; there the line is the row's number.
    """

    line: int
    cells: Mapping[str, str]
    text: str = ""


@dataclass(frozen=True, slots=True)
class RawRows:
    """The rows of an opened data file, from first to last, once; what cannot be read is a finding in its place.

    `headers` are the names of its columns with their places. `place` says where the cell of a column stands in a row.
    """

    path: str
    headers: Mapping[str, Span]
    rows: Iterator[RawRow | Diagnostic]
    place: Callable[[RawRow, str], Span]


def whole(path: str, row: RawRow) -> Span:
    """The place of `row` in the file `path`: its first line."""
    first = row.text.partition("\n")[0].rstrip("\r")
    return Span(path, row.line, 1, row.line, max(2, len(first) + 1))
