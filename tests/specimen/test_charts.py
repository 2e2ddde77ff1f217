"""Charts from a campaign to a file: every kind, and what they must stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from briefpack.api.starter import starter_files
from briefpack.builds import Made, Workshop, make_brief
from briefpack.content import Chart, ResolvedBrief, resolve_brief
from briefpack.diagnostics import render
from briefpack.document import Amount, Block, Datum, Document, Figure, Plot, PlotKind, Text
from briefpack.geometry import PAPERS
from briefpack.layout import Frame, Job, Page, ShapeFrame, StyleSheet, TextFrame, lay_out
from briefpack.layout.contrast import check_marks, extent
from briefpack.layout.line_plots import apart, shown
from briefpack.preflight import inspect
from briefpack.project.files import DictFiles, source_lines
from briefpack.project.load import load_project
from briefpack.templates import Source, Templates, read_document
from tests.goldens import check_golden
from tests.verapdf import Conformance

HERE: Final = Path(__file__).parent
GOLDENS: Final = HERE / "goldens"
NAMES: Final = ("kinds", "edges")


def _specimen() -> Mapping[str, str | bytes]:
    """The specimen on the starter's theme and parts."""
    folder = HERE / "charts"
    own = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*.*")}
    starter = starter_files("layouts")
    shared = {name: starter[name].decode("utf-8") for name in ("layouts/theme.yaml", "layouts/parts.xml.j2")}
    return MappingProxyType({**shared, **own})


FILES: Final = _specimen()


def workshop(files: Mapping[str, str | bytes]) -> Workshop:
    project_files = DictFiles(files)
    loaded = load_project(project_files)
    assert loaded.project is not None, render(loaded.diagnostics, source_lines(project_files))
    return Workshop.of(project_files, loaded.project)


def made(name: str, files: Mapping[str, str | bytes] = FILES) -> Made:
    return make_brief(workshop(files), name)


def resolved(name: str, files: Mapping[str, str | bytes] = FILES) -> ResolvedBrief:
    brief, found = resolve_brief(workshop(files).project, name)
    assert brief is not None, found
    return brief


@pytest.fixture(scope="module", params=NAMES)
def file(request: pytest.FixtureRequest) -> tuple[str, bytes]:
    result = made(request.param)
    assert result.data is not None, result.diagnostics
    assert result.diagnostics == ()
    return request.param, result.data


def test_the_specimen_conforms(file: tuple[str, bytes], tmp_path: Path, conformance: Conformance) -> None:
    path = tmp_path / "charts.pdf"
    path.write_bytes(file[1])
    assert conformance.broken(path) == ()


def test_every_label_and_number_is_text(file: tuple[str, bytes]) -> None:
    """Real text, to be selected and found; what is soft-hyphenated or broken over lines is put together again."""
    name, data = file
    found = _squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages))
    for chart in charts(resolved(name)):
        texts = [str(row.label) for row in chart.rows] + [str(name) for name in chart.series]
        # Of a line with an axis only the ends have their numbers on them.
        numbered = chart.rows[-1:] if chart.kind == "line" else chart.rows
        texts += [number.text for row in numbered for number in row.values if number.at]
        assert [text for text in texts if _squeezed(text) not in found] == []


def _squeezed(text: str) -> str:
    return "".join(text.replace("\u00ad", "").split())


def charts(brief: ResolvedBrief) -> list[Chart]:
    return [value for value in brief.slots.values() if isinstance(value, Chart)]


@pytest.mark.parametrize("name", NAMES)
def test_alternatives(name: str) -> None:
    """What a screen reader says of each chart, written from the data."""
    check_golden(GOLDENS / f"{name}.alt.txt", "".join(f"{chart.alt}\n" for chart in charts(resolved(name))))


def test_the_figures_have_their_links_inside(file: tuple[str, bytes]) -> None:
    name, data = file
    check_golden(GOLDENS / f"{name}.tags.txt", inspect(data).tag_tree())


@cache
def specimen() -> Workshop:
    """The workshop of the specimen, its caches shared by the tests."""
    return workshop(FILES)


