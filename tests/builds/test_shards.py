"""Parts of a build: each target in one of them, about as much in each, and together what one build makes."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack import api
from briefpack.builds.costs import Shard, read_shard
from briefpack.builds.index import index_path
from briefpack.builds.merging import merge_manifests
from briefpack.builds.output import sha256
from tests.builds.notes import many
from tests.campaigns import everything, put

COUNT: Final = 3


@given(st.lists(st.integers(0, 10_000), max_size=60), st.integers(1, 7))
def test_every_target_is_in_one_part_and_parts_are_even(costs: list[int], count: int) -> None:
    """No part has more than the largest target over the smallest: the bound of giving out the largest first."""
    parts = [Shard(number, count).places(costs) for number in range(1, count + 1)]
    assert sorted(place for part in parts for place in part) == list(range(len(costs)))
    loads = [sum(max(costs[place], 1) for place in part) for part in parts]
    assert max(loads) - min(loads) <= max([*costs, 1])


@pytest.mark.parametrize("text", ["", "1", "0/2", "3/2", "1/0", "a/b", "1/2/3"])
def test_what_is_no_part(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the command line says what is expected
        read_shard(text)


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("shards") / "campaign", many(8))


@pytest.mark.parametrize("together", [True, False], ids=["one folder", "several"])
def test_parts_together_are_what_one_build_makes(campaign: Path, tmp_path: Path, together: bool) -> None:
    """Files and manifest, byte for byte."""
    api.build(campaign, output=tmp_path / "whole")
    folders = [tmp_path / ("parts" if together else f"part-{number}") for number in range(1, COUNT + 1)]
    for number, folder in enumerate(folders, 1):
        assert not api.build(campaign, output=folder, shard=f"{number}/{COUNT}").failed
    merged = api.merge_manifests(list(dict.fromkeys(folders)), tmp_path / "merged")
    assert merged.diagnostics == ()
    found: dict[str, bytes] = {}
    for folder in (*folders, tmp_path / "merged"):
        found |= {path: data for path, data in everything(folder).items() if "-of-" not in path}
    assert found == everything(tmp_path / "whole")


def test_what_is_missing_or_not_the_same_is_said(campaign: Path, tmp_path: Path) -> None:
    for number in (1, 3):
        api.build(campaign, output=tmp_path / "out", shard=f"{number}/3")
    _, found = merge_manifests([tmp_path / "out"], tmp_path)
    assert [(item.rule, item.help) for item in found] == [("missing-shard", "build it with `--shard 2/3`")]
    api.build(campaign, output=tmp_path / "out", shard="2/3")
    put(tmp_path / "out", {"n-0001.pdf": b"another"})
    _, found = merge_manifests([tmp_path / "out"], tmp_path)
    assert [(item.rule, item.message) for item in found] == [
        ("shards-differ", "`n-0001.pdf` is not the file that was made")
    ]
    assert not (tmp_path / "manifest.json").exists()
    _, found = merge_manifests([tmp_path], tmp_path)
    assert [item.rule for item in found] == ["missing-shard"]


def test_what_is_made_again_is_compared(campaign: Path, tmp_path: Path) -> None:
    report = api.build(campaign, ["own", "plain"], tmp_path / "out", cache=tmp_path / "cache", verify=2)
    assert report.diagnostics == ()
    assert report.notes == ("2 documents made again and compared",)
    made = everything(tmp_path / "out")
    # A file that was made otherwise, which the index takes for the one that was made.
    path = index_path(campaign, tmp_path / "out")
    forged = b"%PDF-1.7 another"
    put(tmp_path / "out", {"own.pdf": forged})
    _, _, text = path.read_text(encoding="utf-8").partition("\n")
    text = text.replace(sha256(made["own.pdf"]), sha256(forged))
    path.write_text(f"{sha256(text.encode())}\n{text}", encoding="utf-8")
    report = api.build(campaign, ["own", "plain"], tmp_path / "out", cache=tmp_path / "cache", verify=2)
    assert [(item.rule, item.message) for item in report.diagnostics] == [
        ("not-reproducible", "`own` made again is not the same")
    ]
