"""A brief as somebody sees it who only scans it: title, main message, number, headings and call to action alone.

What is missing from these, or says nothing by itself, is remarked on; whether the rest is good is for people to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from briefpack.content.checks.passages import Passage, Role
from briefpack.content.resolve import ResolvedBrief
from briefpack.content.slots import word_count
from briefpack.content.values import Items, MessageValue, Section, SlotValue, Stat
from briefpack.dataclass import dataclass

# Headings that are labels of a part and say nothing of what is in it, by language.
_LABELS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "en": (
            "background",
            "introduction",
            "overview",
            "summary",
            "conclusion",
            "conclusions",
            "discussion",
            "results",
            "findings",
            "evidence",
            "methods",
            "context",
            "recommendation",
            "recommendations",
            "more information",
            "key points",
            "key messages",
            "next steps",
            "the problem",
            "the solution",
            "about us",
        ),
        "es": ("introducción", "resumen", "conclusión", "conclusiones", "resultados", "contexto", "antecedentes"),
    }
)


@dataclass(frozen=True, slots=True)
class Scan:
    """What is seen at a glance, of `words` in all; `remarks` say what keeps it from standing alone."""

    brief: str
    title: str
    message: str | None
    number: str | None
    headings: tuple[str, ...]
    call: tuple[str, ...]
    seen: int
    words: int
    remarks: tuple[str, ...]

    @property
    def stands(self) -> bool:
        return not self.remarks


def scan(brief: ResolvedBrief, passages: Iterable[Passage]) -> Scan:
    """The brief at a glance."""
    texts = tuple(passages)
    headings = [item for item in texts if item.role is Role.HEADING]
    top = next((item.text for item in headings if item.level == 1), brief.title)
    lower = tuple(item.text for item in headings if item.level > 1 and item.slot is not None)
    values = [value for value in brief.slots.values() if value is not None]
    message = next((str(value.text) for value in values if isinstance(value, MessageValue)), None)
    number = next((_number(value) for value in values if isinstance(value, Stat)), None)
    call = _call(brief.slots)
    shown = [top, message or "", number or "", *lower, *call]
    remarks = tuple(_remarks(brief, message, number, lower, call))
    words = sum(word_count(value) for value in values)
    return Scan(brief.name, top, message, number, lower, call, _words(shown), words, remarks)


def _words(texts: Iterable[str]) -> int:
    return sum(len(text.split()) for text in texts)


def _number(stat: Stat) -> str:
    unit = "" if stat.unit is None or str(stat.means).startswith(str(stat.unit)) else f" {stat.unit}"
    qualifier = f"{stat.qualifier} " if stat.qualifier is not None else ""
    return f"{qualifier}{stat.value}{unit}: {stat.means}"


def _call(slots: Mapping[str, SlotValue | None]) -> tuple[str, ...]:
    """The words of the slot `ask`, else of the first steps."""
    ask = slots.get("ask")
    if isinstance(ask, Section):
        return (str(ask.heading), *(str(text) for text in ask.paragraphs))
    steps = next((value for value in slots.values() if isinstance(value, Items) and value.kind == "steps"), None)
    if steps is None:
        return ()
    heading = (str(steps.heading),) if steps.heading is not None else ()
    return (*heading, *(str(item.text) for item in steps.items))


def _remarks(
    brief: ResolvedBrief, message: str | None, number: str | None, headings: tuple[str, ...], call: tuple[str, ...]
) -> Iterator[str]:
    if message is None:
        yield "there is no main message: fill a slot of type `message`"
    if number is None:
        yield "there is no number: fill a slot of type `stat`"
    if not call:
        yield "nobody is asked to do anything: fill the slot `ask`, or steps"
    labels = _LABELS.get(brief.language.split("-")[0], ())
    for at, heading in enumerate(headings):
        if heading.strip(" .:").lower() in labels:
            yield f"the heading `{heading}` is a label: say what the part says"
        if heading in headings[:at]:
            yield f"the heading `{heading}` stands twice"
