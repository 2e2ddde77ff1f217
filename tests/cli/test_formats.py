"""`--format` of `check` and `build`: one document on standard output, nothing else, and the same exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefpack import api
from briefpack.cli import commands
from tests.campaigns import put, shipped, swap


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands.briefpack, arguments, standalone_mode=False)


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A campaign whose community handout names a message that there is not."""
    return put(tmp_path / "repo" / "sub", swap(shipped(), "briefs/community.yaml", "message: hours", "message: hour"))


def test_the_formats_are_those_there_are() -> None:
    assert commands.FORMATS == api.FORMATS


@pytest.mark.parametrize("verb", ["check", "build"])
def test_json(broken: Path, verb: str) -> None:
    ran = run(verb, "community", "clinicians", "--format", "json", "-p", str(broken))
    assert (ran.return_value, ran.stderr) == (1, "")
    document = json.loads(ran.stdout)
    assert [item["rule"] for item in document["diagnostics"]] == ["unknown-message"]
    assert document["checked"] == 2
    made = [file["path"] for file in document["made"]]
    assert made == (["clinicians.pdf"] if verb == "build" else [])


@pytest.mark.parametrize("verb", ["check", "build"])
def test_github_paths_count_from_the_workspace(broken: Path, verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_WORKSPACE", str(broken.parent))
    ran = run(verb, "community", "--format", "github", "-p", str(broken))
    assert ran.return_value == 1
    assert ran.stdout == (
        "::error file=sub/briefs/community.yaml,line=18,endLine=18,col=12,endColumn=16,"
        "title=briefpack unknown-message::there is no message `hour`%0Ahelp: write `hours`\n"
    )


def test_else_they_count_from_the_folder_one_is_in(broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(broken)
    assert "file=briefs/community.yaml," in run("check", "community", "--format", "github").stdout


def test_sarif_and_junit_speak_of_what_was_looked_at(broken: Path) -> None:
    log = json.loads(run("check", "community", "--format", "sarif", "-p", str(broken)).stdout)
    assert [result["ruleId"] for result in log["runs"][0]["results"]] == ["unknown-message"]
    cases = run("check", "--format", "junit", "-p", str(broken)).stdout
    assert '<testsuites name="briefpack" tests="4" failures="1" errors="0">' in cases
    assert 'name="briefs/packs/launch-meeting.yaml"' in cases.replace(f"{broken.as_posix()}/", "")


def test_nothing_found_is_a_document_too(broken: Path) -> None:
    ran = run("check", "clinicians", "--format", "sarif", "-p", str(broken))
    assert (ran.return_value, json.loads(ran.stdout)["runs"][0]["results"]) == (0, [])
    assert run("check", "clinicians", "--format", "github", "-p", str(broken)).stdout == ""


def test_a_folder_without_a_campaign_is_named_as_it_was_typed(tmp_path: Path) -> None:
    ran = run("check", "--format", "json", "-p", str(tmp_path / "nowhere"))
    (item,) = json.loads(ran.stdout)["diagnostics"]
    assert (ran.return_value, item["rule"], item["path"]) == (1, "not-a-project", (tmp_path / "nowhere").as_posix())
