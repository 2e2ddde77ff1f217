"""Named tuples as `typing` has them, quicker to define.

The standard library writes and evaluates the source of `__new__` for each, and looks at the type of each field. Here
`__new__` is the code of another named tuple with as many fields, under the names of these; what is the same for all is
shared. Fields are read by the standard library's own means, and the type checker takes this for `typing.NamedTuple`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["NamedTuple"]

if TYPE_CHECKING:
    from typing import NamedTuple
else:
    from collections import namedtuple
    from functools import cache
    from operator import itemgetter
    from types import CodeType, FunctionType

    class _Made(type):
        """Makes a named tuple of the body of a class."""

        def __new__(meta, name, bases, contents):
            fields = tuple(contents.get("__annotations__", {}))
            given = {field: contents.pop(field) for field in fields if field in contents}
            if list(given) != [*fields][len(fields) - len(given) :]:
                raise TypeError(f"a field of {name} without a default follows one with a default")
            contents.pop("__orig_bases__", None)
            return type(
                name,
                (tuple,),
                {
                    **_SHARED,
                    "__slots__": (),
                    "__new__": _new(contents["__qualname__"], fields, given),
                    "__match_args__": fields,
                    "_fields": fields,
                    "_field_defaults": given,
                    **{field: _getter(at) for at, field in enumerate(fields)},
                    **contents,
                },
            )

    class _NamedTuple:
        """What a named tuple says it is made from."""

        def __mro_entries__(self, bases):
            return (_BODY,)

    NamedTuple = _NamedTuple()
    _BODY = type.__new__(_Made, "NamedTuple", (), {})

    def _new(qualname, fields, given):
        """The method that makes a tuple of the values of `fields`."""
        code = _code(len(fields)).replace(
            co_varnames=("_cls", *fields), co_name="__new__", co_qualname=f"{qualname}.__new__"
        )
        return FunctionType(code, {"made": tuple.__new__}, "__new__", tuple(given.values()))

    @cache
    def _code(count):
        arguments = "".join([f"field_{at}, " for at in range(count)])
        module = compile(f"lambda _cls, {arguments}: made(_cls, ({arguments}))", "<fields>", "eval")
        return next(made for made in module.co_consts if isinstance(made, CodeType))

    _FIELDS = [f"field_{at}" for at in range(16)]
    _STANDARD = namedtuple("_STANDARD", _FIELDS)

    @cache
    def _getter(at):
        """What gives the value at a place of a tuple."""
        return _STANDARD.__dict__[_FIELDS[at]] if at < len(_FIELDS) else property(itemgetter(at))

    # ---------------------------------------------------------------------------------- what is the same for all

    @classmethod
    def _make(cls, values):
        made = tuple.__new__(cls, values)
        if len(made) != len(cls._fields):
            raise TypeError(f"Expected {len(cls._fields)} arguments, got {len(made)}")
        return made

    def _replace(self, /, **named):
        made = self._make(map(named.pop, self._fields, self))
        if named:
            raise ValueError(f"Got unexpected field names: {list(named)!r}")
        return made

    def _asdict(self):
        return dict(zip(self._fields, self, strict=True))

    def _arguments(self):
        return tuple(self)

    def _shown(self):
        values = [f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True)]
        return f"{self.__class__.__name__}({', '.join(values)})"

    _SHARED = {
        "_make": _make,
        "_replace": _replace,
        "_asdict": _asdict,
        "__getnewargs__": _arguments,
        "__repr__": _shown,
        "__replace__": _replace,
    }
