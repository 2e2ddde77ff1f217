"""Plans: for each target whether it is up to date, and if not, why.

A target is up to date when every input it read has the digest it had then and its file is the one that was
made. Anything else is a reason, and a reason is a key: of an input, or of the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from briefpack.builds.index import Index
from briefpack.builds.output import Entry
from briefpack.builds.present import Present
from briefpack.builds.records import Record
from briefpack.builds.targets import Target
from briefpack.builds.tracing import file_key
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Severity
from briefpack.project.files import ABSENT
from briefpack.project.load import CAMPAIGN, FACTS, MESSAGES, SOURCES, THEME

NEW: Final = "new"
STALE: Final = "stale"
CURRENT: Final = "current"
FAILED: Final = "failed"

OUTPUT: Final = "output"

_SHARED: Final = (CAMPAIGN, MESSAGES, FACTS, SOURCES, THEME)
_FONT: Final = "font:"


@dataclass(frozen=True, slots=True)
class Step:
    """A target of a plan. `reasons` are keys of inputs that changed, or `output:<path>`."""

    target: Target
    state: str
    reasons: tuple[str, ...] = ()
    record: Record | None = None

    @property
    def is_current(self) -> bool:
        return self.state == CURRENT


def plan(present: Present, index: Index, targets: Iterable[Target], folder: Path, *, strict: bool) -> tuple[Step, ...]:
    """What is to be done about each of `targets`, whose files are in `folder`; with `strict`, warnings are errors."""
    steps = (_step(present, index, target, folder) for target in targets)
    return tuple(_strictly(step) if strict else step for step in steps)


def _strictly(step: Step) -> Step:
    """A target with warnings is made again where they are errors."""
    said = step.record.diagnostics if step.record is not None else ()
    if step.is_current and any(item.severity is Severity.WARNING for item in said):
        return replace(step, state=STALE, reasons=("strict",))
    return step


def _step(present: Present, index: Index, target: Target, folder: Path) -> Step:
    record = index.record(target.key)
    if record is None or (record.entry is None and not record.diagnostics):
        return Step(target, NEW)
    if record.entry is None:
        return Step(target, FAILED, record=record)
    changed = present.changed(record.inputs)
    if changed:
        return Step(target, STALE, changed, record)
    if not index.is_made(folder, record.entry.path):
        return Step(target, STALE, (f"{OUTPUT}:{record.entry.path}",), record)
    return Step(target, CURRENT, record=record)


def refreshed(entry: Entry, present: Present) -> Entry:
    """`entry` with the hashes that its input files have now: one may have changed where the target does not read."""
    paths = {path for path in entry.inputs if not path.startswith(_FONT)}.union(_SHARED)
    found = {path: present.digest(file_key(path)) for path in paths}
    fonts = {path: value for path, value in entry.inputs.items() if path.startswith(_FONT)}
    return replace(entry, inputs={path: value for path, value in found.items() if value != ABSENT} | fonts)


# ---------------------------------------------------------------------------------------------- in words

_KINDS: Final[Mapping[str, str]] = {
    "fact": "the fact",
    "message": "the message",
    "source": "the source",
    "brief": "the brief",
    "pack": "the pack",
    "layout": "the layout",
    "audience": "the audience",
    "contact": "the contact",
}
_NAMES: Final[Mapping[str, str]] = {
    "fact": "facts",
    "message": "messages",
    "source": "sources",
    "brief": "briefs",
    "pack": "packs",
    "layout": "layouts",
    "audience": "audiences",
    "contact": "contacts",
}


def in_words(key: str) -> str:
    """A reason for people, such as ``the fact `hours-on-your-own` changed``."""
    kind, _, name = key.partition(":")
    match kind:
        case "environment":
            return "Briefpack or a library is another version"
        case "date":
            return "SOURCE_DATE_EPOCH is another"
        case "today":
            return "a date in the campaign has come"
        case "known":
            return "a fact that it might contradict changed"
        case "strict":
            return "it has warnings"
        case "campaign":
            return "the campaign's own lines changed"
        case "broken":
            return f"whether `{name}` can be read changed"
        case "project":
            return "the theme changed"
        case "output":
            return f"`{name}` is missing or was changed"
        case "file":
            return f"`{name}` changed" if "*" not in name else f"the files of `{name.partition('/*')[0]}` are others"
        case _ if name == "*":
            return f"the list of {_NAMES.get(kind, kind)} changed"
        case _:
            return f"{_KINDS.get(kind, kind)} `{name}` changed"


def why(step: Step) -> tuple[str, ...]:
    """The reasons of `step` in words."""
    match step.state:
        case "new":
            return ("it was never made",)
        case "failed":
            return ("it had errors",)
        case _:
            return tuple(dict.fromkeys(in_words(key) for key in step.reasons))


def counts(steps: Sequence[Step]) -> dict[str, int]:
    """How many steps are in each state."""
    return {state: sum(step.state == state for step in steps) for state in (NEW, STALE, FAILED, CURRENT)}
