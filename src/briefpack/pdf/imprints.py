"""Frames that were painted before: what they put on a page that was in the same state.

Frames that have not moved, after the same state of the page, are the same bytes. They do not change, so they are
known by their identity: single ones, and those between two that are others on a page that is alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.document import Tag
from briefpack.layout.frames import Frame, ImageFrame, LinkFrame, TextFrame
from briefpack.namedtuple import NamedTuple
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

# The states that frames are remembered after, and the ways that a page is.
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
    """Frames that have been met one after the other, and what they put on pages, by the state of the page before them.

    It holds in a document in which all their `claims` do; None while they are not known.
    """

    frames: tuple[Frame, ...]
    claims: tuple[Claim, ...] | None = None
    _imprints: dict[State, Imprint] = field(default_factory=dict)
    _glyphs: tuple[tuple[Face, frozenset[int]], ...] | None = None
    _links: tuple[LinkFrame, ...] | None = None
    _pictures: tuple[ImageFrame, ...] | None = None

    def find(self, before: State) -> Imprint | None:
        return self._imprints.get(before)

    def keep(self, before: State, imprint: Imprint) -> None:
        if len(self._imprints) >= _FEW:
            self._imprints.clear()
        self._imprints[before] = imprint

    def links(self) -> tuple[LinkFrame, ...]:
        if self._links is None:
            self._links = tuple(frame for frame in self.frames if isinstance(frame, LinkFrame))
        return self._links

    def pictures(self) -> tuple[ImageFrame, ...]:
        if self._pictures is None:
            self._pictures = tuple(frame for frame in self.frames if isinstance(frame, ImageFrame))
        return self._pictures

    def glyphs(self) -> tuple[tuple[Face, frozenset[int]], ...]:
        """The glyphs of their texts by face, in the order in which the faces are met."""
        if self._glyphs is None:
            words = words_of(line for frame in self.frames if isinstance(frame, TextFrame) for line in frame.lines)
            self._glyphs = tuple((face, glyphs_of(own)) for face, own in words.items())
        return self._glyphs


@dataclass(frozen=True, slots=True)
class Parted:
    """A page by what comes again: frames met together, and between them frames that are others on each page.

    `glyphs` are those of all that comes again.
    """

    parts: tuple[Met | int, ...]
    glyphs: Mapping[Face, frozenset[int]]

    @classmethod
    def of(cls, frames: tuple[Frame, ...], others: tuple[int, ...]) -> Parted:
        """`frames` of which those at the places `others` do not come again."""
        parts: list[Met | int] = []
        start = 0
        for at in (*others, len(frames)):
            if at > start:
                parts.append(Met(frames[start:at]))
            if at < len(frames):
                parts.append(at)
            start = at + 1
        glyphs: dict[Face, frozenset[int]] = {}
        for part in parts:
            for face, own in part.glyphs() if isinstance(part, Met) else ():
                glyphs[face] = glyphs.get(face, frozenset()) | own
        return cls(tuple(parts), glyphs)


@dataclass(slots=True)
class Ways:
    """A page in the ways it was parted, by the places of the frames that are others."""

    frames: tuple[Frame, ...]
    _known: dict[tuple[int, ...], Parted] = field(default_factory=dict)

    def parted(self, others: tuple[int, ...]) -> Parted:
        found = self._known.get(others)
        if found is None:
            if len(self._known) >= _FEW:
                self._known.clear()
            found = self._known[others] = Parted.of(self.frames, others)
        return found


def words_of(lines: Iterable[Line]) -> dict[Face, set[Shaped]]:
    """The words of `lines` by face, in the order in which the faces are met."""
    words: dict[Face, set[Shaped]] = {}
    for line in lines:
        for segment in line.segments:
            words.setdefault(segment.face, set()).update(segment.words)
    return words


def glyphs_of(words: Iterable[Shaped]) -> frozenset[int]:
    return frozenset().union(*[word.glyphs for word in words])
