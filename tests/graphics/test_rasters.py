"""Raster pictures: what is taken, what is refused and why, and the pixels that go into a file."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from briefpack.graphics import rasters
from briefpack.graphics.rasters import AS_IT_IS, Pixels, Raster, UnusablePicture, Wish, open_raster, pixels, plain_jpeg


def file(image: Image.Image, format: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def photo(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Something with colours that differ from place to place, red at the left of the top."""
    image = Image.linear_gradient("L").resize(size)
    turned = image.transpose(Image.Transpose.ROTATE_90).resize(size)
    made = Image.merge("RGB", (turned, image, Image.new("L", size, 40)))
    ImageDraw.Draw(made).rectangle((0, 0, size[0] // 4, size[1] // 4), fill="red")
    return made.convert(mode)


def shown(found: Pixels) -> Image.Image:
    """The picture as a viewer shows it, its rows as they lie."""
    mode = "L" if found.grey else "RGB"
    if found.photo:
        return Image.open(BytesIO(found.data)).convert(mode)
    return unpacked(found.data, (found.width, found.height), mode)


def unpacked(rows: bytes, size: tuple[int, int], mode: str) -> Image.Image:
    """PNG's rows, read by Pillow's own reader of PNG."""
    import struct
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", *size, 8, 0 if mode == "L" else 2, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return Image.open(BytesIO(data)).convert(mode)


def made(data: bytes, wish: Wish = AS_IT_IS) -> Pixels:
    return pixels(open_raster(data, "x"), wish)


# ---------------------------------------------------------------------------------------------- JPEG


def test_a_jpeg_keeps_its_pixels_and_loses_the_notes_of_the_camera() -> None:
    image = photo()
    exif = image.getexif()
    exif[0x010F] = "A camera"
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0)}
    data = file(image, "JPEG", exif=exif, comment=b"taken at home", quality=90)
    found = made(data)
    assert b"A camera" in data
    assert b"A camera" not in found.data
    assert b"taken at home" not in found.data
    assert b"Exif" not in found.data
    assert shown(found).tobytes() == Image.open(BytesIO(data)).convert("RGB").tobytes()
    assert (found.photo, found.grey, found.alpha, found.orientation) == (True, False, None, 1)


@pytest.mark.parametrize("options", [{"progressive": True}, {"optimize": True}, {"restart_marker_rows": 1}])
def test_every_coding_of_a_jpeg_survives(options: dict[str, Any]) -> None:
    data = file(photo((300, 200)), "JPEG", **options)
    assert Image.open(BytesIO(plain_jpeg(data))).tobytes() == Image.open(BytesIO(data)).tobytes()


def test_of_several_pictures_in_one_photo_the_first_is_printed() -> None:
    """As phones write them: the photo, and after it a preview or a map of depths."""
    data = file(photo(), "MPO", save_all=True, append_images=[photo((20, 20))])
    found = made(data)
    assert (found.width, found.height) == (60, 40)
    assert len(found.data) < len(data) * 0.8
    assert shown(found).getpixel((2, 2)) == Image.open(BytesIO(data)).getpixel((2, 2))


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_the_right_way_up(orientation: int, format: str) -> None:
    """In its proportions and in its ink."""
    image = photo()
    exif = image.getexif()
    exif[274] = orientation
    raster = open_raster(file(image, format, exif=exif), "x")
    assert (raster.width, raster.height) == ((60, 40) if orientation < 5 else (40, 60))
    found = pixels(raster, AS_IT_IS)
    assert found.orientation == (orientation if format == "JPEG" else 1)
    if format != "JPEG":
        assert (found.width, found.height) == (raster.width, raster.height)


# -------------------------------------------------------------------------------------------- colours


@pytest.mark.parametrize(
    ("image", "grey", "alpha"),
    [
        (photo(), False, False),
        (photo(mode="L"), True, False),
        (photo(mode="1"), True, False),
        (photo(mode="P"), False, False),
        (Image.new("RGBA", (9, 9), (1, 2, 3, 9)), False, True),
        (Image.new("RGBA", (9, 9), (1, 2, 3, 255)), False, False),
        (Image.new("LA", (9, 9), (1, 9)), True, True),
        (Image.new("I;16", (9, 9), 60000), True, False),
    ],
    ids=["rgb", "grey", "bits", "palette", "alpha", "opaque alpha", "grey alpha", "16 bits"],
)
def test_a_png_of_any_kind_becomes_grey_or_rgb(image: Image.Image, grey: bool, alpha: bool) -> None:
    found = made(file(image, "PNG"))
    assert (found.grey, found.alpha is not None, found.photo) == (grey, alpha, False)


