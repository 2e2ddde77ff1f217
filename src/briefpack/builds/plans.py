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
    "rule": "the rule",
    "typeface": "the typeface",
    "colour": "the colour",
    "grey": "the grey of the colour",
    "space": "the space",
    "text-style": "the text style",
    "box-style": "the box style",
    "list-style": "the list style",
    "table-style": "the table style",
    "chart-style": "the chart style",
    "override": "the brief",
    "variants": "the list of variants of the brief",
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
    "rule": "rules",
    "typeface": "typefaces",
    "colour": "colours",
    "space": "spaces",
    "text-style": "text styles",
    "box-style": "box styles",
    "list-style": "list styles",
    "table-style": "table styles",
    "chart-style": "chart styles",
    "override": "variants",
}


def in_words(key: str) -> str:
    """A reason for people, such as ``the fact `hours-on-your-own` changed``."""
    kind, _, name = key.partition(":")
    match kind:
        case "environment":
            return "Briefpack or a library is another version"
        case "date":
            return "SOURCE_DATE_EPOCH is another"
        case "strict":
            return "it has warnings"
        case "campaign" | "theme":
            return f"`{name.replace('_', '-')}` of the {kind} changed"
        case "broken":
            return f"whether `{name}` can be read changed"
        case "project":
            return "what all documents share changed"
        case "output":
            return f"`{name}` is missing or was changed"
        case "file":
            return f"`{name}` changed" if "*" not in name else f"the files of `{name.partition('/*')[0]}` are others"
        case _:
            return _of_named(kind, name)


def _of_named(kind: str, name: str) -> str:
    """Why something that goes by a `name` is a reason."""
    own, _, about = kind.partition("@")
    match own:
        case "known":
            return _of_known(name)
        case "phrases":
            return _of_phrases(name)
        case "passed":
            return f"the day to review the fact `{name.partition('@')[0]}` has come or was moved"
        case "own-fact":
            return f"the fact `{name}` as it is in `{about}` changed"
        case "own-facts":
            return f"which facts are others in `{name}` changed"
        case "terms":
            return f"the campaign's own terms in `{name}` changed"
        case "extends":
            return f"what the brief `{name}` extends changed"
        case _ if name == "*":
            return f"the list of {_NAMES.get(kind, kind)} changed"
        case _:
            return f"{_KINDS.get(kind, kind)} `{name}` changed"


def _of_known(name: str) -> str:
    """Why what is known of facts is a reason: `name` ends in the way that led to it."""
    _, way, what = (*name.split("/", 2), "", "")[:3]
    match way:
        case "heads":
            return f"whether a fact counts `{what}` changed"
        case "by_word":
            return f"a fact that it might contradict changed, by the word `{what}`"
        case "number":
            return f"a fact that it might contradict changed, by the number `{what}`"
        case _:
            return "a fact that it might contradict changed"


def _of_phrases(name: str) -> str:
    """Why the words of messages are a reason: `name` ends in the way that led to them."""
    _, way, what = (*name.split("/", 2), "", "")[:3]
    match way:
        case "required":
            return f"the messages that have to appear for `{what}` changed"
        case "forbidden":
            return f"the messages that may not appear for `{what}` changed"
        case "messages":
            return f"the words of the message `{what.partition('/')[0]}` changed"
        case _:
            return "a message that says the same as it changed"


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
