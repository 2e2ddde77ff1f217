"""The numbers of a campaign: their values, and the arithmetic that derives one from others.

A derivation has numbers, names of facts, + - * / (or × ÷ −) and parentheses. A hyphen may be part of a
name, so a minus has blanks round it. Calculation is decimal and exact to 28 digits; nothing is evaluated
by Python.
"""

from __future__ import annotations

import decimal
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Final

from briefpack.content.numbers import decimals_of, format_number, rounded_to
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, did_you_mean, finding
from briefpack.expressions import expression
from briefpack.project.fields import Text
from briefpack.project.models import Fact

_LONGEST: Final = 500
_DEEPEST: Final = 30
_LARGEST: Final = Decimal("1e15")

_TOKEN: Final = expression(
    r"(?P<number>\d+(?:\.\d+)?(?![\w.]))|(?P<name>[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)|(?P<mark>[-+*/()×÷−])",
    re.ASCII,
)
_SIGNS: Final = {"×": "*", "÷": "/", "−": "-"}
_CONTEXT: Final = decimal.Context(prec=28)


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    end: int
    number: bool = False
    name: bool = False


class _Wrong(Exception):
    """A derivation cannot be calculated; carries the finding, or none if it was reported elsewhere."""

    def __init__(self, diagnostic: Diagnostic | None) -> None:
        super().__init__(diagnostic.message if diagnostic is not None else "")
        self.diagnostic = diagnostic


def evaluate(
    text: Text, lookup: Callable[[str, Span | None], Decimal | None]
) -> tuple[Decimal | None, tuple[Diagnostic, ...]]:
    """The value of the arithmetic `text`, or None and why not.

    `lookup` gives the value of a fact named at a place, or None when it has none and has said so.
    """
    try:
        return _Calculation(text, _tokens(text), lookup).result(), ()
    except _Wrong as wrong:
        return None, (wrong.diagnostic,) if wrong.diagnostic is not None else ()


def _tokens(text: Text) -> tuple[_Token, ...]:
    if len(text.text) > _LONGEST:
        raise _Wrong(_bad(text, f"this derivation is longer than {_LONGEST} characters", 0, len(text.text)))
    tokens: list[_Token] = []
    at = 0
    while at < len(text.text):
        if text.text[at].isspace():
            at += 1
            continue
        match = _TOKEN.match(text.text, at)
        if match is None:
            raise _Wrong(_bad(text, f"`{text.text[at]}` is not arithmetic", at, at + 1))
        mark = _SIGNS.get(match[0], match[0])
        tokens.append(_Token(mark, at, match.end(), match["number"] is not None, match["name"] is not None))
        at = match.end()
    return tuple(tokens)


def _bad(text: Text, message: str, start: int, end: int) -> Diagnostic:
    help = "use numbers, ids of facts, + - * / and parentheses, with blanks round a minus"
    return finding("fact-derivation", message, text.place(start, end), help=help)


@dataclass(slots=True)
class _Calculation:
    """Recursive descent: sums of products of factors."""

    text: Text
    tokens: tuple[_Token, ...]
    lookup: Callable[[str, Span | None], Decimal | None]
    at: int = 0
    noted: list[Decimal] = field(default_factory=list)

    def result(self) -> Decimal:
        value = self._sum(0)
        if self.at < len(self.tokens):
            raise self._unexpected()
        if abs(value) >= _LARGEST:
            raise _Wrong(_bad(self.text, "this derivation gives too large a number", 0, len(self.text.text)))
        return value

    def _sum(self, depth: int) -> Decimal:
        value = self._product(depth)
        while (sign := self._take("+", "-")) is not None:
            other = self._product(depth)
            value = _CONTEXT.add(value, other) if sign.text == "+" else _CONTEXT.subtract(value, other)
            self.noted.append(value)
        return value

    def _product(self, depth: int) -> Decimal:
        value = self._factor(depth)
        while (sign := self._take("*", "/")) is not None:
            other = self._factor(depth)
            if sign.text == "/" and not other:
                raise _Wrong(_bad(self.text, "this divides by zero", sign.start, sign.end))
            value = _CONTEXT.multiply(value, other) if sign.text == "*" else _CONTEXT.divide(value, other)
            self.noted.append(value)
        return value

    def _factor(self, depth: int) -> Decimal:
        if depth > _DEEPEST or self.at >= len(self.tokens):
            raise self._unexpected()
        token = self.tokens[self.at]
        self.at += 1
        if token.number:
            self.noted.append(Decimal(token.text))
            return Decimal(token.text)
        if token.name:
            return self._named(token)
        if token.text == "-":
            return -self._factor(depth + 1)
        if token.text != "(":
            self.at -= 1
            raise self._unexpected()
        value = self._sum(depth + 1)
        if self._take(")") is None:
            raise _Wrong(_bad(self.text, "this parenthesis is not closed", token.start, token.end))
        return value

    def _named(self, token: _Token) -> Decimal:
        value = self.lookup(token.text, self.text.place(token.start, token.end))
        if value is None:
            raise _Wrong(None)
        return value

    def _take(self, *signs: str) -> _Token | None:
        if self.at < len(self.tokens) and self.tokens[self.at].text in signs:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def _unexpected(self) -> _Wrong:
        if self.at >= len(self.tokens):
            end = len(self.text.text.rstrip())
            return _Wrong(_bad(self.text, "this derivation is not complete", max(end - 1, 0), max(end, 1)))
        token = self.tokens[self.at]
        return _Wrong(_bad(self.text, f"`{token.text}` is not expected here", token.start, token.end))


