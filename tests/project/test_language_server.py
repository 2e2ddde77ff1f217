"""The schemas in the hands of the YAML language server that editors run: completion, hover and errors in place."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from briefpack import api
from briefpack.project.editors import kind_of
from tests.campaigns import put, shipped, swap
from tests.project.language_server import LanguageServer, ServerMissing

NEW: Final = """\
# yaml-language-server: $schema=../.briefpack/schemas/brief.json
layout: one-pager
audience: §
stance: adversary
title: §
date: 2026-11-23
contact: campaign-desk
slots:
  message: §
  headline: §Peers help
  number:
    fact: §
  works:
    items:
      - §
  cost:
    heading: What it costs
    text: Little.
  §
"""


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = put(tmp_path_factory.mktemp("campaign"), shipped())
    assert not api.schema(folder, modelines=True).failed
    return folder


@pytest.fixture(scope="module")
def server(campaign: Path) -> Iterator[LanguageServer]:
    try:
        running = LanguageServer(campaign)
    except ServerMissing as error:
        if os.environ.get("BRIEFPACK_REQUIRE_LANGUAGE_SERVER"):
            pytest.fail(str(error))
        pytest.skip(str(error))
    with running:
        yield running


VARIANTS: Final = """\
# yaml-language-server: $schema=../.briefpack/schemas/brief.json
extends: §
layout: handout
facts:
  hours-with-clinician:
    §
variants:
  harbour:
    contact: §
    slots:
      §
  hill:
    §
"""

MESSAGES: Final = """\
# yaml-language-server: $schema=../.briefpack/schemas/messages.json
messages:
  hours:
    wording: {community: You are not alone.}
    must-appear:
      - §
    status: §
"""


class Draft:
    """A file being written, with the places in it that `§` marks."""

    def __init__(self, server: LanguageServer, path: Path, text: str = NEW) -> None:
        self.places = [
            (row, match.start() - at)
            for row, line in enumerate(text.splitlines())
            for at, match in enumerate(re.finditer("§", line))
        ]
        self.text = text.replace("§", "")
        self.server = server
        self.uri = server.open(path, self.text)
        self.errors = server.diagnostics(self.uri)

    def completions(self, at: int) -> dict[str, dict[str, Any]]:
        return self.server.completions(self.uri, *self.places[at])


@pytest.fixture(scope="module")
def draft(server: LanguageServer, campaign: Path) -> Draft:
    return Draft(server, campaign / "briefs/new.yaml")


YAMLS: Final = [path for path in shipped() if kind_of(path)]


@pytest.mark.parametrize("path", YAMLS)
def test_nothing_is_wrong_with_what_ships(server: LanguageServer, campaign: Path, path: str) -> None:
    uri = server.open(campaign / path, (campaign / path).read_text(encoding="utf-8"))
    assert server.diagnostics(uri) == []


def test_names_of_the_campaign_are_offered_with_what_they_are(draft: Draft) -> None:
    audiences, _, messages, _, facts, *_ = (draft.completions(at) for at in range(len(draft.places)))
    assert sorted(audiences) == ["clinicians", "community", "media", "policymakers"]
    assert sorted(messages) == ["beyond-the-clinic", "functions", "good-care", "hours"]
    assert "You do not have to do this alone." in str(messages["hours"]["documentation"])
    assert str(facts["hours-on-your-own"]["documentation"]).startswith("8760; hours a year")


def test_a_variant_is_offered_what_its_brief_may_say(server: LanguageServer, campaign: Path) -> None:
    """The briefs to extend, the fields of a fact, contacts, the slots of the layout, and no variants of a variant."""
    draft = Draft(server, campaign / "briefs/variants.yaml", VARIANTS)
    extends, fact, contact, slots, fields = (draft.completions(at) for at in range(len(draft.places)))
    assert sorted(extends) == ["clinicians", "community", "policymakers"]
    assert {"value", "qualifier", "low"} <= set(fact)
    assert set(contact) >= {"campaign-desk"}
    assert {"checklist", "disclaimer"} <= set(slots)
    assert not {"evidence", "ask"} & set(slots)
    assert {"title", "audience", "values", "facts", "slots"} <= set(fields)
    assert not {"variants", "extends"} & set(fields)


def test_readers_and_stages_of_a_message_are_offered(server: LanguageServer, campaign: Path) -> None:
    draft = Draft(server, campaign / "briefs/messages-new.yaml", MESSAGES)
    readers, stages = draft.completions(0), draft.completions(1)
    assert {"community", "policymakers", "launch-meeting"} <= set(readers)
    assert {"draft", "approved"} <= set(stages)


def test_nothing_is_offered_where_a_text_is_written(draft: Draft) -> None:
    assert (draft.completions(1), draft.completions(3)) == ({}, {})


def test_fields_are_offered_where_they_belong(draft: Draft) -> None:
    """A card's own, and the slots of this layout that are not filled yet."""
    cards, slots = draft.completions(5), draft.completions(6)
    assert {"title", "text"} <= set(cards)
    assert {"problem", "ask", "unknown"} <= set(slots)
    assert not {"headline", "checklist"} & set(slots)
    assert slots["problem"]["insertText"].startswith("problem:\n")


