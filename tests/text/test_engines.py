"""Other engines set the same texts in the same fonts: Pango and Chromium put the same glyphs in the same places, and
end lines in the same places, but for those that are named here with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final, NamedTuple

import pytest

from briefpack.text import After, Faces, Fallback, Line, Prepared, Run, Words, Writing, break_lines, compose, prepare
from briefpack.text.wide import BETWEEN, set_close, stand_apart
from tests.text import chromium
from tests.text.pango import Pango, PangoMissing

FACES, WORDS = Faces(), Words()
BRIEFS: Final = Path(__file__).parents[1] / "specimen/scripts/briefs"


class Written(NamedTuple):
    """A language, the family that draws its letters, and whether it is read from right to left."""

    language: str
    family: str
    rtl: bool = False


# The languages of the specimen of scripts.
WRITTEN: Final[Mapping[str, Written]] = MappingProxyType(
    {
        "amharic": Written("am", "Kurinto Sans"),
        "arabic": Written("ar", "IBM Plex Sans Arabic", rtl=True),
        "bengali": Written("bn", "Hind Siliguri"),
        "chinese": Written("zh", "Kurinto Sans SC"),
        "english": Written("en", "Fira Sans"),
        "greek": Written("el", "Fira Sans"),
        "hebrew": Written("he", "Heebo", rtl=True),
        "hindi": Written("hi", "Noto Sans Devanagari"),
        "japanese": Written("ja", "Noto Sans CJK JP"),
        "korean": Written("ko", "Kurinto Sans KR"),
        "russian": Written("ru", "Fira Sans"),
        "thai": Written("th", "Noto Sans Thai"),
    }
)
ENGLISH: Final = (
    "In thirteen trials, peer support lowered HbA1c by 0.57 points on average (95% CI 0.31 to 0.83).",
    "Self-management is office work; fluffy difficult affairs, AVATAR, To, Ty, WAVE and “quotation marks”.",
    "A “peer” is not a doctor… £5, $1,250.75 and 62% of 8,760 hours, 3/4 and n = 12.",
)


@cache
def texts(name: str) -> tuple[str, ...]:
    """The texts of the brief `name` of the specimen, without marks of Markdown and citations."""
    if name == "english":
        return ENGLISH
    source = re.findall(r'"([^"]*)"', (BRIEFS / f"{name}.yaml").read_text("utf-8"))
    plain = (re.sub(r"\s*\[@[^]]*\]", "", text.replace("**", "")) for text in source)
    return tuple(dict.fromkeys(text for text in plain if len(text) > 3))


def drawn(name: str) -> tuple[str, ...]:
    """Those that the face of the language draws without another."""
    known = FACES.face(WRITTEN[name].family).characters
    return tuple(text for text in texts(name) if known.issuperset(map(ord, text)))


# A number in groups: no line of ours ends inside it, and it is read from left to right as one.
GROUPS: Final = re.compile(r"[A-Za-z\d]+(?:-\d+)+")


def isolated(text: str) -> str:
    """`text` with its numbers in groups isolated, as a higher protocol may (UAX 9, HL3)."""
    return GROUPS.sub(lambda match: f"\u2066{match[0]}\u2069", text)


def but_in_groups(text: str, places: frozenset[int]) -> frozenset[int]:
    inside = {at for match in GROUPS.finditer(text) for at in range(match.start() + 1, match.end())}
    return places - inside


def prepared(text: str, name: str) -> Prepared:
    of = WRITTEN[name]
    how = Writing(of.language, of.rtl, Fallback(FACES, (), of.language))
    return prepare([Run(text, FACES.face(of.family), "#000000", language=of.language)], WORDS, writing=how)


def on_one_line(text: str, name: str) -> Line:
    """`text` a thousand points large, so that its measures are in thousandths."""
    paragraph = prepared(text, name)
    [line] = compose(paragraph, break_lines(paragraph, 1e9), 1000, WORDS.shaper)
    return line


def apart(text: str, name: str) -> int:
    """How often there is white between a character of Chinese or Japanese and one of another script."""
    return sum(stand_apart(*pair) for pair in pairwise(text)) if name in ("chinese", "japanese") else 0


def glyphs(line: Line) -> list[int]:
    """The glyphs of `line` as they stand, from left to right."""
    segments = sorted(line.segments, key=lambda segment: segment.x)
    return [
        glyph
        for segment in segments
        for word in (reversed(segment.words) if segment.rtl else segment.words)
        for glyph in word.glyphs
    ]


def ends(text: str, name: str) -> frozenset[int]:
    """The characters of `text` that may begin a line."""
    paragraph = prepared(text, name)
    found, at = set(), 0
    for atom, after in zip(paragraph.atoms, paragraph.afters, strict=True):
        at += len(atom.text) + (after is After.SPACE)
        if after is not After.NEVER:
            found.add(at)
    return frozenset(found - {len(text)})


def shown(text: str, places: frozenset[int]) -> str:
    """`text` with a bar before each place."""
    return "".join(f"|{char}" if at in places else char for at, char in enumerate(text))


@pytest.fixture(scope="module")
def pango() -> Iterator[Mapping[str, Pango]]:
    """An engine for each brief, with the one font of its language."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        try:
            yield {name: stack.enter_context(Pango(font_of(of.family, Path(folder)))) for name, of in WRITTEN.items()}
        except PangoMissing as error:
            pytest.skip(str(error))


