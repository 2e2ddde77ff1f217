"""What else is wrong with briefs that cannot be made, because some of their fields are wrong.

Their other fields are looked at as if they were whole, so that an author hears of everything in one run.
"""

from __future__ import annotations

from dataclasses import replace

from briefpack.builds.making import Workshop, make_brief
from briefpack.diagnostics import Diagnostic
from briefpack.project.files import ProjectFiles
from briefpack.project.load import Project


def found_in_sketches(files: ProjectFiles, project: Project) -> tuple[Diagnostic, ...]:
    """The findings about the sketches of `project`, as for whole briefs."""
    workshop = Workshop.of(files, replace(project, briefs={**project.briefs, **project.sketches}))
    found: list[Diagnostic] = []
    for name in project.sketches:
        found += make_brief(workshop, name, dry=True).diagnostics
    return tuple(found)
