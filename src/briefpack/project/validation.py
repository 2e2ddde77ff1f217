"""Models with places, and the validation of a whole tree.

In comes a tree of texts and the model it is to be, out goes the model or None, and everything that is
wrong with the tree as findings at their places, all at once.
"""

from __future__ import annotations

import inspect
from collections.abc import Collection, Iterator, Mapping, Set
from itertools import compress
from typing import Any, ClassVar, Final, Protocol, Self, TypeVar, dataclass_transform

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, finding, suggest
from briefpack.project.declaring import REQUIRED, Declared, Field
from briefpack.project.fields import Unexpected, as_input, found, remedy
from briefpack.project.tree import Yaml, YamlMapping, YamlScalar, YamlSequence, beginning, walk


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
class Model:
    """A group of fields. Names are written with hyphens in files; a field left empty counts as left out.

    Made in Python, it takes what it is given. A model that comes from a file keeps its places.
    """

    model_fields: ClassVar[Mapping[str, Declared]] = {}
    aliases: ClassVar[frozenset[str]] = frozenset()
    """The names of the fields as they are written in files."""
    _later: ClassVar[tuple[str, ...]] = ()
    """What of a model that was kept is read when it is first asked for."""
    _node: ClassVar[YamlMapping | None] = None
    _key: ClassVar[YamlScalar | None] = None

    def __init_subclass__(cls) -> None:
        own = {name: kind for name, kind in inspect.get_annotations(cls).items() if not name.startswith("_")}
        said = {name: cls.__dict__.get(name, REQUIRED) for name in own}
        cls.model_fields = {**cls.model_fields, **{name: _declared(name, own[name], said[name]) for name in own}}
        cls.aliases = frozenset(field.alias for field in cls.model_fields.values())
        for name, value in said.items():
            if isinstance(value, Declared):
                delattr(cls, name)
        for name in cls._later:
            type.__setattr__(cls, name, _Later(name, getattr(cls, name, REQUIRED)))

    def __init__(self, **values: Any) -> None:
        fields = self.model_fields
        strange = values.keys() - fields.keys()
        missing = [name for name, field in fields.items() if field.required and name not in values]
        if strange or missing:
            raise TypeError(f"{type(self).__name__} without {missing} and with {sorted(strange)}")
        vars(self).update({name: values[name] if name in values else fields[name].value() for name in fields})

    @classmethod
    def of(cls, values: Mapping[str, Any], node: YamlMapping | None = None, key: YamlScalar | None = None) -> Self:
        """The model with `values` for all its fields, which stand at `node` under `key`."""
        made = cls.__new__(cls)
        inner = vars(made)
        inner.update(values)
        if node is not None:
            inner.update(_node=node, _key=key)
        made._settle()
        return made

    def _settle(self) -> None:
        """Look at the fields together when they have been read. Raises Unexpected."""

    @classmethod
    def model_construct(cls, **values: Any) -> Self:
        """The model with `values`, whatever else it needs; nobody looks at them."""
        made = cls.__new__(cls)
        vars(made).update({name: field.value() for name, field in cls.model_fields.items() if not field.required})
        vars(made).update(values)
        return made

    @classmethod
    def model_validate(cls, values: object) -> Self:
        """The model that `values`, of Python, describe. Raises TypeError with what is wrong with them."""
        from briefpack.project.twins import read

        made, errors = read(cls, values, [])
        if errors:
            raise TypeError(errors)
        return made  # type: ignore[no-any-return]

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """The same with some fields replaced."""
        made = type(self).__new__(type(self))
        vars(made).update(self, **(update or {}), **self._places())
        return made

    def _places(self) -> dict[str, Any]:
        return {"_node": self._node, "_key": self._key} if self._node is not None else {}

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        from briefpack.project.twins import twin_of

        return handler.generate_schema(twin_of(cls))

    def put_off(self, later: Kept, name: str) -> Self:
        """The same, of which the parts that may be read later are those that `later` has under `name`."""
        made = type(self).__new__(type(self))
        vars(made).update({own: value for own, value in vars(self).items() if own not in self._later})
        vars(made)[_KEPT] = (later, name)
        return made

    def later_parts(self) -> dict[str, Any]:
        """The parts that may be read later, as far as there are any."""
        self._read()
        return {name: value for name, value in vars(self).items() if name in self._later}

    def _read(self) -> None:
        """Read what was put off."""
        kept = vars(self).pop(_KEPT, None)
        if kept is not None:
            later, name = kept
            vars(self).update(later.value()[name])

    def __iter__(self) -> Iterator[tuple[str, Any]]:
        """The fields, each with its name."""
        self._read()
        inner = vars(self)
        return ((name, inner[name]) for name in self.model_fields if name in inner)

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self) or not isinstance(other, Model):
            return False
        return list(self) == list(other) and self._places() == other._places()

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self)})"

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


class Kept(Protocol):
    """Values by name, read when they are first asked for."""

    def value(self) -> Mapping[str, Mapping[str, Any]]: ...


# Where a model has what it was put off to.
_KEPT: Final = "_kept"


class _Later:
    """A part of a model that it may have to read first; where there is none it is as the class has it."""

    def __init__(self, name: str, otherwise: Any) -> None:
        self._name, self._otherwise = name, otherwise

    def __get__(self, model: Model | None, kind: type[Model]) -> Any:
        if model is not None:
            model._read()
            if self._name in vars(model):
                return vars(model)[self._name]
        if self._otherwise is REQUIRED:
            raise AttributeError(self._name)
        return self._otherwise


