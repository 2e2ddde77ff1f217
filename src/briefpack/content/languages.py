"""Languages as tags (BCP 47), and what Babel knows of them.

A tag may name digits: `fa-u-nu-latn` is Persian with the digits 0 to 9. Without that a language has the digits
that CLDR gives it. A tag that Babel does not know loses its last subtag until one is known. World and American
English are answered without Babel, whose import and data of one language take some 60 ms once in a process.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from babel import Locale

ASCII_DIGITS: Final = "0123456789"

# Answered without Babel; the tests hold them to what Babel says. Plain `en` is world English, `en-001`.
QUICK: Final = frozenset({"en", "en-001", "en-gb", "en-us"})

V = TypeVar("V")


def tag_and_digits(language: str) -> tuple[str, str]:
    """A tag in lower case without its extensions, and the digits that its `nu` extension names."""
    tag, _, extension = language.lower().partition("-u-")
    return tag, extension.removeprefix("nu-").split("-")[0] if extension.startswith("nu-") else ""


def nearest(tag: str, table: Mapping[str, V]) -> V | None:
    """What `table` has for `tag`, or for what `tag` is a kind of."""
    while tag:
        if tag in table:
            return table[tag]
        tag = tag.rpartition("-")[0]
    return None


def known_locale(tag: str) -> Locale | None:
    """What Babel knows of `tag`, or of what it is a kind of."""
    from babel import Locale, UnknownLocaleError

    tag = "en-001" if tag == "en" else tag
    while tag:
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            tag = tag.rpartition("-")[0]
    return None


def _native(locale: Locale) -> str:
    systems = {**locale._data["numbering_systems"]}  # no public way to it in Babel
    return str(systems.get("native", "latn"))


def digit_system(locale: Locale, digits: str) -> str:
    """The digits named, if they are digits at all, or those that are the locale's own."""
    return digits if digits and _zero(digits) is not None else str(locale.default_numbering_system)


# Where the ten digits of a numbering system begin (CLDR `numberingSystems`, those that languages use by themselves).
_ZEROS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "latn": "DIGIT ZERO",
        "arab": "ARABIC-INDIC DIGIT ZERO",
        "arabext": "EXTENDED ARABIC-INDIC DIGIT ZERO",
        "beng": "BENGALI DIGIT ZERO",
        "cakm": "CHAKMA DIGIT ZERO",
        "deva": "DEVANAGARI DIGIT ZERO",
        "adlm": "ADLAM DIGIT ZERO",
        "gujr": "GUJARATI DIGIT ZERO",
        "guru": "GURMUKHI DIGIT ZERO",
        "hmnp": "NYIAKENG PUACHUE HMONG DIGIT ZERO",
        "khmr": "KHMER DIGIT ZERO",
        "knda": "KANNADA DIGIT ZERO",
        "laoo": "LAO DIGIT ZERO",
        "mlym": "MALAYALAM DIGIT ZERO",
        "mtei": "MEETEI MAYEK DIGIT ZERO",
        "mymr": "MYANMAR DIGIT ZERO",
        "nkoo": "NKO DIGIT ZERO",
        "olck": "OL CHIKI DIGIT ZERO",
        "orya": "ORIYA DIGIT ZERO",
        "tamldec": "TAMIL DIGIT ZERO",
        "telu": "TELUGU DIGIT ZERO",
        "thai": "THAI DIGIT ZERO",
        "tibt": "TIBETAN DIGIT ZERO",
        "vaii": "VAI DIGIT ZERO",
    }
)


def _zero(system: str) -> int | None:
    name = _ZEROS.get(system)
    return ord(unicodedata.lookup(name)) if name is not None else None


def ten_digits(system: str) -> str:
    zero = _zero(system)
    return ASCII_DIGITS if zero is None else "".join(chr(zero + digit) for digit in range(10))


def in_ten(text: str, digits: str) -> str:
    return text if digits == ASCII_DIGITS else text.translate(str.maketrans(ASCII_DIGITS, digits))


def with_digits(language: str, digits: str | None) -> str:
    """`language` with the digits that a campaign asks for: `latin`, `native`, or None for the language's own."""
    tag, named = tag_and_digits(language)
    if digits is None or named:
        return language
    locale = None if tag in QUICK else known_locale(tag)
    system = "latn" if digits == "latin" or locale is None else _native(locale)
    default = "latn" if locale is None else str(locale.default_numbering_system)
    return language if system == default or _zero(system) is None else f"{language}-u-nu-{system}"
