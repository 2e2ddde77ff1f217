"""What a target reads: which facts, messages, sources, files, noted as they are asked for.

A project's mappings are wrapped so that every look-up leaves its key in a `Trace`, also one that finds
nothing, and going through all names leaves `<kind>:*`. What is not a mapping of named things counts as read
by every target. A key is a kind and a name, such as `fact:hours-on-your-own` or `file:layouts/parts.xml.j2`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, fields, replace
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from briefpack.dataclass import dataclass
from briefpack.project.files import ProjectFiles
from briefpack.project.load import Project
from briefpack.project.models import Campaign

V = TypeVar("V")

ALL: Final = "*"
FILE: Final = "file"

PROJECT: Final = "project"
"""What of a project is in no mapping below."""

CAMPAIGN: Final = "campaign"
"""What of a campaign is in no mapping below."""

OF_PROJECT: Final = MappingProxyType(
    {
        "messages": "message",
        "facts": "fact",
        "sources": "source",
        "briefs": "brief",
        "packs": "pack",
        "layouts": "layout",
        "own_facts": "own-facts",
    }
)
BROKEN: Final = "broken"
"""A file that is there and could not be read."""

# What of a project no target reads, or reads name by name.
_UNSHARED: Final = frozenset((*OF_PROJECT, CAMPAIGN, BROKEN, "sketches", "pack_sketches", "lost"))

OF_CAMPAIGN: Final = MappingProxyType({"audiences": "audience", "contacts": "contact"})


@dataclass(slots=True)
class Trace:
    """The keys looked up since it was last emptied."""

    keys: set[str] = field(default_factory=set)

    def taken(self) -> frozenset[str]:
        """The keys so far; the next target begins with none."""
        taken = frozenset(self.keys)
        self.keys.clear()
        return taken


class Traced(Mapping[str, V], Generic[V]):
    """A mapping that notes in `trace` what is asked of it."""

    __slots__ = ("_kind", "_trace", "_values")

    def __init__(self, kind: str, values: Mapping[str, V], trace: Trace) -> None:
        self._kind, self._values, self._trace = kind, values, trace

    def __getitem__(self, name: str) -> V:
        self._trace.keys.add(f"{self._kind}:{name}")
        return self._values[name]

    def __contains__(self, name: object) -> bool:
        self._trace.keys.add(f"{self._kind}:{name}")
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        self._trace.keys.add(f"{self._kind}:{ALL}")
        return iter(self._values)

    def __len__(self) -> int:
        self._trace.keys.add(f"{self._kind}:{ALL}")
        return len(self._values)


class TracedNames(frozenset[str]):
    """Names of which it is noted in `trace` which are asked for."""

    kind: str
    trace: Trace

    @classmethod
    def of(cls, kind: str, names: frozenset[str], trace: Trace) -> TracedNames:
        made = cls(names)
        made.kind, made.trace = kind, trace
        return made

    def __contains__(self, name: object) -> bool:
        self.trace.keys.add(f"{self.kind}:{name}")
        return super().__contains__(name)


def traced(project: Project, trace: Trace) -> Project:
    """`project` with its named things wrapped."""
    inner = {name: Traced(kind, getattr(project.campaign, name), trace) for name, kind in OF_CAMPAIGN.items()}
    return replace(
        project,
        campaign=project.campaign.model_copy(update=inner),
        messages=Traced(OF_PROJECT["messages"], project.messages, trace),
        facts=Traced(OF_PROJECT["facts"], project.facts, trace),
        sources=Traced(OF_PROJECT["sources"], project.sources, trace),
        briefs=Traced(OF_PROJECT["briefs"], project.briefs, trace),
        packs=Traced(OF_PROJECT["packs"], project.packs, trace),
        layouts=Traced(OF_PROJECT["layouts"], project.layouts, trace),
        own_facts=Traced(OF_PROJECT["own_facts"], project.own_facts, trace),
        broken=TracedNames.of(BROKEN, project.broken, trace),
    )


class NotedFiles:
    """The files of another reader, whose reads are noted in `trace`."""

    def __init__(self, files: ProjectFiles, trace: Trace) -> None:
        self._files, self._trace = files, trace

    @property
    def reads(self) -> Mapping[str, str]:
        return self._files.reads

    def read_text(self, path: str) -> str:
        self._trace.keys.add(file_key(path))
        return self._files.read_text(path)

    def read_bytes(self, path: str) -> bytes:
        self._trace.keys.add(file_key(path))
        return self._files.read_bytes(path)

    def exists(self, path: str) -> bool:
        self._trace.keys.add(file_key(path))
        return self._files.exists(path)

    def list(self, folder: str, suffix: str) -> tuple[str, ...]:
        self._trace.keys.add(file_key(f"{folder}/{ALL}{suffix}"))
        return self._files.list(folder, suffix)


def file_key(path: str) -> str:
    """The key of a file, or of a listing written `<folder>/*<suffix>`."""
    return f"{FILE}:{path}"


def shared_of(project: Project) -> tuple[tuple[str, object], ...]:
    """What of `project` every target reads, by name."""
    own = (item.name for item in fields(project) if item.compare and item.name not in _UNSHARED)
    return tuple((name, getattr(project, name)) for name in own)


def campaign_of(campaign: Campaign) -> tuple[tuple[str, object], ...]:
    """What of a campaign every target reads, by name."""
    return tuple((name, value) for name, value in campaign if name not in OF_CAMPAIGN)
