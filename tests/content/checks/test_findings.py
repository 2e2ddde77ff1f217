"""What the checks of an editor say, word for word."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from briefpack.diagnostics import Severity
from tests.content.checks.trial import FILES, found, said
from tests.project.sample import Case, cases, check

FOLDER: Final = Path(__file__).parent / "findings"
CASES: Final = [(file, case) for file in sorted(FOLDER.glob("*.txt")) for case in cases(file, FILES)]


def test_the_trial_itself_is_in_order() -> None:
    assert said(FILES) == ""


@pytest.mark.parametrize(("file", "case"), CASES, ids=[f"{file.stem}: {case.name}" for file, case in CASES])
def test_findings(file: Path, case: Case) -> None:
    check(file, case, said(case.files))


def test_strict_takes_a_warning_for_an_error() -> None:
    """One that is waived stays waived."""
    claim = "    text: Pooled trials found it. [@qi-2015] It helped 83% of people.\n"
    brief = FILES["briefs/sheet.yaml"].replace("    text: Pooled trials found it. [@qi-2015]\n", claim)
    files = {**FILES, "briefs/sheet.yaml": brief}
    waived = {**files, "briefs/sheet.yaml": f"{brief}waive: [{{rule: unsourced-number, why: ours}}]\n"}
    assert [item.severity for item in found(files)] == [Severity.WARNING]
    assert [item.severity for item in found(files, strict=True)] == [Severity.ERROR]
    assert [(item.severity, item.why) for item in found(waived, strict=True)] == [(Severity.WAIVED, "ours")]
