"""Painting: every mark has an owner, kerning and ligatures reach the page, and the log says whose ink it is."""

from __future__ import annotations

import re

import pytest

from briefpack.document import Tag
from briefpack.geometry import PAPERS, Rect
from briefpack.graphics.primitives import Path, line, rectangle
from briefpack.layout.frames import Frame, Page, ShapeFrame
from briefpack.pdf.content import Content
from briefpack.pdf.inks import Inks
from briefpack.pdf.paint import PaintedPage, paint
from briefpack.text.shaping import Shaper
from tests.pdf.pages import Press, Run
from tests.pdf.sample import one_pager

_LITERAL = re.compile(rb"\(((?:[^\\)]|\\.)*)\)", re.DOTALL)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press()


def painted(*frames: Frame) -> PaintedPage:
    return paint([Page(PAPERS["A4"], frames)], Inks())[0]


def readable(page: PaintedPage) -> str:
    """The content stream, glyph ids in decimal."""

    def decimal(match: re.Match[bytes]) -> bytes:
        data = re.sub(rb"\\(.)", lambda escape: escape[1].replace(b"r", b"\r"), match[1], flags=re.DOTALL)
        codes = [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)]
        return b"(" + b",".join(b"%d" % code for code in codes) + b")"

    return _LITERAL.sub(decimal, page.content).decode("ascii")


def box(tag: Tag | None, x: float, actual: str | None = None, artifact: str = "Layout") -> ShapeFrame:
    area = Rect(x, 20, 10, 10)
    return ShapeFrame(tag, area, (Path(rectangle(area), "#ff0000"),), actual, artifact)


def test_a_paragraph_is_one_sequence_over_its_lines(press: Press) -> None:
    page = painted(press.block(Tag(1), 50, 100, press.line("AV "), press.line("A-B")))
    assert readable(page) == (
        "BT\n/Span<</MCID 0>>BDC\n"
        f"/{Inks().source(press.face()).label.decode()} 10 Tf\n0.102 g\n"
        "50 733.44 Td[(3)14(298,2)]TJ\n"
        "0 -13 Td[(3)10(2203,37)]TJ\n"
        "EMC\nET\n"
    )
    assert [mark.tag for mark in page.marks] == [Tag(1)]


def test_a_link_interrupts_its_paragraph(press: Press) -> None:
    page = painted(press.block(Tag(1), 50, 100, press.line("a ", Run("b", tag=Tag(2)), " c")))
    assert [mark.tag for mark in page.marks] == [Tag(1), Tag(2), Tag(1)]
    assert page.marks[0][1:] == (50, 100)
    assert page.marks[1].x > 50
    assert page.content.count(b"BT") == page.content.count(b"ET") == 1


def test_stretch_tracking_and_rise_are_set_and_undone(press: Press) -> None:
    run = Run("a b", stretch=0.5, tracking=0.25, rise=3)
    content = readable(painted(press.block(None, 50, 100, press.line(run), press.line("a"))))
    assert "0.25 Tc\n3 Ts\n" in content
    assert "[(340,2) -50(377)]TJ" in content
    assert "0 Tc\n0 Ts\n" in content


def test_ink_without_a_tag_is_an_artifact(press: Press) -> None:
    frames = [press.block(None, 50, 800, press.line("1"), artifact=kind) for kind in ("Layout", "Pagination", "Footer")]
    page = painted(*frames, box(None, 0, artifact="Background"))
    assert page.marks == ()
    assert re.findall(rb"/Artifact<<(.*?)>>BDC", page.content) == [
        b"/Type/Layout",
        b"/Type/Pagination",
        b"/Type/Pagination/Subtype/Footer",
        b"/Type/Background/BBox[0 811.89 10 821.89]",
    ]
    with pytest.raises(ValueError, match="`Sidebar` is no kind of artifact"):
        painted(box(None, 0, artifact="Sidebar"))


def test_shapes_and_text_of_a_figure_are_one_sequence(press: Press) -> None:
    page = painted(box(Tag(1), 0), press.block(Tag(1), 0, 40, press.line("x")), box(Tag(1), 20), box(Tag(2), 40))
    assert [mark.tag for mark in page.marks] == [Tag(1), Tag(2)]
    assert page.areas({Tag(1)})[Tag(1)].bottom == pytest.approx(53)


def test_replacement_text_of_a_shape_has_a_sequence_of_its_own(press: Press) -> None:
    page = painted(box(Tag(1), 0, "☐"), box(Tag(1), 20), press.block(Tag(2), 0, 40, press.line("xy")))
    assert b"/Span<</MCID 0/ActualText<FEFF2610>>>BDC" in page.content
    assert [mark.tag for mark in page.marks] == [Tag(1), Tag(1), Tag(2)]


def test_replacement_text_of_glyphs_stands_within_the_sequence_of_their_element(press: Press) -> None:
    page = painted(press.block(Tag(2), 0, 40, press.line("a\u2011b")))
    assert b"/Span<</ActualText<FEFF2011>>>BDC\n[" in page.content
    assert [mark.tag for mark in page.marks] == [Tag(2)]


def test_dashes_and_strokes() -> None:
    rule = Path(line(0, 0, 10, 0), None, "#808080", 0.5, (1, 2))
    page = painted(ShapeFrame(None, Rect(0, 0, 10, 0), (rule, rule)))
    assert page.content == (
        b"/Artifact<</Type/Layout>>BDC\n0.502 G\n0.5 w\n[1 2] 0 d\n0 841.89 m\n10 841.89 l\nS\n"
        b"0 841.89 m\n10 841.89 l\nS\nEMC\n"
    )


def test_ink_without_an_owner_is_a_fault() -> None:
    content = Content(100, Inks())
    with pytest.raises(AssertionError, match="outside marked content"):
        content.draw(Path(line(0, 0, 1, 1), None, "#000000", 1))


def test_a_character_without_a_glyph_is_a_fault(press: Press) -> None:
    with pytest.raises(AssertionError, match="cannot draw"):
        painted(press.block(Tag(1), 0, 0, press.line("漢")))


def test_ink_at_hand_gives_the_same_pages(press: Press) -> None:
    document, inks = one_pager(press), Inks(frames=3)
    first = paint(document.pages, inks)
    assert paint(document.pages, inks) == first == paint(document.pages, Inks())


def test_words_are_forgotten_when_they_are_gone() -> None:
    press, inks = Press(), Inks(frames=1)
    for words in ("gone final", "x", "y"):
        paint([Page(PAPERS["A4"], (press.block(Tag(1), 0, 0, press.line(words)),))], inks)
    press.shaper = Shaper()
    assert inks.words_known == 2
