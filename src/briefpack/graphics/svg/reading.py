"""An SVG file to artwork (SVG 1.1, second edition; what of SVG 2 drawing programs write).

Shapes, groups, transforms, `use` and `symbol`, gradients, clip paths, opacity, style sheets of simple
selectors, and text, which becomes outlines of the project's typefaces. Everything else that would leave ink
is refused with its place: masks, filters, patterns, markers, pictures inside, HTML inside, animation,
scripts. Nothing is fetched; a drawing that multiplies itself is stopped.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from types import MappingProxyType
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding
from briefpack.graphics.artwork import (
    SIDE,
    Artwork,
    Clip,
    Gradient,
    Layer,
    Mark,
    Matrix,
    Shape,
    Stroke,
    box,
    even_scale,
    moved_segments,
    times,
)
from briefpack.graphics.letters import Letters
from briefpack.graphics.primitives import Segment
from briefpack.graphics.svg import paths
from briefpack.graphics.svg.elements import Node, parse
from briefpack.graphics.svg.gradients import NAMES as GRADIENTS
from briefpack.graphics.svg.gradients import gradient
from briefpack.graphics.svg.paths import BadNumber
from briefpack.graphics.svg.places import fitted, matrix_of, view_box
from briefpack.graphics.svg.styles import (
    NOTHING,
    Color,
    Paint,
    Refused,
    Rule,
    Server,
    Style,
    View,
    declared,
    inherited,
    length,
    opacity,
    rules,
)
from briefpack.graphics.svg.words import Lettered, lettered

MOST_STEPS: Final = 60_000
MOST_MARKS: Final = 20_000
MOST_SEGMENTS: Final = 500_000
_DEEPEST_LAYER: Final = 12
_DEEPEST_USE: Final = 24

_SHAPES: Final = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
_GROUPS: Final = frozenset({"g", "a"})
_SILENT: Final = frozenset(
    {"", "title", "desc", "metadata", "defs", "style", "symbol", "clipPath", "mask", "filter", "pattern", "marker"}
    | {"linearGradient", "radialGradient", "meshgradient", "font", "font-face", "view", "cursor", "color-profile"}
)
_REMEDIES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "image": "put the picture on the page as a file of its own",
        "foreignObject": "turn its text into SVG text or outlines",
        "script": "save the finished drawing as plain SVG",
        "switch": "save it again as plain SVG, its text as outlines",
    }
)
_ANIMATIONS: Final = frozenset({"animate", "animateTransform", "animateMotion", "animateColor", "set"})
# The weight that bold begins at.
_BOLD: Final = 700
_FLATTEN: Final = "flatten the drawing, or save it as a PNG of 300 ppi"


def is_svg(data: bytes, path: str) -> bool:
    """Whether the file `data` at `path` means to be SVG."""
    return path.lower().endswith((".svg", ".svgz")) or b"<svg" in data[:1000]


def read_svg(data: bytes, path: str, letters: Letters) -> tuple[Artwork | None, tuple[Diagnostic, ...]]:
    """The drawing `data`, which the project has at `path`, or what is wrong with it; with it, what to know."""
    if data[:2] == b"\x1f\x8b":
        message = f"`{path}` is a compressed drawing"
        return None, (finding("unreadable-image", message, path=path, help="save it as plain SVG"),)
    root, problem = parse(data, path)
    if root is None:
        assert problem is not None
        return None, (problem,)
    reader = _Reader(path, letters, {})
    artwork = reader.artwork(root)
    return (None if reader.failed else artwork), tuple(reader.diagnostics)


class _TooMuch(Exception):
    """The drawing has more in it than a page can show."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the walk is: what is handed on, and how far inside it is."""

    style: Style
    matrix: Matrix
    view: View
    layers: int = 0
    uses: tuple[str, ...] = ()


