"""Readability by the formula that was made for the language, told as a band.

In come counts, out come measures. A formula sees lengths only; it knows neither the reader nor whether a text
makes sense, and the error of each is about a school grade and a half (McLaughlin 1969). So a measure is a band
and a hint, never an official score. Where no formula has been validated for a language there is none.

Sources of the formulas:
- Flesch reading ease: R. Flesch, J Appl Psychol 1948;32:221-233. Flesch-Kincaid grade: Kincaid et al., Naval
  Technical Training Command RBR 8-75, 1975. SMOG: G. H. McLaughlin, J Reading 1969;12:639-646; from 30 sentences on.
- Spanish: F. Szigriszt Pazos 1993, read on the INFLESZ scale (I. Barrio-Cantalejo et al., An Sist Sanit Navar
  2008;31:135-152). J. Fernández Huerta 1959, with F as the words of a sentence: as printed, with sentences for 100
  words, it would call longer sentences easier (G. Law, 2011).
- French: L. Kandel, A. Moles 1958. German: T. Amstad 1978; Wiener Sachtextformel 1: R. Bamberger, E. Vanecek 1984.
- Italian: Gulpease, P. Lucisano, M. E. Piemontese 1988. Dutch: W. H. Douma 1960.
- LIX: C.-H. Björnsson 1968.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import sqrt
from types import MappingProxyType
from typing import Final

from briefpack.content.plain.sentences import sentence_spans
from briefpack.content.plain.syllables import syllable_counter
from briefpack.content.plain.words import has_letters, placed_words, word_set
from briefpack.dataclass import dataclass

FEW_WORDS: Final = 100
FEW_SENTENCES: Final = 10
SMOG_SENTENCES: Final = 30

_LONG_LETTERS: Final = 6
_POLYSYLLABLE: Final = 3

# Scripts in which words are not set apart by blanks, or whose formulas nobody has validated.
_NO_FORMULA: Final = word_set(
    "zh ja ko th lo km my bo ar fa ur ps ckb he yi am ti hi bn ne mr pa gu ta te kn ml si vi so ht hmn"
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What formulas are made of. `syllables` and the two after it are 0 in a language that has no counter."""

    sentences: int
    words: int
    letters: int
    long_words: int
    longest: int
    syllables: int = 0
    polysyllables: int = 0
    monosyllables: int = 0

    @property
    def sentence_length(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def word_length(self) -> float:
        """Syllables of a word, on average."""
        return self.syllables / self.words if self.words else 0.0

    @property
    def few(self) -> bool:
        """Whether the text is too short for any formula to be relied on."""
        return self.words < FEW_WORDS or self.sentences < FEW_SENTENCES


@dataclass(frozen=True, slots=True)
class Measure:
    """What a formula says. `grade` is a school grade where the formula gives one; `band` is its scale in words."""

    name: str
    value: float
    band: str
    grade: float | None = None


@dataclass(frozen=True, slots=True)
class Readability:
    """The counts of a text and what the formulas for its language say; `reason` where there are none."""

    language: str
    counts: Counts
    measures: tuple[Measure, ...]
    reason: str = ""

    @property
    def grade(self) -> float | None:
        """The school grade of the first measure that gives one."""
        return next((measure.grade for measure in self.measures if measure.grade is not None), None)


def readability(
    sentences: Iterable[Sequence[str]],
    language: str,
    familiar: frozenset[str] = frozenset(),
    syllables: Syllables | None = None,
) -> Readability:
    """The readability of `sentences`, each the words that it is made of.

    Words that are `familiar` to the readers, folded, are not held against the text: see `count`. `syllables` counts
    them, where the caller has a counter that remembers.
    """
    return readability_of(count(sentences, syllables or syllable_counter(language), familiar), language)


def readability_of(counts: Counts, language: str) -> Readability:
    """The readability of a text with these `counts`."""
    code = language.split("-")[0].lower()
    if not counts.words:
        return Readability(language, counts, (), "there is no running text")
    if code in _NO_FORMULA:
        return Readability(language, counts, (), f"no readability formula is validated for `{code}`")
    return Readability(language, counts, measures(counts, code))


def sentences_of(texts: Iterable[str], language: str) -> list[list[str]]:
    """The words of the sentences of `texts`, each of which ends with a sentence of its own."""
    return [
        inside
        for text in texts
        for start, end in sentence_spans(text, language)
        if (inside := [word.folded for word in placed_words(text[start:end])])
    ]


Syllables = Callable[[str], int]
"""What counts the syllables of a word."""

Measured = tuple[int, int, bool]
"""Of a word the letters, the syllables (0 where nothing counts them), and whether it is long."""


def measured(word: str, counter: Syllables | None) -> Measured:
    """What formulas ask of `word`."""
    letters = _letters(word)
    return letters, counter(word) if counter is not None else 0, letters > _LONG_LETTERS and has_letters(word)


def count(
    sentences: Iterable[Sequence[str]], counter: Syllables | None, familiar: frozenset[str] = frozenset()
) -> Counts:
    """The words, letters and syllables of `sentences`.

    A figure is a word of one syllable. A `familiar` word counts as two syllables at most and as no long word, or the
    one word that a text is about would decide its grade.
    """
    return counted(list(sentences), lambda word: measured(word, counter), familiar)


def counted(
    sentences: Collection[Sequence[str]], measure: Callable[[str], Measured], familiar: frozenset[str] = frozenset()
) -> Counts:
    """The same as `count`, of words that `measure` knows."""
    lengths = [len(sentence) for sentence in sentences]
    found = [each for sentence in sentences for each in _measured(sentence, measure, familiar)]
    letters, syllables, long_words = zip(*found, strict=True) if found else ((), (), ())
    return Counts(
        sentences=len(lengths),
        words=len(found),
        letters=sum(letters),
        long_words=sum(long_words),
        longest=max(lengths, default=0),
        syllables=sum(syllables),
        polysyllables=sum([number >= _POLYSYLLABLE for number in syllables]),
        monosyllables=syllables.count(1),
    )


def _measured(
    sentence: Sequence[str], measure: Callable[[str], Measured], familiar: frozenset[str]
) -> Iterable[Measured]:
    """What formulas ask of each word of `sentence`."""
    found = map(measure, sentence)
    if familiar.isdisjoint(sentence):
        return found
    return [
        (letters, min(2, number), False) if word in familiar else (letters, number, long)
        for word, (letters, number, long) in zip(sentence, found, strict=True)
    ]


def added(parts: Sequence[Counts]) -> Counts:
    """The counts of a text by those of its `parts`."""
    return Counts(
        sentences=sum([part.sentences for part in parts]),
        words=sum([part.words for part in parts]),
        letters=sum([part.letters for part in parts]),
        long_words=sum([part.long_words for part in parts]),
        longest=max([part.longest for part in parts], default=0),
        syllables=sum([part.syllables for part in parts]),
        polysyllables=sum([part.polysyllables for part in parts]),
        monosyllables=sum([part.monosyllables for part in parts]),
    )


def _letters(word: str) -> int:
    return len(word) if word.isalnum() else sum(character.isalnum() for character in word)


# ------------------------------------------------------------------------------------------------ formulas


def flesch(counts: Counts) -> float:
    return 206.835 - 1.015 * counts.sentence_length - 84.6 * counts.word_length


def flesch_kincaid(counts: Counts) -> float:
    return 0.39 * counts.sentence_length + 11.8 * counts.word_length - 15.59


def smog(counts: Counts) -> float:
    return 1.0430 * sqrt(counts.polysyllables * SMOG_SENTENCES / counts.sentences) + 3.1291


def szigriszt(counts: Counts) -> float:
    return 206.835 - 62.3 * counts.word_length - counts.sentence_length


def fernandez_huerta(counts: Counts) -> float:
    return 206.84 - 60 * counts.word_length - 1.02 * counts.sentence_length


def kandel_moles(counts: Counts) -> float:
    return 207 - 1.015 * counts.sentence_length - 73.6 * counts.word_length


def amstad(counts: Counts) -> float:
    return 180 - counts.sentence_length - 58.5 * counts.word_length


def wiener_sachtext(counts: Counts) -> float:
    """The first Wiener Sachtextformel, a school grade."""
    share = 100 / counts.words
    return (
        0.1935 * counts.polysyllables * share
        + 0.1672 * counts.sentence_length
        + 0.1297 * counts.long_words * share
        - 0.0327 * counts.monosyllables * share
        - 0.875
    )


def gulpease(counts: Counts) -> float:
    return 89 + (300 * counts.sentences - 10 * counts.letters) / counts.words


def douma(counts: Counts) -> float:
    return 206.84 - 0.93 * counts.sentence_length - 77 * counts.word_length


def lix(counts: Counts) -> float:
    return counts.sentence_length + 100 * counts.long_words / counts.words


# --------------------------------------------------------------------------------------------------- bands

Bands = tuple[tuple[float, str], ...]
"""From a value on, the band's name; in descending order, the last one without a floor."""

_FLESCH: Final[Bands] = (
    (90, "very easy"),
    (80, "easy"),
    (70, "fairly easy"),
    (60, "standard"),
    (50, "fairly difficult"),
    (30, "difficult"),
    (float("-inf"), "very difficult"),
)
_INFLESZ: Final[Bands] = (
    (80, "very easy"),
    (65, "fairly easy"),
    (55, "normal"),
    (40, "somewhat difficult"),
    (float("-inf"), "very difficult"),
)
_DOUMA: Final[Bands] = (
    (90, "very easy"),
    (80, "easy"),
    (70, "fairly easy"),
    (60, "standard"),
    (45, "fairly difficult"),
    (30, "difficult"),
    (float("-inf"), "very difficult"),
)
_GULPEASE: Final[Bands] = (
    (80, "easy after primary school"),
    (60, "easy after lower secondary school"),
    (40, "easy after upper secondary school"),
    (float("-inf"), "difficult for all"),
)
_LIX: Final[Bands] = (
    (60, "very difficult"),
    (50, "difficult"),
    (40, "medium"),
    (30, "easy"),
    (float("-inf"), "very easy"),
)
_LIX_DANISH: Final[Bands] = (
    (55, "very difficult"),
    (45, "difficult"),
    (35, "medium"),
    (25, "easy"),
    (float("-inf"), "very easy"),
)


def band(value: float, bands: Bands) -> str:
    """The name of the band that `value` is in."""
    return next(name for floor, name in bands if value >= floor)


def _banded(name: str, value: float, bands: Bands) -> Measure:
    return Measure(name, value, band(value, bands))


def _graded(name: str, value: float) -> Measure:
    """A measure in school grades, told as the grades about it."""
    low, high = max(1, round(value - 1)), max(2, round(value + 1))
    return Measure(name, value, f"about grade {low} to {high}", value)


def measures(counts: Counts, language: str) -> tuple[Measure, ...]:
    """The measures for `language`, the most telling first."""
    match language:
        case "en":
            return (
                _graded("Flesch-Kincaid grade", flesch_kincaid(counts)),
                _banded("Flesch reading ease", flesch(counts), _FLESCH),
                *([_graded("SMOG grade", smog(counts))] if counts.sentences >= SMOG_SENTENCES else []),
            )
        case "es":
            return (
                _banded("Szigriszt-Pazos on the INFLESZ scale", szigriszt(counts), _INFLESZ),
                _banded("Fernández Huerta", fernandez_huerta(counts), _FLESCH),
            )
        case "fr":
            return (_banded("Kandel-Moles", kandel_moles(counts), _FLESCH),)
        case "de":
            return (
                _graded("Wiener Sachtextformel", wiener_sachtext(counts)),
                _banded("Amstad", amstad(counts), _FLESCH),
            )
        case "it":
            return (_banded("Gulpease", gulpease(counts), _GULPEASE),)
        case "nl":
            return (_banded("Flesch-Douma", douma(counts), _DOUMA),)
        case _:
            return (_banded("LIX", lix(counts), _LIX_DANISH if language == "da" else _LIX),)


# The school grade that the bands of formulas without grades stand for, to hold a text against its audience. The
# scale is Flesch's own for the years of school; INFLESZ and Gulpease are set beside it by the schools they name.
_GRADES: Final[Mapping[str, float]] = MappingProxyType(
    {
        "very easy": 5,
        "easy": 6,
        "fairly easy": 7,
        "standard": 9,
        "normal": 9,
        "medium": 9,
        "somewhat difficult": 12,
        "fairly difficult": 12,
        "difficult": 14,
        "very difficult": 16,
        "easy after primary school": 5,
        "easy after lower secondary school": 8,
        "easy after upper secondary school": 13,
        "difficult for all": 16,
    }
)


def grade_of(read: Readability) -> float | None:
    """The school grade to hold against an audience's: a formula's own, or about what its band stands for."""
    if not read.measures:
        return None
    return read.grade if read.grade is not None else _GRADES[read.measures[0].band]
