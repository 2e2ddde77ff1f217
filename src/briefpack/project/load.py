"""A project's files as one frozen value.

Everything is read and everything that is wrong is said in one go. The shared files (campaign, messages,
facts, sources, theme) must be in order for there to be a project at all; a brief, pack or layout that is
not is left out and named in `Project.broken`, and the others are not held up by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from types import MappingProxyType
from typing import Final, TypeVar

from briefpack.dataclass import dataclass
from briefpack.diagnostics import RULES, Diagnostic, Span, did_you_mean, finding, suggest
from briefpack.expressions import expression
from briefpack.project.columns import Unreadable, read_value
from briefpack.project.declaring import Field
from briefpack.project.fields import Name, Spoken, Text, Word
from briefpack.project.files import ProjectFiles
from briefpack.project.keeping import KeptBriefs, key_of
from briefpack.project.layouts import LayoutSpec, Slot
from briefpack.project.models import (
    AgendaEntry,
    Brief,
    Campaign,
    Fact,
    Facts,
    Message,
    Messages,
    Pack,
    Reference,
    Sources,
    Waiver,
)
from briefpack.project.snapshots import Snapshot
from briefpack.project.theme import Theme
from briefpack.project.tree import Yaml, YamlMapping, YamlScalar, YamlSequence
from briefpack.project.validation import Model, StandIns, is_misspelt_in, validate, validate_in_part
from briefpack.project.variants import (
    EXTENDS,
    SEPARATOR,
    Family,
    base_name,
    idle_overrides,
    inherited,
    laid_over,
    strange_fields,
)

CAMPAIGN: Final = "briefs/campaign.yaml"
MESSAGES: Final = "briefs/messages.yaml"
FACTS: Final = "briefs/facts.yaml"
SOURCES: Final = "briefs/sources.yaml"
THEME: Final = "layouts/theme.yaml"

_SHARED: Final = frozenset({CAMPAIGN, MESSAGES, FACTS, SOURCES})


Lost = Mapping[str, frozenset[str] | None]
"""Names that are missing because what they name is wrong, by the rule that would say so; None where all are."""


@dataclass(frozen=True, slots=True)
class Project:
    """A campaign with its briefs, packs, layouts and theme.

    Briefs, packs and layouts go by the names of their files and folders, a variant by the names of its brief and
    its own, such as `community@harbour`. `variants` has the variants' own names by brief, `overrides` what each of them
    replaces by its whole one, `extends` the brief that a brief extends. `own_facts` has the facts that differ in a
    brief. `broken` holds the paths of those that are there but could not be read; of some of these briefs and packs
    there are `sketches` and `pack_sketches`, without the fields that are wrong, to see what else is, and of layouts
    `layout_sketches`, of which nothing but the slots can be asked; `lost` has what those of a file lack for that.
    `snapshot` has what reading its files came to, if that is kept.
    """

    campaign: Campaign
    messages: Mapping[str, Message]
    facts: Mapping[str, Fact]
    sources: Mapping[str, Reference]
    briefs: Mapping[str, Brief]
    packs: Mapping[str, Pack]
    layouts: Mapping[str, LayoutSpec]
    theme: Theme
    broken: frozenset[str] = frozenset()
    variants: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    overrides: Mapping[str, YamlMapping] = field(default_factory=dict)
    extends: Mapping[str, str] = field(default_factory=dict)
    own_facts: Mapping[str, Mapping[str, Fact]] = field(default_factory=dict)
    sketches: Mapping[str, Brief] = field(default_factory=dict)
    pack_sketches: Mapping[str, Pack] = field(default_factory=dict)
    layout_sketches: Mapping[str, LayoutSpec] = field(default_factory=dict)
    lost: Mapping[str, Lost] = field(default_factory=dict)
    snapshot: Snapshot | None = field(default=None, compare=False)

    def as_in(self, name: str) -> Project:
        """The project with the facts as they are in the brief `name`."""
        own = self.own_facts.get(name)
        return replace(self, facts=_Laid(own, self.facts), own_facts={}) if own is not None else self

    def paths_of(self, name: str) -> tuple[str, ...]:
        """The files of the brief `name` and of those that it extends."""
        paths = [brief_path(name)]
        below = self.extends.get(base_name(name))
        while below is not None:
            paths.append(brief_path(below))
            below = self.extends.get(below)
        return tuple(paths)

    def path(self, name: str) -> str:
        """The file of the brief or pack `name`."""
        return pack_path(name) if name in self.packs and name not in self.briefs else brief_path(name)


V = TypeVar("V")


class _Laid(Mapping[str, V]):
    """The entries of `under` with those of `over` laid on them; only what is asked for is looked up."""

    def __init__(self, over: Mapping[str, V], under: Mapping[str, V]) -> None:
        self._over, self._under = over, under

    def __getitem__(self, name: str) -> V:
        return self._over[name] if name in self._over else self._under[name]

    def __contains__(self, name: object) -> bool:
        return name in self._over or name in self._under

    def __iter__(self) -> Iterator[str]:
        yield from self._under
        yield from (name for name in self._over if name not in self._under)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Loaded:
    """The project, or None when there is none to work with, and the findings.

    Where files that all share are wrong in places, `sketch` is the project without those, to see what else is wrong.
    Where one of them cannot be read at all, `facts` are those there are, if their file is in order.
    """

    project: Project | None
    diagnostics: tuple[Diagnostic, ...]
    sketch: Sketch | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sketch:
    """A project of which no document can be made, and what it lacks."""

    project: Project
    lost: Lost


def fair(found: Iterable[Diagnostic], *lost: Lost) -> tuple[Diagnostic, ...]:
    """Those of what was `found` that are not for what is `lost`."""
    return tuple(item for item in found if not any(_is_for(item, each) for each in lost))


def _is_for(item: Diagnostic, lost: Lost) -> bool:
    names = lost.get(item.rule, frozenset())
    return names is None or any(f"`{name}`" in item.message for name in names)


def brief_path(name: str) -> str:
    """The file of the brief `name`, or of the brief that it is a variant of."""
    return f"briefs/{base_name(name)}.yaml"


def pack_path(name: str) -> str:
    return f"briefs/packs/{name}.yaml"


def layout_path(name: str) -> str:
    return f"layouts/{name}/layout.yaml"


Heard = Callable[[Iterable[Diagnostic]], None]
"""Told of what is found in a file when it is, while others are still to be read."""


def load_project(files: ProjectFiles, heard: Heard | None = None, *, snapshot: Snapshot | None = None) -> Loaded:
    """All the YAML of a project, read and validated. References inside text are left to `content`.

    A file that is in order is read once: what it says is kept in the `snapshot`, and taken from there the next time.
    """
    if not files.exists(CAMPAIGN):
        help = "run `briefpack init` here, or go to the folder of your campaign"
        return Loaded(None, (finding("not-a-project", f"there is no `{CAMPAIGN}` here", path=CAMPAIGN, help=help),))
    reader = _Reader(files, heard, snapshot)
    campaign = reader.in_part(CAMPAIGN, Campaign)
    messages = reader.shared(MESSAGES, Messages, Messages(messages={}))
    facts = reader.shared(FACTS, Facts, Facts(facts={}))
    sources = reader.shared(SOURCES, Sources, Sources(references=()))
    theme = reader.theme()
    briefs = reader.briefs()
    packs = reader.packs()
    layouts = reader.layouts()
    reader.note_ignored()
    found = reader.found
    if campaign is None:
        if FACTS in reader.broken:
            return Loaded(None, tuple(found))
        works = _by_id(sources.references, found) if SOURCES not in reader.broken else None
        return Loaded(None, (*found, *_of_facts(facts, works)), facts=facts.facts)
    of_files = tuple(found)
    works = _by_id(sources.references, found)
    found += _references(campaign, messages, facts, works)
    every_brief, every_pack = {**briefs, **reader.sketches}, {**packs, **reader.pack_sketches}
    found += _readers(campaign, messages, (*every_brief, *every_pack, *map(_document_name, reader.broken)))
    owners: list[Owner] = [campaign, *facts.facts.values(), *messages.messages.values()]
    found += _rules(campaign, [*owners, *every_brief.values(), *every_pack.values(), *layouts.values()])
    found += _samples(every_brief)
    own_facts = {
        name: own for name, brief in every_brief.items() if (own := reader.own_facts(name, brief, facts.facts))
    }
    reader.keep_briefs(layouts)
    project = Project(
        campaign=campaign,
        messages=messages.messages,
        facts=facts.facts,
        sources=works,
        briefs=briefs,
        packs=packs,
        layouts=layouts,
        theme=theme or Theme.model_construct(),
        broken=frozenset(reader.broken),
        variants={name: tuple(brief.variants) for name, brief in briefs.items() if brief.variants},
        overrides={
            f"{name}{SEPARATOR}{variant}": over
            for name, brief in every_brief.items()
            for variant, over in brief.variants.items()
        },
        extends={name: brief.extends.text for name, brief in briefs.items() if brief.extends is not None},
        own_facts=own_facts,
        sketches=reader.sketches,
        pack_sketches=reader.pack_sketches,
        layout_sketches=reader.layout_sketches,
        lost=reader.lost_of,
        snapshot=snapshot,
    )
    if theme is not None and reader.broken.isdisjoint(_SHARED):
        return Loaded(project, tuple(found))
    if theme is None and reader.wrong.get(THEME) is None:
        return Loaded(None, of_files)  # most likely there are no layouts either
    sketch = Sketch(project, reader.lost)
    return Loaded(None, tuple(dict.fromkeys((*of_files, *fair(found, sketch.lost)))), sketch)


def load_brief(files: ProjectFiles, name: str) -> tuple[Brief | None, tuple[Diagnostic, ...]]:
    """The brief `name` alone, read and validated again; None when there is an error."""
    reader = _Reader(files)
    brief = reader.brief(base_name(name)).get(name)
    if brief is None and not reader.found:
        message = f"there is no brief `{name}`"
        reader.found.append(finding("unknown-brief", message, path=brief_path(name), help="write another name"))
    return brief, tuple(reader.found)


def unread_briefs(files: ProjectFiles, snapshot: Snapshot) -> tuple[str, ...]:
    """The briefs of a project that are not in the `snapshot` as they are now."""
    return tuple(_Reader(files, snapshot=snapshot).unread())


def keep_briefs(files: ProjectFiles, snapshot: Snapshot, names: Iterable[str]) -> None:
    """Read the briefs `names` and keep those in the `snapshot` that are in order. Of the others nothing is said."""
    reader = _Reader(files, snapshot=snapshot)
    reader.these(names)
    reader.keep_briefs(reader.layouts())


M = TypeVar("M", bound=Model)

# Fields with entries that go by names, and the rule about a name that is not there.
_NAMED: Final[Mapping[str, str]] = {
    "facts": "unknown-fact",
    "messages": "unknown-message",
    "references": "unknown-source",
    "audiences": "unknown-audience",
    "contacts": "unknown-contact",
}

_OF_BRIEF: Final[Mapping[str, str]] = {"values": "unknown-value", "data": "unknown-column"}

_OF_LAYOUT: Final[Mapping[str, str]] = {"slots": "unknown-slot"}


class _Slots(Model):
    """What there is of a layout that is wrong elsewhere."""

    slots: dict[Word, Slot] = Field(default_factory=dict)


# Fields of which only the entries that are wrong are left out of a sketch.
_BY_ENTRY: Final = frozenset({*_OF_BRIEF, "facts", "variants", "tags", "forms", "waive", "papers"})

# What stands in a sketch for a field that no brief, no pack and no item of an agenda can be without.
_STAND_INS: Final[StandIns] = {"title": "Untitled", "date": "2000-01-01"}
_PACK_STAND_INS: Final[StandIns] = {**_STAND_INS, "place": "Nowhere", "for": "Nobody", "agenda": (), "papers": ()}
_ITEM_STAND_INS: Final[StandIns] = {"title": "Untitled", "owner": "Nobody", "minutes": "1", "for": "information"}


class _Reader:
    """Reads files as models and collects what is wrong with them."""

    def __init__(self, files: ProjectFiles, heard: Heard | None = None, snapshot: Snapshot | None = None) -> None:
        self.files: Final = files
        self.heard: Final = heard
        self.snapshot: Final = snapshot
        self.found: list[Diagnostic] = []
        self.broken: set[str] = set()
        self.sketches: dict[str, Brief] = {}
        self.pack_sketches: dict[str, Pack] = {}
        self.layout_sketches: dict[str, LayoutSpec] = {}
        self.lost_of: dict[str, Lost] = {}
        self._kept = KeptBriefs(files, snapshot)
        self._slips: set[str] = set()
        self.wrong: dict[str, Yaml | None] = {}
        self.lost: Lost = {}

    def read(self, path: str, model: type[M]) -> M | None:
        key = key_of(self.files, path, model.__name__) if self.snapshot is not None else None
        kept = self.snapshot.value(key) if self.snapshot is not None and key is not None else None
        if isinstance(kept, model):
            return kept
        before = len(self.found)
        tree, value = self._tree(path), None
        if tree is not None:
            value, found = validate(model, tree)
            self._note(found)
        if value is None:
            self.broken.add(path)
            self.wrong[path] = tree
        elif self.snapshot is not None and key is not None and len(self.found) == before:
            self.snapshot.keep(key, value)
        return value

    def in_part(self, path: str, model: type[M]) -> M | None:
        """The file at `path`, or what there is of it where it is wrong in places."""
        value = self.read(path, model)
        if value is not None:
            return value
        tree = self.wrong[path]
        part, left = validate_in_part(model, tree, {}, _NAMED) if tree is not None else (None, ())
        self.lost = {**self.lost, **_lost(model, _NAMED, tree, part, left)}
        return part

    def shared(self, path: str, model: type[M], absent: M) -> M:
        """The file that all briefs share at `path`, or what there is of it: `absent` where there is nothing."""
        return (self.in_part(path, model) if self.files.exists(path) else None) or absent

    def briefs(self) -> dict[str, Brief]:
        """The briefs, each followed by its variants, without those that are broken."""
        paths = self._brief_paths()
        kept = {name: briefs for name in paths if (briefs := self._kept.known(name)) is not None}
        trees = _Trees(paths, self._tree)
        for name in paths:
            if name not in kept:
                trees.get(name)  # what is wrong with a file is said before what is wrong with its fields
        return self._models(trees, paths, kept)

    def unread(self) -> Iterator[str]:
        """The briefs that are not kept."""
        return (name for name in self._brief_paths() if not self._kept.has(name))

    def these(self, names: Iterable[str]) -> dict[str, Brief]:
        """The briefs `names` with their variants, read anew."""
        return self._models(_Trees(self._brief_paths(), self._tree), names, {})

    def brief(self, name: str) -> dict[str, Brief]:
        """The brief `name` followed by its variants. What other briefs there are is asked only where it extends one."""
        path = brief_path(name)
        if _brief_name(path) != name or not self.files.exists(path):
            return {}
        trees: Mapping[str, Yaml | None] = {name: self._tree(path)}
        if _extended(trees[name]) is not None:
            trees = _Trees({**self._brief_paths(), name: path}, self._tree, trees)
        return self._models(trees, [name], {})

    def _brief_paths(self) -> dict[str, str]:
        paths = self.files.list("briefs", ".yaml")
        return {name: path for path in paths if (name := _brief_name(path)) is not None}

    def _models(
        self, trees: Mapping[str, Yaml | None], names: Iterable[str], kept: Mapping[str, dict[str, Brief]]
    ) -> dict[str, Brief]:
        """The briefs `names` and their variants, `trees` being what they and those that they extend say."""
        family = Family(trees)
        values: dict[str, Brief] = {}
        for name in names:
            if name in kept:
                values |= kept[name]
            else:
                self._brief(name, family, values)
        self.found += family.found
        return values

    def _note(self, found: Sequence[Diagnostic]) -> None:
        self.found += found
        if found and self.heard is not None:
            self.heard(found)

    def _tree(self, path: str) -> Yaml | None:
        from briefpack.project.yaml import read_yaml  # and PyYAML with it

        tree, found = read_yaml(self.files, path)
        self._note(found)
        if found:
            self._slips.add(path)
        return tree

    def _brief(self, name: str, family: Family, values: dict[str, Brief]) -> None:
        before = (len(self.found), len(family.found))
        briefs = self._read_brief(name, family)
        values |= briefs
        if before == (len(self.found), len(family.found)) and brief_path(name) not in self._slips:
            self._kept.fresh[name] = briefs

    def _read_brief(self, name: str, family: Family) -> dict[str, Brief]:
        """The brief `name` and its variants."""
        tree = family.whole(name)
        brief, found = validate(Brief, tree) if tree is not None else (None, ())
        self._note(found)
        if brief is None or not isinstance(tree, YamlMapping):
            self.broken.add(brief_path(name))
            if tree is not None:
                self._sketch_brief(name, tree)
            return {}
        return {name: brief, **self._variants(name, brief, tree)}

    def _variants(self, name: str, brief: Brief, tree: YamlMapping) -> dict[str, Brief]:
        """The variants of the brief `name`, of which the file says `tree`."""
        values: dict[str, Brief] = {}
        for variant, over in brief.variants.items():
            base = inherited(tree)
            self.found += (*strange_fields(over), *idle_overrides(over, base, name))
            value, found = validate(Brief, laid_over(over, base))
            self.found += found
            if value is not None:
                values[f"{name}{SEPARATOR}{variant}"] = value
        return values

    def _sketch_brief(self, name: str, tree: Yaml) -> None:
        sketch, left = validate_in_part(Brief, tree, _STAND_INS, _BY_ENTRY)
        if sketch is not None and sketch.node is not None:
            self.lost_of[brief_path(name)] = _lost(Brief, _OF_BRIEF, tree, sketch, left)
            self.sketches |= {name: sketch, **self._variants(name, sketch, sketch.node)}

    def own_facts(self, name: str, brief: Brief, facts: Mapping[str, Fact]) -> dict[str, Fact]:
        """The facts that differ in the brief `name`."""
        if not brief.facts:
            return {}
        kept = self._kept.facts(name, FACTS)
        if kept is not None:
            return kept
        before = len(self.found)
        own = _own_facts(brief, facts, self.found)
        if len(self.found) == before:
            self._kept.keep_facts(name, FACTS, own)
        return own

    def keep_briefs(self, layouts: Mapping[str, LayoutSpec]) -> None:
        """Keep the briefs that were read anew, with the content of their slots."""
        self._kept.keep(layouts)

    def theme(self) -> Theme | None:
        if self.files.exists(THEME):
            return self.read(THEME, Theme)
        help = "run `briefpack init` in an empty folder and copy its `layouts` here"
        self.found.append(finding("file-missing", f"there is no `{THEME}`", path=THEME, help=help))
        return None

    def folder(self, folder: str, suffix: str, name: Callable[[str], str | None], model: type[M]) -> dict[str, M]:
        """The files of `folder` to which `name` gives one, by that name, without those that are broken."""
        values: dict[str, M] = {}
        for path in self.files.list(folder, suffix):
            named = name(path)
            value = self.read(path, model) if named is not None else None
            if named is not None and value is not None:
                values[named] = value
        return values

    def layouts(self) -> dict[str, LayoutSpec]:
        """The layouts without those that are broken, of which there are sketches."""
        values = self.folder("layouts", "/layout.yaml", _layout_name, LayoutSpec)
        for path in sorted(self.broken):
            tree, name = self.wrong.get(path), _layout_name(path)
            if isinstance(tree, YamlMapping) and name is not None and path == layout_path(name):
                self._sketch_layout(name, tree)
        return values

    def _sketch_layout(self, name: str, tree: YamlMapping) -> None:
        slots = YamlMapping(tuple(entry for entry in tree.entries if entry[0].text in _OF_LAYOUT), tree.span)
        part, left = validate_in_part(_Slots, slots, {}, frozenset(_OF_LAYOUT))
        if part is not None:
            self.lost_of[layout_path(name)] = _lost(LayoutSpec, _OF_LAYOUT, tree, part, left)
            called = Text(name)
            self.layout_sketches[name] = LayoutSpec.model_construct(
                name=called, document_type=Spoken((("", called),)), slots=part.slots
            )

    def packs(self) -> dict[str, Pack]:
        """The packs without those that are broken, of which there are sketches."""
        values = self.folder("briefs/packs", ".yaml", _pack_name, Pack)
        for path in sorted(self.broken):
            tree, name = self.wrong.get(path), _pack_name(path)
            if tree is not None and name is not None and path == pack_path(name):
                self._sketch_pack(name, tree)
        return values

    def _sketch_pack(self, name: str, tree: Yaml) -> None:
        sketch, left = validate_in_part(Pack, tree, _PACK_STAND_INS, _BY_ENTRY)
        if sketch is None:
            return
        agenda = _agenda_in_part(tree)
        papers = sketch.papers
        if not papers or any(field == "papers" for field, _ in left):
            # What is lost of them is most likely what the agenda names.
            known = {paper.text for paper in papers}
            named = {item.paper.text: item.paper for item in agenda if item.paper is not None}
            papers = (*papers, *(paper for text, paper in named.items() if text not in known))
        self.pack_sketches[name] = sketch.model_copy(update={"agenda": agenda, "papers": papers})

    def note_ignored(self) -> None:
        for path in self.files.list("briefs", ".yml"):
            help = f"rename it to `{path.removesuffix('.yml')}.yaml`"
            self.found.append(finding("file-ignored", f"`{path}` is not read", path=path, help=help))


def _lost(
    model: type[Model],
    named: Mapping[str, str],
    tree: Yaml | None,
    part: Model | None,
    left: Iterable[tuple[str, str]],
) -> Lost:
    """What a `part` of a model lacks of the fields that are `named`, by their rules. `left` has the entries that were
    left out; where a field is not there at all, or is there by a name like its own, all its names are."""
    lost: dict[str, frozenset[str] | None] = {}
    for name in sorted(model.aliases & named.keys()):
        kept = part.node if part is not None else None
        gone = isinstance(tree, YamlMapping) and (
            (tree.key(name) is not None and (kept is None or kept.key(name) is None))
            or is_misspelt_in(tree, name, model)
        )
        lost[named[name]] = None if gone or part is None else frozenset(entry for of, entry in left if of == name)
    return lost


def _agenda_in_part(tree: Yaml) -> tuple[AgendaEntry, ...]:
    """The items of the agenda of the pack `tree`, each without what is wrong of it."""
    agenda = tree.get("agenda") if isinstance(tree, YamlMapping) else None
    items = agenda.items if isinstance(agenda, YamlSequence) else ()
    parts = (validate_in_part(AgendaEntry, item, _ITEM_STAND_INS)[0] for item in items)
    return tuple(part for part in parts if part is not None)


def _extended(tree: Yaml | None) -> str | None:
    """The brief that `tree` extends, if it says so."""
    extends = tree.get(EXTENDS) if isinstance(tree, YamlMapping) else None
    return extends.text if isinstance(extends, YamlScalar) else None


_NOTHING: Final[Mapping[str, Yaml | None]] = MappingProxyType({})


class _Trees(Mapping[str, Yaml | None]):
    """The trees of briefs by name, each read when it is first asked for."""

    def __init__(
        self, paths: Mapping[str, str], read: Callable[[str], Yaml | None], known: Mapping[str, Yaml | None] = _NOTHING
    ) -> None:
        self._paths, self._read = paths, read
        self._trees = dict(known)

    def __getitem__(self, name: str) -> Yaml | None:
        if name not in self._trees:
            self._trees[name] = self._read(self._paths[name])
        return self._trees[name]

    def __contains__(self, name: object) -> bool:
        return name in self._paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def _own_facts(brief: Brief, facts: Mapping[str, Fact], found: list[Diagnostic]) -> dict[str, Fact]:
    """The facts that differ in `brief`: those it changes, and those derived from them, which follow."""
    own: dict[str, Fact] = {}
    for name, over in brief.facts.items():
        fact = facts.get(name)
        if fact is None or fact.node is None:
            help = did_you_mean(name, facts, f"add it to `{FACTS}`")
            span = brief.key_span("facts", name)
            found.append(finding("unknown-fact", f"there is no fact `{name}`", span, help=help))
            continue
        found += idle_overrides(over, fact.node, name)
        changed, wrong = validate(Fact, laid_over(over, fact.node))
        found += wrong
        if changed is not None:
            own[name] = changed
    return own | _following(own, facts)


_NAME: Final = expression(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*", re.ASCII)


def _following(own: Mapping[str, Fact], facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts derived from those in `own`, by way of others too, without the values they have elsewhere."""
    changed = set(own)
    follow: dict[str, Fact] = {}
    while True:
        new = {
            name: fact
            for name, fact in facts.items()
            if name not in changed
            and fact.derivation is not None
            and not changed.isdisjoint(_NAME.findall(fact.derivation.text))
        }
        if not new:
            return follow
        changed |= new.keys()
        follow |= {name: _unvalued(fact) for name, fact in new.items()}


