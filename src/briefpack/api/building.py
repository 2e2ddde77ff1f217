"""Building the targets of a project, and saying what would be built.

Where nothing has changed since the last build, the index answers and nothing else is imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from briefpack.api.report import Report
from briefpack.builds import environment
from briefpack.builds.cache import Cache
from briefpack.builds.collecting import seldom
from briefpack.builds.index import FOLDER, Index, index_path, read_index, write_index
from briefpack.builds.judging import Judging
from briefpack.builds.output import MANIFEST
from briefpack.builds.selection import Selection, choose, idle_terms, read_selection
from briefpack.builds.targets import Target
from briefpack.diagnostics import Diagnostic
from briefpack.project.files import DiskFiles, source_lines
from briefpack.project.forms import AS_DESIGNED, Form

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from briefpack.builds.build import Build, Built, Progress
    from briefpack.builds.hands import Hands

OUTPUT: Final = "output"


def default_cache(project: Path) -> Path:
    """Where the command line keeps the cache of the campaign in `project`."""
    return project / FOLDER / "cache"


@seldom()
def build(
    project: Path,
    names: Sequence[str] = (),
    output: Path | None = None,
    progress: Progress | None = None,
    *,
    form: Form = AS_DESIGNED,
    cache: Path | None = None,
    strict: bool = False,
    today: date | None = None,
    jobs: int = 1,
    fail_fast: bool = False,
    executor: str | Executor | None = None,
    shard: str | None = None,
    verify: int = 0,
) -> Report:
    """Make the targets that `names` choose, or all, in `form` into `output`, or the project's own output folder.

    A target with an error, or one that cannot be written, leaves an earlier file of it as it is; the others
    are made. With a folder for a `cache`, what is up to date is left alone and what was made before is taken
    from there; without one everything is made, and nothing is read from or written to the project's index.
    `strict` and `today` are those of `check`.

    `jobs` is how many processes work at once, 0 as many as there are processors; with `fail_fast` the first target
    that fails is the last. With an `executor` others work instead: the workers of a Dask scheduler, written as
    `dask://HOST:PORT` for those that are sent the campaign and `dask://HOST:PORT?folder=PATH` for those that have
    it there, or whoever is behind an executor of `concurrent.futures`, who are sent the campaign. None of these
    changes a byte of what is made. Of a `shard` such as `2/5` only that part is
    made, the same on every machine, with a manifest of its own. `verify` is how many are made again, in another
    process, and compared.

    `progress` is called as each begins or is ready: with its place from 1, how many there are, and its name. `form`
    has sizes in points and papers by their names.

    Raises ValueError for a shard or an address of a scheduler that is none.

    >>> report = briefpack.build(campaign, ["community"], form=briefpack.Form(large_print=18))
    >>> [entry.path for entry in report.made]
    ['community-large-print.pdf']
    """
    folder = output if output is not None else project / OUTPUT
    selection, found = read_selection(names)
    if found:
        return Report(found, source_lines(DiskFiles(project)))
    judging = Judging(today or environment.today(), strict)
    always = cache is None or shard is not None or verify > 0
    quick = None if always else _unchanged(project, folder, selection, form, judging)
    if quick is not None:
        return quick
    begun = _begun(project, folder, selection, form, cache, judging, jobs)
    if isinstance(begun, Report):
        return begun
    from briefpack.builds.build import Way
    from briefpack.builds.costs import read_shard
    from briefpack.project.snapshots import keep_expressions

    build, chosen = begun
    hands = hands_of(jobs if len(chosen) > 1 else 1, executor)
    if isinstance(hands, Diagnostic):
        return Report((hands,), source_lines(build.loading.files))
    whole = selection.everything and form == AS_DESIGNED
    part = read_shard(shard) if shard is not None else None
    way = Way(hands, fail_fast, progress, part, verify)
    report = _report(build, chosen, build.run(chosen, way, whole=whole))
    keep_expressions(build.loading.project.snapshot)
    return report


def hands_of(jobs: int, executor: str | Executor | None = None) -> Hands | Diagnostic | None:
    """The workers asked for; None for this process alone, and what to say when they cannot be had."""
    if isinstance(executor, str):
        from briefpack.builds.addresses import read_address
        from briefpack.builds.clusters import by_dask
        from briefpack.builds.outcomes import Unreachable

        try:
            return by_dask(read_address(executor))
        except Unreachable as error:
            return error.diagnostic
    if executor is None:
        return processes_of(jobs)
    from briefpack.builds.hands import by_executor

    return by_executor(executor)


def processes_of(jobs: int) -> Hands | None:
    """As many processes of this machine as asked for; None for this one alone."""
    from briefpack.builds.environment import processors

    count = jobs or processors()
    if count <= 1:
        return None
    from briefpack.builds.hands import by_processes

    return by_processes(count)


def _report(build: Build, chosen: tuple[Target, ...], built: Built) -> Report:
    found = build.settled((*build.loading.found, *built.found))
    corrupt = build.site.cache.corrupt if build.site.cache is not None else 0
    return Report(
        found,
        source_lines(build.loading.files),
        made=tuple(built.made),
        targets=chosen,
        looked_at=built.looked_at,
        current=built.current,
        restored=built.restored,
        notes=_notes(corrupt, built.verified),
    )


def _notes(corrupt: int, verified: int) -> tuple[str, ...]:
    """What there is to say of a cache with `corrupt` entries, and of documents made again and compared."""
    entries = "entry" if corrupt == 1 else "entries"
    documents = "document" if verified == 1 else "documents"
    mended = f"{corrupt} damaged {entries} of the cache made again"
    compared = f"{verified} {documents} made again and compared"
    return (*((mended,) if corrupt else ()), *((compared,) if verified else ()))


def merge_manifests(folders: Sequence[Path], output: Path) -> Report:
    """Write to `output` the manifest of all shards in `folders`: that of a build that made everything.

    What is missing or was changed is among the diagnostics, and nothing is written then.

    >>> for number in (1, 2):
    ...     _ = briefpack.build(campaign, ["c*"], campaign / "parts", shard=f"{number}/2")
    >>> briefpack.merge_manifests([campaign / "parts"], campaign / "parts").looked_at
    2
    """
    from briefpack.builds import merging
    from briefpack.builds.output import Unwritable

    count = 0
    found: tuple[Diagnostic, ...] = ()
    try:
        count, found = merging.merge_manifests(folders, output)
    except Unwritable as error:
        found = (error.diagnostic,)
    return Report(found, lambda path: (), looked_at=count)


def targets(project: Path) -> Report:
    """The briefs and packs of the campaign in the folder `project`, each as designed; `Report.targets` has them.

    Where nothing has changed since the last build they are known without reading the campaign.

    >>> [target.document for target in briefpack.targets(campaign).targets][-3:]
    ['press-release', 'social', 'launch-meeting']
    """
    index = read_index(index_path(project, project / OUTPUT))
    if index.listed and not index.loading and index.holds(project, environment.today()):
        return Report((), source_lines(DiskFiles(project)), targets=_as_designed(index.targets()))
    from briefpack.api.choosing import open_files
    from briefpack.builds.targets import every_target

    files, loaded = open_files(project)
    every = every_target(loaded.project) if loaded.project is not None else ()
    return Report(loaded.diagnostics, source_lines(files), targets=_as_designed(every))


def _as_designed(every: Iterable[Target]) -> tuple[Target, ...]:
    return tuple(target for target in every if target.form == AS_DESIGNED)


def plan(
    project: Path,
    names: Sequence[str] = (),
    output: Path | None = None,
    *,
    form: Form = AS_DESIGNED,
    today: date | None = None,
) -> Report:
    """What a build of the same would do: `steps` has each target with its state and the reasons. Makes nothing.

    `today` is that of `check`.

    >>> report = briefpack.plan(campaign, ["community"], campaign / "elsewhere")
    >>> [(step.target.id, step.state) for step in report.steps]
    [('community', 'new')]
    """
    folder = output if output is not None else project / OUTPUT
    selection, found = read_selection(names)
    if found:
        return Report(found, source_lines(DiskFiles(project)))
    judging = Judging(today or environment.today())
    begun = _begun(project, folder, selection, form, default_cache(project), judging)
    if isinstance(begun, Report):
        return begun
    build, chosen = begun
    lines = source_lines(build.loading.files)
    return Report(build.settled(build.loading.found), lines, looked_at=len(chosen), steps=build.steps(chosen))


def _begun(
    project: Path,
    folder: Path,
    selection: Selection,
    form: Form,
    cache: Path | None,
    judging: Judging,
    jobs: int = 1,
) -> tuple[Build, tuple[Target, ...]] | Report:
    """A build ready to run and its targets, or the report of why there is none."""
    from briefpack.api.choosing import chosen_of, open_files
    from briefpack.builds.targets import every_target

    files, loaded = open_files(project, jobs=jobs)
    if loaded.project is None:
        return Report(loaded.diagnostics, source_lines(files))
    listed = every_target(loaded.project)
    every = listed if form == AS_DESIGNED else every_target(loaded.project, form)
    chosen, idle = ((), ()) if selection.asks_state else chosen_of(loaded.project, selection, every, lambda _: "stale")
    if idle or (selection.wanted and not chosen and not selection.asks_state):
        return Report((*loaded.diagnostics, *idle), source_lines(files))
    from briefpack.builds.build import Build  # imports all that makes a document
    from briefpack.builds.sites import Loading, Site

    site = Site(project, folder, Cache(cache) if cache is not None else None)
    build = Build(site, Loading(files, loaded.project, loaded.diagnostics, dict(files.reads)), judging, listed)
    if selection.asks_state:
        states = {step.target.key: step.state for step in build.steps(every)}
        chosen, idle = chosen_of(loaded.project, selection, every, lambda target: states[target.key])
    return Report((*loaded.diagnostics, *idle), source_lines(files)) if idle else (build, chosen)


# ---------------------------------------------------------------------------------------- nothing changed


def _unchanged(project: Path, folder: Path, selection: Selection, form: Form, judging: Judging) -> Report | None:
    """The report of a build that has nothing to do; None when it may have something to do."""
    path = index_path(project, folder)
    index = read_index(path)
    if not index.listed or not index.holds(project, judging.today) or not index.is_made(folder, MANIFEST):
        return None
    chosen = _chosen(index, folder, selection, form)
    if chosen is None:
        return None
    found: list[Diagnostic] = [*index.loading]
    for target in chosen:
        if target.key not in index.fresh or not _is_made(index, folder, target):
            return None
        found += index.findings(target.key)
    if found and judging.strict:
        return None
    if index.signs_are_new:
        write_index(path, index)
    lines = source_lines(DiskFiles(project))
    return Report(tuple(dict.fromkeys(found)), lines, targets=chosen, looked_at=len(chosen), current=len(chosen))


def _chosen(index: Index, folder: Path, selection: Selection, form: Form) -> tuple[Target, ...] | None:
    """The targets that `selection` means by the index alone; None when something has to be said of it."""
    every = index.targets() if form == AS_DESIGNED else index.targets_in(form)

    def state(target: Target) -> str:
        return "current" if target.key in index.fresh and _is_made(index, folder, target) else "stale"

    if any(term.method != "state" for term in idle_terms(selection, every, state)):
        return None
    return choose(selection, every, state)


def _is_made(index: Index, folder: Path, target: Target) -> bool:
    path = index.path_of(target.key)
    return path is not None and index.is_made(folder, path)
