"""Listing, checking and building the targets of a project."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from briefpack.api.starter import starter_files
from briefpack.build import (
    BriefWords,
    Entry,
    Made,
    Unwritable,
    Workshop,
    count_words,
    make_brief,
    make_folder,
    make_pack,
    read_brief,
    sha256,
    write_file,
    write_manifest,
)
from briefpack.build.making import created
from briefpack.content import check_project
from briefpack.content.checks import idle_waivers
from briefpack.content.checks.reviewed import Review
from briefpack.diagnostics import Diagnostic, Severity, SourceLines, did_you_mean, finding, render
from briefpack.diagnostics.formats import Format, Outcome, formatted
from briefpack.layout import AS_DESIGNED, Form
from briefpack.project.files import DictFiles, DiskFiles, ProjectFiles, source_lines
from briefpack.project.load import CAMPAIGN, Loaded, Project, brief_path, load_brief, load_project, pack_path

OUTPUT: Final = "output"

Progress = Callable[[int, int, str], None]
"""Called before each target with its place from 1, how many there are, and its name."""


@dataclass(frozen=True, slots=True)
class Target:
    """A file that can be made."""

    name: str
    kind: str
    layout: str
    audience: str
    title: str

    @property
    def path(self) -> str:
        """Its file in the project."""
        return pack_path(self.name) if self.kind == "pack" else brief_path(self.name)


@dataclass(frozen=True, slots=True)
class Report:
    """What a verb did and found. `lines` gives the lines of project files, for excerpts.

    `targets` are those there are, or those that were looked at; `written` are paths of project files.
    """

    diagnostics: tuple[Diagnostic, ...]
    lines: SourceLines
    made: tuple[Entry, ...] = ()
    targets: tuple[Target, ...] = ()
    looked_at: int = 0
    words: tuple[BriefWords, ...] = ()
    reviews: tuple[Review, ...] = ()
    written: tuple[str, ...] = ()

    @property
    def failed(self) -> bool:
        return any(item.severity is Severity.ERROR for item in self.diagnostics)

    def text(self, color: bool = False) -> str:
        """The diagnostics for people to read, with excerpts."""
        return self.formatted("text", color=color)

    def formatted(self, format: Format, folder: str = "", *, color: bool = False) -> str:
        """What was found as a document of `format`. `folder` is the project's, with `/`, for whoever reads it."""
        made = [{"path": entry.path, "pages": entry.pages, "size": entry.size} for entry in self.made]
        checked = tuple(target.path for target in self.targets)
        more = {"checked": self.looked_at, "made": made}
        return formatted(format, Outcome(self.diagnostics, self.lines, checked, folder, more), color=color)


def targets(project: Path) -> Report:
    """The briefs and packs of the campaign in the folder `project`."""
    files, loaded = open_files(project)
    found = _targets(loaded.project) if loaded.project is not None else ()
    return Report(loaded.diagnostics, source_lines(files), targets=found)


def _targets(project: Project) -> tuple[Target, ...]:
    briefs = [
        Target(name, "brief", brief.layout.text, brief.audience.text, brief.title.text)
        for name, brief in project.briefs.items()
    ]
    packs = [Target(name, "pack", pack.layout.text, "", pack.title.text) for name, pack in project.packs.items()]
    return (*briefs, *packs)


def check(
    project: Path,
    names: Sequence[str] = (),
    progress: Progress | None = None,
    *,
    form: Form = AS_DESIGNED,
    strict: bool = False,
    today: date | None = None,
) -> Report:
    """Everything that building in `form` would find, without making a file; with `names`, for those alone.

    With `strict` a warning is an error. `today` is the day to judge dates by: without it that of
    SOURCE_DATE_EPOCH, or of the clock.
    """
    files, loaded = open_files(project)
    diagnostics, workshop, chosen = _begun(files, loaded, names, strict=strict, today=today)
    if workshop is None:
        return Report(diagnostics, source_lines(files))
    found = [*diagnostics, *(() if names else check_project(workshop.project))]
    for made in _all_made(workshop, chosen, form, progress, dry=True):
        found += made.diagnostics
    judged = _judged(workshop, found, chosen, every=not names)
    return Report(judged, source_lines(files), targets=chosen, looked_at=len(chosen))


