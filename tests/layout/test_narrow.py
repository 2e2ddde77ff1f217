"""Columns too narrow for their words: a word that is divided there without a hyphen is told, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

import pytest

from briefpack.layout import Typesetter, lay_out
from briefpack.project.layouts import Fit
from tests.layout.trial import findings, job


def table(words: Sequence[str], rows: int = 2) -> str:
    head = "".join(f"<th>{word}</th>" for word in words)
    row = "".join(f"<td>{word}</td>" for word in words)
    return f'<table><caption>Peers</caption><tr head="yes">{head}</tr>{f"<tr>{row}</tr>" * rows}</table>'


def said(body: str, layout: Mapping[str, object] = MappingProxyType({})) -> list[str]:
    of = job(body)
    result = lay_out(replace(of, layout=of.layout.model_copy(update=layout)))
    return [line for line in findings(result).splitlines() if line.startswith(("warning", "error", "help"))]


def told(words: Sequence[str], rows: int = 2, layout: Mapping[str, object] = MappingProxyType({})) -> list[str]:
    return said(table(words, rows), layout)


def test_a_table_with_more_columns_than_have_room_says_how_many_have() -> None:
    """Once, however many words are divided, with one of them."""
    assert told(["diabetes"] * 14) == [
        "warning[narrow-column]: the table `Peers` has 14 columns, and room for the words of 7: `diabetes` is divided",
        "help: take out 7 columns, make two tables of it, or write shorter words",
    ]


def test_a_table_that_is_too_wide_for_letters_is_told_once() -> None:
    """A page on its side is named where that would help, and the table has room there."""
    wide = ["wort"] * 60
    assert told(wide) == [
        "error[overset]: the table `Peers` of `trial` has 60 columns, and room for the words of 11",
        "help: take out 49 columns, make several tables of it, or write shorter words",
    ]
    paper: dict[str, object] = {"paper": "A4", "fit": Fit(pages=1, exactly=False)}
    assert told(["wort"] * 24, layout=paper) == [
        "warning[narrow-column]: the table `Peers` has 24 columns, and room for the words of 17: `wort` is divided",
        "help: write `landscape` behind the layout's `paper:`, take out 7 columns, make two tables of it, or write "
        "shorter words",
    ]
    assert told(["wort"] * 24, layout=paper | {"paper": "A4 landscape"}) == []


def test_a_table_that_makes_a_page_too_long_by_its_narrow_columns_is_told_alone() -> None:
    """No other words are to be cut for it."""
    assert told(["diabetes"] * 14, rows=6) == [
        "error[overset]: `trial` is 9 lines too long for one page: the table `Peers` has 14 columns, and room for the "
        "words of 7",
        "help: take out 7 columns, make two tables of it, or write shorter words",
    ]
    # With as many rows as this it would be too long with short words too.
    rules = [each.rule for each in lay_out(job(table(["diabetes"] * 14, rows=12))).diagnostics]
    assert rules == ["narrow-column", "overset"]


def test_a_table_in_a_narrow_column_is_sent_where_it_has_room() -> None:
    beside = f"<row><column span='3'>{table(['diabetes'] * 3)}</column><column span='9'/></row>"
    assert said(beside) == [
        "warning[narrow-column]: the table `Peers` has 3 columns, and room for the words of 1: `diabetes` is divided",
        "help: put the table where it is as wide as the page, take out 2 columns, make several tables of it, or write "
        "shorter words",
    ]
    alone = f"<row><column span='2'>{table(['diabetespeer'])}</column><column span='10'/></row>"
    assert said(alone) == [
        "warning[narrow-column]: the table `Peers` has a word that is wider than it: `diabetespeer`",
        "help: put the table where it is as wide as the page or write shorter words",
    ]


def test_a_column_of_a_row_too_narrow_for_a_word_is_told() -> None:
    columns = (
        "<column span='1'><paragraph>a diabetes</paragraph></column><column span='11'><paragraph>b</paragraph></column>"
    )
    assert findings(lay_out(job(f"<row>{columns}</row>"))).splitlines() == [
        "warning[narrow-column]: `trial` has a column too narrow for its words: `diabetes` is divided",
        "  --> layouts/trial/template.xml.j2",
        "help: write shorter words, or put fewer columns side by side",
        "",
        "1 warning",
    ]


@pytest.mark.parametrize(
    "text", ["di<br/>abetes", "well-being and/or", "example/peer", "糖尿病について", "เพื่อนช่วยเพื่อน", "x" * 200]
)
def test_lines_may_end_between_words_where_the_author_ends_them_and_in_what_is_no_word(text: str) -> None:
    """What is wider than a whole page is divided, for nothing else can be done."""
    narrow = f"<row><column span='2'><paragraph>{text}</paragraph></column><column span='10'/></row>"
    assert lay_out(job(narrow if len(text) < 100 else f"<paragraph>{text}</paragraph>")).diagnostics == ()


def test_a_copy_whose_word_is_divided_does_not_stand_as_the_one_before_it() -> None:
    """It would not be told of."""

    def beside(words: str) -> str:
        narrow = f"<column span='2'><paragraph>{words}</paragraph></column>"
        return f"<row>{narrow}<column span='10'><paragraph>b</paragraph></column></row>"

    fine, wide = (job(beside(words)) for words in ("peer peer", "diabeticpeer"))
    assert lay_out(fine).diagnostics == ()
    assert [each.rule for each in lay_out(wide).diagnostics] == ["narrow-column"]
    alone = type(wide)(wide.document, wide.layout, wide.styles, Typesetter(), wide.read, wide.words)
    assert lay_out(alone).diagnostics == lay_out(wide).diagnostics
