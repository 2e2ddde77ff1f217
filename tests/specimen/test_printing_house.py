"""What runs out over the trim, judged on the page as Poppler draws it, and what a printing house is given."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Final, cast

import pytest
from PIL import Image
from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject

from briefpack.builds import Workshop, make_brief
from briefpack.diagnostics import render
from briefpack.document import is_right_to_left
from briefpack.geometry import MM, Rect, Size
from briefpack.graphics.primitives import Path as Outline
from briefpack.graphics.primitives import rectangle
from briefpack.layout import AS_DESIGNED, Form, ImageFrame, LaidOut, Page, ShapeFrame
from briefpack.layout.trimming import cropped, run_out
from briefpack.project.files import DictFiles, source_lines
from briefpack.project.load import load_project
from tests.campaigns import shipped, swap
from tests.verapdf import Conformance

LAYOUT: Final = "layouts/handout/layout.yaml"
THEME: Final = "layouts/theme.yaml"
CROP: Final = Form(crop_marks=True)
TINT: Final = (0xEA, 0xF2, 0xF3)
WHITE: Final = (255, 255, 255)


def handout(*, bleeds: bool = True) -> dict[str, str]:
    """The shipped handout, its main message on a ground out to both sides of the page, with a fold."""
    files = swap(shipped(), LAYOUT, "paper: A4\n", "paper: A4\nfolds: [70mm]\n")
    return swap(files, THEME, "  message: {", f"  message: {{ground: tint, bleed: {str(bleeds).lower()}, ")


def made(files: dict[str, str], form: Form = AS_DESIGNED) -> bytes:
    project_files = DictFiles(files)
    loaded = load_project(project_files)
    assert loaded.project is not None, render(loaded.diagnostics, source_lines(project_files))
    result = make_brief(Workshop.of(project_files, loaded.project), "community", form)
    assert result.data is not None, result.diagnostics
    return result.data


def pixels(data: bytes, folder: Path) -> tuple[Image.Image, float]:
    """The first page with all that is round it, a millimetre being so many pixels."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("needs Poppler's pdftoppm")
    (folder / "page.pdf").write_bytes(data)
    subprocess.run(["pdftoppm", "-r", "127", "-png", "-singlefile", "page.pdf", "page"], check=True, cwd=folder)
    return Image.open(folder / "page.png").convert("RGB"), 5.0


def spot(image: Image.Image, x: float, y: float) -> tuple[int, ...]:
    pixel = image.getpixel((round(x), round(y)))
    assert isinstance(pixel, tuple)
    return pixel


def columns_of(image: Image.Image, x: float, color: tuple[int, int, int]) -> list[int]:
    return [y for y in range(image.height) if spot(image, x, y) == color]


def test_a_ground_runs_out_to_the_edges_it_is_near(tmp_path: Path) -> None:
    """To the left and to the right, where it stands at the margins; above and below it stays where it was."""
    out, scale = pixels(made(handout()), tmp_path)
    within, _ = pixels(made(handout(bleeds=False)), tmp_path)
    left, right = columns_of(out, 0, TINT), columns_of(out, out.width - 3, TINT)
    assert left == right
    assert len(left) > 15 * scale
    assert columns_of(within, 0, TINT) == columns_of(within, within.width - 3, TINT) == []
    assert set(columns_of(within, 187 * scale, TINT)) <= set(left)


