"""Making targets one after the other in one process, and noting what each of them read.

The workshop keeps templates, typefaces and pictures between targets, so not every target reads every file it
depends on. A file that was read and that is known to be another target's own counts for that target; any
other counts for every target made after it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, fields, replace
from typing import Self

from briefpack.builds.judging import Judging
from briefpack.builds.knowing import noted as noted_known
from briefpack.builds.knowing import noted_phrases, readers_of
from briefpack.builds.making import TEMPLATE, Made, Merged, Workshop, greys_of, make_brief, make_merged, make_pack
from briefpack.builds.sheets import NotedSheets
from briefpack.builds.targets import Target
from briefpack.builds.tracing import (
    ALL,
    FALLBACKS,
    FILE,
    GREY,
    TERMS,
    TYPEFACE,
    NotedFiles,
    Trace,
    Traced,
    file_key,
    traced,
)
from briefpack.content.checks.known import Known
from briefpack.content.checks.phrases import Phrases
from briefpack.content.checks.told import Told
from briefpack.content.prepared import Prepared
from briefpack.content.terms import Terms, terms_in
from briefpack.dataclass import dataclass
from briefpack.project.columns import DataRow
from briefpack.project.files import ProjectFiles
from briefpack.project.load import Project
from briefpack.project.models import Campaign
from briefpack.templates import ANY
from briefpack.text.scripts import stand_ins

_FONT = "font:"


@dataclass(frozen=True, slots=True)
class Noted:
    """A target made, and the keys of what it read."""

    made: Made
    keys: frozenset[str]


@dataclass(frozen=True)
class _Workshop(Workshop):
    """A workshop in which what is known of facts and messages is worked out untraced, and its use is noted."""

    untraced: Told | None = None
    trace: Trace = field(default_factory=Trace)
    about: str = ""

    def as_in(self, name: str) -> Self:
        """Where facts differ, what is known of them is worked out for that document."""
        shop = super().as_in(name)
        if shop is self or self.untraced is None:
            return shop
        plain = self.untraced.prepared.project
        prepared = _Prepared(shop.project, trace=self.trace, plain=plain.campaign)
        return replace(shop, prepared=prepared, untraced=Told(Prepared(plain.as_in(name))), about=name)

    def known(self, language: str, audience: str | None) -> Known:
        if self.untraced is None:
            return Workshop.known(self, language, audience)
        readers = readers_of(language, audience, self.about)
        return noted_known(self.untraced.known(language, audience), readers, self.trace)

    def greys(self) -> Mapping[str, str]:
        if self.untraced is None:
            return Workshop.greys(self)
        return Traced(GREY, greys_of(self.untraced.prepared.project.theme), self.trace)

    def phrases(self, language: str) -> Phrases:
        if self.untraced is None:
            return Workshop.phrases(self, language)
        return noted_phrases(self.untraced.phrases(language), language, self.trace, self.about)


@dataclass(slots=True)
class _Prepared(Prepared):
    """What is worked out once, where it is noted in which language the campaign's own terms are asked for."""

    trace: Trace = field(default_factory=Trace)
    plain: Campaign | None = None

    def terms(self, language: str) -> Terms:
        self.trace.keys.add(f"{TERMS}:{language}")
        kept = self._terms.get(language)
        if kept is None:
            kept = self._terms[language] = terms_in(language, self.plain)
        return kept


