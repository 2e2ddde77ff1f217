"""Pages that have most of their frames in common with one met before, the very same objects.

What is worked out from frames can then be taken for all but those that are others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from operator import is_
from typing import Final, Generic, TypeVar

from briefpack.dataclass import dataclass
from briefpack.layout.frames import Frame

# After so many pages that are like none, a page is compared with so many of the last.
_PATIENCE: Final = 24
_LAST: Final = 2

V = TypeVar("V")

Frames = tuple[Frame, ...]


@dataclass(slots=True, eq=False)
class Met(Generic[V]):
    """A page that was met. What is `kept` with it is `made` of its frames when it is first asked for, which for a page
    that none is like is never."""

    frames: Frames
    made: Callable[[Frames], V]
    _kept: list[V] = field(default_factory=list)

    @property
    def kept(self) -> V:
        if not self._kept:
            self._kept.append(self.made(self.frames))
        return self._kept[0]

    def others(self, frames: Frames) -> tuple[int, ...] | None:
        """Where `frames` are others; None where they are fewer or more, or most of them others."""
        if len(frames) != len(self.frames) or 2 * sum(map(is_, frames, self.frames)) < len(frames):
            return None
        return tuple([at for at, pair in enumerate(zip(frames, self.frames, strict=True)) if pair[0] is not pair[1]])


@dataclass(slots=True)
class Alike(Generic[V]):
    """The pages met lately, `limit` of them. What is kept with each is `made` of its frames."""

    made: Callable[[Frames], V]
    limit: int = 12
    _met: list[Met[V]] = field(default_factory=list)
    _misses: int = 0

    def near(self, frames: Frames) -> tuple[Met[V], tuple[int, ...]] | None:
        """A page that most of `frames` are on, and where they are others than its own.

        While there is none for many pages, only the last ones are looked at, and all of them now and then.
        """
        all_of_them = self._misses < _PATIENCE or self._misses % self.limit == 0
        for met in reversed(self._met if all_of_them else self._met[-_LAST:]):
            others = met.others(frames)
            if others is not None:
                self._misses = 0
                return met, others
        self._misses += 1
        return None

    def keep(self, frames: Frames) -> None:
        if len(self._met) >= self.limit:
            del self._met[0]
        self._met.append(Met(frames, self.made))
