"""TrueType fonts of a few glyphs, put together from outlines that were taken out of their face before.

In come a face and the glyphs that are wanted, out comes a font program (ISO/IEC 14496-22) that has them and their
components alone, without hints. They are numbered anew from .notdef, in the order of their numbers in the face, so
that no table has room for those that are missing; a map leads from codes, which are glyph ids of the face, to the
glyphs of the program (ISO 32000-1, table 117, CIDToGIDMap). HarfBuzz takes each outline out of the face once.
"""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Final

import uharfbuzz as hb

from briefpack.namedtuple import NamedTuple

# Flags of a component (5.3.3): its arguments are words; one is scaled, by two numbers, by four; there are more.
_WORDS, _SCALED, _MORE, _TWICE, _MATRIX = 0x01, 0x08, 0x20, 0x40, 0x80

# The header of a font with six tables, and their places in it.
_DIRECTORY: Final = struct.Struct(">IHHHH")
_ENTRY: Final = struct.Struct(">4sIII")
_HEADER: Final = _DIRECTORY.pack(0x00010000, 6, 64, 2, 32)

# What the sum over a whole font is to be.
_MAGIC: Final = 0xB1B0AFBA
_WORD: Final = 0xFFFFFFFF

# As far as offsets in halves reach.
_SHORT: Final = 2 * 0xFFFF


class Outline(NamedTuple):
    """A glyph: its entries in `glyf`, of even length, and in `hmtx`; where in it the numbers of components stand."""

    data: bytes
    metrics: bytes
    components: tuple[tuple[int, int], ...] = ()


class Outlines:
    """The outlines of `face`. `cut` gives a font of some of its glyphs, which keep their numbers, without hints."""

    def __init__(self, face: hb.Face, cut: Callable[[Iterable[int]], hb.Face]) -> None:
        self._cut = cut
        self._known: dict[int, Outline] = {}
        self._head, self._hhea, self._maxp = (bytes(face.reference_table(tag).data) for tag in ("head", "hhea", "maxp"))

    def program(self, glyphs: Iterable[int]) -> tuple[bytes, bytes]:
        """A font of `glyphs`, and the map from their numbers to those in it."""
        order = sorted(self._with_components(glyphs))
        outlines = [self._known[glyph] for glyph in order]
        if any(outline.components for outline in outlines):
            places = {glyph: at for at, glyph in enumerate(order)}
            bodies = [_renumbered(each, places) if each.components else each.data for each in outlines]
        else:
            bodies = [outline.data for outline in outlines]
        offsets = list(accumulate(map(len, bodies), initial=0))
        short = offsets[-1] <= _SHORT
        loca = array("H", [offset // 2 for offset in offsets]) if short else array("I", offsets)
        return _font(
            {
                b"glyf": b"".join(bodies),
                b"head": b"%b%b%b%b%b"
                % (self._head[:8], bytes(4), self._head[12:50], struct.pack(">h", not short), bytes(2)),
                b"hhea": self._hhea[:34] + struct.pack(">H", len(order)),
                b"hmtx": b"".join([outline.metrics for outline in outlines]),
                b"loca": _big_endian(loca),
                b"maxp": self._profile(len(order)),
            }
        ), _code_map(order)

    def _profile(self, count: int) -> bytes:
        """The table `maxp` of `count` glyphs: one zone, and nothing that only hints need (5.2.6)."""
        return (
            self._maxp[:4]
            + struct.pack(">H", count)
            + self._maxp[6:14]
            + struct.pack(">7H", 1, *bytes(6))
            + self._maxp[28:]
        )

    def _with_components(self, glyphs: Iterable[int]) -> set[int]:
        """`glyphs`, .notdef and all that they are made of, whose outlines are known then."""
        known = self._known
        found: set[int] = set()
        wanted = {0, *glyphs}
        while wanted:
            if not known.keys() >= wanted:
                self._learn(wanted - known.keys())
            found |= wanted
            wanted = {part for glyph in wanted for _, part in known[glyph].components} - found
        return found

    def _learn(self, glyphs: set[int]) -> None:
        """Have the outlines of `glyphs` taken out of the face."""
        if glyphs:
            self._known.update(_outlines(self._cut(sorted(glyphs)), glyphs))


def _outlines(font: hb.Face, glyphs: Iterable[int]) -> Iterator[tuple[int, Outline]]:
    """The outlines of `glyphs` of `font`, each with its number."""
    head, loca, glyf, hhea, hmtx = (
        bytes(font.reference_table(tag).data) for tag in ("head", "loca", "glyf", "hhea", "hmtx")
    )
    long = head[51]
    offsets = array("I" if long else "H", loca)
    if sys.byteorder == "little":
        offsets.byteswap()
    unit = 1 if long else 2
    (count,) = struct.unpack(">H", hhea[34:36])
    for glyph in glyphs:
        data = glyf[offsets[glyph] * unit : offsets[glyph + 1] * unit]
        data += bytes(len(data) % 2)
        yield glyph, Outline(data, _metrics(hmtx, count, glyph), tuple(_components(data)))


def _metrics(hmtx: bytes, count: int, glyph: int) -> bytes:
    """The advance and the left side bearing of `glyph`; from `count` on all advances are alike (5.2.4)."""
    if glyph < count:
        return hmtx[4 * glyph : 4 * glyph + 4]
    at = 4 * count + 2 * (glyph - count)
    return hmtx[4 * count - 4 : 4 * count - 2] + hmtx[at : at + 2]


def _components(data: bytes) -> Iterator[tuple[int, int]]:
    """The components of an outline: where the number of each stands, and the number."""
    at, flags = 10, _MORE if data[:1] >= b"\x80" else 0
    while flags & _MORE:
        flags, glyph = struct.unpack_from(">HH", data, at)
        yield at + 2, glyph
        at += 8 if flags & _WORDS else 6
        at += 2 * bool(flags & _SCALED) + 4 * bool(flags & _TWICE) + 8 * bool(flags & _MATRIX)


def _renumbered(outline: Outline, places: dict[int, int]) -> bytes:
    """The outline of a glyph that is made of others, by the numbers that these have in `places`."""
    data = bytearray(outline.data)
    for at, glyph in outline.components:
        struct.pack_into(">H", data, at, places[glyph])
    return bytes(data)


def _code_map(order: Sequence[int]) -> bytes:
    """Two bytes for each code up to the last of `order`: the place of that glyph, or 0."""
    places = array("H", bytes(2 * (order[-1] + 1)))
    for place, glyph in enumerate(order):
        places[glyph] = place
    return _big_endian(places)


def _font(tables: dict[bytes, bytes]) -> bytes:
    """A font of six `tables`, in the order of their tags (4.4)."""
    place = len(_HEADER) + 16 * len(tables)
    entries: list[bytes] = []
    bodies: list[bytes] = []
    total = 0
    for tag, data in tables.items():
        body = data + bytes(-len(data) % 4)
        check = _sum(body)
        entries.append(_ENTRY.pack(tag, check, place, len(data)))
        bodies.append(body)
        place += len(body)
        total += check
    top = b"".join((_HEADER, *entries))
    adjustment = struct.pack(">I", (_MAGIC - total - _sum(top)) & _WORD)
    head = list(tables).index(b"head")
    bodies[head] = bodies[head][:8] + adjustment + bodies[head][12:]
    return b"".join((top, *bodies))


def _sum(data: bytes) -> int:
    """The sum of the words that `data` is, as checksums have it."""
    words = array("I", data)
    if sys.byteorder == "little":
        words.byteswap()
    return sum(words) & _WORD


def _big_endian(numbers: array[int]) -> bytes:
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers.tobytes()
