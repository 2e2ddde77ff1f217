"""The commands that go well, and those that cannot: what is printed where, and the exit code."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Final, NoReturn

import pytest

from briefpack import __version__, api
from tests.campaigns import everything, put, shipped, swap
from tests.cli.running import Ran, run
from tests.goldens import check_golden

GOLDENS: Final = Path(__file__).parent / "goldens"


@pytest.fixture
def campaign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shipped campaign, and the working folder in it."""
    folder = put(tmp_path / "campaign", shipped())
    monkeypatch.chdir(folder)
    return folder


class Runner:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.monkeypatch, self.capsys = monkeypatch, capsys

    def __call__(self, *arguments: str) -> Ran:
        return run(self.monkeypatch, self.capsys, *arguments)


@pytest.fixture
def briefpack(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Runner:
    return Runner(monkeypatch, capsys)


# ------------------------------------------------------------------------------------------- going well


def test_from_nothing_to_a_pdf(briefpack: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way of the first day: make a campaign, look at it, check it, build it."""
    monkeypatch.chdir(tmp_path)
    assert str(briefpack("init", "mine")) == (
        "exit 0\nstdout:\nA campaign is in mine. Now run:\n  briefpack build --project mine\n"
    )
    listed = briefpack("list", "--project", "mine")
    assert (listed.code, listed.err) == (0, "")
    assert [line.split()[0] for line in listed.out.splitlines()] == [
        "clinicians",
        "community",
        "get-others-on-board",
        "leaflet",
        "newsletter",
        "policymakers",
        "poster",
        "press-release",
        "social",
        "launch-meeting",
    ]
    assert briefpack("check", "-p", "mine", "community").out == "1 document checked, no errors\n"
    built = briefpack("build", "-p", "mine", "community", "-o", "out")
    assert (built.code, built.err) == (0, "")
    size = len((tmp_path / "out" / "community.pdf").read_bytes())
    assert built.out == f"community.pdf  2 pages, {size / 1000:.0f} kB\n"


def test_the_list(briefpack: Runner, campaign: Path) -> None:
    check_golden(GOLDENS / "list.txt", briefpack("list").out)


def test_everything_is_built_in_the_folder_one_is_in(briefpack: Runner, campaign: Path) -> None:
    ran = briefpack("build")
    assert (ran.code, ran.err) == (0, "")
    made = {line.split("  ")[0]: line.split("  ")[1].split(",")[0] for line in ran.out.splitlines()}
    assert made == {
        "clinicians.pdf": "2 pages",
        "community.pdf": "2 pages",
        "policymakers.pdf": "1 page",
        "packs/launch-meeting.pdf": f"{made['packs/launch-meeting.pdf'].split()[0]} pages",
    }
    assert set(made) == set(everything(campaign / "output")) - {"manifest.json"}


def test_warnings_alone_are_no_failure(briefpack: Runner, campaign: Path) -> None:
    put(campaign, {"briefs/more.yml": "title: More\n"})
    ran = briefpack("build", "community")
    assert ran.code == 0
    assert "warning[file-ignored]" in ran.err
    assert ran.out.startswith("community.pdf")


def test_the_version(briefpack: Runner) -> None:
    said = f"exit 0\nstdout:\nbriefpack, version {__version__}\n"
    assert str(briefpack("--version")) == said
    assert str(briefpack("--version", "list")) == said


def test_init_in_the_empty_folder_one_is_in(briefpack: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the message says that there is no campaign; a repository or an environment may be there already."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".gitignore").touch()
    monkeypatch.chdir(tmp_path)
    assert "the folder you are in has files in it already" in briefpack("init", "--ci").err
    assert str(briefpack("init")) == "exit 0\nstdout:\nA campaign is here. Now run:\n  briefpack build\n"
    assert (tmp_path / "briefs" / "campaign.yaml").exists()
    assert "the folder you are in has files in it already" in briefpack("init").err


@pytest.mark.parametrize("command", ["", "init", "build", "check", "list"])
def test_help(briefpack: Runner, command: str) -> None:
    ran = briefpack(*command.split(), "--help")
    assert (ran.code, ran.err) == (0, "")
    assert briefpack(*command.split(), "-h") == ran
    check_golden(GOLDENS / f"help{'-' if command else ''}{command}.txt", ran.out)


# --------------------------------------------------------------------------------- what was not understood


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], "No such command 'biuld'"),
        (["build", "--projcet", "x"], "No such option"),
        (["build", "--output"], "requires an argument"),
        (["init", "a", "b"], "unexpected extra argument"),
        ([], "Usage: briefpack"),
    ],
    ids=lambda value: " ".join(value) or "nothing" if isinstance(value, list) else "",
)
def test_usage(briefpack: Runner, campaign: Path, arguments: list[str], said: str) -> None:
    ran = briefpack(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert everything(campaign).keys() == shipped().keys()


# ------------------------------------------------------------------------------------------ going wrong


def test_a_fault_of_ours_is_a_report_and_not_a_traceback(
    briefpack: Runner, campaign: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object, **__: object) -> NoReturn:
        raise ZeroDivisionError("a measure of nothing")

    monkeypatch.setattr(api, "build", broken)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ran = briefpack("build", "community")
    (report,) = tmp_path.glob("briefpack-fault-*.txt")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err == (
        "briefpack: something went wrong that is not your fault\n"
        "  ZeroDivisionError: a measure of nothing\n"
        f"help: send us the report in {report}; no file was left half-written\n"
    )
    text = report.read_text(encoding="utf-8")
    assert text.startswith(f"briefpack {__version__}, Python ")
    assert "\nbriefpack build community\n" in text
    assert 'raise ZeroDivisionError("a measure of nothing")' in text


def test_an_interrupt_is_taken_calmly(briefpack: Runner, campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(api, "build", interrupted)
    ran = briefpack("build")
    assert ran.code == 130
    assert ran.err.strip() == "stopped; files made so far are whole"


def test_a_broken_brief_does_not_stop_the_others(briefpack: Runner, campaign: Path) -> None:
    put(campaign, {"output/policymakers.pdf": b"earlier"})
    put(campaign, swap(shipped(), "briefs/policymakers.yaml", "message: hours", "message: hour"))
    ran = briefpack("build")
    assert ran.code == 1
    assert "1 error\n" in ran.err
    assert [line.split()[0] for line in ran.out.splitlines()] == ["clinicians.pdf", "community.pdf"]
    assert (campaign / "output" / "policymakers.pdf").read_bytes() == b"earlier"


@pytest.mark.parametrize("no_color", [False, True])
def test_a_person_who_watches_sees_progress_and_colour(
    briefpack: Runner, campaign: Path, monkeypatch: pytest.MonkeyPatch, no_color: bool
) -> None:
    """One line that is wiped away at the end; colour only where nobody has asked for none (https://no-color.org)."""
    put(campaign, swap(shipped(), "briefs/community.yaml", "message: hours", "message: hour"))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("NO_COLOR", "1") if no_color else monkeypatch.delenv("NO_COLOR", raising=False)
    ran = briefpack("build", "community", "policymakers")
    progress, _, findings = ran.err.rpartition("\r\x1b[K")
    lines = progress.split("\r\x1b[K")
    # The second comes at once after a first that cannot be made, and too soon for a person to see both.
    assert [line.partition("] ")[2][:6] for line in lines] in (["", "1 of 2", "2 of 2"], ["", "1 of 2"])
    assert lines[1].endswith(": community")
    assert findings.startswith("error" if no_color else "\x1b[1;31merror")
    assert "\x1b" not in ran.out


# --------------------------------------------------------------------------- another process, another end


def python(campaign: Path, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
    """`briefpack` in a process of its own."""
    source = Path(api.__file__).parents[2]
    code = "from briefpack.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=campaign,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(source), **environment},
    )


def test_in_a_pipe_there_is_neither_colour_nor_progress(campaign: Path) -> None:
    put(campaign, swap(shipped(), "briefs/community.yaml", "message: hours", "message: hour"))
    out, err = ended(python(campaign, "build", "community", TERM="xterm-256color"), 1)
    assert out == b""
    assert b"\x1b" not in err
    assert b"\r" not in err.replace(b"\r\n", b"\n")
    assert err.startswith(b"error[unknown-message]")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
def test_whoever_reads_may_stop_reading(campaign: Path) -> None:
    """As `head` does: no traceback, and no failure that is not one."""
    process = python(campaign, "list")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=60) == 0


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_console_without_the_characters_is_survived(campaign: Path, encoding: str) -> None:
    """Words that a console cannot show are not a fault of ours, neither in findings nor in a list."""
    files = swap(shipped(), "briefs/community.yaml", "headline: A peer", "headline: 🩺 A peer")
    put(campaign, swap(files, "briefs/community.yaml", "title: A peer", "title: A 🩺 peer"))
    _, err = ended(python(campaign, "check", "community", PYTHONIOENCODING=encoding), 1)
    assert b"error[missing-character]" in err
    out, err = ended(python(campaign, "list", PYTHONIOENCODING=encoding), 0)
    assert err == b""
    assert out.count(b"\n") == 4


def ended(process: subprocess.Popen[bytes], code: int) -> tuple[bytes, bytes]:
    """What the process said, once it has ended with `code`."""
    out, err = process.communicate(timeout=60)
    assert process.returncode == code, err
    return out, err
