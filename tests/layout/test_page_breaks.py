"""A page break does not hide that there are more pages than the fit contract allows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefpack.builds import Workshop, draft_brief
from briefpack.document import Text
from briefpack.document.slot_texts import rewritten, slot_texts
from briefpack.layout import Job, lay_out
from briefpack.project.files import DiskFiles
from briefpack.project.load import load_project

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sheet() -> Job:
    """Two sides, exactly, with a page break between them."""
    files = DiskFiles(ROOT)
    project = load_project(files).project
    assert project is not None
    _, job, _ = draft_brief(Workshop.of(files, project), "clinicians")
    assert job is not None
    return job


@pytest.mark.parametrize("words", [0, 60, 120, 160, 200, 260, 400])
def test_a_first_side_that_runs_over_is_overset_and_never_a_page_more(sheet: Job, words: int) -> None:
    """What runs over is short, and with the second side it would be no higher than one page."""
    longest = max((text for text in slot_texts(sheet.document) if text.slot == "evidence"), key=lambda t: len(t.words))
    content = (*longest.content, Text(" words" * words))
    result = lay_out(replace(sheet, document=rewritten(sheet.document, {longest.id: content})))
    pages = len(result.laid_out.pages) if result.laid_out else 0
    rules = [item.rule for item in result.diagnostics]
    assert (pages, rules) in [(2, []), (0, ["overset"])]
