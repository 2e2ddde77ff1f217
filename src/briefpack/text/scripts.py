"""Scripts: which one a character belongs to, which way it is written, and where its letters can be had.

Scripts have their ISO 15924 names, such as `Arab`; `""` stands for characters that many scripts share
(Common and Inherited of UAX 24). What HarfBuzz knows of a character is what is used here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

import uharfbuzz as hb

from briefpack.namedtuple import NamedTuple

# Letters of one word join or hang together here: letter-spacing would tear them.
JOINED: Final = frozenset(("Arab", "Beng", "Deva", "Gujr", "Guru", "Mong", "Nkoo", "Syrc"))

IDEOGRAPHIC: Final = frozenset(("Hani", "Hira", "Kana", "Bopo", "Hang", "Yiii"))


class Origin(NamedTuple):
    """Where the letters of a script come from: typeface families, best first, and the extra that installs one."""

    families: tuple[str, ...]
    extra: str


_KURINTO: Final = "Kurinto Sans"
_JAPANESE: Final = Origin(("Noto Sans CJK JP", "Noto Sans CJK"), "japanese")

_ORIGINS: Final[Mapping[str, Origin]] = MappingProxyType(
    {
        "Arab": Origin(("IBM Plex Sans Arabic", "Noto Sans Arabic"), "arabic"),
        "Beng": Origin(("Hind Siliguri",), "bengali"),
        "Cyrl": Origin(("Fira Sans", "Noto Sans"), "latin"),
        "Deva": Origin(("Noto Sans Devanagari",), "devanagari"),
        "Ethi": Origin((_KURINTO,), "amharic"),
        "Grek": Origin(("Fira Sans", "Noto Sans"), "latin"),
        "Hang": Origin(("Kurinto Sans KR",), "korean"),
        "Hani": Origin(("Kurinto Sans SC", "Kurinto Sans TC"), "chinese"),
        "Hebr": Origin(("Heebo",), "hebrew"),
        "Hira": _JAPANESE,
        "Kana": _JAPANESE,
        "Khmr": Origin(("Noto Sans Khmer",), "khmer"),
        "Latn": Origin(("Fira Sans", "Noto Sans"), "latin"),
        "Taml": Origin(("Noto Sans Tamil",), "tamil"),
        "Telu": Origin(("Noto Sans Telugu",), "telugu"),
        "Thai": Origin(("Noto Sans Thai",), "thai"),
    }
)
_OTHERS: Final = Origin(("Noto Sans", _KURINTO), "latin")

# Chinese characters are drawn differently where Japanese, Korean and traditional Chinese are written.
_HAN: Final[Mapping[str, Origin]] = MappingProxyType(
    {
        "ja": _JAPANESE,
        "ko": Origin(("Kurinto Sans KR",), "korean"),
        "zh-hant": Origin(("Kurinto Sans TC",), "chinese"),
    }
)

_NAMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Arab": "Arabic",
        "Beng": "Bengali",
        "Cyrl": "Cyrillic",
        "Deva": "Devanagari",
        "Ethi": "Ethiopic",
        "Grek": "Greek",
        "Hang": "Korean",
        "Hani": "Chinese",
        "Hebr": "Hebrew",
        "Hira": "Japanese",
        "Kana": "Japanese",
        "Khmr": "Khmer",
        "Latn": "Latin",
        "Taml": "Tamil",
        "Telu": "Telugu",
        "Thai": "Thai",
    }
)


def stand_ins() -> frozenset[str]:
    """The families that letters of any script may come from."""
    origins = (*_ORIGINS.values(), *_HAN.values(), _OTHERS)
    return frozenset(family for each in origins for family in each.families)


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """The script of one character, `""` for one that many share. Full-width letters are set as Chinese is."""
    if "\uff21" <= char <= "\uff5a":
        return "Hani"
    buffer = hb.Buffer()
    buffer.add_str(char)
    buffer.guess_segment_properties()
    return str(buffer.script or ("Hani" if _is_wide_sign(char) else ""))


def _is_wide_sign(char: str) -> bool:
    """Whether `char` is punctuation of Chinese, Japanese and Korean alone, or a full-width form (UAX 24, scx)."""
    return "\u3000" <= char <= "\u303f" or "\uff00" <= char <= "\uffef"


def scripts_of(text: str) -> list[str]:
    """The script of each character; shared ones are of what stands before them, or after at the start."""
    found = [script_of(char) for char in text]
    before = next((script for script in found if script), "")
    for at, script in enumerate(found):
        if script:
            before = script
        else:
            found[at] = before
    return found


def script_name(char: str) -> str:
    """What people call the script of `char`; empty where it has none of its own."""
    return _NAMES.get(script_of(char), "")


def origin(char_script: str, language: str) -> Origin:
    """Where letters of a script can be had for a text in `language`, a BCP 47 tag."""
    if char_script in ("Hani", "Bopo"):
        tag = language.lower()
        if tag.startswith("zh") and any(part in tag.split("-") for part in ("hant", "tw", "hk", "mo")):
            return _HAN["zh-hant"]
        return _HAN.get(tag.split("-")[0], _ORIGINS["Hani"])
    return _ORIGINS.get(char_script, _OTHERS)


def neighbours(char_script: str) -> tuple[str, ...]:
    """The families that have the Chinese characters of all languages; none for another script."""
    if char_script not in ("Hani", "Bopo"):
        return ()
    origins = (_ORIGINS["Hani"], *_HAN.values())
    return tuple(dict.fromkeys(family for each in origins for family in each.families))


def is_ignorable(char: str) -> bool:
    """Whether `char` steers text without being drawn: joiners, direction marks, variation selectors."""
    return unicodedata.category(char) == "Cf" or "\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef"


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """The ranges of characters that no line and no change of typeface may part: a letter and its marks."""
    start = 0
    for at in range(1, len(text)):
        if not (unicodedata.category(text[at]).startswith("M") or is_ignorable(text[at])):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def in_stretches(values: Sequence[object]) -> Iterator[tuple[int, int]]:
    """The ranges of equal values, in order."""
    start = 0
    for at in range(1, len(values) + 1):
        if at == len(values) or values[at] != values[start]:
            yield start, at
            start = at
