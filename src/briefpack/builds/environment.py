"""What every target is made with: the tool itself, Python, and the libraries that leave a mark in a file.

The stamp is quick to take and changes whenever any of it may have; the digest is slower and changes only when
something of it has. Nothing here is imported that costs time.
"""

from __future__ import annotations

import hashlib
import os
import sys
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from briefpack import __version__

if TYPE_CHECKING:
    from briefpack.project.snapshots import Snapshot

_PACKAGE: Final = Path(__file__).resolve().parents[1]

EPOCH: Final = "SOURCE_DATE_EPOCH"


def stamp() -> str:
    """A hash of the sizes and times of the tool's modules and of the folders that libraries are installed in."""
    lines = [f"{path}\0{status.st_mtime_ns}\0{status.st_size}\0{status.st_ino}" for path, status in _modules()]
    for folder in sys.path:
        try:
            lines.append(f"{folder}\0{Path(folder).stat().st_mtime_ns if folder else ''}")
        except OSError:
            continue
    return hashlib.sha256("\n".join([sys.version, *sorted(lines)]).encode()).hexdigest()


def _modules() -> Iterator[tuple[str, os.stat_result]]:
    """The tool's modules below its folder, with what the system says of them."""
    folders = [str(_PACKAGE)]
    while folders:
        with os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir():
                    folders += [entry.path] if not entry.name.startswith("_") else []
                elif entry.name.endswith(".py"):
                    yield entry.path, entry.stat()


def kept_digest(snapshot: Snapshot | None) -> str:
    """The digest; where there is a `snapshot`, which belongs to one stamp, it is worked out once for that."""
    known = snapshot.value(_DIGEST) if snapshot is not None else None
    if isinstance(known, str):
        return known
    found = digest()
    if snapshot is not None:
        snapshot.keep(_DIGEST, found)
    return found


_DIGEST: Final = "environment"


def digest() -> str:
    """The hash of the tool's own code, Python's version and those of all libraries it is made to use."""
    state = hashlib.sha256()
    for path, _ in sorted(_modules(), key=lambda item: item[0]):
        name = Path(path).relative_to(_PACKAGE).as_posix()
        state.update(f"{name}\0{hashlib.sha256(Path(path).read_bytes()).hexdigest()}\n".encode())
    for name, version in sorted(_libraries().items()):
        state.update(f"{name}=={version}\n".encode())
    python = f"{sys.implementation.name} {sys.version_info[0]}.{sys.version_info[1]}"
    state.update(f"{__version__} {python} zlib {zlib.ZLIB_RUNTIME_VERSION}".encode())
    return state.hexdigest()


# What the names of packages with typefaces begin with. `text.faces` has the families, and is not loaded for this.
FONT_PACKAGES: Final = ("fontpkg", "weblate-fonts", "noto-cjk-", "cvttf-")


def _libraries() -> Mapping[str, str]:
    """The versions of the libraries that Briefpack asks for, of what those ask for, and of font packages."""
    from importlib.metadata import distributions

    heads = [_head(item.read_text("METADATA") or item.read_text("PKG-INFO") or "") for item in distributions()]
    known = {_name(head.get("Name", [""])[0]): head for head in reversed(heads)}
    wanted = ["briefpack", *(name for name in known if name.startswith(FONT_PACKAGES))]
    found: dict[str, str] = {}
    while wanted:
        name = wanted.pop()
        if name in found or name not in known:
            continue
        found[name] = known[name].get("Version", [""])[0]
        wanted += [_name(need) for need in known[name].get("Requires-Dist", ()) if "extra ==" not in need]
    return found


def _head(metadata: str) -> Mapping[str, list[str]]:
    """The fields of a distribution's metadata, without its description, which may be long."""
    fields: dict[str, list[str]] = {}
    for line in metadata.partition("\n\n")[0].splitlines():
        name, colon, value = line.partition(": ")
        if colon:
            fields.setdefault(name, []).append(value)
    return fields


def _name(requirement: str) -> str:
    """The normalised name that a requirement begins with."""
    end = next((at for at, char in enumerate(requirement) if not (char.isalnum() or char in "-_.")), len(requirement))
    return requirement[:end].replace("_", "-").replace(".", "-").lower()


def epoch() -> str:
    """SOURCE_DATE_EPOCH as it is set; empty when it is not."""
    return os.environ.get(EPOCH, "")


@contextmanager
def dated(epoch: str) -> Iterator[None]:
    """SOURCE_DATE_EPOCH as `epoch` has it, or not set where that is empty, as it was for who asked."""
    before = os.environ.pop(EPOCH, None)
    os.environ.update({EPOCH: epoch} if epoch else {})
    try:
        yield
    finally:
        os.environ.pop(EPOCH, None)
        os.environ.update({EPOCH: before} if before is not None else {})


def today() -> date:
    """The day of SOURCE_DATE_EPOCH where that is set, else of the clock; both in UTC."""
    return created(datetime.now(UTC).date(), os.environ.get(EPOCH)).date()


# The first second of the year 10000, which no file can say.
_LATEST: Final = 253_402_300_800


def created(day: date, epoch: str | None) -> datetime:
    """The moment a file says it was made: the document's own date, or SOURCE_DATE_EPOCH where that is set.

    Never the clock: the same input gives the same bytes (https://reproducible-builds.org/specs).
    """
    if epoch is not None and epoch.isdecimal() and int(epoch) < _LATEST:
        return datetime.fromtimestamp(int(epoch), UTC)
    return datetime.combine(day, time(), UTC)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
