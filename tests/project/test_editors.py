"""Modelines and settings: what is written into files that are somebody's own, and what is left alone."""

from __future__ import annotations

import json

import pytest

from briefpack.project.editors import NotPlainJson, kind_of, with_mapping, with_modeline
from tests.campaigns import shipped

LINE = b"# yaml-language-server: $schema=../.briefpack/schemas/brief.json"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("briefs/community.yaml", "brief"),
        ("briefs/campaign.yaml", "campaign"),
        ("briefs/packs/x.yaml", "pack"),
        ("layouts/x/layout.yaml", "layout"),
        ("layouts/theme.yaml", "theme"),
        ("layouts/x/notes.yaml", None),
        ("briefs/packs/more/x.yaml", None),
        ("briefs/community.yml", None),
    ],
)
def test_a_file_is_of_a_kind_by_its_path(path: str, kind: str | None) -> None:
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"layout: x\n", LINE + b"\nlayout: x\n"),
        (b"layout: x\r\nb: y", LINE + b"\r\nlayout: x\r\nb: y"),
        (b"\xef\xbb\xbflayout: x\n", b"\xef\xbb\xbf" + LINE + b"\nlayout: x\n"),
        (b"", LINE + b"\n"),
        (b"# My brief.\n\nlayout: x\n", LINE + b"\n# My brief.\n\nlayout: x\n"),
        (b"%YAML 1.2\n---\nlayout: x\n", LINE + b"\n%YAML 1.2\n---\nlayout: x\n"),
        # one of ours, at another place and of another kind, is put right where it stands
        (
            b"# Mine.\n#yaml-language-server:  $schema=../../.briefpack/schemas/pack.json  \nlayout: x\n",
            b"# Mine.\n#yaml-language-server:  $schema=../.briefpack/schemas/brief.json  \nlayout: x\n",
        ),
        # one that somebody chose stays
        (
            b"# yaml-language-server: $schema=https://example.org/my.json\nlayout: x\n",
            b"# yaml-language-server: $schema=https://example.org/my.json\nlayout: x\n",
        ),
        # a comment below the content is no modeline, nor is a text that looks like one
        (b"layout: x\n" + LINE + b"\n", LINE + b"\nlayout: x\n" + LINE + b"\n"),
    ],
)
def test_a_modeline_changes_its_line_alone_and_once(before: bytes, after: bytes) -> None:
    assert with_modeline(before, "briefs/x.yaml") == after
    assert with_modeline(after, "briefs/x.yaml") == after


def test_every_shipped_file_keeps_all_its_bytes() -> None:
    for path, text in shipped().items():
        if kind_of(path):
            line, _, rest = with_modeline(text.encode(), path).partition(b"\n")
            assert line.startswith(b"# yaml-language-server: $schema=..")
            assert rest == text.encode()


def test_other_files_are_left_alone() -> None:
    assert with_modeline(b"a: b\n", "layouts/x/notes.yaml") == b"a: b\n"


def test_a_mapping_is_added_to_settings_that_stay_as_they_were() -> None:
    settings = (
        '{\n    "editor.tabSize": 2,\n    "yaml.schemas": {"https://example.org/x.json": "x.yaml"},\n    "b": "ü"\n}\n'
    )
    made = with_mapping(settings)
    known, added = json.loads(settings), json.loads(made)
    assert list(added) == list(known)
    schemas = added.pop("yaml.schemas")
    assert schemas.pop("https://example.org/x.json") == "x.yaml"
    assert schemas[".briefpack/schemas/pack.json"] == "briefs/packs/*.yaml"
    assert added == {"editor.tabSize": 2, "b": "ü"}
    assert '\n    "b": "ü"' in made
    assert with_mapping(made) == made


def test_settings_are_made_where_there_are_none() -> None:
    assert list(json.loads(with_mapping(None))) == ["yaml.schemas"]
    assert with_mapping("  \n") == with_mapping(None)


@pytest.mark.parametrize("settings", ['{"a": 1, // why\n}', "[]", '{"yaml.schemas": []}', "{"])
def test_settings_that_would_lose_something_are_refused(settings: str) -> None:
    with pytest.raises(NotPlainJson):
        with_mapping(settings)
