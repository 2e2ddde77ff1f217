"""Fallback: which face draws a character that the face of its style cannot.

In turn are asked the face of the style, the families that the theme names, and those that are known to have
the script (`scripts.origin`) or its characters in another language (`scripts.neighbours`), as far as they are
installed. All in the weight and posture of the style's face, or the nearest. The answer depends on what is
installed, never on what was asked before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.expressions import expression
from briefpack.text.faces import Face, FaceError, Faces
from briefpack.text.scripts import clusters, in_stretches, is_ignorable, neighbours, origin, script_of, scripts_of

_EUROPEAN: Final = frozenset(("Latn", "Grek", "Cyrl", ""))

# A number, all of which comes from the face that has its digits.
_NUMBER: Final = expression(r"[+−-]?\d+(?:[.,:/'’–−\u00a0\u202f-]\d+)*[%‰°]?")


@dataclass(frozen=True, eq=False)
class Fallback:
    """The faces that stand in, for texts in one language. Compared by identity; keep one for each language."""

    faces: Faces
    families: tuple[str, ...] = ()
    language: str = ""
    _known: dict[tuple[Face, str], Face | None] = field(default_factory=dict)

    def faces_of(self, text: str, preferred: Face) -> list[Face | None]:
        """The face of each character of `text`, None where there is none; a letter and its marks have one."""
        found: list[Face | None] = [preferred] * len(text)
        scripts = scripts_of(text)
        for start, end in in_stretches(scripts):
            self._stretch(text, start, end, preferred, scripts[start], found)
        return found

    def _stretch(self, text: str, start: int, end: int, preferred: Face, script: str, found: list[Face | None]) -> None:
        """Fill in the faces of characters of one script; its signs come from the face that has its letters."""
        letters = next((char for char in text[start:end] if script_of(char) == script), "")
        own = self._face(preferred, letters) if letters else preferred
        numeric = {at for number in _NUMBER.finditer(text, start, end) for at in range(*number.span())}
        for first, last in clusters(text[start:end]):
            cluster = text[start + first : start + last]
            face = self._of_cluster(cluster, preferred, own, script, start + first in numeric)
            found[start + first : start + last] = [face] * (last - first)

    def _of_cluster(self, cluster: str, preferred: Face, own: Face | None, script: str, numeric: bool) -> Face | None:
        drawn = [char for char in cluster if not is_ignorable(char)]
        shared = drawn and not script_of(drawn[0]) and not drawn[0].isspace() and not numeric
        first = own if own is not None and shared and script not in _EUROPEAN else preferred
        for face in (first, preferred, own):
            if face is not None and _draws(face, drawn):
                return face
        return self._face(preferred, "".join(drawn))

    def _face(self, preferred: Face, cluster: str) -> Face | None:
        """The first face that has all of `cluster`, or all of its base if none has its marks as well."""
        key = (preferred, cluster)
        if key not in self._known:
            self._known[key] = self._find(preferred, cluster)
        return self._known[key]

    def _find(self, preferred: Face, cluster: str) -> Face | None:
        return next((face for face in self._candidates(preferred, cluster) if _draws(face, cluster)), None)

    def _candidates(self, preferred: Face, cluster: str) -> Iterator[Face]:
        yield preferred
        script = script_of(cluster[0])
        own = list(self._installed(origin(script, self.language).families, preferred))
        yield from self._installed(self.families, preferred)
        yield from own
        # A name in the characters of a neighbour; where the language's own face is not here, it is asked for.
        yield from self._installed(neighbours(script) if own else (), preferred)
        yield from self._installed(origin("", "").families, preferred)

    def _installed(self, families: Sequence[str], preferred: Face) -> Iterator[Face]:
        """The faces of `families` that are there, in the weight and posture of `preferred`."""
        for family in families:
            try:
                yield self.faces.face(family, preferred.weight, preferred.italic_angle != 0)
            except FaceError:
                continue


def _draws(face: Face, chars: Sequence[str]) -> bool:
    return all(ord(char) in face.characters for char in chars)