def _judged(
    workshop: Workshop, found: Iterable[Diagnostic], chosen: Iterable[Target], *, every: bool
) -> tuple[Diagnostic, ...]:
    """`found` as severe as the campaign has it, each once; with `every` target looked at, also idle waivers."""
    settled = workshop.settled(found)
    names = [target.name for target in chosen]
    idle = idle_waivers(workshop.project, settled, names) if every else ()
    return _once([*settled, *workshop.settled(idle)])


def build(
    project: Path,
    names: Sequence[str] = (),
    output: Path | None = None,
    progress: Progress | None = None,
    *,
    form: Form = AS_DESIGNED,
    strict: bool = False,
    today: date | None = None,
) -> Report:
    """Make the targets `names`, or all, in `form` into `output`, or the project's own output folder.

    A target with an error, or one that cannot be written, leaves an earlier file of it as it is; the others
    are made. `strict` and `today` are those of `check`.
    """
    files, loaded = open_files(project)
    diagnostics, workshop, chosen = _begun(files, loaded, names, strict=strict, today=today)
    if workshop is None:
        return Report(diagnostics, source_lines(files))
    folder = output if output is not None else project / OUTPUT
    found, entries = list(diagnostics), []
    try:
        make_folder(folder)
        for made in _all_made(workshop, chosen, form, progress, dry=False):
            found += made.diagnostics
            entry = _written(folder, made, form, found)
            if entry is not None:
                entries.append(entry)
        every = not names and form == AS_DESIGNED and len(entries) == len(chosen)
        write_manifest(folder, entries, keep=not every)
    except Unwritable as error:
        found.append(error.diagnostic)
    judged = _judged(workshop, found, chosen, every=False)
    return Report(judged, source_lines(files), made=tuple(entries), targets=chosen, looked_at=len(chosen))


def words(project: Path, names: Sequence[str] = (), progress: Progress | None = None) -> Report:
    """The words of each slot of the briefs `names`, or all: how many there are, read well, and fit.

    A pack stands for its papers.
    """
    files, loaded = open_files(project)
    diagnostics, workshop, chosen = _begun(files, loaded, names)
    if workshop is None:
        return Report(diagnostics, source_lines(files))
    briefs = _briefs(workshop.project, chosen)
    found, counted = list(diagnostics), []
    for at, name in enumerate(briefs, start=1):
        if progress is not None:
            progress(at, len(briefs), name)
        brief, about = count_words(workshop, name)
        found += about
        counted += [brief] if brief is not None else []
    return Report(_once(found), source_lines(files), looked_at=len(briefs), words=tuple(counted))


def review(project: Path, names: Sequence[str] = (), progress: Progress | None = None) -> Report:
    """How readable the briefs `names` are, or all, and how they are built: a pre-check, and no official score.

    A pack stands for its papers.
    """
    from briefpack.content.checks.review import review as review_of  # no other verb needs it

    files, loaded = open_files(project)
    diagnostics, workshop, chosen = _begun(files, loaded, names)
    if workshop is None:
        return Report(diagnostics, source_lines(files))
    briefs = _briefs(workshop.project, chosen)
    found, reviews = list(diagnostics), []
    for at, name in enumerate(briefs, start=1):
        if progress is not None:
            progress(at, len(briefs), name)
        read, about = read_brief(workshop, name)
        found += about
        reviews += [review_of(read)] if read is not None else []
    return Report(_once(found), source_lines(files), looked_at=len(briefs), reviews=tuple(reviews))


def _briefs(project: Project, chosen: Iterable[Target]) -> list[str]:
    """The briefs among `chosen` and the papers of the packs among them, each once."""
    names: dict[str, None] = {}
    for target in chosen:
        papers = [paper.text for paper in project.packs[target.name].papers] if target.kind == "pack" else [target.name]
        names |= dict.fromkeys(papers)
    return list(names)


def open_files(folder: Path) -> tuple[DiskFiles, Loaded]:
    """The files and the project in `folder`, which is called by its name where it has no campaign."""
    files = DiskFiles(folder)
    loaded = load_project(files)
    if folder == Path() or all(item.rule != "not-a-project" for item in loaded.diagnostics):
        return files, loaded
    message = f"there is no `{CAMPAIGN}` in `{folder}`" if folder.is_dir() else f"there is no folder `{folder}`"
    found = tuple(
        replace(item, message=message, path=str(folder)) if item.rule == "not-a-project" else item
        for item in loaded.diagnostics
    )
    return files, replace(loaded, diagnostics=found)


