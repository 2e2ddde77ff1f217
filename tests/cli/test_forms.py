"""Forms on the command line: their options with `build` and `check`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefpack.cli.commands import briefpack

ROOT = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(briefpack, [*arguments, "--project", str(ROOT)], standalone_mode=False)


@pytest.mark.parametrize(
    ("options", "path"),
    [
        (["--large-print", "community"], "community-large-print.pdf"),
        (["community", "--large-print"], "community-large-print.pdf"),
        (["--large-print", "16", "community"], "community-large-print-16.pdf"),
        (["--large-print=16", "--paper", "Letter", "community"], "community-letter-large-print-16.pdf"),
        (["--grayscale", "community"], "community-grayscale.pdf"),
    ],
)
def test_a_form_is_asked_for_before_or_after_the_name(tmp_path: Path, options: list[str], path: str) -> None:
    done = run("build", *options, "--output", str(tmp_path))
    assert done.exception is None, done.output
    assert done.output.startswith(f"{path}  ")
    assert (tmp_path / path).is_file()


def test_only_sizes_that_are_large_print(tmp_path: Path) -> None:
    done = run("build", "--large-print", "14", "community", "--output", str(tmp_path))
    assert "'14' is not one of '16', '18'" in str(done.exception)


def test_check_looks_at_the_form() -> None:
    done = run("check", "community", "--large-print", "--grayscale")
    assert done.exception is None
    assert "1 document checked, no errors" in done.output
