"""What is known of the copies of a brief: a small database on disk, so that memory stays flat for any number of rows.

It has every file with the key of what it was made from, and what all of them read. One that is damaged, or that
another build has open, is as good as none: copies are made again. A build that is killed leaves whole records only.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from briefpack.builds.cache import make_private
from briefpack.builds.copying import Sheet, SheetMade
from briefpack.builds.index import FOLDER
from briefpack.builds.records import finding_as_row, finding_of_row
from briefpack.builds.signs import hash_of, sign_of
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic

_FORMAT: Final = 1
_TABLES: Final = f"""
CREATE TABLE IF NOT EXISTS sheets (
    path TEXT PRIMARY KEY, key BLOB, run INTEGER, line INTEGER, sha256 TEXT, size INTEGER, sign TEXT, copies TEXT,
    found TEXT
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS lines ON sheets (run, line);
CREATE TABLE IF NOT EXISTS inputs (name TEXT PRIMARY KEY, digest TEXT) WITHOUT ROWID;
PRAGMA user_version = {_FORMAT};
"""


@dataclass(frozen=True, slots=True)
class Listed:
    """A copy as it is listed: its row's line, its name, its file and where in it its pages are, from 1."""

    line: int
    name: str
    path: str
    first: int
    last: int
    size: int
    sha256: str


class CopyRecords:
    """The records of one folder of copies. What is kept now belongs to this `run`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        (last,) = connection.execute("SELECT ifnull(max(run), 0) FROM sheets").fetchone()
        self._run: int = last + 1

    @classmethod
    def at(cls, path: Path | None) -> Self:
        """The records at `path`; empty ones where they cannot be had, or with None."""
        for place in (path, path, None):
            connection = None
            try:
                connection = sqlite3.connect(str(place) if place is not None else "", timeout=0)
                _prepare(connection)
                return cls(connection)
            except (sqlite3.Error, OSError):
                if connection is not None:
                    connection.close()
                if place is not None and not _is_busy(place):
                    place.unlink(missing_ok=True)
        raise AssertionError("records without a file can always be had")

    def close(self) -> None:
        self._connection.close()

    def start(self, inputs: Mapping[str, str], present: Mapping[str, str]) -> None:
        """Begin a run with what is read now: `inputs`, and `present` digests of what was read before.

        Where any of it has changed, nothing that was made counts.
        """
        before = self.inputs()
        now = {**present, **inputs}
        if any(now.get(name) != value for name, value in before.items()) or not inputs.keys() <= before.keys():
            with self._connection as connection:
                connection.execute("DELETE FROM sheets")
                connection.execute("DELETE FROM inputs")
        self.add_inputs(inputs)

    def inputs(self) -> dict[str, str]:
        """What the copies read, by name, with its digest then."""
        return dict(self._connection.execute("SELECT name, digest FROM inputs"))

    def add_inputs(self, inputs: Mapping[str, str]) -> None:
        with self._connection as connection:
            connection.executemany("INSERT OR REPLACE INTO inputs VALUES (?, ?)", inputs.items())

    def current(self, folder: Path, sheet: Sheet) -> tuple[Diagnostic, ...] | None:
        """What is said of the copies of `sheet` if its file is up to date, which this run then has; else None."""
        query = "SELECT key, sha256, sign, copies, found FROM sheets WHERE path = ?"
        row = self._connection.execute(query, (sheet.path,)).fetchone()
        if row is None or row[0] != key_of(sheet) or not _is_there(f"{folder}/{sheet.path}", row[1], row[2]):
            return None
        pages = [copy[2] for copy in json.loads(row[3])]
        update = "UPDATE sheets SET run = ?, line = ?, copies = ? WHERE path = ?"
        # Written with what is kept next; lost with a build that is killed, it is only found out again.
        self._connection.execute(update, (self._run, sheet.copies[0].line, _copies(sheet, pages), sheet.path))
        return tuple(finding_of_row(item) for item in json.loads(row[4]))

    def keep(self, made: Iterable[SheetMade]) -> None:
        """Keep what was made; of a file that was not, nothing."""
        with self._connection as connection:
            for one in made:
                if not one.sha256:
                    connection.execute("DELETE FROM sheets WHERE path = ?", (one.sheet.path,))
                    continue
                found = json.dumps([finding_as_row(item) for items in one.found for item in items])
                values = (
                    one.sheet.path,
                    key_of(one.sheet) if all(one.pages) else b"",
                    self._run,
                    one.sheet.copies[0].line,
                    one.sha256,
                    one.size,
                    json.dumps(one.sign),
                    _copies(one.sheet, one.pages),
                    found,
                )
                connection.execute("INSERT OR REPLACE INTO sheets VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)

    def listed(self) -> Iterator[Listed]:
        """The copies of this run in the order of their rows."""
        query = "SELECT path, copies, size, sha256 FROM sheets WHERE run = ? ORDER BY line"
        for path, copies, size, sha256 in self._connection.execute(query, (self._run,)):
            first = 1
            for line, name, pages in json.loads(copies):
                if pages:
                    yield Listed(line, name, path, first, first + pages - 1, size, sha256)
                first += pages

    def left_over(self) -> int:
        """How many files there are of earlier runs, of rows that are no more; they are forgotten."""
        with self._connection as connection:
            return connection.execute("DELETE FROM sheets WHERE run <> ?", (self._run,)).rowcount


def records_path(root: Path, folder: Path) -> Path:
    """Where the records of the copies in `folder` of the project at `root` are."""
    name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return root / FOLDER / f"copies-{name}.db"


@contextmanager
def open_records(root: Path, folder: Path | None) -> Iterator[CopyRecords]:
    """The records of the copies in `folder`; with None records that nothing is known to and that are not kept."""
    path = None
    if folder is not None:
        path = records_path(root, folder)
        try:
            make_private(root / FOLDER)
        except OSError:
            path = None
    records = CopyRecords.at(path)
    try:
        yield records
    finally:
        records.close()


def key_of(sheet: Sheet) -> bytes:
    """The hash of what the rows of `sheet` say."""
    state = hashlib.blake2b(digest_size=16)
    for copy in sheet.copies:
        state.update(repr((copy.name, sorted(copy.row.values.items()))).encode("utf-8", "surrogateescape"))
    return state.digest()


def _prepare(connection: sqlite3.Connection) -> None:
    """Take the database for this build alone, and see that it is one of ours."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("PRAGMA synchronous = OFF")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version not in (0, _FORMAT):
        raise sqlite3.DatabaseError(f"format {version}")
    (state,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if state != "ok":
        raise sqlite3.DatabaseError(state)
    connection.executescript(_TABLES)
    connection.execute("INSERT OR REPLACE INTO inputs VALUES ('', '')")
    connection.execute("DELETE FROM inputs WHERE name = ''")
    connection.commit()


def _is_busy(place: Path) -> bool:
    """Whether another build has the database open."""
    try:
        other = sqlite3.connect(str(place), timeout=0)
    except sqlite3.Error:
        return False
    try:
        other.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        return "locked" in str(error)
    except sqlite3.Error:
        return False
    finally:
        other.close()
    return False


def _copies(sheet: Sheet, pages: Iterable[int]) -> str:
    return json.dumps([(copy.line, copy.name, count) for copy, count in zip(sheet.copies, pages, strict=True)])


def _is_there(path: str, sha256: str, sign: str) -> bool:
    """Whether the file is as it was made: untouched, by its sign, or the same by its hash."""
    found = sign_of(path)
    return found is not None and (list(found) == json.loads(sign) or hash_of(path) == sha256)
