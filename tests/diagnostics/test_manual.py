"""The manual: every rule is in it, its examples do what they say, and `docs/rules.md` is what it says today."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from briefpack import api
from briefpack.cli.commands import briefpack
from briefpack.diagnostics import RULES
from briefpack.diagnostics.examples import EXAMPLES
from briefpack.diagnostics.manual import as_markdown
from tests.campaigns import put, shipped
from tests.goldens import writing

ROOT: Final = Path(__file__).parents[2]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(briefpack, ["explain", *arguments], standalone_mode=False)


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_an_example_breaks_its_rule_and_nothing_does_before(code: str, tmp_path: Path) -> None:
    example = EXAMPLES[code]
    text = shipped()[example.path]
    assert example.right in text
    changed = {**shipped(), example.path: text.replace(example.right, example.wrong, 1)}
    report = api.check(put(tmp_path, changed), _documents(example.path))
    assert code in {item.rule for item in report.diagnostics}, report.text()


def _documents(path: str) -> list[str]:
    """What has to be looked at to see a slip in `path`; everything, for a file that all share."""
    if "clinicians" in path:
        return ["clinicians"]
    return ["community"] if "community" in path or "handout" in path else []


def test_the_documentation_is_what_the_tool_says() -> None:
    """To the letter, every rule once and in order; BRIEFPACK_WRITE_GOLDENS=1 writes the page anew."""
    page = ROOT / "docs" / "rules.md"
    if writing():
        page.write_text(as_markdown(), encoding="utf-8", newline="\n")
    text = page.read_text(encoding="utf-8")
    assert text == as_markdown()
    assert re.findall(r"(?m)^## (.+)$", text) == sorted(RULES)


def test_every_rule_is_listed_and_has_a_page() -> None:
    listed = [line.split()[0] for line in run().stdout.splitlines()]
    assert listed == sorted(RULES)
    for code, rule in RULES.items():
        page = run(code).stdout
        assert page.startswith(f"{rule.severity.value}[{code}]: {rule.summary}\n")
        assert rule.explanation in page


def test_a_page_shows_wrong_and_right() -> None:
    assert run("unknown-message").stdout == (
        "error[unknown-message]: a message is not in `messages.yaml`\n\n"
        "Use a message listed there, or add it.\n\n"
        "Wrong, in `briefs/community.yaml`:\n\n      message: hour\n\nRight:\n\n      message: hours\n"
    )


@pytest.mark.parametrize(
    ("rule", "help"),
    [("unknown-mesage", "write `unknown-message`"), ("xyzzy", "run `briefpack explain` to see all rules")],
)
def test_a_rule_that_there_is_not(rule: str, help: str) -> None:
    done = run(rule)
    assert str(done.exception) == f"there is no rule `{rule}`\nhelp: {help}"
