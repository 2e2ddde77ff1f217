"""Painting: frames in, content streams and a log of whose ink is where out. No decisions are made here.

One `paint` call is one document: what its glyphs stand for is settled across all its pages. Painted
pages are bound to a file by `finish`, alone or with those of other documents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field
from typing import assert_never

from briefpack.dataclass import dataclass
from briefpack.document import Tag
from briefpack.geometry import Rect, Size
from briefpack.layout.frames import Frame, ImageFrame, LinkFrame, Page, ShapeFrame, TextFrame
from briefpack.pdf.content import Content, artifact
from briefpack.pdf.glyphs import Claim
from briefpack.pdf.images import ImageInk
from briefpack.pdf.imprints import FrameInk, Mark, Owner, glyphs_of, words_of
from briefpack.pdf.inks import Inks, starts
from briefpack.pdf.pieces import LineInk, placed
from briefpack.text.faces import Face
from briefpack.text.shaped import Line, Shaped

Texts = Mapping[Face, Mapping[int, str]]


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """A page as ink. `content` is the stream uncompressed; `marks` names the owner of each MCID.

    `frames` are those that were painted; `glyphs` is what is used of each face; `texts` what the unencoded glyphs of
    the whole document stand for.
    """

    size: Size
    content: bytes
    marks: tuple[Mark, ...]
    frames: tuple[Frame, ...]
    links: tuple[LinkFrame, ...]
    images: tuple[ImageInk, ...]
    glyphs: Mapping[Face, frozenset[int]]
    texts: Texts

    def areas(self, tags: Collection[Tag]) -> dict[Tag, Rect]:
        """The box round all ink of each of `tags` that has some on this page."""
        found: dict[Tag, Rect] = {}
        for frame in self.frames:
            if not isinstance(frame, LinkFrame) and frame.tag in tags and frame.tag is not None:
                area = found.get(frame.tag)
                found[frame.tag] = frame.bounds if area is None else _union(area, frame.bounds)
        return found


def paint(pages: Sequence[Page], inks: Inks) -> tuple[PaintedPage, ...]:
    """The pages of one document as ink.

    Raises UnusablePicture for a picture that cannot be embedded.
    """
    texts: dict[Face, dict[int, str]] = {}
    return tuple([_Painter(page, inks, texts).painted() for page in pages])


@dataclass(slots=True)
class _Painter:
    page: Page
    inks: Inks
    texts: dict[Face, dict[int, str]]
    content: Content = field(init=False)
    links: list[LinkFrame] = field(default_factory=list)
    images: dict[bytes, ImageInk] = field(default_factory=dict)
    glyphs: dict[Face, list[frozenset[int]]] = field(default_factory=dict)
    words: dict[Face, set[Shaped]] = field(default_factory=dict)

    def painted(self) -> PaintedPage:
        self.content = Content(self.page.size.height, self.inks)
        for frame in self.page.frames:
            match frame:
                case TextFrame() | ShapeFrame():
                    self._inked(self.inks.frame(frame))
                case ImageFrame():
                    self._image(frame)
                case LinkFrame():
                    self.links.append(frame)
                case _:
                    assert_never(frame)
        return PaintedPage(
            self.page.size,
            self.content.done(),
            tuple(self.content.marks),
            self.page.frames,
            tuple(self.links),
            tuple(self.images.values()),
            {face: glyphs_of(self.words.get(face, ())).union(*several) for face, several in self.glyphs.items()},
            self.texts,
        )

    def _inked(self, ink: FrameInk) -> None:
        if ink.claims and not self._holds(ink.claims):
            assert isinstance(ink.frame, TextFrame)
            self._draw(self._settled(ink.frame))
            self._note_words(ink)
        elif ink.again:
            self._again(ink)
            for face, glyphs in ink.glyphs():
                self.glyphs.setdefault(face, []).append(glyphs)
        else:
            self._draw(ink)
            self._note_words(ink)

    def _again(self, ink: FrameInk) -> None:
        """Paint what was met before, as it was painted where it has been in the same state of a page."""
        content = self.content
        before = content.state()
        imprint = ink.find(before)
        if imprint is not None:
            content.put(imprint)
        else:
            written = content.written()
            self._draw(ink)
            ink.keep(before, content.since(written))

    def _note_words(self, ink: FrameInk) -> None:
        if isinstance(ink.frame, TextFrame):
            for face, words in words_of(ink.frame.lines).items():
                self.glyphs.setdefault(face, [])
                self.words.setdefault(face, set()).update(words)

    def _draw(self, ink: FrameInk) -> None:
        frame = ink.frame
        own = self._owner(frame)
        if isinstance(frame, ShapeFrame):
            self._shape(frame, own)
            return
        show = self.content.show
        corner: tuple[float, float] | None = (frame.bounds.x, frame.bounds.y)
        for piece in ink.pieces:
            show(own if piece.tag is None or frame.tag is None else piece.tag, piece, corner)
            corner = None

    def _holds(self, claims: Sequence[Claim]) -> bool:
        """Whether nothing is settled otherwise than `claims` say, which is noted then."""
        if self._settled_so(claims):
            return True
        new: dict[tuple[Face, int], str] = {}
        for claim in claims:
            key = (claim.face, claim.glyph)
            settled = self.texts.get(claim.face, {}).get(claim.glyph) or new.setdefault(key, claim.text)
            if settled != claim.text and claim.binding:
                return False
        for (face, glyph), text in new.items():
            self.texts.setdefault(face, {}).setdefault(glyph, text)
        return True

    def _settled_so(self, claims: Sequence[Claim]) -> bool:
        """Whether all is settled already, as `claims` say."""
        texts = self.texts
        for claim in claims:
            own = texts.get(claim.face)
            if own is None or own.get(claim.glyph) != claim.text:
                return False
        return True

    def _settled(self, frame: TextFrame) -> FrameInk:
        """The ink of `frame` where some of its claims come too late in this document."""
        return FrameInk(frame, placed([(self._ink(line), start, base) for line, start, base in starts(frame)]))

    def _ink(self, line: Line) -> LineInk:
        ink = self.inks.line(line)
        if ink.claims:
            lost = self._settle(ink.claims)
            if lost:
                ink = self.inks.line_without(line, lost)
                self._settle(ink.claims)
        return ink

    def _settle(self, claims: Sequence[Claim]) -> frozenset[Claim]:
        """Note what glyphs stand for, and say which of the claims come too late."""
        lost: list[Claim] = []
        for claim in claims:
            settled = self.texts.setdefault(claim.face, {}).setdefault(claim.glyph, claim.text)
            if settled != claim.text and claim.binding:
                lost.append(claim)
        return frozenset(lost)

    def _shape(self, frame: ShapeFrame, owner: Owner) -> None:
        content = self.content
        content.graphics(owner, frame.bounds.x, frame.bounds.y, frame.actual)
        for path in frame.paths:
            content.draw(path)
        if frame.actual is not None:
            content.end()

    def _image(self, frame: ImageFrame) -> None:
        image = self.inks.image(frame)
        self.images[image.name] = image
        self.content.graphics(self._owner(frame), frame.bounds.x, frame.bounds.y)
        self.content.place(image, frame.whole, frame.bounds)

    def _owner(self, frame: TextFrame | ShapeFrame | ImageFrame) -> Owner:
        """Whose ink `frame` is."""
        if frame.tag is None:
            kind = "Layout" if isinstance(frame, ImageFrame) else frame.artifact
            return artifact(kind, frame.bounds, self.page.size.height)
        return frame.tag


def _union(a: Rect, b: Rect) -> Rect:
    x, y = min(a.x, b.x), min(a.y, b.y)
    return Rect(x, y, max(a.right, b.right) - x, max(a.bottom, b.bottom) - y)
