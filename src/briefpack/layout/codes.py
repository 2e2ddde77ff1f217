"""How large QR codes are, and whether they stand on their page large enough to be scanned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from briefpack.diagnostics import Diagnostic, finding
from briefpack.document import Figure, QrCode, Tag
from briefpack.geometry import MM
from briefpack.layout.frames import Page, ShapeFrame

CODE_SIDE: Final = 26 * MM
"""The side of a code, its quiet zone with it, where its address needs no more."""

LARGEST_CODE: Final = 40 * MM

# Handouts are scanned from farther away than leaflets in the hand.
_LEAST: Final = 25 * MM
_LEAST_SMALL: Final = 20 * MM
_A4_HEIGHT: Final = 270 * MM
_SLACK: Final = 0.01


def code_side(url: str) -> float | None:
    """The side in points of the code for `url`; None when it would be too large for a page."""
    try:
        side = max(CODE_SIDE, _least_side(url))
    except ValueError:
        return None
    return side if side <= LARGEST_CODE else None


def _least_side(url: str) -> float:
    from briefpack.graphics.qr import least_side  # imported late: most documents have no codes

    return least_side(url)


def check_codes(figures: Sequence[Figure], pages: Sequence[Page]) -> Iterator[Diagnostic]:
    """An error for every code that a narrow column has made too small."""
    codes: dict[Tag | None, Figure] = {
        Tag(figure.id): figure for figure in figures if isinstance(figure.graphic, QrCode)
    }
    for page in pages if codes else ():
        least = _LEAST if page.size.height >= _A4_HEIGHT else _LEAST_SMALL
        for frame in page.frames:
            if not isinstance(frame, ShapeFrame) or frame.tag not in codes:
                continue
            figure = codes[frame.tag]
            assert isinstance(figure.graphic, QrCode)
            needed = max(least, _least_side(figure.graphic.url))
            if frame.bounds.width < needed - _SLACK:
                message = f"the QR code is {_apart(frame.bounds.width, needed)} mm to be scanned"
                help = "give its column more room" + (", or use a shorter address" if needed > least else "")
                yield finding("small-code", message, figure.span, help=help)


def _apart(width: float, needed: float) -> str:
    """Both sides in whole millimetres, or in tenths where those would look the same."""
    digits = 0 if round(width / MM) < round(needed / MM) else 1
    return f"{width / MM:.{digits}f} mm wide, and needs {needed / MM:.{digits}f}"
