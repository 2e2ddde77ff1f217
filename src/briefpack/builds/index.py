"""The index of a project: what the last build knew, so that the next need not find it out again.

One file a project and output folder. With it a build in which nothing has changed reads no YAML: it compares the
signs of the files, of the environment and of what was made. Whatever is in doubt is read; whatever is damaged
counts as not there. Two builds at once may each write an index: the later one stands, and what it does not
know is only made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from briefpack.builds import environment
from briefpack.builds.cache import make_private
from briefpack.builds.records import (
    Record,
    Table,
    finding_as_row,
    finding_of_row,
    places_as_text,
    places_of_text,
    record_as_row,
    record_of_row,
)
from briefpack.builds.signs import Sign, hash_of, left_alone, moment, sign_of
from briefpack.builds.targets import Target, target_of_row
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic
from briefpack.project.files import ABSENT, DiskFiles, observe
from briefpack.project.forms import AS_DESIGNED, Form
from briefpack.project.placing import put

FOLDER: Final = ".briefpack"
"""The folder of a project in which Briefpack keeps what it may lose."""

_FORMAT: Final = 5

# What every document may read.
OF_ALL: Final = frozenset(f"briefs/{name}.yaml" for name in ("campaign", "messages", "facts", "sources"))

# So many pairs of inputs are kept for each that is needed before the others are let go.
_SPARE: Final = 2


@dataclass(frozen=True, slots=True)
class Watched:
    """A project file or listing, its digest when it was read, and a sign that it is still the same."""

    digest: str
    sign: Sign | None = None


@dataclass(slots=True)
class Index:
    """What the last build knew. `days` are the first and the last on which every date in the
    project is judged as it was, `files` all that was read; `fresh` are the keys of targets that were up to date,
    `listed` those of all that the project has, in order. `said` has findings of no one target, by what they are about.
    """

    environment: str = ""
    stamp: str = ""
    epoch: str = ""
    days: tuple[str, str] = ("", "")
    files: dict[str, Watched] = field(default_factory=dict)
    made: dict[str, Watched] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    listed: list[str] = field(default_factory=list)
    loading: tuple[Diagnostic, ...] = ()
    said: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    table: Table = field(default_factory=Table)
    rows: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    signs_are_new: bool = False
    _targets: tuple[Target, ...] = ()
    _records: dict[str, Record] = field(default_factory=dict)

    def targets(self) -> tuple[Target, ...]:
        """All targets that the project has, in order."""
        if not self._targets:
            self._targets = tuple(target_of_row(self.rows[key]["target"]) for key in self.listed)
        return self._targets

    def targets_in(self, form: Form) -> tuple[Target, ...]:
        """All documents that the project has, in `form`."""
        return tuple(replace(target, form=form) for target in self.targets() if target.form == AS_DESIGNED)

    def path_of(self, key: str) -> str | None:
        """The output file of the target with the key `key`, if it was made."""
        entry = self.rows[key]["entry"] if key in self.rows else None
        return str(entry[0]) if entry is not None else None

    def findings(self, key: str) -> tuple[Diagnostic, ...]:
        """What was said of the target with the key `key`."""
        return tuple(finding_of_row(row) for row in self.rows[key]["found"])

    def record(self, key: str) -> Record | None:
        """What is known of the target with the key `key`."""
        found = self._records.get(key)
        if found is None and key in self.rows:
            found = self._records[key] = record_of_row(self.rows[key], self.table)
        return found

    # -------------------------------------------------------------------------------------- still true?

    def holds(self, root: Path, today: date) -> bool:
        """Whether the day, the environment and every file that was read mean what they meant."""
        first, last = self.days
        return first <= today.isoformat() <= last and self._holds_environment() and self._holds_files(root)

    def _holds_environment(self) -> bool:
        if self.epoch != environment.epoch():
            return False
        stamp = environment.stamp()
        if stamp == self.stamp:
            return True
        if environment.digest() != self.environment:
            return False
        self.stamp, self.signs_are_new = stamp, True
        return True

    def _holds_files(self, root: Path) -> bool:
        base = str(root.resolve())
        listings: list[str] = []
        for path, watched in self.files.items():
            if "*" in path:
                listings.append(path)
            elif watched.digest == ABSENT:
                if sign_of(f"{base}/{path}") is not None:
                    return False
            elif not self._is_same(self.files, path, f"{base}/{path}"):
                return False
        files = DiskFiles(root)
        return all(observe(files, path) == self.files[path].digest for path in listings)

    def changed(self, root: Path) -> Iterator[str]:
        """The files that were read and are others now, and those that came or went."""
        base = str(root.resolve())
        for path, watched in list(self.files.items()):
            if "*" in path:
                folder, _, suffix = path.partition("/*")
                yield from (each for each in DiskFiles(root).list(folder, suffix) if each not in self.files)
            elif watched.digest == ABSENT:
                if sign_of(f"{base}/{path}") is not None:
                    yield path
            elif not self._is_same(self.files, path, f"{base}/{path}"):
                yield path

    def moved(self, reads: Mapping[str, str]) -> frozenset[str]:
        """The files and listings of which not the same is known that was: `reads` are their digests now."""
        now = {(path, value) for path, value in reads.items()}
        before = {(path, watched.digest) for path, watched in self.files.items()}
        return frozenset(path for path, _ in now ^ before)

    def is_steady(self, reads: Mapping[str, str], today: date) -> bool:
        """Whether nothing but briefs and packs has changed in the files of a project, whose digests are `reads`."""
        first, last = self.days
        if not (first <= today.isoformat() <= last and self._holds_environment()):
            return False
        changed = (path for path, watched in self.files.items() if reads.get(path, watched.digest) != watched.digest)
        return all(path.startswith("briefs/") and path not in OF_ALL for path in changed)

    def is_made(self, folder: Path, path: str) -> bool:
        """Whether the output file `path` below `folder` is still the one that was made."""
        return path in self.made and self._is_same(self.made, path, f"{folder}/{path}")

    def _is_same(self, files: dict[str, Watched], path: str, place: str) -> bool:
        watched = files[path]
        sign = sign_of(place)
        if sign is not None and sign == watched.sign:
            return True
        if sign is None or hash_of(place) != watched.digest or sign_of(place) != sign:
            return False
        files[path] = Watched(watched.digest, sign)
        self.signs_are_new = True
        return True


# ------------------------------------------------------------------------------------------------- files


def index_path(root: Path, output: Path) -> Path:
    """Where the index of the project `root` for the folder `output` is."""
    name = hashlib.sha256(str(output.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return root / FOLDER / f"index-{name}.json"


def check_path(root: Path) -> Path:
    """Where it is kept what the checks of the project `root` found."""
    return root / FOLDER / "checked.json"


def now(root: Path) -> int:
    """The moment by the clock of the project's own disk; the first of all moments where nothing can be written."""
    try:
        make_private(root / FOLDER)
        return moment(root / FOLDER)
    except OSError:
        return 0


