"""Sentences in the passive voice (CDC Clear Communication Index, item 6). English only, and a guess.

A form of `be` or `get` with a past participle after it. Participles that are mostly adjectives are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from briefpack.content.plain.hit import Hit
from briefpack.content.plain.words import word_set
from briefpack.expressions import expression

_IRREGULAR: Final = (
    "begun|bought|broken|brought|built|caught|chosen|cut|done|drawn|driven|eaten|fallen|fed|felt|fought|found|"
    "forgotten|given|grown|heard|held|hidden|hit|hurt|kept|known|laid|led|left|lent|let|lost|made|meant|met|"
    "paid|proven|put|read|run|said|seen|sent|set|shot|shown|shut|sold|sought|spent|spoken|spread|stolen|struck|"
    "sung|swept|taken|taught|thought|thrown|told|torn|understood|withdrawn|won|worn|written|undertaken|overseen|run"
)
_ADVERBS: Final = r"(?:(?:not|never|also|often|now|still|always|already|only|being|been|soon|then|well|\w+ly) ){0,2}"
_PASSIVE: Final = expression(
    rf"\b(?:am|is|are|was|were|be|been|being|gets?|got|isn['\u2019]t|aren['\u2019]t|wasn['\u2019]t|weren['\u2019]t) "
    rf"{_ADVERBS}(?P<participle>\w+ed|{_IRREGULAR})\b(?! to (?:be able|go)\b)",
    re.IGNORECASE,
)
_ADJECTIVES: Final = word_set(
    "need red bed shed indeed interested tired worried concerned scared excited married divorced retired pleased "
    "surprised experienced complicated limited advanced mixed sacred naked wicked blessed aged beloved crowded "
    "skilled talented motivated committed dedicated qualified related involved supposed used frightened ashamed "
    "confused bored relaxed satisfied disappointed disabled bilingual left united trained embarrassed overwhelmed "
    "exhausted stressed well-being hundred speed feed seed weed"
)


def passives(text: str) -> Iterator[Hit]:
    """The verbs of `text` in the passive voice."""
    for match in _PASSIVE.finditer(text):
        if match["participle"].lower() not in _ADJECTIVES:
            yield Hit(*match.span())
