"""The campaign that comes with Briefpack, and the copy of it that a new campaign begins as."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from briefpack.diagnostics import finding

if TYPE_CHECKING:
    from briefpack.api.report import Report

FOLDERS: Final = ("briefs", "layouts")

# Files of a campaign that is made on every change, and what of the starter they are copies of.
CI: Final[Mapping[str, str]] = MappingProxyType(
    {
        ".github/workflows/handouts.yaml": "ci/github.yaml",
        ".pre-commit-config.yaml": "ci/pre-commit.yaml",
        ".gitignore": "ci/gitignore",
    }
)


def starter_root() -> Path:
    """The folder that holds the starter: inside the installed package, or the checkout it runs from."""
    packaged = Path(str(files("briefpack"))) / "starter"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[3]


def starter_files(folder: str) -> dict[str, bytes]:
    """The starter's files below `folder`, by path."""
    root = starter_root()
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in _below(root / folder)}


def _below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def init(folder: Path, *, ci: bool = False) -> Report:
    """Copy the starter to `folder`, new or empty but for hidden files: that it is not is among the diagnostics.

    With `ci` also a GitHub workflow that makes every document on every change, and a hook for pre-commit.

    >>> briefpack.init(campaign / "another").failed
    False
    """
    from briefpack.api.report import Report

    def lines(path: str) -> tuple[str, ...]:
        return ()

    if folder.exists() and (not folder.is_dir() or _is_taken(folder, ci=ci)):
        taken = "has files in it already" if folder.is_dir() else "is a file"
        help = "name a folder that does not exist yet"
        name = "the folder you are in" if folder == Path() else f"`{folder}`"
        found = finding("folder-not-empty", f"{name} {taken}", path=str(folder), help=help)
        return Report((found,), lines)
    try:
        _copy(folder, ci=ci)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        help = "name a folder that you may write to"
        found = finding("unwritable-output", f"`{folder}` cannot be made: {reason}", path=str(folder), help=help)
        return Report((found,), lines)
    return Report((), lines)


def _is_taken(folder: Path, *, ci: bool) -> bool:
    """Whether `folder` has files in it; hidden ones, such as a repository or an environment, may be there already."""
    seen = any(not path.name.startswith(".") for path in folder.iterdir())
    return seen or (ci and any((folder / path).exists() for path in CI))


def _copy(folder: Path, *, ci: bool) -> None:
    root = starter_root()
    folder.mkdir(parents=True, exist_ok=True)
    for name in FOLDERS:
        shutil.copytree(root / name, folder / name, dirs_exist_ok=True)
    (folder / "output").mkdir(exist_ok=True)
    for path, source in CI.items() if ci else ():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / source, folder / path)
