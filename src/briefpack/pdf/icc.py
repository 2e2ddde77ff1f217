"""A colour profile of sRGB (IEC 61966-2-1), made here: ICC.1:2004-10, three components by matrix and curve.

Every colour of a Briefpack file is sRGB; the profile is the output intent that PDF/A asks for.
"""

from __future__ import annotations

import struct
from typing import Final

# The primaries and white of sRGB adapted to D50 by the Bradford method, as ICC publishes them.
_COLOURANTS: Final = (
    (b"rXYZ", (0.436065674, 0.222488403, 0.013916016)),
    (b"gXYZ", (0.385147095, 0.716873169, 0.097076416)),
    (b"bXYZ", (0.143066406, 0.060607910, 0.714096069)),
)
_WHITE: Final = (0.964202881, 1.0, 0.824905396)
_ADAPTATION: Final = (
    (1.047882080, 0.022918701, -0.050216675),
    (0.029586792, 0.990478516, -0.017059326),
    (-0.009231567, 0.015075684, 0.751678467),
)
# y = (a x + b) ** g where x >= d, c x below.
_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def srgb() -> bytes:
    """The profile's bytes, the same on every call."""
    curve = _parametric(_CURVE)
    tags = [
        (b"desc", _text("sRGB")),
        (b"cprt", _text("CC0")),
        (b"wtpt", _xyz(_WHITE)),
        (b"chad", b"sf32" + bytes(4) + b"".join(map(_fixed, (value for row in _ADAPTATION for value in row)))),
        *((signature, _xyz(values)) for signature, values in _COLOURANTS),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    return _profile(tags)


def _profile(tags: list[tuple[bytes, bytes]]) -> bytes:
    start = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    places: dict[bytes, int] = {}
    for signature, data in tags:
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += signature + struct.pack(">II", places[data], len(data))
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI12s4s44x",
        start + len(body),
        bytes(4),
        0x04200000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *(2026, 1, 1, 0, 0, 0),
        b"acsp",
        bytes(4),
        0,
        bytes(4),
        bytes(4),
        0,
        0,  # perceptual
        b"".join(map(_fixed, _WHITE)),
        bytes(4),
    )
    return header + table + body


def _fixed(value: float) -> bytes:
    return struct.pack(">i", round(value * 65536))


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ " + bytes(4) + b"".join(map(_fixed, values))


def _parametric(values: tuple[float, ...]) -> bytes:
    return b"para" + bytes(4) + struct.pack(">HH", 3, 0) + b"".join(map(_fixed, values))


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(encoded), 28) + encoded
