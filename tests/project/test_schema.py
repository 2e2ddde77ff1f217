"""The schemas that editors complete and check with, judged by an implementation that is not ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final, get_args

import pytest
import yaml

from briefpack import api
from briefpack.content import check_project
from briefpack.diagnostics import Severity
from briefpack.project import models, slots, theme
from briefpack.project.editors import kind_of
from briefpack.project.files import DictFiles
from briefpack.project.layouts import LayoutSpec, SlotType
from briefpack.project.load import Project, load_project
from briefpack.project.schema import KEYED, NAMED, Names, brief_schema, schemas
from briefpack.project.validation import Model
from tests.campaigns import put, shipped, swap
from tests.project.sample import FILES

jsonschema = pytest.importorskip("jsonschema")


class CoreLoader(yaml.SafeLoader):
    """YAML as editors read it: by the core schema of YAML 1.2 (10.3.2), where `yes` and a date are texts."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 -- filled below


for tag, pattern, first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^[-+]?[0-9]+$", list("-+0123456789")),
    ("float", r"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$", list("-+.0123456789")),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)


def read(text: str) -> Any:
    return yaml.load(text, CoreLoader)  # noqa: S506 -- a safe loader


def project(files: Mapping[str, str]) -> Project:
    loaded = load_project(DictFiles(files))
    assert loaded.project is not None
    return loaded.project


@cache
def validators() -> dict[str, Any]:
    made = schemas(Names.in_project(project(shipped())))
    return {kind: jsonschema.Draft7Validator(schema) for kind, schema in made.items()}


def wrong(path: str, text: str) -> Any:
    """What the schema of the file `path` says is wrong with `text`: the worst, or None."""
    kind = kind_of(path)
    assert kind is not None
    return jsonschema.exceptions.best_match(validators()[kind].iter_errors(read(text)))


# --------------------------------------------------------------------------------------------- good files


def test_every_kind_of_file_has_a_schema_and_every_layout_one_of_its_own() -> None:
    made = schemas(Names.in_project(project(FILES)))
    kinds = ["brief", "brief-sheet", "campaign", "facts", "layout", "messages", "pack", "sources", "theme"]
    assert sorted(made) == kinds
    assert json.loads(json.dumps(made)) == made


def test_schemas_are_schemas() -> None:
    for validator in validators().values():
        jsonschema.Draft7Validator.check_schema(validator.schema)
        assert validator.schema["$schema"] == "http://json-schema.org/draft-07/schema#"


YAMLS: Final = [path for path in shipped() if path.endswith(".yaml")]
STATUS: Final = "    must-appear: [policymakers, clinicians, media, community]\n    status: approved\n    approved-by"


@pytest.mark.parametrize("path", YAMLS)
def test_every_shipped_file_is_valid(path: str) -> None:
    error = wrong(path, shipped()[path])
    assert error is None, f"{list(error.absolute_path)}: {error.message}"


@pytest.mark.parametrize("name", ["clinicians", "community", "policymakers"])
def test_a_brief_is_valid_by_the_schema_of_its_layout_alone(name: str) -> None:
    brief = read(shipped()[f"briefs/{name}.yaml"])
    assert [kind for kind in validators() if kind.startswith("brief-") and validators()[kind].is_valid(brief)] == [
        f"brief-{brief['layout']}"
    ]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("layouts/handout/layout.yaml", "exactly: no", "exactly: FALSE"),
        ("layouts/handout/layout.yaml", "exactly: no", 'exactly: "Yes"'),
        ("layouts/handout/layout.yaml", "pages: 2", 'pages: "2"'),
        ("briefs/facts.yaml", "    value: 8760\n", '    value: "8760.0"\n'),
        ("briefs/community.yaml", "headline: A peer can help with your diabetes", "headline: 8760"),
        ("briefs/community.yaml", "headline: A peer can help with your diabetes", "headline: no"),
        ("briefs/community.yaml", "stance: neutral\n", ""),
        (
            "briefs/community.yaml",
            "stance: neutral",
            "variants: {hill: {title: A, slots: {disclaimer: , headline: B}}}",
        ),
        ("briefs/community.yaml", "stance: neutral", "variants: {hill: {facts: {hours-with-clinician: {value: 8}}}}"),
        ("briefs/community.yaml", "stance: neutral", "facts: {hours-with-clinician: {value: 8, qualifier: }}"),
        ("briefs/messages.yaml", STATUS, "    status: {community: draft, en: draft}\n    approved-by"),
        ("briefs/messages.yaml", STATUS, "    status: draft\n    must-appear: [launch-meeting]\n    approved-by"),
        ("briefs/facts.yaml", "    unit: hours a day", "    unit: {en: hours a day, es: horas al día}"),
        ("briefs/campaign.yaml", "language: en\n", 'language: en\nterms: {sv: {source: "Källa {number}"}}\n'),
        ("layouts/handout/layout.yaml", "channel:", "waive: [{rule: unsourced-number, why: x}]\nchannel:"),
        ("briefs/packs/launch-meeting.yaml", "time: 14:00 to 15:00", "time: 14:00"),
    ],
)
def test_what_the_reader_takes_is_valid(path: str, old: str, new: str) -> None:
    """Near misses: things that look wrong to YAML 1.2 or to a strict schema and that Briefpack reads."""
    changed = swap(shipped(), path, old, new)
    assert wrong(path, changed[path]) is None
    found = load_project(DictFiles(changed)).diagnostics
    assert [item.rule for item in found] == []


