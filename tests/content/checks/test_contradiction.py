"""How well numbers that contradict a fact are told from others: precision and recall over labelled sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from briefpack.content.checks.contradiction import restated
from briefpack.content.checks.known import Known
from briefpack.content.checks.passages import Role, passage
from briefpack.content.plain.reader import Reader
from briefpack.content.prepared import Prepared
from briefpack.document import Text
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from tests.campaigns import shipped

LABELLED: Final = Path(__file__).parent / "restatements.txt"
FRESH: Final = "fresh"
MEASURED: Final = Path(__file__).parents[3] / "docs" / "checks.md"


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence, the section it stands in, and the fact it restates otherwise; None for none."""

    section: str
    fact: str | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found rightly, wrongly and not; `named` of those found rightly name the right fact."""

    right: int
    wrong: int
    missed: int
    named: int

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed)

    def __str__(self) -> str:
        counts = f"{self.right} found, {self.wrong} false alarms, {self.missed} missed"
        return f"precision {self.precision:.3f}, recall {self.recall:.3f} ({counts}; {self.named} name the right fact)"


def labelled() -> list[Labelled]:
    found: list[Labelled] = []
    section = ""
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            section = line.removeprefix("== ")
        elif " | " in line and not line.startswith("#"):
            fact, _, sentence = line.partition(" | ")
            found.append(Labelled(section, None if fact == "-" else fact, sentence))
    return found


@pytest.fixture(scope="module")
def known() -> Known:
    project = load_project(DictFiles(shipped())).project
    assert project is not None
    return Known.of(Prepared(project), "en", "policymakers")


def restates(sentence: str, known: Known, language: str = "en") -> list[str]:
    """The facts that the numbers of `sentence` restate otherwise."""
    text = passage(Role.TEXT, (Text(sentence),), None, None, Reader(language))
    return [item.figure.id for item in restated(text, known)]


def score(sentences: Iterable[Labelled], known: Known) -> Score:
    found = [(item.fact, restates(item.sentence, known)) for item in sentences]
    return Score(
        right=sum(fact is not None and bool(facts) for fact, facts in found),
        wrong=sum(fact is None and bool(facts) for fact, facts in found),
        missed=sum(fact is not None and not facts for fact, facts in found),
        named=sum(fact is not None and fact in facts for fact, facts in found),
    )


def test_there_are_enough_sentences_of_both_kinds() -> None:
    sentences = labelled()
    assert len({item.sentence for item in sentences}) == len(sentences) >= 250
    assert sum(item.fact is not None for item in sentences) >= 100
    assert sum(item.fact is None for item in sentences) >= 140


def test_precision_and_recall(known: Known, capsys: pytest.CaptureFixture[str]) -> None:
    every = score(labelled(), known)
    fresh = score((item for item in labelled() if item.section.startswith(FRESH)), known)
    with capsys.disabled():
        print(f"\ncontradictions, all sentences: {every}\n                fresh sentences: {fresh}")  # noqa: T201
    assert every.precision >= 0.97
    assert every.recall >= 0.94
    assert fresh.precision >= 0.9
    assert fresh.recall >= 0.85
    assert every.named >= 0.95 * every.right


def test_the_documentation_says_what_is_measured(known: Known) -> None:
    page = MEASURED.read_text(encoding="utf-8")
    fresh = [item for item in labelled() if item.section.startswith(FRESH)]
    assert f"| all {len(labelled())} | {score(labelled(), known)} |" in page
    assert f"| the {len(fresh)} written afterwards | {score(fresh, known)} |" in page
