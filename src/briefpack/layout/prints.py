"""What forms made lately of what documents share: the same objects again, so that all that is known of them holds.

A block, a frame, a layout or a style sheet does not change, so what a form makes of one stays true. `Prints` belongs to
one process; it is a cache and never changes what comes out.
"""

from __future__ import annotations

from dataclasses import field

from briefpack.dataclass import dataclass
from briefpack.document import Block, Lately
from briefpack.document.one_column import Stacked
from briefpack.layout.frames import Frame
from briefpack.layout.styles import StyleSheet
from briefpack.project.layouts import Furniture, LayoutSpec

Cleared = tuple[LayoutSpec, Furniture | None, Furniture]
"""A layout in large print, with its head and its foot."""


@dataclass(slots=True)
class LargePrint:
    """Style sheet `styles` in large print, and what was made in it of layouts and of blocks; those in one column by
    the layout, and then by what they are in."""

    styles: StyleSheet
    layouts: Lately[LayoutSpec] = field(default_factory=Lately)
    cleared: Lately[Cleared] = field(default_factory=Lately)
    stacked: Lately[Lately[Stacked]] = field(default_factory=Lately)
    blocks: Lately[Block] = field(default_factory=Lately)


@dataclass(slots=True)
class Prints:
    """`frames` are those that a form has in other colours or sizes, by the frame; `sheets` and `papers` the styles
    and layouts for other papers; `large` large print by the styles that it is made of, and the size."""

    frames: Lately[Frame] = field(default_factory=Lately)
    papers: Lately[LayoutSpec] = field(default_factory=Lately)
    sheets: Lately[StyleSheet] = field(default_factory=Lately)
    large: Lately[LargePrint] = field(default_factory=Lately)
