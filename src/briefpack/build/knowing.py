"""What of the known figures a target reads: those that share a word or a number with what it says.

The checks hold every document against all facts. So that not every document depends on every fact, each look-up
is noted with its key, and its digest is that of the figures it finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Final, TypeVar

from briefpack.build.digests import digest
from briefpack.build.tracing import Trace
from briefpack.content.checks.known import Figure, Known

KNOWN: Final = "known"

# Ways to figures whose look-ups are noted, and what is read by those alone.
_WAYS: Final = ("by_word", "by_value", "by_digits")
_BEHIND: Final = ("figures", "sorted")

K = TypeVar("K")


class _Noted(Mapping[K, tuple[Figure, ...]]):
    """A way to figures that notes what is asked of it."""

    def __init__(self, values: Mapping[K, tuple[Figure, ...]], key: str, trace: Trace) -> None:
        self._values, self._key, self._trace = values, key, trace

    def __getitem__(self, name: K) -> tuple[Figure, ...]:
        self._trace.keys.add(f"{self._key}/{name}")
        return self._values[name]

    def __iter__(self) -> Iterator[K]:
        self._trace.keys.add(f"{self._key}*")
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True)
class NotedKnown(Known):
    """Known figures whose look-ups are noted."""

    language: str
    trace: Trace

    def near(self, value: Decimal, apart: Decimal) -> Iterator[Figure]:
        self.trace.keys.add(f"{KNOWN}:{self.language}/near/{value}/{apart}")
        return Known.near(self, value, apart)


def noted(known: Known, language: str, trace: Trace) -> Known:
    """`known` with its look-ups noted in `trace`; that it was asked for at all is one."""
    base = f"{KNOWN}:{language}"
    trace.keys.add(base)
    return NotedKnown(
        figures=known.figures,
        heads=known.heads,
        by_word=_Noted(known.by_word, f"{base}/by_word", trace),
        by_value=_Noted(known.by_value, f"{base}/by_value", trace),
        by_digits=_Noted(known.by_digits, f"{base}/by_digits", trace),
        sorted=known.sorted,
        language=language,
        trace=trace,
    )


def digest_of_known(known: Known, way: str) -> str:
    """The digest of what is found on the `way` that follows the language in a key."""
    kind, _, name = way.partition("/")
    match kind:
        case "by_word" | "by_digits":
            return digest(getattr(known, kind).get(name, ()))
        case "by_value":
            return digest(known.by_value.get(Decimal(name), ()))
        case "near":
            value, _, apart = name.partition("/")
            return digest(tuple(known.near(Decimal(value), Decimal(apart))))
        case "":
            rest = (item.name for item in fields(Known) if item.name not in (*_WAYS, *_BEHIND))
            return digest(tuple(getattr(known, name) for name in rest))
        case _:
            return digest(known.figures)
