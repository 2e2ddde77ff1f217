"""The words of briefs as a table for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from briefpack.api import BriefWords, SlotWords

_HEAD: Final = ("slot", "words", "at most", "fit", "")


def as_table(briefs: Sequence[BriefWords]) -> str:
    """A table a brief: numbers flush right, no wider than a terminal."""
    return "\n".join(_table(brief) for brief in briefs)


def _table(brief: BriefWords) -> str:
    rows = [_HEAD, *(_row(slot) for slot in brief.slots)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(_HEAD))]
    lines = [f"{brief.name}  ({brief.layout})"]
    for row in rows:
        numbers = [cell.rjust(width) for cell, width in zip(row[1:4], widths[1:4], strict=True)]
        lines.append("  " + "  ".join([row[0].ljust(widths[0]), *numbers, row[4]]).rstrip())
    return "\n".join(lines) + "\n"


def _row(slot: SlotWords) -> tuple[str, str, str, str, str]:
    fits = "" if slot.fits is None else f"{slot.fits}{'+' if slot.plenty else ''}"
    return slot.slot, str(slot.words), "" if slot.budget is None else str(slot.budget), fits, slot.remark


def as_json(briefs: Sequence[BriefWords]) -> str:
    """The same numbers, `null` where there is none."""
    import json
    from dataclasses import asdict

    return json.dumps({"briefs": [asdict(brief) for brief in briefs]}, indent=2, ensure_ascii=False) + "\n"
