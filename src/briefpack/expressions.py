"""Regular expressions, compiled once a machine in place of once a process.

Python compiles an expression in Python, which for the two hundred that a page meets takes an eighth of the time of a
command that makes one. What it comes to is a list of numbers for the engine, and follows from the expression and the
version of Python alone. Who keeps it gets it by `news`, and gives it back by `recall` before expressions are asked for.
This knows neither files nor folders. Where a Python does not have its compiler where CPython has it, or an engine does
not take the numbers, which it looks through, an expression is compiled as ever.
"""

from __future__ import annotations

import re
from array import array
from functools import cache
from importlib import import_module
from typing import Any, AnyStr, Final

__all__ = ["expression", "news", "recall"]

# An expression as it is written; its numbers, its flags, how many groups it has and which of them have names.
_Key = tuple[str | bytes, int]
_Kept = tuple[bytes, int, int, dict[str, int]]


def expression(text: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives for `text`."""
    key, kept = (text, int(flags)), _kept()
    found = kept.recalled.get(key)
    try:
        if found is None:
            found = kept.new[key] = _compiled(*key)
        return _made(text, found)
    except (AttributeError, ImportError, LookupError, RuntimeError, TypeError, ValueError):
        kept.new.pop(key, None)
        return re.compile(text, flags)


def recall(kept: object) -> None:
    """Take what `news` gave to an earlier process of the same Python."""
    if isinstance(kept, dict):
        own = _kept()
        own.recalled.update(kept)
        for key in own.new.keys() & kept.keys():
            del own.new[key]  # compiled before it could be recalled, and no news


def news() -> dict[_Key, _Kept] | None:
    """All that was recalled and compiled; None where nothing was compiled since it was last asked for."""
    kept = _kept()
    if not kept.new:
        return None
    kept.recalled |= kept.new
    kept.new.clear()
    return kept.recalled


class _Expressions:
    """The expressions that this process knows."""

    def __init__(self) -> None:
        self.recalled: dict[_Key, _Kept] = {}
        self.new: dict[_Key, _Kept] = {}


@cache
def _kept() -> _Expressions:
    return _Expressions()


_NUMBERS: Final = "I"


def _compiled(text: str | bytes, flags: int) -> _Kept:
    """What the standard library's compiler makes of `text`."""
    parser, compiler = import_module("re._parser"), import_module("re._compiler")
    parsed = parser.parse(text, flags)
    state = parsed.state
    numbers = array(_NUMBERS, compiler._code(parsed, flags))
    return numbers.tobytes(), flags | state.flags, state.groups - 1, dict(state.groupdict)


def _made(text: AnyStr, kept: _Kept) -> re.Pattern[AnyStr]:
    numbers, flags, groups, names = kept
    engine: Any = import_module("_sre")
    places: list[str | None] = [None] * (groups + 1)
    for name, at in names.items():
        places[at] = name
    made: re.Pattern[AnyStr] = engine.compile(
        text, flags, array(_NUMBERS, numbers).tolist(), groups, names, tuple(places)
    )
    return made
