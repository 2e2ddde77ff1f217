"""What else is wrong with briefs and packs that cannot be made, because some of their fields are wrong, or some of
what all briefs share.

The rest is looked at as if it were whole, so that an author hears of everything in one run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefpack.builds.making import Workshop, make_brief, make_pack
from briefpack.content.prepared import Prepared
from briefpack.content.resolve import resolve_brief, resolve_pack
from briefpack.diagnostics import Diagnostic
from briefpack.project.files import ProjectFiles
from briefpack.project.load import Lost, Project, Sketch, brief_path, fair, layout_path


def found_in_sketch(sketch: Sketch) -> tuple[Diagnostic, ...]:
    """What the texts of the briefs and packs of `sketch` say wrong: names that are not there, slots that are not as
    declared."""
    project = _as_if_whole(sketch.project)
    prepared = Prepared(project)
    found: list[Diagnostic] = []
    for name in project.briefs:
        found += fair(resolve_brief(project, name, prepared=prepared)[1], sketch.lost, *_lost_of(project, [name]))
    for name, pack in project.packs.items():
        lost = _lost_of(project, [paper.text for paper in pack.papers])
        found += fair(resolve_pack(project, name, prepared)[1], sketch.lost, *lost)
    found += fair(_in_layouts(project), sketch.lost)
    return tuple(dict.fromkeys(found))


def found_in_sketches(files: ProjectFiles, project: Project) -> tuple[Diagnostic, ...]:
    """The findings about the sketches of `project`, as for whole briefs and packs."""
    whole = _as_if_whole(project)
    workshop = Workshop.of(files, whole)
    found: list[Diagnostic] = []
    for name in project.sketches:
        found += fair(make_brief(workshop, name, dry=True).diagnostics, *_lost_of(project, [name]))
    found += _in_layouts(whole)
    for name in project.pack_sketches:
        lost = _lost_of(project, [paper.text for paper in whole.packs[name].papers])
        found += fair(make_pack(workshop, name, dry=True).diagnostics, *lost)
    return tuple(dict.fromkeys(found))


def _in_layouts(project: Project) -> Iterator[Diagnostic]:
    """What the texts of briefs say wrong whose layout is broken: they cannot be laid out."""
    known = replace(project, layouts={**project.layouts, **project.layout_sketches})
    prepared = Prepared(known)
    for name, brief in project.briefs.items():
        layout = brief.layout.text
        if layout in project.layout_sketches:
            lost = project.lost.get(layout_path(layout), {})
            found = resolve_brief(known, name, prepared=prepared)[1]
            yield from fair(found, lost, *_lost_of(project, [name]))


def _as_if_whole(project: Project) -> Project:
    """`project` with its sketches in the place of what is broken."""
    return replace(
        project,
        briefs={**project.briefs, **project.sketches},
        packs={**project.packs, **project.pack_sketches},
    )


def _lost_of(project: Project, briefs: Iterable[str]) -> list[Lost]:
    """What the sketches of `briefs` lack."""
    return [project.lost.get(brief_path(name), {}) for name in briefs]
