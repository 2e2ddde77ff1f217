"""Models with places, and the validation of a whole tree.

In comes a tree of texts and the model it is to be, out goes the model or None, and everything that is
wrong with the tree as findings at their places, all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, Self, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    model_validator,
)

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, finding, suggest
from briefpack.project.fields import Fields, Unexpected, as_input, found
from briefpack.project.yaml import Yaml, YamlMapping, YamlScalar, YamlSequence, beginning


def _kebab(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


class Model(BaseModel):
    """A group of fields. Names are written with hyphens in files; a field left empty counts as left out."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=_kebab,
        validate_by_name=True,
        validate_by_alias=True,
        arbitrary_types_allowed=True,
        defer_build=True,
    )

    _node: YamlMapping | None = PrivateAttr(None)
    _key: YamlScalar | None = PrivateAttr(None)

    @model_validator(mode="wrap")
    @classmethod
    def _keep_places(cls, data: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        """Set unknown fields aside, so that everything else is still looked at, and keep the places."""
        if not isinstance(data, Fields):
            return handler(data)
        known = _aliases(cls)
        kept = {}
        for name, value in data.items():
            if name not in known:
                _note_unknown(info, data.node, name, known)
            elif not (isinstance(value, YamlScalar) and value.empty):
                kept[name] = value
        model = handler(kept)
        model._node = data.node
        model._key = data.key
        return model

    @property
    def node(self) -> YamlMapping | None:
        """Its fields as they stand in the file; None for a model that does not come from one."""
        return self._node

    @property
    def span(self) -> Span | None:
        """The place of all its fields; None for a model that does not come from a file."""
        return self._node.span if self._node is not None else None

    @property
    def head_span(self) -> Span | None:
        """The place of the key that it stands under, or of its first field where there is none."""
        if self._key is not None:
            return self._key.span
        return beginning(self._node) if self._node is not None else None

    def key_span(self, *names: str) -> Span | None:
        """The place of the key that `names` lead to, such as `wording`, `community`."""
        *parents, last = names
        node: Yaml | None = self._node
        for name in parents:
            node = node.get(name) if isinstance(node, YamlMapping) else None
        key = node.key(last) if isinstance(node, YamlMapping) else None
        return key.span if key is not None else self.span

    def value_span(self, name: str) -> Span | None:
        """The place of the value of the field `name`."""
        value = self._node.get(name) if self._node is not None else None
        return value.span if value is not None else self.span


@cache
def _aliases(model: type[BaseModel]) -> frozenset[str]:
    """The names of the fields of `model` as they are written in files."""
    return frozenset(field.alias or name for name, field in model.model_fields.items())


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


M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], tree: Yaml, key: YamlScalar | None = None) -> tuple[M | None, tuple[Diagnostic, ...]]:
    """`tree` as a `model`, or None, and everything that is wrong with it. `key` is what the tree stands under."""
    findings: list[Diagnostic] = []
    try:
        value = model.model_validate(as_input(tree), context=findings)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        unknown = {item.span for item in findings}
        places = [(item, _Place.of(tree, _owner(item), key)) for item in details]
        findings += [_diagnostic(item, at) for item, at in places if not _is_misspelt(item, at.node, unknown)]
        return None, tuple(findings)
    return (None if findings else value), tuple(findings)


def _owner(error: Mapping[str, Any]) -> tuple[int | str, ...]:
    """Where an error is: a field that is missing, in the group that lacks it."""
    location: tuple[int | str, ...] = error["loc"]
    return location[:-1] if error["type"] == "missing" else location


def _is_misspelt(error: Mapping[str, Any], node: Yaml, unknown: set[Span | None]) -> bool:
    """Whether a missing field is there under a name like its own, which has been reported already."""
    if error["type"] != "missing" or not isinstance(node, YamlMapping):
        return False
    field = str(error["loc"][-1])
    return any(key.span in unknown and suggest(key.text, [field]) for key, _ in node.entries)


def _diagnostic(error: Mapping[str, Any], where: _Place) -> Diagnostic:
    kind = error["type"]
    if kind == "missing":
        return _missing(where, str(error["loc"][-1]))
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, Unexpected):
        return finding(cause.rule, cause.message, where.span, help=cause.help)
    expected = _SHAPES.get(kind)
    if expected is not None:
        return finding("wrong-shape", f"expected {expected}, found {found(where.node)}", where.span)
    return finding("wrong-value", str(error["msg"]).lower().rstrip("."), where.span)


_SHAPES: Final = {
    "model_type": "fields",
    "dict_type": "fields",
    "mapping_type": "fields",
    "list_type": "a list",
    "tuple_type": "a list",
}


def _missing(where: _Place, field: str) -> Diagnostic:
    """A field left out, at the key its fields stand under; a field left empty, at its own key."""
    own = where.node.key(field) if isinstance(where.node, YamlMapping) else None
    if own is not None:
        return finding("empty-field", f"`{field}` has no value", own.span, help=f"write a value after `{field}:`")
    owner = f" of `{where.key.text}`" if where.key is not None else ""
    span = where.key.span if where.key is not None else beginning(where.node)
    return finding("missing-field", f"`{field}`{owner} is missing", span, help=f"add `{field}:`")


@dataclass(frozen=True, slots=True)
class _Place:
    """The part of a tree that an error is about, and the key it stands under."""

    node: Yaml
    key: YamlScalar | None = None
    at_key: bool = False

    @property
    def span(self) -> Span:
        if self.key is not None and (self.at_key or self._is_block()):
            return self.key.span
        return beginning(self.node) if self._is_block() else self.node.span

    def _is_block(self) -> bool:
        return not isinstance(self.node, YamlScalar) or self.node.empty

    @classmethod
    def of(cls, tree: Yaml, location: tuple[int | str, ...], key: YamlScalar | None = None) -> _Place:
        place = cls(tree, key)
        for step in location:
            place = place._step(step)
        return place

    def _step(self, step: int | str) -> _Place:
        match self.node, step:
            case YamlSequence(items=items), int(index) if index < len(items):
                return _Place(items[index])
            case YamlMapping(entries=entries), str(name):
                for key, value in entries:
                    if key.text == name:
                        return _Place(value, key)
            case _, "[key]":
                return _Place(self.node, self.key, at_key=True)
        return self
