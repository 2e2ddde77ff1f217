"""The objects of ISO 32000-1, 7.3, as bytes: numbers, names, text strings, dates, references.

Numbers carry two decimals at most and never a needless digit, so that equal values are equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Final

_REGULAR: Final = frozenset(range(0x21, 0x7F)) - frozenset(b"#()<>[]{}/%")


def number(value: float) -> bytes:
    """`value` to a hundredth: `12`, `0.5`, `-3.25`."""
    return b"%.9g" % (round(value * 100) / 100)


def numbers(values: Iterable[float]) -> bytes:
    """An array of numbers."""
    return b"[%b]" % b" ".join(map(number, values))


def name(text: str) -> bytes:
    """The name object `/text`, every character outside the regular ones escaped (7.3.5)."""
    data = text.encode()
    if _REGULAR.issuperset(data):
        return b"/" + data
    return b"/" + b"".join(b"%c" % byte if byte in _REGULAR else b"#%02X" % byte for byte in data)


def string(text: str) -> bytes:
    """A text string (7.9.2.2): as it stands when it is printable ASCII, else UTF-16."""
    if text.isascii() and text.isprintable():
        data = text.encode("ascii")
        if b"(" in data or b")" in data or b"\\" in data:
            data = data.replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
        return b"(%b)" % data
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().upper().encode("ascii")


def corners(left: float, bottom: float, right: float, top: float) -> bytes:
    """A rectangle (7.9.5)."""
    edges = (round(left * 100) / 100, round(bottom * 100) / 100, round(right * 100) / 100, round(top * 100) / 100)
    return b"[%.9g %.9g %.9g %.9g]" % edges


@lru_cache(64)
def date(moment: datetime) -> bytes:
    """A date string (7.9.4). Raises ValueError when `moment` has no time zone."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a date in a PDF needs its time zone")
    minutes = round(offset.total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    zone = f"{sign}{abs(minutes) // 60:02}'{abs(minutes) % 60:02}'" if minutes else "Z"
    return f"(D:{moment:%Y%m%d%H%M%S}{zone})".encode("ascii")


def reference(number: int) -> bytes:
    return b"%d 0 R" % number


def array(items: Iterable[bytes]) -> bytes:
    return b"[%b]" % b" ".join(items)
