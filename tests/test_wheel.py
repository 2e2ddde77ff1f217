"""What `pip install` brings: the code and, as the starter, this repository's own campaign."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
STARTER: Final = "briefpack/starter/"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The files of the wheel made, as by a package index, from the source distribution."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_starter_is_this_campaign(wheel: dict[str, bytes]) -> None:
    """Every brief and every layout of the repository is in the wheel, byte for byte, and nothing else."""
    shipped = {name.removeprefix(STARTER): data for name, data in wheel.items() if name.startswith(STARTER)}
    assert shipped == {**_files("briefs"), **_files("layouts")}


def test_every_module_is_there(wheel: dict[str, bytes]) -> None:
    """A module that an ignore rule hides from git or from the build is missed here, not by a user."""
    modules = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    assert modules <= wheel.keys()
    assert "briefpack/py.typed" in wheel


def _files(folder: str) -> dict[str, bytes]:
    paths = [path for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
