"""The sandbox that templates run in: Jinja2's own, with names that say what was meant and bounds on arithmetic.

A template cannot reach Python's inner names, change a value or make one too large to hold. A slot may be
called anything, `items` and `values` too.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import partial
from typing import Any, Final, cast

from jinja2 import StrictUndefined, Template, TemplateRuntimeError, UndefinedError
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from briefpack.templates.again import NOTED, Unsound

LARGEST_TEXT: Final = 100_000
"""The longest text or list that arithmetic may make."""

_LARGEST_POWER: Final = 4096
"""The most bits of a power."""


class UnknownName(UndefinedError):
    """A template asks for `name`, which is not among `known`, the names that are there; None is for its own names.

    `where` is the template and the line that asked, which is not always where the answer was needed; `of_nothing` is
    whether it asked that of none, as a slot is that was not filled.
    """

    def __init__(
        self,
        name: object,
        known: tuple[str, ...] | None,
        where: tuple[str, int] | None,
        of_nothing: bool,
        message: str | None = None,
    ) -> None:
        super().__init__(message)
        self.name, self.known, self.where, self.of_nothing = str(name), known, where, of_nothing


class Absent(StrictUndefined):
    """What a name stands for that is not there: using it in any way is an error."""

    __slots__ = ()

    def __init__(
        self,
        hint: str | None = None,
        obj: Any = missing,
        name: str | None = None,
        exc: type[TemplateRuntimeError] = UndefinedError,
    ) -> None:
        raised = partial(UnknownName, name, _names(obj), _asking(), obj is None) if exc is UndefinedError else exc
        super().__init__(hint, obj, name, cast(type[TemplateRuntimeError], raised))

    @property
    def _undefined_message(self) -> str:
        if self._undefined_obj is None:
            return f"`{self._undefined_name}` is asked of nothing"
        return self._undefined_hint or f"`{self._undefined_name}` is not defined"


def _asking() -> tuple[str, int] | None:
    """The file and line of the template that is running. Jinja leaves the template among a module's names."""
    frame = inspect.currentframe()
    while frame is not None:
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template) and template.filename:
            return template.filename, template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back
    return None


def _names(value: object) -> tuple[str, ...] | None:
    """What a template may ask of `value`; None where it asked for a name of its own."""
    if value is missing:
        return None
    if isinstance(value, Mapping):
        return tuple(key for key in value if isinstance(key, str))
    if isinstance(value, TemplateModule):  # what another template imports
        return tuple(name for name in vars(value) if not name.startswith("_"))
    return tuple(field.name for field in fields(value)) if is_dataclass(value) else ()


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja2's immutable sandbox, bounded."""

    intercepted_binops = frozenset({"*", "**"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.tests["sameas"] = _is_same
        self._plain: dict[type, frozenset[str]] = {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A key of a mapping goes before its methods. What is a field of a value need not be looked at again."""
        kind = type(obj)
        plain = self._plain.get(kind)
        if plain is None:
            plain = self._plain[kind] = _plain(kind)
        if attribute in plain:
            return getattr(obj, attribute)
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """`left` times `right`, or to its power, within bounds."""
        size = _bits(left, right) / _LARGEST_POWER if operator == "**" else _length(left, right) / LARGEST_TEXT
        if size > 1:
            raise SecurityError(f"the result of `{operator}` is too large")
        return super().call_binop(context, operator, left, right)


def _plain(kind: type) -> frozenset[str]:
    """The attributes of a class of values that hold nothing but data: its fields, but those it keeps to itself."""
    if not is_dataclass(kind) or issubclass(kind, Mapping):
        return frozenset()
    return frozenset(field.name for field in fields(kind) if not field.name.startswith("_"))


def _is_same(value: object, other: object) -> bool:
    """Whether two values are one; of those that are only noted it is not known."""
    if isinstance(value, NOTED) or isinstance(other, NOTED):
        raise Unsound
    return value is other


def _bits(base: Any, exponent: Any) -> int:
    return base.bit_length() * exponent if isinstance(base, int) and isinstance(exponent, int) else 0


def _length(left: Any, right: Any) -> int:
    """How long a text or list is that is repeated."""
    if isinstance(left, int):
        left, right = right, left
    return len(left) * right if hasattr(left, "__len__") and isinstance(right, int) else 0
