"""What placing would find, where it is sure without placing that it would find nothing.

In go the boxes of a page, the area that they have there and the setting at which they fit; out comes whether every text
stands in its column with no word divided, and is seen on its ground. Boxes stand one below or beside the other and
inside those that hold them, so that the ground of a text is that of the innermost panel round it, or paper. Where
that is not sure the answer is no, and the page is placed as ever: of pictures, charts and codes, of regions and
footnotes, on a baseline grid, and under a head of several rows. Who says yes never passes over what placing would find.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

from briefpack.dataclass import dataclass
from briefpack.geometry import Rect
from briefpack.layout.boxes import (
    Balanced,
    Box,
    Break,
    CheckBox,
    Columns,
    Dressed,
    Flow,
    Items,
    Labelled,
    Linked,
    Panel,
    RuleBox,
    Spring,
    TextBox,
)
from briefpack.layout.contrast import BOLD, ENOUGH_MARK, PAPER, Pair, is_large, pairs, seen_ratio
from briefpack.layout.frames import Frame, TextFrame
from briefpack.layout.grids import GridBox
from briefpack.layout.narrow import has_divided_words, too_wide
from briefpack.layout.newspaper import Filled, Newspaper, Poured
from briefpack.layout.styles import BoxSpec, Setting
from briefpack.layout.tables import CellBox, Edges, TableBox
from briefpack.namedtuple import NamedTuple
from briefpack.text import After, Prepared


class Place(NamedTuple):
    """A column: where it begins and how wide it is, in points, and its ground."""

    x: float
    width: float
    ground: str = PAPER

    def part(self, x: float, width: float) -> Place:
        """A column in it that begins `x` points from its side."""
        return Place(self.x + x, width, self.ground)


Parts = Iterable[tuple[Box | None, Place]]
"""The boxes inside another one, with where they stand."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What stands on a page whose flow has `area`, at a `setting` without anything left out."""

    area: Rect
    setting: Setting

    def is_clear(self, boxes: Iterable[Box]) -> bool:
        """Whether it is sure that there is nothing to say of the flow of `boxes` as they are placed."""
        place = Place(self.area.x, self.area.width)
        return all(self._is_box_clear(box, place) for box in boxes)

    def is_clear_of(self, frames: Iterable[TextFrame]) -> bool:
        """Whether there is nothing to say of `frames`, which are placed already, and they stand above or below it."""
        placed = list(frames)
        beside = [each.bounds.bottom <= self.area.y or each.bounds.y >= self.area.bottom for each in placed]
        seen = [pair.ratio >= pair.enough for pair, _ in pairs(placed)]
        return all(beside) and all(seen) and self._is_roomy(placed)

    def _is_box_clear(self, box: Box | None, place: Place) -> bool:
        if isinstance(box, TextBox):
            return self._is_text_clear(box, place)
        if isinstance(box, TableBox):
            return self._is_table_clear(box, place)
        if isinstance(box, CheckBox):
            return seen_ratio(box.color, place.ground) >= ENOUGH_MARK
        if box is None or type(box) in _BARE:
            return True
        inside = _INSIDE.get(type(box))
        parts = inside(box, place, self.setting) if inside is not None else None
        return parts is not None and all(self._is_box_clear(*part) for part in parts)

    def _is_text_clear(self, box: TextBox, place: Place) -> bool:
        size = box.styles.size(box.spec, self.setting)
        if box.notes or not _are_seen(box.prepared, size, place.ground):
            return False
        inside = place.width > 0 and place.x + place.width <= self.area.right + 1
        if inside and box.prepared.measures.least <= place.width * 1000 / size and _has_whole_words(box.prepared):
            return True
        placed: list[Frame] = []
        box.place(Rect(place.x, self.area.y, place.width, 0.0), self.setting, placed)
        return self._is_roomy(placed)

    def _is_roomy(self, frames: list[Frame] | list[TextFrame]) -> bool:
        return too_wide(frames, self.area) is None and not has_divided_words(frames)

    def _is_table_clear(self, table: TableBox, place: Place) -> bool:
        ground = table.spec.head_ground
        if ground is not None and len(table.head) > 1:
            return False  # a row of the head may be painted over what reaches down from the one above
        if table.caption is not None and not self._is_text_clear(table.caption, place):
            return False
        edges = table.edges(place.width, self.setting)
        head = place if ground is None else place._replace(ground=ground)
        return all(
            [self._is_cell_clear(table, cell, edges, head) for row in table.head for cell in row]
            + [self._is_cell_clear(table, cell, edges, place) for row in table.rows for cell in row]
        )

    def _is_cell_clear(self, table: TableBox, cell: CellBox, edges: Edges, place: Place) -> bool:
        x, width = table.standing(cell, edges.over(cell), self.setting)
        return self._is_text_clear(cell.text, place.part(edges.starts[cell.column] + x, width))


