"""Outlines: path data (SVG 1.1, 8.3) and basic shapes (9) to moves, lines and curves."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final

from briefpack.expressions import expression
from briefpack.graphics.primitives import KAPPA, Segment

NUMBER: Final = expression(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_SEPARATOR: Final = expression(r"[\s,]*")
_COMMANDS: Final = frozenset("MmZzLlHhVvCcSsQqTtAa")
_OPERANDS: Final = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}

# What a drawing is measured in has no use for more.
FARTHEST: Final = 1e7

Point = tuple[float, float]


class BadNumber(ValueError):
    """Text that is no number of a drawing, or one out of all bounds."""


def number(text: str) -> float:
    """Raises BadNumber."""
    match = NUMBER.fullmatch(text.strip())
    if match is None:
        raise BadNumber(text.strip())
    return _bounded(float(match[0]), text)


def _bounded(value: float, text: str) -> float:
    if not abs(value) <= FARTHEST:
        raise BadNumber(text.strip())
    return value


def numbers(text: str) -> tuple[float, ...]:
    """Numbers with blanks or commas between them. Raises BadNumber."""
    found: list[float] = []
    at = _skip(text, 0)
    while at < len(text):
        match = NUMBER.match(text, at)
        if match is None:
            raise BadNumber(text[at : at + 20])
        found.append(_bounded(float(match[0]), match[0]))
        at = _skip(text, match.end())
    return tuple(found)


def _skip(text: str, at: int) -> int:
    match = _SEPARATOR.match(text, at)
    return match.end() if match else at


def _commands(data: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    """The commands of `data` with their operands, repeated ones one by one. Raises BadNumber."""
    at, command = _skip(data, 0), ""
    while at < len(data):
        if data[at] in _COMMANDS:
            command = data[at]
            at = _skip(data, at + 1)
            if command in "Zz":
                yield command, ()
                continue
        elif not command or command in "Zz":
            raise BadNumber(data[at : at + 20])
        operands, at = _operands(data, at, command)
        yield command, operands
        command = {"M": "L", "m": "l"}.get(command, command)


def _operands(data: str, at: int, command: str) -> tuple[tuple[float, ...], int]:
    found: list[float] = []
    for index in range(_OPERANDS[command.upper()]):
        if command in "Aa" and index in (3, 4):
            # A flag is one digit, and needs no blank after it.
            if data[at : at + 1] not in ("0", "1"):
                raise BadNumber(data[at : at + 20])
            found.append(float(data[at]))
            at = _skip(data, at + 1)
            continue
        match = NUMBER.match(data, at)
        if match is None:
            raise BadNumber(data[at : at + 20] or "the end of the path")
        found.append(_bounded(float(match[0]), match[0]))
        at = _skip(data, match.end())
    return tuple(found), at


def path(data: str) -> tuple[Segment, ...]:
    """The outline that path data describes. Raises BadNumber where it ends in the middle or is garbled."""
    tracing = _Tracing()
    for command, operands in _commands(data):
        if not tracing.segments and command not in "Mm":
            raise BadNumber(command)
        tracing.follow(command, operands)
    return tuple(tracing.segments)


class _Tracing:
    def __init__(self) -> None:
        self.segments: list[Segment] = []
        self.at: Point = (0.0, 0.0)
        self.start: Point = (0.0, 0.0)
        self.control: Point | None = None  # of the curve before, for a smooth one
        self.kind = ""

    def follow(self, command: str, operands: tuple[float, ...]) -> None:
        kind = command.upper()
        x, y = self.at if command.islower() else (0.0, 0.0)
        if kind == "Z":
            self.segments.append(("h", ()))
            self.at = self.start
        elif kind == "H":
            self._line((x + operands[0], self.at[1]))
        elif kind == "V":
            self._line((self.at[0], y + operands[0]))
        elif kind == "A":
            end = (x + operands[5], y + operands[6])
            for curve in arc(self.at, operands[0], operands[1], operands[2], operands[3:5], end):
                self._curve(curve)
            self.at = end
        else:
            points = [(x + a, y + b) for a, b in zip(operands[0::2], operands[1::2], strict=True)]
            self._points(kind, points)
        self.kind = kind

    def _points(self, kind: str, points: Sequence[Point]) -> None:
        match kind:
            case "M":
                self.at = self.start = points[0]
                self.segments.append(("m", points[0]))
            case "L":
                self._line(points[0])
            case "C":
                self._cubic(points[0], points[1], points[2])
            case "S":
                self._cubic(self._mirrored("CS"), points[0], points[1])
            case "Q":
                self._quadratic(points[0], points[1])
            case _:
                self._quadratic(self._mirrored("QT"), points[0])

    def _mirrored(self, kinds: str) -> Point:
        if self.control is None or self.kind not in kinds:
            return self.at
        return 2 * self.at[0] - self.control[0], 2 * self.at[1] - self.control[1]

    def _reopen(self) -> None:
        """What goes on after a closed subpath begins a new one where that began."""
        if self.segments and self.segments[-1][0] == "h":
            self.segments.append(("m", self.at))

    def _line(self, to: Point) -> None:
        self._reopen()
        self.segments.append(("l", to))
        self.at = to

    def _curve(self, curve: tuple[float, ...]) -> None:
        self._reopen()
        self.segments.append(("c" if len(curve) == 6 else "l", curve))
        self.at = (curve[-2], curve[-1])

    def _cubic(self, one: Point, two: Point, end: Point) -> None:
        self._curve((*one, *two, *end))
        self.control = two

    def _quadratic(self, middle: Point, end: Point) -> None:
        x, y = self.at
        one = (x + 2 / 3 * (middle[0] - x), y + 2 / 3 * (middle[1] - y))
        two = (end[0] + 2 / 3 * (middle[0] - end[0]), end[1] + 2 / 3 * (middle[1] - end[1]))
        self._curve((*one, *two, *end))
        self.control = middle


def arc(
    start: Point, rx: float, ry: float, turn: float, flags: Sequence[float], end: Point
) -> Iterator[tuple[float, ...]]:
    """An elliptical arc as cubic Béziers of a quarter turn at most (SVG 1.1, F.6); a line where it is flat."""
    rx, ry = abs(rx), abs(ry)
    if start == end:
        return
    if rx == 0 or ry == 0:
        yield end
        return
    angle = math.radians(turn % 360)
    cos, sin = math.cos(angle), math.sin(angle)
    dx, dy = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * dx + sin * dy, -sin * dx + cos * dy
    short = (x / rx) ** 2 + (y / ry) ** 2
    if short > 1:
        rx, ry = rx * short**0.5, ry * short**0.5
    below = (rx * y) ** 2 + (ry * x) ** 2
    root = max(0.0, ((rx * ry) ** 2 - below) / below) ** 0.5
    large, sweep = flags
    root = -root if large == sweep else root
    cx, cy = root * rx * y / ry, -root * ry * x / rx
    first = math.atan2((y - cy) / ry, (x - cx) / rx)
    extent = math.atan2((-y - cy) / ry, (-x - cx) / rx) - first
    if sweep and extent < 0:
        extent += 2 * math.pi
    elif not sweep and extent > 0:
        extent -= 2 * math.pi
    middle = (cos * cx - sin * cy + (start[0] + end[0]) / 2, sin * cx + cos * cy + (start[1] + end[1]) / 2)
    parts = max(1, math.ceil(abs(extent) / (math.pi / 2) - 1e-9))
    step = extent / parts
    reach = 4 / 3 * math.tan(step / 4)

    def placed(a: float, b: float) -> Point:
        return middle[0] + cos * rx * a - sin * ry * b, middle[1] + sin * rx * a + cos * ry * b

    for index in range(parts):
        t, u = first + index * step, first + (index + 1) * step
        one = placed(math.cos(t) - reach * math.sin(t), math.sin(t) + reach * math.cos(t))
        two = placed(math.cos(u) + reach * math.sin(u), math.sin(u) - reach * math.cos(u))
        yield (*one, *two, *(end if index == parts - 1 else placed(math.cos(u), math.sin(u))))


def ellipse(x: float, y: float, rx: float, ry: float) -> tuple[Segment, ...]:
    """From three o'clock by six, as SVG 1.1, 9.4 has it: dashes begin there."""
    across, down = rx * KAPPA, ry * KAPPA
    return (
        ("m", (x + rx, y)),
        ("c", (x + rx, y + down, x + across, y + ry, x, y + ry)),
        ("c", (x - across, y + ry, x - rx, y + down, x - rx, y)),
        ("c", (x - rx, y - down, x - across, y - ry, x, y - ry)),
        ("c", (x + across, y - ry, x + rx, y - down, x + rx, y)),
        ("h", ()),
    )


