"""A paragraph made ready for line breaking: its words cut into atoms, measured, and one after the other.

Measures are thousandths of the paragraph's type size, so one preparation serves at every size.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import accumulate, chain, pairwise, repeat
from operator import add
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.text.itemizing import COMPLEX, PLAIN, Writing, itemized
from briefpack.text.runs import Manner, Run
from briefpack.text.shaped import Shaped
from briefpack.text.shaping import Shaper
from briefpack.text.words import After, Atom, Lexicon, Word, Words, width_of


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What the search for breaks asks of a paragraph's atoms, as arrays by atom.

    `starts[i]` is where atom i begins when all stand on one line, `ends[i]` where a line ends that ends
    after it, hyphen included; both in thousandths of the type size. `legal[i]` is whether a line may end
    there; `costs[i]` what that costs. `stops` are the numbers of atoms after which a line must end.
    """

    starts: Sequence[float]
    ends: Sequence[float]
    legal: Sequence[bool]
    costs: Sequence[float]
    stops: Sequence[int]
    natural: float
    least: float


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A paragraph cut into atoms, `afters[i]` saying what follows atom i and `spaces[i]` how wide it is.

    `items` are its words and spaces if no line divided a word, `owners` the run of each, and `places[i]`
    the item that atom i is of. `missing` lists characters that no face can draw. `levels` are the
    bidirectional levels of the items (UAX 9), None where all run from left to right, `base` the paragraph's.
    Of a `justified` one the measures are those with every space at its narrowest, and `gives` is what stretches
    after each atom, its space or what stands for one between characters of Chinese and Japanese.
    """

    runs: tuple[Run, ...]
    atoms: Sequence[Atom]
    afters: Sequence[After]
    spaces: Sequence[float]
    places: Sequence[int]
    items: Sequence[Shaped]
    owners: Sequence[int]
    measures: Measures
    missing: tuple[str, ...]
    text: str
    levels: Sequence[int] | None = None
    base: int = 0
    justified: bool = False
    gives: Sequence[float] = ()

    def manner_at(self, place: int) -> Manner:
        """How item `place` is set."""
        run, shaped = self.runs[self.owners[place]], self.items[place]
        return run.manner()._replace(speech=shaped.speech)


# What stretches between two characters of Chinese or Japanese as a space does, in thousandths of the type size.
_WIDE_GIVE: Final = 100.0

# How far a space gives way in a justified line, of itself.
SHRINK: Final = 0.15

# What it costs to end a line there, in units of (white space / measure)², by what follows otherwise.
_COSTS: Final = {After.SYLLABLE: 0.04, After.URL: 0.06, After.BREAK: 0.004}
_COST_AFTER: Final = tuple(_COSTS.get(after, 0.0) for after in After)


def measure(atoms: Sequence[Atom], afters: Sequence[After], spaces: Sequence[float]) -> Measures:
    """The arrays that the search for breaks runs over."""
    if not atoms:
        return Measures((), (), (), (), (), 0.0, 0.0)
    if len(atoms) == 1:
        width = atoms[0].last
        return Measures((0.0,), (width,), (afters[0] is not After.NEVER,), (0.0,), (1,), width, width)
    starts = list(accumulate(map(add, [atom.width for atom in atoms], spaces), initial=0.0))
    last = [atom.last for atom in atoms]
    ends = list(map(add, starts, last))
    if afters[-1] is After.NEVER and afters.count(After.SPACE) == len(atoms) - 1:
        # As most are: whole words with spaces between them.
        inner = len(atoms) - 1
        legal = [*repeat(True, inner), False]
        return Measures(starts, ends, legal, [0.0] * len(atoms), [len(atoms)], ends[-1], max(last))
    stops = [at for at, after in enumerate(afters, start=1) if after is After.MUST] if After.MUST in afters else []
    if not stops or stops[-1] != len(atoms):
        stops.append(len(atoms))
    natural = max(ends[stop - 1] - starts[start] for start, stop in pairwise((0, *stops)))
    legal = [after is not After.NEVER for after in afters]
    return Measures(starts, ends, legal, [_COST_AFTER[after] for after in afters], stops, natural, _least(last, legal))


def _least(widths: Sequence[float], legal: Sequence[bool]) -> float:
    """The width of the widest part that no line may divide."""
    if all(legal[:-1]):
        return max(widths)
    least = block = 0.0
    for width, parted in zip(widths, legal, strict=True):
        block += width
        least = max(least, block)
        if parted:
            block = 0.0
    return least


def prepare(runs: Sequence[Run], words: Words, language: str | None = None, writing: Writing = PLAIN) -> Prepared:
    """`runs` cut into atoms. `language` turns hyphenation on, by the patterns of that language."""
    if not writing.rtl and not any(map(_is_complex, runs)):
        draft = _Draft()
        for owner, run in enumerate(runs):
            draft.run(run.text, words.lexicon(run.manner(language)), owner)
        if not draft.missing or writing.fallback is None:
            return draft.prepared(tuple(runs), writing.justified)
    found = itemized(runs, words, language, writing)
    return Prepared(
        runs=tuple(found.runs),
        atoms=found.atoms,
        afters=found.afters,
        spaces=found.spaces,
        places=found.places,
        items=found.items,
        owners=found.owners,
        measures=measure(found.atoms, found.afters, _least_spaces(found.afters, found.spaces, writing.justified)),
        missing=tuple(found.missing),
        text="".join([run.text for run in runs]),
        justified=writing.justified,
        gives=_gives(found.afters, found.spaces, found.places, found.items) if writing.justified else (),
        levels=found.levels if found.base or any(found.levels) else None,
        base=found.base,
    )


def _is_complex(run: Run) -> bool:
    return not run.text.isascii() and COMPLEX.search(run.text) is not None


@dataclass(slots=True)
class _Draft:
    """The arrays of a paragraph while it grows, word by word."""

    atoms: list[Atom] = field(default_factory=list)
    afters: list[After] = field(default_factory=list)
    spaces: list[float] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    items: list[Shaped] = field(default_factory=list)
    owners: list[int] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)

    def run(self, text: str, lexicon: Lexicon, owner: int) -> None:
        """The words of run `owner`, with one space for all the blanks between two of them."""
        for at, line in enumerate(text.replace("\t", " ").split("\n")):
            if at and self.afters and self.afters[-1] is After.NEVER:
                self.afters[-1] = After.MUST
            space = lexicon[" "]
            if line.startswith(" "):
                self._space(space)
            words = [lexicon[word] for word in line.split(" ") if word]
            if words:
                self._words(words, space)
                if line.endswith(" "):
                    self._space(space)
        self.owners += [owner] * (len(self.items) - len(self.owners))

    def _space(self, space: Word) -> None:
        """A space after the last word; at the start of a line and after another it is dropped."""
        if self.afters and self.afters[-1] is After.NEVER:
            self.afters[-1] = After.SPACE
            self.spaces[-1] = space.atoms[0].width
            self.items.append(space.shaped)
            self.missing.update(dict.fromkeys(space.missing))

    def _words(self, words: Sequence[Word], space: Word) -> None:
        """`words` with a space between any two."""
        first, count = len(self.items), len(words)
        shaped: tuple[Shaped, ...]
        parts: tuple[tuple[Atom, ...], ...]
        missing: tuple[tuple[str, ...], ...]
        shaped, parts, missing = zip(*words, strict=True)
        items = [space.shaped] * (2 * count - 1)
        items[::2] = shaped
        self.items += items
        if any(missing):
            self.missing.update(dict.fromkeys(chain.from_iterable(missing)))
        atoms = list(chain.from_iterable(parts))
        white = space.atoms[0].width
        places = range(first, first + 2 * count, 2)
        if len(atoms) == count:
            self.afters += [After.SPACE] * (count - 1)
            self.spaces += [white] * (count - 1)
            self.places += places
        else:
            # Only the last atom of a word has nothing after it.
            afters: list[After] = [After.SPACE if atom.after is After.NEVER else atom.after for atom in atoms[:-1]]
            self.afters += afters
            self.spaces += [white if after is After.SPACE else 0.0 for after in afters]
            self.places += chain.from_iterable(map(repeat, places, map(len, parts)))
        self.atoms += atoms
        self.afters.append(After.NEVER)
        self.spaces.append(0.0)

    def prepared(self, runs: tuple[Run, ...], justified: bool) -> Prepared:
        return Prepared(
            runs=runs,
            atoms=self.atoms,
            afters=self.afters,
            spaces=self.spaces,
            places=self.places,
            items=self.items,
            owners=self.owners,
            measures=measure(self.atoms, self.afters, _least_spaces(self.afters, self.spaces, justified)),
            missing=tuple(self.missing),
            text="".join([run.text for run in runs]),
            justified=justified,
            gives=self.spaces if justified else (),
        )


def _gives(
    afters: Sequence[After], spaces: Sequence[float], places: Sequence[int], items: Sequence[Shaped]
) -> Sequence[float]:
    """What stretches after each atom of a justified paragraph."""
    return [
        _WIDE_GIVE if after is After.BREAK and items[place].is_wide else space if after is After.SPACE else 0.0
        for after, space, place in zip(afters, spaces, places, strict=True)
    ]


def _least_spaces(afters: Sequence[After], spaces: Sequence[float], justified: bool) -> Sequence[float]:
    """The width of each space where a line is as full as can be. White between scripts does not shrink."""
    if not justified:
        return spaces
    return [
        space * (1 - SHRINK) if after is After.SPACE else space for after, space in zip(afters, spaces, strict=True)
    ]


def divided(prepared: Prepared, width: float, shaper: Shaper) -> Prepared:
    """`prepared` with every atom wider than `width` cut where it must be, after a hyphen or a stop if one is near.

    The last resort for a word or an address that is wider than its column: nothing is lost, and no ink
    leaves the measure.
    """
    atoms: list[Atom] = []
    afters: list[After] = []
    spaces: list[float] = []
    places: list[int] = []
    for at, atom in enumerate(prepared.atoms):
        place = prepared.places[at]
        parts = list(_cut(atom, prepared.manner_at(place), width, shaper))
        atoms += parts
        afters += [*(part.after for part in parts[:-1]), prepared.afters[at]]
        spaces += [*(0.0 for _ in parts[:-1]), prepared.spaces[at]]
        places += [place] * len(parts)
    measures = measure(atoms, afters, _least_spaces(afters, spaces, prepared.justified))
    gives = _gives(afters, spaces, places, prepared.items) if prepared.justified else ()
    return replace(prepared, atoms=atoms, afters=afters, spaces=spaces, places=places, measures=measures, gives=gives)


def _cut(atom: Atom, manner: Manner, width: float, shaper: Shaper) -> Iterator[Atom]:
    """`atom` in parts none of which is wider than `width`, if it can be."""
    rest = atom.text
    while (fitting := _fitting(rest, manner, width, shaper)) < len(rest):
        at = _best_cut(rest, fitting)
        part = width_of(rest[:at], manner, shaper)
        yield Atom(rest[:at], part, After.URL, part)
        rest = rest[at:]
    left = width_of(rest, manner, shaper)
    yield Atom(rest, left, atom.after, atom.last if atom.after is After.SYLLABLE else left)


# Of a word that is too wide, so many characters are tried first.
_FEW: Final = 32


def _fitting(text: str, manner: Manner, width: float, shaper: Shaper) -> int:
    """How many characters of `text`, at least one, stand on a line of `width`. No more of a long one is shaped than
    about two lines."""
    high = _FEW
    while high < len(text) and width_of(text[:high], manner, shaper) <= width:
        high *= 2
    high = min(high, len(text))
    if high == len(text) and width_of(text, manner, shaper) <= width:
        return high
    low, high = 1, max(1, high - 1)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(text[:middle], manner, shaper) <= width else (low, middle - 1)
    return low


def _best_cut(text: str, fitting: int) -> int:
    """Where to cut `text` of which so many characters fit: after a mark near the end; marks stay with their letters."""
    separator = max(text.rfind(mark, fitting // 2, fitting) + 1 for mark in "-._/,")
    cut = separator if separator > fitting // 2 else fitting
    while cut > 1 and (unicodedata.category(text[cut]).startswith("M") or text[cut] == _JOINER):
        cut -= 1
    return cut


_JOINER: Final = "\u200d"
