"""Checking the targets of a project.

Where nothing has changed since the last check, what that found is said again and nothing else is imported; else the
files are read, and what makes documents is imported when there are some to look at: a project that cannot be read is
told of at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from briefpack.api.report import Report
from briefpack.builds import environment
from briefpack.builds.collecting import seldom
from briefpack.builds.index import Index, check_path, read_index, write_index
from briefpack.builds.selection import choose, idle_terms, read_selection
from briefpack.diagnostics import RULES, Diagnostic, Severity, strictly
from briefpack.project.files import DiskFiles, ProjectFiles, source_lines
from briefpack.project.forms import AS_DESIGNED, Form

if TYPE_CHECKING:
    from briefpack.builds.build import Progress
    from briefpack.builds.checking import Checking
    from briefpack.builds.targets import Target
    from briefpack.diagnostics import SourceLines

Tell = Callable[[Diagnostic, "SourceLines"], None]
"""Called with an error in a file as soon as it is found, and with the lines of files; not only once for each."""

_SHARED: Final = "shared"
_IDLE: Final = "idle"
_UNUSED: Final = "unused"

# So many changed briefs are looked at before all others.
_FEW: Final = 20


@seldom()
def check(
    project: Path,
    names: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    form: Form = AS_DESIGNED,
    strict: bool = False,
    today: date | None = None,
    data: Path | None = None,
    name: str | None = None,
    rows: int | None = None,
    jobs: int = 1,
    keep: bool = False,
    tell: Tell | None = None,
) -> Report:
    """Everything that building in `form` would find, without making a file; with `names`, for those alone.

    With `strict` a warning is an error. `today` is the day to judge dates by: without it that of
    SOURCE_DATE_EPOCH, or of the clock. `jobs` is how many processes work at once, 0 as many as there are processors.

    With `data` the copies of one brief are looked at, called by `name` as in `copies`: those for all rows of the file,
    or for about as many as `rows` says, among them the first, the last and those with the longest cells. Raises
    ValueError for a `name` that names no column.

    With `keep` what is found of documents is kept in `.briefpack`, and what was found before is found again without
    looking, as long as nothing that it depends on has changed. `tell` hears errors in files while others are still
    being read.

    >>> report = briefpack.check(campaign, ["community"])
    >>> report.failed, report.looked_at
    (False, 1)
    """
    if data is not None:
        from briefpack.api.copying import check_copies

        return check_copies(
            project, names, data, name, progress, form=form, rows=rows, strict=strict, today=today, jobs=jobs
        )
    day = today or environment.today()
    index = read_index(check_path(project)) if keep else Index()
    kept = _unchanged(project, index, names, form, day, strict=strict)
    if kept is not None:
        return kept
    return _checked(project, index, names, form, progress, _Way(day, jobs, strict, keep, tell))


# ----------------------------------------------------------------------------------------------- looking


class _Way:
    """How a check is done."""

    def __init__(self, today: date, jobs: int, strict: bool, keep: bool, tell: Tell | None) -> None:
        self.today, self.jobs, self.strict, self.keep, self.tell = today, jobs, strict, keep, tell


def _checked(
    project: Path, index: Index, names: Sequence[str], form: Form, progress: Progress | None, way: _Way
) -> Report:
    from briefpack.api.building import processes_of
    from briefpack.api.choosing import begun, open_files

    files = DiskFiles(project)
    heard = _heard(files, way.tell)
    if heard is not None:
        _look_first(files, index, heard)
    # Who watches hears of errors as files are read, in the order in which they are.
    files, loaded = open_files(project, files, heard, 1 if heard is not None else way.jobs)
    diagnostics, found_project, chosen = begun(loaded, names, form)
    if found_project is None:
        return Report(diagnostics, source_lines(files))
    from briefpack.builds.checking import Checking
    from briefpack.builds.sites import Loading
    from briefpack.builds.targets import every_target
    from briefpack.content.checks.policy import idle_waivers, settled
    from briefpack.content.prepared import Prepared
    from briefpack.content.resolve import check_shared
    from briefpack.project.snapshots import keep_expressions

    loading = Loading(files, found_project, loaded.diagnostics, dict(files.reads))
    checking = Checking(project, loading, way.today, every_target(found_project), index, keep=way.keep)
    known = index.said.get(_SHARED) if checking.is_steady else None
    if known is None:
        known = settled(found_project, check_shared(Prepared(found_project), way.today))
    said = {_SHARED: known}
    read = settled(found_project, diagnostics)
    found = [*read, *(() if names else said[_SHARED])]
    for own in checking.run(chosen, processes_of(way.jobs), progress):
        found += own
    judged = _once(found)
    if not names:
        # With every target looked at, also names that nothing uses, and waivers that cover nothing.
        said[_UNUSED] = _unused(checking, index, files)
        judged = _once([*judged, *said[_UNUSED]])
        said[_about(form)] = settled(
            found_project, idle_waivers(found_project, judged, [target.document for target in chosen])
        )
        judged = _once([*judged, *said[_about(form)]])
    keep_expressions(found_project.snapshot)
    if way.keep:
        checking.write(settled(found_project, loaded.diagnostics), said)
    if way.strict:
        judged = _once(strictly(judged))
    return Report(judged, source_lines(files), targets=chosen, looked_at=len(chosen))


def _unused(checking: Checking, index: Index, files: ProjectFiles) -> tuple[Diagnostic, ...]:
    """The names that nothing uses, of a campaign whose theme and layouts are in order; briefs have no part in it."""
    known = index.said.get(_UNUSED) if checking.is_steady else None
    if known is not None:
        return known
    from briefpack.builds.unused import unused_names
    from briefpack.content.checks.policy import settled
    from briefpack.templates import Templates

    loading = checking.loading
    if any(item.severity is Severity.ERROR and (item.file or "").startswith("layouts/") for item in loading.found):
        return ()
    return settled(loading.project, unused_names(loading.project, Templates(files.read_text, loading.project.snapshot)))


def _about(form: Form) -> str:
    return f"{_IDLE}:{form}"


def _once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(diagnostics))


def _heard(files: ProjectFiles, tell: Tell | None) -> Callable[[Iterable[Diagnostic]], None] | None:
    """What tells of errors in files that no setting of the campaign and no waiver can change."""
    if tell is None:
        return None
    lines = source_lines(files)

    def heard(found: Iterable[Diagnostic]) -> None:
        for item in found:
            if item.severity is Severity.ERROR and not RULES[item.rule].settable:
                tell(item, lines)

    return heard


def _look_first(files: DiskFiles, index: Index, heard: Callable[[Iterable[Diagnostic]], None]) -> None:
    """Look at the briefs that have changed since the last check, before all is read."""
    changed = list(_changed_briefs(files, index))
    if changed and len(changed) <= _FEW:
        from briefpack.project.load import load_brief

        for name in changed:
            heard(load_brief(files, name)[1])


def _changed_briefs(files: DiskFiles, index: Index) -> Iterator[str]:
    for path in index.changed(files.root):
        folder, _, name = path.rpartition("/")
        if folder == "briefs" and name.endswith(".yaml"):
            yield name.removesuffix(".yaml")


# ---------------------------------------------------------------------------------------- nothing changed


def _unchanged(
    project: Path, index: Index, names: Sequence[str], form: Form, today: date, *, strict: bool
) -> Report | None:
    """What the last check found, where that is still true; None when it may not be, or more has to be said."""
    if not index.listed or not index.holds(project, today):
        return None
    selection, wrong = read_selection(names)
    every = index.targets() if form == AS_DESIGNED else index.targets_in(form)
    if wrong or any(True for _ in idle_terms(selection, every, _no_state)):
        return None
    chosen = choose(selection, every, _no_state)
    if any(target.key not in index.fresh for target in chosen):
        return None
    about = (_SHARED, _UNUSED, _about(form)) if not names else ()
    if any(each not in index.said for each in about) or (selection.wanted and not chosen):
        return None
    found = [*index.loading, *(index.said[_SHARED] if about else ())]
    for target in chosen:
        found += index.findings(target.key)
    found += (*index.said[_UNUSED], *index.said[_about(form)]) if about else ()
    if index.signs_are_new:
        write_index(check_path(project), index)
    judged = _once(found)
    if strict:
        judged = _once(strictly(judged))
    return Report(judged, source_lines(DiskFiles(project)), targets=chosen, looked_at=len(chosen))


def _no_state(target: Target) -> str:
    """Where nothing is built, every target is as good as stale."""
    return "stale"
