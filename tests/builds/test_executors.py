"""The seam that targets are made behind, held by one kit for whoever is behind it.

An executor in this process, a pool of processes however they begin, and the workers of a real Dask scheduler, which
have the campaign in a folder or are sent it.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from briefpack.builds.addresses import read_address
from briefpack.builds.build import Built
from briefpack.builds.clusters import Cluster, by_dask
from briefpack.builds.copies import Copies, CopiesMade, Wish
from briefpack.builds.hands import Hands, Source, by_executor, by_processes
from briefpack.builds.judging import Judging
from briefpack.builds.naming import Pattern
from briefpack.builds.sites import Loading, Site
from briefpack.builds.survey import Rows
from briefpack.builds.targets import every_target
from briefpack.project.data.reading import DataFile
from briefpack.project.files import DiskFiles
from briefpack.project.load import load_project
from tests.builds.dask_cluster import SOURCE, DaskCluster, dask_cluster
from tests.builds.notes import many, note, with_slips
from tests.builds.seam import build, eager, killing, rounds
from tests.builds.test_copies import CAMPAIGN as COPIED
from tests.builds.test_copies import rows
from tests.campaigns import everything, put

COUNT: Final = 12

pytest.importorskip("distributed")


class InThisProcess(Executor):
    """Whoever asks does the work, at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except BaseException as error:  # noqa: BLE001 -- as executors do
            future.set_exception(error)
        return future


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    with dask_cluster(tmp_path_factory.mktemp("dask")) as cluster:
        yield cluster


def at(cluster: DaskCluster, patience: float) -> Hands:
    return by_dask(read_address(cluster.address.replace("tcp", "dask")), patience)


Behind = Callable[[Path], Hands]
"""Hands for the campaign in a folder."""

KINDS: Final = (
    "this process",
    *(("fork", "forkserver") if sys.platform.startswith("linux") else ()),
    "spawn",
    "dask, a folder",
    "dask, sent",
)
ELSEWHERE: Final = tuple(kind for kind in KINDS if kind not in ("this process", "fork"))


@pytest.fixture
def behind(request: pytest.FixtureRequest) -> Behind:
    """Who is behind the seam."""
    match str(request.param):
        case "this process":
            return lambda campaign: by_executor(InThisProcess())
        case "fork" | "forkserver" | "spawn" as start:
            return lambda campaign: eager(by_processes(2, start))
        case kind:
            address: str = request.getfixturevalue("dask").address.replace("tcp", "dask")
            shared = kind.endswith("folder")
            return lambda campaign: by_dask(read_address(f"{address}?folder={campaign}" if shared else address))


everybody = pytest.mark.parametrize("behind", KINDS, indirect=True)
elsewhere = pytest.mark.parametrize("behind", ELSEWHERE, indirect=True)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Notes, some of which have errors or warnings."""
    return put(tmp_path_factory.mktemp("executors") / "campaign", with_slips(COUNT))


@pytest.fixture(scope="module")
def serial(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, dict[str, bytes]]:
    """What one process makes, one target after the other."""
    output = tmp_path_factory.mktemp("serial")
    return build(campaign, output, None), everything(output)


# ------------------------------------------------------------------------------------------------ the kit


@everybody
def test_files_findings_and_their_order_are_those_of_one_process(
    behind: Behind, campaign: Path, serial: tuple[Built, dict[str, bytes]], tmp_path: Path
) -> None:
    """And the manifest, and what a worker found wrong, as if it had been found here."""
    built = build(campaign, tmp_path, behind(campaign))
    assert everything(tmp_path) == serial[1]
    assert built.found == serial[0].found
    assert built.made == serial[0].made


@everybody
def test_the_first_that_fails_is_the_last_said(behind: Behind, campaign: Path, tmp_path: Path) -> None:
    built = build(campaign, tmp_path, behind(campaign), fail_fast=True)
    assert [item.rule for item in built.found] == ["unknown-fact"]
    assert {"n-0000.pdf", "n-0002.pdf", "clinic.pdf"} <= set(everything(tmp_path))


@everybody
def test_workers_see_what_was_changed_between_two_builds(behind: Behind, tmp_path: Path) -> None:
    """They keep a project open from one build to the next, and are not fooled by it."""
    campaign = put(tmp_path / "campaign", many(2))
    build(campaign, tmp_path / "before", behind(campaign))
    put(campaign, {"briefs/n-0001.yaml": note(1, "Something else. [@faq]")})
    build(campaign, tmp_path / "after", behind(campaign))
    build(campaign, tmp_path / "expected", None)
    assert everything(tmp_path / "after") == everything(tmp_path / "expected")
    assert everything(tmp_path / "after")["n-0001.pdf"] != everything(tmp_path / "before")["n-0001.pdf"]


@everybody
def test_the_date_is_that_of_who_asks(behind: Behind, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The workers of the Dask scheduler were started with another."""
    campaign = put(tmp_path / "campaign", many(1))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    for name, hands in (("many", behind(campaign)), ("one", None)):
        build(campaign, tmp_path / name, hands)
    assert everything(tmp_path / "many") == everything(tmp_path / "one")