@dataclass(slots=True)
class Ledger:
    """The values of a campaign's facts, calculated as they are asked for, and what is wrong with them."""

    facts: Mapping[str, Fact]
    values: dict[str, Decimal | None] = field(default_factory=dict)
    found: dict[str, tuple[Diagnostic, ...]] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def value(self, name: str) -> Decimal | None:
        """The value of the fact `name`, which exists; None when its derivation cannot be calculated."""
        if name not in self.values:
            self.values[name] = self._calculated(name, self.facts[name])
        return self.values[name]

    def findings(self, name: str) -> tuple[Diagnostic, ...]:
        """What is wrong with the value of the fact `name`."""
        self.value(name)
        return self.found.get(name, ())

    def named(self, name: str) -> frozenset[str]:
        """The facts that the fact `name` is derived from, by way of others too."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            fact = self.facts.get(waiting.pop())
            if fact is not None and fact.derivation is not None:
                new = set(names_in(fact.derivation)) - found
                found |= new
                waiting += sorted(new)
        return frozenset(found)

    def parts(self, name: str) -> frozenset[Decimal]:
        """The numbers and the results in between of the derivation of the fact `name`."""
        fact = self.facts[name]
        if fact.derivation is None or self.value(name) is None:
            return frozenset()
        try:
            lookup: Callable[[str, Span | None], Decimal | None] = lambda other, span: self.values.get(other)  # noqa: E731
            calculation = _Calculation(fact.derivation, _tokens(fact.derivation), lookup)
            calculation.result()
        except _Wrong:
            return frozenset()
        return frozenset(calculation.noted)

    def evaluate(self, text: Text) -> tuple[Decimal | None, tuple[Diagnostic, ...]]:
        """The value of arithmetic written elsewhere over these facts."""
        found: list[Diagnostic] = []
        value, wrong = evaluate(text, lambda name, span: self._lookup(name, span, found))
        return value, (*found, *wrong)

    def _calculated(self, name: str, fact: Fact) -> Decimal | None:
        if fact.derivation is None:
            return fact.value
        self._open.append(name)
        value, found = self.evaluate(fact.derivation)
        self._open.pop()
        if value is not None and fact.value is not None and not _agree(value, fact.value):
            found = (*found, _mismatch(name, fact, fact.derivation, value))
        self.found[name] = found
        return fact.value if fact.value is not None else value

    def _lookup(self, name: str, span: Span | None, found: list[Diagnostic]) -> Decimal | None:
        if name not in self.facts:
            help = self._help(name)
            found.append(finding("unknown-fact", f"there is no fact `{name}`", span, help=help))
            return None
        if len(self._open) > _DEEPEST:
            help = "derive it from facts that have only a `value`"
            message = f"fact `{name}` is derived by way of more than {_DEEPEST} others"
            found.append(finding("fact-derivation", message, span, help=help))
            return None
        if name in self._open:
            way = " → ".join(f"`{item}`" for item in [*self._open[self._open.index(name) :], name])
            help = "begin the derivation at facts that have only a `value`"
            found.append(finding("fact-cycle", f"fact `{name}` is derived from itself: {way}", span, help=help))
            return None
        value = self.value(name)
        found += self.found.get(name, ())
        if self.facts[name].is_range:
            message, help = f"fact `{name}` is a range and has no one value", "give it a `value`, or use another fact"
            found.append(finding("fact-derivation", message, span, help=help))
        return value

    def _help(self, name: str) -> str:
        near = did_you_mean(name, self.facts, "")
        if any(name.startswith(f"{known}-") or name.endswith(f"-{known}") for known in self.facts):
            return f"{near or 'add it to `briefs/facts.yaml`'}, or put blanks round a minus sign"
        return near or "add it to `briefs/facts.yaml`"


def _agree(calculated: Decimal, value: Decimal) -> bool:
    """Whether a value is what its derivation gives, at the decimals it was written with."""
    return rounded_to(calculated, decimals_of(value)) == value


def shortest(value: Decimal, decimals: int) -> Decimal:
    """`value` to at most `decimals` places, without zeros at its end."""
    rounded = rounded_to(value, decimals)
    while decimals and rounded_to(rounded, decimals - 1) == rounded:
        decimals -= 1
        rounded = rounded_to(rounded, decimals)
    return rounded


def _mismatch(name: str, fact: Fact, derivation: Text, calculated: Decimal) -> Diagnostic:
    assert fact.value is not None
    result = shortest(calculated, max(2, decimals_of(fact.value)))
    shown, stated = format_number(result, "en"), format_number(fact.value, "en")
    place = fact.value_span("value")
    return finding(
        "fact-mismatch",
        f"the value of `{name}` is {stated}, but its derivation gives {shown}",
        derivation.span,
        help=f"correct the derivation, or write `value: {result:f}`",
        related=((place, "the value"),) if place is not None else (),
    )


def names_in(text: Text) -> tuple[str, ...]:
    """The ids of facts that the arithmetic `text` names, each once, in order."""
    return tuple(dict.fromkeys(match["name"] for match in _TOKEN.finditer(text.text) if match["name"]))


def expired(name: str, fact: Fact, today: date | None) -> Iterator[Diagnostic]:
    """A warning when `today` is past the day by which `fact` was to be reviewed."""
    if fact.review_by is None or today is None or today <= fact.review_by:
        return
    owner = f" by {fact.owner.text.strip()}" if fact.owner is not None else ""
    help = "compare it with its source, and write a new day after `checked:` and `review-by:`"
    message = f"fact `{name}` was to be reviewed{owner} by {fact.review_by.isoformat()}"
    yield finding("expired-fact", message, fact.value_span("review-by"), help=help)
