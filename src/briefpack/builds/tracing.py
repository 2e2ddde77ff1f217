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
from briefpack.project.models import Campaign, Fact
from briefpack.project.theme import Theme

V = TypeVar("V")

ALL: Final = "*"
FILE: Final = "file"

PROJECT: Final = "project"
"""What of a project is in no mapping below."""

CAMPAIGN: Final = "campaign"
"""A field of a campaign that is in no mapping below, or its waivers."""

THEME: Final = "theme"
"""A field of a theme that is in no mapping below."""

FALLBACKS: Final = f"{THEME}:fallbacks"

TERMS: Final = "terms"
"""The words that a campaign has of its own for those that Briefpack writes itself, in a language."""

GREY: Final = "grey"
"""The grey of a colour, which follows from all that it is kept apart from."""

OWN_FACT: Final = "own-fact"
"""A fact as it is in a brief: the kind goes on with that brief's name."""

OF: Final = "@"

OF_PROJECT: Final = MappingProxyType(
    {
        "messages": "message",
        "facts": "fact",
        "sources": "source",
        "briefs": "brief",
        "packs": "pack",
        "layouts": "layout",
        "own_facts": "own-facts",
        "variants": "variants",
        "overrides": "override",
        "extends": "extends",
    }
)
BROKEN: Final = "broken"
"""A file that is there and could not be read."""

# What of a project no target reads, or reads name by name.
_UNSHARED: Final = frozenset(
    (*OF_PROJECT, CAMPAIGN, THEME, BROKEN, "sketches", "pack_sketches", "layout_sketches", "lost")
)

OF_CAMPAIGN: Final = MappingProxyType({"audiences": "audience", "contacts": "contact", "rules": "rule"})

TYPEFACE: Final = "typeface"

OF_THEME: Final = MappingProxyType(
    {
        "typefaces": TYPEFACE,
        "palette": "colour",
        "spaces": "space",
        "text_styles": "text-style",
        "box_styles": "box-style",
        "list_styles": "list-style",
        "table_styles": "table-style",
        "chart_styles": "chart-style",
    }
)

_WAIVE: Final = "waive"
_SNAPS: Final = "snaps"


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
    mark: str

    @classmethod
    def of(cls, kind: str, names: frozenset[str], trace: Trace, mark: str = ":") -> TracedNames:
        """`names`, with `mark` between the `kind` and the name in their keys."""
        made = cls(names)
        made.kind, made.trace, made.mark = kind, trace, mark
        return made

    def __contains__(self, name: object) -> bool:
        self.trace.keys.add(f"{self.kind}{self.mark}{name}")
        return super().__contains__(name)


class TracedItems(tuple[V, ...], Generic[V]):
    """Items of which it is noted in `trace` that they were gone through."""

    key: str
    trace: Trace

    @classmethod
    def of(cls, key: str, items: tuple[V, ...], trace: Trace) -> TracedItems[V]:
        made = cls(items)
        made.key, made.trace = key, trace
        return made

    def __iter__(self) -> Iterator[V]:
        self.trace.keys.add(self.key)
        return super().__iter__()


def traced(project: Project, trace: Trace) -> Project:
    """`project` with its named things wrapped."""
    return replace(
        project,
        campaign=_traced_campaign(project.campaign, trace),
        theme=traced_theme(project.theme, trace),
        messages=Traced(OF_PROJECT["messages"], project.messages, trace),
        facts=Traced(OF_PROJECT["facts"], project.facts, trace),
        sources=Traced(OF_PROJECT["sources"], project.sources, trace),
        briefs=Traced(OF_PROJECT["briefs"], project.briefs, trace),
        packs=Traced(OF_PROJECT["packs"], project.packs, trace),
        layouts=Traced(OF_PROJECT["layouts"], project.layouts, trace),
        own_facts=Traced(OF_PROJECT["own_facts"], _own_facts(project, trace), trace),
        variants=Traced(OF_PROJECT["variants"], project.variants, trace),
        overrides=Traced(OF_PROJECT["overrides"], project.overrides, trace),
        extends=Traced(OF_PROJECT["extends"], project.extends, trace),
        broken=TracedNames.of(BROKEN, project.broken, trace),
    )


def _own_facts(project: Project, trace: Trace) -> dict[str, Traced[Fact]]:
    """The facts that differ in a brief, each noted by itself."""
    return {name: Traced(f"{OWN_FACT}{OF}{name}", own, trace) for name, own in project.own_facts.items()}


def _traced_campaign(campaign: Campaign, trace: Trace) -> Campaign:
    inner: dict[str, object] = {
        name: Traced(kind, getattr(campaign, name), trace) for name, kind in OF_CAMPAIGN.items()
    }
    inner[_WAIVE] = TracedItems.of(f"{CAMPAIGN}:{_WAIVE}", campaign.waive, trace)
    inner[TERMS] = Traced(TERMS, campaign.terms, trace)
    return campaign.model_copy(update=inner)


def traced_theme(theme: Theme, trace: Trace) -> Theme:
    """`theme` with its named things wrapped."""
    inner = {name: Traced(kind, getattr(theme, name), trace) for name, kind in OF_THEME.items()}
    return theme.model_copy(update={**inner, _SNAPS: theme.snaps})


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


ALWAYS: Final = (
    PROJECT,
    *(f"{CAMPAIGN}:{name}" for name in Campaign.model_fields if name not in (*OF_CAMPAIGN, TERMS, _WAIVE)),
    *(f"{THEME}:{name}" for name in (*Theme.model_fields, _SNAPS) if name not in OF_THEME),
)
"""What of a project every target reads, whatever it says."""
