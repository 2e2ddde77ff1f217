"""The text of a drawing: chunks, anchors and positions (SVG 1.1, 10), as outlines.

One `text` is one line of type in any number of `tspan`. Positions letter by letter, turned letters and text
set to a length are refused: only outlines say them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.expressions import expression
from briefpack.graphics.artwork import Matrix
from briefpack.graphics.letters import Letters, Outlined
from briefpack.graphics.svg.elements import Node
from briefpack.graphics.svg.paths import BadNumber
from briefpack.graphics.svg.styles import Refused, Rule, Style, View, declared, inherited, length

_BLANKS: Final = expression(r"[ \t\r\n]+")
_OUTLINES: Final = "turn the text into outlines"
_ANCHORS: Final = {"middle": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True)
class Lettered:
    """A piece of text in one style, and the matrix from its outlines to the user space of the `text`."""

    outlined: Outlined
    style: Style
    matrix: Matrix


@dataclass(slots=True)
class _Piece:
    text: str
    style: Style
    x: float | None
    y: float | None
    dx: float
    dy: float


@dataclass(slots=True)
class _Spelling:
    """Collects the pieces of one `text`. A blank that follows a blank is none, in another piece too."""

    view: View
    sheet: tuple[Rule, ...]
    pieces: list[_Piece] = field(default_factory=list)
    blank: bool = True

    def spell(self, node: Node, style: Style, keep: bool) -> None:
        keep = node.attributes.get("space", "preserve" if keep else "default") == "preserve"
        for name in ("rotate", "textLength"):
            if name in node.attributes:
                raise Refused(f"text with `{name}` is not supported", _OUTLINES)
        move = [self._at(node, name, style) for name in ("x", "y", "dx", "dy")]
        for child in node.children:
            if isinstance(child, str):
                self._put(child, style, move, keep)
            elif child.name in ("tspan", "a"):
                self._inside(child, style, move, keep)
            elif child.name not in ("", "title", "desc"):
                raise Refused(f"`<{child.name}>` in text is not supported", _OUTLINES)

    def _inside(self, node: Node, style: Style, move: list[float | None], keep: bool) -> None:
        own = declared(node, self.sheet)
        if own.get("display", "").lower() == "none":
            return
        if own.get("opacity", "1") not in ("1", "1.0"):
            raise Refused("`opacity` of a part of a text is not supported", "write `fill-opacity`")
        before = len(self.pieces)
        self.spell(node, inherited(style, own, self.view), keep)
        if len(self.pieces) > before:
            # Where the outer element begins with an inner one, that one stands where the outer one says.
            first = self.pieces[before]
            first.x, first.y = (
                at if at is not None else out for at, out in zip((first.x, first.y), move[:2], strict=True)
            )
            first.dx += move[2] or 0.0
            first.dy += move[3] or 0.0
            move[:] = [None, None, None, None]

    def _at(self, node: Node, name: str, style: Style) -> float | None:
        values = re.split(r"[\s,]+", node.attributes.get(name, "").strip())
        if values == [""]:
            return None
        if len(values) > 1 and len(_BLANKS.sub("", "".join(_words(node)))) > 1:
            raise Refused("text with a place for each letter is not supported", _OUTLINES)
        return length(values[0], self.view, name[-1], style.size)

    def _put(self, text: str, style: Style, move: list[float | None], keep: bool) -> None:
        text = _BLANKS.sub(" ", text.replace("\n", "")) if not keep else re.sub(r"[\t\r\n]", " ", text)
        if not keep and self.blank:
            text = text.removeprefix(" ")
        if not text:
            return
        self.blank = text.endswith(" ")
        x, y, dx, dy = move
        self.pieces.append(_Piece(text, style, x, y, dx or 0.0, dy or 0.0))
        move[:] = [None, None, None, None]


def _words(node: Node) -> Iterator[str]:
    for child in node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _words(child)


def lettered(node: Node, style: Style, view: View, sheet: tuple[Rule, ...], letters: Letters) -> Iterator[Lettered]:
    """The text of `node` piece by piece. Raises Refused and BadNumber."""
    spelling = _Spelling(view, sheet)
    spelling.spell(node, style, keep=False)
    pieces = spelling.pieces
    if pieces and pieces[-1].text.endswith(" ") and node.attributes.get("space") != "preserve":
        pieces[-1].text = pieces[-1].text[:-1]
    pen_x, pen_y = 0.0, 0.0
    for chunk in _chunks([piece for piece in pieces if piece.text]):
        set_pieces = [(piece, letters.outlined(piece.text, piece.style.font)) for piece in chunk]
        pen_x = chunk[0].x if chunk[0].x is not None else pen_x
        pen_y = chunk[0].y if chunk[0].y is not None else pen_y
        width = sum(_width(piece, outlined) + piece.dx for piece, outlined in set_pieces)
        pen_x -= width * _ANCHORS.get(chunk[0].style.anchor, 0.0)
        for piece, outlined in set_pieces:
            pen_x, pen_y = pen_x + piece.dx, pen_y + piece.dy
            if piece.style.spacing and len(piece.text) > 1:
                yield from _spaced(piece, pen_x, pen_y, letters)
            elif piece.style.size > 0:
                yield Lettered(outlined, piece.style, _placed(piece, outlined, pen_x, pen_y))
            pen_x += _width(piece, outlined)


def _chunks(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """Pieces that are anchored together: a new place begins anew."""
    chunk: list[_Piece] = []
    for piece in pieces:
        if chunk and (piece.x is not None or piece.y is not None):
            yield chunk
            chunk = []
        chunk.append(piece)
    if chunk:
        yield chunk


def _width(piece: _Piece, outlined: Outlined) -> float:
    return outlined.advance * piece.style.size + piece.style.spacing * len(piece.text)


def _spaced(piece: _Piece, x: float, y: float, letters: Letters) -> Iterator[Lettered]:
    """Letter by letter, as letter spacing asks; kerning goes on, ligatures do not."""
    for index, letter in enumerate(piece.text):
        ahead = letters.outlined(piece.text[: index + 1], piece.style.font)
        alone = letters.outlined(letter, piece.style.font)
        at = x + (ahead.advance - alone.advance) * piece.style.size + index * piece.style.spacing
        yield Lettered(alone, piece.style, _placed(piece, alone, at, y))


def _placed(piece: _Piece, outlined: Outlined, x: float, y: float) -> Matrix:
    size = piece.style.size
    down = {
        "middle": outlined.x_height / 2,
        "central": (outlined.ascent + outlined.descent) / 2,
        "hanging": outlined.ascent * 0.8,
        "top": outlined.ascent,
        "bottom": outlined.descent,
    }.get(piece.style.baseline, 0.0)
    if not abs(x) + abs(y) < 1e9:
        raise BadNumber(f"{x:g}, {y:g}")
    return size, 0, 0, size, x, y + down * size
