"""Paragraphs kept with what has been worked out of them: where their lines end, and the lines themselves.

Copyfit measures a page many times, a pack is laid out more than once, and the documents of a campaign share
many of their lines. What is kept depends on the paragraph alone.
"""

from __future__ import annotations

from collections.abc import ItemsView, Sequence
from dataclasses import field

from briefpack.dataclass import dataclass
from briefpack.namedtuple import NamedTuple
from briefpack.text.breaking import Breaks, break_lines, line_count
from briefpack.text.itemizing import PLAIN, Writing
from briefpack.text.lines import compose
from briefpack.text.paragraph import Prepared, divided, prepare
from briefpack.text.runs import Run
from briefpack.text.shaped import Line
from briefpack.text.shaping import Shaper
from briefpack.text.words import Words


class Broken(NamedTuple):
    """A paragraph and where its lines end; words wider than the measure are cut in `prepared`."""

    prepared: Prepared
    breaks: Breaks


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A paragraph of any measure and size. A `measure` is in thousandths of the type size."""

    prepared: Prepared
    shaper: Shaper
    _broken: dict[tuple[float, bool], Broken] = field(default_factory=dict)
    _counts: dict[float, int] = field(default_factory=dict)
    _lines: dict[tuple[float, bool, float], tuple[Line, ...]] = field(default_factory=dict)

    def count(self, measure: float) -> int:
        """How many lines there are, without looking for the best ones."""
        found = self._counts.get(measure)
        if found is None:
            fits = self.prepared.measures.least <= measure
            found = line_count(self.prepared, measure) if fits else self._broken_at(measure, False).breaks.count
            self._counts[measure] = found
        return found

    def counted(self) -> ItemsView[float, int]:
        """The measures that were asked for, with the lines at each."""
        return self._counts.items()

    def lines(self, measure: float, size: float, balance: bool) -> tuple[Line, ...]:
        """The lines at type size `size` in points, the same objects each time."""
        found = self._lines.get((measure, balance, size))
        if found is None:
            prepared, breaks = self._broken_at(measure, balance)
            width = measure * size / 1000 if prepared.justified else None
            found = self._lines[measure, balance, size] = compose(prepared, breaks, size, self.shaper, width)
        return found

    def _broken_at(self, measure: float, balance: bool) -> Broken:
        found = self._broken.get((measure, balance))
        if found is None:
            found = self._broken[measure, balance] = self._break(measure, balance)
        return found

    def _break(self, measure: float, balance: bool) -> Broken:
        breaks = break_lines(self.prepared, measure, balance)
        if breaks.widest <= measure + 0.01:
            return Broken(self.prepared, breaks)
        cut = divided(self.prepared, measure, self.shaper)
        return Broken(cut, break_lines(cut, measure, balance))


_Key = tuple[tuple[Run, ...], str | None, Writing]


@dataclass(slots=True)
class Paragraphs:
    """The paragraphs of a process, those met lately: `limit` of them and as many before."""

    words: Words = field(default_factory=Words)
    limit: int = 500
    _late: dict[_Key, Measured] = field(default_factory=dict)
    _before: dict[_Key, Measured] = field(default_factory=dict)

    def measured(self, runs: Sequence[Run], language: str | None = None, writing: Writing = PLAIN) -> Measured:
        """`runs` made ready for lines. `language` turns hyphenation on, by the patterns of that language."""
        key = (tuple(runs), language, writing)
        found = self._late.get(key)
        if found is None:
            found = self._before.pop(key, None)
            if found is None:
                found = Measured(prepare(runs, self.words, language, writing), self.words.shaper)
            if len(self._late) >= self.limit:
                self._late, self._before = {}, self._late
            self._late[key] = found
        return found
