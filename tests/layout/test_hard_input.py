"""What nobody should write and somebody does: too much, too wide, nothing at all. A sound page or a clear word."""

from __future__ import annotations

from itertools import cycle, islice
from time import process_time
from typing import Final

import pytest

from briefpack.layout import Result, ShapeFrame, lay_out
from briefpack.layout.compose import lettered, roman
from briefpack.layout.decimals import decimal_place
from briefpack.layout.spans import Reach, bands, row_heights, stretches
from tests.layout.trial import LAYOUT, THEME, findings, job, laid, text_frames, with_fit

WORDS: Final = (
    "a",
    "peer",
    "is",
    "someone",
    "who",
    "lives",
    "with",
    "diabetes",
    "and",
    "has",
    "learned",
    "to",
    "listen",
)
LADDER: Final = "spacing: {least: 0.6, most: 1.5}, leading: {least: 0.9, most: 1.1}, size: {least: 0.9}"

# Seconds of a processor, many times what is needed: what grows with the square of its input is found out.
PATIENCE: Final = 12.0


def fit(pages: int) -> str:
    return with_fit(f"{{pages: {pages}, exactly: no, {LADDER}}}")


def words(count: int) -> str:
    return " ".join(islice(cycle(WORDS), count))


def within_patience(body: str, layout: str, **slots: str) -> Result:
    of = job(body, layout, slots=slots)
    start = process_time()
    result = lay_out(of)
    assert process_time() - start < PATIENCE
    return result


@pytest.mark.parametrize(
    "body",
    ["<paragraph>{{ slots.long }}</paragraph>", '<columns count="3"><paragraph>{{ slots.long }}</paragraph></columns>'],
)
def test_an_endless_paragraph_ends_with_a_word_of_how_much_too_long_it_is(body: str) -> None:
    result = within_patience(body, fit(2), long=words(100_000))
    assert result.laid_out is None
    assert [item.rule for item in result.diagnostics] == ["overset"]
    assert "lines too long for 2 pages" in result.diagnostics[0].message
    assert "from `long`" in (result.diagnostics[0].help or "")


def several(count: int, element: str, inside: str = "{}") -> str:
    return "".join(f"<{element}>{inside.format(words(3 + at % 15))}</{element}>" for at in range(count))


LARGE: Final = LAYOUT.replace("375.28pt", "20pt").replace("A5", "A4")


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        (f'<list kind="bullet">{several(3_000, "item")}</list>', 40),
        (f'<columns count="2">{several(1_500, "paragraph")}</columns>', 15),
        (f'<grid columns="2">{several(1_500, "card", "<paragraph>{}</paragraph>")}</grid>', 20),
        (f'<section style="cut">{several(2_000, "paragraph")}</section>', 30),
        (f'<list style="sources">{several(600, "item")}</list>', 4),
    ],
    ids=["list", "columns", "grid", "section", "sources"],
)
def test_thousands_of_parts_take_a_time_in_proportion(body: str, pages: int) -> None:
    """What a page does not hold is not measured again for each."""
    layout = LARGE.replace("{pages: 1, exactly: no}", f"{{pages: 300, exactly: no, {LADDER}}}")
    theme = THEME.replace("box-styles:\n", "box-styles:\n  cut: {ground: tint, padding: [4, 4, 4, 4], cut: 4}\n")
    of = job(body, layout, theme=theme)
    start = process_time()
    result = lay_out(of)
    assert process_time() - start < PATIENCE / 2
    assert result.laid_out is not None, result.diagnostics
    assert len(result.laid_out.pages) > pages
    said = " ".join(line.text.strip() for _, frame in text_frames(result.laid_out) for line in frame.lines)
    assert said.count("a peer is") > 400


def table(rows: int) -> str:
    body = "".join(f"<tr><th>{at}</th><td>{at * 7.25}</td><td>{words(at % 17)}</td></tr>" for at in range(rows))
    head = '<tr head="yes"><th>Number</th><th>b</th><th>c</th></tr>'
    return f'<table><caption>All</caption><col/><col align="decimal"/>{head}{body}</table>'


def test_a_thousand_rows_fill_as_many_pages_as_they_take() -> None:
    result = within_patience(table(1000), fit(200))
    assert result.laid_out is not None
    assert len(result.laid_out.pages) > 50
    said = [line.text.strip() for _, frame in text_frames(result.laid_out) for line in frame.lines]
    assert said.count("999") == 1
    assert said.count("Number") == len(result.laid_out.pages)


def test_a_thousand_rows_are_too_many_for_two_pages() -> None:
    result = within_patience(table(1000), fit(2))
    assert [item.rule for item in result.diagnostics] == ["overset"]


