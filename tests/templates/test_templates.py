"""What templates make, node by node, and what a designer's slip is told, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.content import ResolvedBrief
from briefpack.diagnostics import render
from briefpack.project.files import DictFiles, source_lines
from tests.goldens import Case, cases
from tests.templates.sheet import SHEET, read, resolved, shown

GOLDENS = Path(__file__).parent / "goldens"


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
