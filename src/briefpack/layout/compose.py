"""From a document to boxes: every node gets its styles, its text is prepared for line breaking.

What cannot be composed is a diagnostic: a style the theme does not have, a typeface that is not
installed, a character that no font draws, a picture that is not there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import takewhile
from typing import TYPE_CHECKING, Final, assert_never

from briefpack.content.numbers import in_digits
from briefpack.content.terms import Terms, terms_in
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, StyleName, did_you_mean, finding
from briefpack.document import (
    ROOT,
    Block,
    Citation,
    Column,
    Document,
    Element,
    Emphasis,
    Figure,
    Footnote,
    Grid,
    Group,
    GroupKind,
    Heading,
    Icon,
    Image,
    Inline,
    Item,
    Lately,
    LineBreak,
    Link,
    List,
    ListKind,
    PageBreak,
    PageNumber,
    Paragraph,
    Placed,
    Plot,
    QrCode,
    Row,
    Rule,
    Strong,
    Table,
    Tag,
    Text,
    Waffle,
    first_span,
    footnotes,
    is_right_to_left,
    plain_text,
    table_grid,
)
from briefpack.document import Spring as SpringNode
from briefpack.expressions import expression
from briefpack.geometry import MM
from briefpack.layout.boxes import (
    Balanced,
    Box,
    Break,
    CheckBox,
    Columns,
    DrawingBox,
    Dressed,
    Flow,
    Items,
    Labelled,
    Linked,
    LinkTarget,
    Note,
    Panel,
    RuleBox,
    Spring,
    TextBox,
)
from briefpack.layout.codes import LARGEST_CODE, code_side
from briefpack.layout.contrast import PAPER, contrast
from briefpack.layout.decimals import decimal_place
from briefpack.layout.frames import Destination
from briefpack.layout.grids import GridBox, placed
from briefpack.layout.newspaper import Filled, Measures, Newspaper
from briefpack.layout.pictures import Hanging, Pictures, ThemeLetters
from briefpack.layout.prints import Prints
from briefpack.layout.standing import Standings
from briefpack.layout.styles import FOOTNOTES, BoxSpec, ChartSpec, ListSpec, Setting, StyleSheet, TextSpec, UnknownStyle
from briefpack.layout.tables import CellBox, TableBox
from briefpack.project.load import THEME
from briefpack.text import FaceError, Measured, Paragraphs, Run, joined, origin, script_name, script_of

if TYPE_CHECKING:
    from briefpack.graphics.charts import Drawing

# The box style of pictures and codes that name none.
FIGURE: Final = "figure"

# A letter and more of the marks that stack than any language has, Vietnamese and pointed Hebrew among them.
_PILE: Final = expression(
    "(?s:.)[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{7,}"
)

# Of characters without a typeface, so many are named.
_SHOWN: Final = 3

_SUPERSCRIPT_SCALE: Final = 0.62
_SUPERSCRIPT_RISE: Final = 0.36
# The width of an icon and the white beside it, in sizes of a chart's labels.
_ICON: Final = 2.6
# Squares are outlined up to so many, and any number of them on a ground that is hardly told from paper.
_FEW: Final = 100
_HOLLOW: Final = 1.15
# The width of a square of a waffle and the white beside it where the measure does not make it smaller, in points.
_SQUARE: Final = 72.0
# The white between a label and the text beside it, in sizes of the text.
_BESIDE_LABEL: Final = 0.45


@dataclass(frozen=True)
class Typesetter:
    """What composing needs besides the document, kept for a whole process: paragraphs, their words and pictures.

    `boxes` has the box of a block and what it was composed in: it knows the heights it has had and where it was placed.
    `elements` has the structure of a block; `standings` are documents that others may stand like; `prints` has what
    forms made of blocks and frames.
    """

    paragraphs: Paragraphs = field(default_factory=Paragraphs)
    pictures: Pictures = field(default_factory=Pictures)
    boxes: Lately[tuple[object, Box | None]] = field(default_factory=Lately)
    elements: Lately[tuple[Element, ...]] = field(default_factory=Lately)
    standings: Standings = field(default_factory=Standings)
    prints: Prints = field(default_factory=Prints)


@dataclass(frozen=True)
class Composer:
    """Composes one document on pages `tallest` points tall. `numbers` are the pages that papers of a pack begin on."""

    document: Document
    styles: StyleSheet
    typesetter: Typesetter
    gutter: float
    grid: int
    read: Callable[[str], bytes]
    tallest: float = math.inf
    numbers: Mapping[str, int] = field(default_factory=dict)
    terms: Terms = field(default_factory=lambda: terms_in("en"))
    diagnostics: list[Diagnostic] = field(default_factory=list)
    _sources: dict[int, int] = field(default_factory=dict)
    _noted: list[int] = field(default_factory=list)
    _context: list[object] = field(default_factory=list)

    def _surroundings(self) -> object:
        """All that the box of a block depends on besides the block."""
        document = self.document
        own = (document.language, document.numerals, document.layout, self.gutter, self.grid, self.tallest, self.terms)
        return (self.styles, own, tuple(self.numbers.items()), tuple(self._sources.items()))

    @property
    def _numerals(self) -> str:
        return self.document.numerals or self.document.language

    def _counted(self, number: int) -> str:
        return in_digits(str(number), self._numerals)

    def compose(self, blocks: Iterable[Block] | None = None) -> Flow:
        """`blocks` of the document, or all of its body, as one flow."""
        self._sources.update(_source_items(self.document.body))
        self._context.append(self._surroundings())
        flow = self._flow(self.document.body if blocks is None else blocks)
        return replace(flow, noted=True) if self._noted else flow

    def _flow(self, blocks: Iterable[Block], before: float = 0.0, after: float = 0.0) -> Flow:
        blocks = tuple(blocks)
        boxes: list[Box] = []
        for block, below in zip(blocks, (*blocks[1:], None), strict=False):
            box = self._optional(block)
            if isinstance(box, TextBox) and _leads_in(block, below):
                box = replace(box, keep=True)
            if box is not None:
                boxes.append(box)
        return Flow(tuple(boxes), self.styles, before, after)

    def _optional(self, block: Block) -> Box | None:
        """The box of `block`; the one it had, unless there was something to say, or a footnote to be numbered."""
        kept = self.typesetter.boxes.find(block)
        if kept is not None and kept[0][0] == self._context[-1]:
            return kept[0][1]
        said = (len(self.diagnostics), len(self._noted))
        box = self._composed(block)
        if said == (len(self.diagnostics), len(self._noted)):
            self.typesetter.boxes.keep(block, (self._context[-1], box))
        return box

    def _composed(self, block: Block) -> Box | None:
        try:
            box = self._box(block)
        except UnknownStyle as error:
            self.report_style(error)
            return None
        except FaceError as error:
            self._report("missing-typeface", str(error), self._named(error.family), _having(error), THEME)
            return None
        return Dressed(box, optional=block.optional) if block.optional and box is not None else box

    def _named(self, family: str) -> Span | None:
        """Where the theme names a typeface family."""
        theme = self.styles.theme
        name = next((name for name, known in theme.typefaces.items() if known == family), None)
        return theme.key_span("typefaces", name) if name is not None else None

    def report_style(self, error: UnknownStyle) -> None:
        """Where a style is named by the template, or a style, a colour or a typeface by the theme."""
        path = THEME if error.kind in ("colour", "typeface") else None
        span = error.name.span if isinstance(error.name, StyleName) else None
        help = did_you_mean(error.name, error.known, f"name one of {', '.join(error.known)}")
        self._report("unknown-style", str(error), span, help if not error.circle else "take one `like:` out", path)

    def _box(self, block: Block) -> Box | None:
        match block:
            case Heading():
                return self._text(block, block.content, block.style or f"heading-{block.level}")
            case Paragraph():
                return self._text(block, block.content, block.style or "body")
            case List():
                return self._list(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Group():
                return self._group(block)
            case Grid():
                return self._grid(block)
            case Row():
                return self._row(block)
            case Rule():
                return self._rule(block)
            case SpringNode():
                return Spring(block.weight, self.styles.white(block.least) * self.styles.quarter(Setting()))
            case PageBreak():
                return Break()
            case _:
                assert_never(block)

    def _text(self, node: Heading | Paragraph, content: tuple[Inline, ...], style: str) -> TextBox:
        return self._text_box(Tag(node.id), content, self.styles.text(style), node.slot, node.span)

    def _text_box(
        self,
        tag: Tag,
        content: tuple[Inline, ...],
        spec: TextSpec,
        slot: str | None = None,
        span: Span | None = None,
    ) -> TextBox:
        span = span or first_span(content)
        plain = _TEXT_ALONE.issuperset(map(type, content))
        return TextBox(
            tag=tag,
            measured=self._measured(content, spec, span),
            spec=spec,
            styles=self.styles,
            links=() if plain else tuple(self._links(content)),
            slot=slot,
            span=span,
            before=spec.before,
            after=spec.after,
            keep=spec.keep,
            notes=() if plain else tuple([self._note(each) for each in footnotes(content)]),
        )

    def _note(self, footnote: Footnote) -> Note:
        """A footnote: its mark, which leads back to the text, and its words."""
        self._noted.append(footnote.number)
        id, spec = footnote.id, self.styles.list(FOOTNOTES)
        label, item = self.styles.text(spec.label), self.styles.text(spec.item)
        back = Tag(id, "back")
        run = self._run(self._mark(footnote), label, Inlined(tag=back))
        link = LinkTarget(Destination(Tag(id, "mark")), self.terms.back_to_note(self._counted(footnote.number)))
        mark = TextBox(
            tag=Tag(id, "label"),
            measured=self.typesetter.paragraphs.measured([run]),
            spec=label,
            styles=self.styles,
            links=((back, link),),
        )
        body = self._text_box(Tag(id, "text"), footnote.content, item, span=footnote.span)
        indent = max(spec.indent * item.size, mark.natural_width(Setting()) + _BESIDE_LABEL * item.size)
        return Note(Tag(id, "mark"), Labelled(mark, body, indent, self.styles))

    def _mark(self, footnote: Footnote) -> str:
        """A number; a letter where numbers are raised for the sources; in brackets where nothing is raised."""
        if self.styles.brackets:
            return f"({footnote.number})"
        return lettered(footnote.number) if self._sources else str(footnote.number)

    def _measured(self, content: tuple[Inline, ...], spec: TextSpec, span: Span | None) -> Measured:
        runs = self._joined(content, spec)
        language = self.document.language if spec.hyphenate else None
        writing = self.styles.writing(self.document.language, spec.align == "justify")
        measured = self.typesetter.paragraphs.measured(runs, language, writing)
        text = measured.prepared.text
        if not text.isascii() and (pile := _PILE.search(text)) is not None:
            message = f"`{pile[0][:1]}` carries {len(pile[0]) - 1} marks, of which some would stand on other lines"
            self._report("stacked-marks", message, span, "write the letter without them")
        by_script: dict[str, list[str]] = {}
        for character in measured.prepared.missing:
            by_script.setdefault(script_of(character), []).append(character)
        for script, characters in by_script.items():
            self._missing(script, characters, spec, span)
        return measured

    def _joined(self, content: tuple[Inline, ...], spec: TextSpec) -> Sequence[Run]:
        """The runs of `content`, neighbours that are set alike in one."""
        if content and _TEXT_ALONE.issuperset(map(type, content)):
            # As most are: words, and nothing that marks them.
            words = [item.text for item in content if isinstance(item, Text)]
            return (self._run("".join(words), spec, _PLAIN),)
        return joined(self._runs(content, spec, _PLAIN))

    def _missing(self, script: str, characters: list[str], spec: TextSpec, span: Span | None) -> None:
        """`characters`, all of one script, have no typeface: one thing mends them all."""
        shown = ", ".join(f"`{each}` (U+{ord(each):04X})" for each in characters[:_SHOWN])
        more = len(characters) - _SHOWN
        others = f" and {more} more" if more > 0 else ""
        name = script_name(characters[0])
        help = "write it another way, or name a typeface that has it in `layouts/theme.yaml`"
        families, extra = origin(script, self.document.language)
        # Letters that even the typeface of their script lacks are not had by installing it.
        if name and not any(self.styles.faces.has(family) for family in families):
            help = f"run `pip install 'briefpack[{extra}]'`, or name a typeface that has {name} in `layouts/theme.yaml`"
        message = f"neither the typeface `{spec.family}` nor one that stands in for it has {shown}{others}"
        self._report("missing-character", message, span, help)

    def _report(self, rule: str, message: str, span: Span | None, help: str | None, path: str | None = None) -> None:
        """`path` is the file to mend where there is no span in it; without it the template."""
        where = None if span else path or f"layouts/{self.document.layout}/template.xml.j2"
        found = finding(rule, message, span, help=help, path=where)
        if found not in self.diagnostics:
            self.diagnostics.append(found)

    def _runs(self, content: Iterable[Inline], spec: TextSpec, state: Inlined) -> Iterable[Run]:
        before: Inline | None = None
        for item in content:
            if isinstance(item, Citation | Footnote) and isinstance(before, Citation | Footnote):
                yield self._raised(self._run(",", spec, _PLAIN))
            before = item
            match item:
                case Text(text=text):
                    yield self._run(text, spec, state)
                case Strong(content=inner):
                    yield from self._runs(inner, spec, replace(state, strong=True))
                case Emphasis(content=inner):
                    yield from self._runs(inner, spec, replace(state, emphasis=True))
                case Link(content=inner, id=id):
                    yield from self._runs(inner, spec, replace(state, tag=Tag(id), color="link"))
                case Citation():
                    yield from self._citation(item, spec)
                case Footnote():
                    yield from self._footnote_mark(item, spec)
                case PageNumber(target=target):
                    yield self._run(in_digits(str(self._first_page(target)), self._numerals), spec, state)
                case LineBreak():
                    yield self._run("\n", spec, state)
                case _:
                    assert_never(item)

    def _first_page(self, paper: str) -> int:
        """The page that `paper` begins on. Only a pack has papers."""
        if paper not in self.numbers:
            help = did_you_mean(paper, self.numbers, "refer to papers only in the layout of a pack")
            self._report("unknown-paper", f"there is no paper `{paper}` to refer to", None, help)
        return self.numbers.get(paper, 0)

    def _run(self, text: str, spec: TextSpec, state: Inlined) -> Run:
        if state is _PLAIN:
            return Run(text, *self.styles.blank(spec, self.document.language)[1:])
        return Run(
            text=text,
            face=self.styles.face(spec, state.strong, state.emphasis),
            color=self.styles.color(state.color) if state.color and self._has(state.color) else spec.color,
            tracking=spec.tracking,
            features=spec.features,
            tag=state.tag,
            parent=state.parent,
            language=self.document.language,
        )

    def _has(self, color: str) -> bool:
        return color in self.styles.theme.palette

    def _citation(self, item: Citation, spec: TextSpec) -> Iterable[Run]:
        """The numbers of the sources, each a link to its entry, raised or in brackets."""
        brackets, own = self.styles.brackets, Tag(item.id)
        blank = self._raised(self.styles.blank(spec, self.document.language))
        for index, number in enumerate(item.numbers):
            opening = "," if index else " [" if brackets else ""
            if opening:
                yield blank.saying(opening, own)
            yield blank.saying(self._counted(number), Tag(item.id, str(number)), own)
        if brackets:
            yield blank.saying("]", own)

    def _footnote_mark(self, item: Footnote, spec: TextSpec) -> Iterable[Run]:
        """The mark of a footnote, a link to it, raised or in brackets."""
        run = self._raised(self._run(self._mark(item), spec, Inlined(tag=Tag(item.id, "mark"), parent=Tag(item.id))))
        if self.styles.brackets:
            yield run._replace(text=" ", tag=Tag(item.id), parent=None)
        yield run

    def _raised(self, run: Run) -> Run:
        """`run` small and above the line, but where marks stand in brackets."""
        if self.styles.brackets:
            return run
        return run.raised(_SUPERSCRIPT_SCALE, _SUPERSCRIPT_RISE)

    def _links(self, content: Iterable[Inline]) -> Iterable[tuple[Tag, LinkTarget]]:
        for item in content:
            match item:
                case Link(id=id, content=inner, url=url):
                    yield Tag(id), LinkTarget(url, _contents(plain_text(inner), url))
                case Citation(id=id, numbers=numbers):
                    for number in numbers:
                        entry = self._sources.get(number)
                        target = Destination(Tag(entry, "label") if entry else ROOT)
                        yield Tag(id, str(number)), LinkTarget(target, self.terms.source(self._counted(number)))
                case Footnote(id=id, number=number):
                    yield (
                        Tag(id, "mark"),
                        LinkTarget(Destination(Tag(id, "label")), self.terms.note(self._counted(number))),
                    )
                case Strong(content=inner) | Emphasis(content=inner):
                    yield from self._links(inner)
                case _:
                    pass

    def _list(self, block: List) -> Box:
        spec = self.styles.nested_list(block.style or block.kind, block.level, named=bool(block.style))
        if block.kind is ListKind.CONTENTS:
            return self._contents_list(block, spec)
        spec = self._indented(block, spec)
        items = tuple(self._item(block, item, spec) for item in block.items)
        if spec.columns > 1:
            boxes = _spaced(items, spec.gap)
            return Balanced(boxes, spec.columns, self.gutter, self.styles, spec.before, spec.after)
        return Items(_spaced(items, spec.gap), self.styles, spec.before, spec.after)

    def _item(self, block: List, item: Item, spec: ListSpec) -> Box:
        label_spec = self.styles.text(spec.label)
        body = self._flow(_styled(child, spec.item) for child in item.children)
        indent = spec.indent * self.styles.text(spec.item).size
        tag = Tag(item.id, "label")
        if block.kind is ListKind.CHECK:
            size = self.styles.text(spec.item).size
            return Labelled(CheckBox(tag, size * 0.82, label_spec.color), body, indent, self.styles)
        label = self._text_box(tag, (Text(_label(block, item, spec, self._numerals)),), label_spec)
        return Labelled(label, body, indent, self.styles)

    def _indented(self, block: List, spec: ListSpec) -> ListSpec:
        """`spec` with an indent that its longest label fits into, and the white behind it."""
        size, label = self.styles.text(spec.item).size, self.styles.text(spec.label)
        longest = max((_label(block, item, spec, self._numerals) for item in block.items), key=len)
        if block.kind is ListKind.CHECK or len(longest) < 3:
            return spec
        measured = self.typesetter.paragraphs.measured([self._run(longest, label, Inlined())])
        needed = measured.prepared.measures.natural * label.size / 1000 / size + _BESIDE_LABEL
        return replace(spec, indent=max(spec.indent, needed))

    def _contents_list(self, block: List, spec: ListSpec) -> Box:
        boxes = [self._contents_item(item) for item in block.items]
        return Flow(_spaced(boxes, spec.gap), self.styles, spec.before, spec.after)

    def _contents_item(self, item: Item) -> Box:
        """An entry is a row: what it is called, and the page. All of it is one link."""
        flow = self._flow(item.children)
        self._first_page(item.target or "")
        link = LinkTarget(Destination(ROOT, item.target), f"Go to {_first_words(item)}")
        return Linked(flow, Tag(item.id, "link"), link)

    def _table(self, block: Table) -> Box:
        spec = self.styles.table(block.style or "table")
        caption = None
        if block.caption:
            caption = self._text_box(
                Tag(block.id, "caption"), block.caption, self.styles.text(spec.caption), block.slot
            )
        head, rows = table_grid(block.header), table_grid(block.rows)
        return TableBox(
            caption,
            tuple(self._table_row(row, block, spec.head, spec.head) for row in head.rows),
            tuple(self._table_row(row, block, spec.row_head, spec.cell) for row in rows.rows),
            tuple(column.weight for column in block.columns),
            spec,
            self.styles,
            any(cell.row_span > 1 for row in (*block.header, *block.rows) for cell in row.cells),
        )

    def _table_row(
        self, cells: tuple[Placed, ...], block: Table, head_style: str, cell_style: str
    ) -> tuple[CellBox, ...]:
        boxes: list[CellBox] = []
        for each in cells:
            cell = each.cell
            style = head_style if cell.scope else cell_style
            align = block.columns[min(each.column, len(block.columns) - 1)].align
            mark = None
            if align == "decimal":
                numeric = not cell.scope and cell.column_span == 1
                mark = self._before_mark(cell.content, self.styles.cell(style, "right")) if numeric else None
                across = cell.column_span > 1 and not cell.scope
                align = "left" if across else "center" if mark is None else "right"
            spec = self.styles.cell(style, align)
            text = self._text_box(Tag(cell.id), cell.content, spec, cell.slot or block.slot, cell.span)
            boxes.append(CellBox(text, each.column, cell.column_span, cell.row_span, mark))
        return tuple(boxes)

    def _before_mark(self, content: tuple[Inline, ...], spec: TextSpec) -> float | None:
        """How wide what stands before the decimal mark of a number is, in thousandths of the size of `spec`."""
        runs = list(takewhile(lambda run: not run.rise, self._runs(content, spec, Inlined())))
        left = decimal_place("".join(run.text for run in runs), self.document.language)
        if left is None:
            return None
        before: list[Run] = []
        for run in runs:
            if left > 0:
                before.append(run._replace(text=run.text[:left]))
            left -= len(run.text)
        measured = self.typesetter.paragraphs.measured
        wide = measured(before).prepared.measures.natural
        if not is_right_to_left(self.document.language):
            return wide
        # The page is mirrored, and the number is not: what stands behind its mark is what is before it from the right.
        return measured(runs).prepared.measures.natural - wide

    def _figure(self, block: Figure) -> Box | None:
        graphic = self._graphic(block)
        if graphic is None or not block.caption:
            return graphic
        from briefpack.layout.charts import Captioned  # imported late: most documents have no graphics

        style = "caption"
        if isinstance(block.graphic, Waffle | Plot):
            style = self.styles.chart(block.style or "chart").caption
        spec = self.styles.text(style)
        caption = self._text_box(Tag(block.id, "caption"), block.caption, spec, block.slot, block.span)
        after = max(graphic.after, caption.after)
        return Captioned(Flow((graphic, caption), self.styles, graphic.before, after))

    def _graphic(self, block: Figure) -> Box | None:
        match block.graphic:
            case Waffle():
                chart = self.styles.chart(block.style or "chart")
                drawing = self._waffle(block.graphic, chart)
                return _drawing(block, drawing, BoxSpec(before=chart.before, after=chart.after))
            case Plot():
                from briefpack.layout.charts import plot_box

                return plot_box(block, block.graphic, self.styles, self._numerals, self._text_box)
            case QrCode():
                return self._code(block, block.graphic, self._figure_spec(block))
            case Image():
                return self._picture(block, block.graphic, self._figure_spec(block))
            case _:
                assert_never(block.graphic)

    def _code(self, block: Figure, code: QrCode, spec: BoxSpec) -> Box | None:
        from briefpack.graphics.qr import most_characters, qr_code

        url, side = code.url, code_side(code)
        if side is None:
            most = most_characters(LARGEST_CODE)
            message = f"`{url[:40]}…` has {len(url):,} characters, too many for a QR code of {LARGEST_CODE / MM:.0f} mm"
            help = f"use an address of at most {most} characters"
            self._report("long-address", message, block.span, help)
            return None
        drawing = qr_code(url, side, self.styles.color("ink"), "#ffffff")
        return replace(_drawing(block, drawing, spec), upright=True)

    def _figure_spec(self, block: Figure) -> BoxSpec:
        """The style of a picture or a code: its own, or the one that the theme has for all of them."""
        if not block.style and self.styles.has_box(FIGURE):
            return self.styles.box(FIGURE)
        return self._box_spec(block)

    def _box_spec(self, block: Block) -> BoxSpec:
        return self.styles.box(block.style) if block.style else BoxSpec()

    def _waffle(self, of: Waffle, chart: ChartSpec) -> Drawing:
        """Squares are drawn large, and the box they stand in makes them as wide as the measure; icons in ems. A few
        squares are not as wide, or one alone would fill the page. What is not marked is seen by its outline or as a
        ground."""
        from briefpack.graphics.charts import waffle

        many = of.icon is Icon.SQUARE or of.units > 100
        columns = min(chart.columns or (max(1, round((2 * of.units) ** 0.5)) if many else 10), of.units)
        side = _SQUARE if of.icon is Icon.SQUARE else _ICON * self.styles.text(chart.label).size
        width = min(1000.0, columns * side)
        hollow = contrast(chart.ground, PAPER) < _HOLLOW
        return waffle(
            of.units,
            of.marked,
            width,
            columns=columns,
            mark=chart.mark,
            ground=chart.ground,
            icon=of.icon.value,
            outlined=of.units <= _FEW or hollow,
        )

    def _picture(self, block: Figure, image: Image, spec: BoxSpec) -> Box | None:
        letters = ThemeLetters(self.styles, self.typesetter.paragraphs.words.shaper)
        box, found = Hanging(self.read, self.typesetter.pictures, letters, self.tallest).box(block, image, spec)
        self.diagnostics.extend(each for each in found if each not in self.diagnostics)
        return box

    def _group(self, block: Group) -> Box:
        if block.kind is GroupKind.COLUMNS:
            return self._newspaper(block)
        style = block.style or block.kind
        flow = self._flow(block.children)
        if not self.styles.has_box(style):
            if block.style:
                self.styles.box(style)
            return flow
        return Panel(flow, self.styles.box(style), self.styles)

    def _newspaper(self, block: Group) -> Box:
        spec = self._box_spec(block)
        flow = self._flow(block.children)
        if block.columns == 1:
            return replace(flow, before=spec.before, after=spec.after)
        columns = Newspaper if block.balance else Filled
        # Without a style of their own they stand as far from what is above as their first text would.
        before = spec.before if block.style or not flow.children else flow.children[0].before
        return columns(flow, Measures(block.columns, self.gutter), before, spec.after)

    def _grid(self, block: Grid) -> Box:
        spec = self._box_spec(block)
        if block.columns > 1 and any(_places(child) != (1, 1) for child in block.children):
            return self._spanned_grid(block, spec)
        cells = [box for child in block.children if (box := self._optional(child)) is not None]
        if block.columns == 1:
            return Flow(_spaced(cells, spec.padding[0]), self.styles, spec.before, spec.after)
        gap = spec.padding[1] * self.styles.quarter(Setting()) if spec.padding[1] else self.gutter
        rows: list[Box] = []
        for start in range(0, len(cells), block.columns):
            row = cells[start : start + block.columns]
            rows.append(
                Columns(
                    tuple(row),
                    (1,) * len(row),
                    block.columns,
                    gap,
                    before=spec.padding[0] if start else spec.before,
                    after=spec.after,
                )
            )
        return rows[0] if len(rows) == 1 else Flow(tuple(rows), self.styles, spec.before, spec.after)

    def _spanned_grid(self, block: Grid, spec: BoxSpec) -> Box:
        """A grid of cards that take several places."""
        cells = [(box, *_places(child)) for child in block.children if (box := self._optional(child)) is not None]
        gap = spec.padding[1] * self.styles.quarter(Setting()) if spec.padding[1] else self.gutter
        cards = placed(cells, block.columns)
        return GridBox(cards, block.columns, gap, spec.padding[0], self.styles, spec.before, spec.after)

    def _row(self, block: Row) -> Box:
        spec = self._box_spec(block)
        if len(block.columns) == 1 and not block.columns[0].style:
            return self._flow(block.columns[0].children, spec.before, spec.after)
        spans = tuple(column.span_columns for column in block.columns)
        return Columns(
            tuple(self._column(column) for column in block.columns),
            spans,
            sum(spans),
            self.gutter,
            level=spec.fill,
            before=spec.before,
            after=spec.after,
        )

    def _column(self, column: Column) -> Box:
        flow = self._flow(column.children)
        if column.style:
            return Panel(flow, self.styles.box(column.style), self.styles)
        return flow

    def _rule(self, block: Rule) -> Box:
        style = block.style or "rule"
        spec = self.styles.box(style) if block.style or self.styles.has_box(style) else BoxSpec()
        color = spec.border or self.styles.color("line")
        return RuleBox(color, spec.thickness, spec.before, spec.after)


@dataclass(frozen=True, slots=True)
class Inlined:
    """What the inline nodes round a run of text say of it."""

    strong: bool = False
    emphasis: bool = False
    tag: Tag | None = None
    parent: Tag | None = None
    color: str | None = None


_PLAIN: Final = Inlined()
_TEXT_ALONE: Final = frozenset((Text,))


def _drawing(block: Figure, drawing: Drawing, box: BoxSpec) -> DrawingBox:
    tag = Tag(block.id)
    return DrawingBox(tag, drawing.width, drawing.height, drawing.paths, box.align, box.before, box.after)


def _styled(block: Block, style: str) -> Block:
    """`block` in `style`, if it is a paragraph that names none."""
    return replace(block, style=style) if isinstance(block, Paragraph) and not block.style else block


def _leads_in(block: Block, below: Block | None) -> bool:
    """Whether `block` is what a list begins with: a paragraph that ends in a colon."""
    return (
        isinstance(block, Paragraph)
        and isinstance(below, List)
        and (below.level > 1 or plain_text(block.content).rstrip().endswith((":", "：")))
    )


def _places(block: Block) -> tuple[int, int]:
    """How many columns and rows of a grid `block` takes."""
    return (block.span_columns, block.span_rows) if isinstance(block, Group) else (1, 1)


def _label(block: List, item: Item, spec: ListSpec, numerals: str) -> str:
    """What stands before an item: the list's mark, or its number in the manner of its level."""
    if block.kind is ListKind.BULLET:
        return spec.marker
    if block.kind is not ListKind.NUMBER or block.level == 1:
        return in_digits(str(item.number), numerals)
    return lettered(item.number) if block.level == 2 else roman(item.number)


