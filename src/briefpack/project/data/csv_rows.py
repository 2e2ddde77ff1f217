"""Rows of a CSV file (RFC 4180), with a header: separated by commas, or by what the header is separated by.

A row may go over several lines where a cell in quotes does; blank lines are passed over. A quote that is not closed is
found where it begins, and reading goes on behind what it took in.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final, TextIO

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, Stopped, finding
from briefpack.project.data.raw import RawRow, RawRows, whole

_SEPARATORS: Final = ",;\t|"


def csv_rows(file: TextIO, path: str) -> RawRows:
    """The rows of `file`, opened without a translation of line ends. Raises Stopped when its header is of no use."""
    lines = _Lines(file)
    first = next(file, "")
    separator = _separator(first)
    lines.held.append(first)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        cells = next(reader, [])
    except csv.Error as error:
        raise Stopped((_malformed(path, RawRow(1, {}, "".join(lines.taken)), str(error)),)) from None
    places = _places("".join(lines.taken), separator, path, 1)
    headers = _headers(cells, places, path)
    rows = _Rows(path, separator, reader, lines, [name.strip() for name in cells])
    return RawRows(path, headers, rows.each(), rows.place)


def _separator(line: str) -> str:
    """What separates the header: the mark that stands in it most often outside quotes."""
    bare = "".join(line.split('"')[::2])
    return max(_SEPARATORS, key=bare.count)


def _headers(cells: Sequence[str], places: Sequence[Span], path: str) -> dict[str, Span]:
    """The places of the names of the header. Raises Stopped when there are none, or two are the same."""
    headers: dict[str, Span] = {}
    found: list[Diagnostic] = []
    for cell, span in zip(cells, places, strict=False):
        name = cell.strip()
        if name in headers:
            message = f"the header names the column `{name}` twice"
            related = ((headers[name], "first named here"),)
            found.append(finding("bad-header", message, span, help="give one of the two another name", related=related))
        elif name:
            headers[name] = span
    if not headers:
        help = "write the names of the columns into its first line"
        found.append(finding("bad-header", "the first line has no names of columns", path=path, help=help))
    if found:
        raise Stopped(tuple(found))
    return headers


@dataclass(slots=True)
class _Lines:
    """The lines of a file, with those kept that the row now being read is made of."""

    source: TextIO
    held: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.held.pop() if self.held else next(self.source)
        self.taken.append(line)
        return line


@dataclass(slots=True)
class _Rows:
    path: str
    separator: str
    reader: Iterator[list[str]]
    lines: _Lines
    names: Sequence[str]
    _line: int = 1

    def each(self) -> Iterator[RawRow | Diagnostic]:
        while True:
            self._line += len(self.lines.taken)
            self.lines.taken.clear()
            try:
                cells = next(self.reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield _malformed(self.path, RawRow(self._line, {}, "".join(self.lines.taken)), str(error))
                continue
            text = "".join(self.lines.taken)
            if cells and text.strip():
                yield self._row(cells, text)

    def _row(self, cells: Sequence[str], text: str) -> RawRow | Diagnostic:
        row = RawRow(self._line, dict(zip(self.names, cells, strict=False)), text)
        if not text.isascii():
            wrong = next((at for at, character in enumerate(text) if "\udc80" <= character <= "\udcff"), None)
            if wrong is not None:
                return _undecoded(self.path, row, wrong)
        if len(cells) != len(self.names):
            message = f"this row has {_cells(len(cells))}, and the header {len(self.names)}"
            help = "put a cell that has a separator in it into double quotes, or fill the row up"
            return finding("bad-row", message, whole(self.path, row), help=help)
        return row

    def place(self, row: RawRow, name: str) -> Span:
        places = _places(row.text, self.separator, self.path, row.line)
        at = self.names.index(name) if name in self.names else len(places)
        return places[at] if at < len(places) else whole(self.path, row)


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _places(text: str, separator: str, path: str, line: int) -> list[Span]:
    """The places of the cells of a row, with their quotes."""
    places: list[Span] = []
    column, quoted, begun = 1, False, (line, 1)
    for character in text.rstrip("\r\n") + separator:
        if character == '"':
            quoted = not quoted
        elif character == separator and not quoted:
            ends = (line, max(column, begun[1] + 1) if begun[0] == line else column)
            places.append(Span(path, *begun, *ends))
            begun = (line, column + 1)
        column += 1
        if character == "\n":
            line, column = line + 1, 1
    return places


def _undecoded(path: str, row: RawRow, at: int) -> Diagnostic:
    before = row.text[:at]
    line = row.line + before.count("\n")
    column = len(before) - before.rfind("\n")
    byte = ord(row.text[at]) - 0xDC00
    span = Span(path, line, column, line, column + 1)
    return finding("file-encoding", f"this byte is not UTF-8: 0x{byte:02x}", span, help="save the file as UTF-8")


def _malformed(path: str, row: RawRow, reason: str) -> Diagnostic:
    """What to say of a row that the rules of CSV do not allow."""
    lines = row.text.count("\n") + (not row.text.endswith("\n"))
    if "field limit" in reason or "end of data" in reason:
        message = "a quote that begins in this row is not closed"
        message += f", and takes in {lines - 1} more lines" if lines > 1 else ""
        return finding(
            "bad-row", message, whole(path, row), help='close it with `"`; a quote in a cell is written `""`'
        )
    message = "there are characters behind the quote that closes a cell of this row"
    return finding("bad-row", message, whole(path, row), help='write a quote that is part of a cell as `""`')
