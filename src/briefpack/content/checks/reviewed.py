"""What a review says of a brief: how readable it is, and which items of two instruments it meets."""

from __future__ import annotations

from enum import StrEnum

from briefpack.content.plain.readability import Readability
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span


class State(StrEnum):
    MET = "met"
    NOT_MET = "not met"
    NOT_APPLICABLE = "does not apply"
    PERSON = "needs a person"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program can say of an item, why, and where in the files."""

    state: State
    why: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """An item of an instrument: its number there, what it asks in our words, and the answer."""

    number: int
    asks: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Instrument:
    """What was looked at of an instrument with `items` items in all."""

    name: str
    items: int
    looked_at: tuple[ReviewItem, ...]

    @property
    def machine_checked(self) -> int:
        return sum(item.answer.state in (State.MET, State.NOT_MET) for item in self.looked_at)

    @property
    def met(self) -> int:
        return sum(item.answer.state is State.MET for item in self.looked_at)


@dataclass(frozen=True, slots=True)
class Review:
    """How readable a brief is and how it is built. No official score of anything."""

    name: str
    layout: str
    audience: str
    readability: Readability
    instruments: tuple[Instrument, ...]
