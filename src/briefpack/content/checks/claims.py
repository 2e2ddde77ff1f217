"""What a text claims: no more than the evidence bears, shares in one way, and peers as peers.

English throughout, and the strong verbs in Spanish; in other languages nothing is claimed to be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from briefpack.content.checks.checked import Checked
from briefpack.content.checks.passages import Passage, Role
from briefpack.content.checks.phrases import sentences
from briefpack.content.plain.reader import Reader
from briefpack.content.plain.words import small, word_set
from briefpack.diagnostics import Diagnostic, finding
from briefpack.expressions import expression

_ASIDE: Final = frozenset({Role.CONTACT, Role.SOURCE, Role.FURNITURE, Role.TITLE})

_STRONG: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "en": expression(
            r"\b(?:prov(?:e|es|ed|en|ing)|cur(?:e|es|ed|ing)|eliminat(?:e|es|ed)|eradicat(?:e|es|ed)|"
            r"guarante(?:e|es|ed)|ensures?|always works?|works? for everyone|100% effective|miracles?)\b",
            re.IGNORECASE,
        ),
        "es": expression(
            r"\b(?:prueba que|prueban que|demostrad[oa]|cura(?:n|r)?|elimina(?:n|r)?|erradica(?:n|r)?|"
            r"garantiza(?:n|r)?|milagros?|siempre funciona)\b",
            re.IGNORECASE,
        ),
    }
)
_DENIED: Final = expression(
    r"(?:\b(?:not|no|never|nor|neither|cannot|without|nothing|nobody|whether|if|yet to|rather than|no one|un|ni|"
    r"sin|nunca|nadie)\b|n['’]t\b)(?:\W+\w+){0,3}\W*$",
    re.IGNORECASE,
)
# Not what evidence does: to prove useful, to cure ham, a proving ground.
_HARMLESS: Final = expression(
    r"^(?:prov\w+\s(?:to be\s)?(?:too\s)?(?:difficult|hard|easy|popular|useful|helpful|slow|quick|costly|expensive|"
    r"wrong|nothing|little|more|less|identity|your|their|his|her|that you|who)|"
    r"ensures? (?:that )?(?:you|we|they|everyone|each)|"
    r"cur\w+ (?:ham|meat|fish)|cura (?:párroco|de la))",
    re.IGNORECASE,
)
_QUOTED: Final = expression(r"[“\"«][^”\"»]*[”\"»]")

_FLAT: Final = expression(
    r"\b(?:lower(?:s|ed)|reduc(?:es|ed)|improv(?:es|ed)|cuts?|works?|helps?|prevents?|leads? to|results? in|"
    r"increas(?:es|ed)|shows? that|will)\b",
    re.IGNORECASE,
)
_HEDGED: Final = expression(
    r"\b(?:may|might|could|can|some|suggests?|perhaps|possibly|appears?|seems?|likely|on average|about|around|"
    r"as many as|as much as|up to|assumed|estimates?|estimated|one (?:study|trial)|illustration|"
    r"would|uncertain|low certainty)\b",
    re.IGNORECASE,
)
_WEAK: Final = frozenset({"low", "very-low"})


# The words of which each of the patterns has one.
_STRONG_SIGNS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "en": word_set(
            "prove proves proved proven proving cure cures cured curing eliminate eliminates eliminated eradicate "
            "eradicates eradicated guarantee guarantees guaranteed ensure ensures works work effective miracle miracles"
        ),
        "es": word_set(
            "prueba prueban demostrado demostrada cura curan curar elimina eliminan eliminar erradica erradican "
            "erradicar garantiza garantizan garantizar milagro milagros funciona"
        ),
    }
)


def overclaims(document: Checked) -> Iterator[Diagnostic]:
    """Verbs that are too strong for any evidence, and flat statements of facts whose confidence is low."""
    if _base(document.language) in _STRONG:
        yield from document.local(_overclaimed)


def _overclaimed(passages: Iterable[Passage], document: Checked) -> Iterator[Diagnostic]:
    for passage in passages:
        if passage.role not in _ASIDE:
            yield from _strong(document, passage)
            if any(run.fact is not None for run in passage.runs):
                yield from _flat(document, passage)


def _base(language: str) -> str:
    return language.split("-")[0].lower()


def _strong(document: Checked, passage: Passage) -> Iterator[Diagnostic]:
    for start, end in document.reader.once(strong_words, passage.text):
        help = "say what was found, such as `lowered`, `helped` or `may help`, and in whom"
        message = f"`{passage.text[start:end]}` promises more than studies can show"
        yield finding("overclaim", message, **document.at(passage, start, end), help=help)


def strong_words(text: str, reader: Reader) -> tuple[tuple[int, int], ...]:
    """Where words that are too strong stand in `text`; not where it denies them or quotes somebody."""
    language = _base(reader.language)
    if not reader.has(text, _STRONG_SIGNS[language]):
        return ()
    found = [match.span() for match in _STRONG[language].finditer(text)]
    if not found:
        return ()
    quoted = [match.span() for match in _QUOTED.finditer(text)]
    return tuple([(start, end) for start, end in found if _claimed(text, start, quoted)])


def _claimed(text: str, start: int, quoted: Iterable[tuple[int, int]]) -> bool:
    if _DENIED.search(text[max(0, start - 60) : start].rpartition(". ")[2]):
        return False
    harmless = _HARMLESS.match(text, start) or _HARMLESS.match(text[start:])
    return harmless is None and not any(first <= start < last for first, last in quoted)


def _flat(document: Checked, passage: Passage) -> Iterator[Diagnostic]:
    for start, end, sentence in sentences(passage.text):
        for run in passage.runs:
            if run.fact is None or not start <= run.start < end or run.fact not in document.project.facts:
                continue
            confidence = document.project.facts[run.fact].confidence
            verb = _FLAT.search(sentence)
            if confidence in _WEAK and verb is not None and _HEDGED.search(sentence) is None:
                message = f"`{verb[0]}` says flatly what the fact `{run.fact}` has at {confidence} confidence"
                where = document.at(passage, start + verb.start(), start + verb.end())
                yield finding("overclaim", message, **where, help="say that it may, or in how many studies it did")


_COUNT: Final = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
_ONE_IN: Final = expression(
    rf"\b(?=[\dotfsen]){_COUNT}[\s\u00a0](?:in|out of|of every|in every|of)[\s\u00a0]"
    rf"(?P<of>{_COUNT}|hundred|a hundred|1,000|a thousand)\b(?![\d,.]\d)"
    r"(?![\s\u00a0-](?:minutes?|hours?|days?|weeks?|months?|years?|steps?|pages?|sentences?|words?|languages?|places?)\b)"
)
_PER: Final = expression(r"\bper[\s\u00a0](?P<of>\d{1,3}(?:,\d{3})+|\d{3,}|thousand|million)\b")
_OTHER_PERCENT: Final = expression(r"[\s\u00a0]*(?:interval|confidence|CI\b|HbA1c|A1c|certainty)", re.IGNORECASE)
_BEFORE_PERCENT: Final = expression(r"(?:HbA1c|A1c|I²|start|level|above|below)\W+(?:\w+\W+){0,4}$", re.IGNORECASE)


_SHARE_SIGNS: Final = word_set("in of per")


def mixed_denominators(document: Checked) -> Iterator[Diagnostic]:
    """Shares told in a second way."""
    if _base(document.language) != "en":
        return
    again = document.again
    if again is not None:
        fresh = _ways(again.passages, document)
        if len(again.rest(_ways) | fresh) <= 1:
            return
        if not fresh and not _ways(again.replaced, document):
            yield from again.said(mixed_denominators)
            return
    first: tuple[str, Passage, int, int] | None = None
    for passage in document.passages:
        if passage.role in _ASIDE or passage.role is Role.ALT:
            continue
        for start, end, way in sorted(_shares(document, passage)):
            if first is None:
                first = (way, passage, start, end)
            elif way != first[0]:
                yield _mixed(document, passage, start, end, first)
                return


def _ways(passages: Iterable[Passage], document: Checked) -> frozenset[str]:
    """The ways in which `passages` tell shares."""
    told = (each for each in passages if each.role not in _ASIDE and each.role is not Role.ALT)
    return frozenset(way for each in told for _, _, way in _shares(document, each))


def _shares(document: Checked, passage: Passage) -> Iterator[tuple[int, int, str]]:
    """Where shares stand, and in which way they are told."""
    yield from document.reader.once(shares_of, passage.text)
    for each in passage.quantities:
        if each.sign == "%" and not _OTHER_PERCENT.match(passage.text, each.end):
            lead = f"{passage.context} {passage.text[: each.start]}"
            if _BEFORE_PERCENT.search(lead) is None and "A1c" not in passage.text[each.end : each.end + 30]:
                yield each.start, each.end, "%"


def shares_of(text: str, reader: Reader) -> tuple[tuple[int, int, str], ...]:
    """Where `text` tells shares of a number, and of which."""
    if not reader.has(text, _SHARE_SIGNS):
        return ()
    low = small(text)
    found = [(match.start(), match.end(), f"in {match['of']}") for match in _ONE_IN.finditer(low)]
    found += [(match.start(), match.end(), f"per {match['of']}") for match in _PER.finditer(low)]
    return tuple(found)


def _mixed(
    document: Checked, passage: Passage, start: int, end: int, first: tuple[str, Passage, int, int]
) -> Diagnostic:
    _, other, at, until = first
    place = document.at(other, at, until)["span"]
    related = ((place, "the first"),) if place is not None else ()
    message = f"`{passage.text[start:end]}` and `{other.text[at:until]}` tell shares in two ways"
    return finding(
        "mixed-denominators",
        message,
        **document.at(passage, start, end),
        help="tell both in one way",
        related=related,
    )


_CHW: Final = r"(?:community\shealth\sworkers?|CHWs?|lay\shealth\sworkers?|promotor[ae]s?)"
_PEER: Final = r"(?:peers?(?:[\s-](?:supporters?|mentors?|coach(?:es)?|leaders?|helpers?))?)"
_SMALL: Final = r"(?:(?:a|an|the|our|your|simply|also|really|trained|kind\sof|type\sof)\s)"
_SAME: Final = expression(
    rf"""
      \b{_PEER}\s\((?:or\s|also\s|called\s)*{_CHW}\) | \b{_CHW}\s\((?:or\s|also\s|called\s)*{_PEER}\)
    | \b{_PEER},?\s(?:also\s)?(?:known\sas|called|named|that\sis,?|i\.e\.,?|in\sother\swords,?)\s{_CHW}\b
    | \b{_CHW},?\s(?:also\s)?(?:known\sas|called|named|that\sis,?|i\.e\.,?|in\sother\swords,?)\s{_PEER}\b
    | \b{_CHW}\s(?:are|is)\s(?!not\b){_SMALL}*{_PEER}\b | \b{_PEER}\s(?:are|is)\s(?!not\b){_SMALL}*{_CHW}\b
    | \bpeer\ssupport\s(?:\w+\s){{0,2}}(?:by|from|through|via)\s(?:\w+\s){{0,2}}{_CHW}\b(?!\s(?:and|or|as\swell\sas)\s)
    | \b{_PEER},?\ssuch\sas\s{_CHW}\b | \bpeer[\s-]{_CHW}\b | \b{_CHW}\speers?\b | \bpeer\shealth\sworkers?\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_IS_CHW: Final = expression(rf"\b{_CHW}\b", re.IGNORECASE)
