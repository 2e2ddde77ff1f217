"""Columns that are too narrow: for a letter, which is an error, or for a word, which is divided there without a hyphen.

Text of scripts that part words by spaces is meant; lines of the others may end in most places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding
from briefpack.document import Document, Table, Tag, plain_text
from briefpack.document.walking import every_block, table_span
from briefpack.geometry import Rect
from briefpack.layout.boxes import Dressed
from briefpack.layout.drafts import Job
from briefpack.layout.frames import Frame, TextFrame
from briefpack.layout.regions import page_area
from briefpack.layout.styles import Setting
from briefpack.layout.tables import TableBox
from briefpack.text import Line

# Widths are sums of many glyphs; in points.
_EXACT: Final = 0.05

# A column of more ems is no narrow one: what is divided there is no word.
_NARROW: Final = 14.0

# No letter is much wider, in ems; a line that has room for one was ended by the author.
_LETTER: Final = 1.2

# Letters of scripts that have spaces between words come before Thai.
_SPACED: Final = "\u0e00"

# A caption or a word is named by as many characters of it.
_NAME: Final = 40


def too_wide(frames: Iterable[Frame], area: Rect) -> TextFrame | None:
    """The first text that leaves the margins at the side or its own column, as where that is narrower than a letter."""
    edge = area.right + 1
    for frame in frames:
        if isinstance(frame, TextFrame):
            bounds = frame.bounds
            right = bounds.x + bounds.width
            if right > edge or bounds.width <= 0:
                return frame
            right += _EXACT
            for start, line in zip(frame.starts, frame.lines, strict=True):
                if start + line.width > right:
                    return frame
    return None


def too_many_columns(job: Job, text: TextFrame) -> Diagnostic:
    """`text` stands in a column that its page is not wide enough for."""
    table = _table_with(job.document, text.tag)
    if table is None:
        message = f"`{job.document.name}` has more columns side by side than its page is wide for"
        path = f"layouts/{job.document.layout}/template.xml.j2"
        return finding("overset", message, path=path, help="take columns out of the row")
    crowded = _crowded(job, table)
    if crowded is None:
        message = f"{_named(table)} of `{job.document.name}` has more columns than its page is wide for: "
        message += str(len(table.columns))
        return at_table(job, table, "overset", message, "take columns out of the table")
    message = f"{_named(table)} of `{job.document.name}` has {crowded.told}"
    return at_table(job, table, "overset", message, crowded.help)


def has_divided_words(frames: Iterable[Frame]) -> bool:
    """Whether a word of `frames` is divided for want of room."""
    return any(isinstance(frame, TextFrame) and _divided(frame) for frame in frames)


def divided_words(job: Job, frames: Iterable[Frame]) -> tuple[Diagnostic, ...]:
    """A warning for each table with words that are divided for want of room, and one for all other such columns."""
    texts = [frame for frame in frames if isinstance(frame, TextFrame) and _divided(frame)]
    found: dict[int | None, Diagnostic] = {}
    for text in texts:
        table = _table_with(job.document, text.tag)
        found.setdefault(table.id if table is not None else None, _too_narrow(job, table, _divided(text) or ""))
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Crowded:
    """A table in a measure of `width` points that has no room for its words, such as `word`.

    `page` is how wide the text of its page is, and `lying` of that page on its long side.
    """

    table: Table
    box: TableBox
    width: float
    word: str
    page: float
    lying: float

    @property
    def named(self) -> str:
        return _named(self.table)

    @property
    def count(self) -> int:
        return len(self.table.columns)

    @property
    def fits(self) -> int:
        """How many columns, from the first on, have room for their words."""
        return sum(need <= self.width + _EXACT for need in self.box.needs())

    @property
    def told(self) -> str:
        """What there is, to go on after `the table has`."""
        if not self.fits:
            return f"a word that is wider than it: `{shortened(self.word)}`"
        return f"{self.count} columns, and room for the words of {self.fits}"

    @property
    def help(self) -> str:
        out = self.count - self.fits
        several = "two tables" if out <= self.fits else "several tables"
        fewer: tuple[str, ...] = ()
        if self.fits:
            fewer = (f"take out {out} column{'s' if out > 1 else ''}", f"make {several} of it")
        *ways, last = (*self._wider(), *fewer, "write shorter words")
        return f"{', '.join(ways)}, or {last}" if len(ways) > 1 else " or ".join((*ways, last))

    def _wider(self) -> Iterator[str]:
        """Where it would have room."""
        need = self.box.needs()[-1]
        if need <= self.page and self.width < self.page - 1:
            yield "put the table where it is as wide as the page"
        elif need <= self.lying:
            yield "write `landscape` behind the layout's `paper:`"

    def gain(self, setting: Setting) -> float:
        """By how many points the table would be less tall if it had room for its words."""
        wide = self.box.needs()[-1]
        return self.box.height(self.width, setting) - self.box.height(wide, setting)


def crowded_tables(job: Job) -> list[Crowded]:
    """The tables of a document that have no room for their words."""
    tables = [block for block in every_block(job.document.body) if isinstance(block, Table)]
    return [each for each in (_crowded(job, table) for table in tables) if each is not None]


def crowded_table(job: Job, crowded: Crowded) -> Diagnostic:
    """What `divided_words` would say of a table of a document that does not fit."""
    return _too_narrow(job, crowded.table, crowded.word)


def _crowded(job: Job, table: Table) -> Crowded | None:
    kept = job.typesetter.boxes.find(table)
    box = kept[0][1] if kept is not None else None
    while isinstance(box, Dressed):
        box = box.child
    found = box.crowded() if isinstance(box, TableBox) else None
    if found is None or not isinstance(box, TableBox):
        return None
    text, width = found
    word = max(text.prepared.text.split(), key=len, default="")
    area, sheet = page_area(job.layout), job.layout.size
    return Crowded(table, box, width, word, area.width, area.width + max(0.0, sheet.height - sheet.width))


def _divided(text: TextFrame) -> str | None:
    """The first word that is divided without a hyphen in a narrow column."""
    lines = text.lines
    if len(lines) < 2 or text.bounds.width > _NARROW * lines[0].segments[0].size:
        return None
    word = ""
    for above, below in pairwise(lines):
        if _goes_on(above, below, text.bounds.width):
            word = (word or above.text.split()[-1]) + below.text.split()[0]
            if len(below.text.split()) == 1:
                continue
        if word:
            break
    return word or None


def _goes_on(above: Line, below: Line, width: float) -> bool:
    """Whether the line `below` begins amid the word that `above` ends in, which is as full as it can be."""
    if not (above.text[-1:].isalpha() and below.text[:1].isalpha() and above.text[-1] < _SPACED):
        return False
    return above.width > width - _LETTER * above.segments[0].size


def _too_narrow(job: Job, table: Table | None, word: str) -> Diagnostic:
    if table is None:
        message = f"`{job.document.name}` has a column too narrow for its words: `{shortened(word)}` is divided"
        help = "write shorter words, or put fewer columns side by side"
        path = f"layouts/{job.document.layout}/template.xml.j2"
        return finding("narrow-column", message, path=path, help=help)
    crowded = _crowded(job, table)
    if crowded is None:
        message = f"{_named(table)} has a column too narrow for its words: `{shortened(word)}` is divided"
        return at_table(job, table, "narrow-column", message, "take columns out, or write shorter words")
    divided = f": `{shortened(word)}` is divided" if crowded.fits else ""
    message = f"{_named(table)} has {crowded.told}{divided}"
    return at_table(job, table, "narrow-column", message, crowded.help)


def at_table(job: Job, table: Table, rule: str, message: str, help: str) -> Diagnostic:
    """A finding where the author wrote `table`, or else in the template."""
    span = table_span(table)
    path = None if span else f"layouts/{job.document.layout}/template.xml.j2"
    return finding(rule, message, span, path=path, help=help)


def _named(table: Table) -> str:
    return f"the table `{shortened(plain_text(table.caption))}`" if table.caption else "a table"


def _table_with(document: Document, tag: Tag | None) -> Table | None:
    tables = (block for block in every_block(document.body) if isinstance(block, Table))
    return next((table for table in tables if tag is not None and tag.node in _cells(table)), None)


def _cells(table: Table) -> set[int]:
    return {cell.id for row in (*table.header, *table.rows) for cell in row.cells}


def shortened(text: str) -> str:
    """`text`, or as many words of it as name it."""
    if len(text) <= _NAME:
        return text
    return f"{text[:_NAME].rsplit(' ', 1)[0]}…"
