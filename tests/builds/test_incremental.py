"""What is made again after a change, why, and that it is never too little."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefpack import api
from briefpack.builds.judging import Judging
from briefpack.builds.maker import Maker
from briefpack.builds.plans import why
from briefpack.builds.present import Present
from briefpack.builds.targets import every_target
from briefpack.builds.tracing import ALWAYS
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from briefpack.project.snapshots import Snapshot
from tests.builds.notes import FILES, note, picture
from tests.builds.seam import rounds
from tests.campaigns import everything, put, swap

TEXTS: Final = {path: text for path, text in FILES.items() if isinstance(text, str)}
FACTS: Final = "briefs/facts.yaml"
EVERY: Final = {"clinic", "clinic+grayscale", "own", "plain", "seen", "told", "both"}


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    folder = put(tmp_path / "campaign", FILES)
    assert made(folder) == EVERY
    return folder


def build(campaign: Path, *names: str, **options: Any) -> api.Report:
    report = api.build(campaign, names, cache=campaign / "cache", **options)
    assert not report.failed, report.text()
    return report


def made(campaign: Path, *names: str, **options: Any) -> set[str]:
    """The targets that a build makes again."""
    report = build(campaign, *names, **options)
    return {Path(entry.path).stem.replace("-grayscale", "+grayscale") for entry in report.made}


def change(campaign: Path, path: str, old: str, new: str) -> None:
    put(campaign, {path: swap(TEXTS, path, old, new)[path]})


def reasons(campaign: Path) -> dict[str, tuple[str, ...]]:
    return {step.target.id: why(step) for step in api.plan(campaign).steps if not step.is_current}


# ------------------------------------------------------------------------------------ what is made again


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        # `own-hours` is derived from `clinic-hours`, and the message `hours` prints `own-hours`.
        (FACTS, "derivation: 24 * 365.25 - clinic-hours", "derivation: 8760 + 0", {"own", "told", "both"}),
        (FACTS, "qualifier: as many as", "qualifier: up to", {"clinic", "clinic+grayscale", "own", "told", "both"}),
        ("briefs/messages.yaml", "The other {{", "Another {{", {"told"}),
        ("briefs/messages.yaml", "You are not alone", "You are never alone", {"told"}),
        ("briefs/sources.yaml", "title: Effectiveness", "title: Effects", {"told"}),
        ("briefs/sources.yaml", "title: Questions", "title: Asked", {"plain", "seen", "own", "told", "both"}),
        ("briefs/campaign.yaml", "phone: 555-0142", "phone: 555-0143", {"own", "both"}),
        ("briefs/campaign.yaml", "name: Community,", "name: Neighbours,", {"seen"}),
        ("briefs/campaign.yaml", "organisation: County", "organisation: City", EVERY),
        ("briefs/plain.yaml", "Nothing is", "Nothing at all is", {"plain", "both"}),
        ("briefs/packs/both.yaml", "title: Both", "title: The two", {"both"}),
        ("layouts/parts.xml.j2", "That is all", "No more", EVERY),
        ("layouts/note/layout.yaml", "{gutter: 5mm}", "{gutter: 4mm}", EVERY),
        ("layouts/meeting-pack/layout.yaml", "{gutter: 5mm}", "{gutter: 4mm}", {"both"}),
        ("layouts/theme.yaml", 'ink: "#111111"', 'ink: "#222222"', EVERY),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_change_makes_again_what_uses_it_and_nothing_else(
    campaign: Path, path: str, old: str, new: str, expected: set[str]
) -> None:
    change(campaign, path, old, new)
    assert set(reasons(campaign)) == expected
    assert made(campaign) == expected
    assert made(campaign) == set()


def test_places_that_move_change_nothing(campaign: Path) -> None:
    """A comment, a blank line, another order of the facts: no number is another."""
    clinic, own = TEXTS["briefs/facts.yaml"].removeprefix("facts:\n").split("  own-hours:")
    put(campaign, {"briefs/facts.yaml": f"# Checked again.\n\nfacts:\n  own-hours:{own}{clinic}"})
    put(campaign, {"briefs/sources.yaml": "# All of them.\n" + TEXTS["briefs/sources.yaml"]})
    assert made(campaign) == set()


def test_a_picture_and_a_template_that_may_be_missing(campaign: Path) -> None:
    put(campaign, {"photos/a.png": picture(90)})
    assert reasons(campaign) == {"seen": ("`photos/a.png` changed",)}
    assert made(campaign) == {"seen"}
    put(campaign, {"layouts/extra.xml.j2": "{# nothing #}"})
    assert made(campaign) == EVERY


def test_what_is_said_of_a_change(campaign: Path) -> None:
    change(campaign, "briefs/facts.yaml", "derivation: 24 * 365.25 - clinic-hours", "derivation: 8760 + 0")
    put(campaign, {"briefs/new.yaml": note(6, "New. [@faq]")})
    (campaign / "output" / "plain.pdf").unlink()
    assert reasons(campaign) == {
        "own": ("the fact `own-hours` changed",),
        "told": ("the fact `own-hours` changed",),
        "both": ("the fact `own-hours` changed",),
        "new": ("it was never made",),
        "plain": ("`plain.pdf` is missing or was changed",),
    }


def test_another_date_from_outside_makes_everything_again(campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    assert all("SOURCE_DATE_EPOCH is another" in said for said in reasons(campaign).values())
    assert made(campaign) == EVERY


def test_a_file_that_was_changed_or_deleted_is_put_back_from_the_cache(campaign: Path) -> None:
    before = everything(campaign / "output")
    (campaign / "output" / "own.pdf").unlink()
    put(campaign, {"output/plain.pdf": b"scribbled over"})
    report = build(campaign)
    assert {entry.path for entry in report.made} == {"own.pdf", "plain.pdf"}
    assert report.restored == 2
    assert everything(campaign / "output") == before


def test_going_back_is_no_work(campaign: Path) -> None:
    before = everything(campaign / "output")
    change(campaign, "layouts/parts.xml.j2", "That is all", "No more")
    assert build(campaign).restored == 0
    put(campaign, {"layouts/parts.xml.j2": TEXTS["layouts/parts.xml.j2"]})
    report = build(campaign)
    assert (report.restored, len(report.made)) == (len(EVERY), len(EVERY))
    assert everything(campaign / "output") == before


def test_a_chosen_target_leaves_the_others_stale(campaign: Path) -> None:
    change(campaign, "layouts/parts.xml.j2", "That is all", "No more")
    assert made(campaign, "own") == {"own"}
    assert made(campaign, "own") == set()
    assert set(reasons(campaign)) == EVERY - {"own"}
    assert made(campaign, "state:stale", "not", "tag:spring") == EVERY - {"own", "plain", "seen", "both"}
    assert made(campaign) == {"plain", "seen", "both"}


def test_an_output_folder_of_its_own_is_another_matter(campaign: Path, tmp_path: Path) -> None:
    report = build(campaign, output=tmp_path / "else")
    assert (report.restored, len(report.made)) == (len(EVERY), len(EVERY))
    assert made(campaign) == set()
    assert made(campaign, output=tmp_path / "else") == set()


def test_a_form_that_is_asked_for_is_a_target_too(campaign: Path) -> None:
    form = api.Form(large_print=18)
    assert len(made(campaign, "tag:spring", form=form)) == 3
    assert made(campaign, "tag:spring", form=form) == set()
    assert made(campaign) == set()
    change(campaign, "briefs/plain.yaml", "Nothing is", "Nothing at all is")
    assert made(campaign, "tag:spring", form=form) == {"plain-large-print", "both-large-print"}


def test_without_a_cache_everything_is_made_and_nothing_is_kept(tmp_path: Path) -> None:
    folder = put(tmp_path / "campaign", FILES)
    for _ in range(2):
        assert len(api.build(folder).made) == len(EVERY)
    assert set(everything(folder)) == {*FILES, *(f"output/{name}" for name in everything(folder / "output"))}


def test_findings_are_said_again_though_nothing_is_made(campaign: Path) -> None:
    """And at the places where they are now."""
    long = TEXTS["briefs/plain.yaml"].replace("Nothing is", "Nothing is " + "really " * 40)
    put(campaign, {"briefs/plain.yaml": long})
    said = build(campaign).text()
    assert "over-budget" in said
    assert build(campaign).text() == said
    put(campaign, {"briefs/plain.yaml": f"# One line more.\n{long}"})
    assert "plain.yaml:8:3" in said
    assert "plain.yaml:9:3" in build(campaign).text()


def test_a_strict_build_makes_nothing_of_what_has_warnings(campaign: Path) -> None:
    long = TEXTS["briefs/plain.yaml"].replace("Nothing is", "Nothing is " + "really " * 40)
    put(campaign, {"briefs/plain.yaml": long})
    build(campaign)
    for _ in range(2):
        report = api.build(campaign, cache=campaign / "cache", strict=True)
        assert {item.severity for item in report.diagnostics} == {"error"}
        assert report.made == ()
        assert report.current == len(EVERY) - 2
    assert build(campaign).restored == 2


def test_what_failed_is_tried_again(campaign: Path) -> None:
    change(campaign, "briefs/own.yaml", "{{ own-hours }}", "{{ no-hours }}")
    before = everything(campaign / "output")
    for _ in range(2):
        report = api.build(campaign, cache=campaign / "cache")
        assert {item.rule for item in report.diagnostics} == {"unknown-fact"}
        assert report.made == ()
    assert everything(campaign / "output") == before
    assert {step.target.id: step.state for step in api.plan(campaign).steps if not step.is_current} == {
        "own": "failed",
        "both": "failed",
    }
    put(campaign, {"briefs/own.yaml": TEXTS["briefs/own.yaml"]})
    assert build(campaign).restored == 2


# --------------------------------------------------------------------------------------- recorded reads


def test_what_is_read_is_the_same_from_a_snapshot(tmp_path: Path) -> None:
    """Keys and digests, so that who has a snapshot and who has none share a cache."""
    snapshot = Snapshot(str(tmp_path))
    found = []
    for kept in (None, snapshot, snapshot):
        files = DictFiles(FILES)
        project = load_project(files, snapshot=kept).project
        assert project is not None
        today = date(2026, 11, 25)
        maker, present = Maker(files, project, Judging(today)), Present(files, project, "", "", today)
        found.append([present.digests(present.closed(maker.make(target).keys)) for target in every_target(project)])
    assert found[0]
    assert found[0] == found[1] == found[2]


def test_what_a_note_reads() -> None:
    """Exactly what it uses, and what that is derived from."""
    files = DictFiles(FILES)
    project = load_project(files).project
    assert project is not None
    today = date(2026, 11, 25)
    maker, present = Maker(files, project, Judging(today)), Present(files, project, "", "", today)
    keys = {target.id: present.closed(maker.make(target).keys) for target in every_target(project)}
    read = {
        name: {key for key in found if not key.startswith(("known:", "phrases:", "own-facts:", "campaign:", "theme:"))}
        for name, found in keys.items()
    }
    always = {"date", "environment", "project", "terms:en"}
    styles = {"text-style:body", "text-style:heading-1", "text-style:source", "text-style:folio", "list-style:sources"}
    styles |= {"colour:ink", "colour:link", "typeface:sans"}
    shown = {
        "layout:note",
        "file:layouts/note/template.xml.j2",
        "file:layouts/parts.xml.j2",
        "file:layouts/extra.xml.j2",
    }
    audience = {"audience:clinicians"}
    assert read["plain"] == {"brief:plain", "extends:plain", "source:faq", *always, *shown, *audience, *styles}
    assert read["own"] - read["plain"] == {
        "brief:own", "extends:own", "contact:desk", "fact:own-hours", "fact:clinic-hours", "source:pfp",
    }  # fmt: skip
    assert read["clinic"] - read["plain"] == {"brief:clinic", "extends:clinic", "fact:clinic-hours", "source:pfp"}
    # A grey follows from all colours, so that each stays apart from the others; a photo has no letters.
    greys = {"grey:#004488", "grey:#111111"}
    assert read["clinic+grayscale"] == read["clinic"] | greys
    assert read["seen"] - read["plain"] == {
        "brief:seen", "extends:seen", "audience:community", "file:photos/a.png", "box-style:figure",
    }  # fmt: skip
    assert {"message:hours", "fact:own-hours", "source:qi-2015"} <= read["told"]
    # A number that a note states is held against the facts that are near it.
    assert "known:en@clinicians/number/1" in keys["plain"]
    kinds = {key.partition("/")[0] for key in keys["plain"] - read["plain"]} - set(ALWAYS)
    assert kinds == {"known:en@clinicians", "phrases:en", "own-facts:plain"}
    # Messages that have to be there, by whom that may be said of; of its sentences those long enough to be told.
    required = {"phrases:en/required/clinicians", "phrases:en/required/plain"}
    assert {key for key in keys["plain"] if key.startswith("phrases:en/required")} == required
    pack = {"pack:both", "layout:meeting-pack", "file:layouts/meeting-pack/template.xml.j2"}
    assert read["both"] - pack == read["own"] | read["plain"]


# ------------------------------------------------------------------------------------- never too little


Files = Mapping[str, str | bytes]


def _said(path: str, old: str, *new: str) -> list[Callable[[Files], Files]]:
    """Edits that put one of `new` in place of what may stand there."""
    words = (old, *new)

    def edit(files: Files, word: str) -> Files:
        text = files.get(path)
        if not isinstance(text, str):
            return files
        found = next((other for other in words if other in text), None)
        return {**files, path: text.replace(found, word, 1)} if found is not None else files

    return [partial(edit, word=word) for word in words]


def _put(path: str, *contents: str | bytes | None) -> list[Callable[[Files], Files]]:
    """Edits that write a file, or delete it."""

    def edit(files: Files, content: str | bytes | None) -> Files:
        rest = {key: value for key, value in files.items() if key != path}
        return rest if content is None else {**rest, path: content}

    return [partial(edit, content=content) for content in contents]


EDITS: Final = (
    *_said("briefs/facts.yaml", "value: 6", "value: 7", "value: 6 # six"),
    *_said("briefs/facts.yaml", "qualifier: as many as", "qualifier: up to"),
    *_said("briefs/facts.yaml", "facts:", "# A comment.\nfacts:"),
    *_said("briefs/messages.yaml", "The other {{", "As many as {{ clinic-hours }}, and the other {{"),
    *_said("briefs/sources.yaml", "title: Questions", "title: Asked", "title: '{{'"),
    *_said("briefs/campaign.yaml", "555-0142", "555-0199"),
    *_said("briefs/campaign.yaml", "smallest-type: 14pt", "smallest-type: 12pt"),
    *_said("briefs/own.yaml", "{{ own-hours }}", "{{ clinic-hours }}", "{{ own-hours.qualifier }}", "{{ no-hours }}"),
    *_said("briefs/told.yaml", "message: hours", "message: none"),
    *_said("briefs/plain.yaml", "Nothing is used", "Nothing is used " + "ever " * 40, "You have 8,700 own hours"),
    *_said("briefs/facts.yaml", "derivation: 24 * 365.25 - clinic-hours", "derivation: 8700 + 60"),
    *_said("briefs/facts.yaml", "value: 8760", "value: 8700"),
    *_said("briefs/packs/both.yaml", "papers: [own, plain]", "papers: [own, seen]", "papers: [plain, own, told]"),
    *_said("layouts/note/template.xml.j2", "<sources/>", "<paragraph>{{ campaign.name }}</paragraph><sources/>"),
    *_said("layouts/note/template.xml.j2", '"parts.xml.j2" as', '"other.xml.j2" as'),
    *_said("layouts/theme.yaml", "base: 10", "base: 11"),
    *_said("layouts/theme.yaml", "folio: {step: -1}", "folio: {step: 0, color: accent}", "folio: {like: caption}"),
    *_said("layouts/theme.yaml", 'accent: "#882200"', 'accent: "#aa0000"'),
    *_said("layouts/theme.yaml", "list-styles:\n", "list-styles:\n  bullet: {gap: 2}\n"),
    *_said(
        "briefs/campaign.yaml",
        "audiences:\n",
        "terms: {en: {sources: Works}}\naudiences:\n",
        "rules: {over-budget: off}\naudiences:\n",
    ),
    *_said(
        "briefs/clinic.yaml",
        "forms: [grayscale]",
        "forms: [grayscale, large-print]",
        "variants: {v: {facts: {clinic-hours: {value: 9}}}}",
    ),
    *_said("briefs/seen.yaml", "tags: [spring, art]", "facts: {own-hours: {qualifier: about}}", "extends: plain"),
    *_put("layouts/other.xml.j2", FILES["layouts/parts.xml.j2"], "{% macro close() %}{% endmacro %}"),
    *_put("layouts/extra.xml.j2", None, "{% if no %}{% endif %}", "{# nothing #}"),
    *_put("photos/a.png", None, picture(), picture(10)),
    *_put("briefs/new.yaml", None, note(7, "It is new. [@faq]"), note(8, "{{ clinic-hours }} of them. [@pfp]")),
)


@settings(max_examples=len(rounds(10)), deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(st.lists(st.sampled_from(EDITS), min_size=1, max_size=3), min_size=1, max_size=3))
def test_an_incremental_build_is_a_clean_one(
    edits: list[list[Callable[[Files], Files]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """After any edits: the same files, the same manifest, the same findings, byte for byte."""
    root = tmp_path_factory.mktemp("edited")
    campaign = put(root / "campaign", FILES)
    api.build(campaign, cache=root / "cache")
    files: Files = FILES
    for group in edits:
        for edit in group:
            files = edit(files)
        _write(campaign, files)
        report = api.build(campaign, cache=root / "cache")
        anew = root / f"clean-{os.urandom(4).hex()}"
        clean = api.build(campaign, output=anew)
        assert report.text() == clean.text()
        _compare(campaign / "output", anew, clean)


def _write(campaign: Path, files: Files) -> None:
    put(campaign, files)
    for path in set(everything(campaign)) - set(files):
        if not path.startswith(("output/", ".briefpack/")):
            (campaign / path).unlink()


def _compare(output: Path, anew: Path, clean: api.Report) -> None:
    """What the clean build made, the incremental one has too, and says the same of it."""
    expected = _manifest(anew)
    found = _manifest(output)
    for entry in clean.made:
        assert (output / entry.path).read_bytes() == (anew / entry.path).read_bytes(), entry.path
        assert found[entry.path] == expected[entry.path]


def _manifest(folder: Path) -> dict[str, Any]:
    if not (folder / "manifest.json").exists():
        return {}
    values = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return {entry["path"]: entry for entry in values["files"]}
