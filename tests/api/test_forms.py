"""Forms built: their names, their entries in the manifest, their conformance."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from briefpack import api
from tests.verapdf import Conformance

ROOT = Path(__file__).parents[2]

FORMS = {
    "-large-print": api.Form(large_print=18),
    "-grayscale": api.Form(grayscale=True),
    "-letter": api.Form(paper="Letter"),
    "-letter-large-print-16-grayscale": api.Form("Letter", 16, True),
    "-crop-marks": api.Form(crop_marks=True),
}
NAMES = (
    "clinicians",
    "community",
    "get-others-on-board",
    "leaflet",
    "newsletter",
    "packs/launch-meeting",
    "policymakers",
    "poster",
    "press-release",
    "social",
)
# The form in which the materials for other channels are judged too.
SHOWN = "-letter-large-print-16-grayscale"
# A card for a screen is never on paper.
CARDS = "social"


@pytest.mark.parametrize("suffix", FORMS)
def test_every_form_of_the_campaign_conforms(conformance: Conformance, tmp_path: Path, suffix: str) -> None:
    names = () if suffix == SHOWN else ("clinicians", "community", "launch-meeting", "leaflet", "policymakers")
    report = api.build(ROOT, names, tmp_path, form=FORMS[suffix])
    assert not report.failed, report.text()
    made = [name for name in NAMES if not names or Path(name).name in names]
    expected = [f"{name}{suffix.replace('-letter', '') if name == CARDS else suffix}.pdf" for name in made]
    assert sorted(entry.path for entry in report.made) == sorted(expected)
    for entry in report.made:
        assert conformance.broken(tmp_path / entry.path) == (), entry.path


def test_a_form_stands_beside_the_document_and_in_the_manifest(tmp_path: Path) -> None:
    api.build(ROOT, ["community"], tmp_path)
    first = (tmp_path / "community.pdf").read_bytes()
    api.build(ROOT, ["community"], tmp_path, form=api.Form(large_print=16, grayscale=True))
    files = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert {entry["path"]: entry["form"] for entry in files} == {
        "community.pdf": {},
        "community-large-print-16-grayscale.pdf": {"large-print": 16, "grayscale": True},
    }
    assert (tmp_path / "community.pdf").read_bytes() == first


def test_every_form_is_a_file_of_its_own(tmp_path: Path) -> None:
    """Large print of either size too."""
    sizes: tuple[api.LargePrint, ...] = (16, 18)
    for size in sizes:
        assert not api.build(ROOT, ["community"], tmp_path, form=api.Form(large_print=size)).failed
    files = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert [(entry["path"], entry["form"]) for entry in files] == [
        ("community-large-print-16.pdf", {"large-print": 16}),
        ("community-large-print.pdf", {"large-print": 18}),
    ]


def test_building_all_again_keeps_the_entries_of_forms(tmp_path: Path) -> None:
    api.build(ROOT, ["community"], tmp_path, form=api.Form(grayscale=True))
    api.build(ROOT, (), tmp_path)
    files = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert "community-grayscale.pdf" in {entry["path"] for entry in files}


def test_a_form_has_the_same_bytes_twice(tmp_path: Path) -> None:
    form = FORMS["-letter-large-print-16-grayscale"]
    [one] = api.build(ROOT, ["policymakers"], tmp_path / "one", form=form).made
    [other] = api.build(ROOT, ["policymakers"], tmp_path / "other", form=form).made
    assert one == other


def test_check_says_that_a_form_does_not_fit(tmp_path: Path) -> None:
    """Two pages that are full on A4 are too long for Letter; in large print they are not."""
    api.init(tmp_path / "campaign")
    layout = tmp_path / "campaign" / "layouts" / "handout" / "layout.yaml"
    text = layout.read_text(encoding="utf-8")
    assert "{least: 0.6, most: 1.6}" in text
    layout.write_text(text.replace("{least: 0.6, most: 1.6}", "{least: 0.7, most: 1.6}"), encoding="utf-8")
    assert not api.check(tmp_path / "campaign", ["community"]).failed
    report = api.check(tmp_path / "campaign", ["community"], form=api.Form(paper="Letter"))
    assert [item.rule for item in report.diagnostics if item.rule == "overset"] == ["overset"]
    assert not api.check(tmp_path / "campaign", ["community"], form=api.Form("Letter", 18)).failed
