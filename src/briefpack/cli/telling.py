"""Errors shown as soon as they are found, to a person who watches; in a pipe or a log all come in order at the end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from briefpack.api import Diagnostic
    from briefpack.diagnostics import SourceLines


class Telling:
    """What has been `told`; nothing is where nobody has `watched`."""

    def __init__(self, color: bool) -> None:
        self.watched = sys.stderr.isatty()
        self.told: dict[Diagnostic, None] = {}
        self._color = color

    def tell(self, found: Diagnostic, lines: SourceLines) -> None:
        """Show `found`, once."""
        if found in self.told:
            return
        from briefpack.diagnostics.render import render_one

        self.told[found] = None
        click.echo(render_one(found, lines, self._color), err=True, nl=False)
