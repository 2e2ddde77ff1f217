"""One-page briefs to measure with: as many as wanted, no two alike, the same ones every time.

A page is made from the texts below by a random generator seeded with the page's number: it picks one
of each `{group|of|alternatives}` and puts in a place and figures of its own. So the words vary from
page to page, every paragraph differs, and a cache of whole paragraphs never hits. Nothing here is
true; the pages say so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from random import Random
from typing import Any, Final

# A run is words, or the number of the source that backs what stands before it.
Run = str | int
Rich = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with the paragraph below it."""

    heading: str
    text: Rich


@dataclass(frozen=True, slots=True)
class Figure:
    """The number a page is about: how it is written, what it means and where it comes from."""

    value: str
    means: str
    note: Rich


@dataclass(frozen=True, slots=True)
class Evidence:
    """A table of studies. The first cell of a row is its header."""

    heading: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Rich, ...], ...]


@dataclass(frozen=True, slots=True)
class Source:
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Contact:
    name: str
    role: str
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class Page:
    """What one page says; the slots of the one-pager, whatever program sets them."""

    number: int
    organisation: str
    kind: str
    headline: str
    message: str
    problem: Part
    figure: Figure
    works: str
    cards: tuple[Part, ...]
    evidence: Evidence
    example: Part
    unknown: Part
    ask: Part
    sources: tuple[Source, ...]
    contact: Contact
    statement: str
    funding: str

    def plain(self) -> dict[str, Any]:
        """The page as dictionaries, lists, words and numbers, to be written as JSON."""
        return asdict(self)


HEADLINE: Final = "{Fund|Pay for|Back} peer support in $place{ now| this year| for good}: {it works|it reaches people}"
MESSAGE: Final = (
    "{Good care|Diabetes care|Help} in $place {should go on|must not stop} {when the visit ends|between two visits}, "
    "{and a trained peer|and someone who lives with it too} {makes sure that it does|can carry it into daily life}."
)
PROBLEM: Final = (
    "{Most|Nearly all|Almost all} of the $people adults with diabetes in $place {see|meet|visit} a clinician "
    "{a few|only a few|three or four} times a year. {Between visits|For the rest of the year} they {choose|weigh} "
    "every meal, {check|watch} their blood sugar and {carry|handle} the worry {alone|by themselves}. "
    "{Last year|In 2025} $missed of them {missed|did not come to} a {yearly|planned} review,",
    1,
    " and {emergency visits|urgent admissions} {rose|went up} by $rise in every thousand.",
    2,
)
FIGURE_MEANS: Final = "hours a year each adult in $place {manages|handles} diabetes {without a clinician|on their own}"
FIGURE_NOTE: Final = ("8,766 hours in a year less the $visit {hours|hours or so} spent in clinics.", 1)
WORKS: Final = "What {works|helps} in $place"
CARDS: Final = (
    (
        "{Daily|Everyday} {help|practice}",
        "A peer from $place {turns|makes} advice {into|part of} "
        "{meals, walks and medicines|shopping, cooking and sleep} that {fit|suit} the {week|household}.",
    ),
    (
        "{Someone|A person} who {listens|knows}",
        "{Regular|Steady} calls in $place {ease|lighten} the {worry|strain} that {keeps|holds} people "
        "{from trying|back}.",
    ),
    (
        "A {bridge|way} to {care|the clinic}",
        "Peers in $place {spot|notice} {trouble|problems} {early|in good time} and {bring|send} people {back|in} "
        "{sooner|before it is urgent}.",
    ),
)
EVIDENCE: Final = "What the {studies|trials} {found|show} for $place"
CAPTION: Final = "Change in HbA1c against usual care after $months months, in percentage points"
HEAD: Final = ("Study", "People", "Effect (95% interval)", "Certainty")
STUDIES: Final = (
    "{Town|City} {clinics|practices} of $place",
    "{Phone|Telephone} {calls|coaching}, $place",
    "{Home|Family} visits, {rural|outer} $place",
    "{Group|Evening} {meetings|classes}, $place",
)
CERTAINTY: Final = ("Moderate", "Low", "Very low")
EXAMPLE: Final = (
    "In {spring|autumn} 2024 {two|three|four} {practices|clinics} in $place {trained|hired} $peers peers. "
    "{Each|Every one} {called|met} {ten|twelve|fifteen} people {every week|twice a month} for half a year. "
    "{By the end|When it closed} $kept in every hundred were {still|still glad to be} taking part,",
    3,
    " and the {waiting time|queue} for a review {fell|shrank} by $days days.",
)
UNKNOWN: Final = (
    "{Trials|The trials} in $place were {short|small}: none {lasted|ran} more than $months months. "
    "{We do not know|Nobody can yet say} {whether gains last|how long gains last}, or {which|what kind of} "
    "{training|contact} {matters|counts} most.",
    4,
)
ASK: Final = (
    "{We ask that|Please let} the health committee of $place fund $peers peer {posts|places} in "
    "{every|each} {practice|clinic} by {1 July|30 June|1 October} 2027, "
    "and {report|publish} {results|outcomes} each {spring|autumn}."
)
SOURCES: Final = (
    "{Health|Diabetes} register of $place. {Annual|Yearly} report 2025.",
    "$place {Hospital|Infirmary} Trust. {Emergency|Urgent} care statistics, 2025.",
    "Peers in practice: {report|findings} of the $place pilot. 2025.",
    "{Long-term|Lasting} effects of peer support: a protocol for $place. 2026.",
)
# What every page of a campaign shares.
ORGANISATION: Final = "Measured Health Alliance"
CONTACT: Final = Contact("Campaign desk", "Communications", "555-0142", "desk@measured.example")
STATEMENT: Final = "A page made to measure speed."
FUNDING: Final = "Its places, studies and figures are invented."

