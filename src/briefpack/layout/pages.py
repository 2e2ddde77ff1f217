"""From a document to pages: the fit contract kept, the pages placed, the furniture added."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Final, NamedTuple

from briefpack.content.numbers import in_digits
from briefpack.diagnostics import Diagnostic, Span, finding
from briefpack.document import (
    Block,
    Document,
    Grid,
    Group,
    Heading,
    Row,
    Table,
    Tag,
    is_right_to_left,
    plain_text,
    structure,
)
from briefpack.document.walking import every_block, table_span
from briefpack.geometry import PAPERS, Insets, Rect
from briefpack.layout.boxes import Box, Flow, TextBox, spring_weight
from briefpack.layout.compose import Composer, Typesetter
from briefpack.layout.fit import TIGHTEST, Ladder, solve
from briefpack.layout.footnotes import footnotes_of
from briefpack.layout.frames import Frame, LaidOut, OutlineEntry, Page, TextFrame
from briefpack.layout.mirroring import mirrored
from briefpack.layout.overset import too_much
from briefpack.layout.pagination import breaks, excess, fullest, paginate
from briefpack.layout.pictures import check_pictures, has_error
from briefpack.layout.styles import Setting, StyleSheet, UnknownStyle
from briefpack.project.layouts import Bounds, Fit, Furniture, LayoutSpec
from briefpack.text import FaceError, Run

# A page that is fuller than this is opened up to its foot.
_FULL: Final = 0.75


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


@dataclass(frozen=True, slots=True)
class Result:
    """What laying out gives: pages unless there is an error, and how the contract was kept."""

    laid_out: LaidOut | None
    setting: Setting | None
    diagnostics: tuple[Diagnostic, ...]


def lay_out(job: Job) -> Result:
    """The pages of `job`, or the diagnostics that say why there are none."""
    flow, found = composed(job)
    if has_error(found):
        return Result(None, None, found)
    area = page_area(job.layout)
    contract = job.layout.fit
    if breaks(flow) >= contract.pages:
        return Result(None, None, (_too_many_breaks(job, breaks(flow)),))
    setting = _fitted(flow, area, contract)
    if setting is None:
        tightest = Ladder(contract).setting(TIGHTEST, frozenset(contract.drop))
        return Result(None, None, (_overset(job, flow, area, tightest),))
    pages = paginate(flow, area, setting, contract.pages)
    if contract.exactly and len(pages) < contract.pages:
        return Result(None, setting, (_too_short(job, len(pages)),))
    try:
        finished = tuple(_page(job, flow, boxes, area, setting, at, len(pages)) for at, boxes in enumerate(pages))
    except (UnknownStyle, FaceError) as error:
        path = f"layouts/{job.document.layout}/layout.yaml"
        return Result(None, setting, (finding("unknown-style", str(error), path=path),))
    too_wide = _too_wide(finished, area)
    if too_wide is not None:
        return Result(None, setting, (_too_many_columns(job, too_wide),))
    if is_right_to_left(job.document.language):
        finished = tuple(map(mirrored, finished))
    dropped = tuple(_dropped(job, name) for name in contract.drop if name in setting.dropped)
    coarse = check_pictures(job.document.body, finished)
    return Result(_laid_out(job, finished), setting, (*found, *dropped, *coarse))


class Composed(NamedTuple):
    """A document as boxes, and what could not be composed of it."""

    flow: Flow
    diagnostics: tuple[Diagnostic, ...]


def composed(job: Job) -> Composed:
    """The document of `job` as one flow of boxes."""
    composer = Composer(
        document=job.document,
        styles=job.styles,
        typesetter=job.typesetter,
        gutter=job.layout.grid.gutter,
        grid=job.layout.grid.columns,
        read=job.read,
        tallest=page_area(job.layout).height,
        numbers=job.numbering.papers,
    )
    flow = composer.compose()
    return Composed(flow, tuple(composer.diagnostics))


def _fitted(flow: Flow, area: Rect, contract: Fit) -> Setting | None:
    """The loosest setting that keeps the contract.

    Where fewer pages are allowed, the fewest that spacing and leading alone can reach: a page more is
    better than smaller type, and worse than white drawn in.
    """
    if not contract.exactly:
        gentle = Ladder(contract.model_copy(update={"size": Bounds(), "drop": ()}))
        for most in range(_fewest(flow, area, gentle), contract.pages):
            setting = solve(gentle, partial(excess, flow, area, most))
            if setting is not None:
                return setting
    return solve(Ladder(contract), partial(excess, flow, area, contract.pages))


def _fewest(flow: Flow, area: Rect, gentle: Ladder) -> int:
    """The fewest pages that the flow can have: those at the tightest, or more than allowed."""
    tightest, most = gentle.setting(TIGHTEST), gentle.fit.pages
    if excess(flow, area, most, tightest) > 0:
        return most
    return max(1 + breaks(flow), len(paginate(flow, area, tightest, most)))


def page_area(layout: LayoutSpec) -> Rect:
    """The area between the margins."""
    paper = PAPERS[layout.paper]
    margins = layout.margins
    insets = Insets(margins.top, margins.right, margins.bottom, margins.left)
    return Rect(0, 0, paper.width, paper.height).inset(insets)


def _page(job: Job, flow: Flow, boxes: Sequence[Box], area: Rect, setting: Setting, index: int, count: int) -> Page:
    frames: list[Frame] = []
    body, notes = Flow(tuple(boxes), flow.styles), footnotes_of(flow, boxes, setting)
    natural = body.height(area.width, setting)
    below = 0.0 if notes is None else notes.height(area.width, setting)
    room = area.height - below
    fit = job.layout.fit
    # The last page of a document that may be shorter ends where its text ends, unless little is left.
    short = not fit.fill or (index == count - 1 and not fit.exactly and natural < _FULL * room)
    springs = any(spring_weight(box) for box in boxes)
    height = natural if short and not springs else max(natural, room)
    body.place(Rect(area.x, area.y, area.width, height), setting, frames)
    if notes is not None:
        notes.place(Rect(area.x, area.bottom - below, area.width, below), setting, frames)
    for furniture, top in ((job.head or job.layout.head, True), (job.foot or job.layout.foot, False)):
        if furniture is not None and job.numbering.first + index >= furniture.from_page:
            frames.extend(_furniture(job, furniture, top, index, count))
    return Page(PAPERS[job.layout.paper], tuple(frames))


def _furniture(job: Job, furniture: Furniture, top: bool, index: int, count: int) -> list[Frame]:
    """A running line, as artifacts. Its text may name `{page}`, `{pages}` and the words of the job."""
    area, paper = page_area(job.layout), PAPERS[job.layout.paper]
    page = job.numbering.first + index
    numerals = job.document.numerals or job.document.language
    numbers = {"page": str(page), "pages": str(job.numbering.pages or count)}
    words = {**job.words, **{name: in_digits(number, numerals) for name, number in numbers.items()}}
    frames: list[Frame] = []
    for text, align in ((furniture.left, "left"), (furniture.center, "center"), (furniture.right, "right")):
        if text is None:
            continue
        box = line_box(job, fill_in(text.text, words), furniture.style, align)
        height = box.cap(Setting())
        y = (furniture.offset if top else paper.height - furniture.offset) - height
        placed: list[Frame] = []
        box.place(Rect(area.x, y, area.width, height), Setting(), placed)
        kind = "Header" if top else "Footer"
        frames.extend(replace(frame, artifact=kind) for frame in placed if isinstance(frame, TextFrame))
    return frames


def fill_in(text: str, words: Mapping[str, str]) -> str:
    """`text` with every `{name}` of `words` filled in; other braces stay as they are."""
    for name, value in words.items():
        text = text.replace("{" + name + "}", value)
    return text


def line_box(job: Job, text: str, style: str, align: str) -> TextBox:
    """A running line of `text`, which is not content, in `style`."""
    spec = job.styles.aligned(style, align)
    language = job.document.language
    run = Run(
        text, job.styles.face(spec), spec.color, tracking=spec.tracking, features=spec.features, language=language
    )
    measured = job.typesetter.paragraphs.measured([run], writing=job.styles.writing(language))
    return TextBox(tag=None, measured=measured, spec=spec, styles=job.styles)


def _laid_out(job: Job, pages: tuple[Page, ...]) -> LaidOut:
    document = job.document
    where = {
        frame.tag: at
        for at in reversed(range(len(pages)))
        for frame in pages[at].frames
        if isinstance(frame, TextFrame) and frame.tag is not None
    }
    outline = tuple(
        OutlineEntry(heading.level, plain_text(heading.content), Tag(heading.id), where[Tag(heading.id)])
        for heading in headings(document.body)
        if heading.outline and Tag(heading.id) in where
    )
    return LaidOut(document.name, document.title, document.language, structure(document), pages, outline)


def headings(blocks: Sequence[Block]) -> list[Heading]:
    """The headings of `blocks`, in reading order."""
    found: list[Heading] = []
    for block in blocks:
        match block:
            case Heading():
                found.append(block)
            case Group(children=children) | Grid(children=children):
                found.extend(headings(children))
            case Row(columns=columns):
                for column in columns:
                    found.extend(headings(column.children))
            case _:
                pass
    return found


def _overset(job: Job, flow: Flow, area: Rect, setting: Setting) -> Diagnostic:
    """Say by how much the text is too long, in words of the column that is the longest."""
    contract = job.layout.fit
    found = too_much(fullest(flow, area, contract.pages, setting), area.width, setting)
    size = job.styles.size(job.styles.text("body"), setting)
    what = f"{found.lines} line{'s' if found.lines != 1 else ''} too long for {_pages(contract.pages)}"
    message = f"`{job.document.name}` is {what} at the last step of the fit ladder (body {size:g} pt)"
    cut = f"cut about {found.words} words" + (f" from `{found.slot}` or what stands near it" if found.slot else "")
    help = cut if found.words else "make its pictures and charts smaller, or leave one out"
    return finding("overset", message, found.span or job.span, help=help)


def _too_many_breaks(job: Job, count: int) -> Diagnostic:
    times = f"{count} time{'s' if count != 1 else ''}"
    message = f"the template ends a page {times}, and its layout has room for {_pages(job.layout.fit.pages)}"
    help = "take a `<page-break/>` out, or set `pages:` under `fit:` in `layout.yaml`"
    return finding("template-error", message, path=f"layouts/{job.document.layout}/template.xml.j2", help=help)


def _pages(count: int) -> str:
    return "one page" if count == 1 else f"{count} pages"


def _too_wide(pages: Sequence[Page], area: Rect) -> TextFrame | None:
    """The first text that leaves the margins at the side, as it does where columns are narrower than a letter."""
    texts = (frame for page in pages for frame in page.frames if isinstance(frame, TextFrame))
    return next((text for text in texts if text.bounds.width <= 0 or text.bounds.right > area.right + 1), None)


def _too_many_columns(job: Job, text: TextFrame) -> Diagnostic:
    """`text` stands in a column that its page is not wide enough for."""
    table = _table_with(job.document, text.tag)
    if table is None:
        message = f"`{job.document.name}` has more columns side by side than its page is wide for"
        help = "take columns out of the row"
    else:
        name = f"the table `{shortened(plain_text(table.caption))}`" if table.caption else "a table"
        message = f"{name} of `{job.document.name}` has more columns than its page is wide for: {len(table.columns)}"
        help = "take columns out of the table, or make two tables of it"
    span = None if table is None else table_span(table)
    path = None if span else f"layouts/{job.document.layout}/template.xml.j2"
    return finding("overset", message, span, path=path, help=help)


def _table_with(document: Document, tag: Tag | None) -> Table | None:
    tables = (block for block in every_block(document.body) if isinstance(block, Table))
    return next((table for table in tables if tag is not None and tag.node in _cells(table)), None)


def _cells(table: Table) -> set[int]:
    return {cell.id for row in (*table.header, *table.rows) for cell in row.cells}


def _too_short(job: Job, count: int) -> Diagnostic:
    message = f"`{job.document.name}` fills {_pages(count)}, and its layout asks for exactly {job.layout.fit.pages}"
    return finding("too-short", message, job.span, help="write more, or choose a layout with fewer pages")


def _dropped(job: Job, name: str) -> Diagnostic:
    message = f"`{name}` was left out of `{job.document.name}` to keep it on {_pages(job.layout.fit.pages)}"
    return finding("dropped", message, job.span, help="cut words elsewhere to bring it back")


# A caption is named by as many characters of it.
_NAME: Final = 40


def shortened(text: str) -> str:
    """`text`, or as many words of it as name it."""
    if len(text) <= _NAME:
        return text
    return f"{text[:_NAME].rsplit(' ', 1)[0]}…"