def test_a_thousand_items_and_their_notes_fill_as_many_pages_as_they_take() -> None:
    items = "".join(f"<item>{words(9)}<footnote>{at}</footnote></item>" for at in range(1000))
    result = within_patience(f"<list>{items}</list>", fit(300))
    assert result.laid_out is not None


def test_a_note_longer_than_the_page_is_overset() -> None:
    result = lay_out(job(f"<paragraph>a<footnote>{words(2000)}</footnote></paragraph>", fit(3)))
    assert [item.rule for item in result.diagnostics] == ["overset"]


def test_a_word_wider_than_its_measure_is_divided() -> None:
    """In a column, a cell and an item, and stays in it."""
    long = "x" * 200
    body = (
        f'<columns count="4"><paragraph>{long}</paragraph></columns>'
        f"<table><tr><th>{long}</th><td>b</td></tr></table><list><item>{long}</item></list>"
    )
    laid_out = laid(job(body, fit(4)))
    for _, frame in text_frames(laid_out):
        for start, line in zip(frame.starts, frame.lines, strict=True):
            assert start + line.width <= frame.bounds.right + 0.1
    assert sum(line.text.count("x") for _, frame in text_frames(laid_out) for line in frame.lines) == 600


def test_nothing_makes_no_blocks() -> None:
    """Not even a column or a list is left of what is empty."""
    body = '<paragraph>a</paragraph><columns count="2"></columns><list></list><grid columns="2"></grid><table></table>'
    [(_, frame)] = text_frames(laid(job(body)))
    assert [line.text for line in frame.lines] == ["a"]


def test_cells_and_items_may_be_empty() -> None:
    rows = '<tr head="yes"><th/><th>a</th></tr><tr><td/><td/></tr>'
    assert len(laid(job(f"<table>{rows}</table><list><item></item></list>")).pages) == 1


def test_columns_narrower_than_a_letter_name_their_table() -> None:
    cells = "<td>word</td>" * 60
    result = lay_out(job(f"<table><caption>Sixty of them</caption><tr>{cells}</tr></table>"))
    assert findings(result) == (
        "error[overset]: the table `Sixty of them` of `trial` has 60 columns, and room for the words of 10\n"
        "  --> layouts/trial/template.xml.j2\n"
        "help: take out 50 columns, make several tables of it, or write shorter words\n"
        "\n"
        "1 error\n"
    )


def test_a_column_of_no_width_is_as_wide_as_its_words() -> None:
    body = '<table><col weight="0"/><col weight="0"/><tr><td>one</td><td>two</td></tr></table>'
    frames = [frame for _, frame in text_frames(laid(job(body)))]
    assert all(frame.bounds.width > 10 for frame in frames)


@pytest.mark.parametrize(
    ("text", "language", "place"),
    [
        ("12", "en", 2), ("1.5", "en", 1), ("1,250.25", "en", 5), ("−0.57 (0.31 to 0.83)", "en", 2), ("12%", "en", 2),
        ("$1,250", "en", 6), ("< 0.001", "en", 3), ("~5", "en", 2), ("0.5–2%", "en", 1), ("1.250,5", "de", 5),
        ("1\u202f250,5", "fr", 5), ("1,5", "de", 1), ("1,5", "en", 1), ("2,345,678", "en", 9), ("(12)", "en", 3),
        ("–", "en", None), ("", "en", None), ("none", "en", None), ("peer 12", "en", None),
        ("9, shared by both clinics", "en", None), ("12 of the 40 people who were asked to come", "en", None),
    ],
)  # fmt: skip
def test_where_the_decimal_mark_of_a_number_stands(text: str, language: str, place: int | None) -> None:
    assert decimal_place(text, language) == place


def test_what_a_cell_over_rows_lacks_is_shared_by_them() -> None:
    assert row_heights(3, [Reach(0, 1, 10), Reach(1, 1, 20), Reach(0, 2, 40), Reach(2, 1, 5)]) == [15, 25, 5]
    assert row_heights(2, [Reach(0, 2, 10), Reach(0, 1, 4), Reach(1, 1, 9)]) == [4, 9]


def test_rows_that_share_a_cell_are_one_band() -> None:
    assert list(bands([1, 2, 1, 1])) == [(0, 1), (1, 3), (3, 4)]
    assert list(bands([2, 3, 1, 1, 1])) == [(0, 4), (4, 5)]
    assert list(bands([9, 1])) == [(0, 2)]
    assert list(bands([])) == []
    assert stretches([0, 1, 3, 5, 6]) == [(0, 1), (3, 3), (5, 6)]


def test_labels_in_letters_and_in_roman_numerals() -> None:
    assert [lettered(number) for number in (1, 26, 27, 52, 703)] == ["a", "z", "aa", "az", "aaa"]
    assert [roman(number) for number in (1, 4, 9, 14, 40, 1999)] == ["i", "iv", "ix", "xiv", "xl", "mcmxcix"]


