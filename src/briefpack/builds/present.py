"""The digests of inputs as they are now, and what an input brings with it.

A value that is worked out from others, such as a fact with a derivation, is kept by the process once it is
known, so a target that meets it later reads less than it depends on. What each such value reads is found out by
working it out once more, alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import date, timedelta
from typing import Final

from briefpack.builds.digests import ABSENT, digest
from briefpack.builds.knowing import digest_of_known, digest_of_phrases
from briefpack.builds.tracing import (
    ALL,
    CAMPAIGN,
    FILE,
    OF_CAMPAIGN,
    OF_PROJECT,
    PROJECT,
    Trace,
    Traced,
    campaign_of,
    file_key,
    shared_of,
)
from briefpack.content.checks.known import Known
from briefpack.content.checks.phrases import Phrases
from briefpack.content.checks.told import Told
from briefpack.content.facts import Ledger
from briefpack.content.prepared import Prepared
from briefpack.dataclass import dataclass
from briefpack.project.files import ProjectFiles, observe
from briefpack.project.load import Project
from briefpack.project.models import Model

ENVIRONMENT = "environment"
"""The tool, Python and the libraries."""

DATE = "date"
"""SOURCE_DATE_EPOCH."""

TODAY = "today"
"""Which dates of the project have passed."""

_FILES: Final = file_key("")

ALWAYS = (CAMPAIGN, DATE, ENVIRONMENT, PROJECT, TODAY)
"""What every target depends on."""


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
    _figures: dict[str, dict[str, str]] = field(default_factory=dict)
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
        return {key: self.digest(key) for key in sorted(keys)}

    def inputs(self, keys: Iterable[str], reads: Mapping[str, str]) -> dict[str, str]:
        """The digests of `keys` and of what they bring with them, of files as they were read, which `reads` has."""
        found = self.digests(self.closed(keys))
        for key in found:
            if key.startswith(_FILES):
                found[key] = reads.get(key.removeprefix(_FILES), found[key])
        return found

    def changed(self, inputs: Mapping[str, str]) -> tuple[str, ...]:
        """The keys of `inputs` whose digests are others now."""
        return tuple(key for key, value in inputs.items() if self.digest(key) != value)

    def known(self, readers: str) -> Known:
        """What is known of the project's facts for `readers`: a language and an audience, `@` between them."""
        language, _, audience = readers.partition("@")
        return self.told.known(language, audience or None)

    def phrases(self, language: str) -> Phrases:
        """The words of the project's messages in `language`."""
        return self.told.phrases(language)

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
            case "today":
                return "..".join(self.days())
            case "broken":
                return digest(name in self.project.broken)
            case "project":
                return digest(shared_of(self.project))
            case "campaign":
                return digest(campaign_of(self.project.campaign))
            case "file":
                return observe(self.files, name)
            case "known":
                readers, _, way = name.partition("/")
                return digest_of_known(self.known(readers), way, self._figures.setdefault(readers, {}))
            case "phrases":
                language, _, way = name.partition("/")
                return digest_of_phrases(self.phrases(language), way)
            case _:
                return self._named(kind, name)

    def _named(self, kind: str, name: str) -> str:
        values = self._values(kind)
        if name == ALL:
            return digest(tuple(values))
        return digest(values[name]) if name in values else ABSENT

    def _values(self, kind: str) -> Mapping[str, object]:
        for field_name, known in OF_PROJECT.items():
            if known == kind:
                return getattr(self.project, field_name)  # type: ignore[no-any-return]
        for field_name, known in OF_CAMPAIGN.items():
            if known == kind:
                return getattr(self.project.campaign, field_name)  # type: ignore[no-any-return]
        return {}

    def closed(self, keys: Iterable[str]) -> frozenset[str]:
        """`keys` with all that they bring with them, and what every target depends on."""
        found = {*keys, *ALWAYS}
        for key in tuple(found):
            kind, _, name = key.partition(":")
            if kind == OF_PROJECT["facts"] and name in self.project.facts:
                found |= self._closure(name)
        return frozenset(found)

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
