"""What else is wrong with briefs that cannot be made, because some of their fields are wrong, or some of what all
briefs share.

The rest is looked at as if it were whole, so that an author hears of everything in one run.
"""

from __future__ import annotations

from dataclasses import replace

from briefpack.builds.making import Workshop, make_brief
from briefpack.content.prepared import Prepared
from briefpack.content.resolve import resolve_brief
from briefpack.diagnostics import Diagnostic
from briefpack.project.files import ProjectFiles
from briefpack.project.load import Project, Sketch


def found_in_sketch(sketch: Sketch) -> tuple[Diagnostic, ...]:
    """What the texts of the briefs of `sketch` say wrong: names that are not there, slots that are not as declared."""
    project = sketch.project
    project = replace(project, briefs={**project.briefs, **project.sketches})
    prepared = Prepared(project)
    found: list[Diagnostic] = []
    for name in project.briefs:
        found += resolve_brief(project, name, prepared=prepared)[1]
    return sketch.fair(found)


def found_in_sketches(files: ProjectFiles, project: Project) -> tuple[Diagnostic, ...]:
    """The findings about the sketches of `project`, as for whole briefs."""
    workshop = Workshop.of(files, replace(project, briefs={**project.briefs, **project.sketches}))
    found: list[Diagnostic] = []
    for name in project.sketches:
        found += make_brief(workshop, name, dry=True).diagnostics
    return tuple(found)
