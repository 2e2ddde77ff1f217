"""The words that Briefpack writes itself, as a campaign may have them: in another language, or others than ours.

Read by hand: a model of as many fields would take longer to define than a short command has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final

from briefpack.diagnostics import Diagnostic, finding, suggest
from briefpack.expressions import expression
from briefpack.project.declaring import JsonSchema, plain
from briefpack.project.fields import Fields, found, remedy, wrong
from briefpack.project.tree import Yaml, YamlMapping, YamlScalar

TERMS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "source": "of a citation: `Source {number}`",
        "note": "of the mark of a footnote: `Note {number}`",
        "back-to-note": "of a footnote, back to its mark: `Back to note {number}`",
        "page": "before the number of a page: `page`",
        "page-of-pages": "of a running line: `Page {page} of {pages}`",
        "paper": "a paper of a pack: `Paper {number}`",
        "paper-for": "what a paper is: `{kind} · {audience}`",
        "sources": "over the list of sources: `Sources`",
        "contact": "over a contact: `Contact`",
        "code": "what a screen reader says of a QR code: `QR code that opens {address}`",
        "meeting-papers": "on the cover: `Papers for the meeting`",
        "when": "on the cover: `When`",
        "where": "on the cover: `Where`",
        "for": "on the cover: `For`",
        "chair": "on the cover: `Chair`",
        "agenda": "over the agenda: `Agenda`",
        "papers": "over the list of papers: `Papers`",
        "minutes": "how long an item takes: `{number} minutes`",
        "decision": "what an item is for: `For decision`",
        "discussion": "what an item is for: `For discussion`",
        "information": "what an item is for: `For information`",
        "in": "of a chapter: `In`",
        "editor": "behind an editor: `editor`",
        "editors": "behind several editors: `editors`",
        "edition": "behind a number: `ed.`",
        "internet": "behind the title of what is online: `Internet`",
        "cited": "before the day it was read: `cited`",
        "available": "before an address: `Available from`",
        "undated": "of a work that says no date: `date unknown`",
        "forthcoming": "of a work that is to appear: `Forthcoming`",
        "report": "before the number of a report: `Report No.`",
        "section": "before the section of a law: `Sect.`",
        "pages": "before the pages of a chapter: `p.`",
    }
)

if TYPE_CHECKING:
    from pydantic import ValidationInfo
"""What each term is for, and what it is in English; a term in another language has the same places to fill in."""

_PLACE: Final = expression(r"\{[^{}]*\}")


def places(text: str) -> list[str]:
    """The places in `text` for what is filled in, such as `{number}`."""
    return sorted(_PLACE.findall(text))


def _read(value: object, info: ValidationInfo) -> Mapping[str, str]:
    """The terms that are in order; what is wrong with others is noted at its place."""
    if isinstance(value, Mapping) and not isinstance(value, Fields):
        return value  # given in Python, already of its type
    if not isinstance(value, Fields):
        raise wrong("fields", value)
    if isinstance(info.context, list):
        info.context.extend(_slips(value.node))
    known = ((key.text, node) for key, node in value.node.entries if isinstance(node, YamlScalar))
    return MappingProxyType({name: node.text.strip() for name, node in known if name in TERMS and node.text.strip()})


def _slips(node: YamlMapping) -> Iterator[Diagnostic]:
    for key, value in node.entries:
        if key.text not in TERMS:
            near = suggest(key.text, TERMS)
            help = f"write `{near}`" if near is not None else "remove it"
            yield finding("unknown-field", f"`{key.text}` is not known here", key.span, help=help)
        else:
            yield from _misfit(value, places(TERMS[key.text]))


def _misfit(value: Yaml, wanted: list[str]) -> Iterator[Diagnostic]:
    if not isinstance(value, YamlScalar):
        yield finding("wrong-shape", f"expected text, found {found(value)}", value.span, help=remedy("text"))
        return
    if value.empty or places(value.text) == wanted:
        return
    expected = " and ".join(f"`{name}`" for name in wanted) if wanted else "nothing to fill in"
    help = f"write {expected} where that is to stand" if wanted else "take the braces out"
    yield finding("wrong-value", f"expected words with {expected}, found {found(value)}", value.span, help=help)


def _schema(description: str) -> dict[str, Any]:
    """The schema of words with the places that the English ones in `description` have, and no other."""
    names = places(description)
    has = "".join(rf"(?=[^{{}}]*(\{{\w+\}}[^{{}}]*)*{re.escape(name)})" for name in names)
    pattern = rf"^{has}[^{{}}]*(\{{\w+\}}[^{{}}]*){{{len(names)}}}$"
    return {"type": "string", "pattern": pattern, "description": description}


_SCHEMA: Final[dict[str, Any]] = {
    "type": "object",
    "title": "terms",
    "properties": {name: _schema(description) for name, description in TERMS.items()},
    "additionalProperties": False,
}

OwnTerms = Annotated[Mapping[str, str], plain(_read), JsonSchema(_SCHEMA)]
"""The words of one language by the names of the terms. What is left out is as Briefpack has it."""
