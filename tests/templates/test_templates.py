"""What templates make, node by node, and what a designer's slip is told, word for word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from briefpack.content import ResolvedBrief, resolve_brief
from briefpack.content.terms import terms_in
from briefpack.diagnostics import render
from briefpack.project.files import DictFiles, DiskFiles, source_lines
from briefpack.project.load import load_project
from briefpack.templates import ANY, Source, TemplateFailure, Templates, read_document
from tests.goldens import Case, cases
from tests.templates.sheet import SHEET, TEMPLATE, read, resolved, shown

ROOT: Final = Path(__file__).parents[2]
GOLDENS: Final = Path(__file__).parent / "goldens"


@pytest.fixture(scope="module")
def brief() -> ResolvedBrief:
    return resolved()


def reading(case: Case, brief: ResolvedBrief) -> str:
    """The document of a case, or what is wrong with its template."""
    files = DictFiles(case.changed(SHEET))
    blocks, diagnostics = read(brief, files)
    return render(diagnostics, source_lines(files)) if diagnostics else shown(blocks)


@pytest.mark.parametrize("case", cases(GOLDENS / "documents.txt"), ids=str)
def test_documents(case: Case, brief: ResolvedBrief) -> None:
    """Ids count in reading order; words keep the slot and the line they were written on."""
    case.check(reading(case, brief))


@pytest.mark.parametrize("case", cases(GOLDENS / "slips.txt"), ids=str)
def test_slips(case: Case, brief: ResolvedBrief) -> None:
    case.check(reading(case, brief))


def test_the_files_that_a_template_is_made_of() -> None:
    """What is imported, included or extended, at any depth; also what may be missing and is."""
    files = DictFiles(
        {
            "layouts/sheet/template.xml.j2": '{% extends "base.xml.j2" %}{% include "none.xml.j2" ignore missing %}',
            "layouts/base.xml.j2": '{% import "parts.xml.j2" as parts %}{% include "base.xml.j2" %}',
            "layouts/parts.xml.j2": "{% macro one() %}{% endmacro %}",
            "layouts/other.xml.j2": "",
        }
    )
    templates = Templates(files.read_text)
    read = {"layouts/sheet/template.xml.j2", "layouts/base.xml.j2", "layouts/parts.xml.j2"}
    assert templates.inputs("layouts/sheet/template.xml.j2") == {*read, "layouts/none.xml.j2"}


def test_a_template_that_works_out_a_name_may_be_made_of_any_file() -> None:
    files = DictFiles({"layouts/sheet/template.xml.j2": "{% include name %}"})
    path = "layouts/sheet/template.xml.j2"
    assert Templates(files.read_text).inputs(path) == {path, ANY}


def test_a_template_that_is_not_text() -> None:
    """What is wrong with the file itself is said, not that it were missing."""
    templates = Templates(DictFiles({TEMPLATE: b"<document>caf\xe9</document>"}).read_text)
    with pytest.raises(TemplateFailure, match="UTF-8") as failure:
        templates.render(TEMPLATE, {})
    assert failure.value.diagnostic.rule == "file-encoding"


def test_a_slot_that_is_not_filled_has_no_fields() -> None:
    templates = Templates(DictFiles({TEMPLATE: "<document>\n{{ slots.photo.file }}</document>"}).read_text)
    with pytest.raises(TemplateFailure) as failure:
        templates.render(TEMPLATE, {"slots": {"photo": None}})
    found = failure.value.diagnostic
    assert (found.rule, found.message, found.help) == (
        "template-error",
        "`file` is asked of nothing",
        "put `{% if … %}` round it: a slot that is not filled is nothing",
    )
    assert found.span is not None
    assert found.span.line == 2


@pytest.mark.parametrize("name", ["policymakers", "clinicians", "community"])
def test_ids_count_in_reading_order(name: str) -> None:
    """The shipped templates number every node once, as the tag tree reads them."""
    files = DiskFiles(ROOT)
    loaded = load_project(files)
    assert loaded.project is not None
    brief, found = resolve_brief(loaded.project, name)
    assert brief is not None, found
    path = f"layouts/{brief.layout}/template.xml.j2"
    values = {"brief": brief, "slots": brief.slots, "campaign": brief.campaign, "terms": terms_in(brief.language)}
    sources = [Source(each.number, each.text, each.short) for each in brief.sources]
    blocks, diagnostics = read_document(Templates(files.read_text).render(path, values), path, sources)
    assert diagnostics == ()
    ids = [int(match) for match in re.findall(r"(?m)^ *(\d+) |<(?:\d+) ", shown(blocks)) if match]
    assert ids == sorted(set(ids))
    assert len(ids) > 50
