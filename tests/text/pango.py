"""Pango, an engine to compare with: what it makes of a text in given font files. By its C interface, without a binding.

A line is set a thousand units to the em, so that all it tells is in thousandths of the type size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import CDLL, POINTER, Structure, byref, c_char_p, c_double, c_int, c_uint32, c_void_p
from pathlib import Path
from typing import Any, Final, NamedTuple

_UNIT: Final = 1024  # PANGO_SCALE
_NOTHING: Final = 0x0FFFFFFF  # PANGO_GLYPH_EMPTY
_BREAK, _MUST = 1, 2  # of PangoLogAttr: is_line_break, is_mandatory_break


class PangoMissing(Exception):
    """Pango's libraries are not installed."""


class Glyph(NamedTuple):
    """A glyph's number in its font, and how far the pen moves after it."""

    number: int
    advance: float


class Told(NamedTuple):
    """What Pango says of a text on one line: its glyphs from left to right; and which characters may begin a line."""

    glyphs: tuple[Glyph, ...]
    ends: frozenset[int]

    @property
    def width(self) -> float:
        return sum(glyph.advance for glyph in self.glyphs)


class _Placed(Structure):
    _fields_ = (("glyph", c_uint32), ("width", c_int), ("x", c_int), ("y", c_int), ("attributes", c_uint32))


class _Glyphs(Structure):
    _fields_ = (("count", c_int), ("glyphs", POINTER(_Placed)))


class _Run(Structure):
    _fields_ = (("item", c_void_p), ("glyphs", POINTER(_Glyphs)))


class _Runs(Structure):
    pass


_Runs._fields_ = (("run", POINTER(_Run)), ("next", POINTER(_Runs)))


class _Line(Structure):
    _fields_ = (("layout", c_void_p), ("start", c_int), ("length", c_int), ("runs", POINTER(_Runs)))


# What each function of the libraries gives and takes.
_FUNCTIONS: Final = {
    "FcConfigCreate": (c_void_p, ()),
    "FcConfigAppFontAddFile": (c_int, (c_void_p, c_char_p)),
    "pango_ft2_font_map_new": (c_void_p, ()),
    "pango_fc_font_map_set_config": (None, (c_void_p, c_void_p)),
    "pango_font_map_create_context": (c_void_p, (c_void_p,)),
    "pango_context_set_base_dir": (None, (c_void_p, c_int)),
    "pango_context_set_language": (None, (c_void_p, c_void_p)),
    "pango_context_set_round_glyph_positions": (None, (c_void_p, c_int)),
    "pango_language_from_string": (c_void_p, (c_char_p,)),
    "pango_font_description_new": (c_void_p, ()),
    "pango_font_description_set_family": (None, (c_void_p, c_char_p)),
    "pango_font_description_set_weight": (None, (c_void_p, c_int)),
    "pango_font_description_set_absolute_size": (None, (c_void_p, c_double)),
    "pango_font_description_free": (None, (c_void_p,)),
    "pango_attr_list_new": (c_void_p, ()),
    "pango_attr_font_features_new": (c_void_p, (c_char_p,)),
    "pango_attr_list_insert": (None, (c_void_p, c_void_p)),
    "pango_attr_list_unref": (None, (c_void_p,)),
    "pango_layout_new": (c_void_p, (c_void_p,)),
    "pango_layout_set_auto_dir": (None, (c_void_p, c_int)),
    "pango_layout_set_attributes": (None, (c_void_p, c_void_p)),
    "pango_layout_set_font_description": (None, (c_void_p, c_void_p)),
    "pango_layout_set_text": (None, (c_void_p, c_char_p, c_int)),
    "pango_layout_get_line_readonly": (POINTER(_Line), (c_void_p, c_int)),
    "pango_layout_get_log_attrs_readonly": (POINTER(c_uint32), (c_void_p, POINTER(c_int))),
    "g_object_unref": (None, (c_void_p,)),
}
_LIBRARIES: Final = ("libgobject-2.0.so.0", "libfontconfig.so.1", "libpango-1.0.so.0", "libpangoft2-1.0.so.0")


class Pango:
    """Pango with the fonts of given files and no others; use it as a context. Raises PangoMissing."""

    def __init__(self, *fonts: Path) -> None:
        try:
            libraries = [CDLL(name) for name in _LIBRARIES]
        except OSError as error:
            raise PangoMissing(f"Pango is not here: {error}") from error
        self._functions: dict[str, Any] = {}
        for name, (gives, takes) in _FUNCTIONS.items():
            function = next(getattr(library, name) for library in libraries if hasattr(library, name))
            function.restype, function.argtypes = gives, takes
            self._functions[name] = function
        config = self._call("FcConfigCreate")
        for font in fonts:
            assert self._call("FcConfigAppFontAddFile", config, str(font).encode()), font
        self._map = self._call("pango_ft2_font_map_new")
        self._call("pango_fc_font_map_set_config", self._map, config)
        self._context = self._call("pango_font_map_create_context", self._map)
        self._call("pango_context_set_round_glyph_positions", self._context, 0)

    def _call(self, name: str, *arguments: object) -> Any:
        return self._functions[name](*arguments)

    def __enter__(self) -> Pango:
        return self

    def __exit__(self, *_: object) -> None:
        self._call("g_object_unref", self._context)
        self._call("g_object_unref", self._map)

    def told(self, text: str, language: str, rtl: bool = False, features: Sequence[str] = ()) -> Told:
        """What Pango makes of `text`, a paragraph of that direction."""
        self._call("pango_context_set_base_dir", self._context, int(rtl))
        self._call(
            "pango_context_set_language",
            self._context,
            self._call("pango_language_from_string", language.encode()),
        )
        layout = self._layout(text, features)
        try:
            return Told(tuple(self._glyphs(layout)), frozenset(self._ends(layout, text)))
        finally:
            self._call("g_object_unref", layout)

    def _layout(self, text: str, features: Sequence[str]) -> int:
        layout: int = self._call("pango_layout_new", self._context)
        self._call("pango_layout_set_auto_dir", layout, 0)
        font = self._call("pango_font_description_new")
        self._call("pango_font_description_set_absolute_size", font, 1000.0 * _UNIT)
        self._call("pango_layout_set_font_description", layout, font)
        self._call("pango_font_description_free", font)
        if features:
            attributes = self._call("pango_attr_list_new")
            set_on = self._call("pango_attr_font_features_new", ",".join(features).encode())
            self._call("pango_attr_list_insert", attributes, set_on)
            self._call("pango_layout_set_attributes", layout, attributes)
            self._call("pango_attr_list_unref", attributes)
        encoded = text.encode()
        self._call("pango_layout_set_text", layout, encoded, len(encoded))
        return layout

    def _glyphs(self, layout: int) -> Iterator[Glyph]:
        runs = self._call("pango_layout_get_line_readonly", layout, 0).contents.runs
        while runs:
            glyphs = runs.contents.run.contents.glyphs.contents
            for each in glyphs.glyphs[: glyphs.count]:
                if each.glyph != _NOTHING:
                    yield Glyph(each.glyph, each.width / _UNIT)
            runs = runs.contents.next

    def _ends(self, layout: int, text: str) -> Iterator[int]:
        count = c_int()
        found = self._call("pango_layout_get_log_attrs_readonly", layout, byref(count))
        assert count.value == len(text) + 1
        yield from (at for at in range(1, len(text)) if found[at] & (_BREAK | _MUST))
