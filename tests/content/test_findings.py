"""What a user's mistake in the words of a brief is told, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.content import check_project
from briefpack.diagnostics import render
from briefpack.project.files import DictFiles, source_lines
from briefpack.project.load import load_project
from tests.project.sample import FILES, Case, cases, check

FOLDER = Path(__file__).parent / "findings"
CASES = [(file, case) for file in sorted(FOLDER.glob("*.txt")) for case in cases(file)]


def test_the_sample_itself_is_in_order() -> None:
    project = load_project(DictFiles(FILES)).project
    assert project is not None
    assert check_project(project) == ()


@pytest.mark.parametrize(("file", "case"), CASES, ids=[f"{file.stem}: {case.name}" for file, case in CASES])
def test_findings(file: Path, case: Case) -> None:
    files = DictFiles(case.files)
    loaded = load_project(files)
    assert loaded.project is not None
    found = (*loaded.diagnostics, *check_project(loaded.project))
    check(file, case, render(found, source_lines(files)))
