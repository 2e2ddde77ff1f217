"""Pictures as boxes: opened once, placed whole or cropped to a frame, judged at the size they are set.

What cannot be printed is a diagnostic at the author's place; a drawing's own trouble at its own line. A
picture too coarse for its size is a warning, one far too fine is made smaller for the file.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING, Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Severity, Span, Stopped, finding
from briefpack.document import Block, Figure, Grid, Group, Image, Lately, List, Row, Tag
from briefpack.geometry import INCH, MM, Rect
from briefpack.graphics.rasters import Raster, UnusablePicture, Wish, open_raster
from briefpack.layout.boxes import Leaf, Whole
from briefpack.layout.codes import check_codes
from briefpack.layout.frames import Frame, ImageFrame, LaidOut, Page
from briefpack.layout.styles import BODY, BoxSpec, Setting, StyleSheet
from briefpack.text import Shaper

if TYPE_CHECKING:
    from briefpack.graphics.artwork import Artwork
    from briefpack.graphics.letters import Font, Letters, Outlined

ENOUGH: Final = 200
"""Pixels an inch below which print looks coarse."""

PLENTY: Final = 450
"""Pixels an inch above which a file is large for nothing; it is given `PRINTED` of them."""

PRINTED: Final = 300

# How much of a page's height a picture may take that says only how wide it is; the rest is for its words.
_BARE: Final = 0.9
_CAPTIONED: Final = 0.75

_MOST_KEPT: Final = 64


@dataclass(frozen=True, slots=True)
class Opened:
    """A picture, or why there is none; and what there is to say of it besides."""

    picture: Raster | Artwork | None
    found: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures opened, kept for a whole process by the bytes that they are made of."""

    _kept: dict[int, tuple[bytes, Letters | None, Opened]] = field(default_factory=dict)

    def opened(self, data: bytes, path: str, letters: ThemeLetters) -> Opened:
        """The picture `data` of the file `path`, the same object for the same data. Diagnostics have no place yet.

        Of `letters` nothing is asked for a picture that has none.
        """
        kept = self._kept.get(id(data))
        if kept is None or (kept[1] is not None and kept[1] != letters.of_theme()):
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            asked = ThemeLetters(letters.styles, letters.shaper)
            opened = _open(data, path, asked)
            kept = self._kept[id(data)] = (data, asked.found, opened)
        return kept[2]


def _open(data: bytes, path: str, letters: Letters) -> Opened:
    from briefpack.graphics.svg import is_svg, read_svg  # imported late: most documents have no drawings

    if is_svg(data, path):
        return Opened(*read_svg(data, path, letters))
    try:
        raster = open_raster(data, path)
    except UnusablePicture as error:
        return Opened(None, (finding("unreadable-image", error.message, path=path, help=error.help),))
    if raster.remark is None:
        return Opened(raster)
    help = "save it in sRGB, so that its colours are as you want them"
    return Opened(raster, (finding("converted-colours", raster.remark, path=path, help=help),))


@dataclass(slots=True)
class ThemeLetters:
    """Outlines of letters in the typefaces of `styles`, of which the theme is asked when a drawing has some; those of
    body text stand in for others."""

    styles: StyleSheet
    shaper: Shaper
    found: Letters | None = None

    def outlined(self, text: str, font: Font) -> Outlined:
        return self.of_theme().outlined(text, font)

    def of_theme(self) -> Letters:
        if self.found is None:
            from briefpack.text.outlines import FaceLetters  # imported late, as above

            families = frozenset(self.styles.theme.typefaces.values())
            self.found = FaceLetters(self.styles.faces, self.shaper, self.styles.text(BODY).family, families)
        return self.found


