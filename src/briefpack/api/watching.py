"""Building again whenever something has changed, for whoever works on a campaign."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from briefpack.api.building import OUTPUT, build, default_cache
from briefpack.api.report import Report
from briefpack.builds.watching import Signs, changed, signs_of, with_read
from briefpack.dataclass import dataclass
from briefpack.project.forms import AS_DESIGNED, Form

# Seconds between two looks, and between two looks at a file that is being written: editors write in several steps.
_PAUSE: Final = 0.5
_SETTLING: Final = 0.1


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """One build of a watched campaign: the files that `changed` before it, none before the first, and its report."""

    changed: tuple[str, ...]
    report: Report


def watch(
    project: Path,
    names: Sequence[str] = (),
    output: Path | None = None,
    *,
    form: Form = AS_DESIGNED,
    strict: bool = False,
    jobs: int = 1,
    wait: Callable[[float], None] = time.sleep,
    look: Callable[[], Signs] | None = None,
) -> Iterator[Rebuilt]:
    """Build, and again each time a file of the campaign has changed; it ends when the caller does.

    What is up to date is left alone, and an earlier file stays until the new one is good. `wait` is how a pause of
    so many seconds is made, `look` what tells the files apart; both are there for programs that know better when to.

    >>> for rebuilt in briefpack.watch(campaign, ["community"]):
    ...     break
    >>> rebuilt.changed, rebuilt.report.failed
    ((), False)
    """
    folder = output if output is not None else project / OUTPUT
    look = look or partial(signs_of, project, folder)
    again = partial(build, project, names, output, form=form, cache=default_cache(project), strict=strict, jobs=jobs)
    before = look()
    yield Rebuilt((), again())
    before = with_read(before, look())
    while True:
        wait(_PAUSE)
        now = look()
        found = changed(before, now)
        if not found:
            continue
        now = _settled(now, look, wait)
        found = changed(before, now)
        before = now
        if found:
            yield Rebuilt(found, again())
            before = with_read(before, look())


def _settled(now: Signs, look: Callable[[], Signs], wait: Callable[[float], None]) -> Signs:
    """What there is when nobody writes any more."""
    while True:
        wait(_SETTLING)
        later = look()
        if later == now:
            return now
        now = later
