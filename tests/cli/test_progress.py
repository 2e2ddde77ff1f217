"""The line that says how far a command has come: on a terminal, and nowhere else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

import briefpack
from briefpack.cli.progress import progress_line, time_left
from tests.builds.notes import many
from tests.campaigns import everything, put

SOURCE: Final = Path(briefpack.__file__).parents[1]
# What runs tests in the background may have had Ctrl-C ignored by all that it begins.
CODE: Final = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from briefpack.cli import main; main()"
)

POSIX: Final = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


def test_counts_and_time_left() -> None:
    assert progress_line(1, 40, "community", 0.0, 79) == "[                    ] 1 of 40: community"
    assert progress_line(21, 40, "community", 10.0, 79) == "[==========          ] 21 of 40, about 10 s left: community"
    assert progress_line(40, 40, "community", 39.0, 79) == "[=================== ] 40 of 40, about 1 s left: community"


@pytest.mark.parametrize("width", range(1, 60))
def test_the_line_is_no_longer_than_the_terminal(width: int) -> None:
    line = progress_line(21, 40, "a-brief-with-a-name", 10.0, width)
    assert len(line) == min(width, 61)


@pytest.mark.parametrize(
    ("at", "count", "elapsed", "expected"),
    [
        (1, 9, 30.0, ""),
        (2, 9, 1.9, ""),
        (2, 9, 2.0, "about 16 s left"),
        (11, 100, 100.0, "about 15 min left"),
        (2, 500, 60.0, "about 8 h 19 min left"),
        (500, 500, 2.0, "about 1 s left"),
    ],
)
def test_time_left_in_words(at: int, count: int, elapsed: float, expected: str) -> None:
    assert time_left(at, count, elapsed) == expected


def on_a_terminal(campaign: Path, *arguments: str, interrupt: bool = False) -> tuple[int, str, str]:
    """How `briefpack` ends, what it prints, and what a person sees on the terminal meanwhile."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", CODE, *arguments],
        cwd=campaign,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "COLUMNS": "60", "NO_COLOR": "1"},
        start_new_session=True,
    )
    os.close(theirs)
    seen = b""
    try:
        while chunk := os.read(ours, 4096):
            seen += chunk
            if interrupt and b"of " in seen:
                os.killpg(process.pid, signal.SIGINT)
                interrupt = False
    except OSError:  # Linux's way to say that nobody writes any more
        pass
    os.close(ours)
    out, _ = process.communicate(timeout=120)
    return process.returncode, out.decode(), seen.decode()


@POSIX
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_person_sees_how_far_it_is_and_nothing_is_left_of_it(tmp_path: Path, jobs: str) -> None:
    campaign = put(tmp_path, many(30))
    code, out, seen = on_a_terminal(campaign, "build", "--jobs", jobs)
    assert code == 0
    assert out.count(".pdf") == 37
    lines = seen.split("\r\x1b[K")
    assert (lines[0], lines[-1]) == ("", "")
    counts = [int(line.partition("] ")[2].partition(" of 37")[0]) for line in lines[1:-1]]
    assert counts == list(range(1, 38))
    assert all(len(line) < 60 for line in lines)


@POSIX
def test_what_is_up_to_date_needs_no_line(tmp_path: Path) -> None:
    campaign = put(tmp_path, many(1))
    on_a_terminal(campaign, "build")
    assert on_a_terminal(campaign, "build") == (0, "8 up to date\n", "")


def test_in_a_pipe_there_is_no_line(tmp_path: Path) -> None:
    campaign = put(tmp_path, many(1))
    done = subprocess.run(
        [sys.executable, "-c", CODE, "build"],
        cwd=campaign,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == b""


@POSIX
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_on_a_terminal_wipes_the_line_and_says_that_files_are_whole(tmp_path: Path, jobs: str) -> None:
    campaign = put(tmp_path / "campaign", many(80))
    code, _, seen = on_a_terminal(campaign, "build", "--jobs", jobs, interrupt=True)
    assert code == 130
    assert seen.endswith("\r\x1b[K\r\nstopped; files made so far are whole\r\n")
    time.sleep(0.2)
    left = everything(campaign)
    assert not [path for path in left if Path(path).name.startswith(".") and ".pdf" in path]
    assert all(left[path].rstrip().endswith(b"%%EOF") for path in left if path.endswith(".pdf"))
