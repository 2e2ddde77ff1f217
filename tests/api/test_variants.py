"""Variants: documents of their own, from the file of a brief to files of their own."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from pypdf import PdfReader

from briefpack import api
from briefpack.content import resolve_brief
from briefpack.content.slots import texts
from briefpack.project.files import DictFiles
from briefpack.project.load import Project, load_project
from tests.campaigns import put, shipped, swap

VARIANTS: Final = """\
title: A peer can help with your diabetes
variants:
  harbour:
    title: A peer at the harbour
    values: {place: the harbour clinic}
    slots:
      headline: A peer at the harbour can help
  hill:
    title: A peer on the hill
    facts: {hours-with-clinician: {value: 8}}
values: {place: your clinic}
"""
COMMUNITY: Final = "briefs/community.yaml"


def campaign() -> dict[str, str]:
    files = swap(shipped(), COMMUNITY, "title: A peer can help with your diabetes\n", VARIANTS)
    asked = "Or ask your doctor or nurse."
    return swap(files, COMMUNITY, asked, f"Or ask {'{{ value.place }}'}.")


def project(files: Mapping[str, str]) -> Project:
    loaded = load_project(DictFiles(files))
    assert loaded.project is not None
    assert loaded.diagnostics == ()
    return loaded.project


def words(of: Project, name: str) -> str:
    brief, found = resolve_brief(of, name)
    assert brief is not None, found
    return " ".join(str(text) for value in brief.slots.values() if value is not None for text in texts(value))


def test_variants_are_listed_after_their_brief() -> None:
    loaded = project(campaign())
    assert loaded.variants == {"community": ("harbour", "hill")}
    assert list(loaded.briefs) == ["clinicians", "community", "community@harbour", "community@hill", "policymakers"]


def test_a_variant_has_its_own_words_and_takes_over_the_others() -> None:
    loaded = project(campaign())
    assert "Or ask your clinic." in words(loaded, "community")
    assert "A peer at the harbour can help" in words(loaded, "community@harbour")
    assert "Or ask the harbour clinic." in words(loaded, "community@harbour")
    assert "Ask us these questions" in words(loaded, "community@harbour")


def test_a_derived_fact_follows_a_part_that_differs() -> None:
    """24 × 365.25 − 8, printed as the value was; the brief itself keeps 8,760."""
    loaded = project(campaign())
    assert "8,758" in words(loaded, "community@hill")
    assert "as many as 8 hours" in words(loaded, "community@hill").replace("\u00a0", " ")
    assert "8,758" not in words(loaded, "community")
    assert "8,760" in words(loaded, "community")


def test_a_chain_of_briefs_takes_over_from_the_one_before() -> None:
    """The last of three has the title of its own, the contact of the second, and the slots of the first."""
    middle = "extends: community\nvalues: {place: the middle}\nslots: {headline: A peer in the middle}\n"
    last = "extends: middle\ntitle: The last\nvariants: {far: {title: The far one, values: {place: far away}}}\n"
    loaded = project({**campaign(), "briefs/middle.yaml": middle, "briefs/last.yaml": last})
    assert loaded.variants == {"community": ("harbour", "hill"), "last": ("far",)}
    assert str(loaded.briefs["last"].title) == "The last"
    assert "A peer in the middle" in words(loaded, "last")
    assert "Or ask the middle." in words(loaded, "last")
    assert "Or ask far away." in words(loaded, "last@far")
    assert loaded.paths_of("last@far") == ("briefs/last.yaml", "briefs/middle.yaml", "briefs/community.yaml")


def test_slots_that_another_layout_does_not_have_are_not_taken_over() -> None:
    """But one of its own is a slip, and so is one in the layout of the brief that it extends."""
    short = "name: Card\ndocument-type: Card\nchannel: mass\npaper: A6\n"
    short += (
        "margins: {top: 9mm, right: 9mm, bottom: 9mm, left: 9mm}\ngrid: {columns: 1, gutter: 0mm}\nfit: {pages: 1}\n"
    )
    layout = short + "slots: {headline: {type: text}, message: {type: message}}\n"
    template = (
        "<document><heading>{{ slots.headline }}</heading><paragraph>{{ slots.message.text }}</paragraph></document>"
    )
    files = {**shipped(), "layouts/card/layout.yaml": layout, "layouts/card/template.xml.j2": template}
    card = "extends: community\nlayout: card\n"
    found = resolve_brief(project({**files, "briefs/card.yaml": card}), "card")[1]
    assert [item.rule for item in found if item.rule == "unknown-slot"] == []
    found = resolve_brief(project({**files, "briefs/card.yaml": card + "slots: {wat: What}\n"}), "card")[1]
    assert [item.message for item in found if item.rule == "unknown-slot"] == ["the layout `card` has no slot `wat`"]
    own = swap(files, "briefs/community.yaml", "layout: handout", "layout: card")
    found = resolve_brief(project(own), "community")[1]
    assert "unknown-slot" in {item.rule for item in found}


def test_each_variant_is_a_file_of_its_own(tmp_path: Path) -> None:
    files = swap(campaign(), COMMUNITY, "    facts: {hours-with-clinician: {value: 8}}\n", "")
    report = api.build(put(tmp_path, files))
    assert report.text() == ""
    made = {entry.path for entry in report.made}
    assert {"community.pdf", "community@harbour.pdf", "community@hill.pdf"} <= made
    reader = PdfReader(BytesIO((tmp_path / "output" / "community@harbour.pdf").read_bytes()))
    assert "harbour clinic" in " ".join(page.extract_text() for page in reader.pages)


def test_a_pack_may_have_a_variant_as_its_paper() -> None:
    files = swap(campaign(), "briefs/packs/launch-meeting.yaml", "    paper: community\n", "")
    files = swap(files, "briefs/packs/launch-meeting.yaml", "  - community\n", "  - community@harbour\n")
    assert project(files).packs["launch-meeting"].papers[-1].text == "community@harbour"
