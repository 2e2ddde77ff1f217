"""Frames: content placed on pages. What `layout` gives and `pdf` paints, in paint order.

Coordinates are points from the top-left corner of the trimmed page, y downwards. `tag` names the
structure element that the ink belongs to; None makes it an artifact.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefpack.dataclass import dataclass
from briefpack.document import Element, Tag
from briefpack.geometry import Rect, Size
from briefpack.graphics.primitives import Path
from briefpack.graphics.rasters import AS_IT_IS, Raster, Wish
from briefpack.text.shaped import Line

if TYPE_CHECKING:
    from briefpack.graphics.artwork import Artwork


@dataclass(frozen=True, slots=True)
class TextFrame:
    """Lines of one block: line i starts at `starts[i]` on the baseline `baselines[i]`."""

    tag: Tag | None
    bounds: Rect
    lines: tuple[Line, ...]
    starts: tuple[float, ...]
    baselines: tuple[float, ...]
    artifact: str = "Layout"


@dataclass(frozen=True, slots=True)
class ShapeFrame:
    """Paths, in page coordinates. `actual` is the text they stand for, such as a check box's.

    `upright` ones, such as codes, are never mirrored. What `bleeds` goes on to the edge of the page, and beyond it for
    a printing house.
    """

    tag: Tag | None
    bounds: Rect
    paths: tuple[Path, ...]
    actual: str | None = None
    artifact: str = "Layout"
    upright: bool = False
    bleeds: bool = False


@dataclass(frozen=True, slots=True)
class ImageFrame:
    """A picture of which `bounds` is seen; `whole` is where all of it would stand, and `wish` how it is wanted.

    One that `bleeds` goes on to the edge of the page, and beyond it for a printing house.
    """

    tag: Tag | None
    bounds: Rect
    picture: Raster | Artwork
    whole: Rect
    wish: Wish = AS_IT_IS
    bleeds: bool = False


@dataclass(frozen=True, slots=True)
class Destination:
    """A place to jump to: the first ink of element `tag` in part `part` of the file being made.

    `part` is the paper's name; None means the same paper. ROOT as tag is the paper's first page.
    """

    tag: Tag
    part: str | None = None


@dataclass(frozen=True, slots=True)
class LinkFrame:
    """An active area. `target` is a URL or a place; `contents` says in words where it leads."""

    tag: Tag
    areas: tuple[Rect, ...]
    target: str | Destination
    contents: str


Frame = TextFrame | ShapeFrame | ImageFrame | LinkFrame


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the trimmed `size`. For a printing house there are `margin` points round it, and ink up to `bleed`."""

    size: Size
    frames: tuple[Frame, ...]
    bleed: float = 0.0
    margin: float = 0.0


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A bookmark: a heading, its level, and the page (from 0, within its document) it stands on."""

    level: int
    title: str
    tag: Tag
    page: int


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A document laid out: its pages, its tag tree and its bookmarks.

    `left_out` names the optional blocks that the fit ladder took.
    """

    name: str
    title: str
    language: str
    structure: Element
    pages: tuple[Page, ...]
    outline: tuple[OutlineEntry, ...]
    left_out: frozenset[str] = frozenset()
