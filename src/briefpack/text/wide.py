"""White of Chinese and Japanese: full-width punctuation, and what stands between their characters and others.

Full-width punctuation of Chinese and Japanese: half of its em is white, which goes where two marks meet.

After "Requirements for Japanese Text Layout" (W3C, 3.1.4) and CSS Text 4, `text-spacing-trim`. A mark gives way only
if its glyph leaves that half free: those that stand in the middle of their em, as in Taiwan, keep it.

Between a character and a letter or a digit of another script is an eighth of an em, as in CSS Text 4, `text-autospace`;
"Requirements for Chinese Text Layout" and those for Japanese allow a quarter. No line begins or ends with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from briefpack.namedtuple import NamedTuple

if TYPE_CHECKING:
    from briefpack.text.faces import Face

BETWEEN: Final = 125.0
"""Between scripts, in thousandths of the type size."""

_OPENING: Final = frozenset("「『（［｛〔〈《【〖〘〝｟“‘")
_CLOSING: Final = frozenset("」』）］｝〕〉》】〗〙〟｠”’、。，．")
_MIDDLE: Final = frozenset("・：；\u3000")
_MARKS: Final = _OPENING | _CLOSING | _MIDDLE

# Of an em: how wide a mark is at least, and what its ink may stand over the half.
_FULL, _OVER = 0.9, 0.02


class Close(NamedTuple):
    """The character `at` loses the white half of its em: the left one, or the right one."""

    at: int
    left: bool


def closes(char: str) -> bool:
    """Whether `char` is a mark with its white on the right."""
    return char in _CLOSING


def stand_apart(one: str, other: str) -> bool:
    """Whether there is white between two neighbours, one of which is a character of Chinese or Japanese."""
    return (_is_character(one) and _is_other(other)) or (_is_other(one) and _is_character(other))


def _is_character(char: str) -> bool:
    return char >= "\u3005" and char not in _MARKS and (char.isalpha() or char == "\u3007") and not _is_full_width(char)


def _is_other(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"


def _is_full_width(char: str) -> bool:
    return "\uff00" <= char <= "\uff60"


def set_close(text: str, ends_line: bool) -> Iterator[Close]:
    """The marks of `text` that lose half of their em beside others, or where a line ends after them."""
    for at, char in enumerate(text):
        if char in _CLOSING:
            if ends_line if at + 1 == len(text) else text[at + 1] in _MARKS:
                yield Close(at, left=False)
        elif char in _OPENING and at and text[at - 1] in _OPENING | _MIDDLE:
            yield Close(at, left=True)


def has_white_half(face: Face, glyph: int, left: bool) -> bool:
    """Whether `glyph` is an em wide and its ink keeps to the other half."""
    extents = face.hb_font.get_glyph_extents(glyph)
    if extents is None or face.advance(glyph) < 1000 * _FULL:
        return False
    half = face.upem / 2
    if left:
        return bool(extents.x_bearing >= half - _OVER * face.upem)
    return bool(extents.x_bearing + extents.width <= half + _OVER * face.upem)
