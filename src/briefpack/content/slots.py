"""A slot's raw value, as its type says, into a value that a template can print.

The layout declares each slot's type, how many items it has room for and how many words read well there.
Too many items are an error; too many words a warning, for whether they fit is for the layout to prove.
"""

from __future__ import annotations

from typing import assert_never

from briefpack.content.values import (
    Cards,
    Chart,
    ColumnValue,
    ContactValue,
    ImageValue,
    Items,
    ItemValue,
    MessageValue,
    Prose,
    Quote,
    RichText,
    Section,
    SlotValue,
    Stat,
    TableValue,
)
from briefpack.content.wording import Wording
from briefpack.diagnostics import Diagnostic, Span, did_you_mean, finding
from briefpack.project import fields, slots
from briefpack.project.fields import Name
from briefpack.project.layouts import Slot
from briefpack.project.load import CAMPAIGN
from briefpack.project.models import Brief, Fact
from briefpack.project.tree import Yaml, YamlScalar


def slot_value(wording: Wording, spec: Slot, key: YamlScalar, node: Yaml, brief: Brief) -> SlotValue | None:
    """The value of the slot `key` of `brief`, written at `node`; None, with findings in `wording`, if there is none."""
    content, found = wording.prepared.slot(spec.type, key, node, brief)
    wording.found += found
    if content is None:
        return None
    value = _Filling(wording, key.text, spec, key.span).value(content)
    if value is not None:
        wording.found += _over_budget(value, spec, key)
    return value


