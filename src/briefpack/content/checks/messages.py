"""Messages where they have to be, and not where they may not be.

Judged by what is printed: a message that a brief names and a template forgets is absent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Self

from briefpack.content.checks.checked import Checked
from briefpack.content.checks.passages import Passage
from briefpack.content.checks.phrases import BLANK, LEAST, Asked, Phrase, normal, normal_sentences
from briefpack.content.plain.reader import Reader
from briefpack.content.resolve import ResolvedPack
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, finding
from briefpack.project.variants import base_name


def messages(document: Checked) -> Iterator[Diagnostic]:
    """Messages that are absent or may not be there, words of another audience, and words of a message typed by hand."""
    if _named(document, document.phrases.required) or _named(document, document.phrases.forbidden):
        printed = _Printed.of(document)
        yield from _absent(document, printed)
        yield from _forbidden(document, printed)
    if document.brief is not None:
        yield from document.local(_foreign)


def printed_messages(document: Checked) -> frozenset[str]:
    """The messages of a brief whose words for its audience are all there to be read."""
    printed = _Printed.of(document)
    used = document.brief.messages if document.brief is not None else ()
    own = _audiences(document)
    return frozenset(name for name in used if any(map(printed.has, _worded(document, name, own))))


@dataclass(frozen=True, slots=True)
class _Printed:
    """The passages of a document, and all their sentences; of a pack also those that its papers print."""

    known: frozenset[str]
    own: tuple[Passage, ...]
    papers: tuple[Passage, ...]
    reader: Reader

    @classmethod
    def of(cls, document: Checked) -> Self:
        known = _sentences((*document.fresh, *document.papers), document)
        if document.again is not None:
            known |= document.again.rest(_sentences)
        return cls(known, document.passages, document.papers, document.reader)

    def has(self, message: tuple[str, ...]) -> bool:
        """Whether all sentences of `message` are printed; a blank in it stands for any words."""
        return all(self._filled(each) if BLANK in each else each in self.known for each in message)

    def _filled(self, sentence: str) -> bool:
        pattern = re.compile(".+".join(re.escape(part) for part in sentence.split(BLANK)))
        return any(pattern.search(normal(passage.text)) for passage in (*self.own, *self.papers))

    def slot_of(self, message: tuple[str, ...]) -> str | None:
        """The slot that prints words of `message`."""
        once = self.reader.once
        own = ((passage, sentence) for passage in self.own for *_, sentence in once(normal_sentences, passage.text))
        return next((passage.slot for passage, sentence in own if sentence in message), None)


def _sentences(passages: Iterable[Passage], document: Checked) -> frozenset[str]:
    once = document.reader.once
    return frozenset([sentence for passage in passages for *_, sentence in once(normal_sentences, passage.text)])


def _absent(document: Checked, printed: _Printed) -> Iterator[Diagnostic]:
    for name, asked in _named(document, document.phrases.required).items():
        if not any(printed.has(words) for words in _worded(document, name, _audiences(document))):
            related = ((asked, "where that is asked"),) if asked is not None else ()
            help = f"put the message into a slot, or print `{{{{ message.{name} }}}}` in a text"
            text = f"message `{name}` is not printed in `{document.name}`"
            yield finding("message-absent", text, _head(document), help=help, related=related, path=document.path)


def _forbidden(document: Checked, printed: _Printed) -> Iterator[Diagnostic]:
    for name, said in _named(document, document.phrases.forbidden).items():
        worded = _worded(document, name, document.project.campaign.audiences)
        words = next((words for words in worded if printed.has(words)), None)
        if words is not None:
            related = ((said, "where that is said"),) if said is not None else ()
            text = f"message `{name}` is printed in `{document.name}`, where it may not appear"
            help = "take it out, or use a message that is for these readers"
            place = _slot_span(document, printed.slot_of(words)) or _head(document)
            yield finding("leak", text, place, help=help, related=related, path=document.path)


def _named(document: Checked, asked: Mapping[str, Asked]) -> dict[str, Span | None]:
    """The messages of which something is `asked` in the document, each with where that is said.

    A document goes by its name, that of the brief it is a variant of, and its audience.
    """
    places = (document.name, base_name(document.name), document.audience or "")
    found: dict[str, Span | None] = {}
    for place in dict.fromkeys(place for place in places if place):
        for name, span in asked.get(place, ()):
            found.setdefault(name, span)
    return found


def _worded(document: Checked, name: str, audiences: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The words of the message `name` for each of `audiences`."""
    messages = document.phrases.messages
    return (messages[name, each] for each in dict.fromkeys(audiences) if (name, each) in messages)


def _audiences(document: Checked) -> tuple[str, ...]:
    """Whose wording may be printed in the document."""
    made = document.made
    return tuple(paper.audience for paper in made.papers) if isinstance(made, ResolvedPack) else (made.audience,)


def _head(document: Checked) -> Span | None:
    project = document.project
    brief, pack = project.briefs.get(document.name), project.packs.get(document.name)
    if document.brief is not None:
        return brief.audience.span if brief is not None else None
    return pack.key_span("papers") if pack is not None else None


def _slot_span(document: Checked, slot: str | None) -> Span | None:
    brief = document.project.briefs.get(document.name) if document.brief is not None else None
    key = brief.slots.key(slot) if brief is not None and slot is not None else None
    return key.span if key is not None else None


def _foreign(passages: Iterable[Passage], document: Checked) -> Iterator[Diagnostic]:
    known, once = document.phrases.known, document.reader.once
    for passage in passages:
        for start, end, sentence in once(normal_sentences, passage.text):
            owners = known.get(sentence) if sentence.count(" ") >= LEAST - 1 else None
            if owners:
                yield from _owned(document, owners, passage, start, end)


def _owned(document: Checked, owners: Iterable[Phrase], passage: Passage, start: int, end: int) -> Iterator[Diagnostic]:
    """What to say of a sentence that is of `owners`."""
    own = [each for each in owners if each.audience == document.audience]
    if not own:
        other = next(iter(owners))
        message = (
            f"these words of the {other.kind} `{other.id}` are for `{other.audience}`, not for `{document.audience}`"
        )
        help = f"print the {other.kind} itself, in its words for these readers"
        yield finding("leak", message, **document.at(passage, start, end), help=help)
        return
    typed = next((each for each in own if each.kind == "message"), None)
    if typed is not None and all(each.kind == "message" and not _uses(document, each) for each in own):
        message = f"these are the words of the message `{typed.id}`, typed here"
        help = f"print `{{{{ message.{typed.id} }}}}`, so that they follow when the message changes"
        yield finding("typed-message", message, **document.at(passage, start, end), help=help)


def _uses(document: Checked, phrase: Phrase) -> bool:
    return document.brief is not None and phrase.id in document.brief.messages
