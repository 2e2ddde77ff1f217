"""How a brief is built: one main message and on top, short lists, what is known and not known, what is asked.

Each rule is a warning. They rest on the roles of slots, which a layout declares; where it declares none, there is
nothing to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from briefpack.content.checks.checked import Again, Checked
from briefpack.content.checks.passages import Passage, Role
from briefpack.content.plain.sentences import sentence_spans
from briefpack.content.values import Items, SlotValue
from briefpack.diagnostics import Diagnostic, Span, finding

# CDC Clear Communication Index, items 1 and 8.
MOST_SENTENCES: Final = 3
MOST_ITEMS: Final = 7

_FEWEST_OPTIONS: Final = 2
_BODY: Final = frozenset({Role.TEXT, Role.ITEM, Role.CELL, Role.CAPTION, Role.ALT, Role.LABEL})


def structure(document: Checked) -> Iterator[Diagnostic]:
    """What is wrong with how a brief is built; nothing for a pack."""
    again = document.again
    if document.brief is None or (again is not None and _as_before(document, again) and not again.said(structure)):
        return
    yield from _message(document)
    yield from _lists(document)
    yield from _known(document)
    yield from _stance(document)


def _as_before(document: Checked, again: Again) -> bool:
    """Whether a brief is built as one that was checked before, and says its main message in the same words."""
    if _shape(document) != _shape(again.before.document):
        return False
    slots = document.project.layouts[document.made.layout].slots
    names = {passage.slot for passage in document.fresh if passage.slot in slots}
    return not any("message" in slots[name].roles for name in names)


def _shape(document: Checked) -> list[tuple[str, int]]:
    """The slots that a brief fills, with how many items or rows there are."""
    slots: Mapping[str, SlotValue | None] = document.brief.slots if document.brief is not None else {}
    every = ((name, value) for name, value in slots.items() if value is not None)
    return [(name, len(getattr(value, "items", getattr(value, "rows", ())))) for name, value in every]


def filled(document: Checked, role: str) -> dict[str, SlotValue]:
    """The slots with `role` that the brief fills, by name."""
    layout = document.project.layouts[document.made.layout]
    values = document.brief.slots if document.brief is not None else {}
    return {
        name: value
        for name, slot in layout.slots.items()
        if role in slot.roles and (value := values.get(name)) is not None
    }


def has_role(document: Checked, role: str) -> bool:
    """Whether the layout has a slot with `role`, filled or not."""
    return any(role in slot.roles for slot in document.project.layouts[document.made.layout].slots.values())


def slot_span(document: Checked, name: str) -> Span | None:
    """Where the slot `name` is filled."""
    key = document.project.briefs[document.name].slots.key(name)
    return key.span if key is not None else None


# ---------------------------------------------------------------------------------------------- the message


def _message(document: Checked) -> Iterator[Diagnostic]:
    messages = list(filled(document, "message"))
    for name in messages[1:]:
        first = slot_span(document, messages[0])
        related = ((first, "the first main message"),) if first is not None else ()
        message = f"`{name}` is a second main message"
        help = "keep the one that readers should remember, and put the other into a text"
        yield finding("one-message", message, slot_span(document, name), help=help, related=related)
    for name in messages[:1]:
        yield from _long_message(document, name)
        before = text_before(document, name)
        if before is not None:
            place = document.at(before, 0, len(before.text))
            message = f"this stands before the main message `{name}`"
            help = "put the main message into the template before all other text"
            yield finding("message-first", message, **place, help=help)


def _long_message(document: Checked, name: str) -> Iterator[Diagnostic]:
    # What is printed twice, such as on a card and in its text alternative, is read once.
    texts = {item.text: item for item in document.slot(name) if item.role is Role.TEXT}
    spans = [(item, span) for item in texts.values() for span in sentence_spans(item.text, document.language)]
    if len(spans) > MOST_SENTENCES:
        item, (start, end) = spans[MOST_SENTENCES]
        message = f"the main message has {len(spans)} sentences, but readers keep {MOST_SENTENCES} at most"
        where = document.at(item, start, end)
        yield finding("one-message", message, **where, help="keep what readers should remember, and cut the rest")


def text_before(document: Checked, slot: str) -> Passage | None:
    """The first text of the brief that stands before the words of `slot`; a headline does not count."""
    for item in document.passages:
        if item.slot == slot:
            return None
        if item.slot is not None and item.role in _BODY:
            return item
    return None


# ---------------------------------------------------------------------------------- lists, known and unknown


def _lists(document: Checked) -> Iterator[Diagnostic]:
    for name, items in long_lists(document):
        message = f"`{name}` is a list of {items} items, but readers keep {MOST_ITEMS} at most"
        help = "make groups with headings of their own, or leave the least important out"
        yield finding("long-list", message, slot_span(document, name), help=help)


def long_lists(document: Checked) -> Iterator[tuple[str, int]]:
    """The lists with too many items, by slot, with how many there are."""
    for name, value in document.brief.slots.items() if document.brief is not None else ():
        if isinstance(value, Items) and len(value.items) > MOST_ITEMS:
            yield name, len(value.items)


def _known(document: Checked) -> Iterator[Diagnostic]:
    if filled(document, "known") and not filled(document, "unknown"):
        name = next(iter(filled(document, "known")))
        message = "it is said what is known, and not what is unknown"
        help = (
            "fill the slot for it"
            if has_role(document, "unknown")
            else f"give a slot of `{document.made.layout}` the role `unknown`, and fill it"
        )
        yield finding("known-only", message, slot_span(document, name), help=help)


# --------------------------------------------------------------------------------------------------- stance


def _stance(document: Checked) -> Iterator[Diagnostic]:
    """Advocacy asks for one thing; a neutral brief asks for none and lays out two options at least."""
    brief = document.project.briefs[document.name]
    asks = list(filled(document, "ask"))
    if brief.stance == "advocacy":
        if not asks and has_role(document, "ask"):
            message = f"`{document.name}` is advocacy and asks for nothing"
            yield finding("stance", message, brief.value_span("stance"), help="fill the slot of the ask")
        for name in asks[1:]:
            message = f"`{name}` is a second ask, and advocacy asks for one thing"
            yield finding("stance", message, slot_span(document, name), help="keep the one that matters most")
        return
    for name in asks:
        message = f"`{document.name}` is neutral and asks for something in `{name}`"
        help = "write `stance: advocacy`, or lay out options instead"
        yield finding("stance", message, slot_span(document, name), help=help)
    for name, value in filled(document, "options").items():
        count = len(getattr(value, "items", getattr(value, "rows", ())))
        if count < _FEWEST_OPTIONS:
            message = f"`{document.name}` is neutral, and `{name}` has {count} option{'s' if count != 1 else ''}"
            yield finding("stance", message, slot_span(document, name), help="lay out two options at least")