def rounded(x: float, y: float, width: float, height: float, rx: float, ry: float) -> tuple[Segment, ...]:
    """A rectangle, its corners quarters of an ellipse."""
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    right, bottom = x + width, y + height
    if rx <= 0 or ry <= 0:
        corners = ((x, y), (right, y), (right, bottom), (x, bottom))
        return (("m", corners[0]), *(("l", corner) for corner in corners[1:]), ("h", ()))
    a, b = rx * (1 - KAPPA), ry * (1 - KAPPA)
    return (
        ("m", (x + rx, y)),
        ("l", (right - rx, y)),
        ("c", (right - a, y, right, y + b, right, y + ry)),
        ("l", (right, bottom - ry)),
        ("c", (right, bottom - b, right - a, bottom, right - rx, bottom)),
        ("l", (x + rx, bottom)),
        ("c", (x + a, bottom, x, bottom - b, x, bottom - ry)),
        ("l", (x, y + ry)),
        ("c", (x, y + b, x + a, y, x + rx, y)),
        ("h", ()),
    )


def polygon(points: tuple[float, ...], *, closed: bool) -> tuple[Segment, ...]:
    """Straight lines through `points`; a number too many is left out, as SVG 1.1, 9.7 asks."""
    corners = list(zip(points[0::2], points[1::2], strict=False))
    if not corners:
        return ()
    lines: list[Segment] = [("m", corners[0]), *(("l", corner) for corner in corners[1:])]
    return (*lines, ("h", ())) if closed else tuple(lines)
