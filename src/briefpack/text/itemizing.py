"""A paragraph of any script cut into items: characters of one run, face, script and direction.

For texts that words in Latin, Greek and Cyrillic letters from one face do not make up. Bidirectional levels
(UAX 9), scripts (UAX 24), faces that stand in and places where lines may end (UAX 14) are found for the whole
paragraph, and the items are what is left when it is cut at each change of any of them and at spaces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.expressions import expression
from briefpack.namedtuple import NamedTuple
from briefpack.text.bidi import classes_of, first_strong, is_mixed, levels
from briefpack.text.faces import Face
from briefpack.text.fallback import Fallback
from briefpack.text.opportunities import opportunities
from briefpack.text.runs import Manner, Run
from briefpack.text.scripts import IDEOGRAPHIC, JOINED, in_stretches, is_ignorable, scripts_of
from briefpack.text.shaped import Shaped, Speech, white
from briefpack.text.wide import BETWEEN, closes, stand_apart
from briefpack.text.words import After, Atom, Words, width_of

# Any character that needs more than words of one direction with spaces between them.
COMPLEX: Final = expression(
    "[\u0590-\u109f\u1100-\u1c7f\u1cd0-\u1cff\u200b-\u200f\u202a-\u202e\u2060-\u2069\u2d30-\u2dff\u2e80-\ua63f"
    "\ua6a0-\ua71f\ua800-\uab2f\uab70-\ufaff\ufb1d-\ufe0f\ufe20-\ufffb\U00010000-\U0010ffff]"
)
# What steers the algorithms and is gone when they have run.
_CONTROLS: Final = dict.fromkeys(
    map(ord, "\u061c\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\xad")
)
_EUROPEAN: Final = frozenset(("Latn", "Grek", "Cyrl", ""))


class Writing(NamedTuple):
    """How a paragraph is written: its language, a BCP 47 tag, the direction of its document, what stands in for
    its faces, and whether its lines are brought to one width."""

    language: str = ""
    rtl: bool = False
    fallback: Fallback | None = None
    justified: bool = False


PLAIN: Final = Writing()


@dataclass(slots=True)
class Items:
    """The arrays of a paragraph by atom and by item, as `Prepared` has them. `base` is the paragraph's level."""

    base: int
    runs: list[Run] = field(default_factory=list)
    atoms: list[Atom] = field(default_factory=list)
    afters: list[After] = field(default_factory=list)
    spaces: list[float] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    items: list[Shaped] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    levels: list[int] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)


def itemized(runs: Sequence[Run], words: Words, hyphenation: str | None, writing: Writing) -> Items:
    """`runs` as items. `hyphenation` is the language by whose patterns words may be divided, if they may."""
    text, owners = _flattened(runs)
    draft = Items(_base(text, writing))
    maker = _Maker(runs, words, hyphenation, writing, draft)
    start = 0
    for line in text.split("\n"):
        if start and draft.afters and draft.afters[-1] is After.NEVER:
            draft.afters[-1] = After.MUST
        maker.line(line, owners[start : start + len(line)])
        start += len(line) + 1
    return draft


def _base(text: str, writing: Writing) -> int:
    """The level of the paragraph: its document's, unless nothing in it is written that way."""
    own = 1 if writing.rtl else 0
    classes = set(classes_of(text))
    has = (bool(classes & {"L"}), bool(classes & {"R", "AL"}))
    if has[own] or not has[1 - own]:
        return own
    return first_strong(classes_of(text)) or 0


def _flattened(runs: Sequence[Run]) -> tuple[str, list[int]]:
    """The characters of all runs and the run of each: one blank for several, none at the ends of a line."""
    chars: list[str] = []
    owners: list[int] = []
    for owner, run in enumerate(runs):
        for char in run.text.replace("\t", " "):
            if char == " " and (not chars or chars[-1] in " \n"):
                continue
            if char == "\n" and chars and chars[-1] == " ":
                chars[-1], owners[-1] = char, owner
                continue
            chars.append(char)
            owners.append(owner)
    if chars and chars[-1] == " ":
        chars.pop()
        owners.pop()
    return "".join(chars), owners


