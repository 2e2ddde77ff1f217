"""Pictures as objects of a file: their entries, their soft masks, which way up."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from briefpack.graphics.rasters import AS_IT_IS, Wish, open_raster, plain_jpeg
from briefpack.pdf.images import ImageInk, image_ink
from tests.pdf.sample import picture


def ink(data: bytes, wish: Wish = AS_IT_IS) -> ImageInk:
    return image_ink(open_raster(data, "x"), wish)


def test_a_jpeg_goes_in_with_its_own_pixels() -> None:
    data = picture("RGB", "JPEG", (1, 2, 3))
    found = ink(data)
    assert found.data == plain_jpeg(data)
    assert found.entries.endswith(b"/Width 4/Height 3/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode")
    assert found.matrix == (1, 0, 0, 1, 0, 0)
    assert found.parts == ()


def test_a_jpeg_taken_sideways_is_turned() -> None:
    image, file = Image.new("RGB", (4, 3)), BytesIO()
    exif = image.getexif()
    exif[274] = 6
    image.save(file, "JPEG", exif=exif)
    assert ink(file.getvalue()).matrix == (0, -1, 1, 0, 0, 1)


@pytest.mark.parametrize(
    ("mode", "color", "space"),
    [
        ("RGB", (1, 2, 3), b"/DeviceRGB"),
        ("RGBA", (1, 2, 3, 9), b"/DeviceRGB"),
        ("LA", (1, 9), b"/DeviceGray"),
        ("P", 3, b"/DeviceRGB"),
        ("L", 7, b"/DeviceGray"),
        ("1", 1, b"/DeviceGray"),
        ("I;16", 60000, b"/DeviceGray"),
    ],
)
def test_a_png_of_any_kind_becomes_grey_or_rgb(mode: str, color: tuple[int, ...] | int, space: bytes) -> None:
    found = ink(picture(mode, "PNG", color))
    assert b"/ColorSpace" + space + b"/Filter/FlateDecode" in found.entries
    assert bool(found.parts) == ("A" in mode)


def test_what_is_see_through_has_a_soft_mask() -> None:
    found = ink(picture("RGBA", "PNG", (1, 2, 3, 9)))
    [mask] = found.parts
    assert b"/ColorSpace/DeviceGray" in mask.entries
    assert found.bound == b"/SMask %d 0 R"


def test_the_same_colours_with_another_mask_are_another_picture() -> None:
    assert ink(picture("RGBA", "PNG", (1, 2, 3, 9))).name != ink(picture("RGBA", "PNG", (1, 2, 3, 8))).name
