"""Words that put a condition before the person, and what to say instead.

After CDC's "Preferred Terms for Select Population Groups & Communities" and the joint guidance on language in
diabetes care (Dickinson et al., Diabetes Care 2017;40:1790-1799). English only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from briefpack.content.plain.hit import Hit
from briefpack.content.plain.words import word_set
from briefpack.expressions import expression

_PERSONS: Final = "patients?|people|persons?|adults?|children|child|women|woman|men|man|veterans?|members?|individuals?"

_CONDITIONS: Final = {
    "diabetic": "diabetes",
    "asthmatic": "asthma",
    "epileptic": "epilepsy",
    "schizophrenic": "schizophrenia",
    "anorexic": "anorexia",
    "bulimic": "bulimia",
    "arthritic": "arthritis",
    "hypertensive": "high blood pressure",
    "haemophiliac": "haemophilia",
    "hemophiliac": "hemophilia",
    "paraplegic": "paraplegia",
    "quadriplegic": "quadriplegia",
    "obese": "obesity",
}
_ADJECTIVES: Final = frozenset(("obese", "hypertensive", "arthritic"))
_NOUNS: Final = "|".join(word for word in _CONDITIONS if word not in _ADJECTIVES)

# A condition as a noun, before a person, or after an article as a class of people.
_CONDITION: Final = expression(
    rf"\b(?P<noun>{_NOUNS})s\b(?! anonymous)|\b(?P<before>{'|'.join(_CONDITIONS)}) (?P<person>{_PERSONS})\b"
    rf"|\b(?:a|an) (?P<one>{_NOUNS})(?=[.,;:!?)]|$| (?:is|has|can|may|who|and|or|needs?)\b)",
    re.IGNORECASE,
)

_CLASSES: Final = {
    "elderly": "older adults",
    "disabled": "people with disabilities",
    "handicapped": "people with disabilities",
    "homeless": "people without housing",
    "mentally ill": "people with a mental illness",
    "obese": "people with obesity",
    "uninsured": "people without insurance",
    "chronically ill": "people with a long-term condition",
    "terminally ill": "people who are dying",
}
# `the elderly` as a class, not `the elderly man`.
_CLASS: Final = expression(
    rf"\bthe (?P<class>{'|'.join(_CLASSES)})(?=[.,;:!?)]|$| (?:are|is|have|who|with|in|and|or|to|need|can|may|of|at|"
    r"often|do|live|receive|get|as|on|should|will)\b)",
    re.IGNORECASE,
)

_TERMS: Final = {
    r"(?:drug|substance|alcohol) abusers?": "people who use drugs or alcohol",
    r"(?:drug )?addicts?": "people with a substance use disorder",
    r"alcoholics(?! anonymous)": "people with alcohol use disorder",
    r"(?:stroke|cancer|aids|burn|polio) victims?": "people who have had it",
    r"\w+ sufferers?|sufferers?": "people with the condition",
    r"suffer(?:s|ed|ing)? from (?="
    r"diabetes|asthma|cancer|hiv|depression|arthritis|epilepsy|obesity)": "have",
    r"wheelchair[- ]bound|confined to a wheelchair": "use a wheelchair",
    r"hiv[- ]infected (?=" + _PERSONS + ")": "people with HIV",
    r"non-?complian(?:t|ce)": "what gets in the way, such as cost or time",
    r"(?:crippled|handicapped)(?= " + _PERSONS + ")": "with a disability",
}
_TERM: Final = expression("|".join(rf"\b(?P<t{at}>{term})\b" for at, term in enumerate(_TERMS)), re.IGNORECASE)
_PLAIN_TERMS: Final = tuple(_TERMS.values())


# The words, folded, of which each of the patterns has one.
SIGNS: Final = (
    word_set(" ".join([*_CONDITIONS, *_CLASSES, *(f"{word}s" for word in _CONDITIONS)]))
    | word_set("abuser abusers addict addicts alcoholics victim victims sufferer sufferers suffer suffers suffered")
    | word_set("suffering wheelchair wheelchair-bound hiv hiv-infected crippled handicapped")
    | word_set("non-compliant noncompliant non-compliance noncompliance")
)


def conditions_first(text: str) -> Iterator[Hit]:
    """The words of `text` that name people by what they have, with what to say instead."""
    for match in _CONDITION.finditer(text):
        yield Hit(*match.span(), _with(match))
    for match in _CLASS.finditer(text):
        yield Hit(*match.span(), _CLASSES[match["class"].lower()])
    for match in _TERM.finditer(text):
        start, end = match.span()
        yield Hit(start, start + len(text[start:end].rstrip()), _PLAIN_TERMS[int((match.lastgroup or "t0")[1:])])


def _with(match: re.Match[str]) -> str:
    if match["before"]:
        return f"{match['person'].lower()} with {_CONDITIONS[match['before'].lower()]}"
    if match["one"]:
        return f"a person with {_CONDITIONS[match['one'].lower()]}"
    return f"people with {_CONDITIONS[match['noun'].lower()]}"
