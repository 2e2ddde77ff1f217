"""Frames that were painted before: what they put on a page that was in the same state.

A frame that has not moved, after the same state of the page, is the same bytes. Frames do not change, so they are
known by their identity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from typing import Final, NamedTuple

from briefpack.dataclass import dataclass
from briefpack.document import Tag
from briefpack.layout.frames import ShapeFrame, TextFrame
from briefpack.pdf.glyphs import Claim
from briefpack.pdf.states import Style
from briefpack.text.faces import Face
from briefpack.text.shaped import Line, Shaped

# A structure element, or the properties of an artifact.
Owner = Tag | bytes

# The width of lines and their dashes.
Pen = tuple[float, tuple[float, ...]]

# All that what is written next depends on: the height of the page and how many marks there are; the owner of the
# open sequence, whether there is a text object and whether the sequence began outside it; where the text line
# begins; the text state; the colours of fills and lines, and the pen.
State = tuple[int, int, Owner | None, bool, bool, tuple[int, int], Style | None, str, str, Pen]

# The states that one frame is remembered after.
_FEW: Final = 4


class Mark(NamedTuple):
    """One marked-content sequence, its place in `PaintedPage.marks` being its MCID.

    `x` and `y` are the top-left corner of its first ink, from the top-left corner of the page.
    """

    tag: Tag
    x: float
    y: float


class Imprint(NamedTuple):
    """What a frame puts on a page: operators, the sequences that begin in it, and the state of the page after it."""

    body: bytes
    marks: tuple[Mark, ...]
    after: State


@dataclass(slots=True, eq=False)
class Met:
    """A frame that has been met before, and what it put on pages, by the state of the page before it.

    It holds in a document in which all its `claims` do; None while they are not known.
    """

    frame: TextFrame | ShapeFrame
    claims: tuple[Claim, ...] | None = None
    _imprints: dict[State, Imprint] = field(default_factory=dict)
    _glyphs: tuple[tuple[Face, frozenset[int]], ...] | None = None

    def find(self, before: State) -> Imprint | None:
        return self._imprints.get(before)

    def keep(self, before: State, imprint: Imprint) -> None:
        if len(self._imprints) >= _FEW:
            self._imprints.clear()
        self._imprints[before] = imprint

    def glyphs(self) -> tuple[tuple[Face, frozenset[int]], ...]:
        """The glyphs of its text by face, in the order in which the faces are met."""
        if self._glyphs is None:
            words = words_of(self.frame.lines) if isinstance(self.frame, TextFrame) else {}
            self._glyphs = tuple((face, glyphs_of(own)) for face, own in words.items())
        return self._glyphs


def words_of(lines: Iterable[Line]) -> dict[Face, set[Shaped]]:
    """The words of `lines` by face, in the order in which the faces are met."""
    words: dict[Face, set[Shaped]] = {}
    for line in lines:
        for segment in line.segments:
            words.setdefault(segment.face, set()).update(segment.words)
    return words


def glyphs_of(words: Iterable[Shaped]) -> frozenset[int]:
    return frozenset().union(*[word.glyphs for word in words])
