"""Drawing primitives: paths in points, y downwards, relative to whatever frame places them."""

from __future__ import annotations

from typing import Final

from briefpack.dataclass import dataclass
from briefpack.geometry import Rect

# A segment is an operator and its operands: `m x y`, `l x y`, `c x1 y1 x2 y2 x3 y3`, `re x y w h`, `h`.
Segment = tuple[str, tuple[float, ...]]

# Control-point distance that makes a cubic Bézier nearly a quarter circle: 4/3 * (sqrt(2) - 1).
KAPPA: Final = 0.5522847498


@dataclass(frozen=True, slots=True)
class Path:
    """A path with its paint. Colours are `#rrggbb`; `width` and `dash` are in points."""

    segments: tuple[Segment, ...]
    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    dash: tuple[float, ...] = ()


def rectangle(rect: Rect, radius: float = 0.0) -> tuple[Segment, ...]:
    """The outline of `rect`, its corners rounded by `radius` points."""
    radius = min(radius, rect.width / 2, rect.height / 2)
    if radius <= 0:
        return (("re", (rect.x, rect.y, rect.width, rect.height)),)
    left, top, right, bottom = rect.x, rect.y, rect.right, rect.bottom
    curve = radius * (1 - KAPPA)
    return (
        ("m", (left + radius, top)),
        ("l", (right - radius, top)),
        ("c", (right - curve, top, right, top + curve, right, top + radius)),
        ("l", (right, bottom - radius)),
        ("c", (right, bottom - curve, right - curve, bottom, right - radius, bottom)),
        ("l", (left + radius, bottom)),
        ("c", (left + curve, bottom, left, bottom - curve, left, bottom - radius)),
        ("l", (left, top + radius)),
        ("c", (left, top + curve, left + curve, top, left + radius, top)),
        ("h", ()),
    )


def line(x1: float, y1: float, x2: float, y2: float) -> tuple[Segment, ...]:
    return (("m", (x1, y1)), ("l", (x2, y2)))
