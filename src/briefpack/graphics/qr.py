"""QR codes (ISO/IEC 18004) as drawing primitives, at error correction level M."""

from __future__ import annotations

from functools import lru_cache

from briefpack.graphics.charts import Drawing
from briefpack.graphics.primitives import Path, Segment

# White round the symbol, in modules: ISO/IEC 18004, 6.3.8.
QUIET_ZONE = 4


@lru_cache(maxsize=256)
def modules(url: str) -> tuple[tuple[bool, ...], ...]:
    """The symbol for `url`, row by row; true is dark."""
    from reportlab.graphics.barcode import qrencoder

    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(url)
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))


def qr_code(url: str, side: float, dark: str, light: str) -> Drawing:
    """The symbol for `url` with its quiet zone, `side` points wide in all; runs of dark modules joined."""
    symbol = modules(url)
    unit = side / (len(symbol) + 2 * QUIET_ZONE)
    segments: list[Segment] = []
    for row, cells in enumerate(symbol):
        column = 0
        while column < len(cells):
            length = 0
            while column + length < len(cells) and cells[column + length]:
                length += 1
            if length:
                x, y = (column + QUIET_ZONE) * unit, (row + QUIET_ZONE) * unit
                segments.append(("re", (x, y, length * unit, unit)))
            column += max(length, 1)
    ground = Path((("re", (0.0, 0.0, side, side)),), fill=light)
    return Drawing(side, side, (ground, Path(tuple(segments), fill=dark)))