# Groups of digits with hyphens between them, as telephone numbers and dates have, and numbers with a sign.
_GROUPS: Final = expression(r"\+?\d+(?:[-\u2011]\d+)+|(?<!\w)[+\u2212-]\d+(?:[.,]\d+)*")
_ISOLATE, _CLOSE = "\u2066", "\u2069"


def _levels(text: str, base: int) -> list[int]:
    """The bidirectional level of each character. A telephone number is read as one from left to right, and so is a
    number with its sign (UAX 9, HL3): the algorithm alone would turn groups round, and put the sign behind."""
    if not base and not is_mixed(text):
        return [0] * len(text)
    isolated = _GROUPS.sub(lambda match: f"{_ISOLATE}{match[0]}{_CLOSE}", text)
    if len(isolated) == len(text):
        return levels(text, base)
    found = levels(isolated, base)
    kept: list[int] = []
    at = 0
    for match in _GROUPS.finditer(text):
        before = match.start() - len(kept)
        kept += found[at : at + before]
        at += before + 1
        kept += found[at : at + len(match[0])]
        at += len(match[0]) + 1
    return [*kept, *found[at:]]


def _script(char: str, script: str) -> str:
    """The script that `char` is set as: one for Chinese and Japanese, and that of Latin for the digits among them."""
    if script not in IDEOGRAPHIC or script == "Hang":
        return script
    return "Latn" if char.isascii() else "Hani"


class _Kind(NamedTuple):
    """What all characters of an item have in common."""

    owner: int
    level: int
    face: Face
    script: str


