"""Subsets and what their glyphs stand for."""

from __future__ import annotations

import pytest

from briefpack.pdf.fonts import FontSource, UnusableFont, to_unicode
from briefpack.preflight.text import text_map
from tests.pdf.pages import Press


@pytest.fixture(scope="module")
def source() -> FontSource:
    return FontSource(Press().face())


def _glyphs(source: FontSource, text: str) -> frozenset[int]:
    return frozenset(source.face.hb_font.get_nominal_glyph(ord(char)) for char in text)


def _read(texts: dict[int, str]) -> dict[int, str]:
    """What a reader makes of the map of `texts`."""
    return text_map(to_unicode(sorted(texts.items())))


def test_a_subset_is_small_and_named_for_its_glyphs(source: FontSource) -> None:
    one, other = source.subset(_glyphs(source, "abc")), source.subset(_glyphs(source, "abd"))
    assert len(one.program) < 2500
    assert one.tag.isalpha()
    assert one.tag.isupper()
    assert one.tag != other.tag
    assert one == FontSource(source.face).subset(_glyphs(source, "cba"))


def test_letters_and_figures_are_completed_where_half_of_a_kind_is_used(source: FontSource) -> None:
    """So that documents with other words have a program in common; what is seldom used stays out."""
    small, figures = _glyphs(source, "abcdefghijklmnopqrstuvwxyz"), _glyphs(source, "0123456789")
    some = _glyphs(source, "Aeiounrstlmdcph 12345")
    assert source.completed(some) == some | small | figures
    assert source.completed(_glyphs(source, "Aeio 123")) == _glyphs(source, "Aeio 123")
    assert source.completed(some | _glyphs(source, "Zqx")) == source.completed(some) | _glyphs(source, "Z")


def test_widths_are_listed_by_runs(source: FontSource) -> None:
    # The space is glyph 2 of this face, A the next; B is glyph 37.
    assert source.subset(_glyphs(source, " AB")).widths == b"[2[265 573]37[608]]"


def test_glyphs_stand_for_their_characters(source: FontSource) -> None:
    glyphs = _glyphs(source, "AZ–é")
    assert set(_read(source.texts(glyphs, {})).values()) == set("AZ–é")


def test_a_ligature_stands_for_what_it_was_shaped_from(source: FontSource) -> None:
    (ligature,) = Press().shaper.shape(source.face, "fi").glyphs
    assert source.plain(ligature) == ""
    assert _read(source.texts({ligature}, {ligature: "fi"})) == {ligature: "fi"}


def test_a_text_map_of_many_glyphs_is_cut_into_sections() -> None:
    texts = {glyph: chr(0x4E00 + glyph) for glyph in range(3, 700)}
    assert _read(texts) == texts


def test_a_font_without_outlines_to_embed_is_refused(source: FontSource) -> None:
    class Bare:
        table_tags = ("CFF2",)

    class Face:
        name, content_hash, characters, hb_face = "Other.otf", "0" * 64, frozenset[int](), Bare()
        hb_font = source.face.hb_font

    with pytest.raises(UnusableFont, match=r"`Other\.otf` has no outlines that can be embedded"):
        FontSource(Face()).subset(frozenset({1}))  # type: ignore[arg-type]


def test_a_subset_is_the_same_early_and_late_in_a_batch(source: FontSource) -> None:
    """After some subsets a face is cut from a bare copy of itself."""
    glyphs = [frozenset(range(first, first + 40)) for first in range(0, 800, 40)]
    early = [source.subset(each).program for each in glyphs]
    assert [source.subset(each).program for each in glyphs] == early
