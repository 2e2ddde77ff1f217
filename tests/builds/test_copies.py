"""Copies: the same bytes as a brief of their own, and what becomes of rows that are not in order."""

from __future__ import annotations

import csv
import io
import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from briefpack import api
from briefpack.builds.copy_records import records_path
from briefpack.builds.making import Made, Workshop, make_brief
from briefpack.diagnostics import Severity, Span
from briefpack.preflight import inspect
from briefpack.project.columns import DataRow
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from tests.builds.notes import FILES, note, picture
from tests.campaigns import everything, put
from tests.verapdf import Conformance

COLUMNS: Final = """\
data:
  clinic: {sample: North Clinic}
  patients: {type: number, sample: 1200, decimals: 0}
  opens: {type: date, sample: 2027-01-14}
  page: {type: url, sample: "https://example.org/north", required: no}
"""
TEXT: Final = "Ask at **{{ row.clinic }}**, with {{ row.patients }} people, from {{ row.opens }}. {{ row.page }} [@faq]"
CLINIC: Final = note(9, TEXT, COLUMNS).replace("Note 9", "For {{ row.clinic }}")
CAMPAIGN: Final[Mapping[str, str | bytes]] = {**FILES, "briefs/copy.yaml": CLINIC}
HEADER: Final = "id,clinic,patients,opens,page\n"


def rows(count: int) -> str:
    lines = (f"c{at},Clinic {at},{at * 37},2027-01-{at % 28 + 1:02},https://example.org/{at}\n" for at in range(count))
    return HEADER + "".join(lines)


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    return put(tmp_path / "campaign", CAMPAIGN)


def copy(campaign: Path, content: str | None = None, **options: Any) -> api.Report:
    """Copies for the rows of `content`, or of the file as it is."""
    data = campaign / "clinics.csv"
    if content is not None:
        data.write_text(content, encoding="utf-8")
    chosen = {"name": "{{ id }}", "today": date(2026, 11, 25), **options}
    return api.copies(campaign, ["copy"], data, **chosen)


def done(report: api.Report) -> tuple[int, int, int, int]:
    """How many copies were made, were up to date, have a row that is not in order, and failed."""
    assert report.copies is not None
    return report.copies.made, report.copies.current, report.copies.skipped, report.copies.failed


