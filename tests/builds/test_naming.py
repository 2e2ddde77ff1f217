"""Names of files: from any cell a name that every system takes, or a reason why there is none."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefpack.builds.naming import MANY, Pattern, Unnamable, fit, place_of, same_file
from briefpack.project.columns import Column
from briefpack.project.fields import Text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("north", "north"),
        ("North / South", "North - South"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("C:\\temp\\x", "C--temp-x"),
        (".hidden.", "hidden"),
        ("a\u202eb\0c", "a-b-c"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_what_no_system_takes_is_replaced(text: str, name: str) -> None:
    assert fit(text) == name


@pytest.mark.parametrize("text", ["aux", "COM1", "nul.txt", "Con ", "...", "  ", "/", "x" * 200])
def test_what_cannot_be_a_name_is_refused(text: str) -> None:
    with pytest.raises(Unnamable):
        fit(text)


@given(st.text(max_size=60))
def test_no_name_leads_out_of_its_folder(text: str) -> None:
    try:
        name = fit(text)
    except Unnamable:
        return
    path = f"{name}.pdf"
    assert Path(path).name == path == PureWindowsPath(path).name
    assert not PureWindowsPath(path).is_reserved()
    assert not path.startswith(".")
    assert fit(name) == name


def test_a_pattern_takes_columns_by_their_names_and_headers() -> None:
    columns = {"clinic-id": Column(sample=Text("1"), header=Text("ID of clinic"))}
    pattern = Pattern.read("copy {{ row.clinic-id }}-{{ region }}", columns)
    assert pattern.headers == ("ID of clinic", "region")
    assert pattern.name({"ID of clinic": " 7/8 ", "region": "North"}) == "copy 7-8-North"
    with pytest.raises(Unnamable, match="the column `region` is empty"):
        pattern.name({"ID of clinic": "7", "region": " "})


@pytest.mark.parametrize("text", ["all", "{{ id", "{{ id }}{{ x"])
def test_a_pattern_names_a_column(text: str) -> None:
    with pytest.raises(ValueError, match=r"names no column|not closed"):
        Pattern.read(text, {})


def test_many_files_go_into_folders() -> None:
    assert place_of("north", MANY) == "north.pdf"
    folder, _, file = place_of("north", MANY + 1).partition("/")
    assert (len(folder), file) == (2, "north.pdf")
    assert place_of("NORTH", MANY + 1).partition("/")[0] == folder


def test_names_that_some_system_takes_for_one_are_the_same() -> None:
    assert same_file("Straße Café") == same_file("STRASSE CAFE\u0301")