def _are_seen(prepared: Prepared, size: float, ground: str) -> bool:
    """Whether all of a text is seen on `ground` that is set at `size` points."""
    looks = {(run.color, is_large(size * run.scale, run.face.weight >= BOLD)) for run in prepared.runs}
    return all((pair := Pair(color, ground, large)).ratio >= pair.enough for color, large in looks)


def _has_whole_words(prepared: Prepared) -> bool:
    """Whether lines end at spaces alone, so that they are as wide as their words are together, and divide none."""
    afters = prepared.afters
    whole = afters.count(After.SPACE) + afters.count(After.NEVER) == len(afters)
    return whole and prepared.levels is None and not prepared.justified


# ------------------------------------------------------------------------------------------------ boxes in boxes


def _of_flow(box: Flow, place: Place, setting: Setting) -> Parts:
    return [(child, place) for child in box.kept(setting)]


def _of_wrapped(box: Dressed | Linked, place: Place, setting: Setting) -> Parts:
    return ((box.child, place),)


def _of_panel(box: Panel, place: Place, setting: Setting) -> Parts | None:
    padding = box.padding(setting)
    # A ground that runs out may be that of a running line.
    if box.spec.bleed or min(padding) < 0 or not _is_clear_of_border(box.spec, padding):
        return None
    _, right, _, left = padding
    inside = place.part(left, place.width - left - right)
    return ((box.child, inside if box.spec.ground is None else inside._replace(ground=box.spec.ground)),)


def _is_clear_of_border(spec: BoxSpec, padding: tuple[float, ...]) -> bool:
    """Whether what is inside does not stand on the border."""
    if spec.border is None:
        return True
    by_side = dict(zip(_SIDES, padding, strict=True))
    return all(by_side[side] >= spec.thickness for side in (_SIDES if "all" in spec.sides else spec.sides))


_SIDES: Final = ("top", "right", "bottom", "left")


def _of_columns(box: Columns, place: Place, setting: Setting) -> Parts:
    x = 0.0
    for child, width in zip(box.children, box.widths(place.width), strict=True):
        yield child, place.part(x, width)
        x += width + box.gutter


def _of_equal(boxes: Iterable[Box], count: int, gutter: float, place: Place) -> Parts:
    """`boxes` that may stand in any of `count` columns: looked at where they are furthest from the side."""
    each = (place.width - (count - 1) * gutter) / count
    last = place.part((count - 1) * (each + gutter), each)
    return [(box, last) for box in boxes]


def _of_balanced(box: Balanced, place: Place, setting: Setting) -> Parts:
    return _of_equal(box.children, box.count, box.gutter, place)


def _of_newspaper(box: Newspaper, place: Place, setting: Setting) -> Parts:
    return _of_equal((box.flow,), box.measures.count, box.measures.gutter, place)


def _of_poured(box: Poured, place: Place, setting: Setting) -> Parts:
    return _of_equal(box.columns, box.measures.count, box.measures.gutter, place)


def _of_grid(box: GridBox, place: Place, setting: Setting) -> Parts:
    unit = (place.width - (box.columns - 1) * box.gutter) / box.columns + box.gutter
    return [(card.box, place.part(card.column * unit, card.span * unit - box.gutter)) for card in box.cards]


def _of_labelled(box: Labelled, place: Place, setting: Setting) -> Parts:
    indent = box.indent * setting.size
    return (box.label, place.part(0.0, indent)), (box.body, place.part(indent, place.width - indent))


# Boxes that are never in the way of a text, and what is inside of others; of a box of any other kind nothing is sure.
_BARE: Final = frozenset({RuleBox, Spring, Break})
_INSIDE: Final[Mapping[type, Callable[[Any, Place, Setting], Parts | None]]] = MappingProxyType(
    {
        Flow: _of_flow,
        Items: _of_flow,
        Dressed: _of_wrapped,
        Linked: _of_wrapped,
        Panel: _of_panel,
        Columns: _of_columns,
        Balanced: _of_balanced,
        Newspaper: _of_newspaper,
        Filled: _of_newspaper,
        Poured: _of_poured,
        GridBox: _of_grid,
        Labelled: _of_labelled,
    }
)
