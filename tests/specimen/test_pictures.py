"""Pictures and codes from a campaign to a file: cropped, turned, converted, embedded once, scanned."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import pytest
from PIL import Image
from pypdf import PdfReader

from briefpack.builds import Made, Workshop, make_brief
from briefpack.diagnostics import render
from briefpack.layout import AS_DESIGNED, Form
from briefpack.preflight import inspect
from briefpack.project.files import DictFiles, source_lines
from briefpack.project.load import load_project
from tests.goldens import check_golden
from tests.specimen.pictures import FILES
from tests.verapdf import Conformance

GOLDENS: Final = Path(__file__).parent / "goldens"
TEMPLATE: Final = "layouts/pictures/template.xml.j2"
FORMS: Final = {
    "colour": AS_DESIGNED,
    "grey": Form(grayscale=True),
    "large": Form(large_print=16),
    "letter": Form(paper="Letter"),
}


def made(files: Mapping[str, str | bytes] = FILES, form: Form = AS_DESIGNED) -> Made:
    project_files = DictFiles(files)
    loaded = load_project(project_files)
    assert loaded.project is not None, render(loaded.diagnostics, source_lines(project_files))
    return make_brief(Workshop.of(project_files, loaded.project), "album", form)


def data_of(result: Made) -> bytes:
    assert result.data is not None, result.diagnostics
    return result.data


def with_template(body: str) -> dict[str, str | bytes]:
    """The specimen with another template, which prints what it likes of the slots."""
    head = '{% import "parts.xml.j2" as parts with context %}'
    return {**FILES, TEMPLATE: f"{head}\n<document>\n<heading>Trial</heading>\n{body}\n</document>\n"}


def rendered(data: bytes, folder: Path, ppi: int = 100) -> Image.Image:
    """The first page as Poppler draws it."""
    if shutil.which("pdftoppm") is None:
        pytest.skip("needs Poppler's pdftoppm")
    (folder / "page.pdf").write_bytes(data)
    subprocess.run(["pdftoppm", "-r", str(ppi), "-png", "-singlefile", "page.pdf", "page"], check=True, cwd=folder)
    return Image.open(folder / "page.png").convert("RGB")


@pytest.mark.parametrize("form", FORMS)
def test_the_album_conforms(form: str, tmp_path: Path, conformance: Conformance) -> None:
    """Soft masks, groups, shadings and clips, in every form."""
    (tmp_path / "album.pdf").write_bytes(data_of(made(form=FORMS[form])))
    assert conformance.broken(tmp_path / "album.pdf") == ()


def test_the_album_is_the_same_every_time() -> None:
    assert data_of(made()) == data_of(made())


def test_every_picture_is_one_figure_with_its_words() -> None:
    check_golden(GOLDENS / "album.tags.txt", inspect(data_of(made())).tag_tree())


def pictures(data: bytes) -> dict[int, Any]:
    """The pictures and drawings of a file by their object numbers."""
    pages: list[Any] = list(PdfReader(BytesIO(data)).pages)
    every = (each for page in pages for each in page["/Resources"].get("/XObject", {}).values())
    return {each.idnum: each.get_object() for each in every}


def test_a_picture_that_is_used_twice_is_in_the_file_once() -> None:
    twice = with_template(
        "".join(f'<image file="{path}" alt="x" width="90"/>' for path in ("photos/press.jpg", "drawings/map.svg") * 3)
    )
    for files, count in ((FILES, 6), (twice, 2)):
        assert len(pictures(data_of(made(files)))) == count


def test_a_photo_keeps_its_coded_pixels_and_not_where_it_was_taken() -> None:
    data = data_of(made())
    assert b"A camera" not in data
    source = FILES["photos/portrait.jpg"]
    assert isinstance(source, bytes)
    scan = source[source.rindex(b"\xff\xda") :]
    assert scan in data


def test_a_picture_far_finer_than_print_is_brought_down() -> None:
    """Of 1200 pixels on 20 mm, 236 are left: 300 an inch; unless it is set large elsewhere."""
    small = '<image file="photos/press.jpg" alt="Stripes" width="56.7"/>'
    [picture] = pictures(data_of(made(with_template(small)))).values()
    assert picture["/Width"] == 236
    both = with_template(small + '<image file="photos/press.jpg" alt="Stripes"/>')
    [picture] = pictures(data_of(made(both))).values()
    assert picture["/Width"] == 1200


def test_cropping_keeps_the_focus_and_leaves_nothing_outside(tmp_path: Path) -> None:
    """The sun stands in a narrow frame, and beside the frame there is paper."""
    body = (
        '<image file="photos/landscape.jpg" alt="x" fit="cover" width="60" height="200" focus="70% 35%"/>'
        '<image file="photos/landscape.jpg" alt="x" fit="cover" width="60" height="200" focus="0% 0%"/>'
    )
    page = rendered(data_of(made(with_template(body))), tmp_path, 72)
    sun = [at for at in range(page.height) if _is_sun(page.getpixel((51 + 30, at)))]
    assert sun
    assert sun[-1] < page.height / 2
    outside = page.crop((51 + 63, 110, page.width, page.height - 60))
    assert outside.getextrema() == ((255, 255),) * 3


def _is_sun(color: object) -> bool:
    assert isinstance(color, tuple)
    return bool(abs(color[0] - 0xE0) < 12 and abs(color[1] - 0x70) < 12 and abs(color[2] - 0x2C) < 16)


def test_a_picture_on_its_side_is_printed_upright(tmp_path: Path) -> None:
    body = '<image file="photos/portrait.jpg" alt="x" width="150"/>'
    page = rendered(data_of(made(with_template(body))), tmp_path, 72)
    rows = [at for at in range(page.height) if _is_sun(page.getpixel((51 + 105, at)))]
    assert rows
    sky = page.getpixel((51 + 20, rows[0] - 20))
    hills = page.getpixel((51 + 20, rows[-1] + 90))
    assert isinstance(sky, tuple)
    assert isinstance(hills, tuple)
    assert sum(sky) > sum(hills) + 200


def test_a_clear_ground_shows_what_it_stands_on(tmp_path: Path) -> None:
    body = '<card><image file="photos/logo.png" alt="x" width="100"/></card>'
    page = rendered(data_of(made(with_template(body))), tmp_path, 72)
    grounds = {page.getpixel((x, y)) for x in range(64, 160, 4) for y in range(100, 200, 4)}
    assert (234, 242, 243) in grounds
    assert (255, 255, 255) not in {page.getpixel((x, y)) for x in range(70, 150, 4) for y in range(112, 180, 4)}


def test_a_grey_album_has_no_colour(tmp_path: Path) -> None:
    page = rendered(data_of(made(form=FORMS["grey"])), tmp_path, 60)
    assert max(max(color) - min(color) for _, color in page.getcolors(1 << 24) or () if isinstance(color, tuple)) <= 1


# ------------------------------------------------------------------------------------------------ codes


@pytest.mark.parametrize("form", ["colour", "grey", "large"])
def test_codes_are_read_from_the_printed_page(form: str, tmp_path: Path) -> None:
    """By an independent reader, at 200 ppi; each says the address that is printed below it, as a link."""
    if shutil.which("zbarimg") is None or shutil.which("pdftoppm") is None:
        pytest.skip("needs zbarimg and Poppler's pdftoppm")
    data = data_of(made(form=FORMS[form]))
    (tmp_path / "album.pdf").write_bytes(data)
    subprocess.run(["pdftoppm", "-r", "200", "-png", "album.pdf", "p"], check=True, cwd=tmp_path)
    pages = sorted(str(path) for path in tmp_path.glob("p*.png"))
    # It ends with 4 where one of the pages has no code on it.
    read = subprocess.run(["zbarimg", "--quiet", "--raw", *pages], capture_output=True, text=True, check=False)
    codes = sorted(set(read.stdout.split()))
    long = "https://example.org/a-longer-address/" + "with-many-steps/" * 9
    assert codes == [long, "https://example.org/peer-support/start"]
    leaves: list[Any] = list(PdfReader(BytesIO(data)).pages)
    links = [annotation.get_object()["/A"]["/URI"] for page in leaves for annotation in page.get("/Annots", ())]
    assert set(links) == set(codes)
    text = re.sub(r"\s", "", "".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))
    assert all(code.removeprefix("https://").rstrip("/") in text for code in codes)


# ------------------------------------------------------------------------------------------------ slips


def said(files: Mapping[str, str | bytes]) -> str:
    """What is said of a page of only some of the pictures, but that the others are left out."""
    found = [each for each in made(files).diagnostics if each.rule != "slot-unprinted"]
    return render(found, source_lines(DictFiles(files)))


def test_what_is_wrong_with_pictures_is_said_where_they_are_named() -> None:
    """By the officer's line, and for a drawing by its own."""
    files = with_template("".join(f"{{{{ parts.picture(slots.{name}) }}}}" for name in ("wide", "tall", "logo", "map")))
    photo, drawing = FILES["photos/portrait.jpg"], str(FILES["drawings/map.svg"])
    assert isinstance(photo, bytes)
    files = {
        **files,
        "photos/portrait.jpg": photo[: len(photo) // 2],
        "photos/landscape.jpg": b"%PDF-1.7",
        "drawings/map.svg": drawing.replace("<use href", '<image href="x.png"/><use href', 1),
    }
    check_golden(GOLDENS / "album.slips.txt", said(files))


def test_a_picture_that_is_too_coarse_is_told_with_the_size_that_would_do() -> None:
    files = with_template("{{ parts.picture(slots.logo) }}")
    check_golden(GOLDENS / "album.coarse.txt", said(files))


def test_what_an_officer_mistypes_of_a_frame_is_said() -> None:
    brief = str(FILES["briefs/album.yaml"])
    brief = brief.replace("focus: 70% 35%", "focus: left").replace("aspect: 3:1", "aspect: 0:1\n    fit: crop")
    check_golden(GOLDENS / "album.mistyped.txt", said({**FILES, "briefs/album.yaml": brief}))


CODES: Final = {
    "long": f'<qr url="https://example.org/{"x" * 600}" alt="A code"/>',
    "endless": f'<qr url="https://example.org/{"x" * 3000}" alt="A code"/>',
    "narrow": '<row><column span="1"><qr url="https://example.org" alt="A code" printed="no"/></column>'
    '<column span="11"><paragraph>Beside.</paragraph></column></row>',
}


@pytest.mark.parametrize("name", CODES)
def test_a_code_that_could_not_be_scanned_is_an_error(name: str) -> None:
    files = with_template(CODES[name])
    assert made(files).data is None
    check_golden(GOLDENS / f"code.{name}.txt", said(files))
