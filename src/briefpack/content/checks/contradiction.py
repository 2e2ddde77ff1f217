"""Numbers that restate a fact otherwise than `facts.yaml` has it, shown with both places.

A number is taken to restate a fact when it counts the same thing (or nothing is said of what it counts),
and its sentence speaks of what the fact is about, or says nothing else at all. The nearer the number is to
the fact's, the less the words have to say. What a fact itself prints, its bounds, its derivation and what
other facts of the same kind say is right.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Final

from briefpack.content.checks.checked import Checked
from briefpack.content.checks.known import Figure, Known, content_words, digits, stem
from briefpack.content.checks.passages import Passage
from briefpack.content.checks.quantities import Quantity
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding

_SENTENCE: Final = re.compile(r"(?<=[.!?])[\s\u00a0]+(?=[^\W\d_a-z]|[\"“¿¡(\d])")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|[,.;:!?()\[\]=–—]")
_GROUPED: Final = re.compile(r"\d{1,3}[.,]\d{3}")
_RATES: Final = frozenset({"a", "an", "per", "each", "every", "al", "por", "cada"})
_STOPPED: Final = frozenset(",.;:!?()[]=–—")

# How far a number may be from a fact's and still be meant for it, when the words say so.
_FACTOR: Final = Decimal(4)
_NEAR: Final = Decimal("0.15")
_NEXT: Final = Decimal("0.02")

# How much more the words have to speak for one fact than for another that has the number.
_STRONGER: Final = 1.0
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
    starts = [0, *(match.end() for match in _SENTENCE.finditer(passage.text)), len(passage.text) + 1]
    for start, end in pairwise(starts):
        inside = [item for item in found if start <= item.start < end]
        if inside:
            stated = {name for at, _, name in printed if start <= at < end}
            sentence = _Sentence(passage, start, min(end, len(passage.text)), inside, frozenset(stated), known)
            yield from sentence.restated(printed)


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

    def restated(self, printed: Iterable[tuple[int, int, str]]) -> Iterator[Restated]:
        typed = [
            each
            for each in self.quantities
            if not any(start < each.end and each.start < end for start, end, _ in printed)
        ]
        if not typed:
            return
        words = self._words()
        keys = self._keys(words)
        for each in typed:
            item = self._judged(each, words, keys)
            if item is not None:
                yield item

    def _words(self) -> frozenset[str]:
        """What the sentence and the heads of its cell speak of, numbers left out."""
        pieces, at = [self.passage.context], self.start
        for each in self.quantities:
            pieces.append(self.passage.text[at : each.start])
            at = each.end
        return frozenset(content_words(" ".join([*pieces, self.passage.text[at : self.end]])))

    def _keys(self, words: Iterable[str]) -> dict[str, float]:
        """How much `words` speak for each fact."""
        keys: dict[str, float] = {}
        for word in sorted(words):
            for figure in self.known.by_word.get(word, ()):
                keys[figure.id] = keys.get(figure.id, 0.0) + figure.keys[word]
        return keys

    def _judged(self, each: Quantity, words: frozenset[str], keys: Mapping[str, float]) -> Restated | None:
        counted = _counted(each, self.passage.text[: self.end], self.start, self.passage.context, self.known.heads)
        if counted.other:
            return None
        candidates = list(self._candidates(each, counted, words, keys))
        dressed = _same_number(each, candidates, words)
        if dressed is not None:
            return dressed
        best = self._best(each, candidates, words)
        return Restated(each.start, each.end, each.text, best, dress=False) if best is not None else None

    def _candidates(
        self, each: Quantity, counted: _Counted, words: Iterable[str], keys: Mapping[str, float]
    ) -> Iterator[_Candidate]:
        """The facts with its number or one near it, and those of which the words speak."""
        known = self.known
        possible = {
            figure.id: figure for figure in (*known.by_value.get(each.value, ()), *known.near(each.value, _NEAR))
        }
        for word in words:
            possible |= {figure.id: figure for figure in known.by_word.get(word, ())}
        own = digits(each.value)
        for name in sorted([name for name, figure in possible.items() if _may_be(each, own, figure)]):
            unit = counted.fits(possible[name])
            if unit >= 0:
                yield _Candidate(possible[name], unit, keys.get(name, 0.0), _nearness(each, own, possible[name]))

    def _best(self, each: Quantity, candidates: Sequence[_Candidate], words: frozenset[str]) -> Figure | None:
        """The fact that `each` contradicts, if any: not one that the sentence states rightly beside it."""
        right = {item.value for item in self.quantities}
        contradicted = [
            item
            for item in candidates
            if item.figure.id not in self.stated and item.figure.value not in right and _is_restated(each, item, words)
        ]
        if not contradicted:
            return None
        best = max(contradicted, key=lambda item: item.rank)
        if any(_says_so(each, item, best) for item in candidates):
            return None
        return best.figure


def _says_so(each: Quantity, item: _Candidate, best: _Candidate) -> bool:
    """Whether `each` is what `item` says, and the words do not speak clearly for `best` instead."""
    if each.value in item.figure.values:
        return best.key < item.key + _STRONGER
    return each.value in item.figure.bounds and best.key < item.key + _STRONGER_BOUND


def _same_number(each: Quantity, candidates: Iterable[_Candidate], words: frozenset[str]) -> Restated | None:
    """The fact that `each` is, when it is written otherwise."""
    for item in sorted(candidates, key=lambda item: -item.key):
        figure = item.figure
        if figure.value < 100 or not _is_same(each, figure):
            continue
        if re.sub(r"\s?%$", "", each.text).replace("\u00a0", " ") in figure.dresses:
            return None
        if item.key > 0 or not _others(words, figure):
            return Restated(each.start, each.end, each.text, figure, dress=True)
    return None


def _is_same(each: Quantity, figure: Figure) -> bool:
    if each.value == figure.value:
        return True
    # 8.760 for 8,760: the marks of another language.
    if each.spelt or _GROUPED.fullmatch(each.text) is None:
        return False
    return each.text.replace(",", "").replace(".", "") == str(figure.value)


def _others(words: frozenset[str], figure: Figure) -> bool:
    """Whether the words speak of anything but the fact."""
    return any(word not in figure.unit.words and word not in figure.keys for word in words)


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
    if apart <= _NEAR:
        return 1
    return 0 if max(value, other) / min(value, other) <= _FACTOR else -1


def _is_restated(each: Quantity, item: _Candidate, words: frozenset[str]) -> bool:
    figure = item.figure
    if each.value in figure.values or each.value in figure.bounds or item.near < 0:
        return False
    close = item.near >= 1 and _is_marked(figure.value)
    if item.unit == 0:
        return close and item.key >= _STRONGER
    return item.key >= _STRONGER or (close and (item.key > 0 or not _others(words, figure)))


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


def _counted(each: Quantity, text: str, start: int, context: str, heads: Container[str]) -> _Counted:
    """What `each` counts, from the words after it, or before it where it stands at the end of a label."""
    if each.sign == "%":
        return _Counted("%", "", other=False)
    words = _clause(text[each.end : each.end + 80])
    if each.sign:
        return _Counted(_CURRENCY.get(each.sign, each.sign), _rate(words, 0), other=False)
    at = next((at for at, word in enumerate(words[:_CLOSE]) if stem(word) in heads), None)
    if at is not None:
        return _Counted(stem(words[at]), _rate(words, at + 1), other=False)
    if words and content_words(words[0]):
        return _Counted("", "", other=True)
    before = text[start : each.start].rstrip()
    if context or before.endswith((":", "(", "=")):
        label = [match[0] for match in _WORD.finditer(f"{context} {before}")]
        head = next((stem(word) for word in reversed(label) if stem(word) in heads), "")
        return _Counted(head, _rate(label, 0, len(label)) if head else "", other=False)
    return _Counted("", "", other=False)


def _clause(text: str) -> list[str]:
    """The words of `text` up to the first mark."""
    words: list[str] = []
    for match in _WORD.finditer(text):
        if match[0] in _STOPPED:
            break
        words.append(match[0])
    return words


def _rate(words: Sequence[str], start: int, span: int = _CLOSE) -> str:
    """The rate that stands among the `span` words from `start` on, such as `year` in `a year`."""
    for at in range(start, min(start + span, len(words) - 1)):
        if words[at].lower() in _RATES:
            return stem(words[at + 1])
    return ""
