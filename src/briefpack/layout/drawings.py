"""Drawings: whether the shapes of an SVG file can be seen where it is set (WCAG 2.1, success criterion 1.4.11).

Which shapes of a drawing say something only its author knows. So it is an error when none of them stands out from the
page by 3 to 1, and a warning when some do not stand out from what is under them. Not told are grounds, on which another
shape is seen; what is outlined by another shape, covered by one, or too small to be more than a detail; and drawings
of very many shapes. A shape is on what holds all of its bounds; what is see-through is mixed with that. Letters need as
much as those of the page (1.4.3), by the size at which they are set; they are told as a warning too, for those of a
logotype need nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding
from briefpack.document import Figure, Image, Tag
from briefpack.geometry import Rect
from briefpack.graphics.artwork import Artwork, Gradient, Layer, Mark, Shape, box, moved_segments
from briefpack.layout.contrast import ENOUGH, ENOUGH_LARGE, ENOUGH_MARK, PAPER, Extents, ground_at, is_large, seen_ratio
from briefpack.layout.frames import ImageFrame, Page, ShapeFrame
from briefpack.namedtuple import NamedTuple

# Drawings of more shapes than this are looked at as a whole.
_MOST: Final = 400

# Smaller than this on the page, in points, a shape is a detail.
_DETAIL: Final = 3.0

# Bounds are the same when they differ by no more of the drawing's longer side.
_SAME: Final = 8.0


class Weak(NamedTuple):
    """A shape in `color` that is hardly seen on `under`, where it needs a ratio of `enough`."""

    ratio: float
    color: str
    under: str
    enough: float


@dataclass(frozen=True, slots=True)
class _Seen:
    """A shape of a drawing: its bounds, its colours with how far they cover, whether it is filled or outlined."""

    bounds: Rect
    colors: tuple[tuple[str, float], ...]
    filled: bool
    outlined: bool
    type_size: float
    bold: bool

    def enough(self, point: float) -> float:
        """The contrast that it needs where a point is `point` long in its units."""
        if not self.type_size or not point:
            return ENOUGH_MARK
        return ENOUGH_LARGE if is_large(self.type_size / point, self.bold) else ENOUGH

    def on(self, under: str) -> tuple[float, str]:
        """The strongest of its colours where it is set on `under`, and how strong that is."""
        mixed = [_mixed(color, under, share) for color, share in self.colors]
        return max((seen_ratio(color, under), color) for color in mixed)


def check_drawings(figures: Mapping[Tag, Figure], pages: Sequence[Page]) -> tuple[Diagnostic, ...]:
    """What there is to say of the drawings on `pages`, once for each file."""
    found: dict[str, Diagnostic] = {}
    for page in pages:
        for frame, ground in _placed(page):
            figure = figures.get(frame.tag) if frame.tag is not None else None
            if figure is None or not isinstance(figure.graphic, Image) or figure.graphic.path in found:
                continue
            assert isinstance(frame.picture, Artwork)
            point = max(frame.picture.width, frame.picture.height) / max(frame.whole.width, frame.whole.height)
            said = _judged(figure, weak_shapes(frame.picture, ground, point), ground)
            if said is not None:
                found[figure.graphic.path] = said
    return tuple(found.values())


def _placed(page: Page) -> Iterator[tuple[ImageFrame, str]]:
    """The drawings of `page`, each with the colour it stands on."""
    if not any(isinstance(frame, ImageFrame) and isinstance(frame.picture, Artwork) for frame in page.frames):
        return
    fills: list[tuple[Rect, str]] = []
    extents = Extents()
    for frame in page.frames:
        if isinstance(frame, ShapeFrame):
            fills.extend((extents.of(path.segments), path.fill) for path in frame.paths if path.fill is not None)
        elif isinstance(frame, ImageFrame) and isinstance(frame.picture, Artwork):
            yield frame, ground_at(fills, frame.bounds.x + 1, frame.bounds.y + 1)


class Judged(NamedTuple):
    """The strongest contrast of a shape with the page, and the shapes that are weak on what is under them."""

    strongest: float
    weak: tuple[Weak, ...]


def weak_shapes(artwork: Artwork, ground: str = PAPER, point: float = 0.0) -> Judged:
    """The shapes of `artwork` on `ground`, where a point of the page is `point` long in units of its own."""
    shapes = list(_shapes(artwork.marks))
    strongest = max((shape.on(ground)[0] for shape in shapes), default=0.0)
    if len(shapes) > _MOST:
        return Judged(strongest, ())
    weak: list[Weak] = []
    for at, shape in enumerate(shapes):
        under = _under(shapes, at, ground)
        ratio, color = shape.on(under)
        large, enough = max(shape.bounds.width, shape.bounds.height) > _DETAIL * point, shape.enough(point)
        if ratio < enough and large and not _is_excused(shapes, at, color, under):
            weak.append(Weak(ratio, color, under, enough))
    return Judged(strongest, tuple(weak))


def _shapes(marks: Iterable[Mark], opacity: float = 1.0) -> Iterator[_Seen]:
    for mark in marks:
        if isinstance(mark, Layer):
            yield from _shapes(mark.marks, opacity * mark.opacity)
        elif (seen := _seen(mark, opacity)) is not None:
            yield seen


def _seen(shape: Shape, opacity: float) -> _Seen | None:
    colors: list[tuple[str, float]] = []
    if shape.fill is not None:
        paints = [color for _, color in shape.fill.stops] if isinstance(shape.fill, Gradient) else [shape.fill]
        colors += [(color, opacity * shape.opacity) for color in paints]
    if shape.stroke is not None and shape.stroke.width > 0:
        colors.append((shape.stroke.color, opacity * shape.stroke.opacity))
    if not colors:
        return None
    left, top, right, bottom = box(moved_segments(shape.matrix, shape.segments))
    bounds = Rect(left, top, right - left, bottom - top)
    filled, outlined = shape.fill is not None, shape.stroke is not None
    return _Seen(bounds, tuple(colors), filled, outlined, shape.type_size, shape.bold)


def _under(shapes: Sequence[_Seen], at: int, ground: str) -> str:
    """The colour that shape `at` is painted on: of the last filled one before it that holds it."""
    color, bounds = ground, shapes[at].bounds
    for shape in shapes[:at]:
        if shape.filled and _holds(shape.bounds, bounds):
            color = _mixed(shape.colors[0][0], color, shape.colors[0][1])
    return color


def _is_excused(shapes: Sequence[_Seen], at: int, color: str, under: str) -> bool:
    """Whether shape `at`, weak in `color` on `under`, is a ground, is outlined or is covered."""
    bounds = shapes[at].bounds
    for shape in shapes[at + 1 :]:
        if _holds(bounds, shape.bounds) and shape.on(color)[0] >= ENOUGH_MARK:
            return True
        if shape.filled and _holds(shape.bounds, bounds):
            return True
    return any(
        shape.outlined and _holds(shape.bounds, bounds) and _holds(bounds, shape.bounds)
        for shape in shapes
        if shape is not shapes[at] and shape.on(under)[0] >= ENOUGH_MARK
    )


def _holds(outer: Rect, inner: Rect) -> bool:
    return (
        outer.x <= inner.x + _SAME
        and outer.y <= inner.y + _SAME
        and outer.right >= inner.right - _SAME
        and outer.bottom >= inner.bottom - _SAME
    )


def _mixed(color: str, under: str, share: float) -> str:
    """`color` that covers `under` by `share`."""
    if share >= 1:
        return color
    pairs = ((int(color[at : at + 2], 16), int(under[at : at + 2], 16)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(top * share + below * (1 - share)):02x}" for top, below in pairs)


def _judged(figure: Figure, judged: Judged, ground: str) -> Diagnostic | None:
    assert isinstance(figure.graphic, Image)
    path = figure.graphic.path
    place = None if figure.span else path
    if 0 < judged.strongest < ENOUGH_MARK:
        message = (
            f"nothing in `{path}` stands out from its ground {ground}: its strongest shape has a contrast of "
            f"{_shown(judged.strongest)} to 1, and needs {ENOUGH_MARK:g}"
        )
        help = "make its shapes darker or lighter, or set it on another ground"
        return finding("low-contrast", message, figure.span, path=place, help=help)
    if not judged.weak:
        return None
    weakest = min(judged.weak, key=lambda each: each.ratio / each.enough)
    count = len(judged.weak)
    what = "a shape that hardly stands out" if count == 1 else f"{count} shapes that hardly stand out"
    message = f"`{path}` has {what}: {weakest.color} on {weakest.under} is {_shown(weakest.ratio)} to 1"
    help = f"make it {ENOUGH_MARK:g} to 1 or outline it, or waive this if it says nothing"
    if weakest.enough > ENOUGH_MARK:
        what = "a text that is hard to read" if count == 1 else f"{count} shapes or texts that are hard to see"
        message = f"`{path}` has {what}: {weakest.color} on {weakest.under} is {_shown(weakest.ratio)} to 1"
        help = f"make it {weakest.enough:g} to 1 or set it larger, or waive this if it is a logotype"
    return finding("weak-shape", message, figure.span, path=place, help=help)


def _shown(ratio: float) -> str:
    return f"{int(ratio * 100) / 100:g}"
