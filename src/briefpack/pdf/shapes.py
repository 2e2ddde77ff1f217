"""Segments of paths as operators of a content stream (ISO 32000-1, 8.5.2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from briefpack.graphics.primitives import Segment

_FORMATS: Final = {
    operator: b"%.9g " * count + operator.encode("ascii") + b"\n"
    for operator, count in (("m", 2), ("l", 2), ("c", 6), ("re", 4), ("h", 0))
}


def shape(segments: Sequence[Segment], height: int) -> bytes:
    """The operators that draw `segments` on a page `height` hundredths of a point tall."""
    operators: list[bytes] = []
    for operator, operands in segments:
        values = [round(value * 100) for value in operands]
        if operator == "re":
            values[1] = height - values[1] - values[3]
        else:
            values[1::2] = [height - value for value in values[1::2]]
        operators.append(_FORMATS[operator] % tuple(value / 100 for value in values))
    return b"".join(operators)
