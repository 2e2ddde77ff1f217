"""Segments of paths as operators of a content stream (ISO 32000-1, 8.5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefpack.graphics.primitives import Segment

_POINTS: Final = {"m": b"%.9g %.9g m\n", "l": b"%.9g %.9g l\n"}


def shape(segments: Sequence[Segment], height: int) -> bytes:
    """The operators that draw `segments` on a page `height` hundredths of a point tall."""
    operators: list[bytes] = []
    for operator, numbers in segments:
        if operator == "re":
            x, y, width, tall = numbers
            up = round(tall * 100)
            corner = (round(x * 100) / 100, (height - round(y * 100) - up) / 100)
            operators.append(b"%.9g %.9g %.9g %.9g re\n" % (*corner, round(width * 100) / 100, up / 100))
        elif operator in _POINTS:
            x, y = numbers
            operators.append(_POINTS[operator] % (round(x * 100) / 100, (height - round(y * 100)) / 100))
        elif operator == "c":
            values = [round(value * 100) / 100 for value in numbers]
            values[1::2] = [(height - round(value * 100)) / 100 for value in numbers[1::2]]
            operators.append(b"%.9g %.9g %.9g %.9g %.9g %.9g c\n" % tuple(values))
        else:
            operators.append(b"h\n")
    return b"".join(operators)
