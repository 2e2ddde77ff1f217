"""Turns at a folder: one build at a time, on this machine, does what must not be done by two at once.

The lock is the system's own, so a build that is killed gives it up as it dies, and leaves nothing behind. Where the
system has none for the folder, as on some network drives, everybody has a turn at once.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import hashlib
    import msvcrt
    import tempfile

    def _opened(folder: Path) -> int:
        """A file that stands for `folder`: a folder cannot be opened there."""
        name = hashlib.sha256(str(folder.resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:32]
        return os.open(Path(tempfile.gettempdir()) / f"briefpack-{name}.lock", os.O_RDWR | os.O_CREAT)

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _opened(folder: Path) -> int:
        return os.open(folder, os.O_RDONLY)

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


@contextmanager
def turn(folder: Path) -> Iterator[None]:
    """Have a turn at `folder`, once those who had one before are done."""
    handle = -1
    try:
        handle = _opened(folder)
        _lock(handle)
    except OSError:
        pass
    try:
        yield
    finally:
        if handle >= 0:
            os.close(handle)
