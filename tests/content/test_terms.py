"""The words that Briefpack writes itself: complete in each language, and a campaign's own before ours."""

from __future__ import annotations

import re

import pytest
from babel import Locale

from briefpack.content.terms import WORDS, terms_in
from briefpack.project.models import Campaign
from briefpack.project.terms import TERMS, places
from briefpack.project.validation import validate
from briefpack.project.yaml import parse_yaml


def campaign(terms: str) -> Campaign:
    tree, found = parse_yaml(f"name: A\norganisation: B\naudiences: {{}}\nterms:\n{terms}", "briefs/campaign.yaml")
    assert tree is not None, found
    value, found = validate(Campaign, tree)
    assert value is not None, found
    return value


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_language_has_every_word_with_the_same_places(language: str) -> None:
    assert set(WORDS[language]) == set(TERMS) == set(WORDS["en"])
    for name, words in WORDS[language].items():
        assert words.strip() == words != "", name
        assert places(words) == places(WORDS["en"][name]), name
    assert not terms_in(language).wanting


@pytest.mark.parametrize("language", sorted(WORDS))
def test_a_month_begins_as_the_unicode_cldr_has_it(language: str) -> None:
    """Three letters of it: how a month is shortened past them is a matter of the style."""
    names = Locale.parse(language).months["format"]["wide"]
    for number, month in enumerate(terms_in(language).months, start=1):
        assert names[number].lower().startswith(month.lower()[:3]) or language == "nl", month
    assert len(terms_in(language).months) == 12


def test_a_dialect_has_the_words_of_its_language() -> None:
    assert terms_in("es-MX").source("3") == "Fuente 3"
    assert terms_in("en-GB").english
    assert terms_in("fa-u-nu-latn")["source"] == "Source {number}"


def test_what_is_wanting_is_english_and_named() -> None:
    terms = terms_in("sv")
    assert terms["sources"] == "Sources"
    assert terms.wanting == set(WORDS["en"])
    assert terms.months[4] == "maj"


def test_a_campaign_has_its_own_words_for_a_language_that_we_lack_and_for_one_that_we_have() -> None:
    own = campaign('  sv: {source: "Källa {number}", sources: Källor}\n  es: {sources: Referencias}\n')
    swedish, spanish = terms_in("sv", own), terms_in("es-MX", own)
    assert (swedish["sources"], swedish.source("2")) == ("Källor", "Källa 2")
    assert swedish.wanting == WORDS["en"].keys() - {"source", "sources"}
    assert (spanish["sources"], spanish["contact"], spanish.wanting) == ("Referencias", "Contacto", frozenset())


def test_the_manual_of_a_field_says_the_english_words() -> None:
    """The description of a term in the schema ends in what stands there by default."""
    for name, description in TERMS.items():
        shown = re.search(r"`([^`]+)`$", description)
        assert shown is not None
        assert shown[1] == WORDS["en"][name]
