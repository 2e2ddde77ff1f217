"""Where a line may end in texts of every script: the opportunities of UAX 14, found by ICU.

ICU also knows the words of Thai, Lao, Khmer and Burmese, which are written without spaces between them.
Lines of Korean end between words only, as its careful printing has it, and never between a number and the noun
or the particle that follows it; Chinese and Japanese keep the strict rules on what may begin a line.
"""

from __future__ import annotations

from itertools import accumulate


def opportunities(text: str, language: str) -> frozenset[int]:
    """The places of `text` before which a line may end; `language` is a BCP 47 tag."""
    from icu4py.breakers import LineBreaker  # imported late: texts in Latin letters alone do without it

    base = language.split("-")[0].lower() or "en"
    locale = f"{base}@lb=strict" if base in ("ja", "zh") else base
    # Its own offsets count UTF-16 units; the lengths of the parts are in characters.
    ends = set(accumulate(map(len, LineBreaker(text, locale)))) - {len(text)}
    if base == "ko":
        ends = {at for at in ends if not (text[at - 1].isalnum() and text[at].isalnum())}
    return frozenset(ends)
