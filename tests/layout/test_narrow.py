"""Columns too narrow for their words: a word that is divided there without a hyphen is told, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from briefpack.layout import Typesetter, lay_out
from tests.layout.trial import findings, job


def table(words: Sequence[str], rows: int = 2) -> str:
    head = "".join(f"<th>{word}</th>" for word in words)
    row = "".join(f"<td>{word}</td>" for word in words)
    return f'<table><caption>Peers</caption><tr head="yes">{head}</tr>{f"<tr>{row}</tr>" * rows}</table>'


def test_a_table_with_more_columns_than_have_room_names_a_word_that_is_divided() -> None:
    """Once, however many there are."""
    result = lay_out(job(table(["diabetes"] * 14)))
    assert result.laid_out is not None
    assert findings(result).splitlines()[::2] == [
        "warning[narrow-column]: the table `Peers` has a column too narrow for its words: `diabetes` is divided",
        "help: give the column more `weight:`, take columns out, or write shorter words",
        "1 warning",
    ]


def test_a_table_that_does_not_fit_for_its_narrow_columns_is_told_too() -> None:
    result = lay_out(job(table(["diabetes"] * 14, rows=12)))
    assert [each.rule for each in result.diagnostics] == ["narrow-column", "overset"]


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
