"""A reader remembers, and changes nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from briefpack.builds import Workshop, read_brief
from briefpack.content.checks.claims import shares_of, strong_words, taken_for_peers
from briefpack.content.checks.plain_language import plain_language, reading_of
from briefpack.content.plain.reader import Reader
from briefpack.content.plain.syllables import syllable_counter
from briefpack.content.plain.words import folded_words, placed_words
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from tests.content.checks.trial import FILES, TODAY

TEXTS = ("Diabetics utilise CHWs prior to it. It is NOT uncommon.", "PLEASE READ", "8,760", "")


def test_what_is_read_again_is_the_same() -> None:
    reader = Reader("en")
    for text in TEXTS:
        first = reader.read(text), reader.sentences(text)
        assert (reader.read(text), reader.sentences(text)) == first
        assert (Reader("en").read(text), Reader("en").sentences(text)) == first
    read = reader.read(TEXTS[0])
    assert read is not None
    found = (read.conditions, read.office, read.acronyms, read.negatives)
    assert [len(hits) for hits in found] == [1, 2, 1, 1]


def test_syllables_are_those_of_the_counter() -> None:
    counted, counter = Reader("en").syllables(), syllable_counter("en")
    assert counted is not None
    assert counter is not None
    assert [counted(word) for word in ("people", "people", "area")] == [
        counter(word) for word in ("people",) * 2 + ("area",)
    ]
    assert Reader("sv").syllables() is None


def test_english_words_are_not_looked_for_elsewhere() -> None:
    read = Reader("es").read(TEXTS[0])
    assert read is not None
    assert (read.conditions, read.office, read.negatives) == ((), (), ())
    assert len(read.acronyms) == 1


def test_findings_do_not_depend_on_who_reads() -> None:
    """With a reader that has read other texts, and with a new one."""
    brief = FILES["briefs/sheet.yaml"].replace("Pooled trials found it.", "Diabetics utilise RCTs. It is not uncommon.")
    files = DictFiles({**FILES, "briefs/sheet.yaml": brief})
    project = load_project(files).project
    assert project is not None
    document, _ = read_brief(Workshop.of(files, project, TODAY), "sheet")
    assert document is not None
    experienced = Reader("en")
    for text in TEXTS:
        experienced.read(text)
    found = [
        (tuple(plain_language(each)), reading_of(each))
        for each in (document, replace(document, reader=Reader("en")), replace(document, reader=experienced), document)
    ]
    assert len(found[0][0]) == 4
    assert found == found[:1] * 4


class _Doubtful(Reader):
    """A reader who never says that a text has none of the words that a look is after."""

    def has(self, text: str, signs: frozenset[str]) -> bool:
        return True


HITS = (
    "It proves that peers work, eliminated errors and is 100% effective; a miracle for self-cures.",
    "One in three, 5 out of ten, 3 of every 1,000 and 12 per 10,000; per million.",
    "A peer (community health worker) or a CHW is really a peer; promotoras are peers, and peer-CHWs too.",
    "Peers, that is, lay health workers",
    "It was lowered by 0.5 and cut by 12%. https://proves.example/one-in-three",
)


def test_no_look_is_left_out_that_would_see_something() -> None:
    """The words that looks are left out without are among all that they see."""
    looks = (strong_words, shares_of, taken_for_peers)
    lines = (*HITS, *(Path(__file__).parents[1] / "checks" / "restatements.txt").read_text("utf-8").splitlines())
    seen = 0
    for language in ("en", "es"):
        for look in looks if language == "en" else looks[:1]:
            for line in lines:
                found = look(line, Reader(language))
                assert found == look(line, _Doubtful(language)), line
                seen += len(found)
    assert seen > 15


def test_words_are_the_same_with_and_without_their_places() -> None:
    for text in (
        *TEXTS,
        *HITS,
        "Workers\u2019 e.g. peers\u2019. \u0130stanbul\u2019s first\u2010rate 8,760.5 U.S. x@y.org",
    ):
        assert folded_words(text)[0] == [word.folded for word in placed_words(text)], text


def test_sentences_have_the_words_between_their_ends() -> None:
    for text in (
        *TEXTS,
        *HITS,
        "One (two.) Three. See www.a.org. Four \u201cfive.\u201d Six",
        "\u4e00\u3002a@b.org\u3002c",
    ):
        placed = placed_words(text)
        for sentence in Reader("en").sentences(text):
            inside = tuple(word.folded for word in placed if sentence.start <= word.start < sentence.end)
            assert sentence.words == inside, text
