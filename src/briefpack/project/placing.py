"""Files put in their places whole or not at all.

A file is written beside its place under a temporary name and then moved there in one step (`os.replace`).
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final


def put(target: Path, data: bytes) -> None:
    """Write `data` to `target`, in a folder that is there. Raises OSError, and leaves an earlier file then."""
    handle, temporary = temporary_file(target.parent, f".{target.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # A temporary file is private to its owner; a made file has the permissions any new file would.
        os.chmod(temporary, 0o666 & ~_umask())  # noqa: PTH101 -- thousands of files are put
        os.replace(temporary, target)  # noqa: PTH105
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def put_below(target: Path, data: bytes) -> None:
    """Write `data` to `target`, and make its folder where that is not there yet. Raises OSError."""
    try:
        put(target, data)
    except FileNotFoundError:
        target.parent.mkdir(parents=True, exist_ok=True)
        put(target, data)


# As `tempfile` opens one, which costs a short command more to import than all that it writes.
_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)


def temporary_file(folder: Path, prefix: str) -> tuple[int, str]:
    """A new file in `folder`, open and private to its owner, and its path. Raises OSError."""
    while True:
        path = str(folder / f"{prefix}{os.urandom(6).hex()}")
        try:
            return os.open(path, _NEW, 0o600), path
        except FileExistsError:
            continue


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
