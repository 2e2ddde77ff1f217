"""The files of a campaign as models: what may be written in them, and what it means.

Only shapes are checked here. Whether a name refers to something is checked where it is resolved.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final, Literal

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span, suggest
from briefpack.project.columns import Column
from briefpack.project.declaring import Field, JsonSchema, before, plain
from briefpack.project.fields import (
    TEXT_SCHEMA,
    Day,
    Email,
    Exact,
    Fields,
    Flag,
    Id,
    Language,
    LanguageKey,
    Length,
    LinkUrl,
    Name,
    Number,
    RawMapping,
    Spoken,
    Step,
    Text,
    Whole,
    choice,
    one_word,
    wrong,
)
from briefpack.project.forms import Form, read_form
from briefpack.project.terms import OwnTerms
from briefpack.project.tree import YamlScalar
from briefpack.project.validation import Model

__all__ = [
    "AgendaEntry",
    "Audience",
    "Avoided",
    "Brief",
    "Campaign",
    "Contact",
    "Fact",
    "Facts",
    "Issued",
    "Message",
    "Messages",
    "Model",
    "Pack",
    "Person",
    "Purpose",
    "ReadingLevel",
    "Reference",
    "ReferenceType",
    "Setting",
    "Sources",
    "Stance",
    "Waiver",
]


class Waiver(Model):
    """A finding that stands, and why. It counts where it is written: for a brief, a fact or a message."""

    rule: Name = Field(description="the code of the rule, as it stands in brackets in the finding")
    why: Text = Field(description="the reason; it is shown with the finding")
    slot: Name | None = Field(default=None, description="the one slot of the brief that it is for")


Setting = Annotated[Literal["error", "warning", "note", "off"], choice("error", "warning", "note", "off")]


class ReadingLevel(Model):
    """A band of school grades: `good` is aimed at, above `most` it is too hard."""

    good: Number
    most: Number


@dataclass(frozen=True, slots=True)
class Avoided:
    """A word that an audience should not meet, and what to write instead, where that is said."""

    word: str
    instead: str | None = None


def _avoided(value: object) -> tuple[Avoided, ...]:
    """Words in a list, words with their substitutes as fields, or both in one list."""
    match value:
        case tuple():
            return value  # given in Python, already of its type
        case Fields():
            return tuple(Avoided(word, _instead(instead)) for word, instead in value.items())
        case list():
            return tuple(
                word for item in value for word in (_avoided(item) if isinstance(item, Fields) else _one(item))
            )
        case _:
            raise wrong("a list of words, or words with what to write instead", value)


def _one(value: object) -> tuple[Avoided, ...]:
    return (Avoided(_word(value)),)


def _instead(value: object) -> str | None:
    return None if isinstance(value, YamlScalar) and value.empty else _word(value)


def _word(value: object) -> str:
    if isinstance(value, YamlScalar) and value.text.strip():
        return value.text.strip()
    raise wrong("a word", value)


_INSTEAD_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "additionalProperties": {"type": ["string", "number", "null"]},
}

AvoidedWords = Annotated[
    tuple[Avoided, ...],
    plain(_avoided),
    JsonSchema({"anyOf": [{"type": "array", "items": {"anyOf": [TEXT_SCHEMA, _INSTEAD_SCHEMA]}}, _INSTEAD_SCHEMA]}),
]


class Audience(Model):
    """Who reads."""

    name: Text
    reading_level: ReadingLevel | None = Field(default=None, description="the band of school grades to write for")
    longest_sentence: Whole | None = Field(
        default=None, description="the most words of a sentence; 25, 30 or 35 by default, as the reading level goes"
    )
    smallest_type: Length = Field(default=9.0, description="no text is set smaller than this")
    hyphenate: Flag | None = Field(
        default=None, description="whether words may be divided for them; by default not up to the eighth grade"
    )
    familiar: tuple[Text, ...] = Field(default=(), description="hard words and abbreviations that these readers know")
    avoid: AvoidedWords = Field(
        default=(), description="words that these readers should not meet, with what to write instead"
    )

    @property
    def most_words(self) -> int | None:
        """The most words of a sentence; None where nothing is known of the readers.

        25 is the limit of GOV.UK for everybody; readers with more schooling follow longer sentences.
        """
        if self.longest_sentence is not None or self.reading_level is None:
            return self.longest_sentence
        return 25 if self.lay else 30 if self.reading_level.most <= 12 else 35

    @property
    def lay(self) -> bool:
        """Whether it is written for people without training: up to the eighth grade."""
        return self.reading_level is not None and self.reading_level.most <= 8

    @property
    def divides(self) -> bool:
        """Whether words may be divided for these readers, where a style does: a divided word is harder to read."""
        return not self.lay if self.hyphenate is None else self.hyphenate


class Contact(Model):
    """Whom a reader can turn to."""

    name: Text
    role: Text | None = None
    organisation: Text | None = None
    phone: Text | None = None
    email: Email | None = None
    url: LinkUrl | None = Field(default=None, description="a web page, with https://")


Digits = Annotated[Literal["latin", "native"], choice("latin", "native")]


class Campaign(Model):
    """`briefs/campaign.yaml`: who speaks, to whom."""

    name: Text
    organisation: Text
    language: Language = "en"
    digits: Digits | None = Field(
        default=None,
        description="`latin` for 0 to 9, `native` for the script's own; by default what the language uses (CLDR)",
    )
    statement: Text | None = Field(default=None, description="attribution, printed on every document")
    funding: Text | None = Field(default=None, description="who paid, printed with the attribution")
    credited_sources: tuple[Name, ...] = Field(
        default=(), description="sources whose claims go with the statement and the funding line"
    )
    audiences: dict[Id, Audience]
    contacts: dict[Id, Contact] = Field(default_factory=dict)
    rules: dict[Id, Setting] = Field(
        default_factory=dict, description="how severe a rule is: error, warning, note or off"
    )
    terms: dict[LanguageKey, OwnTerms] = Field(
        default_factory=dict, description="words that Briefpack writes itself, such as `Sources`, by language"
    )
    waive: tuple[Waiver, ...] = Field(default=(), description="findings in this file that stand")


Stage = Literal["draft", "approved"]
_STAGES: Final[tuple[Stage, ...]] = ("draft", "approved")


@dataclass(frozen=True, slots=True)
class Status:
    """Whether words are approved or still a draft: all of them, or those for an audience or in a language.

    Words of which nothing is said are neither; `places` has the keys, to say where it was written.
    """

    whole: Stage | None = None
    parts: tuple[tuple[str, Stage], ...] = ()
    places: tuple[tuple[str, Span], ...] = ()

    def of(self, audience: str, language: str) -> Stage | None:
        """The stage of the words for `audience` in `language`. Where it says two things, it is a draft."""
        said = [stage for name, stage in self.parts if _means(name, audience, language)]
        return "draft" if "draft" in (*said, self.whole) else said[0] if said else self.whole

    def place(self, audience: str, language: str) -> Span | None:
        """Where it is said of the words for `audience` in `language` alone that they are a draft."""
        drafts = {name for name, stage in self.parts if stage == "draft" and _means(name, audience, language)}
        return next((span for name, span in self.places if name in drafts), None)

    @property
    def approves(self) -> bool:
        """Whether it says of any words that they are approved."""
        return "approved" in (self.whole, *(stage for _, stage in self.parts))


def _means(name: str, audience: str, language: str) -> bool:
    """Whether a key of a status means the words for `audience` in `language`."""
    return name == audience or name.lower() in (language.lower(), language.lower().split("-")[0])


def _stage(value: object) -> Stage:
    text = value.text.strip() if isinstance(value, YamlScalar) else ""
    if text in _STAGES:
        return text
    near = suggest(text, _STAGES)
    raise wrong("`draft` or `approved`", value, f"write `{near}`" if near else None)


def _status(value: object) -> Status:
    """One word, or one for an audience or a language."""
    match value:
        case Status():
            return value
        case Fields():
            parts = tuple((name, _stage(stage)) for name, stage in value.items())
            return Status(None, parts, tuple((key.text, key.span) for key, _ in value.node.entries))
        case _:
            return Status(_stage(value))


_STAGE_SCHEMA: Final[dict[str, Any]] = {"type": "string", "enum": list(_STAGES)}
StatusField = Annotated[
    Status,
    plain(_status),
    JsonSchema({"anyOf": [_STAGE_SCHEMA, {"type": "object", "additionalProperties": _STAGE_SCHEMA}]}),
]


class Message(Model):
    """A key message with its approved wording for each audience."""

    source: Name | None = Field(default=None, description="an id from sources.yaml")
    original: Text | None = Field(default=None, description="the source's own words; never printed by themselves")
    wording: dict[Id, Spoken] = Field(description="the words for each audience, in one language or by language")
    gloss: dict[Id, Spoken] = Field(default_factory=dict, description="a plain explanation for an audience")
    status: StatusField = Field(
        default_factory=Status, description="draft or approved; or by audience or language, such as {es: draft}"
    )
    approved_by: Text | None = Field(default=None, description="who approved its words")
    approved_on: Day | None = Field(default=None, description="when they were approved")
    must_appear: tuple[Name, ...] = Field(default=(), description="audiences, briefs and packs that have to print it")
    must_not_appear: tuple[Name, ...] = Field(default=(), description="audiences and briefs that may not print it")
    waive: tuple[Waiver, ...] = Field(default=(), description="findings about it that stand")


class Messages(Model):
    """`briefs/messages.yaml`."""

    messages: dict[Id, Message]


Confidence = Annotated[
    Literal["high", "moderate", "low", "very-low", "illustration"],
    choice("high", "moderate", "low", "very-low", "illustration"),
]
Helper = Annotated[
    Literal["peers", "community-health-workers", "both"], choice("peers", "community-health-workers", "both")
]


class Fact(Model):
    """A number that documents state, or a range of numbers, with where it comes from."""

    value: Exact | None = Field(default=None, description="the number itself, without grouping")
    low: Exact | None = Field(default=None, description="the lower bound of its interval, or of a range without value")
    high: Exact | None = Field(default=None, description="the upper bound of its interval, or of a range")
    decimals: Whole | None = Field(default=None, description="how many decimals are printed; as written by default")
    unit: Spoken | None = None
    qualifier: Spoken | None = Field(default=None, description="words that always go with it, such as `as many as`")
    derivation: Text | None = Field(default=None, description="arithmetic over other facts that gives the value")
    source: Name | None = Field(default=None, description="an id from sources.yaml")
    locator: Text | None = Field(default=None, description="where in the source, such as `table 2` or `p. 14`")
    as_of: Text | None = Field(default=None, description="the time that the number speaks of")
    checked: Day | None = Field(default=None, description="when it was last compared with its source")
    review_by: Day | None = Field(default=None, description="the last day on which it may be used unreviewed")
    owner: Text | None = Field(default=None, description="who keeps it right")
    confidence: Confidence | None = Field(default=None, description="how sure the evidence is, as in GRADE")
    comparator: Spoken | None = Field(default=None, description="for an effect, what it is compared with")
    delivered_by: Helper | None = Field(default=None, description="for an effect or a cost, who gave the support")
    burden: Flag = Field(default=False, description="whether it counts how many have the disease")
    rounding: dict[Id, Step] = Field(default_factory=dict, description="for an audience, to the nearest such number")
    wording: dict[Id, Spoken] = Field(default_factory=dict, description="for an audience, how the number is said")
    means: dict[Id, Spoken] = Field(default_factory=dict, description="what the number means, for each audience")
    note: Spoken | None = Field(default=None, description="how it comes about; printed small beside it")
    waive: tuple[Waiver, ...] = Field(default=(), description="findings about it that stand")

    @property
    def is_range(self) -> bool:
        """Whether it is a range of numbers without one that stands for it."""
        return self.value is None and self.derivation is None and self.low is not None and self.high is not None


class Facts(Model):
    """`briefs/facts.yaml`."""

    facts: dict[Id, Fact]


class Person(Model):
    """An author or editor, as in CSL. An organisation is written as `literal`."""

    family: Text | None = None
    given: Text | None = None
    literal: Text | None = None
    suffix: Text | None = None
    dropping_particle: Text | None = None
    non_dropping_particle: Text | None = None


class Issued(Model):
    """When a work appeared."""

    year: Whole
    month: Whole | None = None
    day: Whole | None = None


_ISSUED = "a year, or a date such as 2015-03-12"
_PART_SCHEMA: Final[dict[str, Any]] = {"type": ["integer", "string"], "pattern": r"^\d{1,4}$"}
_ISSUED_SCHEMA: Final[dict[str, Any]] = {
    "anyOf": [
        {"type": "integer", "minimum": 1000, "maximum": 9999},
        {"type": "string", "pattern": r"^\d{4}(-\d{1,2}){0,2}$"},
        {
            "type": "object",
            "properties": dict.fromkeys(("year", "month", "day"), _PART_SCHEMA),
            "required": ["year"],
            "additionalProperties": False,
        },
    ]
}


def _issued(value: object) -> object:
    """A year or a date written as one text, taken apart."""
    if not isinstance(value, YamlScalar):
        if isinstance(value, Fields | Issued):
            return value
        raise wrong(_ISSUED, value)
    parts = value.text.strip().split("-")
    if len(parts) > 3 or not all(part.isdecimal() and len(part) <= 4 for part in parts) or len(parts[0]) != 4:
        raise wrong(_ISSUED, value)
    numbers = [int(part) for part in parts]
    return dict(zip(("year", "month", "day"), numbers, strict=False))


ReferenceType = Annotated[
    Literal["article-journal", "report", "webpage", "legislation", "chapter", "book"],
    choice("article-journal", "report", "webpage", "legislation", "chapter", "book"),
]


class Reference(Model):
    """A citable work, in the names of the Citation Style Language (CSL 1.0.2, appendix IV)."""

    id: Id
    type: ReferenceType
    title: Text
    author: tuple[Person, ...] = ()
    editor: tuple[Person, ...] = ()
    container_title: Text | None = None
    collection_title: Text | None = None
    edition: Text | None = None
    volume: Text | None = None
    issue: Text | None = None
    number: Text | None = None
    section: Text | None = None
    page: Text | None = None
    publisher: Text | None = None
    publisher_place: Text | None = None
    jurisdiction: Text | None = None
    issued: Annotated[
        Issued | None,
        before(_issued),
        JsonSchema(_ISSUED_SCHEMA),
    ] = None
    accessed: Day | None = None
    doi: Text | None = Field(default=None, written="DOI")
    url: LinkUrl | None = Field(default=None, written="URL")
    note: Text | None = Field(default=None, description="for editors; not printed")
    status: Text | None = Field(default=None, description="`forthcoming` for what has not appeared yet")
    # Reference managers export these; they are kept by nobody and printed nowhere.
    abstract: Text | None = None
    isbn: Text | None = Field(default=None, written="ISBN")
    issn: Text | None = Field(default=None, written="ISSN")
    pmid: Text | None = Field(default=None, written="PMID")
    pmcid: Text | None = Field(default=None, written="PMCID")
    genre: Text | None = None
    keyword: Text | None = None
    language: Text | None = None
    source: Text | None = None
    container_title_short: Text | None = None
    title_short: Text | None = None


class Sources(Model):
    """`briefs/sources.yaml`: CSL-YAML."""

    references: tuple[Reference, ...]


Stance = Annotated[Literal["advocacy", "neutral"], choice("advocacy", "neutral")]


FormName = Annotated[
    Form,
    one_word("a form such as `large-print` or `letter+grayscale`", read_form),
    JsonSchema({"type": "string", "pattern": r"^[a-z0-9-]+(\+[a-z0-9-]+)*$"}),
]
"""A form, written as words joined by `+`."""


class Brief(Model):
    """`briefs/<name>.yaml`: one document's content for one audience."""

    extends: Name | None = Field(default=None, description="a brief that has what is not written here")
    layout: Name = Field(description="a folder of `layouts`")
    audience: Name = Field(description="an audience of campaign.yaml")
    stance: Stance = "neutral"
    title: Text = Field(description="the document's name in metadata and bookmarks, without marks")
    date: Day
    language: Language | None = Field(default=None, description="a language tag; the campaign's by default")
    contact: Name | None = Field(default=None, description="a contact of campaign.yaml")
    tags: tuple[Id, ...] = Field(default=(), description="words to choose documents by when building")
    forms: tuple[FormName, ...] = Field(default=(), description="what it is made as besides: large print, in grey")
    values: dict[Id, Text] = Field(default_factory=dict, description="words to print as `{{ value.name }}`")
    data: dict[Id, Column] = Field(
        default_factory=dict, description="columns of a data file, to print as `{{ row.name }}` in a copy for each row"
    )
    facts: dict[Id, RawMapping] = Field(
        default_factory=dict, description="fields of facts that differ in this document"
    )
    variants: dict[Id, RawMapping] = Field(
        default_factory=dict, description="documents of their own with some of this replaced, by name"
    )
    slots: RawMapping = Field(description="what the layout's slots are filled with")
    waive: tuple[Waiver, ...] = Field(default=(), description="findings about it that stand")

    # These say what else there is to be made, and nothing of the document itself.
    _aside: ClassVar[frozenset[str]] = frozenset({"tags", "forms", "variants"})
    _contents: ClassVar[Mapping[str, tuple[str, object]]] = {}
    # Most commands ask what all briefs are called and whom they are for, and what few of them say.
    _later: ClassVar[tuple[str, ...]] = ("slots", "_contents", "_node")

    def know(self, contents: Mapping[str, tuple[str, object]]) -> None:
        """Keep the `contents` of slots by their names, each with the type that it was read as."""
        vars(self)["_contents"] = contents

    def content(self, slot: str, type: str) -> object | None:
        """The content of `slot` read as a `type`, where that is known already."""
        read_as, content = self._contents.get(slot, ("", None))
        return content if read_as == type else None


Purpose = Annotated[Literal["decision", "discussion", "information"], choice("decision", "discussion", "information")]


class AgendaEntry(Model):
    """One item of a meeting's agenda."""

    title: Text
    owner: Text
    minutes: Whole
    for_: Purpose
    paper: Name | None = Field(default=None, description="a brief that is read for this item")
    note: Text | None = None


class Pack(Model):
    """`briefs/packs/<name>.yaml`: a meeting's papers as one document."""

    title: Text
    subtitle: Text | None = None
    date: Day
    until: Day | None = Field(default=None, description="the last day of a meeting of several days")
    time: Text | None = None
    place: Text
    for_: Text = Field(description="whom the meeting is for")
    chair: Text | None = None
    layout: Name = Name("meeting-pack")
    contact: Name | None = None
    language: Language | None = None
    tags: tuple[Id, ...] = Field(default=(), description="words to choose documents by when building")
    forms: tuple[FormName, ...] = Field(default=(), description="what it is made as besides: large print, in grey")
    agenda: tuple[AgendaEntry, ...]
    papers: tuple[Name, ...]
    _aside: ClassVar[frozenset[str]] = frozenset({"tags", "forms"})
    waive: tuple[Waiver, ...] = Field(default=(), description="findings about it that stand")
