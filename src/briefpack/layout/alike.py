"""Pages that have most of their frames in common with one met before, the very same objects.

What is worked out from frames can then be taken for all but those that are others.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from operator import is_
from typing import Generic, TypeVar

from briefpack.dataclass import dataclass
from briefpack.layout.frames import Frame

V = TypeVar("V")

Frames = tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Met(Generic[V]):
    """A page that was met, and what is `kept` with it."""

    frames: Frames
    kept: V

    def others(self, frames: Frames) -> tuple[int, ...] | None:
        """Where `frames` are others; None where they are fewer or more, or most of them others."""
        if len(frames) != len(self.frames):
            return None
        same = list(map(is_, frames, self.frames))
        if 2 * same.count(False) > len(same):
            return None
        return tuple([at for at, is_same in enumerate(same) if not is_same])


@dataclass(slots=True)
class Alike(Generic[V]):
    """The pages met lately, `limit` of them. What is kept with each is `made` of its frames."""

    made: Callable[[Frames], V]
    limit: int = 12
    _met: list[Met[V]] = field(default_factory=list)

    def near(self, frames: Frames) -> tuple[Met[V], tuple[int, ...]] | None:
        """A page that most of `frames` are on, and where they are others than its own."""
        for met in reversed(self._met):
            others = met.others(frames)
            if others is not None:
                return met, others
        return None

    def keep(self, frames: Frames) -> None:
        if len(self._met) >= self.limit:
            del self._met[0]
        self._met.append(Met(frames, self.made(frames)))
