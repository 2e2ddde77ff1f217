"""Raster pictures as image XObjects (ISO 32000-1, 8.9.5): 8 bits a component, sRGB or grey.

What is not opaque has a soft mask (11.6.5.3), which PDF/A-2 allows.
"""

from __future__ import annotations

import hashlib
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.graphics.rasters import Pixels, Raster, Wish, pixels

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


@dataclass(frozen=True, slots=True)
class ImageInk:
    """A picture ready to be written. `matrix` turns it upright within its place.

    `parts` are written before it; `bound` are the entries that refer to them, with a `%d` for each.
    """

    name: bytes
    entries: bytes
    data: bytes
    matrix: Matrix = _UPRIGHT
    parts: tuple[ImageInk, ...] = ()
    bound: bytes = b""


def image_ink(raster: Raster, wish: Wish) -> ImageInk:
    """The picture `raster`, as it is wanted. Raises UnusablePicture."""
    found = pixels(raster, wish)
    parts: tuple[ImageInk, ...] = ()
    if found.alpha is not None:
        parts = (ImageInk(_label(found.alpha), _entries(found, grey=True) + _predicted(found, 1), found.alpha),)
    entries = _entries(found, grey=found.grey)
    entries += b"/Filter/DCTDecode" if found.photo else _predicted(found, 1 if found.grey else 3)
    matrix = _ORIENTATIONS.get(found.orientation, _UPRIGHT)
    label = _label(found.data + (found.alpha or b""))
    return ImageInk(label, entries, found.data, matrix, parts, b"/SMask %d 0 R" if parts else b"")


def _label(data: bytes) -> bytes:
    return b"I" + hashlib.sha256(data).hexdigest()[:12].encode("ascii")


def _entries(found: Pixels, *, grey: bool) -> bytes:
    space = b"/DeviceGray" if grey else b"/DeviceRGB"
    size = (found.width, found.height)
    return b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace" % size + space


def _predicted(found: Pixels, components: int) -> bytes:
    return b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Colors %d/Columns %d>>" % (components, found.width)
