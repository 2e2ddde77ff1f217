"""The matrix of a campaign: each message, for each audience and language, in the documents that print it.

In come a project and the messages that each of its briefs prints. A gap is a message without wording for an audience,
with wording that no document prints, or with wording that is still a draft.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from briefpack.dataclass import dataclass
from briefpack.project.fields import Spoken
from briefpack.project.load import Project

UNWORDED = "no wording"
UNUSED = "in no document"
MISSED = "has to appear, and is in no document"
DRAFT = "a draft"


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A message for one audience in one language.

    `documents` are the briefs that print it, `packs` those that hold one of these. `required` when it has to appear
    for the audience, `draft` when its words are not approved yet.
    """

    message: str
    audience: str
    language: str
    worded: bool
    documents: tuple[str, ...]
    packs: tuple[str, ...]
    required: bool = False
    draft: bool = False

    @property
    def gap(self) -> str:
        """What is missing; nothing where a document prints approved words."""
        if not self.worded:
            return UNWORDED
        used = "" if self.documents else MISSED if self.required else UNUSED
        return "; ".join(part for part in (DRAFT if self.draft else "", used) if part)


def matrix(project: Project, printed: Mapping[str, frozenset[str]]) -> tuple[MatrixRow, ...]:
    """The rows, by message in the order of `messages.yaml`; `printed` has the messages that each brief prints."""
    return tuple(
        _row(project, message, audience, language, printed)
        for message in project.messages
        for audience in project.campaign.audiences
        for language in _languages(project, audience)
    )


def _languages(project: Project, audience: str) -> Iterable[str]:
    """The languages in which an audience is written to, or that there are words for it in; else the campaign's."""
    default = project.campaign.language
    used = {brief.language or default for brief in project.briefs.values() if brief.audience.text == audience}
    words = (message.wording.get(audience) for message in project.messages.values())
    worded = {tag for each in words if each is not None for tag, _ in each.texts if tag}
    known = {_base(language) for language in used}
    return sorted(used | {tag for tag in worded if _base(tag) not in known}) or [default]


def _base(language: str) -> str:
    return language.lower().split("-")[0]


def _row(
    project: Project, message: str, audience: str, language: str, printed: Mapping[str, frozenset[str]]
) -> MatrixRow:
    own = [
        name
        for name, brief in project.briefs.items()
        if brief.audience.text == audience and (brief.language or project.campaign.language) == language
    ]
    documents = tuple(name for name in own if message in printed.get(name, ()))
    packs = tuple(name for name, pack in project.packs.items() if any(paper.text in documents for paper in pack.papers))
    spec = project.messages[message]
    words = spec.wording.get(audience)
    asked = {place.text for place in spec.must_appear}
    return MatrixRow(
        message,
        audience,
        language,
        worded=words is not None and words.read_in(language) is not None and _speaks(project, words, language),
        documents=documents,
        packs=packs,
        required=bool(own) and not asked.isdisjoint({audience, *own}),
        draft=spec.status.of(audience, language) == "draft",
    )


def _speaks(project: Project, words: Spoken, language: str) -> bool:
    """Whether `words` are in `language`: those that do not say are in the campaign's."""
    return words.says_language or _base(project.campaign.language) == _base(language)
