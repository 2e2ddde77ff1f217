"""The YAML of each slot type: what an officer writes to fill a slot.

`read_slot` takes the raw value of a slot, once the layout has said of what type the slot is.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Any, Final, Literal, assert_never

from briefpack.diagnostics import Diagnostic
from briefpack.expressions import expression
from briefpack.project.declaring import Field, JsonSchema, before
from briefpack.project.fields import (
    TEXT_SCHEMA,
    Aspect,
    Exact,
    FilePath,
    Focus,
    Name,
    Number,
    Text,
    Whole,
    between,
    choice,
    is_seen,
    wrong,
)
from briefpack.project.layouts import SlotType
from briefpack.project.tree import Yaml, YamlMapping, YamlScalar, YamlSequence
from briefpack.project.validation import Model, validate

# In a literal block a line break is only a line break; elsewhere YAML has folded those away and what is
# left of a blank line is one.
_PARAGRAPHS: Final = expression(r"\n+")
_LITERAL_PARAGRAPHS: Final = expression(r"\n[ \t]*\n\s*")


def paragraphs(text: Text) -> tuple[Text, ...]:
    """The paragraphs of a text, which blank lines separate."""
    pattern = _LITERAL_PARAGRAPHS if text.style == "literal" else _PARAGRAPHS
    parts: list[Text] = []
    start = 0
    for match in [*pattern.finditer(text.text), None]:
        end = match.start() if match is not None else len(text.text)
        if is_seen(text.text[start:end]):
            parts.append(text.part(start, end))
        start = match.end() if match is not None else end
    return tuple(parts)


def _prose(value: object) -> object:
    """One text with blank lines between its paragraphs, as a list of them."""
    if isinstance(value, YamlScalar) and is_seen(value.text):
        return paragraphs(Text(value.text, value.span, value.anchors, value.style))
    if isinstance(value, list | tuple):
        return value
    raise wrong("text or a list of texts", value)


Prose = Annotated[
    tuple[Text, ...],
    before(_prose),
    JsonSchema({"anyOf": [TEXT_SCHEMA, {"type": "array", "items": TEXT_SCHEMA}]}),
]


class ProseSlot(Model):
    text: Prose


class MessageSlot(Model):
    message: Name


class TextSlot(Model):
    text: Text


class ContactSlot(Model):
    contact: Name


class SectionSlot(Model):
    heading: Text
    text: Prose


class ItemEntry(Model):
    """An item of a list: a text, or a title with a text, and a list below it."""

    title: Text | None = None
    text: Text
    items: tuple[Item, ...] = Field(default=(), description="a list below the item, at most three deep in all")


def _item(value: object) -> object:
    return {"text": value} if isinstance(value, YamlScalar) else value


DEEPEST_LIST: Final = 3
"""How many lists may stand in one another."""


def _item_schema(depth: int) -> dict[str, Any]:
    """The schema of an item with lists below it, `depth` deep."""
    properties: dict[str, Any] = {"title": TEXT_SCHEMA, "text": TEXT_SCHEMA}
    if depth > 1:
        properties["items"] = {"type": "array", "items": _item_schema(depth - 1)}
    return {
        "anyOf": [
            TEXT_SCHEMA,
            {"type": "object", "properties": properties, "required": ["text"], "additionalProperties": False},
        ]
    }


Item = Annotated[ItemEntry, before(_item), JsonSchema(_item_schema(DEEPEST_LIST))]


class ItemsSlot(Model):
    heading: Text | None = None
    intro: Text | None = None
    items: tuple[Item, ...]


class CardEntry(Model):
    title: Text
    text: Text


class CardsSlot(Model):
    heading: Text | None = None
    intro: Text | None = None
    items: tuple[CardEntry, ...]


class StatSlot(Model):
    fact: Name
    means: Text | None = Field(default=None, description="what the number means; the fact's own words by default")
    note: Text | None = Field(default=None, description="how it comes about; the fact's own note by default")


Align = Annotated[
    Literal["left", "right", "center", "decimal"],
    choice("left", "right", "center", "decimal"),
]


class ColumnEntry(Model):
    head: Text
    align: Align = Field(default="left", description="`decimal` puts numbers with their decimal marks in line")
    weight: Annotated[Number, between(0, 100)] = Field(default=1.0, description="the column's share of the width")


class TableSlot(Model):
    heading: Text | None = None
    caption: Text
    columns: tuple[ColumnEntry, ...]
    rows: tuple[tuple[Text, ...], ...] = Field(description="the first cell of a row is its header")
    note: Text | None = None


ChartKind = Annotated[
    Literal["bars", "stacked", "columns", "line", "intervals", "waffle"],
    choice("bars", "stacked", "columns", "line", "intervals", "waffle"),
]
ChartIcon = Annotated[Literal["square", "dot", "person"], choice("square", "dot", "person")]


class ChartRowEntry(Model):
    """A row of a chart's data. A number is written as it is, as a fact, or as arithmetic over facts."""

    label: Text
    value: Text | None = Field(default=None, description="the number, where the chart has one series")
    values: tuple[Text, ...] | None = Field(default=None, description="a number for each of `series`")
    fact: Name | None = Field(default=None, description="the fact that is the value, with its interval")
    low: Text | None = Field(default=None, description="the lower bound of the interval")
    high: Text | None = Field(default=None, description="the upper bound of the interval")
    note: Text | None = Field(default=None, description="a few words below the label, such as `13 trials`")


