"""The content stream of one page while it is written (ISO 32000-1, 7.8.2 and 14.6).

Every mark belongs to a structure element or is an artifact: text is shown only for an owner, and other
ink put down only after `graphics` has said whose it is, which is asserted. Ink of one owner in a row is
one marked-content sequence, so a sequence may span lines, but never begins in a text object and ends
outside it.
"""

from __future__ import annotations

from typing import Final

from briefpack.document import Tag
from briefpack.geometry import Rect
from briefpack.graphics.primitives import Path
from briefpack.pdf.images import ImageInk
from briefpack.pdf.imprints import Imprint, Mark, Owner, Pen, State
from briefpack.pdf.inks import Inks
from briefpack.pdf.states import Style, change, fill_color, stroke_color
from briefpack.pdf.syntax import corners, number, numbers, string

_PAINT: Final = {(True, True): b"B", (True, False): b"f", (False, True): b"S"}
_PAGINATION: Final = frozenset(("Header", "Footer", "Watermark"))
_KINDS: Final = frozenset(("Layout", "Page", "Background", "Pagination"))


class Content:
    """Writes one page of `height` points."""

    def __init__(self, height: float, inks: Inks) -> None:
        self.marks: list[Mark] = []
        self._inks = inks
        self._height = round(height * 100)
        self._out: list[bytes] = []
        self._owner: Owner | None = None
        self._in_text = False
        self._outside = False  # the open sequence began outside a text object
        self._origin = (0, 0)  # of the text line, in hundredths of a point
        self._style: Style | None = None
        self._fill = self._stroke = "#000000"
        self._pen: Pen = (1.0, ())

    def graphics(self, owner: Owner, x: float, y: float, actual: str | None = None) -> None:
        """What follows are paths or pictures of `owner`, read as `actual` if there is one."""
        if owner != self._owner or not self._outside or actual is not None:
            self._close()
        self._end_text()
        if self._owner is None:
            self._open(owner, x, y, actual)

    def show(
        self, owner: Owner, style: Style, place: tuple[int, int], body: bytes, corner: tuple[float, float] | None = None
    ) -> None:
        """Show text of `owner`, by the operators `body`, from `place` on, in hundredths of a point from the top left.

        `corner` is the top-left corner of the block, in points, for the first text in it.
        """
        x, baseline = place
        if owner != self._owner or not self._in_text:
            self._text(owner, *(corner or (x / 100, baseline / 100 - style.size)))
        turn = b""
        if style != self._style or self._fill != style.color:
            turn = change(self._style, style, self._fill)
            self._style, self._fill = style, style.color
        left, bottom = self._origin
        y = self._height - baseline
        self._origin = (x, y)
        self._out.append(b"%b%.9g %.9g Td%b" % (turn, (x - left) / 100, (y - bottom) / 100, body))

    def state(self) -> State:
        """All that what is written next depends on."""
        return (
            self._height,
            len(self.marks),
            self._owner,
            self._in_text,
            self._outside,
            self._origin,
            self._style,
            self._fill,
            self._stroke,
            self._pen,
        )

    def written(self) -> tuple[int, int]:
        """How much there is, of operators and of marks."""
        return len(self._out), len(self.marks)

    def since(self, written: tuple[int, int]) -> Imprint:
        """What has been written since there was so much."""
        operators, marks = written
        return Imprint(b"".join(self._out[operators:]), tuple(self.marks[marks:]), self.state())

    def put(self, imprint: Imprint) -> None:
        """Write again what was written once after the same state."""
        self._out.append(imprint.body)
        self.marks += imprint.marks
        (
            _,
            _,
            self._owner,
            self._in_text,
            self._outside,
            self._origin,
            self._style,
            self._fill,
            self._stroke,
            self._pen,
        ) = imprint.after

    def _text(self, owner: Owner, x: float, y: float) -> None:
        """Be in a text object in a sequence of `owner`."""
        if owner == self._owner and self._outside:
            self._begin_text()
            return
        self._close()
        if not self._in_text:
            self._begin_text()
        self._open(owner, x, y, None)

    def draw(self, path: Path) -> None:
        """Draw `path`, whose coordinates are points from the top-left corner of the page."""
        self._assert_graphics()
        operator = _PAINT.get((path.fill is not None, path.stroke is not None))
        if operator is None:
            return
        if path.fill is not None and path.fill != self._fill:
            self._fill = path.fill
            self._out.append(fill_color(path.fill) + b"\n")
        if path.stroke is not None:
            self._set_pen(path.stroke, path.width, path.dash)
        self._out.append(self._outline(path))
        self._out.append(operator + b"\n")

    def place(self, image: ImageInk, whole: Rect, seen: Rect) -> None:
        """Draw `image` so that it fills `whole`, and only what is in `seen` of it."""
        self._assert_graphics()
        turn = b"" if image.matrix == (1, 0, 0, 1, 0, 0) else b"%d %d %d %d %d %d cm " % image.matrix
        place = (whole.width, 0, 0, whole.height, whole.x, self._height / 100 - whole.bottom)
        matrix = b" ".join(map(number, place))
        clip = b"" if seen == whole else self._outline(Path((("re", _corner(seen)),)))[:-1] + b" W n "
        self._out.append(b"q %b%b cm %b/%b Do Q\n" % (clip, matrix, turn, image.name))

    def end(self) -> None:
        """What follows is a sequence of its own, whosever it is."""
        self._close()

    def done(self) -> bytes:
        """The stream, complete."""
        self._close()
        self._end_text()
        return b"".join(self._out)

    def _open(self, owner: Owner, x: float, y: float, actual: str | None) -> None:
        self._owner = owner
        self._outside = not self._in_text
        if isinstance(owner, Tag):
            replacement = b"" if actual is None else b"/ActualText" + string(actual)
            self._out.append(b"/Span<</MCID %d%b>>BDC\n" % (len(self.marks), replacement))
            self.marks.append(Mark(owner, x, y))
        else:
            self._out.append(b"/Artifact<<%b>>BDC\n" % owner)

    def _close(self) -> None:
        """End the open sequence, and the text object in it."""
        if self._owner is None:
            return
        if self._outside:
            self._end_text()
        self._out.append(b"EMC\n")
        self._owner = None

    def _begin_text(self) -> None:
        self._in_text = True
        self._origin = (0, 0)
        self._out.append(b"BT\n")

    def _end_text(self) -> None:
        if self._in_text:
            self._in_text = False
            self._out.append(b"ET\n")

    def _assert_graphics(self) -> None:
        assert self._owner is not None, "ink outside marked content"
        assert not self._in_text, "ink that is not text in a text object"

    def _set_pen(self, color: str, width: float, dash: tuple[float, ...]) -> None:
        if color != self._stroke:
            self._stroke = color
            self._out.append(stroke_color(color) + b"\n")
        if width != self._pen[0]:
            self._out.append(number(width) + b" w\n")
        if dash != self._pen[1]:
            self._out.append(numbers(dash) + b" 0 d\n")
        self._pen = (width, dash)

    def _outline(self, path: Path) -> bytes:
        return self._inks.shape(path.segments, self._height)


def _corner(rect: Rect) -> tuple[float, float, float, float]:
    return rect.x, rect.y, rect.width, rect.height


def artifact(kind: str, bounds: Rect, height: float) -> bytes:
    """The properties of an artifact of `kind` (14.8.2.2), as its owner.

    `kind` is a type of artifact, or the subtype of a pagination artifact; raises ValueError otherwise.
    """
    if kind == "Background":
        box = corners(bounds.x, height - bounds.bottom, bounds.right, height - bounds.y)
        return b"/Type/Background/BBox%b" % box
    if kind in _KINDS:
        return b"/Type/%b" % kind.encode("ascii")
    if kind in _PAGINATION:
        return b"/Type/Pagination/Subtype/%b" % kind.encode("ascii")
    raise ValueError(f"`{kind}` is no kind of artifact")
