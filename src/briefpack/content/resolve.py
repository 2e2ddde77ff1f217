"""A brief or a pack with everything its template needs, resolved.

Slots are resolved in the layout's order, which is the order of reading: sources get their numbers by it.
Sources of facts and messages that are used and never cited come last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TypeVar, cast

from briefpack.content.conventions import conventions
from briefpack.content.dates import format_date, format_days
from briefpack.content.facts import expired
from briefpack.content.prepared import Prepared
from briefpack.content.slots import contact_value, slot_value
from briefpack.content.translations import uneven_translations, uneven_wordings
from briefpack.content.values import CampaignValue, ContactValue, RichText, SlotValue, SourceValue
from briefpack.content.wording import Wording
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Severity, Span, did_you_mean, either, finding, suggest
from briefpack.project.columns import DataRow
from briefpack.project.fields import Name, Spoken
from briefpack.project.layouts import LayoutSpec, Slot
from briefpack.project.load import CAMPAIGN, Project, brief_path, layout_path, pack_path
from briefpack.project.models import AgendaEntry, Brief, Pack
from briefpack.project.tree import YamlMapping, YamlScalar
from briefpack.project.variants import SEPARATOR

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class ResolvedBrief:
    """A brief in words. `slots` has every slot of the layout, None for one that was left unfilled."""

    name: str
    title: str
    title_span: Span | None
    date: date
    date_text: str
    language: str
    numerals: str
    audience: str
    audience_name: str
    stance: str
    kind: str
    layout: str
    slots: Mapping[str, SlotValue | None]
    sources: tuple[SourceValue, ...]
    facts: tuple[str, ...]
    messages: tuple[str, ...]
    campaign: CampaignValue
    contact: ContactValue | None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An item of an agenda. `paper` is the brief to read for it and `paper_number` its place in the pack."""

    title: RichText
    owner: RichText
    minutes: int
    purpose: str
    note: RichText | None
    paper: str | None = None
    paper_number: int | None = None


@dataclass(frozen=True, slots=True)
class ResolvedPack:
    """A meeting's papers in words. `audience` says whom the meeting is for, `facts` what its own pages state.

    `comma` is that of its language.
    """

    name: str
    title: str
    title_span: Span | None
    subtitle: RichText | None
    date: date
    date_text: str
    time: RichText | None
    place: RichText
    audience: RichText
    chair: RichText | None
    language: str
    numerals: str
    kind: str
    layout: str
    agenda: tuple[AgendaItem, ...]
    minutes: int
    papers: tuple[ResolvedBrief, ...]
    sources: tuple[SourceValue, ...]
    campaign: CampaignValue
    contact: ContactValue | None
    facts: tuple[str, ...] = ()
    comma: str = ","


def resolve_brief(
    project: Project,
    name: str,
    order: Sequence[str] | None = None,
    prepared: Prepared | None = None,
    row: DataRow | None = None,
) -> tuple[ResolvedBrief | None, tuple[Diagnostic, ...]]:
    """The brief `name` for its audience, or None when there is an error, and all findings.

    `order` names slots in the order they are read, where that is not the order of `layout.yaml`. Who resolves
    many documents of one project passes the same `prepared` each time, to have what they share done once. `row` is
    that of a copy; without one the samples of the brief's columns stand for it.
    """
    brief = project.briefs.get(name)
    if brief is None:
        return None, _no_brief(project, name)
    layout, found = _layout(project, brief.layout)
    found = (*found, *_audience(project, brief.audience))
    if layout is None or brief.audience.text not in project.campaign.audiences:
        return None, found
    language = brief.language or project.campaign.language
    if prepared is None or name in prepared.project.own_facts:
        prepared = Prepared(project.as_in(name))
    wording = Wording(prepared, language, brief.audience.text, values=brief.values, columns=brief.data, row=row)
    resolved = _brief(wording, name, brief, layout, order)
    return (None if _has_error(wording.found) else resolved), tuple(wording.found)