class AxisEntry(Model):
    from_: Exact | None = None
    to: Exact | None = None


class ChartSlot(Model):
    heading: Text | None = None
    kind: ChartKind
    rows: tuple[ChartRowEntry, ...] | None = None
    series: tuple[Text, ...] = Field(default=(), description="the names of the series, where there are several")
    unit: Text | None = Field(default=None, description="what the numbers count")
    reference: Text | None = Field(default=None, description="where the line of no effect stands, for `intervals`")
    axis: AxisEntry | None = Field(default=None, description="where the axis begins and ends, if not with the data")
    decimals: Whole | None = Field(default=None, description="how many decimals are printed; as written by default")
    units: Whole | None = Field(default=None, description="the number of squares of a waffle")
    marked: Text | None = Field(default=None, description="how many of them are shaded")
    icon: ChartIcon | None = Field(default=None, description="what a waffle is made of")
    alt: Text | None = Field(
        default=None, description="what the chart shows, for those who cannot see it; written from the data by default"
    )
    caption: Text | None = None


ImageFit = Annotated[Literal["contain", "cover"], choice("contain", "cover")]


class ImageSlot(Model):
    file: FilePath
    alt: Text = Field(description="what the picture shows, for those who cannot see it")
    caption: Text | None = None
    fit: ImageFit | None = Field(default=None, description="whether all of it is seen, or it fills its frame, cropped")
    focus: Focus | None = Field(default=None, description="the point that cropping keeps, such as `50% 30%`")
    aspect: Aspect | None = Field(default=None, description="the proportion of its frame, such as `3:2`")


class QuoteSlot(Model):
    text: Text
    by: Text


SlotContent = (
    TextSlot
    | ProseSlot
    | MessageSlot
    | SectionSlot
    | ItemsSlot
    | CardsSlot
    | StatSlot
    | TableSlot
    | ChartSlot
    | ImageSlot
    | QuoteSlot
    | ContactSlot
)


def slot_model(kind: SlotType) -> type[SlotContent]:
    """The model that a slot of type `kind` is read with."""
    match kind:
        case "text":
            return TextSlot
        case "prose":
            return ProseSlot
        case "message":
            return MessageSlot
        case "section":
            return SectionSlot
        case "list" | "steps" | "checklist":
            return ItemsSlot
        case "cards":
            return CardsSlot
        case "stat":
            return StatSlot
        case "table":
            return TableSlot
        case "chart":
            return ChartSlot
        case "image":
            return ImageSlot
        case "quote":
            return QuoteSlot
        case "contact":
            return ContactSlot
        case _:
            assert_never(kind)


# Types whose value is the one field of their model, without its key.
BARE: Final = {"text": "text", "prose": "text", "message": "message", "contact": "contact"}


def read_slot(kind: SlotType, key: YamlScalar, node: Yaml) -> tuple[SlotContent | None, tuple[Diagnostic, ...]]:
    """The content of the slot `key`, written at `node`, or None, and what is wrong with it."""
    model = slot_model(kind)
    if kind in BARE:
        return validate(model, _under(BARE[kind], key, node), key)
    if model is ItemsSlot and isinstance(node, YamlSequence):
        node = _under("items", key, node)
    return validate(model, node, key)


def _under(field: str, key: YamlScalar, node: Yaml) -> YamlMapping:
    """The fields that `node` stands for when it is written without them; findings name the place of `key`."""
    return YamlMapping(((replace(key, text=field), node),), node.span)
