"""What the glyphs of a document stand for that its faces say nothing of: the first use of one settles it.

A claim that comes too late is lost: the glyph is then under an ActualText. One that does not bind gives way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from briefpack.dataclass import dataclass
from briefpack.pdf.glyphs import Claim
from briefpack.text.faces import Face

Texts = Mapping[Face, Mapping[int, str]]


@dataclass(slots=True)
class Settled:
    """What is settled in one document: the text of glyphs by face. `heard` are the claims since it was last emptied."""

    texts: dict[Face, dict[int, str]] = field(default_factory=dict)
    heard: list[Claim] = field(default_factory=list)
    lost: int = 0

    def settle(self, claims: Sequence[Claim]) -> frozenset[Claim]:
        """Note what glyphs stand for, and say which of the claims come too late."""
        lost: list[Claim] = []
        for claim in claims:
            own = self.texts.setdefault(claim.face, {})
            if own.setdefault(claim.glyph, claim.text) != claim.text and claim.binding:
                lost.append(claim)
        self.heard += claims
        self.lost += len(lost)
        return frozenset(lost)

    def holds(self, claims: Sequence[Claim]) -> bool:
        """Whether nothing is settled otherwise than `claims` say, which is noted then."""
        texts = self.texts
        new: dict[tuple[Face, int], str] = {}
        for claim in claims:
            own = texts.get(claim.face)
            text = own.get(claim.glyph) if own is not None else None
            if text is None:
                text = new.setdefault((claim.face, claim.glyph), claim.text)
            if text != claim.text and claim.binding:
                return False
        for (face, glyph), text in new.items():
            texts.setdefault(face, {})[glyph] = text
        return True
