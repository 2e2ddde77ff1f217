"""The words of messages and meanings, sentence by sentence, to know them again where they are printed.

In come a project and a language, out go the plain words of every message for every audience, and an index
from a sentence to whose it is. Sentences are compared without capitals, kinds of quotes and blanks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from briefpack.content.plain.reader import Reader
from briefpack.content.prepared import Prepared
from briefpack.content.wording import Wording
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.expressions import expression
from briefpack.project.fields import Name, Spoken

# Fewer words may stand together in two texts by chance.
LEAST: Final = 5

# Stands in the words of a message for a value that each brief has its own words for.
BLANK: Final = "\ufffc"

_END: Final = expression(r"[.!?][\"”’)]*\s+")
_PLAIN: Final = (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"), ("–", "-"), ("−", "-"))


Asked = tuple[tuple[str, Span | None], ...]
"""Messages, each with where something is asked of it."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of a message or of a fact's meaning, and the audience it is for."""

    kind: str
    id: str
    field: str
    audience: str


@dataclass(frozen=True, slots=True)
class Phrases:
    """`messages` has the sentences of each message for each audience; `known` whose a sentence is.

    A message with a value in it is one piece, with a `BLANK` where the value is. `required` has the messages that have
    to appear, by the audience, brief or pack, each with where that is said, and `forbidden` those that may not.
    """

    messages: Mapping[tuple[str, str], tuple[str, ...]]
    known: Mapping[str, tuple[Phrase, ...]]
    required: Mapping[str, Asked]
    forbidden: Mapping[str, Asked]

    @classmethod
    def of(cls, prepared: Prepared, language: str) -> Phrases:
        """The phrases of the project in `language`."""
        messages: dict[tuple[str, str], tuple[str, ...]] = {}
        known: dict[str, list[Phrase]] = {}
        for phrase, text in _texts(prepared, language):
            blank = BLANK in text
            found = (normal(text),) if blank else tuple(sentence for _, _, sentence in normal_sentences(text))
            if (phrase.kind, phrase.field) == ("message", "wording"):
                messages[phrase.id, phrase.audience] = found
            for sentence in () if blank else found:
                if len(sentence.split()) >= LEAST:
                    known.setdefault(sentence, []).append(phrase)
        every = prepared.project.messages
        required = _by_place((name, place) for name, each in every.items() for place in each.must_appear)
        forbidden = _by_place((name, place) for name, each in every.items() for place in each.must_not_appear)
        return cls(messages, {sentence: tuple(owners) for sentence, owners in known.items()}, required, forbidden)


def _by_place(named: Iterable[tuple[str, Name]]) -> dict[str, Asked]:
    """Messages by the audience, brief or pack that they name."""
    found: dict[str, list[tuple[str, Span | None]]] = {}
    for message, place in named:
        found.setdefault(place.text, []).append((message, place.span))
    return {place: tuple(several) for place, several in found.items()}


def sentences(text: str) -> Iterator[tuple[int, int, str]]:
    """The sentences of `text` with where they begin and end."""
    start = 0
    for match in _END.finditer(text):
        end = match.start() + 1
        yield start, end, text[start:end]
        start = match.end()
    if text[start:].strip():
        yield start, len(text), text[start:]


def normal_sentences(text: str, _reader: Reader | None = None) -> tuple[tuple[int, int, str], ...]:
    """The sentences of `text` as they are compared, with where they begin and end."""
    return tuple([(start, end, normal(sentence)) for start, end, sentence in sentences(text)])


def normal(text: str) -> str:
    """`text` as it is compared."""
    if not text.isascii():
        for mark, plain in _PLAIN:
            text = text.replace(mark, plain)
    return " ".join(text.split()).strip(' ".,;:!?').lower()


def _texts(prepared: Prepared, language: str) -> Iterator[tuple[Phrase, str]]:
    project = prepared.project
    for audience in project.campaign.audiences:
        wording = Wording(prepared, language, audience, blank=BLANK)
        for name, message in project.messages.items():
            for field, words in (("wording", message.wording), ("gloss", message.gloss)):
                yield from _text(wording, Phrase("message", name, field, audience), words.get(audience))
        for name, fact in project.facts.items():
            for field, words in (("means", fact.means), ("wording", fact.wording)):
                yield from _text(wording, Phrase("fact", name, field, audience), words.get(audience))


def _text(wording: Wording, phrase: Phrase, words: Spoken | None) -> Iterator[tuple[Phrase, str]]:
    text = wording.spoken(words)
    if text is not None:
        yield phrase, wording.plain(text)
