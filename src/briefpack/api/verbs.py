"""Counting and reviewing the briefs of a project, and making single documents in memory.

What makes documents is imported when there are some to make: a project that cannot be read is told of at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from briefpack.api.choosing import begun, open_files
from briefpack.api.report import Report
from briefpack.api.starter import starter_files
from briefpack.builds.collecting import seldom, seldom_while
from briefpack.diagnostics import Diagnostic, render
from briefpack.project.files import DictFiles, source_lines
from briefpack.project.load import Project, load_brief, load_project
from briefpack.project.snapshots import keep_expressions

if TYPE_CHECKING:
    from briefpack.builds import BriefWords, Progress, Target, Workshop
    from briefpack.content.checks.reviewed import Review


def words(project: Path, names: Sequence[str] = (), progress: Progress | None = None) -> Report:
    """The words of each slot of the briefs `names`, or all: how many there are, read well, and fit.

    A pack stands for its papers. `Report.words` has a row a slot.

    >>> words = briefpack.words(campaign, ["community"]).words[0]
    >>> words.name, words.layout, words.slots[0].slot
    ('community', 'handout', 'headline')
    """

    def count(workshop: Workshop, brief: str) -> tuple[BriefWords | None, tuple[Diagnostic, ...]]:
        from briefpack.builds import count_words

        return count_words(workshop, brief)

    counted, report = _brief_by_brief(project, names, progress, count)
    return replace(report, words=tuple(counted))


def review(project: Path, names: Sequence[str] = (), progress: Progress | None = None) -> Report:
    """How readable the briefs `names` are, or all, and how they are built: a pre-check, and no official score.

    A pack stands for its papers. `Report.reviews` has one a brief.

    >>> review = briefpack.review(campaign, ["community"]).reviews[0]
    >>> review.layout, review.audience, review.readability.language
    ('handout', 'community', 'en')
    """

    def reviewed(workshop: Workshop, brief: str) -> tuple[Review | None, tuple[Diagnostic, ...]]:
        from briefpack.builds import read_brief
        from briefpack.content.checks.review import review as review_of

        read, found = read_brief(workshop, brief)
        return review_of(read) if read is not None else None, found

    reviews, report = _brief_by_brief(project, names, progress, reviewed)
    return replace(report, reviews=tuple(reviews))


T = TypeVar("T")


def _brief_by_brief(
    project: Path,
    names: Sequence[str],
    progress: Progress | None,
    look: Callable[[Workshop, str], tuple[T | None, tuple[Diagnostic, ...]]],
) -> tuple[list[T], Report]:
    """What `look` finds in each of the briefs `names`, or in all, and the report of it."""
    files, loaded = open_files(project)
    diagnostics, found_project, chosen = begun(loaded, names)
    if found_project is None:
        return [], Report(diagnostics, source_lines(files))
    from briefpack.builds import Workshop

    workshop = Workshop.of(files, found_project)
    briefs = _briefs(workshop.project, chosen)
    found, seen = list(diagnostics), list[T]()
    for at, name in enumerate(briefs, start=1):
        if progress is not None:
            progress(at, len(briefs), name)
        value, about = look(workshop, name)
        found += about
        seen += [value] if value is not None else []
    keep_expressions(found_project.snapshot)
    return seen, Report(_once(found), source_lines(files), looked_at=len(briefs))


def _briefs(project: Project, chosen: Iterable[Target]) -> list[str]:
    """The briefs among `chosen` and the papers of the packs among them, each once."""
    names: dict[str, None] = {}
    for target in chosen:
        papers = (
            [paper.text for paper in project.packs[target.name].papers] if target.kind == "pack" else [target.document]
        )
        names |= dict.fromkeys(papers)
    return list(names)


def _once(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(dict.fromkeys(diagnostics))


class OpenProject:
    """A project in memory from which single documents are made, one after the other.

    While it is there garbage is collected seldom: at the end of each document most of what it made is still in use.
    """

    def __init__(self, workshop: Workshop) -> None:
        self._workshop = workshop
        seldom_while(self)

    @seldom()
    def make(self, name: str) -> bytes:
        """The file of the brief `name`, whose YAML is read anew each time.

        Raises ValueError with the findings when it cannot be made.
        """
        from briefpack.builds.making import make_brief

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

    >>> files = {path: (campaign / path).read_text() for path in paths}
    >>> briefpack.open_project(files).make("community")[:8]
    b'%PDF-1.7'
    """
    project_files = DictFiles({**starter_files("layouts"), **files})
    loaded = load_project(project_files)
    if loaded.project is None:
        raise ValueError(render(loaded.diagnostics, source_lines(project_files)))
    from briefpack.builds import Workshop

    return OpenProject(Workshop.of(project_files, loaded.project))
