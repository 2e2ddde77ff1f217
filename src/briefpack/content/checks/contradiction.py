"""Numbers that restate a fact otherwise than `facts.yaml` has it, shown with both places.

A number is taken to restate a fact when it counts the same thing (or nothing is said of what it counts),
and its sentence speaks of what the fact is about, or says nothing else at all. The nearer the number is to
the fact's, the less the words have to say. What a fact itself prints, its bounds, its derivation and what
other facts of the same kind say is right.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from math import fsum
from operator import itemgetter
from typing import Final

from briefpack.content.checks.checked import Checked
from briefpack.content.checks.known import NEAR, Figure, Known, content_words, digits, stem, telling
from briefpack.content.checks.passages import Passage
from briefpack.content.checks.quantities import Quantity
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding
from briefpack.expressions import expression

_SENTENCE: Final = expression(r"[.!?]\s+(?=[^\W\d_a-z]|[\"“¿¡(\d])")
_WORD: Final = expression(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[,.;:!?()\[\]=–—]")
_GROUPED: Final = expression(r"\d{1,3}[.,]\d{3}")
_RATES: Final = frozenset({"a", "an", "per", "each", "every", "al", "por", "cada"})
_STOPPED: Final = frozenset(",.;:!?()[]=–—")

# How far a number may be from a fact's and still be meant for it, when the words say so.
_FACTOR: Final = Decimal(4)
_NEXT: Final = Decimal("0.02")

# A number from which on it is hardly a fact's by chance.
_TELLING: Final = 10

# So many digits are hardly those of another number by chance.
_SEVERAL: Final = 3

# How much more the words have to speak for one fact than for another that has the number.
_STRONGER: Final = 1.0
_EXACT: Final = 1e-9
_WEIGHT: Final = itemgetter(0)
_STRONGER_BOUND: Final = 0.3


@dataclass(frozen=True, slots=True)
class Restated:
    """A number that restates `figure`: as another number, or (`dress`) in another form."""

    start: int
    end: int
    text: str
    figure: Figure
    dress: bool


def contradiction(document: Checked, passage: Passage, item: Restated) -> Diagnostic:
    """What to say of a number of `passage` that restates a fact otherwise."""
    figure = item.figure
    where = document.at(passage, item.start, item.end)
    related = ((figure.span, "the fact"),) if figure.span is not None else ()
    help = f"write `{{{{ {figure.id} }}}}`, or waive this if it speaks of something else"
    if item.dress:
        message = f"`{item.text}` is the fact `{figure.id}`, which is written {figure.shown} elsewhere"
        return finding("uneven-number", message, **where, help=help, related=related)
    message = f"`{item.text}` contradicts the fact `{figure.id}`, which is {figure.shown}"
    return finding("contradiction", message, **where, help=help, related=related)


def restated(passage: Passage, known: Known) -> Iterator[Restated]:
    """The numbers of `passage` that restate a fact otherwise."""
    found = passage.quantities
    if not found:
        return
    printed = [(run.start, run.end, run.fact) for run in passage.runs if run.fact is not None]
    length = len(passage.text)
    starts = [0, *[match.end() for match in _SENTENCE.finditer(passage.text)], length + 1]
    for start, end in pairwise(starts):
        inside = [item for item in found if start <= item.start < end] if len(starts) > 2 else list(found)
        if inside:
            stated = frozenset([name for at, _, name in printed if start <= at < end])
            yield from _Sentence(passage, start, min(end, length), inside, stated, known).restated(printed)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A fact that a number may restate: how its unit fits, how much the words speak for it, how near it is."""

    figure: Figure
    unit: int
    key: float
    near: int

    @property
    def rank(self) -> tuple[float, int, str]:
        return (self.key + self.near, self.unit, self.figure.id)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of a passage with its quantities, and the facts that it prints."""

    passage: Passage
    start: int
    end: int
    quantities: list[Quantity]
    stated: frozenset[str]
    known: Known

    def restated(self, printed: Sequence[tuple[int, int, str]]) -> Iterator[Restated]:
        typed = [
            each
            for each in self.quantities
            if not any(start < each.end and each.start < end for start, end, _ in printed)
        ]
        if not typed:
            return
        words = self._words()
        words |= self._beside(words)
        meant = self._meant(words)
        for each in typed:
            possible = self._possible(each, meant, words)
            # Of most numbers there is no fact that they may restate, and it need not be known what they count.
            counted = self._counted(each) if possible else None
            item = self._judged(each, counted, possible, words) if counted is not None and not counted.other else None
            if item is not None:
                yield item

    def _counted(self, each: Quantity) -> _Counted:
        return _counted(each, self.passage, self.start, self.end, self.known.heads)

    def _possible(self, each: Quantity, meant: dict[str, Figure], words: frozenset[str]) -> list[Figure]:
        """The facts with the number of `each`, those with one near it that the words may speak of, and those that
        are `meant` by the words; by their names.

        None of the others can be contradicted, or speak against a contradiction.
        """
        near = self.known.near(each.value)
        spoken = [figure for figure in near if not words.isdisjoint(figure.keys) or _says_no_more(words, figure)]
        possible = {figure.id: figure for figure in (*spoken, *self.known.saying(each.value))} | meant
        if not possible:
            return []
        own = digits(each.value)
        return [possible[name] for name in sorted(possible) if _may_be(each, own, possible[name])]

    def _words(self) -> frozenset[str]:
        """What the sentence and the heads of its cell speak of, numbers left out."""
        pieces, at = [self.passage.context], self.start
        for each in self.quantities:
            pieces.append(self.passage.text[at : each.start])
            at = each.end
        return frozenset(content_words(" ".join([*pieces, self.passage.text[at : self.end]])))

    def _beside(self, words: frozenset[str]) -> frozenset[str]:
        """The words that tell facts which the sentence states rightly, with what they count, beside another number:
        `17 trials` speaks of the review that had so many."""
        if len(self.quantities) < 2:
            return frozenset()
        found: set[str] = set()
        for each in self.quantities:
            figures = self.known.saying(each.value) if each.value >= _TELLING else ()
            right = [figure for figure in figures if figure.value == each.value]
            if len(right) == 1 and self._counted(each).fits(right[0]) > 0 and words.isdisjoint(right[0].keys):
                found |= right[0].keys.keys()
        return frozenset(found)

    def _meant(self, words: frozenset[str]) -> dict[str, Figure]:
        """The facts for which `words` speak strongly: of these at least one is none of those weak words that do not
        speak strongly even together."""
        by_word = self.known.by_word
        told = [(figures[0].keys[word], word, figures) for word in words if (figures := by_word.get(word))]
        told.sort(key=_WEIGHT)
        weak, at = 0.0, 0
        while at < len(told) and weak + told[at][0] < _STRONGER - _EXACT:
            weak += told[at][0]
            at += 1
        possible = {figure.id: figure for _, _, figures in told[at:] for figure in figures}
        return {name: figure for name, figure in possible.items() if _speaks(words, figure) >= _STRONGER}

    def _judged(
        self, each: Quantity, counted: _Counted, possible: Sequence[Figure], words: frozenset[str]
    ) -> Restated | None:
        candidates = list(_candidates(each, possible, counted, words))
        dressed = _same_number(each, candidates, words)
        if dressed is not None:
            return dressed
        best = self._best(each, candidates, words)
        return Restated(each.start, each.end, each.text, best, dress=False) if best is not None else None

    def _best(self, each: Quantity, candidates: Sequence[_Candidate], words: frozenset[str]) -> Figure | None:
        """The fact that `each` contradicts, if any: not one that the sentence states rightly beside it, but for the
        same digits in another order."""
        right = {item.value for item in self.quantities}
        contradicted = [
            item
            for item in candidates
            if item.figure.id not in self.stated
            and (item.figure.value not in right or _is_slip(each, item.figure))
            and _is_restated(each, item, words)
        ]
        if not contradicted:
            return None
        best = max(contradicted, key=lambda item: item.rank)
        if any(_says_so(each, item, best) for item in candidates):
            return None
        return best.figure


def _speaks(words: frozenset[str], figure: Figure) -> float:
    """How much `words` speak for `figure`."""
    return fsum([figure.keys[word] for word in words.intersection(figure.keys)])


def _candidates(
    each: Quantity, possible: Iterable[Figure], counted: _Counted, words: frozenset[str]
) -> Iterator[_Candidate]:
    own = digits(each.value)
    for figure in possible:
        unit = counted.fits(figure)
        if unit >= 0:
            yield _Candidate(figure, unit, _speaks(words, figure), _nearness(each, own, figure))


def _says_so(each: Quantity, item: _Candidate, best: _Candidate) -> bool:
    """Whether `each` is what `item` says, and the words do not speak clearly for `best` instead."""
    if each.value in item.figure.values:
        return best.key < item.key + _STRONGER
    return each.value in item.figure.bounds and best.key < item.key + _STRONGER_BOUND


def _same_number(each: Quantity, candidates: Iterable[_Candidate], words: frozenset[str]) -> Restated | None:
    """The fact that `each` is, when it is written otherwise."""
    # 8.760 for 8,760: the marks of another language.
    grouped = not each.spelt and _GROUPED.fullmatch(each.text) is not None
    bare = each.text.replace(",", "").replace(".", "") if grouped else None
    same = [
        item
        for item in candidates
        if item.figure.value >= 100
        and (each.value == item.figure.value or (grouped and bare == str(item.figure.value)))
    ]
    for item in sorted(same, key=lambda item: -item.key):
        figure = item.figure
        if re.sub(r"\s?%$", "", each.text).replace("\u00a0", " ") in figure.dresses:
            return None
        if item.key > 0 or _says_no_more(words, figure):
            return Restated(each.start, each.end, each.text, figure, dress=True)
    return None


def _says_no_more(words: frozenset[str], figure: Figure) -> bool:
    """Whether the words, none of which tells the fact, speak of nothing but what it counts."""
    return words <= figure.unit.words


def _may_be(each: Quantity, own: str, figure: Figure) -> bool:
    """Whether a number with the digits `own` is anything to `figure`: said of it, of its size, or its digits moved."""
    value, other = abs(each.value), figure.size
    if other <= value * _FACTOR and value <= other * _FACTOR:
        return True
    return own == figure.digits or each.value in figure.values or each.value in figure.bounds


def _nearness(each: Quantity, own: str, figure: Figure) -> int:
    """2 for digits (`own`) that changed places or next to the same, 1 for near, 0 for far, below 0 for another size."""
    value, other = abs(each.value), figure.size
    if not value or not other:
        return -1
    if value != other and len(own) > 1 and own == figure.digits:
        return 2
    apart = abs(value - other) / other
    if apart <= _NEXT:
        return 2
    if apart <= NEAR:
        return 1
    return 0 if max(value, other) / min(value, other) <= _FACTOR else -1


def _is_restated(each: Quantity, item: _Candidate, words: frozenset[str]) -> bool:
    figure = item.figure
    if item.near < 0 or each.value in figure.values or each.value in figure.bounds:
        return False
    strong = item.key >= _STRONGER
    if item.near < 1 or not _is_marked(figure.value):
        return strong and item.unit > 0
    return strong or (item.unit > 0 and (item.key > 0 or _says_no_more(words, figure)))


def _is_slip(each: Quantity, figure: Figure) -> bool:
    """Whether `each` has the digits of a fact's number, several of them, in another order."""
    value, other = each.value, figure.value
    moved = value != other and digits(value) == figure.digits and len(figure.digits) >= _SEVERAL
    return moved and value.adjusted() == other.adjusted()


