"""A project loaded, and the targets that are meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from briefpack.builds import environment
from briefpack.builds.collecting import paused
from briefpack.builds.selection import METHODS, Selection, State, Term, choose, idle_terms, read_selection
from briefpack.builds.targets import Target, every_target
from briefpack.diagnostics import Diagnostic, did_you_mean, finding
from briefpack.project.files import DiskFiles
from briefpack.project.forms import AS_DESIGNED, Form
from briefpack.project.load import (
    CAMPAIGN,
    Heard,
    Loaded,
    Project,
    brief_path,
    load_project,
    pack_path,
    unread_briefs,
)
from briefpack.project.snapshots import Snapshot, recall_expressions, snapshot_of_user

# So many briefs that nobody has read yet are worth the beginning of a process.
MANY: Final = 50


def open_files(
    folder: Path, files: DiskFiles | None = None, heard: Heard | None = None, jobs: int = 1
) -> tuple[DiskFiles, Loaded]:
    """The files and the project in `folder`, which is called by its name where it has no campaign.

    `heard` is told of what is found in a file when it is. Many briefs that nobody has read yet are read by `jobs`
    processes, 0 for as many as there are processors.
    """
    files = files or DiskFiles(folder)
    snapshot = snapshot_of_user(environment.stamp())
    recall_expressions(snapshot)
    with paused():
        if jobs != 1 and snapshot is not None:
            _read_ahead(files, snapshot, jobs)
        loaded = load_project(files, heard, snapshot=snapshot)
    project = loaded.project
    if project is not None and (project.sketches or project.pack_sketches or project.layout_sketches):
        from briefpack.builds.sketches import found_in_sketches

        more = found_in_sketches(files, project)
        loaded = replace(loaded, diagnostics=(*loaded.diagnostics, *more))
    if loaded.sketch is not None:
        from briefpack.builds.sketches import found_in_sketch

        more = found_in_sketch(loaded.sketch)
        loaded = replace(loaded, diagnostics=(*loaded.diagnostics, *more))
    if loaded.facts:
        from briefpack.content.facts import Ledger

        ledger = Ledger(loaded.facts)
        more = tuple(item for name in loaded.facts for item in ledger.findings(name))
        loaded = replace(loaded, diagnostics=tuple(dict.fromkeys((*loaded.diagnostics, *more))))
    if folder == Path() or all(item.rule != "not-a-project" for item in loaded.diagnostics):
        return files, loaded
    message = f"there is no `{CAMPAIGN}` in `{folder}`" if folder.is_dir() else f"there is no folder `{folder}`"
    help = "name the folder that has `briefs` in it"
    help += f", or make one with `briefpack init {folder}`" if not folder.exists() else ""
    found = tuple(
        replace(item, message=message, path=str(folder), help=help) if item.rule == "not-a-project" else item
        for item in loaded.diagnostics
    )
    return files, replace(loaded, diagnostics=found)


def _read_ahead(files: DiskFiles, snapshot: Snapshot, jobs: int) -> None:
    unread = unread_briefs(files, snapshot) if files.exists(CAMPAIGN) else ()
    if len(unread) >= MANY:
        from briefpack.builds.ahead import read_ahead

        read_ahead(files, snapshot, unread, jobs)


def begun(
    loaded: Loaded, names: Sequence[str], form: Form = AS_DESIGNED
) -> tuple[tuple[Diagnostic, ...], Project | None, tuple[Target, ...]]:
    """The project and the targets that `names` choose; None when there is nothing to begin."""
    project = loaded.project
    if project is None:
        return loaded.diagnostics, None, ()
    selection, found = read_selection(names)
    chosen, idle = chosen_of(project, selection, every_target(project, form), _no_state)
    found = (*found, *idle)
    if found or (selection.wanted and not chosen):
        return (*loaded.diagnostics, *found), None, ()
    return loaded.diagnostics, project, chosen


def _no_state(target: Target) -> str:
    """Where nothing is built, every target is as good as stale."""
    return "stale"


def chosen_of(
    project: Project, selection: Selection, every: Sequence[Target], state: State
) -> tuple[tuple[Target, ...], tuple[Diagnostic, ...]]:
    """Those of `every` target that `selection` means, and the terms that mean none.

    What is wrong with a document that cannot be read has been said.
    """
    terms = [term for term in idle_terms(selection, every, state) if not _may_be_idle(project, term)]
    return choose(selection, every, state), tuple(_idle(terms, every))


def _may_be_idle(project: Project, term: Term) -> bool:
    paths = (brief_path(term.value), pack_path(term.value))
    return term.method == "state" or (term.is_name and not project.broken.isdisjoint(paths))


def _idle(terms: Iterable[Term], every: Sequence[Target]) -> Iterator[Diagnostic]:
    for term in terms:
        if term.is_name:
            names = (target.name for target in every)
            help = did_you_mean(term.value, names, "run `briefpack list` to see what there is")
            yield finding("unknown-brief", f"there is no brief or pack `{term.value}`", help=help)
        else:
            known = sorted({value for target in every for value in _known(term, target)})
            help = did_you_mean(term.value, known, "run `briefpack plan` to see what there is")
            yield finding("nothing-selected", f"`{term.text}` chooses nothing", help=help)


def _known(term: Term, target: Target) -> tuple[str, ...]:
    """What a term of this method could have named in `target`."""
    match term.method:
        case "tag":
            return target.tags
        case "pack":
            return target.packs
        case "audience" | "layout" | "language" | "kind" | "variant":
            return (str(getattr(target, term.method)),)
        case _:
            return (target.name,) if term.method in ("", "name") else METHODS
