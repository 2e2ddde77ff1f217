"""What of a drawing is seen where it is set: 3 to 1, but for grounds, details and what is outlined."""

from __future__ import annotations

import pytest

from briefpack.graphics.artwork import Artwork, Layer, Shape, Stroke
from briefpack.graphics.primitives import Segment
from briefpack.layout import lay_out
from briefpack.layout.drawings import weak_shapes
from tests.layout.trial import findings, job


def square(left: float, top: float, side: float) -> tuple[Segment, ...]:
    right, bottom = left + side, top + side
    return (("m", (left, top)), ("l", (right, top)), ("l", (right, bottom)), ("l", (left, bottom)), ("h", ()))


def filled(color: str, left: float = 0, top: float = 0, side: float = 400, opacity: float = 1.0) -> Shape:
    return Shape(square(left, top, side), fill=color, opacity=opacity)


def weak(*marks: Shape | Layer, ground: str = "#ffffff", point: float = 0.0) -> list[tuple[str, str]]:
    return [(each.color, each.under) for each in weak_shapes(Artwork(1000, 1000, marks), ground, point).weak]


DARK = filled("#0d4a5b", 600, 600, 300)


def test_a_shape_that_hardly_stands_out_is_told() -> None:
    assert weak(filled("#eeeeee"), DARK) == [("#eeeeee", "#ffffff")]
    assert weak(filled("#707070"), DARK) == []
    assert weak(filled("#000000"), DARK, ground="#222222") == [("#000000", "#222222"), ("#0d4a5b", "#222222")]


def test_red_on_green_of_the_same_grey_is_told() -> None:
    assert weak(filled("#008200"), filled("#ff0000", 100, 100, 50)) == [("#ff0000", "#008200")]


def test_what_is_see_through_is_mixed_with_what_is_under_it() -> None:
    assert weak(filled("#000000", opacity=0.1), DARK) == [("#e6e6e6", "#ffffff")]
    assert weak(Layer((filled("#000000"),), opacity=0.1), DARK) == [("#e6e6e6", "#ffffff")]


def test_a_ground_on_which_something_is_seen_is_none() -> None:
    assert weak(filled("#eeeeee"), filled("#0d4a5b", 100, 100, 50)) == []
    assert weak(filled("#eeeeee"), filled("#dddddd", 100, 100, 50)) == [("#eeeeee", "#ffffff"), ("#dddddd", "#eeeeee")]


def test_an_outline_is_enough_its_own_or_another_shape() -> None:
    stroke = Stroke("#0d4a5b", 10)
    assert weak(Shape(square(0, 0, 400), fill="#eeeeee", stroke=stroke)) == []
    assert weak(filled("#eeeeee"), Shape(square(0, 0, 400), stroke=stroke)) == []
    assert weak(filled("#eeeeee"), Shape(square(0, 0, 200), stroke=Stroke("#dddddd", 1))) != []


def test_details_are_passed_over() -> None:
    assert weak(filled("#eeeeee", side=10), DARK, point=7) == []


@pytest.mark.parametrize(
    ("size", "bold", "weak_ones"),
    [(17.9, False, ["#808080"]), (18, False, []), (13.9, True, ["#808080"]), (14, True, []), (0, False, [])],
)
def test_letters_need_as_much_as_those_of_the_page(size: float, bold: bool, weak_ones: list[str]) -> None:
    """#808080 on white is 3.95 to 1: enough for a mark and for large type."""
    letters = Shape(square(0, 0, 400), fill="#808080", type_size=size * 5, bold=bold)
    assert [color for color, _ in weak(letters, DARK, point=5)] == weak_ones


def test_hundreds_of_shapes_are_looked_at_as_a_whole() -> None:
    marks = tuple(filled("#eeeeee", side=10) for _ in range(500))
    judged = weak_shapes(Artwork(1000, 1000, marks))
    assert judged.weak == ()
    assert judged.strongest < 3


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{}</svg>'
FIGURE = '<image file="a.svg" alt="x"/>'


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (
            '<path d="M0 0h99v99h-99z" fill="#eee"/>',
            "error[low-contrast]: nothing in `a.svg` stands out from its ground #ffffff: its strongest shape has a "
            "contrast of 1.16 to 1, and needs 3",
        ),
        (
            '<path d="M0 0h40v40h-40z" fill="#eee"/><path d="M50 0h40v40h-40z" fill="#ddd"/>'
            '<path d="M50 50h40v40h-40z"/>',
            "warning[weak-shape]: `a.svg` has 2 shapes that hardly stand out: #eeeeee on #ffffff is 1.16 to 1",
        ),
        ('<path d="M50 50h40v40h-40z"/>', ""),
        (
            '<text x="5" y="20" font-family="Fira Sans" font-size="8" fill="#808080">Peers</text>'
            '<path d="M50 50h40v40z"/>',
            "warning[weak-shape]: `a.svg` has a text that is hard to read: #808080 on #ffffff is 3.94 to 1",
        ),
        (
            '<g transform="scale(2)"><text x="5" y="20" font-family="Fira Sans" font-size="8" fill="#808080">Peers'
            '</text></g><path d="M50 50h40v40z"/>',
            "",
        ),
    ],
)
def test_what_is_said_of_a_drawing(inside: str, said: str) -> None:
    result = lay_out(job(FIGURE, files={"a.svg": SVG.format(inside)}))
    lines = [line for line in findings(result).splitlines() if "a.svg` has" in line or "nothing in" in line]
    assert lines == [said] * bool(said)
