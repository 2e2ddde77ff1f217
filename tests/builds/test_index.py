"""The index: quick when nothing has changed, and not to be fooled."""

from __future__ import annotations

import gc
import importlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from briefpack import api
from briefpack.api.choosing import open_files
from briefpack.builds.collecting import paused
from briefpack.builds.index import index_path, read_index
from tests.builds.notes import FILES, note
from tests.campaigns import everything, put

HEAVY = ("pydantic", "yaml", "jinja2", "reportlab", "uharfbuzz", "pypdf", "PIL")


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """A campaign whose files were left alone for a while before it was built."""
    folder = put(tmp_path / "campaign", FILES)
    build(folder)
    return folder


def build(campaign: Path) -> api.Report:
    return api.build(campaign, cache=campaign / "cache")


def signs(campaign: Path) -> dict[str, bool]:
    """Whether the index has a sign of each input file."""
    index = read_index(index_path(campaign, campaign / "output"))
    return {path: watched.sign is not None for path, watched in index.files.items() if "*" not in path}


def aged(campaign: Path) -> None:
    """Wait until what was just written counts as left alone."""
    time.sleep(2.05)
    build(campaign)


def test_a_build_with_nothing_to_do_imports_nothing_heavy(campaign: Path) -> None:
    code = (
        "import sys; sys.argv = ['briefpack', 'build', '--cache', 'cache']\n"
        "from briefpack.cli import main\n"
        "try: main()\nfinally: print(sorted(m for m in sys.modules if '.' not in m), file=sys.stderr)"
    )
    source = Path(api.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=campaign,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout == "7 up to date\n"
    loaded = set(json.loads(done.stderr.replace("'", '"')))
    assert loaded.isdisjoint(HEAVY)
    assert "click" in loaded


def test_a_change_within_a_tick_of_the_clock_is_seen(campaign: Path) -> None:
    """Same size, same times: what git calls racy."""
    path = campaign / "briefs" / "plain.yaml"
    before = path.stat()
    assert not any(signs(campaign).values())
    path.write_text(path.read_text(encoding="utf-8").replace("Nothing", "Noththg"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert {entry.name for entry in build(campaign).made} == {"plain", "both"}


def test_a_time_that_was_set_back_is_seen(campaign: Path) -> None:
    aged(campaign)
    assert all(found for path, found in signs(campaign).items() if (campaign / path).exists())
    path = campaign / "briefs" / "plain.yaml"
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("Nothing", "Noththg"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_size == before.st_size
    assert {entry.name for entry in build(campaign).made} == {"plain", "both"}


def test_a_file_that_was_only_touched_is_no_change(campaign: Path) -> None:
    aged(campaign)
    (campaign / "briefs" / "plain.yaml").touch()
    report = build(campaign)
    assert (report.made, report.current) == ((), 7)


def test_a_new_and_a_deleted_file_are_seen(campaign: Path) -> None:
    aged(campaign)
    text = FILES["briefs/plain.yaml"]
    put(campaign, {"briefs/more.yaml": text})
    assert [entry.name for entry in build(campaign).made] == ["more"]
    (campaign / "briefs" / "more.yaml").unlink()
    report = build(campaign)
    assert (report.made, report.current) == ((), 7)


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"format": 1}', b"\xff\x00", b'{"format": 0}'])
def test_a_damaged_index_is_as_good_as_none(campaign: Path, damage: bytes) -> None:
    before = everything(campaign / "output")
    index_path(campaign, campaign / "output").write_bytes(damage)
    report = build(campaign)
    assert report.restored == 7
    assert everything(campaign / "output") == before


def test_the_manifest_is_put_back(campaign: Path) -> None:
    before = everything(campaign / "output")
    (campaign / "output" / "manifest.json").unlink()
    report = build(campaign)
    assert report.made == ()
    assert everything(campaign / "output") == before


def test_what_is_kept_is_hidden_from_version_control(campaign: Path) -> None:
    assert (campaign / ".briefpack" / ".gitignore").read_text(encoding="utf-8").endswith("\n*\n")
    assert (
        (campaign / ".briefpack" / "CACHEDIR.TAG")
        .read_bytes()
        .startswith(b"Signature: 8a477f597d28d172789f06886806bc55")
    )


def test_what_is_installed_while_a_build_is_at_work_is_seen_by_the_next(
    campaign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The documents were made with what was there before."""
    libraries = tmp_path / "libraries"
    monkeypatch.syspath_prepend(libraries)

    def install(version: str) -> None:
        shutil.rmtree(libraries, ignore_errors=True)
        about = f"Metadata-Version: 2.1\nName: fontpkg-made-up\nVersion: {version}\n"
        put(libraries, {f"fontpkg_made_up-{version}.dist-info/METADATA": about})
        importlib.invalidate_caches()

    install("1.0")
    assert len(api.build(campaign, cache=campaign / "cache").made) == 7
    put(campaign, {"briefs/own.yaml": note(2, "Something else. [@faq]")})
    report = api.build(
        campaign, ["own"], None, lambda at, count, name: install("2.0"), cache=campaign / "cache", jobs=1
    )
    assert [entry.name for entry in report.made] == ["own"]
    assert [entry.name for entry in api.build(campaign, ["own"], cache=campaign / "cache").made] == ["own"]
    assert api.build(campaign, ["own"], cache=campaign / "cache").made == ()


def test_a_list_is_known_from_the_index_while_nothing_has_changed(campaign: Path) -> None:
    """Without a look into the campaign, and with one where something has changed or is wrong."""
    aged(campaign)
    done = listed(campaign)
    assert done.stdout.count("\n") == 6
    assert set(json.loads(done.stderr.replace("'", '"'))).isdisjoint(HEAVY)
    put(campaign, {"briefs/more.yaml": note(9, "One more. [@faq]")})
    assert "more  " in listed(campaign).stdout
    put(campaign, {"briefs/more.yaml": "layout: nothing\n"})
    assert api.targets(campaign).failed


def listed(campaign: Path) -> subprocess.CompletedProcess[str]:
    """`briefpack list`, with the modules that it imported on the side of errors."""
    code = (
        "import sys; sys.argv = ['briefpack', 'list']\n"
        "from briefpack.cli import main\n"
        "try: main()\nfinally: print(sorted(m for m in sys.modules if '.' not in m), file=sys.stderr)"
    )
    source = Path(api.__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=campaign,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )


def test_garbage_is_collected_seldom_while_documents_are_made(campaign: Path) -> None:
    """And as often as before when they are."""
    before = gc.get_threshold()
    seen: list[int] = []
    api.build(campaign, ["plain"], progress=lambda at, count, name: seen.append(gc.get_threshold()[0]))
    assert seen == [200_000]
    assert gc.get_threshold() == before


def test_a_project_is_no_news_to_the_garbage_collector(campaign: Path) -> None:
    """What was read is among what is old, and collecting goes on."""
    gc.collect()
    before = gc.get_count()
    _, loaded = open_files(campaign)
    assert loaded.project is not None
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
    assert gc.get_count()[0] < before[0] + 500
    with paused():
        assert not gc.isenabled()
        with paused():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_garbage_is_collected_seldom_while_a_project_is_open(campaign: Path) -> None:
    before = gc.get_threshold()
    files = {str(path.relative_to(campaign)): path.read_bytes() for path in campaign.rglob("*.*") if path.is_file()}
    first = api.open_project(files)
    second = api.open_project(files)
    assert gc.get_threshold()[0] == 200_000
    del first
    gc.collect()
    assert gc.get_threshold() == before
    del second
    gc.collect()
    assert gc.get_threshold() == before
