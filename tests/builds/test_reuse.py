"""What comes again is taken as it was: documents have the same bytes whatever was made before them."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefpack.builds.making import Made, Workshop, make_brief, make_pack
from briefpack.diagnostics import Span
from briefpack.layout import AS_DESIGNED, Form
from briefpack.project.columns import DataRow, Value
from briefpack.project.files import DictFiles
from briefpack.project.load import Project, load_project
from tests.campaigns import shipped, swap
from tests.verapdf import Conformance

UNCHANGED: Final = "the NWHA is a PROVEN CURE for 1 in 10 or 50% of utilization after 77 visits. <b>See</b>."
"""What there is much to say about, in a passage that has no place."""

PLACE: Final = "data:\n  place: {sample: Harbour County}\n  people: {type: number, sample: 1200}\nslots:\n"
CHANGES: Final = (
    ("community", "\nslots:\n", f"\n{PLACE}"),
    ("community", "title: A peer can help with your diabetes", 'title: "A peer can help in {{ row.place }}"'),
    ("community", "  headline: A peer can help", '  headline: "{{ row.place }}: a peer can help'),
    ("community", " with your diabetes\n\n  message", ' you"\n\n  message'),
    ("community", "They are trained to listen", "In {{ row.place }} {{ row.people }} are trained to listen"),
    ("community", "      - Listen when you have a hard day.", "      - Listen when {{ row.place }} has a hard day."),
    ("policymakers", "\nslots:\n", f"\n{PLACE}"),
    (
        "policymakers",
        "      Visits are a few hours a year.",
        "      {{ row.people }} in {{ row.place }} have few visits.",
    ),
    ("policymakers", "      - title: Frequent contact", '      - title: "{{ row.place }}"'),
    ("clinicians", "\nslots:\n", f"\n{PLACE}"),
    ("clinicians", '    - - "Qi 2015, meta-analysis', '    - - "{{ row.place }}, meta-analysis'),
    ("clinicians", "      - title: Social and emotional support", '      - title: "Support in {{ row.place }}"'),
    ("clinicians", "        with rare contact, not significant.", f"        {UNCHANGED}"),
)
LONG: Final = "the Old Northern Harbours, the Hills above them and every Village in the Valleys beyond"
TOLD: Final = (
    "a proven cure",
    "NWHA",
    "9,000 hours a year",
    "1 in 10 or 50%",
    "JOIN US ALL TODAY OR LATER",
    "3 community health workers",
)
PLACES: Final = (*TOLD, "Ash", "Zephyr Quay", "Öland & Söhne", "St. “Mary’s” (2)", "AVWA", "fjord office", LONG)
BRIEFS: Final = ("community", "policymakers", "clinicians")

Asked = tuple[str, str, int]
"""A brief, and the place and the number of a copy of it."""


@cache
def project() -> tuple[DictFiles, Project]:
    """The shipped campaign with places in three of its briefs."""
    texts = dict(shipped())
    for brief, old, new in CHANGES:
        texts = swap(texts, f"briefs/{brief}.yaml", old, new)
    files = DictFiles(texts)
    loaded = load_project(files)
    assert loaded.project is not None, loaded.diagnostics
    return files, loaded.project


def workshop() -> Workshop:
    return Workshop.of(*project())


def made(shop: Workshop, asked: Asked, form: Form = AS_DESIGNED) -> Made:
    brief, place, people = asked
    values: dict[str, Value | None] = {"place": place, "people": Decimal(people)}
    return make_brief(shop, brief, form, row=DataRow(values, Span("rows.csv", 2, 1, 2, 9)))


WARM: Final = workshop()
ASKED: Final = st.tuples(
    st.sampled_from(BRIEFS), st.sampled_from(PLACES) | st.text("abcnv WAT", min_size=3), st.integers(0, 10**6)
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(ASKED.map(lambda asked: (asked[0], f"A{' '.join(asked[1].split())}", asked[2])), min_size=1, max_size=6)
)
def test_a_document_is_the_same_whatever_was_made_before(several: list[Asked]) -> None:
    """After all that others have left behind, and as the first one of a process."""
    for asked in several:
        warm, cold = made(WARM, asked), made(workshop(), asked)
        assert warm.diagnostics == cold.diagnostics
        assert warm.data == cold.data


@pytest.mark.parametrize("form", [Form(grayscale=True), Form(large_print=18), Form(paper="Letter", crop_marks=True)])
def test_a_copy_in_another_form_is_the_same_whatever_was_made_before(form: Form) -> None:
    """After copies in that form and as it was designed, and as the first one of a process."""
    shop = workshop()
    for place in ("Ash Hill", LONG):
        made(shop, ("clinicians", place, 12), form)
        made(shop, ("clinicians", place, 12))
    last = ("clinicians", "Elm Hill", 4000)
    assert made(shop, last, form) == made(workshop(), last, form)


def test_a_copy_conforms_and_is_hardly_longer_than_a_document_of_its_own(
    tmp_path: Path, conformance: Conformance
) -> None:
    """It is packed quicker, with letters that other copies use."""
    shop, path = workshop(), tmp_path / "copy.pdf"
    first, later = (made(shop, ("policymakers", place, 4037)).data for place in ("Harbour County", "Oak Quay"))
    alone = make_brief(shop, "policymakers").data
    assert first is not None
    assert later is not None
    assert alone is not None
    assert max(len(first), len(later)) < 1.2 * len(alone)
    path.write_bytes(later)
    assert conformance.broken(path) == ()


def test_what_is_said_of_an_unchanged_passage_is_said_of_every_copy() -> None:
    """As of the first, in the same order."""
    shop = workshop()
    several = [made(shop, ("clinicians", place, 12)) for place in ("Ash Hill", "Elm Hill", "Oak Hill")]
    told = [found.rule for found in several[0].diagnostics]
    assert {"overclaim", "unexplained-acronym", "mixed-denominators", "unread-mark"} <= set(told)
    assert several[1].diagnostics == several[2].diagnostics == several[0].diagnostics


def test_the_order_of_copies_leaves_no_mark() -> None:
    """The same copies one after the other, and in another order with a pack and other briefs between them."""
    random = Random(1)
    several = [(BRIEFS[at % 3], PLACES[at // 3 % len(PLACES)], random.randint(1, 10**5)) for at in range(39)]
    random.shuffle(several)
    shop = workshop()
    first = {asked: made(shop, asked) for asked in several}
    random.shuffle(several)
    assert {"overclaim", "unexplained-acronym", "block-capitals"} <= {
        found.rule for copy in first.values() for found in copy.diagnostics
    }
    assert sum(copy.data is not None for copy in first.values()) > len(first) / 2
    other = workshop()
    for at, asked in enumerate(several):
        if at % 9 == 4:
            make_pack(other, "launch-meeting")
        assert made(other, asked) == first[asked]
