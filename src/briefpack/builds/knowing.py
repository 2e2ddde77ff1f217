"""What of the known figures and phrases a target reads: those that share a word, a number or a sentence with it.

The checks hold every document against all facts and messages. So that not every document depends on every one,
each look-up is noted with its key, and its digest is that of what it finds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

from briefpack.builds.digests import digest, digest_of_texts
from briefpack.builds.tracing import ALL, Trace, TracedNames
from briefpack.content.checks.known import Figure, Known
from briefpack.content.checks.phrases import Phrases
from briefpack.dataclass import dataclass

KNOWN: Final = "known"
PHRASES: Final = "phrases"

# Ways to figures whose look-ups are noted, and what is read by those alone.
_WAYS: Final = ("heads", "by_word", "by_value", "by_digits")
_BEHIND: Final = ("figures", "sorted", "lowest", "highest")

_NONE: Final = "none"

K = TypeVar("K")
V = TypeVar("V")


class _Noted(Mapping[K, V], Generic[K, V]):
    """A mapping that notes what is asked of it."""

    def __init__(self, values: Mapping[K, V], key: str, trace: Trace) -> None:
        self._values, self._key, self._trace = values, key, trace

    def __getitem__(self, name: K) -> V:
        self._note(name)
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        self._note(name)
        return name in self._values

    def get(self, name: K, default: Any = None) -> Any:
        self._note(name)
        return self._values.get(name, default)

    def _note(self, name: object) -> None:
        self._trace.keys.add(f"{self._key}/{'/'.join(name) if isinstance(name, tuple) else name}")

    def __iter__(self) -> Iterator[K]:
        self._trace.keys.add(f"{self._key}*")
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True)
class NotedKnown(Known):
    """Known figures whose look-ups are noted: of a number all that it may restate, rightly or not, by one key."""

    readers: str
    trace: Trace

    def saying(self, value: Decimal) -> tuple[Figure, ...]:
        self._note(value)
        return Known.saying(self, value)

    def near(self, value: Decimal) -> tuple[Figure, ...]:
        self._note(value)
        return Known.near(self, value)

    def _note(self, value: Decimal) -> None:
        self.trace.keys.add(f"{KNOWN}:{self.readers}/number/{value}")


def readers_of(language: str, audience: str | None, about: str = "") -> str:
    """Who a document in `language` for `audience` is for, as a part of a key; `about` is the brief, where that has
    facts of its own."""
    return f"{language}@{audience or ''}" + (f"@{about}" if about else "")


def noted(known: Known, readers: str, trace: Trace) -> Known:
    """`known` with its look-ups noted in `trace`; that it was asked for at all is one."""
    base = f"{KNOWN}:{readers}"
    trace.keys.add(base)
    return NotedKnown(
        figures=known.figures,
        heads=TracedNames.of(f"{base}/heads", known.heads, trace, "/"),
        by_word=_Noted(known.by_word, f"{base}/by_word", trace),
        by_value=known.by_value,
        by_digits=known.by_digits,
        sorted=known.sorted,
        lowest=known.lowest,
        highest=known.highest,
        readers=readers,
        trace=trace,
    )


def digest_of_known(known: Known, way: str, kept: dict[str, str]) -> str:
    """The digest of what is found on the `way` that follows the language in a key.

    `kept` has the digests of figures of `known` by their names, as they are asked for.
    """
    kind, _, name = way.partition("/")
    match kind:
        case "by_word":
            return _digest_of_figures(known.by_word.get(name, ()), kept)
        case "heads":
            return digest(name in known.heads)
        case "number":
            value = Decimal(name)
            return _digest_of_figures((*known.saying(value), *known.near(value)), kept)
        case "":
            rest = (item.name for item in fields(Known) if item.name not in (*_WAYS, *_BEHIND))
            return digest(tuple(getattr(known, name) for name in rest))
        case _:
            return _digest_of_figures(known.figures, kept)


def _digest_of_figures(figures: Iterable[Figure], kept: dict[str, str]) -> str:
    """The digest of `figures` by those of each, which many ways lead to."""
    found: list[str] = []
    for figure in figures:
        own = kept.get(figure.id)
        if own is None:
            own = kept[figure.id] = digest(figure)
        found.append(own)
    return digest_of_texts(found) if found else _NONE


def as_wholes(keys: Iterable[str]) -> frozenset[str]:
    """`keys` with one for all figures, and one for all phrases, in place of each look-up among them."""
    return frozenset(_whole(key) for key in keys)


def _whole(key: str) -> str:
    base, slash, _ = key.partition("/")
    return f"{base}/{ALL}" if slash and base.partition(":")[0] in (KNOWN, PHRASES) else key


def noted_phrases(phrases: Phrases, language: str, trace: Trace, about: str = "") -> Phrases:
    """`phrases` with its look-ups noted in `trace`; `about` is the brief, where that has facts of its own."""
    base = f"{PHRASES}:{language}" + (f"@{about}" if about else "")
    return Phrases(
        messages=_Noted(phrases.messages, f"{base}/messages", trace),
        known=_Noted(phrases.known, f"{base}/known", trace),
        required=_Noted(phrases.required, f"{base}/required", trace),
        forbidden=_Noted(phrases.forbidden, f"{base}/forbidden", trace),
    )


def digest_of_phrases(phrases: Phrases, way: str) -> str:
    """The digest of what is found on the `way` that follows the language in a key."""
    kind, _, name = way.partition("/")
    match kind:
        case "messages":
            message, _, audience = name.partition("/")
            return digest(phrases.messages.get((message, audience), ()))
        case "known":
            return digest(phrases.known[name]) if name in phrases.known else _NONE
        case "required" | "forbidden":
            return digest(getattr(phrases, kind).get(name, ()))
        case _:
            return digest(phrases)
