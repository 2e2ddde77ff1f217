"""Words that do not say the same: in another language, or for another audience.

What a translation, or a wording for other readers, says in its own words cannot be compared; what it prints of the
campaign can: facts, messages, sources and values. Of two wordings the numbers of facts and their qualifiers are; one
that states no number at all is a shorter message, and no slip.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefpack.content.inline import CiteMark, FactMark, LinkMark, Mark, Marked, MessageMark, NoteMark, ValueMark
from briefpack.content.prepared import Prepared
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding
from briefpack.project.fields import Spoken, Text

# A number may stand beside its unit, and its qualifier be a word of the sentence.
_NUMBERS = frozenset({"value", "number", "interval", "low", "high"})
_QUALIFIER = "qualifier"


def uneven_translations(prepared: Prepared) -> Iterator[Diagnostic]:
    """A warning for each text that leaves out what the same words print in the language before it, or adds to it."""
    project = prepared.project
    for name, message in project.messages.items():
        for field, words in (("wording", message.wording), ("gloss", message.gloss)):
            for audience, each in words.items():
                yield from _uneven(prepared, each, f"`{field}` of the message `{name}` for `{audience}`")
    for name, fact in project.facts.items():
        for audience, each in (*fact.means.items(), *fact.wording.items()):
            yield from _uneven(prepared, each, f"the words of the fact `{name}` for `{audience}`")
        yield from _uneven(prepared, fact.note, f"the note of the fact `{name}`")


def uneven_wordings(prepared: Prepared) -> Iterator[Diagnostic]:
    """A warning for each wording of a message that states other facts than the first, or one without its qualifier."""
    for name, message in prepared.project.messages.items():
        by_language: dict[str, list[tuple[str, Text]]] = {}
        for audience, words in message.wording.items():
            for language, text in words.texts:
                by_language.setdefault(language, []).append((audience, text))
        for language, texts in by_language.items():
            worded = [_worded(prepared, audience, text, language) for audience, text in texts]
            model = next((each for each in worded if each.facts), None)
            for each in worded:
                if model is not None and each is not model and each.facts:
                    yield from _against(name, each, model)


@dataclass(frozen=True, slots=True)
class _Worded:
    """The words of a message for an audience, and the facts whose number, and whose qualifier, they print."""

    audience: str
    text: Text
    facts: frozenset[str]
    qualified: frozenset[str]


def _worded(prepared: Prepared, audience: str, text: Text, language: str) -> _Worded:
    marks = list(_fact_marks(prepared.marks(text)[0]))
    facts = frozenset(mark.fact for mark in marks if mark.field in _NUMBERS)
    qualified = {mark.fact for mark in marks if mark.field == _QUALIFIER}
    qualified |= {fact for fact in facts if _is_typed(prepared, fact, text, language)}
    return _Worded(audience, text, facts, frozenset(qualified))


def _is_typed(prepared: Prepared, fact: str, text: Text, language: str) -> bool:
    """Whether the qualifier of `fact` stands in `text` as words."""
    known = prepared.project.facts.get(fact)
    words = (
        known.qualifier.read_in(language or prepared.project.campaign.language) if known and known.qualifier else None
    )
    return words is not None and " ".join(words.text.split()).lower() in " ".join(text.text.split()).lower()


def _against(name: str, own: _Worded, model: _Worded) -> Iterator[Diagnostic]:
    """What `own` states otherwise than `model`."""
    both = own.facts & model.facts
    lost = _named(model.facts - own.facts) + _named((model.qualified - own.qualified) & both, _QUALIFIER)
    more = _named(own.facts - model.facts) + _named((own.qualified - model.qualified) & both, _QUALIFIER)
    parts = [f"leaves out {', '.join(lost)}" if lost else "", f"adds {', '.join(more)}" if more else ""]
    said = " and ".join(part for part in parts if part)
    if said:
        message = (
            f"the wording of the message `{name}` for `{own.audience}` {said}, against that for `{model.audience}`"
        )
        related = ((model.text.span, f"for `{model.audience}`"),) if model.text.span is not None else ()
        help = "state the same in both, or waive this if the message is as true so"
        yield finding("uneven-wording", message, own.text.span, help=help, related=related)


def _named(facts: Iterable[str], field: str = "") -> list[str]:
    return [f"`{{{{ {fact}{f'.{field}' if field else ''} }}}}`" for fact in sorted(facts)]


def _fact_marks(marks: Iterable[Mark]) -> Iterator[FactMark]:
    for mark in marks:
        match mark:
            case Marked(content=content) | LinkMark(content=content) | NoteMark(content=content):
                yield from _fact_marks(content)
            case FactMark():
                yield mark
            case _:
                pass


def _uneven(prepared: Prepared, words: Spoken | None, what: str) -> Iterator[Diagnostic]:
    if words is None or len(words.texts) < 2:
        return
    (first, text), *others = words.texts
    model = dict.fromkeys(_stated(prepared.marks(text)[0]))
    for language, other in others:
        stated = dict.fromkeys(_stated(prepared.marks(other)[0]))
        lost = ", ".join(f"`{each}`" for each in model if each not in stated)
        more = ", ".join(f"`{each}`" for each in stated if each not in model)
        if lost or more:
            parts = [f"leaves out {lost}" if lost else "", f"adds {more}" if more else ""]
            message = f"{what} in `{language}` {' and '.join(part for part in parts if part)}, against `{first}`"
            related = ((text.span, f"in `{first}`"),) if text.span is not None else ()
            help = "say the same in both languages"
            yield finding("uneven-translation", message, other.span, help=help, related=related)


def _stated(marks: Iterable[Mark]) -> Iterator[str]:
    """What of the campaign is printed, as an author writes it."""
    for mark in marks:
        match mark:
            case Marked(content=content) | LinkMark(content=content) | NoteMark(content=content):
                yield from _stated(content)
            case FactMark(fact=fact, field=field) if field in _NUMBERS:
                yield f"{{{{ {fact} }}}}"
            case MessageMark(message=message):
                yield f"{{{{ message.{message} }}}}"
            case ValueMark(value=value):
                yield f"{{{{ value.{value} }}}}"
            case CiteMark(ids=ids):
                yield from (f"[@{source}]" for source, _ in ids)
            case _:
                pass
