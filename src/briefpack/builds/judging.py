"""How severely a build judges: the day that dates are judged by, and whether a warning is an error."""

from __future__ import annotations

from datetime import date

from briefpack.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Judging:
    """The day to judge dates by, and whether a warning is an error."""

    today: date
    strict: bool = False
