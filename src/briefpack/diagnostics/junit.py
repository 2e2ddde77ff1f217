"""Findings as JUnit XML, which most services that run builds can show.

A file is a test case: each document that was looked at, and each other file that something is wrong with. A case
fails when an error is found in its file; warnings, and what is waived, are what the case printed. There is one
failure a case at most, which every reader of the format takes. Characters that XML 1.0 does not know (clause 2.2)
are written as escapes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from briefpack.diagnostics.formats import Outcome
from briefpack.diagnostics.model import Diagnostic, Severity
from briefpack.diagnostics.render import render, summary
from briefpack.expressions import expression

_NO_XML: Final = expression("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# Where a finding goes that is about no file.
_NOWHERE: Final = "command"


def junit(outcome: Outcome) -> str:
    """One suite with a case a file."""
    cases: dict[str, list[Diagnostic]] = {outcome.place(path): [] for path in outcome.checked}
    for item in outcome.findings:
        cases.setdefault(outcome.path_of(item) or _NOWHERE, []).append(item)
    failing = sum(bool(_errors(found)) for found in cases.values())
    counts = f'tests="{len(cases)}" failures="{failing}" errors="0"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="briefpack" {counts}>',
        f'  <testsuite name="briefpack" {counts} skipped="0">',
        *(line for path in cases for line in _case(path, cases[path], outcome)),
        "  </testsuite>",
        "</testsuites>",
    ]
    return "\n".join(lines) + "\n"


def _case(path: str, found: list[Diagnostic], outcome: Outcome) -> Iterator[str]:
    errors = _errors(found)
    warnings = [item for item in found if item.severity is not Severity.ERROR]
    head = f'    <testcase classname="briefpack" name={_attribute(path)} file={_attribute(path)} time="0"'
    if not found:
        yield f"{head}/>"
        return
    yield f"{head}>"
    if errors:
        first = errors[0].message if len(errors) == 1 else summary(errors)
        kind = _attribute(", ".join(sorted({item.rule for item in errors})))
        text = _text(render(errors, outcome.lines))
        yield f"      <failure message={_attribute(first)} type={kind}>{text}</failure>"
    if warnings:
        yield f"      <system-out>{_text(render(warnings, outcome.lines))}</system-out>"
    yield "    </testcase>"


def _errors(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    return [item for item in found if item.severity is Severity.ERROR]


def _text(text: str) -> str:
    return escape(_xml(text))


def _attribute(text: str) -> str:
    return quoteattr(_xml(text))


def _xml(text: str) -> str:
    return _NO_XML.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
