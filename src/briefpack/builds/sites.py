"""Where a build happens, and what it has read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefpack.builds.cache import Cache
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic
from briefpack.project.files import ProjectFiles
from briefpack.project.load import Project


@dataclass(frozen=True, slots=True)
class Site:
    """Where a build happens: the project's folder, the output folder, and the cache if there is to be one."""

    root: Path
    output: Path
    cache: Cache | None = None


@dataclass(frozen=True, slots=True)
class Loading:
    """A project read: its files, its value, what was found on the way, and the digests of what that read."""

    files: ProjectFiles
    project: Project
    found: tuple[Diagnostic, ...]
    reads: Mapping[str, str]
