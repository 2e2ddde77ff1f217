"""The digests of inputs as they are now, and what an input brings with it.

A value that is worked out from others, such as a fact with a derivation, is kept by the process once it is
known, so a target that meets it later reads less than it depends on. What each such value reads is found out by
working it out once more, alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, timedelta
from typing import Any, Final

from briefpack.builds.digests import ABSENT, digest
from briefpack.builds.knowing import digest_of_known, digest_of_phrases
from briefpack.builds.tracing import (
    ALL,
    ALWAYS,
    CAMPAIGN,
    FILE,
    OF,
    OF_CAMPAIGN,
    OF_PROJECT,
    OF_THEME,
    OWN_FACT,
    Trace,
    Traced,
    file_key,
    shared_of,
)
from briefpack.content.checks.known import Known
from briefpack.content.checks.phrases import Phrases
from briefpack.content.checks.told import Told
from briefpack.content.facts import Ledger
from briefpack.content.prepared import Prepared
from briefpack.content.terms import own_terms
from briefpack.dataclass import dataclass
from briefpack.project.files import ProjectFiles, observe
from briefpack.project.load import Project
from briefpack.project.models import Model

ENVIRONMENT = "environment"
"""The tool, Python and the libraries."""

DATE = "date"
"""SOURCE_DATE_EPOCH."""

PASSED = "passed"
"""Whether the day has passed by which a fact was to be reviewed; of a brief's own fact, `@` and the brief behind it."""

_FILES: Final = file_key("")
_FACTS: Final = f"{OF_PROJECT['facts']}:"