@dataclass(slots=True)
class _Maker:
    runs: Sequence[Run]
    words: Words
    hyphenation: str | None
    writing: Writing
    draft: Items
    _indices: dict[Run, int] = field(default_factory=dict)

    def line(self, text: str, owners: Sequence[int]) -> None:
        """Add the items of `text`, up to where a line must end."""
        found = _levels(text, self.draft.base)
        kinds = self._kinds(text, owners, found)
        may_end = opportunities(text, self.writing.language)
        for start, end in in_stretches([char == " " for char in text]):
            if text[start] == " ":
                self._space(kinds[start])
                continue
            for first, last in in_stretches(kinds[start:end]):
                self._item(text, start + first, start + last, kinds[start + first], may_end)
                if start + last < end and self._stand_apart(text, start + last, kinds):
                    self._apart(kinds[start + first])
                if start + last < end and start + last in may_end and self._may_part(kinds[start + last]):
                    self._break(self._manner(kinds[start + first]))

    def _stand_apart(self, text: str, at: int, kinds: Sequence[_Kind]) -> bool:
        """Whether white parts the characters before and at `at`: in Chinese and Japanese, but for marks of citation."""
        language = self.writing.language[:2].lower()
        if language not in ("zh", "ja") or not self.draft.atoms or not stand_apart(text[at - 1], text[at]):
            return False
        return self._may_part(kinds[at - 1]) and self._may_part(kinds[at])

    def _apart(self, kind: _Kind) -> None:
        """White after the last atom, which is gone where a line ends there."""
        run = self._run(kind)
        self.draft.spaces[-1] = BETWEEN * run.scale
        self._add(white(run.face, BETWEEN), run, kind.level)

    def _break(self, manner: Manner) -> None:
        """A line may end after the last atom."""
        self.draft.afters[-1] = After.BREAK
        atom = self.draft.atoms[-1]
        self.draft.atoms[-1] = atom._replace(last=self._last(atom.text, atom.width, manner))

    def _last(self, text: str, width: float, manner: Manner) -> float:
        """The width of `text` where a line ends after it: without the white of a full-width mark."""
        if not closes(text[-1]):
            return width
        return width_of(text, manner._replace(speech=manner.speech._replace(ends_line=True)), self.words.shaper)

    def _kinds(self, text: str, owners: Sequence[int], found: Sequence[int]) -> list[_Kind]:
        scripts = [_script(*each) for each in zip(text, scripts_of(text), strict=True)]
        faces = [face for start, end in in_stretches(owners) for face in self._faces(text[start:end], owners[start])]
        return [_Kind(*kind) for kind in zip(owners, found, faces, scripts, strict=True)]

    def _faces(self, text: str, owner: int) -> list[Face]:
        """The face of each character of run `owner`; what no face has is noted."""
        own = self.runs[owner].face
        if self.writing.fallback is not None:
            found = self.writing.fallback.faces_of(text, own)
        else:
            found = [own if ord(char) in own.characters or is_ignorable(char) else None for char in text]
        self.draft.missing.update((char, None) for char, face in zip(text, found, strict=True) if face is None)
        return [face or own for face in found]

    def _may_part(self, kind: _Kind) -> bool:
        """Whether a line may begin with a character of `kind`: never with a mark of citation."""
        return self.runs[kind.owner].rise == 0

    def _space(self, kind: _Kind) -> None:
        """A space after an item: a line may end there."""
        draft = self.draft
        if not draft.afters or draft.afters[-1] is not After.NEVER:
            return
        run = self._run(kind)
        manner = self._manner(kind)
        draft.afters[-1] = After.SPACE
        draft.spaces[-1] = width_of(" ", manner, self.words.shaper)
        self._add(self.words.shaper.shape(run.face, " ", run.features, manner.speech), run, kind.level)

    def _item(self, text: str, start: int, end: int, kind: _Kind, may_end: frozenset[int]) -> None:
        """The characters `start` to `end`, which are of one kind."""
        shown = text[start:end].translate(_CONTROLS)
        if not shown:
            return
        run, manner, draft = self._run(kind), self._manner(kind), self.draft
        if kind.level % 2 == 0 and kind.script in _EUROPEAN and kind.face is self.runs[kind.owner].face:
            atoms = self.words.lexicon(run.manner(self.hyphenation))[shown].atoms
        else:
            atoms = tuple(self._atoms(text, start, end, manner, may_end))
        place = len(draft.items)
        self._add(self.words.shaper.shape(run.face, shown, run.features, manner.speech), run, kind.level)
        draft.atoms += atoms
        draft.afters += [atom.after for atom in atoms]
        draft.spaces += [0.0] * len(atoms)
        draft.places += [place] * len(atoms)

    def _atoms(self, text: str, start: int, end: int, manner: Manner, may_end: frozenset[int]) -> Iterator[Atom]:
        """The parts of an item between which a line may end."""
        cuts = [at for at in range(start + 1, end) if at in may_end]
        for first, last in zip([start, *cuts], [*cuts, end], strict=True):
            shown = text[first:last].translate(_CONTROLS)
            if shown:
                width = width_of(shown, manner, self.words.shaper)
                if last < end:
                    yield Atom(shown, width, After.BREAK, self._last(shown, width, manner))
                else:
                    yield Atom(shown, width, After.NEVER, width)

    def _run(self, kind: _Kind) -> Run:
        run = self.runs[kind.owner]
        joined = kind.script in JOINED
        if kind.face is run.face and not joined:
            return run
        return run._replace(face=kind.face, tracking=0.0 if joined or kind.level % 2 else run.tracking)

    def _manner(self, kind: _Kind) -> Manner:
        run = self._run(kind)
        speech = Speech(run.language, kind.level % 2 == 1, kind.script or "Zyyy")
        return Manner(run.face, run.features, run.scale, run.tracking, None, speech)

    def _add(self, shaped: Shaped, run: Run, level: int) -> None:
        index = self._indices.setdefault(run, len(self.draft.runs))
        if index == len(self.draft.runs):
            self.draft.runs.append(run)
        self.draft.items.append(shaped)
        self.draft.owners.append(index)
        self.draft.levels.append(level)
