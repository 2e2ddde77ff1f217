"""Numbers that documents state without a fact."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from briefpack.content.checks.checked import Checked
from briefpack.content.checks.passages import Passage, Role
from briefpack.diagnostics import Diagnostic, finding

# Contacts are phones and addresses, sources are years and pages, a title stands on the page as a heading too, and for
# charts there is `chart-unsourced`.
_ASIDE: Final = frozenset({Role.CONTACT, Role.SOURCE, Role.FURNITURE, Role.TITLE, Role.ALT, Role.LABEL})

_CLAIM: Final = re.compile(
    r"(?<![\w.,/:+#-])[$€£]?\d{1,3}(?:[,\u202f\u00a0]\d{3})+(?:\.\d+)?%?(?![\w/:-])"
    r"|(?<![\w.,/:+#-])[$€£]?\d+(?:\.\d+)?(?:\s?%)?(?![\w/:-]|[.,]\d)"
)
_DATED: Final = re.compile(r"\b(?:19|20)\d\d\b")
_STATISTICAL: Final = re.compile(r"\b(?:9[059]|80)% (?:interval|confidence|CI|certainty)", re.IGNORECASE)


def unsourced_numbers(document: Checked) -> Iterator[Diagnostic]:
    """Numbers typed into a text with no source cited after them, there or in the row of their table."""
    for row, cells in groupby(document.passages, key=lambda item: item.row):
        several = list(cells)
        if row is not None and any(item.cited(0, len(item.text)) for item in several):
            continue
        for each in several:
            if each.role not in _ASIDE:
                yield from (_unsourced(document, each, *at) for at in _claims(each))


def _claims(passage: Passage) -> Iterable[tuple[int, int]]:
    """Where numbers stand that claim something: no year, no small count, none that a fact prints."""
    for match in _CLAIM.finditer(passage.text):
        start, end = match.span()
        if _is_small(match[0]) or _DATED.fullmatch(match[0]) or _STATISTICAL.match(passage.text, start):
            continue
        if not any(run.start <= start < run.end and (run.fact or run.url) for run in passage.runs) and not (
            passage.cited(start, len(passage.text))
        ):
            yield start, end


def _is_small(number: str) -> bool:
    """Whether it is a count that readers can check on the page, or a day of the month."""
    return number.isdecimal() and int(number) <= 31


def _unsourced(document: Checked, passage: Passage, start: int, end: int) -> Diagnostic:
    number = passage.text[start:end]
    help = "write it as a fact in `briefs/facts.yaml` and print that, or cite a source after it"
    return finding(
        "unsourced-number",
        f"`{number}` has neither a fact nor a source",
        document.place(passage, start, end),
        help=help,
        path=document.path,
    )
