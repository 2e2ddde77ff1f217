"""What a user's mistake is told on the command line, word for word: from the file with the slip to the exit code."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.campaigns import put, shipped
from tests.cli.running import run
from tests.goldens import Case, cases

GOLDENS: Final = Path(__file__).parent / "goldens"


@pytest.mark.parametrize("case", cases(GOLDENS / "mistakes.txt"), ids=str)
def test_mistakes(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(put(tmp_path, case.changed(shipped())))
    (command,) = case.of("run")
    case.check(str(run(monkeypatch, capsys, *command.what.split())))