@dataclass
class _Reader:
    path: str
    letters: Letters
    named: dict[str, Node]
    diagnostics: list[Diagnostic] = field(default_factory=list)
    sheet: tuple[Rule, ...] = ()
    failed: bool = False
    _steps: int = 0
    _marks: int = 0
    _segments: int = 0

    # --------------------------------------------------------------------------------------- diagnostics

    def _refuse(self, node: Node, message: str, help: str, rule: str = "unsupported-drawing") -> None:
        """Say it once for each message: a drawing may do the same a hundred times."""
        self.failed = True
        self._say(finding(rule, message, node.span(self.path), help=help))

    def _say(self, found: Diagnostic) -> None:
        if all((found.rule, found.message) != (other.rule, other.message) for other in self.diagnostics):
            self.diagnostics.append(found)

    def _bad_number(self, node: Node, error: BadNumber) -> None:
        message = f"`{error}` is not understood in `<{node.name}>`"
        self._refuse(node, message, "save the drawing again", "unreadable-image")

    # --------------------------------------------------------------------------------------------- whole

    def artwork(self, root: Node) -> Artwork | None:
        for node in root.walk():
            if "id" in node.attributes:
                self.named.setdefault(node.attributes["id"], node)
        try:
            self.sheet = rules("\n".join(_text(node) for node in root.walk() if node.name == "style"))
            size = _size(root)
            if size is None:
                message = f"`{self.path}` does not say how large it is"
                self._refuse(root, message, "give `<svg>` a `viewBox`", "unreadable-image")
                return None
            return self._whole(root, size)
        except Refused as refused:
            self._refuse(root, refused.message, refused.help)
        except BadNumber as error:
            self._bad_number(root, error)
        except _TooMuch as error:
            self._refuse(root, str(error), "simplify the drawing, or save it as a PNG of 300 ppi")
        return None

    def _whole(self, root: Node, size: View) -> Artwork | None:
        scale = SIDE / max(size.width, size.height)
        area = view_box(root) or (0.0, 0.0, size.width, size.height)
        matrix = times((scale, 0, 0, scale, 0, 0), fitted(root, area, size))
        place = _Place(Style(), matrix, View(area[2], area[3]))
        own = declared(root, self.sheet)
        style = inherited(place.style, own, place.view)
        marks = self._children(root, replace(place, style=style))
        group = _see_through(own)
        if group < 1:
            marks = (Layer(marks, opacity=group),)
        if not marks and not self.failed:
            self._refuse(root, f"`{self.path}` draws nothing", "check that its shapes are inside the `viewBox`")
        return Artwork(size.width * scale, size.height * scale, marks)

    def _children(self, node: Node, place: _Place) -> tuple[Mark, ...]:
        return tuple(mark for child in node.elements for mark in self._element(child, place))

    def _element(self, node: Node, place: _Place) -> tuple[Mark, ...]:
        if node.name in _SILENT:
            return ()
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise _TooMuch(f"the drawing comes to more than {MOST_STEPS:,} elements")
        try:
            return self._drawn(node, place)
        except Refused as refused:
            self._refuse(node, refused.message, refused.help)
        except BadNumber as error:
            self._bad_number(node, error)
        return ()

    def _drawn(self, node: Node, place: _Place) -> tuple[Mark, ...]:
        own = declared(node, self.sheet)
        if own.get("display", "").lower() == "none":
            return ()
        style = inherited(place.style, own, place.view)
        matrix = times(place.matrix, matrix_of(node.attributes.get("transform", "")))
        if abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) < 1e-12:
            return ()
        inner = replace(place, style=style, matrix=matrix)
        clips = self._clips(own.get("clip-path", "none"), node, inner)
        see_through = _see_through(own)
        if clips or see_through < 1:
            inner = replace(inner, layers=inner.layers + 1)
            if inner.layers > _DEEPEST_LAYER:
                raise Refused(f"clips and opacities are nested more than {_DEEPEST_LAYER} deep", _FLATTEN)
        return _layered(self._marks_of(node, inner), clips, see_through)

    def _marks_of(self, node: Node, place: _Place) -> tuple[Mark, ...]:
        name = node.name
        if name in _SHAPES:
            return self._shape(node, place)
        if name in _GROUPS:
            return self._children(node, place)
        match name:
            case "use":
                return self._use(node, place)
            case "svg":
                return self._viewport(node, node, place)
            case "text":
                return self._words(node, place)
            case _ if name in _ANIMATIONS:
                raise Refused("the drawing is animated", "save the picture that it ends with")
            case _:
                raise Refused(f"`<{name}>` is not supported", _REMEDIES.get(name, _FLATTEN))

    # ------------------------------------------------------------------------------------------ structure

    def _use(self, node: Node, place: _Place) -> tuple[Mark, ...]:
        target = self._target(node)
        id = target.attributes.get("id", "")
        if id in place.uses or len(place.uses) >= _DEEPEST_USE:
            raise Refused(f"`{id}` uses itself", "save it again as plain SVG")
        x, y = (length(node.attributes.get(name, "0"), place.view, name) for name in ("x", "y"))
        matrix = times(place.matrix, (1, 0, 0, 1, x, y))
        place = replace(place, matrix=matrix, uses=(*place.uses, id))
        if target.name in ("symbol", "svg"):
            own = declared(target, self.sheet)
            style = inherited(place.style, own, place.view)
            return self._viewport(target, node, replace(place, style=style))
        return self._element(target, place)

    def _target(self, node: Node) -> Node:
        reference = node.attributes.get("href", "").strip()
        if not reference.startswith("#"):
            raise Refused(f"`{reference[:60]}` leads to another file", "save it again as plain SVG")
        target = self.named.get(reference[1:])
        if target is None:
            raise Refused(f"there is nothing called `{reference[1:]}` in the drawing", "save it again as plain SVG")
        return target

    def _viewport(self, node: Node, sized: Node, place: _Place) -> tuple[Mark, ...]:
        """What is inside of `node`, an `svg` or a `symbol`, as large as `sized` says."""
        width, height = (_side(name, (sized, node), place.view) for name in ("width", "height"))
        if width <= 0 or height <= 0:
            return ()
        offset = node if node.name == "svg" else None
        x, y = (length(offset.attributes.get(name, "0") if offset else "0", place.view, name) for name in ("x", "y"))
        matrix = times(place.matrix, (1, 0, 0, 1, x, y))
        clip = Clip(moved_segments(matrix, paths.rounded(0, 0, width, height, 0, 0)))
        area = view_box(node)
        if area is not None:
            matrix = times(matrix, fitted(node, area, View(width, height)))
        view = View(area[2], area[3]) if area is not None else View(width, height)
        marks = self._children(node, replace(place, matrix=matrix, view=view, layers=place.layers + 1))
        visible = declared(node, self.sheet).get("overflow", "hidden") in ("visible", "auto")
        return marks if visible else _layered(marks, (clip,), 1.0)

    # --------------------------------------------------------------------------------------------- shapes

    def _shape(self, node: Node, place: _Place) -> tuple[Mark, ...]:
        return self._painted(outline(node, place.view), place)

    def _painted(self, segments: tuple[Segment, ...], place: _Place) -> tuple[Mark, ...]:
        """`segments`, of the user space of `place`, in its paint."""
        style = place.style
        if not segments or not style.visible:
            return ()
        self._marks += 1
        self._segments += len(segments)
        if self._marks > MOST_MARKS or self._segments > MOST_SEGMENTS:
            raise _TooMuch(f"the drawing has more than {MOST_MARKS:,} shapes or {MOST_SEGMENTS:,} parts of lines")
        fill, alpha = self._paint(style.fill, segments, place)
        stroke = self._stroke(segments, place)
        if fill is None and stroke is None:
            return ()
        scale = even_scale(place.matrix)
        if stroke is not None and scale is None:
            pen = Shape(segments, stroke=stroke, matrix=place.matrix)
            area = Shape(moved_segments(place.matrix, segments), fill, style.fill_opacity * alpha, style.even_odd)
            both: tuple[Mark, ...] = (area, pen) if fill is not None else (pen,)
            return both[::-1] if style.stroke_first else both
        if stroke is not None and scale is not None:
            stroke = _scaled(stroke, scale)
        moved = moved_segments(place.matrix, segments)
        shape = Shape(moved, fill, style.fill_opacity * alpha, style.even_odd, stroke)
        if style.stroke_first and fill is not None and stroke is not None:
            return replace(shape, fill=None), replace(shape, stroke=None)
        return (shape,)

    def _paint(self, paint: Paint, segments: tuple[Segment, ...], place: _Place) -> tuple[str | Gradient | None, float]:
        """The colour or gradient in the artwork's own space, and how opaque it is."""
        match paint:
            case Color(hex=hex, alpha=alpha):
                return hex or None, alpha
            case Server(id=id, otherwise=otherwise):
                server = self.named.get(id)
                if server is None:
                    return otherwise.hex or None, otherwise.alpha
                if server.name not in GRADIENTS:
                    raise Refused(f"a fill with `<{server.name}>` is not supported", _FLATTEN)
                found, alpha = gradient(server, self.named, self.sheet, box(segments), place.view)
                if isinstance(found, Color):
                    return found.hex or None, found.alpha
                return replace(found, matrix=times(place.matrix, found.matrix)), alpha

    def _stroke(self, segments: tuple[Segment, ...], place: _Place) -> Stroke | None:
        style = place.style
        if style.stroke == NOTHING or style.stroke_width <= 0:
            return None
        color, alpha = self._paint(style.stroke, segments, place)
        if isinstance(color, Gradient):
            raise Refused("a line in a gradient is not supported", "turn the stroke into an outline")
        if color is None:
            return None
        return Stroke(
            color, style.stroke_width, style.cap, style.join, style.miter, style.dash, style.phase,
            style.stroke_opacity * alpha,
        )  # fmt: skip

    # ---------------------------------------------------------------------------------------------- clips

    def _clips(self, value: str, node: Node, place: _Place) -> tuple[Clip, ...]:
        """The clips that `clip-path` names, in the artwork's own space; they all hold."""
        if value.lower() in ("none", "inherit", "initial", "unset"):
            return ()
        id = value.strip().removeprefix("url(").rstrip(")").strip("'\" ")
        target = self.named.get(id.removeprefix("#"))
        if not value.strip().lower().startswith("url(") or not id.startswith("#") or target is None:
            raise Refused(f"`clip-path: {value[:40]}` is not supported", _FLATTEN)
        if target.name != "clipPath" or id in place.uses:
            raise Refused(f"`{id[1:]}` is no clip path", _FLATTEN)
        place = replace(place, uses=(*place.uses, id))
        if target.attributes.get("clipPathUnits") == "objectBoundingBox":
            left, top, right, bottom = self._extent(node, place)
            place = replace(place, matrix=times(place.matrix, (right - left, 0, 0, bottom - top, left, top)))
        matrix = times(place.matrix, matrix_of(target.attributes.get("transform", "")))
        own = declared(target, self.sheet)
        style = inherited(Style(), own, place.view)
        outer = self._clips(own.get("clip-path", "none"), target, replace(place, matrix=matrix))
        parts = tuple(self._clip_parts(target, replace(place, matrix=matrix, style=style)))
        return (*outer, _union(parts))

    def _extent(self, node: Node, place: _Place) -> tuple[float, float, float, float]:
        if node.name not in _SHAPES:
            raise Refused("a clip in the units of a group is not supported", _FLATTEN)
        return box(outline(node, place.view))

    def _clip_parts(self, target: Node, place: _Place) -> Iterator[Clip]:
        for child in target.elements:
            if child.name in _SILENT:
                continue
            own = declared(child, self.sheet)
            if own.get("display", "").lower() == "none":
                continue
            if own.get("clip-path", "none").lower() != "none":
                raise Refused("a clip path that is clipped itself is not supported", _FLATTEN)
            style = inherited(place.style, own, place.view)
            matrix = times(place.matrix, matrix_of(child.attributes.get("transform", "")))
            if child.name == "use":
                x, y = (length(child.attributes.get(name, "0"), place.view, name) for name in ("x", "y"))
                child = self._target(child)
                own = declared(child, self.sheet)
                style = inherited(style, own, place.view)
                matrix = times(matrix, (1, 0, 0, 1, x, y))
                matrix = times(matrix, matrix_of(child.attributes.get("transform", "")))
            if child.name not in _SHAPES:
                raise Refused(f"`<{child.name}>` in a clip path is not supported", _FLATTEN)
            if style.visible:
                yield Clip(moved_segments(matrix, outline(child, place.view)), style.clip_even_odd)

    # ---------------------------------------------------------------------------------------------- words

    def _words(self, node: Node, place: _Place) -> tuple[Mark, ...]:
        marks: list[Mark] = []
        for words in lettered(node, place.style, place.view, self.sheet, self.letters):
            self._check(words, node)
            if any(isinstance(paint, Server) for paint in (words.style.fill, words.style.stroke)):
                raise Refused("text in a gradient is not supported", "turn the text into outlines")
            segments = moved_segments(words.matrix, words.outlined.segments)
            size = words.style.size * math.hypot(*place.matrix[2:4])
            for mark in self._painted(segments, replace(place, style=words.style)):
                assert isinstance(mark, Shape)
                marks.append(replace(mark, type_size=size, bold=words.style.font.weight >= _BOLD))
        return tuple(marks)

    def _check(self, words: Lettered, node: Node) -> None:
        found, span = words.outlined, node.span(self.path)
        for character in found.missing:
            name = f"U+{ord(character):04X}"
            message = f"the typeface `{found.family}` has no `{character}` ({name})"
            self.failed = True
            self._say(finding("missing-character", message, span, help="turn the text of the drawing into outlines"))
        if found.substitute:
            asked = ", ".join(f"`{family}`" for family in words.style.font.families)
            message = f"the drawing is lettered in {asked}, and is set in `{found.family}` instead"
            help = "turn its text into outlines, or name a typeface of the theme in the drawing"
            self._say(finding("substituted-typeface", message, span, help=help))


