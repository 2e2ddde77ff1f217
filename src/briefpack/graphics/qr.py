"""QR codes (ISO/IEC 18004) as drawing primitives, at error correction level M."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path as FilePath
from typing import Any

from briefpack.graphics.charts import Drawing
from briefpack.graphics.primitives import Path, Segment

# White round the symbol, in modules: ISO/IEC 18004, 6.3.8.
QUIET_ZONE = 4


@lru_cache(maxsize=256)
def modules(url: str) -> tuple[tuple[bool, ...], ...]:
    """The symbol for `url`, row by row; true is dark."""
    qrencoder = _encoder()
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(url)
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))


@cache
def _encoder() -> Any:
    """ReportLab's encoder by itself: its package would bring in every bar code and Platypus, a tenth of a second."""
    package = find_spec("reportlab")
    folders = package.submodule_search_locations if package is not None else None
    assert folders, "reportlab is not installed"
    file = FilePath(folders[0], "graphics", "barcode", "qrencoder.py")
    spec = spec_from_file_location("briefpack_qrencoder", file)
    assert spec is not None, "reportlab has no QR encoder"
    assert spec.loader is not None, "reportlab has no QR encoder"
    encoder = module_from_spec(spec)
    spec.loader.exec_module(encoder)
    return encoder


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
