"""The command line run in this process, from its arguments to its exit code."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from briefpack.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    def __str__(self) -> str:
        streams = (("stdout", self.out), ("stderr", self.err))
        said = "".join(f"{name}:\n{text}" for name, text in streams if text)
        return f"exit {self.code}\n{said}"


def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """`briefpack` with `arguments`."""
    monkeypatch.setattr(sys, "argv", ["briefpack", *arguments])
    # A terminal's width is the machine's; help texts are the same everywhere.
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit) as stop:
        main()
    said = capsys.readouterr()
    code = stop.value.code
    assert code is None or isinstance(code, int)
    return Ran(code or 0, said.out, said.err)
