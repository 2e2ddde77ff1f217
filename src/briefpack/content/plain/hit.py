"""A place in a text that a rule of plain language objects to."""

from __future__ import annotations

from briefpack.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """The characters `start` to `end` of a text, and what to write instead, where that is known."""

    start: int
    end: int
    instead: str | None = None
