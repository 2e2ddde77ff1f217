"""Columns: what a brief prints of each row of a data file, and what may stand in their cells.

A brief declares its columns, so that everything about them can be checked before there is a data file, and gives
each a sample, so that it is a document of its own. In come texts, out go values of the column's type.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.project.declaring import Field
from briefpack.project.fields import EMAIL_ADDRESS, Flag, Text, Whole, choice, day, exact, is_link
from briefpack.project.validation import Model

ColumnType = Annotated[
    Literal["text", "number", "date", "url", "email"], choice("text", "number", "date", "url", "email")
]

Value = str | Decimal | date
"""What a cell holds; None where it is empty."""


class Column(Model):
    """A column of a data file."""

    type: ColumnType = Field(default="text", description="what its cells hold")
    sample: Text = Field(description="what a cell is like; the brief by itself is made with it")
    required: Flag = Field(default=True, description="whether every row has to have it")
    decimals: Whole | None = Field(default=None, description="how many decimals a number is printed with")
    header: Text | None = Field(default=None, description="what it is called in the data file, if not by its name here")


@dataclass(frozen=True, slots=True)
class DataRow:
    """A row that a copy is made for: its values by column, None where a cell is empty, and where it stands."""

    values: Mapping[str, Value | None]
    span: Span


class Unreadable(ValueError):
    """A cell that does not hold what its column is of."""

    def __init__(self, expected: str, help: str) -> None:
        super().__init__(expected)
        self.expected, self.help = expected, help


def read_value(column: Column, text: str) -> Value | None:
    """What `text` says in a cell of `column`; None when it is blank. Raises Unreadable."""
    words = " ".join(text.split())
    if not words:
        return None
    try:
        return _read(column.type, words)
    except ValueError:
        raise Unreadable(*_EXPECTED[column.type]) from None


def sample(column: Column) -> Value | None:
    """The sample of `column`; None where it is not of the column's type, which is said when a project is loaded."""
    try:
        return read_value(column, column.sample.text)
    except Unreadable:
        return None


def _read(type: str, words: str) -> Value:
    match type:
        case "number":
            return exact(words)
        case "date":
            return day(words)
        case "url" if is_link(words):
            return words
        case "email" if EMAIL_ADDRESS.fullmatch(words):
            return words
        case "text" if words.isprintable() or not any(map(_steers, words)):
            return words
        case _:
            raise ValueError(words)


def _steers(character: str) -> bool:
    """Whether it is a control character or no character at all."""
    return unicodedata.category(character) in ("Cc", "Cs", "Cn", "Co")


_EXPECTED: Final = {
    "text": ("text without control characters", "take the invisible characters out"),
    "number": ("a number such as 8760 or 0.57", "write it in figures without grouping, such as 1234.5"),
    "date": ("a date such as 2026-11-23", "write it as year, month and day, such as 2026-11-23"),
    "url": ("an address such as `https://example.org`", "write the whole address"),
    "email": ("an e-mail address", "write it as `name@example.org`"),
}
