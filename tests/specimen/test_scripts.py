"""Pages in twelve scripts: conformant, their text whole and in the order it is read in, mirrored where it should be."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from briefpack.api.starter import starter_files
from briefpack.builds import Made, Workshop, make_brief
from briefpack.content import resolve_brief
from briefpack.diagnostics import render
from briefpack.layout import TextFrame, lay_out
from briefpack.layout.mirroring import mirrored
from briefpack.preflight.text import page_text
from briefpack.project.files import DictFiles, source_lines
from briefpack.project.load import load_project
from briefpack.text import Faces
from tests.verapdf import Conformance

FOLDER: Final = Path(__file__).parent / "scripts"
NAMES: Final = (
    *("amharic", "arabic", "bengali", "chinese", "greek", "hebrew", "hindi", "japanese", "korean", "mixed"),
    *("russian", "thai"),
)
FACES: Final = Faces()
RIGHT_TO_LEFT: Final = ("arabic", "hebrew")


def _specimen() -> Mapping[str, str | bytes]:
    """The specimen on the starter's theme and parts."""
    own = {path.relative_to(FOLDER).as_posix(): path.read_text("utf-8") for path in FOLDER.rglob("*.*")}
    starter = starter_files("layouts")
    shared = {name: starter[name].decode("utf-8") for name in ("layouts/theme.yaml", "layouts/parts.xml.j2")}
    return MappingProxyType({**shared, **own})


@cache
def workshop() -> Workshop:
    files = DictFiles(_specimen())
    loaded = load_project(files)
    assert loaded.project is not None, render(loaded.diagnostics, source_lines(files))
    return Workshop.of(files, loaded.project)


@cache
def made(name: str) -> Made:
    result = make_brief(workshop(), name)
    assert result.diagnostics == ()
    assert result.data is not None
    return result


@pytest.mark.parametrize("name", [*NAMES, "arabic-mirror"])
def test_the_specimen_conforms(name: str, tmp_path: Path, conformance: Conformance) -> None:
    path = tmp_path / "script.pdf"
    path.write_bytes(made(name).data or b"")
    assert conformance.broken(path) == ()


def letters(text: str) -> str:
    """`text` without what typography changes or readers of files add."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(char for char in text if char.isalnum() or unicodedata.category(char).startswith("M"))


@pytest.mark.parametrize("name", NAMES)
def test_the_text_in_the_file_is_the_text_of_the_brief_in_its_order(name: str) -> None:
    """As a screen reader meets it: by the marked sequences of the page, in the order of the content."""
    reader = PdfReader(BytesIO(made(name).data or b""))
    found = letters("".join(page_text(reader.pages[0]).by_mcid.values()))
    brief, _ = resolve_brief(workshop().project, name)
    assert brief is not None
    source = (FOLDER / f"briefs/{name}.yaml").read_text("utf-8")
    texts = [re.sub(r"\[@[^]]*\]", "|", text.replace("**", "")) for text in re.findall(r'"([^"]*)"', source)]
    assert len(texts) > 12
    for text in texts:
        if "62, " in text:
            continue  # the chart's text alternative is not on the page
        for part in re.split(r"[.。።؟?,،،、，।፤:：፦;()（）《》「」『』“”|]", text):
            assert letters(part) in found, part


@pytest.mark.parametrize("name", ["hebrew", "hindi", "chinese", "korean", "greek"])
def test_another_reader_finds_the_same_words(name: str, tmp_path: Path) -> None:
    """Poppler's pdftotext. (It parts the vowel signs of Arabic and Thai from their letters: it goes by places.)"""
    tool = shutil.which("pdftotext")
    if tool is None:
        pytest.skip("pdftotext is not here")
    path = tmp_path / "script.pdf"
    path.write_bytes(made(name).data or b"")
    shown = subprocess.run([tool, str(path), "-"], capture_output=True, check=True, text=True).stdout
    source = (FOLDER / f"briefs/{name}.yaml").read_text("utf-8")
    heading = re.search(r'headline: "([^"]*)"', source)
    steps = re.findall(r'      - "([^"]*)"', source)
    assert heading is not None
    for text in (heading[1], *steps):
        for word in re.split(r"[ .。።,،、।?]", text):
            assert letters(word) in letters(shown), word


@pytest.mark.parametrize("name", RIGHT_TO_LEFT)
def test_a_page_from_right_to_left_is_mirrored(name: str) -> None:
    drafted = made(name)
    reader = PdfReader(BytesIO(drafted.data or b""))
    root = reader.root_object
    assert str(cast("DictionaryObject", root["/ViewerPreferences"])["/Direction"]) == "/R2L"
    assert str(root["/Lang"]) in ("ar", "he")