def _begun(
    files: ProjectFiles, loaded: Loaded, names: Sequence[str], *, strict: bool = False, today: date | None = None
) -> tuple[tuple[Diagnostic, ...], Workshop | None, tuple[Target, ...]]:
    """A workshop for the project and the targets that `names` choose; None when there is nothing to begin."""
    project = loaded.project
    if project is None:
        return loaded.diagnostics, None, ()
    chosen, unknown = _chosen(project, names)
    if unknown or (names and not chosen):
        return (*loaded.diagnostics, *unknown), None, ()
    return loaded.diagnostics, Workshop.of(files, project, today or _today(), strict=strict), chosen


def _today() -> date:
    """The day of SOURCE_DATE_EPOCH where that is set, else of the clock; both in UTC."""
    now = datetime.now(UTC)
    return created(now.date(), os.environ.get("SOURCE_DATE_EPOCH")).date()


def _chosen(project: Project, names: Sequence[str]) -> tuple[tuple[Target, ...], tuple[Diagnostic, ...]]:
    """The targets that `names` choose, or all. What is wrong with one that cannot be read has been said."""
    every = _targets(project)
    if not names:
        return every, ()
    known = {target.name for target in every}
    unknown = tuple(_unknown(name, known) for name in names if name not in known and not _is_broken(project, name))
    return tuple(target for target in every if target.name in names), unknown


def _is_broken(project: Project, name: str) -> bool:
    return not project.broken.isdisjoint((brief_path(name), pack_path(name)))


def _unknown(name: str, known: Iterable[str]) -> Diagnostic:
    help = did_you_mean(name, known, "run `briefpack list` to see what there is")
    return finding("unknown-brief", f"there is no brief or pack `{name}`", help=help)


def _all_made(
    workshop: Workshop, chosen: Sequence[Target], form: Form, progress: Progress | None, *, dry: bool
) -> Iterator[Made]:
    for at, target in enumerate(chosen, start=1):
        if progress is not None:
            progress(at, len(chosen), target.name)
        yield (make_pack if target.kind == "pack" else make_brief)(workshop, target.name, form, dry=dry)


def _written(folder: Path, made: Made, form: Form, found: list[Diagnostic]) -> Entry | None:
    """What `made` is in the manifest once it is written; None, with the reason in `found`, when it is not."""
    if made.data is None:
        return None
    try:
        write_file(folder, made.path, made.data)
    except Unwritable as error:
        found.append(error.diagnostic)
        return None
    return _entry(made, made.data, form)


def _entry(made: Made, data: bytes, form: Form) -> Entry:
    return Entry(
        path=made.path,
        kind=made.kind,
        name=made.name,
        title=made.title,
        sha256=sha256(data),
        size=len(data),
        pages=made.pages,
        inputs=made.inputs,
        form=form.asked(),
    )


def _once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(diagnostics))


class OpenProject:
    """A project in memory from which single documents are made, one after the other."""

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop

    def make(self, name: str) -> bytes:
        """The file of the brief `name`, whose YAML is read anew each time.

        Raises ValueError with the findings when it cannot be made.
        """
        brief, found = load_brief(self._workshop.files, name)
        if brief is None:
            raise ValueError(self._said(found))
        made = make_brief(self._workshop.with_brief(name, brief), name)
        if made.data is None:
            raise ValueError(self._said(made.diagnostics))
        return made.data

    def _said(self, found: Sequence[Diagnostic]) -> str:
        return render(found, source_lines(self._workshop.files))


def open_project(files: Mapping[str, str | bytes]) -> OpenProject:
    """A project from texts by path. Layouts that are not given are the starter's.

    Raises ValueError with the findings when there is no project to work with.
    """
    project_files = DictFiles({**starter_files("layouts"), **files})
    loaded = load_project(project_files)
    if loaded.project is None:
        raise ValueError(render(loaded.diagnostics, source_lines(project_files)))
    return OpenProject(Workshop.of(project_files, loaded.project))
