"""The design tokens of a project: `layouts/theme.yaml`.

Every colour, typeface, size and space of the pages is named here, once. A layout may override single
values for its own pages; nothing in a template or in Python sets one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeVar

from briefpack.project.declaring import Field
from briefpack.project.fields import (
    Colour,
    Feature,
    FilePath,
    Flag,
    Number,
    Text,
    Token,
    White,
    Whole,
    Word,
    between,
    choice,
)
from briefpack.project.models import Model

Align = Annotated[Literal["left", "right", "center"], choice("left", "right", "center")]
TextAlign = Annotated[Literal["left", "right", "center", "justify"], choice("left", "right", "center", "justify")]
"""In languages that are written from right to left, `left` and `right` change places, as the whole page does."""
Sides = Annotated[Literal["all", "top", "left", "bottom", "right"], choice("all", "top", "left", "bottom", "right")]

Space = White
"""White, in quarters of a body line or by a name from `spaces`."""

Spaces = dict[Word, Annotated[Number, between(0, 200)]]


class Scale(Model):
    """The type scale: step n is `base` times `ratio` to the power n."""

    base: Annotated[Number, between(4, 72)] = Field(description="size of body text in points")
    ratio: Annotated[Number, between(1, 2)] = Field(
        default=1.25, description="each step of the scale is this many times the one below"
    )
    leading: Annotated[Number, between(0.8, 3)] = Field(
        default=1.35, description="line height of body text as a multiple of its size"
    )


class FontEntry(Model):
    """A TrueType file of the project."""

    file: FilePath
    weight: Annotated[Whole, between(1, 1000)] = Field(default=400, description="100 (thin) to 900 (black)")
    italic: Flag = False
    variable: Flag = Field(default=False, description="whether the file has every weight")


class TextStyle(Model):
    """A named style for text. What is left out comes from the style named in `like`, or from `body`."""

    like: Token | None = Field(default=None, description="the style to begin from")
    typeface: Token | None = Field(default=None, description="a name from `typefaces`")
    weight: Annotated[Whole, between(1, 1000)] | None = Field(
        default=None, description="100 (thin) to 900 (black); 400 is regular"
    )
    italic: Flag | None = None
    step: Annotated[Number, between(-6, 12)] | None = Field(
        default=None, description="place on the type scale; 0 is body text"
    )
    leading: Annotated[Number, between(0.8, 3)] | None = Field(
        default=None, description="line height as a multiple of the size"
    )
    color: Token | None = Field(default=None, description="a name from `palette`")
    align: TextAlign | None = None
    tracking: Number | None = Field(default=None, description="extra space between letters, thousandths of the size")
    features: tuple[Feature, ...] | None = Field(
        default=None, description="OpenType features, such as `onum` or `smcp`; `-liga` turns one off"
    )
    hyphenate: Flag | None = Field(default=None, description="whether words may be divided")
    balance: Flag | None = Field(default=None, description="whether lines are made of equal length, for headlines")
    before: Space | None = Field(default=None, description="space before, in quarters of a body line or by name")
    after: Space | None = Field(default=None, description="space after, in quarters of a body line or by name")
    keep: Flag | None = Field(default=None, description="whether it stays on the page of what follows")
    snap: Flag | None = Field(
        default=None, description="whether its lines stand on the baseline grid, which body lines make"
    )


class BoxStyle(Model):
    """A named style for a box: a card, a stat, an aside, a group."""

    like: Token | None = None
    ground: Token | None = Field(default=None, description="a name from `palette` for the background")
    padding: tuple[Space, ...] | None = Field(
        default=None, description="top, right, bottom, left in quarters of a body line or by name"
    )
    border: Token | None = Field(default=None, description="a name from `palette` for the border")
    sides: tuple[Sides, ...] | None = Field(default=None, description="which sides have the border")
    thickness: Annotated[Number, between(0, 72)] | None = Field(default=None, description="of the border, in points")
    radius: Annotated[Number, between(0, 200)] | None = Field(default=None, description="of the corners, in points")
    before: Space | None = None
    after: Space | None = None
    fill: Flag | None = Field(default=None, description="whether the box grows into spare height")
    bleed: Flag | None = Field(
        default=None,
        description="whether ground and picture run out to the edge of the page where they stand at a margin",
    )
    cut: Number | None = Field(
        default=None, description="the box may go on on the next page if this many body lines of it fit before"
    )
    align: Align | None = Field(default=None, description="where a figure narrower than its column stands")


class ListStyle(Model):
    """A named style for lists."""

    like: Token | None = None
    item: Token | None = Field(default=None, description="the text style of an item")
    label: Token | None = Field(default=None, description="the text style of the label")
    indent: Annotated[Number, between(0, 20)] | None = Field(
        default=None, description="from label to text, as a multiple of the item's size"
    )
    gap: Space | None = Field(default=None, description="between items, in quarters of a body line or by name")
    marker: Text | None = Field(default=None, description="the label of a bullet list")
    columns: Annotated[Whole, between(1, 12)] | None = Field(
        default=None, description="number of columns the items are set in"
    )
    before: Space | None = None
    after: Space | None = None


class TableStyle(Model):
    """A named style for tables."""

    like: Token | None = None
    head: Token | None = Field(default=None, description="the text style of the column headers")
    row_head: Token | None = Field(default=None, description="the text style of the row headers")
    cell: Token | None = Field(default=None, description="the text style of the cells")
    caption: Token | None = Field(default=None, description="the text style of the caption")
    rule: Token | None = Field(default=None, description="a name from `palette` for the lines between rows")
    head_rule: Token | None = Field(default=None, description="a name from `palette` for the line under the head")
    head_ground: Token | None = None
    padding: tuple[Space, ...] | None = Field(default=None, description="above, beside, as all white")
    before: Space | None = None
    after: Space | None = None


class ChartStyle(Model):
    """A named style for charts."""

    like: Token | None = None
    mark: Token | None = Field(default=None, description="a name from `palette` for what the chart is about")
    second: Token | None = Field(default=None, description="a name from `palette` for every second series; `mark` else")
    ground: Token | None = Field(default=None, description="a name from `palette` for the rest")
    label: Token | None = Field(default=None, description="the text style of the words and numbers on the marks")
    caption: Token | None = Field(default=None, description="the text style of the caption")
    columns: Annotated[Whole, between(1, 500)] | None = Field(default=None, description="squares in a row of a waffle")
    before: Space | None = None
    after: Space | None = None


class Overrides(Model):
    """What a layout changes of the theme for its own pages."""

    scale: Scale | None = None
    spaces: Spaces = Field(default_factory=dict)
    citations: Annotated[Literal["superscript", "bracket"], choice("superscript", "bracket")] | None = None
    text_styles: dict[Word, TextStyle] = Field(default_factory=dict)
    box_styles: dict[Word, BoxStyle] = Field(default_factory=dict)
    list_styles: dict[Word, ListStyle] = Field(default_factory=dict)
    table_styles: dict[Word, TableStyle] = Field(default_factory=dict)
    chart_styles: dict[Word, ChartStyle] = Field(default_factory=dict)

    def over(self, under: Overrides) -> Overrides:
        """`under` with what this changes, style by style and value by value."""
        return Overrides.model_construct(
            scale=self.scale or under.scale,
            spaces={**under.spaces, **self.spaces},
            citations=self.citations or under.citations,
            text_styles=_styles_over(self.text_styles, under.text_styles),
            box_styles=_styles_over(self.box_styles, under.box_styles),
            list_styles=_styles_over(self.list_styles, under.list_styles),
            table_styles=_styles_over(self.table_styles, under.table_styles),
            chart_styles=_styles_over(self.chart_styles, under.chart_styles),
        )


S = TypeVar("S", TextStyle, BoxStyle, ListStyle, TableStyle, ChartStyle)


def _styles_over(over: Mapping[str, S], under: Mapping[str, S]) -> dict[str, S]:
    joined = {
        name: under[name].model_copy(update={key: value for key, value in style if value is not None})
        for name, style in over.items()
        if name in under
    }
    return {**under, **over, **joined}


class Theme(Model):
    """`layouts/theme.yaml`: typefaces, palette, type scale and named styles."""

    typefaces: dict[Word, Word] = Field(description="a name of your own for each typeface family")
    fallbacks: tuple[Word, ...] = Field(
        default=(), description="families that draw what a style's own typeface lacks, the best first"
    )
    fonts: dict[Word, tuple[FontEntry, ...]] = Field(
        default_factory=dict, description="families whose font files are the project's own"
    )
    palette: dict[Word, Colour]
    scale: Scale
    spaces: Spaces = Field(default_factory=dict, description="a name for each white, in quarters of a body line")
    citations: Annotated[Literal["superscript", "bracket"], choice("superscript", "bracket")] = "superscript"
    text_styles: dict[Word, TextStyle]
    box_styles: dict[Word, BoxStyle] = Field(default_factory=dict)
    list_styles: dict[Word, ListStyle] = Field(default_factory=dict)
    table_styles: dict[Word, TableStyle] = Field(default_factory=dict)
    chart_styles: dict[Word, ChartStyle] = Field(default_factory=dict)

    @cached_property
    def snaps(self) -> bool:
        """Whether any text style stands on the baseline grid."""
        return any(style.snap for style in self.text_styles.values())
