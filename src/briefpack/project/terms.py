"""The words that Briefpack writes itself, as a campaign may have them: in another language, or others than ours."""

from __future__ import annotations

import re
from typing import Annotated, Final

from pydantic import AfterValidator, Field, WithJsonSchema

from briefpack.project.fields import Unexpected, Word
from briefpack.project.validation import Model

_PLACE: Final = re.compile(r"\{[^{}]*\}")


def places(text: str) -> list[str]:
    """The places in `text` for what is filled in, such as `{number}`."""
    return sorted(_PLACE.findall(text))


def _schema(*names: str) -> WithJsonSchema:
    """The schema of words that have a place for each of `names`, and no other."""
    has = "".join(rf"(?=[^{{}}]*(\{{\w+\}}[^{{}}]*)*\{{{name}\}})" for name in names)
    return WithJsonSchema({"type": "string", "pattern": rf"^{has}[^{{}}]*(\{{\w+\}}[^{{}}]*){{{len(names)}}}$"})


def _with(*names: str) -> AfterValidator:
    """A validator of words that have a place for each of `names`, and no other."""
    wanted = sorted(f"{{{name}}}" for name in names)

    def validator(text: str) -> str:
        if places(text) == wanted:
            return text
        expected = " and ".join(f"`{name}`" for name in wanted) if wanted else "nothing to fill in"
        help = f"write {expected} where that is to stand" if wanted else "take the braces out"
        raise Unexpected("wrong-value", f"expected words with {expected}, found `{text}`", help)

    return AfterValidator(validator)


Plain = Annotated[Word, _with(), _schema()]
Numbered = Annotated[Word, _with("number"), _schema("number")]


class OwnTerms(Model):
    """The words of one language. What is left out is as Briefpack has it."""

    source: Numbered | None = Field(default=None, description="of a citation: `Source {number}`")
    note: Numbered | None = Field(default=None, description="of the mark of a footnote: `Note {number}`")
    back_to_note: Numbered | None = Field(
        default=None, description="of a footnote, back to its mark: `Back to note {number}`"
    )
    page: Plain | None = Field(default=None, description="before the number of a page: `page`")
    page_of_pages: Annotated[Word, _with("page", "pages"), _schema("page", "pages")] | None = Field(
        default=None, description="of a running line: `Page {page} of {pages}`"
    )
    paper: Numbered | None = Field(default=None, description="a paper of a pack: `Paper {number}`")
    paper_for: Annotated[Word, _with("kind", "audience"), _schema("kind", "audience")] | None = Field(
        default=None, description="what a paper is: `{kind}, for {audience}`"
    )
    sources: Plain | None = Field(default=None, description="over the list of sources: `Sources`")
    contact: Plain | None = Field(default=None, description="over a contact: `Contact`")
    code: Annotated[Word, _with("address"), _schema("address")] | None = Field(
        default=None, description="what a screen reader says of a QR code: `QR code that opens {address}`"
    )
    meeting_papers: Plain | None = Field(default=None, description="on the cover: `Papers for the meeting`")
    when: Plain | None = Field(default=None, description="on the cover: `When`")
    where: Plain | None = Field(default=None, description="on the cover: `Where`")
    for_: Plain | None = Field(default=None, description="on the cover: `For`")
    chair: Plain | None = Field(default=None, description="on the cover: `Chair`")
    agenda: Plain | None = Field(default=None, description="over the agenda: `Agenda`")
    papers: Plain | None = Field(default=None, description="over the list of papers: `Papers`")
    minutes: Numbered | None = Field(default=None, description="how long an item takes: `{number} minutes`")
    decision: Plain | None = Field(default=None, description="what an item is for: `For decision`")
    discussion: Plain | None = Field(default=None, description="what an item is for: `For discussion`")
    information: Plain | None = Field(default=None, description="what an item is for: `For information`")
    in_: Plain | None = Field(default=None, description="of a chapter: `In`")
    editor: Plain | None = Field(default=None, description="behind an editor: `editor`")
    editors: Plain | None = Field(default=None, description="behind several editors: `editors`")
    edition: Plain | None = Field(default=None, description="behind a number: `ed.`")
    internet: Plain | None = Field(default=None, description="behind the title of what is online: `Internet`")
    cited: Plain | None = Field(default=None, description="before the day it was read: `cited`")
    available: Plain | None = Field(default=None, description="before an address: `Available from`")
    undated: Plain | None = Field(default=None, description="of a work that says no date: `date unknown`")
    forthcoming: Plain | None = Field(default=None, description="of a work that is to appear: `Forthcoming`")
    report: Plain | None = Field(default=None, description="before the number of a report: `Report No.`")
    section: Plain | None = Field(default=None, description="before the section of a law: `Sect.`")
    pages: Plain | None = Field(default=None, description="before the pages of a chapter: `p.`")
