"""Dataclasses of ours are those of the standard library in all but the watch on frozen values."""

from __future__ import annotations

import dataclasses
import inspect
import pickle
import re
import weakref
from dataclasses import field
from typing import ClassVar

import pytest

from briefpack.dataclass import dataclass


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    """A value."""

    name: str
    sizes: tuple[int, ...] = ()
    seen: dict[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Ours:
    """A value."""

    name: str
    sizes: tuple[int, ...] = ()
    seen: dict[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Wider(Ours):
    more: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Placed:
    line: int
    column: int


@dataclass(slots=True)
class Changing:
    at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Named(Ours):
    """Its own fields go by their names."""

    size: float
    word: str = "b"


@dataclass(slots=True)
class Counting:
    kinds: ClassVar[int] = 3
    at: int
    twice: int = field(init=False)

    def __post_init__(self) -> None:
        self.twice = 2 * self.at


@dataclass(frozen=True, slots=True, eq=False)
class Itself:
    at: int


@dataclass(slots=True)
class Filled:
    """A field of each kind."""

    given: str
    seen: list[str] = field(default_factory=list)
    own: dict[str, int] = field(init=False, default_factory=dict)
    fixed: int = field(init=False, default=4)
    late: str = field(init=False)
    named: tuple[int, ...] = field(kw_only=True, default=())

    def __post_init__(self) -> None:
        self.late = self.given * 2


@dataclass(frozen=True)
class Open:
    """A value whose fields are not in slots."""

    at: int
    word: str = "a"
    seen: list[str] = field(default_factory=list)


@dataclass(frozen=True, eq=False, slots=True, weakref_slot=True)
class Watched:
    at: int


def test_a_value_is_as_the_standard_library_makes_it() -> None:
    ours, standard = Ours("a", seen={"b": 1}), Standard("a", seen={"b": 1})
    assert repr(ours) == repr(standard).replace("Standard", "Ours")
    assert dataclasses.asdict(ours) == dataclasses.asdict(standard)
    assert Ours.__match_args__ == Standard.__match_args__
    assert not hasattr(ours, "__dict__")
    assert dataclasses.replace(ours, sizes=(1,)) == Ours("a", (1,))


@pytest.mark.parametrize(
    ("arguments", "named", "message"),
    [
        ((), {"size": 1.0}, "missing 1 required positional argument: 'name'"),
        (("a",), {}, "missing 1 required keyword-only argument: 'size'"),
        (("a", (), {}, 1.0), {}, "positional arguments"),
        (("a",), {"size": 1.0, "colour": "red"}, "unexpected keyword argument 'colour'"),
    ],
)
def test_arguments_that_do_not_fit_are_an_error(
    arguments: tuple[object, ...], named: dict[str, object], message: str
) -> None:
    with pytest.raises(TypeError, match=re.escape(message)):
        Named(*arguments, **named)  # type: ignore[arg-type]


def test_fields_are_filled_as_their_class_says() -> None:
    assert Named("a", size=1.0) == Named(name="a", sizes=(), seen={}, size=1.0, word="b")
    assert (Counting(4).twice, Counting.kinds) == (8, 3)
    assert Changing(1) != Changing(2)
    assert [kind.type for kind in dataclasses.fields(Wider)] == ["str", "tuple[int, ...]", "dict[str, int]", "int"]
    assert str(inspect.signature(Placed)) == "(line: 'int', column: 'int') -> None"


def test_every_kind_of_field_is_filled() -> None:
    first, second = Filled("a"), Filled("b", ["c"], named=(1,))
    assert first == Filled("a", [], named=())
    assert (second.seen, second.own, second.fixed, second.late, second.named) == (["c"], {}, 4, "bb", (1,))
    assert first.own is not second.own
    assert Filled.__match_args__ == ("given", "seen")
    assert str(inspect.signature(Filled)).startswith("(given: 'str', seen: 'list[str]' = <factory>, *, named:")


def test_a_class_without_slots_keeps_what_it_gives() -> None:
    assert (Open.word, Open(1), Open(1).__dict__) == ("a", Open(1, "a", []), {"at": 1, "word": "a", "seen": []})
    assert not hasattr(Open, "seen")
    assert weakref.ref(watched := Watched(1))() is watched


def test_a_list_is_no_default() -> None:
    with pytest.raises(ValueError, match="mutable default"):

        @dataclass
        class Wrong:
            seen: list[str] = []  # noqa: RUF012


def test_the_standard_library_builds_on_ours() -> None:
    @dataclasses.dataclass
    class Other(Changing):
        more: int = 0

    assert [kind.name for kind in dataclasses.fields(Other)] == ["at", "more"]
    assert dataclasses.replace(Other(1), more=2) == Other(1, 2)


def test_a_field_without_a_default_goes_before_those_with_one() -> None:
    with pytest.raises(TypeError, match="'second'"):

        @dataclass
        class Wrong:
            first: int = 0
            second: int  # type: ignore[misc]


def test_values_are_equal_and_hashed_by_what_is_compared() -> None:
    assert Ours("a", seen={"b": 1}) == Ours("a")
    assert hash(Ours("a", seen={"b": 1})) == hash(Ours("a"))
    assert Ours("a") != Ours("b")
    assert Wider("a") != Ours("a")
    assert {Wider("a", more=1), Wider("a"), Wider("a")} == {Wider("a"), Wider("a", more=1)}
    assert Itself(1) != Itself(1)
    assert len({Itself(1), Itself(1)}) == 2
    assert Changing.__hash__ is None


def test_order_is_that_of_the_fields() -> None:
    assert sorted([Placed(2, 1), Placed(1, 2), Placed(1, 1)]) == [Placed(1, 1), Placed(1, 2), Placed(2, 1)]
    assert Placed(1, 2) >= Placed(1, 2)
    with pytest.raises(TypeError, match="not supported"):
        assert Placed(1, 2) < Changing(1)  # type: ignore[operator]


def test_values_travel_between_processes() -> None:
    value = Wider("a", (1, 2), {"b": 1}, 3)
    again = pickle.loads(pickle.dumps(value))
    assert again == value
    assert again.seen == {"b": 1}
