"""Where a fact, a message or a source is: held against the files and against what Poppler reads off the pages."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from briefpack import api
from briefpack.cli.commands import briefpack
from briefpack.preflight import pages_with
from tests.campaigns import put, shipped, swap

NAMES = ("hours-on-your-own", "hba1c-effect-qi", "hours", "good-care", "qi-2015", "pfp-key-messages")


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = put(tmp_path_factory.mktemp("campaign"), shipped())
    assert not api.build(folder).failed
    return folder


@pytest.mark.parametrize("name", NAMES)
def test_every_place_in_a_file_has_the_name(campaign: Path, name: str) -> None:
    _, (found,) = api.where(campaign, name)
    assert [item.how for item in found.mentions].count("defined") == 1
    for item in found.mentions:
        line = shipped()[item.span.path].splitlines()[item.span.line - 1]
        assert name in line[item.span.column - 1 :], item


@pytest.mark.parametrize("name", NAMES)
def test_no_place_in_a_brief_is_missed(campaign: Path, name: str) -> None:
    """Every line of a brief that has the name as a word of its own, comments apart."""
    _, (found,) = api.where(campaign, name)
    word = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])")
    field = {"fact": r"fact: |\{\{|/ 24", "message": r"^  message: |message\.", "source": "@|^credited-sources: "}[
        found.kind
    ]
    expected = {
        (path, row)
        for path, text in shipped().items()
        if path.startswith("briefs/") and path.count("/") == 1 and path.endswith(("s.yaml", "y.yaml", "campaign.yaml"))
        for row, line in enumerate(text.splitlines(), start=1)
        if not line.lstrip().startswith("#") and word.search(line.replace("message.", "@")) and re.search(field, line)
        if path not in ("briefs/facts.yaml", "briefs/messages.yaml", "briefs/sources.yaml")
    }
    assert {
        (item.span.path, item.span.line)
        for item in found.mentions
        if item.span.path.removeprefix("briefs/") not in ("facts.yaml", "messages.yaml", "sources.yaml")
    } == expected


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Poppler is not installed")
@pytest.mark.parametrize("name", ["hours-on-your-own", "hba1c-effect-qi"])
def test_a_number_stands_where_it_is_said_to(campaign: Path, name: str) -> None:
    """By `pdftotext -bbox`: a word with the number on that page, on a line at that height."""
    _, (found,) = api.where(campaign, name)
    assert {place.document for place in found.places} >= {"clinicians", "policymakers"}
    for place in found.places:
        if not place.words[:1].isdigit():
            continue  # the label of a chart's row
        command = ["pdftotext", "-bbox", str(campaign / "output" / f"{place.document}.pdf"), "-"]
        page = ElementTree.fromstring(subprocess.run(command, capture_output=True, check=True).stdout)
        pages = page.findall(".//{http://www.w3.org/1999/xhtml}page")
        words = pages[place.page - 1].findall("{http://www.w3.org/1999/xhtml}word")
        here = [word for word in words if float(word.get("yMin", 0)) <= place.y <= float(word.get("yMax", 0)) + 1]
        assert place.words in " ".join(word.text or "" for word in here), place


def test_words_of_a_message_are_found_inside_another_text(campaign: Path) -> None:
    _, (found,) = api.where(campaign, "good-care")
    assert [(place.document, place.page, place.slot) for place in found.places] == [
        ("clinicians", 2, "limits"),
        ("community", 1, "what"),
    ]
    _, place = found.packs
    assert (place.document, place.paper, place.page, place.slot) == ("launch-meeting", "community", 6, "what")


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="Poppler is not installed")
@pytest.mark.parametrize("name", ["hours-on-your-own", "hba1c-effect-qi", "good-care"])
def test_a_place_in_a_pack_is_on_the_page_of_the_pack(campaign: Path, name: str) -> None:
    """Each place of a paper is one of the pack, on that page of the pack's file, as Poppler reads it."""
    _, (found,) = api.where(campaign, name)
    here = {(place.document, place.slot, place.words) for place in found.places}
    assert {(place.paper, place.slot, place.words) for place in found.packs} == here
    for place in found.packs:
        command = ["pdftotext", "-f", str(place.page), "-l", str(place.page), "-raw"]
        file = campaign / "output" / "packs" / f"{place.document}.pdf"
        text = subprocess.run([*command, str(file), "-"], capture_output=True, check=True).stdout.decode()
        assert "".join(place.words.split()) in "".join(text.replace("\u00ad", "").split()), place


