"""Drawings as they come out of a PDF, beside what resvg makes of them. Skipped where a tool is missing."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Final

import fontpkg_fira_sans
import pytest
from PIL import Image, ImageChops, ImageFilter

from briefpack.document import ROOT, Element, Tag
from briefpack.geometry import Rect, Size
from briefpack.graphics.svg import read_svg
from briefpack.layout.frames import ImageFrame, LaidOut, Page
from briefpack.text import Faces, Shaper
from briefpack.text.outlines import FaceLetters
from tests.graphics.drawings import DRAWINGS
from tests.pdf.pages import made

resvg = pytest.importorskip("resvg_py")
pytestmark = pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="needs Poppler's pdftoppm")

WIDTH: Final = 600
FONTS: Final = str(Path(fontpkg_fira_sans.__file__).parent / "files")


def ours(data: bytes, folder: Path) -> Image.Image:
    """The drawing on a page of its own, drawn by Poppler."""
    artwork, found = read_svg(data, "x.svg", FaceLetters(Faces(), Shaper(), "Fira Sans"))
    assert artwork is not None, found
    area = Rect(0, 0, 300, 300 * artwork.height / artwork.width)
    frame = ImageFrame(Tag(1), area, artwork, area)
    structure = Element(ROOT, "Document", (Element(Tag(1), "Figure", alt="x"),), title="x")
    page = Page(Size(area.width, area.height), (frame,))
    (folder / "ours.pdf").write_bytes(made(LaidOut("x", "x", "en", structure, (page,), ())))
    command = ["pdftoppm", "-png", "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", "-1", "ours.pdf", "ours"]
    subprocess.run(command, check=True, cwd=folder)
    return Image.open(folder / "ours.png").convert("RGB")


def theirs(data: bytes) -> Image.Image:
    drawn = resvg.svg_to_bytes(
        svg_string=data.decode(), width=WIDTH, background="white", dpi=96, skip_system_fonts=True, font_dirs=[FONTS]
    )
    return Image.open(BytesIO(bytes(drawn))).convert("RGB")


def difference(one: Image.Image, other: Image.Image) -> tuple[float, float]:
    """The share of pixels that differ by more than a quarter, and how much they differ in the mean, of 255.

    An edge that is drawn half a pixel elsewhere is a thin line, which thinning takes away from the first of them.
    """
    found = ImageChops.difference(one, other).convert("L")
    total = one.width * one.height
    areas = found.filter(ImageFilter.MinFilter(3)).histogram()[64:]
    return sum(areas) / total, sum(level * count for level, count in enumerate(found.histogram())) / total


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_looks_as_resvg_draws_it(name: str, tmp_path: Path) -> None:
    """No area differs, and edges by less than their softness."""
    one, other = ours(DRAWINGS[name], tmp_path), theirs(DRAWINGS[name])
    assert one.size == other.size
    areas, mean = difference(one, other)
    assert areas < 0.0002
    assert mean < 1.5
