"""A pre-check of a brief by two instruments for clear communication, as far as a program can judge.

The items are those of the CDC Clear Communication Index (user guide, 2019; 20 items) and of AHRQ's PEMAT for
printed materials (24 items), in our words. Both are made for people who rate a material; neither gives a score here.
Each item is met, not met, does not apply, or needs a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from briefpack.content.checks.checked import Checked
from briefpack.content.checks.passages import Passage, Role
from briefpack.content.checks.plain_language import audience_of, plain_language, reading_of
from briefpack.content.checks.reviewed import Answer, Instrument, Review, ReviewItem, State
from briefpack.content.checks.structure import MOST_SENTENCES, filled, long_lists, slot_span, text_before
from briefpack.content.plain.passive import passives
from briefpack.content.plain.sentences import sentence_spans
from briefpack.content.values import Items, Stat
from briefpack.document import (
    Block,
    Document,
    Figure,
    Grid,
    Group,
    Heading,
    List,
    Paragraph,
    QrCode,
    Row,
    Table,
)
from briefpack.expressions import expression

_CCI_ITEMS: Final = 20
_PEMAT_ITEMS: Final = 24
_PARAGRAPH: Final = 5


def review(document: Checked) -> Review:
    """The pre-check of a brief.

    Raises ValueError for a pack, which is reviewed paper by paper.
    """
    if document.brief is None:
        raise ValueError(f"{document.name} is a pack")
    return Review(
        document.name,
        document.made.layout,
        document.audience or "",
        reading_of(document),
        (
            Instrument("CDC Clear Communication Index", _CCI_ITEMS, _answered(document, _CCI)),
            Instrument("PEMAT-P", _PEMAT_ITEMS, _answered(document, _PEMAT)),
        ),
    )


Check = Callable[[Checked], Answer]
"""How an item is judged."""


def _answered(document: Checked, items: Sequence[tuple[int, str, Check]]) -> tuple[ReviewItem, ...]:
    return tuple(ReviewItem(number, asks, check(document)) for number, asks, check in items)


_MET: Final = Answer(State.MET)
_PERSON: Final = Answer(State.PERSON)


def _needs_a_person(document: Checked) -> Answer:
    return _PERSON


# ------------------------------------------------------------------------------------------ main message


def _one_message(document: Checked) -> Answer:
    names = list(filled(document, "message"))
    if len(names) != 1:
        return Answer(State.NOT_MET, f"{len(names) or 'no'} main messages" if names else "there is no main message")
    texts = [item.text for item in document.slot(names[0]) if item.role is Role.TEXT]
    count = sum(len(sentence_spans(text, document.language)) for text in texts)
    if count > MOST_SENTENCES:
        return Answer(State.NOT_MET, f"it has {count} sentences", slot_span(document, names[0]))
    return _MET


def _message_first(document: Checked) -> Answer:
    names = list(filled(document, "message"))
    before = text_before(document, names[0]) if names else None
    if not names:
        return Answer(State.NOT_MET, "there is no main message")
    if before is not None:
        return Answer(State.NOT_MET, "another text stands before it", before.span)
    return _MET


def _message_stands_out(document: Checked) -> Answer:
    names = set(filled(document, "message"))
    if not names:
        return Answer(State.NOT_MET, "there is no main message")
    if any(style for style in _styles(document.document, names)):
        return _MET
    return Answer(State.NOT_MET, "it is set like any other text", slot_span(document, min(names)))


def _styles(document: Document, slots: set[str]) -> Iterator[str]:
    """The named styles of the paragraphs of `slots` and of the boxes about them."""

    def inside(blocks: Sequence[Block], box: str) -> Iterator[str]:
        for block in blocks:
            if isinstance(block, Paragraph | Heading):
                if block.slot in slots:
                    yield block.style or box
            else:
                style = block.style if isinstance(block, Group) else ""
                for children in _children(block):
                    yield from inside(children, style or box)

    return inside(document.body, "")


def _children(block: Block) -> Iterator[tuple[Block, ...]]:
    match block:
        case Group(children=children) | Grid(children=children):
            yield children
        case Row(columns=columns):
            yield from (column.children for column in columns)
        case List(items=items):
            yield from (item.children for item in items)
        case _:
            pass


def _blocks(document: Document) -> Iterator[Block]:
    def below(blocks: Sequence[Block]) -> Iterator[Block]:
        for block in blocks:
            yield block
            for children in _children(block):
                yield from below(children)

    return below(document.body)


def _figures(document: Checked) -> list[Figure]:
    return [
        block
        for block in _blocks(document.document)
        if isinstance(block, Figure) and not isinstance(block.graphic, QrCode)
    ]


def _visual(document: Checked) -> Answer:
    figures = _figures(document)
    if not figures:
        return Answer(State.NOT_MET, "there is no picture or chart")
    return _captioned(document)


def _captioned(document: Checked) -> Answer:
    figures = _figures(document)
    if not figures:
        return Answer(State.NOT_APPLICABLE, "there is no picture or chart")
    for figure in figures:
        headed = any(item.slot == figure.slot and item.role is Role.HEADING for item in document.passages)
        if not figure.alt or not (figure.caption or headed):
            return Answer(State.NOT_MET, "it has no caption or heading", figure.span)
    return _MET


def _action(document: Checked) -> Answer:
    if filled(document, "ask") or filled(document, "action"):
        return _MET
    return Answer(State.NOT_MET, "no slot with the role `ask` or `action` is filled")


def _active(document: Checked) -> Answer:
    if document.language.split("-")[0].lower() != "en":
        return Answer(State.PERSON, "the passive is found in English only")
    slots = {**filled(document, "message"), **filled(document, "ask"), **filled(document, "action")}
    for item in document.passages:
        if item.slot in slots and item.role in (Role.TEXT, Role.ITEM):
            for hit in passives(item.text):
                words = item.text[hit.start : hit.end]
                return Answer(State.NOT_MET, f"`{words}`", document.at(item, hit.start, hit.end)["span"])
    return _MET if slots else Answer(State.NOT_MET, "there is neither a main message nor an action")


_WORDS: Final = frozenset({"avoided-word", "jargon", "condition-first", "unexplained-acronym"})


def _readers_words(document: Checked) -> Answer:
    found = [item for item in plain_language(document) if item.rule in _WORDS]
    if found:
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        return Answer(State.NOT_MET, f"{found[0].message}{more}", found[0].span)
    return _MET


# ------------------------------------------------------------------------------------------- information


def _lists(document: Checked) -> Answer:
    if not any(isinstance(value, Items) for value in _values(document)):
        return Answer(State.NOT_MET, "there is no list")
    for name, items in long_lists(document):
        return Answer(State.NOT_MET, f"`{name}` has {items} items", slot_span(document, name))
    return _MET


def _values(document: Checked) -> list[object]:
    return [value for value in document.brief.slots.values() if value is not None] if document.brief is not None else []


def _chunks(document: Checked) -> Answer:
    """Whether every text has a heading before it: its own, or one that several share. The message needs none."""
    headed = set(filled(document, "message"))
    seen = False
    for item in document.passages:
        if item.role is Role.HEADING and item.slot is not None:
            seen = True
            headed.add(item.slot)
        elif item.role in (Role.TEXT, Role.ITEM) and item.slot is not None and item.slot not in headed and not seen:
            return Answer(State.NOT_MET, "a text stands before any heading", item.span)
    return _MET if seen else Answer(State.NOT_MET, "there are no headings")


def _summary(document: Checked) -> Answer:
    if filled(document, "summary"):
        return _MET
    return _message_first(document)


def _has_summary(document: Checked) -> Answer:
    return _MET if filled(document, "summary") else Answer(State.PERSON, "no slot has the role `summary`")


def _short_paragraphs(document: Checked) -> Answer:
    """CDC, Simply Put: paragraphs of three to five sentences."""
    for item in document.passages:
        if item.role is Role.TEXT and item.slot is not None:
            sentences = len(sentence_spans(item.text, document.language))
            if sentences > _PARAGRAPH:
                return Answer(State.NOT_MET, f"a paragraph of {sentences} sentences", item.span)
    return _MET


def _known_and_unknown(document: Checked) -> Answer:
    lacking = [role for role in ("known", "unknown") if not filled(document, role)]
    if lacking:
        names = " and ".join(f"`{role}`" for role in lacking)
        return Answer(State.NOT_MET, f"no slot with the role {names} is filled")
    return _MET


def _how(document: Checked) -> Answer:
    has_steps = any(isinstance(value, Items) and value.kind == "steps" for value in _values(document))
    if has_steps or (_action(document).state is State.MET and document.brief and document.brief.contact):
        return _MET
    return Answer(State.NOT_MET, "there are neither steps nor an action with a contact")


# ----------------------------------------------------------------------------------------------- numbers

_FINE: Final = expression(
    r"\d\.\d{2}|\b\d+\.\d+\s?%|\b[Pp]\s?[=<]\s?0|\b9[059]\s?% (?:CI|interval|confidence)|\bI\u00b2"
)
_IN_N: Final = expression(
    r"\b(?:\d+|one|two|three) (?:in|out of|of every) (?:\d+|three|four|five|ten|twenty|hundred)\b"
)
_PERCENT: Final = expression(r"\d\s?%|\bper ?cent\b")


def _read_numbers(document: Checked) -> list[Passage]:
    aside = (Role.SOURCE, Role.CONTACT, Role.FURNITURE, Role.TITLE)
    return [
        item
        for item in document.passages
        if item.slot is not None and item.role not in aside and any(letter.isdigit() for letter in item.text)
    ]


def _plain_numbers(document: Checked) -> Answer:
    audience = audience_of(document)
    items = _read_numbers(document)
    if not items:
        return Answer(State.NOT_APPLICABLE, "there are no numbers")
    if audience is None or not audience.lay:
        return Answer(State.PERSON, "what numbers these readers use")
    for item in items:
        match = _FINE.search(item.text)
        if match is not None:
            return Answer(State.NOT_MET, f"`{match[0]}`", document.at(item, *match.span())["span"])
    return _MET


def _explained_numbers(document: Checked) -> Answer:
    stats = [value for value in _values(document) if isinstance(value, Stat)]
    if not _read_numbers(document):
        return Answer(State.NOT_APPLICABLE, "there are no numbers")
    if not stats:
        return Answer(State.PERSON, "no number is set large")
    bare = [stat for stat in stats if not str(stat.means).strip()]
    return Answer(State.NOT_MET, f"`{bare[0].fact}` does not say what it means") if bare else _MET


def _no_sums(document: Checked) -> Answer:
    items = _read_numbers(document)
    if not items:
        return Answer(State.NOT_APPLICABLE, "there are no numbers")
    shares = [(item, match) for item in items if (match := _IN_N.search(item.text))]
    if shares and any(_PERCENT.search(item.text) for item in items):
        item, match = shares[0]
        return Answer(State.NOT_MET, f"`{match[0]}` beside percentages", document.at(item, *match.span())["span"])
    return _MET


_RISK: Final = expression(r"\b(?:risks?|danger\w*|hazard\w*|side effects?|harms?|chances? of)\b", re.IGNORECASE)


def _risk(document: Checked) -> Answer:
    for item in document.passages:
        if item.slot is not None and (match := _RISK.search(item.text)):
            return Answer(State.PERSON, f"`{match[0]}`", document.at(item, *match.span())["span"])
    return Answer(State.NOT_APPLICABLE, "no risk is spoken of")


# ----------------------------------------------------------------------------------------------- PEMAT-P

_YOU: Final = expression(r"\byou(?:r|rs|rself)?\b", re.IGNORECASE)
# Verbs that begin an instruction.
_DO: Final = expression(
    r"\W*(?:\w+ly )?(?:ask|call|tell|meet|visit|join|bring|take|use|write|come|go|talk|see|find|check|refer|explain|"
    r"agree|review|email|vote|fund|sign|send|read|choose|make|get|keep|start|stop|learn|share|try|do)\b",
    re.IGNORECASE,
)


def _addresses_the_reader(document: Checked) -> Answer:
    if document.language.split("-")[0].lower() != "en":
        return _PERSON
    slots = {**filled(document, "ask"), **filled(document, "action")}
    texts = [item for item in document.passages if item.slot in slots and item.role in (Role.TEXT, Role.ITEM)]
    if not texts:
        return Answer(State.NOT_MET, "there is no action")
    if any(_YOU.search(item.text) or _DO.match(item.text) for item in texts):
        return _MET
    return Answer(State.NOT_MET, "the action neither says `you` nor begins with a verb", texts[0].span)


def _steps(document: Checked) -> Answer:
    if any(isinstance(value, Items) and value.kind == "steps" for value in _values(document)):
        return _MET
    return Answer(State.NOT_MET, "there are no steps")


def _tool(document: Checked) -> Answer:
    return _MET if filled(document, "tool") else Answer(State.NOT_MET, "there is no checklist, card or other tool")


def _tables(document: Checked) -> Answer:
    tables = [block for block in _blocks(document.document) if isinstance(block, Table)]
    if not tables:
        return Answer(State.NOT_APPLICABLE, "there is no table")
    if all(table.header and table.caption for table in tables):
        return _MET
    return Answer(State.NOT_MET, "a table has no row of heads or no caption", tables[0].span)


_CCI: Final[tuple[tuple[int, str, Check], ...]] = (
    (1, "one main message, of at most three sentences", _one_message),
    (2, "the main message comes first", _message_first),
    (3, "the main message stands out", _message_stands_out),
    (4, "a picture with a caption supports the main message", _visual),
    (5, "the readers are told what to do", _action),
    (6, "the main message and the action are in the active voice", _active),
    (7, "words that the readers use, terms explained", _readers_words),
    (8, "lists, of at most seven items", _lists),
    (9, "the text is in chunks with headings", _chunks),
    (10, "the most important comes first", _summary),
    (11, "what is known and what is not known", _known_and_unknown),
    (12, "a behaviour is recommended", _action),
    (13, "why it matters to the readers", _needs_a_person),
    (14, "how and when to do it", _how),
    (15, "numbers that the readers use", _plain_numbers),
    (16, "numbers are explained", _explained_numbers),
    (17, "the readers need not calculate", _no_sums),
    (18, "the nature of the risk is explained", _risk),
    (19, "risks and benefits of the behaviour", _risk),
    (20, "probability in words or pictures too", _risk),
)
_PEMAT: Final[tuple[tuple[int, str, Check], ...]] = (
    (3, "everyday words", _readers_words),
    (5, "the active voice", _active),
    (6, "numbers are clear", _plain_numbers),
    (7, "the readers need not calculate", _no_sums),
    (8, "short sections", _short_paragraphs),
    (9, "sections have headings", _chunks),
    (11, "a summary", _has_summary),
    (17, "pictures have captions", _captioned),
    (19, "tables have short heads of rows and columns", _tables),
    (20, "at least one action", _action),
    (21, "the action addresses the readers", _addresses_the_reader),
    (22, "the action is in steps", _steps),
    (23, "a tool to act with", _tool),
)
