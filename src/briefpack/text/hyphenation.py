"""Where a word may be divided: the hyphenation patterns of its language.

Names, URLs, numbers and words with capitals inside are never divided; nor is a part left of fewer
than three letters, or carried over of fewer than three. A word with a capital at its head is taken for a name,
but in German, where every noun has one.
"""

from __future__ import annotations

from typing import Final

from briefpack.expressions import expression

_DIVISIBLE: Final = expression(r"[^\W\d_]+")
_LEFT, _RIGHT, _SHORTEST = 3, 3, 7
_CAPITAL_NOUNS: Final = ("de", "lb", "nds")


class Hyphenator:
    """Division points by language. Languages without patterns divide nothing."""

    def __init__(self) -> None:
        self._dictionaries: dict[str, object] = {}
        self._points: dict[tuple[str, str], tuple[int, ...]] = {}

    def points(self, word: str, language: str) -> tuple[int, ...]:
        """Indices in `word` before which it may be divided; leading and trailing marks do not matter."""
        key = (language, word)
        found = self._points.get(key)
        if found is None:
            found = self._points[key] = self._find(word, language)
        return found

    def _find(self, word: str, language: str) -> tuple[int, ...]:
        match = _DIVISIBLE.search(word)
        if match is None or len(match[0]) < _SHORTEST or not word.strip("()[]“”‘’'\",.;:!?").isalpha():
            return ()
        letters = match[0]
        tail = letters[1:] if language.split("-")[0].lower() in _CAPITAL_NOUNS else letters
        if tail != tail.lower():
            return ()
        dictionary = self._dictionary(language)
        if dictionary is None:
            return ()
        positions = dictionary.positions(letters)  # type: ignore[attr-defined]
        return tuple(match.start() + at for at in positions if at >= _LEFT and len(letters) - at >= _RIGHT)

    def _dictionary(self, language: str) -> object | None:
        if language not in self._dictionaries:
            import pyphen

            found = pyphen.language_fallback(language.replace("-", "_"))
            self._dictionaries[language] = pyphen.Pyphen(lang=found) if found else None
        return self._dictionaries[language]
