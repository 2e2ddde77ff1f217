"""Grey: contrast is what it was in colour, grounds stay apart, pictures turn grey."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path as File

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefpack.document import ROOT, Element
from briefpack.geometry import Rect, Size
from briefpack.graphics import Path, rectangle
from briefpack.graphics.artwork import Artwork, Gradient, Layer, Shape, Stroke
from briefpack.graphics.rasters import Raster
from briefpack.layout import ImageFrame, LaidOut, Page, ShapeFrame
from briefpack.layout.contrast import contrast, luminance
from briefpack.layout.grey import STEP, grey_levels, in_grey

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


def test_every_frame_is_grey() -> None:
    """Colours that the palette does not name too, such as those of a drawing."""
    area = Rect(0, 0, 10, 10)
    shape = ShapeFrame(None, area, (Path(rectangle(area), fill="#cc3300", stroke="#0d4a5b"),))
    image = ImageFrame(None, area, Raster("a.png", b"", 4, 3), area)
    gradient = Gradient((0, 0, 1, 0), ((0.0, "#cc3300"), (1.0, "#0d4a5b")))
    drawing = Layer((Shape(rectangle(area), gradient, stroke=Stroke("#cc3300", 1.0)),), opacity=0.5)
    artwork = ImageFrame(None, area, Artwork(10, 10, (drawing,)), area)
    laid_out = LaidOut("a", "A", "en", Element(ROOT, "Document"), (Page(Size(20, 20), (shape, image, artwork)),), ())
    made_shape, made_image, made_artwork = in_grey(laid_out, grey_levels(["#0d4a5b"])).pages[0].frames
    assert isinstance(made_shape, ShapeFrame)
    assert isinstance(made_image, ImageFrame)
    assert isinstance(made_artwork, ImageFrame)
    [path] = made_shape.paths
    assert path.fill is not None
    assert path.stroke is not None
    assert all(color[1:3] == color[3:5] == color[5:7] for color in (path.fill, path.stroke))
    assert made_image.wish.grey
    colors = re.findall("#[0-9a-f]{6}", repr(made_artwork.picture))
    assert len(colors) == 3
    assert all(color[1:3] == color[3:5] == color[5:7] for color in colors)
