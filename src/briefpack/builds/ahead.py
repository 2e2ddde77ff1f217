"""Reading ahead: the briefs of a project that nobody has read yet are read by several processes.

Each of them reads a part, and keeps what is in order in the user's snapshot, where the project is read from afterwards.
Nothing else comes back: what is not in order, or was left undone because a process died, is read once more by who
asked, who alone says what is wrong. So what is read, and what is said, is the same for any number of processes.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from briefpack.builds.environment import processors
from briefpack.builds.processes import prepare, quickest_start
from briefpack.project.files import DiskFiles
from briefpack.project.load import keep_briefs
from briefpack.project.snapshots import Snapshot

# Briefs that one process reads in about the time that another takes to begin.
FEW: Final = 25


def read_ahead(files: DiskFiles, snapshot: Snapshot, names: Sequence[str], jobs: int) -> None:
    """Read the briefs `names` by as many as `jobs` processes, 0 for as many as there are processors."""
    count = min(jobs or processors(), len(names) // FEW)
    if count < 2 or quickest_start() != "fork":
        return
    # Copies of this process begin with what reads.
    from briefpack.project import twins, yaml  # noqa: F401

    fork = multiprocessing.get_context("fork")
    others = [
        fork.Process(target=_read, args=(files, snapshot, names[at::count]), daemon=True) for at in range(1, count)
    ]
    for other in others:
        other.start()
    keep_briefs(files, snapshot, names[::count])
    for other in others:
        other.join()


def _read(files: DiskFiles, snapshot: Snapshot, names: Sequence[str]) -> None:
    prepare()
    with suppress(Exception):  # who asked reads it again, and says what there is to say
        keep_briefs(files, snapshot, names)