@dataclass(frozen=True, slots=True)
class Hanging:
    """Where pictures come from: the project's files, those opened before, and letters for drawings."""

    read: Callable[[str], bytes]
    pictures: Pictures
    letters: ThemeLetters
    tallest: float

    def box(self, figure: Figure, image: Image, spec: BoxSpec) -> tuple[PictureBox | None, tuple[Diagnostic, ...]]:
        """The box of `image`, the graphic of `figure`, and what there is to say of it."""
        try:
            data = self.read(image.path)
        except Stopped as stopped:
            reason = stopped.diagnostics[0].message
            help = "put the picture there or correct its path"
            return None, (finding("missing-image", reason, figure.span, help=help),)
        opened = self.pictures.opened(data, image.path, self.letters)
        found = tuple(_placed(each, figure.span) for each in opened.found)
        picture = opened.picture
        if picture is None:
            return None, found
        tallest = self.tallest * (_CAPTIONED if figure.caption else _BARE)
        box = PictureBox(
            Tag(figure.id), picture, image, picture.height / picture.width, tallest, spec.align, spec.bleed
        )
        return replace(box, before=spec.before, after=spec.after), found


def _placed(found: Diagnostic, span: Span | None) -> Diagnostic:
    """`found` at the author's place, if it has none; one that has a line of a drawing says who asked for it."""
    if found.span is None:
        return replace(found, span=span, path=None if span is not None else found.path)
    return replace(found, related=((span, "placed here"),)) if span is not None else found


@dataclass(frozen=True, slots=True, eq=False)
class PictureBox(Leaf, Whole):
    """A picture, as wide as the measure unless `image` says otherwise. `ratio` is its height by its width.

    One whose height follows from its width is no taller than `tallest`.
    """

    tag: Tag | None
    picture: Raster | Artwork
    image: Image
    ratio: float
    tallest: float = math.inf
    align: str = "left"
    bleeds: bool = False
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def frame(self, width: float) -> tuple[float, float]:
        """The width and height of its frame in a measure of `width`."""
        image = self.image
        if image.height is not None and image.width is None and image.aspect is None:
            # As wide as it comes at that height, or smaller where the measure is.
            across = min(width, image.height / self.ratio) if not image.cover else width
            return across, image.height if image.cover else across * self.ratio
        across = min(width, image.width or width)
        if image.height is not None:
            return across, image.height
        ratio = 1 / image.aspect if image.aspect is not None else self.ratio
        across = min(across, self.tallest / ratio)
        return across, across * ratio

    def height(self, width: float, setting: Setting) -> float:
        return self.frame(width)[1]

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        across, down = self.frame(area.width)
        room = Rect(area.x + (area.width - across) * _SHARES[self.align], area.y, across, down)
        if self.image.cover:
            whole = covering(room, self.ratio, self.image.focus)
            frames.append(ImageFrame(self.tag, room, self.picture, whole, bleeds=self.bleeds))
        else:
            whole = contained(room, self.ratio, _SHARES[self.align])
            frames.append(ImageFrame(self.tag, whole, self.picture, whole))


_SHARES: Final = {"left": 0.0, "center": 0.5, "right": 1.0}


def contained(room: Rect, ratio: float, align: float) -> Rect:
    """The largest rectangle of `ratio`, height by width, in `room`: in the middle of its height."""
    width = min(room.width, room.height / ratio)
    height = width * ratio
    return Rect(room.x + (room.width - width) * align, room.y + (room.height - height) / 2, width, height)


def covering(room: Rect, ratio: float, focus: tuple[float, float]) -> Rect:
    """The smallest rectangle of `ratio` that covers `room`, its `focus` as near the middle of it as can be."""
    width = max(room.width, room.height / ratio)
    height = width * ratio

    def start(begin: float, room: float, whole: float, share: float) -> float:
        return begin - min(max(whole * share - room / 2, 0.0), whole - room)

    return Rect(start(room.x, room.width, width, focus[0]), start(room.y, room.height, height, focus[1]), width, height)


# ------------------------------------------------------------------------------------------------- judging