def _idle(wording: Wording, name: str, brief: Brief) -> Iterable[Diagnostic]:
    """Values and changed facts that the brief has of its own and no text of it prints."""
    own = _own_names(wording.project, name, brief)
    for value in brief.values:
        if ("values", value) in own and value not in wording.used_values:
            message = f"no text of `{name}` prints the value `{value}`"
            help = f"print it as `{{{{ value.{value} }}}}`, or remove it"
            yield finding("idle-override", message, brief.key_span("values", value), help=help)
    facts = wording.project.facts
    used = {part for fact in wording.facts for part in (fact, *wording.ledger.named(fact))}
    for fact in brief.facts:
        if ("facts", fact) in own and fact in facts and fact not in used:
            message = f"no text of `{name}` prints the fact `{fact}`, which it changes"
            yield finding("idle-override", message, brief.key_span("facts", fact), help="remove the change")


def _own_names(project: Project, name: str, brief: Brief) -> set[tuple[str, str]]:
    """The values and changed facts that are written for the brief or variant `name` itself."""
    over = project.overrides.get(name) if SEPARATOR in name else None
    if over is not None:
        fields = ((field, over.get(field)) for field in ("values", "facts"))
        return {(field, key) for field, node in fields if isinstance(node, YamlMapping) for key in node.names()}
    path = brief_path(name)
    names = [("values", value) for value in brief.values] + [("facts", fact) for fact in brief.facts]
    spans = {each: brief.key_span(*each) for each in names}
    return {each for each, span in spans.items() if span is None or span.path == path}


def _brief(wording: Wording, name: str, brief: Brief, layout: LayoutSpec, order: Sequence[str] | None) -> ResolvedBrief:
    project = wording.project
    title = wording.plain(brief.title)
    slots = _slots(wording, brief, layout, order)
    campaign = _as_before(wording, brief, "campaign", partial(campaign_value, wording))
    contact = _as_before(wording, brief, "contact", partial(_contact, wording, brief))
    wording.found += _idle(wording, name, brief)
    return ResolvedBrief(
        name=name,
        title=title,
        title_span=brief.title.span,
        date=brief.date,
        date_text=_as_before(wording, brief, "date", partial(format_date, brief.date, wording.numerals)),
        language=wording.language,
        numerals=wording.numerals,
        audience=brief.audience.text,
        audience_name=wording.plain(project.campaign.audiences[brief.audience.text].name),
        stance=brief.stance,
        kind=wording.said(layout.document_type),
        layout=brief.layout.text,
        slots=slots,
        sources=_as_before(wording, brief, "sources", partial(numbered_sources, wording)),
        facts=tuple(wording.facts),
        messages=tuple(wording.messages),
        campaign=campaign,
        contact=contact,
    )


def _contact(wording: Wording, brief: Brief) -> ContactValue | None:
    return contact_value(wording, brief.contact) if brief.contact is not None else None


def _no_brief(project: Project, name: str) -> tuple[Diagnostic, ...]:
    path = brief_path(name)
    if path in project.broken:
        return (finding("broken-reference", f"the brief `{name}` has errors of its own", path=path),)
    if name in project.packs:
        papers = either([paper.text for paper in project.packs[name].papers])
        return (finding("unknown-brief", f"`{name}` is a pack", path=pack_path(name), help=f"name {papers}"),)
    help = did_you_mean(name, project.briefs, f"make a file `{path}`")
    return (finding("unknown-brief", f"there is no brief `{name}`", path=path, help=help),)


def _layout(project: Project, name: Name) -> tuple[LayoutSpec | None, tuple[Diagnostic, ...]]:
    layout = project.layouts.get(name.text)
    if layout is not None:
        return layout, ()
    path = layout_path(name.text)
    if path in project.broken:
        help = f"mend `{path}` first"
        message = f"the layout `{name.text}` has errors of its own"
        return None, (finding("broken-reference", message, name.span, help=help),)
    help = did_you_mean(name.text, project.layouts, f"make a file `{path}`")
    return None, (finding("unknown-layout", f"there is no layout `{name.text}`", name.span, help=help),)