FIRST, LAST = (
    parts.split()
    for parts in (
        "Ash Black Brook Clare Dun Elm Fair Glen Hart King Lang Mill North Oak",
        "borough bridge bury field ford haven mere mouth port stead ton wick worth",
    )
)

_CHOICE: Final = re.compile(r"\{([^{}]*)\}")
_NAME: Final = re.compile(r"\$(\w+)")


@dataclass(frozen=True, slots=True)
class Writer:
    """Turns the texts above into those of one page."""

    random: Random
    names: Mapping[str, str]

    def words(self, text: str) -> str:
        chosen = _CHOICE.sub(lambda found: self.random.choice(found[1].split("|")), text)
        return _NAME.sub(lambda found: self.names[found[1]], chosen)

    def rich(self, text: Run | tuple[Run, ...]) -> Rich:
        runs = text if isinstance(text, tuple) else (text,)
        return tuple(self.words(run) if isinstance(run, str) else run for run in runs)


def page(number: int) -> Page:
    """Page `number`, counting from 1. Places are different up to page 182, figures beyond."""
    random = Random(number)
    writer = Writer(random, _names(random, number))
    words, rich = writer.words, writer.rich
    return Page(
        number=number,
        organisation=ORGANISATION,
        kind="Policy one-pager",
        headline=words(HEADLINE),
        message=words(MESSAGE),
        problem=Part(words("The gap between visits in $place"), rich(PROBLEM)),
        figure=Figure(writer.names["hours"], words(FIGURE_MEANS), rich(FIGURE_NOTE)),
        works=words(WORKS),
        cards=tuple(Part(words(title), rich(text)) for title, text in CARDS),
        evidence=_evidence(writer),
        example=Part(words("An example from $place"), rich(EXAMPLE)),
        unknown=Part("What we do not know", rich(UNKNOWN)),
        ask=Part("What we ask for", rich(ASK)),
        sources=tuple(_source(writer, number, index) for index in range(len(SOURCES))),
        contact=CONTACT,
        statement=STATEMENT,
        funding=FUNDING,
    )


def pages(count: int) -> tuple[Page, ...]:
    """`count` pages, no paragraph of any of them the same as one of another."""
    made = tuple(page(number) for number in range(1, count + 1))
    if repeated := repeated_texts(made):
        raise AssertionError(f"texts that stand on more than one page: {repeated[:3]}")
    return made


def repeated_texts(made: tuple[Page, ...]) -> list[str]:
    """The headlines, messages, paragraphs and study names that occur more than once."""
    counts = Counter(text for one in made for text in _texts(one))
    return sorted(text for text, count in counts.items() if count > 1)


def word_count(one: Page) -> int:
    """The words that stand on the page, headings, table and sources included."""
    return len(" ".join(_strings(one.plain())).split())


def _names(random: Random, number: int) -> dict[str, str]:
    place = FIRST[number % len(FIRST)] + LAST[number % len(LAST)]
    visit = random.randint(3, 9)
    return {
        "place": place if number <= len(FIRST) * len(LAST) else f"{place} {number}",
        "people": f"{4_000 + 37 * number:,}",
        "missed": f"{600 + 11 * number:,}",
        "rise": str(random.randint(3, 19)),
        "visit": str(visit),
        "hours": f"{8_766 - visit:,}",
        "months": str(random.choice((6, 9, 12, 18, 24))),
        "peers": str(random.randint(4, 28)),
        "kept": str(random.randint(61, 93)),
        "days": str(random.randint(4, 31)),
    }


def _evidence(writer: Writer) -> Evidence:
    rows = tuple(_study(writer, name) for name in STUDIES)
    return Evidence(writer.words(EVIDENCE), writer.words(CAPTION), HEAD, rows)


def _study(writer: Writer, name: str) -> tuple[Rich, ...]:
    random = writer.random
    effect, spread = random.randint(12, 68), random.randint(6, 30)
    interval = f"{_points(-effect)} ({_points(-effect - spread)} to {_points(spread - effect)})"
    people = f"{random.randint(90, 1_900):,}"
    return ((writer.words(name), random.randint(1, 4)), (people,), (interval,), (random.choice(CERTAINTY),))


def _points(hundredths: int) -> str:
    """Hundredths of a percentage point as a signed decimal, with a minus sign and not a hyphen."""
    return f"{hundredths / 100:.2f}".replace("-", "\u2212")


def _source(writer: Writer, number: int, index: int) -> Source:
    return Source(writer.words(SOURCES[index]), f"https://example.org/{number}/{index + 1}")


def _texts(one: Page) -> Iterator[str]:
    yield from (one.headline, one.message)
    for part in (one.problem, *one.cards, one.example, one.unknown, one.ask):
        yield "".join(map(str, part.text))
    yield from ("".join(map(str, row[0])) for row in one.evidence.rows)
    yield from (source.text for source in one.sources)


def _strings(value: object) -> Iterator[str]:
    match value:
        case str() if not value.startswith("https:"):
            yield value
        case dict():
            for item in value.values():
                yield from _strings(item)
        case tuple():
            for item in value:
                yield from _strings(item)