def test_a_printing_house_gets_bleed_and_marks(tmp_path: Path) -> None:
    image, scale = pixels(made(handout(), CROP), tmp_path)
    margin = 9 * scale
    assert abs(image.width - 2 * margin - 210 * scale) <= 1
    rows = columns_of(image, margin + 180 * scale, TINT)
    y = rows[len(rows) // 2]
    assert spot(image, margin - 2.5 * scale, y) == spot(image, margin + (210 + 2.5) * scale, y) == TINT
    assert spot(image, margin - 3.4 * scale, y) == spot(image, margin + (210 + 3.4) * scale, y) == WHITE
    for x in (0, 210):  # where to cut, above and below
        for at in (4, image.height - 4):
            assert {spot(image, margin + x * scale + by, at) for by in (-1, 0, 1)} != {WHITE}, (x, at)
    fold = [{spot(image, margin + 70 * scale + by, at) for by in (-1, 0, 1)} != {WHITE} for at in range(4, 22)]
    assert set(fold) == {True, False}, "a fold's mark is broken"
    # No mark comes near what bleeds.
    assert {spot(image, margin + x, margin - 3.5 * scale) for x in range(-20, 20)} == {WHITE}


def test_the_trimmed_page_and_its_words_stay_what_they_were() -> None:
    plain, crop = (PdfReader(BytesIO(made(handout(), form))) for form in (AS_DESIGNED, CROP))
    assert [page.extract_text() for page in crop.pages] == [page.extract_text() for page in plain.pages]
    for before, after in zip(plain.pages, crop.pages, strict=True):
        assert box(after, "/TrimBox") == box(before, "/TrimBox") == box(before, "/MediaBox")
        assert "/BleedBox" not in before
        for name, beyond in (("/BleedBox", 3.0), ("/MediaBox", 9.0)):
            sides = zip(box(after, name), box(after, "/TrimBox"), strict=True)
            assert [round(abs(a - b) / MM, 1) for a, b in sides] == [beyond] * 4


def box(page: PageObject, name: str) -> list[float]:
    return [float(each) for each in cast(ArrayObject, page[name])]


@pytest.mark.parametrize("form", [CROP, Form("Letter", 16, True, True)], ids=str)
def test_what_a_printing_house_gets_conforms(form: Form, tmp_path: Path, conformance: Conformance) -> None:
    path = tmp_path / "handout.pdf"
    path.write_bytes(made(handout(), form))
    assert conformance.broken(path) == ()
    if shutil.which("qpdf") is not None:
        subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)


# ------------------------------------------------------------------------------------------------- frames

SIZE: Final = Size(200.0, 300.0)
AREA: Final = Rect(20.0, 30.0, 160.0, 240.0)


def shape(bounds: Rect, *, bleeds: bool = True) -> ShapeFrame:
    return ShapeFrame(None, bounds, (Outline(rectangle(bounds), fill="#123456"),), bleeds=bleeds)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (AREA, Rect(0.0, 0.0, 200.0, 300.0)),
        (Rect(20.0, 100.0, 160.0, 50.0), Rect(0.0, 100.0, 200.0, 50.0)),
        (Rect(20.0, 30.0, 60.0, 50.0), Rect(0.0, 0.0, 80.0, 80.0)),
        (Rect(120.0, 220.0, 60.0, 50.0), Rect(120.0, 220.0, 80.0, 80.0)),
        (Rect(40.0, 100.0, 60.0, 50.0), Rect(40.0, 100.0, 60.0, 50.0)),
    ],
)
def test_only_the_sides_at_a_margin_move(before: Rect, after: Rect) -> None:
    [moved] = run_out(Page(SIZE, (shape(before),)), AREA).frames
    assert moved == shape(after)
    page = Page(SIZE, (shape(before, bleeds=False),))
    assert run_out(page, AREA) is page


@pytest.mark.parametrize("focus", [0.0, 0.5, 1.0])
def test_a_picture_that_bleeds_covers_all_of_its_place(focus: float) -> None:
    """Of what was cut off it shows as much on either side as before."""
    room = Rect(20.0, 30.0, 160.0, 80.0)
    whole = Rect(20.0, 30.0 - 40.0 * focus, 160.0, 120.0)
    [moved] = run_out(Page(SIZE, (ImageFrame(None, room, None, whole, bleeds=True),)), AREA).frames  # type: ignore[arg-type]
    assert isinstance(moved, ImageFrame)
    assert moved.bounds == Rect(0.0, 0.0, 200.0, 110.0)
    assert moved.whole.width / moved.whole.height == pytest.approx(160 / 120)
    assert max(moved.whole.x, moved.whole.y) <= 0.0
    assert moved.whole.right >= 200.0
    assert moved.whole.bottom >= 110.0
    spare = moved.whole.height - 110.0
    assert -moved.whole.y == pytest.approx(spare * focus)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_folds_are_where_the_sheet_is_folded_on_both_its_sides(language: str) -> None:
    project = load_project(DictFiles(handout())).project
    assert project is not None
    page = Page(SIZE, ())
    laid_out = LaidOut("x", "X", language, None, (page, page, page), ())  # type: ignore[arg-type]
    layout = project.layouts["handout"].model_copy(update={"folds": (50.0,)})
    found = []
    for each in cropped(laid_out, layout).pages:
        [marks] = each.frames
        assert isinstance(marks, ShapeFrame)
        assert marks.artifact == "Page"
        found.append({path.segments[0][1][0] for path in marks.paths if path.dash})
    assert found == ([{150.0}, {50.0}, {150.0}] if is_right_to_left(language) else [{50.0}, {150.0}, {50.0}])
