"""Copyfit: the loosest setting that fits, type that never gets too small, and honest words about what does not fit."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import pairwise
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.geometry import Rect
from briefpack.layout import Job, LaidOut, Result, Setting, lay_out
from briefpack.layout.fit import LOOSEST, SPARE, TIGHTEST, Ladder, solve
from briefpack.layout.pagination import Areas, excess
from briefpack.layout.regions import page_area
from briefpack.project.layouts import Bounds, Fit
from tests.layout.trial import flow_of, job, laid, shown, text_frames, with_fit

SENTENCE: Final = (
    "People with diabetes look after themselves for nearly all of the hours of a year, and a trained peer who lives "
    "with it too can help where no clinic is open: with food, with medicines, with activity and on hard days."
)
WORDS: Final = SENTENCE.split()

# The search is finite: within this part of a rung it may stop, and where that is less, within SPARE points.
STEP: Final = 0.25

FIT: Final = (
    "{pages: %d, exactly: %s, spacing: {least: 0.5, most: 2}, leading: {least: 0.9, most: 1.1}, size: {least: 0.8}}"
)


def text(count: int, start: int = 0) -> str:
    return " ".join(WORDS[(start + at) % len(WORDS)] for at in range(count))


def document(counts: list[int], fit: str, floor: float = 0.0) -> Job:
    """Headings and paragraphs of so many words each."""
    parts = [f"<heading>{text(3, n)}</heading><paragraph>{text(n, n)}</paragraph>" for n in counts]
    return job("".join(parts), with_fit(fit), floor=floor)


def position(ladder: Ladder, setting: Setting) -> float:
    """Where on the ladder `setting` is."""
    steps = [LOOSEST + at * (TIGHTEST - LOOSEST) / 10_000 for at in range(10_001)]
    return min(steps, key=lambda at: distance(ladder.setting(at, setting.dropped), setting))


def distance(one: Setting, other: Setting) -> float:
    return abs(one.spacing - other.spacing) + abs(one.leading - other.leading) + abs(one.size - other.size)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 120), min_size=2, max_size=7), st.integers(1, 2))
def test_the_loosest_setting_that_fits_is_found(counts: list[int], pages: int) -> None:
    of = document(counts, FIT % (pages, "yes"))
    flow, area, ladder = flow_of(of), Areas(page_area(of.layout)), Ladder(of.layout.fit)

    def over(at: float) -> float:
        return excess(flow, area, pages, ladder.setting(at))

    result = lay_out(of)
    if result.setting is None:
        assert over(TIGHTEST) > 0
        return
    at = position(ladder, result.setting)
    assert excess(flow, area, pages, result.setting) <= 0
    if at > LOOSEST + 0.001 and result.laid_out is not None:
        left = -excess(flow, area, pages, result.setting)
        assert left <= SPARE or over(max(at - STEP, LOOSEST)) > 0


def test_the_ladder_draws_in_spacing_then_leading_then_size() -> None:
    bounds = Fit(
        pages=1,
        spacing=Bounds(least=0.5, most=2),
        leading=Bounds(least=0.9, most=1.2),
        size=Bounds(least=0.8, most=3),
    )
    ladder = Ladder(bounds)
    rungs = {at: ladder.setting(at) for at in (-2, -1, -0.5, 0, 0.5, 1, 2, 2.5, 3, 9)}
    assert {at: (rung.spacing, rung.leading, rung.size) for at, rung in rungs.items()} == {
        -2: (2, 1.2, 1),
        -1: (2, 1, 1),
        -0.5: (1.5, 1, 1),
        0: (1, 1, 1),
        0.5: (0.75, 1, 1),
        1: (0.5, 1, 1),
        2: (0.5, 0.9, 1),
        2.5: (0.5, 0.9, 0.9),
        3: (0.5, 0.9, 0.8),
        9: (0.5, 0.9, 0.8),
    }


@pytest.mark.parametrize("limit", [-1.9, -1.0, -0.3, 0.0, 0.4, 1.0, 1.7, 2.99])
def test_the_solver_comes_near_any_limit(limit: float) -> None:
    """Where everything looser than `limit` is too long by more the looser it is."""
    bounds = Bounds(least=0.5, most=2)
    ladder = Ladder(Fit(pages=1, spacing=bounds, leading=bounds, size=bounds))

    def too_long(setting: Setting) -> float:
        return 100 * (limit - position(ladder, setting))

    setting = solve(ladder, too_long)
    assert setting is not None
    assert limit - 1e-3 <= position(ladder, setting) <= limit + (SPARE + 0.1) / 100


def test_the_solver_says_when_nothing_fits() -> None:
    assert solve(Ladder(Fit(pages=1)), lambda setting: 1.0) is None


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(20, 150), min_size=1, max_size=6), st.sampled_from([0.0, 8.5, 9.0, 12.0, 14.0]))
def test_type_is_never_under_the_floor(counts: list[int], floor: float) -> None:
    """Whatever the ladder and the style ask for. Small print is raised to the floor too."""
    note = "<paragraph style='note'>Small print.</paragraph>"
    parts = "".join(f"<paragraph>{text(n)}</paragraph>{note}" for n in counts)
    result = lay_out(job(parts, with_fit(FIT % (4, "no")), floor=floor))
    if result.laid_out is not None:
        assert smallest(result.laid_out) >= floor
        assert smallest(result.laid_out) >= min(0.8 * 10 * 1.25**-2, floor) - 1e-9


def smallest(laid_out: LaidOut) -> float:
    return min(part.size for _, frame in text_frames(laid_out) for line in frame.lines for part in line.segments)


def test_size_is_the_last_resort_of_a_page_more() -> None:
    """Where fewer pages are allowed, a page more is better than smaller type."""
    full = document([150, 150], FIT % (2, "no"))
    result = lay_out(full)
    assert result.laid_out is not None
    assert result.setting is not None
    assert (len(result.laid_out.pages), result.setting.size) == (2, 1)
    one = lay_out(document([150, 150], FIT % (1, "no")))
    assert one.setting is None or one.setting.size < 1


@settings(max_examples=40, deadline=None)
@given(st.integers(150, 420), st.sampled_from([1, 2]), st.booleans())
def test_cutting_the_words_it_names_makes_it_fit(count: int, pages: int, beside: bool) -> None:
    """The number in the help, and no more than three in ten on top."""
    result = slot_of(count, pages, beside)
    if result.laid_out is not None:
        return
    (found,) = result.diagnostics
    assert found.rule == "overset"
    assert found.span is not None
    assert found.span.path == "briefs/story.yaml"
    cut = int(re.findall(r"cut about (\d+) words from `story`", found.help or "")[0])
    assert slot_of(count - math.ceil(cut * 1.3), pages, beside).laid_out is not None
    # Words go by the line: of a few lines nothing finer can be said.
    if cut > 60:
        assert slot_of(count - cut // 2, pages, beside).laid_out is None


def slot_of(count: int, pages: int, beside: bool) -> Result:
    """A page with one long slot, beside something else or alone."""
    body = "<paragraph>{{ slots.story }}</paragraph>"
    if beside:
        body = f'<row><column span="8">{body}</column><column span="4"><paragraph>One.</paragraph></column></row>'
        pages = 1
    fit = FIT % (pages, "no")
    return lay_out(job(f"<heading>One</heading>{body}", with_fit(fit), slots={"story": text(count)}))


def test_a_dropped_block_is_reported_and_the_rest_stays() -> None:
    """The first of the list goes first, and only as many as must."""
    optional = "".join(
        f'<section style="panel" optional="{name}"><paragraph>{name.upper()}</paragraph></section>'
        for name in ("one", "two", "three")
    )
    layout = with_fit("{pages: 1, drop: [two, one, three]}")
    of = job(f"<paragraph>{text(85)}</paragraph>{optional}", layout)
    result = lay_out(of)
    assert result.laid_out is not None
    assert [item.message for item in result.diagnostics] == ["`two` was left out of `trial` to keep it on one page"]
    page = shown(result.laid_out)
    assert ("ONE" in page, "TWO" in page, "THREE" in page) == (True, False, True)


@pytest.mark.parametrize(("count", "exactly", "pages"), [(20, "no", 1), (200, "no", 2), (200, "yes", 2)])
def test_at_most_and_exactly(count: int, exactly: str, pages: int) -> None:
    assert len(laid(document([count], f"{{pages: 2, exactly: {exactly}}}")).pages) == pages


def test_exactly_is_not_fewer() -> None:
    (found,) = lay_out(document([20], "{pages: 2, exactly: yes}")).diagnostics
    assert found.rule == "too-short"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(4, 60), min_size=3, max_size=14))
def test_no_line_stands_alone_and_no_heading_last(counts: list[int]) -> None:
    """Neither at the foot nor at the head of a page is a single line of a paragraph that has more."""
    result = lay_out(document(counts, "{pages: 9, exactly: no}"))
    assert result.laid_out is not None
    roles = {element.tag: element.role for element in result.laid_out.structure.walk()}
    frames = text_frames(result.laid_out)
    for (page, frame), (after, other) in pairwise(frames):
        assert frame.tag is not None
        if page != after:
            assert roles[frame.tag] == "P"
            if frame.tag == other.tag:
                assert len(frame.lines) >= 2
                assert len(other.lines) >= 2


def test_a_page_with_room_to_spare_is_opened_up() -> None:
    """A page that must be one page is filled to its foot, within bounds."""
    of = document([20, 20, 20], "{pages: 1, exactly: yes, spacing: {least: 1, most: 3}}")
    area = page_area(of.layout)
    last = text_frames(laid(of))[-1][1].bounds
    assert last.bottom == pytest.approx(area.bottom, abs=0.1)


def test_a_short_page_that_may_be_short_is_not_torn_apart() -> None:
    of = document([10, 10], "{pages: 2, exactly: no}")
    first, second = (frame.bounds for _, frame in text_frames(laid(of))[1:3])
    assert second.y - first.bottom < 25


def test_nothing_leaves_the_page_when_a_box_cannot_be_cut() -> None:
    """A panel that no page can hold is an error on every number of pages, not ink below the foot."""
    panel = f'<section style="panel"><paragraph>{text(200)}</paragraph></section>'
    for pages in (1, 2, 3):
        for exactly in ("yes", "no"):
            for body in (panel, f"<paragraph>{text(9)}</paragraph>{panel}<paragraph>{text(9)}</paragraph>"):
                (found,) = lay_out(job(body, with_fit(f"{{pages: {pages}, exactly: {exactly}}}"))).diagnostics
                assert found.rule == "overset"


def test_a_measure_of_nothing_is_survived() -> None:
    """Columns so narrow that a letter does not fit are an error of the layout's, not a hang."""
    columns = "".join(f'<column span="1"><paragraph>{text(2)}</paragraph></column>' for _ in range(24))
    result = lay_out(job(f"<row>{columns}</row>", with_fit("{pages: 1}")))
    assert result.laid_out is not None or result.diagnostics


def test_a_setting_is_kept_for_every_page() -> None:
    """Lines of the same style have the same size and leading on both pages."""
    of = document([90, 90, 90, 60], FIT % (2, "yes"))
    sizes = {part.size for _, frame in text_frames(laid(of)) for line in frame.lines for part in line.segments}
    assert len(sizes) == 2


def test_the_area_is_what_the_margins_leave() -> None:
    of = document([10], "{pages: 1}")
    area = page_area(of.layout)
    assert (round(area.x), round(area.y), round(area.width), round(area.height)) == (60, 20, 300, 200)
    assert isinstance(area, Rect)
    letter = replace(of, layout=of.layout.model_copy(update={"paper": "Letter"}))
    assert laid(letter).pages[0].size.width == 612