def listing(campaign: Path) -> list[dict[str, str]]:
    with (campaign / "output/copy/copies.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def workshop(campaign: Mapping[str, str | bytes] = CAMPAIGN) -> Workshop:
    """A workshop with nothing in its caches."""
    files = DictFiles(campaign)
    loaded = load_project(files)
    assert loaded.project is not None, loaded.diagnostics
    return Workshop.of(files, loaded.project)


def row(**values: Any) -> DataRow:
    return DataRow(values, Span("rows.csv", 2, 1, 2, 9))


# ------------------------------------------------------------------------------------------------- made


def test_a_copy_for_each_row(campaign: Path) -> None:
    """Files by name, a list of them in the order of the rows, and one entry in the manifest."""
    report = copy(campaign, rows(5))
    assert done(report) == (5, 0, 0, 0), report.text()
    assert report.diagnostics == ()
    listed = listing(campaign)
    assert [(item["line"], item["file"], item["first page"]) for item in listed] == [
        (str(at + 2), f"c{at}.pdf", "1") for at in range(5)
    ]
    (entry,) = json.loads((campaign / "output/manifest.json").read_text(encoding="utf-8"))["files"]
    assert (entry["path"], entry["kind"], entry["pages"]) == ("copy/copies.csv", "copies", 5)
    assert {"data:clinics.csv", "briefs/copy.yaml"} <= entry["inputs"].keys()


def look(made: Made) -> tuple[str, list[tuple[str, bytes]]]:
    """Tags, texts and ink of a document. A copy is packed in another way than a document by itself, no more."""
    assert made.data is not None, made.diagnostics
    pages = PdfReader(io.BytesIO(made.data)).pages
    inks = [
        (page.extract_text(), contents.get_data()) for page in pages if (contents := page.get_contents()) is not None
    ]
    assert len(inks) == made.pages
    return inspect(made.data).tag_tree(), inks


def test_a_brief_with_columns_is_a_document_of_its_own() -> None:
    """Made by itself it has the samples; and so has a copy for a row that says the same."""
    made = make_brief(workshop(), "copy")
    day, page = date(2027, 1, 14), "https://example.org/north"
    same = row(clinic="North Clinic", patients=Decimal(1200), opens=day, page=page)
    assert look(made) == look(make_brief(workshop(), "copy", row=same))
    assert made.title == "For North Clinic"


LINKED: Final = """\
data:
  clinic: {sample: North & South}
  opens: {type: date, sample: 2027-01-14}
  page: {type: url, sample: "https://example.org/north", required: no}
  mail: {type: email, sample: north@example.org}
  photo: {sample: a, required: no}
"""
LINKS: Final = (
    "Call us [today](https://book.example/{{ row.clinic }}?on={{row.opens}}), [online]({{ row.page }}) "
    "or [by mail](mailto:{{ row.mail }})."
)
PHOTO: Final = "  photo:\n    file: photos/{{ row.photo }}.png\n    alt: The house of {{ row.clinic }}\n"


def linked(text: str = LINKS, photo: str = PHOTO) -> dict[str, str | bytes]:
    return {**CAMPAIGN, "briefs/linked.yaml": note(9, text, LINKED) + photo, "photos/b.png": picture(90)}


def links(data: bytes | None) -> list[str]:
    assert data is not None
    pages: Any = PdfReader(io.BytesIO(data)).pages
    annotations = [note.get_object() for page in pages for note in page["/Annots"]]
    return [str(note["/A"]["/URI"]) for note in annotations if "/A" in note]


def test_cells_stand_in_addresses_and_name_pictures() -> None:
    """As in a file, not as read: escaped, dates by number. An empty cell leaves nothing of its link or picture."""
    campaign = linked()
    sample = make_brief(workshop(campaign), "linked")
    assert sample.diagnostics == ()
    assert links(sample.data) == [
        "https://book.example/North%20%26%20South?on=2027-01-14",
        "https://example.org/north",
        "mailto:north@example.org",
    ]
    day = date(2027, 5, 1)
    warm = workshop(campaign)
    rows = [
        row(clinic="Été/1?", opens=day, page="https://other.example/a%20b", mail="a+b@c.example", photo="b"),
        row(clinic="Two", opens=day, page=None, mail="x@y.example", photo=None),
    ]
    made = [make_brief(warm, "linked", row=each) for each in rows]
    assert [each.diagnostics for each in made] == [(), ()]
    assert links(made[0].data)[:2] == [
        "https://book.example/%C3%89t%C3%A9%2F1%3F?on=2027-05-01",
        "https://other.example/a%20b",
    ]
    assert links(made[1].data) == ["https://book.example/Two?on=2027-05-01", "mailto:x@y.example"]
    assert [each.data for each in made] == [make_brief(workshop(campaign), "linked", row=each).data for each in rows]
    assert [{"photos/a.png", "photos/b.png"} & each.inputs.keys() for each in (sample, *made)] == [
        {"photos/a.png"},
        {"photos/b.png"},
        set(),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[a]({{ row.clinic }})", "an address cannot begin with the column `clinic`, which is of the type `text`"),
        ("[a](https://x.example/{{ row.clinik }})", "there is no column `clinik`"),
        ("[a](https://x.example/{{ hours }})", "`https://x.example/{{ hours }}` is not an address to link to"),
    ],
)
def test_what_cannot_stand_in_an_address(text: str, message: str) -> None:
    found = make_brief(workshop(linked(text)), "linked").diagnostics
    assert message in [item.message for item in found]


