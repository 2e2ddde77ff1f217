"""The schemas that editors complete and check with."""

from __future__ import annotations

import json

from briefpack.project.files import DictFiles
from briefpack.project.load import Project, load_project
from briefpack.project.schema import brief_schema, schemas
from tests.project.sample import FILES


def project() -> Project:
    loaded = load_project(DictFiles(FILES))
    assert loaded.project is not None
    return loaded.project


def test_every_kind_of_file_has_a_schema() -> None:
    campaign = project()
    made = schemas(campaign.campaign, campaign.layouts, campaign.briefs)
    assert sorted(made) == ["brief", "campaign", "facts", "layout", "messages", "pack", "sources", "theme"]
    assert json.loads(json.dumps(made)) == made


def test_a_brief_is_offered_what_the_project_has() -> None:
    campaign = project()
    schema = brief_schema(campaign.campaign, campaign.layouts)
    assert schema["properties"]["layout"]["enum"] == ["sheet"]
    assert schema["properties"]["audience"]["enum"] == ["clinicians", "community"]
    assert schema["properties"]["contact"]["enum"] == ["desk"]


def test_the_slots_follow_the_layout() -> None:
    campaign = project()
    (rule,) = brief_schema(campaign.campaign, campaign.layouts)["allOf"]
    slots = rule["then"]["properties"]["slots"]
    assert rule["if"]["properties"]["layout"] == {"const": "sheet"}
    assert slots["required"] == ["headline", "message", "why"]
    assert slots["properties"]["headline"] == {
        "type": ["string", "number", "boolean"],
        "title": "Text",
        "description": "about 6 words",
    }
    assert slots["properties"]["why"] == {
        "$ref": "#/$defs/SectionSlot",
        "description": "why it matters; about 12 words",
    }
    assert slots["additionalProperties"] is False


def test_every_reference_leads_somewhere() -> None:
    campaign = project()
    for schema in schemas(campaign.campaign, campaign.layouts).values():
        for reference in references(schema):
            assert reference.removeprefix("#/$defs/") in schema["$defs"]


def references(value: object) -> list[str]:
    match value:
        case dict():
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [reference for item in value.values() for reference in references(item)]
        case list():
            return [reference for item in value for reference in references(item)]
        case _:
            return []