def _unvalued(fact: Fact) -> Fact:
    """`fact` with its derivation alone, printed with as many decimals as its value has."""
    if fact.value is None:
        return fact
    exponent = fact.value.as_tuple().exponent
    decimals = fact.decimals if fact.decimals is not None else max(0, -exponent) if isinstance(exponent, int) else 0
    return fact.model_copy(update={"value": None, "decimals": decimals})


def _brief_name(path: str) -> str | None:
    name = path.removeprefix("briefs/").removesuffix(".yaml")
    return None if path in _SHARED or "/" in name else name


def _pack_name(path: str) -> str | None:
    name = path.removeprefix("briefs/packs/").removesuffix(".yaml")
    return None if "/" in name else name


def _document_name(path: str) -> str:
    """What the brief or the pack in the file `path` is called."""
    return path.rpartition("/")[2].removesuffix(".yaml")


def _layout_name(path: str) -> str | None:
    name = path.removeprefix("layouts/").removesuffix("/layout.yaml")
    return None if "/" in name else name


def _by_id(references: Iterable[Reference], found: list[Diagnostic]) -> dict[str, Reference]:
    works: dict[str, Reference] = {}
    for work in references:
        first = works.setdefault(work.id, work)
        if first is not work:
            span, before = work.value_span("id"), first.value_span("id")
            related = ((before, "first used here"),) if before is not None else ()
            message = f"the id `{work.id}` is used twice"
            found.append(finding("duplicate-id", message, span, help="give one of the two another id", related=related))
    return works


