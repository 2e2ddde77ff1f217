"""Making: one brief or one pack from the project to the bytes of its file.

`Workshop` is what a process keeps between documents: the project, typefaces, shaped words, ink. What is
made depends on the project's files alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import partial
from typing import Final, Self, cast

from briefpack import __version__
from briefpack.builds.environment import created
from briefpack.builds.sheets import Sheets
from briefpack.builds.wanting_terms import PAGE_OF_PAGES, wanting_terms
from briefpack.content import (
    Chart,
    ContactValue,
    ImageValue,
    Prepared,
    ResolvedBrief,
    ResolvedPack,
    RichText,
    SourceValue,
    resolve_brief,
    resolve_pack,
)
from briefpack.content.checks import Checked, Passage, Quiet, Role, checked, passages, settled
from briefpack.content.checks.known import Known
from briefpack.content.checks.messages import printed_messages
from briefpack.content.checks.passages import passage
from briefpack.content.checks.phrases import Phrases
from briefpack.content.checks.told import Told
from briefpack.content.numbers import in_digits
from briefpack.content.plain.reader import Reader
from briefpack.content.terms import Asked
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Severity, Span, did_you_mean, finding
from briefpack.document import Block, Document, Figure, Grid, Group, Image, List, ListKind, Row, Text
from briefpack.document.leaving_out import without
from briefpack.graphics.rasters import UnusablePicture
from briefpack.layout import (
    AS_DESIGNED,
    Alike,
    Extents,
    Form,
    Frame,
    ImageFrame,
    Job,
    LaidOut,
    Page,
    StyleSheet,
    TextFrame,
    Typesetter,
    at_print_size,
    check_seen,
    formed,
    inked,
    lay_out,
)
from briefpack.layout.pages import fill_in
from briefpack.pdf import Inks, Metadata, UnusableFont, finish, paint, part_of
from briefpack.project.columns import DataRow
from briefpack.project.files import ABSENT, ProjectFiles, source_lines
from briefpack.project.layouts import LayoutSpec, Rungs
from briefpack.project.load import (
    CAMPAIGN,
    FACTS,
    MESSAGES,
    SOURCES,
    THEME,
    Project,
    brief_path,
    layout_path,
    pack_path,
)
from briefpack.project.models import Audience, Brief
from briefpack.project.theme import Theme
from briefpack.templates import ANY, Readings, Source, TemplateFailure, Templates, read_document
from briefpack.text import Face, Faces, Family, FontFile

# What every document depends on, whatever it says.
_SHARED: Final = (CAMPAIGN, MESSAGES, FACTS, SOURCES, THEME)

TEMPLATE: Final = "template.xml.j2"


@dataclass(frozen=True)
class Workshop:
    """A project and what is kept while documents are made of it, in one process.

    `today` is the day that dates in the project are judged by, None to judge none; with `strict` a warning is an
    error.
    """

    files: ProjectFiles
    project: Project
    prepared: Prepared
    told: Told
    templates: Templates
    sheets: Sheets
    today: date | None = None
    strict: bool = False
    typesetter: Typesetter = field(default_factory=Typesetter)
    faces: Faces = field(default_factory=Faces)
    inks: Inks = field(default_factory=Inks)
    readings: Readings = field(default_factory=Readings)
    extents: Extents = field(default_factory=Extents)
    quiet: Quiet = field(default_factory=Quiet)
    set_in: Alike[tuple[frozenset[Face], ...]] = field(default_factory=lambda: Alike(set_in))
    _readers: dict[str, Reader] = field(default_factory=dict)

    @classmethod
    def of(cls, files: ProjectFiles, project: Project, today: date | None = None, *, strict: bool = False) -> Self:
        faces = Faces(own_families(project.theme), files.read_bytes)
        prepared, templates = Prepared(project), Templates(files.read_text, project.snapshot)
        sheets = Sheets(project.theme, faces)
        return cls(files, project, prepared, Told(prepared), templates, sheets, today=today, strict=strict, faces=faces)

    def known(self, language: str, audience: str | None) -> Known:
        """What is known of the campaign's facts in `language` for `audience`."""
        return self.told.known(language, audience)

    def phrases(self, language: str) -> Phrases:
        """The words of messages in `language`."""
        return self.told.phrases(language)

    def reader(self, language: str) -> Reader:
        """Who reads the texts of documents in `language`."""
        return self._readers.setdefault(language, Reader(language))

    def greys(self) -> Mapping[str, str]:
        """The greys of the theme's colours."""
        return greys_of(self.project.theme)

    def settled(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """`found` as severe as the campaign has it."""
        return settled(self.project, found, strict=self.strict)

    def with_brief(self, name: str, brief: Brief) -> Workshop:
        """The same workshop where the brief `name` says what `brief` does."""
        briefs = {**self.project.briefs, name: brief}
        return replace(self, project=replace(self.project, briefs=briefs))

    def as_in(self, name: str) -> Self:
        """The workshop with the facts as they are in the brief `name`."""
        if name not in self.project.own_facts:
            return self
        project = self.project.as_in(name)
        prepared = Prepared(project)
        return replace(self, project=project, prepared=prepared, told=Told(prepared))

    def styles(self, layout: str, audience: Audience | None) -> StyleSheet:
        """The styles of `layout` for an audience; for what is made for all readers there is none."""
        return self.sheets.of(layout, self.project.layouts, audience)


def greys_of(theme: Theme) -> Mapping[str, str]:
    """The greys of the colours of `theme`, which are kept apart."""
    from briefpack.layout.grey import levels_of  # imported late: few are in grey

    return levels_of(tuple(theme.palette.values()))


def own_families(theme: Theme) -> dict[str, Family]:
    """The typeface families whose files the project has."""
    return {
        name: Family(
            name, tuple(FontFile(each.file, each.weight, each.italic, each.variable) for each in files), own=True
        )
        for name, files in theme.fonts.items()
    }


@dataclass(frozen=True, slots=True)
class Made:
    """One target: the bytes of its file, or None when a diagnostic says why there are none."""

    name: str
    kind: str
    path: str
    title: str
    data: bytes | None
    pages: int
    inputs: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def failed(self) -> bool:
        return _has_error(self.diagnostics)


@dataclass(frozen=True, slots=True)
class _Drafted:
    """A document laid out as far as its job."""

    document: Document
    job: Job

    def printed(self, laid_out: LaidOut | None) -> _Drafted:
        """The document as its pages have it: without what was left out to make it fit."""
        if laid_out is None or not laid_out.left_out:
            return self
        return replace(self, document=without(self.document, laid_out.left_out))


def make_brief(
    workshop: Workshop, name: str, form: Form = AS_DESIGNED, *, dry: bool = False, row: DataRow | None = None
) -> Made:
    """The brief `name` in `form`, or with `dry` only what there is to say about it; for a `row`, that copy of it."""
    workshop = workshop.as_in(name)
    laid = _lay_out_brief(workshop, name, form, row, dry=dry)
    diagnostics = list(laid.diagnostics)
    data = None
    if laid.resolved is not None and laid.parts and not _has_error(diagnostics):
        metadata = None if dry else _metadata(laid.resolved, laid.resolved.date)
        data = _ink(workshop, laid.parts, metadata, brief_path(name), diagnostics, many=row is not None)
    return laid.made(name, data, diagnostics)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A brief laid out: its parts are none where there is an error."""

    path: str
    resolved: ResolvedBrief | None
    parts: tuple[LaidOut, ...]
    inputs: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]

    def made(self, name: str, data: bytes | None, found: Iterable[Diagnostic]) -> Made:
        title = self.resolved.title if self.resolved is not None else ""
        return Made(name, "brief", self.path, title, data, _pages(self.parts), self.inputs, tuple(found))


def _lay_out_brief(workshop: Workshop, name: str, form: Form, row: DataRow | None, *, dry: bool = False) -> _Laid:
    resolved, found = resolve_brief(workshop.project, name, prepared=workshop.prepared, row=row)
    diagnostics = list(found)
    path, inputs = f"{name}.pdf", dict[str, str]()
    if resolved is None:
        return _Laid(path, None, (), inputs, tuple(diagnostics))
    drafted = _draft_brief(workshop, resolved, diagnostics)
    parts: tuple[LaidOut, ...] = ()
    if drafted is not None:
        job = formed(drafted.job, form)
        # A copy stands as others do, which takes pages; and colours are judged as a copy in grey has them.
        result = lay_out(job, dry=dry and row is None and not form.grayscale)
        printed = drafted.printed(result.laid_out)
        # Only for copies: a document of its own has to look up all that it depends on.
        quiet = workshop.quiet if row is not None else None
        diagnostics += (*_checked(workshop, resolved, printed, quiet=quiet), *result.diagnostics)
        laid_out = [(result.laid_out, job.layout)] if result.laid_out is not None else []
        parts = _inked(workshop, form, laid_out, again=row is not None)
        path = f"{name}{form.suffix(drafted.job.layout)}.pdf"
        inputs = _inputs(workshop, workshop.project.paths_of(name), [drafted.document], parts)
    return _Laid(path, resolved, parts, inputs, workshop.settled([*diagnostics, *_weak(workshop, parts)]))


@dataclass(frozen=True, slots=True)
class Merged:
    """Copies in one file: the pages and the findings of each in order, no pages for one with an error."""

    made: Made
    pages: tuple[int, ...]
    found: tuple[tuple[Diagnostic, ...], ...]


def make_merged(workshop: Workshop, name: str, form: Form, rows: Sequence[tuple[str, DataRow]]) -> Merged:
    """The copies of the brief `name` for `rows`, each with a title of its own, one after the other in one file."""
    workshop = workshop.as_in(name)
    copies = [_lay_out_brief(workshop, name, form, row) for _, row in rows]
    sound = [bool(copy.parts) and not _has_error(copy.diagnostics) for copy in copies]
    parts = [
        replace(part, title=title)
        for (title, _), copy, good in zip(rows, copies, sound, strict=True)
        for part in (copy.parts if good else ())
    ]
    first = next((copy for copy, good in zip(copies, sound, strict=True) if good), copies[0])
    diagnostics: list[Diagnostic] = []
    data = None
    if parts and first.resolved is not None:
        data = _ink(workshop, parts, _metadata(first.resolved, first.resolved.date), brief_path(name), diagnostics)
    inputs = {key: value for copy in copies for key, value in copy.inputs.items()}
    pages = tuple(_pages(copy.parts) if good else 0 for copy, good in zip(copies, sound, strict=True))
    made = replace(first.made(name, data, diagnostics), pages=sum(pages), inputs=inputs)
    return Merged(made, pages, tuple(copy.diagnostics for copy in copies))


def draft_brief(workshop: Workshop, name: str) -> tuple[ResolvedBrief | None, Job | None, tuple[Diagnostic, ...]]:
    """The brief `name` as far as it is ready to be laid out, and what there is to say about it."""
    workshop = workshop.as_in(name)
    resolved, found = resolve_brief(workshop.project, name, prepared=workshop.prepared)
    diagnostics = list(found)
    drafted = _draft_brief(workshop, resolved, diagnostics) if resolved is not None else None
    return resolved, drafted.job if drafted is not None else None, tuple(diagnostics)


def make_pack(workshop: Workshop, name: str, form: Form = AS_DESIGNED, *, dry: bool = False) -> Made:
    """The pack `name` in `form`, laid out from its briefs, or with `dry` only what there is to say about it."""
    resolved, found = resolve_pack(workshop.project, name, workshop.prepared)
    diagnostics = list(found)
    path, title, inputs = f"packs/{name}.pdf", "", dict[str, str]()
    if resolved is None:
        return Made(name, "pack", path, title, None, 0, inputs, tuple(diagnostics))
    title = resolved.title
    drafts = _draft_papers(workshop, resolved, diagnostics)
    parts: tuple[LaidOut, ...] = ()
    if drafts:
        first, *rest = (formed(job, form) for job in _running_on(form, [draft.job for draft in drafts]))
        from briefpack.pack import lay_out_pack  # imported late, as long as only briefs are made

        laid_out = lay_out_pack(first, rest)
        printed = [
            draft.printed(part) for draft, part in zip(drafts, laid_out.parts or [None] * len(drafts), strict=True)
        ]
        diagnostics += (*_checked_pack(workshop, resolved, printed), *laid_out.diagnostics)
        parts = _inked(workshop, form, zip(laid_out.parts, [job.layout for job in (first, *rest)], strict=False))
        path = f"packs/{name}{form.suffix(drafts[0].job.layout)}.pdf"
        briefs = [path for paper in resolved.papers for path in workshop.project.paths_of(paper.name)]
        inputs = _inputs(workshop, [pack_path(name), *briefs], [draft.document for draft in drafts], parts)
    diagnostics = [*workshop.settled([*diagnostics, *_weak(workshop, parts)])]
    data = None
    if parts and not _has_error(diagnostics):
        # The meeting is still to come; the pack is as old as its newest paper.
        day = max((paper.date for paper in resolved.papers), default=resolved.date)
        metadata = None if dry else _metadata(resolved, day)
        data = _ink(workshop, parts, metadata, pack_path(name), diagnostics)
    return Made(name, "pack", path, title, data, _pages(parts), inputs, tuple(dict.fromkeys(diagnostics)))


def _running_on(form: Form, jobs: Sequence[Job]) -> Iterator[Job]:
    """The pack's own pages and its papers, these with running lines as the pack has them on the paper of `form`."""
    front, *papers = jobs
    yield front
    if form.paper is not None and front.layout.sheet is not None:
        there = front.layout.on(form.paper)
        papers = [replace(job, head=there.head, foot=there.foot) for job in papers]
    yield from papers


def draft_pack(workshop: Workshop, name: str) -> tuple[ResolvedPack | None, tuple[Job, ...], tuple[Diagnostic, ...]]:
    """The pack `name` with the jobs of its own pages and of its papers, none when that cannot be, and findings."""
    resolved, found = resolve_pack(workshop.project, name, workshop.prepared)
    diagnostics = list(found)
    drafts = _draft_papers(workshop, resolved, diagnostics) if resolved is not None else ()
    return resolved, tuple(draft.job for draft in drafts), tuple(diagnostics)


def _inked(
    workshop: Workshop, form: Form, parts: Iterable[tuple[LaidOut, LayoutSpec]], *, again: bool = False
) -> tuple[LaidOut, ...]:
    """The pages of `parts` as they are printed; of copies, what was made of a frame is taken `again`."""
    frames = workshop.typesetter.prints.frames if again else None
    return at_print_size([inked(part, form, workshop.greys, layout, frames) for part, layout in parts], frames)


def _weak(workshop: Workshop, parts: Iterable[LaidOut]) -> tuple[Diagnostic, ...]:
    pages = [page for part in parts for page in part.pages]
    return check_seen(pages, workshop.project.theme, THEME, workshop.extents)


def _has_error(found: Iterable[Diagnostic]) -> bool:
    return any(item.severity is Severity.ERROR for item in found)


def _pages(parts: Iterable[LaidOut]) -> int:
    return sum(len(part.pages) for part in parts)


# ---------------------------------------------------------------------------------------------- documents


def _draft_brief(workshop: Workshop, brief: ResolvedBrief, found: list[Diagnostic]) -> _Drafted | None:
    found += _unsourced(workshop.project, brief)
    terms = Asked(workshop.prepared.terms(brief.language))
    values = {"brief": brief, "slots": brief.slots, "campaign": brief.campaign, "terms": terms}
    blocks = _blocks(workshop, brief.layout, values, brief.sources, found)
    if blocks is None:
        return None
    found += wanting_terms(workshop.project, brief, blocks, terms)
    document = Document(
        name=brief.name,
        title=brief.title,
        language=brief.language,
        numerals=brief.numerals,
        audience=brief.audience,
        layout=brief.layout,
        kind=brief.kind,
        body=blocks,
    )
    audience = workshop.project.campaign.audiences[brief.audience]
    words = {"title": brief.title, "kind": brief.kind, **_campaign_words(brief)}
    return _drafted(workshop, document, audience, words, brief.title_span)


def read_brief(workshop: Workshop, name: str) -> tuple[Checked | None, tuple[Diagnostic, ...]]:
    """The brief `name` as its readers meet it, or None when there is an error, and what there is to say about it."""
    workshop = workshop.as_in(name)
    resolved, found = resolve_brief(workshop.project, name, prepared=workshop.prepared)
    diagnostics = list(found)
    drafted = _draft_brief(workshop, resolved, diagnostics) if resolved is not None else None
    if resolved is None or drafted is None:
        return None, tuple(diagnostics)
    return _as_read(workshop, resolved, drafted), tuple(diagnostics)


def printed_in(workshop: Workshop, name: str) -> tuple[frozenset[str], tuple[Diagnostic, ...]]:
    """The messages that the pages of the brief `name` print; none, and why, when there is an error."""
    workshop = workshop.as_in(name)
    resolved, found = resolve_brief(workshop.project, name, prepared=workshop.prepared)
    diagnostics = list(found)
    drafted = _draft_brief(workshop, resolved, diagnostics) if resolved is not None else None
    if resolved is None or drafted is None:
        return frozenset(), tuple(diagnostics)
    layout = drafted.job.layout
    if any(rungs.drop for rungs in (layout.fit, *(region.fit for region in layout.regions.values()))):
        drafted = drafted.printed(lay_out(drafted.job).laid_out)
    return printed_messages(_as_read(workshop, resolved, drafted)), ()


def _checked(
    workshop: Workshop,
    made: ResolvedBrief | ResolvedPack,
    drafted: _Drafted,
    papers: tuple[Passage, ...] = (),
    quiet: Quiet | None = None,
) -> tuple[Diagnostic, ...]:
    """What an editor would say of the words of a document; next to one met lately (`quiet`) only of what is new."""
    return checked(_as_read(workshop, made, drafted, papers), quiet)


def _as_read(
    workshop: Workshop,
    made: ResolvedBrief | ResolvedPack,
    drafted: _Drafted,
    papers: tuple[Passage, ...] = (),
) -> Checked:
    """A document as its readers meet it, its running lines among its passages; for a pack what its papers print."""
    return Checked(
        project=workshop.project,
        ledger=workshop.prepared.ledger,
        made=made,
        document=drafted.document,
        passages=(*_passages(workshop, drafted.document, made), *_running(workshop, drafted.job)),
        known=workshop.known(made.language, made.audience if isinstance(made, ResolvedBrief) else None),
        phrases=workshop.phrases(made.language),
        lines=source_lines(workshop.files),
        today=workshop.today,
        papers=papers,
        reader=workshop.reader(made.language),
    )


def _passages(workshop: Workshop, document: Document, made: ResolvedBrief | ResolvedPack) -> tuple[Passage, ...]:
    return passages(document, made.title_span, workshop.reader(document.language))


def _running(workshop: Workshop, job: Job) -> Iterator[Passage]:
    """The running lines of a document, without the numbers of pages."""
    reader = workshop.reader(job.document.language)
    words = {**job.words, "page": "", "pages": ""}
    for line in (job.head or job.layout.head, job.foot or job.layout.foot):
        for text in (line.left, line.center, line.right) if line is not None else ():
            if text is not None:
                shown = fill_in(text.text, words)
                yield cast("Passage", reader.things.of(text, partial(_running_line, shown, text.span, reader), shown))


def _running_line(shown: str, span: Span | None, reader: Reader) -> Passage:
    return passage(Role.FURNITURE, (Text(shown, span),), None, None, reader)


def _unsourced(project: Project, made: ResolvedBrief | ResolvedPack) -> Iterator[Diagnostic]:
    """The facts that a document states and that have no source in the project: such a number is not printed."""
    for name in made.facts:
        fact = project.facts[name]
        if fact.source is None or fact.source.text not in project.sources:
            # The same of all documents, so that it is told once.
            message = f"the fact `{name}` has no source, so nothing that states it can be made"
            span = fact.source.span if fact.source is not None else fact.head_span
            yield finding(
                "broken-reference",
                message,
                span,
                path=FACTS if span is None else None,
                help=f"give it a source of `{SOURCES}`",
            )


def _draft_pack(workshop: Workshop, pack: ResolvedPack, found: list[Diagnostic]) -> _Drafted | None:
    found += _unsourced(workshop.project, pack)
    terms = Asked(workshop.prepared.terms(pack.language))
    values = {"pack": pack, "campaign": pack.campaign, "terms": terms}
    blocks = _blocks(workshop, pack.layout, values, pack.sources, found)
    if blocks is None:
        return None
    found += wanting_terms(workshop.project, pack, blocks, terms)
    document = Document(
        name=pack.name,
        title=pack.title,
        language=pack.language,
        numerals=pack.numerals,
        audience="",
        layout=pack.layout,
        kind=pack.kind,
        body=blocks,
    )
    words = {"title": pack.title, "kind": pack.kind, "pack": pack.title, "paper": "", **_campaign_words(pack)}
    return _drafted(workshop, document, None, words, pack.title_span)


def _draft_papers(workshop: Workshop, pack: ResolvedPack, found: list[Diagnostic]) -> tuple[_Drafted, ...]:
    """The pack's own pages and its papers, in order; none when one of them cannot be drafted."""
    front = _draft_pack(workshop, pack, found)
    papers = [_draft_paper(workshop, pack, at, found) for at in range(len(pack.papers))]
    drafts = [draft for draft in (front, *papers) if draft is not None]
    return tuple(drafts) if len(drafts) == 1 + len(papers) else ()


def _checked_pack(workshop: Workshop, pack: ResolvedPack, printed: Sequence[_Drafted]) -> Iterator[Diagnostic]:
    """What there is to say of the words of each paper, and then of the pack's own pages, with all that is `printed`."""
    front, *papers = printed
    texts: list[Passage] = []
    for paper, draft in zip(pack.papers, papers, strict=True):
        yield from _checked(workshop.as_in(paper.name), paper, draft)
        texts += _passages(workshop, draft.document, paper)
    yield from _checked(workshop, pack, front, tuple(texts))


def _draft_paper(workshop: Workshop, pack: ResolvedPack, at: int, found: list[Diagnostic]) -> _Drafted | None:
    """A paper as it stands in the pack: its running lines are the pack's."""
    workshop = workshop.as_in(pack.papers[at].name)
    drafted = _draft_brief(workshop, pack.papers[at], found)
    if drafted is None:
        return None
    layout = workshop.project.layouts[pack.layout]
    terms = workshop.prepared.terms(pack.language)
    paper = terms["paper"].format(number=in_digits(str(at + 1), pack.numerals))
    words = {**drafted.job.words, "pack": pack.title, "paper": f"{paper} · ", PAGE_OF_PAGES: terms[PAGE_OF_PAGES]}
    job = replace(drafted.job, words=words, head=layout.head, foot=layout.foot)
    return _Drafted(drafted.document, job)


def _drafted(
    workshop: Workshop, document: Document, audience: Audience | None, words: Mapping[str, str], span: Span | None
) -> _Drafted:
    layout = workshop.project.layouts[document.layout]
    terms = workshop.prepared.terms(document.language)
    job = Job(
        document=document,
        layout=layout,
        styles=workshop.styles(document.layout, audience),
        typesetter=workshop.typesetter,
        read=workshop.files.read_bytes,
        words={PAGE_OF_PAGES: terms[PAGE_OF_PAGES], **words},
        span=span,
        own_terms=terms,
    )
    return _Drafted(document, job)


def _campaign_words(made: ResolvedBrief | ResolvedPack) -> dict[str, str]:
    """What a running line may name of the campaign."""
    return {
        "organisation": str(made.campaign.organisation),
        "campaign": str(made.campaign.name),
        "date": made.date_text,
    }


def _blocks(
    workshop: Workshop,
    layout: str,
    values: Mapping[str, object],
    sources: Sequence[SourceValue],
    found: list[Diagnostic],
) -> tuple[Block, ...] | None:
    """The body that the template of `layout` makes of `values`, or None with the reasons in `found`."""
    path = f"layouts/{layout}/{TEMPLATE}"
    try:
        rendered = workshop.templates.render(path, values)
    except TemplateFailure as failure:
        found.append(failure.diagnostic)
        return None
    listed = [Source(source.number, source.text, source.short) for source in sources]
    blocks, problems = read_document(rendered, path, listed, _origins(values.get("slots")), workshop.readings)
    found += problems
    if sources and not problems and not _prints_sources(blocks):
        message = f"the template prints none of the {len(sources)} sources that are cited"
        found.append(finding("sources-unprinted", message, path=path, help="put `<sources/>` into the template"))
    found += _drop_mismatches(workshop, layout, path)
    if not problems:
        found += _unprinted(values.get("slots"), rendered.texts, blocks, path)
    return None if _has_error(found) else blocks


def _drop_mismatches(workshop: Workshop, layout: str, path: str) -> Iterator[Diagnostic]:
    """A warning for every name under `drop:` that no block has, and every optional block that is never left out."""
    spec = workshop.project.layouts[layout]
    contracts: list[Rungs] = [spec.fit, *(region.fit for region in spec.regions.values())]
    marked = workshop.templates.optional(path)
    for contract in contracts:
        for name in contract.drop if marked.every else ():
            if name not in marked.names:
                message = f'`drop:` names `{name}`, and the template has no block `optional="{name}"`'
                help = did_you_mean(name, marked.names, "mark the block in the template, or take the name out")
                yield finding("drop-mismatch", message, contract.value_span("drop"), help=help)
    dropped = {name for contract in contracts for name in contract.drop}
    for name, span in marked.names.items():
        if span.path == path and name not in dropped:
            message = f"the block `{name}` is optional, and no `drop:` of the layout names it"
            yield finding("drop-mismatch", message, span, help=f"write `drop: [{name}]` under `fit:` in `layout.yaml`")


def _origins(slots: object) -> dict[str, tuple[str, Span | None]]:
    """The slot and the place of every picture that a brief names."""
    named = slots.items() if isinstance(slots, Mapping) else ()
    return {value.file: (name, value.span) for name, value in named if isinstance(value, ImageValue)}


def _unprinted(slots: object, printed: Iterable[RichText], blocks: Iterable[Block], path: str) -> Iterator[Diagnostic]:
    """A warning for every slot that a brief fills and of which the template prints no word and no picture."""
    if not isinstance(slots, Mapping):
        return
    seen = {text.slot for text in printed}
    for name, value in slots.items():
        if isinstance(value, ImageValue):
            if value.file in _pictures(blocks):
                continue
        # A chart may have no words of its own, and of a contact a template may print the address alone.
        elif value is None or name in seen or isinstance(value, Chart | ContactValue):
            continue
        message = f"the template prints nothing of the slot `{name}`"
        help = f"print `slots.{name}` in the template, or take the slot out of `layout.yaml`"
        yield finding("slot-unprinted", message, path=path, help=help)


def _prints_sources(blocks: Iterable[Block]) -> bool:
    for block in blocks:
        match block:
            case List(kind=ListKind.SOURCES):
                return True
            case Group(children=children) | Grid(children=children):
                if _prints_sources(children):
                    return True
            case Row(columns=columns):
                if any(_prints_sources(column.children) for column in columns):
                    return True
            case _:
                pass
    return False


# ------------------------------------------------------------------------------------------------ files


def _ink(
    workshop: Workshop,
    parts: Sequence[LaidOut],
    metadata: Metadata | None,
    path: str,
    found: list[Diagnostic],
    *,
    many: bool = False,
) -> bytes | None:
    """The bytes of the file, one of `many` or by itself, or None with the reason in `found`; without `metadata` only
    what there is to say."""
    try:
        if metadata is None:
            _look_at_pictures(workshop, parts)
            return None
        painted = [part_of(part, paint(part.pages, workshop.inks)) for part in parts]
        return finish(painted, metadata, workshop.inks, many=many)
    except UnusablePicture as error:
        found.append(finding("unreadable-image", error.message, path=path, help=error.help))
    except UnusableFont as error:
        help = "name another typeface in `layouts/theme.yaml`"
        found.append(finding("missing-typeface", str(error), path=THEME, help=help))
    return None


def _look_at_pictures(workshop: Workshop, parts: Iterable[LaidOut]) -> None:
    """Raises UnusablePicture for a picture that cannot be embedded."""
    for frame in (frame for part in parts for page in part.pages for frame in page.frames):
        if isinstance(frame, ImageFrame):
            workshop.inks.image(frame)


def _metadata(made: ResolvedBrief | ResolvedPack, day: date) -> Metadata:
    return Metadata(
        title=made.title,
        language=made.language,
        created=created(day, os.environ.get("SOURCE_DATE_EPOCH")),
        author=str(made.campaign.organisation),
        subject=f"{made.kind}: {made.campaign.name}",
        producer=f"Briefpack {__version__}",
    )


def _inputs(
    workshop: Workshop, files: Iterable[str], documents: Sequence[Document], parts: Iterable[LaidOut]
) -> dict[str, str]:
    """The files a target is made from, with their hashes: project files by path, typefaces by name."""
    paths = {*_SHARED, *files}
    for document in documents:
        template = f"layouts/{document.layout}/{TEMPLATE}"
        paths |= {
            layout_path(document.layout),
            *(workshop.templates.inputs(template) - {ANY}),
            *_pictures(document.body),
        }
    reads = workshop.files.reads
    inputs = {path: reads[path] for path in paths if reads.get(path, ABSENT) != ABSENT}
    return inputs | {f"font:{face.key}": face.content_hash for face in _faces(parts, workshop.set_in)}


def _pictures(blocks: Iterable[Block]) -> Iterator[str]:
    """The picture files of a document, those in blocks that are left out too."""
    for block in blocks:
        match block:
            case Figure(graphic=Image(path=path)):
                yield path
            case Group(children=children) | Grid(children=children):
                yield from _pictures(children)
            case Row(columns=columns):
                yield from (path for column in columns for path in _pictures(column.children))
            case List(items=items):
                yield from (path for item in items for path in _pictures(item.children))
            case _:
                pass


def _faces(parts: Iterable[LaidOut], known: Alike[tuple[frozenset[Face], ...]]) -> frozenset[Face]:
    """The faces that `parts` are set in. Which others the process has opened depends on what it made before."""
    return frozenset().union(*[faces for part in parts for page in part.pages for faces in _of_page(page, known)])


def _of_page(page: Page, known: Alike[tuple[frozenset[Face], ...]]) -> Iterable[frozenset[Face]]:
    """The faces of each frame of a page."""
    near = known.near(page.frames)
    if near is None:
        known.keep(page.frames)
        texts = [frame for frame in page.frames if isinstance(frame, TextFrame)]
        return (frozenset([part.face for frame in texts for line in frame.lines for part in line.segments]),)
    found = list(near[0].kept)
    for at in near[1]:
        found[at : at + 1] = set_in(page.frames[at : at + 1])
    return found


def set_in(frames: Sequence[Frame]) -> tuple[frozenset[Face], ...]:
    """The faces that each of `frames` is set in."""
    return tuple(
        frozenset([part.face for line in frame.lines for part in line.segments])
        if isinstance(frame, TextFrame)
        else frozenset()
        for frame in frames
    )
