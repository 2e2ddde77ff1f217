"""Where a number's decimal mark stands in a text, so that the numbers of a column can be set in line.

The mark is that of the document's language; a number without decimals is in line by its last digit.
What stands before the number is a sign, a bracket or a currency; what comes after it, such as `%`, a range,
an interval or a footnote's mark, hangs behind. A text that does not begin with a number has no mark.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from briefpack.content.numbers import marks
from briefpack.expressions import expression

# More characters than this behind a number, or more letters, make it a sentence that begins with one.
_TAIL: Final = 24
_LETTERS: Final = 8

_SPACES: Final = "\u00a0\u202f\u2009"
_APOSTROPHES: Final = "'\u2019"


def decimal_place(text: str, language: str) -> int | None:
    """How many characters of `text` stand before the decimal mark; None where it is not a number."""
    found = _number(marks(language).decimal).match(text)
    if found is None:
        return None
    tail = text[found.end() :]
    is_number = len(tail) <= _TAIL and sum(map(str.isalpha, tail)) <= _LETTERS
    return found.end("whole") if is_number else None


@lru_cache(maxsize=16)
def _number(decimal: str) -> re.Pattern[str]:
    """A number with the decimal mark `decimal`; any other mark may part its thousands."""
    other = "".join(mark for mark in (".", ",") if mark != decimal)
    groups = re.escape(other + _SPACES + _APOSTROPHES)
    return expression(
        rf"""\s* [^\d\sa-z]{{0,4}} \s? [^\d\sa-z]{{0,2}}
             (?P<whole> \d{{1,3}} (?: [{groups}] \d{{3}} )+ (?!\d) | \d+ )
             (?: {re.escape(decimal)} \d+ )?""",
        re.VERBOSE,
    )