def test_a_message_with_words_of_facts_in_it_is_in_one_place(campaign: Path) -> None:
    _, (found,) = api.where(campaign, "hours")
    assert [(place.document, place.slot) for place in found.places] == [
        ("clinicians", "message"),
        ("community", "message"),
        ("policymakers", "message"),
    ]


def test_a_number_that_stands_twice_in_a_text_is_in_two_places(tmp_path: Path) -> None:
    twice = "HbA1c fell {{ hba1c-effect-frequent }} points. Yes, {{ hba1c-effect-frequent }} points."
    files = swap(
        shipped(), "briefs/policymakers.yaml", "{{ hba1c-effect-frequent }} points more", f"{twice} points more"
    )
    _, (found,) = api.where(put(tmp_path, files), "hba1c-effect-frequent")
    assert [(place.slot, place.words) for place in found.places if place.document == "policymakers"] == [
        ("works", "0.75"),
        ("works", "0.75"),
    ]


def test_the_row_of_a_chart_is_a_place_too(campaign: Path) -> None:
    _, (found,) = api.where(campaign, "hba1c-effect-qi")
    assert [place.words for place in found.places if place.slot == "effects"] == ["Qi 2015"]


def test_made_files_are_read(campaign: Path) -> None:
    _, (found,) = api.where(campaign, "hours-on-your-own", pdf=True)
    assert dict(found.pdfs)["policymakers.pdf"] == (1,)
    assert dict(found.pdfs)["packs/launch-meeting.pdf"] == (3, 4, 6)
    _, (without,) = api.where(campaign, "hours-on-your-own")
    assert without.pdfs == ()


def test_a_small_number_is_told_from_others_by_the_words_around_it(campaign: Path) -> None:
    """6 hours, and not every page 6."""
    _, (found,) = api.where(campaign, "hours-with-clinician", pdf=True)
    pages = {(place.document, place.page) for place in (*found.places, *found.packs)}
    for path, on in found.pdfs:
        assert {(Path(path).stem, page) for page in on} == {each for each in pages if each[0] == Path(path).stem}


def test_a_number_is_not_found_inside_another(campaign: Path) -> None:
    data = (campaign / "output/clinicians.pdf").read_bytes()
    assert pages_with(data, ["0.57"]) == (1,)
    assert pages_with(data, ["760"]) == ()
    assert pages_with(b"%PDF-1.7 nonsense", ["0.57"]) == ()


def test_a_name_that_there_is_not(campaign: Path) -> None:
    report, answers = api.where(campaign, "hours-on-your")
    assert [(item.rule, item.help) for item in report.diagnostics] == [("unknown-name", "write `hours-on-your-own`")]
    assert answers == ()


def test_on_the_command_line(campaign: Path) -> None:
    def run(*arguments: str) -> str:
        done = CliRunner().invoke(
            briefpack, ["where", "good-care", "-p", str(campaign), *arguments], standalone_mode=False
        )
        assert done.return_value == 0
        return done.stdout

    lines = run().splitlines()
    assert lines[:3] == ["message good-care", "  in files", "    briefs/messages.yaml:48:3      defined"]
    assert re.fullmatch(r"    clinicians  page 2, \d+ mm from the left, \d+ mm down  limits", lines[6])
    assert re.fullmatch(r"    community   page 1, \d+ mm from the left, \d+ mm down  what", lines[7])
    (found,) = json.loads(run("--format", "json"))["found"]
    assert found["documents"][1]["document"] == "community"
    assert (found["packs"][1]["paper"], found["packs"][1]["page"]) == ("community", 6)
