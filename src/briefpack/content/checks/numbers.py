"""Numbers that documents state: against a fact, or without one."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Final

from briefpack.content.checks.checked import Checked
from briefpack.content.checks.contradiction import contradiction, restated
from briefpack.content.checks.known import Known
from briefpack.content.checks.passages import Passage, Role
from briefpack.content.checks.quantities import Quantity
from briefpack.diagnostics import Diagnostic, finding
from briefpack.expressions import expression

# Contacts are phones and addresses, sources are years and pages, a title stands on the page as a heading too, and for
# charts there is `chart-unsourced`.
_ASIDE: Final = frozenset({Role.CONTACT, Role.SOURCE, Role.FURNITURE, Role.TITLE, Role.ALT, Role.LABEL})

_STATISTICAL: Final = expression(r"\s*(?:interval|confidence|CI\b|certainty)", re.IGNORECASE)
_SMALL: Final = Decimal(31)
_SPELT: Final = Decimal(100)


def numbers(document: Checked) -> Iterator[Diagnostic]:
    """Numbers that contradict a fact, and others typed into a text with no source cited after them or in their row."""
    yield from document.local(_stated)


def _stated(passages: Iterable[Passage], document: Checked) -> Iterator[Diagnostic]:
    for row, cells in groupby(passages, key=lambda item: item.row):
        several = list(cells)
        sourced = row is not None and any(item.cited(0, len(item.text)) for item in several)
        for each in several:
            if each.quantities:
                yield from _numbers(document, each, sourced=sourced or each.role in _ASIDE)


def _numbers(document: Checked, passage: Passage, *, sourced: bool) -> Iterator[Diagnostic]:
    """What there is to say of `passage`. That there is nothing is remembered, where nobody notes what was asked."""
    known = document.known
    if type(known) is not Known:
        yield from _found(document, passage, sourced=sourced)
        return
    things, asked = document.reader.things, (numbers, sourced)
    silent = things.find(passage, asked)
    if silent is not None and silent[0] is known:
        return
    found = tuple(_found(document, passage, sourced=sourced))
    if not found:
        things.keep(passage, known, asked)
    yield from found


def _found(document: Checked, passage: Passage, *, sourced: bool) -> Iterator[Diagnostic]:
    told = tuple(restated(passage, document.known))
    yield from (contradiction(document, passage, item) for item in told)
    if not sourced:
        starts = frozenset(item.start for item in told)
        yield from (_unsourced(document, passage, claim) for claim in _claims(passage, starts))


def _claims(passage: Passage, told: Container[int]) -> Iterable[Quantity]:
    """The numbers that claim something: no small count, none that a fact prints, none that has been objected to."""
    for each in passage.quantities:
        if _is_small(each) or _STATISTICAL.match(passage.text, each.end) or each.start in told:
            continue
        if any(run.start < each.end and each.start < run.end and (run.fact or run.url) for run in passage.runs):
            continue
        if not passage.cited(each.start, len(passage.text)):
            yield each


def _is_small(each: Quantity) -> bool:
    """Whether it is a count that readers can check on the page."""
    if each.spelt:
        return each.value < _SPELT
    return not each.sign and each.value <= _SMALL and each.value == each.value.to_integral_value()


def _unsourced(document: Checked, passage: Passage, each: Quantity) -> Diagnostic:
    fact = next((item.id for item in document.known.figures if each.value == item.value and each.value > _SMALL), None)
    help = (
        f"print the fact as `{{{{ {fact} }}}}`, or cite a source after the number"
        if fact is not None
        else "write it as a fact in `briefs/facts.yaml` and print that, or cite a source after it"
    )
    message = f"`{each.text}` has neither a fact nor a source"
    return finding("unsourced-number", message, **document.at(passage, each.start, each.end), help=help)
