"""Fonts with CFF outlines: which may be embedded, and that nothing damaged is taken for one."""

from __future__ import annotations

import uharfbuzz as hb
from hypothesis import given
from hypothesis import strategies as st

from briefpack.pdf.compact import codes_are_glyphs
from briefpack.pdf.fonts import FontSource
from briefpack.text import Faces

FACE = Faces().face("Noto Sans CJK")
TABLE: bytes = FACE.hb_face.reference_table("CFF ").data


def test_a_font_keyed_by_cid_whose_charset_counts_along_is_embedded() -> None:
    assert codes_are_glyphs(TABLE)
    glyphs = frozenset(FACE.hb_font.get_nominal_glyph(ord(char)) for char in "ひとり")
    part = FontSource(FACE).subset(glyphs)
    assert not part.code_map
    assert part.length > 100


@given(st.binary(max_size=200), st.integers(0, 3000))
def test_damage_is_no_crash(noise: bytes, keep: int) -> None:
    assert codes_are_glyphs(noise) in (False, True)
    assert codes_are_glyphs(TABLE[:keep] + noise) in (False, True)


def test_a_subset_keeps_its_codes() -> None:
    """The program that is embedded is itself one whose codes are its glyphs."""
    glyph = FACE.hb_font.get_nominal_glyph(ord("語"))
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS
    wanted.glyph_set.update({glyph})
    subset = hb.Face(hb.subset(FACE.hb_face, wanted).blob)
    assert codes_are_glyphs(subset.reference_table("CFF ").data)
