"""Records: what was made of each target, from which inputs, and what was said about it; and their JSON.

What is written is read back the same. A file of another version, or a damaged one, is as good as none.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import field, fields
from typing import Any, Final, TypeVar

from briefpack.builds.output import Entry
from briefpack.builds.targets import Target, target_as_row, target_of_row
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Severity, Span


@dataclass(frozen=True, slots=True)
class Record:
    """One target as it was last made; without an `entry` it failed.

    `inputs` are the keys of all it read, with their digests then. `diagnostics` are what was said of it.
    """

    target: Target
    inputs: Mapping[str, str] = field(default_factory=dict)
    entry: Entry | None = None
    diagnostics: tuple[Diagnostic, ...] = ()


# ------------------------------------------------------------------------------------------- diagnostics


_PLACE: Final = "at"


def finding_as_row(found: Diagnostic) -> dict[str, object]:
    """A diagnostic as values of JSON, without what is as it mostly is."""
    values = {item.name: getattr(found, item.name) for item in fields(found)}
    return {name: _plain(value) for name, value in values.items() if value not in (None, ())}


def finding_of_row(row: Mapping[str, Any]) -> Diagnostic:
    """The diagnostic that `finding_as_row` wrote."""
    values = {name: _valued(value) for name, value in row.items()}
    return Diagnostic(**{**values, "severity": Severity(row["severity"])})


def _plain(value: object) -> object:
    match value:
        case Span():
            return {_PLACE: [value.path, value.line, value.column, value.end_line, value.end_column]}
        case tuple():
            return [_plain(item) for item in value]
        case _:
            return value


def _valued(value: object) -> Any:
    match value:
        case {"at": [str(path), *numbers]}:
            return Span(path, *(int(number) for number in numbers))
        case list():
            return tuple(_valued(item) for item in value)
        case _:
            return value


def places(found: Sequence[Diagnostic]) -> frozenset[str]:
    """The files that `found` speaks of: where they change, places in them may have moved."""
    spans = [item.span for item in found if item.span is not None]
    spans += [span for item in found for span, _ in item.related]
    return frozenset({*(span.path for span in spans), *(item.path for item in found if item.path is not None)})


# ----------------------------------------------------------------------------------------------- records


K = TypeVar("K")


class Table:
    """Pairs of a key and a digest, each written once and called by its place.

    Thousands of targets read many thousands of pairs, and who only asks whether anything has changed needs none of
    them: a table that was `written` as JSON is read when it is first asked.
    """

    __slots__ = ("_known", "_pairs", "_written")

    def __init__(self, pairs: list[list[str]] | None = None, written: bytes = b"") -> None:
        self._pairs = pairs if pairs is not None else []
        self._written = written
        self._known: dict[tuple[str, str], int] = {}

    @property
    def pairs(self) -> list[list[str]]:
        if self._written:
            self._pairs, self._written = json.loads(self._written), b""
        return self._pairs

    def as_json(self) -> bytes:
        """The table as it is written: one line."""
        return self._written or json.dumps(self._pairs, ensure_ascii=False, separators=(",", ":")).encode("utf-8")

    def places(self, pairs: Mapping[str, str]) -> list[int]:
        known = self._known
        return [known[pair] if pair in known else self._added(pair) for pair in sorted(pairs.items())]

    def _added(self, pair: tuple[str, str]) -> int:
        self._known[pair] = place = len(self.pairs)
        self.pairs.append([*pair])
        return place

    def pairs_at(self, places: Sequence[int]) -> dict[str, str]:
        return dict(map(self.pairs.__getitem__, places))

    def packed(self, pairs: Mapping[str, str]) -> Mapping[str, str]:
        """The same as `pairs` in little space: thousands of targets have most of their pairs in common."""
        return _Packed(self, array("I", self.places(pairs)))


class _Packed(Mapping[str, str]):
    """Some pairs of a table."""

    __slots__ = ("_places", "_table")

    def __init__(self, table: Table, places: array[int]) -> None:
        self._table, self._places = table, places

    def __getitem__(self, key: str) -> str:
        return self._table.pairs_at(self._places)[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.pairs_at(self._places))

    def __len__(self) -> int:
        return len(self._places)

    def items(self) -> ItemsView[str, str]:
        return self._table.pairs_at(self._places).items()

    def __repr__(self) -> str:
        return repr(self._table.pairs_at(self._places))


def places_as_text(places: Sequence[int]) -> str:
    """Places in a table as they are written: a text, which takes no time to read for who does not ask for them."""
    return " ".join(map(str, places))


def places_of_text(text: str) -> list[int]:
    """The places that `places_as_text` wrote."""
    return [int(place) for place in text.split()]


def record_as_row(record: Record, table: Table) -> dict[str, object]:
    """`record` as values of JSON, its pairs in `table`."""
    entry = record.entry
    return {
        "target": target_as_row(record.target),
        "inputs": places_as_text(table.places(record.inputs)),
        "entry": entry_as_row(entry, table) if entry is not None else None,
        "found": [finding_as_row(item) for item in record.diagnostics],
    }


def record_of_row(row: Mapping[str, Any], table: Table) -> Record:
    """The record that `record_as_row` wrote."""
    target = target_of_row(row["target"])
    return Record(
        target,
        table.pairs_at(places_of_text(row["inputs"])),
        entry_of_row(row["entry"], target, table) if row["entry"] is not None else None,
        tuple(finding_of_row(item) for item in row["found"]),
    )


def entry_as_row(entry: Entry, table: Table) -> list[object]:
    return [entry.path, entry.title, entry.sha256, entry.size, entry.pages, table.places(entry.inputs)]


def entry_of_row(row: Sequence[Any], target: Target, table: Table) -> Entry:
    path, title, sha256, size, pages, inputs = row
    form = target.form.asked()
    return Entry(path, target.kind, target.document, title, sha256, size, pages, table.pairs_at(inputs), form)
