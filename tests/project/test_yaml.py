"""The tree of a YAML file: texts as typed, each at its place."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml as pyyaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefpack.diagnostics import Span
from briefpack.project import yaml as tree
from briefpack.project.files import split_lines
from briefpack.project.tree import Yaml, YamlMapping, YamlScalar, place, walk
from briefpack.project.yaml import parse_yaml


def parsed(text: str) -> YamlMapping:
    node, found = parse_yaml(text, "x.yaml")
    assert found == ()
    assert isinstance(node, YamlMapping)
    return node


def scalar(text: str, name: str) -> YamlScalar:
    node = parsed(text).get(name)
    assert isinstance(node, YamlScalar)
    return node


def under(text: str, span: Span) -> str:
    """What stands in `text` at `span`, its lines joined by a blank."""
    lines = split_lines(text)[span.line - 1 : span.end_line]
    first, last = span.column - 1, span.end_column - 1
    if len(lines) == 1:
        return lines[0][first:last]
    return " ".join([lines[0][first:], *(line.strip() for line in lines[1:-1]), lines[-1][:last].strip()])


def test_a_text_stays_as_it_was_typed() -> None:
    for typed in ("no", "12:30", "1.10", "0777", "~", "null", "2026-11-23", "1e3", "0x1F"):
        assert scalar(f"a: {typed}\n", "a").text == typed
        assert scalar(f"a: {typed}\n", "a").plain


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("key: value\n", "key", Span("x.yaml", 1, 6, 1, 11)),
        ("a: é\nkey: 日本 x # comment\n", "key", Span("x.yaml", 2, 6, 2, 10)),
        ('😀: 1\nkey:   "quoted"\n', "key", Span("x.yaml", 2, 8, 2, 16)),
        ("key: >-\n  one\n  two\nb: 1\n", "key", Span("x.yaml", 2, 3, 3, 6)),
        ("key: |\n\n    one\n\n    two\n\nb: 1\n", "key", Span("x.yaml", 3, 5, 5, 8)),
        ("key: >-\n  one\n# comment\nb: 1\n", "key", Span("x.yaml", 2, 3, 2, 6)),
        ("key: one\n  two\nb: 1\n", "key", Span("x.yaml", 1, 6, 2, 6)),
        ("key: >-\n  last", "key", Span("x.yaml", 2, 3, 2, 7)),
        ("key: |\n\nb: 1\n", "key", Span("x.yaml", 1, 6, 1, 7)),
        ("a: 1\r\nkey: value\r\n", "key", Span("x.yaml", 2, 6, 2, 11)),
        ("key:\nb: 1\n", "key", Span("x.yaml", 1, 5, 1, 5)),
    ],
)
def test_places(text: str, name: str, expected: Span) -> None:
    assert scalar(text, name).span == expected


def test_collections_have_places_too() -> None:
    text = "a:\n  - one\n  - {k: v}\n\n# comment\nb: [x,\n  y]\nc:\n  d: 1\n  e:\n"
    node = parsed(text)
    assert node.span == Span("x.yaml", 1, 1, 10, 4)
    assert [child.span for child in (node.get("a"), node.get("b"), node.get("c")) if child is not None] == [
        Span("x.yaml", 2, 3, 3, 11),
        Span("x.yaml", 6, 4, 7, 5),
        Span("x.yaml", 9, 3, 10, 4),
    ]
    key = node.key("b")
    assert key is not None
    assert key.span == Span("x.yaml", 6, 1, 6, 2)


def test_a_part_of_a_folded_text_has_its_own_place() -> None:
    text = "key: >-\n  Pooled trials\n  found it\n\n  twice\n"
    node = scalar(text, "key")
    assert node.text == "Pooled trials found it\ntwice"
    at = node.text.index("found")
    assert place(node.span, node.anchors, at, at + 5) == Span("x.yaml", 3, 3, 3, 8)
    at = node.text.index("trials")
    assert place(node.span, node.anchors, at, at + len("trials found")) == Span("x.yaml", 2, 10, 3, 8)
    assert place(node.span, node.anchors, len(node.text) - 5, len(node.text)) == Span("x.yaml", 5, 3, 5, 8)


def test_a_part_of_a_text_with_escapes_has_the_place_of_the_whole() -> None:
    for text in ('key: "a \\u00e9 b"\n', "key: 'it''s'\n"):
        node = scalar(text, "key")
        assert place(node.span, node.anchors, 2, 3) == node.span


WORDS = st.lists(
    st.sampled_from(["peer", "it's", "8,760", "日本", "😀x", "a:b", "(c)", "“q”"]), min_size=1, max_size=12
)


@st.composite
def folded(draw: st.DrawFn) -> str:
    """A mapping whose texts are plain, quoted, folded or literal, over one line or several."""
    text = ""
    for name in ("a", "b", "c"):
        words = draw(WORDS)
        style = draw(st.sampled_from(["plain", '"', ">", ">-", "|", "|-"]))
        breaks = draw(st.lists(st.sampled_from([" ", "\n   ", "\n\n   "]), min_size=len(words), max_size=len(words)))
        joined = "".join(word + gap for word, gap in zip(words, breaks, strict=True)).rstrip()
        match style:
            case "plain":
                text += f"{name}: x{joined}\n"
            case '"':
                text += f'{name}: "{joined}"\n'
            case _:
                text += f"{name}: {style}\n   {joined}\n"
    return text


@given(folded())
@example("a: >\n   peer\n   it's\n\n   8,760\nb: x\n")
@settings(max_examples=60, deadline=None)
def test_every_word_is_found_where_its_place_says(text: str) -> None:
    for node in scalars(parsed(text)):
        assert node.anchors
        for word in set(node.text.split()):
            at = node.text.index(word)
            where = place(node.span, node.anchors, at, at + len(word))
            assert where is not None
            assert under(text, where) == word
        assert under(text, node.span).strip('"').split() == node.text.split()


def scalars(node: Yaml) -> Iterator[YamlScalar]:
    return (item for item in walk(node) if isinstance(item, YamlScalar))


@given(folded())
@settings(max_examples=30, deadline=None)
def test_both_of_pyyamls_parsers_give_the_same_tree(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "_LOADER", pyyaml.SafeLoader)
        slow = parse_yaml(text, "x.yaml")
    assert parse_yaml(text, "x.yaml") == slow


@given(st.text(alphabet="ab:- \n\t[]{}\"'#&*!|>%@`,?.~0é", max_size=60))
@settings(max_examples=300, deadline=None)
def test_whatever_is_typed_gives_a_tree_or_findings(text: str) -> None:
    node, found = parse_yaml(text, "x.yaml")
    assert (node is None) == bool(found)
    for item in found:
        assert item.help
        assert item.span is None or 1 <= item.span.line <= len(split_lines(text))


def test_an_alias_repeats_what_its_anchor_names() -> None:
    node = parsed("a: &x {k: v}\nb: *x\n")
    assert node.get("a") == node.get("b")


SLIPS = """\
layout: handout
title: A: b
slots:
\theadline: x
\tmessage: hours
  what:
    heading: Now: what
    text: {{ fact }} is high
    more: "a" b
    again: *bold* text
    dup: 1
    dup: 2
"""


def test_slips_that_are_plain_do_not_hide_those_after_them() -> None:
    tree, found = parse_yaml(SLIPS, "brief.yaml")
    assert tree is None
    places = [(item.span.line, item.span.column) for item in found if item.span is not None]
    assert places == [(2, 9), (4, 1), (7, 17), (8, 11), (9, 15), (10, 12), (12, 5)]
    assert [item.rule for item in found] == ["yaml-syntax"] * 6 + ["yaml-duplicate-key"]


@given(st.lists(st.sampled_from(["a: b: c", "\tb: 1", "c: {{ d }} e", "- f", "g: 'h", "i: [j", "k: *l m", ""])))
def test_every_slip_is_told_once_and_all_come_to_an_end(lines: list[str]) -> None:
    _, found = parse_yaml("\n".join(lines), "brief.yaml")
    assert len(set(found)) == len(found) <= 30
