"""Making targets by many hands: the same outcomes whoever makes them, in whatever order.

The only seam is `concurrent.futures.Executor`. In go targets, out come their outcomes as they are ready. A worker
opens the project once and keeps it; before it makes anything it sees to it that it has read the same files as
who asked and, on another machine, that it is made of the same Briefpack and libraries. A worker that dies costs
each target it may have been at one more try, alone; one that kills its worker again is reported and the others
go on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import field, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Final, Generic, TypeVar

from briefpack.builds import environment
from briefpack.builds.bundles import Bundle, bundle_of
from briefpack.builds.collecting import seldom
from briefpack.builds.digests import digest
from briefpack.builds.judging import Judging
from briefpack.builds.maker import Maker
from briefpack.builds.outcomes import Lost, Outcome, Why, outcome
from briefpack.builds.processes import Processes, Start
from briefpack.builds.sites import Loading, Site
from briefpack.builds.targets import Target
from briefpack.dataclass import dataclass
from briefpack.project.files import DictFiles, DiskFiles, ProjectFiles
from briefpack.project.load import CAMPAIGN, load_project
from briefpack.project.snapshots import Snapshot

# How many projects a worker keeps open.
_MOST: Final = 2

# As many workers as there may be where nobody says how many there are.
MANY: Final = 200

# Targets given out ahead of each worker, so that none waits while the next is being sent.
_AHEAD: Final = 2


@dataclass(frozen=True, slots=True)
class Source:
    """Where a worker has the project from: a folder that it can read, or a bundle of its files.

    `state` is the digest of what was read when the project was loaded, `epoch` the SOURCE_DATE_EPOCH of who asks,
    and `environment` the digest of what a worker elsewhere has to be made of; empty for one on this machine.
    Where nobody asks what a target read, it is not `traced`.
    """

    state: str
    judging: Judging
    root: str = ""
    bundle: Bundle | None = None
    epoch: str = ""
    environment: str = ""
    snapshot: Snapshot | None = None
    traced: bool = True

    @property
    def key(self) -> str:
        """What tells one open project from another."""
        return digest((self.state, self.root, self.judging, self.environment))

    def files(self) -> ProjectFiles:
        return DiskFiles(Path(self.root)) if self.bundle is None else DictFiles(self.bundle.files())


def state_of(loading: Loading) -> str:
    """The digest of what was read when a project was loaded."""
    return digest(tuple(sorted(loading.reads.items())))


# ------------------------------------------------------------------------------------------- in a worker


@cache
def _open_projects() -> dict[str, Maker]:
    """The projects that this process has open, by the key of their source."""
    return {}


@cache
def _turn() -> Lock:
    """Who holds it makes a target: a worker may have several threads, and what it keeps open is for one of them."""
    return Lock()


def lend(source: Source, maker: Maker) -> None:
    """Let workers that are copies of this process make with `maker`."""
    _open_projects()[source.key] = maker


def make_target(source: Source, target: Target) -> Outcome:
    """Make `target` of the project at `source`; what a worker is asked to do."""
    with at_work(source) as maker:
        return _outcome(maker, source, target, dry=False)


def check_target(source: Source, target: Target) -> Outcome:
    """What there is to say of `target` of the project at `source`."""
    with at_work(source) as maker:
        return _outcome(maker, source, target, dry=True)


def _outcome(maker: Maker | Why, source: Source, target: Target, *, dry: bool) -> Outcome:
    if not isinstance(maker, Maker):
        return Outcome(None, why=maker)
    found = outcome(maker, target, dry=dry)
    return found if source.traced else found.untraced()


@contextmanager
def at_work(source: Source) -> Iterator[Maker | Why]:
    """Who makes targets of the project at `source`, nobody else being at it meanwhile; or why there is nobody."""
    with _turn(), seldom(), environment.dated(source.epoch):
        maker = _open_projects().get(source.key)
        if maker is None and source.environment not in ("", environment.digest()):
            yield "unlike"
        else:
            yield maker or _opened(source)


def _opened(source: Source) -> Maker | Why:
    """The project at `source`, opened; or why its files are not those that were asked about."""
    files = source.files()
    if not files.exists(CAMPAIGN):
        return "absent"
    loaded = load_project(files, snapshot=source.snapshot)
    if loaded.project is None or state_of(Loading(files, loaded.project, (), dict(files.reads))) != source.state:
        return "moved"
    projects = _open_projects()
    while len(projects) >= _MOST:
        del projects[next(iter(projects))]
    projects[source.key] = maker = Maker(files, loaded.project, source.judging)
    return maker


# --------------------------------------------------------------------------------------------- giving out


Opened = Callable[[], Executor]


@dataclass(frozen=True, slots=True)
class Hands:
    """Workers: how they are had, how many there are, and how one is had to try a target once more alone.

    `source` says where they have a project from, `share` gives what is sent to them in its place, `lost` are the
    errors that mean that a worker died. Where they are `local`, little work is sooner done without them.
    """

    open: Opened
    count: int
    again: Opened
    source: Callable[[Loading, Site, Judging], Source]
    local: bool = True
    share: Callable[[Executor, Source], object] = lambda executor, source: source
    lost: tuple[type[BaseException], ...] = (BrokenExecutor, CancelledError)


W = TypeVar("W")
R = TypeVar("R")


@dataclass(slots=True)
class _Round(Generic[W, R]):
    """One executor at work, by its `task`, on what is `waiting`, each with its place."""

    hands: Hands
    source: Source
    task: Callable[[Source, W], R]
    waiting: Iterator[tuple[int, W]]
    wanted: Callable[[int], bool] = lambda place: True
    suspects: dict[int, W] = field(default_factory=dict)
    _open: dict[Future[R], tuple[int, W]] = field(default_factory=dict)

    def run(self, opened: Opened, ahead: int) -> Iterator[tuple[int, R]]:
        """The outcomes as they come; when a worker dies, what it may have been at becomes a suspect."""
        with _closing(opened()) as executor:
            shared = self.hands.share(executor, self.source)
            while self._give(executor, shared, ahead):
                done, _ = wait(self._open, return_when=FIRST_COMPLETED)
                yield from self._taken(done)
                if self.suspects:
                    break
                self._recall()
            if self.suspects:
                _end(executor)

    def _give(self, executor: Executor, shared: object, ahead: int) -> bool:
        """Give out work as long as workers can take some; False when there is none left, or they are gone."""
        while len(self._open) < ahead:
            given = next(self.waiting, None)
            if given is None:
                break
            try:
                self._open[executor.submit(self.task, shared, given[1])] = given  # type: ignore[arg-type]
            except self.hands.lost:
                self.suspects |= dict([given, *self._open.values()])
                return False
        return bool(self._open)

    def _recall(self) -> None:
        """Take back what was given out and is no longer wanted, as far as nobody has begun it."""
        for future, (place, _) in list(self._open.items()):
            if not self.wanted(place) and future.cancel():
                del self._open[future]

    def _taken(self, done: Iterable[Future[R]]) -> Iterator[tuple[int, R]]:
        ready: list[tuple[int, R]] = []
        for future in sorted(done, key=lambda future: self._open[future][0]):
            place, work = self._open.pop(future)
            try:
                ready.append((place, future.result()))
            except self.hands.lost:
                self.suspects[place] = work
        if self.suspects:
            self.suspects |= dict(self._open.values())
            self._open.clear()
        yield from ready


def make_each(
    hands: Hands,
    source: Source,
    targets: Sequence[Target],
    order: Sequence[int],
    wanted: Callable[[int], bool] = lambda place: True,
) -> Iterator[tuple[int, Outcome | Lost]]:
    """The outcomes of `targets` by their places, as they are ready; given out in `order`.

    A target whose place is no longer `wanted` when its turn comes is left out.
    """
    work = ((place, targets[place]) for place in order if wanted(place))
    return do_each(hands, source, make_target, work, wanted)


def do_each(
    hands: Hands,
    source: Source,
    task: Callable[[Source, W], R],
    work: Iterator[tuple[int, W]],
    wanted: Callable[[int], bool] = lambda place: True,
) -> Iterator[tuple[int, R | Lost]]:
    """What `task` makes of `work`, by its places, as it is ready. Work is taken in its order, as workers can."""
    while True:
        turn = _Round(hands, source, task, work, wanted)
        yield from turn.run(hands.open, hands.count * _AHEAD)
        if not turn.suspects:
            return
        for place, one in sorted(turn.suspects.items(), key=lambda item: item[0]):
            yield place, _alone(hands, source, task, (place, one))


def _alone(hands: Hands, source: Source, task: Callable[[Source, W], R], work: tuple[int, W]) -> R | Lost:
    """`work` tried once more with nothing else at work."""
    turn = _Round(hands, source, task, iter([work]))
    for _, found in turn.run(hands.again, 1):
        return found
    return Lost()


@contextmanager
def _closing(executor: Executor) -> Iterator[Executor]:
    """`executor`, closed at the end; when that comes early, without waiting for what is under way."""
    try:
        yield executor
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        _end(executor)
        raise
    else:
        executor.shutdown(wait=True, cancel_futures=True)


def _end(executor: Executor) -> None:
    """End the processes of `executor` that are left. A pool that lost one waits for the others for ever where one of
    them was begun in the moment in which it ended the rest (CPython 3.11, `shutdown_workers`)."""
    if isinstance(executor, Processes):
        executor.stop()


def by_processes(count: int, start: Start | None = None) -> Hands:
    """`count` processes of this machine."""
    return Hands(
        open=lambda: Processes(count, start), count=count, again=lambda: Processes(1, "spawn"), source=folder_source
    )


def by_executor(executor: Executor) -> Hands:
    """Whoever is behind `executor`, which is not ours to shut down; they are sent the campaign, wherever they are."""
    return Hands(
        open=lambda: _Lent(executor), count=MANY, again=lambda: _Lent(executor), source=bundle_source, local=False
    )


class _Lent(Executor):
    """An executor that somebody else will shut down."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._executor.submit(fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave it as it is."""


def bundle_source(loading: Loading, site: Site, judging: Judging) -> Source:
    """The project in one piece, for workers that cannot read its folder."""
    without = [site.output, *((site.cache.folder,) if site.cache is not None else ())]
    source = folder_source(loading, site, judging)
    return replace(
        source, root="", snapshot=None, bundle=bundle_of(site.root, without), environment=environment.digest()
    )


def folder_source(loading: Loading, site: Site, judging: Judging) -> Source:
    """The project in its folder, for workers that can read it."""
    return Source(
        state_of(loading),
        judging,
        str(site.root.resolve()),
        epoch=environment.epoch(),
        snapshot=loading.project.snapshot,
    )
