"""Ink that is kept for the next page that needs it: words, lines, pictures, fonts.

What is kept depends only on what it was made from, never on the order of the pages, so the bytes of a
file are the same whether its ink was at hand or not.
"""

from __future__ import annotations

import weakref
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeVar, cast

from briefpack.document import Tag
from briefpack.graphics.artwork import Artwork
from briefpack.graphics.primitives import Segment as PathSegment
from briefpack.graphics.rasters import Raster, Wish
from briefpack.layout.frames import ImageFrame, TextFrame
from briefpack.pdf.artwork import artwork_ink
from briefpack.pdf.file import LEVEL
from briefpack.pdf.fonts import FontSource, Subset
from briefpack.pdf.glyphs import Chunk, Claim, Coded, TextState, coded, seamless
from briefpack.pdf.icc import srgb
from briefpack.pdf.images import ImageInk, image_ink
from briefpack.pdf.shapes import shape
from briefpack.pdf.syntax import number, string
from briefpack.text.faces import Face
from briefpack.text.shaped import Line, Segment, Shaped

# Shapes of fewer segments are sooner written than looked up.
_MANY: Final = 12

K = TypeVar("K")
V = TypeVar("V")


class Style(NamedTuple):
    """The text state of a piece: everything that holds until it is changed."""

    font: bytes
    size: float
    color: str
    tracking: float
    rise: float


class Piece(NamedTuple):
    """Ink of one structure element in a line, in hundredths of a point from the line's start.

    `x` is where it begins, `end` where the last `Td` in it leaves the origin of the text line.
    """

    tag: Tag | None
    x: int
    body: bytes
    first: Style
    last: Style
    end: int


class LineInk(NamedTuple):
    """A line as pieces; `line` is held so that its identity stays its own."""

    line: Line
    pieces: tuple[Piece, ...]
    claims: tuple[Claim, ...]


class FrameInk(NamedTuple):
    """A frame of text as its pieces, each with where its line starts, and its glyphs in the order of their faces.

    It holds in a document in which all its claims do.
    """

    frame: TextFrame
    pieces: tuple[tuple[Piece, int, int], ...]
    glyphs: tuple[tuple[Face, frozenset[int]], ...]
    claims: tuple[Claim, ...] = ()