def test_a_picture_that_a_cell_names_is_in_the_project() -> None:
    shop = workshop(linked())
    values = {"clinic": "A", "opens": date(2027, 5, 1), "page": None, "mail": "x@y.example"}
    outside, absent = (make_brief(shop, "linked", row=row(**values, photo=photo)) for photo in ("../a", "c"))
    assert [(item.rule, item.message) for item in outside.diagnostics] == [
        ("file-outside", "`photos/../a.png` is no path inside the project")
    ]
    assert [item.rule for item in absent.diagnostics] == ["missing-image"]


WORDS = st.text(st.sampled_from("abcxyz ABC 0189 äöé '\"-.,&<>*_[]{}()\\@^$#%"), min_size=1, max_size=40).filter(
    lambda text: bool(text.strip()) and text.strip()[0].isalpha()
)
ROWS = st.fixed_dictionaries(
    {
        "clinic": WORDS.map(lambda text: " ".join(text.split())),
        "patients": st.decimals(0, 10**9, places=0),
        "opens": st.dates(date(1900, 1, 1), date(2200, 1, 1)),
        "page": st.none() | st.from_regex(r"https://[a-z]{1,12}\.org/[a-z0-9]{0,20}", fullmatch=True),
    }
)
WARM: Final = workshop()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ROWS)
def test_a_copy_has_the_bytes_and_the_findings_that_it_has_alone(values: dict[str, Any]) -> None:
    """Whatever the caches have met before, a copy comes out as with empty ones."""
    warm, cold = make_brief(WARM, "copy", row=row(**values)), make_brief(workshop(), "copy", row=row(**values))
    assert warm.diagnostics == cold.diagnostics
    assert warm.data == cold.data


def test_a_copy_is_the_brief_with_the_words_typed_in() -> None:
    """Markup in a cell is text: typed into the brief the same is escaped."""
    typed = CLINIC.replace("{{ row.clinic }}", "St. \\*Mary\\* & Sons").replace("{{ row.patients }}", "1,500")
    typed = typed.replace("{{ row.opens }}", "2 March 2027").replace("{{ row.page }} ", "")
    values = {"clinic": "St. *Mary* & Sons", "patients": Decimal(1500), "opens": date(2027, 3, 2), "page": None}
    made = make_brief(workshop(), "copy", row=row(**values))
    assert look(made) == look(make_brief(workshop({**CAMPAIGN, "briefs/copy.yaml": typed}), "copy"))


# ------------------------------------------------------------------------------------------------ merged


