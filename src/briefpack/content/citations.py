"""Numbered sources, and the text of a reference.

Sources are numbered in the order in which they are first cited. References follow the Vancouver manner of
the U.S. National Library of Medicine (Citing Medicine, 2nd edition), with the American Medical
Association's rule that of more than six authors three are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from briefpack.content.numbers import format_date
from briefpack.content.punctuation import polish
from briefpack.document import Inline, Link, Text
from briefpack.project import fields
from briefpack.project.models import Issued, Person, Reference

_MOST_AUTHORS: Final = 6
_NAMED_AUTHORS: Final = 3


@dataclass(slots=True)
class Numbering:
    """Gives each source its number when it is first cited."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, source: str) -> int:
        """The number of `source`, from 1."""
        return self.numbers.setdefault(source, len(self.numbers) + 1)

    def numbers_of(self, sources: Iterable[str]) -> tuple[int, ...]:
        """The numbers of sources cited together, each once and ascending."""
        return tuple(sorted({self.number(source) for source in sources}))


# Words that references of a language have; those of English where a language has none.
_WORDS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        "en": {"in": "In", "editor": "editor", "editors": "editors", "accessed": "Accessed", "edition": "ed."},
        "es": {"in": "En", "editor": "editor", "editors": "editores", "accessed": "Consultado el", "edition": "ed."},
        "fr": {"in": "Dans", "editor": "éditeur", "editors": "éditeurs", "accessed": "Consulté le", "edition": "éd."},
        "de": {"in": "In", "editor": "Hrsg.", "editors": "Hrsg.", "accessed": "Abgerufen am", "edition": "Aufl."},
    }
)


def reference(work: Reference, language: str) -> tuple[Inline, ...]:
    """The full reference to `work`, with a link at its end if it has a DOI or an address."""
    words = _words(language)
    parts = [_people(work.author), _title(work, language), *_container(work, words), *_published(work)]
    if work.accessed is not None and work.url is not None and work.doi is None:
        parts.append(f"{words['accessed']} {format_date(work.accessed, language)}")
    return _finished(work, parts)


def short_reference(work: Reference, language: str) -> tuple[Inline, ...]:
    """A reference for a page with little room: who, where and when, and the link."""
    people = work.author or work.editor
    who = _person(people[0]) if people else ""
    if len(people) > 1:
        who = f"{who}, et al" if len(people) > 2 else f"{who}, {_person(people[1])}"
    container = work.container_title_short or work.container_title
    where = (
        _raw(container) if container is not None and work.type == "article-journal" else _short_title(work, language)
    )
    year = str(work.issued.year) if work.issued is not None else ""
    numbers = _volume(work)
    when = f"{year};{numbers}" if year and numbers and work.type == "article-journal" else year
    return _finished(work, [who, where, when])


def _finished(work: Reference, parts: Iterable[str]) -> tuple[Inline, ...]:
    """The parts as sentences, and the link."""
    text = " ".join(_sentence(part) for part in parts if part)
    span = work.span
    link = _link(work)
    if link is None:
        return (Text(text, span),)
    url, shown = link
    lead = (Text(f"{text} ", span),) if text else ()
    return (*lead, Link((Text(shown, span),), url))


def _sentence(part: str) -> str:
    return part if part.endswith((".", "?", "!", ".”", "?”")) else f"{part}."


def _words(language: str) -> Mapping[str, str]:
    return _WORDS.get(language.split("-")[0].lower()) or _WORDS["en"]


def _raw(text: fields.Text | None) -> str:
    return " ".join(text.text.split()) if text is not None else ""


def _title(work: Reference, language: str) -> str:
    return polish(_raw(work.title), language)


def _short_title(work: Reference, language: str) -> str:
    return polish(_raw(work.title_short), language) if work.title_short is not None else _title(work, language)


def _people(people: tuple[Person, ...]) -> str:
    names = [_person(person) for person in people]
    if len(names) > _MOST_AUTHORS:
        names = [*names[:_NAMED_AUTHORS], "et al"]
    return ", ".join(name for name in names if name)


