"""Where lines end: the choice over a whole paragraph that leaves the best lines.

After Knuth and Plass, "Breaking Paragraphs into Lines" (Software: Practice and Experience 11, 1981),
with two changes for ragged setting: the number of lines is the smallest possible, so that a page that
fits stays fitting, and among the breaks with that many lines the sum of squared white space at line
ends is smallest. A heading counts its last line too, which balances it.

Justified lines are weighed by how far their spaces are stretched or shrunk instead.

The smallest number of lines is known without the search, by filling each line in turn; measuring a page
asks only for that.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.text.paragraph import SHRINK, Measures, Prepared
from briefpack.text.words import After

# Costs are in units of (white space / measure)².
_HYPHEN_AGAIN: Final = 0.12
_HYPHEN_LAST: Final = 0.12  # a last line should not begin inside a word
_HYPHENS: Final = 2  # lines in a row that may end in a hyphen,
_LADDER_COST: Final = 100.0  # and what one more costs
_RUNT_COST: Final = 0.08
_RUNT: Final = 0.22  # a last line shorter than this share of the measure looks lost
_SYLLABLE: Final = 0.04

# What a space stretches by, of itself, before a justified line looks loose; and what a line at that bound costs.
_STRETCH: Final = 0.5
_LOOSE: Final = 0.02

# Of a measure: what a line without spaces is weighed as having.
_NOTHING: Final = 0.01

# Of a measure: what rounding may add up to.
_TOLERANCE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Breaks:
    """The lines of a paragraph as ranges of its atoms: line i is atoms `ends[i-1]` to `ends[i]`.

    `widest` is the natural width of the widest line, in thousandths of the type size.
    """

    ends: tuple[int, ...]
    widest: float

    @property
    def count(self) -> int:
        return len(self.ends)


def line_count(prepared: Prepared, measure: float) -> int:
    """How many lines `break_lines` would give, without looking for the best ones."""
    arrays = prepared.measures
    if _is_one_line(arrays, measure + _TOLERANCE):
        return 1
    count = start = 0
    for stop in arrays.stops:
        count += len(_filled(arrays, start, stop, measure + _TOLERANCE))
        start = stop
    return count


def _is_one_line(arrays: Measures, limit: float) -> bool:
    """Whether all there is fits one line and need not end another, as of every other paragraph."""
    return len(arrays.stops) == 1 and arrays.ends[-1] <= arrays.starts[0] + limit


def _filled(arrays: Measures, start: int, stop: int, limit: float) -> list[int]:
    """Ends of the lines of the atoms `start` to `stop` when each is as full as can be: the latest there are.

    A line fits when it ends no further than `limit` from where it starts. Without a place to end, it is too wide.
    """
    starts, ends, legal = arrays.starts, arrays.ends, arrays.legal
    found: list[int] = []
    while start < stop:
        room = starts[start] + limit
        if ends[stop - 1] <= room:
            start = stop
        else:
            # No line ends after an atom that begins beyond the measure.
            at = min(bisect_right(starts, room, start, stop), stop - 1)
            while at > start and not (legal[at - 1] and ends[at - 1] <= room):
                at -= 1
            start = at if at > start else _first_legal(legal, start, stop)
        found.append(start)
    return found


def _first_legal(legal: Sequence[bool], start: int, stop: int) -> int:
    """The end of a line that is too wide whatever is done: as early as may be."""
    at = start + 1
    while at < stop and not legal[at - 1]:
        at += 1
    return at


def break_lines(prepared: Prepared, measure: float, balance: bool = False) -> Breaks:
    """The best lines of `prepared` no wider than `measure`, in thousandths of the type size.

    What no line may divide and is wider than the measure gets a line of its own and overhangs it: the
    caller sees that in `widest`. Lines are then as full as can be.
    """
    arrays = prepared.measures
    limit = measure + _TOLERANCE
    if _is_one_line(arrays, limit):
        return Breaks((arrays.stops[0],), arrays.ends[-1] - arrays.starts[0])
    ends: list[int] = []
    start = 0
    for stop in arrays.stops:
        found = _filled(arrays, start, stop, limit)
        if len(found) > 1 and arrays.least <= measure:
            if prepared.justified:
                found = _best_justified(prepared, start, found, limit)
            else:
                found = _best(arrays, start, found, limit, balance)
        ends += found
        start = stop
    widest = max([arrays.ends[end - 1] - arrays.starts[start] for start, end in pairwise((0, *ends))], default=0.0)
    return Breaks(tuple(ends), widest)


def _best(arrays: Measures, first: int, latest: Sequence[int], limit: float, balance: bool) -> list[int]:
    """Ends of the best lines from atom `first` on, as many as there are `latest` ends.

    For every place a line may end, the state is the least cost of the lines up to it and where the last of
    them began. Only places count from which the lines that are left can still hold what is left, which
    makes them few.
    """
    starts, ends, costs = arrays.starts, arrays.ends, arrays.costs
    stop = latest[-1]
    totals = {first: 0.0}
    origins: list[dict[int, int]] = []
    ladder = _Ladder(costs, {first: 0})
    for window in _windows(arrays, first, latest, limit):
        reached: dict[int, float] = {}
        chosen: dict[int, int] = {}
        begins = list(reversed(totals.items()))
        for at in window:
            end, cost = ends[at - 1], costs[at - 1]
            least = -1.0
            for begin, before in begins:
                if end > starts[begin] + limit:
                    break
                total = before + cost
                white = 1 - (end - starts[begin]) / limit
                if at != stop or (balance and begin > first):
                    total += white * white if white > 0 else 0.0
                elif begin > first and 1 - white < _RUNT:
                    total += _RUNT_COST
                if ladder.rungs[begin]:
                    total += ladder.cost(begin, at, stop)
                if least < 0 or total < least:
                    reached[at], chosen[at] = total, begin
                    least = total
        totals = reached
        origins.append(chosen)
        ladder.climb(chosen)
    return _traced(origins, stop)


@dataclass(slots=True)
class _Ladder:
    """How many lines in a row end in a hyphen on the best way to a place: `rungs` of the places reached last."""

    costs: Sequence[float]
    rungs: dict[int, int]

    def cost(self, begin: int, at: int, stop: int) -> float:
        """What a line from `begin` to `at` costs for the hyphens that lead there."""
        if at == stop:
            return _HYPHEN_LAST
        if self.costs[at - 1] != _SYLLABLE:
            return 0.0
        return _HYPHEN_AGAIN if self.rungs[begin] < _HYPHENS else _LADDER_COST

    def climb(self, chosen: Mapping[int, int]) -> None:
        """Go on to the places that were `chosen` to be reached, each from another."""
        rungs, costs = self.rungs, self.costs
        self.rungs = {at: rungs[begin] + 1 if costs[at - 1] == _SYLLABLE else 0 for at, begin in chosen.items()}


def _best_justified(prepared: Prepared, first: int, latest: Sequence[int], limit: float) -> list[int]:
    """As `_best`, for lines that are brought to one width: after Knuth and Plass, with the third power of the ratio
    by which the spaces give way as badness."""
    arrays = prepared.measures
    starts, ends, costs = arrays.starts, arrays.ends, arrays.costs
    between = zip(prepared.afters, prepared.spaces, strict=True)
    white = list(accumulate((space if after is After.SPACE else 0.0 for after, space in between), initial=0.0))
    gives = list(accumulate(prepared.gives, initial=0.0))
    stop = latest[-1]
    totals = {first: 0.0}
    origins: list[dict[int, int]] = []
    ladder = _Ladder(costs, {first: 0})
    for window in _windows(arrays, first, latest, limit):
        reached: dict[int, float] = {}
        chosen: dict[int, int] = {}
        for at in window:
            for begin, before in reversed(totals.items()):
                if ends[at - 1] > starts[begin] + limit:
                    break
                # What stretches inside the line; the spaces alone shrink, and are measured as narrow as can be.
                loose, inner = gives[at - 1] - gives[begin], white[at - 1] - white[begin]
                spare = limit - (ends[at - 1] - starts[begin]) - inner * SHRINK
                total = before + costs[at - 1] + _strain(spare, loose if spare >= 0 else inner, limit, at == stop)
                if ladder.rungs[begin]:
                    total += ladder.cost(begin, at, stop)
                if at not in reached or total < reached[at]:
                    reached[at], chosen[at] = total, begin
        totals = reached
        origins.append(chosen)
        ladder.climb(chosen)
    return _traced(origins, stop)


def _strain(spare: float, inner: float, limit: float, last: bool) -> float:
    """What it costs to spread `spare` over what is `inner` wide together; below zero spaces shrink."""
    if last and spare >= 0:
        return 0.0
    if inner <= 0:
        # Nothing gives way, and the line stays as short as it is: worse than one that is spread.
        inner = limit * _NOTHING
    ratio = spare / (inner * _STRETCH) if spare >= 0 else spare / (inner * SHRINK)
    return _LOOSE * abs(ratio) ** 3


def _windows(arrays: Measures, first: int, latest: Sequence[int], limit: float) -> list[list[int]]:
    """Where each line may end: not later than `latest`, nor before the lines after it can hold the rest."""
    starts, ends, legal = arrays.starts, arrays.ends, arrays.legal
    windows = [[latest[-1]]]
    for late in reversed(latest[:-1]):
        # The next line ends at the earliest with the first place of its window.
        early = bisect_left(starts, ends[windows[-1][0] - 1] - limit - _TOLERANCE, first + 1, late)
        windows.append([at for at in range(early, late + 1) if legal[at - 1]])
    return windows[::-1]


def _traced(origins: Sequence[dict[int, int]], stop: int) -> list[int]:
    found: list[int] = []
    at = stop
    for chosen in reversed(origins):
        found.append(at)
        at = chosen[at]
    return found[::-1]