def _references(
    campaign: Campaign, messages: Messages, facts: Facts, works: Mapping[str, Reference]
) -> Iterable[Diagnostic]:
    """What the shared files refer to and do not have."""
    for source in campaign.credited_sources:
        yield from _unknown_source(source, works)
    yield from _of_facts(facts, works)
    for fact in facts.facts.values():
        for key, audiences in (("means", fact.means), ("wording", fact.wording), ("rounding", fact.rounding)):
            yield from _unknown_audiences(fact, key, audiences, campaign)
    for message in messages.messages.values():
        yield from _unknown_source(message.source, works)
        yield from _unknown_audiences(message, "wording", message.wording, campaign)
        yield from _unknown_audiences(message, "gloss", message.gloss, campaign)
    for name, message in messages.messages.items():
        yield from _unsigned(name, message)
        yield from _unknown_stages(message, campaign)


def _of_facts(facts: Facts, works: Mapping[str, Reference] | None) -> Iterable[Diagnostic]:
    """What is wrong with facts whatever the campaign says; of their sources only that there are none, where those
    cannot be read."""
    for name, fact in facts.facts.items():
        yield from _unsourced(name, fact, facts)
        yield from _unknown_source(fact.source, works) if works is not None else ()
        yield from _outside(name, fact)


def _unsigned(name: str, message: Message) -> Iterable[Diagnostic]:
    """A message that is said to be approved, and not by whom or when."""
    lacking = [
        (words, field)
        for words, field, value in (
            ("by whom", "approved-by", message.approved_by),
            ("when", "approved-on", message.approved_on),
        )
        if value is None
    ]
    if message.status.approves and lacking:
        text = f"message `{name}` is approved, and it does not say {' and '.join(words for words, _ in lacking)}"
        help = f"add {' and '.join(f'`{field}:`' for _, field in lacking)}"
        yield finding("unsigned-approval", text, message.key_span("status"), help=help)


