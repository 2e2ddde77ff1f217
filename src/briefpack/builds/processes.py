"""Processes of this machine as workers.

A worker leaves Ctrl-C to who asked, and ends when that one does, however it ended. Where a process may be copied
(`fork`) a worker begins with what was opened already; elsewhere it begins with nothing.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from concurrent.futures import ProcessPoolExecutor
from multiprocessing.connection import wait
from typing import Literal

from briefpack.builds.collecting import seldom_to_the_end

Start = Literal["fork", "spawn", "forkserver"]


class Processes(ProcessPoolExecutor):
    """A pool of `count` processes that can be ended at once."""

    def __init__(self, count: int, start: Start | None = None) -> None:
        self._others = frozenset(multiprocessing.active_children())
        context = multiprocessing.get_context(start or quickest_start())
        super().__init__(count, mp_context=context, initializer=prepare)

    def stop(self) -> None:
        """End all processes, whatever they are at."""
        children = [child for child in multiprocessing.active_children() if child not in self._others]
        for child in children:
            child.terminate()
        for child in children:
            child.join(5)
            if child.is_alive():
                child.kill()
                child.join(5)


def quickest_start() -> Start:
    """How a worker begins soonest: as a copy, where that is safe."""
    alone = threading.active_count() == 1
    return "fork" if sys.platform.startswith("linux") and alone else "spawn"


def prepare() -> None:
    """What a worker does first: leave Ctrl-C to its parent, and see to it that it ends when that does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a copy begins with is of its parent: it stays, and nobody needs to look at it for garbage.
    gc.freeze()
    seldom_to_the_end()
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
