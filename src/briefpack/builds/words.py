"""Words: what each slot of a brief holds, what reads well there, and what fits."""

from __future__ import annotations

from briefpack.builds.making import Workshop, draft_brief
from briefpack.content import word_count
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic
from briefpack.layout.room import Room, rooms


@dataclass(frozen=True, slots=True)
class SlotWords:
    """A slot with the words it has, `budget` that read well there, and `fits` before the page breaks.

    `budget` and `fits` are None where there is no number; `plenty` means that more than `fits` would fit too.
    """

    slot: str
    type: str
    words: int
    budget: int | None
    fits: int | None
    plenty: bool
    remark: str


@dataclass(frozen=True, slots=True)
class BriefWords:
    """The slots of a brief in the order of its layout."""

    name: str
    layout: str
    slots: tuple[SlotWords, ...]


def count_words(workshop: Workshop, name: str) -> tuple[BriefWords | None, tuple[Diagnostic, ...]]:
    """The words of the brief `name`, or None with what is wrong with it. That it is too long is not wrong here."""
    resolved, job, found = draft_brief(workshop, name)
    if resolved is None or job is None:
        return None, found
    measured = rooms(job)
    slots: list[SlotWords] = []
    for slot, spec in job.layout.slots.items():
        value = resolved.slots.get(slot)
        words = word_count(value) if value is not None else 0
        room = measured.get(slot)
        fits = words + room.words if room is not None and room.words is not None else None
        plenty = room is not None and room.plenty
        remark = _remark(words, spec.words, room) if value is not None else "not filled"
        slots.append(SlotWords(slot, spec.type, words, spec.words, fits, plenty, remark))
    return BriefWords(name, resolved.layout, tuple(slots)), found


def _remark(words: int, budget: int | None, room: Room | None) -> str:
    """What there is to do about a slot, in few words."""
    if room is None:
        return ""
    if room.left_out:
        return "left out, for want of space"
    if room.words is None:
        return "the page is too long even without it"
    if room.words < 0:
        return f"too long by about {-room.words}"
    if budget is not None and words > budget:
        return f"over by {words - budget}"
    if room.words == 0:
        return "none to spare"
    if budget is not None and budget - words <= room.words:
        return f"room for {budget - words}" if budget > words else "as many as read well"
    return f"room for {'' if room.plenty else 'about '}{room.words}{' or more' if room.plenty else ''}"