def _unknown_stages(message: Message, campaign: Campaign) -> Iterable[Diagnostic]:
    """What a status names that is neither an audience nor a language of the message's words."""
    words = (*message.wording.values(), *message.gloss.values())
    languages = {tag.lower() for each in words for tag, _ in each.texts if tag} | {campaign.language.lower()}
    for name, span in message.status.places:
        if name not in campaign.audiences and name.lower() not in languages:
            help = did_you_mean(name, {*campaign.audiences, *languages}, "take it out")
            text = f"there is no audience `{name}`, and no words in a language of that name"
            yield finding("unknown-audience", text, span, help=help)


def _readers(campaign: Campaign, messages: Messages, documents: Iterable[str]) -> Iterable[Diagnostic]:
    """Where messages have to appear and may not: names that mean nothing, and one that stands in both."""
    known = {*campaign.audiences, *documents}
    for name, message in messages.messages.items():
        for place in (*message.must_appear, *message.must_not_appear):
            if place.text not in known:
                help = did_you_mean(place.text, known, f"add it to `{CAMPAIGN}`")
                text = f"there is no audience, brief or pack `{place.text}`"
                yield finding("unknown-audience", text, place.span, help=help)
        kept = {place.text for place in message.must_appear}
        for place in message.must_not_appear:
            if place.text in kept:
                text = f"message `{name}` both must and must not appear for `{place.text}`"
                yield finding("wrong-value", text, place.span, help="take it out of one of the two lists")


