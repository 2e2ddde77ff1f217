"""Finishing: what the file says of its pages, tags, links and bookmarks, read back by pypdf."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from briefpack.document import ROOT, Element, Tag
from briefpack.geometry import Rect
from briefpack.graphics.primitives import Path as FramePath
from briefpack.graphics.primitives import rectangle
from briefpack.layout.frames import Destination, LaidOut, LinkFrame, ShapeFrame
from briefpack.pdf.inks import Inks
from briefpack.pdf.places import MissingDestination
from briefpack.pdf.tree import UntaggedInk
from briefpack.preflight import Bookmark, inspect, preflight
from tests.goldens import check_golden
from tests.pdf.pages import METADATA, Press, laid_out, made
from tests.pdf.sample import one_pager, second_paper
from tests.verapdf import Conformance

GOLDENS = Path(__file__).parent / "goldens"


@pytest.fixture(scope="module")
def one() -> bytes:
    return made(one_pager(Press()))


@pytest.fixture(scope="module")
def pack() -> bytes:
    press = Press()
    return made(one_pager(press), second_paper(press))


def test_the_tag_tree_of_one_paper(one: bytes) -> None:
    check_golden(GOLDENS / "one-pager.tags.txt", inspect(one).tag_tree())


def test_the_tag_tree_of_a_pack(pack: bytes) -> None:
    check_golden(GOLDENS / "pack.tags.txt", inspect(pack).tag_tree())


@pytest.mark.parametrize("name", ["one", "pack"])
def test_every_file_is_pdf_ua_1_and_pdf_a_2a(
    name: str, request: pytest.FixtureRequest, tmp_path: Path, conformance: Conformance
) -> None:
    data: bytes = request.getfixturevalue(name)
    path = tmp_path / "made.pdf"
    path.write_bytes(data)
    assert conformance.broken(path) == ()
    assert preflight(data) == ()


def test_text_extracts_as_it_was_written(pack: bytes) -> None:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pack)).pages)
    for words in ("Efficient offices affirm VAT", "10 000 fjords, fine.", "−0.57", "What “peer” means", "Das Büro"):
        assert words in " ".join(text.split())


def test_bookmarks_of_a_pack_stand_under_their_papers(pack: bytes) -> None:
    assert inspect(pack).outline == (
        Bookmark(0, "Efficient offices", 0),
        Bookmark(1, "Efficient offices", 0),
        Bookmark(2, "What “peer” means", 1),
        Bookmark(0, "Das Büro", 2),
        Bookmark(1, "Das Büro", 2),
    )


def test_links_say_where_they_lead(pack: bytes) -> None:
    url = "https://harbourhealth.example/peer-support?q=F%C3%BC%C3%9Fe&x=1"
    assert [(link.page, link.contents, link.target) for link in inspect(pack).links] == [
        (0, "Peer support at Harbour Health (web page)", url),
        (0, "Peer support at Harbour Health (web page)", url),
        (0, "Source 1", "page 1"),
        (2, "What peer means", "page 2"),
    ]


def test_a_pack_has_its_faces_once(pack: bytes) -> None:
    programs = {
        font["/DescendantFonts"][0]["/FontDescriptor"].raw_get("/FontFile2").idnum
        for page in PdfReader(BytesIO(pack)).pages
        for font in _dictionary(_dictionary(page["/Resources"])["/Font"]).values()
    }
    assert len(programs) == 3


def _dictionary(item: Any) -> dict[str, Any]:
    found: dict[str, Any] = item.get_object()
    return {key: value.get_object() for key, value in found.items()}


def test_the_catalog_and_metadata(one: bytes) -> None:
    reader = PdfReader(BytesIO(one), strict=True)
    catalog: Any = reader.root_object
    assert catalog["/Lang"] == "en"
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/PageMode" not in catalog
    assert catalog["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert reader.metadata is not None
    assert reader.metadata.title == METADATA.title
    assert reader.metadata.creation_date == METADATA.created
    assert reader.xmp_metadata is not None
    assert reader.xmp_metadata.dc_title == {"x-default": METADATA.title}
    assert reader.xmp_metadata.dc_creator == [METADATA.author]
    assert [page.trimbox for page in reader.pages] == [page.mediabox for page in reader.pages]


def test_bookmarks_are_shown_when_there_are_three(pack: bytes) -> None:
    assert str(PdfReader(BytesIO(pack)).root_object["/PageMode"]) == "/UseOutlines"


def test_the_same_input_gives_the_same_bytes(pack: bytes) -> None:
    press, inks = Press(), Inks()
    documents = one_pager(press), second_paper(press)
    assert made(*documents, inks=inks) == made(*documents, inks=inks) == pack


def test_the_hash_seed_does_not_show(pack: bytes) -> None:
    code = (
        "import sys; from tests.pdf.pages import *; from tests.pdf.sample import *; press = Press();"
        "sys.stdout.buffer.write(made(one_pager(press), second_paper(press)))"
    )
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": os.pathsep.join(sys.path), "TZ": "Asia/Tokyo"}
    run = subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, check=True)
    assert run.stdout == pack


def test_ink_of_an_unknown_element_is_a_fault() -> None:
    press = Press()
    frame = press.block(Tag(7, "label"), 0, 0, press.line("x"))
    with pytest.raises(UntaggedInk, match="7 label"):
        made(laid_out(Element(ROOT, "Document", (Element(Tag(1), "P"),)), (frame,)))


@pytest.mark.parametrize(
    ("target", "message"),
    [(Destination(Tag(9)), "no ink of element 9"), (Destination(ROOT, "elsewhere"), "no part `elsewhere`")],
)
def test_a_link_to_nowhere_is_a_fault(target: Destination, message: str) -> None:
    press = Press()
    frames = press.block(Tag(1), 0, 0, press.line("x")), LinkFrame(Tag(1), (Rect(0, 0, 9, 9),), target, "x")
    with pytest.raises(MissingDestination, match=message):
        made(laid_out(Element(ROOT, "Document", (Element(Tag(1), "Link"),)), frames))


def test_a_file_needs_a_page_and_a_time_zone() -> None:
    with pytest.raises(ValueError, match="a file needs a page"):
        made()
    press = Press()
    document = laid_out(
        Element(ROOT, "Document", (Element(Tag(1), "P"),)), (press.block(Tag(1), 0, 0, press.line("x")),)
    )
    with pytest.raises(ValueError, match="time zone"):
        made(document, metadata=replace(METADATA, created=datetime(2026, 1, 1)))  # noqa: DTZ001


def test_an_element_over_two_pages_keeps_its_pages() -> None:
    press = Press()
    parts = [press.block(Tag(1), 50, 50, press.line(words)) for words in ("first ", "second")]
    data = made(laid_out(Element(ROOT, "Document", (Element(Tag(1), "P"),)), (parts[0],), (parts[1],)))
    assert inspect(data).tag_tree() == "Document\n  P: first second\n"


def test_a_contents_list_conforms(tmp_path: Path, conformance: Conformance) -> None:
    """An entry of a contents list is one link round a paragraph and its page number."""
    press = Press()
    link = Element(Tag(2, "link"), "Link", (Element(Tag(3), "P"),))
    entry = Element(Tag(2), "TOCI", (Element(Tag(2, "reference"), "Reference", (link,)),))
    structure = Element(ROOT, "Document", (Element(Tag(1), "TOC", (entry,)), Element(Tag(4), "H1")), title="Pack")
    frames = (
        press.block(Tag(3), 50, 50, press.line("The first paper")),
        press.block(Tag(2, "link"), 300, 50, press.line("1")),
        LinkFrame(Tag(2, "link"), (Rect(50, 50, 260, 13),), Destination(Tag(4)), "The first paper, page 1"),
        press.block(Tag(4), 50, 100, press.line("The first paper")),
    )
    path = tmp_path / "contents.pdf"
    path.write_bytes(made(laid_out(structure, frames)))
    assert conformance.broken(path) == ()
    assert "Link\n          P: The first paper\n          | 1\n" in inspect(path.read_bytes()).tag_tree()


def test_documents_that_are_built_alike_are_as_if_each_were_alone() -> None:
    """Titles, words and the places of figures are their own; so is a tree in which one element is another."""
    press, inks = Press(), Inks()

    def paper(title: str, words: str, x: float, role: str = "P") -> LaidOut:
        elements = (Element(Tag(1), role), Element(Tag(2), "Figure", alt="A box"))
        area = Rect(x, 80, 10, 10)
        frames = (
            press.block(Tag(1), 50, 50, press.line(words)),
            ShapeFrame(Tag(2), area, (FramePath(rectangle(area), "#ff0000"),)),
        )
        return laid_out(Element(ROOT, "Document", elements, title=title), frames)

    papers = [paper("One", "few words", 50), paper("Two", "others", 70), paper("Three", "others", 70, "H1")]
    assert [made(each, inks=inks) for each in papers] == [made(each) for each in papers]
    trees = [inspect(made(each, inks=inks)).tag_tree() for each in papers]
    assert ["H1" in tree for tree in trees] == [False, False, True]


def test_an_empty_page_is_a_file(tmp_path: Path, conformance: Conformance) -> None:
    path = tmp_path / "empty.pdf"
    path.write_bytes(made(laid_out(Element(ROOT, "Document", title="Nothing"), ())))
    assert inspect(path.read_bytes()).tags == ()
    assert conformance.broken(path) == ()
