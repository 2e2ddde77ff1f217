"""Answers about a campaign: where something is, what is said to whom, and whether a brief stands at a glance.

What lays documents out is imported when the campaign is open: a project that cannot be read is told of at once.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefpack.api.building import OUTPUT
from briefpack.api.choosing import open_files
from briefpack.api.report import Report
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, did_you_mean, either, finding
from briefpack.project.files import DiskFiles, source_lines
from briefpack.project.snapshots import keep_expressions

if TYPE_CHECKING:
    from briefpack.builds import Workshop
    from briefpack.builds.places import Place
    from briefpack.content.matrix import MatrixRow
    from briefpack.content.mentions import Kind, Mention
    from briefpack.content.scan import Scan
    from briefpack.project.load import Project


@dataclass(frozen=True, slots=True)
class Found:
    """Where the `kind` called `name` is: in files, on pages, and in PDFs that were made earlier.

    `packs` has the places in packs, on the pages of the pack; `pdfs` the path of a file and the pages, from 1, that
    have its words.
    """

    kind: Kind
    name: str
    mentions: tuple[Mention, ...]
    places: tuple[Place, ...]
    packs: tuple[Place, ...]
    pdfs: tuple[tuple[str, tuple[int, ...]], ...] = ()


def where(project: Path, name: str, *, pdf: bool = False) -> tuple[Report, tuple[Found, ...]]:
    """Everything of the campaign in the folder `project` that is a fact, a message or a source called `name`.

    With `pdf` the files in the output folder are read too. A name that there is not is among the diagnostics.

    >>> report, answers = briefpack.where(campaign, "hours-on-your-own")
    >>> answers[0].kind, [place.document for place in answers[0].places][:1]
    ('fact', ['clinicians'])
    """
    files, loaded = open_files(project)
    if loaded.project is None:
        return Report(loaded.diagnostics, source_lines(files)), ()
    from briefpack.builds.making import Workshop
    from briefpack.content.mentions import kind_of

    kinds = kind_of(loaded.project, name)
    found: list[Diagnostic] = [] if kinds else [_unknown(loaded.project, name)]
    workshop = Workshop.of(files, loaded.project)
    answers = tuple(_found(workshop, files, kind, name, found) for kind in kinds)
    if pdf:
        answers = tuple(_with_pdfs(project / OUTPUT, answer) for answer in answers)
    keep_expressions(loaded.project.snapshot)
    return Report(tuple(dict.fromkeys(found)), source_lines(files)), answers


def _unknown(project: Project, name: str) -> Diagnostic:
    known = [*project.facts, *project.messages, *project.sources]
    help = did_you_mean(name, known, "name an id from `facts.yaml`, `messages.yaml` or `sources.yaml`")
    valued = [fact for fact, each in project.facts.items() if each.value is not None and str(each.value) == _bare(name)]
    help = f"write {either(valued)}, whose value it is" if valued else help
    return finding("unknown-name", f"there is no fact, message or source `{name}`", help=help)


def _bare(number: str) -> str:
    """A number as a fact's file has it, without grouping."""
    return number.replace(",", "").replace(" ", "")


def _found(workshop: Workshop, files: DiskFiles, kind: Kind, name: str, found: list[Diagnostic]) -> Found:
    from briefpack.builds.places import places, places_in_pack
    from briefpack.content.mentions import mentions

    project = workshop.project
    named = mentions(files, project, kind, name)
    printed: list[Place] = []
    in_packs: list[Place] = []

    def lines(document: str) -> list[int]:
        return [item.span.line for item in named if item.span.path == project.path(document)]

    for brief in project.briefs:
        here, about = places(workshop, brief, kind, name, lines(brief))
        printed += here
        found += about
    for pack in project.packs:
        here, about = places_in_pack(workshop, pack, kind, name, lines)
        in_packs += here
        found += about
    return Found(kind, name, named, tuple(printed), tuple(in_packs))


def _with_pdfs(output: Path, answer: Found) -> Found:
    from briefpack.preflight import pages_with

    words = {words for place in (*answer.places, *answer.packs) for words in place.around}
    pdfs = []
    for path in sorted(output.rglob("*.pdf")):
        pages = pages_with(path.read_bytes(), sorted(words))
        pdfs += [(path.relative_to(output).as_posix(), pages)] if pages else []
    return replace(answer, pdfs=tuple(pdfs))


def matrix(project: Path, pdf: Path | None = None) -> tuple[Report, tuple[MatrixRow, ...]]:
    """Each message of the campaign in the folder `project`, for each audience and language, and where it is printed.

    With `pdf` the same is written there as a document; that it cannot be is among the diagnostics.

    >>> report, rows = briefpack.matrix(campaign)
    >>> rows[0].message, rows[0].audience, rows[0].language
    ('hours', 'policymakers', 'en')
    """
    files, loaded = open_files(project)
    if loaded.project is None:
        return Report(loaded.diagnostics, source_lines(files)), ()
    from briefpack.builds.making import Workshop, printed_in
    from briefpack.content.matrix import matrix as rows_of

    workshop = Workshop.of(files, loaded.project)
    found = list(loaded.diagnostics)
    printed: dict[str, frozenset[str]] = {}
    for name in loaded.project.briefs:
        printed[name], about = printed_in(workshop, name)
        found += about
    rows = rows_of(loaded.project, printed)
    if pdf is not None:
        _write_matrix(workshop, rows, pdf, found)
    keep_expressions(loaded.project.snapshot)
    return Report(tuple(dict.fromkeys(found)), source_lines(files)), rows


def _write_matrix(workshop: Workshop, rows: tuple[MatrixRow, ...], pdf: Path, found: list[Diagnostic]) -> None:
    from briefpack.builds.matrix_page import matrix_page
    from briefpack.builds.output import Unwritable, write_file

    data, about = matrix_page(workshop, rows)
    found += about
    if data is None:
        return
    try:
        write_file(pdf.parent, pdf.name, data)
    except Unwritable as error:
        found.append(error.diagnostic)


def scan(project: Path, name: str) -> tuple[Report, Scan | None]:
    """The brief `name` as somebody sees it who reads its title, main message, number, headings and call to action.

    None, and diagnostics that say why, when it cannot be read.

    >>> report, seen = briefpack.scan(campaign, "community")
    >>> seen.title
    'A peer can help with your diabetes'
    """
    files, loaded = open_files(project)
    if loaded.project is None:
        return Report(loaded.diagnostics, source_lines(files)), None
    from briefpack.builds.making import Workshop, read_brief
    from briefpack.content.scan import scan as scanned

    checked, about = read_brief(Workshop.of(files, loaded.project), name)
    if checked is None or checked.brief is None:
        return Report(about, source_lines(files)), None
    keep_expressions(loaded.project.snapshot)
    return Report((), source_lines(files)), scanned(checked.brief, checked.passages)
