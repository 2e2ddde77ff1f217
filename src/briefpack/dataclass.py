"""Dataclasses as `dataclasses` has them, quicker to define and to make.

The standard library writes and compiles six methods for a frozen class when it is defined, which for some four
hundred classes is a quarter of the time a short command takes, and has every field of a value set through
`object.__setattr__` when one is made. Here equality, hash and `repr` are closures over the names of the fields, and
`__init__` is the code of another class with as many fields, under the names of these. That a frozen value stays as it
is, is for the type checker to hold, which takes this decorator for the standard one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    import inspect
    import re
    from functools import cache
    from operator import attrgetter
    from types import FunctionType

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True, order=False, kw_only=False, weakref_slot=False):
        """`dataclasses.dataclass`, without a watch on frozen values."""

        def made(cls):
            compared, shown = eq and "__eq__" not in cls.__dict__, "__repr__" not in cls.__dict__
            hashed = compared and "__hash__" not in cls.__dict__
            # Without words of its own a class would be given its signature, which takes long to find.
            cls.__doc__ = cls.__doc__ or cls.__name__
            ours = "__init__" not in cls.__dict__ and not hasattr(cls, "__post_init__") and _is_plain(cls)
            kinds = inspect.get_annotations(cls)
            if ours:
                # It would look for marks of its own in every annotation that is text; here there are none.
                cls.__annotations__ = dict.fromkeys(kinds, object)
            whole = dataclasses.dataclass(
                cls,
                init=not ours,
                repr=False,
                eq=order,
                order=order,
                slots=slots,
                kw_only=kw_only,
                weakref_slot=weakref_slot,
            )
            if ours:
                for name, kind in kinds.items():
                    whole.__dataclass_fields__[name].type = kind
                whole.__annotations__ = kinds
                whole.__init__ = _init(whole)
            values = _values([field.name for field in dataclasses.fields(whole) if field.compare])
            if compared:
                whole.__eq__ = _equal(values)
            if hashed:
                whole.__hash__ = _hash(values) if frozen else None
            if shown:
                whole.__repr__ = _shown
            return whole

        return made if cls is None else made(cls)

    def _is_plain(cls):
        """Whether every field of `cls` is an argument of `__init__` that is kept as it is given."""
        for kind in inspect.get_annotations(cls).values():
            if not isinstance(kind, str) or _MARK.search(kind):
                return False
        inherited = getattr(cls, "__dataclass_fields__", {}).values()
        own = [value for value in cls.__dict__.values() if isinstance(value, dataclasses.Field)]
        return all(field.init and field.default_factory is dataclasses.MISSING for field in (*inherited, *own))

    # Annotations that do not say what is in a field.
    _MARK = re.compile("ClassVar|InitVar|KW_ONLY")

    def _init(cls):
        """The method that sets the fields of `cls`."""
        fields = sorted(dataclasses.fields(cls), key=lambda field: field.kw_only)
        names = tuple([field.name for field in fields])
        positional = [field for field in fields if not field.kw_only]
        defaults = {field.name: field.default for field in fields if field.default is not dataclasses.MISSING}
        first = next((at for at, field in enumerate(positional) if field.name in defaults), len(positional))
        for field in positional[first:]:
            if field.name not in defaults:
                raise TypeError(f"non-default argument {field.name!r} follows default argument")
        code = _code(len(names)).replace(
            co_argcount=1 + len(positional),
            co_kwonlyargcount=len(names) - len(positional),
            co_varnames=("self", *names),
            co_names=names,
            co_qualname=f"{cls.__qualname__}.__init__",
        )
        made = FunctionType(code, {}, "__init__", tuple([defaults[field.name] for field in positional[first:]]))
        made.__kwdefaults__ = {
            field.name: field.default for field in fields if field.kw_only and field.name in defaults
        }
        made.__annotations__ = {**{field.name: field.type for field in fields}, "return": None}
        return made

    @cache
    def _code(count):
        """The code that sets `count` fields in their order."""
        names = [f"field_{at}" for at in range(count)]
        return dataclasses.make_dataclass("Fields", names, repr=False, eq=False).__init__.__code__

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
