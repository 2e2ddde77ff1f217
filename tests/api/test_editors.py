"""`schema` on a campaign's folder: what is written, what is left alone, and the second time."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefpack import api
from briefpack.cli.commands import briefpack
from tests.campaigns import everything, put, shipped, swap


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    return put(tmp_path / "campaign", shipped())


def test_schemas_alone_touch_no_file_of_the_campaign(campaign: Path) -> None:
    report = api.schema(campaign)
    assert not report.failed
    found = everything(campaign)
    assert {path: found[path].decode() for path in shipped()} == shipped()
    assert sorted(set(found) - set(shipped())) == list(report.written)
    assert ".briefpack/schemas/brief-handout.json" in report.written
    for path in report.written:
        assert json.loads(found[path])["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_the_second_time_nothing_is_written(campaign: Path) -> None:
    first = api.schema(campaign, modelines=True, vscode=True)
    before = everything(campaign)
    assert {"briefs/community.yaml", ".vscode/settings.json"} <= set(first.written)
    assert api.schema(campaign, modelines=True, vscode=True).written == ()
    assert everything(campaign) == before
    assert not api.check(campaign, ["community"]).failed


def test_a_new_message_is_offered_the_next_time(campaign: Path) -> None:
    api.schema(campaign)
    files = swap(shipped(), "briefs/messages.yaml", "\n  good-care:\n", "\n  better-care:\n")
    put(campaign, files)
    written = api.schema(campaign).written
    assert ".briefpack/schemas/brief.json" in written
    assert ".briefpack/schemas/theme.json" not in written
    assert "better-care" in (campaign / ".briefpack/schemas/brief.json").read_text(encoding="utf-8")


def test_settings_with_comments_are_left_as_they_are(campaign: Path) -> None:
    put(campaign, {".vscode/settings.json": "{\n  // mine\n}\n"})
    report = api.schema(campaign, vscode=True)
    assert [(item.rule, item.path) for item in report.diagnostics] == [("editor-settings", ".vscode/settings.json")]
    assert not report.failed
    assert (campaign / ".vscode/settings.json").read_text(encoding="utf-8") == "{\n  // mine\n}\n"


def test_a_campaign_that_cannot_be_read_gives_none(campaign: Path) -> None:
    put(campaign, {"briefs/campaign.yaml": "name: [\n"})
    report = api.schema(campaign)
    assert report.failed
    assert report.written == ()


def test_on_the_command_line(campaign: Path) -> None:
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(briefpack, ["schema", "-p", str(campaign), *arguments], standalone_mode=False)
        assert done.return_value == 0
        return done.stdout

    assert run().splitlines()[0] == ".briefpack/schemas/brief-clinician-sheet.json"
    assert run() == "all schemas are up to date\n"
    assert run("--modelines").splitlines()[0] == "briefs/campaign.yaml"
