"""Messages where they have to be, and not where they may not be.

Judged by what is printed: a message that a brief names and a template forgets is absent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefpack.content.checks.checked import Checked
from briefpack.content.checks.passages import Passage
from briefpack.content.checks.phrases import Phrase, normal_sentences
from briefpack.content.resolve import ResolvedPack
from briefpack.diagnostics import Diagnostic, Span, finding
from briefpack.project.fields import Name
from briefpack.project.models import Message
from briefpack.project.variants import base_name


def messages(document: Checked) -> Iterator[Diagnostic]:
    """Messages that are absent, words of another audience, and words of a message typed by hand."""
    printed = [
        (passage, start, end, sentence)
        for passage in document.passages
        for start, end, sentence in document.reader.once(normal_sentences, passage.text)
    ]
    yield from _absent(document, _printed(document, (sentence for *_, sentence in printed)))
    if document.brief is not None:
        yield from _foreign(document, printed)


def _printed(document: Checked, own: Iterable[str]) -> frozenset[str]:
    """All sentences of the document; of a pack, those of its papers too."""
    once = document.reader.once
    of_papers = (sentence for passage in document.papers for *_, sentence in once(normal_sentences, passage.text))
    return frozenset((*own, *of_papers))


def _absent(document: Checked, printed: frozenset[str]) -> Iterator[Diagnostic]:
    for name, asked in _required(document).items():
        audiences = _audiences(document)
        worded = [
            document.phrases.messages[name, each] for each in audiences if (name, each) in document.phrases.messages
        ]
        if not any(printed.issuperset(each) for each in worded):
            related = ((asked, "where that is asked"),) if asked is not None else ()
            help = f"put the message into a slot, or print `{{{{ message.{name} }}}}` in a text"
            text = f"message `{name}` is not printed in `{document.name}`"
            yield finding("message-absent", text, _head(document), help=help, related=related, path=document.path)


def _required(document: Checked) -> dict[str, Span | None]:
    """The messages that have to appear in the document, each with where that is said."""
    found: dict[str, Span | None] = {}
    for place in _own(document):
        for name, span in document.phrases.required.get(place, ()):
            found.setdefault(name, span)
    return found


def _own(document: Checked) -> tuple[str, ...]:
    """What a message may call the document by: its name, that of the brief it is a variant of, its audience."""
    names = (document.name, base_name(document.name), document.audience or "")
    return tuple(dict.fromkeys(name for name in names if name))


def _audiences(document: Checked) -> tuple[str, ...]:
    """Whose wording may be printed in the document."""
    made = document.made
    return tuple(paper.audience for paper in made.papers) if isinstance(made, ResolvedPack) else (made.audience,)


def _named(names: Iterable[Name], document: Checked) -> Name | None:
    """The one of `names` that means the document."""
    own = _own(document)
    return next((name for name in names if name.text in own), None)


def _head(document: Checked) -> Span | None:
    project = document.project
    brief, pack = project.briefs.get(document.name), project.packs.get(document.name)
    if document.brief is not None:
        return brief.audience.span if brief is not None else None
    return pack.key_span("papers") if pack is not None else None


def _foreign(document: Checked, printed: Iterable[tuple[Passage, int, int, str]]) -> Iterator[Diagnostic]:
    known = document.phrases.known
    for passage, start, end, sentence in printed:
        owners = known.get(sentence)  # whose sentences all have `LEAST` words
        if owners:
            yield from _owned(document, owners, passage, start, end)
    for name in document.brief.messages if document.brief is not None else ():
        yield from _forbidden(document, name)


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


def _forbidden(document: Checked, name: str) -> Iterator[Diagnostic]:
    message: Message = document.project.messages[name]
    place = _named(message.must_not_appear, document)
    if place is not None:
        related = ((place.span, "where that is said"),) if place.span is not None else ()
        text = f"message `{name}` is printed in `{document.name}`, where it may not appear"
        help = "take it out, or use a message that is for these readers"
        yield finding("leak", text, _head(document), help=help, related=related, path=document.path)
