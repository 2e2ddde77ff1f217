"""Digests of values: equal for what would be printed the same, wherever in its file it stands.

In goes a frozen value as `project` has it: models, texts, trees of YAML, numbers, days. Places do not count, so
a comment or a blank line above changes nothing. Types count, so that the text `1` is not the number 1. A value
of a type that is not known here is refused, never passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from typing import Any, Final

from briefpack.diagnostics import Span

# What of a value only says where it was written.
_PLACES: Final = frozenset({"span", "anchors", "spans"})

ABSENT: Final = "absent"
"""The digest of what is not there."""


def digest(value: object) -> str:
    """The digest of `value`: 32 hexadecimal digits. Raises TypeError for what it does not know."""
    pieces: list[bytes] = []
    kind: type = type(value)
    _writer(kind)(value, pieces.append)
    return hashlib.blake2b(b"".join(pieces), digest_size=16).hexdigest()


def digest_of_texts(texts: Sequence[str]) -> str:
    """The digest of a list of texts."""
    return digest(tuple(texts))


Put = Callable[[bytes], None]


@cache
def _writer(kind: type) -> Callable[[Any, Put], None]:
    """What writes values of `kind`."""
    return next((write for kinds, write in _WRITERS if issubclass(kind, kinds)), _object)


def _text(text: str, put: Put, mark: bytes = b"s") -> None:
    put(_word(text, mark) if len(text) < _SHORT else _marked(text, mark))


def _marked(text: str, mark: bytes) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return b"%s%d:%s" % (mark, len(data), data)


# Of such texts many are the names of classes and of fields, or stand in all documents.
_SHORT: Final = 24


@lru_cache(maxsize=4096)
def _word(text: str, mark: bytes) -> bytes:
    return _marked(text, mark)


def _bytes(data: bytes, put: Put) -> None:
    put(b"b%d:" % len(data))
    put(data)


def _sequence(values: Sequence[object], put: Put, mark: bytes = b"t") -> None:
    put(b"%s%d[" % (mark, len(values)))
    for item in values:
        kind: type = type(item)
        _writer(kind)(item, put)


def _mapping(values: Mapping[object, object], put: Put) -> None:
    put(b"m%d{" % len(values))
    for pair in values.items():
        for item in pair:
            kind: type = type(item)
            _writer(kind)(item, put)


def _object(value: object, put: Put) -> None:
    kind: type = type(value)
    head, names = _kind(kind)
    put(head)
    for name in names:
        item = getattr(value, name)
        of: type = type(item)
        _writer(of)(item, put)
    put(b";")


@cache
def _kind(kind: type) -> tuple[bytes, tuple[str, ...]]:
    """What an object of `kind` begins with, and its fields."""
    return _marked(kind.__name__, b"o"), _names(kind)


# By the first that a value is of; `_object` writes all others.
_WRITERS: Final[tuple[tuple[type | tuple[type, ...], Callable[[Any, Put], None]], ...]] = (
    (type(None), lambda _, put: put(b"n;")),
    (Enum, lambda value, put: _text(str(value.value), put, b"e")),
    (str, _text),
    ((bool, int, float, Decimal), lambda value, put: _text(repr(value), put, type(value).__name__.encode())),
    (date, lambda value, put: _text(value.isoformat(), put, b"d")),
    (bytes, _bytes),
    (Span, lambda _, put: None),
    (Mapping, _mapping),
    ((tuple, list), _sequence),
    ((frozenset, set), lambda value, put: _sequence(sorted(value), put, b"f")),
)


def _names(kind: type) -> tuple[str, ...]:
    """The fields of a class of values that say more than where it was written."""
    modelled: object = getattr(kind, "model_fields", None)
    aside: frozenset[str] = getattr(kind, "_aside", frozenset())
    if isinstance(modelled, Mapping):
        names = tuple(str(name) for name in modelled if name not in aside)
    elif is_dataclass(kind):
        names = tuple(item.name for item in fields(kind))
    else:
        raise _unknown(kind)
    return tuple(name for name in names if name not in _PLACES)


def _unknown(kind: type) -> TypeError:
    return TypeError(f"no digest is defined for `{kind.__name__}`")
