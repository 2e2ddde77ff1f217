"""Making copies: what a worker does with some rows of a data file.

In goes a piece of work, out come rows with what was made of them. On one machine the files are written here, each
whole or not at all, so that no bytes travel between processes; a worker elsewhere gives them back to who asked. What
a copy has to say that its brief says by itself is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from briefpack.builds.hands import Source, at_work
from briefpack.builds.knowing import as_wholes
from briefpack.builds.maker import Maker
from briefpack.builds.outcomes import Why
from briefpack.builds.output import Unwritable, sha256, write_file
from briefpack.builds.signs import Sign, sign_of
from briefpack.builds.survey import Asked
from briefpack.builds.targets import Target
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Severity, Span

Known = frozenset[tuple[str, Span | str | None]]
"""The rules and places of what is said of a brief by itself."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file to be made: its path below the folder of the copies, and the copies in it."""

    path: str
    copies: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class CopyWork:
    """Files for one worker. `folder` is that of the copies, empty for one that cannot write there; `known` is what need
    not be said again. With `dry` none is made, and only what there is to say is asked for."""

    target: Target
    folder: str
    known: Known
    sheets: tuple[Sheet, ...]
    merged: bool = False
    dry: bool = False


@dataclass(frozen=True, slots=True)
class SheetMade:
    """A file made, or not: `pages` and `found` are those of each copy, `sha256` is empty where there is no file.

    `reason` is why a file with sound copies could not be written; `data` is a file that is still to be.
    """

    sheet: Sheet
    pages: tuple[int, ...]
    found: tuple[tuple[Diagnostic, ...], ...]
    sha256: str = ""
    size: int = 0
    sign: Sign | None = None
    reason: Diagnostic | None = None
    data: bytes | None = None

    def written(self, folder: str) -> SheetMade:
        """This with its file in `folder`; where it cannot be written, with the reason."""
        if self.data is None:
            return self
        try:
            write_file(Path(folder), self.sheet.path, self.data)
        except Unwritable as error:
            return replace(self, data=None, reason=error.diagnostic)
        sign = sign_of(f"{folder}/{self.sheet.path}")
        return replace(self, data=None, sha256=sha256(self.data), size=len(self.data), sign=sign)


@dataclass(frozen=True, slots=True)
class Copied:
    """What became of a piece of work, the keys of what was read, and the digests of the files among it.

    `why` says why it was not made, if so.
    """

    sheets: tuple[SheetMade, ...] = ()
    keys: frozenset[str] = frozenset()
    inputs: Mapping[str, str] | None = None
    why: Why = "made"


def make_copies(source: Source, work: CopyWork) -> Copied:
    """Do `work` for the project at `source`; what a worker is asked to do."""
    with at_work(source) as maker:
        return copied(maker, work) if isinstance(maker, Maker) else Copied(why=maker)


def copied(maker: Maker, work: CopyWork) -> Copied:
    """`work` done by `maker`."""
    made: list[SheetMade] = []
    keys: frozenset[str] = frozenset()
    inputs: Mapping[str, str] = {}
    for sheet in work.sheets:
        one, read, inputs = _merged(maker, work, sheet) if work.merged else _single(maker, work, sheet)
        made.append(one)
        keys |= read
    return Copied(tuple(made), as_wholes(keys), inputs)


def _single(maker: Maker, work: CopyWork, sheet: Sheet) -> tuple[SheetMade, frozenset[str], Mapping[str, str]]:
    (asked,) = sheet.copies
    noted = maker.copy(work.target, asked.row, dry=work.dry)
    found = (_of_row(noted.made.diagnostics, asked, work.known),)
    pages = (noted.made.pages if noted.made.data is not None else 0,)
    return _written(work, sheet, noted.made.data, pages, found), noted.keys, noted.made.inputs


def _merged(maker: Maker, work: CopyWork, sheet: Sheet) -> tuple[SheetMade, frozenset[str], Mapping[str, str]]:
    merged, keys = maker.merge(work.target, [(asked.name, asked.row) for asked in sheet.copies])
    found = tuple(_of_row(said, asked, work.known) for said, asked in zip(merged.found, sheet.copies, strict=True))
    made = _written(work, sheet, merged.made.data, merged.pages, found)
    if merged.made.diagnostics:
        made = replace(made, reason=merged.made.diagnostics[0])
    return made, keys, merged.made.inputs


def _written(
    work: CopyWork,
    sheet: Sheet,
    data: bytes | None,
    pages: Sequence[int],
    found: Sequence[tuple[Diagnostic, ...]],
) -> SheetMade:
    made = SheetMade(sheet, tuple(pages), tuple(found), data=data)
    return made.written(work.folder) if work.folder else made


def _of_row(found: Sequence[Diagnostic], asked: Asked, known: Known) -> tuple[Diagnostic, ...]:
    """What is said of a copy and not of its brief, with the place of its row."""
    return tuple(
        replace(item, related=(*item.related, (asked.row.span, "in the copy for this row")))
        for item in found
        if item.severity is Severity.ERROR or (item.rule, item.span or item.path) not in known
    )


def known_of(found: Sequence[Diagnostic]) -> Known:
    """What of `found`, said of a brief by itself, need not be said again of each copy."""
    return frozenset((item.rule, item.span or item.path) for item in found)


def errors(found: Sequence[Diagnostic]) -> Iterator[Diagnostic]:
    return (item for item in found if item.severity is Severity.ERROR)
