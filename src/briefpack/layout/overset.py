"""Overset: what does not fit, where it begins and how many words to cut; and what was left out to make it fit.

The points that a page or a region is too long are told in lines and words of the text where there is the most
to cut.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, finding
from briefpack.geometry import MM, Rect
from briefpack.layout.boxes import Box, Columns, Dressed, Flow, Panel, TextBox, Words, present
from briefpack.layout.drafts import Composed, Drafts, Fitted, Job, tightest
from briefpack.layout.frames import Frame, TextFrame
from briefpack.layout.narrow import Crowded, at_table, crowded_table, crowded_tables
from briefpack.layout.newspaper import Newspaper
from briefpack.layout.pagination import Fullest, breaks, fullest, too_full
from briefpack.layout.regions import RegionBox
from briefpack.layout.styles import Setting, StyleSheet
from briefpack.project.layouts import Rungs

# Of a page without any text.
_LINE: Final = 12.0

# Slots whose texts nobody can cut.
_GIVEN: Final = (None, "sources")

# So many words say where in a paragraph something begins.
_QUOTED: Final = 4


@dataclass(frozen=True, slots=True)
class TooMuch:
    """What to cut: about so many lines and words, best from the slot where there is the most to cut.

    Of no words where there is no text to cut; so many are `there` in that slot.
    """

    lines: int
    words: int
    there: int
    slot: str | None = None
    span: Span | None = None

    @property
    def amount(self) -> str:
        return f"{self.lines} line{'s' if self.lines != 1 else ''}"

    @property
    def cut(self) -> str:
        """What would mend it, as the beginning of a help line."""
        if not self.words:
            return "make its pictures and charts smaller, or leave one out"
        return f"cut about {counted_words(self.words)}" + (
            f" from `{self.slot}` or what stands near it" if self.slot else ""
        )

    @property
    def mend(self) -> str:
        """What would mend it, as a help line: more words than there are cannot be cut."""
        return (
            self.cut if self.words <= self.there else f"{self.cut}, or leave out a part, such as a picture or a chart"
        )


def counted_words(count: int) -> str:
    return f"{count} word{'s' if count != 1 else ''}"


def too_much(fullest: Fullest, setting: Setting) -> TooMuch:
    """What to cut of a page."""
    critical = [text for box in fullest.boxes for text in critical_text(box, fullest.area.width, setting)]
    texts = [text for text in critical if text.count(setting) > 0]
    if not texts:
        return TooMuch(max(1, math.ceil(fullest.over / _LINE)), 0, 0)
    longest = _longest(texts)
    text = longest or max(texts, key=lambda each: each.count(setting))
    lines = max(1, math.ceil(fullest.over / text.box.styles.leading(text.box.spec, setting) - 0.01))
    words = max(1, round(lines * text.words(setting) / text.count(setting)))
    if longest is None:
        return TooMuch(lines, words, words)
    there = sum(len(each.box.prepared.text.split()) for each in texts if each.box.slot == longest.box.slot)
    return TooMuch(lines, words, there, longest.box.slot, longest.box.span)


@dataclass(frozen=True, slots=True)
class Beginning:
    """Where in an author's text that which no longer fits begins."""

    span: Span
    label: str


def beginning(fullest: Fullest, styles: StyleSheet, setting: Setting) -> Beginning | None:
    """Where the first line that is below the foot was written; None where no author can change it."""
    frames: list[Frame] = []
    flow, width = Flow(tuple(fullest.boxes), styles), fullest.area.width
    flow.place(Rect(0, 0, width, flow.height(width, setting)), setting, frames)
    texts = {words.box.tag: words for box in fullest.boxes for words in box.words()}
    for frame in frames:
        if isinstance(frame, TextFrame):
            below = next((at for at, y in enumerate(frame.baselines) if y > fullest.area.height + 0.01), None)
            if below is not None:
                words = texts.get(frame.tag)
                return _begun(words, frame, below) if words is not None else None
    return None


def _begun(words: Words, frame: TextFrame, line: int) -> Beginning | None:
    if words.slot in _GIVEN or words.span is None:
        return None
    if line == 0 and words.box.first == 0:
        return Beginning(words.span, "does not fit from here on")
    start = " ".join(frame.lines[line].text.replace("\u00ad", "").split()[:_QUOTED])
    return Beginning(words.span, f"does not fit from `{start}` on")


@dataclass(frozen=True, slots=True)
class Critical:
    """A text on the column that decides the height, with the width it is set to."""

    box: TextBox
    width: float

    def count(self, setting: Setting) -> int:
        """Its lines."""
        return self.box.count(self.width, setting)

    def words(self, setting: Setting) -> float:
        """Its words: of a paragraph cut between two pages, its share."""
        whole = replace(self.box, first=0, last=None).count(self.width, setting)
        return len(self.box.prepared.text.split()) * self.count(setting) / whole


def critical_text(box: Box, width: float, setting: Setting) -> list[Critical]:
    """The texts that make `box` as tall as it is: of columns side by side, those of the tallest."""
    match box:
        case TextBox():
            return [Critical(box, width)]
        case Flow(children=children):
            return [text for child in present(children, setting) for text in critical_text(child, width, setting)]
        case Dressed(child=child):
            return critical_text(child, width, setting)
        case Panel(child=child):
            return critical_text(child, width * 0.9, setting)
        case Columns(children=children):
            tallest = box.tallest(width, setting)
            return critical_text(children[tallest], box.widths(width)[tallest], setting)
        case Newspaper(measures=measures):
            return [Critical(words.box, measures.each(width)) for words in box.words()]
        case _:
            return [Critical(words.box, width) for words in box.words()]


