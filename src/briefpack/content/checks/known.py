"""What is known of the campaign's facts: in which words they are spoken of, and in which dress they are printed.

In come the facts with their values, out goes for each what it counts (`hours` by the `year`), the words that
tell it is meant, from its name, its meanings, its source and the clauses of messages that print it, and the
texts and values that restate it rightly.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Final, TypeVar

from briefpack.content.checks.quantities import quantities
from briefpack.content.numbers import format_number, to_nearest
from briefpack.content.prepared import Prepared
from briefpack.content.wording import Wording
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.expressions import expression
from briefpack.project.fields import Spoken, Text
from briefpack.project.load import Project
from briefpack.project.models import Fact

_WORD: Final = expression(r"[^\W\d_]+(?:['’][^\W\d_]+)?|%")
_REFERENCE: Final = expression(r"\{\{\s*([A-Za-z0-9_-]+)(?:\.\w+)?\s*\}\}")
_PART: Final = expression(r"\{\{\s*([A-Za-z0-9_-]+)\.\w+\s*\}\}")
_MARKS: Final = expression(r"\[@[^\]]*\]|\{\{[^}]*\}\}|[*_]")
_CLAUSE: Final = expression(r"[.,;:!?()–—]|\band\b|\by\b")
_RATE: Final = expression(r"\b(?:a|an|per|each|every|al|por|cada|for each|for every)\s+(\w+)", re.IGNORECASE)

_STOPPED: Final = (
    "a an and are as at be been but by can could do does for from get gets give gives go had has have he her his how "
    "i if in into is it its less like may might more most much many no not of off on only or other our out over own "
    "per said say says she so some such than that the their them then there these they this those to too up us was we "
    "were what when where which while who whom will with without would you your about around nearly almost roughly "
    "approximately least under each every all any both between within during after before also just even still here "
    "now one mostly found finds find took take takes part against average mean level people person el la los las un "
    "una unos unas y o de del al en con sin por para que su sus se es son ser como más menos muy lo le les si ya casi "
    "cerca hasta desde entre cada todo toda todos todas otro otra otros otras tu tus "
)
_STOP: Final = frozenset(_STOPPED.split())
# Several ways to say that nobody is with you.
_ALONE: Final = frozenset({"alone", "yourself", "yourselves", "themselves", "himself", "herself", "ourselves", "own"})
_ALONE_ES: Final = frozenset({"solo", "sola", "solos", "solas", "propia", "propio", "misma", "mismo", "cuenta"})


@lru_cache(maxsize=1024)
def stem(word: str) -> str:
    """`word` without its commonest endings, so that forms of one word are one."""
    low = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if low in _ALONE or low in _ALONE_ES:
        return "alone"
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "es", "ed", "s"):
        if low.endswith(ending) and len(low) - len(ending) >= 4:
            return low[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
    return low[:-1] if low.endswith(("s", "e", "y")) and len(low) > 4 else low


def content_words(text: str) -> tuple[str, ...]:
    """The stems of the words of `text` that say what it is about."""
    return tuple([told for word in _WORD.findall(text) if (told := telling(word))])


@lru_cache(maxsize=1024)
def telling(word: str) -> str:
    """The stem of `word`; empty where it does not say what a text is about."""
    low = word.lower()
    return stem(low) if low in _ALONE or (low not in _STOP and (len(low) > 1 or low == "%")) else ""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts: `head`, such as `hour`, by `rate`, such as `year`; all words that name it in `words`."""

    head: str
    rate: str
    words: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Unit:
        rate = _RATE.search(text)
        left = text[: rate.start()] if rate is not None else text
        words = [match[0] for match in _WORD.finditer(left)]
        named = [word for word in words if word.lower() not in _STOP or word.lower() == "people"]
        head = next((word for word in named if word.endswith("s") and len(word) > 3), named[-1] if named else "")
        head = "%" if "%" in words else head
        by = stem(rate[1]) if rate is not None else ""
        return cls(stem(head), by, frozenset((*map(stem, words), *([by] if by else []))))


@dataclass(frozen=True, slots=True)
class Figure:
    """A fact as it may be restated.

    `keys` are the words that tell it, each with its weight; `size` is its value without a sign, `digits` the digits
    of that in order of size.
    """

    id: str
    value: Decimal
    unit: Unit
    keys: Mapping[str, float]
    dresses: frozenset[str]
    values: frozenset[Decimal]
    bounds: frozenset[Decimal]
    shown: str
    span: Span | None
    size: Decimal
    digits: str


