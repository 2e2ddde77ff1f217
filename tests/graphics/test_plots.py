"""The geometry of charts: scales and ticks, patterns that stay inside, icons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.geometry import Rect
from briefpack.graphics.charts import person, waffle
from briefpack.graphics.patterns import PATTERNS, Fill, area
from briefpack.graphics.primitives import Path
from briefpack.graphics.scales import Scale, span, ticks
from briefpack.layout.contrast import extent

NUMBERS = st.floats(min_value=-1e15, max_value=1e15, allow_nan=False)
SIDES = st.floats(min_value=0.0, max_value=900.0)


@pytest.mark.parametrize(
    ("low", "high", "most", "values"),
    [
        (0, 0.78, 5, (0, 0.2, 0.4, 0.6, 0.8)),
        (-0.16, 0.78, 7, (-0.2, 0, 0.2, 0.4, 0.6, 0.8)),
        (7.9, 8.9, 5, (7.5, 8.0, 8.5, 9.0)),
        (0, 400, 3, (0, 200, 400)),
        (0, 0, 5, (0, 0.5, 1)),
        (5, 5, 3, (0, 5, 10)),
    ],
)
def test_ticks_are_round_numbers_round_the_data(low: float, high: float, most: int, values: tuple[float, ...]) -> None:
    assert ticks(low, high, most).values == pytest.approx(values)


@given(NUMBERS, NUMBERS, st.integers(2, 12))
def test_ticks_are_few_and_hold_the_data(one: float, other: float, most: int) -> None:
    low, high = sorted((one, other))
    found = ticks(low, high, most).values
    slack = 1e-5 * max(abs(low), abs(high), 1e-9) + 1e-5 * (found[-1] - found[0])
    assert 2 <= len(found) <= max(most, 3)
    assert found[0] <= low + slack
    assert found[-1] >= high - slack


def test_ticks_inside_an_axis_stay_on_it() -> None:
    assert ticks(0.05, 0.95, 5, inside=True).values == pytest.approx((0.2, 0.4, 0.6, 0.8))


@given(NUMBERS, NUMBERS, st.integers(2, 12))
def test_an_axis_has_two_ticks_at_least(one: float, other: float, most: int) -> None:
    low, high = span(*sorted((one, other)))
    found = ticks(low, high, most, inside=True).values
    slack = 1e-5 * (high - low)
    assert len(found) >= 2
    assert low - slack <= found[0] < found[-1] <= high + slack


def test_ticks_say_how_many_decimals_they_need() -> None:
    assert ticks(0, 0.78, 5).decimals == 1
    assert ticks(0, 0.02, 3).decimals == 2
    assert ticks(0, 400, 3).decimals == 0


@given(NUMBERS, NUMBERS, NUMBERS)
def test_a_scale_never_leaves_its_points(one: float, other: float, value: float) -> None:
    start, end = span(*sorted((one, other)))
    assert 10 <= Scale(start, end, 10, 90).at(value) <= 90
    assert 10 <= Scale(start, end, 90, 10).at(value) <= 90


def _reach(path: Path) -> Rect:
    """What the ink of `path` covers at most."""
    found = extent(path.segments)
    by = path.width / 2 if path.stroke is not None else 0.0
    return Rect(found.x - by, found.y - by, found.width + 2 * by, found.height + 2 * by)


@pytest.mark.parametrize("pattern", PATTERNS)
@given(SIDES, SIDES)
def test_a_pattern_stays_inside_its_area(pattern: str, width: float, height: float) -> None:
    """Cut by construction: no clip is needed, whatever the size; and a large area has no endless pattern."""
    rect = Rect(30, 40, width, height)
    paths = area(rect, Fill(PATTERNS[PATTERNS.index(pattern)], "#000000", "#ffffff"))
    for path in paths:
        reach = _reach(path)
        assert reach.x >= rect.x - 0.01
        assert reach.y >= rect.y - 0.01
        assert reach.right <= rect.right + 0.01
        assert reach.bottom <= rect.bottom + 0.01
    assert sum(len(path.segments) for path in paths) < 12_000


def test_patterns_are_unlike_in_grey() -> None:
    """Every pattern of one colour has paths of its own."""
    rect = Rect(0, 0, 60, 20)
    assert len({area(rect, Fill(pattern, "#000000", "#ffffff")) for pattern in PATTERNS}) == len(PATTERNS)


@pytest.mark.parametrize("icon", ["square", "dot", "person"])
def test_a_waffle_stays_inside_its_drawing(icon: str) -> None:
    drawing = waffle(20, 7, 200, columns=10, mark="#000000", ground="#ffffff", icon=icon)
    for path in drawing.paths:
        reach = _reach(path)
        assert reach.x >= -0.4
        assert reach.right <= drawing.width + 0.4
        assert reach.bottom <= drawing.height + 0.4


def test_a_person_is_as_tall_as_its_cell() -> None:
    found = extent(person(Rect(0, 0, 20, 20)))
    assert (found.y, found.bottom) == pytest.approx((0, 20))
