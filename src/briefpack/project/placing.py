"""Files put in their places whole or not at all.

A file is written beside its place under a temporary name and then moved there in one step (`os.replace`).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def put(target: Path, data: bytes) -> None:
    """Write `data` to `target`, in a folder that is there. Raises OSError, and leaves an earlier file then."""
    handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        # A temporary file is private to its owner; a made file has the permissions any new file would.
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
