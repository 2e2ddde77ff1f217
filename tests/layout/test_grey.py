"""Grey: contrast is what it was in colour, grounds stay apart, pictures turn grey."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations, pairwise
from pathlib import Path as File

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from briefpack.document import ROOT, Element
from briefpack.geometry import Rect, Size
from briefpack.graphics import Path, rectangle
from briefpack.layout import ImageFrame, LaidOut, Page, ShapeFrame
from briefpack.layout.contrast import contrast, luminance
from briefpack.layout.grey import STEP, grey_levels, grey_picture, in_grey

THEME = File(__file__).parents[2] / "layouts" / "theme.yaml"
COLORS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_the_palette_keeps_its_contrasts_and_its_tints_apart() -> None:
    palette = set(yaml.safe_load(THEME.read_text(encoding="utf-8"))["palette"].values())
    greys = grey_levels(palette)
    for one, other in combinations(palette, 2):
        for enough in (4.5, 3.0):
            assert contrast(one, other) < enough or contrast(greys[one], greys[other]) >= enough, (one, other)
    levels = sorted(int(grey[1:3], 16) for grey in greys.values())
    assert all(above - below >= STEP for below, above in pairwise(levels)), levels


@given(COLORS)
def test_a_grey_is_as_light_as_its_color(color: str) -> None:
    [grey] = grey_levels([color]).values()
    assert grey[1:3] == grey[3:5] == grey[5:7]
    assert luminance(grey) == pytest.approx(luminance(color), abs=0.08)


@given(COLORS)
def test_text_on_white_paper_loses_no_contrast(color: str) -> None:
    enough = contrast(color, "#ffffff") >= 4.5
    assert not enough or contrast(grey_levels([color])[color], "#ffffff") >= 4.5


def test_white_stays_white_and_black_black() -> None:
    assert grey_levels(["#000000", "#ffffff"]) == {"#000000": "#000000", "#ffffff": "#ffffff"}


def picture(mode: str, format: str, color: object) -> bytes:
    file = BytesIO()
    Image.new(mode, (4, 3), color).save(file, format)  # type: ignore[arg-type]
    return file.getvalue()


@pytest.mark.parametrize(
    ("mode", "format", "color", "expected"),
    [("RGB", "PNG", "#c02020", "L"), ("RGBA", "PNG", (0, 90, 0, 128), "LA"), ("RGB", "JPEG", "#c02020", "L")],
)
def test_a_picture_becomes_grey(mode: str, format: str, color: object, expected: str) -> None:
    with Image.open(BytesIO(grey_picture(picture(mode, format, color)))) as made:
        assert (made.mode, made.format, made.size) == (expected, format, (4, 3))


def test_a_grey_picture_is_left_alone() -> None:
    data = picture("L", "PNG", 120)
    assert grey_picture(data) is data


def test_every_frame_is_grey() -> None:
    """Colours that the palette does not name too, such as those of a drawing."""
    area = Rect(0, 0, 10, 10)
    shape = ShapeFrame(None, area, (Path(rectangle(area), fill="#cc3300", stroke="#0d4a5b"),))
    image = ImageFrame(None, area, "a.png", picture("RGB", "PNG", "#c02020"))
    laid_out = LaidOut("a", "A", "en", Element(ROOT, "Document"), (Page(Size(20, 20), (shape, image)),), ())
    made_shape, made_image = in_grey(laid_out, ["#0d4a5b"]).pages[0].frames
    assert isinstance(made_shape, ShapeFrame)
    assert isinstance(made_image, ImageFrame)
    [path] = made_shape.paths
    assert path.fill is not None
    assert path.stroke is not None
    assert all(color[1:3] == color[3:5] == color[5:7] for color in (path.fill, path.stroke))
    assert made_image.data == grey_picture(image.data)
