"""Footnotes: set at the foot of the page that their marks stand on, below a short rule.

A text box carries the notes whose marks are in its lines. A page gives up as much of its height as the notes
of what stands on it need; a line whose note has no room goes over to the next page with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.geometry import Rect
from briefpack.graphics.primitives import Path, line
from briefpack.layout.boxes import (
    Balanced,
    Box,
    Columns,
    Flow,
    Labelled,
    Leaf,
    Panel,
    TextBox,
    Whole,
    Wrapped,
    present,
    split_boxes,
)
from briefpack.layout.frames import Frame, ShapeFrame
from briefpack.layout.newspaper import Newspaper, Poured
from briefpack.layout.styles import FOOTNOTES, Setting, StyleSheet

# The length and the thickness of the rule above the notes, in points.
_RULE: Final = 72.0
_THICKNESS: Final = 0.5

# The white above the rule and below it, in quarter lines.
_ABOVE: Final = 4.0
_BELOW: Final = 2.6

# How often a page's end is sought between what fits and what does not, and how near, in points.
_ROUNDS: Final = 7
_NEAR: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class Footnotes(Leaf, Whole):
    """The notes of one page."""

    notes: tuple[Box, ...]
    styles: StyleSheet
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def height(self, width: float, setting: Setting) -> float:
        heights = [note.height(width, setting) for note in self.notes]
        return self._top(setting) + sum(heights) + self._gap(setting) * (len(heights) - 1)

    def _top(self, setting: Setting) -> float:
        return self.styles.space(_ABOVE + _BELOW, setting) + _THICKNESS

    def _gap(self, setting: Setting) -> float:
        return self.styles.space(self.styles.list(FOOTNOTES).gap, setting)

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        rule = area.y + self.styles.space(_ABOVE, setting)
        color = self.styles.text(self.styles.list(FOOTNOTES).item).color
        length = min(_RULE, area.width)
        path = Path(line(area.x, rule, area.x + length, rule), stroke=color, width=_THICKNESS)
        frames.append(ShapeFrame(None, Rect(area.x, rule, length, 0), (path,)))
        y = area.y + self._top(setting)
        for note in self.notes:
            height = note.height(area.width, setting)
            note.place(Rect(area.x, y, area.width, height), setting, frames)
            y += height + self._gap(setting)


def footnotes_of(flow: Flow, boxes: Sequence[Box], setting: Setting) -> Footnotes | None:
    """The notes that belong on the page of `boxes`, which are some of `flow`."""
    if not flow.noted:
        return None
    notes = tuple(note.box for box in boxes for text in _texts(box, setting) for note in text.notes)
    return Footnotes(notes, flow.styles) if notes else None


def notes_height(flow: Flow, boxes: Sequence[Box], width: float, setting: Setting) -> float:
    """The height of the notes that belong on the page of `boxes`, with the white and the rule above them."""
    notes = footnotes_of(flow, boxes, setting)
    return 0.0 if notes is None else notes.height(width, setting)


def _texts(box: Box, setting: Setting) -> Iterator[TextBox]:
    """The texts of `box` that `setting` does not leave out."""
    match box:
        case TextBox():
            yield box
        case Flow(children=children):
            yield from _all(present(children, setting), setting)
        case Columns(children=children) | Balanced(children=children):
            yield from _all(children, setting)
        case Wrapped(child=child) | Panel(child=child):
            yield from _texts(child, setting)
        case Labelled(body=body):
            yield from _texts(body, setting)
        case Newspaper(flow=inside):
            yield from _texts(inside, setting)
        case Poured(columns=columns):
            yield from _all(columns, setting)
        case _:
            yield from (words.box for words in box.words())


def _all(boxes: Iterable[Box], setting: Setting) -> Iterator[TextBox]:
    return (text for box in boxes for text in _texts(box, setting))


def split_page(boxes: Sequence[Box], flow: Flow, area: Rect, setting: Setting) -> tuple[list[Box], list[Box]]:
    """What of `boxes` fits into `area` with the footnotes that belong to it, and the rest."""

    def cut(room: float) -> tuple[list[Box], list[Box]]:
        return split_boxes(boxes, flow, area.width, room, setting)

    def notes(page: tuple[list[Box], list[Box]]) -> float:
        return notes_height(flow, page[0], area.width, setting)

    def fits(page: tuple[list[Box], list[Box]]) -> bool:
        body = Flow(tuple(page[0]), flow.styles).height(area.width, setting)
        return body + notes(page) <= area.height + 0.01

    found = cut(area.height)
    if not flow.noted or fits(found):
        return found
    # A shorter page has fewer notes: between all of them and none lies the longest page that holds its own.
    least, most = area.height - notes(found), area.height
    found = cut(least)
    for _ in range(_ROUNDS):
        most = min(most, area.height - notes(found))
        if most - least < _NEAR:
            break
        room = (least + most) / 2
        tried = cut(room)
        if fits(tried):
            least, found = room, tried
        else:
            most = room
    return found
