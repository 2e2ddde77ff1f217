"""The checks in the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import field, replace
from itertools import compress
from operator import is_, not_
from typing import Final

from briefpack.content.checks.checked import Again, Before, Checked
from briefpack.content.checks.claims import health_workers_for_peers, mixed_denominators, overclaims
from briefpack.content.checks.facts import facts
from briefpack.content.checks.marks import marks
from briefpack.content.checks.messages import messages
from briefpack.content.checks.numbers import numbers
from briefpack.content.checks.passages import Passage
from briefpack.content.checks.plain_language import plain_language
from briefpack.content.checks.structure import structure
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic

Check = Callable[[Checked], Iterable[Diagnostic]]
"""A function from what is checked to what is wrong with it."""

CHECKS: Final[tuple[Check, ...]] = (
    numbers,
    messages,
    facts,
    overclaims,
    mixed_denominators,
    health_workers_for_peers,
    plain_language,
    structure,
    marks,
)


@dataclass(slots=True)
class Quiet:
    """Documents that were checked lately, `limit` of them.

    Of a document that has most passages of one of them, the very objects, checks need to look at the others only.
    """

    limit: int = 8
    _known: list[Before] = field(default_factory=list)

    def near(self, document: Checked) -> Again | None:
        return next((again for before in reversed(self._known) if (again := _again(before, document))), None)

    def keep(self, document: Checked) -> None:
        if len(self._known) >= self.limit:
            del self._known[0]
        self._known.append(Before(document))


def checked(document: Checked, lately: Quiet | None = None) -> tuple[Diagnostic, ...]:
    """What all checks find in `document`; next to one that was met `lately` they look only at what is new."""
    again = lately.near(document) if lately is not None else None
    if again is not None:
        document = replace(document, again=again)
    elif lately is not None:
        lately.keep(document)
    return tuple([item for check in CHECKS for item in check(document)])


def _again(before: Before, document: Checked) -> Again | None:
    """`document` next to one that was checked before; None where they are not alike."""
    earlier = before.document
    if len(document.passages) != len(earlier.passages) or not _same_ground(earlier, document):
        return None
    same = list(map(is_, earlier.passages, document.passages))
    if 2 * same.count(False) > len(same):
        return None
    changes: list[tuple[Passage, Passage]] = []
    for one, other in compress(zip(earlier.passages, document.passages, strict=True), map(not_, same)):
        if one != other:
            if (one.role, one.slot, one.level, one.row) != (other.role, other.slot, other.level, other.row):
                return None
            changes.append((one, other))
    near = {_slot(each) for change in changes for each in change}
    rows = {one.row for one, _ in changes if one.row is not None}
    places = tuple(
        at
        for at, (one, other) in enumerate(zip(earlier.passages, document.passages, strict=True))
        if one.row in rows or _slot(one) in near or _slot(other) in near
    )
    return Again(before, places, tuple([document.passages[at] for at in places]))


def _slot(passage: Passage) -> str:
    """What a passage is read with: its slot, and of no slot what says the same."""
    return passage.slot or passage.text


def _same_ground(one: Checked, other: Checked) -> bool:
    """Whether all that checks look at besides passages is the same."""
    same = (
        (one.project, other.project),
        (one.ledger, other.ledger),
        (one.known, other.known),
        (one.phrases, other.phrases),
        (one.reader, other.reader),
    )
    return all(a is b for a, b in same) and not one.papers and not other.papers and _told(one) == _told(other)


def _told(document: Checked) -> tuple[object, ...]:
    """What a document is and uses, besides its passages."""
    made = document.made
    sources = tuple([source.id for source in made.sources])
    return (
        document.name,
        document.language,
        document.audience,
        made.layout,
        made.facts,
        _uses(document),
        sources,
        document.today,
    )


def _uses(document: Checked) -> tuple[str, ...]:
    return document.brief.messages if document.brief is not None else ()
