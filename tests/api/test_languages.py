"""Documents in another language: what Briefpack writes itself is in it, as PDF readers and Poppler find it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from briefpack import api
from briefpack.content.terms import WORDS, terms_in
from briefpack.preflight import inspect
from tests.campaigns import put, shipped, swap

# Words of ours that are the same in both languages, or that the campaign itself prints.
_SHARED: Final = {"page", "for", "in", "ed.", "p.", "internet", "contact", "agenda", "minutes"}

BRIEF: Final = """\
layout: one-pager
audience: policymakers
stance: advocacy
title: 8.760
date: 2026-11-23
language: {language}
contact: campaign-desk
slots:
  headline: 8.760
  message: hours
  problem: {{heading: A, text: "B. [@qi-2015] C.^[D.]"}}
  number: {{fact: hours-on-your-own}}
  works: {{heading: E, items: [{{title: F, text: G}}]}}
  evidence: {{caption: H, columns: [{{head: I}}, {{head: J}}], rows: [[K, L]]}}
  example: {{heading: M, text: "N [@ilo-example]"}}
  unknown: {{heading: O, text: P}}
  ask: {{heading: Q, text: R}}
  contact: campaign-desk
"""
LAW: Final = """\
references:

  - id: ilo-example
    type: webpage
    title: Z
    URL: https://example.org/z
    accessed: 2026-11-23
    issued: 2026-05-01
"""


def campaign(language: str) -> dict[str, str]:
    files = dict(shipped())
    files["briefs/other.yaml"] = BRIEF.format(language=language)
    files["briefs/sources.yaml"] = files["briefs/sources.yaml"].replace("references:\n", LAW, 1)
    files["briefs/packs/other.yaml"] = (
        "title: S\ndate: 2027-01-14\nplace: T\nfor: U\nchair: V\n"
        f"language: {language}\n"
        "agenda: [{title: W, owner: X, minutes: 15, for: decision, paper: other}]\npapers: [other]\n"
    )
    return files


@pytest.fixture(scope="module", params=["es", "fr", "de", "it", "nl", "pt", "ar"])
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = put(tmp_path_factory.mktemp(request.param), campaign(request.param))
    report = api.build(folder, ["other"])
    assert (folder / "output/packs/other.pdf").exists(), report.text()
    assert "missing-terms" not in {item.rule for item in report.diagnostics}
    return request.param, folder


def test_links_say_where_they_lead_in_the_language(made: tuple[str, Path]) -> None:
    language, folder = made
    terms = terms_in(language)
    digits = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩") if language == "ar" else {}
    found = inspect((folder / "output/packs/other.pdf").read_bytes())
    said = {link.contents for link in found.links}
    for expected in (terms.source("1"), terms.source("2"), terms.note("1"), terms.back_to_note("1")):
        assert expected.translate(digits) in said | {each.translate(digits) for each in said}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Poppler is not installed")
def test_no_english_word_of_ours_is_printed(made: tuple[str, Path]) -> None:
    language, folder = made
    text = subprocess.run(
        ["pdftotext", str(folder / "output/packs/other.pdf"), "-"], capture_output=True, check=True
    ).stdout.decode()
    words = " ".join(text.lower().split())
    theirs = {word.lower() for word in WORDS[language].values()}
    for english in {word.lower() for word in WORDS["en"].values()} - theirs - _SHARED:
        for part in english.replace("{number}", "|").split("{")[0].split("|"):
            assert not part.strip() or part.strip() not in words.split(" ") or part.strip() in _SHARED, part
    if language != "ar":
        for name in ("sources", "when", "chair", "decision", "contact", "agenda"):
            assert WORDS[language][name].lower() in words, name


def test_a_language_that_we_lack_is_told_once_and_a_campaign_can_give_its_words(tmp_path: Path) -> None:
    files = campaign("sv")
    report = api.check(put(tmp_path / "a", files), ["other"])
    found = [item for item in report.diagnostics if item.rule == "missing-terms"]
    assert [(item.span.path, item.span.line) for item in found if item.span is not None] == [
        ("briefs/other.yaml", 6),
        ("briefs/packs/other.yaml", 6),
    ]
    own = "".join(f"    {name}: {words.replace('{', 'x {')!r}\n" for name, words in WORDS["en"].items())
    given = swap(files, "briefs/campaign.yaml", "language: en\n", f"language: en\nterms:\n  sv:\n{own}")
    report = api.check(put(tmp_path / "b", given), ["other"])
    assert "missing-terms" not in {item.rule for item in report.diagnostics}
