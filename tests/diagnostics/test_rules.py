"""Every rule is found by some test, and the tables that name rules name rules that there are."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

import pytest

from briefpack import api
from briefpack.content import resolve_pack
from briefpack.diagnostics import RULES
from briefpack.diagnostics.examples import EXAMPLES
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from tests.builds.test_copies import CAMPAIGN, rows
from tests.campaigns import put, shipped

TESTS: Final = Path(__file__).parents[1]
HERE: Final = Path(__file__)


def found_by_tests() -> frozenset[str]:
    """The rules that a golden has in brackets, or that a test asks for in quotes, or that an example breaks."""
    found = set(EXAMPLES)
    for path in TESTS.rglob("*"):
        if path.suffix == ".txt":
            text = path.read_text(encoding="utf-8", errors="replace")
            found |= set(re.findall(r"(?:error|warning|note|waived)\[([\w-]+)\]", text))
        elif path.suffix == ".py" and path != HERE:
            found |= set(re.findall(r"[\"\[]([a-z]+(?:-[a-z]+)*)[\"\]]", path.read_text(encoding="utf-8")))
    return frozenset(found)


# Found by the tests of this file.
OWN: Final = frozenset({"bad-header", "nothing-selected", "row-name", "unknown-pack"})


def test_every_rule_is_found_by_a_test() -> None:
    assert RULES.keys() - found_by_tests() == OWN
    assert EXAMPLES.keys() <= RULES.keys()


@pytest.mark.parametrize(
    ("chosen", "message"),
    [("tag:nobody", "`tag:nobody` chooses nothing"), ("audience:communty", "`audience:communty` chooses nothing")],
)
def test_a_choice_that_means_nothing(tmp_path: Path, chosen: str, message: str) -> None:
    report = api.build(put(tmp_path, shipped()), [chosen])
    assert [(item.rule, item.message) for item in report.diagnostics] == [("nothing-selected", message)]


def test_a_pack_that_there_is_not() -> None:
    project = load_project(DictFiles(shipped())).project
    assert project is not None
    pack, found = resolve_pack(project, "lunch-meeting")
    assert pack is None
    assert [(item.rule, item.message) for item in found] == [("unknown-pack", "there is no pack `lunch-meeting`")]


@pytest.mark.parametrize(
    ("file", "text", "rule"),
    [
        ("clinics.csv", rows(1).replace("clinic,", "id,", 1), "bad-header"),
        ("clinics.doc", rows(1), "data-unreadable"),
        ("clinics.csv", rows(1).replace("c0", "", 1), "row-name"),
    ],
)
def test_rows_that_no_copies_can_be_made_of(tmp_path: Path, file: str, text: str, rule: str) -> None:
    campaign = put(tmp_path / "campaign", CAMPAIGN)
    data = campaign / file
    data.write_text(text, encoding="utf-8")
    report = api.copies(campaign, ["copy"], data, name="{{ id }}", today=date(2026, 11, 25))
    assert rule in {item.rule for item in report.diagnostics}
