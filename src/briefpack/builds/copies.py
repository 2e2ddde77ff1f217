"""Copies: a brief made for each row of a data file.

In come a brief and rows, out come files, a list of them in the order of the rows, and one entry of the manifest.
Rows are read, given out and forgotten: nothing here grows with their number but the records on disk. All rows are
looked at before the first copy is made; a copy that cannot be made is reported with its row, and the others go on.
"""

from __future__ import annotations

import csv
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import islice
from pathlib import Path
from typing import Final

from briefpack.builds import environment
from briefpack.builds.build import Progress, not_made
from briefpack.builds.copy_records import CopyRecords, Listed, open_records
from briefpack.builds.copying import Copied, CopyWork, Known, Sheet, SheetMade, copied, errors, known_of, make_copies
from briefpack.builds.hands import Hands, do_each, lend
from briefpack.builds.judging import Judging
from briefpack.builds.knowing import as_wholes
from briefpack.builds.maker import Maker
from briefpack.builds.outcomes import Lost, Unreachable
from briefpack.builds.output import Entry, Unwritable, make_folder, write_manifest
from briefpack.builds.present import Present
from briefpack.builds.signs import hash_of, sign_of
from briefpack.builds.sites import Loading, Site
from briefpack.builds.survey import LISTED, Rows, Survey, as_warnings
from briefpack.builds.targets import Target
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Severity, Stopped, finding
from briefpack.project.load import brief_path

LISTING: Final = "copies.csv"
"""The list of all copies, in their folder."""

# Copies given to a worker at once: few enough that all have something to do to the end.
_CHUNK: Final = 24

_STRICT: Final = "strict"


@dataclass(frozen=True, slots=True)
class Wish:
    """How copies are wanted: rows that are not in order passed over or not; in files of one, or merged.

    `merge` is None for a file each, 0 for all in one file, else how many go into one.
    """

    skip: bool = False
    merge: int | None = None
    fail_fast: bool = False
    keep: bool = True


