"""Which way a language is written."""

from __future__ import annotations

from typing import Final

# Languages written from right to left, and those of them that are only in that script.
_RTL_LANGUAGES: Final = frozenset(
    ("ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi")
)
_RTL_SCRIPTS: Final = frozenset(("adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"))


def is_right_to_left(language: str) -> bool:
    """Whether a text in `language`, a BCP 47 tag, is written from right to left."""
    first, *rest = language.lower().replace("_", "-").split("-")
    if rest and len(rest[0]) == 4:
        return rest[0] in _RTL_SCRIPTS
    return first in _RTL_LANGUAGES
