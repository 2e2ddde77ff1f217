"""Going through a data file: nothing is kept of a row that is in order, however many there are."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Final

from briefpack.builds.naming import Pattern
from briefpack.builds.survey import LISTED, Rows, Survey
from briefpack.project.columns import Column
from briefpack.project.data.reading import DataFile
from briefpack.project.fields import Text

COLUMNS: Final = {name: Column(sample=Text("x")) for name in ("id", "clinic")}

# A number of eight bytes, and as many to put it in order.
_ROW: Final = 100


def rows_of(folder: Path, count: int, id: Callable[[int], str] = "c-{}".format) -> Rows:
    path = folder / f"{count}.csv"
    long = "A clinic with a long name as they have " * 20
    path.write_text("id,clinic\n" + "".join(f"{id(at)},{long}{at}\n" for at in range(count)), encoding="utf-8")
    return Rows(DataFile(path, path.name), COLUMNS, "copy", Pattern.read("{{ id }}", COLUMNS))


def peak(look: Callable[[], object]) -> int:
    tracemalloc.start()
    look()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_rows_are_not_kept(tmp_path: Path) -> None:
    """Neither when they are looked at nor when copies are made of them, one after the other."""
    few, many = rows_of(tmp_path, 300), rows_of(tmp_path, 1800)
    few.survey()  # what is compiled and imported but once
    assert peak(many.survey) - peak(few.survey) < 1500 * _ROW
    small, large = few.survey(), many.survey()
    assert (small.count, large.count) == (300, 1800)
    assert (
        peak(lambda: sum(1 for _ in many.asked(large))) - peak(lambda: sum(1 for _ in few.asked(small))) < 1500 * _ROW
    )


def test_of_rows_that_are_not_in_order_the_first_are_listed(tmp_path: Path) -> None:
    """A thousand rows of one name are a thousand less one, and so many findings as somebody reads."""
    survey: Survey = rows_of(tmp_path, 1000, lambda at: "same").survey()
    assert (survey.count, survey.bad, len(survey.found)) == (1, 999, LISTED)
