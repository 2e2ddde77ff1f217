"""Findings about what a user wrote: the data, the rules, and the ways to show them."""

from briefpack.diagnostics.model import Diagnostic, Severity, Span, Stopped, StyleName, strictly
from briefpack.diagnostics.render import SourceLines, ordered, render, summary
from briefpack.diagnostics.rules import RULES, Rule, did_you_mean, either, finding, suggest

__all__ = [
    "RULES",
    "Diagnostic",
    "Rule",
    "Severity",
    "SourceLines",
    "Span",
    "Stopped",
    "StyleName",
    "did_you_mean",
    "either",
    "finding",
    "ordered",
    "render",
    "strictly",
    "suggest",
    "summary",
]
