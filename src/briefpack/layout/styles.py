"""Named styles, resolved: the theme's, with a layout's changes on top and the audience's floor for type.

Sizes and spaces follow the fit setting: `StyleSheet` answers for one document, a `Setting` says how far
the fit ladder has been climbed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from functools import cached_property, reduce
from typing import Final, TypeVar

from briefpack.dataclass import dataclass
from briefpack.document import is_right_to_left
from briefpack.namedtuple import NamedTuple
from briefpack.project.theme import BoxStyle, ChartStyle, ListStyle, Overrides, TableStyle, TextStyle, Theme
from briefpack.text import Face, Faces, Fallback, Features, Run, Writing

BODY: Final = "body"

# So many styles of text are remembered with their faces and colours; a theme has some dozens.
_MOST_BLANKS: Final = 500

# A text whose lines need this much more than a step of the baseline grid still has one to each.
_NEARLY: Final = 0.12

# The list style of footnotes; a theme may do without.
FOOTNOTES: Final = "footnotes"


class Setting(NamedTuple):
    """A rung of the fit ladder: factors on spacing, leading and size, and the optional blocks left out."""

    spacing: float = 1.0
    leading: float = 1.0
    size: float = 1.0
    dropped: frozenset[str] = frozenset()


# The marks of bullets by the level of their list, and how much closer the items of an inner list stand.
_MARKERS: Final = (None, "–", "·")
_CLOSER: Final = 0.85

# The padding of a ground that does not run out, though it is made to, and the white above it, in quarters of a line.
_CLEAR_OF_GROUND: Final = 4.0


@dataclass(frozen=True, slots=True)
class TextSpec:
    """A text style at setting 1: `size` in points, `leading` a multiple of it, spaces in quarter lines."""

    name: str
    family: str
    weight: int
    italic: bool
    size: float
    leading: float
    color: str
    align: str
    tracking: float
    features: Features
    hyphenate: bool
    balance: bool
    before: float
    after: float
    keep: bool
    snap: bool = False


@dataclass(frozen=True, slots=True)
class BoxSpec:
    ground: str | None = None
    padding: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    border: str | None = None
    sides: tuple[str, ...] = ("all",)
    thickness: float = 0.75
    radius: float = 0.0
    before: float = 0.0
    after: float = 0.0
    fill: bool = False
    bleed: bool = False
    cut: float | None = None
    align: str = "left"


@dataclass(frozen=True, slots=True)
class ListSpec:
    item: str = BODY
    label: str = BODY
    indent: float = 1.4
    gap: float = 3.0
    marker: str = "•"
    columns: int = 1
    before: float = 0.0
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class TableSpec:
    head: str = BODY
    row_head: str = BODY
    cell: str = BODY
    caption: str = BODY
    rule: str | None = None
    head_rule: str | None = None
    head_ground: str | None = None
    padding: tuple[float, float] = (1.5, 1.5)
    before: float = 0.0
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """`mark`, `second` and `ground` are `#rrggbb`; `columns` is 0 where the chart chooses."""

    mark: str
    ground: str
    second: str
    label: str = BODY
    caption: str = "caption"
    columns: int = 0
    before: float = 0.0
    after: float = 0.0


S = TypeVar("S", TextStyle, BoxStyle, ListStyle, TableStyle, ChartStyle)


class UnknownStyle(Exception):
    """A style, colour or typeface is named that the theme does not have."""

    def __init__(self, kind: str, name: str, known: Iterable[str], circle: Iterable[str] = ()) -> None:
        """`circle` are the styles each of which is like the next, and the last like `name`, the first of them."""
        round = " like ".join(f"`{each}`" for each in (*circle, name))
        super().__init__(f"a {kind} is like itself: {round}" if circle else f"the theme has no {kind} `{name}`")
        self.kind, self.name, self.known, self.circle = kind, name, tuple(known), tuple(circle)


@dataclass(frozen=True)
class StyleSheet:
    """The styles of one document. `floor` is the audience's smallest type, in points; `divides` says whether words
    may be divided for its readers, `bleeds` whether grounds run out to the edge of the page or stand in the flow, clear
    of their texts and of one another. `every` has values that all styles of a kind have, such as `box style`."""

    theme: Theme
    overrides: Overrides
    faces: Faces
    floor: float = 0.0
    divides: bool = True
    bleeds: bool = True
    every: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    _texts: dict[str, TextSpec] = field(default_factory=dict)
    _aligned: dict[tuple[str, str], TextSpec] = field(default_factory=dict)
    _cells: dict[tuple[str, str], TextSpec] = field(default_factory=dict)
    _blanks: dict[tuple[int, str], tuple[TextSpec, Run]] = field(default_factory=dict)
    _boxes: dict[str, BoxSpec] = field(default_factory=dict)
    _lists: dict[str, ListSpec] = field(default_factory=dict)
    _tables: dict[str, TableSpec] = field(default_factory=dict)
    _charts: dict[str, ChartSpec] = field(default_factory=dict)
    _writings: dict[tuple[str, bool], Writing] = field(default_factory=dict)

    def with_overrides(self, overrides: Overrides) -> StyleSheet:
        """The sheet with `overrides` in place of its own."""
        return StyleSheet(self.theme, overrides, self.faces, self.floor, self.divides, self.bleeds, self.every)

    @cached_property
    def snaps(self) -> bool:
        """Whether any style stands on the baseline grid."""
        return self.theme.snaps or any(style.snap for style in self.overrides.text_styles.values())

    def white(self, space: float | str | None, default: float = 0.0) -> float:
        """`space`, a number or a name, in quarters of a body line. Raises UnknownStyle."""
        if not isinstance(space, str):
            return default if space is None else space
        for spaces in (self.overrides.spaces, self.theme.spaces):
            if space in spaces:
                return spaces[space]
        raise UnknownStyle("space", space, sorted({*self.theme.spaces, *self.overrides.spaces}))

    def step(self, setting: Setting) -> float:
        """From one line of the baseline grid to the next, in points: a body line."""
        body = self.text(BODY)
        return self.size(body, setting) * body.leading * setting.leading

    @property
    def base(self) -> float:
        """Body size in points."""
        return (self.overrides.scale or self.theme.scale).base

    @property
    def brackets(self) -> bool:
        """Whether citation marks are set full size in brackets, as clear print asks."""
        return (self.overrides.citations or self.theme.citations) == "bracket"

    def quarter(self, setting: Setting) -> float:
        """A quarter of a body line at `setting`, in points, before the spacing factor."""
        scale = self.overrides.scale or self.theme.scale
        return scale.base * scale.leading * setting.size / 4

    def body_cap(self, setting: Setting) -> float:
        """The height of the capitals of body text, in points."""
        body = self.text(BODY)
        return self.face(body).cap_height * self.size(body, setting) / 1000

    def space(self, quarters: float, setting: Setting) -> float:
        scale = self.overrides.scale or self.theme.scale
        return quarters * (scale.base * scale.leading * setting.size / 4) * setting.spacing

    def size(self, spec: TextSpec, setting: Setting) -> float:
        """The size of `spec` in points, never under the floor."""
        size, least = spec.size * setting.size, self.floor
        if least > spec.size:
            least = spec.size
        return least if least > size else size

    def leading(self, spec: TextSpec, setting: Setting) -> float:
        """From line to line, in points; on the baseline grid, as many of its steps as that takes."""
        natural = self.size(spec, setting) * spec.leading * setting.leading
        if not spec.snap:
            return natural
        step = self.step(setting)
        return step * max(1, math.ceil(natural / step - _NEARLY))

    def color(self, name: str) -> str:
        """The `#rrggbb` of a palette name. Raises UnknownStyle."""
        try:
            return self.theme.palette[name]
        except KeyError:
            raise UnknownStyle("colour", name, self.theme.palette) from None

    def face(self, spec: TextSpec, strong: bool = False, emphasis: bool = False) -> Face:
        weight = max(spec.weight + 200, 600) if strong else spec.weight
        return self.faces.face(spec.family, min(weight, 900), spec.italic or emphasis)

    def blank(self, spec: TextSpec, language: str) -> Run:
        """A run in `spec` and in `language`, a BCP 47 tag, without characters. Raises FaceError."""
        found = self._blanks.get((id(spec), language))
        if found is None:
            run = Run("", self.face(spec), spec.color, 1.0, 0.0, spec.tracking, spec.features, language=language)
            if len(self._blanks) >= _MOST_BLANKS:
                self._blanks.clear()
            found = self._blanks[id(spec), language] = (spec, run)
        return found[1]

    def writing(self, language: str, justified: bool = False) -> Writing:
        """How a paragraph in `language`, a BCP 47 tag, is written; the same object each time."""
        found = self._writings.get((language, justified))
        if found is None:
            fallback = Fallback(self.faces, self.theme.fallbacks, language)
            found = Writing(language, is_right_to_left(language), fallback, justified)
            self._writings[language, justified] = found
        return found

    def text(self, name: str) -> TextSpec:
        found = self._texts.get(name)
        if found is None:
            found = self._texts[name] = self._text(name)
        return found

    def aligned(self, name: str, align: str) -> TextSpec:
        """The text style `name`, aligned as a column of a table or a running line asks."""
        found = self._aligned.get((name, align))
        if found is None:
            found = self._aligned[name, align] = replace(self.text(name), align=align)
        return found

    def cell(self, name: str, align: str) -> TextSpec:
        """The text style `name` in a cell: its figures are all of one width, unless it asks for others itself."""
        found = self._cells.get((name, align))
        if found is None:
            found = self.aligned(name, align)
            if not any(tag in ("tnum", "pnum") for tag, _ in found.features):
                found = replace(found, features=(*found.features, ("tnum", 1)))
            self._cells[name, align] = found
        return found

    def _text(self, name: str) -> TextSpec:
        own = self._whole("text style", name, self.theme.text_styles, self.overrides.text_styles)
        body = self._whole("text style", BODY, self.theme.text_styles, self.overrides.text_styles)
        # Space, keeping and balance belong to the style that names them; the rest descends from body.
        style = _over(body, own) if name != BODY else own
        typeface = style.typeface or "sans"
        if typeface not in self.theme.typefaces:
            raise UnknownStyle("typeface", typeface, self.theme.typefaces)
        scale = self.overrides.scale or self.theme.scale
        return TextSpec(
            name=name,
            family=self.theme.typefaces[typeface],
            weight=_or(style.weight, 400),
            italic=bool(style.italic),
            size=max(scale.base * scale.ratio ** _or(style.step, 0.0), self.floor),
            leading=_or(style.leading, scale.leading),
            color=self.color(style.color or "ink"),
            align=style.align or "left",
            tracking=_or(style.tracking, 0.0),
            features=tuple((tag.lstrip("+-"), int(not tag.startswith("-"))) for tag in style.features or ()),
            # A headline divides no word unless it says so itself.
            hyphenate=self.divides and bool(own.hyphenate if own.balance else style.hyphenate),
            balance=bool(own.balance),
            before=self.white(own.before),
            after=self.white(own.after),
            keep=bool(own.keep),
            snap=bool(own.snap),
        )

    def box(self, name: str) -> BoxSpec:
        found = self._boxes.get(name)
        if found is None:
            found = self._boxes[name] = self._box(name)
        return found

    def _box(self, name: str) -> BoxSpec:
        style = self._whole("box style", name, self.theme.box_styles, self.overrides.box_styles)
        padding = tuple(map(self.white, style.padding or (0.0, 0.0, 0.0, 0.0)))
        spec = BoxSpec(
            ground=self._optional_color(style.ground),
            padding=(padding[0], padding[1 % len(padding)], padding[2 % len(padding)], padding[-1]),
            border=self._optional_color(style.border),
            sides=style.sides or ("all",),
            thickness=_or(style.thickness, 0.75),
            radius=_or(style.radius, 0.0),
            before=self.white(style.before),
            after=self.white(style.after),
            fill=bool(style.fill),
            bleed=bool(style.bleed),
            cut=style.cut,
            align=style.align or "left",
        )
        return spec if self.bleeds or not spec.bleed else _kept_in(spec)

    def list(self, name: str) -> ListSpec:
        found = self._lists.get(name)
        if found is None:
            found = self._lists[name] = self._list(name)
        return found

    def nested_list(self, name: str, level: int, *, named: bool = False) -> ListSpec:
        """The list style `name` as it is at `level`: the theme's own, such as `bullet-2`, or the outer one, closer.

        One that a template has `named` is as it is.
        """
        if level == 1 or named:
            return self.list(name)
        for at in range(level, 1, -1):
            if f"{name}-{at}" in self.theme.list_styles or f"{name}-{at}" in self.overrides.list_styles:
                return self.list(f"{name}-{at}")
        outer = self.list(name)
        marker = _MARKERS[min(level, len(_MARKERS)) - 1] or outer.marker
        gap = outer.gap * _CLOSER
        return replace(outer, marker=marker, columns=1, gap=gap, before=gap, after=0.0)

    def _list(self, name: str) -> ListSpec:
        if name == FOOTNOTES and not (name in self.theme.list_styles or name in self.overrides.list_styles):
            item = "note" if self.has_text("note") else BODY
            return ListSpec(item=item, label=item, indent=1.4, gap=2.6)
        style = self._whole("list style", name, self.theme.list_styles, self.overrides.list_styles)
        return ListSpec(
            item=style.item or BODY,
            label=style.label or style.item or BODY,
            indent=_or(style.indent, 1.4),
            gap=self.white(style.gap, 3.0),
            marker=style.marker.text if style.marker else "•",
            columns=_or(style.columns, 1),
            before=self.white(style.before),
            after=self.white(style.after),
        )

    def table(self, name: str) -> TableSpec:
        found = self._tables.get(name)
        if found is None:
            found = self._tables[name] = self._table(name)
        return found

    def _table(self, name: str) -> TableSpec:
        style = self._whole("table style", name, self.theme.table_styles, self.overrides.table_styles)
        padding = tuple(map(self.white, style.padding or (1.5, 1.5)))
        return TableSpec(
            head=style.head or BODY,
            row_head=style.row_head or BODY,
            cell=style.cell or BODY,
            caption=style.caption or BODY,
            rule=self._optional_color(style.rule),
            head_rule=self._optional_color(style.head_rule),
            head_ground=self._optional_color(style.head_ground),
            padding=(padding[0], padding[-1]),
            before=self.white(style.before),
            after=self.white(style.after),
        )

    def chart(self, name: str) -> ChartSpec:
        found = self._charts.get(name)
        if found is None:
            style = self._whole("chart style", name, self.theme.chart_styles, self.overrides.chart_styles)
            found = self._charts[name] = ChartSpec(
                mark=self.color(style.mark or "accent"),
                ground=self.color(style.ground or "line"),
                second=self.color(style.second or style.mark or "accent"),
                label=style.label or BODY,
                caption=style.caption or "caption",
                columns=_or(style.columns, 0),
                before=self.white(style.before),
                after=self.white(style.after),
            )
        return found

    def _whole(self, kind: str, name: str, theme: Mapping[str, S], overrides: Mapping[str, S]) -> S:
        """The style `name` with all that it is like, and with what all styles of its kind are."""
        style = _flatten(kind, name, theme, overrides)
        every = self.every.get(kind)
        return style if every is None else style.model_copy(update=every)

    def _optional_color(self, name: str | None) -> str | None:
        return None if name is None else self.color(name)

    def has_text(self, name: str) -> bool:
        return name in self.theme.text_styles or name in self.overrides.text_styles

    def has_box(self, name: str) -> bool:
        return name in self.theme.box_styles or name in self.overrides.box_styles


V = TypeVar("V")


def _or(value: V | None, default: V) -> V:
    return default if value is None else value


def _kept_in(spec: BoxSpec) -> BoxSpec:
    """A ground that runs out as one that stands in the flow."""
    top, right, bottom, left = (max(side, _CLEAR_OF_GROUND) for side in spec.padding)
    before = max(spec.before, _CLEAR_OF_GROUND)
    return replace(spec, padding=(top, right, bottom, left), before=before, bleed=False)


def _over(base: S, top: S) -> S:
    """`base` with every value that `top` has."""
    return base.model_copy(update={key: value for key, value in top if value is not None})


def _flatten(kind: str, name: str, theme: Mapping[str, S], overrides: Mapping[str, S]) -> S:
    """Style `name` whole: the values of the style it is like, its own, then the layout's."""
    chain: list[str] = []
    following: str | None = name
    while following is not None:
        if following in chain:
            raise UnknownStyle(kind, following, (), chain[chain.index(following) :])
        if following not in theme and following not in overrides:
            raise UnknownStyle(kind, following, sorted({*theme, *overrides}))
        chain.append(following)
        following = _like(following, overrides) or _like(following, theme)
    links = [styles[link] for link in reversed(chain) for styles in (theme, overrides) if link in styles]
    return reduce(_over, links)


def _like(name: str, styles: Mapping[str, S]) -> str | None:
    return styles[name].like if name in styles else None
