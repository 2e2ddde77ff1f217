"""Preflight finds what is wrong with a file that is not ours, and says it in our manners."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, TextStringObject

from briefpack.document import ROOT, Element, Tag
from briefpack.preflight import inspect, preflight
from briefpack.preflight.text import text_map
from tests.pdf.pages import METADATA, Press, laid_out, made
from tests.pdf.sample import one_pager


def judged(data: bytes) -> list[str]:
    return [f"{finding.rule}: {finding.message}" for finding in preflight(data, "output/x.pdf")]


def plain_file() -> bytes:
    """A page as most tools write it: no tags, no metadata, a font that is not embedded."""
    writer = PdfWriter()
    page = writer.add_blank_page(200, 200)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(font)})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(b"BT /F1 12 Tf 10 10 Td (x) Tj ET 0 0 9 9 re f")
    page[NameObject("/Contents")] = writer._add_object(content)
    link: dict[Any, Any] = {
        NameObject("/Type"): NameObject("/Annot"),
        NameObject("/Subtype"): NameObject("/Link"),
        NameObject("/A"): DictionaryObject({NameObject("/URI"): TextStringObject("https://example.org")}),
    }
    page[NameObject("/Annots")] = ArrayObject([writer._add_object(DictionaryObject(link))])
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def test_a_file_of_ours_is_clean() -> None:
    assert judged(made(one_pager(Press()))) == []


def test_a_file_that_is_not_accessible() -> None:
    assert judged(plain_file()) == [
        "pdf-untagged: the file is not tagged",
        "pdf-language: the file does not say its language",
        "pdf-title: the file has no title",
        "pdf-font-missing: the font `Helvetica` is not embedded",
        "pdf-font-unreadable: the font `Helvetica` does not say which characters it draws",
        "pdf-unmarked-ink: page 1 has ink that is neither content nor artifact (`Tj`, `f`)",
        "pdf-tab-order: on page 1 the tab key does not follow the reading order",
        "pdf-link-unnamed: a link on page 1 to `https://example.org` does not say where it leads",
    ]


def test_tags_that_mislead() -> None:
    press = Press()
    table = Element(Tag(2), "Table", (Element(Tag(3), "TR", (Element(Tag(4), "TD"),)),))
    loose = Element(Tag(5), "Table", (Element(Tag(6), "TR", (Element(Tag(7), "TH"),)),))
    root = Element(ROOT, "Document", (Element(Tag(1), "H3"), table, loose, Element(Tag(8), "Figure")), title="x")
    blocks = [press.block(Tag(id), 50, 50 * id, press.line(f"text {id}")) for id in (1, 4, 7, 8)]
    assert judged(made(laid_out(root, tuple(blocks)))) == [
        "pdf-figure-alt: a figure has no text alternative",
        "pdf-heading-skipped: the heading `text 1` of level 3 comes before any other",
        "pdf-table-headers: a table has no header cells",
        "pdf-table-scope: the header cell `text 7` does not say what it heads",
    ]


def test_findings_name_the_file() -> None:
    assert {finding.path for finding in preflight(plain_file(), "output/x.pdf")} == {"output/x.pdf"}


def test_a_text_map_may_have_ranges() -> None:
    cmap = b"1 beginbfrange <0003> <0005> <0041> endbfrange 1 beginbfchar <0009> <00660069> endbfchar"
    assert text_map(cmap) == {3: "A", 4: "B", 5: "C", 9: "fi"}


def test_what_pypdf_says_and_what_inspect_says_agree() -> None:
    data = made(one_pager(Press()))
    found = inspect(data)
    assert (found.title, found.language, found.marked) == (METADATA.title, "en", True)
    assert [page.label for page in found.pages] == PdfReader(BytesIO(data)).page_labels == ["1", "2"]


@pytest.mark.parametrize("kind", ["Layout", "Footer"])
def test_artifacts_are_marked_ink(kind: str) -> None:
    press = Press()
    foot = press.block(None, 50, 800, press.line("Page 1"), artifact=kind)
    root = Element(ROOT, "Document", (Element(Tag(1), "P"),), title="x")
    data = made(laid_out(root, (press.block(Tag(1), 50, 50, press.line("x")), foot)))
    assert judged(data) == []
    assert inspect(data).tag_tree() == "Document\n  P: x\n"