def test_a_slot_says_what_is_to_be_written_and_how_much(draft: Draft) -> None:
    row, column = draft.places[3]
    assert "the claim, not the topic; about 10 words" in draft.server.hover(draft.uri, row, column - 4)


def test_errors_stand_where_the_slip_is(draft: Draft) -> None:
    found = {
        (error["range"]["start"]["line"] + 1, error["range"]["start"]["character"] + 1): error["message"]
        for error in draft.errors
    }
    assert found[4, 9] == 'Value is not accepted. Valid values: "advocacy", "neutral".'
    missing = [error["message"] for error in draft.errors if error["range"]["start"]["line"] == 7]
    assert 'Missing property "problem".' in missing
    assert len(missing) == 6


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("briefs/community.yaml", "message: hours", "message: §hour", 'Valid values: "beyond-the-clinic"'),
        ("briefs/community.yaml", "    units: 365", "    units: §many", "pattern"),
        ("briefs/community.yaml", "layout: handout", "layout: §handuot", 'Valid values: "clinician-sheet"'),
        ("briefs/community.yaml", "\n  headline: A", "\n  §hedline: A", "Property hedline is not allowed"),
        ("briefs/facts.yaml", "source: shubrook-2018", "source: §shubrook", 'Valid values: "bhutta-2010"'),
        ("briefs/messages.yaml", "must-appear: [policymakers", "must-appear: [§policymaker", '"launch-meeting"'),
        ("briefs/community.yaml", "stance: neutral", "variants: {hill: {contact: §desk}}", '"campaign-desk"'),
        ("briefs/community.yaml", "stance: neutral", "variants: {hill: {slots: {message: §hour}}}", '"good-care"'),
        ("briefs/campaign.yaml", "language: en\n", "language: en\nterms: {sv: {source: §Källa}}\n", "pattern"),
        ("briefs/packs/launch-meeting.yaml", "  - policymakers", "  - §policymaker", '"policymakers"'),
        ("layouts/theme.yaml", "gap: 4.4, before: 6}", "gap: §900, before: 6}", "200"),
    ],
)
def test_a_slip_is_underlined_at_its_line_and_column(
    server: LanguageServer, campaign: Path, path: str, old: str, new: str, said: str
) -> None:
    changed = swap({path: (campaign / path).read_text(encoding="utf-8")}, path, old, new)[path]
    before = changed[: changed.index("§")]
    row, column = before.count("\n"), len(before) - before.rfind("\n") - 1
    # Under another name beside it: the server is asked about each file once.
    beside = (campaign / path).with_name(f"{len(before)}.yaml")
    found = server.diagnostics(server.open(beside, changed.replace("§", "")))
    here = [item["message"] for item in found if item["range"]["start"] == {"line": row, "character": column}]
    assert any(said in message for message in here), found


def test_the_settings_of_an_editor_do_what_modelines_do(campaign: Path, tmp_path: Path, server: LanguageServer) -> None:
    """VS Code hands `yaml.schemas` on to this server: each pattern leads to its schema."""
    folder = put(tmp_path, shipped())
    api.schema(folder, vscode=True)
    settings = json.loads((folder / ".vscode/settings.json").read_text(encoding="utf-8"))
    with LanguageServer(folder, settings["yaml.schemas"]) as mapped:
        for path in ("briefs/campaign.yaml", "briefs/community.yaml", "briefs/packs/x.yaml", "layouts/x/layout.yaml"):
            uri = mapped.open(folder / path, "nonsense: 1\n")
            errors: list[dict[str, Any]] = []
            while not errors:  # until the settings have reached it
                errors = mapped.diagnostics(uri)
            assert all(f"{kind_of(path)}.json" in str(error) for error in errors)
