"""Subset fonts under Identity-H: TrueType outlines as CIDFontType2, those of CFF, by HarfBuzz, as CIDFontType0.

A code in a content stream is the glyph id of the whole face, so that pages painted apart can share one subset. The
subset numbers its glyphs anew: a map from codes to glyphs goes with TrueType outlines, and in a CFF font the charset is
one, if its glyphs are keyed by CID. Those that are not keep their numbers.
ISO 32000-1, 9.7 and 9.10.3; PDF/A-2 (ISO 19005-2), 6.2.11.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final
from zlib import Z_RLE

import uharfbuzz as hb

from briefpack.dataclass import dataclass
from briefpack.pdf.compact import codes_are_glyphs, is_keyed_by_cid
from briefpack.pdf.file import File, deflate
from briefpack.pdf.syntax import name, number, numbers, reference
from briefpack.pdf.truetype import Outlines
from briefpack.text.faces import Face

# Tables that a PDF reader has no use for: it has codes, widths and positions from us.
_UNUSED: Final = tuple(
    int.from_bytes(tag.ljust(4).encode("ascii"), "big")
    for tag in (
        *("BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "MATH", "OS/2", "PCLT", "STAT", "VDMX"),
        *("cmap", "gasp", "hdmx", "kern", "ltag", "meta", "morx", "name", "post"),
    )
)

# Outlines of CFF are longer for not trying harder, and where glyphs keep their numbers most are empty.
_COMPACT_LEVEL: Final = 9

# Outlines are hardly shorter for trying harder.
_OUTLINE_LEVEL: Final = 3

# Small letters of Latin, Greek and Cyrillic, and the styles that figures come in. Of capitals a text has few.
_LETTERS: Final = (
    range(ord("a"), ord("z") + 1),
    range(ord("α"), ord("ω") + 1),
    range(ord("а"), ord("я") + 1),
)
_FIGURES: Final = ((), ("lnum",), ("onum",), ("tnum",), ("lnum", "tnum"), ("onum", "tnum"), ("lnum", "pnum"))

# Of a kind of which half is used, other copies use the rest.
_GOOD_PART: Final = 2

_SYMBOLIC: Final = 1 << 2
_ITALIC: Final = 1 << 6

# CMap sections hold 100 entries at most (Adobe Technical Note 5014).
_SECTION: Final = 100


class UnusableFont(ValueError):
    """A font file cannot be embedded; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class Subset:
    """The part of a face that one file needs. `program` is compressed, a TrueType font or, without `code_map`, a bare
    CFF font (9.9, table 126); `widths` is the array W.
    """

    face: Face
    glyphs: frozenset[int]
    tag: str
    program: bytes
    length: int
    widths: bytes
    code_map: bytes = b""

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
        self.plain_texts = _PlainTexts(self._codes)
        self._widths: dict[int, bytes] = {}

    def plain(self, glyph: int) -> str:
        """The character that `glyph` stands for wherever it is drawn, by the face's own map; empty for none.

        Of several the lowest counts. Glyphs of ligatures, presentation forms and private characters have
        none: what they stand for shows only in the text they were shaped from.
        """
        return self.plain_texts[glyph]

    def completed(self, glyphs: frozenset[int]) -> frozenset[int]:
        """`glyphs`, and all letters or figures of a kind of which a good part are among them."""
        found = glyphs
        for kind in self._kinds:
            if _GOOD_PART * len(glyphs & kind) >= len(kind):
                found |= kind
        return found

    @cached_property
    def _kinds(self) -> tuple[frozenset[int], ...]:
        """Glyphs that stand in each other's place from copy to copy: small letters, figures of a style."""
        nominal, font = self.face.hb_font.get_nominal_glyph, self.face.hb_font
        kinds = [frozenset([glyph for code in codes if (glyph := nominal(code))]) for codes in _LETTERS]
        for features in _FIGURES:
            buffer = hb.Buffer()
            buffer.add_str("0123456789")
            buffer.guess_segment_properties()
            hb.shape(font, buffer, dict.fromkeys(features, True))
            kinds.append(frozenset([info.codepoint for info in buffer.glyph_infos]) - {0})
        return tuple([kind for kind in dict.fromkeys(kinds) if kind])

    def subset(self, glyphs: frozenset[int]) -> Subset:
        """The face with `glyphs` only. Raises UnusableFont when it has no outlines that can be embedded."""
        ordered, compact = sorted(glyphs), self._compact
        key = f"{self.face.content_hash} {ordered}".encode("ascii")
        tag = "".join([chr(ord("A") + byte % 26) for byte in hashlib.sha256(key).digest()[:6]])
        widths = self._width_array(ordered)
        if compact:
            program = bytes(self.cut(ordered, self._keeps).reference_table("CFF ").data)
            return Subset(self.face, glyphs, tag, deflate(program, _COMPACT_LEVEL), len(program), widths)
        program, codes = self._outlines.program(ordered)
        packed = deflate(program, _OUTLINE_LEVEL)
        return Subset(self.face, glyphs, tag, packed, len(program), widths, deflate(codes, strategy=Z_RLE))

    @cached_property
    def _compact(self) -> bool:
        """Whether the outlines are CFF. Raises UnusableFont where a code would not be the id of its glyph."""
        tables = self.face.hb_face.table_tags
        if "glyf" in tables:
            return False
        if "CFF " not in tables or not codes_are_glyphs(self.face.hb_face.reference_table("CFF ").data):
            raise UnusableFont(f"`{self.face.name}` has no outlines that can be embedded; use the family's TTF files")
        return True

    @cached_property
    def _keeps(self) -> hb.SubsetFlags:
        """How glyphs of CFF outlines are numbered: as they were, unless a CID of each says so."""
        table = self.face.hb_face.reference_table("CFF ").data
        return hb.SubsetFlags.DESUBROUTINIZE if is_keyed_by_cid(table) else hb.SubsetFlags.RETAIN_GIDS

    @cached_property
    def _outlines(self) -> Outlines:
        return Outlines(self.face.hb_face, self.cut)

    def cut(self, glyphs: Iterable[int], how: hb.SubsetFlags = hb.SubsetFlags.RETAIN_GIDS) -> hb.Face:
        """The face with `glyphs` alone, without hints, and by default under their numbers."""
        wanted = hb.SubsetInput()
        wanted.flags = how | hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update(_UNUSED)
        result = hb.subset(self.face.hb_face, wanted)
        if result is None:
            raise UnusableFont(f"`{self.face.name}` cannot be subset; the font file is damaged")
        return hb.Face(result.blob)

    def texts(self, glyphs: Iterable[int], claims: Mapping[int, str]) -> dict[int, str]:
        """What `glyphs` stand for, where `claims` says it of those that are not plain."""
        plain = self.plain_texts
        found = {glyph: plain[glyph] or claims.get(glyph, "") for glyph in glyphs}
        return {glyph: text for glyph, text in found.items() if text}

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


