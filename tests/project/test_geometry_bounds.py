"""Numbers of a layout and a theme that no page can have are findings where they are written."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefpack.diagnostics import Diagnostic
from briefpack.geometry import MM, Size
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


def read(text: str) -> tuple[LayoutSpec | None, Sequence[Diagnostic]]:
    tree, found = parse_yaml(text, "layouts/sheet/layout.yaml")
    assert tree is not None
    assert not found
    return validate(LayoutSpec, tree)


def messages(text: str) -> list[tuple[str, int]]:
    return [(item.message, item.span.line if item.span else 0) for item in read(text)[1]]


def test_a_sound_layout_has_no_findings() -> None:
    assert messages(LAYOUT) == []


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("columns: 12", "columns: 0", "expected a number from 1 to 48, found `0`", 6),
        ("gutter: 5mm", "gutter: 5000pt", "expected a length from 0 to 3400 pt, found `5000 pt`", 6),
        ("top: 15mm", "top: -1pt", "expected a length from 0 to 3400 pt, found `-1 pt`", 5),
        ("pages: 1", "pages: 0", "expected a number from 1 to 500, found `0`", 7),
        ("least: 0.7", "least: -9", "expected a number from 0.2 to 1, found `-9`", 7),
        ("most: 1.4", "most: 0.5", "expected a number from 1 to 4, found `0.5`", 7),
        ("gutter: 5mm", "gutter: 40mm", "the margins and gutters leave no room on A4: columns -64 pt wide", 1),
        ("left: 20mm", "left: 180mm", "the margins and gutters leave no room on A4: columns -11 pt wide", 1),
        ("paper: A4", "paper: A4\nfolds: [105mm, 297mm]", "a fold at 297 mm is not on A4, which is 210 mm wide", 1),
    ],
)
def test_bounds(old: str, new: str, message: str, line: int) -> None:
    assert messages(LAYOUT.replace(old, new)) == [(message, line)]


THERE = """\
on-paper:
  Letter:
    margins: {top: 9mm}
    fit: {spacing: {least: 0.5}}
    foot: {offset: 7mm}
    theme: {text-styles: {body: {step: 1}, note: {step: -1}}}
    regions: {slip: {at: foot, height: 30mm}}
"""


def test_another_paper_changes_what_is_said_of_it() -> None:
    """Value by value, and nothing else."""
    text = (
        LAYOUT
        + THERE
        + """\