def copies(campaign: Path, output: Path, hands: Hands | None, merge: int | None = None) -> CopiesMade:
    """A copy of the brief `copy` for each row of `clinics.csv`, made by `hands` into `output`."""
    files = DiskFiles(campaign)
    loaded = load_project(files)
    assert loaded.project is not None
    (target,) = (target for target in every_target(loaded.project) if target.name == "copy")
    columns = loaded.project.briefs["copy"].data
    made = Copies(
        Site(campaign, output),
        Loading(files, loaded.project, loaded.diagnostics, dict(files.reads)),
        Judging(date(2026, 11, 25)),
        target,
        Rows(DataFile(campaign / "clinics.csv", "clinics.csv"), columns, "copy", Pattern.read("{{ id }}", columns)),
        Wish(merge=merge),
        hands,
    )
    return made.run()


@everybody
def test_copies_are_those_of_one_process(behind: Behind, tmp_path: Path) -> None:
    """Those that a worker elsewhere made come back, and are up to date for the next build; merged ones too."""
    content = rows(50).replace("Clinic 7,", " ".join(["Very long name of a clinic"] * 900) + ",")
    campaign = put(tmp_path / "campaign", {**COPIED, "clinics.csv": content})
    alone = copies(campaign, tmp_path / "alone", None)
    made = copies(campaign, tmp_path / "many", behind(campaign))
    assert everything(tmp_path / "many") == everything(tmp_path / "alone")
    assert (made.made, made.failed, made.found) == (alone.made, alone.failed, alone.found) == (49, 1, alone.found)
    again = copies(campaign, tmp_path / "many", behind(campaign))
    assert (again.made, again.current, again.failed) == (0, 49, 1)
    for hands, name in ((None, "one sheet"), (behind(campaign), "many sheets")):
        copies(campaign, tmp_path / name, hands, merge=20)
    assert everything(tmp_path / "many sheets") == everything(tmp_path / "one sheet")


@elsewhere
def test_copies_of_files_that_have_changed_are_not_made(behind: Behind, tmp_path: Path) -> None:
    campaign = put(
        tmp_path / "campaign", {**COPIED, "clinics.csv": rows(30), "briefs/here.yaml": note(1, tmp_path.name)}
    )
    hands = behind(campaign)

    def changed(loading: Loading, site: Site, judging: Judging) -> Source:
        put(campaign, {"briefs/facts.yaml": "facts: {}\n"})
        return hands.source(loading, site, judging)

    made = copies(campaign, tmp_path / "output", replace(hands, source=changed))
    assert (made.made, made.failed > 0) == (0, True)
    assert {item.rule for item in made.found} == {"campaign-changed"}


