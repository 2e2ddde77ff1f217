"""Dataclasses as `dataclasses` has them, quicker to define and to make.

The standard library writes and compiles six methods for a frozen class when it is defined, which for some three
hundred classes is a quarter of the time a short command takes, and has every field of a value set through
`object.__setattr__` when one is made. Here one method is written, `__init__`; equality, hash and `repr` are closures
over the names of the fields. That a frozen value stays as it is, is for the type checker to hold, which takes this
decorator for the standard one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    from operator import attrgetter

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True, order=False, kw_only=False, weakref_slot=False):
        """`dataclasses.dataclass`, without a watch on frozen values."""

        def made(cls):
            compared, shown = eq and "__eq__" not in cls.__dict__, "__repr__" not in cls.__dict__
            hashed = compared and "__hash__" not in cls.__dict__
            # Without words of its own a class would be given its signature, which takes long to find.
            cls.__doc__ = cls.__doc__ or cls.__name__
            whole = dataclasses.dataclass(
                cls, repr=False, eq=order, order=order, slots=slots, kw_only=kw_only, weakref_slot=weakref_slot
            )
            values = _values([field.name for field in dataclasses.fields(whole) if field.compare])
            if compared:
                whole.__eq__ = _equal(values)
            if hashed:
                whole.__hash__ = _hash(values) if frozen else None
            if shown:
                whole.__repr__ = _shown
            return whole

        return made if cls is None else made(cls)

    def _values(names):
        """A function from a value to the tuple of its fields `names`."""
        if len(names) > 1:
            return attrgetter(*names)
        return lambda value: tuple([getattr(value, name) for name in names])

    def _equal(values):
        def equal(self, other):
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        return equal

    def _hash(values):
        def hashed(self):
            return hash(values(self))

        return hashed

    def _shown(self):
        fields = [f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self)]
        return f"{self.__class__.__qualname__}({', '.join(fields)})"
