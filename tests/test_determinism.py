"""The same input gives the same bytes: in another process, order, place, time zone, locale and hash seed."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]

BUILD: Final = """
import sys
from pathlib import Path
from briefpack import api
report = api.build(Path(sys.argv[1]), sys.argv[3:], Path(sys.argv[2]))
assert not report.diagnostics, report.text()
"""

FIRST: Final = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}
SECOND: Final = {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"}


def hashes(output: Path, environment: dict[str, str], names: list[str], folder: Path) -> dict[str, str]:
    """Build in a process of its own; the hash of every file it made."""
    for name in names or [""]:
        command = [sys.executable, "-c", BUILD, str(ROOT), str(output), *([name] if name else [])]
        inherited = {key: value for key, value in os.environ.items() if key != "SOURCE_DATE_EPOCH"}
        done = subprocess.run(
            command,
            env={**inherited, "PYTHONPATH": str(ROOT / "src"), **environment},
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
    paths = sorted(path for path in output.rglob("*") if path.is_file())
    return {path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def test_two_processes_make_the_same_bytes(tmp_path: Path) -> None:
    """All at once in one, one by one in reverse in the other: PDFs and manifest are the same."""
    briefs = sorted(path.stem for path in (ROOT / "briefs").glob("*.yaml") if "\nlayout: " in path.read_text("utf-8"))
    names = ["launch-meeting", *reversed(briefs)]
    first = hashes(tmp_path / "first", FIRST, [], ROOT)
    second = hashes(tmp_path / "second", SECOND, names, tmp_path)
    assert first == second
    assert len(first) == 11


def test_the_date_in_a_file_can_be_set_from_outside(tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch) moves the dates, nothing else."""
    plain = hashes(tmp_path / "plain", FIRST, ["community"], ROOT)
    dated = hashes(tmp_path / "dated", {**FIRST, "SOURCE_DATE_EPOCH": "1700000000"}, ["community"], ROOT)
    assert plain["community.pdf"] != dated["community.pdf"]
    assert b"2023-11-14T22:13:20" in (tmp_path / "dated" / "community.pdf").read_bytes()
