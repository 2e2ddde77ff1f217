"""Pictures in their frames: contained or covering, never distorted, never outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.document import Image
from briefpack.geometry import Rect, aspect, focus
from briefpack.graphics.rasters import Raster
from briefpack.layout import ImageFrame, lay_out
from briefpack.layout.frames import Frame
from briefpack.layout.pictures import PictureBox, contained, covering
from briefpack.layout.styles import Setting
from tests.layout.test_pages import picture
from tests.layout.trial import job

SIDES = st.floats(1, 800)
SHARES = st.floats(0, 1)
ROOMS = st.builds(Rect, st.floats(0, 300), st.floats(0, 300), SIDES, SIDES)
RATIOS = st.floats(0.05, 20)


@given(ROOMS, RATIOS, SHARES)
def test_what_is_contained_is_whole_and_inside(room: Rect, ratio: float, align: float) -> None:
    found = contained(room, ratio, align)
    assert found.height == pytest.approx(found.width * ratio)
    assert found.x >= room.x - 0.01
    assert found.y >= room.y - 0.01
    assert found.right <= room.right + 0.01
    assert found.bottom <= room.bottom + 0.01
    assert found.width == pytest.approx(room.width) or found.height == pytest.approx(room.height)


@given(ROOMS, RATIOS, SHARES, SHARES)
def test_what_covers_leaves_no_gap_and_shows_its_focus(room: Rect, ratio: float, across: float, down: float) -> None:
    found = covering(room, ratio, (across, down))
    assert found.height == pytest.approx(found.width * ratio)
    assert found.x <= room.x + 0.01
    assert found.y <= room.y + 0.01
    assert found.right >= room.right - 0.01
    assert found.bottom >= room.bottom - 0.01
    assert room.x - 0.01 <= found.x + across * found.width <= room.right + 0.01
    assert room.y - 0.01 <= found.y + down * found.height <= room.bottom + 0.01


FRAMES = {
    "as wide as the measure": (Image("x"), (300, 200)),
    "as wide as it asks": (Image("x", width=150), (150, 100)),
    "no wider than the measure": (Image("x", width=900), (300, 200)),
    "as wide as its height makes it": (Image("x", height=100), (150, 100)),
    "no higher than the measure allows": (Image("x", height=400), (300, 200)),
    "width and height": (Image("x", width=100, height=100), (100, 66.667)),
    "width and height, covered": (Image("x", width=100, height=100, cover=True), (100, 100)),
    "height, covered": (Image("x", height=50, cover=True), (300, 50)),
    "a proportion": (Image("x", aspect=3), (150, 100)),
    "a proportion, covered": (Image("x", aspect=3, cover=True), (300, 100)),
    "a tall proportion within the page": (Image("x", aspect=0.1, cover=True), (50, 500)),
}


@pytest.mark.parametrize("name", FRAMES)
def test_frames(name: str) -> None:
    """Of a picture of 600 by 400 pixels, in a measure of 300 points, on a page of 500."""
    image, (width, height) = FRAMES[name]
    box = PictureBox(None, Raster("x", b"", 600, 400), image, 400 / 600, 500)
    frames: list[Frame] = []
    box.place(Rect(10, 20, 300, box.height(300, Setting())), Setting(), frames)
    [frame] = frames
    assert isinstance(frame, ImageFrame)
    assert (frame.bounds.width, frame.bounds.height) == pytest.approx((width, height), abs=0.001)
    assert frame.bounds.bottom <= 20 + box.height(300, Setting()) + 0.001


@pytest.mark.parametrize(
    ("text", "expected"), [("3:2", 1.5), ("16/9", 16 / 9), ("1.5", 1.5), ("4 x 3", 4 / 3), ("1", 1.0)]
)
def test_proportions(text: str, expected: float) -> None:
    assert aspect(text) == pytest.approx(expected)


@pytest.mark.parametrize("text", ["", "3:0", "0", "wide", "-1", "1:2:3", "1000:1", "nan"])
def test_what_is_no_proportion(text: str) -> None:
    with pytest.raises(ValueError, match="is no proportion; write one such as `3:2`"):
        aspect(text)


@pytest.mark.parametrize("text", ["", "50%", "50 30", "150% 0%", "left top", "1% 2% 3%"])
def test_what_is_no_point(text: str) -> None:
    with pytest.raises(ValueError, match="is no point of a picture; write one such as `50% 30%`"):
        focus(text)
    assert focus("50% 30%") == (0.5, 0.3)


def test_pictures_that_do_not_fit_are_told_from_words_that_do_not() -> None:
    body = '<image file="a.png" alt="x" height="90" fit="cover"/>' * 3
    result = lay_out(job(body, files={"a.png": picture()}))
    [found] = result.diagnostics
    assert found.rule == "overset"
    assert found.help == "make its pictures and charts smaller, or leave one out"
