"""What shaping gives: glyphs of one face, independent of size, and lines made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from briefpack.document import Tag

if TYPE_CHECKING:
    from briefpack.text.faces import Face


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Shaped:
    """One word, or one space, shaped in one face; all measures in thousandths of the type size.

    Compared by identity, so that it can key a cache cheaply: the shaper returns the same object for
    the same characters. `glyphs` are glyph ids of the face in visual order; `advances` how far the pen
    moves after each, kerning included; `widths` the advance the font itself declares for each;
    `offsets` how far each is drawn from the pen, (x, y) with y upwards. `unicodes` is what each glyph
    stands for, empty for all but one glyph of a cluster.
    """

    face: Face
    text: str
    glyphs: tuple[int, ...]
    advances: tuple[float, ...]
    widths: tuple[float, ...]
    offsets: tuple[tuple[float, float], ...] | None
    unicodes: tuple[str, ...]
    width: float
    is_space: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line in one face, size and colour. Lengths are points.

    `x` counts from the start of the line. `rise` lifts it above the baseline. `stretch` is added to
    every space. `tag` names the structure element that it belongs to when that is not the line's own.
    """

    face: Face
    size: float
    color: str
    words: tuple[Shaped, ...]
    x: float
    width: float
    rise: float = 0.0
    stretch: float = 0.0
    tracking: float = 0.0
    tag: Tag | None = None
    parent: Tag | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its segments in visual order and its natural width in points."""

    segments: tuple[Segment, ...]
    width: float
    text: str = field(default="")
