"""Places on pages: where a fact, a message or a source is printed in a document that is laid out.

The texts of a document know where they come from, and its frames where they stand; both are in reading order, so
that the words of the one are found in the other from one text to the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from briefpack.builds.making import Workshop, draft_brief, draft_pack
from briefpack.content import ResolvedBrief, ResolvedPack
from briefpack.content.checks import Passage, Role, Run, passages
from briefpack.content.mentions import Kind
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span
from briefpack.expressions import expression
from briefpack.layout import LaidOut, TextFrame, lay_out
from briefpack.pack import lay_out_pack
from briefpack.project.load import FACTS, brief_path

_INVISIBLE: Final = expression(r"[\s\u00ad\u200b\u2060]+")


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a document: the page from 1, points from its left and top edges, and the slot it belongs to.

    `around` are the words with what stands before and after them, `paper` is the paper of a pack, None for the pack's
    own pages.
    """

    document: str
    page: int
    x: float
    y: float
    slot: str | None
    words: str
    around: tuple[str, ...] = ()
    paper: str | None = None


def places(
    workshop: Workshop, brief: str, kind: Kind, name: str, lines: Iterable[int] = ()
) -> tuple[tuple[Place, ...], tuple[Diagnostic, ...]]:
    """Where the brief `brief` prints the `kind` called `name`; nothing, and findings, when it cannot be laid out.

    `lines` are those of the brief that name it: the rows of a chart do not say which fact their numbers are.
    """
    resolved, job, found = draft_brief(workshop, brief)
    if resolved is None or job is None:
        return (), found
    if not _uses(resolved, kind, name):
        return (), ()
    result = lay_out(job)
    if result.laid_out is None:
        return (), (*found, *result.diagnostics)
    wanted = _wanted(workshop, resolved, kind, name, lines)
    return tuple(_places(brief, passages(job.document), result.laid_out, wanted)), ()


def places_in_pack(
    workshop: Workshop, pack: str, kind: Kind, name: str, lines: Callable[[str], Iterable[int]]
) -> tuple[tuple[Place, ...], tuple[Diagnostic, ...]]:
    """Where the pack `pack` prints the `kind` called `name`, on its own pages and in its papers, by the pack's pages.

    `lines` gives those of a brief or pack that name it.
    """
    resolved, jobs, found = draft_pack(workshop, pack)
    if resolved is None or not jobs:
        return (), found
    papers = [None, *resolved.papers]
    if not any(_uses(paper or resolved, kind, name) for paper in papers):
        return (), ()
    laid_out = lay_out_pack(jobs[0], jobs[1:])
    if not laid_out.parts:
        return (), (*found, *laid_out.diagnostics)
    printed: list[Place] = []
    before = 0
    for paper, job, part in zip(papers, jobs, laid_out.parts, strict=True):
        of = resolved if paper is None else paper
        wanted = _wanted(workshop, of, kind, name, lines(of.name))
        here = _places(pack, passages(job.document), part, wanted)
        printed += [
            replace(place, page=before + place.page, paper=paper.name if paper is not None else None) for place in here
        ]
        before += len(part.pages)
    return tuple(printed), ()


def _uses(made: ResolvedBrief | ResolvedPack, kind: Kind, name: str) -> bool:
    """Whether a document uses it; a message is for an audience, which a pack's own pages do not have."""
    match kind:
        case "fact":
            return name in made.facts
        case "message":
            return isinstance(made, ResolvedBrief) and name in made.messages
        case "source":
            return any(source.id == name for source in made.sources)


Wanted = Callable[[Passage, Run], bool]


def _wanted(
    workshop: Workshop, made: ResolvedBrief | ResolvedPack, kind: Kind, name: str, lines: Iterable[int]
) -> Wanted:
    """Whether a run of a passage is of what is looked for."""
    match kind:
        case "fact":
            path, rows = brief_path(made.name), frozenset(lines)
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
            number = next((source.number for source in made.sources if source.id == name), None)
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
        sought = _sought(passage, wanted)
        for start, end in _pieces(passage):
            begun = printed.find(_squeezed(passage.text[start:end]), at)
            if begun < 0:
                continue
            at = begun + len(_squeezed(passage.text[start:end]))
            # A citation belongs to the words before it.
            while sought and (sought[0][0] < end or sought[0] == (end, end)):
                first, last = sought.pop(0)
                number, x, y = printed.place(begun + len(_squeezed(passage.text[start:first])))
                words = " ".join(passage.text[first:last].split()) or " ".join(passage.text.split())
                around = _around(passage.text, start, end, first, min(last, end))
                yield Place(document, number, x, y, passage.slot, words, around)


def _sought(passage: Passage, wanted: Wanted) -> list[tuple[int, int]]:
    """Where in `passage` stands what is wanted; runs next to each other are one place, words of a fact between them."""
    found: list[tuple[int, int]] = []
    before = False
    for run in passage.runs:
        here = wanted(passage, run)
        if here and before:
            found[-1] = (found[-1][0], run.end)
        elif here:
            found.append((run.start, run.end))
        before = here or (before and run.span is not None and run.span.path == FACTS)
    return found


# So many characters on either side of words tell them from the same words elsewhere.
_BESIDE: Final = 40


def _around(text: str, start: int, end: int, first: int, last: int) -> tuple[str, ...]:
    """The words with what stands before them, and with what follows: a page may end between."""
    before, after = text[max(start, first - _BESIDE) : last], text[first : min(end, last + _BESIDE)]
    return tuple(dict.fromkeys(each for each in (before, after) if each.strip() and each != text[first:last])) or (
        (text[first:last],) if text[first:last].strip() else (text[start:end],)
    )


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