def _is_marked(value: Decimal) -> bool:
    """Whether a number is so much its own that one near it is hardly there by chance."""
    return value >= 100 or value != value.to_integral_value()


@dataclass(frozen=True, slots=True)
class _Counted:
    """What is said of what a number counts: the head of its unit and its rate, empty where nothing is said.

    `other` when it counts something that no unit of a fact names.
    """

    head: str
    rate: str
    other: bool

    def fits(self, figure: Figure) -> int:
        """2 when unit and rate are those of `figure`, 1 when the unit is, 0 when nothing is said, -1 for another."""
        unit = figure.unit
        if self.other:
            return -1
        if not self.head:
            return 0
        if self.head != unit.head:
            return -1
        if self.rate and self.rate != unit.rate:
            return -1
        return 2 if self.rate else 1


_CURRENCY: Final = {"$": "dollar", "€": "euro", "£": "pound"}
_CLOSE: Final = 4
_AFTER: Final = 80


def _counted(each: Quantity, passage: Passage, start: int, end: int, heads: Container[str]) -> _Counted:
    """What `each` counts in the sentence from `start` to `end` of `passage`: by the words after it, or by those before
    it where it stands at the end of a label."""
    if each.sign == "%":
        return _Counted("%", "", other=False)
    words = _clause(passage.text, each.end, end)
    if each.sign:
        return _Counted(_CURRENCY.get(each.sign, each.sign), _rate(words, 0), other=False)
    at = next((at for at, word in enumerate(words[:_CLOSE]) if stem(word) in heads), None)
    if at is not None:
        return _Counted(stem(words[at]), _rate(words, at + 1), other=False)
    if words and telling(words[0]):
        return _Counted("", "", other=True)
    before, context = passage.text[start : each.start].rstrip(), passage.context
    if context or before.endswith((":", "(", "=")):
        label = _WORD.findall(f"{context} {before}")
        head = next((stem(word) for word in reversed(label) if stem(word) in heads), "")
        return _Counted(head, _rate(label, 0, len(label)) if head else "", other=False)
    return _Counted("", "", other=False)


# More words after a number say nothing of what it counts.
_FEW: Final = 10


def _clause(text: str, start: int, end: int) -> list[str]:
    """The words of `text` from `start` to `end`, up to the first mark; a few of them."""
    words: list[str] = _WORD.findall(text, start, min(start + _AFTER, end))
    stop = next((at for at, word in enumerate(words) if word in _STOPPED), len(words))
    return words[: min(stop, _FEW)]


def _rate(words: Sequence[str], start: int, span: int = _CLOSE) -> str:
    """The rate that stands among the `span` words from `start` on, such as `year` in `a year`."""
    for at in range(start, min(start + span, len(words) - 1)):
        if words[at].lower() in _RATES:
            return stem(words[at + 1])
    return ""
