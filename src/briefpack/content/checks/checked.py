"""What a check looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from briefpack.content.checks.passages import Passage
from briefpack.content.facts import Ledger
from briefpack.content.resolve import ResolvedBrief, ResolvedPack
from briefpack.diagnostics import SourceLines, Span
from briefpack.document import Document
from briefpack.project.load import Project, brief_path, pack_path


@dataclass(frozen=True, slots=True)
class Checked:
    """A brief, or the pages of a pack that are its own, with the document made of it.

    `passages` is all that its reader meets, running lines last. `ledger` has the values of the facts; `lines`
    finds places in the project's files; `today` is the day to judge dates by, None to judge none.
    """

    project: Project
    ledger: Ledger
    made: ResolvedBrief | ResolvedPack
    document: Document
    passages: tuple[Passage, ...]
    lines: SourceLines
    today: date | None = None

    @property
    def brief(self) -> ResolvedBrief | None:
        """The brief; None for a pack."""
        return self.made if isinstance(self.made, ResolvedBrief) else None

    @property
    def name(self) -> str:
        return self.made.name

    @property
    def path(self) -> str:
        """The file of the brief or pack."""
        return brief_path(self.name) if isinstance(self.made, ResolvedBrief) else pack_path(self.name)

    @property
    def language(self) -> str:
        return self.made.language

    @property
    def audience(self) -> str | None:
        """Who reads it; None for a pack, which is for nobody in particular."""
        return self.made.audience if isinstance(self.made, ResolvedBrief) else None

    def slot(self, name: str) -> Iterable[Passage]:
        """The passages that print words of the slot `name`."""
        return (item for item in self.passages if item.slot == name)

    def place(self, passage: Passage, start: int, end: int) -> Span | None:
        """Where the characters `start` to `end` of `passage` were written."""
        return passage.place(start, end, self.lines)
