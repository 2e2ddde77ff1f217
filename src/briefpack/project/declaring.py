"""What models and types of fields are declared with: pydantic's words, before pydantic is there.

A command that finds a project as it was has its models from a snapshot and validates nothing, so that it should not
wait for the library that would. What is declared here says the same to pydantic when that is first needed, in `twins`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING
from typing import TYPE_CHECKING, Any, Final, Literal

from briefpack.dataclass import dataclass

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

REQUIRED: Final[Any] = MISSING


@dataclass(frozen=True, slots=True)
class Declared:
    """A field of a model: its type as it is written, and what is to be said of it."""

    default: Any = REQUIRED
    default_factory: Callable[[], Any] | None = None
    description: str | None = None
    written: str | None = None
    annotation: str = ""
    name: str = ""

    @property
    def alias(self) -> str:
        """The name of the field as it is written in files."""
        return self.written or self.name.rstrip("_").replace("_", "-")

    @property
    def required(self) -> bool:
        return self.default is REQUIRED and self.default_factory is None

    def value(self) -> Any:
        """What the field is where nothing is said of it."""
        return self.default_factory() if self.default_factory is not None else self.default


def Field(  # noqa: N802 -- it stands where pydantic's own would
    *,
    default: Any = REQUIRED,
    default_factory: Callable[[], Any] | None = None,
    description: str | None = None,
    written: str | None = None,
) -> Any:
    """A field that has more to say than its type and its default. `written` is its name in files, if not its own."""
    return Declared(default, default_factory, description, written)


@dataclass(frozen=True, slots=True)
class Validator:
    """A function that a value goes through: before, after or in place of what its type says."""

    func: Callable[..., Any]
    when: Literal["before", "after", "plain"]

    def __get_pydantic_core_schema__(self, source: type[Any], handler: GetCoreSchemaHandler) -> Any:
        import pydantic

        kinds = {
            "before": pydantic.BeforeValidator,
            "after": pydantic.AfterValidator,
            "plain": pydantic.PlainValidator,
        }
        return kinds[self.when](self.func).__get_pydantic_core_schema__(source, handler)


def before(func: Callable[..., Any]) -> Validator:
    """A validator of what a field is given; its type goes on with what `func` makes of it."""
    return Validator(func, "before")


def after(func: Callable[..., Any]) -> Validator:
    """A validator of what the type of a field has made."""
    return Validator(func, "after")


def plain(func: Callable[..., Any]) -> Validator:
    """A validator in place of what the type would do."""
    return Validator(func, "plain")


@dataclass(frozen=True, slots=True, eq=False)
class JsonSchema:
    """The JSON Schema of a field, in place of the one that follows from its type."""

    schema: dict[str, Any]

    def __get_pydantic_json_schema__(self, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        import pydantic

        return pydantic.WithJsonSchema(self.schema).__get_pydantic_json_schema__(core, handler)
