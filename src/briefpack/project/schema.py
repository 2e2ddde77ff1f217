"""JSON Schemas of a project's files, for completion and checks in an editor (JSON Schema 2020-12).

The schema of a brief follows the project: its layouts, with the slots of each, its audiences and its
contacts are offered by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, get_args

from pydantic.json_schema import models_json_schema

from briefpack.project.layouts import LayoutSpec, Slot, SlotType
from briefpack.project.models import Brief, Campaign, Facts, Messages, Model, Pack, Sources
from briefpack.project.slots import BARE, ItemsSlot, SlotContent, slot_model
from briefpack.project.theme import Theme

Schema = dict[str, Any]

_KINDS: Final[tuple[SlotType, ...]] = get_args(get_args(SlotType)[0])
_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


def schemas(campaign: Campaign, layouts: Mapping[str, LayoutSpec], briefs: Iterable[str] = ()) -> dict[str, Schema]:
    """A schema for each kind of file, by the kind's name."""
    kinds: dict[str, type[Model]] = {
        "campaign": Campaign,
        "messages": Messages,
        "facts": Facts,
        "sources": Sources,
        "layout": LayoutSpec,
        "theme": Theme,
    }
    plain = {name: model.model_json_schema() for name, model in kinds.items()}
    made = {**plain, "brief": brief_schema(campaign, layouts), "pack": _pack_schema(campaign, briefs)}
    return {name: {"$schema": _DIALECT, **schema} for name, schema in made.items()}


def brief_schema(campaign: Campaign, layouts: Mapping[str, LayoutSpec]) -> Schema:
    """The schema of a brief in a campaign with these layouts."""
    schema = Brief.model_json_schema()
    slots, definitions = _slot_schemas()
    _offer(schema, "layout", (name for name, layout in layouts.items() if layout.slots))
    _offer(schema, "audience", campaign.audiences)
    _offer(schema, "contact", campaign.contacts)
    schema["$defs"] = {**schema.get("$defs", {}), **definitions}
    schema["allOf"] = [_for_layout(name, layout, slots) for name, layout in layouts.items() if layout.slots]
    return schema


def _pack_schema(campaign: Campaign, briefs: Iterable[str]) -> Schema:
    schema = Pack.model_json_schema()
    _offer(schema, "contact", campaign.contacts)
    names = sorted(briefs)
    if names:
        schema["properties"]["papers"]["items"] = {"enum": names}
    return schema


def _offer(schema: Schema, field: str, names: Iterable[str]) -> None:
    """Let `field` be one of `names`."""
    known = schema["properties"][field]
    kept = {key: known[key] for key in ("description",) if key in known}
    schema["properties"][field] = {"enum": sorted(names), **kept}


def _for_layout(name: str, layout: LayoutSpec, slots: Mapping[str, Schema]) -> Schema:
    """What the slots are when the brief is of the layout `name`."""
    fields = {slot: _described(slots[spec.type], spec) for slot, spec in layout.slots.items()}
    required = [slot for slot, spec in layout.slots.items() if spec.required]
    filled = {"type": "object", "properties": fields, "required": required, "additionalProperties": False}
    return {
        "if": {"properties": {"layout": {"const": name}}, "required": ["layout"]},
        "then": {"properties": {"slots": filled}},
    }


def _described(schema: Schema, spec: Slot) -> Schema:
    parts = [spec.description.text if spec.description is not None else "", _limits(spec)]
    description = "; ".join(part for part in parts if part)
    return {**schema, "description": description} if description else schema


def _limits(spec: Slot) -> str:
    words = f"about {spec.words} words" if spec.words is not None else ""
    items = f"at most {spec.items} items" if spec.items is not None else ""
    return ", ".join(part for part in (words, items) if part)


def _slot_schemas() -> tuple[dict[str, Schema], Schema]:
    """The schema of each slot type, and the definitions they refer to."""
    models: list[type[SlotContent]] = list(dict.fromkeys(slot_model(kind) for kind in _KINDS))
    made, whole = models_json_schema([(model, "validation") for model in models], ref_template="#/$defs/{model}")
    definitions: Schema = whole["$defs"]
    return {kind: _slot_schema(kind, made[slot_model(kind), "validation"], definitions) for kind in _KINDS}, definitions


def _slot_schema(kind: SlotType, reference: Schema, definitions: Schema) -> Schema:
    definition: Schema = definitions[str(reference["$ref"]).rpartition("/")[2]]
    if kind in BARE:
        return dict(definition["properties"][BARE[kind]])
    if slot_model(kind) is ItemsSlot:
        return {"anyOf": [definition["properties"]["items"], reference]}
    return reference
