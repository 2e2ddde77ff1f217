"""What of a project is to be watched while somebody works on it, and what has changed of it.

In goes a project's folder, out go signs of its files, as the system gives them without reading: those of the folders
that authors write in, and every other file that the last build read, there or not.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from briefpack.builds.index import index_path, read_index
from briefpack.builds.signs import Sign, sign_of

FOLDERS: Final = ("briefs", "layouts")

_WRITTEN: Final = tuple(f"{folder}/" for folder in FOLDERS)

Signs = Mapping[str, Sign | None]
"""What the system says of each file, by its path in the project; None for one that is not there."""


def signs_of(project: Path, output: Path) -> Signs:
    """The signs of what documents of `project` are made of, as far as that is known of those in `output`."""
    read = (path for path in read_index(index_path(project, output)).files if "*" not in path)
    paths = {*read, *(path for folder in FOLDERS for path in _below(project / folder, folder))}
    return {path: sign_of(str(project / path)) for path in sorted(paths)}


def _below(folder: Path, name: str) -> Iterator[str]:
    """The paths of the files below `folder`, which is called `name`, but for those that editors hide."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~"):
            continue
        if entry.is_dir():
            yield from _below(folder / entry.name, f"{name}/{entry.name}")
        else:
            yield f"{name}/{entry.name}"


def changed(before: Signs, now: Signs) -> tuple[str, ...]:
    """The files that are others, that came and that went."""
    return tuple(path for path in sorted(before.keys() | now.keys()) if before.get(path) != now.get(path))


def with_read(before: Signs, now: Signs) -> Signs:
    """`before`, when a build began, with the files that only this build has read, and without those that none reads any
    more. What changed while it went on is told from it all the same."""
    known = {path: sign for path, sign in before.items() if path in now or path.startswith(_WRITTEN)}
    return {**{path: sign for path, sign in now.items() if not path.startswith(_WRITTEN)}, **known}
