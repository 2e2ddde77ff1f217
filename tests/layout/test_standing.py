"""Documents that stand as another one does: the same frames but for their own words, and the same as laid out alone."""

from __future__ import annotations

import inspect
from dataclasses import fields
from typing import Final

import pytest

from briefpack.layout import Job, Typesetter, boxes, lay_out, standing
from briefpack.layout.frames import TextFrame
from briefpack.layout.grids import GridBox
from briefpack.layout.newspaper import Newspaper
from tests.layout.trial import job, laid, shown

BODY: Final = (
    '<heading level="1">{{ slots.head }}</heading><paragraph>{{ slots.text }}</paragraph>'
    "<section style='panel'><paragraph>What stays as it is.</paragraph></section>"
    '<list kind="bullet"><item><paragraph>{{ slots.item }}</paragraph></item></list>'
)
WORDS: Final = {"head": "A head", "text": "Some words of a text.", "item": "One thing"}


def alone(of: Job) -> str:
    """The pages of `of` with nothing remembered."""
    fresh = type(of)(of.document, of.layout, of.styles, Typesetter(), of.read, of.words)
    return shown(laid(fresh))


def like(first: Job, then: Job) -> Job:
    """`then` under the styles of `first`, as documents of one project are."""
    return type(then)(then.document, first.layout, first.styles, first.typesetter, then.read, then.words)


def test_what_is_as_tall_stands_where_the_other_stood() -> None:
    """All frames are the very objects but for the words that differ; and these stand as they would alone."""
    first = job(BODY, slots=WORDS)
    before = laid(first).pages[0].frames
    then = like(first, job(BODY, slots={**WORDS, "text": "Other words of it."}))
    turned = laid(then)
    after = turned.pages[0].frames
    others = [(one, two) for one, two in zip(before, after, strict=True) if one is not two]
    assert [two.lines[0].text for _, two in others if isinstance(two, TextFrame)] == ["Other words of it."]
    assert shown(turned) == alone(then)


@pytest.mark.parametrize("text", ["Words that go on. " * 9, "", "Wide" * 40])
def test_what_is_taller_is_laid_out_anew(text: str) -> None:
    first = job(BODY, slots=WORDS)
    laid(first)
    then = like(first, job(BODY, slots={**WORDS, "text": text}))
    assert shown(laid(then)) == alone(then)


def test_running_lines_are_those_of_the_document() -> None:
    first, then = job(BODY, slots=WORDS), job(BODY, slots={**WORDS, "item": "Another"})
    other = {**then.words, "title": "Another title"}
    then = like(first, type(then)(then.document, then.layout, then.styles, then.typesetter, then.read, other))
    assert lay_out(first).laid_out is not None
    assert shown(laid(then)) == alone(then)


def test_boxes_differ_by_any_of_their_fields() -> None:
    """Whatever a box has, another one that has it otherwise does not stand like it."""
    kinds = [kind for _, kind in inspect.getmembers(boxes, inspect.isclass) if kind.__module__ == boxes.__name__]
    source, seen = inspect.getsource(standing), 0
    for kind in (*kinds, GridBox, Newspaper):
        if f"case {kind.__name__}():" in source:
            own = {each.name for each in fields(kind) if not each.name.startswith("_")}
            seen += 1
            case = source.split(f"case {kind.__name__}():")[1].split("case ")[0]
            assert [name for name in sorted(own) if f"box.{name}" not in case] == []
    assert seen > 9
