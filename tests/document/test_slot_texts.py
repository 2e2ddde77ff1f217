"""Texts by slot, and documents written anew."""

from __future__ import annotations

from briefpack.document import Citation, Document, Group, GroupKind, Heading, Item, List, ListKind, Paragraph, Text
from briefpack.document.slot_texts import rewritten, slot_texts

DOCUMENT = Document(
    name="paper",
    title="Paper",
    language="en",
    audience="all",
    layout="sheet",
    kind="Sheet",
    body=(
        Heading(id=1, level=1, slot="headline", content=(Text("A claim"),)),
        Group(
            id=2,
            kind=GroupKind.SECTION,
            optional="cost",
            children=(Paragraph(id=3, slot="cost", content=(Text("Two words"), Citation((1,), id=4))),),
        ),
        List(
            id=5,
            kind=ListKind.BULLET,
            items=(Item(id=6, children=(Paragraph(id=7, slot="who", content=(Text("People"),)),)),),
        ),
        Paragraph(id=8, content=(Text("Of no slot"),)),
    ),
)


def test_texts_are_found_wherever_they_stand() -> None:
    assert [(text.id, text.slot, text.words) for text in slot_texts(DOCUMENT)] == [
        (1, "headline", ["A", "claim"]),
        (3, "cost", ["Two", "words"]),
        (7, "who", ["People"]),
    ]
    assert [text.slot for text in slot_texts(DOCUMENT, frozenset({"cost"}))] == ["headline", "who"]


def test_only_what_is_named_is_written_anew() -> None:
    made = rewritten(DOCUMENT, {7: (Text("Everybody"),)})
    assert [text.words for text in slot_texts(made)] == [["A", "claim"], ["Two", "words"], ["Everybody"]]
    assert rewritten(DOCUMENT, {}) == DOCUMENT
