"""Drafts: a document composed, with one or another of its optional blocks left out, and the settings that fit it.

Leaving a block out changes more than the place where it stood: sources that only it cited are not listed any
more, and the others get other numbers. So each set of blocks left out is a document of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field, replace
from typing import Final

from briefpack.content.terms import Terms, terms_in
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span
from briefpack.document import Document
from briefpack.document.leaving_out import optional_names, without
from briefpack.layout.boxes import Flow
from briefpack.layout.compose import Composer, Typesetter
from briefpack.layout.fit import TIGHTEST, Ladder, solve
from briefpack.layout.pagination import Areas, breaks, excess, paginate
from briefpack.layout.regions import RegionBox, areas, filled, is_region, page_area, placed, region_box, slips
from briefpack.layout.styles import Setting, StyleSheet, UnknownStyle
from briefpack.project.layouts import Bounds, Fit, Furniture, LayoutSpec, Rungs

NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Numbering:
    """Which pages of a file a document has: the number of its first, how many the file has, and the
    first page of each paper by name."""

    first: int = 1
    pages: int | None = None
    papers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Job:
    """One document to lay out. `words` are what furniture may name, such as `organisation`."""

    document: Document
    layout: LayoutSpec
    styles: StyleSheet
    typesetter: Typesetter
    read: Callable[[str], bytes]
    words: Mapping[str, str] = field(default_factory=dict)
    numbering: Numbering = Numbering()
    head: Furniture | None = None
    foot: Furniture | None = None
    span: Span | None = None
    own_terms: Terms | None = None

    @property
    def terms(self) -> Terms:
        """The words that are not the author's; those of the language where the campaign has none of its own."""
        return self.own_terms or terms_in(self.document.language)


@dataclass(frozen=True, slots=True)
class Composed:
    """A document as boxes: its main flow, its regions, and the areas that these leave; and what is wrong with it."""

    document: Document
    flow: Flow
    regions: tuple[RegionBox, ...]
    areas: Areas
    diagnostics: tuple[Diagnostic, ...]

    @property
    def least_pages(self) -> int:
        """The pages that there are however little stands on them."""
        last = max((region.at.page + 1 for region in self.regions), default=0)
        return max(1 + breaks(self.flow), last)

    def region(self, name: str) -> RegionBox | None:
        return next((region for region in self.regions if region.name == name), None)


def composed(job: Job) -> Composed:
    """The document of `job` as boxes."""
    composer = Composer(
        document=job.document,
        styles=job.styles,
        typesetter=job.typesetter,
        gutter=job.layout.grid.gutter,
        grid=job.layout.grid.columns,
        read=job.read,
        tallest=page_area(job.layout).height,
        numbers=job.numbering.papers,
        terms=job.terms,
    )
    groups = list(filled(job.document))
    if not groups:
        return Composed(job.document, composer.compose(), (), areas(job.layout, ()), tuple(composer.diagnostics))
    flow = composer.compose([block for block in job.document.body if not is_region(block)])
    found = slips(job.layout, job.document)
    places = {each.name: each for each in placed(job.layout, (group.region for group in groups))}
    boxes: list[RegionBox] = []
    for group in groups if not found else ():
        content = composer.compose(group.children)
        try:
            boxes.append(region_box(group, places[group.region], content))
        except UnknownStyle as error:
            composer.report_style(error)
    diagnostics = (*found, *composer.diagnostics)
    return Composed(job.document, flow, tuple(boxes), areas(job.layout, [box.at for box in boxes]), diagnostics)


@dataclass(frozen=True, slots=True)
class Drafts:
    """The drafts of one job by the names of the blocks that each leaves out."""

    job: Job
    _known: dict[frozenset[str], Composed] = field(default_factory=dict)

    def without(self, names: frozenset[str]) -> Composed:
        found = self._known.get(names)
        if found is None:
            document = without(self.job.document, names)
            same = self._known.get(NOTHING) if document is self.job.document else None
            found = same or composed(replace(self.job, document=document))
            self._known[names] = found
        return found

    @property
    def whole(self) -> Composed:
        return self.without(NOTHING)

    def ladder(self, rungs: Rungs) -> Ladder:
        """The ladder of `rungs` with the optional blocks that the document has."""
        if not rungs.drop:
            return Ladder(rungs)
        known = optional_names(self.job.document)
        if all(name in known for name in rungs.drop):
            return Ladder(rungs)
        return Ladder(rungs.model_copy(update={"drop": tuple(name for name in rungs.drop if name in known)}))


