"""Two negatives where one positive would do (Federal Plain Language Guidelines, III.a.3). English only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from briefpack.content.plain.hit import Hit
from briefpack.content.plain.words import word_set
from briefpack.expressions import expression

_OPPOSITES: Final = (
    "common|likely|usual|reasonable|able|aware|important|known|necessary|safe|heard of|related|happy|willing|helpful|"
    "expected|reliable|healthy|affected|certain|clear|fair|easy|friendly|interesting|pleasant|popular|realistic|sure"
)
_UN: Final = (
    rf"(?:un(?:{_OPPOSITES})|impossible|improbable|insignificant|inappropriate|infrequent|irrelevant|dissimilar)"
)
_NO: Final = r"(?:not|n['\u2019]t|never|cannot|nobody|no one)"
_GAP: Final = r"[^.;:!?,()\u2013\u2014]{0,45}?"

_VERB: Final = "(?:do|does|did|is|are|was|were|will|can|could|has|have|had)"
_UNDONE: Final = r"(?:without|never|nothing|nobody|no one|cannot|isn['\u2019]t|fail(?:s|ed)? to)"

_DOUBLE: Final = expression(
    rf"\b(?:not|n['\u2019]t|never)(?: (?:at all|entirely|altogether))? {_UN}\b"
    rf"|(?:\b|(?<=[a-z]))(?<!or ){_NO}\b{_GAP} {_UNDONE}\b"
    rf"|\b(?:may|must|can|will|should)(?: ?not)\b{_GAP} (?:unless|except|until)\b"
    rf"|\b{_VERB} not\b{_GAP} {_VERB} not\b"
    rf"|\bno\b{_GAP} (?:without|unless)\b",
    re.IGNORECASE,
)
# Two clauses with a negative each, and turns of phrase.
_FINE: Final = expression(
    r"\b(?:whether or not|if not|why not|or not|not only|not just|last but not least|not \w+, never"
    rf"|(?:and|or|but|that|who) (?:{_VERB} not|never))\b",
    re.IGNORECASE,
)
# The words, folded, of which each of the patterns has one.
SIGNS: Final = word_set(
    "no not never nobody cannot can't don't doesn't didn't isn't aren't wasn't weren't won't wouldn't couldn't "
    "shouldn't hasn't haven't hadn't mustn't mightn't needn't shan't ain't"
)

# What the second half of each pattern has, but for the one with two verbs that are negated.
_SECOND: Final = word_set(
    "without never nothing nobody no cannot isn't isn fail fails failed unless except until impossible improbable "
    "insignificant inappropriate infrequent irrelevant dissimilar"
) | {f"un{word}" for word in _OPPOSITES.replace(" of", "").split("|")}


def double_negatives(text: str, parts: frozenset[str] | None = None) -> Iterator[Hit]:
    """Places where one negative undoes another in the same clause.

    `parts` are the words of `text`, folded, and their parts, where they are known and no address is among them.
    """
    if parts is not None and _SECOND.isdisjoint(parts) and text.lower().count("not") < 2:
        return
    for match in _DOUBLE.finditer(text):
        if _FINE.search(match[0]) is None:
            yield Hit(*match.span())
