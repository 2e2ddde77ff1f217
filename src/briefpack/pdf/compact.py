"""Compact Font Format: just enough of it to see what codes stand for (Adobe Technical Note 5176).

In a font that is not keyed by CID, a code under Identity-H is the id of a glyph (ISO 32000-1, 9.7.4.2). In one that
is, the charset says which CID each glyph has, and only one that counts along with the glyphs will do.
"""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import Final

_CHARSET: Final = 15
_ROS: Final = 0x0C00 | 30


def codes_are_glyphs(table: bytes) -> bool:
    """Whether in the font of this `CFF ` table a code is the number of its glyph; False if the table is damaged."""
    try:
        entries = _top(table)
        return _ROS not in entries or _counts_along(table, int(entries[_CHARSET][0]))
    except (IndexError, KeyError, struct.error, ValueError):
        return False


def is_keyed_by_cid(table: bytes) -> bool:
    """Whether the glyphs of this sound `CFF ` table have CIDs, which they keep when they are numbered anew."""
    return _ROS in _top(table)


def _top(table: bytes) -> dict[int, list[float]]:
    """The entries of the first Top DICT: operands by operator."""
    _, after_names = _index(table, table[2])
    dicts, _ = _index(table, after_names)
    return _entries(dicts[0])


def _index(table: bytes, at: int) -> tuple[list[bytes], int]:
    """The objects of the INDEX at `at`, and where it ends (section 5)."""
    (count,) = struct.unpack_from(">H", table, at)
    if not count:
        return [], at + 2
    size = table[at + 2]
    offsets = [int.from_bytes(table[at + 3 + each * size :][:size], "big") for each in range(count + 1)]
    base = at + 2 + (count + 1) * size
    objects = [table[base + start : base + end] for start, end in pairwise(offsets)]
    return objects, base + offsets[-1]


def _entries(data: bytes) -> dict[int, list[float]]:
    """A DICT (section 4). Real numbers are passed over: none is asked for."""
    found: dict[int, list[float]] = {}
    operands: list[float] = []
    at = 0
    while at < len(data):
        first = data[at]
        if first <= 21:
            two = first == 12
            found[(first << 8 | data[at + 1]) if two else first] = operands
            operands = []
            at += 2 if two else 1
        else:
            value, at = _number(data, at)
            operands.append(value)
    return found


def _number(data: bytes, at: int) -> tuple[float, int]:
    first = data[at]
    if first == 28:
        return struct.unpack_from(">h", data, at + 1)[0], at + 3
    if first == 29:
        return struct.unpack_from(">i", data, at + 1)[0], at + 5
    if first == 30:
        end = at + 1
        while 0x0F not in (data[end] & 0x0F, data[end] >> 4):
            end += 1
        return 0.0, end + 1
    if first <= 246:
        return first - 139, at + 1
    sign, least = (1, 247) if first <= 250 else (-1, 251)
    return sign * ((first - least) * 256 + data[at + 1] + 108), at + 2


def _counts_along(table: bytes, at: int) -> bool:
    """Whether the charset at `at` is one range that begins with 1: that of glyph 1 (section 13, formats 1 and 2)."""
    kind = table[at]
    if kind not in (1, 2):
        return False
    first, left = struct.unpack_from(">HB" if kind == 1 else ">HH", table, at + 1)
    return bool(first == 1 and left > 0 and _covers(table, at, left))


def _covers(table: bytes, at: int, left: int) -> bool:
    """Whether the first range of the charset is for all glyphs."""
    entries = _top(table)
    (count,) = struct.unpack_from(">H", table, int(entries[17][0]))
    return bool(left + 2 >= count)