def blocks(name: str, files: Mapping[str, str | bytes] = FILES) -> tuple[Block, ...]:
    """What the specimen's template makes of a brief."""
    shop, brief = specimen(), resolved(name, files)
    path = "layouts/charts/template.xml.j2"
    rendered = Templates(shop.files.read_text).render(path, {"brief": brief, "slots": brief.slots})
    found, problems = read_document(
        rendered, path, [Source(item.number, item.text, item.short) for item in brief.sources]
    )
    assert problems == ()
    return found


def pages(body: Sequence[Block], floor: float = 0.0, *, overset: bool = False) -> tuple[Page, ...]:
    """A document of `body` laid out on the specimen's paper; nothing if it may be overset and is."""
    shop = specimen()
    layout = shop.project.layouts["charts"]
    job = Job(
        document=Document(
            name="x", title="X", language="en", audience="clinicians", layout="charts", kind="X", body=tuple(body)
        ),
        layout=layout,
        styles=StyleSheet(shop.project.theme, layout.theme, shop.faces, floor),
        typesetter=shop.typesetter,
        read=shop.files.read_bytes,
    )
    result = lay_out(job)
    if overset and result.laid_out is None:
        assert [item.rule for item in result.diagnostics] == ["overset"]
        return ()
    assert result.laid_out is not None, result.diagnostics
    return result.laid_out.pages


@pytest.mark.parametrize(("name", "floor"), [("kinds", 0.0), ("edges", 14.0)])
def test_placements(name: str, floor: float) -> None:
    """Where every text and every shape of the charts stands."""
    lines: list[str] = []
    for number, page in enumerate(pages(blocks(name), floor), start=1):
        lines += [f"page {number}", *(line for frame in page.frames for line in _placed(frame))]
    check_golden(GOLDENS / f"{name}.frames.txt", "\n".join(lines) + "\n")


def _placed(frame: Frame) -> Iterator[str]:
    match frame:
        case TextFrame():
            for start, baseline, line in zip(frame.starts, frame.baselines, frame.lines, strict=True):
                yield f"  {start:6.1f} {baseline:6.1f}  {line.text}"
        case ShapeFrame():
            box, owner = frame.bounds, "artifact" if frame.tag is None else "shape"
            yield f"  {box.x:6.1f} {box.y:6.1f}  {owner} {box.width:.1f} × {box.height:.1f}, paths: {len(frame.paths)}"
        case _:
            pass


@pytest.mark.parametrize("floor", [0.0, 14.0, 18.0])
def test_no_type_is_under_the_floor(floor: float) -> None:
    """Citations alone are smaller, where they are raised."""
    sizes = {
        part.size
        for page in pages(blocks("kinds"), floor)
        for frame in page.frames
        if isinstance(frame, TextFrame)
        for line in frame.lines
        for part in line.segments
        if not part.rise
    }
    assert min(sizes) >= floor - 1e-6


TRIM: Final = PAPERS["A4"]


def inked(page: Page) -> Iterator[tuple[float, float, float, float]]:
    """The box of every ink of a page: of paths with their strokes, of lines of text from start to end."""
    for frame in page.frames:
        match frame:
            case TextFrame():
                for start, baseline, line in zip(frame.starts, frame.baselines, frame.lines, strict=True):
                    yield start, baseline - 8, start + line.width, baseline + 2
            case ShapeFrame(paths=paths):
                for path in paths:
                    box, by = extent(path.segments), path.width / 2 if path.stroke is not None else 0.0
                    yield box.x - by, box.y - by, box.right + by, box.bottom + by
            case _:
                pass


NUMBERS: Final = st.one_of(
    st.integers(-50, 400).map(float), st.floats(-1e15, 1e15, allow_nan=False), st.sampled_from([0.0, 1e-9, -1e-9])
)
LABELS: Final = st.text("abc DEFgh-ij", min_size=1, max_size=60)


@st.composite
def plots(draw: st.DrawFn) -> Plot:
    """Any chart that content lets through, and some that it does not."""
    kind = draw(st.sampled_from(list(PlotKind)))
    series = 1 if kind is PlotKind.INTERVALS else draw(st.integers(1, 6))
    count = draw(st.integers(1, 10))
    data = tuple(Datum((Text(draw(LABELS)),), tuple(draw(amounts(kind)) for _ in range(series))) for _ in range(count))
    names = tuple((Text(draw(LABELS)),) for _ in range(series)) if series > 1 else ()
    unit = draw(st.sampled_from([(), (Text("%"),), (Text("points " * 12),)]))
    return Plot(kind, data, names, unit, draw(st.none() | NUMBERS))


