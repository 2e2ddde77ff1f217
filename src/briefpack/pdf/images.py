"""Raster pictures as image XObjects (ISO 32000-1, 8.9.5): 8 bits a component, sRGB or grey, opaque.

JPEG data goes in as it is; everything else is decoded, laid on white and packed again without loss.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from PIL.Image import Image

Matrix = tuple[int, int, int, int, int, int]

_UPRIGHT: Final[Matrix] = (1, 0, 0, 1, 0, 0)

# What turns the unit square upright for each EXIF orientation (CIPA DC-008, 4.6.4, tag 274).
_ORIENTATIONS: Final[dict[int, Matrix]] = {
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}
_ORIENTATION_TAG: Final = 274


class UnusableImage(ValueError):
    """A picture cannot be embedded; the message names the file and what to do."""


@dataclass(frozen=True, slots=True)
class ImageInk:
    """A picture ready to be written. `matrix` turns it upright within its place."""

    name: bytes
    entries: bytes
    data: bytes
    matrix: Matrix = _UPRIGHT


def image_ink(data: bytes, path: str) -> ImageInk:
    """The picture `data`, which the project has at `path`. Raises UnusableImage."""
    from PIL import Image, UnidentifiedImageError  # imported late: most files have no pictures

    label = b"I" + hashlib.sha256(data).hexdigest()[:12].encode("ascii")
    try:
        with Image.open(BytesIO(data)) as image:
            if image.format == "JPEG":
                return _photograph(label, image, data, path)
            return _picture(label, image, path)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError) as error:
        raise UnusableImage(f"`{path}` is not a picture that can be read: save it again as PNG or JPEG") from error


def _photograph(label: bytes, image: Image, data: bytes, path: str) -> ImageInk:
    if image.mode not in ("L", "RGB"):
        raise UnusableImage(f"`{path}` is a {image.mode} JPEG: save it in RGB (sRGB) colour")
    image.load()  # a truncated file shows itself here
    matrix = _ORIENTATIONS.get(image.getexif().get(_ORIENTATION_TAG, 1), _UPRIGHT)
    return ImageInk(label, _entries(image) + b"/Filter/DCTDecode", data, matrix)


def _picture(label: bytes, image: Image, path: str) -> ImageInk:
    if image.mode == "CMYK":
        raise UnusableImage(f"`{path}` is a CMYK picture: save it in RGB (sRGB) colour")
    opaque = _opaque(image)
    components = len(opaque.getbands())
    filters = b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/Columns %d>>" % (components, opaque.width)
    return ImageInk(label, _entries(opaque) + filters, _png_rows(opaque))


def _opaque(image: Image) -> Image:
    """`image` in 8-bit grey or RGB, on white."""
    from PIL import Image

    if image.has_transparency_data:
        layers = image.convert("RGBA")
        white = Image.new("RGBA", layers.size, "white")
        return Image.alpha_composite(white, layers).convert("RGB")
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    return image.convert("L" if image.mode in ("1", "L") else "RGB")


def _png_rows(image: Image) -> bytes:
    """The compressed rows of `image` as PNG packs them, which is what predictor 15 undoes."""
    file = BytesIO()
    image.save(file, "PNG", compress_level=9)
    data, at, rows = file.getvalue(), 8, b""
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] == b"IDAT":
            rows += data[at + 8 : at + 8 + length]
        at += length + 12
    return rows


def _entries(image: Image) -> bytes:
    space = b"/DeviceGray" if image.mode == "L" else b"/DeviceRGB"
    size = (image.width, image.height)
    return b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace" % size + space