@dataclass(slots=True)
class Maker:
    """Makes the targets of `project`. `told` is what its facts and messages tell, where that is worked out already."""

    files: ProjectFiles
    project: Project
    judging: Judging
    told: Told | None = None
    _trace: Trace = field(default_factory=Trace)
    _lasting: set[str] = field(default_factory=set)
    _sheets: NotedSheets = field(init=False)
    _workshop: Workshop = field(init=False)
    _plain: Workshop = field(init=False)
    _shops: dict[str, Workshop] = field(default_factory=dict)

    def __post_init__(self) -> None:
        noted = NotedFiles(self.files, self._trace)
        project = traced(self.project, self._trace)
        shop = _Workshop.of(noted, project, self.judging.today, strict=self.judging.strict)
        self._sheets = NotedSheets(self.project.theme, shop.faces)
        self._workshop = replace(
            shop,
            prepared=_Prepared(project, trace=self._trace, plain=self.project.campaign),
            sheets=self._sheets,
            untraced=self.told or Told(Prepared(self.project)),
            trace=self._trace,
        )
        shared = {item.name: getattr(self._workshop, item.name) for item in fields(Workshop)}
        self._plain = Workshop(**{**shared, "told": Told(self._workshop.prepared)})

    def copy(self, target: Target, row: DataRow, *, dry: bool = False) -> Noted:
        """The copy of `target`, a brief, for `row`, or with `dry` only what there is to say about it.

        What it looks up among known figures and phrases is not noted.
        """
        self._trace.taken()
        made = make_brief(self._shop(target), target.document, target.form, row=row, dry=dry)
        return Noted(made, self._keys(made))

    def _shop(self, target: Target) -> Workshop:
        """The workshop that makes copies of `target`, with the facts as they are in it."""
        shop = self._shops.get(target.document)
        if shop is None:
            shop = self._shops[target.document] = self._plain.as_in(target.document)
        return shop

    def make(self, target: Target, *, dry: bool = False) -> Noted:
        """Make `target`, or with `dry` only what there is to say about it."""
        self._trace.taken()
        verb = make_pack if target.kind == "pack" else make_brief
        made = verb(self._workshop, target.document, target.form, dry=dry)
        return Noted(made, self._keys(made))

    def merge(self, target: Target, rows: Sequence[tuple[str, DataRow]]) -> tuple[Merged, frozenset[str]]:
        """The copies of `target` for `rows` in one file, and the keys of what they read, as `copy` notes them."""
        self._trace.taken()
        merged = make_merged(self._shop(target), target.document, target.form, rows)
        return merged, self._keys(merged.made)

    def _keys(self, made: Made) -> frozenset[str]:
        read = {*self._trace.taken(), *self._sheets.taken()}
        own = {file_key(path) for path in made.inputs if not path.startswith(_FONT)}
        templates = {key for name in _layouts(read) for key in self._template(name)}
        files = {key for key in read if key.startswith(f"{FILE}:")}
        fonts = self._fonts()
        self._lasting |= files - own - templates - {key for keys in fonts.values() for key in keys}
        set_in = {key for each in (read | {FALLBACKS}) & fonts.keys() for key in fonts[each]}
        self._trace.taken()  # what was asked only now
        return frozenset((read - files) | templates | _pictures(own) | set_in | self._lasting)

    def _fonts(self) -> dict[str, frozenset[str]]:
        """The keys of the project's own font files, by the keys of what leads to them."""
        theme = self.project.theme
        files = {name: frozenset(file_key(each.file) for each in fonts) for name, fonts in theme.fonts.items()}
        found = {f"{TYPEFACE}:{name}": files.get(family, frozenset()) for name, family in theme.typefaces.items()}
        # A family that stands in for others is read by whatever text needs it, and counts for all.
        found[FALLBACKS] = frozenset(key for name in {*theme.fallbacks, *stand_ins()} for key in files.get(name, ()))
        return found | {f"{TYPEFACE}:{ALL}": frozenset().union(*found.values())} if files else {}

    def _template(self, layout: str) -> frozenset[str]:
        """The keys of the files that the template of `layout` is made of."""
        paths = self._workshop.templates.inputs(f"layouts/{layout}/{TEMPLATE}")
        if ANY in paths:
            paths = (paths - {ANY}) | {ANY, *self.files.list("layouts", "")}
        return frozenset(file_key(path) for path in paths)


def _layouts(keys: set[str]) -> list[str]:
    return [key.partition(":")[2] for key in sorted(keys) if key.startswith("layout:")]


def _pictures(own: set[str]) -> set[str]:
    """Of a target's own files those whose content is not known by the values in it."""
    return {key for key in own if not key.endswith(".yaml")}
