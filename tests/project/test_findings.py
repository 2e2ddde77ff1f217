"""What a user's mistake in the files of a project is told, word for word."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.diagnostics import render
from briefpack.project.files import DictFiles, source_lines
from briefpack.project.load import load_project
from tests.project.sample import FILES, Case, cases, check

FOLDER = Path(__file__).parent / "findings"
CASES = [(file, case) for file in sorted(FOLDER.glob("*.txt")) for case in cases(file)]


def test_the_sample_itself_is_in_order() -> None:
    loaded = load_project(DictFiles(FILES))
    assert loaded.diagnostics == ()
    assert loaded.project is not None


@pytest.mark.parametrize(("file", "case"), CASES, ids=[f"{file.stem}: {case.name}" for file, case in CASES])
def test_findings(file: Path, case: Case) -> None:
    files = DictFiles(case.files)
    loaded = load_project(files)
    check(file, case, render(loaded.diagnostics, source_lines(files)))
