"""The baseline grid and the whites with names: lines are level across columns, whatever stands between them."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.layout import Setting, TextFrame, lay_out
from tests.layout.test_keeping import blocks, columned, sections
from tests.layout.test_properties import assert_apart, assert_complete, assert_in_order, lists
from tests.layout.trial import THEME, errors, findings, job, laid, text_frames, with_fit

GRID: Final = (
    THEME.replace("scale: {base", "spaces: {half: 2, line: 4}\nscale: {base")
    .replace("body: {typeface: sans, color: ink, before: 3}", "body: {typeface: sans, before: line, snap: yes}")
    .replace("item: {before: 0, step: -1}", "item: {like: body, before: 0}")
    .replace("source: {step: -1}", "source: {like: body, before: 0}")
    .replace("keep: yes, before: 6, after: 3}", "keep: yes, snap: yes, before: line, after: half}")
)
LAYOUT: Final = with_fit(
    "{pages: 40, exactly: no, spacing: {least: 0.6, most: 1.5}, leading: {least: 0.94, most: 1.05}}"
)
MARGIN: Final = 20.0
BREAK: Final = "<page-break/>"


def off_grid(body: str) -> list[tuple[str, float]]:
    """The lines of body text that are not on the grid, and by what part of a step."""
    of = job(body, LAYOUT, theme=GRID)
    result = lay_out(of)
    if result.laid_out is None:
        assert errors(result) == {"overset"}
        return []
    setting = result.setting or Setting()
    step, cap = of.styles.step(setting), of.styles.body_cap(setting)
    assert_apart(result.laid_out)
    assert_complete(result.laid_out, of.document.body)
    assert_in_order(result.laid_out)
    found: list[tuple[str, float]] = []
    for _, frame in text_frames(result.laid_out):
        for line, baseline in zip(frame.lines, frame.baselines, strict=True):
            share = ((baseline - MARGIN - cap) / step) % 1
            if line.segments[0].size == pytest.approx(10 * setting.size) and 0.01 < share < 0.99:
                found.append((line.text, share))
    return found


# Text of tables, captions and notes is smaller, and has lines of its own.
documents = st.lists(blocks | columned | sections | lists, min_size=2, max_size=10).map("".join)


@settings(max_examples=12, deadline=None)
@given(documents)
def test_every_line_of_body_text_stands_on_the_grid(body: str) -> None:
    assert off_grid(body) == []


def test_a_text_beside_another_is_level_with_it() -> None:
    """In a column, in a panel and in a row."""
    panel = '<section style="panel"><paragraph>word</paragraph></section>'
    beside = '<column span="6"><paragraph style="note">note</paragraph><paragraph>word</paragraph></column>'
    assert off_grid(f"<row>{beside}<column span='6'>{panel}<paragraph>word</paragraph></column></row>") == []


def test_headings_take_as_many_steps_as_their_lines_need() -> None:
    theme = GRID.replace("heading-1: {weight: 700,", "heading-1: {weight: 700, snap: yes,")
    styles = job("<heading>Peers</heading>", theme=theme).styles
    steps = [styles.leading(styles.text(name), Setting()) / 14 for name in ("body", "heading-2", "heading-1")]
    assert steps == pytest.approx([1, 1, 2])


def test_sources_in_columns_are_level_with_each_other_and_as_short_as_can_be() -> None:
    items = "".join(f"<item>{'word ' * count}</item>" for count in (1, 5, 9, 13, 17, 1, 5, 9))
    body = f'<paragraph>a</paragraph><list style="sources">{items}</list><paragraph>b</paragraph>'
    assert off_grid(body) == []
    columns: dict[float, int] = {}
    for frame in frames_of(body)[1:-1]:
        if frame.lines[0].text != "•":
            columns[frame.bounds.x] = columns.get(frame.bounds.x, 0) + len(frame.lines)
    assert sorted(columns.values()) == [7, 8]


def opened(body: str) -> list[list[int]]:
    """The steps from line to line at which the texts of a page that is opened up to its foot begin, page by page."""
    of = job(body, with_fit(f"{{pages: {1 + body.count(BREAK)}, exactly: yes, spacing: {{most: 1}}}}"), theme=GRID)
    step, cap = of.styles.step(Setting()), of.styles.body_cap(Setting())
    pages: dict[int, list[int]] = {}
    for page, frame in text_frames(laid(of)):
        at = (frame.baselines[0] - MARGIN - cap) / step
        assert at == pytest.approx(round(at))
        pages.setdefault(page, []).append(round(at))
    return list(pages.values())


def test_a_page_is_opened_up_in_steps_and_alike_is_opened_alike() -> None:
    """Also what stands further inside; where not all of it can be opened, none is."""
    page, line = "<paragraph>a</paragraph>" * 4, "<paragraph>a</paragraph>"
    inside = f"<section>{page}</section>"
    [plain, nested, full] = opened(f"{page}{BREAK}{inside}{BREAK}{line * 7}")
    assert plain == nested == [0, 3, 6, 9]
    assert full == [0, 2, 4, 6, 8, 10, 12]


def test_a_heading_stays_as_near_to_its_text() -> None:
    assert opened("<heading>Peers</heading><paragraph>a</paragraph>" * 3) == [[0, 2, 5, 7, 10, 12]]


def test_columns_that_go_on_keep_their_feet() -> None:
    """The second column has white that could be opened, the first has none."""
    item = f"<list><item>{'word ' * 30}</item></list>"
    text = f"<paragraph>{'word ' * 40}</paragraph>{item}<paragraph>a</paragraph><paragraph>a</paragraph>{item}"
    pages = opened(f'<columns count="2" fill="fill">{text}</columns>{BREAK}<paragraph>b</paragraph>{BREAK}')
    assert pages[0] == [0, 0, 0, 7, 9]


def frames_of(body: str, theme: str = GRID) -> list[TextFrame]:
    return [frame for _, frame in text_frames(laid(job(body, theme=theme)))]


def test_a_white_has_a_name_in_a_style_and_in_a_template() -> None:
    plain = THEME.replace("scale: {base", "spaces: {wide: 12}\nscale: {base")
    named = plain.replace(
        "heading-2: {weight: 600, step: 1, leading: 1.2, keep: yes, before: 6", "heading-2: {before: wide"
    )
    number = plain.replace(
        "heading-2: {weight: 600, step: 1, leading: 1.2, keep: yes, before: 6", "heading-2: {before: 12"
    )
    body = "<paragraph>a</paragraph><heading>b</heading>"
    assert [frame.bounds for frame in frames_of(body, named)] == [frame.bounds for frame in frames_of(body, number)]
    spring = '<paragraph>a</paragraph><spring weight="0" least="wide"/><paragraph style="center">b</paragraph>'
    above, below = (frame.bounds for frame in frames_of(spring, plain))
    assert below.y - above.bottom == pytest.approx(12 * 14 / 4)


def test_a_white_that_the_theme_does_not_name_is_told_where_it_stands() -> None:
    theme = THEME.replace("before: 6, after: 3}", "before: wide, after: 3}")
    said = findings(lay_out(job("<heading>A</heading>", theme=theme)), {"layouts/theme.yaml": theme})
    assert said.splitlines()[:2] == [
        "error[unknown-style]: the theme has no space `wide`",
        f"  --> layouts/theme.yaml:{theme[: theme.index('wide')].count(chr(10)) + 1}:70",
    ]
    said = findings(lay_out(job('<paragraph>a</paragraph>\n<spring least="wide"/>')))
    assert said.splitlines()[:2] == [
        "error[unknown-style]: the theme has no space `wide`",
        "  --> layouts/trial/template.xml.j2:2:1",
    ]
