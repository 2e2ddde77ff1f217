"""Findings as SARIF 2.1.0 (OASIS Standard incorporating Errata 01), as code scanning services read it.

Columns count Unicode code points from 1 and an end is exclusive, as ours are (3.30.5 to 3.30.8). Paths are
percent-encoded references relative to the root of what was checked, which `%SRCROOT%` stands for (3.4.4); a
path outside it is a file URI. A result's fingerprint says nothing of its line, so that it is known again when
lines above it come or go (3.27.17). What is waived is a suppressed result with its reason (3.35).
"""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Final
from urllib.parse import quote

from briefpack import __version__
from briefpack.diagnostics.formats import Outcome, is_absolute
from briefpack.diagnostics.model import Diagnostic, Severity, Span
from briefpack.diagnostics.rules import RULES, Rule

_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

# What ends a line for YAML 1.1, and so for our line numbers.
_NEWLINES: Final = ("\r\n", "\n", "\r", "\x85", "\u2028", "\u2029")

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note", Severity.WAIVED: "note"}


def sarif(outcome: Outcome) -> str:
    """The log of one run."""
    findings = outcome.findings
    codes = sorted({item.rule for item in findings})
    driver = {
        "name": "Briefpack",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(RULES[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": True}],
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder that paths count from."}}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": list(_NEWLINES),
        "results": _results(findings, codes, outcome),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": rule.code.replace("-", " ").title().replace(" ", ""),
        "shortDescription": {"text": _as_sentence(rule.summary)},
        "fullDescription": {"text": rule.explanation},
        "help": {"text": rule.explanation, "markdown": rule.explanation},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _as_sentence(summary: str) -> str:
    return f"{summary[:1].upper()}{summary[1:]}."


def _literal(text: str) -> str:
    """`text` where nothing is taken for a placeholder (3.11.5) or for a link to a location (3.11.6)."""
    without_links = re.sub(r"\[(?=[^\[\]]*\]\(\d+\))", r"\\[", text)
    return re.sub(r"\{(\d+)\}", r"{{\1}}", without_links)


def _results(findings: tuple[Diagnostic, ...], codes: list[str], outcome: Outcome) -> list[dict[str, Any]]:
    """The findings; equal ones in one file are told apart by a count (3.27.17)."""
    seen: dict[str, int] = {}
    results = []
    for item in findings:
        fingerprint = _fingerprint(item)
        seen[fingerprint] = seen.get(fingerprint, 0) + 1
        result = _result(item, codes.index(item.rule), outcome)
        result["partialFingerprints"] = {"briefpack/v1": f"{fingerprint}:{seen[fingerprint]}"}
        results.append(result)
    return results


def _fingerprint(item: Diagnostic) -> str:
    path = item.span.path if item.span is not None else item.path or ""
    return hashlib.sha256("\0".join((item.rule, path, item.message)).encode()).hexdigest()[:32]


def _result(item: Diagnostic, index: int, outcome: Outcome) -> dict[str, Any]:
    text = _literal(_as_sentence(item.message))
    result: dict[str, Any] = {
        "ruleId": item.rule,
        "ruleIndex": index,
        "level": _LEVELS[item.severity],
        "message": {"text": f"{text} Help: {_literal(item.help)}." if item.help is not None else text},
    }
    if item.severity is Severity.WAIVED:
        result["suppressions"] = [{"kind": "inSource", "justification": item.why or ""}]
    path = outcome.path_of(item)
    if path is not None:
        result["locations"] = [{"physicalLocation": _place(path, item.span)}]
    if item.related:
        result["relatedLocations"] = [
            {"id": at, "message": {"text": _literal(note)}, "physicalLocation": _place(outcome.place(span.path), span)}
            for at, (span, note) in enumerate(item.related, start=1)
        ]
    return result


def _place(path: str, span: Span | None) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": _artifact(path)}
    if span is not None:
        place["region"] = {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        }
    return place


def _artifact(path: str) -> dict[str, str]:
    """A reference to the file: relative with its base, or a file URI (RFC 8089)."""
    if is_absolute(path):
        flavour = PurePosixPath if path.startswith("/") else PureWindowsPath
        return {"uri": flavour(path).as_uri()}
    return {"uri": quote(path, safe="/"), "uriBaseId": "%SRCROOT%"}
