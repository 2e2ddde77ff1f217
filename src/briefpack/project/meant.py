"""What an author most likely meant by a value that cannot be read: a date in another order, a number with grouping.

In goes what was expected and the text, out comes how to write it; None where nothing is plain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from briefpack.expressions import expression
from briefpack.project.fields import A_DATE, A_LENGTH, A_NUMBER, A_WHOLE_NUMBER

_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY_LAST: Final = expression(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})")
_YEAR_FIRST: Final = expression(r"(\d{4})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{1,2})")
_IN_WORDS: Final = expression(r"(?:\w+,\s*)?(?:(\d{1,2})\.?\s+([A-Za-z]+)|([A-Za-z]+)\s+(\d{1,2})),?\s+(\d{4})")
_GROUPED: Final = expression(r"(\d{1,3}(?:[,\s\u00a0\u202f'’]\d{3})+)(\.\d+)?")
_COMMA: Final = expression(r"(\d+),(\d+)")
_LEADING: Final = expression(r"(\d+)\b.*", re.DOTALL)
_MEASURED: Final = expression(r"(\d+(?:[.,]\d+)?)\s*([A-Za-z]*)\.?")
_UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("pt", "pts", "point", "points", "px"), "pt"),
        **dict.fromkeys(("mm", "millimetre", "millimetres", "millimeter", "millimeters"), "mm"),
        **dict.fromkeys(("cm", "centimetre", "centimetres", "centimeter", "centimeters"), "cm"),
        **dict.fromkeys(("in", "inch", "inches"), "in"),
    }
)


def meant(expected: str, text: str) -> str | None:
    """How to write `text` where `expected` was not found, as the end of a help line."""
    read = _READERS.get(expected)
    return read(text.strip()) if read is not None else None


def _date(text: str) -> str | None:
    found = _dates(text)
    return f"write `{found[0].isoformat()}`" if len(found) == 1 else None


def _dates(text: str) -> list[date]:
    """The days that `text` may mean: of two numbers before a year either may be the month."""
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
        return _real((year, month, day))
    if match := _DAY_LAST.fullmatch(text):
        one, other, year = map(int, match.groups())
        # Points stand between days and months, in this order, wherever they are used.
        return _real((year, other, one)) if "." in text else _real((year, other, one), (year, one, other))
    if match := _IN_WORDS.fullmatch(text):
        name, day, year = (match[2] or match[3]).lower(), int(match[1] or match[4]), int(match[5])
        return _real(*((year, at, day) for at, month in enumerate(_MONTHS, start=1) if name.startswith(month)))
    return []


def _real(*days: tuple[int, int, int]) -> list[date]:
    """Those of `days`, as year, month and day, that there are; each once."""
    found: dict[date, None] = {}
    for year, month, day in days:
        try:
            found[date(year, month, day)] = None
        except ValueError:
            continue
    return list(found)


def _number(text: str) -> str | None:
    if match := _GROUPED.fullmatch(text):
        return f"write `{re.sub('[^0-9]', '', match[1])}{match[2] or ''}`, without grouping"
    if match := _COMMA.fullmatch(text):
        return f"write `{match[1]}.{match[2]}`"
    return None


def _whole(text: str) -> str | None:
    match = _GROUPED.fullmatch(text)
    if match and not match[2]:
        return f"write `{re.sub('[^0-9]', '', text)}`, without grouping"
    match = _LEADING.fullmatch(text)
    return f"write `{match[1]}`" if match and not text[len(match[1]) :].lstrip().startswith((".", ",")) else None


def _length(text: str) -> str | None:
    match = _MEASURED.fullmatch(text)
    if match is None:
        return None
    number, unit = match[1].replace(",", "."), match[2].lower()
    if not unit:
        return f"write `{number}mm` or `{number}pt`"
    return f"write `{number}{_UNITS[unit]}`" if unit in _UNITS else None


_READERS: Final[Mapping[str, Callable[[str], str | None]]] = MappingProxyType(
    {A_DATE: _date, A_NUMBER: _number, A_WHOLE_NUMBER: _whole, A_LENGTH: _length}
)
