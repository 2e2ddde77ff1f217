"""Room: the words that are said to fit do fit, and many more do not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from briefpack.builds import Workshop, draft_brief
from briefpack.document import Text
from briefpack.document.slot_texts import rewritten, slot_texts
from briefpack.layout import Job, lay_out
from briefpack.layout.room import MOST, Room, rooms
from briefpack.project.files import DiskFiles
from briefpack.project.load import load_project

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    files = DiskFiles(ROOT)
    project = load_project(files).project
    assert project is not None
    return Workshop.of(files, project)


def job_of(workshop: Workshop, name: str) -> Job:
    _, job, _ = draft_brief(workshop, name)
    assert job is not None
    return job


def longer(job: Job, slot: str, count: int) -> Job:
    """The job with `count` words more in the longest text of `slot`."""
    texts = [text for text in slot_texts(job.document) if text.slot == slot]
    longest = max(texts, key=lambda text: len(text.words))
    words = [word for text in texts for word in text.words]
    mean = sum(map(len, words)) / len(words)
    added = (Text(f" {min(words, key=lambda word: abs(len(word) - mean))}" * count),)
    return replace(job, document=rewritten(job.document, {longest.id: (*longest.content, *added)}))


@pytest.fixture(scope="module")
def measured(workshop: Workshop) -> dict[str, Room]:
    return rooms(job_of(workshop, "policymakers"))


@pytest.mark.parametrize("slot", ["headline", "problem", "works", "example", "unknown", "ask"])
def test_the_words_that_fit_do_fit_and_many_more_do_not(
    workshop: Workshop, measured: dict[str, Room], slot: str
) -> None:
    room = measured[slot].words
    assert room is not None
    job = job_of(workshop, "policymakers")
    kept = job.layout.model_copy(update={"fit": job.layout.fit.model_copy(update={"drop": ()})})
    job = replace(job, layout=kept)
    assert lay_out(longer(job, slot, int(room * 0.8))).laid_out is not None
    assert lay_out(longer(job, slot, int(room * 1.3) + 8)).laid_out is None


def test_a_text_that_is_too_long_says_by_how_many_words(workshop: Workshop) -> None:
    job = longer(job_of(workshop, "policymakers"), "problem", 160)
    found = rooms(job)
    less = found["problem"].words
    assert less is not None
    assert -160 < less < 0
    assert found["headline"].words is None
    assert found["cost"].left_out


def test_a_slot_with_endless_room_is_plenty() -> None:
    assert Room(MOST).plenty
    assert not Room(MOST - 1).plenty
    assert not Room(None).plenty


def test_a_document_that_cannot_be_composed_has_no_room(workshop: Workshop) -> None:
    job = job_of(workshop, "community")
    theme = job.styles.theme.model_copy(update={"text_styles": {}})
    assert rooms(replace(job, styles=replace(job.styles, theme=theme, _texts={}))) == {}