# ------------------------------------------------------------------------------------------------- shapes


def outline(node: Node, view: View) -> tuple[Segment, ...]:
    """The outline of a path or basic shape, in its user space. Raises BadNumber."""

    def at(name: str, direction: str) -> float:
        return length(node.attributes.get(name, "0"), view, direction)

    match node.name:
        case "path":
            return paths.path(node.attributes.get("d", ""))
        case "rect":
            width, height = at("width", "x"), at("height", "y")
            return paths.rounded(at("x", "x"), at("y", "y"), width, height, *_radii(node, view)) * (
                width > 0 and height > 0
            )
        case "circle":
            radius = at("r", "")
            return paths.ellipse(at("cx", "x"), at("cy", "y"), radius, radius) * (radius > 0)
        case "ellipse":
            rx, ry = at("rx", "x"), at("ry", "y")
            return paths.ellipse(at("cx", "x"), at("cy", "y"), rx, ry) * (rx > 0 and ry > 0)
        case "line":
            return ("m", (at("x1", "x"), at("y1", "y"))), ("l", (at("x2", "x"), at("y2", "y")))
        case _:
            corners = paths.numbers(node.attributes.get("points", ""))
            return paths.polygon(corners, closed=node.name == "polygon")


def _radii(node: Node, view: View) -> tuple[float, float]:
    """The radii of a rectangle's corners, of which one may stand for both."""
    found = [
        None if node.attributes.get(name, "auto") == "auto" else length(node.attributes[name], view, direction)
        for name, direction in (("rx", "x"), ("ry", "y"))
    ]
    rx, ry = found[0] if found[0] is not None else found[1], found[1] if found[1] is not None else found[0]
    return rx or 0.0, ry or 0.0


