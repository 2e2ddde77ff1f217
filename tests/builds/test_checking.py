"""What a check finds is kept, is said again only while it is true, and is what a check without memory finds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from subprocess import run
from typing import Any, Final

import pytest

from briefpack import api
from briefpack.builds import environment
from briefpack.builds.index import OF_ALL, check_path, read_index, write_index
from briefpack.project.load import CAMPAIGN, FACTS, MESSAGES, SOURCES, THEME
from tests.builds.notes import FILES, note
from tests.campaigns import put, swap

TODAY: Final = date(2026, 11, 24)
PLAIN: Final = "briefs/plain.yaml"
TEMPLATE: Final = "layouts/note/template.xml.j2"
LAYOUT: Final = "layouts/note/layout.yaml"
TEXTS: Final = {path: text for path, text in FILES.items() if isinstance(text, str)}
# Something to say of several of them, in files of their own and in those that they share.
WRONG: Final = {
    PLAIN: note(1, "It proves that 8,670 hours a year are your own, and 45 people utilise them.").replace(
        "A note", "A 9"
    ),
    "briefs/more.yaml": note(6, "There is {{ nothing }}, as many as that."),
    "briefs/broken.yaml": "layout: note\nlayuot: note\n",
}


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    return put(tmp_path / "campaign", {**FILES, **WRONG})


def check(campaign: Path, *names: str, **options: Any) -> tuple[str, ...]:
    """What a check finds that keeps what it finds."""
    options = {"today": TODAY, "keep": True, **options}
    return said(api.check(campaign, names, **options))


def fresh(campaign: Path, *names: str, **options: Any) -> tuple[str, ...]:
    """What a check finds that remembers nothing."""
    return said(api.check(campaign, names, **{"today": TODAY, **options}))


def said(report: api.Report) -> tuple[str, ...]:
    return (report.text(), *(str(item) for item in report.diagnostics), *(target.id for target in report.targets))


def looked_at(campaign: Path, *names: str, **options: Any) -> int:
    """How many targets a check looks at, and does not know of."""
    steps: list[str] = []
    check(campaign, *names, progress=lambda _at, _count, name: steps.append(name), **options)
    return len(steps)


def change(campaign: Path, path: str, old: str, new: str) -> None:
    text = (campaign / path).read_text(encoding="utf-8")
    put(campaign, swap({path: text}, path, old, new))


def test_there_is_something_to_say(campaign: Path) -> None:
    rules = {item.rule for item in api.check(campaign, today=TODAY).diagnostics}
    assert {"contradiction", "unsourced-number", "overclaim", "unknown-field"} <= rules, rules


def test_nothing_changed_is_nothing_looked_at(campaign: Path) -> None:
    found = check(campaign)
    assert found == fresh(campaign)
    assert looked_at(campaign) == 0
    assert check(campaign) == found
    assert check(campaign, strict=True) == fresh(campaign, strict=True)
    assert check(campaign, "plain") == fresh(campaign, "plain")
    assert looked_at(campaign, strict=True) == 0


CHANGES: Final = (
    (FACTS, "value: 6", "value: 7"),
    (FACTS, "qualifier: as many as", "qualifier: up to"),
    (MESSAGES, "You are not alone", "You are never alone"),
    (MESSAGES, "messages:", "# a comment\nmessages:"),
    (CAMPAIGN, "name: Peer", "rules: {overclaim: error}\nname: Peer"),
    (CAMPAIGN, "name: Peer", "rules: {overclaim: 'off', contradiction: warning}\nname: Peer"),
    (CAMPAIGN, "name: Peer", "waive: [{rule: overclaim, why: it does}]\nname: Peer"),
    (CAMPAIGN, "name: Peer", "waive: [{rule: stance, why: nothing to waive}]\nname: Peer"),
    (TEMPLATE, "<sources/>", "<paragraph>In 8,670 hours</paragraph><sources/>"),
    ("layouts/parts.xml.j2", "That is all.", "That proves all."),
    (LAYOUT, "pages: 2", "pages: 1"),
    (LAYOUT, "{type: text, words: 6}", "{type: text, words: 2}"),
    (THEME, 'ink: "#111111"', 'ink: "#eeeeee"'),
    (PLAIN, "8,670 hours", "8,760 hours"),
    (PLAIN, "layout: note", "# moved down\nlayout: note"),
    (PLAIN, "title: Note", "waive: [{rule: overclaim, why: quoted}]\ntitle: Note"),
    ("briefs/broken.yaml", "layuot", "audience"),
    (SOURCES, "references:", "references: # sources"),
)


@pytest.mark.parametrize(("path", "old", "new"), CHANGES, ids=lambda value: str(value)[:24])
def test_kept_findings_are_those_of_a_new_check(campaign: Path, path: str, old: str, new: str) -> None:
    before = check(campaign)
    change(campaign, path, old, new)
    found = check(campaign)
    assert found == fresh(campaign)
    assert check(campaign) == found
    put(campaign, {path: {**FILES, **WRONG}[path]})
    assert check(campaign) == before


def test_changes_on_changes(campaign: Path) -> None:
    """One after the other, with checks of one brief and of another form between them."""
    for at, (path, old, new) in enumerate(CHANGES):
        if (campaign / path).read_text(encoding="utf-8").count(old) == 1:
            change(campaign, path, old, new)
        if at % 3 == 1:
            assert check(campaign, "own") == fresh(campaign, "own")
        if at % 5 == 2:
            assert check(campaign, form=api.Form(grayscale=True)) == fresh(campaign, form=api.Form(grayscale=True))
        if at % 2:
            assert check(campaign) == fresh(campaign)
    assert check(campaign) == fresh(campaign)


def test_only_what_depends_on_it_is_looked_at_again(campaign: Path) -> None:
    check(campaign)
    change(campaign, PLAIN, "45 people", "54 people")
    assert looked_at(campaign) == 2  # itself and the pack that it is in
    change(campaign, MESSAGES, "The other {{", "Another {{")
    assert 1 <= looked_at(campaign) < 6


def test_what_extends_a_changed_brief_is_looked_at_again(campaign: Path) -> None:
    """Also when the brief between them is there no longer, and when it is there again."""
    put(campaign, {"briefs/upper.yaml": "extends: plain\ntitle: Upper\n", "briefs/top.yaml": "extends: upper\n"})
    check(campaign)
    change(campaign, PLAIN, "It proves", "Nothing proves")
    assert looked_at(campaign) == 4  # a pack has it too
    assert check(campaign) == fresh(campaign)
    upper = (campaign / "briefs/upper.yaml").read_text(encoding="utf-8")
    (campaign / "briefs/upper.yaml").unlink()
    assert check(campaign) == fresh(campaign)
    put(campaign, {"briefs/upper.yaml": upper})
    assert check(campaign) == fresh(campaign)


def test_documents_come_and_go(campaign: Path) -> None:
    check(campaign)
    put(campaign, {"briefs/another.yaml": WRONG[PLAIN]})
    assert check(campaign) == fresh(campaign)
    (campaign / "briefs" / "another.yaml").unlink()
    (campaign / "briefs" / "broken.yaml").unlink()
    assert check(campaign) == fresh(campaign)


def test_days_pass(campaign: Path) -> None:
    put(campaign, swap(TEXTS, FACTS, "value: 6", "value: 6\n    review-by: 2027-03-01"))
    assert check(campaign) == fresh(campaign)
    later = {"today": date(2027, 3, 2)}
    assert check(campaign, **later) == fresh(campaign, **later) != check(campaign)


def test_another_version_of_the_tool_looks_at_all_again(campaign: Path) -> None:
    found = check(campaign)
    every = len(api.check(campaign, today=TODAY).targets)
    index = read_index(check_path(campaign))
    assert (index.stamp, index.environment) == (environment.stamp(), environment.digest())
    index.stamp, index.environment = "other", "other"
    for pair in index.table.pairs:
        if pair[0] == "environment":
            pair[1] = "other"
    write_index(check_path(campaign), index)
    assert looked_at(campaign) == every
    assert check(campaign) == found


def _damages(data: bytes) -> Iterator[bytes]:
    yield b""
    yield data[: len(data) // 2]
    yield data.replace(b"promises more", b"promises less")
    yield data[:-3] + b"!" + data[-2:]
    yield b"0" * 64 + data[64:]


def test_a_damaged_index_is_as_good_as_none(campaign: Path) -> None:
    found = check(campaign)
    whole = check_path(campaign).read_bytes()
    for damaged in _damages(whole):
        assert damaged != whole
        check_path(campaign).write_bytes(damaged)
        assert check(campaign) == found
    assert looked_at(campaign) == 0


def test_two_checks_at_once(campaign: Path) -> None:
    """Each finds what there is, and what they leave is whole."""
    command = [sys.executable, "-c", "from briefpack.cli import main; main()", "check", "--project", str(campaign)]
    with ThreadPoolExecutor(3) as pool:
        texts = {done.stderr for done in pool.map(lambda _: run(command, capture_output=True, check=False), range(3))}
    assert len(texts) == 1
    assert looked_at(campaign, today=None) == 0


def test_several_processes_find_the_same(campaign: Path) -> None:
    many = {f"briefs/many-{at}.yaml": note(at, f"It proves {at + 40} hours. " * 30) for at in range(40)}
    put(campaign, many)
    assert check(campaign, jobs=2) == fresh(campaign)
    assert looked_at(campaign) == 0


def test_a_folder_that_cannot_be_written_is_no_fault(campaign: Path) -> None:
    (campaign / ".briefpack").write_text("a file", encoding="utf-8")
    assert check(campaign) == fresh(campaign)


def test_the_names_of_shared_files_are_those_of_the_project() -> None:
    assert frozenset((CAMPAIGN, MESSAGES, FACTS, SOURCES)) == OF_ALL


def test_errors_are_told_as_they_are_found_and_changed_briefs_first(campaign: Path) -> None:
    check(campaign)
    put(campaign, {PLAIN: "layout: note\ntitel: x\n", "briefs/aaa.yaml": "layout: [\n"})
    told: list[str] = []
    report = api.check(campaign, today=TODAY, keep=True, tell=lambda item, _: told.append(str(item.file)))
    assert {*told[:2]} == {PLAIN, "briefs/aaa.yaml"}
    assert "briefs/broken.yaml" in told[2:]
    assert {*told} <= {item.file for item in report.diagnostics}
