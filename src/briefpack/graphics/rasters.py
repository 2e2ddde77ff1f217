"""Raster pictures: what a file holds, and its pixels as they are printed: upright, in sRGB or grey, 8 bits.

A JPEG in sRGB keeps its data, without the notes of the camera: where and when a photo was taken is not
published. Everything else is decoded: colours go through their profile to sRGB, transparency apart, pixels
that no printer can show are averaged away. The same file and the same `Wish` give the same bytes.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING, Final

from briefpack.dataclass import dataclass

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS: Final = 100_000_000
"""A picture of more would take more memory to open than a page is worth."""

_FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP")
_JPEG: Final = ("JPEG", "MPO")
_QUALITY: Final = 90

# CIPA DC-008, 4.6.4, tag 274: from 5 on the picture lies on its side.
_ORIENTATION: Final = 274
_LYING: Final = 5

# Profiles that move no colour by more than this, of 255, are sRGB under another name.
_SAME: Final = 3

_DAMAGE: Final = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, OverflowError, TypeError)
_AGAIN: Final = "save it again as PNG or JPEG"


class UnusablePicture(Exception):
    """A file that cannot be printed: what is wrong, and what would mend it."""

    def __init__(self, message: str, help: str = _AGAIN) -> None:
        super().__init__(message)
        self.message, self.help = message, help


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """A picture that can be printed. `width` and `height` are pixels, the right way up.

    `remark` is what its author has to know of how it is printed.
    """

    path: str
    data: bytes
    width: int
    height: int
    remark: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """How a picture is wanted: `width` pixels wide at most, and in grey."""

    width: int | None = None
    grey: bool = False


AS_IT_IS: Final = Wish()


@dataclass(frozen=True, slots=True)
class Pixels:
    """A picture as it is embedded. `orientation` is how its rows lie, as EXIF says it.

    `data` is a JPEG if `photo`, else rows as PNG packs them; `alpha` are rows of how opaque each pixel is.
    """

    width: int
    height: int
    grey: bool
    photo: bool
    data: bytes
    alpha: bytes | None = None
    orientation: int = 1


def open_raster(data: bytes, path: str) -> Raster:
    """The picture `data`, which the project has at `path`. Raises UnusablePicture."""
    with _opened(data, path) as image:
        width, height = image.size
        lying = _orientation(image) >= _LYING
        remark = None
        if image.mode == "CMYK":
            guess = "" if image.info.get("icc_profile") else ", its colours guessed, for it names no profile"
            remark = f"`{path}` is in CMYK, and is printed in sRGB{guess}"
        elif image.mode not in _MODES:
            raise UnusablePicture(f"`{path}` has colours of a kind (`{image.mode}`) that cannot be printed")
        image.load()  # a truncated file shows itself here
        return Raster(path, data, *((height, width) if lying else (width, height)), remark)


_MODES: Final = frozenset(
    {"1", "L", "LA", "La", "P", "PA", "RGB", "RGBA", "RGBX", "RGBa", "I", "I;16", "I;16B", "I;16L"}
)


@contextmanager
def _opened(data: bytes, path: str) -> Iterator[Image]:
    """The picture as Pillow opens it, damage and excess as UnusablePicture."""
    from PIL import Image  # imported late: most documents have no pictures

    unreadable = UnusablePicture(f"`{path}` is not a picture that can be read")
    foreign = _foreign(data)
    if foreign is not None:
        raise UnusablePicture(f"`{path}` is {foreign}, which is not supported", "save it as PNG, JPEG or SVG")
    with warnings.catch_warnings():
        # Of damage in notes that are not printed, and of sizes that are judged here.
        warnings.simplefilter("ignore")
        try:
            with Image.open(BytesIO(data), formats=_FORMATS) as image:
                _check(image, path)
                yield image
        except Image.DecompressionBombError as error:
            raise _too_large(path) from error
        except _DAMAGE as error:
            raise unreadable from error


def _check(image: Image, path: str) -> None:
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise _too_large(path, f"{width:,} × {height:,} pixels, ")
    if width < 1 or height < 1:
        raise UnusablePicture(f"`{path}` has no pixels")
    frames = getattr(image, "n_frames", 1)
    if frames > 1 and image.format not in _JPEG:
        raise UnusablePicture(f"`{path}` holds {frames} pictures, and a page prints one", "save the one that is meant")


def _too_large(path: str, what: str = "") -> UnusablePicture:
    message = f"`{path}` has {what}more than {MOST_PIXELS // 1_000_000} million"
    return UnusablePicture(message if what else f"{message} pixels", "save it smaller: 5,000 pixels fill a large page")


def _foreign(data: bytes) -> str | None:
    """What a file is that often stands where a picture should."""
    if data[:5] == b"%PDF-":
        return "a PDF"
    if data[:4] == b"%!PS":
        return "a PostScript file"
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"hevc"):
        return "an HEIC photo"
    if data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"avis"):
        return "an AVIF picture"
    return None


def _orientation(image: Image) -> int:
    try:
        found = image.getexif().get(_ORIENTATION, 1)
    except _DAMAGE:
        return 1
    return found if isinstance(found, int) and 1 <= found <= 8 else 1


# ------------------------------------------------------------------------------------------------- pixels


def pixels(raster: Raster, wish: Wish) -> Pixels:
    """The picture as it is embedded. Raises UnusablePicture."""
    with _opened(raster.data, raster.path) as image:
        photo = image.format in _JPEG
        larger = wish.width is not None and wish.width < raster.width
        if photo and image.mode in ("L", "RGB") and not larger and not (wish.grey and image.mode == "RGB"):
            image.load()
            if _is_srgb(image):
                orientation = _orientation(image)
                return Pixels(*image.size, image.mode == "L", True, plain_jpeg(raster.data), orientation=orientation)
        return _packed(_upright(image), wish, photo)


def _upright(image: Image) -> Image:
    from PIL import ImageOps

    return ImageOps.exif_transpose(image) if _orientation(image) > 1 else image.copy()


def _packed(image: Image, wish: Wish, photo: bool) -> Pixels:
    alpha = None
    if image.has_transparency_data:
        layers = image if image.mode in ("LA", "RGBA") else image.convert("RGBA")
        alpha = layers.getchannel("A")
        image = _in_srgb(_opaque(layers, image.info.get("icc_profile")))
        alpha = None if alpha.getextrema() == (255, 255) else alpha
    else:
        image = _in_srgb(image)
    if wish.grey and image.mode != "L":
        image = image.convert("L")
    if wish.width is not None and wish.width < image.width:
        size = wish.width, max(1, round(image.height * wish.width / image.width))
        image, alpha = _smaller(image, alpha, size)
    data = _jpeg(image) if photo else png_rows(image)
    return Pixels(*image.size, image.mode == "L", photo, data, None if alpha is None else png_rows(alpha))


def _smaller(image: Image, alpha: Image | None, size: tuple[int, int]) -> tuple[Image, Image | None]:
    from PIL import Image

    if alpha is None:
        return image.resize(size, Image.Resampling.LANCZOS), None
    # What cannot be seen must not bleed into what can: colours are weighed with how opaque they are.
    layers = image.convert("RGBA")
    layers.putalpha(alpha)
    layers = layers.convert("RGBa").resize(size, Image.Resampling.LANCZOS).convert("RGBA")
    return layers.convert("RGB").convert(image.mode), layers.getchannel("A")


def _opaque(layers: Image, profile: bytes | None) -> Image:
    """The colours of `layers` without how opaque they are."""
    bare = layers.convert("L" if layers.mode == "LA" else "RGB")
    if profile:
        bare.info["icc_profile"] = profile
    return bare


def _in_srgb(image: Image) -> Image:
    """`image`, which is opaque, in 8 bits of grey or sRGB."""
    profile = image.info.get("icc_profile")
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    elif image.mode in ("1", "P", "PA", "RGBX"):
        image = image.convert("L" if image.mode == "1" else "RGB")
    if profile and image.mode in ("L", "RGB", "CMYK"):
        found = _through(image, profile)
        if found is not None:
            return found
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _through(image: Image, profile: bytes) -> Image | None:
    """`image` from the colours of `profile` to sRGB, or to grey; None when the profile says nothing about it."""
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        transform = ImageCms.buildTransform(own, ImageCms.createProfile("sRGB"), image.mode, "RGB")
        found = ImageCms.applyTransform(image, transform)
    except (ImageCms.PyCMSError, *_DAMAGE):
        return None
    if found is None:
        return None
    return found.convert("L") if image.mode == "L" else found


def _is_srgb(image: Image) -> bool:
    """Whether the colours of `image` are those of sRGB: it has no profile, or one that changes next to nothing."""
    from PIL import Image, ImageChops

    profile = image.info.get("icc_profile")
    if not profile:
        return True
    levels = range(0, 256, 51)
    if image.mode == "L":
        probe = Image.frombytes("L", (len(levels), 1), bytes(levels))
    else:
        colors = bytes(level for red in levels for green in levels for blue in levels for level in (red, green, blue))
        probe = Image.frombytes("RGB", (len(colors) // 3, 1), colors)
    found = _through(probe, profile)
    if found is None:
        return True
    return max(ImageChops.difference(probe, found).tobytes()) <= _SAME


# ------------------------------------------------------------------------------------------------ packing


def png_rows(image: Image) -> bytes:
    """The compressed rows of `image` as PNG packs them (ISO/IEC 15948, 9), which is what predictor 15 undoes."""
    file = BytesIO()
    image.save(file, "PNG", compress_level=9, icc_profile=None)
    data, at, rows = file.getvalue(), 8, b""
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            rows += data[at + 8 : at + 8 + length]
        at += length + 12
    return rows


def _jpeg(image: Image) -> bytes:
    file = BytesIO()
    image.save(file, "JPEG", quality=_QUALITY, optimize=True, icc_profile=None, exif=b"")
    return file.getvalue()


# Markers without a length: restarts, start and end of image, and one for private use.
_BARE: Final = frozenset((0x01, *range(0xD0, 0xDA)))
_END: Final = 0xD9
_SCAN: Final = 0xDA
# What decoding needs of the application segments: JFIF, and Adobe's word on how colours are coded.
_APPLICATIONS: Final = range(0xE1, 0xF0)
_ADOBE: Final = 0xEE
_COMMENT: Final = 0xFE


def plain_jpeg(data: bytes) -> bytes:
    """The first picture of a JPEG file (ITU-T T.81, B.1) without notes, previews, profiles and what follows it."""
    out, at = [data[:2]], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF:  # a filler
            at += 1
            continue
        end = at + 2 if marker in _BARE else at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker == _SCAN:
            end = _scan_end(data, end)
        if not (marker in _APPLICATIONS and marker != _ADOBE) and marker != _COMMENT:
            out.append(data[at:end])
        at = end
        if marker == _END:
            break
    else:
        if data[at : at + 2] == b"\xff\xd9":
            out.append(b"\xff\xd9")
    return b"".join(out)


def _scan_end(data: bytes, at: int) -> int:
    """Where the coded data that begins at `at` ends: at the next marker that is no restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