@elsewhere
def test_files_that_change_under_a_build_are_said(behind: Behind, tmp_path: Path) -> None:
    """A document is made of one state of the campaign or not at all. A forked worker has the state that was read."""
    campaign = put(tmp_path / "campaign", {**many(1), "briefs/plain.yaml": note(1, f"Only {tmp_path.name}. [@faq]")})
    hands = behind(campaign)

    def changed(loading: Loading, site: Site, judging: Judging) -> Source:
        put(campaign, {"briefs/facts.yaml": "facts: {}\n"})
        return hands.source(loading, site, judging)

    built = build(campaign, tmp_path / "output", replace(hands, source=changed))
    assert {item.rule for item in built.found} == {"campaign-changed"}
    assert set(everything(tmp_path / "output")) == {"manifest.json"}


def test_a_folder_that_workers_do_not_have_is_said(dask: DaskCluster, campaign: Path, tmp_path: Path) -> None:
    address = dask.address.replace("tcp", "dask")
    built = build(campaign, tmp_path, by_dask(read_address(f"{address}?folder={tmp_path / 'nowhere'}")), names="own")
    assert [(item.rule, item.message, item.path) for item in built.found] == [
        (
            "worker-differs",
            "the worker that was to make `own` finds no campaign in the folder that it was told",
            "briefs/own.yaml",
        )
    ]


# ------------------------------------------------------------------------------------------------- faults


@pytest.mark.parametrize("seed", rounds())
@pytest.mark.parametrize("behind", ["dask, a folder", "dask, sent"], indirect=True)
def test_dask_workers_that_are_killed_cost_nothing_but_time(
    dask: DaskCluster,
    behind: Behind,
    campaign: Path,
    serial: tuple[Built, dict[str, bytes]],
    tmp_path: Path,
    seed: int,
) -> None:
    """At random moments, one of the two or both; the bundle that they were sent is not lost with them."""
    chance = random.Random(seed)
    victims = dask.pids()
    chance.shuffle(victims)
    with killing(lambda: [victims.pop()] if victims else [], [chance.uniform(0.05, 0.4) for _ in victims]):
        built = build(campaign, tmp_path, behind(campaign))
    assert built.found == serial[0].found
    assert everything(tmp_path) == serial[1]


