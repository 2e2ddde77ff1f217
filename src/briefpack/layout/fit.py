"""Copyfit: the loosest setting on the fit ladder at which a document keeps its contract.

The ladder is a line of numbers. At 0 everything is as the theme has it; above 0 spacing, then leading,
then size are drawn in to their least, one after the other; below 0 spacing and then leading are opened
to their most. Past the last rung optional blocks are left out, one by one, and the climb begins again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.layout.styles import Setting
from briefpack.project.layouts import Bounds, Rungs

TIGHTEST: Final = 3.0
LOOSEST: Final = -2.0

# What may be left over on a page, in points; placing shares it out among the gaps.
SPARE: Final = 2.0

_STEPS: Final = 7


@dataclass(frozen=True, slots=True)
class Ladder:
    """The bounds of a layout's fit contract as a function from a number to a setting."""

    fit: Rungs

    def setting(self, at: float, dropped: frozenset[str] = frozenset()) -> Setting:
        """The setting at `at`, between LOOSEST and TIGHTEST."""
        return Setting(
            spacing=_factor(self.fit.spacing, at, 0),
            leading=_factor(self.fit.leading, at, 1),
            size=_factor(self.fit.size, at, 2),
            dropped=dropped,
        )

    def drops(self) -> Iterator[frozenset[str]]:
        """What is left out: nothing first, then one optional block more at a time."""
        for count in range(len(self.fit.drop) + 1):
            yield frozenset(self.fit.drop[:count])


def _factor(bounds: Bounds, at: float, rung: int) -> float:
    if at >= 0:
        share = min(1.0, max(0.0, at - rung))
        return 1 + (bounds.least - 1) * share
    share = min(1.0, max(0.0, -at - rung))
    return 1 + (bounds.most - 1) * share


@dataclass(frozen=True, slots=True)
class _Sought:
    """The search on one ladder with one set of blocks left out; every setting is measured once."""

    ladder: Ladder
    dropped: frozenset[str]
    excess: Callable[[Setting], float]
    known: dict[float, float]

    def over(self, at: float) -> float:
        found = self.known.get(at)
        if found is None:
            found = self.known[at] = self.excess(self.setting(at))
        return found

    def setting(self, at: float) -> Setting:
        return self.ladder.setting(at, self.dropped)


def solve(ladder: Ladder, excess: Callable[[Setting], float]) -> Setting | None:
    """The loosest setting that fits, or None when the tightest with every optional block out does not.

    `excess` says by how many points a setting is too long; zero or less fits.
    """
    for dropped in ladder.drops():
        sought = _Sought(ladder, dropped, excess, {})
        bracket = _opened(sought) if sought.over(0.0) <= 0 else _drawn_in(sought)
        if bracket is not None:
            return sought.setting(_loosest(sought, *bracket))
    return None


def _drawn_in(sought: _Sought) -> tuple[float, float] | None:
    """The first rung that fits and the one before it."""
    rung = 1.0
    while rung <= TIGHTEST:
        if sought.over(rung) <= 0:
            return rung - 1, rung
        rung += 1
    return None


def _opened(sought: _Sought) -> tuple[float, float]:
    """The loosest rung that fits and the one beyond it, which does not or is the last."""
    rung = 0.0
    while rung - 1 >= LOOSEST and sought.over(rung - 1) <= 0:
        rung -= 1
    return max(rung - 1, LOOSEST), rung


def _loosest(sought: _Sought, loose: float, tight: float) -> float:
    """Between `loose`, which may not fit, and `tight`, which does, the loosest that does.

    By false position, because the height of a page is nearly a straight line over a rung; a step that
    gains little is followed by halving. Ends when less than SPARE points are left.
    """
    if sought.over(loose) <= 0:
        return loose
    for step in range(_STEPS):
        over, under = sought.over(loose), sought.over(tight)
        if under > -SPARE:
            break
        share = 0.5 if step % 3 == 2 else (over + SPARE / 2) / (over - under)
        middle = loose + (tight - loose) * min(max(share, 0.02), 0.98)
        if sought.over(middle) <= 0:
            tight = middle
        else:
            loose = middle
    return tight
