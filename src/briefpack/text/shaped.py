"""What shaping gives: glyphs of one face, independent of size, and lines made of them."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Final

from briefpack.dataclass import dataclass
from briefpack.document import Tag
from briefpack.namedtuple import NamedTuple

if TYPE_CHECKING:
    from briefpack.text.faces import Face


class Speech(NamedTuple):
    """What shaping asks of a text besides its characters: the language, a BCP 47 tag, and which way it is read.

    Without a `script`, an ISO 15924 name, both are guessed from the characters. `ends_line` says that a line ends
    after it, where a full-width mark leaves no white behind.
    """

    language: str = ""
    rtl: bool = False
    script: str = ""
    ends_line: bool = False


LATIN: Final = Speech()


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Shaped:
    """One word, or one space, shaped in one face; all measures in thousandths of the type size.

    Compared by identity, so that it can key a cache cheaply: the shaper returns the same object for
    the same characters. `glyphs` are glyph ids of the face in visual order, from left to right; `advances`
    how far the pen moves after each, kerning included; `widths` the advance the font itself declares for
    each; `offsets` how far each is drawn from the pen, (x, y) with y upwards. `unicodes` is what each glyph
    stands for, empty for all but one glyph of a cluster. `speech` is what it was shaped as.
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
    speech: Speech = LATIN

    @property
    def rtl(self) -> bool:
        """Whether it is read from right to left."""
        return self.speech.rtl

    @property
    def is_wide(self) -> bool:
        """Whether its characters are those of Chinese and Japanese, between which a justified line gives way."""
        return self.speech.script == "Hani" and not self.is_space


def white(face: Face, width: float) -> Shaped:
    """White between two words that are not parted by a space: nothing is drawn, and nothing read."""
    return Shaped(face, "", (), (), (), None, (), width, speech=Speech(script="Zyyy"))


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a line in one face, size and colour. Lengths are points.

    `x` is its left edge, from that of the line. `words` are in the order they are read in, from right to
    left if `rtl`. `rise` lifts it above the baseline. `stretch` is added to every space. `tag` names the
    structure element that it belongs to when that is not the line's own.
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
    rtl: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its segments in reading order, and its width in points without the space it ends in."""

    segments: tuple[Segment, ...]
    width: float
    text: str = field(default="")
