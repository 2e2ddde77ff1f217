"""Fonts put together from outlines: they draw what their face draws, and HarfBuzz and veraPDF take them for fonts."""

from __future__ import annotations

import struct
import zlib

import pytest
import uharfbuzz as hb
from hypothesis import given
from hypothesis import strategies as st

from briefpack.pdf.fonts import FontSource
from briefpack.pdf.truetype import Outlines
from tests.pdf.pages import Press

FACE = Press().face()
SOURCE = FontSource(FACE)
COUNT = FACE.hb_face.glyph_count


def _codes(data: bytes) -> list[int]:
    return [place for (place,) in struct.iter_unpack(">H", data)]


def _drawn(face: hb.Face, glyph: int) -> list[tuple[str, tuple[float, ...]]]:
    """The segments of `glyph` as HarfBuzz reads them."""
    found: list[tuple[str, tuple[float, ...]]] = []
    functions = hb.DrawFuncs()
    functions.set_move_to_func(lambda *point: found.append(("m", point[:2])))
    functions.set_line_to_func(lambda *point: found.append(("l", point[:2])))
    functions.set_quadratic_to_func(lambda *points: found.append(("q", points[:4])))
    functions.set_close_path_func(lambda *_: found.append(("h", ())))
    hb.Font(face).draw_glyph(glyph, functions, None)
    return found


@given(st.sets(st.integers(1, COUNT - 1), min_size=1, max_size=30))
def test_each_glyph_is_drawn_as_in_its_face(glyphs: set[int]) -> None:
    part = SOURCE.subset(frozenset(glyphs))
    program, codes = hb.Face(hb.Blob(zlib.decompress(part.program))), _codes(zlib.decompress(part.code_map))
    font = hb.Font(program)
    for glyph in glyphs:
        assert _drawn(program, codes[glyph]) == _drawn(FACE.hb_face, glyph), glyph
        assert font.get_glyph_h_advance(codes[glyph]) == FACE.hb_font.get_glyph_h_advance(glyph), glyph
    wanted = {place for glyph, place in enumerate(codes) if place and glyph in glyphs}
    assert len(wanted) == len(glyphs)


def test_components_come_with_what_is_made_of_them() -> None:
    """Nothing else does: a letter with an accent is three glyphs and .notdef."""
    glyph = FACE.hb_font.get_nominal_glyph(ord("é"))
    program, codes = Outlines(FACE.hb_face, SOURCE.cut).program([glyph])
    assert hb.Face(hb.Blob(program)).glyph_count == len([place for place in _codes(codes) if place]) + 1
    assert 2 <= hb.Face(hb.Blob(program)).glyph_count <= 4


@pytest.mark.parametrize("size", [3, 200, 2000])
def test_sums_are_those_of_the_format(size: int) -> None:
    """A font of many glyphs has offsets in words, one of few in halves of them."""
    program, _ = Outlines(FACE.hb_face, SOURCE.cut).program(range(size))
    assert sum(word for (word,) in struct.iter_unpack(">I", program)) & 0xFFFFFFFF == 0xB1B0AFBA
    for at in range(12, 12 + 16 * 6, 16):
        tag, check, start, length = struct.unpack_from(">4sIII", program, at)
        table = bytearray(program[start : start + length + -length % 4])
        if tag == b"head":
            table[8:12] = bytes(4)
        assert sum(word for (word,) in struct.iter_unpack(">I", table)) & 0xFFFFFFFF == check, tag


def test_what_was_learnt_before_does_not_show() -> None:
    glyphs = range(100, 160)
    early = Outlines(FACE.hb_face, SOURCE.cut)
    late = Outlines(FACE.hb_face, SOURCE.cut)
    for first in range(0, 2000, 50):
        late.program(range(first, first + 50))
    assert early.program(glyphs) == late.program(glyphs)