def _longest(texts: Sequence[Critical]) -> Critical | None:
    """The longest text of a slot: where cutting is easiest. Nobody can cut a reference."""
    named = [text for text in texts if text.box.slot not in _GIVEN]
    return max(named, key=lambda text: len(text.box.prepared.text), default=None)


# ------------------------------------------------------------------------------------------- what is said


def flow_oversets(job: Job, draft: Composed) -> Iterator[Diagnostic]:
    """What is too long of the main flow, each part that begins a page by itself; or a table that makes it so, which
    has so many columns that their words are divided."""
    contract, setting = job.layout.fit, tightest(job.layout.fit)
    found = too_full(draft.flow, draft.areas, contract.pages, setting)
    crowded, over = crowded_tables(job), sum(each.over for each in found)
    causes = [each for each in crowded if each.gain(setting) >= over]
    if causes:
        yield _crowding(job, causes[0], too_much(found[0], setting))
        return
    yield from (crowded_table(job, each) for each in crowded)
    for each in found:
        where = pages_of(contract.pages) if len(found) == 1 and not breaks(draft.flow) else f"page {each.page + 1}"
        yield _overset(job, each, setting, f"`{job.document.name}` is", where, "the last step of the fit ladder")


def _crowding(job: Job, cause: Crowded, much: TooMuch) -> Diagnostic:
    where = pages_of(job.layout.fit.pages)
    message = f"`{job.document.name}` is {much.amount} too long for {where}: {cause.named} has {cause.told}"
    return at_table(job, cause.table, "overset", message, cause.help)


def region_overset(job: Job, region: RegionBox) -> Diagnostic:
    """By how much the content of a region is too long."""
    setting = tightest(region.at.spec.fit)
    found = Fullest(region.excess(setting), [region.box], region.at.area, region.at.page)
    what = f"the region `{region.name}` of `{job.document.name}` is"
    return _overset(job, found, setting, what, "its rectangle", "the last step of its fit ladder")


def _overset(job: Job, found: Fullest, setting: Setting, what: str, where: str, step: str) -> Diagnostic:
    """Say by how much the text is too long, in words of the column that is the longest."""
    much, begun = too_much(found, setting), beginning(found, job.styles, setting)
    size = job.styles.size(job.styles.text("body"), setting)
    message = f"{what} {much.amount} too long for {where} at {step} (body {size:g} pt)"
    span = begun.span if begun is not None else much.span or job.span
    return finding("overset", message, span, help=much.mend, label=begun.label if begun is not None else None)


def short_page(job: Job, spare: Fullest, setting: Setting) -> Diagnostic:
    """Say how much white a page has that its contract may not open, and about how many words would fill it."""
    much = too_much(spare, setting)
    where = f"page {spare.page + 1}" if job.layout.fit.pages > 1 else "the page"
    message = f"{where} of `{job.document.name}` has {spare.over / MM:.0f} mm more white than its gaps may take"
    words = f"write about {counted_words(much.words)} more" + (f", in `{much.slot}` for one" if much.slot else "")
    help = f"{words}; or let the layout open up further with `spacing: {{most: …}}`" if much.words else None
    return finding("short-page", message, much.span or job.span, help=help or "put more on it")


def left_out(drafts: Drafts, fitted: Fitted) -> Iterator[Diagnostic]:
    """Every optional block that was left out, with what would bring it back."""
    if not fitted.dropped:
        return
    job = drafts.job
    for region in drafts.whole.regions:
        yield from _left_out(drafts, fitted, region.at.spec.fit, region)
    yield from _left_out(drafts, fitted, job.layout.fit, None)


def _left_out(drafts: Drafts, fitted: Fitted, rungs: Rungs, region: RegionBox | None) -> Iterator[Diagnostic]:
    job = drafts.job
    gone = [name for name in drafts.ladder(rungs).fit.drop if name in fitted.dropped]
    for at, name in enumerate(gone):
        draft = drafts.without(fitted.dropped.difference(gone[at:]))
        much = too_much(_needed(job, draft, rungs, region), tightest(rungs))
        kept = "it in its rectangle" if region is not None else f"it on {pages_of(job.layout.fit.pages)}"
        place = (
            f"the region `{region.name}` of `{job.document.name}`" if region is not None else f"`{job.document.name}`"
        )
        message = f"`{name}` was left out of {place} to keep {kept}"
        yield finding("dropped", message, job.span, help=f"{much.cut} to bring it back")


def _needed(job: Job, draft: Composed, rungs: Rungs, region: RegionBox | None) -> Fullest:
    """By how much `draft` is too long, in a region or as a whole."""
    setting = tightest(rungs)
    if region is None:
        return fullest(draft.flow, draft.areas, job.layout.fit.pages, setting)
    box = draft.region(region.name) or region
    return Fullest(box.excess(setting), [box.box], box.at.area, box.at.page)


def pages_of(count: int) -> str:
    return "one page" if count == 1 else f"{count} pages"