def test_pixels_of_a_png_are_kept() -> None:
    assert shown(made(file(photo(), "PNG"))).tobytes() == photo().tobytes()


def test_a_palette_with_transparency_keeps_both() -> None:
    image = Image.new("P", (2, 1))
    image.putpalette([255, 0, 0, 0, 0, 255])
    image.putpixel((1, 0), 1)
    found = made(file(image, "PNG", transparency=b"\x40\xff"))
    assert [shown(found).getpixel((at, 0)) for at in range(2)] == [(255, 0, 0), (0, 0, 255)]
    assert found.alpha is not None
    assert list(unpacked(found.alpha, (2, 1), "L").tobytes()) == [64, 255]


def test_sixteen_bits_of_grey_become_eight() -> None:
    found = made(file(Image.new("I;16", (3, 3), 0x8040), "PNG"))
    assert shown(found).getpixel((0, 0)) == 0x80


def test_an_interlaced_png_is_read() -> None:
    """Adam7, which Pillow reads and does not write: one pixel of red, made by hand."""
    import struct
    import zlib

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 1)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0"))
    assert shown(made(data + chunk(b"IEND", b""))).getpixel((0, 0)) == (255, 0, 0)


def wide() -> bytes:
    """A profile with primaries far from sRGB's: its red and blue are the other's."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    swapped = bytearray(profile)
    swapped[red : red + 4], swapped[blue : blue + 4] = b"bXYZ", b"rXYZ"
    return bytes(swapped)


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_another_profile_is_converted(format: str) -> None:
    data = file(Image.new("RGB", (8, 8), "red"), format, icc_profile=wide(), quality=100, subsampling=0)
    color = shown(made(data)).getpixel((4, 4))
    assert isinstance(color, tuple)
    assert color[2] > 240
    assert color[0] < 15


def test_the_profile_of_srgb_changes_nothing() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = file(photo(), "JPEG", icc_profile=profile)
    assert made(data).data == plain_jpeg(data)


@pytest.mark.parametrize("profile", [b"no profile", bytes(200)])
def test_a_broken_profile_is_none(profile: bytes) -> None:
    data = file(photo(), "PNG", icc_profile=profile)
    assert shown(made(data)).tobytes() == photo().tobytes()


@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_cmyk_becomes_srgb_and_is_remarked_on(format: str) -> None:
    data = file(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), format)
    raster = open_raster(data, "press.jpg")
    assert raster.remark == (
        "`press.jpg` is in CMYK, and is printed in sRGB, its colours guessed, for it names no profile"
    )
    color = shown(pixels(raster, AS_IT_IS)).getpixel((4, 4))
    assert isinstance(color, tuple)
    assert color[0] > 240
    assert max(color[1:]) < 15


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "CMYK", "L", "LA"])
def test_everything_can_be_grey(mode: str) -> None:
    image = Image.new("RGBA", (6, 6), (200, 30, 30, 128)) if mode == "RGBA" else photo((6, 6)).convert(mode)
    found = made(file(image, "TIFF" if mode == "CMYK" else "PNG"), Wish(grey=True))
    assert found.grey
    assert found.orientation == 1
    assert (found.alpha is not None) == (mode == "RGBA")


def test_a_grey_jpeg_is_grey_as_it_is() -> None:
    data = file(photo(mode="L"), "JPEG")
    assert made(data, Wish(grey=True)).data == plain_jpeg(data)


# ------------------------------------------------------------------------------------------------ size


@pytest.mark.parametrize("format", ["JPEG", "PNG"])
def test_a_picture_is_made_as_small_as_is_wished(format: str) -> None:
    data = file(photo((600, 400)), format)
    found = made(data, Wish(150))
    assert (found.width, found.height) == (150, 100)
    assert found.photo == (format == "JPEG")
    assert made(data, Wish(150)) == found
    assert made(data, Wish(6000)).width == 600


def test_a_picture_on_its_side_is_made_smaller_the_right_way_up() -> None:
    image = photo((600, 400))
    exif = image.getexif()
    exif[274] = 6
    found = made(file(image, "JPEG", exif=exif), Wish(100))
    assert (found.width, found.height, found.orientation) == (100, 150, 1)


def test_what_is_hidden_does_not_bleed_into_what_is_seen() -> None:
    image = Image.new("RGBA", (100, 100), (255, 0, 0, 0))
    ImageDraw.Draw(image).rectangle((50, 0, 99, 99), fill=(0, 0, 255, 255))
    found = made(file(image, "PNG"), Wish(10))
    assert found.alpha is not None
    opacity = unpacked(found.alpha, (10, 10), "L")
    for x in range(10):
        color = shown(found).getpixel((x, 5))
        assert isinstance(color, tuple)
        assert opacity.getpixel((x, 5)) == 0 or color[0] < 5


# --------------------------------------------------------------------------------------------- refused

_JPEG: Final = file(photo((200, 200)), "JPEG")
_PNG: Final = file(photo((200, 200)), "PNG")


def bomb() -> bytes:
    """A few kilobytes that open into 400 million pixels."""
    return file(Image.new("1", (20_000, 20_000)), "PNG", compress_level=9)


@pytest.mark.parametrize(
    ("data", "message", "help"),
    [
        (lambda: b"", "`x` is not a picture that can be read", "save it again as PNG or JPEG"),
        (lambda: b"words", "`x` is not a picture that can be read", "save it again as PNG or JPEG"),
        (lambda: _JPEG[: len(_JPEG) // 2], "`x` is not a picture that can be read", "save it again as PNG or JPEG"),
        (lambda: _PNG[:60], "`x` is not a picture that can be read", "save it again as PNG or JPEG"),
        (lambda: b"%PDF-1.7", "`x` is a PDF, which is not supported", "save it as PNG, JPEG or SVG"),
        (lambda: b"%!PS-Adobe", "`x` is a PostScript file, which is not supported", "save it as PNG, JPEG or SVG"),
        (
            lambda: b"\0\0\0\x18ftypheic" + bytes(99),
            "`x` is an HEIC photo, which is not supported",
            "save it as PNG, JPEG or SVG",
        ),
        (
            lambda: file(
                photo(),
                "GIF",
                save_all=True,
                append_images=[Image.new("RGB", (60, 40), name) for name in ("red", "blue")],
            ),
            "`x` holds 3 pictures, and a page prints one",
            "save the one that is meant",
        ),
        (
            lambda: file(photo(), "WEBP", save_all=True, append_images=[photo(mode="L").convert("RGB")]),
            "`x` holds 2 pictures, and a page prints one",
            "save the one that is meant",
        ),
        (
            lambda: file(Image.new("F", (4, 4)), "TIFF"),
            "`x` has colours of a kind (`F`) that cannot be printed",
            "save it again as PNG or JPEG",
        ),
        (
            lambda: file(Image.new("LAB", (4, 4)), "TIFF"),
            "`x` has colours of a kind (`LAB`) that cannot be printed",
            "save it again as PNG or JPEG",
        ),
        (
            bomb,
            "`x` has more than 100 million pixels",
            "save it smaller: 5,000 pixels fill a large page",
        ),
        (
            lambda: file(Image.new("1", (11_000, 10_000)), "PNG"),
            "`x` has 11,000 × 10,000 pixels, more than 100 million",
            "save it smaller: 5,000 pixels fill a large page",
        ),
    ],
    ids=["empty", "text", "cut jpeg", "cut png", "pdf", "ps", "heic", "gif", "webp", "F", "LAB", "bomb", "huge"],
)
def test_what_cannot_be_printed_is_refused(data: Callable[[], bytes], message: str, help: str) -> None:
    with pytest.raises(UnusablePicture) as refused:
        open_raster(data(), "x")
    assert (refused.value.message, refused.value.help) == (message, help)


def test_a_still_gif_and_a_still_webp_are_pictures() -> None:
    for format in ("GIF", "WEBP", "BMP", "TIFF"):
        found = made(file(photo(), format))
        assert (found.width, found.height, found.photo) == (60, 40, False)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([_JPEG, _PNG, file(photo(), "GIF"), file(photo(), "WEBP"), file(photo(), "TIFF")]),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8),
    st.floats(0, 1),
)
def test_damage_is_never_more_than_a_refusal(data: bytes, changes: list[tuple[float, int]], length: float) -> None:
    """Whatever bytes are changed or cut off: a picture, or UnusablePicture."""
    damaged = bytearray(data)
    for place, value in changes:
        damaged[min(len(data) - 1, int(place * len(data)))] = value
    cut = bytes(damaged[: max(1, int(length * len(data)))]) if length < 0.5 else bytes(damaged)
    try:
        raster = open_raster(cut, "x")
        found = pixels(raster, AS_IT_IS)
    except UnusablePicture:
        return
    assert isinstance(raster, Raster)
    assert found.width >= 1


def test_the_limit_is_one_that_a_phone_does_not_reach() -> None:
    assert rasters.MOST_PIXELS > 9000 * 7000