def test_a_font_file_of_the_project_stands_in_before_those_that_are_installed() -> None:
    """`fonts:` and `fallbacks:` of the theme; the file is read as any file of the project is."""
    font = Path(FACES.face("Kurinto Sans").name).read_bytes()
    theme = "fallbacks: [Ours]\nfonts: {Ours: [{file: fonts/ours.ttf}]}\n"
    specimen = _specimen()
    files = {**specimen, "layouts/theme.yaml": f"{specimen['layouts/theme.yaml']!s}{theme}", "fonts/ours.ttf": font}
    loaded = load_project(DictFiles(files))
    assert loaded.project is not None, loaded.diagnostics
    own = make_brief(Workshop.of(DictFiles(files), loaded.project), "hebrew")
    assert own.diagnostics == ()
    assert "font:KurintoSans-Rg" in own.inputs
    assert ("Heebo" in fonts_of(made("hebrew").data), "Kurinto" in fonts_of(made("hebrew").data)) == (True, False)
    assert ("Heebo" in fonts_of(own.data), "Kurinto" in fonts_of(own.data)) == (False, True)


def fonts_of(data: bytes | None) -> str:
    """The names of the fonts in a file."""
    resources = cast("DictionaryObject", PdfReader(BytesIO(data or b"")).pages[0]["/Resources"])
    fonts = cast("DictionaryObject", resources["/Font"]).values()
    return " ".join(str(cast("DictionaryObject", font.get_object())["/BaseFont"]) for font in fonts)


def mirrored_frames() -> list[TextFrame]:
    """The texts of the page in Arabic with columns, notes, a table and a chart."""
    from briefpack.builds.making import draft_brief

    _, job, _ = draft_brief(workshop(), "arabic-mirror")
    assert job is not None
    laid_out = lay_out(job).laid_out
    assert laid_out is not None
    [page] = laid_out.pages
    return [frame for frame in page.frames if isinstance(frame, TextFrame) and frame.tag is not None]


def left_of(frames: list[TextFrame], text: str) -> float:
    """Where the one line `text` begins on the left."""
    [found] = [
        start + min(part.x for part in line.segments)
        for frame in frames
        for line, start in zip(frame.lines, frame.starts, strict=True)
        if line.text.strip() == text
    ]
    return found


def test_numbers_stand_in_line_by_their_marks_on_a_mirrored_page() -> None:
    """They are read from left to right there too."""
    frames = mirrored_frames()
    face = next(line.segments[0] for frame in frames for line in frame.lines if line.text == "1.75")
    tabular = face.words[0].advances[0] * face.size / 1000
    first, second, third = (left_of(frames, text) for text in ("1.75", "0.125", "100"))
    assert first == pytest.approx(second)
    assert third == pytest.approx(first - 2 * tabular, abs=0.2)


def test_columns_notes_and_cells_begin_on_the_right() -> None:
    frames = mirrored_frames()
    columns = list(dict.fromkeys(frame.bounds.x for frame in frames if len(frame.lines) > 2))
    assert len(columns) == 2
    assert columns == sorted(columns, reverse=True)
    note = next(frame for frame in frames if frame.lines[0].text.startswith("بحسب"))
    mark = next(frame for frame in frames if frame.lines[0].text.strip() == "a")
    assert mark.starts[0] > note.bounds.right - 1
    assert left_of(frames, "2025") > left_of(frames, "2026")
    over = next(frame for frame in frames if frame.lines[0].text == "الساعات" and frame.bounds.width > 80)
    assert over.bounds.x <= left_of(frames, "2026")
    assert over.bounds.right >= left_of(frames, "2025")


def test_mirrored_twice_a_page_is_what_it_was() -> None:
    from briefpack.builds.making import draft_brief

    _, job, _ = draft_brief(workshop(), "hebrew")
    assert job is not None
    result = lay_out(job)
    assert result.laid_out is not None
    [page] = result.laid_out.pages
    twice = mirrored(mirrored(page))
    for one, other in zip(page.frames, twice.frames, strict=True):
        assert one.__class__ is other.__class__
        if isinstance(one, TextFrame) and isinstance(other, TextFrame):
            assert other.starts == pytest.approx(one.starts)
            assert other.bounds.x == pytest.approx(one.bounds.x)
    lefts = [frame.starts[0] for frame in page.frames if isinstance(frame, TextFrame) and frame.tag]
    assert min(lefts) > 18 * 72 / 25.4 - 1, "the wide margin is on the right"
