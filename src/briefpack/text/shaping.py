"""Shaping: characters of one face to positioned glyphs, by HarfBuzz, once for each word.

A word is shaped at one unit per thousandth of the type size, so that its glyphs serve at every size.
"""

from __future__ import annotations

from typing import Final

import uharfbuzz as hb

from briefpack.text.faces import Face
from briefpack.text.shaped import LATIN, Shaped, Speech
from briefpack.text.wide import has_white_half, set_close

Features = tuple[tuple[str, int], ...]

SOFT_HYPHEN: Final = "\u00ad"

# Characters that few fonts draw and that another drawn form stands for without loss: a narrow no-break
# space is set as a no-break space, the no-break hyphen as a hyphen.
_STAND_INS: Final = str.maketrans({"\u202f": "\u00a0", "\u2011": "-", "\u2010": "-"})

_BY_CHARACTER: Final = hb.BufferClusterLevel.MONOTONE_CHARACTERS
_SHOWING: Final = hb.BufferFlags.DEFAULT | hb.BufferFlags.PRESERVE_DEFAULT_IGNORABLES
_HIDING: Final = hb.BufferFlags.DEFAULT | hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES


_Key = tuple[Face, str, Features, Speech]


class Shaper:
    """Shapes words and remembers those met lately, `limit` of them and as many before.

    One for a process: the results do not depend on the order.
    """

    def __init__(self, limit: int = 600) -> None:
        self._limit = limit
        self._words: dict[_Key, Shaped] = {}
        self._before: dict[_Key, Shaped] = {}

    def shape(self, face: Face, text: str, features: Features = (), speech: Speech = LATIN) -> Shaped:
        """`text` in `face`; the same object for the same arguments as long as it is remembered."""
        key = (face, text, features, speech)
        found = self._words.get(key)
        if found is None:
            found = self._before.pop(key, None) or _shape(face, text, features, speech)
            if len(self._words) >= self._limit:
                self._words, self._before = {}, self._words
            self._words[key] = found
        return found


def missing_characters(face: Face, text: str) -> tuple[str, ...]:
    """The characters of `text` that `face` has no glyph for, each once, in order."""
    known = face.characters
    if known.issuperset(map(ord, text)):
        return ()
    return tuple(dict.fromkeys(char for char in text.translate(_STAND_INS) if ord(char) not in known))


def _drawn(face: Face, text: str) -> str:
    """`text` as `face` can draw it."""
    if text.isascii():
        return text
    drawn = text.translate(_STAND_INS)
    return drawn if ord(SOFT_HYPHEN) in face.characters else drawn.replace(SOFT_HYPHEN, "-")


def _shape(face: Face, text: str, features: Features, speech: Speech) -> Shaped:
    drawn = _drawn(face, text)
    buffer = hb.Buffer()
    buffer.add_str(drawn)
    buffer.guess_segment_properties()
    # Marks stand for themselves, not with their letters for both: so nearly every glyph says what it is.
    buffer.cluster_level = _BY_CHARACTER
    # The language of the process must not decide between forms of a letter.
    buffer.language = speech.language or "und"
    if speech.script:
        buffer.script = speech.script
        buffer.direction = "rtl" if speech.rtl else "ltr"
    # A soft hyphen reaches the shaper only where a line ends on it, and there it must be seen.
    buffer.flags = _SHOWING if SOFT_HYPHEN in drawn else _HIDING
    hb.shape(face.hb_font, buffer, dict(features))
    unit = 1000 / face.upem
    infos, positions = buffer.glyph_infos, buffer.glyph_positions or ()
    glyphs = tuple([info.codepoint for info in infos])
    widths = face.advances_of(glyphs)
    advances = [position.x_advance * unit for position in positions]
    offsets = [(position.x_offset * unit, position.y_offset * unit) for position in positions]
    if speech.script == "Hani":
        _set_close(face, text, speech.ends_line, infos, advances, offsets)
    plain = tuple(widths)
    return Shaped(
        face=face,
        text=text,
        glyphs=glyphs,
        advances=plain if advances == widths else tuple(advances),
        widths=plain,
        offsets=tuple(offsets) if any(map(any, offsets)) else None,
        unicodes=_unicodes(text, [info.cluster for info in infos]),
        width=sum(advances),
        is_space=text == " ",
        speech=speech,
    )


def _set_close(
    face: Face,
    text: str,
    ends_line: bool,
    infos: list[hb.GlyphInfo],
    advances: list[float],
    offsets: list[tuple[float, float]],
) -> None:
    """Take half an em from the full-width marks that meet another."""
    for at, left in set_close(text, ends_line):
        of = [index for index, info in enumerate(infos) if info.cluster == at]
        if len(of) == 1 and has_white_half(face, infos[of[0]].codepoint, left):
            [index] = of
            advances[index] -= 500
            offsets[index] = (offsets[index][0] - 500 * left, offsets[index][1])


def _unicodes(text: str, clusters: list[int]) -> tuple[str, ...]:
    """What each glyph stands for: a cluster's characters go to its first glyph, the others get none."""
    if not clusters:
        return ()  # nothing but what steers the text
    if clusters == list(range(len(text))):
        return tuple(text)
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    seen: set[int] = set()
    result: list[str] = []
    for cluster in clusters:
        result.append("" if cluster in seen else text[cluster : ends[cluster]])
        seen.add(cluster)
    return tuple(result)
