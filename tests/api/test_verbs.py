"""The verbs: what they make, what they leave alone and what they say."""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest
from pypdf import PdfReader

from briefpack import api
from tests.campaigns import everything, put, shipped, starter, swap

NAMES: Final = ("clinicians", "community", "policymakers", "launch-meeting")
BRIEFS: Final = MappingProxyType(
    {
        "clinicians": ("clinician-sheet", "clinicians"),
        "community": ("handout", "community"),
        "get-others-on-board": ("action-sheet", "policymakers"),
        "leaflet": ("leaflet", "community"),
        "newsletter": ("newsletter-item", "community"),
        "policymakers": ("one-pager", "policymakers"),
        "poster": ("poster", "community"),
        "press-release": ("press-release", "media"),
        "social": ("social-cards", "community"),
    }
)
FILES: Final = {*(f"{name}.pdf" for name in BRIEFS), "packs/launch-meeting.pdf", "manifest.json"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped campaign, begun with `init` and built; for tests that only look."""
    folder = tmp_path_factory.mktemp("built") / "campaign"
    assert not api.init(folder).failed
    report = api.build(folder)
    assert not report.failed, report.text()
    return folder


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    return put(tmp_path / "campaign", shipped())


def break_(campaign: Path, path: str, old: str, new: str) -> None:
    put(campaign, {path: swap(shipped(), path, old, new)[path]})


# ------------------------------------------------------------------------------------------------- init


def test_a_new_campaign_is_a_copy_of_the_shipped_one(tmp_path: Path) -> None:
    report = api.init(tmp_path / "a" / "new")
    assert report.diagnostics == ()
    made = everything(tmp_path / "a" / "new")
    assert made == {path: text.encode() for path, text in starter().items()}
    assert (tmp_path / "a" / "new" / "output").is_dir()


def test_an_empty_folder_can_become_a_campaign(tmp_path: Path) -> None:
    assert not api.init(tmp_path).failed
    assert (tmp_path / "briefs" / "campaign.yaml").is_file()


def test_hidden_files_stay_as_they_are(tmp_path: Path) -> None:
    """A repository or an environment may be there before the campaign; not what `ci` would put there."""
    put(tmp_path, {".git/config": "mine", ".gitignore": "mine"})
    assert [item.rule for item in api.init(tmp_path, ci=True).diagnostics] == ["folder-not-empty"]
    assert not api.init(tmp_path).failed
    made = everything(tmp_path)
    assert (made[".git/config"], made[".gitignore"]) == (b"mine", b"mine")


@pytest.mark.parametrize("taken", ["notes.txt", "briefs/campaign.yaml"])
def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, taken: str) -> None:
    put(tmp_path, {taken: "mine"})
    report = api.init(tmp_path)
    assert [item.rule for item in report.diagnostics] == ["folder-not-empty"]
    assert everything(tmp_path) == {taken: b"mine"}


@pytest.mark.parametrize(("folder", "rule"), [("file", "folder-not-empty"), ("file/below", "unwritable-output")])
def test_a_file_is_not_a_campaign(tmp_path: Path, folder: str, rule: str) -> None:
    put(tmp_path, {"file": "mine"})
    assert [item.rule for item in api.init(tmp_path / folder).diagnostics] == [rule]
    assert everything(tmp_path) == {"file": b"mine"}


# ------------------------------------------------------------------------------------------------ build


def test_everything_is_made_and_nothing_is_left_over(built: Path) -> None:
    assert set(everything(built / "output")) == FILES


def test_the_manifest_says_what_is_there(built: Path) -> None:
    """Hashes, sizes and pages of the files as they are, and the inputs as they were read."""
    manifest: Any = json.loads((built / "output" / "manifest.json").read_text(encoding="utf-8"))
    assert {entry["path"] for entry in manifest["files"]} == FILES - {"manifest.json"}
    for entry in manifest["files"]:
        data = (built / "output" / entry["path"]).read_bytes()
        reader = PdfReader(BytesIO(data))
        assert reader.metadata is not None
        assert entry["sha256"] == hashlib.sha256(data).hexdigest()
        assert (entry["size"], entry["pages"]) == (len(data), len(reader.pages))
        assert (entry["name"], entry["title"]) == (Path(entry["path"]).stem, reader.metadata.title)
        assert entry["kind"] == ("pack" if entry["path"].startswith("packs/") else "brief")
        for path, digest in entry["inputs"].items():
            if not path.startswith("font:"):
                assert digest == hashlib.sha256((built / path).read_bytes()).hexdigest()


def test_building_again_writes_nothing(campaign: Path) -> None:
    api.build(campaign, ["community"])
    made = [campaign / "output" / name for name in ("community.pdf", "manifest.json")]
    for path in made:
        os.utime(path, (1, 1))
    api.build(campaign, ["community"])
    assert [path.stat().st_mtime for path in made] == [1, 1]


def test_named_targets_are_made_alone_and_the_others_stay_in_the_manifest(campaign: Path, built: Path) -> None:
    put(campaign, {f"output/{path}": data for path, data in everything(built / "output").items()})
    break_(campaign, "briefs/community.yaml", "How to start", "How to begin")
    before = everything(campaign / "output")
    report = api.build(campaign, ["community"])
    after = everything(campaign / "output")
    assert [entry.path for entry in report.made] == ["community.pdf"]
    assert {path for path in after if after[path] != before[path]} == {"community.pdf", "manifest.json"}
    entries = {entry["path"]: entry for entry in json.loads(after["manifest.json"])["files"]}
    assert set(entries) == FILES - {"manifest.json"}
    assert entries["community.pdf"]["sha256"] == hashlib.sha256(after["community.pdf"]).hexdigest()


def test_the_same_target_twice_is_made_once(campaign: Path) -> None:
    report = api.build(campaign, ["community", "community"])
    assert [entry.path for entry in report.made] == ["community.pdf"]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("briefs/policymakers.yaml", "audience: policymakers", "audience: nobody"),
        ("briefs/policymakers.yaml", "\nslots:", "\nslots: ["),
        ("briefs/policymakers.yaml", "Food, activity, medicines", "Food " * 300),
        ("layouts/one-pager/template.xml.j2", "slots.problem", "slots.problm"),
        ("layouts/one-pager/layout.yaml", "pages: 1", "pages: one"),
    ],
    ids=["reference", "syntax", "overset", "template", "layout"],
)
def test_a_broken_brief_stops_itself_and_its_pack_alone(
    campaign: Path, built: Path, path: str, old: str, new: str
) -> None:
    """The others are made anew; its own earlier file stays as it was, byte for byte."""
    kept = {f"output/{name}": b"earlier " + name.encode() for name in ("policymakers.pdf", "packs/launch-meeting.pdf")}
    put(campaign, kept)
    break_(campaign, path, old, new)
    report = api.build(campaign)
    assert report.failed
    assert {entry.path for entry in report.made} == {"clinicians.pdf", "community.pdf"}
    after = everything(campaign)
    assert {name: after[name] for name in kept} == kept
    for name in ("clinicians.pdf", "community.pdf"):
        assert after[f"output/{name}"] == (built / "output" / name).read_bytes()
    assert {name for name in after if name.startswith("output/")} == {
        "output/manifest.json",
        "output/packs/launch-meeting.pdf",
        *(f"output/{name}.pdf" for name in ("clinicians", "community", "policymakers")),
    }


def test_what_is_deleted_leaves_the_manifest(campaign: Path) -> None:
    api.build(campaign, ["community", "policymakers"])
    for path in ("briefs/policymakers.yaml", "briefs/clinicians.yaml", "briefs/packs/launch-meeting.yaml"):
        (campaign / path).unlink()
    assert not api.build(campaign).failed
    manifest: Any = json.loads((campaign / "output" / "manifest.json").read_text(encoding="utf-8"))
    assert [entry["path"] for entry in manifest["files"]] == ["community.pdf"]


def test_a_file_that_cannot_be_written_does_not_stop_the_others(campaign: Path) -> None:
    """As when it is open in a program that locks it."""
    (campaign / "output" / "clinicians.pdf").mkdir(parents=True)
    report = api.build(campaign, ["clinicians", "community"])
    assert [item.rule for item in report.diagnostics] == ["unwritable-output"]
    assert [entry.path for entry in report.made] == ["community.pdf"]
    assert set(everything(campaign / "output")) == {"community.pdf", "manifest.json"}


def test_an_output_folder_elsewhere(campaign: Path, tmp_path: Path) -> None:
    assert not api.build(campaign, ["community"], tmp_path / "else" / "where").failed
    assert set(everything(tmp_path / "else" / "where")) == {"community.pdf", "manifest.json"}
    assert not (campaign / "output").exists()


def test_progress_is_told_before_each_target(campaign: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    api.check(campaign, progress=lambda *step: steps.append(step))
    assert steps == [(at, 4, name) for at, name in enumerate(NAMES, start=1)]


# ------------------------------------------------------------------------------------------- check, list


@pytest.mark.parametrize(
    ("name", "place", "count"),
    [
        ("policymakers", "Visits are a few hours a year.", 140),
        ("policymakers", "Visits are a few hours a year.", 250),
        ("clinicians", "heading: Small on average, larger where need is high", 350),
        ("community", "A peer is someone who lives with diabetes too.", 90),
        ("community", "Who will my peer be?", 150),
    ],
)
def test_cutting_the_words_that_a_finding_names_is_enough(campaign: Path, name: str, place: str, count: int) -> None:
    """Three in ten more at most: what is said of a page that is too full can be relied on."""
    path = f"briefs/{name}.yaml"

    def overset(words: int) -> int | None:
        filler = " ".join(("some more words that nobody needs to read " * 99).split()[:words])
        put(campaign, {path: swap(shipped(), path, place, f"{place} {filler}".rstrip())[path]})
        helps = [item.help or "" for item in api.check(campaign, [name]).diagnostics if item.rule == "overset"]
        return int(re.findall(r"cut about (\d+) words", helps[0])[0]) if helps else None

    cut = overset(count)
    assert cut is not None
    assert overset(max(0, count - math.ceil(1.3 * cut))) is None
    assert overset(count - cut // 3) is not None or cut < 20


def test_a_slot_that_its_template_forgets_is_a_warning(campaign: Path) -> None:
    """What an officer writes reaches the page, or somebody is told."""
    path = "layouts/handout/template.xml.j2"
    line = '<paragraph style="note"><strong>{{ slots.disclaimer }}</strong></paragraph>'
    put(campaign, {path: swap(shipped(), path, line, "")[path]})
    report = api.check(campaign, ["community"])
    assert [(item.rule, item.message, item.path) for item in report.diagnostics] == [
        ("slot-unprinted", "the template prints nothing of the slot `disclaimer`", path)
    ]
    assert not report.failed


def test_the_shipped_campaign_has_no_errors(built: Path) -> None:
    report = api.check(built)
    assert not report.failed, report.text()
    assert report.looked_at == len(BRIEFS) + 1


def test_checking_writes_nothing(campaign: Path) -> None:
    before = everything(campaign)
    api.check(campaign)
    assert everything(campaign) == before
    assert not (campaign / "output").exists()


def test_checking_finds_what_building_finds(campaign: Path) -> None:
    break_(campaign, "briefs/policymakers.yaml", "Food, activity, medicines", "Food " * 300)
    break_(campaign, "briefs/community.yaml", "headline: A peer", "headline: 🩺 A peer")
    errors = {item for item in api.check(campaign).diagnostics if item.severity == "error"}
    assert {item.rule for item in errors} == {"overset", "missing-character"}
    assert {item for item in api.build(campaign).diagnostics if item.severity == "error"} == errors


def test_targets(built: Path) -> None:
    found = {target.name: (target.kind, target.layout, target.audience) for target in api.targets(built).targets}
    assert found == {
        **{name: ("brief", layout, audience) for name, (layout, audience) in BRIEFS.items()},
        "launch-meeting": ("pack", "meeting-pack", ""),
    }


@pytest.mark.parametrize("verb", [api.targets, api.check, api.build])
def test_a_folder_without_a_campaign(verb: Any, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "not there"):
        report = verb(folder)
        assert [item.rule for item in report.diagnostics] == ["not-a-project"]
        assert report.failed
    assert everything(tmp_path) == {}


def test_an_unknown_name_makes_nothing(campaign: Path) -> None:
    report = api.build(campaign, ["community", "clinician"])
    assert [(item.rule, item.help) for item in report.diagnostics] == [("unknown-brief", "write `clinicians`")]
    assert not (campaign / "output").exists()


# --------------------------------------------------------------------------------------------- in memory


def test_documents_from_memory_are_those_of_the_command(built: Path) -> None:
    project = api.open_project(shipped())
    for name in ("community", "policymakers", "community"):
        assert project.make(name) == (built / "output" / f"{name}.pdf").read_bytes()


def test_layouts_that_are_not_given_are_the_shipped_ones(built: Path) -> None:
    briefs = {path: text for path, text in shipped().items() if path.startswith("briefs/")}
    assert api.open_project(briefs).make("community") == (built / "output" / "community.pdf").read_bytes()


def test_what_is_wrong_in_memory_is_said_as_on_the_command_line() -> None:
    files = swap(shipped(), "briefs/community.yaml", "message: hours", "message: hour")
    with pytest.raises(ValueError, match=r"error\[unknown-message\]: .*\n  --> briefs/community.yaml:\d+:\d+"):
        api.open_project(files).make("community")
    with pytest.raises(ValueError, match=r"there is no"):
        api.open_project(shipped()).make("nobody")
    with pytest.raises(ValueError, match=r"error\[not-a-project\]"):
        api.open_project({})


def test_a_folder_of_the_project_that_is_a_link_to_elsewhere_is_told(campaign: Path) -> None:
    (campaign / "layouts").rename(campaign.parent / "elsewhere")
    try:
        (campaign / "layouts").symlink_to(campaign.parent / "elsewhere")
    except OSError:
        pytest.skip("no symbolic links here")
    report = api.check(campaign, ["community"])
    assert [(item.rule, item.message) for item in report.diagnostics] == [
        ("file-outside", "`layouts/theme.yaml` is not a path inside the project")
    ]


def test_facts_are_looked_at_where_the_campaign_cannot_be_read(tmp_path: Path) -> None:
    facts = shipped()["briefs/facts.yaml"].replace("    value: 8760\n", "    value: 8670\n", 1)
    facts = facts.replace("source: shubrook-2018", "source: shubrok-2018", 1)
    files = {**shipped(), "briefs/facts.yaml": facts, "briefs/campaign.yaml": "name: [\n"}
    rules = [(item.rule, item.file) for item in api.check(put(tmp_path, files)).diagnostics]
    assert [rule for rule, file in rules if file == "briefs/facts.yaml"] == ["unknown-source", "fact-mismatch"]
    assert ("yaml-syntax", "briefs/campaign.yaml") in rules
    broken = {
        **files,
        "briefs/facts.yaml": f"fact: {{\n{facts}",
        "briefs/campaign.yaml": shipped()["briefs/campaign.yaml"],
    }
    assert "fact-mismatch" not in {item.rule for item in api.check(put(tmp_path / "other", broken)).diagnostics}
