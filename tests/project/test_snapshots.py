"""What is kept of a project reads as the project does, and nothing else is ever taken for it."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

import briefpack
from briefpack.project.files import DictFiles, DiskFiles
from briefpack.project.load import Loaded, load_project
from briefpack.project.models import Brief, Fact
from briefpack.project.snapshots import Snapshot, snapshot_of_user
from tests.campaigns import put, shipped, swap
from tests.project.sample import FILES

FOLDER: Final = "a-folder"
COMMAND: Final = (
    "import sys; from briefpack.cli import main\n"
    "try: main()\n"
    "except SystemExit as end: code = end.code\n"
    "print(code, sorted({'yaml', 'pydantic', 'jinja2'} & set(sys.modules)))"
)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return Snapshot(str(tmp_path / "kept"))


def loaded(files: dict[str, str | bytes], snapshot: Snapshot | None = None) -> Loaded:
    return load_project(DictFiles(files), snapshot=snapshot)


def test_the_shipped_campaign_is_the_same_from_a_snapshot(snapshot: Snapshot) -> None:
    """Values, places and findings, and the same files are noted as read."""
    files = [DictFiles(shipped()) for _ in range(3)]
    fresh = load_project(files[0])
    load_project(files[1], snapshot=snapshot)
    assert load_project(files[2], snapshot=snapshot) == fresh
    assert files[2].reads == files[0].reads
    assert fresh.project is not None
    assert fresh.project.facts


def test_a_variant_and_what_extends_follow_what_they_are_made_of(snapshot: Snapshot) -> None:
    base = FILES["briefs/sheet.yaml"]
    more = "extends: sheet\ntitle: Another\nfacts: {hours: {value: 12}}\nvariants:\n  north: {title: North}\n"
    files: dict[str, str | bytes] = {**FILES, "briefs/more.yaml": more}
    first = loaded(files, snapshot)
    assert loaded(files, snapshot) == first == loaded(files)
    changed: dict[str, str | bytes] = {**files, "briefs/sheet.yaml": f"{base}tags: [spring]\n"}
    again = loaded(changed, snapshot).project
    assert again is not None
    assert [again.briefs[name].tags for name in ("more", "more@north")] == [("spring",), ("spring",)]
    assert loaded(changed, snapshot) == loaded(changed)


def test_of_a_brief_that_was_kept_the_slots_are_read_when_somebody_asks(snapshot: Snapshot) -> None:
    """What a list of briefs says is there at once; the slots, the places and what slots were read as come together,
    for a variant as for its brief, whoever asks first."""
    more = "extends: sheet\ntitle: Another\nvariants:\n  north: {title: North}\n"
    files: dict[str, str | bytes] = {**FILES, "briefs/more.yaml": more}
    fresh = loaded(files, snapshot).project
    kept = loaded(files, snapshot).project
    assert fresh is not None
    assert kept is not None
    for name in ("sheet", "more", "more@north"):
        brief = kept.briefs[name]
        assert (brief.title, brief.layout, brief.tags) == (
            fresh.briefs[name].title,
            fresh.briefs[name].layout,
            fresh.briefs[name].tags,
        )
        assert not {"slots", "_node"} & vars(brief).keys()
        assert brief.span == fresh.briefs[name].span
        assert {"slots", "_node"} <= vars(brief).keys()
        assert brief.slots == fresh.briefs[name].slots
    again = loaded(files, snapshot).project
    assert again is not None
    assert pickle.loads(pickle.dumps(again.briefs)) == fresh.briefs
    whole = again.briefs["more"].model_copy(update={"title": fresh.briefs["sheet"].title})
    assert whole.slots == fresh.briefs["more"].slots


def test_what_is_wrong_is_said_each_time(snapshot: Snapshot) -> None:
    files: dict[str, str | bytes] = {**FILES, "briefs/more.yaml": "extends: sheet\ntitel: Another\n"}
    first = loaded(files, snapshot)
    assert [item.rule for item in first.diagnostics][-1] == "unknown-field"
    assert loaded(files, snapshot).diagnostics == first.diagnostics == loaded(files).diagnostics


def test_damage_of_any_kind_is_as_if_nothing_were_kept(snapshot: Snapshot) -> None:
    fresh = loaded({**FILES}, snapshot)
    for place in sorted(Path(snapshot.folder).iterdir()):
        whole = place.read_bytes()
        for broken in (b"", whole[:-1], whole[:40], bytes([whole[0] ^ 1]) + whole[1:], whole[:-3] + b"abc"):
            place.write_bytes(broken)
            assert loaded({**FILES}, snapshot) == fresh
        place.unlink()
        place.mkdir()
    assert loaded({**FILES}, snapshot) == fresh


class Planted:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, (FOLDER,)


@pytest.mark.parametrize("value", [Planted(), DiskFiles, load_project, Path("x"), {"a": (Planted(),)}])
def test_nothing_but_values_is_read(snapshot: Snapshot, value: object, tmp_path: Path) -> None:
    snapshot.keep("key", "a value")
    [place] = Path(snapshot.folder).iterdir()
    body = pickle.dumps(value)
    place.write_bytes(hashlib.sha256(body).digest() + body)
    assert snapshot.value("key") is None
    assert not Path(FOLDER).exists()


def test_each_state_of_the_tool_has_its_own(tmp_path: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path)}
    one, other = snapshot_of_user("one", environment), snapshot_of_user("other", environment)
    assert one is not None
    assert other is not None
    one.keep("key", Fact(value=None))
    assert one.value("key") == Fact(value=None)
    assert other.value("key") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps others out by other means")
def test_a_folder_that_others_can_write_is_not_believed(tmp_path: Path) -> None:
    environment = {"XDG_CACHE_HOME": str(tmp_path)}
    snapshot = snapshot_of_user("stamp", environment)
    assert snapshot is not None
    snapshot.keep("key", 1)
    assert Path(snapshot.folder).stat().st_mode & 0o077 == 0
    (tmp_path / "briefpack").chmod(0o777)
    assert snapshot_of_user("stamp", environment) is None
    assert snapshot_of_user("stamp", {"HOME": "", "XDG_CACHE_HOME": "not/absolute"}) is None


def test_where_nothing_can_be_kept_everything_is_read(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    snapshot = Snapshot(str(tmp_path / "file" / "kept"))
    assert loaded({**FILES}, snapshot) == loaded({**FILES}, snapshot) == loaded({**FILES})


def test_no_more_is_kept_than_there_is_room_for(tmp_path: Path) -> None:
    few = Snapshot(str(tmp_path / "few"), most=40)
    for number in range(2_000):
        few.keep(str(number), number)
    kept = [number for number in range(2_000) if few.value(str(number)) is not None]
    assert 20 <= len(kept) <= 1_000
    assert kept[-1] == 1_999


def test_old_states_are_forgotten(tmp_path: Path) -> None:
    old = tmp_path / "briefpack" / "read-old"
    old.mkdir(parents=True)
    (old / "value").write_bytes(b"x")
    os.utime(old, (0, 0))
    snapshot = snapshot_of_user("new", {"XDG_CACHE_HOME": str(tmp_path)})
    assert snapshot is not None
    snapshot.keep("key", 1)
    assert not old.exists()


def test_a_brief_that_is_changed_forgets_what_its_slots_were_read_as() -> None:
    project = loaded({**FILES}).project
    assert project is not None
    brief = project.briefs["sheet"]
    brief.know({"title": ("text", "content")})
    assert brief.content("title", "text") == "content"
    assert brief.content("title", "prose") is None
    assert brief.model_copy(update={"tags": ("a",)}).content("title", "text") is None
    assert brief == brief.model_copy()
    assert isinstance(brief, Brief)


def test_the_second_command_imports_neither_yaml_nor_pydantic_and_makes_the_same(tmp_path: Path) -> None:
    campaign = put(tmp_path / "campaign", shipped())

    def run(*arguments: str) -> str:
        source = str(Path(briefpack.__file__).parents[1])
        given = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": source}
        command = [sys.executable, "-c", COMMAND, *arguments]
        done = subprocess.run(command, cwd=campaign, env=given, capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[-1]

    assert run("build", "community", "--no-cache", "-o", "one") == "0 ['jinja2', 'pydantic', 'yaml']"
    assert run("build", "community", "--no-cache", "-o", "two") == "0 ['jinja2']"
    assert (campaign / "one" / "community.pdf").read_bytes() == (campaign / "two" / "community.pdf").read_bytes()
    assert run("check", "community") == "0 ['jinja2']"
    put(campaign, swap(shipped(), "briefs/community.yaml", "title: A peer can", "title: A peer will"))
    assert run("build", "community", "--no-cache", "-o", "two") == "0 ['jinja2', 'pydantic', 'yaml']"
    assert (campaign / "one" / "community.pdf").read_bytes() != (campaign / "two" / "community.pdf").read_bytes()
