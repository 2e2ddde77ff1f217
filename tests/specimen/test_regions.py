"""A slip at the foot of the handout, from the campaign to the file: its place, its tags, its words, every form."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.builds import Made, Workshop, make_brief, make_pack
from briefpack.builds.words import count_words
from briefpack.diagnostics import render
from briefpack.layout import AS_DESIGNED, Form
from briefpack.preflight import inspect
from briefpack.project.files import DictFiles, source_lines
from briefpack.project.load import load_project
from tests.campaigns import shipped, swap
from tests.verapdf import Conformance

LAYOUT = "layouts/handout/layout.yaml"
TEMPLATE = "layouts/handout/template.xml.j2"


def with_slip(height: str = "68mm") -> dict[str, str]:
    """The shipped campaign, where and whom to call on a slip at the foot of the second side."""
    files = swap(
        shipped(), LAYOUT, "\nfoot:\n", f"\nregions:\n  slip: {{page: 2, at: foot, height: {height}}}\n\nfoot:\n"
    )
    where = "  {{ parts.section(slots.where) }}\n  {{ parts.contact(slots.contact) }}\n"
    return swap(files, TEMPLATE, where, f'  <region name="slip" style="panel">\n{where}  </region>\n')


def workshop(files: dict[str, str]) -> Workshop:
    project_files = DictFiles(files)
    loaded = load_project(project_files)
    assert loaded.project is not None, render(loaded.diagnostics, source_lines(project_files))
    return Workshop.of(project_files, loaded.project)


def bytes_of(made: Made) -> bytes:
    assert made.data is not None, [item.message for item in made.diagnostics]
    return made.data


@pytest.mark.parametrize(
    "form",
    [AS_DESIGNED, Form(paper="Letter"), Form(grayscale=True), Form(large_print=16), Form("Letter", 18, grayscale=True)],
    ids=["A4", "Letter", "grey", "16 pt", "Letter, 18 pt, grey"],
)
def test_a_handout_with_a_slip_conforms_in_every_form(form: Form, tmp_path: Path, conformance: Conformance) -> None:
    path = tmp_path / "slip.pdf"
    path.write_bytes(bytes_of(make_brief(workshop(with_slip()), "community", form)))
    assert conformance.broken(path) == ()


def test_a_pack_with_the_handout_conforms(tmp_path: Path, conformance: Conformance) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(bytes_of(make_pack(workshop(with_slip()), "launch-meeting")))
    assert conformance.broken(path) == ()


def test_the_slip_is_a_section_where_the_template_has_it() -> None:
    tree = inspect(bytes_of(make_brief(workshop(with_slip()), "community"))).tag_tree()
    before, _, after = tree.partition("Where to find us")
    assert "Ask us these questions" in before
    assert "Sources" in after


def test_the_words_of_a_slip_are_counted_in_its_own_room() -> None:
    """A slip with little room holds few words more, and the rest of the page as many as it did."""
    wide, narrow = (count_words(workshop(with_slip(height)), "community")[0] for height in ("76mm", "68mm"))
    assert wide is not None
    assert narrow is not None
    fits = [{slot.slot: slot.fits for slot in brief.slots} for brief in (wide, narrow)]
    assert (fits[0]["where"] or 0) > (fits[1]["where"] or 0)
    assert (fits[0]["steps"] or 0) <= (fits[1]["steps"] or 0)


def test_a_slip_that_is_too_small_says_what_to_cut() -> None:
    made = make_brief(workshop(with_slip("40mm")), "community")
    [found] = [item for item in made.diagnostics if item.rule == "overset"]
    assert found.message.startswith("the region `slip` of `community` is ")
    assert found.span is not None
    assert found.span.path == "briefs/community.yaml"
