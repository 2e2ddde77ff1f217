"""The fonts of one file: one subset of a face for all its parts, and what its glyphs stand for.

Two documents painted apart may have settled differently what an unencoded glyph stands for. Then the
face is in the file twice as a font, with two ToUnicode maps over one font program.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefpack.pdf.file import File
from briefpack.pdf.fonts import FontStreams, add_fonts, add_streams
from briefpack.pdf.inks import Inks
from briefpack.pdf.paint import PaintedPage, Texts
from briefpack.pdf.syntax import reference
from briefpack.text.faces import Face


class Embedding:
    """Embeds the fonts of `parts`, the painted pages of each document of the file, in `file`.

    Streams are written at once, dictionaries by `write`. Raises UnusableFont.
    """

    def __init__(self, file: File, parts: Sequence[Sequence[PaintedPage]], inks: Inks) -> None:
        self._file = file
        self._inks = inks
        self._readings: dict[Face, tuple[int, ...]] = {}
        self._fonts: dict[Face, tuple[int, ...]] = {}
        texts = [pages[0].texts if pages else {} for pages in parts]
        self._streams = {face: self._embed(face, glyphs, texts) for face, glyphs in _glyphs(parts).items()}

    def write(self) -> None:
        self._fonts = {face: add_fonts(self._file, streams) for face, streams in self._streams.items()}

    def resources(self, part: int, page: PaintedPage) -> bytes:
        """The font resource dictionary of `page`, which belongs to part `part`."""
        fonts = sorted((self._inks.source(face).label, self._font(face, part)) for face in page.glyphs)
        return b"<<%b>>" % b"".join(b"/%b %b" % (label, reference(font)) for label, font in fonts)

    def _font(self, face: Face, part: int) -> int:
        return self._fonts[face][self._readings[face][part]]

    def _embed(self, face: Face, glyphs: frozenset[int], texts: Sequence[Texts]) -> FontStreams:
        readings, self._readings[face] = _readings([own.get(face, {}) for own in texts])
        maps = [self._inks.text_map(face, glyphs, reading) for reading in readings]
        return add_streams(self._file, self._inks.subset(face, glyphs), maps)


def _glyphs(parts: Sequence[Sequence[PaintedPage]]) -> Mapping[Face, frozenset[int]]:
    used: dict[Face, frozenset[int]] = {}
    for pages in parts:
        for page in pages:
            for face, glyphs in page.glyphs.items():
                used[face] = used.get(face, glyphs) | glyphs
    return used


def _readings(texts: Sequence[Mapping[int, str]]) -> tuple[list[dict[int, str]], tuple[int, ...]]:
    """As few readings of a face's glyphs as do for all parts, and which of them each part goes by."""
    readings: list[dict[int, str]] = []
    chosen: list[int] = []
    for own in texts:
        agrees = (all(reading.get(glyph, text) == text for glyph, text in own.items()) for reading in readings)
        fit = next((at for at, fits in enumerate(agrees) if fits), len(readings))
        if fit == len(readings):
            readings.append({})
        readings[fit].update(own)
        chosen.append(fit)
    return readings, tuple(chosen)