def _person(person: Person) -> str:
    if person.literal is not None:
        return _raw(person.literal)
    particle = " ".join(_raw(item) for item in (person.dropping_particle, person.non_dropping_particle) if item)
    family = f"{particle} {_raw(person.family)}".strip()
    return " ".join(part for part in (family, _initials(_raw(person.given)), _raw(person.suffix)) if part)


def _initials(given: str) -> str:
    """`Edwin B.` and `Jean-Paul` to `EB` and `JP`; capitals alone are initials already."""
    if given.isupper() and given.isalpha():
        return given
    return "".join(part[0] for part in re.split(r"[\s.\-]+", given) if part).upper()


def _container(work: Reference, words: Mapping[str, str]) -> list[str]:
    """What the work is part of."""
    container = _raw(work.container_title)
    match work.type:
        case "article-journal":
            return [container]
        case "chapter":
            editors = _people(work.editor)
            role = words["editors" if len(work.editor) > 1 else "editor"]
            inside = ". ".join(part for part in (f"{editors}, {role}" if editors else "", container) if part)
            return [f"{words['in']}: {inside}" if inside else "", _edition(work, words)]
        case "legislation":
            section = f"§ {_raw(work.section)}" if work.section else ""
            cited = " ".join(part for part in (container, _raw(work.volume), _raw(work.number), section) if part)
            return [cited, _raw(work.jurisdiction)]
        case "report" | "book":
            editors = _people(work.editor) if not work.author else ""
            role = words["editors" if len(work.editor) > 1 else "editor"]
            return [f"{editors}, {role}" if editors else "", container, _edition(work, words), _raw(work.number)]
        case _:
            return [container]


def _edition(work: Reference, words: Mapping[str, str]) -> str:
    edition = _raw(work.edition)
    return f"{edition} {words['edition']}" if edition.isdecimal() else edition


def _published(work: Reference) -> list[str]:
    """Publisher and date; for an article the date with volume, issue and pages."""
    issued = _issued(work.issued)
    if work.type == "article-journal":
        volume = _volume(work)
        return [f"{issued};{volume}" if issued and volume else issued or volume]
    place, publisher = _raw(work.publisher_place), _raw(work.publisher)
    house = f"{place}: {publisher}" if place and publisher else place or publisher
    pages = f"p. {_pages(work)}" if work.page is not None and work.type == "chapter" else ""
    return [f"{house}; {issued}" if house and issued else house or issued, pages]


def _volume(work: Reference) -> str:
    issue = f"({_raw(work.issue)})" if work.issue is not None else ""
    pages = f":{_pages(work)}" if work.page is not None else ""
    return f"{_raw(work.volume)}{issue}{pages}" if work.volume is not None else _pages(work)


def _pages(work: Reference) -> str:
    return re.sub(r"(?<=\w)--?(?=\w)", "\u2013", _raw(work.page))


_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _issued(issued: Issued | None) -> str:
    """Year, month and day, such as `2015 Mar 12`: the abbreviations of Citing Medicine in any language."""
    if issued is None:
        return ""
    month = _MONTHS[issued.month - 1] if issued.month is not None and 1 <= issued.month <= 12 else ""
    day = str(issued.day) if month and issued.day is not None else ""
    return " ".join(part for part in (str(issued.year), month, day) if part)


def _link(work: Reference) -> tuple[str, str] | None:
    """The address of `work` and how it is shown."""
    if work.doi is not None:
        doi = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", "", _raw(work.doi), flags=re.IGNORECASE)
        return f"https://doi.org/{quote(doi, safe='/:;().,_-')}", f"doi:{doi}"
    if work.url is not None:
        return work.url, shown_address(work.url)
    return None


def shown_address(url: str) -> str:
    """`url` as it is printed: without its scheme and the slash at its end."""
    return re.sub(r"^(?:https?://(?:www\.)?|mailto:|tel:)", "", url, flags=re.IGNORECASE).rstrip("/")
