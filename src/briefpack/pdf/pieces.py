"""Lines of text as pieces of ink, and the pieces of a frame joined: what is shown of one structure element in a row.

Lengths are hundredths of a point. A piece is written from a text state and leaves another; what stands within it
is worked out once, wherever on a page it comes to stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from briefpack.document import Tag
from briefpack.pdf.glyphs import Claim
from briefpack.pdf.syntax import number
from briefpack.text.shaped import Line


class Style(NamedTuple):
    """The text state of a piece: everything that holds until it is changed."""

    font: bytes
    size: float
    color: str
    tracking: float
    rise: float


class Piece(NamedTuple):
    """Ink of one structure element.

    `x` is where it begins and `end` where the last `Td` in it leaves the origin of the text line: from the start of
    the line while it is a piece of one, else from the left edge of the page. `top` and `base` are then the baselines
    of its first and its last line, from the upper edge.
    """

    tag: Tag | None
    x: int
    body: bytes
    first: Style
    last: Style
    end: int
    top: int = 0
    base: int = 0


class LineInk(NamedTuple):
    """A line as pieces; `line` is held so that its identity stays its own."""

    line: Line
    pieces: tuple[Piece, ...]
    claims: tuple[Claim, ...]


def change(old: Style | None, new: Style, fill: str) -> bytes:
    """The operators that lead from text state `old`, None at the start of a page, to `new`."""
    operators: list[bytes] = []
    if old is None or old.font != new.font or old.size != new.size:
        operators.append(b"/%b %.5g Tf" % (new.font, new.size))
    if fill != new.color:
        operators.append(fill_color(new.color))
    if (old.tracking if old else 0.0) != new.tracking:
        operators.append(b"%.4g Tc" % new.tracking)
    if (old.rise if old else 0.0) != new.rise:
        operators.append(b"%b Ts" % number(new.rise))
    operators.append(b"")
    return b"\n".join(operators)


def joined(piece: Piece, after: Piece) -> Piece:
    """`piece` of a line with more text of the same element after it."""
    turn = b"" if after.first == piece.last else change(piece.last, after.first, piece.last.color)
    move = b"%b%.9g 0 Td" % (turn, (after.end - piece.end) / 100)
    return piece._replace(body=b"".join((piece.body, move, after.body)), last=after.last, end=after.end)


def placed(lines: Iterable[tuple[LineInk, int, int]]) -> tuple[Piece, ...]:
    """The pieces of `lines`, each with where it starts and its baseline, those of one element in a row joined."""
    rows = [(piece, start, baseline) for line, start, baseline in lines for piece in line.pieces]
    return tuple([_run(tuple(run)) for _, run in groupby(rows, key=_tag)])


def _tag(row: tuple[Piece, int, int]) -> Tag | None:
    return row[0].tag


def _run(rows: tuple[tuple[Piece, int, int], ...]) -> Piece:
    """Pieces of one element as one."""
    first, start, top = rows[0]
    last, end, base = first.last, start + first.end, top
    bodies = [first.body]
    for piece, left, baseline in rows[1:]:
        if piece.first != last:
            bodies.append(change(last, piece.first, last.color))
        bodies += (b"%.9g %.9g Td" % ((left + piece.x - end) / 100, (base - baseline) / 100), piece.body)
        last, end, base = piece.last, left + piece.end, baseline
    return Piece(first.tag, start + first.x, b"".join(bodies), first.first, last, end, top, base)


@lru_cache(1024)
def fill_color(color: str) -> bytes:
    """The operator that sets the colour of fills and text to `#rrggbb`."""
    components = _components(color)
    return components + (b" rg" if b" " in components else b" g")


@lru_cache(1024)
def stroke_color(color: str) -> bytes:
    """The operator that sets the colour of lines to `#rrggbb`."""
    components = _components(color)
    return components + (b" RG" if b" " in components else b" G")


def _components(color: str) -> bytes:
    """The operands that a colour is: three components, or one when they are equal."""
    values = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    distinct = values[:1] if len(set(values)) == 1 else values
    return b" ".join(b"%.3g" % (value / 255) for value in distinct)
