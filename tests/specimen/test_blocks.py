"""Blocks from a campaign to a file: tables, and whatever else a page is made of, alone and over several pages."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest
from pypdf import PdfReader

from briefpack.api.starter import starter_files
from briefpack.builds import Made, Workshop, draft_brief, make_brief, make_pack
from briefpack.diagnostics import render
from briefpack.document import Block, Document, Figure, Heading, Inline, Paragraph, Table, Tag, footnotes, plain_text
from briefpack.document.walking import every_block
from briefpack.geometry import PAPERS
from briefpack.layout import AS_DESIGNED, Destination, Form, LaidOut, LinkFrame, TextFrame, formed, lay_out
from briefpack.preflight import inspect
from briefpack.project.files import DictFiles, source_lines
from briefpack.project.load import load_project
from tests.goldens import check_golden
from tests.layout.test_properties import assert_apart
from tests.layout.trial import shown
from tests.verapdf import Conformance

HERE: Final = Path(__file__).parent
GOLDENS: Final = HERE / "goldens"
NAMES: Final = ("tables", "notes", "lists", "newspaper", "grids", "baseline")


def _specimen() -> Mapping[str, str | bytes]:
    """The specimen on the starter's theme and parts."""
    folder = HERE / "blocks"
    own = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.*")}
    starter = starter_files("layouts")
    shared = {name: starter[name].decode("utf-8") for name in ("layouts/theme.yaml", "layouts/parts.xml.j2")}
    return MappingProxyType({**shared, **own})


FILES: Final = _specimen()


def workshop(files: Mapping[str, str | bytes]) -> Workshop:
    project_files = DictFiles(files)
    loaded = load_project(project_files)
    assert loaded.project is not None, render(loaded.diagnostics, source_lines(project_files))
    return Workshop.of(project_files, loaded.project)


@cache
def specimen() -> Workshop:
    """The workshop of the specimen, its caches shared by the tests."""
    return workshop(FILES)


@cache
def made(name: str, form: Form) -> Made:
    return make_brief(specimen(), name, form)


FORMS: Final = {"as-designed": Form(), "large-print": Form(large_print=16), "grey-letter": Form("Letter", None, True)}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_the_specimens_conform(name: str, form: str, tmp_path: Path, conformance: Conformance) -> None:
    """In every form. What editors would say of the words is no matter here."""
    result = made(name, FORMS[form])
    assert result.data is not None, result.diagnostics
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(result.data)
    assert conformance.broken(path) == ()


def document(name: str, form: Form = AS_DESIGNED) -> tuple[Document, LaidOut]:
    """A specimen and its pages."""
    _, job, found = draft_brief(specimen(), name)
    assert job is not None, found
    result = lay_out(formed(job, form))
    assert result.laid_out is not None, result.diagnostics
    return job.document, result.laid_out


@pytest.mark.parametrize("name", NAMES)
def test_placements(name: str) -> None:
    """Where every text, rule and ground stands, page by page."""
    check_golden(GOLDENS / f"{name}.frames.txt", shown(document(name)[1]))


@pytest.mark.parametrize("name", NAMES)
def test_tags(name: str) -> None:
    """What a screen reader finds in the file, in the order it reads."""
    data = made(name, Form()).data
    assert data is not None
    check_golden(GOLDENS / f"{name}.tags.txt", inspect(data).tag_tree())


@pytest.mark.parametrize("name", NAMES)
def test_no_ink_leaves_the_trim(name: str) -> None:
    trim = PAPERS["A4"]
    for page in document(name)[1].pages:
        for frame in page.frames:
            for bounds in frame.areas if isinstance(frame, LinkFrame) else (frame.bounds,):
                assert bounds.x >= 0
                assert bounds.y >= 0
                assert bounds.right <= trim.width
                assert bounds.bottom <= trim.height


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", NAMES)
def test_no_two_texts_in_one_place(name: str, form: str) -> None:
    """Nor a list's label on the label below it, as where it has no room on one line."""
    assert_apart(document(name, FORMS[form])[1])


@pytest.mark.parametrize("name", NAMES)
def test_others_read_all_the_words_in_order(name: str, tmp_path: Path) -> None:
    """Poppler and pypdf, which know nothing of us: every word, in the order of the source."""
    data = made(name, Form()).data
    assert data is not None
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(data)
    command = ["pdftotext", "-raw", str(path), "-"]
    poppler = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode("utf-8")
    pypdf = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    contents = list(texts(document(name)[0].body))
    meant = [plain_text(text) for text in contents]
    notes = [plain_text(note.content) for text in contents for note in footnotes(text)]
    # Marks stand close to the words they belong to, as if they were digits of theirs.
    token = re.compile(r"[^\W\d]+|[^\w\s]" if notes else r"\w+|[^\w\s]")
    assert len(meant) > 20
    for said in (token.findall(text.replace("\u00ad", "")) for text in (poppler, pypdf)):
        for text in (*meant, *notes):
            assert first_missing(token.findall(text), said) is None, text
        # Cells of a row that is cut go on side by side: only their beginnings are in the order of the source.
        beginnings = [word for text in meant for word in token.findall(text)[:3]]
        assert first_missing(beginnings, said) is None


