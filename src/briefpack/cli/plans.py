"""Plans as text for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from briefpack.builds.plans import counts, why

if TYPE_CHECKING:
    from briefpack.api import Step


def as_text(steps: Sequence[Step], reasons: bool) -> str:
    """A line a target, with its reasons below it where they are asked for, and a line that counts them."""
    width = max((len(step.target.id) for step in steps), default=0)
    return "".join(f"{line}\n" for line in [*_lines(steps, width, reasons), _summary(steps)])


def _lines(steps: Sequence[Step], width: int, reasons: bool) -> Iterator[str]:
    for step in steps:
        yield f"{step.target.id.ljust(width)}  {step.state}"
        if reasons:
            yield from (f"  {reason}" for reason in why(step))


def _summary(steps: Sequence[Step]) -> str:
    told = [f"{count} {state}" for state, count in counts(steps).items() if count]
    return ", ".join(told) or "nothing to make"


def as_json(steps: Sequence[Step]) -> str:
    """The same for programs: reasons as keys of inputs and in words."""
    targets = [
        {
            "id": step.target.id,
            "kind": step.target.kind,
            "name": step.target.name,
            "variant": step.target.variant,
            "form": str(step.target.form),
            "language": step.target.language,
            "layout": step.target.layout,
            "audience": step.target.audience,
            "tags": list(step.target.tags),
            "packs": list(step.target.packs),
            "state": step.state,
            "changed": list(step.reasons),
            "why": list(why(step)),
        }
        for step in steps
    ]
    return json.dumps({"targets": targets, "counts": counts(steps)}, indent=2, ensure_ascii=False) + "\n"
