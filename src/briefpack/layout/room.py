"""Room: how many words each slot of a document may have before its fit contract breaks, found by layout.

The longest text of the slot is made longer, by words of the slot's own mean length, or shorter, until
it is the last that fits at the tightest rung of the ladder, in its region or in the main flow. Optional
blocks that the document has are not given up for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import cycle, islice
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.document import Citation, Document, Group, Inline, Text
from briefpack.document.leaving_out import without
from briefpack.document.slot_texts import SlotText, rewritten, slot_texts
from briefpack.layout.drafts import Drafts, Job, composed, fitted, tightest
from briefpack.layout.pagination import excess

# Beyond this many words the answer is "plenty".
MOST: Final = 200

# The main flow, among the names of regions.
FLOW: Final = ""

_FIRST_GUESS: Final = 8
_FILLERS: Final = 5


@dataclass(frozen=True, slots=True)
class Room:
    """`words` more than there are fit, or fewer where it is below zero; None where no cut of this slot helps.

    `left_out` is a slot whose optional block the fit ladder took.
    """

    words: int | None
    left_out: bool = False

    @property
    def plenty(self) -> bool:
        return self.words is not None and self.words >= MOST


def rooms(job: Job) -> dict[str, Room]:
    """The room of every slot that has text in the document of `job`.

    A document that cannot be composed has none.
    """
    drafts = Drafts(job)
    if drafts.whole.diagnostics:
        return {}
    dropped = fitted(drafts).dropped
    document = without(job.document, dropped)
    kept = replace(job, document=document)
    found = {}
    for slot, texts in _by_slot(document).items():
        measure = _Measure(kept, frozenset(_parts(document, slot)))
        found[slot] = Room(_spare(measure, texts) if measure.fits(document) else _less(measure, texts))
    every = dict.fromkeys(text.slot for text in slot_texts(job.document))
    return found | {slot: Room(None, left_out=True) for slot in every if slot not in found}


def _by_slot(document: Document) -> dict[str, list[SlotText]]:
    found: dict[str, list[SlotText]] = {}
    for text in slot_texts(document):
        found.setdefault(text.slot, []).append(text)
    return found


def _parts(document: Document, slot: str) -> Iterator[str]:
    """The regions that print something of `slot`, the main flow as the one without a name."""
    for block in document.body:
        if any(text.slot == slot for text in slot_texts(replace(document, body=(block,)))):
            yield block.region if isinstance(block, Group) else FLOW


@dataclass(frozen=True, slots=True)
class _Measure:
    """Whether other documents keep the contracts of `parts` of a job at their tightest."""

    job: Job
    parts: frozenset[str]

    def fits(self, document: Document) -> bool:
        draft = composed(replace(self.job, document=document))
        regions = (region for region in draft.regions if region.name in self.parts)
        if any(region.excess(tightest(region.at.spec.fit)) > 0 for region in regions):
            return False
        contract = self.job.layout.fit
        return FLOW not in self.parts or excess(draft.flow, draft.areas, contract.pages, tightest(contract)) <= 0


def _spare(measure: _Measure, texts: Sequence[SlotText]) -> int:
    """The most words that can be added to the longest of `texts`, MOST at most."""
    longest = max(texts, key=lambda text: len(text.words))
    fillers = _fillers([word for text in texts for word in text.words])
    document = measure.job.document

    def fits(count: int) -> bool:
        added = Text(" " + " ".join(islice(cycle(fillers), count)))
        return measure.fits(rewritten(document, {longest.id: (*longest.content, added)}))

    low, high = 0, _FIRST_GUESS
    while high < MOST and fits(high):
        low, high = high, min(2 * high, MOST)
    if high == MOST and fits(MOST):
        return MOST
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _fillers(words: Sequence[str]) -> list[str]:
    """A few of `words`, those nearest to their mean length."""
    mean = sum(map(len, words)) / max(1, len(words))
    return sorted(dict.fromkeys(words), key=lambda word: (abs(len(word) - mean), word))[:_FILLERS] or ["words"]


def _less(measure: _Measure, texts: Sequence[SlotText]) -> int | None:
    """Below zero, the fewest words to cut from `texts`, the longest first; None when all are not enough."""
    ordered = sorted(texts, key=lambda text: -len(text.words))
    high = sum(len(text.words) for text in ordered)
    document = measure.job.document

    def fits(count: int) -> bool:
        return measure.fits(rewritten(document, _shortened(ordered, count)))

    if not fits(high):
        return None
    low = 0
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    return -high


def _shortened(texts: Sequence[SlotText], count: int) -> dict[int, tuple[Inline, ...]]:
    """The contents of `texts` with `count` words fewer, taken from the first text and then the next."""
    contents: dict[int, tuple[Inline, ...]] = {}
    for text in texts:
        words = text.words
        cut = min(count, len(words))
        count -= cut
        if cut:
            marks = [item for item in text.content if isinstance(item, Citation)]
            contents[text.id] = (Text(" ".join(words[: len(words) - cut])), *marks) if cut < len(words) else ()
    return contents