foot: {left: "{title}", offset: 9mm}
theme: {text-styles: {body: {weight: 300}}}
regions: {slip: {at: foot, height: 20mm}, side: {at: left, width: 20mm}}
"""
    )
    layout, found = read(text)
    assert layout is not None, found
    there = layout.on("Letter")
    assert there.paper == "Letter"
    assert (round(there.margins.top / MM), round(there.margins.bottom / MM)) == (9, 15)
    assert (there.fit.spacing.least, there.fit.spacing.most, there.fit.pages) == (0.5, 1.4, 1)
    assert there.foot is not None
    assert (there.foot.left.text if there.foot.left else "", round(there.foot.offset / MM)) == ("{title}", 7)
    styles = there.theme.text_styles
    assert (styles["body"].weight, styles["body"].step, styles["note"].step) == (300, 1, -1)
    assert [(name, round((each.height or 0) / MM)) for name, each in there.regions.items()] == [
        ("slip", 30),
        ("side", 0),
    ]
    assert layout.on("A3") == layout.model_copy(update={"paper": "A3"})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  Letter:", "  A4:", "`A4` is the layout's own paper"),
        (
            "    foot: {offset: 7mm}",
            "    head: {offset: 7mm}",
            "the layout has no `head` that could be another on Letter",
        ),
        ("top: 9mm", "left: 180mm", "the margins and gutters leave no room on Letter: columns -9 pt wide"),
        ("  Letter:", "  Lettre:", "expected `A3`, `A4`, `A5`, `Letter` or `Tabloid`, found `Lettre`"),
        ("least: 0.5", "least: 1.5", "expected a number from 0.2 to 1, found `1.5`"),
    ],
)
def test_what_cannot_be_on_another_paper(old: str, new: str, message: str) -> None:
    text = LAYOUT + THERE.replace(old, new) + 'foot: {left: "{title}", offset: 9mm}\n'
    assert [found for found, _ in messages(text)] == [message]


def test_what_is_made_for_its_size_has_no_other_paper() -> None:
    for paper in ("Card-portrait", "A2", "150mm x 150mm"):
        text = (LAYOUT + THERE).replace("paper: A4", f"paper: {paper}")
        message = f"`{paper}` has no other paper in its place, and there is nothing to say of it on Letter"
        assert [found for found, _ in messages(text)] == [message]


@pytest.mark.parametrize(
    ("paper", "width", "height", "sheet"),
    [
        ("A4", 210, 297, "A4"),
        ("A4 portrait", 210, 297, "A4"),
        ("A4  landscape", 297, 210, "A4"),
        ("Letter landscape", 279.4, 215.9, "Letter"),
        ("A2 landscape", 594, 420, None),
        ("DL", 99, 210, None),
        ("99mm x 210mm", 99, 210, None),
        ("9.9cm × 210 mm", 99, 210, None),
        ("8.5in by 14in", 215.9, 355.6, None),
        ("Card-square", 285.75, 285.75, None),
    ],
)
def test_a_paper_is_named_or_measured(paper: str, width: float, height: float, sheet: str | None) -> None:
    text = LAYOUT.replace("paper: A4", f"paper: {paper}").replace("gutter: 5mm", "gutter: 0.1mm")
    layout, found = read(text)
    assert layout is not None, found
    assert (round(layout.size.width / MM, 2), round(layout.size.height / MM, 2)) == (width, height)
    assert layout.sheet == sheet


def test_another_paper_lies_as_the_layout_does() -> None:
    layout, _ = read(LAYOUT.replace("paper: A4", "paper: A4 landscape"))
    assert layout is not None
    assert layout.on("Letter").size == Size(11 * 72, 8.5 * 72)


@pytest.mark.parametrize(
    ("paper", "message", "help"),
    [
        ("A44", "expected a paper such as `A4`, `A4 landscape` or `99mm x 210mm`, found `A44`", "write `A4`"),
        (
            "foolscap",
            "expected a paper such as `A4`, `A4 landscape` or `99mm x 210mm`, found `foolscap`",
            "write one of A0, A1, A2, A3, A4, A5, A6, DL, Letter, Legal, Tabloid",
        ),
        (
            "Card-square landscape",
            "expected a paper such as `A4`, `A4 landscape` or `99mm x 210mm`, found `Card-square landscape`",
            "write `Card-square`",
        ),
        (
            "2mm x 99mm",
            "expected sides from 40 to 1189 mm, found `2mm x 99mm`",
            "write the width and the height of the trimmed page",
        ),
        (
            "99 x 210",
            "expected a paper such as `A4`, `A4 landscape` or `99mm x 210mm`, found `99 x 210`",
            "write one of A0, A1, A2, A3, A4, A5, A6, DL, Letter, Legal, Tabloid",
        ),
    ],
)
def test_what_is_no_paper(paper: str, message: str, help: str) -> None:
    _, found = read(LAYOUT.replace("paper: A4", f"paper: {paper}"))
    assert [(item.message, item.help) for item in found] == [(message, help)]


def test_a_type_scale_has_bounds() -> None:
    tree, _ = parse_yaml("{base: 0, ratio: 9}", "layouts/theme.yaml")
    assert tree is not None
    _, found = validate(Scale, tree)
    assert [item.message for item in found] == [
        "expected a number from 4 to 72, found `0`",
        "expected a number from 1 to 2, found `9`",
    ]
