"""Numbers of a layout and a theme that no page can have are findings where they are written."""

from __future__ import annotations

import pytest

from briefpack.project.layouts import LayoutSpec
from briefpack.project.theme import Scale
from briefpack.project.validation import validate
from briefpack.project.yaml import parse_yaml

LAYOUT = """\
name: Sheet
document-type: Sheet
channel: meeting
paper: A4
margins: {top: 15mm, right: 20mm, bottom: 15mm, left: 20mm}
grid: {columns: 12, gutter: 5mm}
fit: {pages: 1, spacing: {least: 0.7, most: 1.4}}
"""


def messages(text: str) -> list[tuple[str, int]]:
    tree, found = parse_yaml(text, "layouts/sheet/layout.yaml")
    assert tree is not None
    assert not found
    _, found = validate(LayoutSpec, tree)
    return [(item.message, item.span.line if item.span else 0) for item in found]


def test_a_sound_layout_has_no_findings() -> None:
    assert messages(LAYOUT) == []


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("columns: 12", "columns: 0", "expected a number from 1 to 48, found `0`", 6),
        ("gutter: 5mm", "gutter: 5000pt", "expected a length from 0 to 1300 pt, found `5000 pt`", 6),
        ("top: 15mm", "top: -1pt", "expected a length from 0 to 1300 pt, found `-1 pt`", 5),
        ("pages: 1", "pages: 0", "expected a number from 1 to 500, found `0`", 7),
        ("least: 0.7", "least: -9", "expected a number from 0.2 to 1, found `-9`", 7),
        ("most: 1.4", "most: 0.5", "expected a number from 1 to 4, found `0.5`", 7),
        ("gutter: 5mm", "gutter: 40mm", "the margins and gutters leave no room on A4: columns -64 pt wide", 1),
        ("left: 20mm", "left: 180mm", "the margins and gutters leave no room on A4: columns -11 pt wide", 1),
    ],
)
def test_bounds(old: str, new: str, message: str, line: int) -> None:
    assert messages(LAYOUT.replace(old, new)) == [(message, line)]


def test_a_type_scale_has_bounds() -> None:
    tree, _ = parse_yaml("{base: 0, ratio: 9}", "layouts/theme.yaml")
    assert tree is not None
    _, found = validate(Scale, tree)
    assert [item.message for item in found] == [
        "expected a number from 4 to 72, found `0`",
        "expected a number from 1 to 2, found `9`",
    ]