def _audience(project: Project, name: Name) -> tuple[Diagnostic, ...]:
    known = project.campaign.audiences
    if name.text in known:
        return ()
    help = did_you_mean(name.text, known, f"add it to `{CAMPAIGN}`")
    return (finding("unknown-audience", f"there is no audience `{name.text}`", name.span, help=help),)


def _has_error(found: Iterable[Diagnostic]) -> bool:
    return any(item.severity is Severity.ERROR for item in found)


# -------------------------------------------------------------------------------------------------- slots


def _slots(
    wording: Wording, brief: Brief, layout: LayoutSpec, order: Sequence[str] | None
) -> dict[str, SlotValue | None]:
    """The slots' values in the layout's order."""
    _report_unknown(wording, brief, layout)
    values: dict[str, SlotValue | None] = dict.fromkeys(layout.slots)
    for name in order if order is not None else layout.slots:
        if name in layout.slots:
            values[name] = _slot(wording, brief, name, layout)
    return values


def _slot(wording: Wording, brief: Brief, name: str, layout: LayoutSpec) -> SlotValue | None:
    spec = layout.slots[name]
    key, node = brief.slots.key(name), brief.slots.get(name)
    if key is None or node is None or (isinstance(node, YamlScalar) and node.empty):
        if spec.required and not _misspelt(brief, name, layout):
            _report_missing(wording, brief, name, spec, key)
        return None
    return _as_before(wording, brief, f"slot {name}", partial(slot_value, wording, spec, key, node, brief))


def _as_before(wording: Wording, brief: Brief, name: str, make: Callable[[], V]) -> V:
    """The part `name` of a brief, as `make` gives it; of a copy, where it prints no cell and nothing was to be said,
    that of another copy.

    Only for copies: a document of its own has to look up all that it depends on.
    """
    if wording.row is None:
        return make()
    before = (wording.language, wording.audience, wording.state)
    kept = wording.prepared.filled(brief, name)
    if kept is not None and kept[0] == before:
        wording.go_on(cast("tuple[tuple[str, ...], ...]", kept[1]))
        return cast("V", kept[2])
    said = (wording.cells_read, len(wording.found))
    value = make()
    if said == (wording.cells_read, len(wording.found)):
        wording.prepared.keep_filled(brief, name, before, wording.state, value)
    return value


def _report_unknown(wording: Wording, brief: Brief, layout: LayoutSpec) -> None:
    """Say which slots the layout does not have. Those of a brief that is extended in another layout are left out."""
    unfilled = [name for name in layout.slots if brief.slots.key(name) is None]
    for key, _ in brief.slots.entries:
        if key.text not in layout.slots and not _is_taken_over(brief, key):
            near = suggest(key.text, unfilled)
            help = f"write `{near}`" if near is not None else "remove it, or add the slot to the layout"
            message = f"the layout `{brief.layout.text}` has no slot `{key.text}`"
            wording.found.append(finding("unknown-slot", message, key.span, help=help))


def _is_taken_over(brief: Brief, key: YamlScalar) -> bool:
    """Whether `key` stands in the file of a brief that this one extends."""
    own = brief.extends.span if brief.extends is not None else None
    return own is not None and key.span.path != own.path


def _misspelt(brief: Brief, name: str, layout: LayoutSpec) -> bool:
    """Whether a slot is there under a name like its own, which has been reported already."""
    strange = (other for other in brief.slots.names() if other not in layout.slots)
    return any(suggest(other, [name]) is not None for other in strange)


def _report_missing(wording: Wording, brief: Brief, name: str, spec: Slot, key: YamlScalar | None) -> None:
    span = key.span if key is not None else brief.key_span("slots")
    purpose = f" ({spec.description})" if spec.description is not None else ""
    help = f"write a value after `{name}:`{purpose}" if key is not None else f"add `{name}:`{purpose}"
    wording.found.append(finding("missing-slot", f"the slot `{name}` is not filled", span, help=help))