def font_of(family: str, folder: Path) -> Path:
    """The file of the face, in `folder`."""
    path = folder / f"{family}.font"
    path.write_bytes(FACES.face(family).data)
    return path


@pytest.mark.parametrize("name", WRITTEN)
def test_pango_sets_the_same_glyphs_in_the_same_order(name: str, pango: Mapping[str, Pango]) -> None:
    """From left to right, also where languages of both directions meet; and the line is as wide."""
    of = WRITTEN[name]
    assert len(drawn(name)) > 2
    # It does not kern between hiragana and katakana.
    near = 0.005 if name == "japanese" else 0.0005
    for text in drawn(name):
        if name == "japanese" and re.search("[A-Za-z]", text):
            continue  # To Pango, letters of Latin are not Japanese, and its font has others for English.
        line, told = on_one_line(text, name), pango[name].told(isolated(text), of.language, of.rtl)
        assert [glyph.number for glyph in told.glyphs] == glyphs(line), text
        # It leaves the white between two full-width marks side by side.
        if not any(set_close(text, ends_line=False)):
            assert line.width - BETWEEN * apart(text, name) == pytest.approx(told.width, rel=near), text


@pytest.mark.parametrize("feature", ["tnum", "pnum", "onum", "smcp", "-liga", "-kern", "zero"])
def test_pango_sets_the_same_glyphs_with_a_feature(feature: str, pango: Mapping[str, Pango]) -> None:
    """And others, or elsewhere, than without it."""
    face, text = FACES.face("Fira Sans"), "AVATAR-office:8,710"
    features = ((feature.lstrip("-"), int(not feature.startswith("-"))),)
    shaped = WORDS.shaper.shape(face, text, features)
    told = pango["english"].told(text, "en", features=[f"{tag}={on}" for tag, on in features]).glyphs
    assert [glyph.number for glyph in told] == list(shaped.glyphs)
    assert [glyph.advance for glyph in told] == pytest.approx(shaped.advances, abs=0.01)
    plain = WORDS.shaper.shape(face, text)
    other = WORDS.shaper.shape(face, text, (("onum", 1), ("pnum", 1)))
    assert any((shaped.glyphs, shaped.advances) != (each.glyphs, each.advances) for each in (plain, other))


@pytest.mark.parametrize("name", [name for name in WRITTEN if name not in ("korean", "thai")])
def test_pango_ends_lines_where_we_do(name: str, pango: Mapping[str, Pango]) -> None:
    """But for Korean, where it goes by syllables, and Thai, whose words it has from another dictionary."""
    for text in texts(name):
        told = pango[name].told(text, WRITTEN[name].language)
        ours = ends(text, name)
        if name == "chinese":
            # An older edition of UAX 14 keeps quotation marks with what stands before them.
            ours = frozenset(at for at in ours if text[at] != "“")
        assert shown(text, ours) == shown(text, but_in_groups(text, told.ends))


@pytest.mark.parametrize("name", ["korean", "thai"])
def test_pango_ends_lines_at_all_places_of_ours_but_few(name: str, pango: Mapping[str, Pango]) -> None:
    ours = theirs = shared = 0
    for text in texts(name):
        told = but_in_groups(text, pango[name].told(text, WRITTEN[name].language).ends)
        ours, theirs, shared = ours + len(ends(text, name)), theirs + len(told), shared + len(ends(text, name) & told)
    assert ours > 40
    assert shared >= 0.93 * ours
    if name == "thai":
        assert shared >= 0.93 * theirs


@pytest.fixture(scope="module")
def browser() -> Mapping[str, Mapping[str, chromium.Told]]:
    """What Chromium says of each text, by brief."""
    with TemporaryDirectory() as folder:
        asked = [
            chromium.Asked(each, of.language, font_of(of.family, Path(folder)), of.rtl)
            for name, of in WRITTEN.items()
            for text in texts(name)
            for each in (text, isolated(text))
        ]
        try:
            answers = iter(chromium.told(asked, Path(folder)))
        except chromium.ChromiumMissing as error:
            pytest.skip(str(error))
    return {name: {each: next(answers) for text in texts(name) for each in (text, isolated(text))} for name in WRITTEN}


@pytest.mark.parametrize("name", WRITTEN)
def test_chromium_makes_lines_as_wide(name: str, browser: Mapping[str, Mapping[str, chromium.Told]]) -> None:
    for text in drawn(name):
        if name == "chinese" and re.search(r"[\u4e00-\u9fff]:", text):
            continue  # It also sets a colon of Latin apart, which is neither a letter nor a digit.
        assert on_one_line(text, name).width == pytest.approx(browser[name][text].width, rel=0.0005), text


@pytest.mark.parametrize("name", WRITTEN)
def test_chromium_ends_lines_where_we_do(name: str, browser: Mapping[str, Mapping[str, chromium.Told]]) -> None:
    for text in texts(name):
        assert shown(text, ends(text, name)) == shown(text, but_in_groups(text, browser[name][text].ends))
