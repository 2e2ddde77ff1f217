"""Numbered sources, and the text of a reference in full and in short.

Sources are numbered in the order in which they are first cited. What a full reference says is in `vancouver`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field
from typing import Final
from urllib.parse import quote

from briefpack.content.punctuation import polish
from briefpack.content.terms import Terms, terms_in
from briefpack.content.vancouver import ended, name, people, raw, sentences, volume
from briefpack.dataclass import dataclass
from briefpack.document import Inline, Link, Text
from briefpack.expressions import expression
from briefpack.project.models import Reference

# A short reference names no more than these; of others the first.
_SHORT_AUTHORS: Final = 2

_DOI: Final = expression(r"^(?:https?://(?:dx\.)?doi\.org/|doi:)\s*", re.IGNORECASE)
_SCHEME: Final = expression(r"^(?:https?://(?:www\.)?|mailto:|tel:)", re.IGNORECASE)


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


def reference(work: Reference, language: str, terms: Terms | None = None) -> tuple[Inline, ...]:
    """The full reference to `work`, in the `terms` of `language`, with a link to its DOI or its address at the end."""
    terms = terms or terms_in(language)
    text, link = sentences(work, language, terms), _link(work)
    if link is None:
        return (Text(text, work.span),)
    lead = "doi: " if work.doi is not None else f"{terms['available']}: "
    shown = link[1].removeprefix("doi:") if work.doi is not None else link[0]
    return (Text(f"{text} {lead}".lstrip(), work.span), Link((Text(shown, work.span),), link[0]))


def short_reference(work: Reference, language: str) -> tuple[Inline, ...]:
    """A reference for a page with little room: who, where and when, and the link."""
    persons = work.author or work.editor
    who = people(persons) if len(persons) <= _SHORT_AUTHORS else f"{name(persons[0])}, et al"
    container = work.container_title_short or work.container_title
    where = raw(container) if container is not None and work.type == "article-journal" else _title(work, language)
    year = str(work.issued.year) if work.issued is not None else ""
    numbers = volume(work) if work.type == "article-journal" else ""
    when = f"{year}{'' if numbers.startswith(':') else ';'}{numbers}" if year and numbers else year or numbers
    return _finished(work, [who, where, when.lstrip(":")])


def _finished(work: Reference, parts: Iterable[str]) -> tuple[Inline, ...]:
    """The parts as sentences, and the link."""
    text = " ".join(ended(part) for part in parts if part)
    span = work.span
    link = _link(work)
    if link is None:
        return (Text(text, span),)
    url, shown = link
    lead = (Text(f"{text} ", span),) if text else ()
    return (*lead, Link((Text(shown, span),), url))


def _title(work: Reference, language: str) -> str:
    return polish(raw(work.title_short or work.title), language)


def _link(work: Reference) -> tuple[str, str] | None:
    """The address of `work` and how it is shown."""
    if work.doi is not None:
        doi = _DOI.sub("", raw(work.doi))
        return f"https://doi.org/{quote(doi, safe='/:;().,_-')}", f"doi:{doi}"
    if work.url is not None:
        return work.url, shown_address(work.url)
    return None


def shown_address(url: str) -> str:
    """`url` as it is printed: without its scheme and the slash at its end."""
    return _SCHEME.sub("", url).rstrip("/")
