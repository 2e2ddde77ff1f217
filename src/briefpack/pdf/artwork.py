"""Artwork as form XObjects (ISO 32000-1, 8.10): in a file once, however often and at whatever size it is set.

A form's space is the unit square, as an image's is, and its box clips it. Layers that are see-through
together are transparency groups (11.4.7) in sRGB, forms of their own. Gradients are axial and radial
shadings (8.7.4.5) painted through their shape; PDF/A-2 (ISO 19005-2, 6.2.10) allows both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import field
from itertools import pairwise
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.graphics.artwork import UNMOVED, Artwork, Clip, Gradient, Layer, Mark, Matrix, Shape, Stroke
from briefpack.graphics.primitives import Segment
from briefpack.pdf.file import deflate
from briefpack.pdf.images import ImageInk

_GROUP: Final = b"/Group<</S/Transparency/CS/DeviceRGB/I true>>"


def artwork_ink(artwork: Artwork) -> ImageInk:
    """`artwork` ready to be written."""
    matrix = b"/Matrix[%b 0 0 %b 0 1]" % (_exact(1 / artwork.width), _exact(-1 / artwork.height))
    return _form(artwork.marks, b"0 0 %b %b" % (_real(artwork.width), _real(artwork.height)), matrix, b"")


def _form(marks: Iterable[Mark], corners: bytes, matrix: bytes, group: bytes) -> ImageInk:
    writer = _Writer(corners)
    for mark in marks:
        writer.mark(mark)
    content = b"".join(writer.out)
    entries = b"/Type/XObject/Subtype/Form/BBox[%b]%b%b/Filter/FlateDecode" % (corners, matrix, group)
    resources = writer.resources()
    label = b"D" + hashlib.sha256(
        b"\n".join((entries, resources, content, *(part.name for part in writer.parts)))
    ).hexdigest()[:12].encode("ascii")
    return ImageInk(label, entries, deflate(content), parts=tuple(writer.parts), bound=resources)


@dataclass(slots=True)
class _Writer:
    """Writes the content of one form whose box is `corners`."""

    corners: bytes
    out: list[bytes] = field(default_factory=list)
    parts: list[ImageInk] = field(default_factory=list)
    shadings: dict[bytes, bytes] = field(default_factory=dict)
    states: dict[tuple[float, float], bytes] = field(default_factory=dict)

    def resources(self) -> bytes:
        """The resource dictionary, with a `%d` for the object number of each part."""
        found = b""
        if self.states:
            states = b"".join(
                b"/%b<</ca %b/CA %b>>" % (name, _exact(fill), _exact(stroke))
                for (fill, stroke), name in self.states.items()
            )
            found += b"/ExtGState<<%b>>" % states
        if self.shadings:
            found += b"/Shading<<%b>>" % b"".join(b"/%b%b" % (name, body) for body, name in self.shadings.items())
        if self.parts:
            found += b"/XObject<<%b>>" % b"".join(b"/X%d %%d 0 R" % at for at in range(len(self.parts)))
        return b"/Resources<<%b>>" % found

    def mark(self, mark: Mark) -> None:
        if isinstance(mark, Layer):
            self._layer(mark)
        else:
            self._shape(mark)

    def _layer(self, layer: Layer) -> None:
        self.out.append(b"q\n")
        for clip in layer.clips:
            self._clip(clip)
        if layer.opacity < 1:
            self._state(layer.opacity, layer.opacity)
            self.out.append(b"/X%d Do\n" % len(self.parts))
            self.parts.append(_form(layer.marks, self.corners, b"", _GROUP))
        else:
            for mark in layer.marks:
                self.mark(mark)
        self.out.append(b"Q\n")

    def _clip(self, clip: Clip) -> None:
        # An empty clip hides everything.
        outline = _outline(clip.segments) or b"0 0 0 0 re\n"
        self.out.append(outline + (b"W* n\n" if clip.even_odd else b"W n\n"))

    def _state(self, fill: float, stroke: float) -> None:
        name = self.states.setdefault((fill, stroke), b"S%d" % len(self.states))
        self.out.append(b"/%b gs\n" % name)

    def _shape(self, shape: Shape) -> None:
        stroke = shape.stroke
        self.out.append(b"q\n")
        if shape.matrix != UNMOVED:
            self.out.append(_matrix(shape.matrix))
        through = stroke.opacity if stroke is not None else 1.0
        if shape.opacity < 1 or through < 1:
            self._state(shape.opacity, through)
        outline = _outline(shape.segments)
        if stroke is not None:
            self._pen(stroke)
        if isinstance(shape.fill, Gradient):
            self._gradient(shape.fill, outline, shape.even_odd)
        elif shape.fill is not None:
            self.out.append(_color(shape.fill) + b" rg\n")
        self.out.append(self._painted(shape, outline))
        self.out.append(b"Q\n")

    def _painted(self, shape: Shape, outline: bytes) -> bytes:
        """The outline and what paints it; a see-through line lies on its area, and is painted after it."""
        star = b"*" if shape.even_odd else b""
        flat = isinstance(shape.fill, str)
        if shape.stroke is None:
            return outline + b"f" + star + b"\n" if flat else b""
        if not flat:
            return outline + b"S\n"
        if shape.opacity < 1 or shape.stroke.opacity < 1:
            return outline + b"f" + star + b"\n" + outline + b"S\n"
        return outline + b"B" + star + b"\n"

    def _pen(self, stroke: Stroke) -> None:
        operators = [_color(stroke.color) + b" RG\n", _real(stroke.width) + b" w\n"]
        if stroke.cap:
            operators.append(b"%d J\n" % stroke.cap)
        if stroke.join:
            operators.append(b"%d j\n" % stroke.join)
        elif stroke.miter != 10:
            operators.append(_real(stroke.miter) + b" M\n")
        if stroke.dash:
            operators.append(b"[%b] %b d\n" % (b" ".join(map(_real, stroke.dash)), _real(stroke.phase)))
        self.out += operators

    def _gradient(self, gradient: Gradient, outline: bytes, even_odd: bool) -> None:
        body = _shading(gradient)
        name = self.shadings.setdefault(body, b"G%d" % len(self.shadings))
        clip = b"W* n\n" if even_odd else b"W n\n"
        self.out.append(b"q\n" + outline + clip + _matrix(gradient.matrix) + b"/%b sh\nQ\n" % name)


def _shading(gradient: Gradient) -> bytes:
    """A shading dictionary, going on past both ends (8.7.4.5.3 and 8.7.4.5.4)."""
    kind = 2 if len(gradient.ends) == 4 else 3
    ends = b" ".join(map(_exact, gradient.ends))
    return b"<</ShadingType %d/ColorSpace/DeviceRGB/Coords[%b]/Extend[true true]/Function%b>>" % (
        kind, ends, _function(gradient.stops),
    )  # fmt: skip


def _function(stops: tuple[tuple[float, str], ...]) -> bytes:
    """Interpolation from stop to stop (7.10.3), stitched together (7.10.4)."""
    pieces = [
        b"<</FunctionType 2/Domain[0 1]/N 1/C0[%b]/C1[%b]>>" % (_color(one), _color(other))
        for (_, one), (_, other) in pairwise(stops)
    ]
    if len(pieces) == 1:
        return pieces[0]
    bounds = b" ".join(_exact(at) for at, _ in stops[1:-1])
    return b"<</FunctionType 3/Domain[0 1]/Functions[%b]/Bounds[%b]/Encode[%b]>>" % (
        b"".join(pieces), bounds, b" ".join([b"0 1"] * len(pieces)),
    )  # fmt: skip


def _color(color: str) -> bytes:
    return b" ".join(b"%.3g" % (int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))


def _outline(segments: tuple[Segment, ...]) -> bytes:
    return b"".join(
        b"%b %b\n" % (b" ".join(map(_real, numbers)), operator.encode("ascii")) if numbers else b"h\n"
        for operator, numbers in segments
    )


def _matrix(matrix: Matrix) -> bytes:
    return b" ".join(map(_exact, matrix)) + b" cm\n"


def _real(value: float) -> bytes:
    """To a hundredth of a thousandth of the longer side; small numbers of a space of their own to six digits."""
    return b"%.9g" % (round(value * 100) / 100) if abs(value) >= 10 else _exact(value)


def _exact(value: float) -> bytes:
    """Six digits, never with an exponent, which PDF does not have."""
    text = f"{value:.6g}"
    if "e" in text:
        text = f"{value:.12f}".rstrip("0").rstrip(".")
    return b"0" if text in ("-0", "") else text.encode("ascii")