def check_pictures(blocks: Iterable[Block], pages: Sequence[Page]) -> tuple[Diagnostic, ...]:
    """What there is to say of pictures and codes at the size they are set on `pages`.

    A warning for a picture that is too coarse, an error for a code that is too small; and what of a drawing is weak.
    """
    every = tuple(_figures(blocks))
    images = {Tag(figure.id): figure for figure in every if isinstance(figure.graphic, Image)}
    drawn: Iterable[Diagnostic] = ()
    if images:
        from briefpack.layout.drawings import check_drawings  # imported late: most documents have no pictures

        drawn = check_drawings(images, pages)
    return (*_check_rasters(every, pages), *check_codes(every, pages), *drawn)


def _check_rasters(every: Iterable[Figure], pages: Sequence[Page]) -> tuple[Diagnostic, ...]:
    coarse: dict[str, tuple[float, Diagnostic]] = {}
    figures = {Tag(figure.id): figure for figure in every if isinstance(figure.graphic, Image)}
    if not figures:
        return ()
    for frame in _rasters(pages):
        figure = figures.get(frame.tag) if frame.tag is not None else None
        raster = frame.picture
        assert isinstance(raster, Raster)
        ppi = raster.width / frame.whole.width * INCH
        worst = coarse.get(raster.path)
        if ppi < ENOUGH and (worst is None or ppi < worst[0]):
            coarse[raster.path] = ppi, _coarse(raster, frame, ppi, figure.span if figure is not None else None)
    return tuple(found for _, found in coarse.values())


def _coarse(raster: Raster, frame: ImageFrame, ppi: float, span: Span | None) -> Diagnostic:
    width = frame.bounds.width
    most = int(width * ppi / ENOUGH / MM)
    message = f"`{raster.path}` has {int(ppi)} pixels an inch at {width / MM:.0f} mm wide, and print needs {ENOUGH}"
    size = f"set it at most {most} mm wide, or " if most >= 5 else ""
    need = -(-raster.width * ENOUGH // max(1, int(ppi)))
    help = f"{size}take a picture of {need:,} pixels across"
    return finding("low-resolution", message, span, help=help, path=None if span else raster.path)


def at_print_size(parts: Sequence[LaidOut], known: Lately[Frame] | None = None) -> tuple[LaidOut, ...]:
    """`parts` with every picture that is far too fine for the largest size it is set at wanted smaller.

    Frames of smaller pictures are `known` by those that they were made of.
    """
    kept = Lately[Frame]() if known is None else known
    widest: dict[int, float] = {}
    for part in parts:
        for frame in _rasters(part.pages):
            key = id(frame.picture)
            widest[key] = max(widest.get(key, 0.0), frame.whole.width)
    if not widest:
        return tuple(parts)
    return tuple(
        replace(
            part,
            pages=tuple(
                replace(page, frames=tuple([_reduced(frame, widest, kept) for frame in page.frames]))
                for page in part.pages
            ),
        )
        for part in parts
    )


def _reduced(frame: Frame, widest: dict[int, float], kept: Lately[Frame]) -> Frame:
    if not isinstance(frame, ImageFrame) or not isinstance(frame.picture, Raster):
        return frame
    inches = widest[id(frame.picture)] / INCH
    if frame.picture.width <= PLENTY * inches:
        return frame
    wish = Wish(max(1, round(PRINTED * inches)), frame.wish.grey)
    return kept.of(frame, lambda: replace(frame, wish=wish), wish)


def _rasters(pages: Iterable[Page]) -> Iterator[ImageFrame]:
    for page in pages:
        for frame in page.frames:
            if isinstance(frame, ImageFrame) and isinstance(frame.picture, Raster):
                yield frame


def _figures(blocks: Iterable[Block]) -> Iterator[Figure]:
    for block in blocks:
        match block:
            case Figure():
                yield block
            case Group(children=children) | Grid(children=children):
                yield from _figures(children)
            case Row(columns=columns):
                for column in columns:
                    yield from _figures(column.children)
            case List(items=items):
                for item in items:
                    yield from _figures(item.children)
            case _:
                pass


def has_error(found: Iterable[Diagnostic]) -> bool:
    return any(each.severity is Severity.ERROR for each in found)