class Deadly(Cluster):
    """A cluster in which whoever makes a certain target dies."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Any:
        if args[1].name == "n-0007":
            return super().submit(os._exit, 1)
        return super().submit(fn, *args, **kwargs)


def test_a_target_that_kills_dask_workers_is_named_and_the_others_are_made(
    dask: DaskCluster, campaign: Path, serial: tuple[Built, dict[str, bytes]], tmp_path: Path
) -> None:
    address = read_address(dask.address.replace("tcp", "dask"))

    def opened() -> Executor:
        return Deadly(address, 30)

    built = build(campaign, tmp_path, replace(by_dask(address), open=opened, again=opened))
    assert [(item.message, item.path) for item in built.found if item.rule == "worker-lost"] == [
        ("the process that made `n-0007` died, twice", "briefs/n-0007.yaml")
    ]
    assert set(everything(tmp_path)) == set(serial[1]) - {"n-0007.pdf"}


def test_a_scheduler_that_goes_is_said_and_what_was_made_is_kept(tmp_path: Path) -> None:
    campaign = put(tmp_path / "campaign", many(60))
    with dask_cluster(put(tmp_path / "dask", {"note": ""})) as cluster:
        hands = at(cluster, 3)
        process = cluster.processes[0].pid
        output = tmp_path / "output"

        def ready() -> list[int]:
            return [process] if list(output.glob("*.pdf")) else []

        with killing(ready, [0.02] * 2000):
            built = build(campaign, output, hands)
    assert [item.rule for item in built.found] == ["no-workers"]
    assert built.found[0].message == f"no Dask scheduler answers at `{cluster.address}`"
    made = everything(output)
    assert 1 < len(made) < 67
    build(campaign, tmp_path / "clean", None)
    clean = everything(tmp_path / "clean")
    assert all(made[path] == clean[path] for path in made if path != "manifest.json")


def command(campaign: Path, *arguments: str) -> subprocess.Popen[bytes]:
    code = "from briefpack.cli import main; main()"
    return subprocess.Popen(
        [sys.executable, "-c", code, "build", *arguments],
        cwd=campaign,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        start_new_session=True,
    )


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("seed", rounds())
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["kill", "ctrl-c"])
def test_a_build_by_dask_that_is_ended_goes_on_where_it_was(
    dask: DaskCluster, tmp_path: Path, how: int, seed: int
) -> None:
    campaign = put(tmp_path / "campaign", many(40))
    options = ("--executor", dask.address.replace("tcp", "dask"))
    process = command(campaign, *options)
    until = time.monotonic() + 60
    while not list((campaign / "output").glob("*.pdf")) and time.monotonic() < until:
        time.sleep(0.01)
    time.sleep(random.Random(seed).uniform(0, 0.5) if seed else 0)
    process.send_signal(how)
    _, said = process.communicate(timeout=60)
    assert b"Traceback" not in said
    for path in (campaign / "output").glob("*.pdf"):
        assert path.read_bytes().rstrip().endswith(b"%%EOF")
    process = command(campaign, *options)
    _, said = process.communicate(timeout=120)
    assert (process.returncode, said) == (0, b"")
    build(campaign, tmp_path / "clean", None)
    found = everything(campaign / "output")
    assert {path: found[path] for path in found if not Path(path).name.startswith(".")} == everything(
        tmp_path / "clean"
    )


# ---------------------------------------------------------------------------------- workers that cannot be had


def test_a_scheduler_that_is_not_there_or_has_no_workers(tmp_path: Path) -> None:
    campaign = put(tmp_path / "campaign", many(1))
    with dask_cluster(put(tmp_path / "dask", {"note": ""}), workers=0) as cluster:
        built = build(campaign, tmp_path / "output", at(cluster, 1))
    [found] = built.found
    assert found.message == f"the Dask scheduler at `{cluster.address}` has no workers"
    assert found.help == f"start some with `dask worker {cluster.address}`"
    built = build(campaign, tmp_path / "output", at(cluster, 1))
    assert [item.message for item in built.found] == [f"no Dask scheduler answers at `{cluster.address}`"]


@pytest.mark.parametrize("other", ["another version", "none"])
def test_a_worker_that_would_make_other_files_is_refused(tmp_path: Path, other: str) -> None:
    """One that has another Briefpack, or has none."""
    campaign = put(tmp_path / "campaign", many(1))
    strange = tmp_path / "strange"
    if other == "none":
        put(strange, {"briefpack/__init__.py": "raise ImportError('not here')\n"})
    else:
        shutil.copytree(SOURCE / "briefpack", strange / "briefpack", ignore=shutil.ignore_patterns("__pycache__"))
        put(
            strange, {"briefpack/builds/costs.py": (SOURCE / "briefpack/builds/costs.py").read_text() + "\n# changed\n"}
        )
    with dask_cluster(put(tmp_path / "dask", {"note": ""}), workers=0) as cluster:
        cluster.add_workers(1, {"PYTHONPATH": str(strange)}, nanny=False)
        built = build(campaign, tmp_path / "output", at(cluster, 20))
    [found] = built.found
    assert found.rule == "worker-differs"
    assert found.message.startswith("the Dask worker `tcp://127.0.0.1:")
    assert found.message.endswith("cannot be used: another version of Briefpack, of Python or of a library is there")
    assert set(everything(tmp_path / "output")) == {"manifest.json"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dask",
        "dask://",
        "dask://host",
        "dask://host:port",
        "tcp://host:1",
        "dask://h:1?dir=x",
        "dask://h:1?folder=",
    ],
)
def test_what_is_no_address(text: str) -> None:
    with pytest.raises(ValueError, match="write it as `dask://HOST:PORT` or `dask://HOST:PORT"):
        read_address(text)


def test_addresses() -> None:
    assert (
        str(read_address("dask://[::1]:8786?folder=/mnt/a b"))
        == "Address(scheduler='tcp://[::1]:8786', folder='/mnt/a b')"
    )
    assert read_address("dask+tls://host:8786").scheduler == "tls://host:8786"
