"""Places on pages: where a fact, a message or a source is printed in a document that is laid out.

The texts of a document know where they come from, and its frames where they stand; both are in reading order, so
that the words of the one are found in the other from one text to the next.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from briefpack.builds.making import Workshop, draft_brief
from briefpack.content import ResolvedBrief
from briefpack.content.checks import Passage, Role, Run, passages
from briefpack.content.mentions import Kind
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span
from briefpack.layout import LaidOut, TextFrame, lay_out
from briefpack.project.load import brief_path

_INVISIBLE: Final = re.compile(r"[\s\u00ad\u200b\u2060]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document: the page from 1, points from its left and top edges, and the slot it belongs to."""

    document: str
    page: int
    x: float
    y: float
    slot: str | None
    words: str


def places(
    workshop: Workshop, brief: str, kind: Kind, name: str, lines: Iterable[int] = ()
) -> tuple[tuple[Place, ...], tuple[Diagnostic, ...]]:
    """Where the brief `brief` prints the `kind` called `name`; nothing, and findings, when it cannot be laid out.

    `lines` are those of the brief that name it: the rows of a chart do not say which fact their numbers are.
    """
    resolved, job, found = draft_brief(workshop, brief)
    if resolved is None or job is None:
        return (), found
    result = lay_out(job)
    if result.laid_out is None:
        return (), (*found, *result.diagnostics)
    rows = frozenset(lines) if kind == "fact" else frozenset()
    wanted = _wanted(workshop, resolved, kind, name, rows)
    return tuple(_places(brief, passages(job.document), result.laid_out, wanted)), ()


Wanted = Callable[[Passage, Run], bool]


def _wanted(workshop: Workshop, brief: ResolvedBrief, kind: Kind, name: str, rows: frozenset[int]) -> Wanted:
    """Whether a run of a passage is of what is looked for."""
    match kind:
        case "fact":
            path = brief_path(brief.name)
            return lambda passage, run: (
                run.fact == name
                or (
                    passage.role is Role.LABEL
                    and run.span is not None
                    and run.span.path == path
                    and run.span.line in rows
                )
            )
        case "message":
            span = workshop.project.messages[name].span
            return lambda passage, run: _inside(run.span, span)
        case "source":
            number = next((source.number for source in brief.sources if source.id == name), None)
            title = workshop.project.sources[name].span
            return lambda passage, run: (
                number in run.cites or (passage.role is Role.SOURCE and _inside(run.span, title))
            )


def _inside(inner: Span | None, outer: Span | None) -> bool:
    if inner is None or outer is None or inner.path != outer.path:
        return False
    begins, ends = (outer.line, outer.column), (outer.end_line, outer.end_column)
    return begins <= (inner.line, inner.column) < ends


def _places(document: str, texts: Iterable[Passage], laid_out: LaidOut, wanted: Wanted) -> Iterator[Place]:
    printed = _Printed.of(laid_out)
    at = 0
    for passage in texts:
        if passage.role in (Role.TITLE, Role.ALT, Role.FURNITURE):
            continue
        found: Place | None = None
        for start, end in _pieces(passage):
            begun = printed.find(_squeezed(passage.text[start:end]), at)
            if begun < 0:
                continue
            at = begun + len(_squeezed(passage.text[start:end]))
            run = next((run for run in passage.runs if start <= run.start <= end and wanted(passage, run)), None)
            if run is not None and found is None:
                number, x, y = printed.place(begun + len(_squeezed(passage.text[start : run.start])))
                words = " ".join(passage.text[run.start : run.end].split()) or " ".join(passage.text.split())
                found = Place(document, number, x, y, passage.slot, words)
        if found is not None:
            yield found


def _pieces(passage: Passage) -> Iterator[tuple[int, int]]:
    """The characters from one citation to the next: the page has the marks of citations between them."""
    ends = [run.start for run in passage.runs if run.cites] + [len(passage.text)]
    start = 0
    for end in ends:
        if end > start:
            yield start, end
        start = end


@dataclass(frozen=True, slots=True)
class _Printed:
    """All that is printed, without blanks, and where each line of it begins and stands."""

    text: str
    starts: Sequence[int]
    lines: Sequence[tuple[int, float, float]]

    @classmethod
    def of(cls, laid_out: LaidOut) -> _Printed:
        pieces, starts, lines, length = [], [], [], 0
        for number, page in enumerate(laid_out.pages, start=1):
            for frame in page.frames:
                if not isinstance(frame, TextFrame) or frame.tag is None:
                    continue
                for line, x, y in zip(frame.lines, frame.starts, frame.baselines, strict=True):
                    squeezed = _squeezed(line.text)
                    starts.append(length)
                    lines.append((number, x, y))
                    pieces.append(squeezed)
                    length += len(squeezed)
        return cls("".join(pieces), starts, lines)

    def find(self, words: str, at: int) -> int:
        """Where `words` begin, at or after `at`, or before it if they are there only; -1 when they are not."""
        if not words:
            return -1
        found = self.text.find(words, at)
        return found if found >= 0 else self.text.find(words)

    def place(self, at: int) -> tuple[int, float, float]:
        """The page, and where on it the line begins, of the character `at`."""
        return self.lines[max(0, bisect_right(self.starts, at) - 1)]


def _squeezed(text: str) -> str:
    return _INVISIBLE.sub("", text)
