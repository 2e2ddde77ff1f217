"""A pack's papers are one document: page numbers run through, and the contents tell the truth."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from pypdf import PdfReader

from briefpack.layout import Job, LaidOut, TextFrame
from briefpack.pack import LaidOutPack, lay_out_pack
from briefpack.pdf import Inks, finish, paint, part_of
from briefpack.preflight import inspect, preflight
from tests.layout.trial import job, with_fit
from tests.pdf.pages import METADATA

LAYOUT: Final = (
    with_fit("{pages: 19, exactly: no}") + 'foot: {left: "{paper}", right: "Page {page} of {pages}", offset: 8pt}\n'
)
FRONT: Final = """\
<heading level="1">The pack</heading>
<list kind="contents">{entries}</list>
"""
ENTRY: Final = """\
<item target="{name}"><section style="panel"><row>
  <column span="1"><paragraph>1</paragraph></column>
  <column span="8"><paragraph>Paper {name}</paragraph></column>
  <column span="3"><paragraph style="right"><page of="{name}"/></paragraph></column>
</row></section></item>
"""


def paper(name: str, pages: int) -> Job:
    """A paper of so many pages, a heading on each."""
    body = "<page-break/>".join(
        f'<heading level="{1 if at == 0 else 2}">{name} {at + 1}</heading><paragraph>Words.</paragraph>'
        for at in range(pages)
    )
    return named(job(body, LAYOUT), name)


def named(of: Job, name: str) -> Job:
    document = replace(of.document, name=name, title=f"Paper {name}")
    return replace(of, document=document, words={"paper": f"{name} · "})


def front(names: list[str], more: str = "") -> Job:
    entries = "".join(ENTRY.format(name=name) for name in names)
    return named(job(FRONT.format(entries=entries) + more, LAYOUT), "front")


def lines(part: LaidOut) -> list[list[str]]:
    """The text of each page, a block an entry."""
    return [
        ["".join(line.text for line in frame.lines) for frame in page.frames if isinstance(frame, TextFrame)]
        for page in part.pages
    ]


def packed(pages: dict[str, int], more: str = "") -> LaidOutPack:
    return lay_out_pack(front(list(pages), more), [paper(name, count) for name, count in pages.items()])


def made(pack: LaidOutPack) -> bytes:
    inks = Inks()
    return finish([part_of(part, paint(part.pages, inks)) for part in pack.parts], METADATA, inks)


def test_page_numbers_run_through() -> None:
    pack = packed({"one": 2, "two": 1, "three": 3})
    assert {item.rule for item in pack.diagnostics} == {"short-page"}  # their pages have a line each
    feet = [page[-2:] for part in pack.parts for page in lines(part)]
    assert feet == [
        ["front ·", "Page 1 of 7"],
        ["one ·", "Page 2 of 7"],
        ["one ·", "Page 3 of 7"],
        ["two ·", "Page 4 of 7"],
        ["three ·", "Page 5 of 7"],
        ["three ·", "Page 6 of 7"],
        ["three ·", "Page 7 of 7"],
    ]


def test_the_contents_name_the_pages_that_papers_begin_on() -> None:
    (first,) = lines(packed({"one": 2, "two": 1, "three": 3}).parts[0])
    assert first[1:-2] == ["1", "Paper one", "2", "1", "Paper two", "4", "1", "Paper three", "5"]


def test_numbers_settle_when_the_front_matter_grows_by_them() -> None:
    """With a hundred papers the contents take pages of their own, which moves everything behind them."""
    names = [f"p{number}" for number in range(60)]
    pack = packed(dict.fromkeys(names, 1))
    begins = len(pack.parts[0].pages) + 1
    said = [text for page in lines(pack.parts[0]) for text in page[:-2] if re.fullmatch(r"\d+", text) and text != "1"]
    assert begins > 2
    assert said == [str(begins + at) for at in range(60)]


def test_a_pack_in_which_a_paper_does_not_fit_is_not_made() -> None:
    words = "<paragraph>" + "word " * 900 + "</paragraph>"
    long = named(job(words, with_fit("{pages: 1}")), "long")
    pack = lay_out_pack(front(["one", "long"]), [paper("one", 1), long])
    assert pack.parts == ()
    assert [item.rule for item in pack.diagnostics] == ["overset"]


def test_a_paper_that_is_not_in_the_pack_is_a_finding() -> None:
    pack = lay_out_pack(front(["one", "too"]), [paper("one", 1), paper("two", 1)])
    assert pack.parts == ()
    (found,) = pack.diagnostics
    assert (found.rule, found.message, found.help) == (
        "unknown-paper",
        "there is no paper `too` to refer to",
        "write `two`",
    )


def test_a_link_of_the_contents_leads_to_the_paper() -> None:
    data = made(packed({"one": 2, "two": 1, "three": 3}))
    assert [(link.contents, link.target) for link in inspect(data).links] == [
        ("Go to Paper one", "page 2"),
        ("Go to Paper two", "page 4"),
        ("Go to Paper three", "page 5"),
    ]
    assert preflight(data) == ()


def test_bookmarks_are_the_papers_and_their_headings() -> None:
    found = inspect(made(packed({"one": 2, "two": 1})))
    shown = "".join(f"{'  ' * item.depth}{item.title} {item.page + 1}\n" for item in found.outline)
    assert shown == "Paper front 1\n  The pack 1\nPaper one 2\n  one 1 2\n    one 2 3\nPaper two 4\n  two 1 4\n"


def test_page_labels_are_the_numbers_that_are_printed() -> None:
    data = made(packed({"one": 2, "two": 1}))
    assert [page.label for page in inspect(data).pages] == ["1", "2", "3", "4"]


def test_every_paper_is_a_part_of_the_tag_tree() -> None:
    found = inspect(made(packed({"one": 1, "two": 1})))
    (document,) = found.tags
    assert document.role == "Document"
    parts = [kid for kid in document.kids if not isinstance(kid, str)]
    assert [(part.role, part.text()[:8]) for part in parts] == [
        ("Part", "The pack"),
        ("Part", "one 1Wor"),
        ("Part", "two 1Wor"),
    ]


def test_two_documents_of_one_name_are_still_two() -> None:
    """A pack may be called like one of its papers."""
    pack = lay_out_pack(named(front(["one"]), "one"), [paper("one", 1)])
    reader: Any = PdfReader(BytesIO(made(pack)))
    assert len(reader.pages) == 2
    assert [link.target for link in inspect(made(pack)).links] == ["page 2"]
