"""How far a command has come, on one line that a person watches; nothing in a pipe or a log."""

from __future__ import annotations

import sys
import time
from typing import Final

import click

_BAR: Final = 20

# From when on what is left can be told from what was, in seconds.
_SOON: Final = 2.0

_CLEAR: Final = "\r\x1b[K"


def progress_line(at: int, count: int, name: str, elapsed: float, width: int) -> str:
    """The line while the target `name` is made, which is number `at` of `count`, after `elapsed` seconds.

    It has at most `width` characters.
    """
    filled = _BAR * (at - 1) // max(count, 1)
    left = time_left(at, count, elapsed)
    line = f"[{'=' * filled}{' ' * (_BAR - filled)}] {at} of {count}{f', {left}' if left else ''}: {name}"
    return line if len(line) <= width else f"{line[: max(width - 3, 0)]}..."[:width]


def time_left(at: int, count: int, elapsed: float) -> str:
    """About how long the rest takes in words, when those before number `at` took `elapsed` seconds; empty too early."""
    done = at - 1
    if elapsed < _SOON or done < 1:
        return ""
    left = elapsed / done * (count - done)
    if left < 60:
        return f"about {max(round(left), 1)} s left"
    minutes = round(left / 60)
    return f"about {minutes} min left" if minutes < 60 else f"about {minutes // 60} h {minutes % 60} min left"


class Progress:
    """The line, kept up to date while a person watches, and wiped away at the end, however that comes."""

    def __enter__(self) -> Progress:
        self._watched = sys.stderr.isatty()
        self._began = 0.0
        return self

    def step(self, at: int, count: int, name: str) -> None:
        """Number `at` of `count`, from 1, is at work. Every name is shown: nobody knows which one will take long."""
        if not self._watched:
            return
        now = time.monotonic()
        self._began = self._began or now
        line = progress_line(at, count, name, now - self._began, _width())
        click.echo(f"{_CLEAR}{line}", err=True, nl=False)

    def __exit__(self, *exception: object) -> None:
        if self._began:
            click.echo(_CLEAR, err=True, nl=False)


def _width() -> int:
    """The characters of a line on which the cursor does not go on to the next."""
    from shutil import get_terminal_size

    return max(get_terminal_size().columns - 1, 20)
