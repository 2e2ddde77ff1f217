"""Where Briefpack's time goes: processor milliseconds of a page by stage, warm.

Each stage is one function of the pipeline, timed by putting a clock round it for as long as the
measurement lasts. A stage within another is taken off the outer one.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from statistics import median
from typing import Any, Final

from bench.campaign import name, project_files
from bench.pages import Page

# A stage, and the module (and class) and function that it is.
STAGES: Final = (
    ("read", "briefpack.api.verbs", "load_brief"),
    ("resolve", "briefpack.builds.making", "resolve_brief"),
    ("template", "briefpack.builds.making", "_blocks"),
    ("compose", "briefpack.layout.drafts", "composed"),
    ("fit", "briefpack.layout.pages", "fitted"),
    ("place", "briefpack.layout.pages:_Composition", "page"),
    ("edit", "briefpack.builds.making", "_checked"),
    ("check", "briefpack.builds.making", "check_seen"),
    ("paint", "briefpack.builds.making", "paint"),
    ("finish", "briefpack.builds.making", "finish"),
)
REST: Final = "rest"


@dataclass(slots=True)
class Clock:
    """Seconds by stage for the page being made, and those of the pages before."""

    pages: list[dict[str, float]] = field(default_factory=list)
    current: dict[str, float] = field(default_factory=dict)
    inner: list[float] = field(default_factory=list)

    def timed(self, stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            self.inner.append(0.0)
            began = time.process_time()
            try:
                return work(*arguments, **options)
            finally:
                taken = time.process_time() - began
                self.current[stage] = self.current.get(stage, 0.0) + taken - self.inner.pop()
                if self.inner:
                    self.inner[-1] += taken

        return run

    def turn(self) -> None:
        """The page is made."""
        self.pages.append(self.current)
        self.current = {}


@contextmanager
def watched(clock: Clock) -> Iterator[None]:
    """Every stage under `clock`."""
    places = [(_home(module), function, stage) for stage, module, function in STAGES]
    kept = [getattr(module, function) for module, function, _ in places]
    for (module, function, stage), work in zip(places, kept, strict=True):
        setattr(module, function, clock.timed(stage, work))
    try:
        yield
    finally:
        for (module, function, _), work in zip(places, kept, strict=True):
            setattr(module, function, work)


def _home(place: str) -> Any:
    module, _, owner = place.partition(":")
    return getattr(import_module(module), owner) if owner else import_module(module)


def stages(made: Sequence[Page], warm_up: int) -> dict[str, float]:
    """The median milliseconds a page by stage; the first `warm_up` pages do not count."""
    from briefpack.api import open_project

    project = open_project(project_files(made))
    clock = Clock()
    with watched(clock):
        make = clock.timed(REST, project.make)
        for page in made:
            make(name(page))
            clock.turn()
    counted = clock.pages[warm_up:]
    return {stage: median(page.get(stage, 0.0) for page in counted) * 1000 for stage in (*_names(), REST)}


def _names() -> tuple[str, ...]:
    return tuple(stage for stage, _, _ in STAGES)
