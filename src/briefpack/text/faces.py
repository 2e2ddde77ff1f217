"""Typefaces: where their files come from, and what each file measures.

A family is found among the project's own font files or in an installed font package (`fontpkg-<family>`; for
scripts that none of these has, `weblate-fonts`, `noto-cjk-sans-jp-…` and `cvttf-notosanscjk-…`). A variable font is
pinned at the weight that is asked for. Measures of a `Face` are thousandths of the type size, y upwards, unless
they say otherwise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType
from typing import Final

import uharfbuzz as hb

from briefpack.dataclass import dataclass
from briefpack.namedtuple import NamedTuple


class FaceError(Exception):
    """A typeface cannot be had: its package is missing, or the file is not a font. `family` is what it is called, where
    that is what is wrong, and `package` what it may come in."""

    def __init__(self, message: str, family: str = "", package: str = "") -> None:
        super().__init__(message)
        self.family, self.package = family, package


class Face:
    """One font file, opened. Compared by identity: `Faces` opens each file once.

    `instance` names the weight that a variable font is pinned at; `data` is then the pinned font.
    """

    def __init__(self, data: bytes, name: str, instance: str = "") -> None:
        self.data = data
        self.name = name
        self._instance = instance
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
        name = self.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or Path(self.name).stem
        return f"{name}-{self._instance}" if self._instance else name

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

    def advances_of(self, glyphs: Iterable[int]) -> list[float]:
        """How far the font itself moves on after each of `glyphs`."""
        known = self._advances
        try:
            return [known[glyph] for glyph in glyphs]
        except KeyError:
            return [self.advance(glyph) for glyph in glyphs]

    def _thousandths(self, units: float) -> float:
        return units * 1000 / self.upem


def pinned(data: bytes, weight: int, name: str) -> bytes:
    """The variable font `data` at `weight`, its other axes where the font itself has them.

    Raises FaceError when it cannot be pinned.
    """
    face = hb.Face(hb.Blob(data))
    wanted = hb.SubsetInput()
    wanted.keep_everything()
    for axis in face.axis_infos:
        value = min(max(float(weight), axis.min_value), axis.max_value) if axis.tag == "wght" else axis.default_value
        wanted.pin_axis_location(face, axis.tag, value)
    result = hb.subset(face, wanted)
    if result is None:
        raise FaceError(f"`{name}` is a variable font that cannot be used; name one of its static files")
    program: bytes = result.blob.data
    return program


@dataclass(frozen=True, slots=True)
class FontFile:
    """One file of a family. A `variable` one has every weight; its own `weight` does not count."""

    path: str
    weight: int
    italic: bool
    variable: bool = False


@dataclass(frozen=True, slots=True)
class Family:
    """A typeface family and its files, one for each weight and posture, or a variable one for all weights.

    The paths are absolute, or for a family of the project's own such as the project's reader takes.
    """

    name: str
    files: tuple[FontFile, ...]
    own: bool = False

    def nearest(self, weight: int, italic: bool) -> FontFile:
        """The file of the right posture, if there is one, whose weight is nearest, the heavier on a tie."""
        postures = [file for file in self.files if file.italic == italic] or list(self.files)
        return min(postures, key=lambda file: (not file.variable, abs(file.weight - weight), -file.weight))


class Carried(NamedTuple):
    """A file of a package that carries typefaces and does not describe them."""

    package: str
    module: str
    path: str
    weight: int


def _kurinto(region: str) -> tuple[Carried, ...]:
    stem = f"static/weblate_fonts/kurinto/ttf/KurintoSans{region}"
    return tuple(
        Carried("weblate-fonts", "weblate_fonts", f"{stem}-{end}.ttf", weight)
        for end, weight in (("Rg", 400), ("Bd", 700))
    )


# Families that have no package of their own.
_CARRIED: Final[Mapping[str, tuple[Carried, ...]]] = MappingProxyType(
    {
        **{f"Kurinto Sans {region}".strip(): _kurinto(region) for region in ("", "KR", "SC", "TC")},
        "Noto Sans CJK JP": tuple(
            Carried(
                f"noto-cjk-sans-jp-{name.lower()}",
                f"noto_cjk_sans_jp_{name.lower()}",
                f"NotoSansCJKjp-{name}.otf",
                weight,
            )
            for name, weight in (("Regular", 400), ("Bold", 700))
        ),
        "Noto Sans CJK": tuple(
            Carried(
                f"cvttf-notosanscjk-{name.lower()}", f"cvttf_NotoSansCJK_{name}", f"NotoSansCJKtc-{name}.otf", weight
            )
            for name, weight in (("Regular", 400), ("Bold", 700))
        ),
    }
)


def package_name(family: str) -> str:
    """The name on the package registry of the font package that carries `family`."""
    if family in _CARRIED:
        return _CARRIED[family][0].package
    return "fontpkg-" + "-".join(family.lower().split())


def packaged_family(family: str) -> Family:
    """The family `family` from its installed font package.

    Raises FaceError when the package is not installed.
    """
    if family in _CARRIED:
        found = [(root, each) for each in _CARRIED[family] if (root := _folder(each.module)) is not None]
        files = tuple(FontFile(str(root / each.path), each.weight, False) for root, each in found)
    else:
        files = _described(package_name(family))
    if not files:
        raise FaceError(f"the typeface `{family}` is not installed", family, package_name(family))
    return Family(family, files)


def _folder(module: str) -> Path | None:
    """Where the package `module` is installed."""
    spec = find_spec(module)
    return None if spec is None or spec.origin is None else Path(spec.origin).parent


def _described(package: str) -> tuple[FontFile, ...]:
    """The files of a font package, which describes them itself; none where it is not installed."""
    root = _folder(package.replace("-", "_"))
    if root is None:
        return ()
    metadata = json.loads((root / "metadata.json").read_text(encoding="utf-8"))
    return tuple(
        FontFile(
            str(root / file["path"]), int(file["weight"] or 400), file["style"] == "italic", bool(file.get("variable"))
        )
        for file in metadata["files"]
    )


class Faces:
    """Opens each family and each font file once in a process.

    `families` are the project's own, whose files `read` reads.
    """

    def __init__(
        self,
        families: Mapping[str, Family] = MappingProxyType({}),
        read: Callable[[str], bytes] | None = None,
    ) -> None:
        self._families: dict[str, Family] = dict(families)
        self._read = read
        self._files: dict[tuple[str, int], Face] = {}
        self._nearest: dict[tuple[str, int, bool], Face] = {}
        self._absent: dict[str, FaceError] = {}

    def face(self, family: str, weight: int = 400, italic: bool = False) -> Face:
        """The face of `family` nearest to `weight`. Raises FaceError when it cannot be had."""
        key = (family, weight, italic)
        found = self._nearest.get(key)
        if found is None:
            found = self._nearest[key] = self._open(family, weight, italic)
        return found

    def has(self, family: str) -> bool:
        """Whether `family` can be had."""
        try:
            self._family(family)
        except FaceError:
            return False
        return True

    def opened(self) -> tuple[Face, ...]:
        """The faces opened so far, by name."""
        return tuple(sorted(self._files.values(), key=lambda face: face.key))

    def _family(self, name: str) -> Family:
        if name in self._absent:
            raise self._absent[name]
        if name not in self._families:
            try:
                self._families[name] = packaged_family(name)
            except FaceError as error:
                # Typefaces for other scripts are looked for again and again.
                self._absent[name] = error
                raise
        return self._families[name]

    def _open(self, family: str, weight: int, italic: bool) -> Face:
        found = self._family(family)
        file = found.nearest(weight, italic)
        key = (file.path, weight if file.variable else 0)
        if key not in self._files:
            data = self._read(file.path) if found.own and self._read is not None else Path(file.path).read_bytes()
            if file.variable:
                data = pinned(data, weight, file.path)
            self._files[key] = Face(data, file.path, str(weight) if file.variable else "")
        return self._files[key]