class _Filling:
    """Resolves the content of one slot."""

    def __init__(self, wording: Wording, slot: str, spec: Slot, span: Span) -> None:
        self.wording = wording
        self.slot = slot
        self.spec = spec
        self.span = span

    def value(self, content: slots.SlotContent) -> SlotValue | None:
        match content:
            case slots.TextSlot():
                return self._rich(content.text)
            case slots.ProseSlot():
                return Prose(self._prose(content.text))
            case slots.MessageSlot():
                return self._message(content.message)
            case slots.SectionSlot():
                return Section(self._rich(content.heading), self._prose(content.text))
            case slots.ItemsSlot():
                return self._items(content)
            case slots.CardsSlot():
                return self._cards(content)
            case slots.StatSlot():
                return self._stat(content)
            case slots.TableSlot():
                return self._table(content)
            case _:
                return self._rest(content)

    def _rest(
        self, content: slots.ChartSlot | slots.ImageSlot | slots.QuoteSlot | slots.ContactSlot
    ) -> SlotValue | None:
        match content:
            case slots.ChartSlot():
                from briefpack.content.charts import chart_value  # imported late: most briefs have none

                return chart_value(self.wording, self.slot, content, self.span)
            case slots.ImageSlot():
                return self._image(content)
            case slots.QuoteSlot():
                return Quote(self._rich(content.text), self._rich(content.by))
            case slots.ContactSlot():
                return contact_value(self.wording, content.contact, self.slot)
            case _:
                assert_never(content)

    def _image(self, content: slots.ImageSlot) -> ImageValue | None:
        alt, caption = self.wording.plain(content.alt), self._maybe(content.caption)
        span = content.value_span("file")
        found = len(self.wording.found)
        file = self.wording.path(content.file, span)
        if file is None:
            if self.spec.required and found == len(self.wording.found):
                message = f"the slot `{self.slot}` is not filled: its file is named by an empty cell"
                help = "fill the cell, or let the slot be empty in the layout by `required: no`"
                self.wording.found.append(finding("missing-slot", message, span, help=help))
            return None
        return ImageValue(file, alt, caption, span, content.fit, content.focus, content.aspect)

    def _rich(self, text: fields.Text) -> RichText:
        return self.wording.rich(text, self.slot)

    def _maybe(self, text: fields.Text | None) -> RichText | None:
        return self.wording.optional(text, self.slot)

    def _prose(self, texts: tuple[fields.Text, ...]) -> tuple[RichText, ...]:
        return tuple(self._rich(text) for text in texts)

    def _message(self, name: Name) -> MessageValue | None:
        message = self.wording.message(name.text, name.span)
        audience = self.wording.audience
        if message is None or audience is None:
            return None
        words = self.wording.spoken(message.wording[audience])
        if words is None:
            return None
        return MessageValue(name.text, self._rich(words), self._maybe(self.wording.spoken(message.gloss.get(audience))))

    def _items(self, content: slots.ItemsSlot) -> Items:
        self._some(content)
        self._count(len(content.items))
        heading, intro = self._maybe(content.heading), self._maybe(content.intro)
        return Items(self.spec.type, heading, intro, self._entries(content.items, 1))

    def _entries(self, entries: tuple[slots.ItemEntry, ...], depth: int) -> tuple[ItemValue, ...]:
        if depth > slots.DEEPEST_LIST:
            message = f"this list is nested more than {slots.DEEPEST_LIST} deep"
            help = "take it out, or move its items one list up"
            self.wording.found.append(finding("deep-list", message, entries[0].text.span, help=help))
            return ()
        return tuple(
            ItemValue(
                self._maybe(item.title),
                self._rich(item.text),
                self._entries(item.items, depth + 1) if item.items else (),
            )
            for item in entries
        )

    def _cards(self, content: slots.CardsSlot) -> Cards:
        self._some(content)
        self._count(len(content.items))
        heading, intro = self._maybe(content.heading), self._maybe(content.intro)
        return Cards(
            heading, intro, tuple(ItemValue(self._rich(item.title), self._rich(item.text)) for item in content.items)
        )

    def _stat(self, content: slots.StatSlot) -> Stat | None:
        name, span = content.fact.text, content.fact.span
        fact = self.wording.fact(name, span)
        if fact is None:
            return None
        value = RichText(self.wording.fact_field(name, "number", span), span, self.slot)
        qualifier, unit = (self._maybe(self.wording.spoken(words)) for words in (fact.qualifier, fact.unit))
        means = self._rich(content.means) if content.means is not None else self._means(name, span)
        note = self._maybe(content.note or self.wording.spoken(fact.note))
        if content.note is None:
            self.wording.doubt_fact(name, "note", fact.note, span)
        source = self._source(fact)
        if source is not None and note is not None:
            note = self.wording.cited(note, source)
        elif source is not None:
            means = self.wording.cited(means, source)
        return Stat(name, value, unit, qualifier, means, note)

    def _means(self, name: str, span: Span | None) -> RichText:
        """The fact's own words for the audience."""
        fact = self.wording.project.facts[name]
        words = fact.means.get(self.wording.audience or "")
        text = self.wording.spoken(words)
        if text is not None:
            self.wording.doubt_fact(name, "means", words, span)
            return self._rich(text)
        return RichText(self.wording.fact_field(name, "means", span), span, self.slot)

    def _source(self, fact: Fact) -> str | None:
        known = fact.source is not None and fact.source.text in self.wording.project.sources
        return fact.source.text if fact.source is not None and known else None

    def _table(self, content: slots.TableSlot) -> TableValue:
        self._count(len(content.rows), "rows")
        heading, caption = self._maybe(content.heading), self._rich(content.caption)
        columns = tuple(ColumnValue(self._rich(item.head), item.align, item.weight) for item in content.columns)
        for field, noun, entries in (("columns", "column", content.columns), ("rows", "row", content.rows)):
            if not entries:
                span, help = content.key_span(field) or self.span, f"write at least one {noun} under `{field}:`"
                self.wording.found.append(finding("empty-field", f"this table has no {field}", span, help=help))
        for row in content.rows:
            if len(row) != len(columns):
                self._uneven(row, len(columns))
        rows = tuple(tuple(self._rich(cell) for cell in row) for row in content.rows)
        return TableValue(heading, caption, columns, rows, self._maybe(content.note))

    def _uneven(self, row: tuple[fields.Text, ...], columns: int) -> None:
        span = row[0].span if row else self.span
        help = 'give every row one cell for each column; write `"–"` where there is nothing to say'
        message = f"this row has {_count(len(row), 'cell')}, but the table has {_count(columns, 'column')}"
        self.wording.found.append(finding("uneven-row", message, span, help=help))

    def _some(self, content: slots.ItemsSlot | slots.CardsSlot) -> None:
        """A heading with nothing below it looks like a mistake."""
        if not content.items:
            span, help = content.key_span("items") or self.span, "write at least one item"
            self.wording.found.append(finding("empty-field", f"`{self.slot}` has no items", span, help=help))

    def _count(self, items: int, what: str = "items") -> None:
        most = self.spec.items
        if most is None or items <= most:
            return
        over = items - most
        message = f"`{self.slot}` has {items} {what}, but the layout has room for {most}"
        help = f"leave {'one' if over == 1 else over} out"
        self.wording.found.append(finding("too-many-items", message, self.span, help=help))


