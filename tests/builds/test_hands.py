"""Many hands: the same files, findings and order whoever makes them, and what happens when workers die."""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import Executor
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from briefpack import api
from briefpack.builds.build import Built
from briefpack.builds.cache import Cache
from briefpack.builds.hands import Hands, by_processes, folder_source, make_target
from briefpack.builds.judging import Judging
from briefpack.builds.processes import Processes, Start
from briefpack.builds.sites import Loading, Site
from briefpack.builds.targets import every_target
from briefpack.project.files import DiskFiles
from briefpack.project.load import load_project
from tests.builds.notes import many, with_slips
from tests.builds.seam import build, eager, killing, rounds
from tests.campaigns import everything, put

COUNT: Final = 24
POSIX: Final = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Notes, some of which have errors or warnings."""
    return put(tmp_path_factory.mktemp("hands") / "campaign", with_slips(COUNT))


@pytest.fixture(scope="module")
def serial(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, dict[str, bytes]]:
    """What one process makes, one target after the other."""
    output = tmp_path_factory.mktemp("serial")
    return build(campaign, output, None), everything(output)


def pools() -> list[tuple[Start, int]]:
    return [("fork", 1), ("fork", 3), ("spawn", 2)] if sys.platform.startswith("linux") else [("spawn", 2)]


@pytest.mark.parametrize("start", sorted({start for start, _ in pools()}))
def test_a_worker_looks_for_garbage_as_seldom_as_a_build_does(start: Start) -> None:
    """Between its targets too: what it keeps of a page is not garbage."""
    with Processes(1, start) as pool:
        assert pool.submit(gc.get_threshold).result()[0] >= 200_000


def test_what_a_target_read_is_given_back_to_who_asks_for_it(campaign: Path, tmp_path: Path) -> None:
    """The file and the findings are the same, asked or not."""
    files = DiskFiles(campaign)
    project = load_project(files).project
    assert project is not None
    loading = Loading(files, project, (), dict(files.reads))
    source = folder_source(loading, Site(campaign, tmp_path), Judging(date(2026, 11, 25)))
    target = every_target(project)[0]
    asked, unasked = make_target(source, target), make_target(replace(source, traced=False), target)
    assert asked.noted is not None
    assert unasked.noted is not None
    assert asked.noted.made == unasked.noted.made
    assert (bool(asked.noted.keys), bool(asked.reads)) == (True, True)
    assert (unasked.noted.keys, unasked.reads) == (frozenset(), ())


@pytest.mark.parametrize(("start", "count"), pools())
def test_processes_make_what_one_makes(
    campaign: Path, serial: tuple[Built, dict[str, bytes]], tmp_path: Path, start: Start, count: int
) -> None:
    """Files, manifest, findings, and the order of both."""
    built = build(campaign, tmp_path, eager(by_processes(count, start)))
    assert everything(tmp_path) == serial[1]
    assert built.found == serial[0].found
    assert built.made == serial[0].made


def test_little_work_is_done_without_others(campaign: Path, tmp_path: Path) -> None:
    def never() -> Executor:
        raise AssertionError("not worth it")

    files = {path: data for path, data in many(2).items() if "/n-" in path or not path.startswith("briefs/n-")}
    small = put(tmp_path / "small", files)
    assert build(small, tmp_path / "output", replace(by_processes(4), open=never)).found == []


@pytest.mark.parametrize("hands", [None, eager(by_processes(3))], ids=["one", "three"])
def test_the_first_that_fails_is_the_last_said(campaign: Path, tmp_path: Path, hands: Hands | None) -> None:
    """However many work at once."""
    built = build(campaign, tmp_path, hands, fail_fast=True)
    assert [item.rule for item in built.found] == ["unknown-fact"]
    assert {"n-0000.pdf", "n-0002.pdf", "clinic.pdf"} <= set(everything(tmp_path))
    assert not (tmp_path / "n-0023.pdf").exists()


# -------------------------------------------------------------------------------------------- faults


def workers() -> list[int]:
    """The processes that this one has begun."""
    import multiprocessing

    found = [child.pid for child in multiprocessing.active_children() if child.pid is not None]
    random.Random(0).shuffle(found)
    return found


@POSIX
@pytest.mark.parametrize("seed", rounds(3))
def test_workers_that_are_killed_cost_nothing_but_time(
    campaign: Path, serial: tuple[Built, dict[str, bytes]], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    pauses = [chance.uniform(0.05, 0.3) for _ in range(3)]
    hands = replace(eager(by_processes(2, "fork")), again=lambda: Processes(1, "fork"))
    with killing(workers, pauses):
        built = build(campaign, tmp_path, hands)
    # The same target twice may happen, and is said; all others are there.
    lost = {Path(item.file or "").stem for item in built.found if item.rule == "worker-lost"}
    kept = {path for path in serial[1] if Path(path).stem.removesuffix("-grayscale") not in lost}
    kept -= {"manifest.json"} if lost else set()
    found = everything(tmp_path)
    assert {path: found.get(path) for path in kept} == {path: serial[1][path] for path in kept}
    assert [item for item in built.found if item.rule != "worker-lost"] == [
        item for item in serial[0].found if Path(item.file or "").stem not in lost
    ]


class Deadly(Processes):
    """A pool in which whoever makes one of some targets dies."""

    def __init__(self, count: int, names: tuple[str, ...]) -> None:
        super().__init__(count, "fork")
        self.names = names

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        if args[1].name in self.names:
            return super().submit(os._exit, 1)
        return super().submit(fn, *args, **kwargs)


@POSIX
def test_a_target_that_kills_its_worker_twice_is_named_and_the_others_are_made(
    campaign: Path, serial: tuple[Built, dict[str, bytes]], tmp_path: Path
) -> None:
    names = ("n-0007", "own")
    hands = replace(eager(by_processes(2)), open=lambda: Deadly(2, names), again=lambda: Deadly(1, names))
    built = build(campaign, tmp_path, hands)
    lost = [(item.message, item.path) for item in built.found if item.rule == "worker-lost"]
    assert lost == [
        ("the process that made `n-0007` died, twice", "briefs/n-0007.yaml"),
        ("the process that made `own` died, twice", "briefs/own.yaml"),
    ]
    expected = {path for path in serial[1] if path not in ("n-0007.pdf", "own.pdf")}
    assert set(everything(tmp_path)) == expected


def command(campaign: Path, *arguments: str) -> subprocess.Popen[bytes]:
    # What runs tests in the background may have had Ctrl-C ignored by all that it begins.
    heard = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{heard}; from briefpack.cli import main; main()"
    source = Path(api.__file__).parents[2]
    return subprocess.Popen(
        [sys.executable, "-c", code, "build", *arguments],
        cwd=campaign,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(source)},
        start_new_session=True,
    )


def children(pid: int) -> list[int]:
    done = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in done.stdout.split()]


def alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["kill", "ctrl-c"])
def test_a_build_that_is_ended_leaves_whole_files_and_no_processes(
    tmp_path: Path, serial: tuple[Built, dict[str, bytes]], how: signal.Signals
) -> None:
    """And the next one finishes what it began, to the same bytes as if nothing had happened."""
    campaign = put(tmp_path / "campaign", many(60))
    chance = random.Random(how)
    for _ in rounds(2):
        output = campaign / "output"
        before = len(list(output.glob("*.pdf")))
        process = command(campaign, "--jobs", "2")
        while len(list(output.glob("*.pdf"))) == before and process.poll() is None:
            time.sleep(0.01)
        time.sleep(chance.uniform(0, 0.2))
        family = children(process.pid)
        if how == signal.SIGINT:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(process.pid, how)
        else:
            process.kill()
        _, said = process.communicate(timeout=30)
        if how == signal.SIGINT and process.returncode != 0:
            assert process.returncode == 130
            assert b"stopped; files made so far are whole" in said
            assert b"Traceback" not in said
        waited = time.monotonic() + 10
        while any(alive(pid) for pid in family) and time.monotonic() < waited:
            time.sleep(0.05)
        assert not [pid for pid in family if alive(pid)]
        for path in output.glob("*.pdf"):
            assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert not api.build(campaign, cache=campaign / ".briefpack" / "cache").failed
    api.build(campaign, output=tmp_path / "clean")
    found = {
        path: data for path, data in everything(campaign / "output").items() if not Path(path).name.startswith(".")
    }
    assert found == everything(tmp_path / "clean")


@pytest.mark.parametrize("seed", rounds())
def test_two_builds_at_once_in_one_folder(tmp_path: Path, seed: int) -> None:
    """One a moment after the other, of files that are there in part."""
    chance = random.Random(seed)
    campaign = put(tmp_path / "campaign", many(30))
    processes = [command(campaign, "--jobs", "1")]
    time.sleep(chance.uniform(0, 1.5) if seed else 0)
    processes.append(command(campaign, "--jobs", "2"))
    for process in processes:
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, (out, err)
    api.build(campaign, output=tmp_path / "clean")
    assert everything(campaign / "output") == everything(tmp_path / "clean")
    assert len(json.loads((campaign / "output" / "manifest.json").read_text(encoding="utf-8"))["files"]) == 37
    assert api.build(campaign, cache=campaign / ".briefpack" / "cache").current == 37


@POSIX
@pytest.mark.parametrize("seed", rounds())
def test_one_of_two_builds_at_once_is_killed(tmp_path: Path, seed: int) -> None:
    """The other goes on as if it had been alone."""
    chance = random.Random(seed)
    campaign = put(tmp_path / "campaign", many(30))
    doomed, other = (command(campaign, "--jobs", "1") for _ in range(2))
    while not list((campaign / "output").glob("*.pdf")) and doomed.poll() is None:
        time.sleep(0.01)
    time.sleep(chance.uniform(0, 1))
    doomed.kill()
    doomed.communicate(timeout=30)
    out, err = other.communicate(timeout=120)
    assert other.returncode == 0, (out, err)
    api.build(campaign, output=tmp_path / "clean")
    found = everything(campaign / "output")
    assert {path: found[path] for path in found if not Path(path).name.startswith(".")} == everything(
        tmp_path / "clean"
    )


def test_two_builds_at_once_of_other_targets_are_both_in_the_manifest(tmp_path: Path) -> None:
    campaign = put(tmp_path / "campaign", many(8))
    for _ in range(2):
        processes = [command(campaign, "--jobs", "1", "--no-cache", name) for name in ("n-*", "o*", "tag:spring")]
        for process in processes:
            out, err = process.communicate(timeout=120)
            assert process.returncode == 0, (out, err)
    api.build(campaign, ["n-*", "o*", "tag:spring"], tmp_path / "clean")
    assert everything(campaign / "output") == everything(tmp_path / "clean")


@pytest.mark.skipif(not Path("/dev/full").exists() or os.name != "posix", reason="needs limits on files")
def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """Files over a limit cannot be written, as on a full disk: said for each, and nothing is left half-written."""
    campaign = put(tmp_path / "campaign", many(3))
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
        "sys.argv = ['briefpack', 'build', '--jobs', '1']; from briefpack.cli import main; main()"
    )
    source = Path(api.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=campaign,
        env={**os.environ, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1, done.stderr
    assert "`clinic.pdf` cannot be written: file too large" in done.stderr
    assert [path for path in everything(campaign / "output") if path.endswith(".pdf")] == []
    assert not [path for path in everything(campaign) if Path(path).name.startswith((".n", ".clinic"))]
    assert not api.build(campaign, cache=campaign / ".briefpack" / "cache").failed


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="as root, permissions hold nobody back")
def test_an_output_folder_that_cannot_be_written(tmp_path: Path) -> None:
    campaign = put(tmp_path / "campaign", many(1))
    (campaign / "output").write_bytes(b"a file")
    report = api.build(campaign, cache=campaign / "cache", jobs=2)
    assert [item.rule for item in report.diagnostics] == ["unwritable-output"]
    assert Cache(campaign / "cache").corrupt == 0
