"""Texts resolved for one document: its audience, its language, its numbered sources.

In comes what an author wrote, out come inline nodes in which every fact, message and citation stands as
it will be read. What cannot be resolved is noted and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, replace
from decimal import Decimal
from typing import Final, assert_never

from briefpack.content.alternatives import interval
from briefpack.content.cells import as_data, cell, in_address
from briefpack.content.citations import Numbering, shown_address
from briefpack.content.facts import Ledger, names_in
from briefpack.content.inline import (
    CELL,
    Chars,
    CiteMark,
    FactMark,
    LinkMark,
    Mark,
    Marked,
    MessageMark,
    NoteMark,
    RowMark,
    ValueMark,
    unmarked,
)
from briefpack.content.languages import with_digits
from briefpack.content.numbers import format_number, to_nearest
from briefpack.content.prepared import Prepared
from briefpack.content.punctuation import Pen
from briefpack.content.values import RichText
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, did_you_mean, finding
from briefpack.document import Citation, Emphasis, Footnote, Inline, Link, Strong, Text, plain_text
from briefpack.project import fields
from briefpack.project.columns import Column, DataRow, Value, sample
from briefpack.project.fields import is_link, is_path
from briefpack.project.load import FACTS, MESSAGES, SOURCES, Project
from briefpack.project.models import Fact, Message

# Fields of a fact that are words.
_SPOKEN: Final = frozenset({"unit", "qualifier", "note", "means"})


@dataclass(slots=True)
class Wording:
    """Resolves the texts of one document, in reading order, and keeps what they used.

    `audience` is None for pages that are for nobody in particular, such as a pack's cover: messages and
    meanings cannot be used there. `values` and `columns` are those of the brief, None where there is no brief yet,
    and a value is `blank` then; `row` is that of a copy, without which the samples of the columns stand for it.
    `numerals` is the language with the digits that the campaign asks for.
    """

    prepared: Prepared
    language: str
    audience: str | None = None
    numbering: Numbering = field(default_factory=Numbering)
    found: list[Diagnostic] = field(default_factory=list)
    values: Mapping[str, fields.Text] | None = None
    blank: str = ""
    columns: Mapping[str, Column] | None = None
    row: DataRow | None = None
    cells_read: int = 0
    used_values: set[str] = field(default_factory=set)
    facts: dict[str, None] = field(default_factory=dict)
    messages: dict[str, None] = field(default_factory=dict)
    numerals: str = field(init=False)
    _open: list[str] = field(default_factory=list)
    _doubted: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.numerals = with_digits(self.language, self.project.campaign.digits)

    @property
    def project(self) -> Project:
        return self.prepared.project

    @property
    def ledger(self) -> Ledger:
        return self.prepared.ledger

    def rich(self, text: fields.Text, slot: str | None = None) -> RichText:
        """`text` ready to be set."""
        kept = self.prepared.rich(text, self.language, slot)
        if kept is not None:
            return kept
        plain = unmarked(text) if not self.columns else None
        if plain is not None:
            # As most are: one text, which refers to nothing.
            rich = RichText((self._finish().node(Text(plain, text.span)),), text.span, slot)
            self.prepared.keep_plain(text, self.language, rich)
            return rich
        rich = RichText(self._finished(self._parsed(text)), text.span, slot)
        self.prepared.keep(text, self.language, rich)
        return rich

    def optional(self, text: fields.Text | None, slot: str | None = None) -> RichText | None:
        """`text` ready to be set, if there is one."""
        return self.rich(text, slot) if text is not None else None

    def plain(self, text: fields.Text) -> str:
        """`text` without marks, for where only characters can go."""
        return plain_text(self.rich(text).content)

    def said(self, words: fields.Spoken) -> str:
        """`words` in the language of the document or, where they are not in it, in the first that they are in."""
        return self.plain(self.spoken(words) or words.every()[0])

    @property
    def state(self) -> tuple[tuple[str, ...], ...]:
        """What has been used so far: sources by number, facts, messages and values."""
        used = (self.numbering.numbers, self.facts, self.messages, sorted(self.used_values))
        return tuple(tuple(names) for names in used)

    def go_on(self, state: tuple[tuple[str, ...], ...]) -> None:
        """Have used what `state` says, which goes on from what was used so far."""
        sources, facts, messages, values = state
        for source in sources:
            self.numbering.number(source)
        self.facts |= dict.fromkeys(facts)
        self.messages |= dict.fromkeys(messages)
        self.used_values |= set(values)

    # ------------------------------------------------------------------------------- facts and messages

    def fact(self, name: str, span: Span | None) -> Fact | None:
        """The fact `name`, noted as used; None, and a finding, when there is none."""
        fact = self.project.facts.get(name)
        if fact is None:
            help = did_you_mean(name, self.project.facts, f"add it to `{FACTS}`")
            self.found.append(finding("unknown-fact", f"there is no fact `{name}`", span, help=help))
            return None
        if name not in self.facts:
            self.facts[name] = None
            self.found += self.ledger.findings(name)
        return fact

    def fact_field(self, name: str, field: str, span: Span | None) -> tuple[Inline, ...]:
        """The words of one field of a fact, as they are read at `span`."""
        fact = self.fact(name, span)
        if fact is None:
            return ()
        if field in ("value", "number"):
            return self._value(name, fact, span, said=field == "value")
        if field in ("interval", "low", "high"):
            return self._bounds(name, fact, field, span)
        words = self._field_words(fact, field)
        text = self.spoken(words)
        if words is None or text is None:
            self._lacking(name, fact, field, span)
            return ()
        self.doubt_fact(name, field, words, span)
        with self._opened(f"{name}.{field}", span) as free:
            return self._parsed(text) if free else ()

    def _value(self, name: str, fact: Fact, span: Span | None, *, said: bool) -> tuple[Inline, ...]:
        """The number, as it is rounded for the audience; where it is `said` in words for them, those."""
        spoken = fact.wording.get(self.audience or "")
        words = self.spoken(spoken)
        if words is not None and said:
            self.doubt_fact(name, "wording", spoken, span)
            with self._opened(name, span) as free:
                return _stated(self._parsed(words), name) if free else ()
        if fact.is_range:
            return self._bounds(name, fact, "interval", span)
        value = self.ledger.value(name)
        if value is None:
            return ()
        step = fact.rounding.get(self.audience or "")
        text = self._number(value, fact) if step is None else format_number(to_nearest(value, step), self.numerals)
        return (Text(text, span, name),)

    def _number(self, value: Decimal, fact: Fact) -> str:
        return format_number(value, self.numerals, fact.decimals)

    def _bounds(self, name: str, fact: Fact, field: str, span: Span | None) -> tuple[Inline, ...]:
        """The lower or upper bound of a fact, or both with the word of the language between them."""
        if fact.low is None or fact.high is None:
            self._lacking(name, fact, "high" if fact.low is not None else "low", span)
            return ()
        low, high = self._number(fact.low, fact), self._number(fact.high, fact)
        text = {"low": low, "high": high}.get(field) or interval(low, high, self.language)
        return (Text(text.replace(" ", "\u00a0"), span, name),)

    def spoken(self, words: fields.Spoken | None) -> fields.Text | None:
        """`words` in the language of the document."""
        return words.read_in(self.language) if words is not None else None

    def _field_words(self, fact: Fact, field: str) -> fields.Spoken | None:
        match field:
            case "unit":
                return fact.unit
            case "qualifier":
                return fact.qualifier
            case "note":
                return fact.note
            case _:
                return fact.means.get(self.audience) if self.audience is not None else None

    def doubt_fact(self, name: str, field: str, words: fields.Spoken | None, span: Span | None) -> None:
        """A warning, once, when words of a fact do not say that they are in the language of the document."""
        if words is None or self._says_language(words) or f"{name}.{field}" in self._doubted:
            return
        self._doubted.add(f"{name}.{field}")
        own = self.project.campaign.language
        place = self.project.facts[name].key_span(field)
        related = ((place, "its words"),) if place is not None else ()
        way = f"{field}: {{{self.audience}: " if field in ("means", "wording") else f"{field}: "
        help = f"write it by language: `{way}{{{own}: …, {self.language}: …}}{'}' if way.count('{') else ''}`"
        text = f"`{field}` of the fact `{name}` does not say that its words are in `{self.language}`"
        self.found.append(finding("fact-language", text, span, help=help, related=related))

    def _says_language(self, words: fields.Spoken) -> bool:
        """Whether `words` say their language, or need not: the document is in that of the campaign."""
        own = self.project.campaign.language
        return words.says_language or own.lower().split("-")[0] == self.language.lower().split("-")[0]

    def _lacking(self, name: str, fact: Fact, field: str, span: Span | None) -> None:
        place = fact.head_span
        related = ((place, "the fact"),) if place is not None else ()
        if self._field_words(fact, field) is not None and field in _SPOKEN:
            message = f"fact `{name}` has no `{field}` in `{self.language}`"
            help = f"add `{self.language}:` to its `{field}` in `{FACTS}`"
        elif field != "means":
            message, help = f"fact `{name}` has no `{field}`", f"add `{field}:` to it in `{FACTS}`"
        elif self.audience is None:
            message, help = f"`{name}.means` needs an audience", "write the words out"
        else:
            message = f"fact `{name}` does not say what it means for `{self.audience}`"
            help = f"add `{self.audience}:` to its `means` in `{FACTS}`"
        self.found.append(finding("fact-field", message, span, help=help, related=related))

    def message(self, name: str, span: Span | None) -> Message | None:
        """The message `name`, noted as used, if it has wording for the audience; else None and a finding."""
        message = self.project.messages.get(name)
        if message is None:
            help = did_you_mean(name, self.project.messages, f"add it to `{MESSAGES}`")
            self.found.append(finding("unknown-message", f"there is no message `{name}`", span, help=help))
        elif self.audience is None:
            help = "write the words out"
            self.found.append(finding("message-audience", f"message `{name}` needs an audience", span, help=help))
        elif self.spoken(message.wording.get(self.audience)) is None:
            self._unworded(name, message, span)
        else:
            if name not in self.messages:
                self._doubt(name, message, message.wording[self.audience], span)
            self.messages[name] = None
            return message
        return None

    def _doubt(self, name: str, message: Message, words: fields.Spoken, span: Span | None) -> None:
        """What keeps the words of a message from being good as they are."""
        own = self.project.campaign.language
        if not self._says_language(words):
            place = message.key_span("wording", self.audience or "")
            related = ((place, "its wording"),) if place is not None else ()
            help = f"write it by language: `{self.audience}: {{{own}: …, {self.language}: …}}`"
            text = f"message `{name}` does not say that its words are in `{self.language}`"
            self.found.append(finding("message-language", text, span, help=help, related=related))
        if message.status.of(self.audience or "", self.language) == "draft":
            self._draft(name, message, span)

    def _draft(self, name: str, message: Message, span: Span | None) -> None:
        place = message.status.place(self.audience or "", self.language) or message.value_span("status")
        related = ((place, "its status"),) if place is not None else ()
        help = f"have its words approved, and say so after `status:` in `{MESSAGES}`"
        text = f"message `{name}` is printed, and its words are a draft"
        self.found.append(finding("draft-message", text, span, help=help, related=related))

    def _unworded(self, name: str, message: Message, span: Span | None) -> None:
        worded = self.audience in message.wording
        key = (
            f"`{self.language}:` to its `wording` for `{self.audience}`"
            if worded
            else f"`{self.audience}:` to its `wording`"
        )
        place = message.key_span("wording", self.audience or "") if worded else message.key_span("wording")
        related = ((place, "the approved wording"),) if place is not None else ()
        text = f"message `{name}` has no wording for `{self.audience}`{f' in `{self.language}`' if worded else ''}"
        help = f"add {key} in `{MESSAGES}`"
        self.found.append(finding("message-unworded", text, span, help=help, related=related))

    def calculate(self, text: fields.Text) -> Decimal | None:
        """The value of arithmetic over facts; None, and findings, when it has none."""
        value, found = self.ledger.evaluate(text)
        self.found += found
        for name in names_in(text):
            if name in self.project.facts:
                self.facts[name] = None
        return value

    def cite(self, sources: Iterable[str], span: Span | None) -> Citation:
        """A citation of sources that exist."""
        return Citation(self.numbering.numbers_of(sources), span)

    def cited(self, text: RichText, source: str) -> RichText:
        """`text` with the citation of `source` at its end, unless it has one already."""
        citation = self.cite([source], text.span)
        if any(isinstance(node, Citation) and citation.numbers[0] in node.numbers for node in text.content):
            return text
        return RichText(attached((*text.content, citation)), text.span, text.slot)

    # ------------------------------------------------------------------------------------------ inlines

    def _parsed(self, text: fields.Text) -> tuple[Inline, ...]:
        marks, found = self.prepared.marks(text)
        self.found += found
        return self._inlines(marks)

    def _inlines(self, marks: Sequence[Mark]) -> tuple[Inline, ...]:
        if self.columns:
            marks = tuple(self._filled(marks))
        return tuple(node for mark in marks for node in self._inline(mark))

    def _inline(self, mark: Mark) -> tuple[Inline, ...]:
        match mark:
            case Chars(text=text, span=span):
                return (Text(text, span),)
            case Marked(mark="**", content=content):
                return (Strong(self._inlines(content)),)
            case Marked(content=content):
                return (Emphasis(self._inlines(content)),)
            case LinkMark():
                return self._link(mark)
            case CiteMark():
                return self._citation(mark)
            case FactMark(fact=fact, field=field, span=span):
                return self.fact_field(fact, field, span)
            case MessageMark(gloss=True):
                return self._gloss(mark.message, mark.span)
            case MessageMark(message=name, span=span):
                return self._message(name, span)
            case ValueMark(value=name, span=span):
                return self._of_brief(name, span)
            case RowMark(column=name, span=span):
                return self._of_row(name, span)
            case NoteMark(content=content, span=span):
                return (Footnote(self._inlines(content), span),)
            case _:
                assert_never(mark)

    def _link(self, mark: LinkMark) -> tuple[Inline, ...]:
        """A link; only its words where its address cannot be had."""
        content = self._inlines(mark.content)
        address = self._address(mark) if mark.cells else mark.url
        return (Link(content or (Text(shown_address(address)),), address),) if address is not None else content

    def _address(self, mark: LinkMark) -> str | None:
        """The address of a link with its cells; None, and a finding, when that is not to be had."""
        filled: list[str] = []
        for at, named in enumerate(mark.cells):
            column, value = self._column(named.column, named.span), self._cell(named.column)
            if column is None or value is None:
                return None
            begins = not at and CELL.match(mark.url) is not None
            if begins and column.type != "url":
                message = (
                    f"an address cannot begin with the column `{named.column}`, which is of the type `{column.type}`"
                )
                help = f"write `type: url` for `{named.column}` under `data:`, or the beginning of the address here"
                self.found.append(finding("bad-link", message, named.span, help=help))
                return None
            filled.append(in_address(value, column, begins=begins))
        cells = iter(filled)
        address = CELL.sub(lambda _: next(cells), mark.url)
        if is_link(address):
            return address
        help = "give the column a type, such as `email`, that cannot hold anything else"
        self.found.append(
            finding("bad-link", f"`{address}` is not an address to link to", mark.cells[0].span, help=help)
        )
        return None

    def path(self, text: str, span: Span | None) -> str | None:
        """The path `text` of a file of the project with its cells; None when one of them is empty, or not to be had."""
        filled: dict[str, str] = {}
        for name in CELL.findall(text):
            column, value = self._column(name, span), self._cell(name)
            if column is None or value is None:
                return None
            filled[name] = as_data(value)
        text = CELL.sub(lambda cell: filled[cell[1]], text)
        if not is_path(text):
            help = "write in the cell the name of a file below that folder"
            self.found.append(finding("file-outside", f"`{text}` is no path inside the project", span, help=help))
            return None
        return text

    def _message(self, name: str, span: Span | None) -> tuple[Inline, ...]:
        message = self.message(name, span)
        if message is None or self.audience is None:
            return ()
        words = self.spoken(message.wording[self.audience])
        with self._opened(f"message.{name}", span) as free:
            return self._parsed(words) if free and words is not None else ()

    def _gloss(self, name: str, span: Span | None) -> tuple[Inline, ...]:
        message = self.message(name, span)
        if message is None or self.audience is None:
            return ()
        words = self.spoken(message.gloss.get(self.audience))
        if words is None:
            text = f"message `{name}` has no gloss for `{self.audience}`"
            help = f"add `{self.audience}:` to its `gloss` in `{MESSAGES}`"
            self.found.append(finding("message-unworded", text, span, help=help))
            return ()
        with self._opened(f"message.{name}", span) as free:
            return self._parsed(words) if free else ()

    def _of_brief(self, name: str, span: Span | None) -> tuple[Inline, ...]:
        """The value `name` of the brief; a blank where it is not known yet of which brief."""
        if self.values is None:
            return (Text(self.blank, span),) if self.blank else ()
        text = self.values.get(name)
        if text is None:
            otherwise = f"add `{name}:` to the `values:` of the brief"
            help = did_you_mean(name, self.values, otherwise if self.audience is not None else "write the words out")
            self.found.append(finding("unknown-value", f"there is no value `{name}`", span, help=help))
            return ()
        self.used_values.add(name)
        with self._opened(f"value.{name}", span) as free:
            return self._parsed(text) if free else ()

    def _filled(self, marks: Iterable[Mark]) -> Iterator[Mark]:
        """`marks` without empty cells, of which no blank is left either."""
        before: Mark | None = None
        gap = False
        for mark in marks:
            if self._is_empty(mark):
                gap = before is None or (isinstance(before, Chars) and before.text.endswith(" "))
                continue
            if gap and isinstance(mark, Chars):
                mark = Chars(mark.text.lstrip(" "), mark.span)
            gap = False
            if not isinstance(mark, Chars) or mark.text:
                before = mark
                yield mark

    def _is_empty(self, mark: Mark) -> bool:
        """Whether nothing of `mark` is printed: a cell that is empty, or a link that leads to one."""
        cells = (mark,) if isinstance(mark, RowMark) else mark.cells if isinstance(mark, LinkMark) else ()
        return any(self._cell(cell.column) is None and cell.column in (self.columns or ()) for cell in cells)

    def _cell(self, name: str) -> Value | None:
        """What the row has in the column `name`, or the sample of it."""
        self.cells_read += 1
        column = (self.columns or {}).get(name)
        if column is None:
            return None
        return self.row.values.get(name) if self.row is not None else sample(column)

    def _of_row(self, name: str, span: Span | None) -> tuple[Inline, ...]:
        """The cell of the column `name`; nothing for an empty one, and where it is not known yet of which brief."""
        column = self._column(name, span)
        return cell(self._cell(name), column, self.numerals, span) if column is not None else ()

    def _column(self, name: str, span: Span | None) -> Column | None:
        """The column `name`; None when there is none, which is said where it is known of which brief."""
        if self.columns is None:
            return None
        column = self.columns.get(name)
        if column is None:
            help = did_you_mean(name, self.columns, f"add `{name}:` to the `data:` of the brief")
            self.found.append(finding("unknown-column", f"there is no column `{name}`", span, help=help))
        return column

    def _citation(self, mark: CiteMark) -> tuple[Inline, ...]:
        known: list[str] = []
        for source, span in mark.ids:
            if source in self.project.sources:
                known.append(source)
                continue
            help = did_you_mean(source, self.project.sources, f"add it to `{SOURCES}`")
            self.found.append(finding("unknown-source", f"there is no source `{source}`", span, help=help))
        return (self.cite(known, mark.span),) if known else ()

    @contextmanager
    def _opened(self, what: str, span: Span | None) -> Iterator[bool]:
        """Whether `what` may be put in here; it may not inside itself."""
        if what in self._open:
            message = f"`{{{{ {what} }}}}` is used inside itself"
            self.found.append(finding("reference-cycle", message, span, help="write the words out here"))
            yield False
            return
        self._open.append(what)
        yield True
        self._open.pop()

    # ---------------------------------------------------------------------------------------- finishing

    def _finished(self, nodes: Sequence[Inline]) -> tuple[Inline, ...]:
        """`nodes` with citations at the words they belong to, and typographic characters."""
        return self._finish().nodes(attached(nodes))

    def _finish(self) -> _Finish:
        return _Finish(Pen(self.language), Pen.write if self.row is None else self.prepared.written)


def _stated(nodes: Iterable[Inline], name: str) -> tuple[Inline, ...]:
    """`nodes` in which every text that no other fact prints states the fact `name`."""
    return tuple(_stating(node, name) for node in nodes)


def _stating(node: Inline, name: str) -> Inline:
    match node:
        case Text(fact=None):
            return replace(node, fact=name)
        case Strong(content=content):
            return Strong(_stated(content, name))
        case Emphasis(content=content):
            return Emphasis(_stated(content, name))
        case Link(content=content):
            return replace(node, content=_stated(content, name))
        case _:
            return node


def attached(nodes: Iterable[Inline]) -> tuple[Inline, ...]:
    """`nodes` with citations and footnotes directly after the words before them, and neighbouring citations in one."""
    result: list[Inline] = []
    for node in nodes:
        if not isinstance(node, Citation | Footnote):
            result.append(_attached_inside(node))
            continue
        if result and isinstance(result[-1], Text):
            _strip_end(result)
        if isinstance(node, Footnote):
            result.append(_attached_inside(node))
        elif result and isinstance(result[-1], Citation):
            numbers = tuple(sorted({*result[-1].numbers, *node.numbers}))
            result[-1] = replace(result[-1], numbers=numbers)
        else:
            result.append(node)
    return tuple(result)


def _strip_end(nodes: list[Inline]) -> None:
    last = nodes[-1]
    assert isinstance(last, Text)
    text = last.text.rstrip(" ")
    if not text:
        nodes.pop()
    elif text != last.text:
        nodes[-1] = replace(last, text=text)


def _attached_inside(node: Inline) -> Inline:
    match node:
        case Strong(content=content):
            return Strong(attached(content))
        case Emphasis(content=content):
            return Emphasis(attached(content))
        case Link(content=content) | Footnote(content=content):
            return replace(node, content=attached(content))
        case _:
            return node


@dataclass(slots=True)
class _Finish:
    """Goes through nodes in reading order with one pen, which writes as `write` says."""

    pen: Pen
    write: Callable[[Pen, str], str]

    def nodes(self, nodes: Iterable[Inline]) -> tuple[Inline, ...]:
        return tuple([self.node(node) for node in nodes])

    def node(self, node: Inline) -> Inline:
        match node:
            case Text(text=text):
                polished = self.pen.leave(text) if _is_as_it_is(node) else self.write(self.pen, text)
                return node if polished == text else Text(polished, node.span, node.fact)
            case Strong(content=content):
                return Strong(self.nodes(content))
            case Emphasis(content=content):
                return Emphasis(self.nodes(content))
            case Link(content=content):
                return replace(node, content=self.nodes(content))
            case Footnote(content=content):
                return replace(node, content=_Finish(Pen(self.pen.language), self.write).nodes(content))
            case _:
                return node


_ADDRESS: Final = ("http://", "https://", "www.", "mailto:", "doi:")


def _is_as_it_is(node: Text) -> bool:
    """Whether a text is no prose: a fact's number, or an address."""
    return node.fact is not None or node.text.startswith(_ADDRESS)
