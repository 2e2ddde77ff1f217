"""Where the sentences of a text begin and end.

The text is a paragraph, an item of a list or the like: one that stands by itself and ends with a sentence even
where no full stop says so. A full stop ends a sentence unless it belongs to a number, an initial, an
abbreviation or an ellipsis after which the sentence goes on.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from briefpack.content.plain.words import word_set
from briefpack.expressions import expression

_END: Final = expression(
    "(?P<mark>[.!?\u2026]+|[\u061f\u06d4\u0964\u1362])(?P<close>[\"'\u201d\u2019\u00bb\u203a)\\]]*)(?=\\s|$)|[\u3002\uff01\uff1f]+[\u300d\u300f\u201d]*"
)
_TOKEN: Final = expression('[^\\s(\\["\u201c\u2018\u00ab\u2039\u201e]+$')
_OPENING: Final = expression("[\\s(\\[\"'\u201c\u2018\u00ab\u2039\u201e\u00bf\u00a1*\u2013\u2014-]*")
_ANYTHING: Final = expression(r"[^\W_]")
_NEXT_WORD: Final = expression(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")

_EN_TITLES = "dr mr mrs ms prof st rev hon sen rep gov gen col capt sgt lt messrs mx mt ft"
_EN_INSIDE = "e.g i.e cf vs viz approx ca esp incl resp eg ie al"
_EN_BEFORE_NUMBER = (
    "p pp no nos vol fig figs ch chap sec sect art para eq ref refs tab app ex v jan feb mar apr jun jul aug sep sept "
    "oct nov dec"
)
_EN_LAST = (
    "u.s u.k u.n e.u a.m p.m etc inc ltd co corp ph.d m.d b.a m.a b.sc m.sc r.n jr sr ave blvd rd ed eds est dept"
)

# By language: what no sentence ends with; what none does before a number; what one ends with if a new one begins.
_ABBREVIATIONS: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "en": (f"{_EN_TITLES} {_EN_INSIDE}", _EN_BEFORE_NUMBER, _EN_LAST),
        "es": (
            "sr sra srta dr dra d dña ud uds vd prof p.ej ej aprox núm avda lic ing gral",
            "p pp pág págs n n.º nº vol fig cap art núm tel c",
            "etc ee.uu a.m p.m s.a cía c.p",
        ),
        "fr": ("m mm mme mlle dr pr me st ste p.ex ex cf env c.-à-d", "p pp no n vol fig chap art tél", "etc av bd"),
        "de": (
            "dr hr fr prof bzw ca z.b d.h u.a v.a i.d.r s.o s.u vgl ggf inkl evtl sog bspw nr st u.ä",
            "s bd abb kap art abs nr jan febr apr jun jul aug sept okt nov dez",
            "usw etc a.d v.chr n.chr",
        ),
        "it": (
            "sig sigg sig.ra dott dott.ssa prof avv ing p.es es cfr ca",
            "p pp n vol fig cap art tel",
            "ecc a.c d.c s.p.a",
        ),
        "nl": (
            "dr dhr mevr mw prof ir ing drs bijv bv d.w.z o.a m.b.t i.v.m t.a.v ca evt incl",
            "p blz nr vol fig art",
            "enz etc",
        ),
        "pt": ("sr sra dr dra prof p.ex ex aprox", "p pp pág n vol fig cap art", "etc a.m p.m"),
        "sv": ("dr bl.a t.ex d.v.s ca jfr s.k fr.o.m t.o.m", "s nr kap fig", "osv m.m etc"),
        "da": ("dr bl.a f.eks dvs ca jf hhv", "s nr kap fig", "osv m.m mv etc"),
        "nb": ("dr bl.a f.eks dvs ca jf", "s nr kap fig", "osv m.m mv etc"),
    }
)
Abbreviations = tuple[frozenset[str], frozenset[str], frozenset[str]]

_KNOWN: Final[Mapping[str, Abbreviations]] = MappingProxyType(
    {
        language: (word_set(inside), word_set(numbered), word_set(last))
        for language, (inside, numbered, last) in _ABBREVIATIONS.items()
    }
)
_NONE: Final[Abbreviations] = (frozenset(), frozenset(), frozenset())
# Languages that write ordinal numbers with a full stop.
_ORDINALS: Final = frozenset(("de", "da", "nb", "nn", "no", "fi", "cs", "sk", "pl", "hu", "hr", "sl", "et", "lv"))
# What a capital letter names when it does not stand for a name: `vitamin C.` may end a sentence.
_LETTERED: Final = word_set(
    "vitamin hepatitis type group plan part option grade level category section appendix figure table class phase "
    "influenza strain model step room ward building block tipo grupo vitamina parte"
)
# Words that begin sentences far more often than they follow an abbreviation inside one.
_BEGINNERS: Final = word_set(
    "the a an it its this that these those in on at for we you they he she i but and or if when where how what who "
    "why our your their his her there here most some many all no not since as with after before one each every both "
    "peer peers people to from by of is are do does call ask el la los las un una en se es no il lo gli le les un "
    "une de der die das ein eine"
)
_LETTER_STOPS: Final = expression(r"(?:[^\W\d_]\.)+[^\W\d_]")
_LETTER_STOP: Final = expression(r"[^\W\d_]\.")
_PRONOUN: Final = "I"


def sentence_spans(text: str, language: str) -> list[tuple[int, int]]:
    """The beginnings and ends of the sentences of `text`, in order; their words cover all of its words."""
    spans: list[tuple[int, int]] = []
    start = 0
    abbreviations = _KNOWN.get(language.split("-")[0].lower(), _NONE)
    for match in _END.finditer(text):
        if match.end() == len(text) or _ends(text, match, start, abbreviations, language):
            _add(spans, text, start, match.end())
            start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Note a sentence without the blanks around it, if there is a word in it."""
    part = text[start:end]
    first = start + len(part) - len(part.lstrip())
    last = start + len(part.rstrip())
    if _ANYTHING.search(part) is not None:
        spans.append((first, last))
    elif spans and last > first:
        spans[-1] = (spans[-1][0], last)