@dataclass(frozen=True, slots=True)
class Known:
    """The figures of a campaign in a language, and ways to them.

    `heads` are what facts count; `by_word` has figures by their keys, first those of which the word says most,
    `by_value` by the numbers that restate them rightly, `by_digits` by the digits of theirs in any order; `sorted` has
    them by size, with the `lowest` and the `highest` size of a number that is near each.
    """

    figures: tuple[Figure, ...]
    heads: frozenset[str]
    by_word: Mapping[str, tuple[Figure, ...]]
    by_value: Mapping[Decimal, tuple[Figure, ...]]
    by_digits: Mapping[str, tuple[Figure, ...]]
    sorted: tuple[Figure, ...]
    lowest: tuple[Decimal, ...]
    highest: tuple[Decimal, ...]

    @classmethod
    def of(cls, prepared: Prepared, language: str, audience: str | None) -> Known:
        """What is known of the facts of a project, for who reads `language` and belongs to `audience`."""
        wording = Wording(prepared, language, audience)
        project = prepared.project
        clauses = _clauses(project)
        rough = [
            (name, fact, value, Unit.of(_said(wording, fact.unit)))
            for name, fact in project.facts.items()
            if (value := prepared.ledger.value(name)) is not None
        ]
        # What facts count says nothing of which fact is meant.
        units = frozenset(word for *_, unit in rough for word in unit.words)
        words = {name: _keys(project, name, fact, clauses.get(name, ())) - units for name, fact, _, _ in rough}
        shared: dict[str, Counter[str]] = {}
        for name, _, _, unit in rough:
            shared.setdefault(unit.head, Counter()).update(words[name])
        return cls._indexed(
            tuple(
                _figure(wording, name, value, unit, {word: 1 / shared[unit.head][word] for word in sorted(words[name])})
                for name, fact, value, unit in rough
            )
        )

    @classmethod
    def _indexed(cls, figures: tuple[Figure, ...]) -> Known:
        by_size = tuple(sorted(figures, key=_SIZE))
        by_word = _index(figures, lambda each: each.keys)
        return cls(
            figures=figures,
            heads=frozenset(each.unit.head for each in figures) - {""},
            by_word={word: _told_most(word, several) for word, several in by_word.items()},
            by_value=_index(figures, lambda each: each.values | each.bounds),
            by_digits=_index(figures, lambda each: (each.digits,)),
            sorted=by_size,
            lowest=tuple([each.size * (1 - NEAR) for each in by_size]),
            highest=tuple([each.size * (1 + NEAR) for each in by_size]),
        )

    def saying(self, value: Decimal) -> tuple[Figure, ...]:
        """The figures that `value` restates rightly."""
        return self.by_value.get(value, ())

    def near(self, value: Decimal) -> tuple[Figure, ...]:
        """The figures with the digits of `value`, or from which it is at most the share `NEAR` away."""
        size = abs(value)
        within = self.sorted[bisect_left(self.highest, size) : bisect_right(self.lowest, size)]
        return (*self.by_digits.get(digits(value), ()), *within)


NEAR: Final = Decimal("0.15")
"""How far a number may be from a fact's and be near it, as a share of that."""

_SIZE: Final = attrgetter("size")
K = TypeVar("K")


def _index(figures: Iterable[Figure], keys: Callable[[Figure], Iterable[K]]) -> dict[K, tuple[Figure, ...]]:
    found: dict[K, list[Figure]] = {}
    for figure in figures:
        for key in keys(figure):
            found.setdefault(key, []).append(figure)
    return {key: tuple(several) for key, several in found.items()}


def _told_most(word: str, figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """`figures`, those first of which `word` says most."""
    return tuple(sorted(figures, key=lambda each: -each.keys[word]))


@lru_cache(maxsize=1024)
def digits(value: Decimal) -> str:
    """The digits of `value` in order of size, zeros at its ends left out."""
    return "".join(sorted(f"{abs(value):f}".replace(".", "").strip("0")))


def _said(wording: Wording, words: Spoken | None) -> str:
    text = wording.spoken(words)
    return " ".join(text.text.split()) if text is not None else ""


def _figure(wording: Wording, name: str, value: Decimal, unit: Unit, keys: Mapping[str, float]) -> Figure:
    fact = wording.project.facts[name]
    audience = wording.audience or ""
    shown = format_number(value, wording.numerals, fact.decimals)
    values, dresses = {value, *wording.ledger.parts(name)}, {shown}
    if audience in fact.rounding:
        rounded = to_nearest(value, fact.rounding[audience])
        values.add(rounded)
        dresses.add(format_number(rounded, wording.numerals))
    if audience in fact.wording:
        values |= {each.value for each in quantities(_bare(_said(wording, fact.wording[audience])), wording.language)}
    return Figure(
        id=name,
        value=value,
        unit=unit,
        keys=keys,
        dresses=frozenset(dresses),
        values=frozenset(values),
        bounds=frozenset(bound for bound in (fact.low, fact.high) if bound is not None),
        shown=f"{shown} {_said(wording, fact.unit)}".strip().replace(" %", "%"),
        span=fact.value_span("value") if fact.value is not None else fact.head_span,
        size=abs(value),
        digits=digits(value),
    )


def _keys(project: Project, name: str, fact: Fact, clauses: Iterable[str]) -> frozenset[str]:
    texts = [name.replace("-", " ").replace("_", " "), *clauses]
    texts += [text.text for words in fact.means.values() for text in words.every()]
    source = project.sources.get(fact.source.text) if fact.source is not None else None
    if source is not None and source.author:
        first = source.author[0]
        texts += [first.family.text] if first.family is not None else []
    return frozenset(content_words(" ".join(map(_bare, texts))))


def _bare(text: str) -> str:
    return _MARKS.sub(" ", text)


def _clauses(project: Project) -> dict[str, list[str]]:
    """The clauses of messages by the facts that they print."""
    found: dict[str, list[str]] = {}
    for message in project.messages.values():
        for text in (text for words in message.wording.values() for text in words.every()):
            for clause in _CLAUSE.split(_flat(text)):
                for match in _REFERENCE.finditer(clause):
                    found.setdefault(match[1], []).append(clause)
    return found


def _flat(text: Text) -> str:
    """`text` in which the dots inside references end no clause."""
    return _PART.sub(r"{{\1}}", " ".join(text.text.split()))
