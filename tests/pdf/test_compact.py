"""Fonts with CFF outlines: which may be embedded, and that nothing damaged is taken for one."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import uharfbuzz as hb
from hypothesis import given
from hypothesis import strategies as st

from briefpack.document import Element, Tag
from briefpack.pdf.compact import codes_are_glyphs
from briefpack.pdf.fonts import FontSource
from briefpack.pdf.inks import Inks
from briefpack.text import Face, Faces
from tests.pdf.pages import Press, laid_out, made

FACE = Faces().face("Noto Sans CJK")
TABLE: bytes = FACE.hb_face.reference_table("CFF ").data


def test_a_font_keyed_by_cid_whose_charset_counts_along_is_embedded() -> None:
    assert codes_are_glyphs(TABLE)
    glyphs = frozenset(FACE.hb_font.get_nominal_glyph(ord(char)) for char in "ひとり")
    part = FontSource(FACE).subset(glyphs)
    assert not part.code_map
    assert part.length > 100


def test_a_subset_of_a_font_for_chinese_characters_is_small() -> None:
    """It has no place for the tens of thousands of glyphs that are not in it."""
    glyphs = frozenset(FACE.hb_font.get_nominal_glyph(ord(char)) for char in "ひとりピアサポート糖尿病")
    assert len(FontSource(FACE).subset(glyphs).program) < 4_000


def test_glyphs_that_are_numbered_anew_are_drawn_as_they_were(tmp_path: Path) -> None:
    """By their codes, which poppler finds in the charset of the subset: the page is as if they had kept them."""
    tool = shutil.which("pdftoppm")
    if tool is None:
        pytest.skip("pdftoppm is not here")
    press, tag = Press(family="Noto Sans CJK JP"), Tag(1)
    block = press.block(tag, 50, 50, press.line("糖尿病、ひとりピア「です」。"))
    document = laid_out(Element(Tag(0), "Document", (Element(tag, "P"),)), (block,))
    pages = []
    for inks in (Inks(), KeepingInks()):
        (tmp_path / "page.pdf").write_bytes(made(document, inks=inks))
        command = [tool, "-r", "60", "-gray", str(tmp_path / "page.pdf")]
        pages.append(subprocess.run(command, capture_output=True, check=True).stdout)
    assert len(set(pages[0])) > 20, "letters are on it"
    assert pages[0] == pages[1]


class Keeping(FontSource):
    """Subsets whose glyphs keep their numbers."""

    _keeps = hb.SubsetFlags.RETAIN_GIDS


class KeepingInks(Inks):
    def source(self, face: Face) -> FontSource:
        return Keeping(face)


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
