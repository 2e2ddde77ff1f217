"""Targets: the files that a project can be made into, in order.

A target is a brief or a pack in one form. In come a project's values, out go frozen rows; nothing heavy is
imported, so that a build in which nothing has changed can read its targets from an index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from briefpack.dataclass import dataclass
from briefpack.project.forms import AS_DESIGNED, Form, read_form

SEPARATOR = "@"
"""Between the name of a brief and that of its variant, as `project.variants` has it."""

if TYPE_CHECKING:
    from briefpack.project.load import Project
    from briefpack.project.models import Brief, Pack


@dataclass(frozen=True, slots=True)
class Target:
    """One file that can be made. `packs` are those that a brief is a paper of, and a pack itself."""

    name: str
    kind: str
    layout: str
    audience: str
    title: str
    language: str = ""
    tags: tuple[str, ...] = ()
    packs: tuple[str, ...] = ()
    variant: str = ""
    form: Form = AS_DESIGNED

    @property
    def path(self) -> str:
        """Its file in the project."""
        return f"briefs/packs/{self.name}.yaml" if self.kind == "pack" else f"briefs/{self.name}.yaml"

    @property
    def document(self) -> str:
        """The brief, the variant of one such as `community@harbour`, or the pack that it is made of."""
        return f"{self.name}{SEPARATOR}{self.variant}" if self.variant else self.name

    @property
    def id(self) -> str:
        """The target's own name in plans and messages, such as `community+large-print`."""
        form = f"+{self.form}" if self.form != AS_DESIGNED else ""
        return f"{self.document}{form}"

    @property
    def key(self) -> str:
        """What no two targets of a project share: a brief and a pack may have one name."""
        return f"{self.kind}:{self.id}"


def every_target(project: Project, form: Form = AS_DESIGNED) -> tuple[Target, ...]:
    """The targets of `project`: each document as designed and in the forms that it names, or in `form` alone."""
    return tuple(_targets(project, form))


def _targets(project: Project, form: Form) -> Iterator[Target]:
    packs = _packs_of(project.packs)
    language = project.campaign.language
    for name, brief in project.briefs.items():
        base, _, variant = name.partition(SEPARATOR)
        row = Target(base, "brief", brief.layout.text, brief.audience.text, brief.title.text, variant=variant)
        yield from _in_forms(row, brief, packs.get(name, ()), brief.language or language, form)
    for name, pack in project.packs.items():
        row = Target(name, "pack", pack.layout.text, "", pack.title.text)
        yield from _in_forms(row, pack, (name,), pack.language or language, form)


def _packs_of(packs: Mapping[str, Pack]) -> dict[str, tuple[str, ...]]:
    """The packs that each brief is a paper of."""
    found: dict[str, tuple[str, ...]] = {}
    for name, pack in packs.items():
        for paper in dict.fromkeys(item.text for item in pack.papers):
            found[paper] = (*found.get(paper, ()), name)
    return found


def _in_forms(
    row: Target, made_of: Brief | Pack, packs: tuple[str, ...], language: str, form: Form
) -> Iterator[Target]:
    forms: Iterable[Form] = (AS_DESIGNED, *made_of.forms) if form == AS_DESIGNED else (form,)
    for each in dict.fromkeys(forms):
        yield replace(row, language=language, tags=tuple(made_of.tags), packs=packs, form=each)


def target_as_row(target: Target) -> list[object]:
    """`target` as values of JSON."""
    return [
        target.name,
        target.kind,
        target.layout,
        target.audience,
        target.title,
        target.language,
        target.variant,
        str(target.form),
        list(target.tags),
        list(target.packs),
    ]


def target_of_row(row: list[object]) -> Target:
    """The target that `target_as_row` wrote. Raises ValueError or TypeError when it is none."""
    *texts, tags, packs = row
    if len(texts) != 8 or not isinstance(tags, list) or not isinstance(packs, list):
        raise ValueError(row)
    name, kind, layout, audience, title, language, variant, form = (str(text) for text in texts)
    read = read_form(form) if form else AS_DESIGNED
    return Target(name, kind, layout, audience, title, language, tuple(tags), tuple(packs), variant, read)