def _ends(
    text: str,
    match: re.Match[str],
    start: int,
    abbreviations: Abbreviations,
    language: str,
) -> bool:
    after = _OPENING.match(text, match.end())
    at = after.end() if after is not None else match.end()
    following = text[at : at + 1]
    mark = match["mark"]
    if not following or mark is None:
        return True
    if following.islower():
        return False
    if mark in ("...", "\u2026"):
        return following.isupper() or not following.isalnum()
    if mark != "." or match["close"]:
        return True
    before = _TOKEN.search(text, start, match.start())
    token = before[0] if before is not None else ""
    return _stops(token, text[start : match.start() - len(token)], text, at, abbreviations, language)


def _stops(
    token: str,
    earlier: str,
    text: str,
    at: int,
    abbreviations: Abbreviations,
    language: str,
) -> bool:
    """Whether the full stop after `token` ends a sentence, when what follows at `at` could begin one."""
    inside, numbered, last = abbreviations
    name = token.lower().lstrip("(")
    if name in inside:
        return False
    if name in numbered and text[at].isdigit():
        return False
    if len(token) == 1 and _LETTER_STOP.match(text, at):
        return False  # the first letter of `z. B.`
    if len(token) == 1 and token.isupper():
        words = earlier.split()
        return token == _PRONOUN or bool(words and words[-1].lower() in _LETTERED)
    if token.isdigit() and len(token) <= 2 and language.split("-")[0].lower() in _ORDINALS:
        return False
    if name in last or _LETTER_STOPS.fullmatch(token):
        word = _NEXT_WORD.match(text, at)
        return word is not None and word[0].lower() in _BEGINNERS
    return True