class _PlainTexts(dict[int, str]):
    """What each glyph stands for by itself, found when it is first asked for."""

    def __init__(self, codes: Mapping[int, int]) -> None:
        self._codes = codes

    def __missing__(self, glyph: int) -> str:
        found = self[glyph] = _plain(self._codes.get(glyph, 0))
        return found


def _plain(code: int) -> str:
    private = 0xE000 <= code <= 0xF8FF or code >= 0xF0000
    unfit = code < 0x20 or private or not unicodedata.is_normalized("NFKC", chr(code))
    return "" if unfit else chr(code)


def to_unicode(texts: Sequence[tuple[int, str]]) -> bytes:
    """The ToUnicode CMap (9.10.3) for `texts`: glyphs in ascending order and what they stand for."""
    entries = [_entry(glyph, text) for glyph, text in texts]
    sections = (entries[at : at + _SECTION] for at in range(0, len(entries), _SECTION))
    body = "".join(f"{len(section)} beginbfchar\n{''.join(section)}endbfchar\n" for section in sections)
    return _CMAP % body.encode("ascii")


@lru_cache(4096)
def _entry(glyph: int, text: str) -> str:
    return f"<{glyph:04X}><{text.encode('utf-16-be').hex()}>\n"


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
    """A subset in a file whose streams are written: the program, the map of its codes if it has one, and the text map
    of each reading."""

    subset: Subset
    program: int
    code_map: int
    texts: tuple[int, ...]


def add_streams(file: File, part: Subset, texts: tuple[int, ...]) -> FontStreams:
    """Write the streams of `part`; `texts` are those of its ToUnicode CMaps."""
    kind = b"/Length1 %d" % part.length if part.code_map else b"/Subtype/CIDFontType0C"
    program = file.stream(b"/Filter/FlateDecode" + kind, part.program)
    codes = file.stream(b"/Filter/FlateDecode", part.code_map) if part.code_map else 0
    return FontStreams(part, program, codes, texts)


def font_bodies(streams: FontStreams, first: int) -> tuple[bytes, ...]:
    """The font dictionaries, the first of which is object `first`: a descriptor, a descendant, and over that a Type 0
    font for each text map."""
    part, name = streams.subset, streams.subset.font_name
    descendant = (
        b"<</Type/Font/Subtype/%b/BaseFont%b/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/FontDescriptor %d 0 R/DW 0/W%b%b>>"
        % (
            b"CIDFontType2" if streams.code_map else b"CIDFontType0",
            name,
            first,
            part.widths,
            b"/CIDToGIDMap %d 0 R" % streams.code_map if streams.code_map else b"",
        )
    )
    fonts = [
        b"<</Type/Font/Subtype/Type0/BaseFont%b/Encoding/Identity-H/DescendantFonts[%b]/ToUnicode %b>>"
        % (name, reference(first + 1), reference(texts))
        for texts in streams.texts
    ]
    return (_descriptor(part, name, streams.program), descendant, *fonts)


def _descriptor(part: Subset, name: bytes, program: int) -> bytes:
    return b"<</Type/FontDescriptor/FontName%b%b/FontFile%d %d 0 R>>" % (
        name,
        _measures(part.face),
        2 if part.code_map else 3,
        program,
    )


@lru_cache(64)
def _measures(face: Face) -> bytes:
    """The entries of a font descriptor (9.8.1) that are the same for all subsets of a face."""
    flags = _SYMBOLIC | (_ITALIC if face.italic_angle else 0)
    measures = (
        (b"ItalicAngle", face.italic_angle),
        (b"Ascent", face.ascent),
        (b"Descent", face.descent),
        (b"CapHeight", face.cap_height),
        (b"XHeight", face.x_height),
        (b"StemV", _stem(face.weight)),
    )
    entries = b"".join([b"/%b %b" % (key, number(value)) for key, value in measures])
    return b"/Flags %d/FontBBox%b%b" % (flags, numbers(face.bbox), entries)


def _stem(weight: int) -> float:
    """About the width of a vertical stem for a usWeightClass, which is all that readers use it for."""
    return 10 + 220 * (weight - 50) / 900
