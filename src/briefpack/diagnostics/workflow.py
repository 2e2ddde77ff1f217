"""Findings as workflow commands of GitHub Actions, which shows them beside the lines of a change.

One command a line: `::error file=…,line=…,col=…,title=…::message`. What would end a line, a property or a command is
percent-encoded as the runner decodes it (actions/toolkit, `command.ts`). Columns are given only where a finding
ends on its line, because GitHub refuses them elsewhere.
"""

from __future__ import annotations

from typing import Final

from briefpack.diagnostics.formats import Outcome
from briefpack.diagnostics.model import Diagnostic, Severity, Span

_COMMANDS: Final = {
    Severity.ERROR: "error",
    Severity.WARNING: "warning",
    Severity.NOTE: "notice",
    Severity.WAIVED: "notice",
}


def workflow_commands(outcome: Outcome) -> str:
    """A command a finding; nothing when there are none."""
    return "".join(f"{_command(item, outcome)}\n" for item in outcome.findings)


def _command(item: Diagnostic, outcome: Outcome) -> str:
    path = outcome.path_of(item)
    properties = {
        **({"file": path} if path is not None else {}),
        **(_region(item.span) if item.span is not None else {}),
        "title": f"briefpack {item.rule}",
    }
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_COMMANDS[item.severity]} {said}::{_data(_message(item, outcome))}"


def _region(span: Span) -> dict[str, str]:
    lines = {"line": str(span.line), "endLine": str(span.end_line)}
    if span.line != span.end_line:
        return lines
    return {**lines, "col": str(span.column), "endColumn": str(span.end_column)}


def _message(item: Diagnostic, outcome: Outcome) -> str:
    notes = [f"note: {note} ({outcome.place(span.path)}:{span.line}:{span.column})" for span, note in item.related]
    help = [f"help: {item.help}"] if item.help is not None else []
    waived = [f"waived: {item.why}"] if item.why is not None else []
    return "\n".join([item.message, *notes, *waived, *help])


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
