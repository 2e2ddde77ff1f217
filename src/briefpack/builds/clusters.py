"""A Dask cluster as workers: a scheduler somewhere, and worker processes on any number of machines.

Workers have the campaign from a folder that they share with this machine, under the same or another path, or are
sent a bundle of its files, each once. The bundle is a task of the cluster with the hash of its content for a name:
a worker that joins later gets it as well, and one that dies takes nothing with it. The scheduler gives the targets
of a worker that dies to another. A worker with another Briefpack, Python or library is refused, for it might make
other bytes. Needs the extra `briefpack[dask]`.
"""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, wait
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from briefpack.builds import environment
from briefpack.builds.addresses import Address
from briefpack.builds.bundles import Bundle
from briefpack.builds.digests import digest
from briefpack.builds.hands import MANY, Hands, Source, bundle_source, folder_source
from briefpack.builds.judging import Judging
from briefpack.builds.outcomes import Unreachable, unlike
from briefpack.builds.sites import Loading, Site
from briefpack.diagnostics import finding

if TYPE_CHECKING:
    from distributed import Client
    from distributed import Future as Task

# Who writes Dask's log.
_LOGS: Final = ("distributed", "tornado.application")

# How long a scheduler, and the first worker, may take to answer, in seconds.
_PATIENCE: Final = 20.0

# How long a cluster may take to leave what it was at, in seconds.
_LEAVING: Final = 2.0


def by_dask(address: Address, patience: float = _PATIENCE) -> Hands:
    """The workers of the scheduler at `address`, which has to answer within `patience` seconds.

    Raises Unreachable when Dask is not installed, and so does opening when there is no scheduler, when it has no
    workers, or when one of them is not like this machine.
    """
    distributed = _distributed()

    def opened() -> Cluster:
        return Cluster(address, patience)

    return Hands(
        open=opened,
        count=MANY,
        again=opened,
        source=lambda loading, site, judging: _source(address, loading, site, judging),
        local=False,
        share=lambda executor, source: executor.shared(source) if isinstance(executor, Cluster) else source,
        lost=(BrokenExecutor, CancelledError, distributed.scheduler.KilledWorker, distributed.core.CommClosedError),
    )


def _distributed() -> Any:
    try:
        import distributed
    except ImportError:
        help = "run `pip install 'briefpack[dask]'`"
        raise Unreachable(finding("no-workers", "Dask is not installed", help=help)) from None
    return distributed


def _client(address: Address, patience: float) -> Client:
    from distributed import Client

    try:
        client = Client(address.scheduler, timeout=patience, set_as_default=False)
    except (OSError, ValueError) as error:
        help = "start one with `dask scheduler`, and workers for it with `dask worker`"
        message = f"no Dask scheduler answers at `{address.scheduler}`"
        raise Unreachable(finding("no-workers", message, help=help)) from error
    try:
        client.wait_for_workers(1, timeout=patience)
    except TimeoutError as error:
        client.close()
        help = f"start some with `dask worker {address.scheduler}`"
        message = f"the Dask scheduler at `{address.scheduler}` has no workers"
        raise Unreachable(finding("no-workers", message, help=help)) from error
    return client


def _source(address: Address, loading: Loading, site: Site, judging: Judging) -> Source:
    """The project as workers there have it: in a folder, or in a bundle."""
    if not address.folder:
        return bundle_source(loading, site, judging)
    return replace(folder_source(loading, site, judging), root=address.folder, environment=environment.digest())


class Cluster(Executor):
    """A Dask client as an executor, which ends with it. Dask's own log is silent meanwhile: we say what matters.

    Dask's own executor asks for a task's state once more after it has its result, and takes a result for an error when
    its worker died between (`distributed/cfexecutor.py`); ours takes what gathering gives.
    """

    def __init__(self, address: Address, patience: float) -> None:
        self._levels = {name: logging.getLogger(name).level for name in _LOGS}
        self._log(dict.fromkeys(_LOGS, logging.CRITICAL + 1))
        try:
            self._client = _client(address, patience)
            self._open: set[Future[Any]] = set()
            self._agree()
        except BaseException:
            self._log(self._levels)
            raise

    def _log(self, levels: Mapping[str, int]) -> None:
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)

    def _agree(self) -> None:
        """Raise Unreachable when a worker would make other files."""
        found = self._client.run(environment.digest, on_error="return")
        ours = environment.digest()
        # An OSError is of a worker that has died since.
        strange = sorted(worker for worker, said in found.items() if said != ours and not isinstance(said, OSError))
        if strange:
            raise Unreachable(unlike(f"the Dask worker{'s' if len(strange) > 1 else ''} {_named(strange)}"))

    def shared(self, source: Source) -> object:
        """What is sent to workers in the place of `source`: a bundle goes to the cluster once."""
        if source.bundle is None:
            return source
        archive = source.bundle.archive
        name = f"briefpack-{digest((source.key, source.epoch, archive))}"
        with warnings.catch_warnings():
            # Dask would rather have large data sent by `scatter`, which is lost with the worker that holds it.
            warnings.simplefilter("ignore", UserWarning)
            return self._client.submit(_with_bundle, replace(source, bundle=None), archive, key=name, pure=False)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        task = self._client.submit(fn, *args, pure=False, **kwargs)
        future: Future[Any] = Future()
        self._open.add(future)
        future.add_done_callback(self._open.discard)
        future.add_done_callback(lambda done: self._take_back(task) if done.cancelled() else None)
        self._client.loop.add_callback(_follow, self._client, task, future)
        return future

    def _take_back(self, task: Task) -> None:
        """Have the cluster leave `task`, without waiting for it: this may be the thread in which Dask's loop runs."""
        self._client.loop.add_callback(self._client.cancel, [task], asynchronous=True)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        try:
            _leave(list(self._open), wait and not cancel_futures)
            self._client.close()
        finally:
            self._log(self._levels)


async def _follow(client: Client, task: Task, future: Future[Any]) -> None:
    """Give `future` what comes of `task`, which Dask makes anew as often as a worker is lost with it."""
    gathered = asyncio.ensure_future(client.gather(task, asynchronous=True))
    await asyncio.wait([gathered])
    error = CancelledError() if gathered.cancelled() else gathered.exception()
    if not future.set_running_or_notify_cancel():
        return
    if error is None:
        future.set_result(gathered.result())
    else:
        future.set_exception(error)


def _leave(futures: Sequence[Future[Any]], finished: bool) -> None:
    """Wait until `futures` are finished, or else take them back, which a cluster that still answers does at once."""
    if finished:
        wait(futures)
        return
    for future in futures:
        future.cancel()
    wait(futures, _LEAVING)


def _named(workers: Sequence[str]) -> str:
    return ", ".join(f"`{worker}`" for worker in workers)


def _with_bundle(source: Source, archive: bytes) -> Source:
    """`source` with the bundle that has come to the cluster."""
    return replace(source, bundle=Bundle(archive))