PARAGRAPH: Final = "<paragraph>{{ slots.text }}</paragraph>"


@pytest.mark.parametrize(
    "unit", ["x", "-", "—", "word\u00a0", "سلام", "เพื่อนไม่ได้มาแทนแพทย์", "糖尿病、「です」", "क्लिनिक", "a/b-c."]
)
def test_a_word_without_end_is_divided_and_stays_on_the_page(unit: str) -> None:
    """In any script: a hundred thousand characters are too many, a thousand are set."""
    endless = within_patience(PARAGRAPH, fit(2), text=unit * (100_000 // len(unit)))
    assert [item.rule for item in endless.diagnostics] == ["overset"]
    result = within_patience(PARAGRAPH, fit(9), text=unit * (1_000 // len(unit)))
    assert result.laid_out is not None
    frames = [frame for _, frame in text_frames(result.laid_out)]
    assert (
        "".join(line.text for frame in frames for line in frame.lines).strip() == (unit * (1_000 // len(unit))).strip()
    )
    for frame in frames:
        for start, line in zip(frame.starts, frame.lines, strict=True):
            assert start >= frame.bounds.x - 0.1
            assert start + line.width <= frame.bounds.right + 0.1


@pytest.mark.parametrize("plane", range(17))
def test_every_plane_of_unicode_is_set_or_named(plane: int) -> None:
    """Each hundred-and-first character: those that no typeface has are named, a diagnostic for each script."""
    codes = range(plane * 0x10000, (plane + 1) * 0x10000, 101)
    text = " ".join(chr(code) for code in codes if not 0xD800 <= code <= 0xDFFF and chr(code).isprintable())
    if not text:
        return
    result = within_patience(PARAGRAPH, fit(9), text=text)
    assert {item.rule for item in result.diagnostics} <= {"missing-character", "short-page"}
    assert (result.laid_out is None) == any(item.rule == "missing-character" for item in result.diagnostics)


def test_what_even_the_typeface_of_its_script_lacks_is_not_had_by_installing_it() -> None:
    result = lay_out(job(PARAGRAPH, slots={"text": "病\U00020000"}))
    assert [item.help for item in result.diagnostics] == [
        "write it another way, or name a typeface that has it in `layouts/theme.yaml`"
    ]


def test_marks_that_pile_up_are_refused() -> None:
    """They would stand on other lines and off the page. What languages stack is set."""
    result = lay_out(job(PARAGRAPH, slots={"text": "H" + "\u0300\u0301\u0302" * 40 + "ello"}))
    assert findings(result, {"briefs/text.yaml": "H"}).splitlines()[0] == (
        "error[stacked-marks]: `H` carries 120 marks, of which some would stand on other lines"
    )
    assert result.laid_out is None
    for text in ("ệ", "e\u0323\u0302\u0301", "בְּרֵאשִׁ֖ית", "الأُقْرَانُّ", "g̈"):
        assert text_frames(laid(job(PARAGRAPH, slots={"text": text})))


def test_a_waffle_of_one_is_a_square_and_not_a_page() -> None:
    frames = laid(job('<chart units="1" marked="1" alt="x"><caption>One</caption></chart>')).pages[0].frames
    assert max(frame.bounds.width for frame in frames if isinstance(frame, ShapeFrame)) <= 72


@pytest.mark.parametrize(
    ("units", "ground", "outlined"),
    [(40, "tint", True), (400, "tint", False), (400, "paper", True), (40, "paper", True)],
)
def test_squares_that_are_not_marked_are_seen(units: int, ground: str, outlined: bool) -> None:
    """By their outline where they are few, or of the colour of paper."""
    theme = (
        THEME.replace("ground: line, caption", f"ground: {ground}, caption")
        .replace("columns: 10", "columns: 40")
        .replace("palette: {", 'palette: {paper: "#ffffff", ')
    )
    body = f'<chart units="{units}" marked="4" alt="x"><caption>Few</caption></chart>'
    frames = laid(job(body, fit(9), theme=theme)).pages[0].frames
    [below, _] = next(frame.paths for frame in frames if isinstance(frame, ShapeFrame) and frame.tag is not None)
    assert (below.stroke == "#aa2200") is outlined


@pytest.mark.parametrize("controls", ["\u00ad", "\u200b", "\u2060", "\u200d\u200c", "\u202e", "\u2067"])
def test_what_steers_text_leaves_no_mark(controls: str) -> None:
    """Typed soft hyphens, joiners and turns of direction: the words are whole, and nothing is drawn for them."""
    frames = text_frames(laid(job(PARAGRAPH, slots={"text": f"pa{controls}tience and time"})))
    glyphs = sum(
        len(word.glyphs) for _, frame in frames for line in frame.lines for part in line.segments for word in part.words
    )
    assert glyphs <= len("patience and time")
