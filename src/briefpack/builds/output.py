"""The output folder: whole files or none, and a manifest of what was made from what.

A file is written beside its place under a temporary name and then moved there in one step
(`os.replace`), so that nobody ever finds half a file and a failed build leaves the earlier one alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from briefpack import __version__
from briefpack.builds.turns import turn
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding
from briefpack.project.placing import put_below

MANIFEST: Final = "manifest.json"


@dataclass(frozen=True, slots=True)
class Entry:
    """One made file: its path below the output folder, its hash, and its inputs with theirs.

    Hashes are SHA-256 in hexadecimal; `size` is in bytes; `form` is what was asked for beside the layout's way.
    """

    path: str
    kind: str
    name: str
    title: str
    sha256: str
    size: int
    pages: int
    inputs: Mapping[str, str]
    form: Mapping[str, str | int | bool] = field(default_factory=dict)


class Unwritable(Exception):
    """The output folder or a file in it cannot be written."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def make_folder(folder: Path) -> None:
    """Make `folder` where it is not there yet. Raises Unwritable when it cannot be made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the folder `{folder.name}` cannot be made: {_reason(error)}"
        help = "name another folder with `--output`"
        raise Unwritable(finding("unwritable-output", message, path=str(folder), help=help)) from None


def write_file(folder: Path, path: str, data: bytes) -> None:
    """Put `data` at `path` below `folder`, whole. A file that has these bytes already is left alone.

    Raises Unwritable when the folder or the file cannot be written.
    """
    target = folder / path
    try:
        if target.is_file() and target.read_bytes() == data:
            return
        put_below(target, data)
    except OSError as error:
        raise Unwritable(_unwritable(target, error)) from None


def _unwritable(target: Path, error: OSError) -> Diagnostic:
    return finding(
        "unwritable-output",
        f"`{target.name}` cannot be written: {_reason(error)}",
        None,
        help="close the file if another program has it open, or name another folder with `--output`",
        path=str(target.parent),
    )


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_manifest(folder: Path, name: str = MANIFEST) -> dict[str, dict[str, object]]:
    """The entries of the manifest by path; empty when there is none that can be read."""
    try:
        data = json.loads((folder / name).read_text(encoding="utf-8"))
        return {entry["path"]: dict(entry) for entry in data["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_manifest(folder: Path, entries: Iterable[Entry], *, keep: bool, name: str = MANIFEST) -> None:
    """Write `manifest.json`, or the manifest `name` of a part.

    Entries of files not made this time stay if the file is there: with `keep` all, else those of other forms. Of
    several builds at once each adds to what the others have written.
    """
    made = {entry.path: _as_json(entry) for entry in entries}
    with turn(folder):
        known = {path: entry for path, entry in read_manifest(folder, name).items() if (folder / path).is_file()}
        kept = {path: entry for path, entry in known.items() if keep or entry.get("form")}
        write_entries(folder, {**kept, **made}, name)


def write_entries(folder: Path, files: Mapping[str, object], name: str = MANIFEST) -> None:
    """Write the manifest `name` of the entries `files`, which are JSON by path. Raises Unwritable."""
    document = {"briefpack": __version__, "files": [files[path] for path in sorted(files)]}
    text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    write_file(folder, name, text.encode("utf-8"))


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "path": entry.path,
        "kind": entry.kind,
        "name": entry.name,
        "title": entry.title,
        "sha256": entry.sha256,
        "size": entry.size,
        "pages": entry.pages,
        "form": dict(entry.form),
        "inputs": dict(sorted(entry.inputs.items())),
    }
