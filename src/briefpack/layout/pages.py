"""From a document to pages: the fit contracts kept, the pages placed, the furniture added."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from briefpack.content.numbers import in_digits
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding
from briefpack.document import (
    Block,
    Document,
    Grid,
    Group,
    Heading,
    Row,
    Tag,
    is_right_to_left,
    plain_text,
    structure,
)
from briefpack.geometry import Rect
from briefpack.layout.boxes import Box, Flow, TextBox, lift, spring_weight
from briefpack.layout.drafts import NOTHING, Composed, Drafts, Fitted, Job, fitted
from briefpack.layout.fit import LOOSEST, Ladder
from briefpack.layout.footnotes import Footnotes, footnotes_of
from briefpack.layout.frames import Frame, LaidOut, OutlineEntry, Page, TextFrame
from briefpack.layout.narrow import divided_words, has_divided_words, too_many_columns, too_wide
from briefpack.layout.overset import flow_oversets, left_out, pages_of, region_overset, short_page
from briefpack.layout.pagination import Fullest, breaks, paginate
from briefpack.layout.pictures import check_pictures, has_error
from briefpack.layout.regions import RegionBox, page_area
from briefpack.layout.standing import Standing, Under, turned
from briefpack.layout.styles import Setting, UnknownStyle
from briefpack.layout.trimming import run_out
from briefpack.layout.unplaced import Unplaced
from briefpack.namedtuple import NamedTuple
from briefpack.project.layouts import Furniture
from briefpack.project.variants import base_name
from briefpack.text import FaceError, Run

# A page that is fuller than this is opened up to its foot.
_FULL: Final = 0.75

# White beyond the bounds of a contract that is too little to see, as a part of the height of a page.
_WHITE: Final = 0.06


@dataclass(frozen=True, slots=True)
class Result:
    """What laying out gives: pages unless there is an error, and how the contract of the flow was kept."""

    laid_out: LaidOut | None
    setting: Setting | None
    diagnostics: tuple[Diagnostic, ...]


def lay_out(job: Job, *, dry: bool = False) -> Result:
    """The pages of `job`, or the diagnostics that say why there are none.

    With `dry` only what there is to say is asked for, and there may be no pages where nothing is found by placing them.
    """
    drafts = Drafts(job)
    whole = drafts.whole
    if has_error(whole.diagnostics):
        return Result(None, None, whole.diagnostics)
    return _as_stood(job, whole) or _anew(drafts, dry=dry)


def _anew(drafts: Drafts, *, dry: bool) -> Result:
    job, whole = drafts.job, drafts.whole
    contract = job.layout.fit
    if breaks(whole.flow) >= contract.pages:
        return Result(None, None, (_too_many_breaks(job, breaks(whole.flow)),))
    found = fitted(drafts)
    if found.setting is None or not found.is_fit:
        return Result(None, found.setting, tuple(_oversets(job, found)))
    pages = paginate(found.draft.flow, found.draft.areas, found.setting, contract.pages)
    pages += [[] for _ in range(found.draft.least_pages - len(pages))]
    if contract.exactly and len(pages) < contract.pages:
        return Result(None, found.setting, (_too_short(job, len(pages)),))
    composition = _Composition(job, found, found.setting, tuple(map(tuple, pages)))
    try:
        if dry and composition.is_clear():
            return Result(None, found.setting, (*found.draft.diagnostics, *composition.short_pages()))
        finished = tuple(composition.page(at) for at in range(len(pages)))
    except (UnknownStyle, FaceError) as error:
        path = f"layouts/{job.document.layout}/layout.yaml"
        return Result(None, found.setting, (finding("unknown-style", str(error), path=path),))
    frames = [frame for page in finished for frame in page.frames]
    wide = too_wide(frames, whole.areas.plain)
    if wide is not None:
        return Result(None, found.setting, (too_many_columns(job, wide),))
    finished = tuple([run_out(page, page_area(job.layout)) for page in finished])
    if is_right_to_left(job.document.language):
        from briefpack.layout.mirroring import mirrored  # imported late: few are read from right to left

        finished = tuple(map(mirrored, finished))
    document = found.draft.document
    said = (*found.draft.diagnostics, *left_out(drafts, found), *composition.short_pages())
    said += (*check_pictures(document.body, finished), *divided_words(job, frames))
    where = _where(finished)
    if said == whole.diagnostics and not found.dropped:
        _remember(composition, finished, where)
    return Result(_laid_out(job, document, finished, where, found.dropped), found.setting, said)


def _as_stood(job: Job, whole: Composed) -> Result | None:
    """The pages of `job` where it stands as another document does; None where it has to be laid out."""
    boxes, regions = _boxes(whole)
    for standing in job.typesetter.standings.under(_under(job)):
        turns = turned(standing.boxes, boxes) if standing.regions == regions else None
        placed = standing.with_words(turns) if turns is not None else None
        if placed is None or too_wide(placed[1], whole.areas.plain) is not None or has_divided_words(placed[1]):
            continue
        job.typesetter.standings.again(standing)
        pages = tuple(_refurnished(job, standing, placed[0]))
        laid_out = _laid_out(job, whole.document, pages, standing.where, NOTHING)
        return Result(laid_out, standing.setting, whole.diagnostics)
    return None


def _remember(composition: _Composition, pages: tuple[Page, ...], where: Mapping[Tag, int]) -> None:
    job, count = composition.job, len(pages)
    if is_right_to_left(job.document.language):
        return  # its frames are not those of its boxes
    boxes, regions = _boxes(composition.fitted.draft)
    running = [_running(job, index, count) for index in range(count)]
    standing = Standing(
        _under(job),
        boxes,
        regions,
        composition.setting,
        pages,
        tuple(tuple(line.words for line in lines) for lines in running),
        tuple(sum(len(_line_frames(job, line)) for line in lines) for lines in running),
        where,
    )
    job.typesetter.standings.keep(standing)


def _under(job: Job) -> Under:
    document = job.document
    # Documents of another brief hardly ever stand alike, and to find that out takes a sixth of laying one out.
    rest = (base_name(document.name), document.language, document.numerals, job.numbering)
    return Under(job.layout, job.styles, job.head, job.foot, rest)


def _boxes(draft: Composed) -> tuple[tuple[Box, ...], tuple[object, ...]]:
    """The boxes of a draft, and what its regions are besides those."""
    own = tuple((region.at, region.node) for region in draft.regions)
    return (draft.flow, *(region.box for region in draft.regions)), own


def _refurnished(job: Job, standing: Standing, pages: tuple[Page, ...]) -> Iterator[Page]:
    """`pages` with the running lines of `job`."""
    for index, page in enumerate(pages):
        running = _running(job, index, len(pages))
        if tuple(line.words for line in running) == standing.running[index]:
            yield page
        else:
            lines = (frame for line in running for frame in _line_frames(job, line))
            yield Page(page.size, (*page.frames[: len(page.frames) - standing.tails[index]], *lines))


def _oversets(job: Job, found: Fitted) -> Iterator[Diagnostic]:
    """Everything that is too long, of the regions and of the flow."""
    for region in found.draft.regions:
        if found.of(region) is None:
            yield region_overset(job, region)
    if found.setting is None:
        yield from flow_oversets(job, found.draft)


@dataclass(frozen=True, slots=True)
class _Composition:
    """A document whose pages are known, ready to be placed."""

    job: Job
    fitted: Fitted
    setting: Setting
    pages: tuple[tuple[Box, ...], ...]

    def page(self, index: int) -> Page:
        """Page `index`, from 0: its flow, its regions where reading order has them, its notes and running lines."""
        job, area, notes = self.job, self._area(index), self._notes(index)
        frames: list[Frame] = []
        self._flow(index, area, frames)
        self._regions(index, frames)
        if notes is not None:
            below = self.fitted.draft.areas.of(index).bottom - area.bottom
            notes.place(Rect(area.x, area.bottom, area.width, below), self.setting, frames)
        for line in _running(job, index, len(self.pages)):
            frames.extend(_line_frames(job, line))
        return Page(job.layout.size, tuple(frames))

    def is_clear(self) -> bool:
        """Whether it is sure that nothing would be found by placing the pages."""
        job, draft, count = self.job, self.fitted.draft, len(self.pages)
        if self.fitted.dropped or draft.regions or job.styles.snaps or is_right_to_left(job.document.language):
            return False
        for index, boxes in enumerate(self.pages):
            page = Unplaced(draft.areas.of(index), self.setting)
            running = [frame for line in _running(job, index, count) for frame in _line_frames(job, line)]
            if not page.is_clear(boxes) or not page.is_clear_of(running):
                return False
        return True

    def _area(self, index: int) -> Rect:
        """What page `index` has for its flow above its footnotes."""
        area, notes = self.fitted.draft.areas.of(index), self._notes(index)
        below = notes.height(area.width, self.setting) if notes is not None else 0.0
        return Rect(area.x, area.y, area.width, area.height - below)

    def _notes(self, index: int) -> Footnotes | None:
        return footnotes_of(self.fitted.draft.flow, self.pages[index], self.setting)

    def _flow(self, index: int, area: Rect, frames: list[Frame]) -> None:
        """Place what page `index` has of the main flow, opened up to its foot unless it may be short."""
        body = Flow(self.pages[index], self.job.styles)
        natural = body.height(area.width, self.setting)
        opened = self._opens(index, natural, area) or _has_springs(body)
        height = max(natural, area.height) if opened else natural
        body.place(Rect(area.x, area.y + lift(body, self.setting), area.width, height), self.setting, frames)

    def _opens(self, index: int, natural: float, area: Rect) -> bool:
        """Whether page `index` is opened up to its foot.

        The last page of a document that may be shorter ends where its text ends, unless little is left.
        """
        fit = self.job.layout.fit
        last = index == len(self.pages) - 1 and not fit.exactly
        return fit.fill and not (last and natural < _FULL * area.height)

    def short_pages(self) -> Iterator[Diagnostic]:
        """A warning for every page that is opened up further than its fit contract may.

        None where a block was left out: what is said of that says how to fill the page.
        """
        if self.fitted.dropped:
            return
        loosest = Ladder(self.job.layout.fit).setting(LOOSEST, self.setting.dropped)
        for index, boxes in enumerate(self.pages):
            body, area = Flow(boxes, self.job.styles), self._area(index)
            if not boxes or _has_springs(body) or not self._opens(index, body.height(area.width, self.setting), area):
                continue
            if area.height - body.height(area.width, self.setting) <= _WHITE * area.height:
                continue  # the loosest is no lower
            white = area.height - body.height(area.width, loosest)
            if white > _WHITE * area.height:
                yield short_page(self.job, Fullest(white, list(boxes), area, index), loosest)

    def _regions(self, index: int, frames: list[Frame]) -> None:
        for region in self.fitted.draft.regions:
            setting = self.fitted.of(region)
            if region.at.page == index and setting is not None:
                placed: list[Frame] = []
                region.place(setting, placed)
                at = _read_before(frames, region)
                frames[at:at] = placed


def _has_springs(body: Flow) -> bool:
    return any(spring_weight(box) for box in body.children)


def _read_before(frames: Sequence[Frame], region: RegionBox) -> int:
    """How many of `frames` are read before `region`: it is painted where it is read."""
    before = [at for at, frame in enumerate(frames) if frame.tag is not None and frame.tag.node < region.node]
    return before[-1] + 1 if before else 0


class _Line(NamedTuple):
    """A part of a running line, filled in."""

    words: str
    align: str
    furniture: Furniture
    top: bool


def _running(job: Job, index: int, count: int) -> list[_Line]:
    """The running lines of page `index` of `count`. They may name `{page}`, `{pages}` and the words of the job."""
    found: list[_Line] = []
    page = job.numbering.first + index
    numerals = job.document.numerals or job.document.language
    numbers = {"page": str(page), "pages": str(job.numbering.pages or count)}
    words = {**job.words, **{name: in_digits(number, numerals) for name, number in numbers.items()}}
    for furniture, top in ((job.head or job.layout.head, True), (job.foot or job.layout.foot, False)):
        if furniture is None or page < furniture.from_page:
            continue
        for text, align in ((furniture.left, "left"), (furniture.center, "center"), (furniture.right, "right")):
            if text is not None:
                found.append(_Line(fill_in(text.text, words), align, furniture, top))
    return found


def _line_frames(job: Job, running: _Line) -> list[TextFrame]:
    """A part of a running line, as artifacts."""
    area, paper, furniture = page_area(job.layout), job.layout.size, running.furniture
    box = line_box(job, running.words, furniture.style, running.align)
    height = box.cap(Setting())
    y = (furniture.offset if running.top else paper.height - furniture.offset) - height
    placed: list[Frame] = []
    box.place(Rect(area.x, y, area.width, height), Setting(), placed)
    kind = "Header" if running.top else "Footer"
    return [replace(frame, artifact=kind) for frame in placed if isinstance(frame, TextFrame)]


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


def _where(pages: Sequence[Page]) -> dict[Tag, int]:
    """The page on which each text begins."""
    return {
        frame.tag: at
        for at in reversed(range(len(pages)))
        for frame in pages[at].frames
        if isinstance(frame, TextFrame) and frame.tag is not None
    }


def _laid_out(
    job: Job, document: Document, pages: tuple[Page, ...], where: Mapping[Tag, int], gone: frozenset[str]
) -> LaidOut:
    outline = tuple(
        OutlineEntry(heading.level, plain_text(heading.content), Tag(heading.id), where[Tag(heading.id)])
        for heading in headings(document.body)
        if heading.outline and Tag(heading.id) in where
    )
    tree = structure(document, job.typesetter.elements)
    return LaidOut(document.name, document.title, document.language, tree, pages, outline, gone)


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


def _too_many_breaks(job: Job, count: int) -> Diagnostic:
    times = f"{count} time{'s' if count != 1 else ''}"
    message = f"the template ends a page {times}, and its layout has room for {pages_of(job.layout.fit.pages)}"
    help = "take a `<page-break/>` out, or set `pages:` under `fit:` in `layout.yaml`"
    return finding("template-error", message, path=f"layouts/{job.document.layout}/template.xml.j2", help=help)


def _too_short(job: Job, count: int) -> Diagnostic:
    message = f"`{job.document.name}` fills {pages_of(count)}, and its layout asks for exactly {job.layout.fit.pages}"
    return finding("too-short", message, job.span, help="write more, or choose a layout with fewer pages")
