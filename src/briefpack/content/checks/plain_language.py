"""Plain language, for the audience of a brief.

Sentences, words, abbreviations and voice. Every rule has its reason in `diagnostics.rules`; each is a warning,
for an editor may know better. Rules about English words are silent in other languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, cast

from briefpack.content.checks.checked import Checked, Where
from briefpack.content.checks.passages import Passage, Role
from briefpack.content.checks.prose import Reading, readings, readings_of, sentences, words_place
from briefpack.content.plain.acronyms import Use
from briefpack.content.plain.hit import Hit
from briefpack.content.plain.jargon import WordList, plural
from briefpack.content.plain.passive import passives
from briefpack.content.plain.readability import Counts, Readability, added, grade_of, readability_of
from briefpack.content.plain.reader import listed
from briefpack.content.plain.words import Word, folded
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, finding
from briefpack.project.load import CAMPAIGN
from briefpack.project.models import Audience

# Words of four syllables and more are long; so many of a hundred words, and the text is hard for lay readers.
_LONG: Final = 4
_LONG_SHARE: Final = 0.06
_SHORTEST: Final = 6
_WORST: Final = 3


def plain_language(document: Checked) -> Iterator[Diagnostic]:
    """What is hard to read in a brief, for those who are to read it."""
    audience = audience_of(document)
    if audience is not None:
        yield from document.local(_long_sentences)
        yield from _hard(document, audience)
    yield from document.local(_capitals)
    yield from _acronyms(document, audience)
    yield from document.local(_words)
    if document.reader.english:
        yield from document.local(_voice)


def audience_of(document: Checked) -> Audience | None:
    """Who reads; None for a pack's own pages."""
    return document.project.campaign.audiences.get(document.audience) if document.audience is not None else None


def reading_of(document: Checked) -> Readability:
    """The readability of the running text of `document`, with what its readers know counted as short."""
    return _measured(document, readings(document), _familiar(document, audience_of(document)))


def _measured(document: Checked, read: Iterable[Reading], familiar: frozenset[str]) -> Readability:
    parts = [document.reader.counts(words, familiar) for words in sentences(read)]
    if document.again is not None:
        parts.append(document.again.rest(_Counting(familiar)))
    return readability_of(added(parts), document.language)


@dataclass(frozen=True, slots=True)
class _Counting:
    """Counts the words of passages, of which readers know those that are `familiar`."""

    familiar: frozenset[str]

    def __call__(self, passages: tuple[Passage, ...], document: Checked) -> Counts:
        reader = document.reader
        return added([reader.counts(words, self.familiar) for words in sentences(readings_of(passages, reader))])


def _familiar(document: Checked, audience: Audience | None) -> frozenset[str]:
    """Words that the readers know, one by one."""
    if audience is None:
        return frozenset()
    known = document.reader.things.of(audience, lambda: _one_by_one(audience), _one_by_one)
    return cast("frozenset[str]", known)


def _one_by_one(audience: Audience) -> frozenset[str]:
    words = (word for text in audience.familiar for word in text.text.split())
    return frozenset(folded(form) for word in words for form in (word, plural(word)))


# ---------------------------------------------------------------------------------------------- sentences


def _long_sentences(passages: Sequence[Passage], document: Checked) -> Iterator[Diagnostic]:
    audience = audience_of(document)
    most = audience.most_words if audience is not None else None
    if most is None:
        return
    for each in readings_of(passages, document.reader):
        for sentence in each.sentences:
            count = len(sentence.words)
            if count > most:
                message = f"a sentence of {count} words, but at most {most} read well for `{document.audience}`"
                help = f"make two sentences of it, or cut about {_count(count - most, 'word')}"
                place = words_place(document, each, sentence.start, sentence.end)
                yield _at("long-sentence", message, place, help)


def _hard(document: Checked, audience: Audience) -> Iterator[Diagnostic]:
    """That the whole is too hard, and that many words are long; not of a text too short to tell."""
    level = audience.reading_level
    if level is None:
        return
    familiar = _familiar(document, audience)
    read = readings(document)
    measured = _measured(document, read, familiar)
    if measured.counts.few:
        return
    grade = grade_of(measured)
    hard = grade is not None and round(grade) > level.most
    if document.again is not None and (hard or (audience.lay and _are_long(measured))):
        yield from _hard(document.whole, audience)
        return
    if hard:
        yield _too_hard(document, measured, level.most, read)
    if audience.lay:
        yield from _long_words(document, measured, read, familiar)


def _too_hard(document: Checked, measured: Readability, most: float, read: Iterable[Reading]) -> Diagnostic:
    first = measured.measures[0]
    told = first.band if first.grade is not None else f"{first.band} ({first.value:.0f})"
    counts = measured.counts
    message = (
        f"`{document.name}` reads at {told}, and `{document.audience}` is written for grade {most:g} at most "
        f"({first.name}, {counts.words} words in {counts.sentences} sentences)"
    )
    related = tuple((span, f"{words} words") for words, span in _longest(document, read))
    help = "shorten the longest sentences, and write short words for long ones"
    return finding("hard-to-read", message, document.made.title_span, help=help, related=related, path=document.path)


