"""What an editor needs to complete and check a project's files: schemas, and where they are said to be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from briefpack.api.choosing import open_files
from briefpack.api.report import Report
from briefpack.builds import Unwritable, write_file
from briefpack.diagnostics import Diagnostic, Stopped, finding
from briefpack.project.editors import NotPlainJson, kind_of, schema_path, with_mapping, with_modeline
from briefpack.project.files import DiskFiles, source_lines
from briefpack.project.schema import Names, schemas

_SETTINGS: Final = ".vscode/settings.json"


def schema(project: Path, *, modelines: bool = False, vscode: bool = False) -> Report:
    """Write a JSON Schema for each kind of file of the campaign in the folder `project`.

    With `modelines` each YAML file says in its first line which schema is its own; with `vscode` the settings of
    that editor say so for all of them. `Report.written` has the paths of what was changed; what cannot be written
    is among the diagnostics.

    >>> report = briefpack.schema(campaign, vscode=True)
    >>> report.written[-1]
    '.vscode/settings.json'
    """
    files, loaded = open_files(project)
    if loaded.project is None:
        return Report(loaded.diagnostics, source_lines(files))
    made = schemas(Names.in_project(loaded.project))
    wanted = {schema_path(kind): _as_bytes(made[kind]) for kind in made}
    found: list[Diagnostic] = []
    if modelines:
        wanted |= _modelines(files)
    if vscode:
        wanted |= _settings(project, found)
    written = _write(project, wanted, found)
    return Report(tuple(found), source_lines(files), written=written)


def _as_bytes(schema: dict[str, object]) -> bytes:
    return (json.dumps(schema, indent=2, ensure_ascii=False) + "\n").encode()


def _modelines(files: DiskFiles) -> dict[str, bytes]:
    """The YAML files of the project that are to change."""
    paths = [path for folder in ("briefs", "layouts") for path in files.list(folder, ".yaml") if kind_of(path)]
    wanted: dict[str, bytes] = {}
    for path in paths:
        try:
            wanted[path] = with_modeline(files.read_bytes(path), path)
        except Stopped:
            continue  # one that cannot be read is said to be so by `check`
    return wanted


def _settings(project: Path, found: list[Diagnostic]) -> dict[str, bytes]:
    """VS Code's settings with the mapping; none, and a finding, when they cannot be read for certain."""
    file = project / _SETTINGS
    try:
        settings = file.read_text(encoding="utf-8") if file.exists() else None
        return {_SETTINGS: with_mapping(settings).encode()}
    except (NotPlainJson, OSError, UnicodeDecodeError):
        message = f"`{_SETTINGS}` has comments or is not JSON, so it was left as it is"
        help = "use `--modelines`, or move the comments elsewhere and run this again"
        found.append(finding("editor-settings", message, path=_SETTINGS, help=help))
        return {}


def _write(project: Path, wanted: dict[str, bytes], found: list[Diagnostic]) -> tuple[str, ...]:
    """Write what differs from what is there; the paths of what was written."""
    written = []
    for path, data in sorted(wanted.items()):
        file = project / path
        if file.is_file() and file.read_bytes() == data:
            continue
        try:
            write_file(project, path, data)
        except Unwritable as error:
            found.append(error.diagnostic)
            continue
        written.append(path)
    return tuple(written)
