"""Whose words are divided: where the theme says so, for readers used to it; never in headlines nor in large print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest

from briefpack.builds import Workshop, draft_brief
from briefpack.layout import AS_DESIGNED, Form, LaidOut, TextFrame, formed, lay_out
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from tests.campaigns import shipped, swap

# The theme of the campaign with words divided in all text.
DIVIDED: Final = swap(
    shipped(), "layouts/theme.yaml", "step: 0, color: ink, before: 3.6}", "hyphenate: yes, before: 3.6}"
)


def laid_out(name: str, files: Mapping[str, str], form: Form = AS_DESIGNED) -> LaidOut:
    project_files = DictFiles({**shipped(), **files})
    loaded = load_project(project_files)
    assert loaded.project is not None, loaded.diagnostics
    _, job, found = draft_brief(Workshop.of(project_files, loaded.project), name)
    assert job is not None, found
    result = lay_out(formed(job, form))
    assert result.laid_out is not None, result.diagnostics
    return result.laid_out


def divided(document: LaidOut) -> set[float]:
    """The sizes of the lines that end inside a word."""
    return {
        line.segments[-1].size
        for page in document.pages
        for frame in page.frames
        if isinstance(frame, TextFrame)
        for line in frame.lines
        if line.text.endswith("\u00ad")
    }


@pytest.mark.parametrize("name", ["policymakers", "clinicians", "community"])
def test_no_word_is_divided_that_the_theme_does_not_divide(name: str) -> None:
    assert divided(laid_out(name, {})) == set()


def test_words_are_divided_for_readers_used_to_it() -> None:
    sizes = divided(laid_out("clinicians", DIVIDED))
    assert sizes
    assert max(sizes) < 14, "but in headlines"


def test_none_is_divided_up_to_the_eighth_grade_unless_the_audience_says_so() -> None:
    lay = swap(
        DIVIDED, "briefs/campaign.yaml", "reading-level: {good: 12, most: 14}", "reading-level: {good: 6, most: 8}"
    )
    assert divided(laid_out("clinicians", lay)) == set()
    asked = swap(lay, "briefs/campaign.yaml", "  clinicians:\n", "  clinicians:\n    hyphenate: yes\n")
    assert divided(laid_out("clinicians", asked))
    assert (
        divided(laid_out("clinicians", swap(asked, "briefs/campaign.yaml", "hyphenate: yes", "hyphenate: no"))) == set()
    )


def test_none_is_divided_in_large_print() -> None:
    assert divided(laid_out("clinicians", DIVIDED, Form(large_print=18))) == set()
