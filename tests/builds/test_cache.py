"""The cache: whole entries or none, damage found out, and no larger than allowed."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from briefpack import api
from briefpack.builds.cache import Cache, Trace
from briefpack.builds.output import sha256
from tests.builds.notes import FILES
from tests.campaigns import everything, put

INPUTS: Final = {"fact:a": "1", "fact:b": "2"}


def keep(cache: Cache, key: str, data: bytes, inputs: dict[str, str] = INPUTS) -> None:
    cache.keep(key, Trace(inputs, {"pages": 1}, sha256(data)), data)


def test_what_is_kept_is_found_by_its_target(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    keep(cache, "one", b"first")
    keep(cache, "one", b"second", {"fact:a": "3"})
    keep(cache, "two", b"third")
    found = {trace.sha256: trace for trace in cache.traces("one")}
    assert {sha: dict(trace.inputs) for sha, trace in found.items()} == {
        sha256(b"first"): INPUTS,
        sha256(b"second"): {"fact:a": "3"},
    }
    assert cache.content(sha256(b"second")) == b"second"
    assert list(cache.traces("three")) == []
    assert cache.content(sha256(b"never")) is None


@pytest.mark.parametrize("kind", ["objects", "traces"])
@pytest.mark.parametrize("damage", [b"", b"fir", None])
def test_damage_is_found_out_and_mended(tmp_path: Path, kind: str, damage: bytes | None) -> None:
    """An entry cut short, emptied or with one bit turned is deleted, and can be kept again."""
    cache = Cache(tmp_path)
    keep(cache, "one", b"first")
    [path] = [path for path in (tmp_path / kind).rglob("*") if path.is_file()]
    data = path.read_bytes()
    path.write_bytes(bytes([data[0] ^ 1]) + data[1:] if damage is None else damage)
    found = [cache.content(trace.sha256) for trace in cache.traces("one")]
    assert found in ([], [None])
    assert cache.corrupt == 1
    assert not path.exists()
    keep(cache, "one", b"first")
    assert [cache.content(trace.sha256) for trace in cache.traces("one")] == [b"first"]


def test_what_was_used_least_lately_goes_first(tmp_path: Path) -> None:
    cache = Cache(tmp_path, limit=2_000)
    for at, name in enumerate(("a", "b", "c")):
        keep(cache, name, name.encode() * 700)
        for path in tmp_path.rglob("*"):
            if path.is_file() and path.stat().st_mtime > 10:
                os.utime(path, (at + 1, at + 1))
    assert cache.content(sha256(b"a" * 700)) is not None
    cache.tidy()
    kept = [name for name in ("a", "b", "c") if cache.content(sha256(name.encode() * 700)) is not None]
    assert kept == ["a", "c"]
    assert sum(len(data) for data in everything(tmp_path).values()) <= 2_000


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = Cache(tmp_path / "file" / "cache")
    keep(cache, "one", b"first")
    cache.tidy()
    assert list(cache.traces("one")) == []


def test_many_at_once_leave_whole_entries(tmp_path: Path) -> None:
    datas = [bytes([at % 7]) * 5_000 for at in range(40)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda data: keep(Cache(tmp_path), "one", data), datas))
    cache = Cache(tmp_path)
    assert sorted(cache.content(trace.sha256) or b"" for trace in cache.traces("one")) == sorted(set(datas))
    assert cache.corrupt == 0
    assert not [path for path in everything(tmp_path) if Path(path).name.startswith(".")]


def test_a_build_mends_a_damaged_cache_and_says_so(tmp_path: Path) -> None:
    campaign = put(tmp_path / "campaign", FILES)
    api.build(campaign, cache=tmp_path / "cache")
    before = everything(campaign / "output")
    for path in (tmp_path / "cache" / "objects").rglob("*"):
        if path.is_file():
            data = bytearray(path.read_bytes())
            data[len(data) // 2] ^= 4
            path.write_bytes(data)
    report = api.build(campaign, cache=tmp_path / "cache", output=tmp_path / "else")
    assert report.restored == 0
    assert report.notes == ("7 damaged entries of the cache made again",)
    assert everything(tmp_path / "else") == before


def test_a_shared_cache_serves_a_copy_of_the_campaign(tmp_path: Path) -> None:
    """Paths of this machine are in no key."""
    one = put(tmp_path / "one", FILES)
    other = put(tmp_path / "other", FILES)
    made = api.build(one, cache=tmp_path / "cache").made
    report = api.build(other, cache=tmp_path / "cache")
    assert (report.restored, report.made) == (len(made), made)
