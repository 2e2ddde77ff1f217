"""The words of messages and meanings, sentence by sentence, to know them again where they are printed.

In come a project and a language, out go the plain words of every message for every audience, and an index
from a sentence to whose it is. Sentences are compared without capitals, kinds of quotes and blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from briefpack.content.prepared import Prepared
from briefpack.content.wording import Wording
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.project.fields import Spoken

# Fewer words may stand together in two texts by chance.
LEAST: Final = 5

_END: Final = re.compile(r"(?<=[.!?])[\"”’)]*[\s\u00a0]+")
_BLANKS: Final = re.compile(r"[\s\u00a0\u202f]+")
_PLAIN: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "−": "-"})


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

    `required` has the messages that have to appear, by the audience, brief or pack, each with where that is said.
    """

    messages: Mapping[tuple[str, str], tuple[str, ...]]
    known: Mapping[str, tuple[Phrase, ...]]
    required: Mapping[str, tuple[tuple[str, Span | None], ...]]

    @classmethod
    def of(cls, prepared: Prepared, language: str) -> Phrases:
        """The phrases of the project in `language`."""
        messages: dict[tuple[str, str], tuple[str, ...]] = {}
        known: dict[str, list[Phrase]] = {}
        for phrase, text in _texts(prepared, language):
            found = tuple(sentence for _, _, sentence in normal_sentences(text))
            if (phrase.kind, phrase.field) == ("message", "wording"):
                messages[phrase.id, phrase.audience] = found
            for sentence in found:
                if len(sentence.split()) >= LEAST:
                    known.setdefault(sentence, []).append(phrase)
        required: dict[str, list[tuple[str, Span | None]]] = {}
        for name, message in prepared.project.messages.items():
            for place in message.must_appear:
                required.setdefault(place.text, []).append((name, place.span))
        wanted = {place: tuple(several) for place, several in required.items()}
        return cls(messages, {sentence: tuple(owners) for sentence, owners in known.items()}, wanted)


def sentences(text: str) -> Iterator[tuple[int, int, str]]:
    """The sentences of `text` with where they begin and end."""
    start = 0
    for match in _END.finditer(text):
        yield start, match.start(), text[start : match.start()]
        start = match.end()
    if text[start:].strip():
        yield start, len(text), text[start:]


def normal_sentences(text: str, _language: str = "") -> tuple[tuple[int, int, str], ...]:
    """The sentences of `text` as they are compared, with where they begin and end."""
    return tuple([(start, end, normal(sentence)) for start, end, sentence in sentences(text)])


def normal(text: str) -> str:
    """`text` as it is compared."""
    return _BLANKS.sub(" ", text.translate(_PLAIN)).strip(' ".,;:!?').lower()


def _texts(prepared: Prepared, language: str) -> Iterator[tuple[Phrase, str]]:
    project = prepared.project
    for audience in project.campaign.audiences:
        wording = Wording(prepared, language, audience)
        for name, message in project.messages.items():
            for field, words in (("wording", message.wording), ("gloss", message.gloss)):
                yield from _text(wording, Phrase("message", name, field, audience), words.get(audience))
        for name, fact in project.facts.items():
            yield from _text(wording, Phrase("fact", name, "means", audience), fact.means.get(audience))


def _text(wording: Wording, phrase: Phrase, words: Spoken | None) -> Iterator[tuple[Phrase, str]]:
    text = wording.spoken(words)
    if text is not None:
        yield phrase, wording.plain(text)
