"""Findings as people read them."""

from __future__ import annotations

import pytest

from briefpack.diagnostics import RULES, Diagnostic, Severity, Span, did_you_mean, finding, ordered, render, suggest
from briefpack.diagnostics.rules import either

SOURCES = {
    "briefs/facts.yaml": (*[""] * 17, "  hours-on-your-own:", "    value: 8760"),
    "b.yaml": ("título: 日本 **x", "\ttext: y", "x" * 200 + "HERE" + "y" * 200, "evil \x1b[2J \u202e"),
}


def lines(path: str) -> tuple[str, ...]:
    return SOURCES.get(path, ())


def test_a_finding_has_its_place_an_excerpt_and_help() -> None:
    item = finding(
        "fact-unsourced",
        "fact `hours-on-your-own` has no source",
        Span("briefs/facts.yaml", 18, 3, 18, 21),
        help="add `source:` with a key from `sources.yaml`",
        label="here",
    )
    assert (
        render([item], lines)
        == """\
error[fact-unsourced]: fact `hours-on-your-own` has no source
  --> briefs/facts.yaml:18:3
   |
18 |   hours-on-your-own:
   |   ^^^^^^^^^^^^^^^^^^ here
help: add `source:` with a key from `sources.yaml`

1 error
"""
    )


def test_without_source_lines_the_label_stands_behind_the_place() -> None:
    item = finding("overset", "too long", Span("gone.yaml", 31, 5, 31, 6), label="the text that no longer fits")
    assert render([item], lines).splitlines()[1] == "  --> gone.yaml:31:5   the text that no longer fits"


def test_a_finding_about_a_whole_file_names_it() -> None:
    assert render([finding("yaml-empty", "`a.yaml` is empty", path="a.yaml")], lines).splitlines()[1] == "  --> a.yaml"


def test_findings_come_in_order_once_and_are_counted() -> None:
    late = finding("over-budget", "late", Span("b.yaml", 2, 1, 2, 2))
    early = finding("unknown-fact", "early", Span("b.yaml", 1, 1, 1, 2))
    whole = finding("unknown-fact", "whole", path="a.yaml")
    assert ordered([late, early, whole, late]) == (whole, early, late)
    assert render([late, early, whole, late], lines).splitlines()[-1] == "2 errors, 1 warning"
    assert render([], lines) == ""


@pytest.mark.parametrize(
    ("span", "excerpt", "carets"),
    [
        (Span("b.yaml", 1, 9, 1, 11), "1 | título: 日本 **x", "  |         ^^^^"),
        (Span("b.yaml", 1, 12, 1, 14), "1 | título: 日本 **x", "  |              ^^"),
        (Span("b.yaml", 2, 2, 2, 6), "2 |     text: y", "  |     ^^^^"),
        (Span("b.yaml", 1, 12, 3, 4), "1 | título: 日本 **x", "  |              ^^^"),
        (Span("b.yaml", 4, 6, 4, 10), "4 | evil \\x1b[2J \\u202e", "  |      ^^^^^^^"),
        (Span("b.yaml", 2, 90, 2, 91), "2 |     text: y", "  |            ^"),
    ],
    ids=["wide characters", "after wide characters", "after a tab", "over lines", "control characters", "past the end"],
)
def test_carets_stand_under_what_they_mean(span: Span, excerpt: str, carets: str) -> None:
    shown = render([finding("wrong-value", "x", span)], lines).splitlines()
    assert shown[3:5] == [excerpt, carets]


def test_a_long_line_is_shown_around_the_place() -> None:
    shown = render([finding("wrong-value", "x", Span("b.yaml", 3, 201, 3, 205))], lines).splitlines()
    assert len(shown[3]) < 120
    start = shown[4].index("^")
    assert shown[3][start : start + 4] == "HERE"
    assert shown[4][start:] == "^^^^"


def test_a_terminal_is_not_steered_by_a_message() -> None:
    assert "\x1b" not in render([Diagnostic("x", "\x1b]0;title\x07", None, "\x9b2J", path="\x1b")], lines)


def test_color_changes_no_word() -> None:
    item = finding("yaml-duplicate-key", "x", Span("b.yaml", 1, 1, 1, 3), related=((Span("b.yaml", 2, 2, 2, 3), "y"),))
    colored = render([item], lines, color=True)
    for code in ("\x1b[1;31m", "\x1b[34m", "\x1b[36m", "\x1b[1m", "\x1b[0m"):
        colored = colored.replace(code, "")
    assert colored == render([item], lines)


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("hedline", ["headline", "message"], "headline"),
        ("reading_level", ["reading-level"], "reading-level"),
        ("Headline", ["headline"], "headline"),
        ("xyzzy", ["headline"], None),
        ("a", [], None),
    ],
)
def test_suggest(name: str, known: list[str], meant: str | None) -> None:
    assert suggest(name, known) == meant


def test_help_offers_the_nearest_or_the_few_there_are() -> None:
    assert did_you_mean("desc", ["desk", "press"], "add it") == "write `desk`"
    assert did_you_mean("xyz", ["desk", "press"], "add it") == "use `desk` or `press`"
    assert did_you_mean("xyz", [f"name-{number}" for number in range(20)], "add it") == "add it"
    assert either(["a", "b", "c"]) == "`a`, `b` or `c`"


def test_rules_read_alike() -> None:
    """A summary is one line without a full stop, an explanation whole sentences."""
    for code, rule in RULES.items():
        assert rule.code == code
        assert not rule.summary.endswith(".")
        assert "\n" not in rule.summary
        assert rule.explanation.endswith(".")


def test_the_rule_decides_the_severity() -> None:
    assert finding("over-budget", "x").severity is Severity.WARNING
    with pytest.raises(KeyError):
        finding("no-such-rule", "x")