Owner = Campaign | Fact | Message | Brief | Pack | LayoutSpec
"""What may have waivers."""


def _rules(campaign: Campaign, owners: Iterable[Owner]) -> Iterable[Diagnostic]:
    """Rules that are set or waived and do not exist, or cannot be."""
    for code in campaign.rules:
        yield from _fixed(code, campaign.key_span("rules", code), "set")
    for owner in owners:
        for waiver in owner.waive:
            yield from _fixed(waiver.rule.text, waiver.rule.span, "waived")
            if waiver.slot is not None:
                yield from _unfilled(waiver, owner)


def _samples(briefs: Mapping[str, Brief]) -> Iterable[Diagnostic]:
    """Samples of columns that are not of the column's type."""
    for brief in briefs.values():
        for name, column in brief.data.items():
            try:
                read_value(column, column.sample.text)
            except Unreadable as error:
                message = f"the sample of the column `{name}` is not {error.expected}"
                yield finding("wrong-value", message, column.sample.span, help=error.help)


def _fixed(code: str, span: Span | None, done: str) -> Iterable[Diagnostic]:
    settable = [rule.code for rule in RULES.values() if rule.settable]
    if code not in RULES:
        near = suggest(code, settable)
        help = f"write `{near}`" if near is not None else "use the code that stands in brackets in a finding"
        yield finding("unknown-rule", f"there is no rule `{code}`", span, help=help)
    elif code not in settable:
        yield finding("fixed-rule", f"the rule `{code}` cannot be {done}", span, help="mend what it finds instead")


