"""JSON Schemas of a project's files, for completion and checks in an editor (JSON Schema draft-07).

Draft-07 is the newest that the language servers of editors know as a whole. A schema follows the models that
read the files, and the project: the slots of each layout with their budgets, and the names of messages, facts,
sources, audiences, contacts, layouts, briefs, colours and typefaces, each with a line that says what it is. A name
that a file of the project may use is in `NAMED` or `KEYED`; what cannot be said in a schema is left to `check`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field
from types import MappingProxyType
from typing import Any, Final, Literal, get_args

from briefpack.dataclass import dataclass
from briefpack.diagnostics import RULES
from briefpack.project.fields import Spoken
from briefpack.project.layouts import LayoutSpec, Slot, SlotType
from briefpack.project.load import Project
from briefpack.project.models import Brief, Campaign, Fact, Facts, Message, Messages, Model, Pack, Sources
from briefpack.project.slots import BARE, ItemsSlot, slot_model
from briefpack.project.theme import Theme
from briefpack.project.twins import schema_of, schemas_of
from briefpack.project.variants import base_name

Schema = dict[str, Any]

Named = Literal[
    "audiences",
    "bases",
    "briefs",
    "colours",
    "contacts",
    "facts",
    "layouts",
    "messages",
    "packs",
    "readers",
    "rules",
    "slots",
    "sources",
    "typefaces",
]
"""What a project has names for. `bases` are briefs that are no variants; `layouts` are of briefs and `packs` of packs;
`readers` are audiences and the documents they are handed; `rules` may be set."""

# The fields of models that hold such a name, or a list of them.
NAMED: Final[Mapping[str, Mapping[str, Named]]] = MappingProxyType(
    {
        "AgendaEntry": {"paper": "briefs"},
        "BoxStyle": {"ground": "colours", "border": "colours"},
        "Brief": {"extends": "bases", "layout": "layouts", "audience": "audiences", "contact": "contacts"},
        "Campaign": {"credited-sources": "sources"},
        "ChartRowEntry": {"fact": "facts"},
        "ChartStyle": {"mark": "colours", "second": "colours", "ground": "colours"},
        "ContactSlot": {"contact": "contacts"},
        "Fact": {"source": "sources"},
        "Message": {"source": "sources", "must-appear": "readers", "must-not-appear": "readers"},
        "MessageSlot": {"message": "messages"},
        "Pack": {"layout": "packs", "contact": "contacts", "papers": "briefs"},
        "StatSlot": {"fact": "facts"},
        "TableStyle": {"rule": "colours", "head-rule": "colours", "head-ground": "colours"},
        "TextStyle": {"typeface": "typefaces", "color": "colours"},
        "Waiver": {"rule": "rules", "slot": "slots"},
    }
)

# The fields whose keys are such names.
KEYED: Final[Mapping[str, Mapping[str, Named]]] = MappingProxyType(
    {
        "Brief": {"facts": "facts"},
        "Campaign": {"rules": "rules"},
        "Fact": {"means": "audiences", "wording": "audiences", "rounding": "audiences"},
        "Message": {"wording": "audiences", "gloss": "audiences"},
    }
)

_KINDS: Final[tuple[SlotType, ...]] = get_args(get_args(SlotType)[0])
_DIALECT: Final = "http://json-schema.org/draft-07/schema#"
_REFERENCE: Final = "#/definitions/{model}"


@dataclass(frozen=True, slots=True)
class Names:
    """The names that a project has of each kind, with a line about each."""

    of: Mapping[Named, Mapping[str, str]]
    layouts: Mapping[str, LayoutSpec] = field(default_factory=dict)

    @classmethod
    def in_project(cls, project: Project) -> Names:
        campaign, theme = project.campaign, project.theme
        audiences = {name: str(item.name) for name, item in campaign.audiences.items()}
        documents = {name: str(item.title) for name, item in project.briefs.items()}
        documents |= {name: str(item.title) for name, item in project.packs.items()}
        briefs = {name: layout for name, layout in project.layouts.items() if layout.slots}
        packs = {name: layout for name, layout in project.layouts.items() if not layout.slots}
        return cls(
            {
                "audiences": audiences,
                "bases": {name: str(item.title) for name, item in project.briefs.items() if name == base_name(name)},
                "briefs": {name: str(item.title) for name, item in project.briefs.items()},
                "colours": dict(theme.palette),
                "contacts": {name: _about(item.name, item.role) for name, item in campaign.contacts.items()},
                "facts": {
                    name: _about(_number(item.value), item.unit, item.qualifier, item.note)
                    for name, item in project.facts.items()
                },
                "layouts": {name: _about(item.name, item.description) for name, item in briefs.items()},
                "messages": {name: _wordings(item) for name, item in project.messages.items()},
                "packs": {name: _about(item.name, item.description) for name, item in packs.items()},
                "readers": documents | audiences,
                "rules": {rule.code: rule.summary for rule in RULES.values() if rule.settable},
                "slots": {
                    slot: _about(item.description) for spec in briefs.values() for slot, item in spec.slots.items()
                },
                "sources": {
                    name: _about(item.title, item.issued.year if item.issued is not None else None)
                    for name, item in project.sources.items()
                },
                "typefaces": dict(theme.typefaces),
            },
            project.layouts,
        )


def _about(*parts: object) -> str:
    parts = tuple(part.every()[0] if isinstance(part, Spoken) else part for part in parts)
    return "; ".join(" ".join(str(part).split()) for part in parts if part is not None)


def _number(value: object) -> str | None:
    return str(value) if value is not None else None


def _wordings(message: Message) -> str:
    return "\n".join(f"{audience}: {_about(text)}" for audience, text in message.wording.items())


def schemas(names: Names) -> dict[str, Schema]:
    """A schema for each kind of file by the kind's name; `brief` knows all layouts, `brief-<layout>` one."""
    kinds: dict[str, type[Model]] = {
        "campaign": Campaign,
        "messages": Messages,
        "facts": Facts,
        "sources": Sources,
        "layout": LayoutSpec,
        "theme": Theme,
        "pack": Pack,
    }
    made = {name: _schema(model, names) for name, model in kinds.items()}
    made["brief"] = brief_schema(names)
    for name, layout in names.layouts.items():
        if layout.slots:
            made[f"brief-{name}"] = brief_schema(names, name)
    return {name: {"$schema": _DIALECT, **made[name]} for name in sorted(made)}