def texts(data: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def test_all_copies_in_one_file_for_the_printer(campaign: Path, conformance: Conformance) -> None:
    """Every page of every copy, in the order of the rows, and where each is; tagged and archivable as a whole."""
    long = " ".join(["Clinic of a long name"] * 300)
    report = copy(campaign, rows(7).replace("Clinic 3,", f"{long},"), merge=0)
    assert done(report) == (7, 0, 0, 0), report.text()
    data = (campaign / "output/copy/merged.pdf").read_bytes()
    listed = listing(campaign)
    assert [item["name"] for item in listed] == [f"c{at}" for at in range(7)]
    assert listed[3]["first page"] != listed[3]["last page"]
    pages = texts(data)
    assert int(listed[-1]["last page"]) == len(pages)
    for at, item in enumerate(listed):
        own = " ".join(pages[int(item["first page"]) - 1 : int(item["last page"])])
        assert f"with {at * 37} people" in " ".join(own.split())
    outline = PdfReader(io.BytesIO(data)).outline
    assert [str(entry["/Title"]) for entry in outline if not isinstance(entry, list)] == [f"c{at}" for at in range(7)]
    assert conformance.broken(campaign / "output/copy/merged.pdf") == ()


def test_so_many_copies_in_each_file(campaign: Path, conformance: Conformance) -> None:
    """Where one row has changed, only the file that it is in is made again; a copy with an error is left out."""
    assert done(copy(campaign, rows(7), merge=3)) == (7, 0, 0, 0)
    assert [(item["file"], item["first page"]) for item in listing(campaign)] == [
        *(("merged-1-of-3.pdf", str(at)) for at in (1, 2, 3)),
        *(("merged-2-of-3.pdf", str(at)) for at in (1, 2, 3)),
        ("merged-3-of-3.pdf", "1"),
    ]
    assert done(copy(campaign, merge=3)) == (0, 7, 0, 0)
    assert done(copy(campaign, rows(7).replace("Clinic 4", "Clinic Four"), merge=3)) == (3, 4, 0, 0)
    long = " ".join(["Very long name of a clinic"] * 900)
    assert done(copy(campaign, rows(7).replace("Clinic 4,", f"{long},"), merge=3)) == (2, 4, 0, 1)
    assert [item["line"] for item in listing(campaign)] == ["2", "3", "4", "5", "7", "8"]
    data = (campaign / "output/copy/merged-2-of-3.pdf").read_bytes()
    assert len(texts(data)) == 2
    assert conformance.broken(campaign / "output/copy/merged-2-of-3.pdf") == ()


def test_rows_of_other_formats_make_the_same_copies(campaign: Path) -> None:
    lines = [dict(item) for item in csv.DictReader(io.StringIO(rows(4)))]
    typed: list[dict[str, Any]] = [{**item, "patients": int(item["patients"])} for item in lines]
    (campaign / "rows.jsonl").write_text("".join(json.dumps(item) + "\n" for item in typed), encoding="utf-8")
    days = [{**item, "opens": date.fromisoformat(item["opens"])} for item in typed]
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pytest.importorskip("pyarrow").Table.from_pylist(days)
    parquet.write_table(table, campaign / "rows.parquet", row_group_size=2)
    copy(campaign, rows(4), output=campaign / "csv", keep=False)
    made = everything(campaign / "csv/copy")
    for name in ("rows.jsonl", "rows.parquet"):
        output = campaign / f"as-{name}"
        report = api.copies(campaign, ["copy"], campaign / name, "{{ id }}", output, keep=False)
        assert not report.failed, report.text()
        own = everything(output / "copy")
        assert {path: data for path, data in own.items() if path.endswith(".pdf")} == {
            path: data for path, data in made.items() if path.endswith(".pdf")
        }
    lacking = table.drop_columns(["clinic"])
    parquet.write_table(lacking, campaign / "rows.parquet")
    found = api.copies(campaign, ["copy"], campaign / "rows.parquet", "{{ id }}").diagnostics
    assert [item.message for item in found] == ["the data file has no column `clinic`"]
    (campaign / "rows.parquet").write_bytes(b"no")
    assert "this is no Parquet file" in api.copies(campaign, ["copy"], campaign / "rows.parquet").text()


# ---------------------------------------------------------------------------------------------- findings


def test_rows_that_are_not_in_order_stop_the_build_or_are_passed_over(campaign: Path) -> None:
    content = rows(4).replace("2027-01-02", "2 January").replace("Clinic 2,", ",")
    report = copy(campaign, content)
    assert report.failed
    assert done(report) == (0, 0, 2, 0)
    assert not (campaign / "output").exists()
    report = copy(campaign, content, bad_rows="skip")
    assert not report.failed
    assert done(report) == (2, 0, 2, 0)
    assert [item["line"] for item in listing(campaign)] == ["2", "5"]
    assert report.text().startswith(
        "warning[bad-row]: expected a date such as 2026-11-23 in the column `opens`, found `2 January`\n"
        "  --> clinics.csv:3:16\n"
    )


def test_two_rows_of_one_name_are_named_with_both_lines(campaign: Path) -> None:
    report = copy(campaign, rows(3).replace("c2,", "C1,"))
    (found,) = report.diagnostics
    assert (found.rule, found.message) == ("duplicate-name", "the file `C1.pdf` is that of line 3 already")
    assert found.span is not None
    assert (found.span.line, found.related[0][0].line) == (4, 3)
    assert done(copy(campaign, bad_rows="skip")) == (2, 0, 1, 0)


def test_a_copy_that_does_not_fit_is_reported_with_its_row(campaign: Path) -> None:
    """The others are made; what the brief says by itself is not said again of each copy."""
    long = " ".join(["Very long name of a clinic"] * 900)
    report = copy(campaign, rows(4).replace("Clinic 2,", f"{long},"))
    assert done(report) == (3, 0, 0, 1)
    (found,) = [item for item in report.diagnostics if item.rule == "overset"]
    assert found.span is not None
    assert found.span.path == "briefs/copy.yaml"
    assert [(span.path, span.line, text) for span, text in found.related] == [
        ("clinics.csv", 4, "in the copy for this row")
    ]
    assert [item["line"] for item in listing(campaign)] == ["2", "3", "5"]


def looked_at(campaign: Path, content: str, **options: Any) -> api.Report:
    data = campaign / "clinics.csv"
    data.write_text(content, encoding="utf-8")
    return api.check(campaign, ["copy"], data=data, name="{{ id }}", today=date(2026, 11, 25), **options)


def errors(report: api.Report) -> list[tuple[str, int]]:
    """The rules of all errors with the lines of their rows."""
    found = [item for item in report.diagnostics if item.severity is Severity.ERROR]
    return [
        (item.rule, (item.related[0][0] if item.related else item.span or Span("", 0, 0, 0, 0)).line) for item in found
    ]


LONG: Final = " ".join(["Very long name of a clinic"] * 900)


@pytest.mark.parametrize("jobs", [1, 2])
def test_all_rows_are_looked_at_without_a_file(campaign: Path, jobs: int) -> None:
    """Cells that are not in order, copies that do not fit, each with its line; the others are looked at too."""
    content = rows(60).replace("Clinic 7,", f"{LONG},").replace(",74,", ",many,")
    report = looked_at(campaign, content, jobs=jobs)
    assert errors(report) == [("bad-row", 4), ("overset", 9)]
    assert done(report) == (58, 0, 1, 1)
    assert report.looked_at == 59
    assert not (campaign / "output").exists()
    assert not list(campaign.glob(".briefpack/copies-*"))
    made = copy(campaign, content, bad_rows="skip")
    assert {item.message for item in made.diagnostics} == {item.message for item in report.diagnostics}


@pytest.mark.parametrize(("count", "asked", "seen"), [(500, 20, 20), (500, 1, 1), (3, 20, 3), (1, 1, 1)])
def test_a_sample_has_the_ends_and_the_longest_cells(campaign: Path, count: int, asked: int, seen: int) -> None:
    """What does not fit is found in it, wherever it stands."""
    at = count // 3
    content = rows(count).replace(f"\nc{at},Clinic {at},", f"\nc{at},{LONG},")
    report = looked_at(campaign, content, rows=asked)
    assert errors(report) == [("overset", at + 2)]
    assert seen <= report.looked_at <= seen + 4


def test_what_cannot_be_copied(campaign: Path) -> None:
    assert "copies are made of one brief" in api.copies(campaign, ["own", "copy"], campaign / "x.csv").text()
    assert "the brief `own` declares no columns to print" in api.copies(campaign, ["own"], campaign / "x.csv").text()
    assert "there is no file `x.csv`" in api.copies(campaign, ["copy"], campaign / "x.csv").text()
    assert "the data file has no row" in copy(campaign, HEADER).text()
    with pytest.raises(ValueError, match="names no column"):
        copy(campaign, rows(1), name="all")


def test_what_is_wrong_with_the_file_is_told_beside_what_is_wrong_with_the_brief(campaign: Path) -> None:
    """In one run, whether the brief declares no columns or prints one that it does not declare."""
    missing = campaign / "x.csv"
    for report in (api.copies(campaign, ["own"], missing), api.check(campaign, ["own"], data=missing)):
        assert [item.rule for item in report.diagnostics] == ["missing-column", "data-unreadable"]
    put(campaign, {"briefs/copy.yaml": CLINIC.replace("{{ row.clinic }}**", "{{ row.klinic }}**")})
    for report in (api.copies(campaign, ["copy"], missing), api.check(campaign, ["copy"], data=missing)):
        assert [item.rule for item in report.diagnostics] == ["unknown-column", "data-unreadable"]
    report = copy(campaign, rows(2).replace("patients", "people", 1))
    assert [item.rule for item in report.diagnostics] == ["unknown-column", "missing-column"]


# ------------------------------------------------------------------------------------------- incremental


def test_only_the_copy_of_a_changed_row_is_made_again(campaign: Path) -> None:
    assert done(copy(campaign, rows(5))) == (5, 0, 0, 0)
    before = everything(campaign / "output")
    assert done(copy(campaign)) == (0, 5, 0, 0)
    assert everything(campaign / "output") == before
    changed = rows(5).replace("Clinic 3", "Clinic Three")
    assert done(copy(campaign, changed)) == (1, 4, 0, 0)
    # A row above moves lines and changes no copy; a file that was touched is made again.
    moved = changed.replace(HEADER, f"{HEADER}c9,Clinic 9,9,2027-01-09,\n")
    (campaign / "output/copy/c0.pdf").write_bytes(b"other")
    assert done(copy(campaign, moved)) == (2, 4, 0, 0)
    assert [item["line"] for item in listing(campaign)] == ["2", "3", "4", "5", "6", "7"]


def test_a_change_of_the_brief_makes_all_again(campaign: Path) -> None:
    copy(campaign, rows(3))
    put(campaign, {"briefs/plain.yaml": note(1, "Other words. [@faq]")})
    assert done(copy(campaign)) == (0, 3, 0, 0)
    put(campaign, {"briefs/copy.yaml": CLINIC.replace("Ask at", "Go to")})
    assert done(copy(campaign)) == (3, 0, 0, 0)
    assert done(copy(campaign, keep=False)) == (3, 0, 0, 0)


def test_records_that_are_damaged_or_in_use_are_as_good_as_none(campaign: Path) -> None:
    copy(campaign, rows(3))
    before = everything(campaign / "output")
    path = records_path(campaign, campaign / "output/copy")
    path.write_bytes(path.read_bytes()[:2000] + b"\xff" * 4000)
    assert done(copy(campaign)) == (3, 0, 0, 0)
    assert done(copy(campaign)) == (0, 3, 0, 0)
    holding = (
        f"import sqlite3, time; c = sqlite3.connect({str(path)!r}); c.execute('BEGIN EXCLUSIVE'); "
        "print(1, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", holding], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        assert done(copy(campaign)) == (3, 0, 0, 0)
        other.kill()
    assert everything(campaign / "output") == before


# ------------------------------------------------------------------------------------------- many at work


def test_many_hands_make_the_same(campaign: Path) -> None:
    content = rows(60).replace("Clinic 7,", " ".join(["Very long name of a clinic"] * 900) + ",")
    alone = copy(campaign, content, output=campaign / "one", keep=False)
    several = copy(campaign, content, output=campaign / "two", keep=False, jobs=2)
    assert everything(campaign / "one") == everything(campaign / "two")
    assert alone.text() == several.text()
    assert done(alone) == done(several) == (59, 0, 0, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_a_build_that_is_killed_leaves_whole_files_and_the_next_goes_on(campaign: Path) -> None:
    (campaign / "clinics.csv").write_text(rows(200), encoding="utf-8")
    program = "import sys; from briefpack.cli import main; sys.exit(main())"
    options = ["--data", "clinics.csv", "--name", "{{ id }}", "-j2"]
    command = [sys.executable, "-c", program, "build", "copy", *options]
    with subprocess.Popen(command, cwd=campaign, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as build:
        folder = campaign / "output/copy"
        while build.poll() is None and len(list(folder.glob("*.pdf"))) < 60:
            time.sleep(0.02)
        build.send_signal(signal.SIGKILL)
    assert all(path.read_bytes().endswith(b"%%EOF\n") for path in folder.glob("*.pdf"))
    made, current, *_ = done(copy(campaign))
    assert made + current == 200
    assert current > 0
    whole = copy(campaign, output=campaign / "anew", keep=False)
    assert done(whole) == (200, 0, 0, 0)
    assert everything(campaign / "anew/copy") == {
        path: data for path, data in everything(folder).items() if not path.startswith(".")
    }
