"""What a check looks at."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final, TypedDict

from briefpack.content.checks.known import Known
from briefpack.content.checks.passages import Passage, find
from briefpack.content.checks.phrases import Phrases
from briefpack.content.facts import Ledger
from briefpack.content.plain.reader import Reader
from briefpack.content.resolve import ResolvedBrief, ResolvedPack
from briefpack.dataclass import dataclass
from briefpack.diagnostics import SourceLines, Span
from briefpack.document import Document
from briefpack.project.load import Project, brief_path, pack_path


@dataclass(frozen=True, slots=True)
class Checked:
    """A brief, or the pages of a pack that are its own, with the document made of it.

    `passages` is all that its reader meets, running lines last. `ledger` has the values of the facts, `known` how
    they are spoken of; `lines` finds places in the project's files; `today` is the day to judge dates by, None to
    judge none. `phrases` are the words of messages for every audience; `papers` what the papers of a pack print.
    `reader` remembers the texts it has read, of other documents too.
    """

    project: Project
    ledger: Ledger
    made: ResolvedBrief | ResolvedPack
    document: Document
    passages: tuple[Passage, ...]
    known: Known
    phrases: Phrases
    lines: SourceLines
    reader: Reader
    today: date | None = None
    papers: tuple[Passage, ...] = ()

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

    def at(self, passage: Passage, start: int, end: int) -> Where:
        """Where the characters `start` to `end` of `passage` were written, as `finding` takes it.

        Words that nobody wrote in the brief are looked for in its template.
        """
        words = passage.text[start:end]
        printed = next((run for run in passage.runs if run.fact is not None and run.start <= start < run.end), None)
        if printed is not None and printed.span is not None:
            return {"span": printed.span, "path": None}
        span = passage.place(start, end, self.lines) or self._in_slot(passage, words) or passage.span
        if span is not None:
            return {"span": span, "path": None}
        template = f"layouts/{self.made.layout}/template.xml.j2"
        found = find(Span(template, 1, 1, len(self.lines(template)), _LONGEST), words, 0, self.lines)
        return {"span": found, "path": None if found is not None else self.path}

    def _in_slot(self, passage: Passage, words: str) -> Span | None:
        """Where `words`, or the digits of a number, stand among the fields of the slot: what a chart is drawn from."""
        brief = self.project.briefs.get(self.name)
        node = brief.slots.get(passage.slot) if brief is not None and passage.slot is not None else None
        if node is None:
            return None
        plain = re.sub(r"[^\d.]", "", words) if words[:1].isdigit() else words
        return find(node.span, words, 0, self.lines) or find(node.span, plain, 0, self.lines)


class Where(TypedDict):
    """A place in a file, or only the file."""

    span: Span | None
    path: str | None


# No line of a file is longer than this.
_LONGEST: Final = 1_000_000
