"""The only reader of project files.

Paths are relative to the project root, with `/` between their parts on every system. Everything that is
read, listed or found absent is recorded with its SHA-256, and the same bytes are given out for as long as
the reader lives: the record gives fingerprints and watching, and one build sees one state of the project.

A path that leads out of the root, by `..` or by a symbolic link, is refused.
"""

from __future__ import annotations

import hashlib
import os
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol

from briefpack.diagnostics import Diagnostic, SourceLines, Span, Stopped, finding

ABSENT: Final = "absent"
"""What the record holds for a file that was asked for and was not there."""


class ProjectFiles(Protocol):
    """A project's files, read only."""

    @property
    def reads(self) -> Mapping[str, str]:
        """What was read so far: a path and the SHA-256 of its bytes in hexadecimal, or `ABSENT`.

        A listing is recorded as `<folder>/*<suffix>` with the SHA-256 of the names found.
        """
        ...

    def read_text(self, path: str) -> str:
        """The file as UTF-8 text, without a byte order mark. Raises Stopped when it cannot be had."""
        ...

    def read_bytes(self, path: str) -> bytes:
        """The file's bytes. Raises Stopped when they cannot be had."""
        ...

    def exists(self, path: str) -> bool:
        """Whether `path` is a file of the project."""
        ...

    def list(self, folder: str, suffix: str) -> tuple[str, ...]:
        """The files below `folder`, at any depth, whose names end in `suffix`; hidden ones left out; sorted."""
        ...


def observe(files: ProjectFiles, key: str) -> str:
    """What `files.reads` says about `key` now: a path, or a listing written `<folder>/*<suffix>`.

    Comparing this with an older record tells whether anything that was read has changed.
    """
    folder, star, suffix = key.rpartition("/*")
    if star:
        files.list(folder, suffix)
    elif files.exists(key):
        files.read_bytes(key)
    return files.reads[key]


def source_lines(files: ProjectFiles) -> SourceLines:
    """The lines of project files for excerpts; none for a file that cannot be read."""
    kept: dict[str, tuple[str, ...]] = {}

    def lines(path: str) -> tuple[str, ...]:
        if path not in kept:
            kept[path] = _lines(files, path)
        return kept[path]

    return lines


def _lines(files: ProjectFiles, path: str) -> tuple[str, ...]:
    try:
        data = files.read_bytes(path)
    except Stopped:
        return ()
    return split_lines(data.decode("utf-8-sig", errors="replace"))


# YAML 1.1, section 4.2: what ends a line there besides a line feed, the longest first.
_LINE_ENDS: Final = ("\r\n", "\r", "\x85", "\u2028", "\u2029")


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of `text` as YAML counts them, without their ends."""
    for end in _LINE_ENDS:
        if end in text:
            text = text.replace(end, "\n")
    return tuple(text.split("\n"))


class _Recorded(ABC):
    """What the readers share: the record, the kept bytes and the decoding."""

    def __init__(self) -> None:
        self._reads: dict[str, str] = {}
        self._bytes: dict[str, bytes] = {}

    @property
    def reads(self) -> Mapping[str, str]:
        return MappingProxyType(self._reads)

    def read_text(self, path: str) -> str:
        return _decoded(path, self.read_bytes(path))

    def read_bytes(self, path: str) -> bytes:
        kept = self._bytes.get(path)
        if kept is not None:
            return kept
        try:
            data = self._load(path)
        except FileNotFoundError:
            self._reads[path] = ABSENT
            raise Stopped((finding("file-missing", f"there is no file `{path}`", path=path),)) from None
        except OSError as error:
            reason = (error.strerror or "it cannot be read").lower()
            raise Stopped((finding("file-unreadable", f"`{path}` cannot be read: {reason}", path=path),)) from error
        self._reads[path] = hashlib.sha256(data).hexdigest()
        self._bytes[path] = data
        return data

    def exists(self, path: str) -> bool:
        if path in self._bytes:
            return True
        found = self._has(path)
        if not found:
            self._reads[path] = ABSENT
        return found

    def list(self, folder: str, suffix: str) -> tuple[str, ...]:
        paths = tuple(sorted(path for path in self._below(folder) if path.endswith(suffix)))
        self._reads[f"{folder}/*{suffix}"] = hashlib.sha256("\n".join(paths).encode()).hexdigest()
        return paths

    @abstractmethod
    def _load(self, path: str) -> bytes: ...

    @abstractmethod
    def _has(self, path: str) -> bool: ...

    @abstractmethod
    def _below(self, folder: str) -> tuple[str, ...]: ...


class DiskFiles(_Recorded):
    """The files below the folder `root`."""

    def __init__(self, root: Path | str) -> None:
        super().__init__()
        self.root: Final = Path(root).resolve()
        self._folders: dict[str, str] = {}

    def _load(self, path: str) -> bytes:
        return self._place(path).read_bytes()

    def _has(self, path: str) -> bool:
        """Whether there is such a file, were it by a link that leads out of the project: to read it says so."""
        _confined(path)
        return (self.root / path).resolve().is_file()

    def _below(self, folder: str) -> tuple[str, ...]:
        found: list[str] = []
        top = (self.root / folder).resolve()
        folders = [(str(top), folder)] if top.is_relative_to(self.root) else []
        while folders:
            place, prefix = folders.pop()
            for entry in _entries(place):
                path = f"{prefix}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append((entry.path, path))
                elif not entry.is_symlink() or self._is_inside(path):
                    found.append(path)
        return tuple(found)

    def _is_inside(self, path: str) -> bool:
        place = (self.root / path).resolve()
        return place.is_relative_to(self.root) and not place.is_dir()

    def _place(self, path: str) -> Path:
        """The file's place on disk, after following symbolic links."""
        _confined(path)
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            self._folders[folder] = str((self.root / folder).resolve())
        place = f"{self._folders[folder]}{os.sep}{name}"
        if os.path.islink(place):  # noqa: PTH114 -- thousands of files are read
            place = os.path.realpath(place)
        if not _is_below(place, str(self.root)):
            raise _outside(path)
        return Path(place)