@dataclass(frozen=True, slots=True)
class Fitted:
    """The settings at which a document keeps its contracts: of its flow and of each region by name.

    None stands for one that is too long at its tightest, with every optional block out.
    """

    draft: Composed
    setting: Setting | None
    regions: Mapping[str, Setting | None]
    dropped: frozenset[str]

    def of(self, region: RegionBox) -> Setting | None:
        return self.regions[region.name]

    @property
    def is_fit(self) -> bool:
        return self.setting is not None and None not in self.regions.values()


def fitted(drafts: Drafts) -> Fitted:
    """The loosest settings that keep the contracts of `drafts`: those of the regions, then that of the flow."""
    contract = drafts.job.layout.fit
    dropped, names = NOTHING, [region.name for region in drafts.whole.regions]
    settings: dict[str, Setting | None] = {}
    for name in names:
        settings[name] = _region(drafts, name, dropped, dropping=True)
        dropped |= _dropped(settings[name], drafts.job.layout.regions[name].fit)
    setting = _flow(drafts, contract, dropped)
    every = dropped | _dropped(setting, contract)
    draft = drafts.without(every)
    if every:
        # Numbers of sources, and with them lines, may be other ones than when a region was fitted by itself.
        settings = {box.name: _region(drafts, box.name, every, dropping=False) for box in draft.regions}
    return Fitted(draft, setting and setting._replace(dropped=every), settings, every)


def tightest(rungs: Rungs) -> Setting:
    """The last step of the ladder but for optional blocks."""
    return Ladder(rungs).setting(TIGHTEST)


def _dropped(setting: Setting | None, rungs: Rungs) -> frozenset[str]:
    """What was left out: of what does not fit even so, everything that may be."""
    return setting.dropped if setting is not None else frozenset(rungs.drop)


def _region(drafts: Drafts, name: str, base: frozenset[str], *, dropping: bool) -> Setting | None:
    """The loosest setting at which a region holds its content."""
    rungs = drafts.job.layout.regions[name].fit

    def over(setting: Setting) -> float:
        box = drafts.without(base | setting.dropped).region(name)
        return box.excess(setting) if box is not None else -1.0

    return solve(drafts.ladder(rungs) if dropping else Ladder(rungs.model_copy(update={"drop": ()})), over)


def _flow(drafts: Drafts, contract: Fit, base: frozenset[str]) -> Setting | None:
    """The loosest setting that keeps the contract of the main flow.

    Where fewer pages are allowed, the fewest that spacing and leading alone can reach: a page more is
    better than smaller type, and worse than white drawn in.
    """

    def over(most: int) -> Callable[[Setting], float]:
        def measured(setting: Setting) -> float:
            draft = drafts.without(base | setting.dropped)
            return excess(draft.flow, draft.areas, most, setting)

        return measured

    if not contract.exactly:
        gentle = Ladder(contract.model_copy(update={"size": Bounds(), "drop": ()}))
        for most in range(_fewest(drafts.without(base), contract, gentle), contract.pages):
            setting = solve(gentle, over(most))
            if setting is not None:
                return setting
    return solve(drafts.ladder(contract), over(contract.pages))


def _fewest(draft: Composed, contract: Fit, gentle: Ladder) -> int:
    """The fewest pages that the flow can have: those at the tightest, or more than allowed."""
    setting, most = gentle.setting(TIGHTEST), contract.pages
    if excess(draft.flow, draft.areas, most, setting) > 0:
        return most
    return max(draft.least_pages, len(paginate(draft.flow, draft.areas, setting, most)))
