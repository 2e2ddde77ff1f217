"""Lengths, paper sizes and rectangles.

Everything inside Briefpack is measured in PostScript points (1/72 inch). The origin of a page is
its top-left corner and y grows downwards, as a reader reads; only `pdf` turns the axis round.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.expressions import expression

MM: Final = 72 / 25.4
INCH: Final = 72.0

UNITS: Final = MappingProxyType({"pt": 1.0, "mm": MM, "cm": 10 * MM, "in": INCH})

_LENGTH: Final = expression(r"\s*([+-]?(?:\d+(?:\.\d*)?|\.\d+))\s*(pt|mm|cm|in)\s*")


@dataclass(frozen=True, slots=True)
class Size:
    """A width and a height in points."""

    width: float
    height: float


# A pixel of CSS: 96 to the inch.
_PX: Final = INCH / 96

# ISO 216, DIN 678 and ANSI/ASME Y14.1 trimmed sizes, portrait; and what social media show, of 1080 x 1350,
# 1080 x 1080 and 1200 x 630 pixels.
PAPERS: Final = MappingProxyType(
    {
        "A0": Size(841 * MM, 1189 * MM),
        "A1": Size(594 * MM, 841 * MM),
        "A2": Size(420 * MM, 594 * MM),
        "A3": Size(297 * MM, 420 * MM),
        "A4": Size(210 * MM, 297 * MM),
        "A5": Size(148 * MM, 210 * MM),
        "A6": Size(105 * MM, 148 * MM),
        "DL": Size(99 * MM, 210 * MM),
        "Letter": Size(8.5 * INCH, 11 * INCH),
        "Legal": Size(8.5 * INCH, 14 * INCH),
        "Tabloid": Size(11 * INCH, 17 * INCH),
        "Card-portrait": Size(1080 * _PX, 1350 * _PX),
        "Card-square": Size(1080 * _PX, 1080 * _PX),
        "Card-wide": Size(1200 * _PX, 630 * _PX),
    }
)

LANDSCAPE: Final = " landscape"
"""What stands behind the name of a paper that lies on its long side."""

_OWN: Final = expression(r"(.+?)\s*(?:x|×|by)\s*(.+)")


def paper_size(paper: str) -> Size:
    """The size of `paper`: a name of `PAPERS`, `A4 landscape`, or a width and a height such as `99mm x 210mm`.

    Raises ValueError when it is neither.
    """
    known = PAPERS.get(paper.removesuffix(LANDSCAPE))
    if known is not None:
        return Size(known.height, known.width) if paper.endswith(LANDSCAPE) else known
    own = _OWN.fullmatch(paper)
    if own is None:
        raise ValueError(paper)
    return Size(points(own[1]), points(own[2]))


@dataclass(frozen=True, slots=True)
class Insets:
    """Distances in points from the four edges of a rectangle inwards."""

    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its top-left corner; y grows downwards."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    def inset(self, by: Insets) -> Rect:
        """The rectangle left when `by` is taken off at each edge."""
        return Rect(
            self.x + by.left,
            self.y + by.top,
            self.width - by.left - by.right,
            self.height - by.top - by.bottom,
        )


def points(text: str) -> float:
    """The length that `text` names, such as `5mm`, `11.5pt` or `0.5in`, in points.

    Raises ValueError when `text` is not a number followed by one of the units in `UNITS`.
    """
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"`{text}` is not a length; write a number and one of {', '.join(UNITS)}")
    return float(match[1]) * UNITS[match[2]]


_ASPECT: Final = expression(r"\s*(\d+(?:\.\d+)?)\s*(?:[:/×x]\s*(\d+(?:\.\d+)?))?\s*")
_FOCUS: Final = expression(r"\s*(\d+(?:\.\d+)?)%\s+(\d+(?:\.\d+)?)%\s*")


def aspect(text: str) -> float:
    """The proportion that `text` names, width by height, such as `3:2` or `1.5`.

    Raises ValueError when it is none, or not between 1:20 and 20:1.
    """
    match = _ASPECT.fullmatch(text)
    below = float(match[2] or 1) if match is not None else 0.0
    if match is None or not below or not 0.05 <= float(match[1]) / below <= 20:
        raise ValueError(f"`{text}` is no proportion; write one such as `3:2`")
    return float(match[1]) / below


def focus(text: str) -> tuple[float, float]:
    """The point that `text` names, such as `50% 30%`, as shares of a width and a height.

    Raises ValueError when `text` is not two percentages.
    """
    match = _FOCUS.fullmatch(text)
    if match is None or max(float(match[1]), float(match[2])) > 100:
        raise ValueError(f"`{text}` is no point of a picture; write one such as `50% 30%`")
    return float(match[1]) / 100, float(match[2]) / 100
