"""Forms of the shipped campaign: how large the type is, where it stands, and that nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from operator import is_
from pathlib import Path

import pytest

from briefpack.builds import Workshop, draft_brief
from briefpack.document import Grid, Row, plain_text
from briefpack.document.slot_texts import slot_texts
from briefpack.geometry import PAPERS, Size
from briefpack.layout import Form, ImageFrame, Job, LaidOut, LinkFrame, TextFrame, formed, lay_out
from briefpack.layout.forms import inked
from briefpack.layout.regions import page_area
from briefpack.project.files import DiskFiles
from briefpack.project.load import load_project

ROOT = Path(__file__).parents[2]
BRIEFS = ("clinicians", "community", "policymakers")


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    files = DiskFiles(ROOT)
    project = load_project(files).project
    assert project is not None
    return Workshop.of(files, project)


def job_of(workshop: Workshop, name: str) -> Job:
    _, job, _ = draft_brief(workshop, name)
    assert job is not None
    return job


def laid_out(job: Job) -> LaidOut:
    result = lay_out(job)
    assert result.laid_out is not None, result.diagnostics
    return result.laid_out


def text_frames(document: LaidOut) -> list[tuple[int, TextFrame]]:
    return [
        (at, frame) for at, page in enumerate(document.pages) for frame in page.frames if isinstance(frame, TextFrame)
    ]


@pytest.mark.parametrize("size", [16, 18])
@pytest.mark.parametrize("name", BRIEFS)
def test_large_print_is_all_large(workshop: Workshop, name: str, size: int) -> None:
    """Running lines and citations too: none of them is raised or smaller."""
    made = laid_out(formed(job_of(workshop, name), Form(large_print=16 if size == 16 else 18)))
    parts = [part for _, frame in text_frames(made) for line in frame.lines for part in line.segments]
    assert min(part.size for part in parts) >= size
    assert {part.rise for part in parts} == {0.0}


@pytest.mark.parametrize("name", BRIEFS)
def test_large_print_is_one_column_and_loses_no_text(workshop: Workshop, name: str) -> None:
    job = formed(job_of(workshop, name), Form(large_print=18))
    made = laid_out(job)
    area = page_area(job.layout)
    assert all(len(block.columns) == 1 for block in job.document.body if isinstance(block, Row))
    assert all(block.columns == 1 for block in job.document.body if isinstance(block, Grid))
    body = [frame for _, frame in text_frames(made) if frame.tag is not None]
    assert all(area.x <= frame.bounds.x and frame.bounds.right <= area.right + 0.01 for frame in body)
    words = {word for text in slot_texts(job_of(workshop, name).document) for word in plain_text(text.content).split()}
    printed = "".join(line.text for frame in body for line in frame.lines).replace("\u00ad", "").replace(" ", "")
    assert [word for word in sorted(words) if word.replace("\u00ad", "") not in printed] == []


@pytest.mark.parametrize("name", BRIEFS)
def test_running_lines_keep_clear_of_the_text(workshop: Workshop, name: str) -> None:
    made = laid_out(formed(job_of(workshop, name), Form(large_print=18)))
    for page in made.pages:
        texts = [frame for frame in page.frames if isinstance(frame, TextFrame)]
        foot = [frame for frame in texts if frame.artifact == "Footer"]
        assert foot
        lowest = max(frame.bounds.bottom for frame in texts if frame.tag is not None)
        assert min(frame.bounds.y for frame in foot) - lowest >= 6


def test_a_page_of_large_print_leaves_no_hole(workshop: Workshop) -> None:
    """Every page but the last is three quarters full."""
    for name in BRIEFS:
        job = formed(job_of(workshop, name), Form(large_print=18))
        area = page_area(job.layout)
        for page in laid_out(job).pages[:-1]:
            body = [frame.bounds for frame in page.frames if not isinstance(frame, LinkFrame | ImageFrame)]
            lowest = max(bounds.bottom for bounds in body if bounds.bottom <= area.bottom + 0.01)
            assert lowest >= area.y + 0.75 * area.height, (name, lowest)


def test_no_heading_ends_a_page_of_large_print(workshop: Workshop) -> None:
    for name in BRIEFS:
        made = laid_out(formed(job_of(workshop, name), Form(large_print=18)))
        headings = {element.tag for element in made.structure.walk() if element.role.startswith("H")}
        for page in made.pages:
            tags = [frame.tag for frame in page.frames if isinstance(frame, TextFrame) and frame.tag is not None]
            assert tags[-1] not in headings


@pytest.mark.parametrize("name", BRIEFS)
def test_the_same_layout_on_letter(workshop: Workshop, name: str) -> None:
    job = formed(job_of(workshop, name), Form(paper="Letter"))
    made = laid_out(job)
    assert {page.size for page in made.pages} == {PAPERS["Letter"]}
    assert job.layout.fit.pages == job_of(workshop, name).layout.fit.pages
    assert len(made.pages) <= job.layout.fit.pages


@pytest.mark.parametrize(
    "name", sorted(path.stem for path in ROOT.glob("briefs/*.yaml") if "slots:" in path.read_text("utf-8"))
)
def test_letter_carries_what_a4_carries(workshop: Workshop, name: str) -> None:
    """The same words on as many pages: nothing is left out, and nothing goes on to another page."""
    every: list[tuple[int, list[str]]] = []
    for form in (Form(), Form(paper="Letter")):
        result = lay_out(formed(job_of(workshop, name), form))
        assert result.laid_out is not None
        assert not result.diagnostics, result.diagnostics
        assert not result.laid_out.left_out
        lines = [line.text for _, frame in text_frames(result.laid_out) for line in frame.lines]
        every.append((len(result.laid_out.pages), sorted("".join(lines).replace(" ", ""))))
    assert every[0] == every[1]


def test_a_lying_page_lies_on_another_paper_and_stands_in_large_print(workshop: Workshop) -> None:
    job = job_of(workshop, "community")
    lying = replace(job, layout=job.layout.model_copy(update={"paper": "A4 landscape"}))
    letter, a4 = PAPERS["Letter"], PAPERS["A4"]
    assert formed(lying, Form(paper="Letter")).layout.size == Size(letter.height, letter.width)
    made = laid_out(formed(lying, Form(large_print=18)))
    assert {page.size for page in made.pages} == {a4}


def test_what_is_made_for_its_size_stays_on_it(workshop: Workshop) -> None:
    job = job_of(workshop, "community")
    leaflet = replace(job, layout=job.layout.model_copy(update={"paper": "DL"}))
    assert formed(leaflet, Form(paper="Letter")) is leaflet
    assert Form(paper="Letter").suffix(leaflet.layout) == ""


def test_a_card_for_screens_is_not_cut(workshop: Workshop) -> None:
    layout = job_of(workshop, "social").layout
    assert Form(crop_marks=True, grayscale=True).suffix(layout) == "-grayscale"
    laid = laid_out(job_of(workshop, "social"))
    assert inked(laid, Form(crop_marks=True), dict, layout) is laid


def test_a_form_as_designed_changes_nothing(workshop: Workshop) -> None:
    job = job_of(workshop, "community")
    assert formed(job, Form()) is job
    assert formed(job, Form(grayscale=True)) is job


def test_names_say_what_differs_from_the_layout(workshop: Workshop) -> None:
    layout = job_of(workshop, "community").layout
    assert Form().suffix(layout) == ""
    assert Form(paper="A4").suffix(layout) == ""
    assert Form("Letter", 16, True).suffix(layout) == "-letter-large-print-16-grayscale"
    assert Form("Letter", 16, True).asked() == {"paper": "Letter", "large-print": 16, "grayscale": True}
    assert Form().asked() == {}


@pytest.mark.parametrize("form", [Form(large_print=18), Form(paper="Letter")])
def test_what_a_form_makes_again_is_the_very_same(workshop: Workshop, form: Form) -> None:
    """So that all that is known of it holds."""
    job = job_of(workshop, "clinicians")
    first, again = formed(job, form), formed(job, form)
    assert again.layout is first.layout
    assert again.styles is first.styles
    assert all(map(is_, again.document.body, first.document.body))
