"""The verbs of Briefpack as functions: make a campaign, list, check, plan and build what is in it.

Nothing here prints. What is wrong comes back as diagnostics in a `Report`; an exception is a fault of ours.
A verb is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from briefpack.api.answers import Found, matrix, scan, where
    from briefpack.api.bibliography import import_sources
    from briefpack.api.building import build, default_cache, merge_manifests, plan, targets
    from briefpack.api.checking import check
    from briefpack.api.copying import copies
    from briefpack.api.editors import schema
    from briefpack.api.manual import explain
    from briefpack.api.report import Report
    from briefpack.api.starter import init
    from briefpack.api.verbs import OpenProject, open_project, review, words
    from briefpack.api.watching import Rebuilt, watch
    from briefpack.builds.copies import CopiesMade
    from briefpack.builds.output import Entry
    from briefpack.builds.places import Place
    from briefpack.builds.plans import Step
    from briefpack.builds.targets import Target
    from briefpack.builds.words import BriefWords, SlotWords
    from briefpack.content.checks.reviewed import Review
    from briefpack.content.matrix import MatrixRow
    from briefpack.content.scan import Scan
    from briefpack.diagnostics import Diagnostic, Severity
    from briefpack.diagnostics.formats import FORMATS, Format
    from briefpack.project.forms import Form, LargePrint

__all__ = [
    "FORMATS",
    "BriefWords",
    "CopiesMade",
    "Diagnostic",
    "Entry",
    "Form",
    "Format",
    "Found",
    "LargePrint",
    "MatrixRow",
    "OpenProject",
    "Place",
    "Rebuilt",
    "Report",
    "Review",
    "Scan",
    "Severity",
    "SlotWords",
    "Step",
    "Target",
    "build",
    "check",
    "copies",
    "default_cache",
    "explain",
    "import_sources",
    "init",
    "matrix",
    "merge_manifests",
    "open_project",
    "plan",
    "review",
    "scan",
    "schema",
    "targets",
    "watch",
    "where",
    "words",
]

_HOMES: Final = MappingProxyType(
    {
        "BriefWords": "briefpack.builds.words",
        "Diagnostic": "briefpack.diagnostics",
        "Entry": "briefpack.builds.output",
        "CopiesMade": "briefpack.builds.copies",
        "FORMATS": "briefpack.diagnostics.formats",
        "Format": "briefpack.diagnostics.formats",
        "Found": "briefpack.api.answers",
        "Review": "briefpack.content.checks.reviewed",
        "import_sources": "briefpack.api.bibliography",
        "review": "briefpack.api.verbs",
        "schema": "briefpack.api.editors",
        "MatrixRow": "briefpack.content.matrix",
        "Scan": "briefpack.content.scan",
        "Severity": "briefpack.diagnostics",
        "matrix": "briefpack.api.answers",
        "scan": "briefpack.api.answers",
        "where": "briefpack.api.answers",
        "Form": "briefpack.project.forms",
        "LargePrint": "briefpack.project.forms",
        "OpenProject": "briefpack.api.verbs",
        "Place": "briefpack.builds.places",
        "Report": "briefpack.api.report",
        "Rebuilt": "briefpack.api.watching",
        "SlotWords": "briefpack.builds.words",
        "Step": "briefpack.builds.plans",
        "Target": "briefpack.builds.targets",
        "build": "briefpack.api.building",
        "check": "briefpack.api.checking",
        "copies": "briefpack.api.copying",
        "default_cache": "briefpack.api.building",
        "explain": "briefpack.api.manual",
        "init": "briefpack.api.starter",
        "merge_manifests": "briefpack.api.building",
        "open_project": "briefpack.api.verbs",
        "plan": "briefpack.api.building",
        "targets": "briefpack.api.building",
        "words": "briefpack.api.verbs",
        "watch": "briefpack.api.watching",
    }
)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(_HOMES[name]), name)
