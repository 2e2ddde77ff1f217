"""The text of a reference in the Vancouver manner: Citing Medicine, 2nd edition (U.S. National Library of Medicine).

In comes a work, out go the sentences of its reference. The forms are those of the library's samples for authors of
journal articles, with two liberties: pages are joined by an en dash, and a chapter is named by its page after `p.`.
Nothing is made up: what a work does not say is left out, and a work that says no date at all has `[date unknown]`.

- Authors: surname, at most two initials, rank (`Gilstrap LC 3rd`); of more than six, six and `et al`; an organisation
  is set off by a semicolon. Particles stand before the surname.
- Pages: of the last page only the digits that differ (`284-7`), the letter not repeated (`S59-65`).
- Online: `[Internet]` after the title, `[cited 2026 Nov 23]` after the date, `Available from:` at the end, for what has
  an address and no DOI.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Final

from briefpack.content.punctuation import polish
from briefpack.content.terms import Terms
from briefpack.dataclass import dataclass
from briefpack.expressions import expression
from briefpack.project import fields
from briefpack.project.models import Issued, Person, Reference

_MOST_AUTHORS: Final = 6
_MOST_INITIALS: Final = 2


def raw(text: fields.Text | None) -> str:
    """`text` on one line; nothing where there is none."""
    return " ".join(text.text.split()) if text is not None else ""


def sentences(work: Reference, language: str, terms: Terms) -> str:
    """The reference to `work` up to its link, which may be missing."""
    writer = _Writer(work, language, terms)
    return " ".join(ended(part) for part in writer.parts() if part)


def ended(part: str) -> str:
    """`part` with the stop that ends it, unless it ends itself."""
    return part if part.endswith((".", "?", "!", ".”", "?”", "!”", ".»", ".“")) else f"{part}."


@dataclass(frozen=True, slots=True)
class _Writer:
    work: Reference
    language: str
    terms: Terms

    def parts(self) -> Iterator[str]:
        match self.work.type:
            case "article-journal":
                return self._article()
            case "chapter":
                return self._chapter()
            case "legislation":
                return iter([self._law()])
            case "webpage":
                return self._page()
            case "book" | "report":
                return self._book()

    # -------------------------------------------------------------------------------------------- kinds

    def _article(self) -> Iterator[str]:
        work = self.work
        yield self._responsible()
        yield self._title(work.title)
        journal = raw(work.container_title_short or work.container_title)
        yield self._online(journal)
        yield self._dated(volume(work))

    def _book(self) -> Iterator[str]:
        work = self.work
        yield self._responsible()
        genre = f" [{raw(work.genre)}]" if work.genre is not None else ""
        yield self._online(f"{self._title(work.title)}{genre}")
        yield self._edition()
        if work.author and work.editor:
            yield self._editors()
        yield self._title(work.container_title)
        yield self._imprint()
        if work.type == "report" and work.number is not None:
            yield f"{self.terms['report']}: {raw(work.number)}"

    def _chapter(self) -> Iterator[str]:
        work = self.work
        yield people(work.author)
        book = self._title(work.container_title)
        yield self._title(work.title) if book else self._online(self._title(work.title))
        if book or work.editor:
            editors = self._editors()
            yield f"{self.terms['in']}: {'. '.join(part for part in (editors, self._online(book)) if part)}"
        yield self._edition()
        yield self._imprint()
        yield f"{self.terms['pages']} {pages(work.page)}" if work.page is not None else ""

    def _page(self) -> Iterator[str]:
        work = self.work
        yield self._responsible()
        yield self._online(self._title(work.title))
        yield self._title(work.container_title)
        yield self._imprint()

    def _law(self) -> str:
        """As lawyers cite in the United States, which the library follows (The Bluebook)."""
        work = self.work
        section = f"{self.terms['section']} {raw(work.section)}" if work.section is not None else ""
        code = " ".join(part for part in (raw(work.volume), raw(work.container_title), section, raw(work.page)) if part)
        cited = ", ".join(part for part in (self._title(work.title), raw(work.number), code) if part)
        day = _lawyers_day(work.issued, self.terms) if self.terms.english else date(work.issued, self.terms)
        when = " ".join(part for part in (raw(work.jurisdiction), day) if part)
        return f"{cited} ({when})" if when else cited

    # -------------------------------------------------------------------------------------------- parts

    def _responsible(self) -> str:
        """The authors, or the editors of what has none."""
        return people(self.work.author) or self._editors()

    def _editors(self) -> str:
        editors = self.work.editor
        role = self.terms["editors"] if len(editors) > 1 else self.terms["editor"]
        return f"{people(editors)}, {role}" if editors else ""

    def _title(self, title: fields.Text | None) -> str:
        return polish(raw(title), self.language)

    def _online(self, title: str) -> str:
        """`title` marked as that of something online."""
        return f"{title} [{self.terms['internet']}]" if title and self._is_online() else title

    def _is_online(self) -> bool:
        return self.work.url is not None and self.work.doi is None

    def _edition(self) -> str:
        edition = raw(self.work.edition)
        if not edition.isdecimal():
            return edition
        number = _english_ordinal(int(edition)) if self.terms.english else self.terms.ordinal.format(edition)
        return f"{number} {self.terms['edition']}"

    def _imprint(self) -> str:
        """Place, publisher and date."""
        work = self.work
        place, publisher = raw(work.publisher_place), raw(work.publisher)
        house = f"{place}: {publisher}" if place and publisher else place or publisher
        day = self._dated("")
        return f"{house}; {day}" if house and day else house or day

    def _dated(self, where: str) -> str:
        """The date, when it was read, and where in a journal it stands."""
        work = self.work
        day = date(work.issued, self.terms)
        if raw(work.status).lower() in ("forthcoming", "in press"):
            return f"{self.terms['forthcoming']} {day}".rstrip()
        read = work.accessed if self._is_online() else None
        if read is not None:
            seen = date(Issued(year=read.year, month=read.month, day=read.day), self.terms)
            day = f"{day} [{self.terms['cited']} {seen}]".lstrip()
        elif not day and not where:
            day = f"[{self.terms['undated']}]"
        mark = "" if where.startswith(":") else ";"
        return f"{day}{mark}{where}" if day and where else day or where.lstrip(":")


# -------------------------------------------------------------------------------------------------- people

_ET_AL: Final = expression(r"et al\.?|and others|others", re.IGNORECASE)


def people(persons: Sequence[Person]) -> str:
    """Authors or editors in a row. A last one called `et al` stands for those that are not named."""
    known = [person for person in persons if _ET_AL.fullmatch(raw(person.literal)) is None]
    more = len(known) < len(persons) or len(known) > _MOST_AUTHORS
    row = ""
    for at, person in enumerate(known[:_MOST_AUTHORS]):
        mark = "; " if person.literal is not None or (at and known[at - 1].literal is not None) else ", "
        row += f"{mark if row else ''}{name(person)}"
    return f"{row}, et al" if more and row else row


def name(person: Person) -> str:
    """`van Moorselaar RJ`, `Gilstrap LC 3rd`, or an organisation as it calls itself."""
    if person.literal is not None:
        return raw(person.literal)
    particles = (raw(person.dropping_particle), raw(person.non_dropping_particle))
    # After an apostrophe there is no blank: `d'Arcy`, `'t Hooft` has one.
    family = "".join(f"{part}{'' if part.endswith(('’', chr(39), '-')) else ' '}" for part in particles if part)
    parts = (f"{family}{raw(person.family)}", _initials(raw(person.given)), _rank(raw(person.suffix)))
    return " ".join(part for part in parts if part)


_RANKS: Final = MappingProxyType({"II": "2nd", "III": "3rd", "IV": "4th", "V": "5th", "JR.": "Jr", "SR.": "Sr"})


def _rank(suffix: str) -> str:
    return _RANKS.get(suffix.upper(), suffix)


def _initials(given: str) -> str:
    """`Edwin B.` and `Jean-Paul` to `EB` and `JP`; a few capitals alone are initials already."""
    if given.isalpha() and given.isupper() and len(given) <= 4:
        return given[:_MOST_INITIALS]
    words = [part for part in re.split(r"[\s.‐\-]+", given) if part and part[0].isalpha()]
    capitals = [part for part in words if part[0].isupper()] or words
    return "".join(part[0] for part in capitals[:_MOST_INITIALS]).upper()


# ----------------------------------------------------------------------------------------- dates and pages


def date(issued: Issued | None, terms: Terms) -> str:
    """Year, month and day, such as `2015 Mar 12`."""
    if issued is None:
        return ""
    month = terms.months[issued.month - 1] if issued.month is not None and 1 <= issued.month <= 12 else ""
    day = str(issued.day) if month and issued.day is not None else ""
    return " ".join(part for part in (str(issued.year), month, day) if part)


_LONG: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _lawyers_day(issued: Issued | None, terms: Terms) -> str:
    """`May 24, 2001`, or the year alone; months are shortened as The Bluebook does (table T12)."""
    if issued is None or issued.month is None or not 1 <= issued.month <= 12:
        return date(issued, terms)
    long = _LONG[issued.month - 1]
    month = long if len(long) <= 4 else "Sept." if long == "September" else f"{long[:3]}."
    return f"{month} {issued.day}, {issued.year}" if issued.day is not None else f"{month} {issued.year}"


def _english_ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def volume(work: Reference) -> str:
    """`347(4):284-7`: volume, issue and pages of an article; a supplement to a whole volume is not in brackets."""
    issue = raw(work.issue)
    of_volume = work.volume is not None and re.match(r"supp", issue, re.IGNORECASE) is not None
    shown = f" {issue}" if of_volume else f"({issue})" if issue else ""
    where = f":{pages(work.page)}" if work.page is not None else ""
    return f"{raw(work.volume)}{shown}{where}"


_RANGE: Final = expression(r"(?P<first>\w+?)\s*[-‐‑–—]+\s*(?P<last>\w+)")
_NUMBERED: Final = expression(r"(?P<letters>[^\W\d]*)(?P<digits>\d+)")


def pages(page: fields.Text | None) -> str:
    """Pages with ranges shortened: `284-287` to `284–7`, `S59-S65` to `S59–65`."""
    return re.sub(r"\s*,\s*", ", ", _RANGE.sub(_shortened, raw(page)))


def _shortened(found: re.Match[str]) -> str:
    first, last = _NUMBERED.fullmatch(found["first"]), _NUMBERED.fullmatch(found["last"])
    if first is None or last is None:
        return f"{found['first']}–{found['last']}"
    ends = last["digits"]
    if last["letters"] in ("", first["letters"]) and len(ends) == len(first["digits"]):
        same = next((at for at, pair in enumerate(zip(first["digits"], ends, strict=True)) if pair[0] != pair[1]), 0)
        return f"{found['first']}–{ends[same:]}"
    return f"{found['first']}–{found['last']}"