def _scaled(stroke: Stroke, scale: float) -> Stroke:
    return replace(
        stroke,
        width=stroke.width * scale,
        dash=tuple(each * scale for each in stroke.dash),
        phase=stroke.phase * scale,
    )


def _layered(marks: tuple[Mark, ...], clips: tuple[Clip, ...], see_through: float) -> tuple[Mark, ...]:
    """`marks` under clips and an opacity; a single fill or a single line needs no layer to be see-through."""
    if not marks:
        return ()
    if see_through < 1 and len(marks) == 1 and isinstance(marks[0], Shape):
        shape = marks[0]
        if shape.stroke is None:
            marks, see_through = (replace(shape, opacity=shape.opacity * see_through),), 1.0
        elif shape.fill is None:
            stroke = replace(shape.stroke, opacity=shape.stroke.opacity * see_through)
            marks, see_through = (replace(shape, stroke=stroke),), 1.0
    return (Layer(marks, clips, see_through),) if clips or see_through < 1 else marks


def _union(parts: tuple[Clip, ...]) -> Clip:
    """What any of `parts` covers. Raises Refused where they overlap, which one outline cannot say."""
    if len(parts) == 1:
        return parts[0]
    boxes = [box(part.segments) for part in parts]
    for index, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:index]:
            if left < other[2] and other[0] < right and top < other[3] and other[1] < bottom:
                raise Refused("a clip path of shapes that overlap is not supported", "unite the shapes of the clip")
    rules = {part.even_odd for part in parts}
    if len(rules) > 1:
        raise Refused("a clip path of several fill rules is not supported", "unite the shapes of the clip")
    return Clip(tuple(segment for part in parts for segment in part.segments), rules == {True})


def _see_through(own: Mapping[str, str]) -> float:
    value = own.get("opacity", "1")
    return 1.0 if value.lower() in ("inherit", "initial", "unset") else opacity(value)


def _text(node: Node) -> str:
    return "".join(child for child in node.children if isinstance(child, str))


def _side(name: str, nodes: tuple[Node, ...], view: View) -> float:
    """The `width` or `height` that the first of `nodes` says; all of the viewport otherwise."""
    for node in nodes:
        text = node.attributes.get(name, "auto")
        if text != "auto":
            return length(text, view, "x" if name == "width" else "y")
    return view.width if name == "width" else view.height


def _size(root: Node) -> View | None:
    """How large the drawing is in its own opinion: only the proportions count."""
    area = view_box(root)
    sides = [root.attributes.get(name, "auto").strip() for name in ("width", "height")]
    said = [None if text == "auto" or text.endswith("%") else length(text, View(0, 0)) for text in sides]
    width, height = said
    if width is not None and height is not None:
        return View(width, height) if width > 0 and height > 0 else None
    if area is None:
        return None
    ratio = area[3] / area[2]
    if width:
        return View(width, width * ratio)
    if height:
        return View(height / ratio, height)
    return View(area[2], area[3])
