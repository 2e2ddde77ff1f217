"""A meeting's papers laid out as one document: one run of page numbers, one set of running lines.

The front matter prints the pages that the papers begin on, and every page how many there are; so the
whole is laid out, the pages are counted, and it is laid out again until the numbers stay as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic
from briefpack.layout.drafts import Job, Numbering
from briefpack.layout.frames import LaidOut
from briefpack.layout.pages import Result, lay_out

# The second round settles it unless a page number itself changes how many pages there are.
_ROUNDS: Final = 4


@dataclass(frozen=True, slots=True)
class LaidOutPack:
    """The front matter and the papers, in order, or the diagnostics that say why there are none."""

    parts: tuple[LaidOut, ...]
    diagnostics: tuple[Diagnostic, ...]


def lay_out_pack(front: Job, papers: Sequence[Job]) -> LaidOutPack:
    """The pages of the pack. `front` and each of `papers` keep the fit contracts of their own layouts."""
    jobs = [front, *papers]
    counts = [0] * len(jobs)
    results: list[Result] = []
    for _ in range(_ROUNDS):
        results = [lay_out(job) for job in _numbered(jobs, counts)]
        found = [len(result.laid_out.pages) if result.laid_out else 0 for result in results]
        if 0 in found or found == counts:
            break
        counts = found
    parts = tuple(result.laid_out for result in results if result.laid_out is not None)
    diagnostics = tuple(item for result in results for item in result.diagnostics)
    return LaidOutPack(parts if len(parts) == len(jobs) else (), diagnostics)


def _numbered(jobs: Sequence[Job], counts: Sequence[int]) -> list[Job]:
    """The jobs with the page numbers that follow from `counts`, the pages of each."""
    firsts = [1 + sum(counts[:at]) for at in range(len(jobs))]
    papers = {job.document.name: first for job, first in zip(jobs, firsts, strict=True)}
    pages = sum(counts) or None
    return [replace(job, numbering=Numbering(first, pages, papers)) for job, first in zip(jobs, firsts, strict=True)]
