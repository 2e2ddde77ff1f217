"""Forms of a document: on another paper, in large print, in grey, for a printing house. The content is the same.

A form changes a job before it is laid out, its document and the specification of its pages, and the
colours of the pages afterwards. Large print is relaid in one column, never scaled: all type at least as
large as asked, as many pages as it takes, left-aligned, no word divided, citations in brackets, running lines
that keep clear of the text. It follows the guidance of the American Council of the Blind (18 pt) and of
the RNIB (16 pt) in size, alignment and single columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from briefpack.document import Block, Group, GroupKind, Lately, PageBreak, Table
from briefpack.document.one_column import RECORD, RECORD_CAPTION, RECORD_HEAD, RECORDS, STACKED, in_one_column
from briefpack.geometry import LANDSCAPE
from briefpack.layout.drafts import Job, composed
from briefpack.layout.frames import Frame, LaidOut
from briefpack.layout.pages import fill_in, line_box
from briefpack.layout.prints import Cleared, LargePrint
from briefpack.layout.regions import page_area
from briefpack.layout.styles import Setting, StyleSheet
from briefpack.layout.tables import TableBox
from briefpack.layout.trimming import cropped
from briefpack.project.fields import Text
from briefpack.project.forms import Form, PaperName
from briefpack.project.layouts import Bounds, Fit, Furniture, LayoutSpec
from briefpack.project.theme import BoxStyle, ListStyle, Overrides, Scale, TextStyle, Theme

# In type this large, steps of the scale as wide as in small type would make headlines of one word a line.
_RATIO: Final = 1.15

# Nobody reads more pages of a handout; a layout that never ends stops here.
_PAGES: Final = 120

# Spaces give way this far where that saves a page.
_SPACING: Final = 0.8

# Of a box with a ground or a border, as many lines as this stand on a page, or none; else it would fray.
_CUT: Final = 6.0

# A cell of more lines than this is a paragraph in a column too narrow for it.
_CELL_LINES: Final = 4

# The white between a running line and the text, and between its left and its right, in body sizes.
_CLEAR: Final = 1.0

# What a region without a style is in the flow, and the white above it.
_REGION: Final = "large-print-region"
_CLEAR_OF_REGION: Final = 6.0

# What all styles of a kind are in large print.
_EVERY: Final[Mapping[str, Mapping[str, object]]] = {
    "text style": {"align": "left"},
    "box style": {"align": "left", "cut": _CUT},
    "list style": {"columns": 1},
}

_FOOT: Final = Furniture.model_construct(right=Text("{page} / {pages}"), offset=24.0)


def formed(job: Job, form: Form) -> Job:
    """`job` for the paper and the print of `form`."""
    if form.paper is not None and job.layout.sheet is not None:
        job = _on(job, form.paper)
    return job if form.large_print is None else _large_print(job, float(form.large_print))


def _on(job: Job, paper: PaperName) -> Job:
    """`job` on `paper`, in the styles that its layout has there."""
    prints = job.typesetter.prints
    layout = prints.papers.of(job.layout, lambda: job.layout.on(paper), paper)
    if layout.theme is not job.layout.theme:
        styles = prints.sheets.of(job.styles, lambda: job.styles.with_overrides(layout.theme), paper)
        job = replace(job, styles=styles)
    return replace(job, layout=layout)


def inked(
    laid_out: LaidOut,
    form: Form,
    greys: Callable[[], Mapping[str, str]],
    layout: LayoutSpec,
    known: Lately[Frame] | None = None,
) -> LaidOut:
    """`laid_out`, made with `layout`, in the colours of `form`, and with crop marks where it has them.

    `greys` gives those of the colours that are kept apart in grey. Frames are `known` by those that they were made of.
    """
    if form.grayscale:
        from briefpack.layout.grey import in_grey  # imported late: few are in grey

        laid_out = in_grey(laid_out, greys(), known)
    return cropped(laid_out, layout, known) if form.crop_marks and layout.is_cut else laid_out


def _large_print(job: Job, size: float) -> Job:
    of_job = job.styles
    large = job.typesetter.prints.large.of(of_job, lambda: LargePrint(_styles(of_job, size)), size)
    layout = large.layouts.of(job.layout, lambda: _layout(job, large.styles))
    job = replace(job, styles=large.styles, layout=layout)
    stacked = large.stacked.of(layout, Lately, (job.document.language, job.document.numerals))
    document = in_one_column(job.document, lambda table: _legible(table, job), stacked, job.typesetter.elements)
    blocks = [large.blocks.of(block, partial(_in_flow, block)) for block in document.body]
    body = tuple(_without_breaks(blocks, large.styles))
    return _clear_of_furniture(replace(job, document=replace(document, body=body)), size, large)


# ----------------------------------------------------------------------------------------------- styles


def _styles(styles: StyleSheet, size: float) -> StyleSheet:
    """The style sheet with all type at least `size` points, left-aligned, in one column."""
    theme, overrides = styles.theme, styles.overrides
    scale = overrides.scale or theme.scale
    base = max(size, styles.floor)
    changed = Overrides.model_construct(
        scale=Scale.model_construct(base=base, ratio=min(scale.ratio, _RATIO), leading=scale.leading),
        citations="bracket",
        text_styles={
            **overrides.text_styles,
            RECORD: TextStyle.model_construct(),
            RECORD_HEAD: TextStyle.model_construct(weight=600, keep=True, before=6.0, after=3.0),
            RECORD_CAPTION: TextStyle.model_construct(before=4.0, after=4.0, keep=True),
        },
        box_styles={
            **overrides.box_styles,
            STACKED: BoxStyle.model_construct(before=3.6),
            _REGION: BoxStyle.model_construct(before=_CLEAR_OF_REGION),
        },
        list_styles={
            **overrides.list_styles,
            RECORDS: _records(theme, overrides),
        },
        spaces=overrides.spaces,
        table_styles=overrides.table_styles,
        chart_styles=overrides.chart_styles,
    )
    return StyleSheet(theme, changed, styles.faces, base, divides=False, bleeds=False, every=_EVERY)


def _records(theme: Theme, overrides: Overrides) -> ListStyle:
    known = "bullet" in theme.list_styles or "bullet" in overrides.list_styles
    return ListStyle.model_construct(like="bullet" if known else None, item=RECORD, gap=2.6, after=5.0)


# ----------------------------------------------------------------------------------------------- document


def _legible(table: Table, job: Job) -> bool:
    """Whether `table` fits the measure, and no cell is squeezed into a column of single words."""
    draft = composed(replace(job, document=replace(job.document, body=(table,))))
    [box] = draft.flow.children or (None,)
    width = page_area(job.layout).width
    return not isinstance(box, TableBox) or box.legible(width, Setting(), _CELL_LINES)


def _in_flow(block: Block) -> Block:
    """What stands in a region as a part of the flow: large print has no regions."""
    if isinstance(block, Group) and block.kind is GroupKind.REGION:
        return replace(block, kind=GroupKind.SECTION, region="", style=block.style or _REGION)
    return block


def _without_breaks(blocks: Iterable[Block], styles: StyleSheet) -> Iterable[Block]:
    """The blocks without page breaks, but for those that end a page made to be filled, such as a cover."""
    filled = False
    for block in blocks:
        if isinstance(block, PageBreak):
            if filled:
                yield block
            filled = False
            continue
        filled = filled or (isinstance(block, Group) and styles.has_box(block.style) and styles.box(block.style).fill)
        yield block


# ------------------------------------------------------------------------------------------------- pages


def _layout(job: Job, styles: StyleSheet) -> LayoutSpec:
    """The layout with a contract that any number of pages keeps, upright: lines across a lying page are too long."""
    spacing = Bounds.model_construct(least=_SPACING)
    fit = Fit.model_construct(pages=_PAGES, exactly=False, fill=False, spacing=spacing)
    paper = job.layout.paper.removesuffix(LANDSCAPE)
    return job.layout.model_copy(update={"fit": fit, "theme": styles.overrides, "paper": paper})


def _clear_of_furniture(job: Job, size: float, large: LargePrint) -> Job:
    """Running lines with room for large type: the page number at the foot, what does not fit beside it at
    the head, and margins that reach past both."""
    foot = job.foot or job.layout.foot or _FOOT
    head = job.head or job.layout.head
    measure = page_area(job.layout).width
    left, right = _width(job, foot, foot.left), _width(job, foot, foot.right)
    beside = not left or left + right + _CLEAR * size <= measure
    above = not beside and head is None and left <= measure
    clear = partial(_cleared, job.layout, head, foot, (beside, above), size)
    if job.head is None and job.foot is None:
        layout, head, foot = large.cleared.of(job.layout, clear, (beside, above))
    else:
        layout, head, foot = clear()
    return replace(job, head=head, foot=foot, layout=layout)


def _cleared(
    layout: LayoutSpec, head: Furniture | None, foot: Furniture, left: tuple[bool, bool], size: float
) -> Cleared:
    """`layout` with running lines where the `left` of the foot stays beside the page number, or goes above the text."""
    beside, above = left
    if above:
        head = foot.model_copy(update={"right": None, "center": None})
    if not beside:
        foot = foot.model_copy(update={"left": None})
    margins = layout.margins
    cleared = margins.model_copy(
        update={"top": _beyond(head, margins.top, size), "bottom": _beyond(foot, margins.bottom, size)}
    )
    return layout.model_copy(update={"margins": cleared}), head, foot


def _beyond(furniture: Furniture | None, margin: float, size: float) -> float:
    """A margin with a line of type and white inside of the running line's offset."""
    return margin if furniture is None else max(margin, furniture.offset + (1 + _CLEAR) * size)


def _width(job: Job, furniture: Furniture, text: Text | None) -> float:
    """The width in points of one part of a running line, its page numbers taken as long ones."""
    if text is None:
        return 0.0
    words = fill_in(text.text, {**job.words, "page": "88", "pages": "88"})
    return line_box(job, words, furniture.style, "left").natural_width(Setting())