@dataclass(slots=True)
class Present:
    """A project as it stands, by the keys of a `Trace`; each digest is worked out once."""

    files: ProjectFiles
    project: Project
    environment: str
    epoch: str
    today: date
    told: Told = field(init=False)
    _digests: dict[str, str] = field(default_factory=dict)
    _others: dict[str, Told] = field(default_factory=dict)
    _figures: dict[str, dict[str, str]] = field(default_factory=dict)
    _greys: dict[str, str] = field(default_factory=dict)
    _closures: dict[str, frozenset[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.told = Told(Prepared(self.project))

    def digest(self, key: str) -> str:
        """The digest of the input `key`, or `absent`."""
        found = self._digests.get(key)
        if found is None:
            found = self._digests[key] = self._digest(key)
        return found

    def digests(self, keys: Iterable[str]) -> dict[str, str]:
        """The digests of `keys`."""
        known = self._digests
        return {key: known.get(key) or self.digest(key) for key in sorted(keys)}

    def take(self, digests: Mapping[str, str]) -> None:
        """Take `digests` that are known to be those of now."""
        self._digests.update(digests)

    def inputs(self, keys: Iterable[str], reads: Mapping[str, str]) -> dict[str, str]:
        """The digests of `keys` and of what they bring with them, of files as they were read, which `reads` has."""
        found = self.digests(self.closed(keys))
        for path, value in reads.items():
            key = f"{_FILES}{path}"
            if key in found:
                found[key] = value
        return found

    def changed(self, inputs: Mapping[str, str]) -> tuple[str, ...]:
        """The keys of `inputs` whose digests are others now."""
        known = self._digests
        return tuple(key for key, value in inputs.items() if (known.get(key) or self.digest(key)) != value)

    def known(self, readers: str) -> Known:
        """What is known of the project's facts for `readers`, as `knowing.readers_of` names them."""
        language, audience, about = (*readers.split("@", 2), "", "")[:3]
        return self._told(about).known(language, audience or None)

    def phrases(self, readers: str) -> Phrases:
        """The words of the project's messages in a language; `@` and a brief behind it, with the facts as in that."""
        language, _, about = readers.partition("@")
        return self._told(about).phrases(language)

    def _told(self, about: str) -> Told:
        """What facts and messages tell, with the facts as they are in the brief `about`."""
        if about not in self.project.own_facts:
            return self.told
        found = self._others.get(about)
        if found is None:
            found = self._others[about] = Told(Prepared(self.project.as_in(about)))
        return found

    def days(self) -> tuple[str, str]:
        """The first and the last day on which the same dates of the project lie ahead as today."""
        project = self.project
        dates = sorted(_dates((project.campaign, *project.facts.values(), *project.messages.values())))
        earlier = [day for day in dates if day < self.today]
        later = [day for day in dates if day > self.today]
        if self.today in dates:
            return self.today.isoformat(), self.today.isoformat()
        first = earlier[-1] + timedelta(days=1) if earlier else date.min
        last = later[0] - timedelta(days=1) if later else date.max
        return first.isoformat(), last.isoformat()

    def _digest(self, key: str) -> str:
        kind, _, name = key.partition(":")
        match kind:
            case "environment":
                return self.environment
            case "date":
                return self.epoch
            case "passed":
                return self._passed(*name.partition(OF)[::2])
            case "broken":
                return digest(name in self.project.broken)
            case "project":
                return digest(shared_of(self.project))
            case "campaign" | "theme":
                return digest(getattr(self.project.campaign if kind == CAMPAIGN else self.project.theme, name))
            case "terms":
                return digest(own_terms(name, self.project.campaign))
            case "grey":
                return self._grey(name)
            case "file":
                return observe(self.files, name)
            case "known":
                readers, _, way = name.partition("/")
                return digest_of_known(self.known(readers), way, self._figures.setdefault(readers, {}))
            case "phrases":
                readers, _, way = name.partition("/")
                return digest_of_phrases(self.phrases(readers), way)
            case _:
                return self._named(kind, name)

    def _grey(self, color: str) -> str:
        from briefpack.builds.making import greys_of
        from briefpack.layout.grey import grey_of  # imported late: few are in grey

        if not self._greys:
            self._greys.update(greys_of(self.project.theme))
        return digest(grey_of(color, self._greys))

    def _named(self, kind: str, name: str) -> str:
        values = self._values(kind)
        if name == ALL:
            return digest(tuple(values))
        if kind == OF_PROJECT["own_facts"]:
            return digest(tuple(values[name])) if name in values else ABSENT  # each has a digest of its own
        return digest(values[name]) if name in values else ABSENT

    def _values(self, kind: str) -> Mapping[str, Any]:
        own, _, about = kind.partition(OF)
        if own == OWN_FACT:
            return self.project.own_facts.get(about, {})
        for field_name, known in OF_PROJECT.items():
            if known == kind:
                return getattr(self.project, field_name)  # type: ignore[no-any-return]
        for field_name, known in OF_CAMPAIGN.items():
            if known == kind:
                return getattr(self.project.campaign, field_name)  # type: ignore[no-any-return]
        for field_name, known in OF_THEME.items():
            if known == kind:
                return getattr(self.project.theme, field_name)  # type: ignore[no-any-return]
        return {}

    def closed(self, keys: Iterable[str]) -> frozenset[str]:
        """`keys` with all that they bring with them, and what every target depends on."""
        found = {*keys, *ALWAYS, DATE, ENVIRONMENT}
        facts = {key for key in found if key.startswith((_FACTS, OWN_FACT))}
        for key in [key for key in facts if key.startswith(_FACTS)]:
            name = key.removeprefix(_FACTS)
            if name in self.project.facts:
                facts |= self._closure(name)
        return frozenset(found.union(facts, *map(self._to_review, facts)))

    def _to_review(self, key: str) -> tuple[str, ...]:
        """What tells whether the facts that `key` stands for were to be reviewed by now."""
        kind, _, name = key.partition(":")
        if kind == OF_PROJECT["facts"] and name in self.project.facts:
            return (f"{PASSED}:{name}",) if self.project.facts[name].review_by is not None else ()
        own, _, about = kind.partition(OF)
        fact = self.project.own_facts.get(about, {}).get(name) if own == OWN_FACT else None
        return (f"{PASSED}:{name}{OF}{about}",) if fact is not None and fact.review_by is not None else ()

    def _passed(self, fact: str, about: str) -> str:
        found = (self.project.own_facts.get(about, {}) if about else self.project.facts).get(fact)
        return ABSENT if found is None or found.review_by is None else digest(self.today > found.review_by)

    def _closure(self, fact: str) -> frozenset[str]:
        known = self._closures.get(fact)
        if known is None:
            trace = Trace()
            ledger = Ledger(Traced(OF_PROJECT["facts"], self.project.facts, trace))
            ledger.value(fact)
            ledger.findings(fact)
            known = self._closures[fact] = trace.taken()
        return known


def _dates(values: Iterable[object]) -> set[date]:
    """The dates in `values`, which are models, at any depth."""
    found: set[date] = set()
    for value in values:
        if isinstance(value, date):
            found.add(value)
        elif isinstance(value, tuple | list):
            found |= _dates(value)
        elif isinstance(value, Mapping):
            found |= _dates(value.values())
        elif isinstance(value, Model):
            found |= _dates(item for _, item in value)
    return found


def file_digests(inputs: Mapping[str, str]) -> dict[str, str]:
    """The project files and listings among `inputs`, by path, with their digests."""
    mark = f"{FILE}:"
    return {key.removeprefix(mark): value for key, value in inputs.items() if key.startswith(mark)}
