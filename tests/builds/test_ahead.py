"""Briefs read ahead by several processes: what is read and what is said is the same, whatever becomes of those."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import briefpack
from briefpack.api.choosing import MANY
from tests.builds.notes import with_slips
from tests.campaigns import everything, put

COUNT: Final = MANY + 30

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes are not copied here")

# What was read of a campaign, what there is to say of it, and its briefs; and a line for each copy of the process.
OPEN: Final = """\
import os, signal, sys
from pathlib import Path
from briefpack.api import choosing
if sys.argv[2] == "killed":
    os.register_at_fork(after_in_child=lambda: os.kill(os.getpid(), signal.SIGKILL))
os.register_at_fork(before=lambda: print("copied", file=sys.stderr))
files, loaded = choosing.open_files(Path(), jobs=int(sys.argv[1]))
print(*sorted(files.reads.items()), sep="\\n")
print(*loaded.diagnostics, sep="\\n")
print(*(f"{name} {brief!r}" for name, brief in loaded.project.briefs.items()), sep="\\n")
"""
COMMAND: Final = "from briefpack.cli import main; main()"


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Many notes, some of which are wrong, one that extends another, and one whose file cannot be read at all."""
    return put(
        tmp_path_factory.mktemp("ahead") / "campaign",
        {
            **with_slips(COUNT),
            "briefs/more.yaml": "extends: plain\ntitle: More\nvariants: {north: {title: North}}\n",
            "briefs/torn.yaml": "title: [\n",
        },
    )


def run(campaign: Path, cache: Path, *arguments: str) -> tuple[int, str, str]:
    """A process of its own in `campaign`, for whom nothing was ever read; the code it ends with, and what it says."""
    source = Path(briefpack.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", *arguments],
        cwd=campaign,
        env={**os.environ, "PYTHONPATH": str(source), "XDG_CACHE_HOME": str(cache)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.parametrize(("jobs", "fate"), [("2", "alive"), ("3", "alive"), ("2", "killed")])
def test_what_is_read_and_said_is_what_one_process_reads_and_says(
    campaign: Path, tmp_path: Path, jobs: str, fate: str
) -> None:
    alone = run(campaign, tmp_path / "alone", OPEN, "1", "alive")
    assert (alone[0], alone[2]) == (0, "")
    assert "torn" in alone[1]
    assert run(campaign, tmp_path / "many", OPEN, jobs, fate) == (0, alone[1], "copied\n" * (int(jobs) - 1))


def test_all_that_is_in_order_is_kept_by_whoever_read_it(campaign: Path, tmp_path: Path) -> None:
    """As many values as one process keeps; and they are read, and not made anew, the next time."""
    kept = {}
    for jobs in ("1", "2"):
        cache = tmp_path / jobs
        for _ in range(2):
            assert run(campaign, cache, OPEN, jobs, "alive")[0] == 0
        kept[jobs] = sorted(path.name for path in cache.rglob("*") if path.is_file())
    assert len(kept["1"]) > COUNT // 2
    assert kept["2"] == kept["1"]


def test_a_build_makes_the_same(campaign: Path, tmp_path: Path) -> None:
    made = []
    for jobs in ("1", "2"):
        output = tmp_path / f"output-{jobs}"
        options = ("build", "--no-cache", "--jobs", jobs, "--output", str(output))
        made.append((run(campaign, tmp_path / f"cache-{jobs}", COMMAND, *options), everything(output)))
    assert made[0][0][0] == 1
    assert made[0] == made[1]
