"""What a check looks at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from itertools import groupby
from typing import Final, TypedDict, TypeVar, cast

from briefpack.content.checks.known import Known
from briefpack.content.checks.passages import Passage, find
from briefpack.content.checks.phrases import Phrases
from briefpack.content.facts import Ledger
from briefpack.content.plain.reader import Reader
from briefpack.content.resolve import ResolvedBrief, ResolvedPack
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, SourceLines, Span
from briefpack.document import Document
from briefpack.project.load import Project, brief_path, pack_path

V = TypeVar("V")

Look = Callable[[Sequence[Passage], "Checked"], Iterable[Diagnostic]]
"""A function from passages, and the document they are in, to what is wrong with each."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A brief, or the pages of a pack that are its own, with the document made of it.

    `passages` is all that its reader meets, running lines last. `ledger` has the values of the facts, `known` how
    they are spoken of; `lines` finds places in the project's files; `today` is the day to judge dates by, None to
    judge none. `phrases` are the words of messages for every audience; `papers` what the papers of a pack print.
    `reader` remembers the texts it has read, of other documents too. `again` is there where a document like this one
    was checked before.
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
    again: Again | None = None

    @property
    def fresh(self) -> tuple[Passage, ...]:
        """The passages that do not stand in a document like this one, checked before."""
        return self.passages if self.again is None else self.again.passages

    def local(self, look: Look) -> Iterator[Diagnostic]:
        """What `look` says of all passages in order: of those that are not fresh, what it said of them before.

        What it says of one may depend on others of the same slot or row, and on nothing else that is not the same.
        """
        again = self.again
        if again is None:
            yield from look(self.passages, self)
            return
        told = again.told(look)
        if not told:
            yield from look(again.passages, self)
            return
        for at, (start, end) in enumerate(again.pieces):
            yield from told[at] if at in told else look(self.passages[start:end], self)

    @property
    def whole(self) -> Checked:
        """The document as if no other one had been checked before."""
        return self if self.again is None else replace(self, again=None)

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


@dataclass(frozen=True, slots=True)
class Again:
    """A document next to one that was checked `before`: the `passages` that are others than there, or stand with such
    in a slot or a row, and their `places` among all."""

    before: Before
    places: tuple[int, ...]
    passages: tuple[Passage, ...]

    def said(self, check: Callable[[Checked], Iterable[Diagnostic]]) -> tuple[Diagnostic, ...]:
        """What `check` said of the document before; it is told once."""
        found = self.before.seen.get((check, ()))
        if found is None:
            found = self.before.keep((check, ()), tuple(check(self.before.document)))
        return cast("tuple[Diagnostic, ...]", found)

    def told(self, look: Look) -> Mapping[int, tuple[Diagnostic, ...]]:
        """What `look` says of all other passages, by the piece they are in; nothing where it says nothing at all."""
        found = self.before.seen.get((look, self.places))
        if found is None:
            found = self.before.keep((look, self.places), self._told(look))
        return cast("Mapping[int, tuple[Diagnostic, ...]]", found)

    def _told(self, look: Look) -> Mapping[int, tuple[Diagnostic, ...]]:
        document, fresh = self.before.document, frozenset(self.places)
        found = {
            at: tuple(look(document.passages[start:end], document))
            for at, (start, end) in enumerate(self.pieces)
            if start not in fresh
        }
        return found if any(found.values()) else {}

    @property
    def pieces(self) -> list[tuple[int, int]]:
        """The passages in pieces, from and to, each of such as are in `places` or of others."""
        fresh = frozenset(self.places)
        pieces: list[tuple[int, int]] = []
        for _, same in groupby(range(len(self.before.document.passages)), fresh.__contains__):
            several = list(same)
            pieces.append((several[0], several[-1] + 1))
        return pieces

    @property
    def replaced(self) -> tuple[Passage, ...]:
        """What was there in place of the passages; the same object each time."""
        found = self.before.seen.get((Again, self.places))
        if found is None:
            before = self.before.document.passages
            found = self.before.keep((Again, self.places), tuple([before[at] for at in self.places]))
        return cast("tuple[Passage, ...]", found)

    def rest(self, look: Callable[[tuple[Passage, ...], Checked], V]) -> V:
        """What `look` sees in all other passages; it is told once."""
        found = self.before.seen.get((look, self.places))
        if found is None:
            document, places = self.before.document, frozenset(self.places)
            rest = tuple(each for at, each in enumerate(document.passages) if at not in places)
            found = self.before.keep((look, self.places), look(rest, document))
        return cast("V", found)


@dataclass(slots=True)
class Before:
    """A document that was checked, and what was seen in those of its passages that later ones have as well."""

    document: Checked
    seen: dict[tuple[object, tuple[int, ...]], object] = field(default_factory=dict)

    def keep(self, key: tuple[object, tuple[int, ...]], value: object) -> object:
        if len(self.seen) >= _MOST_SEEN:
            self.seen.clear()
        self.seen[key] = value
        return value


class Where(TypedDict):
    """A place in a file, or only the file."""

    span: Span | None
    path: str | None


# So much is remembered of one document.
_MOST_SEEN: Final = 120

# No line of a file is longer than this.
_LONGEST: Final = 1_000_000
