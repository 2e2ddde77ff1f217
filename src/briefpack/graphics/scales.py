"""Scales: from the numbers of a chart to points along an axis, and the ticks that read well on it."""

from __future__ import annotations

import math
from typing import Final

from briefpack.dataclass import dataclass

# Steps that people count in, times a power of ten.
_STEPS: Final = (1.0, 2.0, 5.0, 10.0)
# Two numbers nearer than this share of the larger are one; what is nearer to zero than any brief can write is zero.
_NEAR: Final = 1e-9
_NOTHING: Final = 1e-12


@dataclass(frozen=True, slots=True)
class Scale:
    """The numbers from `start` to `end` on the points from `first` to `last`, which may run backwards."""

    start: float
    end: float
    first: float
    last: float

    def at(self, value: float) -> float:
        """Where `value` stands, in points; a value off the axis stands at its end."""
        share = min(1.0, max(0.0, (value - self.start) / (self.end - self.start)))
        return self.first + (self.last - self.first) * share


@dataclass(frozen=True, slots=True)
class Ticks:
    """Evenly spaced numbers on an axis, and how many decimals they need."""

    values: tuple[float, ...]
    decimals: int


def span(low: float, high: float) -> tuple[float, float]:
    """`low` and `high`, opened up where they are one number, which no scale could tell apart."""
    largest = max(abs(low), abs(high))
    if largest < _NOTHING:
        return 0.0, 1.0
    return (low, high) if high - low > _NEAR * largest else (low - largest / 2, high + largest / 2)


def ticks(low: float, high: float, most: int, *, inside: bool = False) -> Ticks:
    """At most `most` ticks in round steps, from at or below `low` to at or above `high`.

    With `inside`, none is outside of `low` and `high`. There are two at least, and three round a zero between
    `low` and `high`. Steps are 1, 2 or 5 times a power of ten, after P. Heckbert, "Nice numbers for graph
    labels", Graphics Gems (1990).
    """
    low, high = span(low, high)
    most = max(most, 3 if low < 0 < high else 2)
    power = math.floor(math.log10((high - low) / most)) - 1
    best = Ticks((low, high), 0)
    while True:
        for step in _STEPS:
            found = _ticks(low, high, step * 10.0**power, inside=inside)
            if len(found) < 2:
                return best
            best = Ticks(found, _decimals(step, power))
            if len(found) <= most:
                return best
        power += 1


def _ticks(low: float, high: float, step: float, *, inside: bool) -> tuple[float, ...]:
    slack = 1e-6
    if inside:
        first, last = math.ceil(low / step - slack), math.floor(high / step + slack)
    else:
        first, last = math.floor(low / step + slack), math.ceil(high / step - slack)
    return tuple(index * step for index in range(first, last + 1))


def _decimals(step: float, power: int) -> int:
    return max(0, -power - (1 if step == _STEPS[-1] else 0))
