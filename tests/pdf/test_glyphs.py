"""Words in codes: whatever the glyph ids, a reader of the stream finds them again, in their places."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf.generic import ContentStream, DecodedStreamObject

from briefpack.pdf.fonts import FontSource
from briefpack.pdf.glyphs import Chunk, TextState, coded, seamless
from briefpack.text.shaped import Shaped
from tests.pdf.pages import Press

PRESS = Press()
SOURCE = FontSource(PRESS.face())
STATE = TextState(10, 0)


def word(glyphs: list[int]) -> Shaped:
    """A word of `glyphs`, each for a character of its own that its face does not map to it."""
    count = len(glyphs)
    widths = (500.0,) * count
    texts = tuple(f"g{at}" for at in range(count))
    return Shaped(SOURCE.face, "".join(texts), tuple(glyphs), widths, widths, None, texts, 500.0 * count)


@given(st.lists(st.integers(3000, 0xFFFF), max_size=8), st.lists(st.integers(3000, 0xFFFF), max_size=8))
def test_codes_survive_the_way_through_a_stream(first: list[int], second: list[int]) -> None:
    codes = [
        chunk.code for glyphs in (first, second) for chunk in coded(word(glyphs), SOURCE, frozenset(), STATE).chunks
    ]
    stream = DecodedStreamObject()
    stream.set_data(b"BT [" + seamless(codes) + b"] TJ ET")
    operands, operator = ContentStream(stream, None).operations[1]
    data = b"".join(item.original_bytes for item in operands[0])
    assert operator == b"TJ"
    assert [int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2)] == first + second


@pytest.mark.parametrize(
    ("text", "actual"),
    [
        ("office", [None]),
        ("a\u00a0b", [None]),
        ("cafe\u0301", [None]),
        ("x\u0302", [None]),
        ("a\u2011b", [None, "\u2011", None]),
    ],
)
def test_only_what_the_font_cannot_say_is_replaced(text: str, actual: list[str | None]) -> None:
    shaped = PRESS.shaper.shape(SOURCE.face, text)
    chunks = coded(shaped, SOURCE, frozenset(), STATE).chunks
    assert [chunk.actual for chunk in chunks] == actual


def test_a_claim_that_came_too_late_is_replaced() -> None:
    shaped = PRESS.shaper.shape(SOURCE.face, "fin")
    found = coded(shaped, SOURCE, frozenset(), STATE)
    assert [claim.text for claim in found.claims] == ["fi"]
    late = coded(shaped, SOURCE, frozenset(found.claims), STATE)
    assert [chunk.actual for chunk in late.chunks] == ["fi", None]
    assert [claim.binding for claim in late.claims] == [False]


def test_marks_are_moved_and_lifted() -> None:
    shaped = PRESS.shaper.shape(SOURCE.face, "x\u0302")
    found = coded(shaped, SOURCE, frozenset(), TextState(10, 2))
    assert unicodedata.normalize("NFC", shaped.text) == shaped.text
    assert isinstance(found.chunks[0], Chunk)
    assert found.lifted == any(y for _, y in shaped.offsets or ())