def _spaced(items: Iterable[Box], gap: float) -> tuple[Box, ...]:
    """The items with `gap` quarter lines before each but the first."""
    boxes = tuple(items)
    return tuple(Dressed(box, lead=gap) if index else box for index, box in enumerate(boxes))


def _source_items(blocks: Iterable[Block]) -> dict[int, int]:
    """The number of each source printed in `blocks`, and the id of its item."""
    found: dict[int, int] = {}
    for block in blocks:
        match block:
            case List(kind=ListKind.SOURCES, items=items):
                found |= {item.number: item.id for item in items}
            case Group(children=children) | Grid(children=children):
                found |= _source_items(children)
            case Row(columns=columns):
                for column in columns:
                    found |= _source_items(column.children)
            case _:
                pass
    return found


def lettered(number: int) -> str:
    """`number` in letters: a, b, … z, aa, ab, …"""
    letters = ""
    while number > 0:
        number, letter = divmod(number - 1, 26)
        letters = chr(ord("a") + letter) + letters
    return letters


_ROMAN: Final = (
    ("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90),
    ("l", 50), ("xl", 40), ("x", 10), ("ix", 9), ("v", 5), ("iv", 4), ("i", 1),
)  # fmt: skip


def roman(number: int) -> str:
    """`number` in small Roman numerals."""
    found = ""
    for letters, value in _ROMAN:
        found += letters * (number // value)
        number %= value
    return found


def _contents(words: str, url: str) -> str:
    """What a link's annotation says: its words, and where it goes when they do not tell."""
    return words if words.strip() in url else f"{words} ({url})"


def _first_words(item: Item) -> str:
    """What an entry of a contents list is called: its first text that is not a number."""
    named = (text for text in _plain_texts(item.children) if any(map(str.isalpha, text)))
    return next(named, "the paper")


def _plain_texts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield plain_text(content)
            case Group(children=children) | Grid(children=children):
                yield from _plain_texts(children)
            case Row(columns=columns):
                for column in columns:
                    yield from _plain_texts(column.children)
            case _:
                pass


def _having(error: FaceError) -> str | None:
    """How a typeface may be had, or done without."""
    if not error.family:
        return "name another typeface"
    return f"run `pip install {error.package}` if that is a package, give its files under `fonts:`, or name another"
