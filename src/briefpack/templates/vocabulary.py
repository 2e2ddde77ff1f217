"""The vocabulary of templates: the elements, what each may carry, and between which bounds.

Every element may carry `style` and `optional` besides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from briefpack.diagnostics import either, suggest
from briefpack.document import GroupKind, Icon, ListKind, PlotKind
from briefpack.templates.elements import LINE, PLACEHOLDER, Parsed

GROUPS: Final = frozenset(kind.value for kind in GroupKind)
INLINE: Final = frozenset({"strong", "em", "link", "br", "page", "footnote", PLACEHOLDER})

ATTRIBUTES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "document": frozenset(),
        "heading": frozenset({"level", "outline"}),
        "paragraph": frozenset(),
        "list": frozenset({"kind"}),
        "item": frozenset({"number", "target"}),
        "table": frozenset(),
        "col": frozenset({"align", "weight"}),
        "caption": frozenset(),
        "tr": frozenset({"head"}),
        "th": frozenset({"scope", "colspan", "rowspan"}),
        "td": frozenset({"colspan", "rowspan"}),
        "image": frozenset({"file", "alt", "width", "height", "aspect", "fit", "focus"}),
        "chart": frozenset({"kind", "units", "marked", "icon", "alt"}),
        "plot": frozenset({"kind", "reference", "from", "to", "alt"}),
        "unit": frozenset(),
        "series": frozenset(),
        "datum": frozenset(),
        "name": frozenset(),
        "amount": frozenset({"value", "low", "high"}),
        "note": frozenset(),
        "qr": frozenset({"url", "alt", "printed", "width"}),
        "grid": frozenset({"columns"}),
        "row": frozenset(),
        "column": frozenset({"span"}),
        "rule": frozenset(),
        "spring": frozenset({"weight", "least"}),
        "page-break": frozenset(),
        "sources": frozenset({"form"}),
        "strong": frozenset(),
        "em": frozenset(),
        "link": frozenset({"url"}),
        "br": frozenset(),
        "page": frozenset({"of"}),
        "footnote": frozenset(),
        **{kind: frozenset({"span", "rows"}) for kind in GROUPS},
        "columns": frozenset({"count", "fill"}),
        "region": frozenset({"name"}),
    }
)
"""What each element may carry."""

_COMMON: Final = ("style", "optional")

_NEEDED: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "image": ("file", "alt"),
        "chart": ("units", "marked", "alt"),
        "plot": ("kind", "alt"),
        "amount": ("value",),
        "qr": ("url", "alt"),
        "link": ("url",),
        "page": ("of",),
        "region": ("name",),
    }
)

_CHOICES: Final[Mapping[tuple[str, str], tuple[str, ...]]] = MappingProxyType(
    {
        ("heading", "outline"): ("yes", "no"),
        ("list", "kind"): tuple(ListKind),
        ("col", "align"): ("left", "center", "right", "decimal"),
        ("tr", "head"): ("yes", "no"),
        ("th", "scope"): ("row", "column"),
        ("qr", "printed"): ("yes", "no"),
        ("image", "fit"): ("contain", "cover"),
        ("chart", "kind"): ("waffle",),
        ("chart", "icon"): tuple(Icon),
        ("plot", "kind"): tuple(PlotKind),
        ("sources", "form"): ("full", "short"),
        ("columns", "fill"): ("balance", "fill"),
    }
)

_ANY: Final = (-1e15, 1e15)

BOUNDS: Final[Mapping[tuple[str, str], tuple[float, float]]] = MappingProxyType(
    {
        ("heading", "level"): (1, 6),
        ("item", "number"): (0, 9999),
        ("col", "weight"): (0, 100),
        ("th", "colspan"): (1, 50),
        ("th", "rowspan"): (1, 1000),
        ("td", "colspan"): (1, 50),
        ("td", "rowspan"): (1, 1000),
        ("image", "width"): (1, 5000),
        ("image", "height"): (1, 5000),
        ("qr", "width"): (1, 5000),
        ("chart", "units"): (1, 10_000),
        ("chart", "marked"): (0, 10_000),
        ("plot", "reference"): _ANY,
        ("plot", "from"): _ANY,
        ("plot", "to"): _ANY,
        ("amount", "value"): _ANY,
        ("amount", "low"): _ANY,
        ("amount", "high"): _ANY,
        ("grid", "columns"): (1, 24),
        ("column", "span"): (1, 24),
        ("spring", "weight"): (0, 100),
        ("spring", "least"): (0, 200),
        ("columns", "count"): (1, 8),
        **{(kind, "span"): (1, 24) for kind in GROUPS},
        **{(kind, "rows"): (1, 24) for kind in GROUPS},
    }
)
"""The least and the most of each number."""

# What who knows HTML writes.
_HTML: Final[Mapping[str, str]] = MappingProxyType(
    {
        "a": "link",
        "b": "strong",
        "blockquote": "quote",
        "div": "section",
        "hr": "rule",
        "i": "em",
        "img": "image",
        "li": "item",
        "ol": "list",
        "p": "paragraph",
        "ul": "list",
        **{f"h{level}": "heading" for level in range(1, 7)},
    }
)

# What most of a page is made of.
_BLOCKS: Final = tuple(f"<{name}>" for name in ("heading", "paragraph", "list", "table", "image", "section", "card"))

# Elements that stand in one other alone; of those in text, in a text.
_INSIDE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "item": "<list>",
        **dict.fromkeys(("caption", "col", "tr"), "<table>"),
        **dict.fromkeys(("th", "td"), "<tr>"),
        **dict.fromkeys(("unit", "series", "datum"), "<plot>"),
        **dict.fromkeys(("name", "amount", "note"), "<datum>"),
        "column": "<row>",
        **dict.fromkeys(INLINE, "<paragraph>"),
    }
)


def home_of(name: str) -> str:
    """Where the element `name` can stand, as a help line."""
    if name == "document":
        return "take it out: there is one, round everything"
    return f"put it into a `{_INSIDE[name]}`" if name in _INSIDE else "put it directly into `<document>` or a group"


def problems(element: Parsed) -> Iterator[tuple[str, str]]:
    """What is wrong with `element` itself: messages and what would mend them."""
    name = element.name
    known = ATTRIBUTES.get(name)
    if known is None:
        near = _HTML.get(name) or suggest(name, ATTRIBUTES)
        yield f"unknown element `<{name}>`", f"write `<{near}>`" if near else f"use {either(_BLOCKS)}"
        return
    for attribute, value in element.attributes.items():
        if attribute not in known and attribute not in _COMMON and attribute != LINE:
            near = suggest(attribute, [*known, *_COMMON])
            help = f"write `{near}`" if near else f"leave `{attribute}` out"
            yield f"`<{name}>` has no attribute `{attribute}`", help
        choices = _CHOICES.get((name, attribute))
        if choices is not None and value not in choices:
            near = suggest(value, choices)
            help = f"write {f'`{near}`' if near else either(choices)}"
            yield f"unknown `{attribute}` of `<{name}>`: `{value}`", help
    for attribute in _NEEDED.get(name, ()):
        if not element.attributes.get(attribute, "").strip():
            what = ", what the picture says in words" if attribute == "alt" else ""
            yield f"`<{name}>` has no `{attribute}`", f'add `{attribute}="…"`{what}'
