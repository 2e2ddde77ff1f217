"""Line breaking: the fewest lines, the best of those, and nothing lost."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.text import (
    SOFT_HYPHEN,
    After,
    Faces,
    Prepared,
    Run,
    Words,
    Writing,
    break_lines,
    compose,
    line_count,
    prepare,
)

FACES, LEXICA = Faces(), Words()
SHAPER = LEXICA.shaper
FACE = FACES.face("Fira Sans")

PARAGRAPH = (
    "Peer support is good health care for all people. In thirteen randomized trials, peer support lowered "
    "HbA1c by 0.57 points on average, and the office self-management of difficult conditions was efficient."
)


def prepared(text: str, language: str | None = None) -> Prepared:
    return prepare([Run(text, FACE, "#000000")], LEXICA, language)


def lines(text: str, measure: float, language: str | None = None, balance: bool = False) -> list[str]:
    paragraph = prepared(text, language)
    breaks = break_lines(paragraph, measure, balance)
    return [line.text for line in compose(paragraph, breaks, 10, SHAPER)]


def test_lines_of_a_paragraph_read_as_they_are_meant_to() -> None:
    assert lines(PARAGRAPH, 20_000) == [
        "Peer support is good health care for all ",
        "people. In thirteen randomized trials, peer ",
        "support lowered HbA1c by 0.57 points on ",
        "average, and the office self-management of ",
        "difficult conditions was efficient.",
    ]


def test_a_balanced_headline_has_lines_of_nearly_one_length() -> None:
    words = "Peer support reaches the hours that clinic visits cannot"
    assert lines(words, 20_000) == ["Peer support reaches the hours that clinic ", "visits cannot"]
    assert lines(words, 20_000, balance=True) == ["Peer support reaches the ", "hours that clinic visits cannot"]


def test_hyphenation_is_off_unless_a_language_is_named() -> None:
    assert not any(SOFT_HYPHEN in line for line in lines(PARAGRAPH, 9_000))
    assert any(SOFT_HYPHEN in line for line in lines(PARAGRAPH, 9_000, "en"))


def test_names_numbers_and_urls_are_never_hyphenated() -> None:
    for word in ("Minnesota", "HbA1c", "8,760", "https://doi.org/10.1186/s40842-017-0042-3"):
        assert all(atom.after is not After.SYLLABLE for atom in prepared(word, "en").atoms)


def pieces(word: str) -> str:
    """`word` with a bar wherever a line may end."""
    return "|".join(atom.text for atom in prepared(word, "en").atoms)


@pytest.mark.parametrize(
    "divided",
    [
        "https://|doi.org|/10.1186|/s40842-017-0042-3",
        "doi:|10.1093|/tbm|/ibad012.",
        "10.1002|/14651858.CD011851.pub2",
        "https://|www.cdc.gov|/diabetes|/php|/toolkits|/index.html|#section_2",
        "https://|example.org|/search|?q=|peer%20support|&page=2|&lang=es",
        "peersupport|@harbourhealth.example",
        "(https://|peersforprogress.org|/~resources/),",
        "peersforprogress.org",
        "research.monash.edu|/en|/publications|/effects|-of|-telephone|-based|-peer|-support|-in|-patients|-with|-type|-2-d",
        "community|-health|-workers|.and|-peers|.example|.org",
        "https://|doi.org|/10.1016|/S0140-6736(12)61766-8",
        "https://|user:|pass|@example.org:8080|/path",
        "e.g.",
        "Ph.D.",
        "i.e.",
        "self-|management",
        "e-mail",
        "X-ray",
        "2015–2019",
        "peers—|and",
        "and/|or",
        "3/4",
    ],
)
def test_where_a_line_may_end_inside_what_is_no_plain_word(divided: str) -> None:
    assert pieces(divided.replace("|", "")) == divided


def test_a_url_ends_a_line_before_a_slash_or_another_mark() -> None:
    assert lines("See https://doi.org/10.1186/s40842-017-0042-3 now", 8_500) == [
        "See https://",
        "doi.org/10.1186",
        "/s40842-017-0042-3 ",
        "now",
    ]


ADDRESSES = st.from_regex(
    r"https?://[a-z0-9-]{1,12}(\.[a-z]{2,6}){1,2}(/[A-Za-z0-9._~=&%?#,-]{0,14}){0,5}", fullmatch=True
)


@settings(max_examples=200, deadline=None)
@given(ADDRESSES)
def test_a_divided_address_is_whole_and_leaves_no_lone_character(address: str) -> None:
    found = prepared(address, "en").atoms
    assert "".join(atom.text for atom in found) == address
    assert all(len(atom.text) > 2 for atom in found)
    assert all(atom.after in (After.URL, After.NEVER) and atom.last == atom.width for atom in found)
    assert all(atom.text[-1] not in "./,-_~%#?@" or atom.text.endswith("://") for atom in found[:-1])


def test_a_word_wider_than_the_measure_overhangs_and_says_so() -> None:
    breaks = break_lines(prepared("a incomprehensibilities b"), 3_000)
    assert breaks.widest > 3_000


def test_no_text_has_no_lines() -> None:
    assert break_lines(prepared(""), 1_000).count == 0


def test_ligatures_run_through_a_division_that_is_not_taken() -> None:
    whole = SHAPER.shape(FACE, "efficient")
    paragraph = prepared("efficient", "en")
    [line] = compose(paragraph, break_lines(paragraph, 10_000), 10, SHAPER)
    assert line.segments[0].words == (whole,)
    assert len(whole.glyphs) < len("efficient")


WORDS = st.lists(
    st.sampled_from(["a", "of", "the", "peer", "care", "support", "between", "thirteen", "randomized"]),
    min_size=1,
    max_size=9,
)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.integers(5_500, 14_000))
def test_the_breaks_are_the_best_there_are(words: list[str], measure: int) -> None:
    """Against every possible way to break: the fewest lines, then the least squared white space."""
    paragraph = prepared(" ".join(words))
    atoms = paragraph.atoms

    def cost(ends: tuple[int, ...]) -> tuple[int, float] | None:
        start, total = 0, 0.0
        for end in ends:
            width = paragraph.measures.ends[end - 1] - paragraph.measures.starts[start]
            if width > measure:
                return None
            if end < len(atoms):
                total += (1 - width / measure) ** 2
            elif start and width < 0.22 * measure:
                total += 0.08
            start = end
        return len(ends), total

    places = range(1, len(atoms))
    every = [(*inner, len(atoms)) for count in range(len(atoms)) for inner in combinations(places, count)]
    best = min(found for ends in every if (found := cost(ends)) is not None)
    mine = cost(break_lines(paragraph, measure).ends)
    assert mine is not None
    assert mine == pytest.approx(best)


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.characters(codec="latin-1", categories=("L", "N", "P", "Zs")), max_size=120), st.integers(500, 30_000)
)
def test_no_character_is_lost_or_doubled(text: str, measure: int) -> None:
    paragraph = prepared(text, "en")
    composed = compose(paragraph, break_lines(paragraph, measure), 10, SHAPER)
    joined = "".join(line.text for line in composed).replace(SOFT_HYPHEN, "")
    assert joined.split() == text.replace(SOFT_HYPHEN, "").split() or joined == text.strip(" ").replace(SOFT_HYPHEN, "")


TOKENS = st.lists(
    st.sampled_from(["a", "peer", "self-management", "randomized", "https://doi.org/10.1186/s40842", "of"]), max_size=30
)


@settings(max_examples=200, deadline=None)
@given(TOKENS, st.integers(300, 20_000), st.sampled_from([None, "en"]))
def test_the_number_of_lines_is_known_without_the_search(tokens: list[str], measure: int, language: str | None) -> None:
    paragraph = prepared(" ".join(tokens), language)
    assert line_count(paragraph, measure) == break_lines(paragraph, measure).count


@pytest.mark.parametrize("justified", [False, True])
def test_no_more_than_two_lines_in_a_row_end_in_a_hyphen(justified: bool) -> None:
    """At any measure that prose is set in."""
    paragraph = prepare([Run(PARAGRAPH, FACE, "#000000")], LEXICA, "en", Writing("en", justified=justified))
    divided = 0
    for measure in range(8_000, 30_000, 250):
        ends = break_lines(paragraph, measure).ends
        hyphens = "".join("-" if paragraph.afters[end - 1] is After.SYLLABLE else " " for end in ends[:-1])
        assert "---" not in hyphens
        divided += hyphens.count("-")
    assert divided > 25


def test_german_nouns_are_divided_and_names_in_english_are_not() -> None:
    assert [atom.text for atom in prepared("Gesundheitsversorgung", "de").atoms] == [
        "Gesund", "heits", "ver", "sor", "gung"
    ]  # fmt: skip
    assert [atom.text for atom in prepared("Peterborough", "en").atoms] == ["Peterborough"]


def test_a_typed_soft_hyphen_is_seen_only_where_a_line_ends_on_it() -> None:
    """Whatever the style says of hyphenation; two side by side, at an end or alone are none."""
    assert lines("self-deter\u00admination", 20_000) == ["self-determination"]
    assert lines("over deter\u00admination", 5_500) == ["over deter\u00ad", "mination"]
    for text in ("\u00ad", "\u00ada\u00ad", "a\u00ad\u00adb", "a \u00ad b"):
        assert [line.replace(" ", "") for line in lines(text, 20_000)] == [text.replace("\u00ad", "").replace(" ", "")]