@dataclass(slots=True)
class CopiesMade:
    """What was done: how many copies were made, were up to date, have a row that was passed over, or failed."""

    made: int = 0
    current: int = 0
    skipped: int = 0
    failed: int = 0
    files: int = 0
    left_over: int = 0
    listing: Entry | None = None
    found: list[Diagnostic] = field(default_factory=list)
    unlisted: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Copies:
    """The copies of `target`, a brief, for `rows`."""

    site: Site
    loading: Loading
    judging: Judging
    target: Target
    rows: Rows
    wish: Wish = Wish()
    hands: Hands | None = None
    progress: Progress | None = None
    _done: CopiesMade = field(default_factory=CopiesMade)
    _seen: set[tuple[object, ...]] = field(default_factory=set)
    _failed_rows: int = 0
    _reads: dict[str, str] = field(default_factory=dict)
    _pages: int = 0
    _size: int = 0

    def run(self) -> CopiesMade:
        """Make what of the copies is not up to date."""
        maker = Maker(self.loading.files, self.loading.project, self.judging)
        # Not dry: the copies are noted with all that pages are made from, faces too.
        alone = maker.make(self.target)
        self._done.found += alone.made.diagnostics
        if alone.made.failed:
            self._done.found += (
                self.rows.hindrances()
            )  # the rows themselves are looked at when there is a brief for them
            return self._done
        try:
            survey = self._survey()
            if survey is not None:
                folder = self.site.output / Path(alone.made.path).with_suffix("")
                make_folder(folder)
                self._reads = dict(alone.made.inputs)
                self._make(maker, survey, folder, as_wholes(alone.keys), known_of(alone.made.diagnostics))
        except Stopped as stopped:
            self._done.found += stopped.diagnostics
        except (Unwritable, Unreachable) as error:
            self._done.found.append(error.diagnostic)
        return self._done

    def check(self, count: int | None = None) -> CopiesMade:
        """See what there is to say of the copies, of `count` of them or of all, and make none.

        Rows that are not in order are told, and the others looked at all the same.
        """
        maker = Maker(self.loading.files, self.loading.project, self.judging)
        alone = maker.make(self.target, dry=True)
        self._done.found += alone.made.diagnostics
        if alone.made.failed:
            self._done.found += (
                self.rows.hindrances()
            )  # the rows themselves are looked at when there is a brief for them
            return self._done
        try:
            survey = self._survey(stop=False)
            if survey is not None:
                asked = self.rows.asked(survey) if count is None else self.rows.sample(survey, count)
                sheets = self._told((Sheet(each.path, (each,)) for each in asked), count or survey.count)
                for found in self._outcomes(maker, sheets, None, known_of(alone.made.diagnostics)):
                    self._look(found)
        except Stopped as stopped:
            self._done.found += stopped.diagnostics
        except Unreachable as error:
            self._done.found.append(error.diagnostic)
        return self._done

    def _told(self, sheets: Iterator[Sheet], count: int) -> Iterator[Sheet]:
        for at, sheet in enumerate(sheets, 1):
            if self.progress is not None:
                self.progress(min(at, count), count, sheet.copies[-1].name)
            yield sheet

    def _look(self, found: Copied) -> None:
        """Note what there is to say of copies that are not made."""
        if found.why != "made":
            self._done.found.append(not_made(self.target, found.why))
            self._done.failed += 1
        for said in (said for sheet in found.sheets for said in sheet.found):
            failed = any(errors(said))
            self._done.failed += failed
            self._done.made += not failed
            self._say(said)

    def _survey(self, *, stop: bool = True) -> Survey | None:
        """All rows looked at; None when they stop the build."""
        survey = self.rows.survey()
        self._done.skipped = survey.bad
        if survey.bad > LISTED:
            self._done.unlisted["bad-row"] += survey.bad - LISTED
        self._done.found += as_warnings(survey.found) if self.wish.skip else survey.found
        if survey.bad and stop and not self.wish.skip:
            return None
        if not survey.count:
            help = "put a row below the header"
            message = "the data file has no row to make a copy for"
            raise Stopped((finding("data-unreadable", message, path=self.rows.data.path, help=help),))
        return survey

    def _make(self, maker: Maker, survey: Survey, folder: Path, keys: frozenset[str], known: Known) -> None:
        before = sign_of(str(self.rows.data.file))
        with open_records(self.site.root, folder if self.wish.keep else None) as records:
            present = self._present()
            read = {name: present.digest(name) for name in records.inputs() if name != _STRICT}
            records.start(self._inputs(present, keys), {**read, _STRICT: str(self.judging.strict)})
            sheets = self._stale(self._sheets(survey), folder, records, survey.count)
            for found in self._outcomes(maker, sheets, folder, known):
                self._take(found, folder, records, present)
                if self.wish.fail_fast and self._done.failed:
                    break
            if before != sign_of(str(self.rows.data.file)):
                message = "the data file changed while copies were made"
                self._done.found.append(
                    finding("campaign-changed", message, path=self.rows.data.path, help="build again")
                )
            self._list(records, folder)
            self._done.left_over = 0 if self.wish.fail_fast and self._done.failed else records.left_over()

    def _present(self) -> Present:
        made_with = environment.kept_digest(self.loading.project.snapshot) if self.wish.keep else ""
        return Present(self.loading.files, self.loading.project, made_with, environment.epoch(), self.judging.today)

    def _inputs(self, present: Present, keys: frozenset[str]) -> dict[str, str]:
        return {**present.digests(present.closed(keys)), _STRICT: str(self.judging.strict)}

    # ---------------------------------------------------------------------------------------- giving out

    def _sheets(self, survey: Survey) -> Iterator[Sheet]:
        """The files to be made, in the order of their rows."""
        asked = self.rows.asked(survey)
        if self.wish.merge is None:
            yield from (Sheet(each.path, (each,)) for each in asked)
            return
        size = self.wish.merge or survey.count
        count = -(-survey.count // size)
        for at in range(1, count + 1):
            part = f"-{at:0{len(str(count))}}-of-{count}" if count > 1 else ""
            copies = tuple(islice(asked, size))
            if copies:
                yield Sheet(f"merged{part}.pdf", copies)

    def _stale(self, sheets: Iterator[Sheet], folder: Path, records: CopyRecords, count: int) -> Iterator[Sheet]:
        """Those of `sheets` that are not up to date; the others are noted."""
        given = 0
        for sheet in sheets:
            given += len(sheet.copies)
            found = records.current(folder, sheet)
            if found is None:
                if self.progress is not None:
                    self.progress(given, count, sheet.copies[-1].name)
                yield sheet
                continue
            self._done.current += len(sheet.copies)
            self._say(found)

    def _outcomes(self, maker: Maker, sheets: Iterator[Sheet], folder: Path | None, known: Known) -> Iterator[Copied]:
        """What becomes of `sheets`, as it is ready; without a `folder` only what there is to say of them."""
        work = self._works(sheets, folder, known)
        if self.hands is None:
            yield from (copied(maker, one) for _, one in work)
            return
        source = self.hands.source(self.loading, self.site, self.judging)
        lend(source, maker)
        for _, found in do_each(self.hands, source, make_copies, work):
            if isinstance(found, Lost):
                self._done.failed += 1
                self._done.found.append(_lost(self.target))
            else:
                yield found

    def _works(self, sheets: Iterator[Sheet], folder: Path | None, known: Known) -> Iterator[tuple[int, CopyWork]]:
        merged = self.wish.merge is not None
        near = self.hands is None or self.hands.local
        there = str(folder.resolve()) if folder is not None and near else ""
        place = 0
        while some := tuple(islice(sheets, 1 if merged else _CHUNK)):
            yield place, CopyWork(self.target, there, known, some, merged, dry=folder is None)
            place += 1

    # -------------------------------------------------------------------------------------------- taking

    def _take(self, found: Copied, folder: Path, records: CopyRecords, present: Present) -> None:
        """Note what became of some copies."""
        if found.why != "made":
            self._done.found.append(not_made(self.target, found.why))
            self._done.failed += 1
            return
        sheets = [made.written(str(folder)) for made in found.sheets]
        records.add_inputs(self._inputs(present, found.keys))
        records.keep(sheets)
        self._reads |= found.inputs or {}
        for made in sheets:
            self._note(made)

    def _note(self, made: SheetMade) -> None:
        for found, pages in zip(made.found, made.pages, strict=True):
            self._done.made += bool(pages and made.sha256)
            self._done.failed += not (pages and made.sha256)
            self._say(found)
        if made.reason is not None:
            self._done.found.append(made.reason)

    def _say(self, found: Sequence[Diagnostic]) -> None:
        """List what is said of a copy: errors of the first rows, and a warning once for its place in the brief."""
        failed = any(errors(found))
        self._failed_rows += failed
        for item in found:
            place = (item.rule, item.span or item.path)
            fresh = place not in self._seen
            if item.severity is Severity.ERROR and self._failed_rows <= LISTED:
                self._done.found.append(item)
            elif item.severity is not Severity.ERROR and fresh and len(self._seen) < LISTED:
                self._done.found.append(item)
                self._seen.add(place)
            else:
                self._done.unlisted[item.rule] += 1

    # ------------------------------------------------------------------------------------------- listing

    def _list(self, records: CopyRecords, folder: Path) -> None:
        """Write the list of all copies, and its entry in the manifest."""
        path = folder / LISTING
        pages, count, files = _write_listing(path, records.listed())
        self._done.files = files
        if not count:
            path.unlink(missing_ok=True)
            return
        self._done.listing = Entry(
            path=path.relative_to(self.site.output).as_posix(),
            kind="copies",
            name=self.target.document,
            title=self.target.title,
            sha256=hash_of(str(path)) or "",
            size=path.stat().st_size,
            pages=pages,
            inputs={**self._reads, f"data:{self.rows.data.file.name}": hash_of(str(self.rows.data.file)) or ""},
            form=self.target.form.asked(),
        )
        write_manifest(self.site.output, [self._done.listing], keep=True)


def _write_listing(path: Path, copies: Iterator[Listed]) -> tuple[int, int, int]:
    """Write the list of `copies`, whole or not at all: the pages, the copies and the files that it has.

    Raises Unwritable.
    """
    pages = count = files = 0
    last = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file, lineterminator="\n")
                rows.writerow(("line", "name", "file", "first page", "last page", "size", "sha256"))
                for copy in copies:
                    place = (copy.line, copy.name, copy.path, copy.first, copy.last, copy.size, copy.sha256)
                    rows.writerow(place)
                    pages, count = pages + copy.last - copy.first + 1, count + 1
                    files, last = files + (copy.path != last), copy.path
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"`{path.name}` cannot be written: {reason}"
        help = "close the file if another program has it open, or name another folder with `--output`"
        raise Unwritable(finding("unwritable-output", message, path=str(path.parent), help=help)) from None
    return pages, count, files


def _lost(target: Target) -> Diagnostic:
    return finding(
        "worker-lost",
        f"the process that made copies of `{target.id}` died, twice",
        path=brief_path(target.document),
        help="look whether the machine ran out of memory, or make them with `--jobs 1`",
    )
