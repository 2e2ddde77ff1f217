"""Subset fonts by HarfBuzz under Identity-H: TrueType outlines as CIDFontType2, those of CFF as CIDFontType0.

Glyph ids are retained, so that a code in a content stream is the glyph id of the whole face and pages
painted apart can share one subset. ISO 32000-1, 9.7 and 9.10.3; PDF/A-2 (ISO 19005-2), 6.2.11.
"""

from __future__ import annotations

import hashlib
import unicodedata
import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Final

import uharfbuzz as hb

from briefpack.dataclass import dataclass
from briefpack.pdf.compact import codes_are_glyphs
from briefpack.pdf.file import LEVEL, File
from briefpack.pdf.syntax import name, number, numbers, reference
from briefpack.text.faces import Face

# Tables that a PDF reader has no use for: it has codes, widths and positions from us.
_UNUSED: Final = tuple(
    int.from_bytes(tag.ljust(4).encode("ascii"), "big")
    for tag in (
        *("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "MATH", "OS/2", "PCLT", "STAT", "VDMX"),
        *("cmap", "gasp", "hdmx", "kern", "ltag", "meta", "morx", "name", "post"),
    )
)

# Subsets cut from the face as it is, before a bare one is worth making.
_FEW: Final = 16

# Fonts for Chinese characters keep a place for each of tens of thousands of glyphs, which are all alike.
_COMPACT_LEVEL: Final = 9

_SYMBOLIC: Final = 1 << 2
_ITALIC: Final = 1 << 6

# CMap sections hold 100 entries at most (Adobe Technical Note 5014).
_SECTION: Final = 100


class UnusableFont(ValueError):
    """A font file cannot be embedded; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Subset:
    """The part of a face that one file needs. `program` is compressed, a TrueType font or, if `compact`, a bare
    CFF font (9.9, table 126); `widths` is the array W.
    """

    face: Face
    glyphs: frozenset[int]
    tag: str
    program: bytes
    length: int
    widths: bytes
    compact: bool = False

    @property
    def font_name(self) -> bytes:
        return name(f"{self.tag}+{self.face.postscript_name}")


class FontSource:
    """A face as something to embed: what is the same for each of its subsets is found once."""

    def __init__(self, face: Face) -> None:
        self.face = face
        # The resource name, the same in every file and no other face's.
        self.label = b"F" + face.content_hash[:6].encode("ascii")
        nominal = face.hb_font.get_nominal_glyph
        self._codes: dict[int, int] = {nominal(code): code for code in sorted(face.characters, reverse=True)}
        self._plain: dict[int, str] = {}
        self._widths: dict[int, bytes] = {}
        self._cut = 0

    def plain(self, glyph: int) -> str:
        """The character that `glyph` stands for wherever it is drawn, by the face's own map; empty for none.

        Of several the lowest counts. Glyphs of ligatures, presentation forms and private characters have
        none: what they stand for shows only in the text they were shaped from.
        """
        found = self._plain.get(glyph)
        if found is None:
            found = self._plain[glyph] = _plain(self._codes.get(glyph, 0))
        return found

    def subset(self, glyphs: frozenset[int]) -> Subset:
        """The face with `glyphs` only. Raises UnusableFont when it has no outlines that can be embedded."""
        ordered = sorted(glyphs)
        program = self._program(ordered)
        key = f"{self.face.content_hash} {ordered}".encode("ascii")
        tag = "".join(chr(ord("A") + byte % 26) for byte in hashlib.sha256(key).digest()[:6])
        packed = zlib.compress(program, _COMPACT_LEVEL if self._compact else LEVEL)
        return Subset(self.face, glyphs, tag, packed, len(program), self._width_array(ordered), self._compact)

    @cached_property
    def _compact(self) -> bool:
        """Whether the outlines are CFF. Raises UnusableFont where a code would not be the id of its glyph."""
        tables = self.face.hb_face.table_tags
        if "glyf" in tables:
            return False
        if "CFF " not in tables or not codes_are_glyphs(self.face.hb_face.reference_table("CFF ").data):
            raise UnusableFont(f"`{self.face.name}` has no outlines that can be embedded; use the family's TTF files")
        return True

    def _program(self, glyphs: list[int]) -> bytes:
        """A font program of `glyphs`. The same bytes come out of the whole face and of the bare one."""
        compact = self._compact
        self._cut += 1
        subset = self._subset(self._bare if self._cut > _FEW else self.face.hb_face, glyphs)
        program: bytes = hb.Face(subset).reference_table("CFF ").data if compact else subset.data
        return program

    @cached_property
    def _bare(self) -> hb.Face:
        """All glyphs of the face and nothing else, to cut subsets from: made in the time of 30, it takes a third."""
        return hb.Face(self._subset(self.face.hb_face, range(self.face.hb_face.glyph_count)))

    def _subset(self, face: hb.Face, glyphs: Iterable[int]) -> hb.Blob:
        wanted = hb.SubsetInput()
        wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update(_UNUSED)
        result = hb.subset(face, wanted)
        if result is None:
            raise UnusableFont(f"`{self.face.name}` cannot be subset; the font file is damaged")
        return result.blob

    def text_map(self, glyphs: frozenset[int], claims: Mapping[int, str]) -> bytes:
        """The compressed ToUnicode CMap of `glyphs`, where `claims` says what those stand for that are not plain."""
        texts = ((glyph, self.plain(glyph) or claims.get(glyph, "")) for glyph in sorted(glyphs))
        return zlib.compress(to_unicode([item for item in texts if item[1]]), LEVEL)

    def _width_array(self, glyphs: list[int]) -> bytes:
        """The array W (9.7.4.3): runs of glyph ids, each with the widths of its members."""
        widths = self._widths
        for glyph in glyphs:
            if glyph not in widths:
                widths[glyph] = number(self.face.hb_font.get_glyph_h_advance(glyph) * 1000 / self.face.upem)
        runs = [
            (b" " if glyph == before + 1 else b"]%d[" % glyph) + widths[glyph]
            for before, glyph in pairwise([-2, *glyphs])
        ]
        return b"[%b]]" % b"".join(runs)[1:]


def _plain(code: int) -> str:
    private = 0xE000 <= code <= 0xF8FF or code >= 0xF0000
    unfit = code < 0x20 or private or not unicodedata.is_normalized("NFKC", chr(code))
    return "" if unfit else chr(code)


def to_unicode(texts: Sequence[tuple[int, str]]) -> bytes:
    """The ToUnicode CMap (9.10.3) for `texts`: glyphs in ascending order and what they stand for."""
    entries = [f"<{glyph:04X}><{text.encode('utf-16-be').hex()}>\n" for glyph, text in texts]
    sections = (entries[at : at + _SECTION] for at in range(0, len(entries), _SECTION))
    body = "".join(f"{len(section)} beginbfchar\n{''.join(section)}endbfchar\n" for section in sections)
    return _CMAP % body.encode("ascii")


_CMAP: Final = b"""\
/CIDInit/ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def
/CMapName/Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000><FFFF>
endcodespacerange
%bendcmap
CMapName currentdict/CMap defineresource pop
end
end"""


@dataclass(frozen=True, slots=True)
class FontStreams:
    """A subset in a file whose streams are written: the program, and the text map of each reading."""

    subset: Subset
    program: int
    texts: tuple[int, ...]


def add_streams(file: File, part: Subset, text_maps: Sequence[bytes]) -> FontStreams:
    """Write the streams of `part`; each of `text_maps` is a compressed ToUnicode CMap."""
    kind = b"/Subtype/CIDFontType0C" if part.compact else b"/Length1 %d" % part.length
    program = file.stream(b"/Filter/FlateDecode" + kind, part.program)
    return FontStreams(part, program, tuple(file.stream(b"/Filter/FlateDecode", data) for data in text_maps))


def add_fonts(file: File, streams: FontStreams) -> tuple[int, ...]:
    """Write the font dictionaries: a Type 0 font for each text map, all over one descendant."""
    part = streams.subset
    descriptor = file.add(_descriptor(part, streams.program))
    descendant = file.add(
        b"<</Type/Font/Subtype/%b/BaseFont%b/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor %d 0 R/DW 0/W%b%b>>"
        % (
            b"CIDFontType0" if part.compact else b"CIDFontType2",
            part.font_name,
            descriptor,
            part.widths,
            b"" if part.compact else b"/CIDToGIDMap/Identity",
        )
    )
    return tuple(
        file.add(
            b"<</Type/Font/Subtype/Type0/BaseFont%b/Encoding/Identity-H/DescendantFonts[%b]/ToUnicode %b>>"
            % (part.font_name, reference(descendant), reference(texts))
        )
        for texts in streams.texts
    )


def _descriptor(part: Subset, program: int) -> bytes:
    face = part.face
    flags = _SYMBOLIC | (_ITALIC if face.italic_angle else 0)
    measures = (
        (b"ItalicAngle", face.italic_angle),
        (b"Ascent", face.ascent),
        (b"Descent", face.descent),
        (b"CapHeight", face.cap_height),
        (b"XHeight", face.x_height),
        (b"StemV", _stem(face.weight)),
    )
    return b"<</Type/FontDescriptor/FontName%b/Flags %d/FontBBox%b%b/FontFile%d %d 0 R>>" % (
        part.font_name,
        flags,
        numbers(face.bbox),
        b"".join(b"/%b %b" % (key, number(value)) for key, value in measures),
        3 if part.compact else 2,
        program,
    )


def _stem(weight: int) -> float:
    """About the width of a vertical stem for a usWeightClass, which is all that readers use it for."""
    return 10 + 220 * (weight - 50) / 900
