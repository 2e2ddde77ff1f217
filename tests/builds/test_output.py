"""The output folder: whole files or none, and a manifest that tells the truth."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from briefpack.builds import Entry, Unwritable, make_folder, sha256, write_file, write_manifest
from briefpack.builds.output import read_manifest
from tests.campaigns import everything


def entry(path: str, data: bytes = b"new") -> Entry:
    name = path.removesuffix(".pdf")
    return Entry(path, "brief", name, f"About {name}", sha256(data), len(data), 1, {"b": "2", "a": "1"})


def paths(folder: Path) -> list[str]:
    return [item["path"] for item in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]]


def test_a_file_is_put_in_its_place_whole(tmp_path: Path) -> None:
    write_file(tmp_path, "packs/a.pdf", b"one")
    write_file(tmp_path, "packs/a.pdf", b"two")
    assert everything(tmp_path) == {"packs/a.pdf": b"two"}


def test_a_file_that_is_the_same_is_left_alone(tmp_path: Path) -> None:
    """Whoever watches it for changes sees none."""
    write_file(tmp_path, "a.pdf", b"one")
    os.utime(tmp_path / "a.pdf", (1, 1))
    write_file(tmp_path, "a.pdf", b"one")
    assert (tmp_path / "a.pdf").stat().st_mtime == 1


def test_a_file_that_cannot_be_finished_leaves_the_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_file(tmp_path, "a.pdf", b"one")

    def full(source: str, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(Unwritable) as failure:
        write_file(tmp_path, "a.pdf", b"two")
    assert failure.value.diagnostic.message == "`a.pdf` cannot be written: no space left on device"
    assert everything(tmp_path) == {"a.pdf": b"one"}


def test_a_folder_in_a_files_place(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(Unwritable):
        write_file(tmp_path, "a.pdf", b"one")
    assert everything(tmp_path) == {}


@pytest.mark.parametrize("folder", ["taken", "taken/below"])
def test_a_file_in_a_folders_place(tmp_path: Path, folder: str) -> None:
    (tmp_path / "taken").write_bytes(b"")
    with pytest.raises(Unwritable, match="cannot be made"):
        make_folder(tmp_path / folder)
    assert everything(tmp_path) == {"taken": b""}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_a_made_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_file(tmp_path, "a.pdf", b"one")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.pdf").stat().st_mode) == 0o644


def test_a_manifest_is_sorted_and_the_same_whatever_the_order(tmp_path: Path) -> None:
    entries = [entry("b.pdf"), entry("packs/a.pdf"), entry("a.pdf")]
    write_manifest(tmp_path, entries, keep=False)
    first = (tmp_path / "manifest.json").read_bytes()
    write_manifest(tmp_path, reversed(entries), keep=False)
    assert (tmp_path / "manifest.json").read_bytes() == first
    assert paths(tmp_path) == ["a.pdf", "b.pdf", "packs/a.pdf"]
    item: Any = json.loads(first)["files"][0]
    assert list(item["inputs"]) == ["a", "b"]


def test_entries_are_kept_for_files_that_are_still_there(tmp_path: Path) -> None:
    write_manifest(tmp_path, [entry("gone.pdf"), entry("there.pdf"), entry("made.pdf", b"old")], keep=False)
    write_file(tmp_path, "there.pdf", b"new")
    write_manifest(tmp_path, [entry("made.pdf", b"newer")], keep=True)
    assert paths(tmp_path) == ["made.pdf", "there.pdf"]
    kept: Any = read_manifest(tmp_path)["made.pdf"]
    assert kept["size"] == 5


def test_entries_are_not_kept_when_everything_was_made(tmp_path: Path) -> None:
    write_file(tmp_path, "there.pdf", b"new")
    write_manifest(tmp_path, [entry("there.pdf")], keep=False)
    write_manifest(tmp_path, [entry("made.pdf")], keep=False)
    assert paths(tmp_path) == ["made.pdf"]


def test_manifests_written_at_once_have_everything(tmp_path: Path) -> None:
    """Each adds to what the others wrote, whoever comes first."""
    names = [f"{at:02}.pdf" for at in range(24)]
    for name in names:
        write_file(tmp_path, name, b"new")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda name: write_manifest(tmp_path, [entry(name)], keep=True), names))
    assert paths(tmp_path) == names


def test_a_turn_ends_with_whoever_has_it(tmp_path: Path) -> None:
    """However that ends, and nothing is left in the folder."""
    code = (
        "import sys, time; from pathlib import Path; from briefpack.builds.turns import turn\n"
        "with turn(Path(sys.argv[1])): print('mine', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "mine\n"
        waiting = threading.Thread(target=write_manifest, args=(tmp_path, [entry("a.pdf")]), kwargs={"keep": True})
        waiting.start()
        waiting.join(0.2)
        assert waiting.is_alive()
        holder.kill()
        waiting.join(10)
    assert list(everything(tmp_path)) == ["manifest.json"]


@pytest.mark.parametrize("broken", ["", "{", "[]", '{"files": 1}', '{"files": [{}]}', '{"files": ["a"]}', "\udcff"])
def test_a_manifest_that_cannot_be_read_is_written_anew(tmp_path: Path, broken: str) -> None:
    (tmp_path / "manifest.json").write_bytes(broken.encode("utf-8", "surrogateescape"))
    write_manifest(tmp_path, [entry("a.pdf")], keep=True)
    assert paths(tmp_path) == ["a.pdf"]