# ---------------------------------------------------------------------------------------------- bad files

BAD: Final[tuple[tuple[str, str, str, list[str | int]], ...]] = (
    ("briefs/community.yaml", "layout: handout", "layout: handuot", ["layout"]),
    ("briefs/community.yaml", "audience: community", "audience: comunity", ["audience"]),
    ("briefs/community.yaml", "stance: neutral", "stance: neutrall", ["stance"]),
    ("briefs/community.yaml", "date: 2026-11-23", "date: 23 November", ["date"]),
    ("briefs/community.yaml", "date: 2026-11-23\n", "", []),
    ("briefs/community.yaml", "date: 2026-11-23", "dtae: 2026-11-23", []),
    ("briefs/community.yaml", "message: hours", "message: hour", ["slots", "message"]),
    ("briefs/community.yaml", "    fact: hours-on-your-own", "    fact: hours", ["slots", "number", "fact"]),
    ("briefs/community.yaml", "    units: 365", "    units: many", ["slots", "hours", "units"]),
    ("briefs/community.yaml", "    kind: waffle", "    kind: pie", ["slots", "hours", "kind"]),
    ("briefs/community.yaml", "  contact: campaign-desk", "  contact: desk", ["slots", "contact"]),
    ("briefs/community.yaml", "    heading: What is a peer?", "    haeding: What?", ["slots", "what"]),
    ("briefs/community.yaml", "  headline: A peer", "  headlin: A peer", ["slots"]),
    (
        "briefs/community.yaml",
        "  headline: A peer can help with your diabetes",
        "  headline: [a]",
        ["slots", "headline"],
    ),
    (
        "briefs/community.yaml",
        "      - Who will my peer be?",
        "      - Who?\n      - 1\n      - 2",
        ["slots", "checklist", "items"],
    ),
    ("briefs/community.yaml", "stance: neutral", "extends: policymaker", ["extends"]),
    (
        "briefs/community.yaml",
        "stance: neutral",
        "variants: {hill: {audience: comunity}}",
        ["variants", "hill", "audience"],
    ),
    ("briefs/community.yaml", "stance: neutral", "variants: {hill: {variants: {}}}", ["variants", "hill"]),
    (
        "briefs/community.yaml",
        "stance: neutral",
        "variants: {hill: {slots: {message: hour}}}",
        ["variants", "hill", "slots", "message"],
    ),
    (
        "briefs/community.yaml",
        "stance: neutral",
        "variants: {hill: {slots: {headlin: A}}}",
        ["variants", "hill", "slots"],
    ),
    (
        "briefs/community.yaml",
        "stance: neutral",
        "facts: {hours-with-clinician: {value: eight}}",
        ["facts", "hours-with-clinician", "value"],
    ),
    ("briefs/community.yaml", "stance: neutral", "facts: {hours-with-clinicians: {value: 8}}", ["facts"]),
    (
        "briefs/messages.yaml",
        "must-appear: [policymakers, clinicians, media, community]",
        "must-appear: [policymaker]",
        ["messages", "hours", "must-appear", 0],
    ),
    (
        "briefs/messages.yaml",
        STATUS,
        "    status: aproved\n    approved-by",
        ["messages", "hours", "status"],
    ),
    (
        "briefs/messages.yaml",
        STATUS,
        "    status: {es: aproved}\n    approved-by",
        ["messages", "hours", "status", "es"],
    ),
    (
        "briefs/campaign.yaml",
        "language: en\n",
        "language: en\nterms: {sv: {source: Källa}}\n",
        ["terms", "sv", "source"],
    ),
    ("briefs/campaign.yaml", "language: en\n", "language: en\nterms: {sv: {sauce: Källa}}\n", ["terms", "sv"]),
    (
        "briefs/campaign.yaml",
        "language: en\n",
        "language: en\nwaive: [{rule: overset, why: x}]\n",
        ["waive", 0, "rule"],
    ),
    ("briefs/facts.yaml", "    value: 8760\n", "    value: 8,760\n", ["facts", "hours-on-your-own", "value"]),
    ("briefs/facts.yaml", "    source: shubrook-2018", "    source: shubrook", ["facts", "self-care-hours", "source"]),
    (
        "briefs/facts.yaml",
        "      community: hours a year you",
        "      comunity: hours a year you",
        ["facts", "hours-on-your-own", "means"],
    ),
    (
        "briefs/messages.yaml",
        "      community: These are all",
        "      people: These are all",
        ["messages", "hours", "gloss"],
    ),
    ("briefs/sources.yaml", "    type: chapter", "    type: thesis", ["references", 6, "type"]),
    ("briefs/sources.yaml", "    issued: 2018", "    issued: last year", ["references", 11, "issued"]),
    ("briefs/campaign.yaml", "language: en", "language: English!", ["language"]),
    ("briefs/campaign.yaml", "smallest-type: 14pt", "smallest-type: 14", ["audiences", "community", "smallest-type"]),
    ("briefs/packs/launch-meeting.yaml", "papers:\n  - policymakers", "papers:\n  - policymaker", ["papers", 0]),
    ("briefs/packs/launch-meeting.yaml", "    for: information", "    for: fun", ["agenda", 0, "for"]),
    (
        "layouts/theme.yaml",
        "stat-caption: {step: 0, leading: 1.3, color: paper",
        "stat-caption: {step: 0, leading: 1.3, color: white",
        ["text-styles", "stat-caption", "color"],
    ),
    ("layouts/theme.yaml", 'ink: "#1b2730"', 'ink: "black"', ["palette", "ink"]),
    ("layouts/handout/layout.yaml", "pages: 2", "pages: 2000", ["fit", "pages"]),
    ("layouts/handout/layout.yaml", "exactly: no", "exactly: maybe", ["fit", "exactly"]),
    ("layouts/handout/layout.yaml", "{type: message, ", "{type: mesage, ", ["slots", "message", "type"]),
    (
        "layouts/handout/layout.yaml",
        "typeface: legible}",
        "typeface: ledgible}",
        ["theme", "text-styles", "body", "typeface"],
    ),
)