_PEER_SIGNS: Final = word_set("peer peers")
_CHW_SIGNS: Final = word_set("worker workers chw chws promotora promotoras promotore promotores")
_DIFFERS: Final = expression(r"\b(?:not|another|other|different|differs?|unlike|rather than|n['’]t)\b", re.IGNORECASE)


def health_workers_for_peers(document: Checked) -> Iterator[Diagnostic]:
    """Community health workers said to be peers, and facts about them where nothing says that they are."""
    if _base(document.language) == "en":
        yield from document.local(_confused)


def _confused(passages: Iterable[Passage], document: Checked) -> Iterator[Diagnostic]:
    for passage in passages:
        if passage.role not in _ASIDE:
            yield from _taken(document, passage)
            yield from _unsaid(document, passage)


def _taken(document: Checked, passage: Passage) -> Iterator[Diagnostic]:
    for start, end in document.reader.once(taken_for_peers, passage.text):
        help = "name the one that is meant; what is known of one is not known of the other"
        message = f"`{passage.text[start:end]}` takes a community health worker for a peer"
        yield finding("chw-for-peer", message, **document.at(passage, start, end), help=help)


def taken_for_peers(text: str, reader: Reader) -> tuple[tuple[int, int], ...]:
    """Where `text` says that community health workers are peers."""
    if not (reader.has(text, _PEER_SIGNS) and reader.has(text, _CHW_SIGNS)):
        return ()
    return tuple([match.span() for match in _SAME.finditer(text) if _DIFFERS.search(match[0]) is None])


def _unsaid(document: Checked, passage: Passage) -> Iterator[Diagnostic]:
    for run in passage.runs:
        fact = document.project.facts.get(run.fact) if run.fact is not None else None
        if fact is None or fact.delivered_by != "community-health-workers" or _says_so(document, passage):
            continue
        message = f"the fact `{run.fact}` is about community health workers, and nothing here says so"
        where = document.at(passage, run.start, run.end)
        yield finding("chw-for-peer", message, **where, help="say that it is about community health workers")


def _says_so(document: Checked, passage: Passage) -> bool:
    """Whether community health workers are spoken of in `passage` or its slot."""
    own = document.slot(passage.slot) if passage.slot is not None else ()
    return any(_IS_CHW.search(each.text) is not None for each in (passage, *own))
