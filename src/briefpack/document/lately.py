"""What was worked out lately from a node, remembered with the node itself.

Nodes do not change, so what follows from one stays true. They are known by their identity and held as long as they are
remembered; those not met again for a while are forgotten, so that memory stays flat.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Generic, TypeVar

from briefpack.dataclass import dataclass

V = TypeVar("V")

_Key = tuple[int, object]


@dataclass(slots=True)
class Lately(Generic[V]):
    """Values by node, and by what is asked of it: the `limit` met last, and as many before."""

    limit: int = 400
    _late: dict[_Key, tuple[object, V]] = field(default_factory=dict)
    _before: dict[_Key, tuple[object, V]] = field(default_factory=dict)

    def find(self, node: object, asked: object = None) -> tuple[V] | None:
        """The value for `node`, in a tuple; None where there is none."""
        key = (id(node), asked)
        kept = self._late.get(key)
        if kept is None:
            kept = self._before.pop(key, None)
            if kept is None:
                return None
            self._put(key, kept)
        return (kept[1],)

    def keep(self, node: object, value: V, asked: object = None) -> None:
        self._put((id(node), asked), (node, value))

    def of(self, node: object, make: Callable[[], V], asked: object = None) -> V:
        """The value for `node`, which `make` gives where it is not known."""
        key = (id(node), asked)
        kept = self._late.get(key)
        if kept is None:
            kept = self._before.pop(key, None)
            if kept is None:
                kept = (node, make())
            if len(self._late) >= self.limit:
                self._late, self._before = {}, self._late
            self._late[key] = kept
        return kept[1]

    def _put(self, key: _Key, kept: tuple[object, V]) -> None:
        if len(self._late) >= self.limit:
            self._late, self._before = {}, self._late
        self._late[key] = kept
