"""Messages in made files: Poppler finds the words of every message that has to appear, in every document and form."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from briefpack import api
from briefpack.content.checks.phrases import Phrases
from briefpack.content.prepared import Prepared
from briefpack.project.files import DictFiles
from briefpack.project.load import Project, load_project
from tests.campaigns import put, shipped, swap

FORMS: Final = (api.Form(), api.Form(large_print=18))

MESSAGE: Final = "    must-appear: [policymakers]\n    gloss:\n      policymakers: People look"
COST: Final = (
    "  cost:\n    heading: What it costs\n    text: >-\n      {{ message.beyond-the-clinic }} " + "It costs time. " * 40
)

pytestmark = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Poppler is not installed")


def project() -> Project:
    loaded = load_project(DictFiles(shipped()))
    assert loaded.project is not None
    return loaded.project


def squeezed(text: str) -> str:
    """Letters and digits alone: hyphens at the ends of lines and marks of citations are not words."""
    return re.sub(r"[\W_]+", "", text.lower())


def printed(path: Path) -> str:
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    return squeezed(done.stdout.decode())


@pytest.mark.parametrize("form", FORMS, ids=["as designed", "large print"])
def test_what_has_to_appear_is_on_the_pages_and_what_is_for_others_is_not(form: api.Form, tmp_path: Path) -> None:
    folder = put(tmp_path, shipped())
    report = api.build(folder, form=form)
    assert not report.failed, report.text()
    suffix = f"-{form}" if str(form) else ""
    words = Phrases.of(Prepared(project()), "en").messages
    required = [name for name, message in project().messages.items() if message.must_appear]
    assert required
    for name, brief in project().briefs.items():
        text = printed(folder / "output" / f"{name}{suffix}.pdf")
        for message in required:
            for audience in project().campaign.audiences:
                there = all(squeezed(sentence) in text for sentence in words[message, audience])
                assert there == (audience == brief.audience.text), (name, message, audience)
    pack = printed(folder / "output" / "packs" / f"launch-meeting{suffix}.pdf")
    papers = {project().briefs[paper.text].audience.text for paper in project().packs["launch-meeting"].papers}
    for message in required:
        for audience in papers:
            assert all(squeezed(sentence) in pack for sentence in words[message, audience])


def test_what_the_fit_ladder_takes_is_told_and_in_large_print_it_is_there(tmp_path: Path) -> None:
    """`cost` is the block that the one-pager can do without; in large print there is room for it."""
    path = "briefs/policymakers.yaml"
    files = swap(shipped(), "briefs/messages.yaml", "    gloss:\n      policymakers: People look", MESSAGE)
    before, _, after = files[path].partition("  cost:")
    rest = after.partition("\n\n")[2]
    folder = put(tmp_path, {**files, path: f"{before}{COST}\n\n{rest}"})
    found = {item.rule for item in api.check(folder, ["policymakers"]).diagnostics}
    assert {"message-absent", "dropped"} <= found
    large = api.check(folder, ["policymakers"], form=api.Form(large_print=18))
    assert not {"message-absent", "dropped"} & {item.rule for item in large.diagnostics}
