"""Pictures: JPEG as it is, everything else opaque and lossless."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from briefpack.pdf.images import UnusableImage, image_ink
from tests.pdf.sample import picture


def test_a_jpeg_goes_in_as_it_is() -> None:
    data = picture("RGB", "JPEG", (1, 2, 3))
    ink = image_ink(data, "photo.jpg")
    assert ink.data == data
    assert ink.entries.endswith(b"/Width 4/Height 3/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode")
    assert ink.matrix == (1, 0, 0, 1, 0, 0)


def test_a_jpeg_taken_sideways_is_turned() -> None:
    image, file = Image.new("RGB", (4, 3)), BytesIO()
    exif = image.getexif()
    exif[274] = 6
    image.save(file, "JPEG", exif=exif)
    assert image_ink(file.getvalue(), "photo.jpg").matrix == (0, -1, 1, 0, 0, 1)


@pytest.mark.parametrize(
    ("mode", "color", "space"),
    [
        ("RGB", (1, 2, 3), b"/DeviceRGB"),
        ("RGBA", (1, 2, 3, 9), b"/DeviceRGB"),
        ("LA", (1, 9), b"/DeviceRGB"),
        ("P", 3, b"/DeviceRGB"),
        ("L", 7, b"/DeviceGray"),
        ("1", 1, b"/DeviceGray"),
        ("I;16", 60000, b"/DeviceGray"),
    ],
)
def test_a_png_of_any_kind_becomes_grey_or_rgb(mode: str, color: tuple[int, ...] | int, space: bytes) -> None:
    ink = image_ink(picture(mode, "PNG", color), "logo.png")
    assert b"/ColorSpace" + space + b"/Filter/FlateDecode" in ink.entries


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (picture("CMYK", "JPEG", (0, 0, 0, 9)), r"`x` is a CMYK JPEG: save it in RGB \(sRGB\) colour"),
        (picture("CMYK", "TIFF", (0, 0, 0, 9)), r"`x` is a CMYK picture: save it in RGB \(sRGB\) colour"),
        (b"not a picture", "`x` is not a picture that can be read"),
        (picture("RGB", "PNG", (0, 0, 0))[:44], "`x` is not a picture that can be read"),
    ],
)
def test_a_picture_that_cannot_be_embedded_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(UnusableImage, match=message):
        image_ink(data, "x")
