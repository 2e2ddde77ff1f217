"""A Dask scheduler and worker processes, as on other machines: they share nothing with a test but the disk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import briefpack

SOURCE: Final = Path(briefpack.__file__).parents[1]

# A target whose workers died so often is given up by the scheduler; Dask's own is 3.
_SETTINGS: Final = MappingProxyType(
    {
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        "DASK_DISTRIBUTED__WORKER__DAEMON": "False",
        "SOURCE_DATE_EPOCH": "1",
    }
)


@dataclass(slots=True)
class DaskCluster:
    """A running scheduler, which can be asked of its workers, and be ended."""

    address: str
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def pids(self) -> list[int]:
        """The processes of the workers, as the scheduler knows them now."""
        import distributed

        with distributed.Client(self.address, set_as_default=False) as client:
            return sorted(client.run(os.getpid, on_error="ignore").values())

    def add_workers(
        self, count: int, environment: Mapping[str, str] = MappingProxyType({}), nanny: bool = True
    ) -> None:
        """Start `count` workers more, and wait until they are there."""
        import distributed

        with distributed.Client(self.address, set_as_default=False) as client:
            before = len(client.scheduler_info(n_workers=-1)["workers"])
            options = ["--nworkers", str(count), "--nthreads", "2", "--no-dashboard"]
            options += ["--local-directory", str(self.folder), *([] if nanny else ["--no-nanny"])]
            self.processes.append(_started("dask_worker", [self.address, *options], self.folder, environment))
            client.wait_for_workers(before + count, timeout=60)

    def end(self) -> None:
        """End every process, the scheduler last."""
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def dask_cluster(folder: Path, workers: int = 2) -> Iterator[DaskCluster]:
    """A scheduler with `workers`, of which each has two threads; what they write goes below `folder`."""
    place = folder / "scheduler.json"
    options = ["--port", "0", "--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(place)]
    cluster = DaskCluster("", folder, [_started("dask_scheduler", options, folder, {})])
    try:
        cluster.address = _address(place)
        if workers:
            cluster.add_workers(workers)
        yield cluster
    finally:
        cluster.end()


def _started(
    program: str, options: Sequence[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    settings = {**os.environ, **_SETTINGS, "PYTHONPATH": str(SOURCE), **environment}
    with (folder / f"{program}.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{program}", *options],
            cwd=folder,
            env=settings,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _address(place: Path) -> str:
    """The address that a scheduler has written to `place`."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            found: Any = json.loads(place.read_text(encoding="utf-8"))
            return str(found["address"])
        except (OSError, ValueError):
            time.sleep(0.05)
    raise TimeoutError(place)