def _longest(document: Checked, read: Iterable[Reading]) -> list[tuple[int, Span]]:
    """The longest sentences with their words, longest first."""
    found = [(each, sentence) for each in read for sentence in each.sentences]
    found.sort(key=lambda item: -len(item[1].words))
    placed = (
        (len(item.words), words_place(document, each, item.start, item.end)["span"]) for each, item in found[:_WORST]
    )
    return [(words, span) for words, span in placed if span is not None]


def _are_long(measured: Readability) -> bool:
    """Whether as many words are long as are hard to read, names and what readers know among them."""
    return measured.counts.polysyllables > _LONG_SHARE * measured.counts.words


def _long_words(
    document: Checked, measured: Readability, read: Iterable[Reading], familiar: frozenset[str]
) -> Iterator[Diagnostic]:
    counter = document.reader.syllables()
    if counter is None or not _are_long(measured):
        return
    found: dict[str, tuple[Reading, Word]] = {}
    total = 0
    for each in read:
        for word in each.read.words if each.running else ():
            name = word.folded
            small = not each.text[word.start].isupper()
            if len(name) > _SHORTEST and small and name not in familiar and counter(name) >= _LONG:
                total += 1
                found.setdefault(name, (each, word))
    if total <= _LONG_SHARE * measured.counts.words:
        return
    names = ", ".join(f"`{name}`" for name in found)
    message = f"{total} of {measured.counts.words} words have four syllables or more: {names}"
    each, word = next(iter(found.values()))
    help = f"write shorter words, or add those that `{document.audience}` knows to its `familiar:` in `{CAMPAIGN}`"
    yield _at("long-words", message, document.at(each.passage, word.start, word.end), help)


# -------------------------------------------------------------------------------------------------- words


def _words(passages: Sequence[Passage], document: Checked) -> Iterator[Diagnostic]:
    """Words to avoid, conditions before people, and words that have plainer ones; one finding for each place."""
    audience, english = audience_of(document), document.reader.english
    avoided = _avoided(document, audience)
    familiar = _familiar(document, audience)
    lay = audience is not None and audience.lay
    for each in readings_of(passages, document.reader):
        taken: list[tuple[int, int]] = []
        for hit in listed(avoided, each.read):
            taken.append((hit.start, hit.end))
            yield _avoid(document, each, hit)
        if not english or each.passage.role is Role.TITLE:
            continue
        for rule, hit in _plainer(each, lay=lay):
            own = not each.quoted(hit.start) and not _is_name(each, hit)
            if own and not _overlaps(hit, taken) and not _known(each, hit, familiar):
                taken.append((hit.start, hit.end))
                yield _plain(document, each, rule, hit)


def _plainer(each: Reading, *, lay: bool) -> Iterator[tuple[str, Hit]]:
    yield from (("condition-first", hit) for hit in each.read.conditions)
    yield from (("jargon", hit) for hit in each.read.office)
    yield from (("jargon", hit) for hit in (each.read.medicine if lay else ()))


def _avoided(document: Checked, audience: Audience | None) -> WordList:
    """What the audience should not meet, with plurals."""
    if audience is None:
        return WordList({})
    return cast("WordList", document.reader.things.of(audience, lambda: _with_plurals(audience), _with_plurals))


def _with_plurals(audience: Audience) -> WordList:
    terms: dict[tuple[str, ...], str | None] = {}
    for word in audience.avoid:
        for form in (word.word, plural(word.word)):
            terms.setdefault(tuple(folded(part) for part in form.split()), word.instead)
    return WordList(terms)


def _is_name(each: Reading, hit: Hit) -> bool:
    """Whether the words are part of a name: with a capital letter and not at the beginning of a sentence."""
    before = each.text[: hit.start].rstrip()
    return each.text[hit.start].isupper() and before != "" and before[-1] not in ".!?:\u201c\u2022"


def _overlaps(hit: Hit, taken: Iterable[tuple[int, int]]) -> bool:
    return any(start < hit.end and hit.start < end for start, end in taken)


def _known(each: Reading, hit: Hit, familiar: frozenset[str]) -> bool:
    return all(word.folded in familiar for word in each.read.words if hit.start <= word.start < hit.end)


def _avoid(document: Checked, each: Reading, hit: Hit) -> Diagnostic:
    message = f"`{each.text[hit.start : hit.end]}` is a word that `{document.audience}` should not meet"
    help = f"write `{hit.instead}`" if hit.instead is not None else "say it in other words"
    return _at("avoided-word", message, _hit_place(document, each, hit), help)


def _plain(document: Checked, each: Reading, rule: str, hit: Hit) -> Diagnostic:
    words = each.text[hit.start : hit.end]
    message = f"`{words}` puts the condition before the person" if rule == "condition-first" else f"`{words}` is jargon"
    return _at(rule, message, _hit_place(document, each, hit), f"write `{hit.instead}` or the like")


