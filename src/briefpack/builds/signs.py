"""Signs of a file: what the system says of it without reading it, and when that may be believed.

A sign is the time of the last change, the time the system last touched the entry, the size and the number of the
file; who changes a file and sets its time back changes the second of these. A file may change twice within one
tick of the clock, so a sign is kept only of a file that was left alone for a while before it was read (the racy
entries of git's index: https://git-scm.com/docs/racy-git). Without a sign, the bytes are read.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Final

from briefpack.project.placing import temporary_file

Sign = tuple[int, int, int, int]

# File systems count in steps of up to two seconds (FAT).
_TICK: Final = 2_000_000_000


def sign_of(path: str) -> Sign | None:
    """The sign of the file at `path`; None when there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 -- a Path for each of thousands of files costs more than the answer
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def left_alone(sign: Sign | None, moment: int) -> Sign | None:
    """`sign` if the file was last touched well before `moment`, else None."""
    if sign is None or max(sign[0], sign[1]) + _TICK >= moment:
        return None
    return sign


def moment(folder: Path) -> int:
    """Now, in nanoseconds, by the clock of the file system that `folder` is on. Raises OSError."""
    handle, name = temporary_file(folder, ".now-")
    try:
        return os.fstat(handle).st_mtime_ns
    finally:
        os.close(handle)
        Path(name).unlink(missing_ok=True)


def hash_of(path: str) -> str | None:
    """The SHA-256 of the file at `path` in hexadecimal; None when it cannot be read."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 -- as above
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