def brief_schema(names: Names, layout: str | None = None) -> Schema:
    """The schema of a brief of any layout of the project, or of `layout`."""
    schema, slots = _schema(Brief, names), _SlotSchemas.of(names)
    known = {name: spec for name, spec in names.layouts.items() if spec.slots and layout in (None, name)}
    # A brief that extends another takes from it what it does not say itself.
    schema["if"], schema["else"] = {"required": ["extends"]}, {"required": schema.pop("required")}
    if layout is not None:
        schema["properties"]["layout"] = {**schema["properties"]["layout"], "enum": [layout]}
        schema["properties"]["layout"]["enumDescriptions"] = [names.of["layouts"][layout]]
        filled = slots.filled(known[layout])
        schema["else"]["properties"] = {"slots": {"required": filled.pop("required")}}
        schema["properties"]["slots"] |= filled
    else:
        schema["allOf"] = [_for_layout(name, slots.filled(spec)) for name, spec in known.items()]
    fact = _schema(Fact, names)
    definitions = {**schema.get("definitions", {}), **slots.definitions, **fact.get("definitions", {})}
    _each(schema["properties"]["facts"], "FactOverride")
    _each(schema["properties"]["variants"], "Variant")
    variant = _partial(_variant(schema))
    return {**schema, "definitions": {**definitions, "FactOverride": _partial(fact), "Variant": variant}}


_NOTHING: Final[Schema] = {"type": "null"}


def _variant(schema: Schema) -> Schema:
    """What a variant of a brief may say: all that the brief may, but for what it extends and variants of its own."""
    fields = {name: each for name, each in schema["properties"].items() if name not in ("extends", "variants")}
    slots = fields["slots"]
    return {"title": "variant", "type": "object", "properties": {**fields, "slots": _partial(slots)}}


def _partial(schema: Schema) -> Schema:
    """`schema` of fields laid over others: none is needed, and an empty one takes away what was there."""
    kept = {key: value for key, value in schema.items() if key not in ("required", "definitions", "description")}
    if "properties" in kept:
        kept["properties"] = {
            name: {"anyOf": [each, _NOTHING], **({"description": each["description"]} if "description" in each else {})}
            for name, each in kept["properties"].items()
        }
        kept["additionalProperties"] = False
    return kept


def _each(schema: Schema, model: str) -> None:
    """Have each of the fields of `schema` be a `model`; what it says of a field stays."""
    value = {"$ref": _REFERENCE.format(model=model)}
    for keys in ("properties", "patternProperties"):
        for name, each in schema.get(keys, {}).items():
            about = each.get("description")
            schema[keys][name] = {"allOf": [value], "description": about} if about else value


def _for_layout(name: str, filled: Schema) -> Schema:
    """What the slots are when the brief is of the layout `name`."""
    same_layout = {"if": {"not": {"required": ["layout"]}}, "then": {"properties": {"slots": _partial(filled)}}}
    return {
        "if": {"properties": {"layout": {"const": name}}, "required": ["layout"]},
        "then": {"properties": {"slots": filled, "variants": {"additionalProperties": same_layout}}},
    }


