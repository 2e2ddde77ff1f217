"""A brief made for each row of a data file.

What makes copies is imported when the campaign is open: a project that cannot be read is told of at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefpack.api.building import OUTPUT, hands_of
from briefpack.api.choosing import begun, open_files
from briefpack.api.report import Report
from briefpack.builds import environment
from briefpack.builds.judging import Judging
from briefpack.builds.targets import Target
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding
from briefpack.project.data.reading import DataFile, hindrances, with_data
from briefpack.project.files import source_lines
from briefpack.project.forms import AS_DESIGNED, Form
from briefpack.project.load import brief_path
from briefpack.project.snapshots import keep_expressions

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from briefpack.builds import Progress
    from briefpack.builds.copies import CopiesMade
    from briefpack.builds.sites import Loading
    from briefpack.builds.survey import Rows

BadRows = Literal["stop", "skip"]


def copies(
    project: Path,
    names: Sequence[str],
    data: Path,
    name: str | None = None,
    output: Path | None = None,
    progress: Progress | None = None,
    *,
    form: Form = AS_DESIGNED,
    bad_rows: BadRows = "stop",
    merge: int | None = None,
    strict: bool = False,
    today: date | None = None,
    jobs: int = 1,
    fail_fast: bool = False,
    keep: bool = True,
    executor: str | Executor | None = None,
) -> Report:
    """Make a copy of the one brief that `names` choose for each row of `data`, a CSV, JSON Lines or Parquet file.

    The files are called as `name` says, such as `{{ clinic_id }}`, in a folder of the brief's name below `output`.
    `merge` is how many copies go into one file, 0 for all of them, None for a file each. With `bad_rows` "skip" rows
    that are not as the brief declares its columns are passed over, else none is made. What is up to date is left
    alone, unless `keep` is false. The others are those of `build`.

    Copies that others make, behind an `executor`, are sent back and written here.

    Raises ValueError for a `name` that names no column, or an address of a scheduler that is none.

    >>> brief = campaign / "briefs" / "community.yaml"
    >>> columns = "data: {clinic: {sample: Harbour Clinic}}\\nslots:"
    >>> said = brief.read_text(encoding="utf-8").replace("\\nslots:", f"\\n{columns}")
    >>> brief.write_text(said.replace("Call, email or", "Ask at {{ row.clinic }}, or"), encoding="utf-8") > 0
    True
    >>> clinics = campaign / "clinics.csv"
    >>> clinics.write_text("id,clinic\\nn,North Clinic\\ns,South Clinic\\n", encoding="utf-8") > 0
    True
    >>> report = briefpack.copies(campaign, ["community"], clinics, "{{ id }}")
    >>> report.copies.made
    2
    >>> [entry.path for entry in report.made]
    ['community/copies.csv']
    """
    folder = output if output is not None else project / OUTPUT
    judging = Judging(today or environment.today(), strict)
    asked = _asked(project, names, data, name, form)
    if isinstance(asked, Report):
        return asked
    from briefpack.builds.copies import Copies, Wish
    from briefpack.builds.sites import Site

    wish = Wish(bad_rows == "skip", merge, fail_fast, keep)
    hands = hands_of(jobs, executor)
    if isinstance(hands, Diagnostic):
        return Report((*asked.loading.found, hands), asked.lines)
    site = Site(project, folder)
    made = Copies(site, asked.loading, judging, asked.target, asked.rows, wish, hands, progress).run()
    entries = (made.listing,) if made.listing is not None else ()
    return replace(asked.report(made, strict=strict), made=entries, current=made.current)


def check_copies(
    project: Path,
    names: Sequence[str],
    data: Path,
    name: str | None = None,
    progress: Progress | None = None,
    *,
    form: Form = AS_DESIGNED,
    rows: int | None = None,
    strict: bool = False,
    today: date | None = None,
    jobs: int = 1,
) -> Report:
    """What `copies` would find, without making a file: of all rows, or of about as many as `rows` says.

    A sample has the first row, the last, and those with the longest cells, which fit worst.
    """
    asked = _asked(project, names, data, name, form)
    if isinstance(asked, Report):
        return asked
    from briefpack.builds.copies import Copies, Wish
    from briefpack.builds.sites import Site

    judging = Judging(today or environment.today(), strict)
    hands = hands_of(jobs)
    assert not isinstance(hands, Diagnostic), "processes can always be had"
    site = Site(project, project / OUTPUT)
    made = Copies(site, asked.loading, judging, asked.target, asked.rows, Wish(), hands, progress).check(rows)
    return asked.report(made, strict=strict)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The brief that copies are asked of, and the rows."""

    loading: Loading
    target: Target
    rows: Rows

    @property
    def lines(self) -> Callable[[str], Sequence[str]]:
        return source_lines(self.loading.files)

    def report(self, made: CopiesMade, *, strict: bool) -> Report:
        from briefpack.content.checks import settled

        keep_expressions(self.loading.project.snapshot)
        found = settled(self.loading.project, [*self.loading.found, *made.found], strict=strict)
        return Report(
            tuple(dict.fromkeys(found)),
            with_data(self.lines, self.rows.data),
            targets=(self.target,),
            looked_at=made.made + made.current + made.failed,
            notes=_notes(made),
            copies=made,
        )


def _asked(project: Path, names: Sequence[str], data: Path, name: str | None, form: Form) -> _Asked | Report:
    """The one brief that `names` choose, with the rows of `data`; or why there is none."""
    files, loaded = open_files(project)
    found, known, chosen = begun(loaded, names, form)
    lines = source_lines(files)
    if known is None:
        return Report(found, lines)
    from briefpack.builds.naming import Pattern
    from briefpack.builds.sites import Loading
    from briefpack.builds.survey import Rows

    if len(chosen) != 1 or chosen[0].kind != "brief":
        return Report((*found, _not_one(chosen)), lines)
    (target,) = chosen
    brief, read = known.briefs[target.document], DataFile(data, _called(data, project))
    if not brief.data:
        help = "declare them under `data:`, each with a `sample:`"
        message = f"the brief `{target.document}` declares no columns to print"
        undeclared = finding("missing-column", message, path=brief_path(target.name), help=help)
        return Report((*found, undeclared, *hindrances(read, {})), with_data(lines, read))
    pattern = Pattern.read(name, brief.data) if name is not None else None
    loading = Loading(files, known, found, dict(files.reads))
    return _Asked(loading, target, Rows(read, brief.data, target.document, pattern))


def _not_one(chosen: Sequence[Target]) -> Diagnostic:
    names = " and ".join(f"`{target.id}`" for target in chosen[:3])
    message = f"copies are made of one brief, and this chooses {names}" if chosen else "copies are made of one brief"
    return finding("nothing-selected", message, help="name one brief before `--data`")


def _called(data: Path, project: Path) -> str:
    """What findings call the data file: its path from the project."""
    try:
        return Path(os.path.relpath(data, project)).as_posix()
    except ValueError:  # on another drive
        return data.as_posix()


def _notes(made: CopiesMade) -> tuple[str, ...]:
    """What there is to say besides findings."""
    notes: list[str] = []
    if made.unlisted:
        rules = ", ".join(f"{rule} {count:,}" for rule, count in sorted(made.unlisted.items()))
        notes.append(f"there is more of the same in other rows: {rules}")
    if made.left_over:
        files = "file" if made.left_over == 1 else "files"
        notes.append(f"{made.left_over:,} {files} of rows that are no more were left where they are")
    return tuple(notes)