def _unfilled(waiver: Waiver, owner: Owner) -> Iterable[Diagnostic]:
    slot = waiver.slot
    assert slot is not None
    names = owner.slots.names() if isinstance(owner, Brief) else ()
    if slot.text not in names:
        help = did_you_mean(slot.text, names, "take `slot:` out")
        yield finding("unknown-slot", f"no slot `{slot.text}` is filled here", slot.span, help=help)


def _unsourced(name: str, fact: Fact, facts: Facts) -> Iterable[Diagnostic]:
    span = facts.key_span("facts", name)
    if fact.source is None:
        help = "add `source:` with a key from `sources.yaml`"
        yield finding("fact-unsourced", f"fact `{name}` has no source", span, help=help)
    if fact.checked is None:
        help = "add `checked:` with the date when you last compared it with its source"
        yield finding("fact-unchecked", f"fact `{name}` does not say when it was checked", span, help=help)
    if fact.value is None and fact.derivation is None and not fact.is_range:
        help = "add `value:` with the number"
        yield finding("fact-empty", f"fact `{name}` has neither a value nor a derivation", span, help=help)


def _outside(name: str, fact: Fact) -> Iterable[Diagnostic]:
    """A value that is not within its interval."""
    low, value, high = fact.low, fact.value, fact.high
    if low is not None and high is not None and low > high:
        help = "write the smaller number after `low:`"
        yield finding(
            "fact-interval", f"the interval of `{name}` ends before it begins", fact.value_span("low"), help=help
        )
    elif value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        help = "correct the value or the interval"
        yield finding(
            "fact-interval", f"the value of `{name}` is outside its interval", fact.value_span("value"), help=help
        )


def _unknown_source(source: Name | None, works: Mapping[str, Reference]) -> Iterable[Diagnostic]:
    if source is not None and source.text not in works:
        help = did_you_mean(source.text, works, f"add it to `{SOURCES}`")
        yield finding("unknown-source", f"there is no source `{source.text}`", source.span, help=help)


def _unknown_audiences(
    owner: Model, field: str, texts: Mapping[str, object], campaign: Campaign
) -> Iterable[Diagnostic]:
    for audience in texts:
        if audience not in campaign.audiences:
            span = owner.key_span(field, audience)
            help = did_you_mean(audience, campaign.audiences, f"add it to `{CAMPAIGN}`")
            yield finding("unknown-audience", f"there is no audience `{audience}`", span, help=help)
