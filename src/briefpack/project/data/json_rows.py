"""Rows of a JSON Lines file (https://jsonlines.org): an object a line, with texts, numbers and null."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TextIO

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, finding
from briefpack.project.data.raw import RawRow, RawRows, whole


def json_rows(file: TextIO, path: str) -> RawRows:
    """The rows of `file`. Their columns are those of the first one; a column that a row does not have is empty."""
    rows = _Rows(path, file)
    each = rows.each()
    first = next(each, None)
    names = first.cells if isinstance(first, RawRow) else {}
    headers = {name: rows.place(first, name) for name in names if isinstance(first, RawRow)}
    return RawRows(path, headers, _again(first, each), rows.place)


def _again(first: RawRow | Diagnostic | None, rest: Iterator[RawRow | Diagnostic]) -> Iterator[RawRow | Diagnostic]:
    if first is not None:
        yield first
    yield from rest


@dataclass(slots=True)
class _Rows:
    path: str
    file: TextIO

    def each(self) -> Iterator[RawRow | Diagnostic]:
        for line, text in enumerate(self.file, 1):
            if text.strip():
                yield self._row(RawRow(line, {}, text))

    def _row(self, row: RawRow) -> RawRow | Diagnostic:
        try:
            cells = json.loads(row.text.rstrip(), parse_float=str, parse_int=str, object_pairs_hook=_once)
            if not isinstance(cells, dict):
                raise _Unfit("this row is no object")
            return RawRow(row.line, {name: _text(name, value) for name, value in cells.items()}, row.text)
        except json.JSONDecodeError as error:
            span = Span(self.path, row.line, error.colno, row.line, error.colno + 1)
            return finding(
                "bad-row",
                "this row is not JSON from here on",
                span,
                help='write an object on one line, such as `{"clinic": "North"}`',
            )
        except (_Unfit, RecursionError) as error:
            message = str(error) if isinstance(error, _Unfit) else "this row is nested too deeply"
            help = "write an object of texts, numbers and null"
            return finding("bad-row", message, whole(self.path, row), help=help)

    def place(self, row: RawRow, name: str) -> Span:
        """The value of the field `name`."""
        key = re.escape(json.dumps(name, ensure_ascii=False))
        found = re.search(rf'{key}\s*:\s*("(?:[^"\\]|\\.)*"|[^,}}\s]*)', row.text)
        if found is None:
            return whole(self.path, row)
        return Span(self.path, row.line, found.start(1) + 1, row.line, max(found.end(1), found.start(1) + 1) + 1)


class _Unfit(ValueError):
    """A row that is JSON and no row."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _Unfit(f"this row names `{twice}` twice")
    return fields


def _text(name: str, value: object) -> str:
    """What a cell says: numbers as they are written, nothing for null."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return value
        case _:
            raise _Unfit(f"`{name}` is neither a text nor a number")
