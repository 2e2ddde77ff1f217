"""One column: rows and grids stacked, illegible tables read row by row, the order of reading kept."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from briefpack.document import (
    Block,
    Cell,
    Citation,
    Column,
    Document,
    Grid,
    Group,
    GroupKind,
    Heading,
    List,
    PageNumber,
    Paragraph,
    Row,
    Table,
    TableColumn,
    TableRow,
    Text,
    plain_text,
    structure,
)
from briefpack.document.one_column import RECORD_CAPTION, RECORD_HEAD, STACKED, in_one_column


def document(*body: Block) -> Document:
    return Document(name="paper", title="Paper", language="en", audience="all", layout="sheet", kind="Sheet", body=body)


def paragraph(id: int, text: str) -> Paragraph:
    return Paragraph(id=id, content=(Text(text),))


def column(id: int, span: int, *children: Block) -> Column:
    return Column(id=id, span_columns=span, children=children)


def table() -> Table:
    head = TableRow(
        id=2, cells=tuple(Cell(id=3 + at, content=(Text(word),), scope="column") for at, word in enumerate(HEADS))
    )
    rows = tuple(
        TableRow(
            id=start,
            cells=tuple(
                Cell(id=start + 1 + at, content=content, scope="" if at else "row", slot="evidence")
                for at, content in enumerate(row)
            ),
        )
        for start, row in zip((10, 20), ROWS, strict=True)
    )
    return Table(
        id=1, columns=(TableColumn(),) * 3, header=(head,), rows=rows, caption=(Text("Studies"),), slot="evidence"
    )


HEADS = ("Study", "Size", "Lower by")
ROWS = (
    ((Text("Qi 2015"), Citation((2,), id=15)), (Text("13 trials"),), (Text("0.57"),)),
    ((Text("Chan 2014"),), (Text("628 people"),), ()),
)


def outline(blocks: Iterable[Block], depth: int = 0) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        name = f"{'  ' * depth}{type(block).__name__.lower()}{f' {block.style}' if block.style else ''}"
        match block:
            case Heading(content=content) | Paragraph(content=content):
                lines.append(f"{name}: {plain_text(content)}")
            case Row(columns=columns):
                lines += [name, *(line for each in columns for line in outline(each.children, depth + 1))]
            case Group(children=children) | Grid(children=children):
                lines += [name, *outline(children, depth + 1)]
            case List(items=items):
                lines += [name, *(line for item in items for line in outline(item.children, depth + 1))]
            case _:
                lines.append(name)
    return lines


def stacked(*body: Block, legible: bool = True) -> Document:
    return in_one_column(document(*body), lambda _: legible)


def test_columns_stand_one_below_the_other() -> None:
    row = Row(id=1, columns=(column(2, 8, paragraph(3, "first")), column(4, 4, paragraph(5, "second"))))
    assert outline(stacked(row).body) == [
        "row",
        "  paragraph: first",
        f"row {STACKED}",
        "  paragraph: second",
    ]


def test_rows_inside_of_anything_are_stacked_and_empty_columns_go() -> None:
    row = Row(id=2, style="facts", columns=(column(3, 6, paragraph(4, "when")), column(5, 6)))
    grid = Grid(id=6, columns=3, children=(Group(id=7, kind=GroupKind.CARD, children=(row,)),))
    made = stacked(grid)
    assert outline(made.body) == ["grid", "  group", "    row facts", "      paragraph: when"]
    assert isinstance(made.body[0], Grid)
    assert made.body[0].columns == 1


def test_a_number_stays_beside_its_text() -> None:
    page = Paragraph(id=9, content=(PageNumber("paper"),))
    row = Row(
        id=1,
        columns=(
            column(2, 1, paragraph(3, "1")),
            column(4, 5, paragraph(5, "title")),
            column(6, 4, paragraph(7, "owner")),
            column(8, 2, page),
        ),
    )
    [made] = stacked(row).body
    assert isinstance(made, Row)
    assert [each.span_columns for each in made.columns] == [1, 9, 2]
    assert outline(made.columns[1].children) == ["row", "  paragraph: title", f"row {STACKED}", "  paragraph: owner"]


def test_a_row_of_numbers_alone_loses_nothing() -> None:
    row = Row(id=1, columns=(column(2, 6, paragraph(3, "6")), column(4, 6, paragraph(5, "8"))))
    assert [line.strip() for line in outline(stacked(row).body) if "paragraph" in line] == [
        "paragraph: 6",
        "paragraph: 8",
    ]


def test_a_legible_table_stays() -> None:
    assert stacked(table()).body == (table(),)


def test_an_illegible_table_is_read_row_by_row() -> None:
    assert outline(stacked(table(), legible=False).body) == [
        f"paragraph {RECORD_CAPTION}: Studies",
        f"paragraph {RECORD_HEAD}: Study: Qi 2015",
        "list records",
        "  paragraph record: Size: 13 trials",
        "  paragraph record: Lower by: 0.57",
        f"paragraph {RECORD_HEAD}: Study: Chan 2014",
        "list records",
        "  paragraph record: Size: 628 people",
    ]


def test_ids_stay_single_and_slots_stay_known() -> None:
    made = stacked(table(), Row(id=40, columns=(column(41, 6, paragraph(42, "a")),)), legible=False)
    tags = [element.tag for element in structure(made).walk()]
    assert len(tags) == len(set(tags))
    assert all(block.slot == "evidence" for block in made.body if isinstance(block, Paragraph))


def test_reading_order_is_what_it_was() -> None:
    row = Row(
        id=1,
        columns=(column(2, 8, paragraph(3, "a"), paragraph(4, "b")), column(5, 4, paragraph(6, "c"))),
    )
    before = [element.tag for element in structure(document(row)).walk()]
    assert [element.tag for element in structure(stacked(row)).walk()] == before
    assert all(one.node < other.node for one, other in pairwise(before))
