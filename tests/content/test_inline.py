"""Inline text: marks, places, and what they become."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.content.inline import (
    Chars,
    CiteMark,
    FactMark,
    LinkMark,
    Mark,
    Marked,
    MessageMark,
    NoteMark,
    RowMark,
    ValueMark,
    parse_inline,
)
from briefpack.diagnostics import Span
from briefpack.project.fields import Text
from briefpack.project.tree import Anchor


def text(written: str) -> Text:
    """`written` as if it stood alone on the first line of a file."""
    return Text(written, Span("x.yaml", 1, 1, 1, len(written) + 1), (Anchor(0, 1, 1),))


def shown(marks: tuple[Mark, ...]) -> str:
    """`marks` in a notation that shows their nesting."""
    return "".join(_shown(mark) for mark in marks)


def _shown(mark: Mark) -> str:
    match mark:
        case Chars(text=characters):
            return characters
        case Marked(mark="**", content=content):
            return f"<b>{shown(content)}</b>"
        case Marked(content=content):
            return f"<i>{shown(content)}</i>"
        case LinkMark(content=content, url=url):
            return f"<a {url}>{shown(content)}</a>"
        case CiteMark(ids=ids):
            return f"<cite {' '.join(id for id, _ in ids)}>"
        case FactMark(fact=fact, field=field):
            return f"<{fact} {field}>"
        case RowMark(column=column):
            return f"<row {column}>"
        case MessageMark(message=message, gloss=gloss):
            return f"<message {message}{' gloss' if gloss else ''}>"
        case ValueMark(value=value):
            return f"<value {value}>"
        case NoteMark(content=content):
            return f"<note>{shown(content)}</note>"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("plain words", "plain words"),
        ("  folded \n  words  ", "folded words"),
        ("a **b** c", "a <b>b</b> c"),
        ("a *b* c", "a <i>b</i> c"),
        ("***both***", "<b><i>both</i></b>"),
        ("**a *b* c**", "<b>a <i>b</i> c</b>"),
        ("*a **b** c*", "<i>a <b>b</b> c</i>"),
        ("*a **b***", "<i>a <b>b</b></i>"),
        ("**a *b***", "<b>a <i>b</i></b>"),
        ("un**frigging**believable", "un<b>frigging</b>believable"),
        ("24 * 365 and ** too", "24 * 365 and ** too"),
        (r"\*not\* and \[not\] and \\", r"*not* and [not] and " + "\\"),
        (r"\{{ not }}", "{{ not }}"),
        ("a^[b] c", "a<note>b</note> c"),
        ("a^[ b **c** [d](https://a.org) [@e] ] f", "a<note>b <b>c</b> <a https://a.org>d</a> <cite e></note> f"),
        ("**a^[b **c** d] e**", "<b>a<note>b <b>c</b> d</note> e</b>"),
        ("a^[b [c] d](e)", "a<note>b [c] d</note>(e)"),
        ("a^[[@b]](https://a.org)", "a<note><cite b></note>(https://a.org)"),
        (r"a\^[b] ^ [c] x^2", "a^[b] ^ [c] x^2"),
        ("[words](https://a.org/x)", "<a https://a.org/x>words</a>"),
        ("[**w** x](https://a.org/a_(b))", "<a https://a.org/a_(b)><b>w</b> x</a>"),
        ("**[w](mailto:a@b.org)**", "<b><a mailto:a@b.org>w</a></b>"),
        ("as he said [sic] here", "as he said [sic] here"),
        ("f[0](x) and ](y)", None),
        ("true. [@qi] next", "true. <cite qi> next"),
        ("true [@qi-2015; @a.b ;@c]", "true <cite qi-2015 a.b c>"),
        ("{{ hours }} and {{hours.unit}}", "<hours value> and <hours unit>"),
        ("{{ message.main.gloss }}", "<message main gloss>"),
        ("{{ message.main }}", "<message main>"),
        ("**{{ hours }}**", "<b><hours value></b>"),
        ("a ] b ) c } d", "a ] b ) c } d"),
    ],
)
def test_marks(written: str, expected: str | None) -> None:
    marks, found = parse_inline(text(written))
    if expected is not None:
        assert found == ()
        assert shown(marks) == expected


def test_every_part_has_its_place() -> None:
    marks, _ = parse_inline(text("ab **cd** [@qi; @long] {{ hours }}"))
    chars, strong, _, cite, _, fact = marks
    assert isinstance(chars, Chars)
    assert isinstance(strong, Marked)
    assert isinstance(cite, CiteMark)
    assert isinstance(fact, FactMark)
    assert chars.span == Span("x.yaml", 1, 1, 1, 4)
    assert [item.span for item in strong.content if isinstance(item, Chars)] == [Span("x.yaml", 1, 6, 1, 8)]
    assert [span.column for _, span in cite.ids if span is not None] == [12, 17]
    assert fact.span == Span("x.yaml", 1, 24, 1, 35)


@given(st.text(alphabet="ab *[]()@{}.\\;\n", max_size=50))
@settings(max_examples=300, deadline=None)
def test_no_text_is_lost_or_breaks_the_parser(written: str) -> None:
    """What is not a mark stays; letters are never lost."""
    marks, found = parse_inline(text(written))
    if not found and not any(mark in written for mark in "[{"):
        assert sorted(filter(str.isalpha, _letters(marks))) == sorted(filter(str.isalpha, written))


def _letters(marks: tuple[Mark, ...]) -> str:
    return "".join(
        mark.text if isinstance(mark, Chars) else _letters(mark.content) if isinstance(mark, Marked) else ""
        for mark in marks
    )


def test_a_long_text_of_open_marks_is_quick() -> None:
    _, found = parse_inline(text("*a [b **c " * 3000))
    assert found
