"""What is true of every page, whatever is on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import Final

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefpack.document import (
    Block,
    Figure,
    Footnote,
    Grid,
    Group,
    Heading,
    Inline,
    List,
    Paragraph,
    Row,
    Table,
    Tag,
    footnotes,
    plain_text,
)
from briefpack.geometry import Rect
from briefpack.layout import LaidOut, LinkFrame, TextFrame, Typesetter, lay_out
from briefpack.text import Faces
from tests.layout.trial import errors, job, read_by_tag, shown, text_frames, with_fit

WORDS: Final = (
    "a", "I", "of", "the", "peer", "hours", "8,760", "diabetes", "community-led", "self-management", "and/or",
    "Hertzsprung–Russell", "https://example.org/a/very/long/path?with=query&amp;more=parts", "(brackets)", "“quoted”",
    "internationalisation", "Donaudampfschifffahrtsgesellschaft", "x"*60, "fi", "24\u00a0hours", "naïve",
)  # fmt: skip

LAYOUT: Final = with_fit(
    "{pages: 6, exactly: no, spacing: {least: 0.6, most: 1.5}, leading: {least: 0.9, most: 1.1}, size: {least: 0.9}}"
)

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(" ".join)
short_texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)


def wrapped(element: str, inner: st.SearchStrategy[str], attributes: str = "") -> st.SearchStrategy[str]:
    opening = f"<{element} {attributes}>" if attributes else f"<{element}>"
    return inner.map(lambda text: f"{opening}{text}</{element}>")


def several(inner: st.SearchStrategy[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(inner, min_size=1, max_size=most).map("".join)


@st.composite
def tables(draw: st.DrawFn) -> str:
    columns = draw(st.integers(1, 4))
    cells = st.lists(short_texts, min_size=columns, max_size=columns)
    head = "".join(f"<th>{text}</th>" for text in draw(cells))
    rows = draw(st.lists(cells, min_size=1, max_size=12))
    body = "".join(f"<tr><th>{row[0]}</th>{''.join(f'<td>{text}</td>' for text in row[1:])}</tr>" for row in rows)
    return f'<table><caption>{draw(short_texts)}</caption><tr head="yes">{head}</tr>{body}</table>'


@st.composite
def spanned_tables(draw: st.DrawFn) -> str:
    """Tables with cells over rows and columns, numbers in line, rows that are long."""
    columns, rows = draw(st.integers(1, 4)), draw(st.integers(1, 8))
    free = [set(range(columns)) for _ in range(rows)]
    lines: list[str] = []
    for row in range(rows):
        cells: list[str] = []
        while free[row]:
            column = min(free[row])
            wide = draw(st.integers(1, 2)) if column + 1 in free[row] else 1
            # The first column goes down row by row, so that no row is without a cell of its own.
            deep = draw(st.integers(1, min(3, rows - row))) if column else 1
            for below in free[row : row + deep]:
                below -= set(range(column, column + wide))
            text = draw(numbers | short_texts | long_texts)
            cells.append(f'<td colspan="{wide}" rowspan="{deep}">{text}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    aligned = "".join(f'<col align="{draw(aligns)}"/>' for _ in range(columns))
    head = f'<tr head="yes"><th colspan="{columns}">{draw(short_texts)}</th></tr>'
    return f"<table><caption>{draw(short_texts)}</caption>{aligned}{head}{''.join(lines)}</table>"


aligns = st.sampled_from(["left", "right", "center", "decimal"])
numbers = st.sampled_from(["1", "−12.5", "1,250.25", "0.5–0.75", "100%", "– ", "0.57 (0.31 to 0.83)", "$12"])
long_texts = st.integers(20, 120).map(lambda count: " ".join(["peer"] * count))
styles = st.sampled_from(["body", "lead", "legible", "note", "right", "center"])
paragraphs = st.builds(lambda style, text: f'<paragraph style="{style}">{text}</paragraph>', styles, texts)
marked = wrapped("paragraph", st.builds("{} <strong>{}</strong> {}".format, short_texts, short_texts, short_texts))
noted = wrapped(
    "paragraph",
    st.builds(
        "{} {}<footnote>{}</footnote> {}<footnote>{}</footnote>.".format, texts, short_texts, short_texts, texts, texts
    ),
)
linked = wrapped("paragraph", wrapped("link", texts, 'url="https://example.org"'))
headings = wrapped("heading", short_texts, 'level="1"') | wrapped("heading", short_texts)
kinds = st.sampled_from(["bullet", "number", "check"])
lists = st.builds(
    lambda kind, items: f'<list kind="{kind}">{items}</list>', kinds, several(wrapped("item", texts), 6)
) | several(wrapped("item", texts), 6).map(lambda items: f'<list style="sources">{items}</list>')


@st.composite
def nested_lists(draw: st.DrawFn, depth: int = 1) -> str:
    """Lists up to three deep, some items with paragraphs of their own."""
    items: list[str] = []
    for _ in range(draw(st.integers(1, 4))):
        below = draw(nested_lists(depth + 1)) if depth < 3 and draw(st.booleans()) else ""
        more = f"<paragraph>{draw(texts)}</paragraph>" if draw(st.booleans()) else ""
        items.append(f"<item>{draw(short_texts)}{more}{below}</item>")
    return f'<list kind="{draw(kinds)}">{"".join(items)}</list>'


simple = paragraphs | marked | linked | noted | headings | lists
charts = st.just('<chart units="30" marked="4.5" alt="x"><caption>A chart</caption></chart>')


def nested(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    blocks = several(inner, 3)
    column = st.builds(lambda span, text: f'<column span="{span}">{text}</column>', st.integers(3, 8), blocks)
    return (
        wrapped("section", blocks, 'style="panel"')
        | wrapped("aside", blocks)
        | wrapped("section", blocks)
        | wrapped("grid", several(wrapped("card", blocks), 4), 'columns="2" style="cards"')
        | wrapped("row", several(column, 2), 'style="body"')
        | wrapped("row", several(column, 2))
    )


fills = st.sampled_from(["balance", "fill"])
columned = st.builds(
    lambda count, fill, inner: f'<columns count="{count}" fill="{fill}">{inner}</columns>',
    st.integers(1, 3),
    fills,
    several(simple | nested_lists() | tables() | charts, 5),
)


@st.composite
def grids(draw: st.DrawFn) -> str:
    """Cards that take several places."""
    cards = draw(st.lists(st.tuples(st.integers(1, 3), st.integers(1, 3), simple), min_size=1, max_size=6))
    inner = "".join(f'<card span="{span}" rows="{rows}">{text}</card>' for span, rows, text in cards)
    return f'<grid columns="{draw(st.integers(2, 3))}" style="cards">{inner}</grid>'


blocks = (
    simple
    | tables()
    | spanned_tables()
    | nested_lists()
    | columned
    | grids()
    | charts
    | nested(simple | charts)
    | nested(nested(simple))
)
parting = st.sampled_from(["", "<spring/>", "<page-break/>", "<rule/>"])
documents = several(st.builds("{}{}{}".format, parting, blocks, parting), 6)


@settings(max_examples=60, deadline=None)
@given(documents)
@example('<row><column span="3"><paragraph>' + "x" * 60 + "</paragraph></column></row>")
@example("<page-break/><spring/><page-break/><paragraph>a</paragraph>")
def test_pages_hold_all_the_words_and_no_two_in_one_place(body: str) -> None:
    of = job(body, LAYOUT)
    result = lay_out(of)
    if result.laid_out is None:
        assert errors(result) in ({"overset"}, {"template-error"})
        return
    laid_out = result.laid_out
    assert 1 <= len(laid_out.pages) <= 6
    assert_inside(laid_out)
    assert_apart(laid_out)
    assert_complete(laid_out, of.document.body)
    assert_in_order(laid_out)


@settings(max_examples=15, deadline=None)
@given(documents)
def test_the_same_document_gives_the_same_pages(body: str) -> None:
    """With the same typesetter to the very glyphs, with a new one to the point."""
    of = job(body, LAYOUT)
    result = lay_out(of)
    assert lay_out(job(body, LAYOUT)) == result
    if result.laid_out is not None:
        styles = type(of.styles)(of.styles.theme, of.styles.overrides, Faces(), of.styles.floor)
        again = lay_out(type(of)(of.document, of.layout, styles, Typesetter(), of.read, of.words)).laid_out
        assert again is not None
        assert shown(again) == shown(result.laid_out)


def assert_inside(laid_out: LaidOut) -> None:
    """Every frame stands between the margins, and every line in its frame."""
    for page in laid_out.pages:
        for frame in page.frames:
            bounds = frame.areas if isinstance(frame, LinkFrame) else (frame.bounds,)
            for rect in bounds:
                assert rect.x >= 59.9, frame
                assert rect.right <= 360.1, frame
                assert rect.y >= 15, frame
                assert rect.bottom <= 224, frame
    for _, text in text_frames(laid_out):
        assert text.bounds.bottom <= 220.1, text
        for line, start in zip(text.lines, text.starts, strict=True):
            assert start >= text.bounds.x - 0.1, line.text
            assert start + line.width <= text.bounds.right + 0.1, line.text


def assert_apart(laid_out: LaidOut) -> None:
    """No two texts overlap: from capitals to baseline, and from their first letters to their last."""
    for page in laid_out.pages:
        placed = [(frame, inked(frame)) for frame in page.frames if isinstance(frame, TextFrame)]
        for (one, at), (other, where) in combinations(placed, 2):
            width = min(at.right, where.right) - max(at.x, where.x)
            height = min(at.bottom, where.bottom) - max(at.y, where.y)
            assert width < 0.1 or height < 0.1, (one.lines[0].text, other.lines[0].text)


def inked(frame: TextFrame) -> Rect:
    left = min(frame.starts)
    right = max(start + line.width for start, line in zip(frame.starts, frame.lines, strict=True))
    return Rect(left, frame.bounds.y, right - left, frame.bounds.height)


def assert_complete(laid_out: LaidOut, body: Iterable[Block]) -> None:
    """Every word of the document is on the pages once, in order, under the element it belongs to."""
    said = read_by_tag(laid_out)
    meant = dict(words(body))
    assert {tag: said[tag].split() for tag in meant} == {tag: text.split() for tag, text in meant.items()}
    assert {tag for tag in said if tag.part != "label"} == set(meant)


def words(body: Iterable[Block]) -> Iterator[tuple[Tag, str]]:
    for block in body:
        match block:
            case Heading(id=id, content=content) | Paragraph(id=id, content=content):
                yield Tag(id), with_marks(content)
                yield from ((Tag(note.id, "text"), plain_text(note.content)) for note in footnotes(content))
            case List(items=items):
                for item in items:
                    yield from words(item.children)
            case Table(id=id, caption=caption, header=header, rows=rows):
                yield Tag(id, "caption"), plain_text(caption)
                for row in (*header, *rows):
                    yield from ((Tag(cell.id), plain_text(cell.content)) for cell in row.cells)
            case Figure(id=id, caption=caption):
                yield Tag(id, "caption"), plain_text(caption)
            case Group(children=children) | Grid(children=children):
                yield from words(children)
            case Row(columns=columns):
                for column in columns:
                    yield from words(column.children)
            case _:
                pass


def with_marks(content: Iterable[Inline]) -> str:
    """The words of `content` with the marks of its footnotes."""
    return "".join(str(item.number) if isinstance(item, Footnote) else plain_text((item,)) for item in content)


def assert_in_order(laid_out: LaidOut) -> None:
    """Ink follows the tag tree: who reads the page as it was painted reads what a screen reader says.

    Footnotes alone are painted at the foot of the page and read after the text they belong to.
    """
    notes = {part.tag for note in laid_out.structure.walk() if note.role == "Note" for part in note.walk()}
    tags = (frame.tag for _, frame in text_frames(laid_out) if frame.tag is not None)
    painted = list(dict.fromkeys(tag for tag in tags if tag not in notes))
    read = [element.tag for element in laid_out.structure.walk() if element.tag in set(painted)]
    assert painted == read
