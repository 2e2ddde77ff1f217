"""The bidirectional algorithm, judged by the Unicode Consortium's own tests and by another implementation."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from briefpack.text.bidi import classes_of, first_strong, levels, levels_of_classes, trailing_reset, visual_order

# Debian's package `unicode-data` has them here.
UNICODE: Final = Path("/usr/share/unicode")


def lines_of(name: str) -> Iterator[str]:
    path = UNICODE / name
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    for line in path.read_text("utf-8").splitlines():
        line = line.split("#")[0].strip()
        if line:
            yield line


def agrees(found: list[int], wanted: list[str], order: list[int]) -> bool:
    level_by_level = all(want == "x" or int(want) == level for want, level in zip(wanted, found, strict=True))
    return level_by_level and [at for at in visual_order(found) if wanted[at] != "x"] == order


def test_every_case_of_bidi_character_test() -> None:
    """91,707 strings with their levels and their order, as published."""
    wrong = []
    for line in lines_of("BidiCharacterTest.txt"):
        codes, direction, base, wanted, order = line.split(";")
        text = "".join(chr(int(code, 16)) for code in codes.split())
        classes = classes_of(text)
        own = {"0": 0, "1": 1}.get(direction, first_strong(classes) or 0)
        found = trailing_reset(classes, levels(text, own), own)
        if own != int(base) or not agrees(found, wanted.split(), [int(at) for at in order.split()]):
            wrong.append(line)
    assert wrong == []


def test_every_eleventh_case_of_bidi_test() -> None:
    """Sequences of classes, each in the directions that the file names."""
    wrong = []
    wanted: list[str] = []
    order: list[int] = []
    for count, line in enumerate(lines_of("BidiTest.txt")):
        if line.startswith("@"):
            key, _, value = line.partition(":")
            wanted = value.split() if key == "@Levels" else wanted
            order = [int(at) for at in value.split()] if key == "@Reorder" else order
        elif count % 11 == 0:
            names, bits = line.split(";")
            classes = names.split()
            bases = {1: first_strong(classes) or 0, 2: 0, 4: 1}
            for bit, base in bases.items():
                found = trailing_reset(classes, levels_of_classes("", classes, base), base)
                if int(bits) & bit and not agrees(found, wanted, order):
                    wrong.append(line)
    assert wrong == []


@given(st.text(alphabet="abc שלום بيت 123 .,-()[]%", max_size=40), st.sampled_from([0, 1]))
def test_the_order_is_that_of_another_implementation(text: str, base: int) -> None:
    """Against the `unicode-bidi` of Rust, by way of python-bidi; brackets apart, which it mirrors."""
    classes = classes_of(text)
    order = visual_order(trailing_reset(classes, levels(text, base), base))
    mirrored = str.maketrans("()[]", "||||")
    ours = "".join(text[at] for at in order).translate(mirrored)
    assert ours == get_display(text, base_dir="RL"[1 - base]).translate(mirrored)


def test_deep_nests_and_stray_marks_are_survived() -> None:
    for text in ("\u202b" * 500 + "a", "\u2069" * 9, "\u2067" * 300 + "א", "(" * 200 + "א" + ")" * 200, ""):
        assert len(levels(text, 1)) == len(text)
    assert list(islice(visual_order([1, 1, 0]), 3)) == [1, 0, 2]
