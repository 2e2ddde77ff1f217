"""A document without an optional block: its sources go with it, and no number is missed."""

from __future__ import annotations

from briefpack.document import (
    Citation,
    Document,
    Group,
    GroupKind,
    Item,
    List,
    ListKind,
    Paragraph,
    Text,
)
from briefpack.document.leaving_out import optional_names, without

COST = frozenset({"cost"})


def cites(id: int, *numbers: int) -> Paragraph:
    return Paragraph(id=id, content=(Text("Said"), Citation(numbers)))


def optional(id: int, *blocks: Paragraph) -> Group:
    return Group(id=id, kind=GroupKind.SECTION, optional="cost", children=blocks)


def sources(id: int, *numbers: int) -> List:
    items = [Item(id=id + at, number=number, children=(cites(90 + number),)) for at, number in enumerate(numbers, 1)]
    return List(id=id, kind=ListKind.SOURCES, items=tuple(items))


def document(*blocks: Paragraph | Group | List) -> Document:
    return Document(name="x", title="X", language="en", audience="", layout="x", kind="X", body=blocks)


def numbers(of: Document) -> tuple[list[tuple[int, ...]], list[int], list[int]]:
    """What is cited, what is listed under which number, and which paragraphs are printed for them."""
    texts = [each.content for each in of.body if isinstance(each, Paragraph)]
    cited = [item.numbers for content in texts for item in content if isinstance(item, Citation) and item.numbers]
    [listed] = [each for each in of.body if isinstance(each, List)]
    return cited, [item.number for item in listed.items], [item.children[0].id - 90 for item in listed.items]


def test_a_source_that_only_the_block_cited_goes_with_it() -> None:
    of = document(cites(1, 1), optional(2, cites(3, 2)), cites(4, 1, 3), sources(5, 1, 2, 3))
    assert numbers(without(of, COST)) == ([(1,), (1, 2)], [1, 2], [1, 3])


def test_sources_are_numbered_in_the_order_in_which_they_are_cited_now() -> None:
    of = document(optional(2, cites(3, 1)), cites(4, 2), cites(5, 1), sources(6, 1, 2))
    assert numbers(without(of, COST)) == ([(1,), (2,)], [1, 2], [2, 1])


def test_a_source_that_nobody_cites_stays() -> None:
    """It is printed because somebody wanted it there."""
    of = document(cites(1, 1), optional(2, cites(3, 2)), sources(5, 1, 2, 3))
    assert numbers(without(of, COST)) == ([(1,)], [1, 2], [1, 3])


def test_a_document_that_has_no_such_block_is_the_same() -> None:
    of = document(cites(1, 1), sources(5, 1))
    assert without(of, COST) is of
    assert without(of, frozenset()) is of


def test_optional_blocks_have_names() -> None:
    assert optional_names(document(cites(1), optional(2, cites(3)))) == ["cost"]
