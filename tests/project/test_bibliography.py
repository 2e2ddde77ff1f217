"""Works of other programs: what is read of them, what is said of them, and what is left of `sources.yaml`."""

# ruff: noqa: E501 -- entries and references are one line

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner

from briefpack import api
from briefpack.api import Report
from briefpack.cli.commands import briefpack
from briefpack.content.citations import reference
from briefpack.document import plain_text
from briefpack.project.bibliography import Work, added, read_bibliography, with_ids
from briefpack.project.files import DiskFiles
from briefpack.project.load import load_project
from tests.campaigns import put, shipped

pytest.importorskip("bibtexparser")

BIB: Final = r"""% From a reference manager.
@string{hsr = "Health Serv. Res."}

@article{Hoeven_2019:a,
  author = {van der Hoeven, J{\"o}rg and Garc{\'\i}a M{\'a}rquez, Ana Luisa and {World Health Organization} and others},
  title = {The {HbA1c} \& {\'e}tude: 5\% better -- or not},
  journal = hsr, year = 2019, month = mar, volume = 12, number = 3, pages = {540--551},
  doi = {10.1000/XYZ.1}, abstract = {Long.}
}

@techreport{8760,
  author = {{County Board}}, title = {Budget: a report}, institution = {County}, address = {Harbour}, date = {2021-05-02},
  number = {7}, url = {https://example.org/budget}, urldate = {2026-11-23}
}
@phdthesis{thesis, author = {Borkowski, Jr., M. M.}, title = {Infant sleep}, school = {CMU}, year = {2002}}
@incollection{part, author = {Meltzer, Paul S.}, editor = {Vogelstein, Bert and Kinzler, Kenneth W.}, title = {Alterations},
  booktitle = {The basis}, publisher = {McGraw-Hill}, address = {New York}, year = {2002}, pages = {93--113}, edition = {2}}
@patent{odd, title = {A device}, year = {2001}}
"""

EXPECTED: Final = """\
added Hoeven_2019-a
added county-board-2021
added thesis
added part
added odd
"""

REFERENCES: Final = """\
van der Hoeven J, García Márquez AL; World Health Organization, et al. The HbA1c & étude: 5% better\N{NO-BREAK SPACE}– or not. \
Health Serv. Res. 2019 Mar;12(3):540–51. doi: 10.1000/XYZ.1
County Board. Budget: a report [Internet]. Harbour: County; 2021 May 2 [cited 2026 Nov 23]. Report No.: 7. \
Available from: https://example.org/budget
Borkowski MM Jr. Infant sleep [dissertation]. CMU; 2002.
Meltzer PS. Alterations. In: Vogelstein B, Kinzler KW, editors. The basis. 2nd ed. New York: McGraw-Hill; 2002. p. 93–113.
A device. 2001.
"""

CSL: Final = [
    {
        "id": "http://zotero.org/users/1/items/ABC",
        "type": "article-journal",
        "title": "Gains from peers",
        "container-title": "Journal of Things",
        "journalAbbreviation": "J Things",
        "author": [{"family": "Sá", "given": "Rui"}, {"literal": "The Group"}],
        "issued": {"date-parts": [["2020", 3, 1]]},
        "page": "1-9",
        "DOI": "10.1000/abc",
        "note": "not for us",
    },
    {"id": "w", "type": "webpage", "title": "A page", "URL": "https://example.org/x",
     "accessed": {"date-parts": [[2026, 11, 2]]}, "issued": {"raw": "2024-05"}},
]  # fmt: skip


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    return put(tmp_path / "campaign", shipped())


def imported(campaign: Path, name: str, text: str) -> Report:
    put(campaign.parent, {name: text})
    return api.import_sources(campaign, campaign.parent / name)


def sources(campaign: Path) -> str:
    return (campaign / "briefs/sources.yaml").read_text(encoding="utf-8")


def references(campaign: Path, ids: tuple[str, ...]) -> str:
    loaded = load_project(DiskFiles(campaign))
    assert loaded.project is not None
    known = loaded.project.sources
    return "".join(f"{plain_text(reference(known[id], 'en'))}\n" for id in ids)


# ------------------------------------------------------------------------------------------------- BibTeX


def test_bibtex_becomes_sources_that_can_be_cited(campaign: Path) -> None:
    put(campaign.parent, {"x.bib": BIB})
    arguments = ["import-sources", str(campaign.parent / "x.bib"), "-p", str(campaign)]
    done = CliRunner().invoke(briefpack, arguments, standalone_mode=False)
    assert (done.return_value, done.stdout) == (0, EXPECTED)
    assert "warning[bibliography-type]: `patent` is not a type we know, taken for a book" in done.stderr
    assert f"--> {campaign.parent / 'x.bib'}:18:1" in done.stderr
    ids = tuple(line.removeprefix("added ") for line in EXPECTED.splitlines())
    assert references(campaign, ids) == REFERENCES
    assert not api.check(campaign, ["community"]).failed


def test_nothing_that_was_there_changes(campaign: Path) -> None:
    before = sources(campaign)
    imported(campaign, "x.bib", BIB)
    assert sources(campaign).startswith(before)


