"""Data files: rows and their places, whatever separates them, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefpack.diagnostics import Stopped, render
from briefpack.project.columns import Column
from briefpack.project.data.reading import DataFile, ReadRow, read_rows, with_data
from briefpack.project.fields import Text

COLUMNS = {
    "clinic": Column(sample=Text("North")),
    "patients": Column(type="number", sample=Text("12"), required=False),
}


def read(folder: Path, content: str | bytes, name: str = "rows.csv", *more: str) -> list[ReadRow]:
    file = folder / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with read_rows(DataFile(file, name), COLUMNS, more) as rows:
        return list(rows)


def said(folder: Path, content: str | bytes, name: str = "rows.csv", *more: str) -> str:
    """What is said of a data file, as people read it."""
    try:
        found = [item for row in read(folder, content, name, *more) for item in row.found]
    except Stopped as stopped:
        found = list(stopped.diagnostics)
    return render(found, with_data(lambda path: (), DataFile(folder / name, name)))


def values(rows: list[ReadRow]) -> list[tuple[int, list[str]]]:
    return [(row.line, [str(value) for value in row.row.values.values()]) for row in rows if row.row is not None]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_separates_cells_and_lines_is_found_out(tmp_path: Path, separator: str, end: str) -> None:
    lines = ["clinic,note,patients", '"North, East",x,3', "", '"He said ""yes""",y,', "South,z,4.50", ""]
    text = end.join(lines).replace(",", separator).replace(f"North{separator}", "North,")
    found = values(read(tmp_path, f"\ufeff{text}"))
    assert found == [(2, ["North, East", "3"]), (4, ['He said "yes"', "None"]), (5, ["South", "4.50"])]


def test_a_cell_may_go_over_several_lines(tmp_path: Path) -> None:
    """Lines count as an editor counts them, and blanks are one blank."""
    rows = read(tmp_path, 'clinic,patients\n"North\n  and East",3\nSouth,many\n')
    assert values(rows) == [(2, ["North and East", "3"])]
    (found,) = rows[1].found
    assert found.span is not None
    assert (found.span.line, found.span.column, found.span.end_column) == (4, 7, 11)


def test_what_is_wrong_with_rows(tmp_path: Path) -> None:
    text = 'clinic,patients,phone\nNorth,"1,200",5\n,3,5\nSouth,3\n"East"x,3,5\nWest,4,5\nHill,5,"5\nMore,6,7\n'
    assert said(tmp_path, text) == (
        "error[bad-row]: expected a number such as 8760 or 0.57 in the column `patients`, found `1,200`\n"
        "  --> rows.csv:2:7\n"
        "  |\n"
        '2 | North,"1,200",5\n'
        "  |       ^^^^^^^\n"
        "help: write it in figures without grouping, such as 1234.5\n\n"
        "error[bad-row]: the column `clinic` is empty in this row\n"
        "  --> rows.csv:3:1\n"
        "  |\n"
        "3 | ,3,5\n"
        "  | ^\n"
        "help: fill it, or write `required: no` for `clinic` in the brief\n\n"
        "error[bad-row]: this row has 2 cells, and the header 3\n"
        "  --> rows.csv:4:1\n"
        "  |\n"
        "4 | South,3\n"
        "  | ^^^^^^^\n"
        "help: put a cell that has a separator in it into double quotes, or fill the row up\n\n"
        "error[bad-row]: there are characters behind the quote that closes a cell of this row\n"
        "  --> rows.csv:5:1\n"
        "  |\n"
        '5 | "East"x,3,5\n'
        "  | ^^^^^^^^^^^\n"
        'help: write a quote that is part of a cell as `""`\n\n'
        "error[bad-row]: a quote that begins in this row is not closed, and takes in 1 more lines\n"
        "  --> rows.csv:7:1\n"
        "  |\n"
        '7 | Hill,5,"5\n'
        "  | ^^^^^^^^^\n"
        'help: close it with `"`; a quote in a cell is written `""`\n\n'
        "5 errors\n"
    )


def test_what_is_wrong_with_a_header(tmp_path: Path) -> None:
    assert said(tmp_path, "Clinic;Patients;id\n", "rows.csv", "ids") == (
        "error[missing-column]: the data file has no column `clinic`\n"
        "  --> rows.csv:1:1\n"
        "  |\n"
        "1 | Clinic;Patients;id\n"
        "  | ^^^^^^\n"
        "help: rename the column, or add `header:` with `Clinic`\n\n"
        "error[missing-column]: the data file has no column `ids`, which `--name` asks for\n"
        "  --> rows.csv:1:1\n"
        "  |\n"
        "1 | Clinic;Patients;id\n"
        "  | ^^^^^^\n"
        "help: write `id`\n\n"
        "error[missing-column]: the data file has no column `patients`\n"
        "  --> rows.csv:1:1\n"
        "  |\n"
        "1 | Clinic;Patients;id\n"
        "  | ^^^^^^\n"
        "help: rename the column, or add `header:` with `Patients`\n\n"
        "3 errors\n"
    )
    assert "the header names the column `a` twice" in said(tmp_path, "a,b,a\n")
    assert "the first line has no names of columns" in said(tmp_path, "")


def test_a_file_that_is_not_utf_8_is_named_with_its_byte(tmp_path: Path) -> None:
    assert said(tmp_path, "clinic,patients\nNorth,1\nMünchen,2\n".encode("cp1252")) == (
        "error[file-encoding]: this byte is not UTF-8: 0xfc\n"
        "  --> rows.csv:3:2\n"
        "  |\n"
        "3 | M\N{REPLACEMENT CHARACTER}nchen,2\n"
        "  |  ^\n"
        "help: save the file as UTF-8\n\n"
        "1 error\n"
    )


def test_other_files_are_refused(tmp_path: Path) -> None:
    assert "`rows.xlsx` is of no format that rows are read from" in said(tmp_path, "", "rows.xlsx")
    with (
        pytest.raises(Stopped, match=r"there is no file `gone.csv`"),
        read_rows(DataFile(tmp_path / "gone.csv", "gone.csv"), COLUMNS),
    ):
        pass


def test_json_lines(tmp_path: Path) -> None:
    """Numbers keep the decimals they are written with, null is an empty cell, and so is a field left out."""
    text = (
        '{"clinic": "North", "patients": 4.50}\n\n{"clinic": "South", "patients": null}\n{"clinic": "East"}\n'
        '{"clinic": ["West"]}\n{"clinic": "Hill",\n[1]\n{"clinic": "A", "clinic": "B"}\n'
        '{"clinic": "Q", "patients": "x"}\n'
    )
    rows = read(tmp_path, text, "rows.jsonl")
    assert values(rows) == [(1, ["North", "4.50"]), (3, ["South", "None"]), (4, ["East", "None"])]
    shown = said(tmp_path, text, "rows.jsonl")
    assert [line for line in shown.splitlines() if line.startswith(("error", "  -->"))] == [
        "error[bad-row]: `clinic` is neither a text nor a number",
        "  --> rows.jsonl:5:1",
        "error[bad-row]: this row is not JSON from here on",
        "  --> rows.jsonl:6:19",
        "error[bad-row]: this row is no object",
        "  --> rows.jsonl:7:1",
        "error[bad-row]: this row names `clinic` twice",
        "  --> rows.jsonl:8:1",
        "error[bad-row]: expected a number such as 8760 or 0.57 in the column `patients`, found `x`",
        "  --> rows.jsonl:9:29",
    ]
