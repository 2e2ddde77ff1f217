"""How severe findings are in this campaign, and which of them stand.

A campaign sets rules in `campaign.yaml`; a brief, pack, fact or message waives a finding where it is
written, with a reason. A waiver covers what is found at the lines it belongs to: for a brief, a pack and
the campaign their file, for a layout its template too, for a variant, one slot, a fact or a message their own lines.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import RULES, Diagnostic, Severity, Span, finding, strictly
from briefpack.project.load import CAMPAIGN, FACTS, MESSAGES, Project, brief_path, layout_path, pack_path
from briefpack.project.models import Brief, Fact, Message, Waiver
from briefpack.project.tree import Yaml
from briefpack.project.variants import SEPARATOR


@dataclass(frozen=True, slots=True)
class _Covered:
    """A waiver and the lines of the file that it covers; `whole` for all of it, or of the folder at `path`."""

    waiver: Waiver
    path: str
    first: int
    last: int
    whole: bool

    def covers(self, item: Diagnostic) -> bool:
        inside = item.file == self.path or (self.path.endswith("/") and (item.file or "").startswith(self.path))
        if item.rule != self.waiver.rule.text or not inside:
            return False
        return self.whole or (item.span is not None and self.first <= item.span.line <= self.last)


def settled(project: Project, found: Iterable[Diagnostic], *, strict: bool = False) -> tuple[Diagnostic, ...]:
    """`found` as severe as the campaign has it, without what is off; what is waived with its reason.

    With `strict` a warning is an error. What is settled already stays as it is.
    """
    kept = tuple(found)
    waivers = tuple(_waivers_in(project, {item.file for item in kept if item.file is not None}))
    settings = project.campaign.rules
    result: list[Diagnostic] = []
    for item in kept:
        if _is_settable(item.rule):
            setting = settings.get(item.rule)
            if setting == "off":
                continue
            item = _waived(item, waivers)
            if setting is not None and item.severity is not Severity.WAIVED:
                item = replace(item, severity=Severity(setting))
        result.append(item)
    return strictly(result) if strict else tuple(result)


def _is_settable(rule: str) -> bool:
    return rule in RULES and RULES[rule].settable


def _waived(item: Diagnostic, waivers: Iterable[_Covered]) -> Diagnostic:
    for each in waivers:
        if each.covers(item):
            return replace(item, severity=Severity.WAIVED, why=" ".join(each.waiver.why.text.split()), help=None)
    return item


def idle_waivers(project: Project, found: Iterable[Diagnostic], briefs: Iterable[str]) -> Iterator[Diagnostic]:
    """A warning for each waiver that covers nothing of `found`; of briefs and packs, of those named alone.

    `found` has to be all that there is to find about them: none, where something keeps a document from being made.
    """
    kept = tuple(found)
    if any(item.severity is Severity.ERROR and not _is_settable(item.rule) for item in kept):
        return
    waived = [item for item in kept if item.severity is Severity.WAIVED]
    named = frozenset(briefs)
    for each in _waivers(project):
        owner = each.path.rpartition("/")[2].removesuffix(".yaml")
        shared = each.path in _SHARED or each.path.startswith(_LAYOUTS)
        if (shared or owner in named) and not any(each.covers(item) for item in waived):
            rule = each.waiver.rule
            message = f"there is no finding of the rule `{rule.text}` here to waive"
            yield finding("idle-waiver", message, rule.span, help="remove the waiver")


_SHARED: Final = frozenset({CAMPAIGN, FACTS, MESSAGES})


def _waivers(project: Project) -> Iterator[_Covered]:
    """All waivers of the project."""
    paths = [*(brief_path(name) for name in project.briefs), *(pack_path(name) for name in project.packs)]
    paths += [layout_path(name) for name in project.layouts]
    yield from _waivers_in(project, {*paths, *_SHARED})


def _waivers_in(project: Project, paths: Collection[str]) -> Iterator[_Covered]:
    """The waivers that are written in the files at `paths`: a document without findings needs no other's."""
    for path in sorted(paths):
        name = path.rpartition("/")[2].removesuffix(".yaml")
        brief = project.briefs.get(name) if path == brief_path(name) else None
        pack = project.packs.get(name) if path == pack_path(name) else None
        if brief is not None and brief.waive:
            yield from _of_brief(brief, path)
        for variant in project.variants.get(name, ()) if brief is not None else ():
            own = project.briefs.get(f"{name}{SEPARATOR}{variant}")
            yield from _of_brief(own, path, own.span) if own is not None else ()
        if pack is not None:
            yield from _of_file(pack.waive, path)
        if path.startswith(_LAYOUTS):
            yield from _of_layout(project, path)
    if CAMPAIGN in paths:
        yield from _of_file(project.campaign.waive, CAMPAIGN)
    owners: list[Fact | Message] = []
    owners += project.facts.values() if FACTS in paths else ()
    owners += project.messages.values() if MESSAGES in paths else ()
    for owner in owners:
        if owner.waive:
            yield from (_region(waiver, owner.head_span, owner.span) for waiver in owner.waive)


_LAYOUTS: Final = "layouts/"


def _of_file(waivers: Iterable[Waiver], path: str) -> Iterator[_Covered]:
    return (_Covered(waiver, path, 0, 0, whole=True) for waiver in waivers)


def _of_layout(project: Project, path: str) -> Iterator[_Covered]:
    """The waivers of the layout that the file at `path` belongs to."""
    name = path.removeprefix(_LAYOUTS).partition("/")[0]
    if "/" in path.removeprefix(_LAYOUTS) and name in project.layouts:
        yield from _of_file(project.layouts[name].waive, f"{_LAYOUTS}{name}/")


def _of_brief(brief: Brief, path: str, lines: Span | None = None) -> Iterator[_Covered]:
    """The waivers of a brief for all of its file, or of a variant for its `lines`; for a slot those of the slot."""
    for waiver in brief.waive:
        path = waiver.rule.span.path if waiver.rule.span is not None else path
        key = brief.slots.key(waiver.slot.text) if waiver.slot is not None else None
        if waiver.slot is None:
            yield _Covered(waiver, path, 0, 0, whole=True) if lines is None else _region(waiver, None, lines)
        elif key is not None:
            node: Yaml | None = brief.slots.get(waiver.slot.text)
            yield _region(waiver, key.span, node.span if node is not None else key.span)


def _region(waiver: Waiver, head: Span | None, body: Span | None) -> _Covered:
    """What stands from `head` to the end of `body`."""
    first, last = head or body, body or head
    if first is None or last is None:
        return _Covered(waiver, "", 0, 0, whole=False)
    return _Covered(waiver, first.path, first.line, max(first.line, last.end_line), whole=False)