def test_a_file_with_windows_line_ends_keeps_them(campaign: Path) -> None:
    windows = "\ufeff" + sources(campaign).replace("\n", "\r\n")
    put(campaign, {"briefs/sources.yaml": windows.encode()})
    imported(campaign, "x.bib", BIB)
    after = (campaign / "briefs/sources.yaml").read_bytes()
    assert after.startswith(windows.encode())
    assert after.count(b"\n") == after.count(b"\r\n")


def test_the_second_time_all_is_known(campaign: Path) -> None:
    first = imported(campaign, "x.bib", BIB)
    after = sources(campaign)
    again = imported(campaign, "x.bib", BIB)
    assert (len(first.written), again.written) == (5, ())
    assert {item.rule for item in again.diagnostics} == {"source-known", "bibliography-type"}
    assert sources(campaign) == after


@pytest.mark.parametrize(
    ("entry", "known"),
    [
        ("@article{x, title={Another}, doi={https://doi.org/10.1186/S12889-015-1798-Y}}", "qi-2015"),
        ("@article{x, title={Key messages!}}", "pfp-key-messages"),
        ("@article{x, title={Key Messages, Part Two}}", None),
        ("@article{x, title={Another}, doi={10.1186/s12889-015-1798-z}}", None),
    ],
)
def test_a_work_is_known_by_its_doi_or_its_title(campaign: Path, entry: str, known: str | None) -> None:
    report = imported(campaign, "x.bib", entry)
    assert report.written == (() if known else ("x",))
    assert [item.help for item in report.diagnostics] == ([f"cite it as `[@{known}]`"] if known else [])


def test_what_is_broken_is_told_by_line_and_the_rest_is_added(campaign: Path) -> None:
    text = (
        "@misc{a, title={One}}\n@misc{b, year=2000}\n@misc{a, title={Two}}\n@book{c, title={x\n@misc{d, title={Four}}\n"
    )
    report = imported(campaign, "x.bib", text)
    assert report.written == ("a", "d")
    assert [(item.message, item.span and item.span.line) for item in report.diagnostics] == [
        ("`b` has no title", 2),
        ("the key `a` is used twice, so this was left out", 3),
        ("this entry cannot be read, so it was left out", 4),
    ]
    assert "2 | @misc{b, year=2000}" in report.text()


# ------------------------------------------------------------------------------------------------ CSL-JSON


def test_csl_json_as_zotero_exports_it(campaign: Path) -> None:
    report = imported(campaign, "x.json", json.dumps(CSL, indent=1))
    assert report.diagnostics == ()
    assert references(campaign, report.written) == (
        "Sá R; The Group. Gains from peers. J Things. 2020 Mar 1:1–9. doi: 10.1000/abc\n"
        "A page [Internet]. 2024 May [cited 2026 Nov 2]. Available from: https://example.org/x\n"
    )
    assert report.written == ("sa-2020", "w")


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ('[{"title": "A"},\n {"title": 1}]', ["this is not a work with a title 2:2"]),
        (
            '[{"title": "A"}\n {"title": "B"}]',
            ["this is not json: expecting ',' delimiter 2:2".replace("json", "JSON")],
        ),
        ('[{"title": "A"', ["this is not JSON: expecting ',' delimiter 1:15"]),
        ("[]", []),
        ("", []),
    ],
)
def test_json_that_is_not_in_order(text: str, messages: list[str]) -> None:
    _, found = read_bibliography(text, "x.json")
    assert [f"{item.message} {item.span.line}:{item.span.column}" for item in found if item.span] == messages


# -------------------------------------------------------------------------------------------------- files


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "references:\n\n  - id: a\n    title: T\n"),
        ("references: []\n", "references:\n\n  - id: a\n    title: T\n"),
        (
            "# mine\nreferences:\n- id: b\n  title: B",
            "# mine\nreferences:\n- id: b\n  title: B\n\n- id: a\n  title: T\n",
        ),
        (
            "references:\n    - id: b # why\n# the end\n",
            "references:\n    - id: b # why\n# the end\n\n    - id: a\n      title: T\n",
        ),
    ],
)
def test_works_are_added_in_the_manner_of_the_file(before: str, after: str) -> None:
    (work,), _ = read_bibliography('[{"id": "a", "title": "T"}]', "x.json")
    assert added(before, [Work("a", {"title": work.text("title")}, work.span)]) == after


def test_a_list_in_brackets_is_left_as_it_is(campaign: Path) -> None:
    text = "references: [{id: pfp-x, type: webpage, title: T}]\n"
    put(
        campaign,
        {"briefs/sources.yaml": text, "briefs/facts.yaml": "facts: {}\n", "briefs/messages.yaml": "messages: {}\n"},
    )
    report = imported(campaign, "x.bib", BIB)
    assert report.failed
    assert sources(campaign) == text


@pytest.mark.parametrize(
    ("key", "id"),
    [("Smith_2019:a", "Smith_2019-a"), ("müller2020", "muller2020"), ("a--b", "a-b"), ("?", "source"), ("x", "x-2")],
)
def test_keys_become_ids_that_can_be_cited(key: str, id: str) -> None:
    (work,), _ = read_bibliography(json.dumps([{"id": key, "title": "T"}]), "x.json")
    assert with_ids([work], ["x"])[0].id == id


def test_a_file_that_is_not_there(campaign: Path) -> None:
    report = api.import_sources(campaign, campaign / "gone.bib")
    assert [item.rule for item in report.diagnostics] == ["bibliography"]
    assert report.failed
