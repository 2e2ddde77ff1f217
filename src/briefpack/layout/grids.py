"""Grids whose cards take several columns or rows: cards in their places, rows of one height each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace

from briefpack.dataclass import dataclass
from briefpack.geometry import Rect
from briefpack.layout.boxes import Box, Panel, Words
from briefpack.layout.frames import Frame
from briefpack.layout.spans import Reach, bands, row_heights
from briefpack.layout.styles import Setting, StyleSheet


@dataclass(frozen=True, slots=True)
class Card:
    """A box of a grid from row `row` and column `column` on, over `rows` and `span` of them."""

    box: Box
    row: int
    column: int
    rows: int = 1
    span: int = 1


def placed(boxes: Sequence[tuple[Box, int, int]], columns: int) -> tuple[Card, ...]:
    """`boxes` with the columns and the rows that each takes, in the first places with room for them, in order."""
    cards: list[Card] = []
    taken: set[tuple[int, int]] = set()
    row = column = 0
    for box, span, rows in boxes:
        span = min(span, columns)
        while True:
            if column + span > columns:
                row, column = row + 1, 0
            places = {(row + down, column + along) for down in range(rows) for along in range(span)}
            if not places & taken:
                break
            column += 1
        taken |= places
        cards.append(Card(box, row, column, rows, span))
        column += span
    return tuple(cards)


@dataclass(frozen=True, slots=True, eq=False)
class GridBox:
    """Cards in `columns` columns `gutter` points apart, their rows `gap` quarter lines. Cut between rows."""

    cards: tuple[Card, ...]
    columns: int
    gutter: float
    gap: float
    styles: StyleSheet
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    _known: dict[tuple[float, Setting], list[float]] = field(default_factory=dict)

    def _each(self, width: float, span: int = 1) -> float:
        unit = (width - (self.columns - 1) * self.gutter) / self.columns
        return span * unit + (span - 1) * self.gutter

    def _space(self, setting: Setting) -> float:
        return self.styles.space(self.gap, setting)

    def _heights(self, width: float, setting: Setting) -> list[float]:
        found = self._known.get((width, setting))
        if found is None:
            space = self._space(setting)
            reaches = [
                Reach(
                    card.row,
                    card.rows,
                    card.box.height(self._each(width, card.span), setting) - space * (card.rows - 1),
                )
                for card in self.cards
            ]
            count = max((card.row + card.rows for card in self.cards), default=0)
            found = self._known[width, setting] = row_heights(count, reaches)
        return found

    def height(self, width: float, setting: Setting) -> float:
        heights = self._heights(width, setting)
        return sum(heights) + self._space(setting) * (len(heights) - 1)

    def flex(self, width: float, setting: Setting) -> float:
        return 0.0

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        space, heights = self._space(setting), self._heights(area.width, setting)
        for card in self.cards:
            width = self._each(area.width, card.span)
            tall = sum(heights[card.row : card.row + card.rows]) + space * (card.rows - 1)
            x = area.x + card.column * (self._each(area.width) + self.gutter)
            y = area.y + sum(heights[: card.row]) + space * card.row
            height = tall if isinstance(card.box, Panel) else card.box.height(width, setting)
            card.box.place(Rect(x, y, width, height), setting, frames)

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        space, heights = self._space(setting), self._heights(width, setting)
        reaches = [max((card.rows for card in self.cards if card.row == row), default=1) for row in range(len(heights))]
        used = -space
        for start, end in bands(reaches):
            used += sum(heights[start:end]) + space * (end - start)
            if used > room + 0.01:
                return (self._part(0, start), self._part(start, len(heights))) if start else (None, self)
        return self, None

    def _part(self, start: int, end: int) -> GridBox:
        cards = tuple(replace(card, row=card.row - start) for card in self.cards if start <= card.row < end)
        return replace(self, cards=cards, _known={})

    def words(self) -> Sequence[Words]:
        return [words for card in self.cards for words in card.box.words()]
