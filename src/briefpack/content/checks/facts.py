"""How facts are printed: with their qualifier, in time, with what an effect is compared with, and with credit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from briefpack.content.checks.checked import Checked, Where
from briefpack.content.checks.known import content_words, stem
from briefpack.content.checks.passages import Passage, Role, Run
from briefpack.content.checks.phrases import normal, sentences
from briefpack.content.facts import expired
from briefpack.content.plain.words import word_set
from briefpack.diagnostics import Diagnostic, finding
from briefpack.expressions import expression
from briefpack.project.fields import Spoken
from briefpack.project.models import Fact

_COMPARED: Final = expression(
    r"\b(?:than|against|compared|comparison|versus|vs|controls?|usual care|relative to|que|frente|comparado|comparada|"
    r"control|habitual)\b",
    re.IGNORECASE,
)
_CHANGE: Final = expression(
    r"\b(?:lower(?:s|ed|ing)?|reduc(?:e|es|ed|ing|tion)|fell|falls?|fallen|drop(?:s|ped)?|decreas(?:e|es|ed)|cuts?|"
    r"improv(?:e|es|ed|ement)|rose|rises?|rais(?:e|es|ed)|increas(?:e|es|ed)|down|up|less|more|fewer)\b",
    re.IGNORECASE,
)
_BY: Final = expression(
    r"\b(?:by|of)\s(?:(?:about|around|nearly|almost|as much as|up to|some|an average of)\s)?$", re.I
)
_WORD: Final = expression(r"[^\W\d_]+|%")
_UNIT: Final = expression(r"[\s\u00a0]+[^\W\d_]")
_MEASURE: Final = expression(r"\b(?:Hb)?A1c\b", re.IGNORECASE)
_ASIDE: Final = frozenset({Role.CONTACT, Role.SOURCE, Role.FURNITURE, Role.TITLE})


def facts(document: Checked) -> Iterator[Diagnostic]:
    """What is wrong with how the facts of a document are printed."""
    # Which facts are stated is the same in a document like one before.
    if document.again is None or document.again.said(_stated):
        yield from _stated(document)
    yield from _uncredited(document)
    yield from document.local(_dressed)


def _stated(document: Checked) -> Iterator[Diagnostic]:
    """What is wrong with the facts that are printed, wherever that is."""
    for name in _with_parts(document):
        yield from expired(name, document.project.facts[name], document.today)
    if document.brief is not None:
        yield from _burdens(document)


def _dressed(passages: Iterable[Passage], document: Checked) -> Iterator[Diagnostic]:
    """What is wrong with how `passages` print facts."""
    english = document.language.lower().startswith("en")
    for passage in passages:
        if passage.role not in _ASIDE:
            yield from _printed(document, passage)
            if english and passage.quantities and _may_change(document, passage):
                yield from _changes(document, passage)


def _with_parts(document: Checked) -> dict[str, None]:
    """The facts that the document states, and those that they are derived from."""
    stated = dict.fromkeys(document.made.facts)
    parts = {part: None for name in stated for part in sorted(document.ledger.named(name))}
    return {name: None for name in (*stated, *parts) if name in document.project.facts}


def _around(document: Checked, passage: Passage) -> str:
    """All that the slot of `passage` prints; a passage of no slot stands by itself."""
    own = (each for each in document.passages if (each.slot or each.text) == (passage.slot or passage.text))
    return " ".join(f"{each.context} {each.text}" for each in own)


def said(document: Checked, words: Spoken | None) -> str:
    """`words` in the language of the document; nothing where there are none."""
    text = words.read_in(document.language) if words is not None else None
    return " ".join(text.text.split()) if text is not None else ""


def _printed(document: Checked, passage: Passage) -> Iterator[Diagnostic]:
    """What goes with the facts that `passage` prints and is not there."""
    before = ""
    for run in passage.runs:
        fact = document.project.facts.get(run.fact) if run.fact is not None else None
        if fact is not None and run.fact != before:
            yield from _unqualified(document, passage, run, fact)
            yield from _bare(document, passage, run, fact)
        before = run.fact or ""


def _unqualified(document: Checked, passage: Passage, run: Run, fact: Fact) -> Iterator[Diagnostic]:
    qualifier = said(document, fact.qualifier)
    if not qualifier or normal(qualifier) in normal(passage.text) or normal(qualifier) in normal(passage.context):
        return
    message = f"the fact `{run.fact}` is printed without `{qualifier}`"
    help = f"write `{{{{ {run.fact}.qualifier }}}}` before it"
    yield finding("lost-qualifier", message, **_at(document, passage, run), help=help)


def _bare(document: Checked, passage: Passage, run: Run, fact: Fact) -> Iterator[Diagnostic]:
    """An effect without what it is compared with, or without its unit, anywhere near it."""
    comparator, unit = said(document, fact.comparator), said(document, fact.unit)
    if not comparator:
        return
    around = _around(document, passage)
    if _COMPARED.search(around) is None and not frozenset(content_words(comparator)) & frozenset(content_words(around)):
        message = f"the effect `{run.fact}` is printed without what it is compared with"
        help = f"say against what, such as `{comparator}`"
        yield finding("bare-effect", message, **_at(document, passage, run), help=help)
    heads = {stem(word) for word in _WORD.findall(unit)}
    if unit and not heads & {stem(word) for word in _WORD.findall(around)}:
        message = f"the effect `{run.fact}` is printed without its unit, {unit}"
        yield finding(
            "bare-effect", message, **_at(document, passage, run), help=f"write `{{{{ {run.fact}.unit }}}}` after it"
        )


def _at(document: Checked, passage: Passage, run: Run) -> Where:
    return document.at(passage, run.start, run.end)


# The words without which there is no change, and not by how much.
_CHANGE_SIGNS: Final = word_set(
    "lower lowers lowered lowering reduce reduces reduced reducing reduction fell fall falls fallen drop drops dropped "
    "decrease decreases decreased cut cuts improve improves improved improvement rose rise rises raise raises raised "
    "increase increases increased down up less more fewer"
)
_BY_SIGNS: Final = word_set("by of")


def _may_change(document: Checked, passage: Passage) -> bool:
    has = document.reader.has
    return has(passage.text, _BY_SIGNS) and has(passage.text, _CHANGE_SIGNS)


def _changes(document: Checked, passage: Passage) -> Iterator[Diagnostic]:
    """Changes typed as numbers: without what they are compared with, without a unit, or HbA1c in per cent."""
    typed = [run for run in passage.runs if run.fact is not None]
    for start, end, sentence in sentences(passage.text):
        for each in passage.quantities:
            if not start <= each.start < end or any(run.start <= each.start < run.end for run in typed):
                continue
            lead = passage.text[start : each.start]
            if _BY.search(lead) is None or _CHANGE.search(lead) is None:
                continue
            where = document.at(passage, each.start, each.end)
            if each.sign == "%" and _MEASURE.search(sentence):
                message = f"`{each.text}` is a change in HbA1c, which is counted in points"
                yield finding(
                    "bare-effect", message, **where, help="write it as points: a per cent of HbA1c is another number"
                )
            elif not each.sign and _UNIT.match(passage.text[each.end :]) is None:
                yield finding(
                    "bare-effect", f"the change of `{each.text}` has no unit", **where, help="say what is counted"
                )
            elif _COMPARED.search(f"{sentence} {_around(document, passage)}") is None:
                message = f"the change of `{each.text}` does not say what it is compared with"
                yield finding(
                    "bare-effect", message, **where, help="say against what, such as `than in control groups`"
                )


def _burdens(document: Checked) -> Iterator[Diagnostic]:
    """Facts on how many have the disease, from a second source."""
    brief = document.brief
    assert brief is not None
    counted = [name for name in brief.facts if document.project.facts[name].burden]
    sources = {name: _source(document.project.facts[name]) for name in counted}
    first = next(iter(counted), None)
    for name in counted:
        if first is not None and sources[name] != sources[first]:
            where = _printed_at(document, name)
            span = document.project.facts[first].head_span
            related = ((span, f"`{first}` is from `{sources[first]}`"),) if span is not None else ()
            message = f"`{name}` counts by `{sources[name]}`, and `{first}` by another source"
            yield finding("two-burdens", message, **where, help="take both numbers from one source", related=related)
            return


def _source(fact: Fact) -> str:
    return fact.source.text if fact.source is not None else ""


def _printed_at(document: Checked, name: str) -> Where:
    for passage in document.passages:
        for run in passage.runs:
            if run.fact == name:
                return _at(document, passage, run)
    return {"span": None, "path": document.path}


def _uncredited(document: Checked) -> Iterator[Diagnostic]:
    """A source that is used and wants the campaign's statement and funding line, where they are not printed."""
    campaign = document.project.campaign
    wanted = frozenset(name.text for name in campaign.credited_sources)
    used = next((source.id for source in document.made.sources if source.id in wanted), None)
    if used is None:
        return
    printed = normal(" ".join(passage.text for passage in document.passages))
    for field, text in (("statement", document.made.campaign.statement), ("funding", document.made.campaign.funding)):
        if text is None or normal(str(text)) not in printed:
            message = f"`{document.name}` uses `{used}`, and prints no `{field}`"
            help = (
                f"print `campaign.{field}` in the template"
                if text is not None
                else f"add `{field}:` to `campaign.yaml`"
            )
            path = f"layouts/{document.made.layout}/template.xml.j2" if text is not None else document.path
            yield finding("uncredited", message, path=path, help=help)