@dataclass(frozen=True, slots=True)
class _SlotSchemas:
    """The schema of each slot type, and the definitions they refer to."""

    kinds: Mapping[SlotType, Schema]
    definitions: Schema

    @classmethod
    def of(cls, names: Names) -> _SlotSchemas:
        models: list[type[Model]] = list(dict.fromkeys(slot_model(kind) for kind in _KINDS))
        made, whole = schemas_of(models, _REFERENCE)
        definitions = _finished({"$defs": whole["$defs"]}, names)["definitions"]
        return cls(
            {kind: _slot_schema(kind, made[slot_model(kind)], definitions) for kind in _KINDS},
            definitions,
        )

    def filled(self, layout: LayoutSpec) -> Schema:
        """What the slots of `layout` are filled with."""
        return {
            "title": "slots",
            "type": "object",
            "properties": {slot: self._described(spec) for slot, spec in layout.slots.items()},
            "required": [slot for slot, spec in layout.slots.items() if spec.required],
            "additionalProperties": False,
        }

    def _described(self, spec: Slot) -> Schema:
        schema = self.kinds[spec.type]
        if spec.items is not None:
            schema = _at_most(spec.items, schema)
        parts = [spec.description.text if spec.description is not None else "", _limits(spec)]
        description = "; ".join(part for part in parts if part)
        return {**schema, "description": description} if description else schema


def _slot_schema(kind: SlotType, reference: Schema, definitions: Schema) -> Schema:
    definition: Schema = definitions[str(reference["$ref"]).rpartition("/")[2]]
    if kind in BARE:
        return dict(definition["properties"][BARE[kind]])
    if slot_model(kind) is ItemsSlot:
        return {"anyOf": [definition["properties"]["items"], reference]}
    return reference


def _at_most(items: int, schema: Schema) -> Schema:
    """`schema` of a slot that has no more than so many items or rows."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [_at_most(items, option) for option in schema["anyOf"]]}
    if schema.get("type") == "array":
        return {**schema, "maxItems": items}
    limits = {name: {"maxItems": items} for name in ("items", "rows")}
    return {"allOf": [schema, {"properties": limits}]}


def _limits(spec: Slot) -> str:
    words = f"about {spec.words} words" if spec.words is not None else ""
    items = f"at most {spec.items} items" if spec.items is not None else ""
    return ", ".join(part for part in (words, items) if part)


# ------------------------------------------------------------------------------------------- from the models


def _schema(model: type[Model], names: Names) -> Schema:
    return _finished(schema_of(model, _REFERENCE), names)


def _finished(schema: Schema, names: Names) -> Schema:
    """A schema of pydantic's with the names of the project and without what only pydantic needs."""
    definitions = {name: _named(name, item, names) for name, item in schema.pop("$defs", {}).items()}
    whole = _named(str(schema.get("title", "")), schema, names)
    return _tidied({**whole, "definitions": definitions} if definitions else whole)


def _named(model: str, schema: Schema, names: Names) -> Schema:
    """The schema of `model` with the names that its fields may hold."""
    properties = dict(schema.get("properties", {}))
    for name, kind in NAMED.get(model, {}).items():
        properties[name] = _offering(properties[name], names.of[kind])
    for name, kind in KEYED.get(model, {}).items():
        properties[name] = _keyed(properties[name], names.of[kind])
    return {**schema, "properties": properties} if properties else schema


def _offering(schema: Schema, known: Mapping[str, str]) -> Schema:
    """`schema` of a name, an optional one or a list of them, that is one of `known`."""
    if "anyOf" in schema:
        return {**schema, "anyOf": [_offering(option, known) for option in schema["anyOf"]]}
    if schema.get("type") == "array":
        return {**schema, "items": _offering(schema["items"], known)}
    if schema.get("type") != "string" or not known:
        return schema
    kept: Schema = {key: schema[key] for key in ("description", "default", "type") if key in schema}
    about = sorted(known)
    return {**kept, "enum": about, "enumDescriptions": [known[name] for name in about]}


def _keyed(schema: Schema, known: Mapping[str, str]) -> Schema:
    """`schema` of fields whose keys are of `known`."""
    (value,) = schema["patternProperties"].values()
    fields = {name: {**value, "description": about} for name, about in sorted(known.items())}
    rest = {key: item for key, item in schema.items() if key != "patternProperties"}
    return {**rest, "properties": fields, "additionalProperties": False}


def _tidied(schema: Schema) -> Schema:
    """`schema` without titles that only repeat a name, and with nothing offered that nobody writes.

    That a field may be left empty is not said, or an editor would offer `null`.
    """
    tidy = {key: _tidied_value(key, value) for key, value in schema.items()}
    if "properties" in tidy and "title" in tidy:
        tidy["title"] = _spoken(str(tidy["title"]))
    else:
        tidy.pop("title", None)
    if tidy.get("default", ...) is None:
        tidy.pop("default")
    if "patternProperties" in tidy:
        tidy["additionalProperties"] = False
    options = [option for option in tidy.get("anyOf", ()) if option != {"type": "null"}]
    if len(options) == 1:
        tidy.pop("anyOf")
        tidy = {**options[0], **tidy}
    return tidy


def _spoken(model: str) -> str:
    """What an editor calls the fields of `model`: those of a `CardEntry` are a card."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", model.removesuffix("Entry").removesuffix("Slot").removesuffix("Spec"))
    return words.lower()


def _tidied_value(key: str, value: Any) -> Any:
    if key in ("properties", "definitions", "patternProperties"):
        return {name: _tidied(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_tidied(item) if isinstance(item, dict) else item for item in value]
    return _tidied(value) if isinstance(value, dict) and key != "default" else value
