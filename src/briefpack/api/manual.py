"""What the rules are about: the manual that `docs/rules.md` is printed from."""

from __future__ import annotations

from briefpack.diagnostics import RULES, did_you_mean
from briefpack.diagnostics.manual import as_markdown, rule_list, rule_page


def explain(rule: str | None = None, *, markdown: bool = False) -> str:
    """What `rule` is about, why it matters, and how it is kept and broken; without one, a line for each rule.

    With `markdown` all rules as a page of documentation. Raises ValueError when there is no such rule.

    >>> print(briefpack.explain("overset").partition(":")[0])
    error[overset]
    """
    if rule is not None and rule not in RULES:
        help = did_you_mean(rule, RULES, "run `briefpack explain` to see all rules")
        raise ValueError(f"there is no rule `{rule}`\nhelp: {help}")
    return as_markdown() if markdown else rule_list() if rule is None else rule_page(RULES[rule])
