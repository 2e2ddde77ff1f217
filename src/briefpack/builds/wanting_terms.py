"""Words that Briefpack writes itself and has not in the language of a document that prints them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from briefpack.content import ResolvedBrief, ResolvedPack
from briefpack.content.terms import OF_REFERENCES, WORDS, Asked
from briefpack.diagnostics import Diagnostic, finding
from briefpack.document import Block, Figure, Footnote, Heading, Paragraph, Table, footnotes
from briefpack.document.walking import every_block
from briefpack.project.layouts import LayoutSpec
from briefpack.project.load import CAMPAIGN, Project
from briefpack.project.models import Brief, Pack

PAGE_OF_PAGES: Final = "page-of-pages"
"""The term that a running line names so."""


def wanting_terms(
    project: Project, made: ResolvedBrief | ResolvedPack, blocks: Iterable[Block], asked: Asked
) -> Iterator[Diagnostic]:
    """A warning when words that are not the author's are printed, and are not known in the language of the document."""
    terms = asked.terms
    if not terms.wanting:
        return
    layout = project.layouts[made.layout]
    furniture = f"{{{PAGE_OF_PAGES}}}"
    used = set(asked.used)
    used |= {"source", *OF_REFERENCES} if made.sources else set()
    used |= {"note", "back-to-note"} if any(_notes(blocks)) else set()
    used |= {PAGE_OF_PAGES} if any(furniture in text for text in _running_texts(layout)) else set()
    wanting = [name for name in terms if name in used & terms.wanting]
    if wanting:
        yield _finding(project, made, wanting)


def _finding(project: Project, made: ResolvedBrief | ResolvedPack, wanting: Sequence[str]) -> Diagnostic:
    own: Brief | Pack = project.briefs[made.name] if isinstance(made, ResolvedBrief) else project.packs[made.name]
    span = own.value_span("language") if own.language is not None else project.campaign.value_span("language")
    first = ", ".join(f"`{name}: {WORDS['en'][name]}`" for name in wanting[:2])
    more = f" and {len(wanting) - 2} more" if len(wanting) > 2 else ""
    message = f"Briefpack has no words of its own in `{made.language}`, and writes {first}{more} in English"
    help = f"write them under `terms: {{{made.language}: …}}` in `{CAMPAIGN}`"
    return finding("missing-terms", message, span, help=help)


def _notes(blocks: Iterable[Block]) -> Iterator[Footnote]:
    for block in every_block(blocks):
        match block:
            case Heading(content=content) | Paragraph(content=content):
                yield from footnotes(content)
            case Table(caption=caption, header=header, rows=rows):
                yield from footnotes(caption)
                yield from (note for row in (*header, *rows) for cell in row.cells for note in footnotes(cell.content))
            case Figure(caption=caption):
                yield from footnotes(caption)
            case _:
                pass


def _running_texts(layout: LayoutSpec) -> Iterator[str]:
    for line in (layout.head, layout.foot):
        for text in (line.left, line.center, line.right) if line is not None else ():
            if text is not None:
                yield text.text
