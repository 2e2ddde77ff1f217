"""QR codes (ISO/IEC 18004) as drawing primitives.

Error correction is level M, or more where that costs no room. An address is encoded as links are written,
in ASCII. No module is printed smaller than `LEAST_MODULE`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path as FilePath
from typing import Any, Final
from urllib.parse import quote

from briefpack.geometry import MM
from briefpack.graphics.charts import Drawing
from briefpack.graphics.primitives import Path, Segment

# White round the symbol, in modules: ISO/IEC 18004, 6.3.8.
QUIET_ZONE: Final = 4

LEAST_MODULE: Final = 0.4 * MM
"""Smaller ones run together in print and are lost to the cameras of phones."""

# What a URI may hold as it stands (RFC 3986).
_URI: Final = "!#$%&'()*+,/:;=?@[]~"
# A mode and a length come before the bytes of an address: 4 bits, and 8 or 16 (7.4.1, 7.4.2).
_SMALL: Final = 9
_MOST_VERSION: Final = 40


@lru_cache(maxsize=256)
def modules(url: str) -> tuple[tuple[bool, ...], ...]:
    """The symbol for `url`, row by row; true is dark. Raises ValueError when no symbol holds it."""
    qrencoder = _encoder()
    data = quote(url, safe=_URI)
    version = _version(len(data))
    code = qrencoder.QRCode(version, _level(version, len(data)))
    code.addData(qrencoder.QR8bitByte(data))
    code.make()
    count = code.getModuleCount()
    return tuple(tuple(bool(code.isDark(row, column)) for column in range(count)) for row in range(count))


def _version(length: int) -> int:
    """The smallest version that holds `length` bytes at level M."""
    level = _encoder().QRErrorCorrectLevel.M
    for version in range(1, _MOST_VERSION + 1):
        if room(version, level) >= length:
            return version
    raise ValueError(f"{length} characters are too many for a QR code")


def _level(version: int, length: int) -> int:
    """The strongest error correction with which `version` holds `length` bytes."""
    levels = _encoder().QRErrorCorrectLevel
    strongest = [int(level) for level in (levels.H, levels.Q, levels.M)]
    return next(level for level in strongest if room(version, level) >= length)


@cache
def room(version: int, level: int) -> int:
    """How many bytes a symbol holds."""
    blocks = _encoder().QRRSBlock.getRSBlocks(version, level)
    bits = 8 * sum(int(block.dataCount) for block in blocks) - (12 if version <= _SMALL else 20)
    return max(0, bits // 8)


def least_side(url: str) -> float:
    """The side in points of the code for `url`, its quiet zone with it, with the smallest modules allowed.

    Raises ValueError when no symbol holds it.
    """
    return _side(_version(len(quote(url, safe=_URI))))


def most_characters(side: float) -> int:
    """How long an address may be for a code of `side` points."""
    level = _encoder().QRErrorCorrectLevel.M
    return max((room(each, level) for each in range(1, _MOST_VERSION + 1) if _side(each) <= side), default=0)


def _side(version: int) -> float:
    return (4 * version + 17 + 2 * QUIET_ZONE) * LEAST_MODULE


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
