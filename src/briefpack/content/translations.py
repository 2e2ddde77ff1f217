"""Words in several languages that do not say the same: another fact, message, source or value in one than in the other.

What a translation says in its own words cannot be compared; what it prints of the campaign can.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from briefpack.content.inline import CiteMark, FactMark, LinkMark, Mark, Marked, MessageMark, NoteMark, ValueMark
from briefpack.content.prepared import Prepared
from briefpack.diagnostics import Diagnostic, finding
from briefpack.project.fields import Spoken

# A number may stand beside its unit, and its qualifier be a word of the sentence.
_NUMBERS = frozenset({"value", "number", "interval", "low", "high"})


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
