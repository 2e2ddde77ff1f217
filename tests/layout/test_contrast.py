"""Contrast: the figures of WCAG 2.1, and the ground found under each text."""

from __future__ import annotations

import pytest

from briefpack.geometry import Rect, Size
from briefpack.graphics import Path, rectangle
from briefpack.layout import Page, ShapeFrame, TextFrame
from briefpack.layout.contrast import Pair, check_contrast, contrast, grey, pairs
from briefpack.text import Faces, Line, Run, Words, break_lines, compose, prepare

FACES = Faces()


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # The greys that accessibility guides quote as just enough and just not enough on white.
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
    ],
)
def test_known_pairs_have_their_known_ratios(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_a_ratio_just_under_the_bound_is_not_rounded_up() -> None:
    assert Pair("#777777", "#ffffff", large=False).ratio < 4.5


def test_a_grey_copy_counts_too() -> None:
    """Red and green of the same luma are different in colour and the same in grey."""
    assert grey("#ff0000") == "#4c4c4c"
    assert Pair("#ff0000", "#008200", large=False).ratio < contrast("#ff0000", "#008200")


def line(color: str, size: float = 10.0, weight: int = 400) -> Line:
    words = Words()
    prepared = prepare([Run("Words", FACES.face("Fira Sans", weight), color)], words)
    [composed] = compose(prepared, break_lines(prepared, 90_000), size, words.shaper)
    return composed


def page(text: str, ground: str | None, size: float = 10.0, weight: int = 400) -> Page:
    area = Rect(20, 20, 100, 40)
    shapes = () if ground is None else (ShapeFrame(None, area, (Path(rectangle(area, 3), fill=ground),)),)
    words = TextFrame(None, Rect(30, 30, 60, 10), (line(text, size, weight),), (30.0,), (40.0,))
    return Page(Size(200, 200), (*shapes, words))


def test_text_stands_on_the_last_fill_under_it() -> None:
    assert [pair.ground for pair, _ in pairs(page("#000000", "#0d4a5b").frames)] == ["#0d4a5b"]
    assert [pair.ground for pair, _ in pairs(page("#000000", None).frames)] == ["#ffffff"]


@pytest.mark.parametrize("covered", [Rect(20, 20, 30, 40), Rect(40, 20, 100, 40)])
def test_a_text_that_stands_on_two_grounds_is_seen_on_both(covered: Rect) -> None:
    """As the label of a bar that ends beyond it, on either side."""
    bar = ShapeFrame(None, covered, (Path(rectangle(covered), fill="#0d4a5b"),))
    frames = (bar, *page("#ffffff", None).frames)
    assert {pair.ground for pair, _ in pairs(frames)} == {"#0d4a5b", "#ffffff"}
    [found] = check_contrast([Page(Size(200, 200), frames)], "t")
    assert "text in #ffffff on #ffffff" in found.message


def test_each_line_stands_on_its_own_ground() -> None:
    """A ground under the second line is none of the first's."""
    under = Rect(20, 45, 100, 20)
    ground = ShapeFrame(None, under, (Path(rectangle(under), fill="#0d4a5b"),))
    lines = (line("#000000"), line("#ffffff"))
    words = TextFrame(None, Rect(30, 30, 60, 24), lines, (30.0, 30.0), (40.0, 54.0))
    assert [(pair.text, pair.ground) for pair, _ in pairs((ground, words))] == [
        ("#000000", "#ffffff"),
        ("#ffffff", "#0d4a5b"),
    ]


def test_a_border_is_not_a_ground() -> None:
    edge = ShapeFrame(None, Rect(20, 20, 100, 40), (Path(rectangle(Rect(20, 20, 100, 1.5)), fill="#000000"),))
    frames = (edge, *page("#1b2730", None).frames)
    assert [pair.ground for pair, _ in pairs(frames)] == ["#ffffff"]


def test_weak_text_is_an_error_that_names_both_colours_and_the_words() -> None:
    [found] = check_contrast([page("#999999", "#ffffff")], "layouts/theme.yaml")
    assert found.rule == "low-contrast"
    assert found.message == "text in #999999 on #ffffff has a contrast of 2.84 to 1, and needs 4.5: `Words`"
    assert found.path == "layouts/theme.yaml"


def test_large_text_needs_less() -> None:
    assert check_contrast([page("#8a8a8a", None, size=12.0)], "t") != ()
    assert check_contrast([page("#8a8a8a", None, size=18.0)], "t") == ()
    assert check_contrast([page("#8a8a8a", None, size=14.0, weight=400)], "t") != ()
    assert check_contrast([page("#8a8a8a", None, size=14.0, weight=700)], "t") == ()
