"""The twin that each model has in pydantic: what validates a tree, and what writes a JSON Schema.

In comes what a file says, out go the plain models that are declared in `models` and elsewhere. Only this module and
what it calls import pydantic, and only where something is validated.
"""

from __future__ import annotations

import inspect
import types
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import pydantic
from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, ValidationError, ValidationInfo, model_validator
from pydantic.json_schema import models_json_schema

from briefpack.diagnostics import Diagnostic, finding, suggest
from briefpack.project.declaring import REQUIRED, Declared
from briefpack.project.fields import Fields
from briefpack.project.tree import YamlMapping, YamlScalar

if TYPE_CHECKING:
    from briefpack.project.validation import Model


class Twin(BaseModel):
    """What pydantic reads in place of a model."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        validate_by_name=True,
        validate_by_alias=True,
        arbitrary_types_allowed=True,
        defer_build=True,
    )

    @model_validator(mode="wrap")
    @classmethod
    def _as_model(cls, data: Any, handler: ModelWrapValidatorHandler[Any], info: ValidationInfo) -> Any:
        """The plain model. Unknown fields are set aside, so that everything else is still looked at."""
        model: type[Model] = vars(cls)["__model__"]
        if isinstance(data, model):
            return data
        if not isinstance(data, Fields):
            return model.of(vars(handler(data)))
        known = model.aliases
        kept = {}
        for name, value in data.items():
            if name not in known:
                _note_unknown(info, data.node, name, known)
            elif not (isinstance(value, YamlScalar) and value.empty):
                kept[name] = value
        return model.of(vars(handler(kept)), data.node, data.key)


def _note_unknown(info: ValidationInfo, node: YamlMapping, name: str, known: Iterable[str]) -> None:
    if not isinstance(info.context, list):
        return
    key = node.key(name)
    unused = [field for field in known if node.key(field) is None]
    near = suggest(name, unused)
    help = f"write `{near}`" if near is not None else "remove it"
    info.context.append(
        finding("unknown-field", f"`{name}` is not known here", key.span if key is not None else None, help=help)
    )


def twin_of(model: type[Model]) -> type[BaseModel]:
    """The twin of `model`."""
    known: Any = model
    return _twin(known)


@cache
def _twin(model: type[Any]) -> type[BaseModel]:
    """The twin of `model`, which has the name and the place of it: its annotations are read there."""
    bases = tuple(_twin(base) for base in model.__bases__ if hasattr(base, "model_fields") and base.model_fields)
    own = {name: kind for name, kind in inspect.get_annotations(model).items() if name in model.model_fields}
    namespace: dict[str, Any] = {
        "__module__": model.__module__,
        "__qualname__": model.__qualname__,
        "__doc__": model.__doc__,
        "__annotations__": own,
        **{name: _field(model.model_fields[name]) for name in own},
    }
    made: type[BaseModel] = types.new_class(model.__name__, bases or (Twin,), {}, lambda body: body.update(namespace))
    type.__setattr__(made, "__model__", model)
    return made


def _field(declared: Declared) -> Any:
    if declared.default_factory is not None:
        return pydantic.Field(
            default_factory=declared.default_factory, alias=declared.alias, description=declared.description
        )
    default = ... if declared.default is REQUIRED else declared.default
    return pydantic.Field(default=default, alias=declared.alias, description=declared.description)


def read(model: type[Model], data: object, findings: list[Diagnostic]) -> tuple[Any, Sequence[Mapping[str, Any]]]:
    """`data` as a `model`, or None, and pydantic's errors; what it notes itself goes into `findings`."""
    try:
        return twin_of(model).model_validate(data, context=findings), ()
    except ValidationError as error:
        return None, error.errors(include_url=False, include_input=False)


def schema_of(model: type[Model], reference: str = "#/$defs/{model}") -> dict[str, Any]:
    """The JSON Schema of `model`, whose definitions are referred to as `reference` has it."""
    return twin_of(model).model_json_schema(ref_template=reference)


def schemas_of(models: Sequence[type[Model]], reference: str) -> tuple[dict[type[Model], Any], dict[str, Any]]:
    """The JSON Schemas of `models`, and what they share."""
    twins = {twin_of(model): model for model in models}
    made, whole = models_json_schema([(twin, "validation") for twin in twins], ref_template=reference)
    return {twins[twin]: schema for (twin, _), schema in made.items() if twin in twins}, whole
