"""The matrix of a campaign: each message, for each audience and language, in the documents that print it.

A gap is a message without wording for an audience, or with wording that no document prints.
"""

from __future__ import annotations

from collections.abc import Iterable

from briefpack.content.prepared import Prepared
from briefpack.content.resolve import resolve_brief
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic
from briefpack.project.load import Project

UNWORDED = "no wording"
UNUSED = "in no document"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A message for one audience in one language.

    `documents` are the briefs that print it, `packs` those that hold one of these.
    """

    message: str
    audience: str
    language: str
    worded: bool
    documents: tuple[str, ...]
    packs: tuple[str, ...]

    @property
    def gap(self) -> str:
        """What is missing; nothing where a document prints it."""
        if self.documents:
            return ""
        return UNUSED if self.worded else UNWORDED


def matrix(project: Project, prepared: Prepared | None = None) -> tuple[tuple[MatrixRow, ...], tuple[Diagnostic, ...]]:
    """The rows, by message in the order of `messages.yaml`, and what is wrong with briefs that could not be read."""
    prepared = prepared or Prepared(project)
    printed: dict[str, frozenset[str]] = {}
    found: list[Diagnostic] = []
    for name in project.briefs:
        brief, about = resolve_brief(project, name, prepared=prepared)
        printed[name] = frozenset(brief.messages) if brief is not None else frozenset()
        found += about if brief is None else ()
    rows = [
        _row(project, message, audience, language, printed)
        for message in project.messages
        for audience in project.campaign.audiences
        for language in _languages(project, audience)
    ]
    return tuple(rows), tuple(dict.fromkeys(found))


def _languages(project: Project, audience: str) -> Iterable[str]:
    """The languages in which an audience is written to; the campaign's where it is not yet."""
    default = project.campaign.language
    used = {brief.language or default for brief in project.briefs.values() if brief.audience.text == audience}
    return sorted(used) or [default]


def _row(project: Project, message: str, audience: str, language: str, printed: dict[str, frozenset[str]]) -> MatrixRow:
    documents = tuple(
        name
        for name, brief in project.briefs.items()
        if brief.audience.text == audience
        and (brief.language or project.campaign.language) == language
        and message in printed[name]
    )
    packs = tuple(name for name, pack in project.packs.items() if any(paper.text in documents for paper in pack.papers))
    words = project.messages[message].wording.get(audience)
    worded = words is not None and words.read_in(language) is not None
    return MatrixRow(message, audience, language, worded, documents, packs)
