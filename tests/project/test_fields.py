"""The types of fields, and the schema that editors read."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest

from briefpack.geometry import MM
from briefpack.project.fields import Colour, Day, Exact, Flag, Length, Name, Text, Whole
from briefpack.project.layouts import LayoutSpec
from briefpack.project.models import Brief, Campaign, Facts, Messages, Pack, Sources
from briefpack.project.slots import ProseSlot, paragraphs, read_slot
from briefpack.project.theme import Theme
from briefpack.project.tree import YamlMapping, YamlScalar
from briefpack.project.twins import schema_of
from briefpack.project.validation import Model, validate
from briefpack.project.yaml import parse_yaml


class Sample(Model):
    title: Text
    ref: Name = Name("default")
    many: tuple[Text, ...] = ()
    yes_no: Flag = False
    count: Whole = 0
    exact: Exact = Decimal(0)
    day: Day = date(2000, 1, 1)
    length: Length = 0.0
    colour: Colour = "#000000"


def sample(text: str) -> Sample:
    node, found = parse_yaml(text, "x.yaml")
    assert node is not None, found
    value, found = validate(Sample, node)
    assert found == ()
    assert value is not None
    return value


def test_each_type_reads_its_text() -> None:
    value = sample(
        "title: 1.10\nref: a-b\nmany: [no, 12:30]\nyes-no: yes\ncount: 12\nexact: 0.570\nday: 2026-11-23\n"
        'length: 5mm\ncolour: "#1A5FB4"\n'
    )
    assert value.title.text == "1.10"
    assert [item.text for item in value.many] == ["no", "12:30"]
    assert (value.ref.text, value.yes_no, value.count) == ("a-b", True, 12)
    assert str(value.exact) == "0.570"
    assert (value.day, value.length, value.colour) == (date(2026, 11, 23), 5 * MM, "#1a5fb4")


def test_a_model_knows_its_places() -> None:
    value = sample("title: x\n\nref: y\n")
    key, ref = value.key_span("ref"), value.value_span("ref")
    assert key is not None
    assert ref is not None
    assert (key.line, key.column, ref.column) == (3, 1, 6)
    assert value.title.span is not None
    assert value.title.span.column == 8


def test_a_model_can_be_made_in_python() -> None:
    value = Sample(title=Text("x"), yes_no=True)
    assert value.yes_no
    assert value.span is None


@pytest.mark.parametrize("model", [Campaign, Messages, Facts, Sources, Brief, Pack, LayoutSpec, Theme])
def test_every_file_has_a_schema_with_the_names_of_the_file(model: type[Model]) -> None:
    schema = json.loads(json.dumps(schema_of(model)))
    assert schema["type"] == "object"
    assert not any("_" in name for name in schema["properties"])
    assert schema["additionalProperties"] is False


def test_descriptions_reach_the_schema() -> None:
    brief = schema_of(Brief)["properties"]
    assert brief["audience"]["description"] == "an audience of campaign.yaml"
    assert "DOI" in schema_of(Sources)["$defs"]["Reference"]["properties"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: one\n", ["one"]),
        ("a: >-\n  one\n  more\n\n  two\n", ["one more", "two"]),
        ("a: |\n  one\n  more\n\n  two\n\n\n  three\n", ["one\nmore", "two", "three"]),
        ("a: [one, two]\n", ["one", "two"]),
    ],
)
def test_blank_lines_separate_paragraphs(text: str, expected: list[str]) -> None:
    node, _ = parse_yaml(text, "x.yaml")
    assert isinstance(node, YamlMapping)
    key, value = node.entries[0]
    content, found = read_slot("prose", key, value)
    assert found == ()
    assert isinstance(content, ProseSlot)
    assert [item.text.strip() for item in content.text] == expected


def test_a_paragraph_keeps_its_place() -> None:
    node, _ = parse_yaml("a: |\n  one\n\n  two words\n", "x.yaml")
    assert isinstance(node, YamlMapping)
    value = node.get("a")
    assert isinstance(value, YamlScalar)
    _, second = paragraphs(Text(value.text, value.span, value.anchors, value.style))
    assert second.span is not None
    assert (second.span.line, second.span.column) == (4, 3)
    words = second.place(4, 9)
    assert words is not None
    assert (words.line, words.column, words.end_column) == (4, 7, 12)
