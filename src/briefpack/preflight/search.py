"""On which pages of a finished file words stand, by what pypdf extracts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Final

from pypdf import PdfReader
from pypdf.errors import PdfReadError

# A hyphen may be that of a line's end.
_BLANKS: Final = re.compile(r"[\s\u00ad\u200b\u2010\u2060-]+")


def pages_with(data: bytes, words: Iterable[str]) -> tuple[int, ...]:
    """The pages, from 1, that have any of `words`; none of a file that cannot be read.

    A number is not found inside another one.
    """
    patterns = [_pattern(_BLANKS.sub("", each)) for each in words]
    try:
        texts = [_BLANKS.sub("", page.extract_text()) for page in PdfReader(BytesIO(data)).pages]
    except (PdfReadError, ValueError, KeyError):
        return ()
    return tuple(
        number for number, text in enumerate(texts, start=1) if any(pattern.search(text) for pattern in patterns)
    )


def _pattern(words: str) -> re.Pattern[str]:
    before = r"(?<![\d.,])" if words[:1].isdigit() else ""
    after = r"(?![.,]?\d)" if words[-1:].isdigit() else ""
    return re.compile(f"{before}{re.escape(words)}{after}")
