"""Ink that is kept for the next page that needs it: words, lines, pictures, fonts.

What is kept depends only on what it was made from, never on the order of the pages, so the bytes of a
file are the same whether its ink was at hand or not.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from briefpack.document import Element
from briefpack.graphics.primitives import Segment as PathSegment
from briefpack.graphics.rasters import Raster, Wish
from briefpack.layout.alike import Alike
from briefpack.layout.frames import ImageFrame, ShapeFrame, TextFrame
from briefpack.pdf.file import LEVEL, deflate, object_stream
from briefpack.pdf.fonts import FontSource, FontStreams, Subset, font_bodies, to_unicode
from briefpack.pdf.glyphs import Chunk, Coded, TextState, coded, seamless
from briefpack.pdf.icc import srgb
from briefpack.pdf.images import ImageInk, image_ink
from briefpack.pdf.imprints import Met, Ways
from briefpack.pdf.outline import Linked
from briefpack.pdf.settling import Settled
from briefpack.pdf.shapes import shape
from briefpack.pdf.syntax import string
from briefpack.pdf.tree import Branch, Inked, branch
from briefpack.text.faces import Face
from briefpack.text.shaped import Segment, Shaped

if TYPE_CHECKING:
    from briefpack.graphics.artwork import Artwork

# Shapes of fewer segments are sooner written than looked up.
_MANY: Final = 12

# So many rows of objects are remembered.
_BATCHES: Final = 6

# So many pages are remembered.
_PAGES: Final = 12

K = TypeVar("K")
V = TypeVar("V")


class Inks:
    """What painting and finishing remember in one process. Not for use by two threads at once."""

    def __init__(self, frames: int = 512, subsets: int = 256, images: int = 32) -> None:
        self._limits = (frames, subsets, images)
        # By identity of the word: the inside of a TJ array, when that depends on nothing else.
        self._codes: dict[int, bytes] = {}
        # The same for words whose glyphs have claims to be settled, or need an ActualText.
        self._coded: dict[int, Coded] = {}
        self._anchors: dict[int, _Anchor] = {}
        self._forget = _forgetting(self._codes, self._coded, self._anchors)
        # By identity of the frame: those met lately, and before; the frame alone of one that was met once.
        self._frames: dict[int, TextFrame | ShapeFrame | Met] = {}
        self._frames_before: dict[int, TextFrame | ShapeFrame | Met] = {}
        self.pages = Alike(Ways, min(frames, _PAGES))
        self._sources: dict[Face, FontSource] = {}
        self._images: dict[tuple[int, Wish], tuple[Raster | Artwork, ImageInk]] = {}
        self._subsets: dict[tuple[Face, frozenset[int]], Subset] = {}
        self._texts: dict[tuple[Face, frozenset[int], tuple[tuple[int, str], ...]], dict[int, str]] = {}
        self._linked: list[tuple[object, Linked]] = []
        self._fonts: dict[tuple[int, int, int, tuple[int, ...], int], tuple[Subset, tuple[bytes, ...]]] = {}
        self._text_maps: dict[tuple[tuple[int, str], ...], bytes] = {}
        self._shapes: dict[tuple[int, int], tuple[Sequence[PathSegment], bytes]] = {}
        self._deflated: dict[tuple[bytes, int], bytes] = {}
        self._completed: dict[tuple[Face, frozenset[int]], frozenset[int]] = {}
        self._branches: dict[Inked, Branch] = {}
        self._batches: list[tuple[int, Sequence[bytes], tuple[bytes, bytes]]] = []
        self._profile = b""

    @property
    def words_known(self) -> int:
        """How many words are remembered; those that nobody else holds any more are not."""
        return len(self._anchors)

    def met(self, frame: TextFrame | ShapeFrame) -> Met | None:
        """What is known of `frame`; None when it is met for the first time, as far as is remembered."""
        key = id(frame)
        found = self._frames.get(key)
        if found is None:
            found = self._frames_before.pop(key, None)
            if len(self._frames) >= self._limits[0]:
                self._frames, self._frames_before = {}, self._frames
            if found is None:
                self._frames[key] = frame
                return None
            self._frames[key] = found
        if not isinstance(found, Met):
            found = self._frames[key] = Met((frame,))
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
            found = self._images[key] = (picture, _ink(picture, wish))
        return found[1]

    def completed(self, face: Face, glyphs: frozenset[int]) -> frozenset[int]:
        """`glyphs` of `face` with those that many documents like this one use among them."""
        key = (face, glyphs)
        found = self._completed.get(key)
        if found is None:
            _make_room(self._completed, self._limits[2])
            found = self._completed[key] = self.source(face).completed(glyphs)
        return found

    def subset(self, face: Face, glyphs: frozenset[int]) -> Subset:
        """`face` cut down to `glyphs`. Raises UnusableFont."""
        key = (face, glyphs)
        found = self._subsets.get(key)
        if found is None:
            _make_room(self._subsets, self._limits[1])
            found = self._subsets[key] = self.source(face).subset(glyphs)
        return found

    def texts(self, face: Face, glyphs: frozenset[int], claims: Mapping[int, str]) -> dict[int, str]:
        """What `glyphs` stand for, where `claims` says it of those that are not plain; not to be changed."""
        key = (face, glyphs, tuple(claims.items()))
        found = self._texts.get(key)
        if found is None:
            _make_room(self._texts, self._limits[1])
            found = self._texts[key] = self.source(face).texts(glyphs, claims)
        return found

    def linked(self, given: object, make: Callable[[], tuple[Linked, bool]]) -> Linked:
        """The links of a file and where its bookmarks lead. `make` gives them, and whether by what is `given` alone."""
        for known, linked in self._linked:
            if known == given:
                return linked
        found, alone = make()
        if alone:
            del self._linked[_PAGES - 1 :]
            self._linked.insert(0, (given, found))
        return found

    def font_bodies(self, streams: FontStreams, first: int) -> tuple[bytes, ...]:
        """The dictionaries of a font, the first of which is object `first`."""
        key = (id(streams.subset), streams.program, streams.code_map, streams.texts, first)
        found = self._fonts.get(key)
        if found is None:
            _make_room(self._fonts, self._limits[1])
            found = self._fonts[key] = (streams.subset, font_bodies(streams, first))
        return found[1]

    def text_map(self, texts: Mapping[int, str]) -> bytes:
        """The compressed ToUnicode CMap by which glyphs stand for `texts`."""
        key = tuple(sorted(texts.items()))
        found = self._text_maps.get(key)
        if found is None:
            _make_room(self._text_maps, self._limits[2])
            found = self._text_maps[key] = deflate(to_unicode(key))
        return found

    def branch(self, root: Element, inked: Inked) -> Branch:
        """The elements of `root`, written; of those that are built and inked alike once. Raises UntaggedInk."""
        found = self._branches.get(inked)
        if found is None or found.children != root.children:
            _make_room(self._branches, self._limits[2])
            found = self._branches[inked] = branch(root, inked)
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

    def deflated(self, content: bytes, level: int = LEVEL) -> bytes:
        """`content`, the stream of a page or objects of a file, compressed."""
        key = (content, level)
        found = self._deflated.get(key)
        if found is None:
            _make_room(self._deflated, self._limits[2])
            found = self._deflated[key] = deflate(content, level)
        return found

    def batched(self, first: int, bodies: Sequence[bytes]) -> tuple[bytes, bytes]:
        """The object stream of `bodies`, the first of which is object `first`: entries and data, compressed."""
        for known in self._batches:
            if known[0] == first and known[1] == bodies:
                return known[2]
        entries, data = object_stream(first, bodies)
        made = entries, self.deflated(data)
        del self._batches[_BATCHES - 1 :]
        self._batches.insert(0, (first, bodies, made))
        return made

    def profile(self) -> bytes:
        """The sRGB profile, compressed."""
        if not self._profile:
            self._profile = deflate(srgb())
        return self._profile

    def body(self, segment: Segment, settled: Settled) -> bytes:
        """The operators that show the words of `segment` in a document in which that is `settled`."""
        words = segment.words
        codes = list(map(self._codes.get, map(id, words)))
        if None in codes:
            inks = {at: self._word(words[at], segment, settled) for at, code in enumerate(codes) if code is None}
            if any(len(ink.chunks) != 1 or ink.chunks[0].actual is not None for ink in inks.values()):
                return self._read_otherwise(segment, codes, inks)
            for at, ink in inks.items():
                codes[at] = ink.chunks[0].code
        known = cast("list[bytes]", codes)
        if segment.stretch:
            stretch = _stretch(segment)
            known = [code + stretch if word.is_space else code for word, code in zip(words, known, strict=True)]
        if segment.rtl:
            return _reversed([Chunk(None, code) for code in known])
        return b"[%b]TJ\n" % seamless(known)

    def _read_otherwise(self, segment: Segment, codes: Iterable[bytes | None], inks: Mapping[int, Coded]) -> bytes:
        """The operators for words of which not all glyphs stand for their texts: those have `inks`."""
        stretch = _stretch(segment) if segment.stretch else b""
        words = [inks[at].chunks if code is None else (Chunk(None, code),) for at, code in enumerate(codes)]
        chunks = self._runs(segment, words, stretch)
        return _reversed(chunks) if segment.rtl else b"".join(map(_shown, chunks))

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

    def _word(self, word: Shaped, segment: Segment, settled: Settled) -> Coded:
        found = self._coded.get(id(word))
        if found is None:
            found = coded(word, self.source(word.face), frozenset(), TextState(segment.size, segment.rise))
            if not found.lifted:
                self._note(word, found)
        if found.claims:
            lost = settled.settle(found.claims)
            if lost:
                found = coded(word, self.source(word.face), lost, TextState(segment.size, segment.rise))
                settled.settle(found.claims)
        return found

    def _note(self, word: Shaped, ink: Coded) -> None:
        """Remember the codes of `word` as long as the word lives."""
        key = id(word)
        self._anchors[key] = weakref.KeyedRef(word, self._forget, key)
        if ink.claims or len(ink.chunks) != 1 or ink.chunks[0].actual is not None:
            self._coded[key] = ink
        else:
            self._codes[key] = ink.chunks[0].code


_Anchor = weakref.KeyedRef[int, Shaped]
"""A word that is not held, and its key."""


def _forgetting(*memories: dict[int, Any]) -> Callable[[_Anchor], None]:
    """What takes the word of an anchor out of `memories`."""

    def forget(anchor: _Anchor) -> None:
        for memory in memories:
            memory.pop(anchor.key, None)

    return forget


def _stretch(segment: Segment) -> bytes:
    """What goes behind a space in a line that is stretched."""
    wider = 1000 * segment.stretch / segment.size
    return b" %d" % round(wider if segment.rtl else -wider)


def _reversed(chunks: Iterable[Chunk]) -> bytes:
    """The operators that show `chunks`, read from right to left: one for each word, reversed as a whole."""
    return b"/ReversedChars BMC\n%bEMC\n" % b"".join(map(_shown, chunks))


def _shown(chunk: Chunk) -> bytes:
    """The operators that show `chunk`; what is to be read otherwise than its codes say is marked within its element."""
    code = b"[%b]TJ\n" % chunk.code
    return code if chunk.actual is None else b"/Span<</ActualText%b>>BDC\n%bEMC\n" % (string(chunk.actual), code)


def _ink(picture: Raster | Artwork, wish: Wish) -> ImageInk:
    if isinstance(picture, Raster):
        return image_ink(picture, wish)
    from briefpack.pdf.artwork import artwork_ink  # imported late: most documents have no drawings

    return artwork_ink(picture)


def _make_room(memory: dict[K, V], limit: int) -> None:
    """Forget everything when `memory` is full: what is wanted is soon made again."""
    if len(memory) >= limit:
        memory.clear()