# ------------------------------------------------------------------------------------ sources and campaign


def numbered_sources(wording: Wording) -> tuple[SourceValue, ...]:
    """The sources of what `wording` has resolved: the cited ones by number, then those only used."""
    project = wording.project
    used = [project.facts[name].source for name in wording.facts]
    used += [project.messages[name].source for name in wording.messages]
    for source in used:
        if source is not None and source.text in project.sources:
            wording.numbering.number(source.text)
    numbers = wording.numbering.numbers
    return tuple(
        SourceValue(number, id, *wording.prepared.references(id, wording.language)) for id, number in numbers.items()
    )


def campaign_value(wording: Wording) -> CampaignValue:
    """The campaign's own lines, which stand on every document."""
    campaign = wording.project.campaign
    return CampaignValue(
        wording.rich(campaign.name),
        wording.rich(campaign.organisation),
        wording.optional(campaign.statement),
        wording.optional(campaign.funding),
    )


# -------------------------------------------------------------------------------------------------- packs


def resolve_pack(
    project: Project, name: str, prepared: Prepared | None = None
) -> tuple[ResolvedPack | None, tuple[Diagnostic, ...]]:
    """The pack `name` with its papers, or None when there is an error in any of them, and all findings."""
    pack = project.packs.get(name)
    if pack is None:
        return None, _no_pack(project, name)
    layout, found = _layout(project, pack.layout)
    wording = Wording(prepared or Prepared(project), pack.language or project.campaign.language, values={})
    wording.found += found
    papers = _papers(wording, pack)
    resolved = _pack(wording, name, pack, layout, papers)
    return (None if _has_error(wording.found) else resolved), tuple(wording.found)


def _pack(
    wording: Wording, name: str, pack: Pack, layout: LayoutSpec | None, papers: tuple[ResolvedBrief, ...]
) -> ResolvedPack:
    title, subtitle = wording.plain(pack.title), wording.optional(pack.subtitle)
    agenda = tuple(_agenda_item(wording, entry, pack) for entry in pack.agenda)
    campaign = campaign_value(wording)
    return ResolvedPack(
        name=name,
        title=title,
        title_span=pack.title.span,
        subtitle=subtitle,
        date=pack.date,
        date_text=format_days(pack.date, pack.until or pack.date, wording.numerals),
        time=wording.optional(pack.time),
        place=wording.rich(pack.place),
        audience=wording.rich(pack.for_),
        chair=wording.optional(pack.chair),
        language=wording.language,
        numerals=wording.numerals,
        kind=wording.said(layout.document_type) if layout is not None else "",
        layout=pack.layout.text,
        agenda=agenda,
        minutes=sum(item.minutes for item in agenda),
        papers=papers,
        sources=numbered_sources(wording),
        campaign=campaign,
        contact=contact_value(wording, pack.contact) if pack.contact is not None else None,
        facts=tuple(wording.facts),
        comma=conventions(wording.language).comma,
    )


def _no_pack(project: Project, name: str) -> tuple[Diagnostic, ...]:
    path = pack_path(name)
    if path in project.broken:
        return (finding("broken-reference", f"the pack `{name}` has errors of its own", path=path),)
    help = did_you_mean(name, project.packs, f"make a file `{path}`")
    return (finding("unknown-pack", f"there is no pack `{name}`", path=path, help=help),)


def _papers(wording: Wording, pack: Pack) -> tuple[ResolvedBrief, ...]:
    papers: list[ResolvedBrief] = []
    seen: dict[str, Name] = {}
    for paper in pack.papers:
        first = seen.setdefault(paper.text, paper)
        problem = _twice(paper, first) if first is not paper else _paper_problem(wording.project, paper)
        if problem is not None:
            wording.found.append(problem)
            continue
        brief, found = resolve_brief(wording.project, paper.text, prepared=wording.prepared)
        wording.found += found
        if brief is not None:
            papers.append(brief)
    return tuple(papers)


