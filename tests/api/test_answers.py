"""The matrix of messages and the scan of a brief: what they say of the shipped campaign, and of one with gaps."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from briefpack import api
from briefpack.cli.commands import briefpack
from briefpack.preflight import inspect, preflight
from tests.campaigns import put, shipped, swap
from tests.verapdf import Conformance


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    return put(tmp_path / "campaign", shipped())


def run(*arguments: str) -> Result:
    return CliRunner().invoke(briefpack, arguments, standalone_mode=False)


# ------------------------------------------------------------------------------------------------ matrix


def test_every_message_has_a_row_for_every_audience(campaign: Path) -> None:
    _, rows = api.matrix(campaign)
    assert len(rows) == 4 * 4
    known = {(row.message, row.audience): row for row in rows}
    assert known["hours", "community"].documents == ("community",)
    assert known["hours", "community"].packs == ("launch-meeting",)
    assert known["good-care", "community"].gap == ""
    assert known["good-care", "media"].gap == "in no document"


def test_a_message_without_wording_and_a_language_without_briefs_are_gaps(campaign: Path) -> None:
    files = swap(
        shipped(),
        "briefs/messages.yaml",
        "      community: >-\n        Peers everywhere help in the same ways."
        " How they do it can differ from place to place. [@pfp-key-messages]\n",
        "",
    )
    spanish = shipped()["briefs/community.yaml"].replace("audience: community", "audience: community\nlanguage: es")
    put(campaign, {**files, "briefs/comunidad.yaml": spanish})
    known = {(row.message, row.audience, row.language): row for row in api.matrix(campaign)[1]}
    assert known["functions", "community", "en"].gap == "no wording"
    assert known["hours", "community", "es"].documents == ("comunidad",)
    assert known["hours", "community", "en"].documents == ("community",)


def test_what_has_to_appear_what_is_a_draft_and_a_language_without_documents_are_gaps(campaign: Path) -> None:
    """Judged by the pages: the template leaves `hours` out of the community's handout."""
    words = (
        "      community: >-\n"
        "        Caring for yourself happens in the clinic and everywhere else. [@pfp-key-messages]\n"
    )
    both = "      community: {en: Caring happens everywhere., es: El cuidado es en todas partes.}\n"
    approved = f"{words}    status: approved\n"
    files = swap(shipped(), "briefs/messages.yaml", approved, f"{both}    status: {{es: draft}}\n")
    template = "layouts/handout/template.xml.j2"
    put(campaign, swap(files, template, "{{ slots.message.text }}", "A peer can help."))
    known = {(row.message, row.audience, row.language): row for row in api.matrix(campaign)[1]}
    assert known["hours", "community", "en"].gap == "has to appear, and is in no document"
    assert known["beyond-the-clinic", "community", "es"].gap == "a draft; in no document"
    assert known["hours", "community", "es"].gap == "no wording"
    assert known["hours", "clinicians", "en"].gap == ""
    assert ("hours", "clinicians", "es") not in known
    text = run("matrix", "-p", str(campaign)).stdout
    assert re.search(r"(?m)^beyond-the-clinic +community +es +-- a draft; in no document$", text)


def test_the_matrix_as_csv_and_json_and_text(campaign: Path) -> None:
    rows = api.matrix(campaign)[1]
    table = list(csv.DictReader(io.StringIO(run("matrix", "-p", str(campaign), "--format", "csv").stdout)))
    assert [(row["message"], row["audience"], row["documents"]) for row in table] == [
        (row.message, row.audience, "; ".join(row.documents)) for row in rows
    ]
    data = json.loads(run("matrix", "-p", str(campaign), "--format", "json").stdout)["matrix"]
    assert [row["gap"] for row in data] == [row.gap for row in rows]
    assert run("matrix", "-p", str(campaign)).stdout.endswith("\n9 gaps\n")