@pytest.mark.parametrize(("path", "old", "new", "place"), BAD, ids=[f"{bad[0]}: {bad[2].strip()}" for bad in BAD])
def test_a_slip_is_found_at_its_place(path: str, old: str, new: str, place: list[str | int], tmp_path: Path) -> None:
    """By the schema, and by `check` too, so that no editor objects to what builds."""
    changed = swap(shipped(), path, old, new)
    error = wrong(path, changed[path])
    assert error is not None
    assert list(error.absolute_path) == place
    loaded = load_project(DictFiles(changed))
    refused = any(item.severity is Severity.ERROR for item in loaded.diagnostics)
    if loaded.project is not None and not refused:
        refused = any(item.severity is Severity.ERROR for item in check_project(loaded.project))
    assert refused or api.check(put(tmp_path, changed)).failed


# ------------------------------------------------------------------------------------------ what is offered


def test_a_brief_is_offered_what_the_project_has() -> None:
    fields = brief_schema(Names.in_project(project(FILES)))["properties"]
    assert fields["layout"]["enum"] == ["sheet"]
    assert fields["audience"]["enum"] == ["clinicians", "community"]
    assert fields["audience"]["enumDescriptions"] == ["Clinicians", "Community"]
    assert fields["contact"]["enum"] == ["desk"]


def test_the_slots_follow_the_layout() -> None:
    (rule,) = brief_schema(Names.in_project(project(FILES)))["allOf"]
    slots = rule["then"]["properties"]["slots"]
    assert rule["if"]["properties"]["layout"] == {"const": "sheet"}
    assert slots["required"] == ["headline", "message", "why"]
    assert slots["properties"]["headline"] == {"type": ["string", "number"], "description": "about 6 words"}
    assert slots["properties"]["why"] == {
        "$ref": "#/definitions/SectionSlot",
        "description": "why it matters; about 12 words",
    }
    assert slots["additionalProperties"] is False


def test_every_reference_leads_somewhere() -> None:
    for validator in validators().values():
        for reference in references(validator.schema):
            assert reference.removeprefix("#/definitions/") in validator.schema["definitions"]


def references(value: object) -> list[str]:
    match value:
        case dict():
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [reference for item in value.values() for reference in references(item)]
        case list():
            return [reference for item in value for reference in references(item)]
        case _:
            return []


def test_the_tables_of_names_speak_of_fields_that_there_are() -> None:
    every = {model.__name__: model for model in written_models()}
    for table in (NAMED, KEYED):
        for name, held in table.items():
            assert held.keys() <= {field.alias for field in every[name].model_fields.values()}


def test_every_name_that_is_written_is_offered() -> None:
    """A field whose value is the name of something in the campaign says of what."""
    offered = {name: NAMED.get(name, {}).keys() | KEYED.get(name, {}).keys() for name in {*NAMED, *KEYED}}
    named = [
        (model.__name__, field.alias)
        for model in written_models()
        for field in model.model_fields.values()
        if re.search(r"\bName\b", field.annotation)
    ]
    assert len(named) > 12
    assert [each for each in named if each[1] not in offered.get(each[0], ())] == []


def written_models() -> Iterator[type[Model]]:
    for module in (models, slots, theme):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Model):
                yield value
    yield LayoutSpec


def test_every_type_of_slot_has_a_schema() -> None:
    kinds = get_args(get_args(SlotType)[0])
    layout = {kind: {"type": kind} for kind in kinds}
    text = FILES["layouts/sheet/layout.yaml"].partition("slots:")[0] + f"slots: {json.dumps(layout)}\n"
    names = Names.in_project(project({**FILES, "layouts/sheet/layout.yaml": text}))
    assert set(brief_schema(names, "sheet")["properties"]["slots"]["properties"]) == set(kinds)
