"""Quantities in a text: its numbers, in digits or in words, with what they count.

In comes a text and its language, out come quantities in order. Numbers that count nothing are left out:
dates, years and times, phones and addresses, pages, tables, steps and versions, list numbers, fractions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from briefpack.content.checks.number_words import NUMBER_WORDS, spelt_numbers
from briefpack.content.numbers import marks
from briefpack.content.plain.words import small, word_set
from briefpack.dataclass import dataclass
from briefpack.expressions import expression


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number at the characters `start` to `end`; `sign` is `%`, or the letter of a currency, where it has one."""

    start: int
    end: int
    value: Decimal
    text: str
    spelt: bool = False
    sign: str = ""


_MONTHS: Final = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre"
)
_NUMBERED: Final = (
    "pages?|pp?\\.|tables?|figures?|fig\\.|steps?|questions?|rooms?|forms?|versions?|chapters?|sections?|paragraphs?|"
    "extension|ext\\.|no\\.|number|invoice|post[ ]?code|zip(?:[ ]code)?|item|paper|part|volume|vol\\.|issue|act|law|"
    "article|appendix|annex|phase|type|level|grade|stage|route|highway|bus|box|suite|flat|apartment|building|page[ ]of|"
    "página|páginas|tabla|figura|paso|pregunta|sala|formulario|capítulo|sección|párrafo|extensión|tipo|nivel"
)
_PARTS: Final = "half|halves|thirds?|quarters?|fifths?|tenths?"
_ADDRESSES: Final = r"(?:https?://|www\.|mailto:|doi:)\S+ | [^\s@]+@\S+\.\w+ |"
_NAMED: Final = rf"""
          (?:{_MONTHS})\s(?:\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s\d{{4}})?|\d{{4}})
        | (?:{_NUMBERED})\s(?:no\.\s|number\s|\#)?\d[\d.,]*(?:\s?[-–]\s?\d+)?
        | (?:one|two|three)[\s-](?:{_PARTS})\b |"""


def _aside(words: str, months: str) -> re.Pattern[str]:
    """What has digits and is no quantity, in a text in lower case: tried at the beginnings of words, and where digits
    and their marks stand."""
    return expression(
        rf"""
    (?:\b(?=[^\W\d_]) (?: {words} [^\W\d_]++-?\d[\w.-]* )
    | (?=[\d+\#§(]) (?:
          \d{{4}}-\d{{2}}-\d{{2}}\b | \b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b
        {months}
        | \b\d{{1,2}}(?::\d{{2}}(?:\s?[ap]\.?m\.?)?|\s?[ap]\.?m)\b
        | (?<![\d.,])(?:19|20)\d\d\s?[-–—/]\s?(?:19|20)?\d\d(?![\d.,]\d)
        | \+\d[\d ()-]{{6,}}\d | \b\d{{1,4}}(?:-\d{{2,4}})+\b | \(\d{{3}}\)\s\d{{3}}-\d{{4}}
        | \#\d+ | §+\s?\d[\d.]*
        | \b\d+(?:st|nd|rd|th)\b | \b\d+(?!k\b)[a-z]\w*
        | \b\d+\s(?:[a-z][\w.]*\s){{1,2}}(?:street|st|road|rd|avenue|ave|lane|drive|square|boulevard|way)\b
        | \b\d+\s?[⁄/]\s?\d+\b
        | \b\d[\s-](?:{_PARTS})\b
        | (?<![^\n])\d{{1,2}}[.)]\s
    ))
    """,
        re.VERBOSE,
    )


