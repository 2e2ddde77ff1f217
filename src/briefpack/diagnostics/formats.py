"""Findings in the formats of programs that show them: JSON, SARIF, GitHub's workflow commands, JUnit.

In comes an `Outcome`, out goes one document. The paths of an outcome count from the project; `folder` says
where the project is for whoever reads the document, such as the root of a repository. What a rule finds
outside the project keeps the path it was given. Nothing is printed and no file is read here.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import field
from pathlib import PurePath, PureWindowsPath
from typing import Final, Literal, assert_never, get_args

from briefpack import __version__
from briefpack.dataclass import dataclass
from briefpack.diagnostics.model import Diagnostic, Severity, Span
from briefpack.diagnostics.render import SourceLines, ordered, render
from briefpack.diagnostics.rules import RULES
from briefpack.expressions import expression

Format = Literal["text", "json", "sarif", "github", "junit"]
FORMATS: Final[tuple[Format, ...]] = get_args(Format)

_WINDOWS: Final = expression(r"[A-Za-z]:[\\/]|\\\\")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command looked at and found.

    `checked` has the paths of the documents it looked at; `folder` is the project's folder with `/`, empty where
    the reader stands in it; `more` is what the JSON says beside the findings.
    """

    diagnostics: tuple[Diagnostic, ...]
    lines: SourceLines
    checked: tuple[str, ...] = ()
    folder: str = ""
    more: Mapping[str, object] = field(default_factory=dict)

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        return ordered(self.diagnostics)

    def place(self, path: str) -> str:
        """`path`, which counts from the project, for the reader of the document."""
        return f"{self.folder.rstrip('/')}/{path}" if self.folder else path

    def path_of(self, item: Diagnostic) -> str | None:
        """The file that `item` is about, for the reader of the document."""
        if item.span is not None:
            return self.place(item.span.path)
        if item.path is None:
            return None
        return _posix(item.path) if RULES[item.rule].outside else self.place(item.path)


def formatted(format: Format, outcome: Outcome, *, color: bool = False) -> str:
    """`outcome` as a document of `format`, with a line end at its end; as text it is empty without findings."""
    match format:
        case "text":
            return render(outcome.diagnostics, outcome.lines, color)
        case "json":
            return _json(outcome)
        case "sarif":
            from briefpack.diagnostics.sarif import sarif

            return sarif(outcome)
        case "github":
            from briefpack.diagnostics.workflow import workflow_commands

            return workflow_commands(outcome)
        case "junit":
            from briefpack.diagnostics.junit import junit

            return junit(outcome)
        case _:
            assert_never(format)


def folder_from(project: PurePath, base: PurePath) -> str:
    """The absolute folder `project` with `/`: relative to `base` where it is below it, else in full."""
    relative = project.relative_to(base) if project.is_relative_to(base) else project
    return "" if not relative.parts else relative.as_posix()


def is_absolute(path: str) -> bool:
    """Whether `path` begins at the root of a disk, on Windows or elsewhere."""
    return path.startswith("/") or _WINDOWS.match(path) is not None


def _posix(path: str) -> str:
    """`path` with `/`, if it is one of Windows."""
    return PureWindowsPath(path).as_posix() if _WINDOWS.match(path) or "/" not in path else path


def _json(outcome: Outcome) -> str:
    severities = [item.severity for item in outcome.findings]
    document = {
        "briefpack": __version__,
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "notes": severities.count(Severity.NOTE),
        "waived": severities.count(Severity.WAIVED),
        "diagnostics": [_finding(item, outcome) for item in outcome.findings],
        **outcome.more,
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _finding(item: Diagnostic, outcome: Outcome) -> dict[str, object]:
    """One finding. Lines and columns count from 1, columns in Unicode code points; the end is exclusive."""
    return {
        "rule": item.rule,
        "severity": item.severity.value,
        "message": item.message,
        "path": outcome.path_of(item),
        "region": _region(item.span),
        "label": item.label,
        "help": item.help,
        "why": item.why,
        "related": [
            {"message": note, "path": outcome.place(span.path), "region": _region(span)} for span, note in item.related
        ],
    }


def _region(span: Span | None) -> dict[str, int] | None:
    if span is None:
        return None
    return {
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
