"""The cache: made files kept by their content, and traces that lead to them.

A trace says: this target, made when these inputs had these digests, is that content. Several traces of a target
live side by side, so going back to an earlier state of a campaign is no work. Everything is written under a
temporary name and moved into place, so several builds, also on several machines, may share a folder and any of
them may be killed. What is read is compared with its hash; what is corrupt is deleted and made again. What was
used least lately goes when the folder grows past its limit. A cache that cannot be written is done without.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from briefpack.dataclass import dataclass
from briefpack.project.placing import put, put_below

LIMIT: Final = 1_000_000_000
"""How many bytes a cache holds unless told otherwise."""

_NOTE: Final = "# Kept by Briefpack so as not to make the same file twice. It may be deleted at any time.\n*\n"
_TAG: Final = "Signature: 8a477f597d28d172789f06886806bc55\n# https://bford.info/cachedir/\n"

# A trace is looked at once a target; past this many the oldest are not.
_MOST_TRACES: Final = 50

# What a killed build left behind is nobody's after an hour, in seconds.
_ABANDONED: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Trace:
    """Inputs of a target with their digests, and the record of what was made of them."""

    inputs: Mapping[str, str]
    record: Mapping[str, Any]
    sha256: str


@dataclass(slots=True)
class Cache:
    """The cache in `folder`, of at most `limit` bytes. `corrupt` counts what was found damaged."""

    folder: Path
    limit: int = LIMIT
    corrupt: int = 0
    _grown: bool = False

    def traces(self, key: str) -> Iterator[Trace]:
        """The traces kept for the target with the key `key`, those used last first."""
        folder = self._place("traces", _hash(key.encode()))
        try:
            with os.scandir(folder) as entries:
                found = [(entry.stat().st_mtime_ns, entry.path) for entry in entries if entry.name.endswith(".json")]
        except OSError:
            return
        for _, path in sorted(found, reverse=True)[:_MOST_TRACES]:
            trace = self._trace(Path(path))
            if trace is not None:
                yield trace

    def _trace(self, path: Path) -> Trace | None:
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if _hash(data) != path.stem:
            self._damaged(path)
            return None
        values = json.loads(data)
        return Trace(values["inputs"], values["record"], values["sha256"])

    def content(self, sha256: str) -> bytes | None:
        """The bytes whose SHA-256 is `sha256`, if they are here and whole."""
        path = self._place("objects", sha256)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        if _hash(data) != sha256:
            self._damaged(path)
            return None
        _touch(path)
        return data

    def keep(self, key: str, trace: Trace, data: bytes) -> None:
        """Keep `data` and the trace that leads to it from the target with the key `key`."""
        values = {"inputs": dict(sorted(trace.inputs.items())), "record": trace.record, "sha256": trace.sha256}
        text = json.dumps(values, sort_keys=True, ensure_ascii=False).encode()
        try:
            self._put(self._place("objects", trace.sha256), data)
            self._put(self._place("traces", _hash(key.encode())) / f"{_hash(text)}.json", text)
        except OSError:
            return
        self._grown = True

    def tidy(self) -> None:
        """Delete what was used least lately until the cache is within its limit, if anything was added."""
        if not self._grown:
            return
        self._grown = False
        files = sorted(self._files())
        over = sum(size for _, size, _ in files) - self.limit
        newest = files[-1][0] if files else 0.0
        for used, size, path in files:
            abandoned = Path(path).name.startswith(".") and newest - used > _ABANDONED
            if over > 0 or abandoned:
                Path(path).unlink(missing_ok=True)
                over -= size

    def _files(self) -> Iterator[tuple[float, int, str]]:
        """Everything that is kept: when it was last used, its size and its path."""
        folders = [str(self.folder / name) for name in ("objects", "traces")]
        while folders:
            try:
                with os.scandir(folders.pop()) as entries:
                    for entry in entries:
                        if entry.is_dir(follow_symlinks=False):
                            folders.append(entry.path)
                        else:
                            status = entry.stat(follow_symlinks=False)
                            yield status.st_mtime, status.st_size, entry.path
            except OSError:
                continue  # another build has tidied it away

    def _damaged(self, path: Path) -> None:
        self.corrupt += 1
        try:
            path.unlink(missing_ok=True)
        except OSError:
            return

    def _place(self, kind: str, name: str) -> Path:
        return self.folder / kind / name[:2] / name

    def _put(self, path: Path, data: bytes) -> None:
        if path.exists():
            _touch(path)
            return
        put_below(path, data)


def make_private(folder: Path) -> None:
    """Make `folder`, marked so that version control and backups leave it out. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ((".gitignore", _NOTE), ("CACHEDIR.TAG", _TAG)):
        if not (folder / name).exists():
            put(folder / name, text.encode())


def _touch(path: Path) -> None:
    try:
        os.utime(path)
    except OSError:
        return


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
