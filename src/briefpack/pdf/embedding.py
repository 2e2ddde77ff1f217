"""The fonts of one file: one subset of a face for all its parts, and what its glyphs stand for.

Two documents painted apart may have settled differently what an unencoded glyph stands for. Then the
face is in the file twice as a font, with two ToUnicode maps over one font program. Faces whose glyphs are
numbered alike, as those of a family, share a map.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

from briefpack.pdf.file import File
from briefpack.pdf.fonts import add_streams
from briefpack.pdf.inks import Inks
from briefpack.pdf.paint import PaintedPage
from briefpack.pdf.settling import Texts
from briefpack.pdf.syntax import reference
from briefpack.text.faces import Face


class Embedding:
    """Embeds the fonts of `parts`, the painted pages of each document of the file, in `file`.

    What is one of `many` has glyphs that others use as well, so that they have programs in common. Streams are written
    at once, dictionaries by `write`. Raises UnusableFont.
    """

    def __init__(self, file: File, parts: Sequence[Sequence[PaintedPage]], inks: Inks, *, many: bool = False) -> None:
        self._file = file
        self._inks = inks
        self._readings: dict[Face, tuple[int, ...]] = {}
        self._fonts: dict[Face, tuple[int, ...]] = {}
        texts = [pages[0].texts if pages else {} for pages in parts]
        glyphs = _glyphs(parts)
        if many:
            glyphs = {face: inks.completed(face, own) for face, own in glyphs.items()}
        maps = self._text_maps(glyphs, texts)
        self._streams = {face: add_streams(file, inks.subset(face, own), maps[face]) for face, own in glyphs.items()}

    def write(self) -> None:
        for face, streams in self._streams.items():
            first = self._file.following
            bodies = self._inks.font_bodies(streams, first)
            self._file.extend(bodies)
            self._fonts[face] = tuple(range(first + 2, first + len(bodies)))

    def resources(self, part: int, page: PaintedPage) -> bytes:
        """The font resource dictionary of `page`, which belongs to part `part`."""
        fonts = sorted((self._inks.source(face).label, self._font(face, part)) for face in page.glyphs)
        return b"<<%b>>" % b"".join(b"/%b %b" % (label, reference(font)) for label, font in fonts)

    def _font(self, face: Face, part: int) -> int:
        return self._fonts[face][self._readings[face][part]]

    def _text_maps(self, glyphs: Mapping[Face, frozenset[int]], texts: Sequence[Texts]) -> dict[Face, tuple[int, ...]]:
        """The streams of the ToUnicode maps of each face, one for each of its readings."""
        known: list[dict[int, str]] = []
        for face, own in glyphs.items():
            readings, self._readings[face] = _readings([part.get(face, {}) for part in texts])
            known += [self._inks.texts(face, own, reading) for reading in readings]
        merged, chosen = _readings(known)
        written = [self._file.stream(b"/Filter/FlateDecode", self._inks.text_map(texts)) for texts in merged]
        streams = iter([written[at] for at in chosen])
        return {face: tuple(islice(streams, 1 + max(own))) for face, own in self._readings.items()}


def _glyphs(parts: Sequence[Sequence[PaintedPage]]) -> Mapping[Face, frozenset[int]]:
    used: dict[Face, frozenset[int]] = {}
    for pages in parts:
        for page in pages:
            for face, glyphs in page.glyphs.items():
                used[face] = used.get(face, glyphs) | glyphs
    return used


def _readings(texts: Sequence[Mapping[int, str]]) -> tuple[list[dict[int, str]], tuple[int, ...]]:
    """As few readings of glyphs as do for all of `texts`, and which of them each goes by."""
    readings: list[dict[int, str]] = []
    chosen: list[int] = []
    for own in texts:
        fit = next((at for at, reading in enumerate(readings) if _fits(own, reading)), None)
        if fit is None:
            fit = len(readings)
            readings.append({})
        readings[fit].update(own)
        chosen.append(fit)
    return readings, tuple(chosen)


def _fits(own: Mapping[int, str], reading: dict[int, str]) -> bool:
    """Whether a reading says nothing else of any glyph."""
    return own.items() <= reading.items() or {**reading, **own} == {**own, **reading}
