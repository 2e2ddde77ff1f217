"""Words as codes in a content stream, with what their glyphs stand for.

A glyph stands for one text in a font of a file, by its ToUnicode map. Which one follows from the face
for glyphs that the face encodes; for ligatures and alternates the first use in a document claims it.
Glyphs that were shaped from another text than they stand for make a chunk of their own, which is shown
with that text as its ActualText (ISO 32000-1, 14.9.4).

Words that are read from right to left follow one another in the order they are read in, each to the left of
the one before it. The glyphs within a word are shown from left to right, as is marked round them (14.8.2.3.3,
ReversedChars) and as readers of files take for granted; so a ligature stands for its letters in that order too.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from types import MappingProxyType
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.namedtuple import NamedTuple
from briefpack.pdf.fonts import FontSource
from briefpack.pdf.syntax import number
from briefpack.text.faces import Face
from briefpack.text.shaped import Shaped

_ESCAPES: Final = MappingProxyType({ord("("): rb"\(", ord(")"): rb"\)", ord("\\"): rb"\\", ord("\r"): rb"\r"})

_NO_BREAK_SPACES: Final = frozenset("\u00a0\u202f")

# Ligatures typed as characters are read as their letters, as ligatures of the font are.
_LATIN_LIGATURES: Final = MappingProxyType(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
)

# Stands for a glyph that is only ever drawn under an ActualText and has no character of its own.
_NOTHING: Final = "\u200b"


class Claim(NamedTuple):
    """A glyph stands for `text`. A claim that does not bind gives way: the glyph is under an ActualText."""

    face: Face
    glyph: int
    text: str
    binding: bool = True


class Chunk(NamedTuple):
    """The inside of a TJ array. `actual` is what it is to be read as when its codes say otherwise."""

    actual: str | None
    code: bytes


class TextState(NamedTuple):
    """Size and rise in points, for glyphs that are lifted above the pen."""

    size: float
    rise: float


@dataclass(frozen=True, slots=True)
class Coded:
    """A word in codes. `lifted` says that they hold only for the size and rise they were made for."""

    chunks: tuple[Chunk, ...]
    claims: tuple[Claim, ...]
    lifted: bool


def coded(word: Shaped, source: FontSource, lost: frozenset[Claim], state: TextState) -> Coded:
    """`word` in the codes of its face, in a document that has settled otherwise what the claims `lost` say."""
    assert 0 not in word.glyphs, f"`{word.text}` has a character that {word.face} cannot draw"
    if not word.glyphs:
        return Coded((Chunk(None, b" %d" % -round(word.width) if word.width else b""),), (), lifted=False)
    simple = _simple(word, source, lost)
    if simple is not None:
        return simple
    chunks: list[Chunk] = []
    widths: list[float] = []
    claims: list[Claim] = []
    for start, end in _clusters(word.unicodes):
        actual = _read_as(word, start, end, source, lost, claims)
        code = b"".join(piece for at in range(start, end) for piece in _glyph(word, at, state))
        width = sum(word.advances[start:end])
        # What is lifted ends a show string; from right to left that must be where one of ours ends, too.
        apart = word.rtl and word.offsets is not None and any(y for _, y in word.offsets[max(0, start - 1) : end])
        if chunks and chunks[-1].actual is None and actual is None and not apart:
            chunks[-1] = Chunk(None, seamless((chunks[-1].code, code)))
            widths[-1] += width
        else:
            chunks.append(Chunk(actual, code))
            widths.append(width)
    if word.rtl:
        chunks = [_from_the_right(*part) for part in zip(reversed(chunks), reversed(widths), strict=True)]
    lifted = word.offsets is not None and any(y for _, y in word.offsets)
    return Coded(tuple(chunks), tuple(claims), lifted)


def _from_the_right(chunk: Chunk, width: float) -> Chunk:
    """`chunk` for a pen that comes from the right: it steps over the glyphs, draws them, goes back to their left."""
    step = b" %d" % round(width)
    return Chunk(chunk.actual, step + chunk.code + step)


def _simple(word: Shaped, source: FontSource, lost: frozenset[Claim]) -> Coded | None:
    """A word whose glyphs, on the line and from left to right, all stand or may stand for their texts; else None."""
    if word.rtl or word.offsets is not None:
        return None
    plain = tuple(map(source.plain_texts.__getitem__, word.glyphs))
    claims: list[Claim] = []
    if plain != word.unicodes or "" in plain:
        for glyph, own, text in zip(word.glyphs, plain, word.unicodes, strict=True):
            read = text if own == text else _canonical(text)
            if own != read or not read:
                claim = Claim(word.face, glyph, read)
                if own or not read or claim in lost:
                    return None
                claims.append(claim)
    codes = map(_literal, word.glyphs)
    if word.widths != word.advances:
        moves = [round(width - advance) for width, advance in zip(word.widths, word.advances, strict=True)]
        codes = map(_moved, codes, moves)
    return Coded((Chunk(None, seamless(codes)),), tuple(claims), lifted=False)


def _moved(code: bytes, move: int) -> bytes:
    return code + b"%d" % move if move else code


def seamless(codes: Iterable[bytes]) -> bytes:
    """`codes` one after the other; strings side by side become one: an unescaped `)(` is only ever their seam."""
    return b"".join(codes).replace(b")(", b"")


def _read_as(
    word: Shaped, start: int, end: int, source: FontSource, lost: frozenset[Claim], claims: list[Claim]
) -> str | None:
    """The ActualText that the cluster from `start` to `end` needs, None if it says itself what it is."""
    text = _canonical(word.unicodes[start])
    if end == start + 1:
        plain = source.plain(word.glyphs[start])
        claim = Claim(word.face, word.glyphs[start], text[::-1] if word.rtl else text)
        if plain == text and text:
            return None
        if text and not plain and claim not in lost:
            claims.append(claim)
            return None
    bare = (glyph for glyph in word.glyphs[start:end] if not source.plain(glyph))
    claims += [Claim(word.face, glyph, _NOTHING, binding=False) for glyph in bare]
    return text


def _canonical(text: str) -> str:
    if text in _NO_BREAK_SPACES:
        return " "
    if len(text) == 1:
        return _LATIN_LIGATURES.get(text, text)
    return unicodedata.normalize("NFC", text)


def _glyph(word: Shaped, at: int, state: TextState) -> Iterator[bytes]:
    x, y = word.offsets[at] if word.offsets else (0.0, 0.0)
    code = _literal(word.glyphs[at])
    if y:
        lifted, back = number(state.rise + y * state.size / 1000), number(state.rise)
        code = b"]TJ %b Ts[%b]TJ %b Ts[" % (lifted, code, back)
    before = round(-x)
    after = round(word.widths[at] - word.advances[at]) - before
    yield b" %d" % before if before else b""
    yield code
    yield b"%d" % after if after else b""


def _clusters(unicodes: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where each cluster starts and ends: a glyph that stands for something, and those that go with it."""
    start = 0
    for at in range(1, len(unicodes)):
        if unicodes[at]:
            yield start, at
            start = at
    if unicodes:
        yield start, len(unicodes)


@cache
def _literal(glyph: int) -> bytes:
    """A string of one two-byte code (7.3.4.2): half as long as its hexadecimal form, and quicker to deflate."""
    escaped = (_ESCAPES.get(byte) or b"%c" % byte for byte in glyph.to_bytes(2, "big"))
    return b"(%b)" % b"".join(escaped)
