"""Preflight: the promises that every file of ours keeps, checked on its bytes.

They are those of PDF/UA-1 and PDF/A-2a that a fault of ours could break, and some of our own that no
standard asks for, such as headings without a gap and headers in every table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from briefpack.diagnostics import Diagnostic
from briefpack.preflight.inspection import Inspection, TagNode, inspect

_HEADING: Final = re.compile(r"H([1-6])")


def preflight(data: bytes, path: str | None = None) -> tuple[Diagnostic, ...]:
    """What is wrong with the file `data`, which is or will be at `path`: nothing, if it is ours."""
    found = inspect(data)
    checks = (_file, _fonts, _pages, _links, _figures, _headings, _tables)
    return tuple(
        Diagnostic(f"pdf-{rule}", message, path=path, help=help)
        for check in checks
        for rule, message, help in check(found)
    )


Finding = tuple[str, str, str | None]


def _file(found: Inspection) -> Iterator[Finding]:
    if not found.marked or not found.tags:
        yield "untagged", "the file is not tagged", None
    if not found.language:
        yield "language", "the file does not say its language", "set `language:` in `campaign.yaml`"
    if not found.title:
        yield "title", "the file has no title", "set `title:` in the brief"


def _fonts(found: Inspection) -> Iterator[Finding]:
    for font in found.fonts:
        if not font.embedded:
            yield "font-missing", f"the font `{font.name}` is not embedded", None
        if not font.readable:
            yield "font-unreadable", f"the font `{font.name}` does not say which characters it draws", None


def _pages(found: Inspection) -> Iterator[Finding]:
    for page in found.pages:
        if page.unmarked:
            operators = ", ".join(f"`{operator}`" for operator in dict.fromkeys(page.unmarked))
            yield "unmarked-ink", f"page {page.label} has ink that is neither content nor artifact ({operators})", None
        if page.tabs != "/S":
            yield "tab-order", f"on page {page.label} the tab key does not follow the reading order", None


def _links(found: Inspection) -> Iterator[Finding]:
    for link in found.links:
        if not link.contents:
            yield "link-unnamed", f"a link on page {link.page + 1} to `{link.target}` does not say where it leads", None


def _figures(found: Inspection) -> Iterator[Finding]:
    for tag in _tags(found, "Figure"):
        if not tag.alt:
            yield "figure-alt", "a figure has no text alternative", "write `alt:` for every picture and chart"


def _headings(found: Inspection) -> Iterator[Finding]:
    for part in _papers(found):
        levels = [(int(match[1]), tag.text()) for tag in part.walk() if (match := _HEADING.fullmatch(tag.role))]
        for (above, _), (level, text) in pairwise([(0, ""), *levels]):
            if level > above + 1:
                where = f"follows one of level {above}" if above else "comes before any other"
                yield "heading-skipped", f"the heading `{text}` of level {level} {where}", None


def _tables(found: Inspection) -> Iterator[Finding]:
    for table in _tags(found, "Table"):
        headers = [tag for tag in table.walk() if tag.role == "TH"]
        if not headers:
            yield "table-headers", "a table has no header cells", "give the table's columns heads"
        for header in headers:
            if "Scope" not in header.attributes:
                yield "table-scope", f"the header cell `{header.text()}` does not say what it heads", None


def _tags(found: Inspection, role: str) -> Iterator[TagNode]:
    return (tag for top in found.tags for tag in top.walk() if tag.role == role)


def _papers(found: Inspection) -> Iterator[TagNode]:
    """The documents of a file, each with headings of its own."""
    for top in found.tags:
        parts = [kid for kid in top.kids if isinstance(kid, TagNode) and kid.role == "Part"]
        yield from parts or [top]
