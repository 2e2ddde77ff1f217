"""The checks in the order in which they are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from briefpack.content.checks.checked import Checked
from briefpack.content.checks.claims import health_workers_for_peers, mixed_denominators, overclaims
from briefpack.content.checks.facts import facts
from briefpack.content.checks.messages import messages
from briefpack.content.checks.numbers import numbers
from briefpack.content.checks.plain_language import plain_language
from briefpack.content.checks.structure import structure
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
)


def checked(document: Checked) -> tuple[Diagnostic, ...]:
    """What all checks find in `document`."""
    return tuple(item for check in CHECKS for item in check(document))
