"""A data file read row by row, each cell as its column is declared.

In come a file and the columns of a brief, out come rows with values and places, one after the other and never all
at once. What is wrong with the file as a whole stops the reading before the first row; what is wrong with a row
is said in its place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, SourceLines, Stopped, did_you_mean, finding
from briefpack.project.columns import Column, DataRow, Unreadable, Value, read_value
from briefpack.project.data.csv_rows import csv_rows
from briefpack.project.data.json_rows import json_rows
from briefpack.project.data.parquet_rows import parquet_rows
from briefpack.project.data.raw import RawRow, RawRows, whole

_CSV: Final = frozenset({".csv", ".tsv", ".txt"})
_JSON: Final = frozenset({".jsonl", ".ndjson"})
_PARQUET: Final = frozenset({".parquet"})


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file: where it is, and what it is called in findings."""

    file: Path
    path: str

    @property
    def is_text(self) -> bool:
        return self.file.suffix.lower() not in _PARQUET


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row: its line, the texts of its cells by header, and its values, or what is wrong with it."""

    line: int
    cells: Mapping[str, str]
    row: DataRow | None
    found: tuple[Diagnostic, ...] = ()


@contextmanager
def read_rows(data: DataFile, columns: Mapping[str, Column], more: Collection[str] = ()) -> Iterator[Iterator[ReadRow]]:
    """The rows of `data` with the cells of `columns`, and the texts of the headers `more`.

    Raises Stopped when the file cannot be read, or its header lacks any of them.
    """
    headers = {name: _header(name, column) for name, column in columns.items()}
    with _opened(data, {*headers.values(), *more}) as rows:
        lacking = [*_lacking(rows, headers, columns), *_unnamed(rows, more, headers)]
        if lacking:
            raise Stopped(tuple(lacking))
        yield (_read(rows, item, headers, columns) for item in rows.rows)


def hindrances(data: DataFile, columns: Mapping[str, Column], more: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """Why `read_rows` would give no rows; nothing where it would."""
    try:
        with read_rows(data, columns, more):
            return ()
    except Stopped as stopped:
        return stopped.diagnostics


@contextmanager
def _opened(data: DataFile, wanted: Collection[str]) -> Iterator[RawRows]:
    suffix = data.file.suffix.lower()
    if suffix not in _CSV | _JSON | _PARQUET:
        message = f"`{data.file.name}` is of no format that rows are read from"
        help = "save it as CSV (`.csv`), JSON Lines (`.jsonl`) or Parquet (`.parquet`)"
        raise Stopped((finding("data-unreadable", message, path=data.path, help=help),))
    try:
        if suffix in _PARQUET:
            with parquet_rows(data.file, data.path, wanted) as rows:
                yield rows
            return
        with data.file.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            yield csv_rows(file, data.path) if suffix in _CSV else json_rows(file, data.path)
    except FileNotFoundError:
        message = f"there is no file `{data.path}`"
        raise Stopped((finding("data-unreadable", message, path=data.path, help="correct its name"),)) from None
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        message = f"`{data.path}` cannot be read: {reason}"
        raise Stopped((finding("data-unreadable", message, path=data.path, help="choose another file"),)) from None


def _header(name: str, column: Column) -> str:
    return column.header.text.strip() if column.header is not None else name


def _lacking(rows: RawRows, headers: Mapping[str, str], columns: Mapping[str, Column]) -> Iterator[Diagnostic]:
    """The columns of the brief that the header does not have."""
    first = min(rows.headers.values(), default=None)
    for name, header in headers.items():
        if header in rows.headers or (not rows.headers and not columns[name].required):
            continue
        free = [known for known in rows.headers if known not in headers.values()]
        help = did_you_mean(header, free, f"add the column, or take `{name}:` out of the `data:` of the brief")
        help = (
            help.replace("write", "rename the column, or add `header:` with", 1) if help.startswith("write") else help
        )
        related = ((column_span, "declared here"),) if (column_span := columns[name].head_span) is not None else ()
        message = f"the data file has no column `{header}`"
        yield finding("missing-column", message, first, help=help, related=related, path=rows.path)


def _unnamed(rows: RawRows, more: Collection[str], headers: Mapping[str, str]) -> Iterator[Diagnostic]:
    """The headers that a name of files asks for and that are not there."""
    for header in sorted({*more} - rows.headers.keys() - set(headers.values())):
        help = did_you_mean(header, rows.headers, "use a column of the data file in `--name`")
        message = f"the data file has no column `{header}`, which `--name` asks for"
        yield finding("missing-column", message, min(rows.headers.values(), default=None), help=help, path=rows.path)


def _read(
    rows: RawRows, item: RawRow | Diagnostic, headers: Mapping[str, str], columns: Mapping[str, Column]
) -> ReadRow:
    if isinstance(item, Diagnostic):
        return ReadRow(item.span.line if item.span is not None else 0, {}, None, (item,))
    values: dict[str, Value | None] = {}
    found: list[Diagnostic] = []
    for name, header in headers.items():
        column, text = columns[name], item.cells.get(header, "")
        try:
            values[name] = read_value(column, text)
        except Unreadable as error:
            message = f"expected {error.expected} in the column `{header}`, found `{_short(text)}`"
            found.append(finding("bad-row", message, rows.place(item, header), help=error.help))
            continue
        if values[name] is None and column.required:
            help = f"fill it, or write `required: no` for `{name}` in the brief"
            message = f"the column `{header}` is empty in this row"
            found.append(finding("bad-row", message, rows.place(item, header), help=help))
    row = DataRow(values, whole(rows.path, item)) if not found else None
    return ReadRow(item.line, item.cells, row, tuple(found))


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:39].rstrip()}…"


class _Line(Sequence[str]):
    """The lines of a data file, of which only the one that is asked for is read."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __len__(self) -> int:
        return 2**31

    def __getitem__(self, at: int | slice) -> str:
        if isinstance(at, slice):
            raise TypeError("one line at a time")
        with self._file.open(encoding="utf-8-sig", errors="replace", newline="") as lines:
            return next(islice(lines, at, None), "").rstrip("\r\n")


def with_data(lines: SourceLines, data: DataFile) -> SourceLines:
    """`lines` of project files, and those of `data` where it is a file of text."""
    return lambda path: lines(path) if path != data.path else _Line(data.file) if data.is_text else ()