def _twice(paper: Name, first: Name) -> Diagnostic:
    related = ((first.span, "first listed here"),) if first.span is not None else ()
    message = f"the paper `{paper.text}` is listed twice"
    return finding("duplicate-paper", message, paper.span, help="remove one of the two", related=related)


def _paper_problem(project: Project, paper: Name) -> Diagnostic | None:
    if paper.text in project.briefs:
        return None
    if brief_path(paper.text) in project.broken:
        help = f"mend `{brief_path(paper.text)}` first"
        return finding("broken-reference", f"the paper `{paper.text}` has errors of its own", paper.span, help=help)
    help = did_you_mean(paper.text, project.briefs, f"make a file `{brief_path(paper.text)}`")
    return finding("unknown-paper", f"there is no brief `{paper.text}`", paper.span, help=help)


def _is_misspelt_paper(project: Project, paper: Name, names: Iterable[str]) -> bool:
    """Whether a brief is there by a name like its own that is none among `names`, which has been reported already."""
    strange = (name for name in names if name not in project.briefs)
    return paper.text in project.briefs and any(suggest(name, [paper.text]) is not None for name in strange)


def _agenda_item(wording: Wording, entry: AgendaEntry, pack: Pack) -> AgendaItem:
    names = [paper.text for paper in pack.papers]
    paper = entry.paper
    if paper is not None and paper.text not in names:
        if not _is_misspelt_paper(wording.project, paper, names):
            help = did_you_mean(paper.text, names, "add it to `papers:`")
            message = f"`{paper.text}` is not among the papers of this pack"
            wording.found.append(finding("unknown-paper", message, paper.span, help=help))
        paper = None
    return AgendaItem(
        title=wording.rich(entry.title),
        owner=wording.rich(entry.owner),
        minutes=entry.minutes,
        purpose=entry.for_,
        note=wording.optional(entry.note),
        paper=paper.text if paper is not None else None,
        paper_number=names.index(paper.text) + 1 if paper is not None else None,
    )


# -------------------------------------------------------------------------------------------------- check


def check_project(project: Project, today: date | None = None) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the words of a project, also with what no brief uses yet.

    `today` is the day to judge dates by, None to judge none.
    """
    prepared = Prepared(project)
    found = [*check_shared(prepared, today)]
    for name in project.briefs:
        found += resolve_brief(project, name, prepared=prepared)[1]
    for name in project.packs:
        found += resolve_pack(project, name, prepared)[1]
    return tuple(dict.fromkeys(found))


def check_shared(prepared: Prepared, today: date | None = None) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with the words that the documents of a project share, used or not."""
    project = prepared.project
    found: list[Diagnostic] = []
    for name, fact in project.facts.items():
        found += prepared.ledger.findings(name)
        found += expired(name, fact, today)
    for audience in project.campaign.audiences:
        found += _check_wording(Wording(prepared, project.campaign.language, audience))
    found += uneven_translations(prepared)
    found += uneven_wordings(prepared)
    return tuple(dict.fromkeys(found))


def _check_wording(wording: Wording) -> list[Diagnostic]:
    """The words of messages and facts for one audience."""
    audience = wording.audience or ""
    for message in wording.project.messages.values():
        _check_spoken(wording, (message.wording.get(audience), message.gloss.get(audience)))
    for fact in wording.project.facts.values():
        said = (fact.wording.get(audience), fact.means.get(audience))
        _check_spoken(wording, (fact.unit, fact.qualifier, fact.comparator, fact.note, *said))
    campaign_value(wording)
    return wording.found


def _check_spoken(wording: Wording, words: Iterable[Spoken | None]) -> None:
    for each in words:
        for text in each.every() if each is not None else ():
            wording.rich(text)
