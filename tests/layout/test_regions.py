"""Regions: whatever stands in them and round them, each keeps to its own rectangle and to its own contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.document import Group, Tag, structure
from briefpack.geometry import Rect
from briefpack.layout import Form, Frame, Job, LaidOut, LinkFrame, Setting, TextFrame, formed, lay_out
from briefpack.layout.regions import areas, filled, page_area, placed
from tests.layout.test_fit import text
from tests.layout.test_properties import assert_apart, assert_complete, assert_in_order, documents, several, simple
from tests.layout.trial import LAYOUT, errors, job, laid, shown, text_frames

FIT: Final = "{pages: 6, exactly: no, spacing: {least: 0.6, most: 1.5}, leading: {least: 0.9}, size: {least: 0.9}}"
SIDES: Final[Mapping[str, str]] = MappingProxyType(
    {"head": "height", "foot": "height", "left": "width", "right": "width"}
)
RUNGS: Final = "{spacing: {least: 0.6, most: 1.5}, leading: {least: 0.9, most: 1.1}, size: {least: 0.85}}"


def with_regions(regions: Mapping[str, str], fit: str = FIT) -> str:
    """The trial layout with `regions`, each as it is written."""
    lines = "".join(f"  {name}: {{{spec}}}\n" for name, spec in regions.items())
    return LAYOUT.replace("{pages: 1, exactly: no}", fit) + (f"regions:\n{lines}" if lines else "")


bands = st.builds(
    lambda at, size, gap, page: f"page: {page}, at: {at}, {SIDES[at]}: {size}pt, gap: {gap}pt, fit: {RUNGS}",
    st.sampled_from(list(SIDES)),
    st.integers(50, 80),
    st.integers(0, 15),
    st.integers(1, 2),
)
rectangles = st.builds(
    lambda x, y, width, height: (
        f"left: {60 + x}pt, top: {20 + y}pt, width: {width}pt, height: {height}pt, gap: 5pt, fit: {RUNGS}"
    ),
    st.integers(0, 200),
    st.integers(0, 120),
    st.integers(60, 100),
    st.integers(40, 80),
)


def own(laid_out: LaidOut, group: Group) -> set[Tag]:
    """The tags of what stands in a region."""
    [section] = [element for element in laid_out.structure.walk() if element.tag == Tag(group.id)]
    return {element.tag for element in section.walk()}


def rects(frame: Frame) -> tuple[Rect, ...]:
    return frame.areas if isinstance(frame, LinkFrame) else (frame.bounds,)


def inside(rect: Rect, area: Rect) -> bool:
    # A link is as high as its type, its line begins at the capitals.
    return (
        rect.x >= area.x - 0.1
        and rect.right <= area.right + 0.1
        and rect.y >= area.y - 6
        and rect.bottom <= area.bottom + 4
    )


def strays(laid_out: LaidOut, of: Job) -> Iterator[str]:
    """Content that is out of its region, or out of what regions leave."""
    groups = list(filled(of.document))
    places = placed(of.layout, [group.region for group in groups])
    left = areas(of.layout, places)
    owned = {tag: group.region for group in groups for tag in own(laid_out, group)}
    by_name = {place.name: place for place in places}
    for number, page in enumerate(laid_out.pages):
        for frame in page.frames:
            if frame.tag is None:
                continue
            name = owned.get(frame.tag) or owned.get(Tag(frame.tag.node))
            area = left.of(number) if name is None else by_name[name].area
            if name is not None and by_name[name].page != number:
                yield f"{name} on page {number + 1}"
            if not all(inside(rect, area) for rect in rects(frame)):
                yield f"{name or 'the flow'}: {frame}"


def assert_read_in_order(laid_out: LaidOut) -> None:
    """On every page: a region of a page may be read before a text that begins on an earlier one.

    Footnotes are painted at the foot of the page and read after the text they belong to.
    """
    notes = {part.tag for note in laid_out.structure.walk() if note.role == "Note" for part in note.walk()}
    order = {element.tag: at for at, element in enumerate(laid_out.structure.walk())}
    for page in laid_out.pages:
        tags = [frame.tag for frame in page.frames if isinstance(frame, TextFrame) and frame.tag is not None]
        read = [order[tag] for tag in tags if tag not in notes]
        assert read == sorted(read)


@settings(max_examples=30, deadline=None)
@given(
    documents, st.dictionaries(st.sampled_from("abc"), st.tuples(bands | rectangles, several(simple, 2)), max_size=3)
)
def test_nothing_leaves_its_region(body: str, regions: dict[str, tuple[str, str]]) -> None:
    """Every word once, in its own rectangle, over no other, and the same pages when laid out again."""
    layout = with_regions({name: spec for name, (spec, _) in regions.items()})
    inner = "".join(f'<region name="{name}" style="panel">{text}</region>' for name, (_, text) in regions.items())
    of = job(inner + body, layout)
    result = lay_out(of)
    if result.laid_out is None:
        assert errors(result) <= {"overset", "template-error", "region-misplaced"}
        return
    assert list(strays(result.laid_out, of)) == []
    assert_apart(result.laid_out)
    assert_complete(result.laid_out, of.document.body)
    assert_read_in_order(result.laid_out)
    assert shown(laid(job(inner + body, layout))) == shown(result.laid_out)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(5, 90), min_size=2, max_size=8), st.sampled_from(["left", "right"]))
def test_a_text_goes_on_from_a_narrow_page_to_a_wide_one(counts: list[int], at: str) -> None:
    """No line is lost or set twice where the measure changes between two pages."""
    regions = {"side": f"at: {at}, width: 110pt, gap: 10pt"}
    body = "".join(f"<paragraph>{text(count, count)}</paragraph>" for count in counts)
    of = job(f'<region name="side"><paragraph>Side</paragraph></region>{body}', with_regions(regions))
    result = lay_out(of)
    assert result.laid_out is not None
    assert_complete(result.laid_out, of.document.body)
    assert list(strays(result.laid_out, of)) == []


@pytest.mark.parametrize("floor", [0.0, 9.0, 12.0, 14.0])
@given(count=st.integers(5, 120))
@settings(max_examples=12, deadline=None)
def test_the_floor_holds_in_a_region(floor: float, count: int) -> None:
    regions = {"slip": "at: foot, height: 120pt, fit: {size: {least: 0.5}, spacing: {least: 0.5}}"}
    content = f'<region name="slip"><paragraph style="note">{text(count)}</paragraph></region>'
    result = lay_out(job(f"{content}<paragraph>x</paragraph>", with_regions(regions), floor=floor))
    if result.laid_out is not None:
        sizes = [part.size for _, frame in text_frames(result.laid_out) for row in frame.lines for part in row.segments]
        assert min(sizes) >= floor


@settings(max_examples=25, deadline=None)
@given(count=st.integers(30, 140))
def test_cutting_the_words_it_names_makes_a_region_fit(count: int) -> None:
    """The number in the help, and no more than three in ten on top."""

    def of(words: int) -> Job:
        body = '<region name="slip"><heading>Slip</heading><paragraph>{{ slots.slip }}</paragraph></region>'
        regions = {"slip": f"at: foot, height: 70pt, fit: {RUNGS}"}
        return job(f"{body}<paragraph>x</paragraph>", with_regions(regions), slots={"slip": text(words)})

    result = lay_out(of(count))
    if result.laid_out is None:
        [found] = result.diagnostics
        assert found.message.startswith("the region `slip` of `trial` is ")
        cut = int((found.help or "").split("cut about ")[1].split(" words from `slip`")[0])
        assert lay_out(of(count - round(cut * 1.3 + 0.5))).laid_out is not None


def test_a_region_and_the_flow_are_fitted_by_themselves() -> None:
    """A region that is full leaves the flow as the theme has it, and the other way round."""
    layout = with_regions({"slip": f"at: foot, height: 60pt, fit: {RUNGS}"}, "{pages: 1, fill: no}")
    slip = f'<region name="slip"><paragraph>{text(70)}</paragraph></region>'
    result = lay_out(job(f"<paragraph>{text(20)}</paragraph>{slip}", layout))
    assert result.laid_out is not None
    assert result.setting == Setting()
    sizes = {part.size for _, frame in text_frames(result.laid_out) for row in frame.lines for part in row.segments}
    assert 10 in sizes
    assert min(sizes) < 10


def test_in_large_print_a_region_is_part_of_the_flow() -> None:
    layout = with_regions({"slip": "at: foot, height: 30pt"})
    body = f'<paragraph>Before</paragraph><region name="slip"><paragraph>{text(40)}</paragraph></region>'
    of = formed(job(f"{body}<paragraph>After</paragraph>", layout), Form(large_print=18))
    result = laid(of)
    assert_in_order(result)
    assert "".join(line.text for _, frame in text_frames(result) for line in frame.lines).startswith("Before")


def test_a_region_goes_with_the_paper() -> None:
    """A rectangle by its distances from the right and the foot stays there on another paper."""
    layout = with_regions({"card": "right: 60pt, bottom: 376pt, width: 100pt, height: 60pt"})
    of = job('<region name="card"><paragraph>x</paragraph></region><paragraph>y</paragraph>', layout)
    letter = replace(of, layout=of.layout.model_copy(update={"paper": "Letter"}))
    [place] = placed(letter.layout, ["card"])
    area = page_area(letter.layout)
    assert (round(area.right - place.area.right), round(area.bottom - place.area.bottom)) == (0, 1)
    assert lay_out(letter).laid_out is not None


def test_a_region_is_a_section_where_it_is_read() -> None:
    layout = with_regions({"slip": "at: foot, height: 30pt"})
    of = job(
        '<paragraph>a</paragraph><region name="slip"><paragraph>b</paragraph></region><paragraph>c</paragraph>', layout
    )
    assert [element.role for element in structure(of.document).children] == ["P", "Sect", "P"]


def test_a_footnote_of_a_region_stands_at_its_foot() -> None:
    layout = with_regions({"slip": "at: head, height: 80pt"})
    slip = '<region name="slip"><paragraph>Marked<footnote>A note</footnote></paragraph></region>'
    of = job(f"{slip}<paragraph>x</paragraph>", layout)
    result = laid(of)
    [note] = [frame for _, frame in text_frames(result) if frame.lines[0].text.startswith("A note")]
    assert note.bounds.y >= 80
    assert note.bounds.bottom <= 100.1
    assert_complete(result, of.document.body)


def test_a_region_stands_on_the_other_side_of_a_page_that_is_read_from_right_to_left() -> None:
    layout = with_regions({"aside": "at: left, width: 80pt, gap: 10pt"})
    made = job('<region name="aside"><paragraph>שלום</paragraph></region><paragraph>עולם</paragraph>', layout)
    written = replace(made, document=replace(made.document, language="he"))
    [page] = laid(written).pages
    aside, text = (frame.bounds for frame in page.frames if isinstance(frame, TextFrame) and frame.tag)
    area = page_area(made.layout)
    right = page.size.width - area.x  # its margins are mirrored too
    assert (aside.x, aside.right) == pytest.approx((right - 80, right))
    assert (text.x, text.right) == pytest.approx((page.size.width - area.right, right - 90))
