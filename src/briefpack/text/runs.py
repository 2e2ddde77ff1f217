"""Runs: characters that are set alike, and the manner in which they are set."""

from __future__ import annotations

from collections.abc import Iterable

from briefpack.document import Tag
from briefpack.namedtuple import NamedTuple
from briefpack.text.faces import Face
from briefpack.text.shaped import LATIN, Speech
from briefpack.text.shaping import Features


class Manner(NamedTuple):
    """How words are set: all that their parts and measures depend on. No `language`, no hyphenation."""

    face: Face
    features: Features
    scale: float
    tracking: float
    language: str | None
    speech: Speech = LATIN


class Run(NamedTuple):
    """Characters of one face and colour. `scale` is of the paragraph's size, `rise` of it too.

    `tag` names the structure element of the characters when it is not the paragraph's own. `language`, a
    BCP 47 tag, decides between the forms that languages give a letter.
    """

    text: str
    face: Face
    color: str
    scale: float = 1.0
    rise: float = 0.0
    tracking: float = 0.0
    features: Features = ()
    tag: Tag | None = None
    parent: Tag | None = None
    language: str = ""

    def saying(self, text: str, tag: Tag | None, parent: Tag | None = None) -> Run:
        """`text` as the run is set, tagged otherwise."""
        _, face, color, scale, rise, tracking, features, _, _, language = self
        return Run(text, face, color, scale, rise, tracking, features, tag, parent, language)

    def raised(self, scale: float, rise: float) -> Run:
        """The run made smaller by `scale` and lifted by `rise`, both of the paragraph's size."""
        text, face, color, _, _, tracking, features, tag, parent, language = self
        return Run(text, face, color, scale, rise, tracking, features, tag, parent, language)

    def continues(self, other: Run) -> bool:
        """Whether it is set and tagged as `other` is."""
        return self[1:] == other[1:]

    def manner(self, language: str | None = None) -> Manner:
        """How the words of the run are set, hyphenated by the patterns of `language`."""
        return Manner(self.face, self.features, self.scale, self.tracking, language, Speech(self.language))


def joined(runs: Iterable[Run]) -> list[Run]:
    """`runs` with neighbours that are set alike in one: how a text was put together leaves no mark on the page."""
    whole: list[Run] = []
    for run in runs:
        if whole and run.continues(whole[-1]):
            whole[-1] = run._replace(text=whole[-1].text + run.text)
        else:
            whole.append(run)
    return whole
