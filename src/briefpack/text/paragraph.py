"""A paragraph made ready for line breaking: its runs cut at every place a line may end.

Breaks are those a reader of a Latin, Greek or Cyrillic text expects (UAX 14 classes SP, HY, BA and SY):
after spaces, hyphens, dashes and slashes; inside URLs after their separators; and, where the style
allows hyphenation, between syllables. Measures are thousandths of the paragraph's type size, so one
preparation serves at every size.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

from briefpack.document import Tag
from briefpack.text.faces import Face
from briefpack.text.hyphenation import Hyphenator
from briefpack.text.shaping import SOFT_HYPHEN, Features, Shaper, missing_characters


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one face and colour. `scale` is of the paragraph's size, `rise` of it too.

    `tag` names the structure element of the characters when it is not the paragraph's own.
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
    breakable: bool = True


class After(IntEnum):
    """What follows an atom if no line ends there."""

    SPACE = 0  # a space; a line may end
    BREAK = 1  # nothing; a line may end, as after a dash
    SYLLABLE = 2  # nothing; a line may end with a hyphen
    URL = 3  # nothing; a line may end, at a cost
    MUST = 4  # the line ends
    NEVER = 5  # nothing; the line goes on, as between a word and its citation mark


@dataclass(frozen=True, slots=True)
class Atom:
    """What no line may divide: part of one run."""

    run: int
    text: str
    width: float
    after: After
    space: float = 0.0
    space_run: int = 0
    hyphen: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Measures:
    """What the search for breaks asks of a paragraph's atoms, as arrays by atom.

    `starts[i]` is where atom i begins when all stand on one line, `ends[i]` where a line ends that ends
    after it, hyphen included; both in thousandths of the type size. `legal[i]` is whether a line may end
    there; `costs[i]` what that costs. `stops` are the numbers of atoms after which a line must end.
    """

    starts: tuple[float, ...]
    ends: tuple[float, ...]
    legal: tuple[bool, ...]
    costs: tuple[float, ...]
    stops: tuple[int, ...]
    natural: float
    least: float


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A paragraph cut into atoms. `missing` lists characters that their face cannot draw."""

    runs: tuple[Run, ...]
    atoms: tuple[Atom, ...]
    measures: Measures
    missing: tuple[str, ...]
    text: str


# What it costs to end a line other than after a space, in units of (white space / measure)².
_COSTS: Final = {After.SYLLABLE: 0.04, After.URL: 0.06, After.BREAK: 0.004}


def measure(atoms: Sequence[Atom]) -> Measures:
    """The arrays that the search for breaks runs over."""
    starts, ends = [], []
    x = 0.0
    least = block = 0.0
    for atom in atoms:
        starts.append(x)
        ends.append(x + (atom.hyphen if atom.after is After.SYLLABLE else atom.width))
        block += atom.hyphen if atom.after is After.SYLLABLE else atom.width
        least = max(least, block)
        block = block if atom.after is After.NEVER else 0.0
        x += atom.width + atom.space
    stops = [at + 1 for at, atom in enumerate(atoms) if atom.after is After.MUST]
    if not stops or stops[-1] != len(atoms):
        stops.append(len(atoms))
    first = [0, *stops[:-1]]
    return Measures(
        starts=tuple(starts),
        ends=tuple(ends),
        legal=tuple(atom.after is not After.NEVER for atom in atoms),
        costs=tuple(_COSTS.get(atom.after, 0.0) for atom in atoms),
        stops=tuple(stops) if atoms else (),
        natural=max((ends[stop - 1] - starts[start] for start, stop in zip(first, stops, strict=True)), default=0.0)
        if atoms
        else 0.0,
        least=least,
    )


_URL: Final = re.compile(r"https?://|www\.|^doi:10\.|^10\.\d{4,}/|\w\.\w+/\w|@\w+\.")
# After a slash, before other separators, as The Chicago Manual of Style 7.46 advises; not at the stops of
# a host or a DOI, which read as the end of a sentence.
_URL_BREAK: Final = re.compile(r"(?<=[^/]/)(?=[^/])|(?<=[^/])(?=[?&=#@]\w)|(?<=^doi:)(?=\w)")
_WORD_BREAK: Final = re.compile(r"(?<=[^\W\d_]-)(?=[^\W\d_])|(?<=[–—])(?=\w)|(?<=\w/)(?=[^\W\d_])")
_TOKENS: Final = re.compile(r"\n|[ \t]+|[^ \t\n]+")


