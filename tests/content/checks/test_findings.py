"""What the checks of an editor say, word for word."""

from __future__ import annotations

import re
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pytest

from briefpack.builds import Workshop, make_brief
from briefpack.diagnostics import RULES, Severity
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from tests.content.checks.trial import FILES, TODAY, found, said
from tests.project.sample import Case, cases, check

FOLDER: Final = Path(__file__).parent / "findings"
CASES: Final = [(file, case) for file in sorted(FOLDER.glob("*.txt")) for case in cases(file, FILES)]


def test_the_trial_itself_is_in_order() -> None:
    assert said(FILES) == ""


@pytest.mark.parametrize(("file", "case"), CASES, ids=[f"{file.stem}: {case.name}" for file, case in CASES])
def test_findings(file: Path, case: Case) -> None:
    check(file, case, said(case.files))


@pytest.mark.parametrize(("points", "told"), [(40, True), (41, False), (1000, False)])
def test_of_a_line_with_very_many_points_only_what_is_printed_is_judged(points: int, told: bool) -> None:
    rows = "".join(f"\n      - {{label: x, value: {8670 if at == 5 else 3}}}" for at in range(points))
    chart = f"\n  year:\n    kind: line\n    unit: hours a year on your own [@qi-2015]\n    rows:{rows}"
    brief = FILES["briefs/sheet.yaml"].replace("\n  message: hours", f"\n  message: hours{chart}")
    rules = [each.rule for each in found({**FILES, "briefs/sheet.yaml": brief})]
    assert ("contradiction" in rules) is told


# For each rule that judges words, and for those about language and variants, a case that is close to it and is none.
_WORDS: Final = "near miss: a word in capitals, a lone negative, people first, a number with its source"
_OTHERS: Final = "near misses: other people's hours, a year of 365 days, a page, the derivation and the number as it is"
NEAR: Final = MappingProxyType(
    {
        "avoided-word": "words to avoid that are only near",
        "bare-effect": "near miss: both are said, one by the head of a column, one by a caption",
        "block-capitals": _WORDS,
        "chw-for-peer": "near miss: sentences that tell them apart",
        "condition-first": _WORDS,
        "contradiction": _OTHERS,
        "double-negative": _WORDS,
        "draft-message": "near miss: an approval that is signed, and a draft that nobody prints",
        "fact-language": "a draft in one language, and an approval that nobody signs",
        "expired-fact": "near miss: a fact on the last day of its review",
        "hard-to-read": "a short text is not judged",
        "idle-override": "a brief that extends another and is its own document",
        "jargon": "medical words for clinicians may stand",
        "known-only": "what is known and unknown",
        "leak": "near miss: a message that may not be there and that the template leaves out",
        "long-list": "a list of seven",
        "long-sentence": "a sentence as long as it may be, a heading and a cell",
        "long-words": "a short text is not judged",
        "lost-qualifier": "near miss: a qualifier that is there, in other capitals",
        "message-absent": "near miss: the same message where there is room for it",
        "message-first": "a heading and a name before the main message",
        "message-language": "a draft in one language, and an approval that nobody signs",
        "missing-terms": "words by language",
        "mixed-denominators": "near miss: shares of one kind, intervals, HbA1c levels and other uses of in",
        "one-message": "a message within a text is no second main message",
        "overclaim": "near miss: what is denied, quoted, or harmless",
        "passive-message": "near miss: a passive in a text, and a main message in which somebody acts",
        "stance": "advocacy that asks for one thing, and readers who may act",
        "two-burdens": "near miss: two such numbers of one source",
        "typed-message": "near miss: words that both may read, and a message that is used",
        "uncredited": "near miss: credit that is printed, and a source that is not used",
        "unexplained-acronym": "abbreviations that are spelt out, known to all or familiar",
        "uneven-number": _OTHERS,
        "uneven-translation": "near miss: a translation that prints the same in another order",
        "uneven-wording": "near miss: wordings that state the same, with the qualifier in words and by its name",
        "unread-mark": "near miss: brackets and braces that name nothing, what is smaller, and words with lines",
        "unsigned-approval": "near miss: an approval that is signed, and a draft that nobody prints",
        "unsourced-number": _WORDS,
    }
)


def test_every_rule_about_words_has_a_hit_and_a_near_miss() -> None:
    cases = {case.name: case.findings for _, case in CASES}
    assert {code for code, rule in RULES.items() if rule.editorial} <= NEAR.keys()
    for code, near in NEAR.items():
        hit = re.compile(rf"^(?:error|warning|waived)\[{code}\]", re.MULTILINE)
        assert any(hit.search(findings) for findings in cases.values()), code
        assert hit.search(cases[near]) is None, code


def test_a_fact_expires_with_what_it_is_derived_from() -> None:
    """The brief states `own-hours` alone, which follows from `clinic-hours`."""
    facts = FILES["briefs/facts.yaml"].replace("    qualifier: as many as\n", "    review-by: 2026-11-24\n", 1)
    files = DictFiles({**FILES, "briefs/facts.yaml": facts})
    loaded = load_project(files)
    assert loaded.project is not None
    made = make_brief(Workshop.of(files, loaded.project, TODAY), "sheet", dry=True)
    assert [item.message for item in made.diagnostics if item.rule == "expired-fact"] == [
        "fact `clinic-hours` was to be reviewed by 2026-11-24"
    ]


def test_strict_takes_a_warning_for_an_error() -> None:
    """One that is waived stays waived."""
    claim = "    text: Pooled trials found it. [@qi-2015] It helped 83% of people.\n"
    brief = FILES["briefs/sheet.yaml"].replace("    text: Pooled trials found it. [@qi-2015]\n", claim)
    files = {**FILES, "briefs/sheet.yaml": brief}
    waived = {**files, "briefs/sheet.yaml": f"{brief}waive: [{{rule: unsourced-number, why: ours}}]\n"}
    assert [item.severity for item in found(files)] == [Severity.WARNING]
    assert [item.severity for item in found(files, strict=True)] == [Severity.ERROR]
    assert [(item.severity, item.why) for item in found(waived, strict=True)] == [(Severity.WAIVED, "ours")]