# ----------------------------------------------------------------------------------------- abbreviations


def _capitals(passages: Sequence[Passage], document: Checked) -> Iterator[Diagnostic]:
    for each in readings_of(passages, document.reader):
        for hit in each.read.capitals if each.passage.role is not Role.TITLE else ():
            message = f"`{each.text[hit.start : hit.end]}` is in block capitals"
            help = f"write `{hit.instead}`, with `**` round it if it has to stand out"
            yield _at("block-capitals", message, _hit_place(document, each, hit), help)


_Expansion = tuple[int, Reading, Use]
"""An abbreviation that is spelt out: its number among all, where it stands, and itself."""


def _acronyms(document: Checked, audience: Audience | None) -> Iterator[Diagnostic]:
    """Abbreviations that stand somewhere before they are spelt out; a table's note counts for the table."""
    again = document.again
    if again is not None:
        if not (_has_acronyms(again.passages, document) or _has_acronyms(again.replaced, document)):
            yield from again.said(_unexplained_in)
            return
        document = document.whole
    read = readings(document)
    known = {word.text for word in audience.familiar} if audience is not None else set[str]()
    uses = [(each, use) for each in read if each.passage.role is not Role.TITLE for use in each.read.acronyms]
    expanded: dict[str, _Expansion] = {}
    for at, (each, use) in enumerate(uses):
        if use.expanded:
            expanded.setdefault(use.name, (at, each, use))
    seen: set[str] = set()
    for at, (each, use) in enumerate(uses):
        if use.name in seen or use.name in known:
            continue
        seen.add(use.name)
        if not _spelt_out(at, each, use, expanded):
            yield _unexplained(document, each, use, expanded)


def _unexplained_in(document: Checked) -> Iterator[Diagnostic]:
    return _acronyms(document, audience_of(document))


def _has_acronyms(passages: Sequence[Passage], document: Checked) -> bool:
    return any(each.read.acronyms for each in readings_of(passages, document.reader))


def _spelt_out(at: int, each: Reading, use: Use, expanded: Mapping[str, _Expansion]) -> bool:
    if use.name not in expanded:
        return False
    where, other, _ = expanded[use.name]
    beside = each.passage.role in _BESIDE and each.passage.slot is not None and each.passage.slot == other.passage.slot
    return where <= at or beside


_BESIDE: Final = frozenset({Role.CELL, Role.LABEL, Role.CAPTION, Role.ALT})


def _unexplained(document: Checked, each: Reading, use: Use, expanded: Mapping[str, _Expansion]) -> Diagnostic:
    message = f"`{use.name}` is not spelt out where it first stands"
    help = f"write the words and then `({use.name})`"
    related: tuple[tuple[Span, str], ...] = ()
    if use.name in expanded:
        _, other, spelt = expanded[use.name]
        later = document.at(other.passage, spelt.start, spelt.end)["span"]
        related = ((later, "spelt out only here"),) if later is not None else ()
    elif document.audience is not None:
        help += f", or add it to the `familiar:` of `{document.audience}` in `{CAMPAIGN}` if they all know it"
    where = document.at(each.passage, use.start, use.end)
    return finding("unexplained-acronym", message, **where, help=help, related=related)


# -------------------------------------------------------------------------------------------------- voice


def _voice(passages: Sequence[Passage], document: Checked) -> Iterator[Diagnostic]:
    """Two negatives anywhere, and the passive in the main message and in what is asked."""
    for each in readings_of(passages, document.reader):
        if each.passage.role is Role.TITLE:
            continue
        for hit in each.read.negatives:
            if not each.quoted(hit.start):
                message = f"two negatives in one breath: `{each.text[hit.start : hit.end]}`"
                place = _hit_place(document, each, hit)
                yield _at("double-negative", message, place, "say what is, not what is not")
        weight = _weight(document, each.passage.slot) if each.running else None
        if weight is not None:
            for hit in passives(each.text):
                if not each.quoted(hit.start):
                    message = f"the {weight} is in the passive voice: `{each.text[hit.start : hit.end]}`"
                    yield _at("passive-message", message, _hit_place(document, each, hit), "say who does it")


def _weight(document: Checked, name: str | None) -> str | None:
    """What the slot `name` is for its readers, if it is what a brief is written for."""
    slot = document.project.layouts[document.made.layout].slots.get(name or "")
    roles = slot.roles if slot is not None else ()
    return "main message" if "message" in roles else "ask" if "ask" in roles else None


# ------------------------------------------------------------------------------------------------ findings


def _hit_place(document: Checked, each: Reading, hit: Hit) -> Where:
    return words_place(document, each, hit.start, hit.end)


def _at(rule: str, message: str, where: Where, help: str) -> Diagnostic:
    return finding(rule, message, **where, help=help)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
