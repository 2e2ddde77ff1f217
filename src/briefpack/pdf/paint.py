"""Painting: frames in, content streams and a log of whose ink is where out. No decisions are made here.

One `paint` call is one document: what its glyphs stand for is settled across all its pages. Painted
pages are bound to a file by `finish`, alone or with those of other documents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import field
from typing import assert_never

from briefpack.dataclass import dataclass
from briefpack.document import Tag
from briefpack.geometry import Rect, Size
from briefpack.layout.frames import Frame, ImageFrame, LinkFrame, Page, ShapeFrame, TextFrame
from briefpack.pdf.content import Content, artifact
from briefpack.pdf.images import ImageInk
from briefpack.pdf.imprints import Mark, Met, Owner, State, glyphs_of
from briefpack.pdf.inks import Inks
from briefpack.pdf.settling import Settled, Texts
from briefpack.pdf.states import Style
from briefpack.text.faces import Face
from briefpack.text.shaped import Segment, Shaped


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """A page as ink. `content` is the stream uncompressed; `marks` names the owner of each MCID.

    `frames` are those that were painted; `glyphs` is what is used of each face; `texts` what the unencoded glyphs of
    the whole document stand for. `bleed` and `margin` are points beyond the trim, see `Page`.
    """

    size: Size
    content: bytes
    marks: tuple[Mark, ...]
    frames: tuple[Frame, ...]
    links: tuple[LinkFrame, ...]
    images: tuple[ImageInk, ...]
    glyphs: Mapping[Face, frozenset[int]]
    texts: Texts
    bleed: float = 0.0
    margin: float = 0.0

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
    settled = Settled()
    return tuple([_Painter(page, inks, settled).painted() for page in pages])


@dataclass(slots=True)
class _Painter:
    page: Page
    inks: Inks
    settled: Settled
    content: Content = field(init=False)
    links: list[LinkFrame] = field(default_factory=list)
    images: dict[bytes, ImageInk] = field(default_factory=dict)
    glyphs: dict[Face, list[frozenset[int]]] = field(default_factory=dict)
    words: dict[Face, set[Shaped]] = field(default_factory=dict)

    def painted(self) -> PaintedPage:
        self.content = Content(self.page.size.height, self.inks)
        frames, pages = self.page.frames, self.inks.pages
        near = pages.near(frames)
        parted = near[0].kept.parted(near[1]) if near is not None else None
        if parted is None:
            pages.keep(frames)
            for frame in frames:
                self._frame(frame)
        else:
            for part in parted.parts:
                if isinstance(part, int):
                    self._frame(frames[part])
                else:
                    self._again(part)
        return PaintedPage(
            self.page.size,
            self.content.done(),
            tuple(self.content.marks),
            frames,
            tuple(self.links),
            tuple(self.images.values()),
            self._glyphs(parted.glyphs if parted is not None else {}),
            self.settled.texts,
            self.page.bleed,
            self.page.margin,
        )

    def _glyphs(self, known: Mapping[Face, frozenset[int]]) -> Mapping[Face, frozenset[int]]:
        """The glyphs of the page by face, `known` ones among them."""
        found: dict[Face, frozenset[int]] = {}
        for face, several in self.glyphs.items():
            own = known.get(face, frozenset())
            more = glyphs_of(self.words.get(face, ())).union(*several)
            found[face] = own if more <= own else own | more
        return found

    def _frame(self, frame: Frame) -> None:
        match frame:
            case TextFrame() | ShapeFrame():
                self._inked(frame)
            case _:
                self._draw(frame)

    def _inked(self, frame: TextFrame | ShapeFrame) -> None:
        met = self.inks.met(frame)
        if met is None:
            self._draw(frame)
        elif self._put(met):
            for face, glyphs in met.glyphs():
                self.glyphs.setdefault(face, []).append(glyphs)

    def _again(self, met: Met) -> None:
        """Paint frames of which the glyphs are known to be on the page."""
        if not self._put(met):
            return
        self.links += met.links()
        for picture in met.pictures():
            image = self.inks.image(picture)
            self.images[image.name] = image
        for face, _ in met.glyphs():
            self.glyphs.setdefault(face, [])

    def _put(self, met: Met) -> bool:
        """Paint frames that were met before; whether they are what they were, or else are painted one by one."""
        if met.claims and not self.settled.holds(met.claims):
            self._draw_all(met.frames)
            return False
        before = self.content.state()
        imprint = met.find(before) if met.claims is not None else None
        if imprint is None:
            self._learn(met, before)
            return False
        self.content.put(imprint)
        return True

    def _learn(self, met: Met, before: State) -> None:
        """Paint frames that were met before, and remember what they put on a page of state `before`."""
        settled, written = self.settled, self.content.written()
        settled.heard.clear()
        lost = settled.lost
        self._draw_all(met.frames)
        if settled.lost == lost:
            met.claims = tuple(dict.fromkeys(settled.heard))
            met.keep(before, self.content.since(written))

    def _draw_all(self, frames: Iterable[Frame]) -> None:
        for frame in frames:
            self._draw(frame)

    def _draw(self, frame: Frame) -> None:
        match frame:
            case TextFrame():
                self._text(frame, self._owner(frame))
            case ShapeFrame():
                self._shape(frame, self._owner(frame))
            case ImageFrame():
                self._image(frame)
            case LinkFrame():
                self.links.append(frame)
            case _:
                assert_never(frame)

    def _text(self, frame: TextFrame, own: Owner) -> None:
        show, source, body, settled = self.content.show, self.inks.source, self.inks.body, self.settled
        corner: tuple[float, float] | None = (frame.bounds.x, frame.bounds.y)
        style: Style | None = None
        set_as: tuple[object, ...] = ()
        for line, start, base in zip(frame.lines, frame.starts, frame.baselines, strict=True):
            left, baseline = round(start * 100), round(base * 100)
            for part in line.segments:
                self._note_words(part)
                own_set = (part.face, part.size, part.color, part.tracking, part.rise)
                if style is None or own_set != set_as:
                    set_as = own_set
                    style = Style(source(part.face).label, part.size, part.color, part.tracking, part.rise)
                # From right to left the pen begins at the right end.
                x = left + round((part.x + part.width if part.rtl else part.x) * 100)
                owner = own if part.tag is None or frame.tag is None else part.tag
                show(owner, style, (x, baseline), body(part, settled), corner)
                corner = None

    def _note_words(self, part: Segment) -> None:
        words = self.words.get(part.face)
        if words is None:
            words = self.words[part.face] = set()
            self.glyphs.setdefault(part.face, [])
        words.update(part.words)

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
