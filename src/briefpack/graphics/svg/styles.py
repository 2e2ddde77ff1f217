"""How an element of a drawing looks: attributes, style sheet and inheritance (SVG 1.1, 6; CSS 2.1, 6).

Selectors are names, classes and ids; others are refused, as are properties that change the ink and cannot
be drawn. Properties that no renderer knows are passed over, as CSS asks.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.expressions import expression
from briefpack.graphics.letters import Font
from briefpack.graphics.svg.elements import Node
from briefpack.graphics.svg.paths import NUMBER, BadNumber, number, numbers

_COMMENT: Final = expression(r"/\*.*?\*/", re.DOTALL)
_RULE: Final = expression(r"([^{}]*)\{([^{}]*)\}")
_SELECTOR: Final = expression(r"(?P<name>\*|[A-Za-z][\w-]*)?(?P<rest>(?:[.#][\w-]+)*)")
_URL: Final = expression(r"""url\(\s*['"]?#([^'")]+)['"]?\s*\)\s*(.*)""", re.DOTALL)
_LENGTH: Final = expression(rf"({NUMBER.pattern})\s*(px|pt|pc|mm|cm|in|q|em|ex|rem|%)?", re.IGNORECASE)
_FUNCTION: Final = expression(r"(rgba?|hsla?)\((.*)\)")

_UNITS: Final = MappingProxyType(
    {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "q": 96 / 101.6}
)

# What changes the ink and cannot be drawn, unless it has a value that does nothing.
_REFUSED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "mask": frozenset({"none"}),
        "filter": frozenset({"none"}),
        "marker": frozenset({"none"}),
        "marker-start": frozenset({"none"}),
        "marker-mid": frozenset({"none"}),
        "marker-end": frozenset({"none"}),
        "mix-blend-mode": frozenset({"normal"}),
        "vector-effect": frozenset({"none"}),
        "text-decoration": frozenset({"none"}),
        "text-decoration-line": frozenset({"none"}),
        "writing-mode": frozenset({"lr-tb", "lr", "horizontal-tb"}),
        "baseline-shift": frozenset({"0", "baseline", "0%", "0px"}),
        "text-transform": frozenset({"none"}),
        "transform-origin": frozenset({"0", "0 0", "0px 0px", "0% 0%"}),
        "word-spacing": frozenset({"0", "normal", "0px"}),
        "font-variant": frozenset({"normal"}),
        "font-variant-caps": frozenset({"normal"}),
    }
)
_SHAPED: Final = frozenset(
    {"fill", "stroke", "color", "opacity", "fill-opacity", "stroke-opacity", "fill-rule", "clip-rule", "clip-path"}
)
_PENS: Final = frozenset(
    {"stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset"}
)
_SHOWN: Final = frozenset({"paint-order", "display", "visibility", "overflow", "stop-color", "stop-opacity"})
_TYPE: Final = frozenset(
    {"font", "font-family", "font-size", "font-weight", "font-style", "text-anchor", "letter-spacing"}
)
_BASES: Final = frozenset({"dominant-baseline", "alignment-baseline"})

PROPERTIES: Final = _SHAPED | _PENS | _SHOWN | _TYPE | _BASES | _REFUSED.keys()
"""The properties that are looked at, as attributes and in styles."""

_ALWAYS_FINE: Final = frozenset({"inherit", "initial", "unset"})

_CAPS: Final = MappingProxyType({"butt": 0, "round": 1, "square": 2})
_JOINS: Final = MappingProxyType({"miter": 0, "round": 1, "bevel": 2, "miter-clip": 0})
_WEIGHTS: Final = MappingProxyType({"normal": 400, "bold": 700, "bolder": 700, "lighter": 300})
_SIZES: Final = MappingProxyType(
    {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0, "xx-large": 32.0}
)
_BASELINES: Final = MappingProxyType(
    {
        "middle": "middle",
        "central": "central",
        "hanging": "hanging",
        "text-before-edge": "top",
        "text-top": "top",
        "before-edge": "top",
        "text-after-edge": "bottom",
        "text-bottom": "bottom",
        "ideographic": "bottom",
    }
)


class Refused(Exception):
    """A drawing asks for what cannot be drawn: a message and what would mend it."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message, self.help = message, help


@dataclass(frozen=True, slots=True)
class Color:
    """`#rrggbb`, or `""` for nothing, and how opaque it is."""

    hex: str
    alpha: float = 1.0


@dataclass(frozen=True, slots=True)
class Server:
    """A gradient that paints, by its id, and what does where there is none."""

    id: str
    otherwise: Color