def read_index(path: Path) -> Index:
    """The index at `path`; an empty one when there is none that can be read and is whole."""
    try:
        mark, _, data = path.read_bytes().partition(b"\n")
        if mark != _mark(data):
            return Index()
        head, _, table = data.partition(b"\n")
        values = json.loads(head)
        return _index(values, Table(written=table)) if values["format"] == _FORMAT else Index()
    except (OSError, ValueError, KeyError, TypeError, IndexError, RecursionError):
        return Index()


def _mark(data: bytes) -> bytes:
    """What stands before `data` so that damage is seen."""
    return hashlib.sha256(data).hexdigest().encode()


def _index(values: Mapping[str, Any], table: Table) -> Index:
    index = Index(
        environment=values["environment"],
        stamp=values["stamp"],
        epoch=values["epoch"],
        days=(values["days"][0], values["days"][1]),
        files=_watched(values["files"]),
        made=_watched(values["made"]),
        fresh=set(values["fresh"]),
        listed=list(values["listed"]),
        loading=tuple(finding_of_row(row) for row in values["loading"]),
        said={about: tuple(finding_of_row(row) for row in rows) for about, rows in values["said"].items()},
        table=table,
        rows=dict(values["records"]),
    )
    index.targets()  # raises what a damaged index does
    return index


def _watched(rows: Iterable[Any]) -> dict[str, Watched]:
    return {path: Watched(digest, _sign(sign)) for path, digest, sign in rows}


def _sign(values: Any) -> Sign | None:
    return (values[0], values[1], values[2], values[3]) if values else None


def with_records(index: Index, records: Iterable[Record]) -> Index:
    """`index` with `records` alone."""
    table = Table()
    rows: dict[str, Mapping[str, Any]] = {record.target.key: record_as_row(record, table) for record in records}
    return replace(index, table=table, rows=rows, _records={}, _targets=())


def without_idle_pairs(index: Index) -> Index:
    """`index`, and where most pairs of its table are those of no record any more, a table without them."""
    texts = {place for row in index.rows.values() for place in row["inputs"].split()}
    if len(index.table.pairs) <= _SPARE * len(texts):
        return index
    needed = sorted(map(int, texts))
    now_at = {place: at for at, place in enumerate(needed)}
    table = Table([index.table.pairs[place] for place in needed])
    rows: dict[str, Mapping[str, Any]] = {
        key: {**row, "inputs": places_as_text([now_at[place] for place in places_of_text(row["inputs"])])}
        for key, row in index.rows.items()
    }
    return replace(index, table=table, rows=rows, _records={}, _targets=())


def write_index(path: Path, index: Index) -> None:
    """Write `index` to `path`, or nothing where that cannot be written.

    Signs are kept only of files that were left alone for a while.
    """
    try:
        make_private(path.parent)
        now = moment(path.parent)
        values = {
            "format": _FORMAT,
            "environment": index.environment,
            "stamp": index.stamp,
            "epoch": index.epoch,
            "days": index.days,
            "files": _rows(index.files, now),
            "made": _rows(index.made, now),
            "fresh": sorted(index.fresh),
            "listed": index.listed,
            "loading": [finding_as_row(item) for item in index.loading],
            "said": {about: [finding_as_row(item) for item in found] for about, found in index.said.items()},
            "records": index.rows,
        }
        head = json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
        data = b"%s\n%s" % (head, index.table.as_json())
        put(path, b"%s\n%s" % (_mark(data), data))
    except OSError:
        return


def _rows(files: Mapping[str, Watched], now: int) -> list[list[object]]:
    return [[path, watched.digest, left_alone(watched.sign, now)] for path, watched in sorted(files.items())]
