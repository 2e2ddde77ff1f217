"""Typographic care for text typed on a keyboard.

Straight quotes become curly in English and apostrophes everywhere; `--`, or a hyphen between blanks, becomes
an en dash, `...` an ellipsis, and a hyphen before a digit a minus sign. An en dash between words is kept on
the line of the word before it. In English a number stays on the line of its unit, and a range of numbers
on one line.
Addresses and the words of facts are left alone by those who call this.
"""

from __future__ import annotations

import re
from typing import Final

_NO_BREAK: Final = "\u00a0"
_OPENING_AFTER: Final = frozenset("([{<\u2013\u2014-/\u201c\u2018\u00bf\u00a1")

_DASH: Final = re.compile(r"(?<!-)--(?!-)")
_SPACED_DASH: Final = re.compile(r" (?=\u2013(?: |$))")
_ELLIPSIS: Final = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_MINUS: Final = re.compile(r"(?<=[\s(])-(?=\d)")
_FIRST_MINUS: Final = re.compile(r"-(?=\d)")
_HYPHEN: Final = re.compile(r"(?<=[^\d ] )-(?= )|(?<=\d )-(?= \D)")
_APOSTROPHE: Final = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_QUOTES: Final = re.compile(r"[\"']")

_PLAIN: Final = frozenset("\"'-.")
_STRAIGHT: Final = frozenset("\"'")

_UNITS: Final = (
    r"(?:hours?|minutes?|days?|weeks?|months?|years?|points?|people|trials?|studies|practices|visits?|percent"
    r"|kg|mg|mm|cm|km|ml|mmol|pt|GB|million|billion)\b"
)
_NUMBER: Final = re.compile(r"\d ")
_UNIT: Final = re.compile(rf"(?<=\d) (?={_UNITS})")
_FIRST_UNIT: Final = re.compile(rf" (?={_UNITS})")
_RANGE: Final = re.compile(r"(?<=\d) to (?=\d)")
_BOUND_RANGE: Final = f"{_NO_BREAK}to{_NO_BREAK}"


def polish(text: str, language: str, before: str = "") -> str:
    """`text` with typographic characters; `before` is the character it follows, if any."""
    if language.split("-")[0].lower() == "en":
        text = _bound(text, before)
    if _PLAIN.isdisjoint(text):
        return text
    text = _dashed(text, before)
    if "..." in text:
        text = _ELLIPSIS.sub("\u2026", text)
    if _STRAIGHT.isdisjoint(text):
        return text
    if language.split("-")[0].lower() != "en":
        return _APOSTROPHE.sub("\u2019", text)
    return _curly(text, before)


def _dashed(text: str, before: str) -> str:
    """`text` with en dashes and minus signs for hyphens that are meant to be them."""
    hyphens = "-" in text
    if hyphens:
        text = _HYPHEN.sub("\u2013", _DASH.sub("\u2013", text))
    if "\u2013" in text:
        text = _SPACED_DASH.sub(_NO_BREAK, text)
    if hyphens:
        text = _MINUS.sub("\u2212", text)
        if (not before or before.isspace() or before == "(") and _FIRST_MINUS.match(text):
            text = f"\u2212{text[1:]}"
    return text


def _bound(text: str, before: str) -> str:
    """`text` with no-break spaces between numbers and units and inside ranges. A fact may stand before it."""
    if before.isdigit():
        if text == " to ":
            return _BOUND_RANGE
        if _FIRST_UNIT.match(text):
            text = f"{_NO_BREAK}{text[1:]}"
    if _NUMBER.search(text) is None:
        return text
    return _UNIT.sub(_NO_BREAK, _RANGE.sub(_BOUND_RANGE, text))


def _curly(text: str, before: str) -> str:
    """English quotation marks: opening at the start and after blanks, brackets and dashes, else closing."""

    def quote(match: re.Match[str]) -> str:
        at = match.start()
        previous = text[at - 1] if at else before
        # Quotes inside quotes: what stands before the inner one is the outer one, still straight.
        opens = not previous or previous.isspace() or previous in _OPENING_AFTER or _opened(text, at)
        if match[0] == '"':
            return "\u201c" if opens else "\u201d"
        digit = text[at + 1 : at + 2].isdigit()
        return "\u2018" if opens and not digit else "\u2019"

    return _QUOTES.sub(quote, text)


def _opened(text: str, at: int) -> bool:
    """Whether the quote at `at` follows directly on one that opens, as in `"'Yes,' she said"`."""
    start = at
    while start and text[start - 1] in "\"'":
        start -= 1
    return (
        start < at and (start == 0 or text[start - 1].isspace()) and at + 1 < len(text) and not text[at + 1].isspace()
    )
