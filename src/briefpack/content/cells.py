"""Cells of a row as they are printed: numbers and dates in the manner of the language, addresses as links.

A cell is text: what looks like a mark or a reference in it is printed as it is.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import assert_never
from urllib.parse import quote

from briefpack.content.citations import shown_address
from briefpack.content.dates import format_date
from briefpack.content.numbers import format_number
from briefpack.diagnostics import Span
from briefpack.document import Inline, Link, Text
from briefpack.project.columns import Column, Value


def cell(value: Value | None, column: Column, numerals: str, span: Span | None) -> tuple[Inline, ...]:
    """`value` of `column` as `numerals` writes it, said at `span`; nothing for an empty cell."""
    match value:
        case None:
            return ()
        case Decimal():
            return (Text(format_number(value, numerals, column.decimals), span),)
        case date():
            return (Text(format_date(value, numerals), span),)
        case str():
            return _words(value, column, span)
        case _:
            assert_never(value)


def as_data(value: Value) -> str:
    """`value` as a file has it, for where no reader is addressed: figures without grouping, dates as 2026-11-23."""
    match value:
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case str():
            return value
        case _:
            assert_never(value)


def in_address(value: Value, column: Column, *, begins: bool) -> str:
    """`value` of `column` as a part of an address (RFC 3986): one that is an address itself may begin it."""
    text = as_data(value)
    if begins and column.type == "url":
        return text
    return quote(text, safe="@" if column.type == "email" else "")


def _words(text: str, column: Column, span: Span | None) -> tuple[Inline, ...]:
    match column.type:
        case "url":
            return (Link((Text(shown_address(text), span),), text),)
        case "email":
            return (Link((Text(text, span),), f"mailto:{text}"),)
        case _:
            return (Text(text, span),)
