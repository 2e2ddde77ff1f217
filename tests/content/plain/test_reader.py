"""A reader remembers, and changes nothing."""

from __future__ import annotations

from dataclasses import replace

from briefpack.builds import Workshop, read_brief
from briefpack.content.checks.plain_language import plain_language, reading_of
from briefpack.content.plain.reader import Reader
from briefpack.content.plain.syllables import syllable_counter
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
