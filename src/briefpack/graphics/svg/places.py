"""Where things of a drawing go: transforms (SVG 1.1, 7.6) and viewports (7.7 to 7.9)."""

from __future__ import annotations

import math

from briefpack.graphics.artwork import UNMOVED, Matrix, times
from briefpack.graphics.svg.elements import Node
from briefpack.graphics.svg.paths import BadNumber, numbers
from briefpack.graphics.svg.styles import View, transform


def matrix_of(text: str) -> Matrix:
    """The matrix of a `transform` attribute. Raises BadNumber."""
    matrix = UNMOVED
    if not text:
        return matrix
    for name, operands in transform(text):
        matrix = times(matrix, _function(name, operands))
    return matrix


def _function(name: str, operands: tuple[float, ...]) -> Matrix:
    match name, operands:
        case "matrix", (a, b, c, d, e, f):
            return a, b, c, d, e, f
        case "translate", (x,):
            return 1, 0, 0, 1, x, 0
        case "translate", (x, y):
            return 1, 0, 0, 1, x, y
        case "scale", (x,):
            return x, 0, 0, x, 0, 0
        case "scale", (x, y):
            return x, 0, 0, y, 0, 0
        case "rotate", (angle,):
            return _turn(angle)
        case "rotate", (angle, x, y):
            return times((1, 0, 0, 1, x, y), times(_turn(angle), (1, 0, 0, 1, -x, -y)))
        case "skewX", (angle,):
            return 1, 0, math.tan(math.radians(angle)), 1, 0, 0
        case "skewY", (angle,):
            return 1, math.tan(math.radians(angle)), 0, 1, 0, 0
        case _:
            raise BadNumber(f"{name}({', '.join(f'{each:g}' for each in operands)})")


def _turn(angle: float) -> Matrix:
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return cos, sin, -sin, cos, 0, 0


def view_box(node: Node) -> tuple[float, float, float, float] | None:
    """The `viewBox` of `node`; None when there is none. Raises BadNumber."""
    text = node.attributes.get("viewBox", "").strip()
    if not text:
        return None
    match numbers(text):
        case (x, y, width, height) if width > 0 and height > 0:
            return x, y, width, height
        case _:
            raise BadNumber(text)


def fitted(node: Node, box: tuple[float, float, float, float], view: View) -> Matrix:
    """What brings `box` into a viewport from 0, 0 as `preserveAspectRatio` of `node` says."""
    x, y, width, height = box
    across, down = view.width / width, view.height / height
    words = node.attributes.get("preserveAspectRatio", "xMidYMid meet").replace("defer", "").split()
    align = words[0] if words else "xMidYMid"
    if align == "none":
        return across, 0, 0, down, -x * across, -y * down
    scale = max(across, down) if "slice" in words else min(across, down)
    shares = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}
    left = (view.width - width * scale) * shares.get(align[1:4], 0.5)
    top = (view.height - height * scale) * shares.get(align[5:8], 0.5)
    return scale, 0, 0, scale, left - x * scale, top - y * scale
