"""Where lines end: the choice over a whole paragraph that leaves the best lines.

After Knuth and Plass, "Breaking Paragraphs into Lines" (Software: Practice and Experience 11, 1981),
with two changes for ragged setting: the number of lines is the smallest possible, so that a page that
fits stays fitting, and among the breaks with that many lines the sum of squared white space at line
ends is smallest. A heading counts its last line too, which balances it.

The smallest number of lines is known without the search, by filling each line in turn; measuring a page
asks only for that.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from briefpack.text.paragraph import Measures, Prepared

# Costs are in units of (white space / measure)².
_HYPHEN_AGAIN: Final = 0.12
_RUNT_COST: Final = 0.08
_RUNT: Final = 0.22  # a last line shorter than this share of the measure looks lost
_SYLLABLE: Final = 0.04

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
    starts, ends, legal = arrays.starts, arrays.ends, arrays.legal
    limit = measure + _TOLERANCE
    count = start = 0
    for stop in arrays.stops:
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
            count += 1
    return count


def _first_legal(legal: tuple[bool, ...], start: int, stop: int) -> int:
    """The end of a line that is too wide whatever is done: as early as may be."""
    at = start + 1
    while at < stop and not legal[at - 1]:
        at += 1
    return at


def break_lines(prepared: Prepared, measure: float, balance: bool = False) -> Breaks:
    """The best lines of `prepared` no wider than `measure`, in thousandths of the type size.

    An atom wider than the measure gets a line of its own and overhangs it: the caller sees that in
    `widest`.
    """
    arrays = prepared.measures
    ends: list[int] = []
    widest = 0.0
    start = 0
    for stop in arrays.stops:
        if arrays.ends[stop - 1] - arrays.starts[start] <= measure + _TOLERANCE:
            found = [stop]
        else:
            found = _best(arrays, start, stop, measure, balance)
        for end in found:
            widest = max(widest, arrays.ends[end - 1] - arrays.starts[start])
            start = end
        ends.extend(found)
    return Breaks(tuple(ends), widest)


def _best(arrays: Measures, first: int, stop: int, measure: float, balance: bool) -> list[int]:
    """Ends of the best lines of the atoms `first` to `stop`.

    For every place j a line may end, the state is the number of lines up to it, their cost and where the
    last one began; candidates run back from j until the line is too wide, so the work is the number of
    atoms times the atoms on a line. Written as one loop because it is the inner loop of everything.
    """
    starts, ends, legal, costs = arrays.starts, arrays.ends, arrays.legal, arrays.costs
    limit = measure + _TOLERANCE
    size = stop - first + 1
    lines, totals, origins = [0] * size, [0.0] * size, [-1] * size
    origins[0] = 0
    for j in range(1, size):
        last = j == size - 1
        if not legal[first + j - 1] and not last:
            continue
        end, cost = ends[first + j - 1], costs[first + j - 1]
        best_lines, best_cost, best_origin = 0, 0.0, -1
        for i in range(j - 1, -1, -1):
            width = end - starts[first + i]
            if width > limit and best_origin >= 0:
                break
            if origins[i] < 0:
                continue
            white = 1 - width / limit
            if not last or (balance and i):
                total = totals[i] + cost + (white * white if white > 0 else 0.0)
            else:
                total = totals[i] + cost + (_RUNT_COST if i and width < _RUNT * limit else 0.0)
            if cost == _SYLLABLE and i and costs[first + i - 1] == _SYLLABLE:
                total += _HYPHEN_AGAIN
            count = lines[i] + 1
            if best_origin < 0 or count < best_lines or (count == best_lines and total < best_cost):
                best_lines, best_cost, best_origin = count, total, i
            if width > limit:
                break
        lines[j], totals[j], origins[j] = best_lines, best_cost, best_origin
    return _traced(origins, first, size - 1)


def _traced(origins: list[int], first: int, at: int) -> list[int]:
    ends: list[int] = []
    while at > 0:
        ends.append(first + at)
        at = origins[at]
    return ends[::-1]