@st.composite
def amounts(draw: st.DrawFn, kind: PlotKind) -> Amount:
    at = draw(NUMBERS)
    if kind is PlotKind.STACKED:
        at = abs(at)
    if kind is not PlotKind.INTERVALS or draw(st.booleans()):
        return Amount(at, f"{at:,.2f}")
    low, high = at - abs(draw(NUMBERS)), at + abs(draw(NUMBERS))
    return Amount(at, f"{at:,.2f} ({low:,.2f} to {high:,.2f})", low, high)


HUGE: Final = Amount(0.0, "0.00 (-77,788,034,933,612.00 to 0.00)", -77788034933612.0, 0.0)


@settings(max_examples=150, deadline=None)
@given(plots(), st.sampled_from([0.0, 14.0]))
@example(Plot(kind=PlotKind.INTERVALS, data=(Datum((Text("E"),), (HUGE,)),), unit=(Text("%"),)), 14.0)
def test_no_ink_leaves_the_trim(plot: Plot, floor: float) -> None:
    """Whatever the numbers and the words: no crash, no hang, nothing over the edge."""
    for page in pages([Figure(id=1, graphic=plot, alt="A chart")], floor, overset=True):
        for left, top, right, bottom in inked(page):
            assert left >= 0
            assert top >= 0
            assert right <= TRIM.width
            assert bottom <= TRIM.height


def test_marks_are_told_from_their_ground() -> None:
    """3 to 1 at least, of every series and every icon."""
    assert check_marks(pages(blocks("kinds")), "layouts/theme.yaml") == ()


def test_weak_marks_are_an_error_that_names_both_colours() -> None:
    theme = str(FILES["layouts/theme.yaml"]).replace("chart: {mark: primary, second: accent", "chart: {mark: line")
    result = made("kinds", {**FILES, "layouts/theme.yaml": theme})
    found = [item for item in result.diagnostics if item.rule == "low-contrast"]
    assert (
        found[0].message == "a mark in `line` (#b9c7cc) on `paper` (#ffffff) has a contrast of 1.73 to 1, and needs 3"
    )
    assert found[0].span is not None
    assert theme.splitlines()[found[0].span.line - 1].startswith("  line:")
    assert result.data is None


def test_a_pattern_that_its_own_ground_swallows_is_an_error() -> None:
    """Each is seen on the page, and one not on the other: series are not told apart."""
    theme = str(FILES["layouts/theme.yaml"]).replace("accent, ground: tint", "accent, ground: ink", 1)
    result = made("kinds", {**FILES, "layouts/theme.yaml": theme})
    messages = [item.message for item in result.diagnostics if item.rule == "low-contrast"]
    assert [message for message in messages if "in one chart have a contrast of" in message], messages
    assert result.data is None


ROWS: Final = """\
layout: charts
audience: clinicians
title: Many
date: 2026-11-23
slots:
  one:
    kind: KIND
    caption: Many. [@qi-2015]
    rows:
"""


@pytest.mark.parametrize("kind", ["bars", "columns", "stacked", "intervals"])
@pytest.mark.parametrize("count", [1, 2, 40])
@pytest.mark.parametrize("audience", ["clinicians", "community"])
def test_as_many_rows_as_there_is_room_for(kind: str, count: int, audience: str) -> None:
    """A sound page or a clear word that it is too long."""
    files = many(kind, count)
    brief = str(files["briefs/many.yaml"]).replace("audience: clinicians", f"audience: {audience}")
    result = made("many", {**files, "briefs/many.yaml": brief})
    rules = {item.rule for item in result.diagnostics}
    assert result.data is not None or rules == {"overset"}
    assert result.data is not None or count == 40


def many(kind: str, count: int) -> Mapping[str, str | bytes]:
    """The specimen with a brief of one chart of `count` rows."""
    rows = "".join(f"      - {{label: Row {at}, value: {at * 37 % 101}}}\n" for at in range(1, count + 1))
    return {**FILES, "briefs/many.yaml": ROWS.replace("KIND", kind) + rows}