def _declared(name: str, annotation: Any, said: Any) -> Declared:
    """The field `name`; `said` is what stands behind its type."""
    if isinstance(said, Declared):
        return Declared(
            said.default, said.default_factory, said.description, said.written, annotation=annotation, name=name
        )
    return Declared(said, annotation=annotation, name=name)


M = TypeVar("M", bound=Model)

StandIns = Mapping[str, str | tuple[()]]
"""What stands for fields that a model cannot be without: a text, or a list of nothing."""


def validate(model: type[M], tree: Yaml, key: YamlScalar | None = None) -> tuple[M | None, tuple[Diagnostic, ...]]:
    """`tree` as a `model`, or None, and everything that is wrong with it. `key` is what the tree stands under."""
    from briefpack.project.twins import read

    findings: list[Diagnostic] = []
    value, details = read(model, as_input(tree), findings)
    if details:
        unknown = {item.span for item in findings}
        places = [(item, _Place.of(tree, _owner(item), key)) for item in details]
        findings += [_diagnostic(item, at) for item, at in places if not _is_misspelt(item, at.node, unknown)]
        return None, tuple(findings)
    return (None if findings else value), tuple(findings)


def validate_in_part(
    model: type[M], tree: Yaml, stand_ins: StandIns, by_entry: Collection[str] = ()
) -> tuple[M | None, tuple[tuple[str, str], ...]]:
    """`tree` as a `model` without those of its fields that are wrong, so that the others can be looked at; and what
    was left out of the fields `by_entry`, of which only the entries that are wrong are: their field, and their name.

    None where a field is wrong that the model cannot be without, and that none of `stand_ins` stands for.
    """
    from briefpack.project.twins import read

    if not isinstance(tree, YamlMapping):
        return None, ()
    findings: list[Diagnostic] = []
    _, details = read(model, as_input(tree), findings)
    wrong = {tuple(map(str, item["loc"][:2])) for item in details if item["loc"]}
    strange = {item.span for item in findings}
    sound: list[tuple[YamlScalar, Yaml]] = []
    left: list[tuple[str, str]] = []
    for key, value in tree.entries:
        inner = [steps[1] for steps in wrong if steps[0] == key.text and len(steps) == 2]
        whole = key.span in strange or (key.text,) in wrong
        if key.text in by_entry and not whole and not isinstance(value, YamlScalar):
            rest, names = _without(value, inner, strange)
            sound.append((key, rest))
            left += [(key.text, name) for name in names]
        elif not whole and not inner and strange.isdisjoint(_key_spans(value)):
            sound.append((key, value))
    span = beginning(tree)
    lacking = stand_ins.keys() - {key.text for key, _ in sound}
    sound += [(YamlScalar(name, span), _stand_in(stand_ins[name], span)) for name in sorted(lacking)]
    part, _ = validate(model, YamlMapping(tuple(sound), tree.span))
    return part, tuple(left)


def _stand_in(value: str | tuple[()], span: Span) -> Yaml:
    return YamlScalar(value, span) if isinstance(value, str) else YamlSequence((), span)


def _without(
    node: YamlMapping | YamlSequence, steps: Collection[str], strange: Set[Span | None]
) -> tuple[Yaml, list[str]]:
    """`node` without the entries at `steps`, and those with `strange` keys; and their names."""
    entries = (
        [(str(at), item, item) for at, item in enumerate(node.items)]
        if isinstance(node, YamlSequence)
        else [(key.text, key, value) for key, value in node.entries]
    )
    sound = [
        step not in steps and key.span not in strange and strange.isdisjoint(_key_spans(value))
        for step, key, value in entries
    ]
    names = [_name(step, value) for (step, _, value), good in zip(entries, sound, strict=True) if not good]
    if isinstance(node, YamlSequence):
        return YamlSequence(tuple(compress(node.items, sound)), node.span), names
    return YamlMapping(tuple(compress(node.entries, sound)), node.span), names


def _name(step: str, value: Yaml) -> str:
    """What an entry is called: in a list by its id."""
    id = value.get("id") if isinstance(value, YamlMapping) and step.isdigit() else None
    return id.text if isinstance(id, YamlScalar) else step


def _key_spans(node: Yaml) -> Iterator[Span]:
    """The places of all keys below `node`."""
    for each in walk(node):
        if isinstance(each, YamlMapping):
            yield from (key.span for key, _ in each.entries)


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


def is_misspelt_in(tree: YamlMapping, field: str, model: type[Model]) -> bool:
    """Whether `tree`, which is to be a `model`, has a field that is none and whose name is like that of `field`."""
    return any(key.text not in model.aliases and suggest(key.text, [field]) for key, _ in tree.entries)


def _diagnostic(error: Mapping[str, Any], where: _Place) -> Diagnostic:
    kind = error["type"]
    if kind == "missing":
        return _missing(where, str(error["loc"][-1]))
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, Unexpected):
        return finding(cause.rule, cause.message, where.span, help=cause.help)
    expected = _SHAPES.get(kind)
    if expected is not None:
        message = f"expected {expected}, found {found(where.node)}"
        return finding("wrong-shape", message, where.span, help=remedy(expected))
    message = str(error["msg"]).lower().rstrip(".")
    return finding("wrong-value", message, where.span, help="write what the message says")


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
