"""Letters as outlines: what reading a drawing asks of whoever has typefaces."""

from __future__ import annotations

from typing import Protocol

from briefpack.dataclass import dataclass
from briefpack.graphics.primitives import Segment


@dataclass(frozen=True, slots=True)
class Font:
    """What a drawing asks for: families in order of preference, a weight of 100 to 900."""

    families: tuple[str, ...] = ()
    weight: int = 400
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Outlined:
    """A text as outlines, in sizes of the type, y downwards from the baseline.

    `family` is the typeface that was found; `substitute` says that the drawing did not name it. `missing`
    are the characters it does not have.
    """

    segments: tuple[Segment, ...]
    advance: float
    family: str
    substitute: bool = False
    missing: tuple[str, ...] = ()
    x_height: float = 0.5
    ascent: float = 0.8
    descent: float = -0.2


class Letters(Protocol):
    def outlined(self, text: str, font: Font) -> Outlined: ...
