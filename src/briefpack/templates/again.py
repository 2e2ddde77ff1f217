"""What a template made once, taken again for values that differ only in the texts it prints.

While a template is rendered, it is noted which of its values it asks for. A rich text that it prints, and does not look
into, leaves no mark on the XML but the place where it stands. So for other values, in which all that was asked for is
the same and the lists are as long, the XML is the same, and the texts are theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import field, fields, is_dataclass
from functools import cache
from typing import Any, Final

from briefpack.content import RichText
from briefpack.dataclass import dataclass
from briefpack.namedtuple import NamedTuple

_Read = tuple[object, ...]
"""A value that was asked for: of which of the values, by which name, and by which name of what that gave."""

# The ways a template was rendered that are remembered.
_MOST: Final = 6

_ABSENT: Final = object()
_KEYS: Final = object()
_WHOLE: Final = object()


class Unsound(Exception):
    """A template looks at its values in a way that is not noted."""


class Veiled:
    """A rich text as a template is given it, which notes when it is looked into."""

    __slots__ = ("key", "looked_into", "text")

    def __init__(self, text: RichText, key: _Read) -> None:
        self.text, self.key, self.looked_into = text, key, False

    def seen(self) -> RichText:
        self.looked_into = True
        return self.text

    def __getattr__(self, name: str) -> Any:
        return getattr(self.seen(), name)

    def __eq__(self, other: object) -> bool:
        return self.seen() == (other.seen() if isinstance(other, Veiled) else other)

    def __hash__(self) -> int:
        return hash(self.seen())

    def __str__(self) -> str:
        return str(self.seen())

    def __repr__(self) -> str:
        return repr(self.seen())

    def __format__(self, spec: str) -> str:
        return format(self.seen(), spec)


class _Value:
    """A value of a template, of which it is noted what is asked."""

    __slots__ = ("_at", "_notes", "_of")

    def __init__(self, notes: Notes, at: _Read, of: object) -> None:
        self._notes, self._at, self._of = notes, at, of

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._of, name, _ABSENT)
        if found is _ABSENT or callable(found):
            raise Unsound
        return self._notes.taken((*self._at, name), found)

    def __eq__(self, other: object) -> bool:
        raise Unsound

    def __hash__(self) -> int:
        raise Unsound

    def __str__(self) -> str:
        raise Unsound

    __repr__ = __str__

    def __format__(self, spec: str) -> str:
        raise Unsound


class _Values(Mapping[Any, Any]):
    """The same for a mapping."""

    def __init__(self, notes: Notes, at: _Read, of: Mapping[Any, object]) -> None:
        self._notes, self._at, self._of = notes, at, of

    def __getitem__(self, key: Any) -> Any:
        found = _asked(self._of, key)
        taken = self._notes.taken((*self._at, key), found)
        if found is _ABSENT:
            raise KeyError(key)
        return taken

    def __iter__(self) -> Iterator[Any]:
        self._notes.taken((*self._at, _KEYS), tuple(self._of))
        return iter(self._of)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __str__(self) -> str:
        raise Unsound

    __repr__ = __str__


# What a template may do with a value besides asking for its fields.
_MANNERS: Final = frozenset(("__bool__", "__call__", "__contains__", "__getitem__", "__html__", "__iter__", "__len__"))


@cache
def _is_open(kind: type) -> bool:
    """Whether a value of this `kind` has nothing but fields to be asked for, such as its id."""
    if not is_dataclass(kind) or kind is RichText or any(_MANNERS & vars(base).keys() for base in kind.__mro__):
        return False
    return not any(callable(getattr(kind, name, None)) for name in dir(kind) if not name.startswith("_"))


class _Kind(NamedTuple):
    """Stands for a value of which only those parts count that are asked for."""

    kind: type


NOTED: Final = (Veiled, _Value, _Values)
"""What stands for values while it is noted what is asked of them."""


class Notes:
    """The `values` of a template, and what it asks of them."""

    def __init__(self, values: Mapping[str, object]) -> None:
        self.reads: dict[_Read, object] = {}
        self._veils: dict[tuple[_Read, int], Veiled] = {}
        self._given: dict[_Read, object] = {}
        self.values = {name: self._value(name, value) for name, value in values.items()}

    def _value(self, name: str, value: object) -> object:
        if isinstance(value, Mapping):
            return _Values(self, (name,), value)
        return _Value(self, (name,), value) if is_dataclass(value) else self.taken((name, _WHOLE), value)

    def taken(self, key: _Read, value: object) -> object:
        """`value`, which is asked for, with all texts in it under veils; or of which it is noted in turn what is."""
        if key not in self.reads:
            kind: Any = type(value)
            if _is_open(kind):
                self.reads[key], self._given[key] = _Kind(kind), _Value(self, key, value)
            else:
                self.reads[key], self._given[key] = value, self._veiled(key, value)
        return self._given[key]

    def looked_into(self) -> frozenset[tuple[_Read, int]]:
        """The texts that were looked into, by their identity."""
        return frozenset(key for key, veil in self._veils.items() if veil.looked_into)

    def _veiled(self, key: _Read, value: Any) -> Any:
        if isinstance(value, RichText):
            return self._veils.setdefault((key, id(value)), Veiled(value, key))
        if isinstance(value, Mapping):
            return {name: self._veiled(key, each) for name, each in value.items()}
        if type(value) in (tuple, list):
            return type(value)([self._veiled(key, each) for each in value])
        if not is_dataclass(value) or isinstance(value, type):
            return value
        names = [each.name for each in fields(value)]
        copy = object.__new__(type(value))
        for name in names:
            object.__setattr__(copy, name, self._veiled(key, getattr(value, name)))
        return copy


@dataclass(frozen=True, slots=True)
class Way:
    """A template rendered: what it asked for, the texts that it looked into, and what it made.

    `texts` are those that it printed, each with where it was asked for and by what identity, as they were given out.
    """

    reads: Mapping[_Read, object]
    looked_into: frozenset[tuple[_Read, int]]
    xml: str
    texts: tuple[tuple[tuple[_Read, int], RichText], ...]

    def texts_of(self, values: Mapping[str, object], same: Callable[[RichText], RichText]) -> list[RichText] | None:
        """The texts that are printed of `values`, others than before as the `same`; None where it is not known that
        nothing else is."""
        turned = _Turned(self.looked_into)
        for key, before in self.reads.items():
            name, *asked = key
            if name not in values:
                return None
            after: object = values[str(name)]
            for step in asked:
                after = _asked(after, step)
            if isinstance(before, _Kind):
                if before.kind is not type(after):
                    return None
            elif before is not after and not turned.alike(key, before, after):
                return None
        others = {place: same(text) for place, text in turned.texts.items()}
        return [others.get(place, text) for place, text in self.texts]


@cache
def _is_mapping(kind: type) -> bool:
    return issubclass(kind, Mapping)


def _asked(value: object, name: object) -> object:
    """What `value` has by `name`."""
    if name is _WHOLE:
        return value
    kind: Any = type(value)
    if not _is_mapping(kind):
        return getattr(value, str(name), _ABSENT)
    mapping: Any = value
    if name is _KEYS:
        return tuple(mapping)
    try:
        return mapping[name]
    except KeyError:
        return _ABSENT


@dataclass(slots=True)
class _Turned:
    """The texts that stand for others, by where and which these are."""

    looked_into: frozenset[tuple[_Read, int]]
    texts: dict[tuple[_Read, int], RichText] = field(default_factory=dict)

    def alike(self, key: _Read, before: Any, after: Any) -> bool:
        """Whether `after` is `before` but for texts that were not looked into; these are noted."""
        if isinstance(before, RichText) and isinstance(after, RichText):
            place = (key, id(before))
            if place in self.looked_into and before != after:
                return False
            return self.texts.setdefault(place, after) is after
        if type(before) is not type(after):
            return False
        kind = before.__class__
        if _is_mapping(kind):
            pairs = zip(before.values(), after.values(), strict=False)
            return tuple(before) == tuple(after) and all(self.alike(key, *pair) for pair in pairs)
        if kind in (tuple, list):
            pairs = zip(before, after, strict=False)
            return len(before) == len(after) and all(self.alike(key, *pair) for pair in pairs)
        if hasattr(before, "__dataclass_fields__"):
            names = before.__dataclass_fields__
            return all(self.alike(key, getattr(before, name), getattr(after, name)) for name in names)
        return bool(before == after)


@dataclass(slots=True)
class Ways:
    """The ways one template was rendered lately. What is rendered otherwise each time is noted ever more seldom."""

    _known: list[Way] = field(default_factory=list)
    _misses: int = 0

    def find(
        self, values: Mapping[str, object], same: Callable[[RichText], RichText]
    ) -> tuple[Way, list[RichText]] | None:
        """A way that `values` are rendered too, and the texts that are printed of them."""
        for way in reversed(self._known):
            texts = way.texts_of(values, same)
            if texts is not None:
                self._misses = 1
                return way, texts
        self._misses += 1
        return None

    @property
    def is_due(self) -> bool:
        """Whether the next rendering is to be noted."""
        return self._misses > 1 and self._misses & (self._misses - 1) == 0

    def keep(self, way: Way) -> None:
        if len(self._known) >= _MOST:
            del self._known[0]
        self._known.append(way)
