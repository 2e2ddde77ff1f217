"""What the documentation shows can be copied: its YAML is YAML, and the commands it names are there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from briefpack.cli.commands import briefpack
from briefpack.project.files import DictFiles
from briefpack.project.yaml import read_yaml
from briefpack.templates.elements import PLACEHOLDER
from briefpack.templates.vocabulary import ATTRIBUTES

ROOT: Final = Path(__file__).parents[1]
PAGES: Final = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_yaml_that_is_shown_can_be_read(page: Path) -> None:
    for block in re.findall(r"```yaml\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        _, found = read_yaml(DictFiles({"shown.yaml": block}), "shown.yaml")
        assert found == (), block


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_that_are_shown_are_there(page: Path) -> None:
    """And the options that stand behind them."""
    text = page.read_text(encoding="utf-8")
    shown = re.findall(r"(?m)briefpack ([a-z][a-z-]+)((?: [^`\n|]*)?)", text)
    for name, rest in shown:
        command = briefpack.commands.get(name)
        if command is None:
            assert not re.search(rf"(?m)(?:`|^\S*/)briefpack {name}\b", text), name
            continue
        known = {option for each in command.params for option in (*each.opts, *each.secondary_opts)}
        assert set(re.findall(r"(?<!\S)--[a-z][a-z-]+", rest.partition("#")[0])) <= known | {"--help"}, (name, rest)


def test_the_vocabulary_of_templates_is_documented() -> None:
    """Every element in a row, with all that it may carry."""
    rows = [
        (set(re.findall(r"<([a-z-]+)>", first)), rest)
        for first, rest in re.findall(
            r"(?m)^\| (`<[^|]*) \|(.*)$", (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
        )
    ]
    shown = {name: rest for names, rest in rows for name in names}
    assert set(shown) == set(ATTRIBUTES) - {PLACEHOLDER}
    for name, attributes in ATTRIBUTES.items():
        missing = [each for each in attributes if not re.search(rf"`{each}(?:=\"[a-z]+\")?`", shown.get(name, ""))]
        assert name == PLACEHOLDER or not missing, (name, missing)
