"""`review` on the command line: the text, the JSON, the exit code."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from briefpack.cli.commands import briefpack

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(briefpack, [*arguments, "--project", str(ROOT)], standalone_mode=False)


def test_a_review_for_people() -> None:
    ran = run("review", "community")
    lines = ran.output.splitlines()
    assert ran.return_value == 0
    assert lines[0] == "community  (handout, for community)"
    assert "words a sentence" in lines[1]
    assert "Flesch-Kincaid grade" in lines[2]
    assert "not an official score" in lines[2]
    heads = [line for line in lines if "pre-check informed by" in line]
    assert len(heads) == 2
    assert all("items machine-checked" in line and line.endswith("not an official score") for line in heads)
    assert any(line.split()[:3] == ["needs", "a", "person"] for line in lines)


def test_a_review_for_programs() -> None:
    [found] = json.loads(run("review", "community", "--format", "json").output)["reviews"]
    assert (found["name"], found["audience"]) == ("community", "community")
    assert found["readability"]["counts"]["sentences"] > 10
    assert found["readability"]["measures"][0]["name"] == "Flesch-Kincaid grade"
    for instrument in found["instruments"]:
        states = [item["state"] for item in instrument["looked_at"]]
        assert instrument["met"] == states.count("met")
        assert instrument["machine_checked"] == states.count("met") + states.count("not met")
        assert instrument["official_score"] is False


def test_a_pack_is_reviewed_paper_by_paper() -> None:
    reviews = json.loads(run("review", "launch-meeting", "--format", "json").output)["reviews"]
    assert sorted(item["name"] for item in reviews) == ["clinicians", "community", "policymakers"]


def test_a_brief_that_is_not_there() -> None:
    assert run("review", "comunity").return_value == 1
