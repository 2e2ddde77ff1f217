"""The bidirectional algorithm: which way each character of a paragraph runs (UAX 9, revision 46).

In comes one paragraph without separators inside and its direction, out goes an embedding level for each
character: even from left to right, odd from right to left. Characters that rule X9 removes get the level
of what stands before them. The order on a line follows from the levels by rules L1 and L2.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.namedtuple import NamedTuple

# BD15 and BD16: each opening bracket stands before its closing one.
_BRACKETS: Final = (
    "()[]{}༺༻༼༽᚛᚜⁅⁆⁽⁾₍₎⌈⌉⌊⌋〈〉❨❩❪❫❬❭❮❯❰❱❲❳❴❵⟅⟆⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦏⦎⦑⦒⦓⦔⦕⦖⦗⦘⧘⧙⧚⧛⧼⧽⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜"
    "〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞（）［］｛｝｟｠｢｣"
)
# The angle brackets U+2329 and U+232A are canonically those of U+3008.
_SAME: Final = MappingProxyType({"\u2329": "\u3008", "\u232a": "\u3009"})
_CLOSING: Final = MappingProxyType(
    {
        _SAME.get(opening, opening): _SAME.get(closing, closing)
        for opening, closing in zip(_BRACKETS[::2], _BRACKETS[1::2], strict=True)
    }
)
_OPENING: Final = frozenset(_CLOSING)
_CLOSERS: Final = frozenset(_CLOSING.values())
_MOST_BRACKETS: Final = 63

_MAX_DEPTH: Final = 125

_REMOVED: Final = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "BN"))
_ISOLATES: Final = frozenset(("LRI", "RLI", "FSI"))
_NEUTRAL: Final = frozenset(("B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"))
_TRAILING: Final = frozenset(("WS", "LRI", "RLI", "FSI", "PDI")) | _REMOVED
_STRONG: Final = frozenset(("L", "R", "AL"))

# Whether text may hold anything that does not simply run from left to right.
_RIGHT_TO_LEFT: Final = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"))


def classes_of(text: str) -> list[str]:
    """The bidirectional class of each character; of an unassigned one the default of its block."""
    return [unicodedata.bidirectional(char) or _unassigned(ord(char)) for char in text]


def _unassigned(code: int) -> str:
    """The class of a code point that the tables of this Python do not know (DerivedBidiClass.txt)."""
    if 0x0590 <= code <= 0x05FF or 0x07C0 <= code <= 0x085F or 0xFB1D <= code <= 0xFB4F:
        return "R"
    if 0x0600 <= code <= 0x07BF or 0x0860 <= code <= 0x08FF or 0xFB50 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFF:
        return "AL"
    if 0x10800 <= code <= 0x10FFF or 0x1E800 <= code <= 0x1EFFF:
        return "R"
    return "L"


def is_mixed(text: str) -> bool:
    """Whether some of `text` may run from right to left."""
    return not _RIGHT_TO_LEFT.isdisjoint(classes_of(text))


def first_strong(classes: Sequence[str], start: int = 0, until_closed: bool = False) -> int | None:
    """The level that the first strong character gives (P2 and P3), None without one; isolates are passed over."""
    depth = 0
    for kind in classes[start:]:
        if kind in _ISOLATES:
            depth += 1
        elif kind == "PDI":
            if depth == 0 and until_closed:
                return None
            depth = max(0, depth - 1)
        elif depth == 0 and kind in _STRONG:
            return 0 if kind == "L" else 1
    return None


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character of `text`, a paragraph of level `base`, before rule L1."""
    return levels_of_classes(text, classes_of(text), base)


def levels_of_classes(text: str, classes: Sequence[str], base: int) -> list[int]:
    """As `levels`, where the classes are given. `text` is asked for brackets only."""
    explicit = _Explicit(classes, base)
    explicit.resolve()
    kinds, found = explicit.kinds, explicit.levels
    for sequence in _sequences(explicit, base):
        _weak(kinds, sequence)
        _brackets(text, classes, kinds, sequence)
        _neutral(kinds, sequence)
    for at, kind in enumerate(kinds):
        found[at] += _implicit(kind, found[at])
    before = base
    for at, kind in enumerate(classes):
        if kind in _REMOVED:
            found[at] = before
        before = found[at]
    return found


def _implicit(kind: str, level: int) -> int:
    """I1 and I2."""
    if level % 2 == 0:
        return 1 if kind == "R" else 2 if kind in ("AN", "EN") else 0
    return 1 if kind in ("L", "EN", "AN") else 0


def trailing_reset(classes: Sequence[str], found: Sequence[int], base: int) -> list[int]:
    """The levels of a line after rule L1: separators and white space before them and at the end are of `base`."""
    result = list(found)
    blank = True
    for at in reversed(range(len(classes))):
        if classes[at] in ("B", "S"):
            blank = True
            result[at] = base
        elif classes[at] in _TRAILING:
            if blank:
                result[at] = base
        else:
            blank = False
    return result