def prepare(runs: Sequence[Run], shaper: Shaper, hyphenator: Hyphenator, language: str | None = None) -> Prepared:
    """`runs` cut into atoms. `language` turns hyphenation on, by the patterns of that language."""
    atoms: list[Atom] = []
    missing: dict[str, None] = {}
    for index, run in enumerate(runs):
        missing.update(dict.fromkeys(missing_characters(run.face, run.text.replace("\n", ""))))
        for token in _TOKENS.findall(run.text):
            _add(atoms, token, index, run, shaper, _pieces(token, run, hyphenator, language))
    text = "".join(run.text for run in runs)
    return Prepared(tuple(runs), tuple(atoms), measure(atoms), tuple(missing), text)


def _add(
    atoms: list[Atom],
    token: str,
    index: int,
    run: Run,
    shaper: Shaper,
    pieces: Iterator[tuple[str, After]],
) -> None:
    if token == "\n":
        _follow(atoms, After.MUST, 0.0, index)
    elif token[0] in " \t":
        _follow(atoms, After.SPACE, _width(" ", run, shaper), index)
    else:
        for text, after in pieces:
            hyphen = _width(text + SOFT_HYPHEN, run, shaper) if after is After.SYLLABLE else 0.0
            atoms.append(Atom(index, text, _width(text, run, shaper), after, hyphen=hyphen))


def _follow(atoms: list[Atom], after: After, space: float, run: int) -> None:
    """Say of the last atom what comes after it; spaces at the start and doubled ones are dropped."""
    if atoms and atoms[-1].after is After.NEVER:
        last = atoms[-1]
        atoms[-1] = Atom(last.run, last.text, last.width, after, space, run)


def _width(text: str, run: Run, shaper: Shaper) -> float:
    shaped = shaper.shape(run.face, text, run.features)
    return (shaped.width + run.tracking * len(shaped.glyphs)) * run.scale


def _pieces(word: str, run: Run, hyphenator: Hyphenator, language: str | None) -> Iterator[tuple[str, After]]:
    """`word` in the parts between which a line may end; the last is followed by nothing."""
    cuts: dict[int, After] = {}
    if _URL.search(word):
        cuts = dict.fromkeys((match.start() for match in _URL_BREAK.finditer(word)), After.URL)
    else:
        cuts = dict.fromkeys((match.start() for match in _WORD_BREAK.finditer(word)), After.BREAK)
        if language is not None and not cuts and run.breakable:
            cuts = dict.fromkeys(hyphenator.points(word, language), After.SYLLABLE)
    start = 0
    for at in sorted(cuts):
        yield word[start:at], cuts[at]
        start = at
    yield word[start:], After.NEVER


def divided(prepared: Prepared, width: float, shaper: Shaper) -> Prepared:
    """`prepared` with every atom wider than `width` cut where it must be, after a hyphen or a stop if one is near.

    The last resort for a word or an address that is wider than its column: nothing is lost, and no ink
    leaves the measure.
    """
    atoms: list[Atom] = []
    for atom in prepared.atoms:
        run = prepared.runs[atom.run]
        rest = atom.text
        while len(rest) > 1 and _width(rest, run, shaper) > width:
            at = _last_cut(rest, run, width, shaper)
            atoms.append(Atom(atom.run, rest[:at], _width(rest[:at], run, shaper), After.URL))
            rest = rest[at:]
        atoms.append(replace(atom, text=rest, width=_width(rest, run, shaper)))
    return replace(prepared, atoms=tuple(atoms), measures=measure(atoms))


def _last_cut(text: str, run: Run, width: float, shaper: Shaper) -> int:
    """How many characters of `text`, at least one, stand on a line of `width`; marks stay with their letters."""
    low, high = 1, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _width(text[:middle], run, shaper) <= width else (low, middle - 1)
    separator = max(text.rfind(mark, low // 2, low) + 1 for mark in "-._/,")
    cut = separator if separator > low // 2 else low
    while cut > 1 and unicodedata.combining(text[cut]):
        cut -= 1
    return cut
