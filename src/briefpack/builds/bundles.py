"""Bundles: the files of a project in one piece, for workers that cannot read its folder."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.project.files import DiskFiles

# A fixed date, so that the same files are the same bundle.
_DATE: Final = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Files by path, as a ZIP archive."""

    archive: bytes

    def files(self) -> Mapping[str, bytes]:
        import zipfile

        with zipfile.ZipFile(io.BytesIO(self.archive)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def bundle_of(root: Path, without: Iterable[Path]) -> Bundle:
    """The files below `root`, without hidden ones and those in the folders `without`, nor in Python's or Node's own."""
    import zipfile  # only who has workers elsewhere makes a bundle

    files = DiskFiles(root)
    left_out = [folder.resolve() for folder in without]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _paths(files):
            if not any((files.root / path).is_relative_to(folder) for folder in left_out):
                archive.writestr(zipfile.ZipInfo(path, _DATE), files.read_bytes(path), zipfile.ZIP_DEFLATED)
    return Bundle(file.getvalue())


def _paths(files: DiskFiles) -> Iterator[str]:
    for place in sorted(files.root.iterdir()):
        if place.name.startswith("."):
            continue
        if place.is_dir() and not _is_foreign(place):
            yield from files.list(place.name, "")
        elif place.is_file() and files.exists(place.name):
            yield place.name


def _is_foreign(folder: Path) -> bool:
    """Whether `folder` holds the libraries of a program."""
    return folder.name == "node_modules" or (folder / "pyvenv.cfg").exists()
