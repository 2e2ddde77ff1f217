"""`words` on the command line: the table, the JSON, the exit code."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from briefpack import api
from briefpack.cli.commands import briefpack
from briefpack.cli.words import as_json, as_table

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(briefpack, [*arguments, "--project", str(ROOT)], standalone_mode=False)


def test_words_as_a_table_and_as_json() -> None:
    table = run("words", "community")
    lines = table.output.splitlines()
    assert lines[0] == "community  (handout)"
    assert lines[1].split() == ["slot", "words", "at", "most", "fit"]
    assert len({line.index(cell) + len(cell) for line, cell in zip(lines[1:3], ("words", "7"), strict=True)}) == 1
    assert max(map(len, lines)) <= 80
    [brief] = json.loads(run("words", "community", "--format", "json").output)["briefs"]
    assert brief["name"] == "community"
    headline = brief["slots"][0]
    assert headline | {"fits": 0} == {
        "slot": "headline",
        "type": "text",
        "words": 7,
        "budget": 8,
        "fits": 0,
        "plenty": False,
        "remark": "room for 1",
    }
    assert headline["fits"] >= 8


def test_a_pack_stands_for_its_papers() -> None:
    names = [brief.name for brief in api.words(ROOT, ["launch-meeting"]).words]
    assert names == ["policymakers", "clinicians", "community"]


def test_words_of_no_brief() -> None:
    assert as_table(()) == ""
    assert json.loads(as_json(())) == {"briefs": []}
    assert run("words", "comunity").return_value == 1
