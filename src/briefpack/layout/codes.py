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

# A code is a tenth as wide as it is far away: posters are scanned from farther than handouts, and these than cards.
_LEAST_LARGE: Final = 40 * MM
_LEAST: Final = 25 * MM
_LEAST_SMALL: Final = 20 * MM
_A3_LENGTH: Final = 400 * MM
_A4_LENGTH: Final = 270 * MM
_SLACK: Final = 0.01


def code_side(code: QrCode) -> float | None:
    """The side of `code` in points, with its quiet zone; None when its address would make it too large for a page."""
    wanted = code.width or CODE_SIDE
    try:
        side = max(wanted, _least_side(code.url))
    except ValueError:
        return None
    return side if side <= max(wanted, LARGEST_CODE) else None


def _least_side(url: str) -> float:
    from briefpack.graphics.qr import least_side  # imported late: most documents have no codes

    return least_side(url)


def check_codes(figures: Sequence[Figure], pages: Sequence[Page]) -> Iterator[Diagnostic]:
    """An error for every code that a narrow column has made too small."""
    codes: dict[Tag | None, Figure] = {
        Tag(figure.id): figure for figure in figures if isinstance(figure.graphic, QrCode)
    }
    for page in pages if codes else ():
        length = max(page.size.width, page.size.height)
        least = _LEAST_LARGE if length >= _A3_LENGTH else _LEAST if length >= _A4_LENGTH else _LEAST_SMALL
        for frame in page.frames:
            if not isinstance(frame, ShapeFrame) or frame.tag not in codes:
                continue
            figure = codes[frame.tag]
            assert isinstance(figure.graphic, QrCode)
            needed = max(least, _least_side(figure.graphic.url))
            if frame.bounds.width < needed - _SLACK:
                message = f"the QR code is {_apart(frame.bounds.width, needed)} mm to be scanned"
                help = "give it a larger `width`, and its column more room"
                help += ", or use a shorter address" if needed > least else ""
                yield finding("small-code", message, figure.span, help=help)


def _apart(width: float, needed: float) -> str:
    """Both sides in whole millimetres, or in tenths where those would look the same."""
    digits = 0 if round(width / MM) < round(needed / MM) else 1
    return f"{width / MM:.{digits}f} mm wide, and needs {needed / MM:.{digits}f}"