def _is_below(place: str, folder: str) -> bool:
    """Whether `place` is below `folder`, both without links in them."""
    return place.startswith(folder if folder.endswith(os.sep) else f"{folder}{os.sep}")


def _entries(folder: str) -> list[os.DirEntry[str]]:
    """What is in `folder` and not hidden; nothing where it cannot be listed."""
    try:
        with os.scandir(folder) as entries:
            return [entry for entry in entries if not entry.name.startswith(".")]
    except OSError:
        return []


class DictFiles(_Recorded):
    """Files that are only in memory: a path to text or bytes."""

    def __init__(self, contents: Mapping[str, str | bytes]) -> None:
        super().__init__()
        self._contents: Final = {
            path: value.encode() if isinstance(value, str) else value for path, value in contents.items()
        }

    def _load(self, path: str) -> bytes:
        _confined(path)
        if path not in self._contents:
            raise FileNotFoundError(path)
        return self._contents[path]

    def _has(self, path: str) -> bool:
        _confined(path)
        return path in self._contents

    def _below(self, folder: str) -> tuple[str, ...]:
        _confined(folder)
        below = (path.removeprefix(f"{folder}/") for path in self._contents if path.startswith(f"{folder}/"))
        visible = (path for path in below if not any(part.startswith(".") for part in path.split("/")))
        return tuple(f"{folder}/{path}" for path in visible)


class Recorder:
    """The files of another reader, with a record of its own: what one target has read."""

    def __init__(self, files: ProjectFiles) -> None:
        self._files: Final = files
        self._reads: dict[str, str] = {}

    @property
    def reads(self) -> Mapping[str, str]:
        return MappingProxyType(self._reads)

    def read_text(self, path: str) -> str:
        return _decoded(path, self.read_bytes(path))

    def read_bytes(self, path: str) -> bytes:
        try:
            return self._files.read_bytes(path)
        finally:
            if path in self._files.reads:
                self._reads[path] = self._files.reads[path]

    def exists(self, path: str) -> bool:
        found = self._files.exists(path)
        if not found:
            self._reads[path] = ABSENT
        return found

    def list(self, folder: str, suffix: str) -> tuple[str, ...]:
        paths = self._files.list(folder, suffix)
        key = f"{folder}/*{suffix}"
        self._reads[key] = self._files.reads[key]
        return paths


def _confined(path: str) -> None:
    """Refuse what is not a plain path below the root, before any disk is touched.

    A backslash or a colon would be read as a folder or a drive on Windows and as part of a name elsewhere.
    """
    parts = path.split("/")
    if not path or any(part in ("", ".", "..") for part in parts) or any(mark in path for mark in "\\:\0"):
        raise _outside(path)


def _outside(path: str) -> Stopped:
    return Stopped(
        (
            finding(
                "file-outside",
                f"`{path}` is not a path inside the project",
                help="copy the file into the project and write its path from the project root, with `/`",
            ),
        )
    )


def _decoded(path: str, data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Stopped((_not_utf8(path, data, error.start),)) from None


def _not_utf8(path: str, data: bytes, at: int) -> Diagnostic:
    before = data[:at].decode("utf-8-sig", errors="replace")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    return finding(
        "file-encoding",
        f"this byte is not UTF-8: 0x{data[at]:02x}",
        Span(path, line, column, line, column + 1),
        help="save the file as UTF-8",
    )
