"""Typefaces: where their files come from, and what each file measures.

A family is found in an installed font package (`fontpkg-<family>`), or among the project's own font
files. Measures of a `Face` are thousandths of the type size, y upwards, unless they say otherwise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

import uharfbuzz as hb


class FaceError(Exception):
    """A typeface cannot be had: its package is missing, or the file is not a font."""


class Face:
    """One font file, opened. Compared by identity: `Faces` opens each file once."""

    def __init__(self, data: bytes, name: str) -> None:
        self.data = data
        self.name = name
        self.blob = hb.Blob(data)
        self.hb_face = hb.Face(self.blob)
        if self.hb_face.glyph_count == 0:
            raise FaceError(f"`{name}` is not a font file")
        self.hb_font = hb.Font(self.hb_face)
        self.upem: int = self.hb_face.upem
        self._advances: dict[int, float] = {}

    def __repr__(self) -> str:
        return f"Face({self.postscript_name})"

    @cached_property
    def postscript_name(self) -> str:
        return self.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or Path(self.name).stem

    @property
    def key(self) -> str:
        """A name that is the same in every process that opens the same file."""
        return self.postscript_name

    @cached_property
    def content_hash(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @cached_property
    def ascent(self) -> float:
        return self._thousandths(self.hb_font.get_font_extents("ltr").ascender)

    @cached_property
    def descent(self) -> float:
        """Depth below the baseline, negative."""
        return self._thousandths(self.hb_font.get_font_extents("ltr").descender)

    @cached_property
    def cap_height(self) -> float:
        return self._thousandths(self.hb_font.get_metric_position_with_fallback(hb.OTMetricsTag.CAP_HEIGHT))

    @cached_property
    def x_height(self) -> float:
        return self._thousandths(self.hb_font.get_metric_position_with_fallback(hb.OTMetricsTag.X_HEIGHT))

    @cached_property
    def weight(self) -> int:
        return int(self.hb_font.get_style_value(hb.StyleTag.WEIGHT))

    @cached_property
    def italic_angle(self) -> float:
        """Degrees anticlockwise from upright, as in the font's `post` table: negative leans right."""
        post = self.hb_face.reference_table("post").data
        return int.from_bytes(post[4:8], "big", signed=True) / 65536 if len(post) >= 8 else 0.0

    @cached_property
    def bbox(self) -> tuple[float, float, float, float]:
        """Left, bottom, right and top of a box round every glyph, from the font's `head` table."""
        head = self.hb_face.reference_table("head").data
        corners = [int.from_bytes(head[at : at + 2], "big", signed=True) for at in range(36, 44, 2)]
        left, bottom, right, top = (self._thousandths(corner) for corner in corners)
        return left, bottom, right, top

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points the face has a glyph for."""
        return frozenset(self.hb_face.unicodes)

    def advance(self, glyph: int) -> float:
        """How far the font itself moves on after `glyph`."""
        found = self._advances.get(glyph)
        if found is None:
            found = self._advances[glyph] = self.hb_font.get_glyph_h_advance(glyph) * (1000 / self.upem)
        return found

    def _thousandths(self, units: float) -> float:
        return units * 1000 / self.upem


@dataclass(frozen=True, slots=True)
class FontFile:
    path: str
    weight: int
    italic: bool


@dataclass(frozen=True, slots=True)
class Family:
    """A typeface family and its files; `files` are absolute paths, one for each weight and posture."""

    name: str
    files: tuple[FontFile, ...]

    def nearest(self, weight: int, italic: bool) -> FontFile:
        """The file of the right posture, if there is one, whose weight is nearest, the heavier on a tie."""
        postures = [file for file in self.files if file.italic == italic] or list(self.files)
        return min(postures, key=lambda file: (abs(file.weight - weight), -file.weight))


def package_name(family: str) -> str:
    """The name on the package registry of the font package that carries `family`."""
    return "fontpkg-" + "-".join(family.lower().split())


def packaged_family(family: str) -> Family:
    """The family `family` from its installed font package.

    Raises FaceError when the package is not installed.
    """
    spec = find_spec(package_name(family).replace("-", "_"))
    if spec is None or spec.origin is None:
        raise FaceError(f"the typeface `{family}` is not installed; run `pip install {package_name(family)}`")
    root = Path(spec.origin).parent
    metadata = json.loads((root / "metadata.json").read_text(encoding="utf-8"))
    files = tuple(
        FontFile(str(root / file["path"]), int(file["weight"] or 400), file["style"] == "italic")
        for file in metadata["files"]
    )
    return Family(family, files)


class Faces:
    """Opens each family and each font file once in a process."""

    def __init__(self, families: Mapping[str, Family] = MappingProxyType({})) -> None:
        self._families: dict[str, Family] = dict(families)
        self._files: dict[str, Face] = {}
        self._nearest: dict[tuple[str, int, bool], Face] = {}

    def face(self, family: str, weight: int = 400, italic: bool = False) -> Face:
        """The face of `family` nearest to `weight`. Raises FaceError when it cannot be had."""
        key = (family, weight, italic)
        found = self._nearest.get(key)
        if found is None:
            found = self._nearest[key] = self._open(family, weight, italic)
        return found

    def opened(self) -> tuple[Face, ...]:
        """The faces opened so far, by name."""
        return tuple(sorted(self._files.values(), key=lambda face: face.key))

    def _open(self, family: str, weight: int, italic: bool) -> Face:
        if family not in self._families:
            self._families[family] = packaged_family(family)
        path = self._families[family].nearest(weight, italic).path
        if path not in self._files:
            self._files[path] = Face(Path(path).read_bytes(), path)
        return self._files[path]
