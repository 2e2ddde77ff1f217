"""Watching a campaign: one line for each build, and what is wrong."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from briefpack.api import Diagnostic, Rebuilt, Report

# So many names are said of files that changed and of those that were made.
_FEW: Final = 3


def tell_all(builds: Iterator[Rebuilt], color: bool) -> None:
    """Tell of each of `builds` as it is done; of warnings those that are new."""
    before: frozenset[Diagnostic] = frozenset()
    for rebuilt in builds:
        report = rebuilt.report
        new = tuple(item for item in report.diagnostics if item.severity == "error" or item not in before)
        if new:
            click.echo(replace(report, diagnostics=new).text(color), err=True, nl=False)
        click.echo(line(rebuilt, time.strftime("%H:%M:%S")))
        before = frozenset(report.diagnostics)
        gc.collect()  # whoever watches does so for hours


def line(rebuilt: Rebuilt, clock: str) -> str:
    """What is said of a build."""
    said = ", ".join(_parts(rebuilt.report)) or "nothing to make"
    why = f"{_few(rebuilt.changed)}: " if rebuilt.changed else ""
    return f"{clock}  {why}{said}"


def _parts(report: Report) -> Iterator[str]:
    if report.made:
        yield f"made {_few([entry.path for entry in report.made])}"
    if report.current and not report.made:
        yield f"{report.current} up to date"
    errors = sum(item.severity == "error" for item in report.diagnostics)
    if errors:
        yield f"{errors} error{'s' if errors != 1 else ''}"


def _few(names: Sequence[str]) -> str:
    more = len(names) - _FEW
    return ", ".join(names[:_FEW]) + (f" and {more} more" if more > 0 else "")
