"""Named tuples of ours are those of the standard library."""

from __future__ import annotations

import pickle
import typing
from typing import Any

import pytest

from briefpack.namedtuple import NamedTuple


class Standard(typing.NamedTuple):
    """A size."""

    width: float
    height: float = 2.0
    name: str = "box"

    @property
    def area(self) -> float:
        return self.width * self.height


class Ours(NamedTuple):
    """A size."""

    width: float
    height: float = 2.0
    name: str = "box"

    @property
    def area(self) -> float:
        return self.width * self.height


ANY: Any = NamedTuple
WIDE: Any = type(ANY.__mro_entries__(())[0])(
    "Wide", (), {"__annotations__": {f"at_{at}": "int" for at in range(20)}, "__qualname__": "Wide"}
)


def test_a_tuple_is_as_the_standard_library_makes_it() -> None:
    ours: Any = Ours(3.0, name="a")
    standard: Any = Standard(3.0, name="a")
    assert (tuple(ours), ours) == (standard, (3.0, 2.0, "a"))
    assert hash(ours) == hash(standard)
    assert repr(ours) == repr(standard).replace("Standard", "Ours")
    assert (ours.width, ours.height, ours.name, ours.area) == (3.0, 2.0, "a", 6.0)
    assert ours._asdict() == standard._asdict()
    assert ours._replace(height=5.0) == standard._replace(height=5.0)
    assert tuple(Ours._make((1.0, 2.0, "b"))) == Standard._make((1.0, 2.0, "b"))
    for name in ("__doc__", "__slots__", "__match_args__", "_fields", "_field_defaults", "__bases__"):
        assert getattr(Ours, name) == getattr(Standard, name)
    assert not hasattr(ours, "__dict__")
    assert type(Ours) is type
    match ours:
        case Ours(width, height):
            assert (width, height) == (3.0, 2.0)


def test_what_does_not_fit_is_an_error() -> None:
    anything: Any = Ours
    with pytest.raises(TypeError, match="missing 1 required positional argument: 'width'"):
        anything()
    with pytest.raises(TypeError, match="unexpected keyword argument 'depth'"):
        anything(1.0, depth=2.0)
    with pytest.raises(TypeError, match="Expected 3 arguments, got 2"):
        anything._make((1.0, 2.0))
    with pytest.raises(ValueError, match="depth"):
        anything(1.0)._replace(depth=2.0)
    with pytest.raises(AttributeError):
        anything(1.0).width = 2.0
    with pytest.raises(TypeError, match="without a default"):

        class Wrong(NamedTuple):
            first: int = 0
            second: int  # type: ignore[misc]


def test_tuples_travel_between_processes() -> None:
    again = pickle.loads(pickle.dumps(Ours(3.0)))
    assert again == Ours(3.0)
    assert type(again) is Ours


def test_a_tuple_may_be_wide() -> None:
    made = WIDE(*range(20))
    assert (made.at_0, made.at_15, made.at_16, made.at_19) == (0, 15, 16, 19)
