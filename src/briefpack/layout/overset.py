"""How much is too much: the points that a page is too long, in lines and words of the text to cut."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from briefpack.diagnostics import Span
from briefpack.layout.boxes import Box, Columns, Dressed, Flow, Panel, TextBox, present
from briefpack.layout.newspaper import Newspaper
from briefpack.layout.pagination import Fullest
from briefpack.layout.styles import Setting

# Of a page without any text.
_LINE: Final = 12.0


@dataclass(frozen=True, slots=True)
class TooMuch:
    """What to cut: about so many lines and words, best from the slot where there is the most to cut.

    Of no words where there is no text to cut.
    """

    lines: int
    words: int
    slot: str | None = None
    span: Span | None = None


def too_much(fullest: Fullest, width: float, setting: Setting) -> TooMuch:
    """What to cut of a page `width` points wide."""
    critical = [text for box in fullest.boxes for text in critical_text(box, width, setting)]
    texts = [text for text in critical if text.count(setting) > 0]
    if not texts:
        return TooMuch(max(1, math.ceil(fullest.over / _LINE)), 0)
    longest = _longest(texts)
    text = longest or max(texts, key=lambda each: each.count(setting))
    lines = max(1, math.ceil(fullest.over / text.box.styles.leading(text.box.spec, setting) - 0.01))
    words = max(1, round(lines * text.words(setting) / text.count(setting)))
    return TooMuch(lines, words, longest.box.slot, longest.box.span) if longest else TooMuch(lines, words)


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
    named = [text for text in texts if text.box.slot and text.box.slot != "sources"]
    return max(named, key=lambda text: len(text.box.prepared.text), default=None)
