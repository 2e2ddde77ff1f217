"""Words that plain language avoids: each finder with what it finds and what is near it and left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.content.plain.acronyms import acronyms
from briefpack.content.plain.capitals import block_capitals
from briefpack.content.plain.hit import Hit
from briefpack.content.plain.jargon import forms, plural, word_list
from briefpack.content.plain.jargon_words import MEDICAL, OFFICIALESE
from briefpack.content.plain.negatives import double_negatives
from briefpack.content.plain.passive import passives
from briefpack.content.plain.people import conditions_first
from briefpack.content.plain.reader import Reader
from briefpack.content.plain.words import placed_words


def found(find: Callable[[str], Iterable[Hit]], text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find(text)]


def instead(text: str) -> list[str | None]:
    return [hit.instead for hit in conditions_first(text)]


# -------------------------------------------------------------------------------------------- people first


@pytest.mark.parametrize(
    ("text", "words", "plain"),
    [
        ("Diabetics need support.", "Diabetics", "people with diabetes"),
        ("It helps diabetic patients most.", "diabetic patients", "patients with diabetes"),
        ("He is a diabetic.", "a diabetic", "a person with diabetes"),
        ("Obese adults gain more.", "Obese adults", "adults with obesity"),
        ("We serve the elderly and their families.", "the elderly", "older adults"),
        ("Many suffer from diabetes.", "suffer from", "have"),
        ("It is for asthma sufferers.", "asthma sufferers", "people with the condition"),
        ("She is wheelchair-bound.", "wheelchair-bound", "use a wheelchair"),
        ("Some are non-compliant.", "non-compliant", "what gets in the way, such as cost or time"),
        ("HIV-infected people can join.", "HIV-infected", "people with HIV"),
    ],
)
def test_a_condition_before_the_person(text: str, words: str, plain: str) -> None:
    assert found(conditions_first, text) == [words]
    assert instead(text) == [plain]


@pytest.mark.parametrize(
    "text",
    [
        "People with diabetes manage alone.",
        "Diabetic foot care and diabetic retinopathy are covered.",
        "The elderly man next door is a peer.",
        "Alcoholics Anonymous meets here.",
        "Services suffer from a lack of staff.",
        "A diabetic eye screening takes an hour.",
        "The homeless shelter opens at six.",
        "Compliance with the law is checked.",
    ],
)
def test_words_near_those_that_are_left_alone(text: str) -> None:
    assert found(conditions_first, text) == []


# ---------------------------------------------------------------------------------------------- capitals


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("PLEASE READ THIS now", "PLEASE READ THIS"),
        ("Do it: NEVER STOP your medicine", "NEVER STOP"),
        ("ÉCOUTEZ BIEN ceci", "ÉCOUTEZ BIEN"),
    ],
)
def test_block_capitals(text: str, words: str) -> None:
    assert found(block_capitals, text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "Peer support is NOT cheap health care.",
        "The US EPA and the WHO agree.",
        "HbA1c, BMI and A1C are measured.",
        "IMPORTANT: read this first.",
    ],
)
def test_capitals_that_may_stand(text: str) -> None:
    assert found(block_capitals, text) == []


# --------------------------------------------------------------------------------------------- negatives


@pytest.mark.parametrize(
    "text",
    [
        "It is not uncommon to feel low.",
        "This is not at all impossible.",
        "You cannot join without a form.",
        "We never leave you with nothing.",
        "You may not drive until you are well.",
        "Do not fail to call.",
        "No one can join without a letter.",
    ],
)
def test_double_negatives(text: str) -> None:
    assert len(found(double_negatives, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "A peer does not diagnose, change medicines or replace care.",
        "It is not only fun, it never stops.",
        "Peers help many people, but not everyone.",
        "It does not work. Nobody knows why.",
        "He did not come and did not call.",
        "It is not under the table.",
        "We do not understand it.",
        "Peer support is not cheap health care for poor people, but good health care for all people.",
        "Whether or not you never smoked, come.",
        "It is not unique, and not a unit.",
        "Text is never cut off and never set small.",
        "Take none where there is none.",
        "One that is not long or has not the room.",
    ],
)
def test_single_negatives(text: str) -> None:
    assert found(double_negatives, text) == []


NEGATIVES: Final = (
    "not", "n't", "never", "no", "no one", "cannot", "can't", "isn’t", "nothing", "nobody", "without", "unless",
    "until", "except", "fail to", "fails", "failed to", "unlikely", "un-healthy", "uncommon", "unheard of",
    "impossible", "Not-so", "infrequent", "may", "must", "will", "do", "is", "has", "you", "come", "peers", ".", ",",
    "(", "–", "a.b@c.org", "and/never",
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(NEGATIVES) | st.sampled_from(NEGATIVES).map(str.upper), max_size=12).map(" ".join))
def test_who_knows_the_words_of_a_text_finds_the_same_negatives(text: str) -> None:
    parts = Reader("en").worded(text).parts
    assert list(double_negatives(text, parts)) == list(double_negatives(text))


# ----------------------------------------------------------------------------------------------- passive


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("Peer support should be funded by the county.", "be funded"),
        ("The hours are managed alone.", "are managed"),
        ("A pilot was never begun.", "was never begun"),
        ("The programme is now being built.", "is now being built"),
        ("Many were given help.", "were given"),
        ("It got cut.", "got cut"),
    ],
)
def test_passive_voice(text: str, verb: str) -> None:
    assert found(passives, text) == [verb]


@pytest.mark.parametrize(
    "text",
    [
        "Peer support is for those hours.",
        "You are not tired of it.",
        "A peer can help with the other 8,760.",
        "They are interested in this.",
        "We fund the pilot.",
        "They are in need of it.",
        "Our peers are trained.",
        "The bed is red.",
    ],
)
def test_active_voice(text: str) -> None:
    assert found(passives, text) == []


# ---------------------------------------------------------------------------------------------- acronyms


@pytest.mark.parametrize(
    "text",
    [
        "Community health workers (CHWs) are not peers.",
        "CHW (community health worker) is a role.",
        "CHW: community health worker, another role than a peer.",
        "A randomised controlled trial (RCT) is fair.",
        "The Department of Health and Human Services (HHS) says so.",
        "Tuberculosis (TB) spreads.",
    ],
)
def test_acronyms_spelt_out(text: str) -> None:
    assert [use.expanded for use in acronyms(text)] == [True]


@pytest.mark.parametrize(
    "text", ["CHWs are not peers.", "An RCT (see above) is fair.", "The BMI (kg) rose.", "It is a PDFX."]
)
def test_acronyms_that_are_not(text: str) -> None:
    assert [use.expanded for use in acronyms(text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "The US and the UK agree.",
        "Peer support is NOT cheap.",
        "HbA1c fell.",
        "See IMPaCT and 256B.0625.",
        "Part II of it",
        "READ THIS NOW",
        "ISBN 978",
        "Call A or B.",
    ],
)
def test_what_is_no_acronym(text: str) -> None:
    assert [use.name for use in acronyms(text) if use.name != "ISBN"] == []


# ------------------------------------------------------------------------------------------------ jargon

OFFICE, MEDICINE = word_list(OFFICIALESE.splitlines()), word_list(MEDICAL.splitlines())


def replaced(text: str) -> list[tuple[str, str | None]]:
    words = placed_words(text)
    hits = [*OFFICE.hits(words), *MEDICINE.hits(words)]
    return [(text[hit.start : hit.end], hit.instead) for hit in hits]


@pytest.mark.parametrize(
    ("text", "words", "plain"),
    [
        ("We utilised it in order to help.", ["utilised", "in order to"], ["use", "to"]),
        ("Prior to the visit", ["Prior to"], ["before"]),
        ("Ask your clinician\u2019s advice.", ["clinician\u2019s"], ["doctor or nurse"]),
        (
            "adverse effects of the interventions",
            ["adverse effects", "interventions"],
            ["side effect", "programme or treatment"],
        ),
        ("a glycaemic control plan", ["glycaemic control"], ["blood sugar"]),
        (
            "Hypertension and co-morbidities",
            ["Hypertension", "co-morbidities"],
            ["high blood pressure", "other conditions"],
        ),
    ],
)
def test_jargon_with_its_plain_words(text: str, words: list[str], plain: list[str]) -> None:
    hits = replaced(text)
    assert [word for word, _ in hits] == words
    assert [instead for _, instead in hits] == plain


@pytest.mark.parametrize(
    "text",
    ["Use it to help.", "in good order to go", "the prior year", "a hyper child", "oracle", "Numbers of people came."],
)
def test_plain_words_are_no_jargon(text: str) -> None:
    assert replaced(text) == []


def test_the_list_is_long_and_each_entry_has_plain_words() -> None:
    entries = [*OFFICIALESE.splitlines(), *MEDICAL.splitlines()]
    assert len(entries) >= 150
    for entry in entries:
        left, _, plain = entry.partition(" = ")
        assert left.strip(), entry
        assert plain.strip(), entry
    assert not OFFICE.terms.keys() & MEDICINE.terms.keys()


def test_no_plain_word_is_itself_jargon() -> None:
    everything = {**OFFICE.terms, **MEDICINE.terms}
    for term, plain in everything.items():
        assert plain is not None
        assert not [*OFFICE.hits(placed_words(plain)), *MEDICINE.hits(placed_words(plain))], (term, plain)


def test_forms_of_words() -> None:
    assert forms("v:utilise") == ("utilise", "utilises", "utilised", "utilising")
    assert forms("v:rectify") == ("rectify", "rectifies", "rectified", "rectifying")
    assert forms("n:comorbidity") == ("comorbidity", "comorbidities")
    assert forms("prior to") == ("prior to",)
    assert [plural(word) for word in ("lens", "branch", "day")] == ["lenses", "branches", "days"]