def visual_order(found: Sequence[int]) -> list[int]:
    """The places in the order they stand on a line, from left to right (L2)."""
    order = list(range(len(found)))
    if not found:
        return order
    for level in range(max(found), 0, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and found[order[end]] >= level:
                end += 1
            if end > at:
                order[at:end] = order[at:end][::-1]
            at = end + 1
    return order


# ------------------------------------------------------------------------------------------------ explicit


class _Entry(NamedTuple):
    """A directional status: X1."""

    level: int
    override: str | None
    isolate: bool


@dataclass(slots=True)
class _Explicit:
    """Rules X1 to X8, in one pass. `kinds` are the classes as overrides leave them."""

    classes: Sequence[str]
    base: int
    kinds: list[str]
    levels: list[int]
    stack: list[_Entry]
    overflow: int = 0
    overflow_isolates: int = 0
    valid_isolates: int = 0

    def __init__(self, classes: Sequence[str], base: int) -> None:
        self.classes, self.base = classes, base
        self.kinds, self.levels = list(classes), [base] * len(classes)
        self.stack = [_Entry(base, None, False)]
        self.overflow = self.overflow_isolates = self.valid_isolates = 0

    def resolve(self) -> None:
        for at, kind in enumerate(self.classes):
            match kind:
                case "LRE" | "RLE" | "LRO" | "RLO":
                    self._embed(kind)
                case "LRI" | "RLI" | "FSI":
                    self._isolate(at, kind)
                case "PDI":
                    self._pop_isolate()
                    self._set(at)
                case "PDF":
                    self._pop()
                case "B":
                    self.levels[at] = self.base
                case "BN":
                    pass
                case _:
                    self._set(at)

    def _set(self, at: int) -> None:
        top = self.stack[-1]
        self.levels[at] = top.level
        if top.override is not None:
            self.kinds[at] = top.override

    def _next(self, right: bool) -> int:
        """The least odd or even level above the top of the stack."""
        level = self.stack[-1].level
        return level + 1 + (level % 2 == (1 if right else 0))

    def _embed(self, kind: str) -> None:
        level = self._next(kind[0] == "R")
        if level <= _MAX_DEPTH and not self.overflow_isolates and not self.overflow:
            override = {"LRO": "L", "RLO": "R"}.get(kind)
            self.stack.append(_Entry(level, override, False))
        elif not self.overflow_isolates:
            self.overflow += 1

    def _isolate(self, at: int, kind: str) -> None:
        self._set(at)
        right = kind == "RLI" or (kind == "FSI" and first_strong(self.classes, at + 1, until_closed=True) == 1)
        level = self._next(right)
        if level <= _MAX_DEPTH and not self.overflow_isolates and not self.overflow:
            self.valid_isolates += 1
            self.stack.append(_Entry(level, None, True))
        else:
            self.overflow_isolates += 1

    def _pop_isolate(self) -> None:
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates:
            self.overflow = 0
            while not self.stack[-1].isolate:
                self.stack.pop()
            self.stack.pop()
            self.valid_isolates -= 1

    def _pop(self) -> None:
        if self.overflow_isolates:
            return
        if self.overflow:
            self.overflow -= 1
        elif not self.stack[-1].isolate and len(self.stack) > 1:
            self.stack.pop()


# ----------------------------------------------------------------------------------------------- sequences


class _Sequence(NamedTuple):
    """An isolating run sequence (BD13): places of the paragraph, and the types before and after it (X10)."""

    places: list[int]
    level: int
    before: str
    after: str


def _sequences(explicit: _Explicit, base: int) -> list[_Sequence]:
    classes, found = explicit.classes, explicit.levels
    kept = [at for at, kind in enumerate(classes) if kind not in _REMOVED]
    runs: list[list[int]] = []
    for at in kept:
        if runs and found[runs[-1][-1]] == found[at]:
            runs[-1].append(at)
        else:
            runs.append([at])
    closes = _matches(classes)
    run_of_first = {run[0]: run for run in runs}
    continued = {close for open_, close in closes.items()}
    joined: list[list[int]] = []
    for run in runs:
        if run[0] in continued:
            continue
        places = list(run)
        while places[-1] in closes and closes[places[-1]] in run_of_first:
            places += run_of_first[closes[places[-1]]]
        joined.append(places)
    index = {at: order for order, at in enumerate(kept)}
    return [_bounded(places, kept, index, explicit, closes, base) for places in joined]


def _bounded(
    places: list[int], kept: list[int], index: dict[int, int], explicit: _Explicit, closes: dict[int, int], base: int
) -> _Sequence:
    found = explicit.levels
    level = found[places[0]]
    first, last = index[places[0]], index[places[-1]]
    before = found[kept[first - 1]] if first else base
    open_ended = explicit.classes[places[-1]] in _ISOLATES and places[-1] not in closes
    after = base if open_ended or last + 1 == len(kept) else found[kept[last + 1]]
    return _Sequence(places, level, _direction(max(level, before)), _direction(max(level, after)))


def _direction(level: int) -> str:
    return "R" if level % 2 else "L"


def _matches(classes: Sequence[str]) -> dict[int, int]:
    """The isolate initiators that are closed, and where (BD9)."""
    stack: list[int] = []
    closes: dict[int, int] = {}
    for at, kind in enumerate(classes):
        if kind in _ISOLATES:
            stack.append(at)
        elif kind == "PDI" and stack:
            closes[stack.pop()] = at
        elif kind == "B":
            stack.clear()
    return closes


# ----------------------------------------------------------------------------------------------------- weak


def _weak(kinds: list[str], sequence: _Sequence) -> None:
    """Rules W1 to W7."""
    places = sequence.places
    _marks_and_numbers(kinds, sequence)
    for left, at, right in zip(places, places[1:], places[2:], strict=False):  # W4
        pair = kinds[left], kinds[right]
        if (kinds[at] == "ES" and pair == ("EN", "EN")) or (kinds[at] == "CS" and pair in (("EN", "EN"), ("AN", "AN"))):
            kinds[at] = kinds[left]
    _terminators(kinds, places)
    strong = sequence.before
    for at in places:
        if kinds[at] in ("ES", "ET", "CS"):  # W6
            kinds[at] = "ON"
        elif kinds[at] in ("L", "R"):
            strong = kinds[at]
        elif kinds[at] == "EN" and strong == "L":  # W7
            kinds[at] = "L"


def _marks_and_numbers(kinds: list[str], sequence: _Sequence) -> None:
    previous = sequence.before
    strong = sequence.before
    for at in sequence.places:
        if kinds[at] == "NSM":  # W1
            kinds[at] = "ON" if previous in _ISOLATES or previous == "PDI" else previous
        previous = kinds[at]
        if kinds[at] in ("L", "R", "AL"):
            strong = kinds[at]
        elif kinds[at] == "EN" and strong == "AL":  # W2
            kinds[at] = "AN"
    for at in sequence.places:  # W3
        if kinds[at] == "AL":
            kinds[at] = "R"


def _terminators(kinds: list[str], places: Sequence[int]) -> None:
    """W5: a sequence of terminators beside European numbers is of them."""
    at = 0
    while at < len(places):
        end = at
        while end < len(places) and kinds[places[end]] == "ET":
            end += 1
        if end > at:
            beside = (at > 0 and kinds[places[at - 1]] == "EN") or (end < len(places) and kinds[places[end]] == "EN")
            if beside:
                for place in places[at:end]:
                    kinds[place] = "EN"
        at = end + 1


# -------------------------------------------------------------------------------------------------- neutral


def _brackets(text: str, classes: Sequence[str], kinds: list[str], sequence: _Sequence) -> None:
    """N0: paired brackets take the direction of what they hold."""
    places = sequence.places
    embedding = _direction(sequence.level)
    for opening, closing in _pairs(text, kinds, places):
        inside = {_strong(kinds[place]) for place in places[opening + 1 : closing]}
        if embedding in inside:
            direction = embedding
        elif inside & {"L", "R"}:
            context = next(
                (kind for place in reversed(places[:opening]) if (kind := _strong(kinds[place]))), sequence.before
            )
            direction = context if context != embedding else embedding
        else:
            continue
        for at in (opening, closing):
            kinds[places[at]] = direction
            for place in places[at + 1 :]:  # marks on the bracket go with it
                if classes[place] != "NSM":
                    break
                kinds[place] = direction


def _pairs(text: str, kinds: Sequence[str], places: Sequence[int]) -> list[tuple[int, int]]:
    """The bracket pairs of a sequence, by their opening (BD16)."""
    stack: list[tuple[str, int]] = []
    found: list[tuple[int, int]] = []
    for at, place in enumerate(places):
        if kinds[place] != "ON" or place >= len(text):
            continue
        char = _SAME.get(text[place], text[place])
        if char in _OPENING:
            if len(stack) == _MOST_BRACKETS:
                return sorted(found) if not stack else []
            stack.append((_CLOSING[char], at))
        elif char in _CLOSERS:
            for depth in reversed(range(len(stack))):
                if stack[depth][0] == char:
                    found.append((stack[depth][1], at))
                    del stack[depth:]
                    break
    return sorted(found)


def _strong(kind: str) -> str:
    """What a number or a letter counts as among neutrals: numbers as from right to left; nothing for others."""
    return "L" if kind == "L" else "R" if kind in ("R", "EN", "AN") else ""


def _neutral(kinds: list[str], sequence: _Sequence) -> None:
    """N1 and N2: neutrals take the direction of both their sides, else that of the embedding."""
    places = sequence.places
    at = 0
    while at < len(places):
        end = at
        while end < len(places) and kinds[places[end]] in _NEUTRAL:
            end += 1
        if end > at:
            before = _strong(kinds[places[at - 1]]) if at else sequence.before
            after = _strong(kinds[places[end]]) if end < len(places) else sequence.after
            direction = before if before == after else _direction(sequence.level)
            for place in places[at:end]:
                kinds[place] = direction
        at = end + 1


def stretches(found: Sequence[int]) -> list[tuple[int, int]]:
    """The ranges of one level, in order."""
    edges = [0, *(at for at, (one, other) in enumerate(pairwise(found), start=1) if one != other), len(found)]
    return [(start, end) for start, end in pairwise(edges) if end > start]
