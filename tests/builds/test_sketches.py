"""Briefs with wrong fields: what else is wrong with them is found in the same run, and nothing is made of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from briefpack import api
from tests.campaigns import put, shipped, swap

WRONG = (
    ("date: 2026-11-23", "date: 23.11.2026"),
    ("stance: neutral", "stanse: neutral"),
    ("message: hours", "message: hour"),
    ("[@fisher-2012]", "[@fischer-2012]"),
)


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    files = shipped()
    for right, wrong in WRONG:
        files = swap(files, "briefs/community.yaml", right, wrong)
    return put(tmp_path / "campaign", files)


def rules(report: api.Report) -> list[str]:
    """What is said of places in the brief."""
    spans = [(item.rule, item.span) for item in report.diagnostics]
    return [rule for rule, span in spans if span is not None and span.path == "briefs/community.yaml"]


EXPECTED = ["unknown-field", "wrong-value", "unknown-message", "unknown-source"]


@pytest.mark.parametrize("look", [api.check, api.build, api.words])
def test_wrong_fields_hide_nothing(campaign: Path, look: Callable[[Path], api.Report]) -> None:
    assert rules(look(campaign)) == EXPECTED


def test_nothing_is_made_of_a_sketch(campaign: Path) -> None:
    report = api.build(campaign)
    assert [entry.path for entry in report.made] == ["clinicians.pdf", "policymakers.pdf"]
    assert not (campaign / "output" / "community.pdf").exists()
    assert "community" not in [target.name for target in api.targets(campaign).targets]


def test_a_brief_without_a_title_is_looked_at_too(campaign: Path) -> None:
    text = (campaign / "briefs" / "community.yaml").read_text(encoding="utf-8")
    text = text.replace("title: A peer can help with your diabetes\n", "", 1)
    put(campaign, {"briefs/community.yaml": text})
    assert sorted(rules(api.check(campaign))) == sorted([*EXPECTED, "missing-field"])


SHARED_WRONG = (
    ("briefs/facts.yaml", "value: 6\n", "value: six\n"),
    ("briefs/messages.yaml", "    must-appear: [policymakers, clinicians, media, community]\n", "    must-appear: 3\n"),
    ("briefs/sources.yaml", "  - id: fisher-2012\n", "  - id: fisher-2012\n    typ: book\n"),
    ("briefs/campaign.yaml", "language: en\n", "language: [en]\n"),
    ("layouts/theme.yaml", 'primary: "#', 'primary: "'),
    ("briefs/community.yaml", "message: hours", "message: our"),
    ("briefs/clinicians.yaml", "[@knox-2015]", "[@knocks-2015]"),
)


def test_what_is_wrong_in_shared_files_hides_nothing_and_is_not_told_again(tmp_path: Path) -> None:
    """Neither of the fact, the message and the source that are wrong is it said that they are not there."""
    files = shipped()
    for path, right, wrong in SHARED_WRONG:
        files = swap(files, path, right, wrong)
    report = api.check(put(tmp_path / "campaign", files))
    said = [(item.rule, item.span.path if item.span else item.path) for item in report.diagnostics]
    assert sorted(set(said)) == [
        ("unknown-field", "briefs/sources.yaml"),
        ("unknown-message", "briefs/community.yaml"),
        ("unknown-source", "briefs/clinicians.yaml"),
        ("wrong-shape", "briefs/campaign.yaml"),
        ("wrong-shape", "briefs/messages.yaml"),
        ("wrong-value", "briefs/facts.yaml"),
        ("wrong-value", "layouts/theme.yaml"),
    ]
    assert report.failed
    assert api.build(tmp_path / "campaign").made == ()


def test_of_a_shared_file_that_is_no_yaml_nothing_is_missed(tmp_path: Path) -> None:
    files = {
        **swap(shipped(), "briefs/community.yaml", "message: hours", "message: our"),
        "briefs/facts.yaml": "facts: [",
    }
    report = api.check(put(tmp_path / "campaign", files))
    assert [item.rule for item in report.diagnostics] == ["yaml-syntax", "unknown-message"]


def test_a_template_that_cannot_be_read_is_told_beside_the_brief_that_does_not_get_to_it(campaign: Path) -> None:
    put(campaign, {"layouts/parts.xml.j2": "{% macro stat() %}{{ 1 / }}{% endmacro %}"})
    put(
        campaign,
        {"briefs/clinicians.yaml": (campaign / "briefs/clinicians.yaml").read_text().replace(": hours", ": our")},
    )
    report = api.build(campaign, ["clinicians", "policymakers"])
    assert {"unknown-message", "template-error"} <= {item.rule for item in report.diagnostics}
    assert report.made == ()


def test_a_brief_without_a_layout_or_with_broken_yaml_is_not_guessed(campaign: Path) -> None:
    text = (campaign / "briefs" / "community.yaml").read_text(encoding="utf-8")
    put(campaign, {"briefs/community.yaml": text.replace("layout: handout", "layout: [handout]")})
    assert sorted(rules(api.check(campaign))) == ["unknown-field", "wrong-shape", "wrong-value"]
    put(campaign, {"briefs/community.yaml": text.replace("slots:", "slots: [", 1)})
    assert rules(api.check(campaign)) == ["yaml-syntax"]
