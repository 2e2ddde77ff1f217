"""What goes wrong outside: disks that fill up, folders that may not be written, turned bits, thousands of documents."""

from __future__ import annotations

import os
import random
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import pytest

from briefpack import api
from briefpack.builds.cache import Cache
from briefpack.builds.hands import Hands, folder_source
from briefpack.builds.outcomes import Outcome
from briefpack.builds.targets import Target
from tests.builds.dask_cluster import SOURCE
from tests.builds.notes import many, note
from tests.builds.seam import build, rounds
from tests.campaigns import everything, put

CODE: Final = "from briefpack.cli import main; main()"


def briefpack(campaign: Path, *arguments: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, in `campaign`."""
    return subprocess.run(
        [sys.executable, "-B", "-c", CODE, *arguments],
        cwd=campaign,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        **how,
    )


# --------------------------------------------------------------------------------------------------- disks


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 128 kB; skips where none may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", str(place)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("no file system may be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("seed", rounds())
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_disk_that_fills_up(small_disk: Path, tmp_path: Path, jobs: str, seed: int) -> None:
    """What fits is there and whole, what does not is said, and once there is room the rest is made."""
    size = random.Random(seed).randrange(48, 180, 4) if seed else 128
    subprocess.run(["mount", "-o", f"remount,size={size}k", str(small_disk)], check=True)
    campaign = put(tmp_path / "campaign", many(12))
    done = briefpack(campaign, "build", "--jobs", jobs, "--output", str(small_disk / "output"))
    assert done.returncode == 1, done.stderr
    assert "error[unwritable-output]: `n-00" in done.stderr
    assert "cannot be written: no space left on device" in done.stderr
    left = everything(small_disk)
    assert 0 < len(left) < 19
    assert not [path for path in left if Path(path).name.startswith(".")]
    assert all(data.rstrip().endswith(b"%%EOF") for path, data in left.items() if path.endswith(".pdf"))
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    done = briefpack(campaign, "build", "--output", str(small_disk / "output"))
    assert (done.returncode, done.stderr) == (0, "")
    build(campaign, tmp_path / "clean", None)
    assert everything(small_disk / "output") == everything(tmp_path / "clean")


@pytest.mark.parametrize("part", ["cache", "index"])
def test_a_full_disk_under_the_cache_or_the_index_is_done_without(small_disk: Path, tmp_path: Path, part: str) -> None:
    campaign = put(tmp_path / "campaign", many(3))
    (small_disk / "filler").write_bytes(b"\0" * 124_000)
    if part == "index":
        (campaign / ".briefpack").symlink_to(small_disk)
    cache = small_disk / "cache" if part == "cache" else tmp_path / "cache"
    done = briefpack(campaign, "build", "--cache", str(cache))
    assert (done.returncode, done.stderr) == (0, "")
    build(campaign, tmp_path / "clean", None)
    assert everything(campaign / "output") == everything(tmp_path / "clean")


@pytest.fixture
def closed_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder with a note that was made, which may only be read now, and the reason as the system says it."""
    campaign = put(tmp_path / "campaign", many(2))
    if os.geteuid() == 0:  # whom permissions hold nobody back
        disk: Path = request.getfixturevalue("small_disk")
        assert not api.build(campaign, ["n-0000"], disk / "output").failed
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        yield disk / "output", "read-only file system"
        return
    folder = tmp_path / "output"
    assert not api.build(campaign, ["n-0000"], folder).failed
    folder.chmod(0o555)
    yield folder, "permission denied"
    folder.chmod(0o755)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_that_may_only_be_read(closed_folder: tuple[Path, str], tmp_path: Path, jobs: str) -> None:
    """Said for each document; what was there stays; what was made is in the cache for another folder."""
    folder, reason = closed_folder
    campaign = tmp_path / "campaign"
    put(campaign, {"briefs/n-0000.yaml": note(0, "Something else. [@faq]")})
    before = everything(folder)
    done = briefpack(campaign, "build", "n-*", "--jobs", jobs, "--output", str(folder))
    assert done.returncode == 1, done.stderr
    assert done.stderr.count("error[unwritable-output]: ") == 2
    assert f"`n-0000.pdf` cannot be written: {reason}" in done.stderr
    assert everything(folder) == before
    report = api.build(campaign, ["n-*"], tmp_path / "else", cache=campaign / ".briefpack" / "cache")
    assert (report.failed, report.restored) == (False, 2)


# ---------------------------------------------------------------------------------------------------- bits


@pytest.mark.parametrize("seed", rounds(4))
def test_turned_bits_change_nothing(tmp_path: Path, seed: int) -> None:
    """A bit turned in any file that Briefpack keeps or made: the next build makes what a clean one does."""
    chance = random.Random(seed)
    campaign = put(tmp_path / "campaign", many(2))
    cache = campaign / ".briefpack" / "cache"
    api.build(campaign, cache=cache)
    put(campaign, {"briefs/n-0000.yaml": note(0, "Something else. [@faq]")})
    api.build(campaign, cache=cache)
    put(campaign, many(2))
    kept = [path for folder in (".briefpack", "output") for path in sorted((campaign / folder).rglob("*"))]
    for path in chance.sample([path for path in kept if path.is_file()], 12):
        data = bytearray(path.read_bytes())
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    assert not api.build(campaign, cache=cache).failed
    build(campaign, tmp_path / "clean", None)
    assert everything(campaign / "output") == everything(tmp_path / "clean")


# ---------------------------------------------------------------------------------------------------- many


class Copying(Executor):
    """Makes one target, and gives it back under the name of every other: a thousand documents for the price of one."""

    def __init__(self) -> None:
        self._first: Outcome | None = None

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        target: Target = args[1]
        if self._first is None:
            self._first = fn(*args)
        assert self._first.noted is not None
        noted = self._first.noted
        own = {f"brief:{target.document}", f"file:{target.path}"}
        keys = frozenset(key for key in noted.keys if not key.startswith("brief:n-")) | own
        made = replace(noted.made, path=f"{target.document}.pdf", name=target.document, title=target.title)
        future.set_result(replace(self._first, noted=replace(noted, made=made, keys=keys)))
        return future


def timed(command: Sequence[str], folder: Path) -> tuple[float, float, str]:
    """Seconds by the wall and of the processor that `command` takes, and what it says."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    env = {**os.environ, "PYTHONPATH": str(SOURCE)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=True, timeout=120)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, used, done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="no processor time of children there")
def test_two_thousand_documents_that_are_up_to_date_take_no_time(tmp_path: Path) -> None:
    """The bound is 0.3 s on a machine of 2024 with nothing else to do; a busy one may take twice as long."""
    campaign = put(tmp_path / "campaign", many(2000))
    executor = Copying()
    hands = Hands(lambda: executor, 1000, lambda: executor, folder_source, local=False)
    built = build(campaign, campaign / "output", hands, cache=Cache(campaign / ".briefpack" / "cache"), names="n-")
    assert (len(built.made), built.found) == (2000, [])
    command = [sys.executable, "-c", CODE, "build", "n-*"]
    time.sleep(2.1)  # until what was written counts as left alone
    timed(command, campaign)  # which takes note of that
    taken = [timed(command, campaign) for _ in range(5)]
    assert {said for _, _, said in taken} == {"2000 up to date\n"}
    assert min(used for _, used, _ in taken) <= 0.3 * 2
