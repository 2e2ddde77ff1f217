"""What stays together where a page or a column ends: headings, captions, what leads to a list, lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefpack.document import Block, Group, Heading, List, Paragraph, Table, Tag, plain_text
from briefpack.layout import LaidOut, TextFrame, lay_out
from tests.layout.test_properties import (
    assert_complete,
    kinds,
    nested_lists,
    noted,
    several,
    short_texts,
    tables,
    texts,
    wrapped,
)
from tests.layout.trial import errors, job, text_frames, with_fit

LAYOUT: Final = with_fit("{pages: 40, exactly: no, spacing: {least: 0.6, most: 1.5}}")

paragraphs = wrapped("paragraph", texts) | noted
headings = wrapped("heading", st.sampled_from(["Peers", "What is known", "Who needs a peer, and when"]))
led = st.builds(
    lambda kind, lead, items: f'<paragraph>{lead}:</paragraph><list kind="{kind}">{items}</list>',
    kinds,
    texts,
    several(wrapped("item", short_texts), 8),
)
blocks = paragraphs | headings | led | nested_lists() | tables()
columned = st.builds(
    lambda count, fill, inner: f'<columns count="{count}" fill="{fill}">{inner}</columns>',
    st.integers(2, 3),
    st.sampled_from(["balance", "fill"]),
    st.lists(blocks, min_size=3, max_size=14).map("".join),
)
sections = wrapped("section", st.lists(blocks, min_size=2, max_size=8).map("".join))
documents = st.lists(blocks | columned | sections, min_size=3, max_size=16).map("".join)

# A paragraph that is divided goes on to what it leads to.
LONG_WORD: Final = "x" * 60
LED: Final = (
    f'<heading>Peers</heading><paragraph>a</paragraph><columns count="3" fill="balance"><heading>Peers</heading>'
    f"<paragraph>a</paragraph><paragraph>a {LONG_WORD}:</paragraph>"
    f'<list kind="bullet"><item>{LONG_WORD}</item></list></columns>'
)
LED_WITH_NOTES: Final = (
    f'<paragraph>a</paragraph><heading>Peers</heading><paragraph>a</paragraph><columns count="3" fill="balance">'
    f"<heading>Peers</heading><paragraph>a a<footnote>a</footnote> a<footnote>a</footnote>.</paragraph>"
    f"<paragraph>a {LONG_WORD}:</paragraph>"
    f'<list kind="bullet"><item>a</item><item>a {LONG_WORD}</item></list></columns>'
)
# At the full height of a page the first column would end with what leads to a list; shorter ones end well.
LED_ON: Final = (
    '<paragraph>a</paragraph><columns count="3" fill="balance"><heading>Peers</heading><paragraph>fi:</paragraph>'
    '<list kind="bullet"><item>24\u00a0hours</item>'
    "<item>https://example.org/a/very/long/path?with=query&amp;more=parts</item></list>"
    "<paragraph>fi<footnote>a</footnote> fi<footnote>a</footnote>.</paragraph><paragraph>a</paragraph>"
    "<paragraph>hours 24\u00a0hours hours and/or (brackets):</paragraph>"
    '<list kind="bullet"><item>a</item><item>a</item><item>a Donaudampfschifffahrtsgesellschaft</item></list>'
    "<paragraph>naïve hours (brackets) peer 8,760 Donaudampfschifffahrtsgesellschaft Hertzsprung–Russell "
    "https://example.org/a/very/long/path?with=query&amp;more=parts a:</paragraph>"
    '<list kind="check"><item>a</item><item>community-led</item><item>and/or</item></list></columns>'
    "<paragraph>“quoted”</paragraph>"
)


@settings(max_examples=25, deadline=None)
@given(documents)
@example(LED)
@example(LED_WITH_NOTES)
@example(LED_ON)
def test_no_page_and_no_column_ends_amid_what_belongs_together(body: str) -> None:
    of = job(body, LAYOUT)
    result = lay_out(of)
    if result.laid_out is None:
        assert errors(result) == {"overset"}
        return
    assert_complete(result.laid_out, of.document.body)
    assert_no_line_alone(result.laid_out)
    assert_kept(result.laid_out, of.document.body)


def assert_no_line_alone(laid_out: LaidOut) -> None:
    """Neither a widow nor an orphan: of a paragraph that is divided at least two lines stand together."""
    parts: dict[Tag, list[TextFrame]] = {}
    for _, frame in text_frames(laid_out):
        if frame.tag is not None:
            parts.setdefault(frame.tag, []).append(frame)
    for frames in parts.values():
        if len(frames) > 1:
            assert min(len(frame.lines) for frame in frames) >= 2, [line.text for f in frames for line in f.lines]


Place = tuple[int, float, float]


def assert_kept(laid_out: LaidOut, body: Iterable[Block]) -> None:
    """What leads to something has it below: on its page and in its column."""
    first: dict[Tag, Place] = {}
    last: dict[Tag, Place] = {}
    tops: dict[int, float] = {}
    for page, frame in text_frames(laid_out):
        if frame.tag is not None:
            place = (page, frame.bounds.x, frame.bounds.y)
            first.setdefault(frame.tag, place)
            last[frame.tag] = place
            tops[page] = min(tops.get(page, frame.bounds.y), frame.bounds.y)
    for above, below in leading(body):
        page, x, y = last[above]
        # What begins a page and is followed by what fills one alone cannot have it below.
        if y > tops[page]:
            assert first[below][0] == page, (above, below)
            assert first[below][2] > y, (above, below)
            assert first[below][1] >= x - 0.1, (above, below)


def leading(blocks: Iterable[Block]) -> Iterator[tuple[Tag, Tag]]:
    """Texts and the first text of what they lead to."""
    above: Block | None = None
    for block in blocks:
        text = next(first_texts(block), None)
        if isinstance(above, Heading) and above.level > 1 and text is not None:
            yield Tag(above.id), text
        leads = isinstance(above, Paragraph) and plain_text(above.content).endswith(":")
        if isinstance(above, Paragraph) and isinstance(block, List) and leads and text is not None:
            yield Tag(above.id), text
        if isinstance(block, Table):
            yield Tag(block.id, "caption"), Tag(block.rows[0].cells[0].id)
        if isinstance(block, Group):
            yield from leading(block.children)
        above = block


def first_texts(block: Block) -> Iterator[Tag]:
    """The texts of `block`, as they are read."""
    match block:
        case Heading(id=id) | Paragraph(id=id):
            yield Tag(id)
        case List(items=items):
            for item in items:
                for child in item.children:
                    yield from first_texts(child)
        case Table(id=id):
            yield Tag(id, "caption")
        case Group(children=children):
            for child in children:
                yield from first_texts(child)
        case _:
            pass


CHART: Final = '<chart units="30" marked="4" alt="x"><caption>A chart</caption></chart>'


@pytest.mark.parametrize("count", range(4, 15))
@pytest.mark.parametrize("fill", ["balance", "fill"])
def test_a_heading_does_not_end_a_column(fill: str, count: int) -> None:
    """Also where there is room for columns at the foot of the page, and not for the chart in one."""
    above = "<paragraph>a</paragraph>" * count
    columns = f'<columns count="2" fill="{fill}"><heading>Peers</heading>{CHART}<paragraph>b</paragraph></columns>'
    of = job(above + columns, LAYOUT)
    result = lay_out(of)
    assert result.laid_out is not None
    places = [(page, frame) for page, frame in text_frames(result.laid_out) if frame.tag is not None]
    [heading] = [(page, frame.bounds.x) for page, frame in places if frame.lines[0].text == "Peers"]
    [caption] = [(page, frame.bounds.x) for page, frame in places if frame.lines[0].text == "A chart"]
    assert heading == caption
