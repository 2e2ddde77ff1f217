"""Rows of an Apache Parquet file, by way of pyarrow, which the extra `parquet` installs.

Read in batches, and only the columns that are asked for. There are no lines: a row is called by its number.
"""

from __future__ import annotations

import importlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from briefpack.diagnostics import Diagnostic, Span, Stopped, finding
from briefpack.project.data.raw import RawRow, RawRows

_BATCH: Final = 1000


@contextmanager
def parquet_rows(file: Path, path: str, wanted: Collection[str]) -> Iterator[RawRows]:
    """The rows of `file`, with the columns that are `wanted`. Raises Stopped when it cannot be read."""
    parquet = _library(path)
    try:
        table = parquet.ParquetFile(file)
    except (OSError, ValueError) as error:
        message = f"this is no Parquet file: {str(error).partition(chr(10))[0].lower().rstrip('.')}"
        raise Stopped((finding("data-unreadable", message, path=path, help="write the file again"),)) from None
    with table:
        names = list(table.schema_arrow.names)
        headers = {name: Span(path, 1, at, 1, at + 1) for at, name in enumerate(names, 1)}
        columns = [name for name in names if name in wanted]
        rows = _rows(table, path, columns)
        yield RawRows(path, headers, rows, lambda row, name: _place(path, row, headers.get(name)))


def _library(path: str) -> Any:
    try:
        return importlib.import_module("pyarrow.parquet")
    except ImportError:
        help = "install it with `pip install 'briefpack[parquet]'`, or save the file as CSV"
        message = "Parquet files need the extra `parquet`"
        raise Stopped((finding("data-unreadable", message, path=path, help=help),)) from None


def _rows(table: Any, path: str, columns: list[str]) -> Iterator[RawRow | Diagnostic]:
    line = 0
    for batch in table.iter_batches(batch_size=_BATCH, columns=columns):
        for cells in batch.to_pylist():
            line += 1
            try:
                yield RawRow(line, {name: _text(name, value) for name, value in cells.items()})
            except ValueError as error:
                span = Span(path, line, 1, line, 2)
                help = "write it as text, a number or a date"
                yield finding("bad-row", str(error), span, help=help)


def _place(path: str, row: RawRow, header: Span | None) -> Span:
    column = header.column if header is not None else 1
    return Span(path, row.line, column, row.line, column + 1)


def _text(name: str, value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case float():
            return f"{Decimal(repr(value)).normalize():f}"
        case int():
            return str(value)
        case Decimal():
            return f"{value:f}"
        case datetime():
            return value.isoformat(sep=" ") if value.time() != value.min.time() else value.date().isoformat()
        case date():
            return value.isoformat()
        case _:
            raise ValueError(f"`{name}` is neither a text nor a number")
