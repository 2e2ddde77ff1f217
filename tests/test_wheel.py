"""What `pip install` brings: the code and, as the starter, this repository's own campaign."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path
from typing import Final

import pytest

from briefpack import api
from tests.campaigns import everything, starter

ROOT: Final = Path(__file__).parents[1]
STARTER: Final = "briefpack/starter/"


@pytest.fixture(scope="module")
def wheel_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel made, as by a package index, from the source distribution."""
    folder = tmp_path_factory.mktemp("wheel")
    run([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)], folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def wheel(wheel_file: Path) -> dict[str, bytes]:
    """The files of the wheel."""
    with zipfile.ZipFile(wheel_file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def installed(wheel_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `briefpack` of an environment that has this wheel and nothing else of ours.

    What the wheel depends on is borrowed from the environment of the tests, so that no network is needed.
    """
    folder = tmp_path_factory.mktemp("environment")
    run([sys.executable, "-m", "venv", "--without-pip", str(folder)], folder)
    scripts = folder / ("Scripts" if sys.platform == "win32" else "bin")
    pip = [sys.executable, "-m", "pip", f"--python={scripts / 'python'}", "install", "--quiet"]
    run([*pip, "--no-deps", "--no-index", str(wheel_file)], folder)
    (place,) = [path for path in folder.rglob("site-packages") if path.parent.parent.name != "lib64"]
    (place / "borrowed.pth").write_text(sysconfig.get_path("platlib") + "\n", encoding="utf-8")
    return scripts / "briefpack"


def run(command: list[str], folder: Path) -> str:
    """What `command` says; run in `folder`, away from the checkout."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_the_starter_is_this_campaign(wheel: dict[str, bytes]) -> None:
    """Every brief, layout and workflow of the repository is in the wheel, byte for byte, and nothing else."""
    shipped = {name.removeprefix(STARTER): data for name, data in wheel.items() if name.startswith(STARTER)}
    assert shipped == {**_files("briefs"), **_files("layouts"), **_files("ci")}


def test_every_module_is_there(wheel: dict[str, bytes]) -> None:
    """A module that an ignore rule hides from git or from the build is missed here, not by a user."""
    modules = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    assert modules <= wheel.keys()
    assert "briefpack/py.typed" in wheel


def test_the_installed_command_makes_what_the_checkout_makes(installed: Path, tmp_path: Path) -> None:
    """A campaign begun and built by the installed command: the files of the checkout, byte for byte."""
    run([str(installed), "init", "campaign"], tmp_path)
    said = run([str(installed), "build", "--project", "campaign"], tmp_path)
    assert not api.build(ROOT, output=tmp_path / "checkout").failed
    made, expected = (everything(tmp_path / name) for name in ("campaign/output", "checkout"))
    assert made == expected
    assert len(said.splitlines()) == len(made) - 1
    ours = ("output/", ".briefpack/")
    begun = {path: data for path, data in everything(tmp_path / "campaign").items() if not path.startswith(ours)}
    assert begun == {path: text.encode() for path, text in starter().items()}


def test_the_installed_package_is_the_one_of_the_wheel(installed: Path, tmp_path: Path) -> None:
    """Not the checkout, which would hide a module that the wheel lacks."""
    python = installed.parent / "python"
    place = run([str(python), "-c", "import briefpack; print(briefpack.__file__)"], tmp_path).strip()
    assert Path(place).is_relative_to(installed.parents[1])


def _files(folder: str) -> dict[str, bytes]:
    paths = [path for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
