"""The manual of the rules: a page for one, a line for each, and all of them as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from briefpack.diagnostics.examples import EXAMPLES, Example
from briefpack.diagnostics.rules import RULES, Rule

_SETTABLE: Final = (
    "A campaign may set its severity under `rules:` in `campaign.yaml`, and let a finding stand with `waive:` and "
    "a reason."
)


def rule_list() -> str:
    """Every rule on a line, in the order of the alphabet."""
    rules = [RULES[code] for code in sorted(RULES)]
    widths = max(len(rule.code) for rule in rules), max(len(rule.severity.value) for rule in rules)
    lines = [f"{rule.code:{widths[0]}}  {rule.severity.value:{widths[1]}}  {rule.summary}" for rule in rules]
    return "\n".join(lines) + "\n"


def rule_page(rule: Rule) -> str:
    """What there is to know about `rule`, for a terminal."""
    parts = [f"{rule.severity.value}[{rule.code}]: {rule.summary}", rule.explanation]
    parts += [_SETTABLE] if rule.settable else []
    example = EXAMPLES.get(rule.code)
    parts += _shown(example) if example is not None else []
    return "\n\n".join(parts) + "\n"


def _shown(example: Example) -> Iterator[str]:
    yield f"Wrong, in `{example.path}`:"
    yield _indented(example.wrong) or "    (left out)"
    yield "Right:"
    yield _indented(example.right)


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.rstrip("\n").split("\n") if line)


def as_markdown() -> str:
    """All rules as a page of documentation."""
    head = (
        "# Rules\n\n"
        "What Briefpack looks for in a campaign. `briefpack explain RULE` says the same on the command line.\n"
        "This page is written by `briefpack explain --markdown`.\n"
    )
    return head + "".join(f"\n{_section(RULES[code])}" for code in sorted(RULES))


def _section(rule: Rule) -> str:
    parts = [f"## {rule.code}", f"**{rule.severity.value}**: {rule.summary}.", rule.explanation]
    parts += [_SETTABLE] if rule.settable else []
    example = EXAMPLES.get(rule.code)
    if example is not None:
        wrong = _fenced(example.wrong) if example.wrong.strip() else "Nothing: the line is left out."
        parts += [f"Wrong, in `{example.path}`:", wrong, "Right:", _fenced(example.right)]
    return "\n\n".join(parts) + "\n"


def _fenced(text: str) -> str:
    body = text.rstrip("\n")
    return f"```\n{body}\n```"
