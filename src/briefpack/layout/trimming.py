"""Ink that runs out over the trim, and what a printing house needs round a page to cut and fold it.

A ground or a picture with `bleed` in its style stands at a margin and runs out to the edge of the page there. For a
printing house it goes on beyond the trim, so that cutting leaves no white edge, and crop marks stand clear of it
(ISO 15930, ISO 12647-2: 3 mm is usual). The trimmed page is the same in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from typing import Final

from briefpack.document import Lately, is_right_to_left
from briefpack.geometry import MM, Rect, Size
from briefpack.graphics.primitives import Path, Segment
from briefpack.layout.frames import Frame, ImageFrame, LaidOut, Page, ShapeFrame
from briefpack.project.layouts import LayoutSpec

# What stands at an edge is as near to it as this, in points.
_NEAR: Final = 0.05

# Crop marks: how far from what bleeds, how long, how thick, in points; how long the parts of a mark for a fold are.
_CLEAR: Final = 1 * MM
_LONG: Final = 5 * MM
_THICK: Final = 0.25
_FOLD: Final = (2.0, 2.0)
_INK: Final = "#000000"


def run_out(page: Page, area: Rect) -> Page:
    """`page`, of which what bleeds and stands at an edge of `area` goes on to the edge of the page."""
    if not any(isinstance(frame, ShapeFrame | ImageFrame) and frame.bleeds for frame in page.frames):
        return page
    whole = Rect(0.0, 0.0, page.size.width, page.size.height)
    return replace(page, frames=tuple(_grown(frame, area, whole) for frame in page.frames))


def cropped(laid_out: LaidOut, layout: LayoutSpec, known: Lately[Frame] | None = None) -> LaidOut:
    """`laid_out` for a printing house: what bleeds goes on over the trim, and crop marks stand round each page.

    Frames that go on are `known` by those that they were made of.
    """
    kept = Lately[Frame]() if known is None else known
    mirrored = is_right_to_left(laid_out.language)
    pages: list[Page] = []
    for at, page in enumerate(laid_out.pages):
        size, bleed = page.size, layout.bleed
        trim = Rect(0.0, 0.0, size.width, size.height)
        beyond = Rect(-bleed, -bleed, size.width + 2 * bleed, size.height + 2 * bleed)
        frames = [kept.of(frame, partial(_grown, frame, trim, beyond), (trim, beyond)) for frame in page.frames]
        # What is a fold from the left on one side of a sheet is one from the right on its back.
        folds = [size.width - fold if (at % 2 == 1) != mirrored else fold for fold in layout.folds]
        margin = bleed + _CLEAR + _LONG
        around = Rect(-margin, -margin, size.width + 2 * margin, size.height + 2 * margin)
        frames.append(_crop_marks(size, bleed, tuple(folds), around))
        pages.append(Page(size, tuple(frames), bleed=bleed, margin=margin))
    return replace(laid_out, pages=tuple(pages))


@lru_cache(8)
def _crop_marks(size: Size, bleed: float, folds: tuple[float, ...], around: Rect) -> Frame:
    return ShapeFrame(None, around, tuple(_marks(size, bleed, folds)), artifact="Page")


def _grown(frame: Frame, area: Rect, out: Rect) -> Frame:
    """`frame` with the sides that stand at those of `area` at those of `out`, if it bleeds."""
    if not isinstance(frame, ShapeFrame | ImageFrame) or not frame.bleeds:
        return frame
    old = frame.bounds
    left = out.x if abs(old.x - area.x) <= _NEAR else old.x
    right = out.right if abs(old.right - area.right) <= _NEAR else old.right
    top = out.y if abs(old.y - area.y) <= _NEAR else old.y
    bottom = out.bottom if abs(old.bottom - area.bottom) <= _NEAR else old.bottom
    new = Rect(left, top, right - left, bottom - top)
    if new == old:
        return frame
    if isinstance(frame, ImageFrame):
        return replace(frame, bounds=new, whole=_covering(frame.whole, old, new))
    return replace(frame, bounds=new, paths=tuple(_stretched(path, old, new) for path in frame.paths))


def _covering(whole: Rect, old: Rect, new: Rect) -> Rect:
    """Where a picture stands that covers `new`, of which it shows what it showed of `old`, or a little less."""
    scale = max(new.width / old.width, new.height / old.height)
    width, height = whole.width * scale, whole.height * scale

    def start(begin: float, room: float, length: float, spare: float, shift: float) -> float:
        return begin - (length - room) * (shift / spare if spare > _NEAR else 0.5)

    return Rect(
        start(new.x, new.width, width, whole.width - old.width, old.x - whole.x),
        start(new.y, new.height, height, whole.height - old.height, old.y - whole.y),
        width,
        height,
    )


def _stretched(path: Path, old: Rect, new: Rect) -> Path:
    """`path`, of which rectangles reach as far in `new` as in `old`; a border along a side stays where it is."""

    def stretch(segment: Segment) -> Segment:
        operator, numbers = segment
        if operator != "re":
            return segment
        x, y, width, height = numbers
        if width >= old.width - _NEAR:
            x, width = new.x, new.width
        if height >= old.height - _NEAR:
            y, height = new.y, new.height
        return operator, (x, y, width, height)

    return replace(path, segments=tuple(map(stretch, path.segments)))


def _marks(size: Size, bleed: float, folds: Sequence[float]) -> Iterator[Path]:
    """Lines at the corners where to cut, and broken ones above and below where to fold."""
    inner, outer = bleed + _CLEAR, bleed + _CLEAR + _LONG
    for x in (0.0, size.width):
        yield from (_line(x, -outer, x, -inner), _line(x, size.height + inner, x, size.height + outer))
    for y in (0.0, size.height):
        yield from (_line(-outer, y, -inner, y), _line(size.width + inner, y, size.width + outer, y))
    for x in folds:
        yield _line(x, -outer, x, -inner, _FOLD)
        yield _line(x, size.height + inner, x, size.height + outer, _FOLD)


def _line(x: float, y: float, to_x: float, to_y: float, dash: tuple[float, ...] = ()) -> Path:
    return Path((("m", (x, y)), ("l", (to_x, to_y))), stroke=_INK, width=_THICK, dash=dash)