_ASIDE: Final = _aside(
    _ADDRESSES + _NAMED, rf"| \b\d{{1,2}}(?:st|nd|rd|th|\.)?\s(?:de\s)?(?:{_MONTHS})\b(?:,?\s(?:de\s)?\d{{4}})?"
)
# The same for a text that has no address, no month, nothing numbered and no fraction in words.
_ASIDE_PLAIN: Final = _aside("", "")
# A year by itself, as after `in`, `since` or a name; with a unit after it, it is a count.
_YEAR: Final = expression(r"(?<![\d.,$€£])(?:19|20)\d\d(?![\d%]|[.,]\d)")
_SPACES: Final = "\u00a0\u202f\u2009 "
_DIGITS: Final = expression(
    rf"(?<![\w.,])(?=[\d$€£−-])(?P<sign>[$€£]\s?)?(?P<minus>[−-])?"
    rf"(?P<number>\d{{1,3}}(?:[,.\u2019{_SPACES}]\d{{3}})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
    rf"(?:(?P<percent>\s?%|\s(?:percent|per\scent|por\sciento)\b)|\s?(?P<scale>thousand|million|billion|mil|millones|k)\b)?"
    r"(?![\w])"
)
_SCALES: Final = {
    "thousand": 1_000,
    "mil": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "millones": 1_000_000,
    "billion": 1_000_000_000,
}
_ANY: Final = expression(r"\d")
_BETWEEN: Final = expression(rf"[{_SPACES}\u2019]")
# Numbers that have `,` or `.` as their decimal mark and the other between groups.
_WRITTEN: Final = {
    decimal: expression(rf"\d{{1,3}}(?:\{group}\d{{3}})+(?:\{decimal}\d+)?|\d+(?:\{decimal}\d+)?")
    for decimal, group in (",.", ".,")
}


# The words without which there is no month, nothing numbered and no fraction in words.
_NAMES: Final = word_set(
    _MONTHS.replace("|", " ")
    + " page pages p pp table tables figure figures fig step steps question questions room rooms form forms version "
    "versions chapter chapters section sections paragraph paragraphs extension ext no number invoice post postcode zip "
    "item paper part volume vol issue act law article appendix annex phase type level grade stage route highway bus "
    "box suite flat apartment building página páginas tabla figura paso pregunta sala formulario capítulo sección "
    "párrafo extensión tipo nivel half halves third thirds quarter quarters fifth fifths tenth tenths"
)


def quantities(text: str, language: str, words: frozenset[str] | None = None) -> tuple[Quantity, ...]:
    """The quantities in `text`, in order.

    `words` are its words in lower case and their parts, where they are known and no address is among them.
    """
    base = language.split("-")[0].lower()
    digits = _ANY.search(text) is not None
    spelt = base in NUMBER_WORDS and (words is None or not words.isdisjoint(NUMBER_WORDS[base]))
    if not digits and not (spelt and next(spelt_numbers(text, base), None) is not None):
        return ()
    shown = _masked(small(text), words)
    found = [*(_in_digits(shown, text, language) if digits else ()), *(_in_words(shown, text, base) if spelt else ())]
    return tuple(sorted(found, key=lambda item: item.start))


def _masked(low: str, words: frozenset[str] | None) -> str:
    """`low`, a text in lower case, without what is no quantity."""
    aside = _ASIDE if words is None or not words.isdisjoint(_NAMES) else _ASIDE_PLAIN
    return aside.sub(lambda match: "\x00" * len(match[0]), low)


def _in_digits(shown: str, text: str, language: str) -> Iterator[Quantity]:
    for match in _DIGITS.finditer(shown):
        start, end = match.span()
        if _is_year(match[0]):
            continue
        value = _read(match["number"], language)
        scale = match["scale"]
        if scale is not None:
            value *= _SCALES[scale]
        if match["minus"] and not match["sign"]:
            start += 1 if match["minus"] == "-" else 0
        sign = "%" if match["percent"] else (match["sign"] or "").strip()
        yield Quantity(start, end, value, text[start:end], sign=sign)


def _is_year(text: str) -> bool:
    return _YEAR.fullmatch(text) is not None


def _read(number: str, language: str) -> Decimal:
    """The value of digits with the marks that `language` puts between them, or, where they cannot be its, of others."""
    if number.isdecimal():
        return Decimal(number)
    plain = _BETWEEN.sub("", number)
    decimal, group = (",", ".") if marks(language).decimal == "," else (".", ",")
    if _WRITTEN[decimal].fullmatch(plain) is None:
        decimal, group = group, decimal
    return Decimal(plain.replace(group, "").replace(decimal, "."))


def _in_words(shown: str, text: str, language: str) -> Iterator[Quantity]:
    for start, end, value in spelt_numbers(shown, language):
        yield Quantity(start, end, value, text[start:end], spelt=True)