def test_the_matrix_as_a_file_conforms_and_reads_as_a_table(campaign: Path, conformance: Conformance) -> None:
    done = run("matrix", "-p", str(campaign), "--format", "pdf")
    path = campaign / "output" / "message-matrix.pdf"
    assert (done.return_value, done.stdout.strip()) == (0, str(path))
    data = path.read_bytes()
    assert conformance.broken(path) == ()
    assert preflight(data) == ()
    tree = inspect(data).tag_tree()
    assert tree.count("TH") >= 4 + 4
    assert "Message matrix: Peer support, every day" in PdfReader(io.BytesIO(data)).pages[0].extract_text()
    run("matrix", "-p", str(campaign), "--format", "pdf", "-o", str(campaign / "again.pdf"))
    assert (campaign / "again.pdf").read_bytes() == data


def test_a_theme_without_our_styles_prints_a_matrix_too(campaign: Path, conformance: Conformance) -> None:
    theme = 'typefaces: {sans: Fira Sans}\npalette: {ink: "#111111"}\nscale: {base: 10}\n'
    theme += "text-styles:\n  body: {typeface: sans, color: ink}\n"
    put(campaign, {"layouts/theme.yaml": theme})
    done = run("matrix", "-p", str(campaign), "--format", "pdf", "-o", str(campaign / "m.pdf"))
    assert done.return_value == 0, done.output
    assert conformance.broken(campaign / "m.pdf") == ()


# -------------------------------------------------------------------------------------------------- scan


def test_what_is_seen_at_a_glance(campaign: Path) -> None:
    _, seen = api.scan(campaign, "policymakers")
    assert seen is not None
    assert seen.title == "Peer support reaches the hours that clinic visits cannot"
    assert (seen.message or "").startswith("People with diabetes may spend as many as 6\u00a0hours")
    assert (seen.number or "").startswith("8,760: hours a year")
    assert "Our ask" in seen.headings
    assert not {"Sources", "Contact"} & set(seen.headings)
    assert seen.call[0] == "Our ask"
    assert seen.stands
    assert seen.seen < seen.words


@pytest.mark.parametrize(
    ("old", "new", "remark"),
    [
        (
            "    heading: What is a peer?",
            "    heading: Background",
            "the heading `Background` is a label: say what the part says",
        ),
        ("    heading: Where to find us", "    heading: How to start", "the heading `How to start` stands twice"),
    ],
)
def test_what_keeps_a_brief_from_standing(campaign: Path, old: str, new: str, remark: str) -> None:
    put(campaign, swap(shipped(), "briefs/community.yaml", old, new))
    _, seen = api.scan(campaign, "community")
    assert seen is not None
    assert seen.remarks == (remark,)
    assert f"it does not stand by itself yet:\n  - {remark}\n" in run("scan", "community", "-p", str(campaign)).stdout


def test_parts_that_are_not_there(campaign: Path) -> None:
    layout = shipped()["layouts/handout/layout.yaml"]
    for slot in ("message", "number", "steps"):
        layout = layout.replace(f"  {slot}: {{type:", f"  {slot}: {{required: no, type:")
    brief = shipped()["briefs/community.yaml"].replace("\n  message: hours\n", "\n")
    put(campaign, {"layouts/handout/layout.yaml": layout, "briefs/community.yaml": brief})
    template = shipped()["layouts/handout/template.xml.j2"].replace("slots.message.text", "''")
    put(campaign, {"layouts/handout/template.xml.j2": template})
    _, seen = api.scan(campaign, "community")
    assert seen is not None
    assert (seen.message, seen.remarks) == (None, ("there is no main message: fill a slot of type `message`",))


def test_a_brief_that_there_is_not(campaign: Path) -> None:
    report, seen = api.scan(campaign, "comunity")
    assert (seen, [item.help for item in report.diagnostics]) == (None, ["write `community`"])
    assert json.loads(run("scan", "community", "-p", str(campaign), "--format", "json").stdout)["stands"] is True