class Inks:
    """What painting and finishing remember in one process. Not for use by two threads at once."""

    def __init__(self, lines: int = 4096, subsets: int = 256, images: int = 32) -> None:
        self._limits = (lines, subsets, images, max(1, lines // 4))
        # By identity of the word: the inside of a TJ array, when that depends on nothing else.
        self._codes: dict[int, bytes] = {}
        # The same for words whose glyphs have claims to be settled, or need an ActualText.
        self._coded: dict[int, Coded] = {}
        self._anchors: dict[int, weakref.ref[Shaped]] = {}
        self._lines: dict[int, LineInk] = {}
        self._frames: dict[int, FrameInk] = {}
        self._sources: dict[Face, FontSource] = {}
        self._colors: dict[str, bytes] = {}
        self._images: dict[tuple[int, Wish], tuple[Raster | Artwork, ImageInk]] = {}
        self._subsets: dict[tuple[Face, frozenset[int]], Subset] = {}
        self._text_maps: dict[tuple[Face, frozenset[int], tuple[tuple[int, str], ...]], bytes] = {}
        self._shapes: dict[tuple[int, int], tuple[Sequence[PathSegment], bytes]] = {}
        self._deflated: dict[bytes, bytes] = {}
        self._profile = b""

    @property
    def words_known(self) -> int:
        """How many words are remembered; those that nobody else holds any more are not."""
        return len(self._anchors)

    def line(self, line: Line) -> LineInk:
        """The ink of `line`, the same object for the same line."""
        found = self._lines.get(id(line))
        if found is None:
            _make_room(self._lines, self._limits[0])
            found = self._lines[id(line)] = self._line(line, frozenset())
        return found

    def frame(self, frame: TextFrame) -> FrameInk:
        """The ink of `frame`, the same object for the same frame."""
        found = self._frames.get(id(frame))
        if found is None:
            lines = [(self.line(line), start, base) for line, start, base in _starts(frame)]
            _make_room(self._frames, self._limits[3])
            pieces = tuple((piece, start, base) for line, start, base in lines for piece in line.pieces)
            claims = tuple(claim for line, _, _ in lines for claim in line.claims)
            found = self._frames[id(frame)] = FrameInk(frame, pieces, glyphs_of(frame.lines), claims)
        return found

    def line_without(self, line: Line, lost: frozenset[Claim]) -> LineInk:
        """The ink of `line` in a document where the glyphs of the claims `lost` stand for something else."""
        return self._line(line, lost)

    def color(self, color: str) -> bytes:
        """The operands that `#rrggbb` is: three components, or one when they are equal."""
        found = self._colors.get(color)
        if found is None:
            found = self._colors[color] = _components(color)
        return found

    def source(self, face: Face) -> FontSource:
        found = self._sources.get(face)
        if found is None:
            found = self._sources[face] = FontSource(face)
        return found

    def image(self, frame: ImageFrame) -> ImageInk:
        """The picture of `frame`. Raises UnusablePicture."""
        picture, wish = frame.picture, frame.wish
        key = (id(picture), wish)
        found = self._images.get(key)
        if found is None:
            _make_room(self._images, self._limits[2])
            ink = artwork_ink(picture) if isinstance(picture, Artwork) else image_ink(picture, wish)
            found = self._images[key] = (picture, ink)
        return found[1]

    def subset(self, face: Face, glyphs: frozenset[int]) -> Subset:
        """`face` cut down to `glyphs`. Raises UnusableFont."""
        key = (face, glyphs)
        found = self._subsets.get(key)
        if found is None:
            _make_room(self._subsets, self._limits[1])
            found = self._subsets[key] = self.source(face).subset(glyphs)
        return found

    def text_map(self, face: Face, glyphs: frozenset[int], claims: Mapping[int, str]) -> bytes:
        """The compressed ToUnicode CMap of `glyphs`, where `claims` says what those stand for that are not plain."""
        own = tuple(sorted((glyph, text) for glyph, text in claims.items() if glyph in glyphs))
        key = (face, glyphs, own)
        found = self._text_maps.get(key)
        if found is None:
            _make_room(self._text_maps, self._limits[1])
            found = self._text_maps[key] = self.source(face).text_map(glyphs, dict(own))
        return found

    def shape(self, segments: Sequence[PathSegment], height: int) -> bytes:
        """The operators that draw `segments` on a page `height` hundredths of a point tall."""
        if len(segments) < _MANY:
            return shape(segments, height)
        key = (id(segments), height)
        found = self._shapes.get(key)
        if found is None:
            _make_room(self._shapes, self._limits[1])
            found = self._shapes[key] = (segments, shape(segments, height))
        return found[1]

    def deflated(self, content: bytes) -> bytes:
        """`content`, the stream of a page, compressed."""
        found = self._deflated.get(content)
        if found is None:
            _make_room(self._deflated, self._limits[2])
            found = self._deflated[content] = zlib.compress(content, LEVEL)
        return found

    def profile(self) -> bytes:
        """The sRGB profile, compressed."""
        if not self._profile:
            self._profile = zlib.compress(srgb(), LEVEL)
        return self._profile

    def change(self, old: Style | None, new: Style, fill: str) -> bytes:
        """The operators that lead from text state `old`, None at the start of a page, to `new`."""
        operators: list[bytes] = []
        if old is None or old.font != new.font or old.size != new.size:
            operators.append(b"/%b %.5g Tf" % (new.font, new.size))
        if fill != new.color:
            operators.append(fill_color(self.color(new.color)))
        if (old.tracking if old else 0.0) != new.tracking:
            operators.append(b"%.4g Tc" % new.tracking)
        if (old.rise if old else 0.0) != new.rise:
            operators.append(b"%b Ts" % number(new.rise))
        operators.append(b"")
        return b"\n".join(operators)

    def _line(self, line: Line, lost: frozenset[Claim]) -> LineInk:
        pieces: list[Piece] = []
        claims: list[Claim] = []
        for segment in line.segments:
            style = Style(self.source(segment.face).label, segment.size, segment.color, segment.tracking, segment.rise)
            # From right to left the pen begins at the right end.
            origin = round((segment.x + segment.width if segment.rtl else segment.x) * 100)
            body = b"".join(map(_shown, self._chunks(segment, lost, claims)))
            if segment.rtl:
                body = b"/ReversedChars BMC\n%bEMC\n" % body
            piece = Piece(segment.tag, origin, body, style, style, origin)
            if pieces and pieces[-1].tag == segment.tag:
                pieces[-1] = self._joined(pieces[-1], piece)
            else:
                pieces.append(piece)
        return LineInk(line, tuple(pieces), tuple(claims))

    def _joined(self, piece: Piece, after: Piece) -> Piece:
        """`piece` with more text of the same element after it."""
        change = self.change(piece.last, after.first, piece.last.color)
        move = b"%b%.9g 0 Td" % (change, (after.end - piece.end) / 100)
        return piece._replace(body=b"".join((piece.body, move, after.body)), last=after.last, end=after.end)

    def _chunks(self, segment: Segment, lost: frozenset[Claim], claims: list[Claim]) -> list[Chunk]:
        """The insides of the TJ arrays that show the words of `segment`: one, if all glyphs stand for their text and
        are read from left to right; from right to left one for each word, whose characters are reversed as a whole."""
        words = segment.words
        codes = list(map(self._codes.get, map(id, words)))
        wider = 1000 * segment.stretch / segment.size
        stretch = b" %d" % round(wider if segment.rtl else -wider) if segment.stretch else b""
        if None in codes:
            inks = [
                (Chunk(None, code),) if code is not None else self._word(word, segment, lost, claims)
                for word, code in zip(words, codes, strict=True)
            ]
            if any(len(ink) != 1 or ink[0].actual is not None for ink in inks):
                return self._runs(segment, inks, stretch)
            codes = [ink[0].code for ink in inks]
        known = cast("list[bytes]", codes)
        if stretch:
            known = [code + stretch if word.is_space else code for word, code in zip(words, known, strict=True)]
        if segment.rtl:
            return [Chunk(None, code) for code in known]
        return [Chunk(None, seamless(known))]

    def _runs(self, segment: Segment, inks: list[tuple[Chunk, ...]], stretch: bytes) -> list[Chunk]:
        """The chunks of all words, what needs no ActualText run together."""
        chunks: list[Chunk] = []
        run: list[bytes] = []
        for word, ink in zip(segment.words, inks, strict=True):
            for chunk in ink:
                if chunk.actual is None and segment.rtl:
                    chunks += [Chunk(None, seamless(run)), chunk]
                    run = []
                elif chunk.actual is None:
                    run.append(chunk.code)
                else:
                    chunks += [Chunk(None, seamless(run)), chunk]
                    run = []
            if word.is_space:
                run.append(stretch)
        return [chunk for chunk in (*chunks, Chunk(None, seamless(run))) if chunk.code]

    def _word(self, word: Shaped, segment: Segment, lost: frozenset[Claim], claims: list[Claim]) -> tuple[Chunk, ...]:
        found = self._coded.get(id(word))
        if found is None or not lost.isdisjoint(found.claims):
            found = coded(word, self.source(word.face), lost, TextState(segment.size, segment.rise))
            if not found.lifted and not lost:
                self._note(word, found)
        claims.extend(found.claims)
        return found.chunks

    def _note(self, word: Shaped, ink: Coded) -> None:
        """Remember the codes of `word` as long as the word lives."""
        key, codes, others, anchors = id(word), self._codes, self._coded, self._anchors

        def forget(_: weakref.ref[Shaped]) -> None:
            codes.pop(key, None)
            others.pop(key, None)
            anchors.pop(key, None)

        anchors[key] = weakref.ref(word, forget)
        if ink.claims or len(ink.chunks) != 1 or ink.chunks[0].actual is not None:
            others[key] = ink
        else:
            codes[key] = ink.chunks[0].code


def _starts(frame: TextFrame) -> Iterator[tuple[Line, int, int]]:
    """The lines of `frame` with where they start and their baselines, in hundredths of a point."""
    for line, start, baseline in zip(frame.lines, frame.starts, frame.baselines, strict=True):
        yield line, round(start * 100), round(baseline * 100)


def glyphs_of(lines: Iterable[Line]) -> tuple[tuple[Face, frozenset[int]], ...]:
    """The glyphs of `lines` by face, in the order in which the faces are met."""
    words: dict[Face, set[Shaped]] = {}
    for line in lines:
        for segment in line.segments:
            words.setdefault(segment.face, set()).update(segment.words)
    return tuple((face, frozenset().union(*(word.glyphs for word in own))) for face, own in words.items())


def _shown(chunk: Chunk) -> bytes:
    """The operators that show `chunk`; what is to be read otherwise than its codes say is marked within its element."""
    code = b"[%b]TJ\n" % chunk.code
    return code if chunk.actual is None else b"/Span<</ActualText%b>>BDC\n%bEMC\n" % (string(chunk.actual), code)


def _components(color: str) -> bytes:
    values = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    distinct = values[:1] if len(set(values)) == 1 else values
    return b" ".join(b"%.3g" % (value / 255) for value in distinct)


def fill_color(components: bytes) -> bytes:
    """The operator that sets the colour of fills and text."""
    return components + (b" rg" if b" " in components else b" g")


def stroke_color(components: bytes) -> bytes:
    return components + (b" RG" if b" " in components else b" G")


def _make_room(memory: dict[K, V], limit: int) -> None:
    """Forget everything when `memory` is full: what is wanted is soon made again."""
    if len(memory) >= limit:
        memory.clear()