def contact_value(wording: Wording, name: Name, slot: str | None = None) -> ContactValue | None:
    """The contact `name` of the campaign; None, and a finding, when there is none."""
    contacts = wording.project.campaign.contacts
    contact = contacts.get(name.text)
    if contact is None:
        help = did_you_mean(name.text, contacts, f"add it to `{CAMPAIGN}`")
        wording.found.append(finding("unknown-contact", f"there is no contact `{name.text}`", name.span, help=help))
        return None
    return ContactValue(
        name.text,
        wording.rich(contact.name, slot),
        wording.optional(contact.role, slot),
        wording.optional(contact.organisation, slot),
        contact.phone.text.strip() if contact.phone is not None else None,
        contact.email.text.strip() if contact.email is not None else None,
        contact.url,
    )


def _over_budget(value: SlotValue, spec: Slot, key: YamlScalar) -> tuple[Diagnostic, ...]:
    if spec.words is None or (words := word_count(value)) <= spec.words:
        return ()
    over = words - spec.words
    message = f"`{key.text}` has {words} words, but only {spec.words} read well there"
    return (finding("over-budget", message, key.span, help=f"cut about {_count(over, 'word')}"),)


def word_count(value: SlotValue) -> int:
    """The words that the author of a brief wrote for a slot, or chose by naming a message."""
    return sum(text.words for text in texts(value))


def texts(value: SlotValue) -> tuple[RichText, ...]:
    """All words of `value`, in reading order."""
    match value:
        case RichText():
            return (value,)
        case Prose(paragraphs=paragraphs):
            return paragraphs
        case Section(heading=heading, paragraphs=paragraphs):
            return (heading, *paragraphs)
        case Items() | Cards():
            items = tuple(text for item in value.items for text in item.texts)
            return _present(value.heading, value.intro, *items)
        case TableValue():
            heads = tuple(column.head for column in value.columns)
            cells = tuple(cell for row in value.rows for cell in row)
            return _present(value.heading, value.caption, *heads, *cells, value.note)
        case _:
            return _small_texts(value)


def _small_texts(value: MessageValue | Stat | Chart | ImageValue | Quote | ContactValue) -> tuple[RichText, ...]:
    match value:
        case MessageValue(text=text, gloss=gloss):
            return _present(text, gloss)
        case Stat():
            return _present(value.value, value.means, value.note)
        case Chart():
            rows = tuple(text for row in value.rows for text in (row.label, row.note))
            return _present(value.heading, *value.series, *rows, value.caption)
        case ImageValue(caption=caption):
            return _present(caption)
        case Quote(text=text, by=by):
            return (text, by)
        case ContactValue():
            return _present(value.name, value.role, value.organisation)
        case _:
            assert_never(value)


def _present(*values: RichText | None) -> tuple[RichText, ...]:
    return tuple(value for value in values if value is not None)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