def texts(blocks: Iterable[Block]) -> Iterator[tuple[Inline, ...]]:
    for block in every_block(blocks):
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield content
            case Table(caption=caption, header=header, rows=rows):
                yield caption
                yield from (cell.content for row in (*header, *rows) for cell in row.cells)
            case Figure(caption=caption):
                yield caption
            case _:
                pass


def first_missing(meant: Iterable[str], said: Iterable[str]) -> str | None:
    """The first word of `meant` that `said` does not have after those before it, whatever else it has between."""
    rest = iter(said)
    return next((word for word in meant if word not in rest), None)


@pytest.mark.parametrize("name", NAMES)
def test_laying_out_again_changes_nothing(name: str) -> None:
    again = make_brief(workshop(FILES), name)
    assert again.data == made(name, Form()).data


@pytest.mark.parametrize("name", NAMES)
def test_no_line_stands_alone_at_a_page_end(name: str) -> None:
    """Two lines at least of a paragraph that goes over."""
    pages = document(name)[1].pages
    parts: dict[object, list[int]] = {}
    for page in pages:
        for frame in page.frames:
            if isinstance(frame, TextFrame) and frame.tag is not None:
                parts.setdefault(frame.tag, []).append(len(frame.lines))
    cut = [counts for counts in parts.values() if len(counts) > 1]
    assert all(count >= 2 for counts in cut for count in counts)


def test_notes_stand_on_the_page_of_their_marks() -> None:
    """And every mark leads to its note, and every note back."""
    of, laid_out = document("notes")
    count = sum(1 for text in texts(of.body) for _ in footnotes(text))
    found: list[int] = []
    for page in laid_out.pages:
        frames = [frame for frame in page.frames if isinstance(frame, TextFrame)]
        inside = {part.tag for frame in frames for line in frame.lines for part in line.segments}
        marks = {tag.node for tag in inside if tag is not None and tag.part == "mark"}
        assert marks == {frame.tag.node for frame in frames if frame.tag is not None and frame.tag.part == "text"}
        links = {frame.tag: frame.target for frame in page.frames if isinstance(frame, LinkFrame)}
        for mark in marks:
            assert links[Tag(mark, "mark")] == Destination(Tag(mark, "label"))
            assert links[Tag(mark, "back")] == Destination(Tag(mark, "mark"))
        found += sorted(marks)
    assert len(found) == count == 19


def test_every_note_has_an_identifier() -> None:
    """Unique in the file, and to be found by it (ISO 32000-1, 14.7.2)."""
    data = made("notes", Form()).data
    assert data is not None
    names = identifiers(PdfReader(BytesIO(data)))
    assert len(set(names[::2])) == 19
    assert list(names[::2]) == sorted(names[::2])
    for name, note in zip(names[::2], names[1::2], strict=True):
        assert note.get_object()["/S"] == "/Note"
        assert note.get_object()["/ID"] == name


def identifiers(reader: PdfReader) -> list[Any]:
    """The entries of the identifiers' name tree: an identifier and its element, by turns."""
    root: Any = reader.trailer["/Root"]
    return list(root["/StructTreeRoot"]["/IDTree"]["/Names"])


PACK: Final = """\
title: A meeting
date: 2027-01-14
place: Here
for: All
agenda: [{title: Talk, owner: Someone, minutes: 5, for: discussion, paper: notes}]
papers: [notes, again]
"""


def test_notes_of_a_pack_keep_apart(tmp_path: Path, conformance: Conformance) -> None:
    """Two papers with the same notes: each counts from 1, and every identifier is of the file."""
    layout = {name: data.decode("utf-8") for name, data in starter_files("layouts").items() if "meeting-pack" in name}
    briefs = {"briefs/packs/meeting.yaml": PACK, "briefs/again.yaml": FILES["briefs/notes.yaml"]}
    data = make_pack(workshop({**FILES, **layout, **briefs}), "meeting").data
    assert data is not None
    path = tmp_path / "meeting.pdf"
    path.write_bytes(data)
    assert conformance.broken(path) == ()
    names = identifiers(PdfReader(path))[::2]
    assert {"2.note-1", "3.note-19"} <= set(names)
    assert len(set(names)) == len(names) == 38


def test_a_mark_is_one_line_whatever_its_length() -> None:
    """In brackets, in large print, with two digits."""
    _, laid_out = document("notes", FORMS["large-print"])
    labels = [
        frame
        for page in laid_out.pages
        for frame in page.frames
        if isinstance(frame, TextFrame) and frame.tag is not None and frame.tag.part == "label"
    ]
    assert "(19)" in [line.text.strip() for frame in labels for line in frame.lines]
    assert all(len(frame.lines) == 1 for frame in labels)
