"""A build with hands of one's choosing, and the death of workers: for tests of the seam targets are made behind."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from briefpack.builds.build import Build, Built, Way
from briefpack.builds.hands import Hands
from briefpack.builds.judging import Judging
from briefpack.builds.sites import Loading, Site
from briefpack.builds.targets import every_target
from briefpack.project.files import DiskFiles
from briefpack.project.load import load_project


def rounds(least: int = 1) -> range:
    """The seeds of a test with chance in it: `least`, or as many times as BRIEFPACK_ROUNDS says."""
    return range(least * int(os.environ.get("BRIEFPACK_ROUNDS", "1")))


def eager(hands: Hands) -> Hands:
    """Hands that are used however little there is to do."""
    return replace(hands, local=False)


def build(
    campaign: Path, output: Path, hands: Hands | None, *, fail_fast: bool = False, names: str = "", **site: Any
) -> Built:
    """Everything of `campaign` made into `output` by `hands`, or what begins with `names`."""
    files = DiskFiles(campaign)
    loaded = load_project(files)
    assert loaded.project is not None
    loading = Loading(files, loaded.project, loaded.diagnostics, dict(files.reads))
    every = every_target(loaded.project)
    making = Build(Site(campaign, output, **site), loading, Judging(date(2026, 11, 25)), every)
    chosen = tuple(target for target in every if target.name.startswith(names))
    return making.run(chosen, Way(hands, fail_fast), whole=chosen == every)


@contextmanager
def killing(victims: Callable[[], list[int]], pauses: list[float]) -> Iterator[list[int]]:
    """Kill one of `victims` after each of `pauses`; the ones that were killed."""
    over = threading.Event()
    killed: list[int] = []

    def kill() -> None:
        for pause in pauses:
            if over.wait(pause):
                return
            for victim in victims()[:1]:
                with suppress(ProcessLookupError):  # it has ended by itself
                    os.kill(victim, signal.SIGKILL)
                    killed.append(victim)

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield killed
    finally:
        over.set()
        thread.join()