Paint = Color | Server
NOTHING: Final = Color("")
BLACK: Final = Color("#000000")


@dataclass(frozen=True, slots=True)
class Style:
    """What an element hands on to those inside it. Lengths are user units."""

    fill: Paint = BLACK
    stroke: Paint = NOTHING
    color: Color = BLACK
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    even_odd: bool = False
    clip_even_odd: bool = False
    stroke_width: float = 1.0
    cap: int = 0
    join: int = 0
    miter: float = 4.0
    dash: tuple[float, ...] = ()
    phase: float = 0.0
    visible: bool = True
    stroke_first: bool = False
    font: Font = field(default_factory=Font)
    size: float = 16.0
    anchor: str = "start"
    spacing: float = 0.0
    baseline: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """The viewport that percentages are of."""

    width: float
    height: float

    def share(self, direction: str) -> float:
        match direction:
            case "x":
                return self.width
            case "y":
                return self.height
            case _:
                return math.hypot(self.width, self.height) / math.sqrt(2)


def length(text: str, view: View, direction: str = "", em: float = 16.0) -> float:
    """`text` in user units. Raises BadNumber."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise BadNumber(text.strip())
    value, unit = number(match[1]), (match[2] or "px").lower()
    if unit == "%":
        return value / 100 * view.share(direction)
    if unit in ("em", "ex", "rem"):
        return value * (em / 2 if unit == "ex" else em if unit == "em" else 16.0)
    return value * _UNITS[unit]


def opacity(text: str) -> float:
    """A share from 0 to 1. Raises BadNumber."""
    text = text.strip()
    value = number(text[:-1]) / 100 if text.endswith("%") else number(text)
    return min(1.0, max(0.0, value))


def color(text: str, current: Color = BLACK) -> Color:
    """The colour that `text` names (CSS Color 3). Raises Refused for one that is not understood."""
    text = text.strip()
    low = text.lower()
    if low in ("none", "transparent"):
        return NOTHING
    if low == "currentcolor":
        return current
    found = _hexadecimal(low) or _functional(low) or _named(low)
    if found is None:
        raise Refused(f"`{text[:40]}` is no colour", "write it as `#rrggbb`")
    return found


def _hexadecimal(text: str) -> Color | None:
    digits = text[1:]
    if not re.fullmatch(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", text):
        return None
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    return Color(f"#{digits[:6]}", int(digits[6:] or "ff", 16) / 255)


def _functional(text: str) -> Color | None:
    match = _FUNCTION.fullmatch(text)
    if match is None:
        return None
    parts = [part for part in re.split(r"[\s,/]+", match[2].strip()) if part]
    if len(parts) not in (3, 4):
        return None
    try:
        alpha = opacity(parts[3]) if len(parts) == 4 else 1.0
        if match[1].startswith("hsl"):
            return Color(_from_hsl(*parts[:3]), alpha)
        levels = [number(part[:-1]) * 2.55 if part.endswith("%") else number(part) for part in parts[:3]]
    except BadNumber:
        return None
    return Color("#" + "".join(f"{round(min(255.0, max(0.0, level))):02x}" for level in levels), alpha)


def _from_hsl(hue: str, saturation: str, lightness: str) -> str:
    import colorsys  # imported late: few drawings say colours this way

    turn = number(hue.removesuffix("deg")) / 360 % 1
    light, full = (number(part.removesuffix("%")) / 100 for part in (lightness, saturation))
    levels = colorsys.hls_to_rgb(turn, min(1.0, max(0.0, light)), min(1.0, max(0.0, full)))
    return "#" + "".join(f"{round(level * 255):02x}" for level in levels)


def _named(text: str) -> Color | None:
    from PIL.ImageColor import getrgb  # imported late: most documents have no drawings

    if not text.isalpha():
        return None
    try:
        red, green, blue = getrgb(text)[:3]
    except ValueError:
        return None
    return Color(f"#{red:02x}{green:02x}{blue:02x}")


def paint(text: str, current: Color) -> Paint:
    """A colour, or a gradient by its id. Raises Refused."""
    match = _URL.fullmatch(text.strip())
    if match is not None:
        return Server(match[1].strip(), color(match[2], current) if match[2].strip() else NOTHING)
    if text.strip().lower().startswith("url("):
        raise Refused(f"`{text.strip()[:60]}` leads to another file", "save it again as plain SVG")
    if text.strip().lower() in ("context-fill", "context-stroke"):
        raise Refused(f"`{text.strip()}` is not supported", "write the colour itself")
    return color(text, current)


# ------------------------------------------------------------------------------------------- style sheets


@dataclass(frozen=True, slots=True)
class Rule:
    """Declarations for the elements of a name, of all the classes, and of the ids."""

    name: str
    classes: frozenset[str]
    ids: frozenset[str]
    declarations: tuple[tuple[str, str], ...]

    @property
    def rank(self) -> tuple[int, int, int]:
        return len(self.ids), len(self.classes), int(self.name not in ("", "*"))

    def matches(self, node: Node) -> bool:
        return (
            self.name in ("", "*", node.name)
            and self.ids <= {node.attributes.get("id", "")}
            and self.classes <= set(node.attributes.get("class", "").split())
        )


def rules(sheet: str) -> tuple[Rule, ...]:
    """The rules of the style sheet `sheet`, weakest first. Raises Refused."""
    sheet = _COMMENT.sub("", sheet).replace("<!--", "").replace("-->", "")
    if re.search(r"@import|@media|@supports|@keyframes", sheet):
        raise Refused("the style sheet has `@` rules", _PRESENTATION)
    sheet = re.sub(r"@font-face\s*\{[^{}]*\}|@(?:charset|namespace)[^;]*;", "", sheet)
    found = [rule for head, body in _RULE.findall(sheet) for rule in _rules(head, tuple(_declarations(body)))]
    if re.sub(r"\s", "", _RULE.sub("", sheet)):
        raise Refused("the style sheet is not understood", _PRESENTATION)
    return tuple(sorted(found, key=lambda rule: rule.rank))


_PRESENTATION: Final = "save it with styles as presentation attributes"


def _rules(head: str, declarations: tuple[tuple[str, str], ...]) -> Iterator[Rule]:
    for selector in head.split(","):
        match = _SELECTOR.fullmatch(selector.strip())
        if match is None or not selector.strip():
            if any(name in PROPERTIES for name, _ in declarations):
                raise Refused(f"the style rule `{selector.strip()[:40]}` is not supported", _PRESENTATION)
            continue
        marks = re.findall(r"([.#])([\w-]+)", match["rest"])
        classes = frozenset(name for mark, name in marks if mark == ".")
        ids = frozenset(name for mark, name in marks if mark == "#")
        yield Rule(match["name"] or "", classes, ids, declarations)


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for part in _COMMENT.sub("", text).split(";"):
        name, colon, value = part.partition(":")
        if colon:
            yield name.strip().lower(), value.replace("!important", "").strip()


def declared(node: Node, sheet: tuple[Rule, ...]) -> dict[str, str]:
    """What `node` says of its looks, by property; attributes yield to the style sheet, that to `style`.

    Raises Refused for what changes the ink and cannot be drawn.
    """
    found = {name: value.strip() for name, value in node.attributes.items() if name in PROPERTIES}
    for rule in sheet:
        if rule.matches(node):
            found.update(rule.declarations)
    found.update(_declarations(node.attributes.get("style", "")))
    for name, value in found.items():
        fine = _REFUSED.get(name)
        if fine is not None and value.lower() not in fine | _ALWAYS_FINE:
            raise Refused(f"`{name}: {value[:40]}` is not supported", _HELP.get(name, _FLATTEN))
    if found.get("transform", "none").lower() != "none":
        raise Refused("`transform` in a style is not supported", "write it as an attribute")
    return found


_FLATTEN: Final = "flatten the drawing, or save it as a PNG of 300 ppi"
_HELP: Final = MappingProxyType(
    {
        "marker": "turn strokes with arrow heads into outlines",
        "marker-start": "turn strokes with arrow heads into outlines",
        "marker-mid": "turn strokes with markers into outlines",
        "marker-end": "turn strokes with arrow heads into outlines",
        "text-decoration": "draw the line, or turn text into outlines",
        "word-spacing": "turn text into outlines",
        "writing-mode": "turn text into outlines",
        "baseline-shift": "turn text into outlines",
        "text-transform": "write the text in capitals",
    }
)


# -------------------------------------------------------------------------------------------- inheritance


def inherited(style: Style, own: Mapping[str, str], view: View) -> Style:
    """`style` with what an element says itself. Raises Refused and BadNumber."""
    if not own:
        return style
    changes: dict[str, object] = {}
    for name, value in own.items():
        if value.lower() in _ALWAYS_FINE:
            if value.lower() == "initial" and name in ("fill", "stroke"):
                changes[name] = BLACK if name == "fill" else NOTHING
            continue
        if name == "color":
            style = replace(style, color=color(value, style.color))
    for name, value in own.items():
        if value.lower() not in _ALWAYS_FINE:
            changes |= _change(name, value, style, view)
    style = replace(style, **changes)  # type: ignore[arg-type]
    return _lettered(style, own, view)


def _change(name: str, value: str, style: Style, view: View) -> dict[str, object]:
    low = value.lower()
    match name:
        case "fill" | "stroke":
            return {name: paint(value, style.color)}
        case "fill-opacity" | "stroke-opacity":
            return {name.replace("-", "_"): opacity(value)}
        case "fill-rule":
            return {"even_odd": low == "evenodd"}
        case "clip-rule":
            return {"clip_even_odd": low == "evenodd"}
        case "visibility":
            return {"visible": low == "visible"}
        case "paint-order":
            order = [part for part in low.split() if part in ("fill", "stroke")]
            return {"stroke_first": order[:1] == ["stroke"]}
        case _:
            return _pen(name, value, style, view)


def _pen(name: str, value: str, style: Style, view: View) -> dict[str, object]:
    low = value.lower()
    match name:
        case "stroke-width":
            return {"stroke_width": max(0.0, length(value, view, em=style.size))}
        case "stroke-linecap":
            return {"cap": _CAPS.get(low, 0)}
        case "stroke-linejoin":
            return {"join": _JOINS.get(low, 0)}
        case "stroke-miterlimit":
            return {"miter": max(1.0, number(value))}
        case "stroke-dasharray":
            return {"dash": _dash(value, view, style.size)}
        case "stroke-dashoffset":
            return {"phase": length(value, view, em=style.size)}
        case _:
            return {}


def _dash(value: str, view: View, em: float) -> tuple[float, ...]:
    """Dashes and gaps; an odd number of them is said twice (SVG 1.1, 11.4)."""
    if value.lower() == "none":
        return ()
    lengths = tuple(length(part, view, em=em) for part in re.split(r"[\s,]+", value.strip()) if part)
    if any(each < 0 for each in lengths) or sum(lengths) <= 0:
        return ()
    return lengths * 2 if len(lengths) % 2 else lengths


def _lettered(style: Style, own: Mapping[str, str], view: View) -> Style:
    """`style` with what `own` says of type."""
    if "font" in own and own["font"].lower() not in _ALWAYS_FINE:
        raise Refused("`font` in one word is not supported", "write `font-family` and `font-size`")
    said = {name: value for name, value in own.items() if value.lower() not in _ALWAYS_FINE}
    font = style.font
    if "font-family" in said:
        families = tuple(part.strip().strip("'\"") for part in said["font-family"].split(","))
        font = replace(font, families=tuple(family for family in families if family))
    if "font-weight" in said:
        weight = said["font-weight"].lower()
        font = replace(font, weight=_WEIGHTS.get(weight) or min(900, max(100, round(number(weight)))))
    if "font-style" in said:
        font = replace(font, italic=said["font-style"].lower() in ("italic", "oblique"))
    size = style.size
    if "font-size" in said:
        size = _font_size(said["font-size"], style.size, view)
    spacing = said.get("letter-spacing", "")
    baseline = said.get("dominant-baseline", said.get("alignment-baseline", ""))
    return replace(
        style,
        font=font,
        size=size,
        anchor=said.get("text-anchor", style.anchor).lower(),
        spacing=(0.0 if spacing == "normal" else length(spacing, view, em=size)) if spacing else style.spacing,
        baseline=_BASELINES.get(baseline.lower(), "") if baseline else style.baseline,
    )


def _font_size(text: str, size: float, view: View) -> float:
    low = text.lower()
    if low in ("larger", "smaller"):
        return size * 1.2 if low == "larger" else size / 1.2
    if low in _SIZES:
        return _SIZES[low]
    if low.endswith("%"):
        return size * number(low[:-1]) / 100
    return max(0.0, length(text, view, em=size))


def transform(text: str) -> tuple[tuple[str, tuple[float, ...]], ...]:
    """The functions of a `transform` attribute with their operands. Raises BadNumber."""
    text = text.strip()
    if text.lower() in ("", "none"):
        return ()
    found = [(name, numbers(inside)) for name, inside in re.findall(r"([A-Za-z]+)\s*\(([^()]*)\)", text)]
    if re.sub(r"[A-Za-z]+\s*\([^()]*\)|[\s,]", "", text):
        raise BadNumber(text[:40])
    return tuple(found)
