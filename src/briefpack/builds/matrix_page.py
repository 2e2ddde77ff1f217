"""The matrix of a campaign as a document of our own making: laid out, tagged and finished like any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from briefpack import __version__
from briefpack.builds.environment import created
from briefpack.builds.making import Workshop
from briefpack.content.matrix import MatrixRow
from briefpack.diagnostics import Diagnostic
from briefpack.document import Block, Cell, Document, Heading, Inline, Paragraph, Table, TableColumn, TableRow, Text
from briefpack.geometry import MM
from briefpack.layout import Job, StyleSheet, lay_out
from briefpack.pdf import Metadata, finish, paint, part_of
from briefpack.project.layouts import LayoutSpec
from briefpack.project.theme import Theme

_MOST_PAGES: Final = 200
_SMALLEST: Final = 9.0

# A file says when it was made; of a campaign without briefs nothing says when that was.
_EPOCH: Final = date(2000, 1, 1)


def matrix_page(workshop: Workshop, rows: Sequence[MatrixRow]) -> tuple[bytes | None, tuple[Diagnostic, ...]]:
    """The bytes of the file, or None with the reasons: one table a language, a message a row, an audience a column."""
    campaign = workshop.project.campaign
    layout = _layout(workshop.project.theme)
    styles = StyleSheet(workshop.project.theme, layout.theme, workshop.faces, _SMALLEST)
    document = Document(
        name="message-matrix",
        title=f"Message matrix: {campaign.name}",
        language="en",
        audience="",
        layout="message-matrix",
        kind="Message matrix",
        body=_Writer(workshop).body(rows),
    )
    words = {"title": document.title, "kind": document.kind, "organisation": str(campaign.organisation)}
    job = Job(document, layout, styles, workshop.typesetter, workshop.files.read_bytes, words)
    result = lay_out(job)
    if result.laid_out is None:
        return None, result.diagnostics
    day = max((brief.date for brief in workshop.project.briefs.values()), default=None)
    metadata = Metadata(
        title=document.title,
        language=document.language,
        created=created(day or _EPOCH, None),
        author=str(campaign.organisation),
        subject="Which message is printed for whom, and where",
        producer=f"Briefpack {__version__}",
    )
    part = part_of(result.laid_out, paint(result.laid_out.pages, workshop.inks))
    return finish([part], metadata, workshop.inks), ()


# For a theme that has no style for tables.
_PLAIN_TABLE: Final = {"head": "body", "row_head": "body", "cell": "body", "padding": (1.9, 1.5)}


def _layout(theme: Theme) -> LayoutSpec:
    margins = {"top": 16 * MM, "right": 16 * MM, "bottom": 18 * MM, "left": 16 * MM}
    return LayoutSpec.model_validate(
        {
            "name": "Message matrix",
            "document_type": "Message matrix",
            "channel": "meeting",
            "margins": margins,
            "grid": {"columns": 12, "gutter": 5 * MM},
            "theme": {} if "table" in theme.table_styles else {"table_styles": {"table": _PLAIN_TABLE}},
            "fit": {"pages": _MOST_PAGES, "exactly": False, "fill": False},
            "foot": {"right": "Page {page} of {pages}", "left": "{organisation}", "offset": 9 * MM, "style": "body"},
        }
    )


class _Writer:
    """Writes the blocks, counting their ids; styles that the theme does not have are those of the body."""

    def __init__(self, workshop: Workshop) -> None:
        self.project = workshop.project
        self.count = 0

    def body(self, rows: Sequence[MatrixRow]) -> tuple[Block, ...]:
        blocks: list[Block] = [
            self._heading(1, f"Message matrix: {self.project.campaign.name}", "headline"),
            self._paragraph("Which message is printed for whom, and in which document."),
        ]
        languages = list(dict.fromkeys(row.language for row in rows))
        for language in languages:
            if len(languages) > 1:
                blocks.append(self._heading(2, f"Language: {language}", "heading-2"))
            blocks.append(self._table([row for row in rows if row.language == language]))
        gaps = [row for row in rows if row.gap]
        blocks.append(self._heading(2, f"{len(gaps)} gaps" if len(gaps) != 1 else "1 gap", "heading-2"))
        blocks += [self._paragraph(f"{row.message} for {self._audience(row)}: {row.gap}.") for row in gaps]
        return tuple(blocks)

    def _id(self) -> int:
        self.count += 1
        return self.count

    def _style(self, name: str) -> str:
        return name if name in self.project.theme.text_styles else "body"

    def _heading(self, level: int, text: str, style: str) -> Heading:
        return Heading(id=self._id(), style=self._style(style), level=level, content=_text(text))

    def _paragraph(self, text: str) -> Paragraph:
        return Paragraph(id=self._id(), style="body", content=_text(text))

    def _audience(self, row: MatrixRow) -> str:
        return str(self.project.campaign.audiences[row.audience].name)

    def _table(self, rows: Sequence[MatrixRow]) -> Table:
        id = self._id()
        audiences = list(dict.fromkeys(row.audience for row in rows))
        known = {(row.message, row.audience): row for row in rows}
        names = [str(self.project.campaign.audiences[audience].name) for audience in audiences]
        header = self._row(["Message", *names], heads=True)
        messages = dict.fromkeys(row.message for row in rows)
        body = tuple(
            self._row([message, *(_said(known.get((message, audience))) for audience in audiences)])
            for message in messages
        )
        columns = tuple(TableColumn() for _ in range(len(audiences) + 1))
        return Table(id=id, style="table", columns=columns, header=(header,), rows=body)

    def _row(self, cells: Sequence[str], *, heads: bool = False) -> TableRow:
        id = self._id()
        scopes = ["column"] * len(cells) if heads else ["row", *[""] * (len(cells) - 1)]
        made = tuple(
            Cell(id=self._id(), content=_text(cell), scope=scope) for cell, scope in zip(cells, scopes, strict=True)
        )
        return TableRow(id=id, cells=made)


def _said(row: MatrixRow | None) -> str:
    """What a cell says: where it is printed, or why it is nowhere."""
    if row is None:
        return "–"
    gap = f"{row.gap[0].upper()}{row.gap[1:]}" if row.gap else ""
    return ". ".join(part for part in (", ".join(row.documents), gap) if part)


def _text(text: str) -> tuple[Inline, ...]:
    return (Text(text),)
