"""Gradients of a drawing (SVG 1.1, 13.2): their ends and stops, those they inherit from others too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from briefpack.graphics.artwork import UNMOVED, Gradient, Matrix, times
from briefpack.graphics.svg.elements import Node
from briefpack.graphics.svg.paths import number
from briefpack.graphics.svg.places import matrix_of
from briefpack.graphics.svg.styles import BLACK, Color, Refused, Rule, View, color, declared, length, opacity

NAMES: Final = frozenset({"linearGradient", "radialGradient"})
_MOST_LINKS: Final = 16
_FLATTEN: Final = "flatten the drawing, or save it as a PNG of 300 ppi"


def gradient(
    node: Node,
    named: Mapping[str, Node],
    sheet: tuple[Rule, ...],
    area: tuple[float, float, float, float],
    view: View,
) -> tuple[Gradient | Color, float]:
    """What `node` paints a shape whose box is `area` with, in the shape's user space, and how opaque that is.

    Raises Refused and BadNumber.
    """
    chain = tuple(_chain(node, named))
    stops = _stops(next((each for each in chain if any(child.name == "stop" for child in each.elements)), node), sheet)
    if not stops:
        return Color(""), 1.0
    alphas = {each.alpha for _, each in stops}
    if len(alphas) > 1:
        raise Refused("a gradient fades to transparent", _FLATTEN)
    alpha = alphas.pop()
    if len(stops) == 1:
        return stops[0][1], 1.0
    attributes: dict[str, str] = {}
    for each in reversed(chain):
        attributes |= {name: value for name, value in each.attributes.items() if name not in ("id", "href")}
    if attributes.get("spreadMethod", "pad") != "pad":
        raise Refused(f"a gradient with `spreadMethod: {attributes['spreadMethod']}` is not supported", _FLATTEN)
    boxed = attributes.get("gradientUnits", "objectBoundingBox") != "userSpaceOnUse"
    left, top, right, bottom = area
    if boxed and (right <= left or bottom <= top):
        return Color(""), 1.0
    frame: Matrix = (right - left, 0, 0, bottom - top, left, top) if boxed else UNMOVED
    matrix = times(frame, matrix_of(attributes.get("gradientTransform", "")))
    ends = _ends(node.name, attributes, View(1, 1) if boxed else view)
    if ends is None:
        return stops[-1][1], 1.0
    return Gradient(ends, tuple((at, each.hex) for at, each in stops), matrix), alpha


def _chain(node: Node, named: Mapping[str, Node]) -> Iterator[Node]:
    """`node` and the gradients that it refers to, one after the other."""
    for _ in range(_MOST_LINKS):
        yield node
        target = named.get(node.attributes.get("href", "").removeprefix("#"))
        if target is None or target.name not in NAMES:
            return
        node = target
    raise Refused("gradients refer to one another in a circle", "save it again as plain SVG")


def _ends(kind: str, attributes: Mapping[str, str], view: View) -> tuple[float, ...] | None:
    """The line, or the circles; None where they leave no way between them."""

    def at(name: str, default: str, direction: str) -> float:
        return length(attributes.get(name, default), view, direction)

    if kind == "linearGradient":
        line = at("x1", "0%", "x"), at("y1", "0%", "y"), at("x2", "100%", "x"), at("y2", "0%", "y")
        return None if line[:2] == line[2:] else line
    x, y, radius = at("cx", "50%", "x"), at("cy", "50%", "y"), at("r", "50%", "")
    if radius <= 0:
        return None
    focus_x = length(attributes["fx"], view, "x") if "fx" in attributes else x
    focus_y = length(attributes["fy"], view, "y") if "fy" in attributes else y
    away = ((focus_x - x) ** 2 + (focus_y - y) ** 2) ** 0.5
    if away > 0.99 * radius:
        # A focus outside of the circle is moved to its edge (SVG 1.1, 13.2.3).
        focus_x, focus_y = (x + (focus_x - x) * 0.99 * radius / away, y + (focus_y - y) * 0.99 * radius / away)
    return focus_x, focus_y, at("fr", "0%", ""), x, y, radius


def _stops(node: Node, sheet: tuple[Rule, ...]) -> Sequence[tuple[float, Color]]:
    """Stops from 0 to 1, never falling."""
    found: list[tuple[float, Color]] = []
    for child in node.elements:
        if child.name != "stop":
            continue
        text = child.attributes.get("offset", "0").strip()
        at = number(text[:-1]) / 100 if text.endswith("%") else number(text)
        own = declared(child, sheet)
        named = color(own.get("stop-color", "black"), color(own["color"]) if "color" in own else BLACK)
        shade = Color(
            named.hex or "#000000", (named.alpha if named.hex else 0.0) * opacity(own.get("stop-opacity", "1"))
        )
        found.append((max(found[-1][0] if found else 0.0, min(1.0, max(0.0, at))), shade))
    if not found:
        return ()
    first = [(0.0, found[0][1])] if found[0][0] > 0 and len(found) > 1 else []
    last = [(1.0, found[-1][1])] if found[-1][0] < 1 and len(found) > 1 else []
    return (*first, *found, *last)
