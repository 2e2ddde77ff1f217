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
from functools import cache
from typing import Final

from briefpack.diagnostics import Span

# What of a value only says where it was written.
_PLACES: Final = frozenset({"span", "anchors", "spans"})

ABSENT: Final = "absent"
"""The digest of what is not there."""


def digest(value: object) -> str:
    """The digest of `value`: 32 hexadecimal digits. Raises TypeError for what it does not know."""
    state = hashlib.blake2b(digest_size=16)
    _feed(value, state.update)
    return state.hexdigest()


def digest_of_texts(texts: Sequence[str]) -> str:
    """The digest of a list of texts."""
    return digest(tuple(texts))


def _feed(value: object, update: Callable[[bytes], None]) -> None:
    match value:
        case None:
            update(b"n;")
        case Enum():
            _text("e", str(value.value), update)
        case str():
            _text("s", value, update)
        case bool() | int() | float() | Decimal():
            _text(type(value).__name__, repr(value), update)
        case date():
            _text("d", value.isoformat(), update)
        case bytes():
            update(b"b%d:" % len(value))
            update(value)
        case Span():
            return
        case Mapping():
            _mapping(value, update)
        case tuple() | list():
            _sequence("t", value, update)
        case frozenset() | set():
            _sequence("f", sorted(value), update)
        case _:
            _object(value, update)


def _text(kind: str, text: str, update: Callable[[bytes], None]) -> None:
    data = text.encode("utf-8", "surrogatepass")
    update(b"%s%d:" % (kind.encode(), len(data)))
    update(data)


def _sequence(kind: str, values: Sequence[object], update: Callable[[bytes], None]) -> None:
    update(b"%s%d[" % (kind.encode(), len(values)))
    for item in values:
        _feed(item, update)


def _mapping(values: Mapping[object, object], update: Callable[[bytes], None]) -> None:
    update(b"m%d{" % len(values))
    for key, item in values.items():
        _feed(key, update)
        _feed(item, update)


def _object(value: object, update: Callable[[bytes], None]) -> None:
    _text("o", type(value).__name__, update)
    kind: type = type(value)
    for name in _names(kind):
        _feed(getattr(value, name), update)
    update(b";")


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a class of values that say more than where it was written."""
    modelled: object = getattr(kind, "model_fields", None)
    if isinstance(modelled, Mapping):
        names = tuple(str(name) for name in modelled)
    elif is_dataclass(kind):
        names = tuple(item.name for item in fields(kind))
    else:
        raise _unknown(kind)
    return tuple(name for name in names if name not in _PLACES)


def _unknown(kind: type) -> TypeError:
    return TypeError(f"no digest is defined for `{kind.__name__}`")
