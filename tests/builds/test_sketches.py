"""Briefs and packs with wrong fields: what else is wrong is found in the same run, and nothing is made of them."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import pytest

from briefpack import api
from tests.builds.notes import FILES
from tests.builds.seam import rounds
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


LAYOUT: Final = "layouts/handout/layout.yaml"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("channel: interpersonal", "channel: radio"),
        ("channel: interpersonal", "chanel: interpersonal"),
        ("margins:", "margin:"),
        ("headline: {type: text,", "headline: {type: txet,"),
        ("disclaimer: {type: text,", "disclaimer: {typ: text,"),
    ],
)
def test_a_layout_with_wrong_fields_hides_nothing_of_briefs_in_it(campaign: Path, right: str, wrong: str) -> None:
    """Nor do its slots count as missing that are declared wrongly."""
    text = (campaign / LAYOUT).read_text(encoding="utf-8")
    assert right in text
    put(campaign, {LAYOUT: text.replace(right, wrong, 1)})
    report = api.check(campaign)
    assert sorted(rules(report)) == sorted([*EXPECTED, "broken-reference"])
    assert any(item.span is not None and item.span.path == LAYOUT for item in report.diagnostics)


def test_a_wrong_layout_beside_a_wrong_theme_hides_nothing(campaign: Path) -> None:
    text = (campaign / LAYOUT).read_text(encoding="utf-8")
    theme = (campaign / "layouts" / "theme.yaml").read_text(encoding="utf-8")
    put(campaign, {LAYOUT: text.replace("channel: inter", "channel: outer", 1)})
    put(campaign, {"layouts/theme.yaml": theme.replace('ink: "#1b2730"', "ink: black", 1)})
    report = api.check(campaign)
    assert sorted(rules(report)) == sorted([*EXPECTED, "broken-reference"])
    assert {item.span.path for item in report.diagnostics if item.span is not None} == {
        "briefs/community.yaml",
        "layouts/theme.yaml",
        LAYOUT,
    }


def test_a_layout_whose_slots_cannot_be_read_is_told_alone(campaign: Path) -> None:
    text = (campaign / LAYOUT).read_text(encoding="utf-8")
    put(campaign, {LAYOUT: text.replace("slots:", "slots: none\nnotes:", 1)})
    assert "unknown-slot" not in rules(api.check(campaign))


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


# ---------------------------------------------------------------------------------------------------- packs

PACK: Final = "briefs/packs/launch-meeting.yaml"
WRONG_PACK: Final = (
    ("date: 2027-01-14", "date: 14.01.2027"),
    ("place: Harbour County Health Alliance, meeting room 1", "place: At {{ no-fact }}"),
    ("chair: Alliance chair\n", "chairs: Alliance chair\n"),
    ("layout: meeting-pack", "layout: meting-pack"),
    ("contact: campaign-desk", "contact: campain-desk"),
    ("minutes: 5\n    for: information", "minutes: five\n    for: informtion"),
    ("We follow the steps", "We [@fisher] follow the steps"),
    ("    paper: clinicians", "    paper: clinician"),
    ("  - community\n", "  - comunity\n"),
)


def test_a_broken_pack_hides_nothing_of_itself_or_of_its_briefs(campaign: Path) -> None:
    """Every slip in the file at its place, and those of its papers, once each."""
    files = shipped()
    for right, wrong in WRONG_PACK:
        files = swap(files, PACK, right, wrong)
    put(campaign, {PACK: files[PACK]})
    put(
        campaign,
        {"briefs/clinicians.yaml": files["briefs/clinicians.yaml"].replace("[@knox-2015]", "[@knocks-2015]", 1)},
    )
    for look in (api.check, api.build):
        found = look(campaign).diagnostics
        said = [(item.span.line, item.rule) for item in found if item.span is not None and item.span.path == PACK]
        assert sorted(said) == [
            (7, "wrong-value"),
            (9, "unknown-fact"),
            (11, "unknown-field"),
            (12, "unknown-layout"),
            (13, "unknown-contact"),
            (18, "wrong-value"),
            (19, "wrong-value"),
            (22, "unknown-source"),
            (29, "unknown-paper"),
            (61, "unknown-paper"),
        ]
        assert rules(look(campaign)) == EXPECTED
        assert [item.rule for item in found if item.span and item.span.path == "briefs/clinicians.yaml"] == [
            "unknown-source"
        ]


@pytest.mark.parametrize("papers", ["papers: community", "paper: [policymakers, clinicians, community]", ""])
def test_the_papers_of_a_pack_that_lost_them_are_not_missed(campaign: Path, papers: str) -> None:
    text = shipped()[PACK].partition("papers:\n")[0].replace("    paper: policymakers", "    paper: policymaker")
    put(campaign, {PACK: f"{text}{papers}\n"})
    found = [item for item in api.check(campaign).diagnostics if item.span is not None and item.span.path == PACK]
    first = {"papers": "wrong-shape", "paper": "unknown-field"}.get(papers.partition(":")[0], "missing-field")
    assert sorted(item.rule for item in found) == sorted([first, "unknown-paper"])
    assert "there is no brief `policymaker`" in {item.message for item in found}


SLIPS: Final = (
    ("briefs/packs/both.yaml", "date: 2027-01-14", "date: soon"),
    ("briefs/packs/both.yaml", "place: Room 1", "place: Room {{ no-room }}"),
    ("briefs/packs/both.yaml", "title: Both\n", "titel: Both\n"),
    ("briefs/packs/both.yaml", "for: Partners\n", ""),
    ("briefs/packs/both.yaml", "tags: [spring]", "tags: [a b]\nwaive: [{rule: no-rule, why: none}, {rule: overset}]"),
    ("briefs/packs/both.yaml", "owner: Lead", "owner: 'Lead [@nobody]'"),
    ("briefs/packs/both.yaml", "minutes: 20", "minutes: 20 min"),
    ("briefs/packs/both.yaml", "papers: [own, plain]", "papers: [own, plain, none]\nlayout: no-pack"),
    ("briefs/own.yaml", "{{ own-hours }}", "{{ no-hours }}"),
    ("briefs/own.yaml", "date: 2026-11-23", "date: 23.11.2026"),
    ("briefs/own.yaml", "contact: desk", "contact: dusk\ndata: {clinic: {type: txt, sample: A}, n: {sample: B}}"),
    ("briefs/own.yaml", "The other", "The other {{ row.n }} {{ row.clinic }}"),
    ("briefs/plain.yaml", "tags: [spring]", "tags: [spring]\nfacts: {no-fact: {value: 1}}"),
    ("briefs/plain.yaml", "layout: note", "layout: note\nvariants: {b: {titel: B}, c: {slots: {text: '[@none]'}}}"),
    ("briefs/plain.yaml", "audience: clinicians", "audience: clinicians\nvalues: {a: [], b: c}\nstance: none"),
)


def found_with(slips: Iterable[int], folder: Path) -> Counter[tuple[str, str]]:
    """What is said of a campaign with `slips`, by the rule and the words, without what only follows from it."""
    files = {path: text for path, text in FILES.items() if isinstance(text, str)}
    for at in slips:
        files = swap(files, *SLIPS[at])
    report = api.check(put(folder, {**FILES, **files}))
    return Counter((item.rule, item.message) for item in report.diagnostics if item.rule != "broken-reference")


def test_what_is_wrong_together_is_what_is_wrong_alone(tmp_path: Path) -> None:
    """Any slips in a pack and in its papers at once: all that each has said of it alone, and nothing else."""
    alone = [found_with([at], tmp_path / str(at)) for at in range(len(SLIPS))]
    assert all(alone)
    chance = random.Random(1)
    for at in rounds(8):
        slips = sorted(chance.sample(range(len(SLIPS)), chance.randint(2, 9)))
        # What a row prints is only declared where another slip declares it.
        if 11 in slips and 10 in slips:
            slips.remove(11)
        together = found_with(slips, tmp_path / f"together-{at}")
        assert together == sum((alone[slip] for slip in slips), Counter()), slips