def test_a_thousand_values_make_a_line() -> None:
    result = made("many", many("line", 1000))
    assert result.diagnostics == ()
    assert result.data is not None
    assert len(result.data) < 60_000
    brief = resolved("many", many("line", 1000))
    [chart] = charts(brief)
    assert chart.alt == (
        "Line chart. 1000 values, from Row 1 (37) to Row 1000 (34). Lowest: Row 101 (0). Highest: Row 30 (100)."
    )


def test_a_thousand_bars_are_too_many() -> None:
    result = made("many", many("bars", 1000))
    assert [item.message for item in result.diagnostics] == ["a chart of kind `bars` has room for 40 rows, not 1,000"]
    assert result.data is None


def test_labels_of_a_line_are_thinned_from_the_first_to_the_last() -> None:
    assert shown(7, 1) == [0, 1, 2, 3, 4, 5, 6]
    assert shown(7, 3) == [0, 3, 6]
    assert shown(8, 3) == [0, 3, 7]
    assert shown(1, 1) == [0]
    assert shown(1000, 300) == [0, 300, 600, 999]


def test_names_at_the_ends_of_lines_are_moved_apart() -> None:
    assert apart([10, 12, 40], 10, 0, 100) == [10, 20, 40]
    assert apart([95, 96], 10, 0, 100) == [90, 100]


LONG: Final = "word " * 200
ENDLESS: Final = "Donaudampfschifffahrtsgesellschaft" * 6
HARD: Final = {
    "one": [("A", "1")],
    "negative": [("A", "-1"), ("B", "-2")],
    "zeros": [("A", "0"), ("B", "0")],
    "equal": [("A", "7"), ("B", "7"), ("C", "7")],
    "huge": [("A", "999999999999999"), ("B", "1")],
    "small": [("A", "0.0000001"), ("B", "0.0000002")],
    "far apart": [("A", "0.0000001"), ("B", "900000000000000"), ("C", "-5")],
    "long label": [(LONG, "1"), ("B", "2")],
    "endless word": [(ENDLESS, "1"), ("B", "2")],
    "same label": [("A", "1"), ("A", "2")],
}


@pytest.mark.parametrize("kind", ["bars", "stacked", "columns", "line", "intervals"])
@pytest.mark.parametrize("name", HARD)
def test_hard_numbers_and_words_make_a_sound_page(name: str, kind: str) -> None:
    """Everything inside the trim; what cannot be stacked is said."""
    rows = "".join(f'      - {{label: "{label}", value: {value}}}\n' for label, value in HARD[name])
    files = {**FILES, "briefs/many.yaml": ROWS.replace("KIND", kind) + rows}
    result = made("many", files)
    below = any(value.startswith("-") for _, value in HARD[name])
    if kind == "stacked" and below:
        assert {item.rule for item in result.diagnostics} == {"wrong-value"}
        return
    assert result.diagnostics == ()
    assert result.data is not None
    for page in pages(blocks("many", files)):
        for left, top, right, bottom in inked(page):
            assert 0 <= left <= right <= TRIM.width
            assert 0 <= top <= bottom <= TRIM.height


def _drawn(page: Page) -> list[tuple[object, ...]]:
    """How every mark of a page's figures is drawn, its colours, its place and its size apart."""
    return [
        tuple(
            (path.fill is None, path.stroke is None, path.dash, "".join(operator for operator, _ in path.segments))
            for path in frame.paths
        )
        for frame in page.frames
        if isinstance(frame, ShapeFrame) and frame.tag is not None
    ]


@pytest.mark.parametrize("kind", ["bars", "columns", "stacked", "line"])
def test_six_series_are_told_apart_without_colour(kind: str) -> None:
    """By patterns, or by dashes and markers, each unlike all others."""
    rows = "".join(f"      - {{label: Row {at}, values: [90, 90, 90, 90, 90, 90]}}\n" for at in (1, 2))
    brief = ROWS.replace("kind: KIND", f"kind: {kind}\n    series: [a, b, c, d, e, f]") + rows
    page, *_ = pages(blocks("many", {**FILES, "briefs/many.yaml": brief}))
    assert len(set(_drawn(page))) >= 6
