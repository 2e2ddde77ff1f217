"""Dataclasses as `dataclasses` has them, quicker to define and to make.

The standard library writes and compiles six methods for a frozen class when it is defined, which for some four
hundred classes is a quarter of the time a short command takes, and has every field of a value set through
`object.__setattr__` when one is made. Here equality, hash and `repr` are closures over the names of the fields, and
`__init__` is the code of a class whose fields are filled in the same ways, under the names of these; it is made for
the first value of a class, and the fields as the standard library has them when somebody asks for them. That a frozen
value stays as it is, is for the type checker to hold, which takes this decorator for the standard one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses
    import operator
    from dataclasses import MISSING, Field
    from functools import cache
    from operator import attrgetter
    from types import CodeType, FunctionType

    def dataclass(cls=None, /, *, frozen=False, slots=False, eq=True, order=False, kw_only=False, weakref_slot=False):
        """`dataclasses.dataclass`, without a watch on frozen values."""

        def made(cls):
            kinds = cls.__annotations__
            if any(not isinstance(kind, str) or _is_mark(kind) for kind in kinds.values()):
                return dataclasses.dataclass(
                    cls,
                    eq=eq,
                    order=order,
                    unsafe_hash=frozen and eq,
                    slots=slots,
                    kw_only=kw_only,
                    weakref_slot=weakref_slot,
                )
            own = {name: _Told(cls.__dict__.get(name, MISSING), kind, kw_only) for name, kind in kinds.items()}
            told = {**_inherited(cls), **own}
            methods = _methods(cls, told, frozen, eq, order)
            return _with_slots(cls, own, told, methods, weakref_slot) if slots else _with(cls, own, methods)

        return made if cls is None else made(cls)

    def _is_mark(kind):
        """Whether an annotation says something else than what is in a field."""
        return "ClassVar" in kind or "InitVar" in kind or "KW_ONLY" in kind

    class _Told:
        """What a class says of a field: what it gives for it, its type, whether it is given by name only; and whether
        it is an argument of `__init__`, what it is by default, and what makes it where nothing is given."""

        __slots__ = ("argument", "by_name", "compared", "default", "factory", "given", "kind")

        def __init__(self, given, kind, by_name):
            self.given, self.kind, self.by_name, self.default = given, kind, by_name, given
            self.argument = self.compared = True
            self.factory = MISSING
            if isinstance(given, Field):
                self.argument, self.compared, self.default, self.factory = (
                    given.init,
                    given.compare,
                    given.default,
                    given.default_factory,
                )
                self.by_name = by_name if given.kw_only is MISSING else given.kw_only

        def field(self, name):
            """The field as the standard library has it."""
            field = self.given if isinstance(self.given, Field) else dataclasses.field(default=self.given)
            field.name, field.type, field.kw_only, field._field_type = name, self.kind, self.by_name, _USUAL
            return field

    class _Fields:
        """The fields of a class, made when somebody asks for them."""

        __slots__ = ("made", "told")

        def __init__(self, told):
            self.told = told
            self.made = None

        def __get__(self, value, kind):
            if self.made is None:
                self.made = {name: one.field(name) for name, one in self.told.items()}
            return self.made

    @dataclasses.dataclass(init=False, repr=False, eq=False)
    class _Standard:
        """For what all classes of the standard library's have."""

        one: object = None

    _PARAMETERS = _Standard.__dataclass_params__
    _USUAL = _Standard.__dataclass_fields__["one"]._field_type

    def _inherited(cls):
        """What the bases of `cls` say of their fields."""
        told = {}
        for base in cls.__mro__[-2:0:-1]:
            found = base.__dict__.get("__dataclass_fields__", {})
            told |= (
                found.told
                if isinstance(found, _Fields)
                else {name: _Told(field, field.type, field.kw_only) for name, field in found.items()}
            )
        return told

    def _with(cls, own, methods):
        """`cls` with `methods`; what it gives for a field stays what it is by default."""
        for name, method in methods.items():
            setattr(cls, name, method)
        if "__init__" in methods:
            methods["__init__"].owner = cls
        for name, one in own.items():
            if isinstance(one.given, Field):
                delattr(cls, name)
                if one.default is not MISSING:
                    setattr(cls, name, one.default)
        return cls

    def _with_slots(cls, own, told, methods, weakref_slot):
        """`cls` with `methods` once more, for slots are given to a class only when it is made."""
        contents = {name: value for name, value in cls.__dict__.items() if name not in own}
        contents.pop("__dict__", None)
        contents.pop("__weakref__", None)
        bases = [base.__dict__.get("__slots__", ()) for base in cls.__mro__[1:-1]]
        taken = {name for slots in bases for name in ([slots] if isinstance(slots, str) else slots)}
        wanted = [*told, "__weakref__"] if weakref_slot else told
        contents["__slots__"] = tuple([name for name in wanted if name not in taken])
        contents["__qualname__"] = cls.__qualname__
        return type(cls)(cls.__name__, cls.__bases__, contents | methods)

    def _methods(cls, told, frozen, eq, order):
        """What makes a dataclass of `cls`, as far as it has none of its own."""
        own = cls.__dict__
        values = _values([name for name, one in told.items() if one.compared])
        methods = {"__dataclass_fields__": _Fields(told), "__dataclass_params__": _PARAMETERS}
        if not own.get("__doc__"):
            # Without words of its own a class would be given its signature, which takes long to find.
            methods["__doc__"] = cls.__name__
        if "__match_args__" not in own:
            methods["__match_args__"] = tuple([name for name, one in told.items() if one.argument and not one.by_name])
        if "__init__" not in own:
            _check(told)
            methods["__init__"] = _Waiting(told)
        if "__repr__" not in own:
            methods["__repr__"] = _shown
        if eq and "__eq__" not in own:
            methods["__eq__"] = _equal(values)
            if "__hash__" not in own:
                methods["__hash__"] = _hash(values) if frozen else None
        if order:
            methods |= {f"__{name}__": _ordered(values, getattr(operator, name)) for name in ("lt", "le", "gt", "ge")}
        return methods

    # ---------------------------------------------------------------------------------------------- __init__

    class _Left:
        """Stands for an argument that is left out and made by a factory."""

        def __repr__(self):
            return "<factory>"

    _LEFT = _Left()

    def _check(told):
        """Refuse what cannot be given as it is told."""
        optional = False
        for name, one in told.items():
            if one.default is MISSING and one.factory is MISSING:
                if optional and one.argument and not one.by_name:
                    raise TypeError(f"non-default argument {name!r} follows default argument")
                continue
            optional = optional or (one.argument and not one.by_name)
            if one.default.__class__.__hash__ is None:
                kind = type(one.default)
                raise ValueError(f"mutable default {kind} for field {name} is not allowed: use default_factory")

    class _Waiting:
        """`__init__` until somebody asks for it."""

        __slots__ = ("owner", "told")

        def __init__(self, told):
            self.told = told

        def __set_name__(self, owner, name):
            self.owner = owner

        def __get__(self, value, kind):
            self.owner.__init__ = made = _init(self.owner, self.told)
            return made if value is None else made.__get__(value)

    def _init(cls, told):
        """The method that sets the fields of `cls`."""
        fields = sorted(told.items(), key=lambda item: item[1].by_name)
        arguments = {name: one for name, one in fields if one.argument}
        positional = [name for name, one in arguments.items() if not one.by_name]
        defaults = {
            name: one.default if one.factory is MISSING else _LEFT
            for name, one in arguments.items()
            if one.default is not MISSING or one.factory is not MISSING
        }
        known = {"left": _LEFT} if defaults else {}
        for at, (_, one) in enumerate(fields):
            if one.factory is not MISSING or not one.argument:
                known[f"given_{at}"] = one.default if one.factory is MISSING else one.factory
        code = _code("".join([_way(one) for _, one in fields]), hasattr(cls, "__post_init__"))
        names = {f"field_{at}": name for at, (name, _) in enumerate(fields)}
        code = code.replace(
            co_argcount=1 + len(positional),
            co_kwonlyargcount=len(arguments) - len(positional),
            co_varnames=("self", *arguments),
            co_names=tuple([names.get(name, name) for name in code.co_names]),
            co_qualname=f"{cls.__qualname__}.__init__",
        )
        made = FunctionType(code, known, "__init__", tuple([defaults[name] for name in positional if name in defaults]))
        made.__kwdefaults__ = {name: given for name, given in defaults.items() if arguments[name].by_name}
        made.__annotations__ = {**{name: one.kind for name, one in arguments.items()}, "return": None}
        return made

    def _way(one):
        """How a field is filled, in a letter."""
        if one.factory is not MISSING:
            return "f" if one.argument else "m"
        return "a" if one.argument else "-" if one.default is MISSING else "d"

    _WAYS = {
        "a": " self.field_{0} = field_{0}\n",
        "f": " self.field_{0} = given_{0}() if field_{0} is left else field_{0}\n",
        "m": " self.field_{0} = given_{0}()\n",
        "d": " self.field_{0} = given_{0}\n",
        "-": "",
    }

    @cache
    def _code(ways, post):
        """The code that fills fields in so many `ways`, and calls `__post_init__` at the end."""
        arguments = "".join([f", field_{at}" for at, way in enumerate(ways) if way in "af"])
        lines = "".join([_WAYS[way].format(at) for at, way in enumerate(ways)])
        end = " self.__post_init__()\n" if post else "" if lines else " pass\n"
        module = compile(f"def __init__(self{arguments}):\n{lines}{end}", "<fields>", "exec")
        return next(made for made in module.co_consts if isinstance(made, CodeType))

    # -------------------------------------------------------------------------------------- the other methods

    def _values(names):
        """A function from a value to the tuple of its fields `names`."""
        if len(names) > 1:
            return attrgetter(*names)
        return lambda value: tuple([getattr(value, name) for name in names])

    def _equal(values):
        def equal(self, other):
            return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

        return equal

    def _ordered(values, compared):
        def ordered(self, other):
            return compared(values(self), values(other)) if other.__class__ is self.__class__ else NotImplemented

        return ordered

    def _hash(values):
        def hashed(self):
            return hash(values(self))

        return hashed

    def _shown(self):
        fields = [f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self)]
        return f"{self.__class__.__qualname__}({', '.join(fields)})"
