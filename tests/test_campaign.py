"""The campaign that ships: every file of it conforms, keeps its contract and says what its brief says."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from io import BytesIO
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest
from pypdf import PdfReader

from briefpack import api
from briefpack.content import ResolvedBrief, RichText, resolve_brief
from briefpack.document import Citation, plain_text
from briefpack.geometry import MM
from briefpack.preflight import inspect, preflight
from briefpack.preflight.inspection import TagNode
from briefpack.project.files import DiskFiles
from briefpack.project.load import Project, load_project
from tests.goldens import check_golden
from tests.verapdf import Conformance

ROOT: Final = Path(__file__).parents[1]
BRIEFS: Final = (
    "clinicians",
    "community",
    "get-others-on-board",
    "leaflet",
    "newsletter",
    "policymakers",
    "poster",
    "press-release",
    "social",
)
PACK: Final = "packs/launch-meeting"
FILES: Final = (*BRIEFS, PACK)
PAGES: Final = MappingProxyType(
    {
        "policymakers": 1,
        "clinicians": 2,
        "community": 2,
        "get-others-on-board": 1,
        "leaflet": 2,
        "newsletter": 1,
        "poster": 1,
        "press-release": 1,
        "social": 5,
        PACK: 7,
    }
)


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    report = api.build(ROOT, output=folder)
    assert report.text() == ""
    return folder


@pytest.fixture(scope="module")
def project() -> Project:
    loaded = load_project(DiskFiles(ROOT))
    assert loaded.project is not None
    return loaded.project


def data(output: Path, name: str) -> bytes:
    return (output / f"{name}.pdf").read_bytes()


@pytest.mark.parametrize("name", FILES)
def test_verapdf_finds_nothing(name: str, output: Path, conformance: Conformance) -> None:
    """PDF/UA-1 and PDF/A-2a at once, the pack included."""
    assert conformance.broken(output / f"{name}.pdf") == ()


@pytest.mark.parametrize("name", FILES)
def test_our_own_preflight_finds_nothing(name: str, output: Path) -> None:
    assert preflight(data(output, name)) == ()


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
@pytest.mark.parametrize("name", FILES)
def test_qpdf_finds_nothing(name: str, output: Path) -> None:
    path = output / f"{name}.pdf"
    done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(("name", "pages"), PAGES.items())
def test_every_file_has_the_pages_that_its_layout_promises(name: str, pages: int, output: Path) -> None:
    assert len(PdfReader(BytesIO(data(output, name))).pages) == pages


@pytest.mark.parametrize("name", FILES)
def test_tag_trees(name: str, output: Path) -> None:
    """What a screen reader meets, from the first word to the last."""
    check_golden(ROOT / "tests" / "tags" / f"{Path(name).name}.txt", inspect(data(output, name)).tag_tree())


@pytest.mark.parametrize("name", BRIEFS)
def test_every_word_of_a_brief_is_read_out_in_the_order_of_its_slots(name: str, output: Path, project: Project) -> None:
    read = _squeezed(" ".join(_read_out(inspect(data(output, name)).tags)))
    brief, _ = resolve_brief(project, name)
    assert brief is not None
    for text in _texts(brief):
        assert _squeezed(plain_text(text.content)) in read


@pytest.mark.parametrize("name", FILES)
def test_plain_extraction_gives_the_same_words(name: str, output: Path) -> None:
    """pypdf without tags finds every word that is read out: ligatures are letters, and nothing is lost."""
    reader = PdfReader(BytesIO(data(output, name)))
    found = _squeezed("".join(page.extract_text() for page in reader.pages))
    read = {word for text in _read_out(inspect(data(output, name)).tags) for word in text.split()}
    assert {word for word in read if _squeezed(word) not in found} <= {"☐"}


@pytest.mark.parametrize("name", BRIEFS)
def test_every_word_of_a_brief_is_extracted(name: str, output: Path, project: Project) -> None:
    """What an officer wrote stands in the text that a search finds: paragraph by paragraph, citation marks apart."""
    found = _extracted(data(output, name))
    brief, _ = resolve_brief(project, name)
    assert brief is not None
    pieces = [piece for text in _texts(brief) for piece in _between_citations(text)]
    assert len(pieces) > 5
    assert [piece for piece in pieces if _squeezed(piece) not in found] == []


@pytest.mark.parametrize("name", [name for name in FILES if name != "leaflet"])
def test_the_page_is_painted_in_the_order_it_is_read_out(name: str, output: Path) -> None:
    """Who copies a page, or has it read by a program that knows no tags, gets the order of the tags."""
    found = _extracted(data(output, name))
    at = 0
    for text in _strings(inspect(data(output, name)).tags):
        place = found.find(_squeezed(text), at)
        assert place >= 0, f"{text!r} does not come after {found[at - 60 : at]!r}"
        at = place + len(_squeezed(text))


def test_each_side_of_the_leaflet_is_painted_in_the_order_it_is_read_out(output: Path) -> None:
    """Its back, with the sources, is read at the end, though it is on the side of the cover."""
    pdf = data(output, "leaflet")
    sides = [_squeezed(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]
    at = [0] * len(sides)
    order: list[int] = []
    for text in map(_squeezed, _strings(inspect(pdf).tags)):
        places = [side.find(text, start) for side, start in zip(sides, at, strict=True)]
        side = next(
            side for side in sorted(range(len(sides)), key=lambda each: each not in order[-1:]) if places[side] >= 0
        )
        at[side] = places[side] + len(text)
        order.append(side)
    assert [side for side, _ in groupby(order)] == [0, 1, 0]


def test_the_structure_types_in_use(output: Path) -> None:
    """ISO 32000-1, 14.8.4: all are standard, so none needs a role map."""
    used = {name: {tag.role for tag in _walk(inspect(data(output, name)).tags)} for name in FILES}
    everywhere = {"Document", "Sect", "Div", "H1", "H2", "P", "L", "LI", "Lbl", "LBody", "Link", "Figure"}
    table = {"Table", "Caption", "THead", "TBody", "TR", "TH", "TD"}
    assert used == {
        "policymakers": everywhere | table | {"H3", "Reference"},
        "clinicians": everywhere | table | {"H3", "Reference"},
        "community": everywhere | {"Caption", "Reference"},
        "get-others-on-board": everywhere - {"Figure", "Div"} | {"H3", "Reference"},
        "leaflet": everywhere | {"Caption", "Reference"},
        "newsletter": everywhere - {"Figure", "Div", "H2"} | {"Reference"},
        "poster": everywhere | {"Reference"},
        "press-release": everywhere | {"Reference"},
        "social": everywhere - {"Figure", "Div"} | {"H3", "Reference"},
        PACK: everywhere | table | {"H3", "Reference", "Part", "TOC", "TOCI"},
    }


@pytest.mark.parametrize("name", ["clinicians", "community", "leaflet", "policymakers", "poster", "press-release"])
def test_a_qr_code_is_large_enough_to_scan_on_a4(name: str, output: Path) -> None:
    """25 mm or more with its quiet zone, by the BBox of its figure: a column may scale a drawing down."""
    reader = PdfReader(BytesIO(data(output, name)))
    catalog: Any = reader.trailer["/Root"]
    elements = list(_elements(catalog["/StructTreeRoot"]))
    boxes = [item["/A"]["/BBox"] for item in elements if str(item.get("/Alt", "")).startswith("QR code")]
    assert [float(box[2]) - float(box[0]) >= 25 * MM for box in boxes] == [True]


@pytest.mark.parametrize("name", FILES)
def test_the_number_is_the_same_everywhere(name: str, output: Path) -> None:
    read = " ".join(_read_out(inspect(data(output, name)).tags))
    assert "8,760" in read
    assert not re.search(r"8[.  ]?7[0-57-9]\d|8760|8,7[0-57-9]\d", read)


@pytest.mark.parametrize(
    ("name", "floor"),
    [
        ("community", 14.0),
        ("leaflet", 14.0),
        ("newsletter", 14.0),
        ("poster", 14.0),
        ("social", 14.0),
        ("clinicians", 9.0),
        ("policymakers", 9.0),
        ("get-others-on-board", 9.0),
        ("press-release", 10.0),
    ],
)
def test_no_type_is_under_the_floor_of_the_audience(name: str, floor: float, output: Path) -> None:
    """Citation marks are raised and smaller; for the community they are not, and nothing is."""
    sizes = _sizes(data(output, name))
    small = {size for size in sizes if size < floor - 0.01}
    if floor == 14:
        assert small == set()
    assert all(any(abs(size - 0.62 * whole) < 0.05 for whole in sizes if whole >= floor - 0.01) for size in small)


def test_there_is_something_for_every_channel(project: Project) -> None:
    """Of "Communicating Peer Support": mass media, interpersonal, social media and newsletter, and the meeting."""
    made = {
        *(brief.layout.text for brief in project.briefs.values()),
        *(pack.layout.text for pack in project.packs.values()),
    }
    assert {project.layouts[layout].channel for layout in made} == {
        "mass",
        "interpersonal",
        "social",
        "newsletter",
        "meeting",
    }


def test_the_four_steps_to_get_others_on_board_are_there_in_order(output: Path) -> None:
    headings = [mark.text() for mark in _walk(inspect(data(output, "get-others-on-board")).tags) if mark.role == "H3"]
    assert [heading.partition(" ")[2] for heading in headings[:4]] == [
        "Define your audience",
        "Define your message",
        "Establish community partnerships",
        "Use existing resources",
    ]


def test_a_press_release_has_fewer_than_500_words(output: Path) -> None:
    """SAMHSA, Press Release tip sheet."""
    before, _, _ = " ".join(_read_out(inspect(data(output, "press-release")).tags)).partition("Sources")
    assert 150 < len(before.split()) < 500


def test_a_social_card_is_of_1080_by_1350_pixels_and_keeps_its_words_from_the_edges(output: Path) -> None:
    """Apps cut the edges off: the middle 80 per cent are safe."""
    pages = PdfReader(BytesIO(data(output, "social"))).pages
    assert {(float(page.mediabox.width) / 72 * 96, float(page.mediabox.height) / 72 * 96) for page in pages} == {
        (1080, 1350)
    }
    starts: list[tuple[float, float]] = []

    def seen(text: str, user: Sequence[float], at: Sequence[float], *_: object) -> None:
        if text.strip():
            starts.append((at[4] * user[0] + user[4], at[5] * user[3] + user[5]))

    for page in list(pages)[:3]:
        page.extract_text(visitor_text=seen)
    assert len(starts) > 10
    assert all(81 <= x <= 729 and 101 <= y <= 911 for x, y in starts)


def test_who_cannot_see_a_card_is_told_every_word_of_it(output: Path) -> None:
    """The last page has the words of each, in the order in which they stand on it: by poppler, and as tags have it."""
    command = ["pdftotext", str(output / "social.pdf"), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout
    *cards, _, alternatives = (" ".join(page.split()) for page in printed.removesuffix("\f").split("\f"))
    assert len(cards) == 3
    read = "".join("".join(tag.text() for tag in inspect(data(output, "social")).tags).split())
    for card in cards:
        assert len(card.split()) > 15
        assert card in alternatives
        assert read.count("".join(card.split())) == 2


def test_the_policy_page_is_a_light_file(output: Path) -> None:
    assert len(data(output, "policymakers")) <= 33_000


def test_the_pack_counts_its_pages_and_leads_to_its_papers(output: Path) -> None:
    found = inspect(data(output, PACK))
    assert [page.label for page in found.pages] == ["1", "2", "3", "4", "5", "6", "7"]
    titles = [inspect(data(output, name)).title for name in ("policymakers", "clinicians", "community")]
    leading = [(link.contents, link.target) for link in found.links if link.contents.startswith("Go to")]
    expected = zip(titles, ("page 3", "page 4", "page 6"), strict=True)
    assert leading == [(f"Go to {title}", target) for title, target in expected]
    papers = [mark for mark in found.outline if mark.depth == 0]
    assert [mark.page for mark in papers] == [0, 2, 3, 5]


def test_the_manifest_names_every_file_and_what_it_was_made_from(output: Path) -> None:
    entries = json.loads((output / "manifest.json").read_text(encoding="utf-8"))["files"]
    assert [entry["path"] for entry in entries] == sorted(f"{name}.pdf" for name in FILES)
    for entry in entries:
        made = (output / entry["path"]).read_bytes()
        assert entry["sha256"] == hashlib.sha256(made).hexdigest()
        assert entry["size"] == len(made)
        for path, digest in entry["inputs"].items():
            if not path.startswith("font:"):
                assert hashlib.sha256((ROOT / path).read_bytes()).hexdigest() == digest
        assert {"briefs/facts.yaml", "layouts/theme.yaml", "layouts/parts.xml.j2"} <= entry["inputs"].keys()
        own = "layouts/meeting-pack/template.xml.j2"
        assert (own in entry["inputs"]) == (entry["kind"] == "pack")


def _read_out(tags: Iterable[TagNode]) -> Iterator[str]:
    """The text of elements in order, citation marks left out."""
    for tag in tags:
        if tag.role == "Reference":
            continue
        own = "".join(kid if isinstance(kid, str) else "" for kid in tag.kids)
        if own and all(isinstance(kid, str) or kid.role in ("Reference", "Link", "Span") for kid in tag.kids):
            yield "".join(
                kid if isinstance(kid, str) else "" if kid.role == "Reference" else kid.text() for kid in tag.kids
            )
        else:
            yield own
            yield from _read_out(kid for kid in tag.kids if isinstance(kid, TagNode))


def _walk(tags: Iterable[TagNode]) -> Iterator[TagNode]:
    return (tag for top in tags for tag in top.walk())


def _strings(tags: Iterable[TagNode]) -> Iterator[str]:
    """The text of a file, piece by piece as it is read out; marks that stand for a drawing left out."""
    for tag in tags:
        for kid in tag.kids:
            if isinstance(kid, TagNode):
                yield from _strings([kid])
            elif kid.strip() not in ("", "☐"):
                yield kid


def _extracted(pdf: bytes) -> str:
    """The text that pypdf finds without looking at tags, blanks taken out."""
    return _squeezed("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages))


def _between_citations(text: RichText) -> Iterator[str]:
    """The words of `text`, parted where a citation mark stands."""
    for cited, run in groupby(text.content, lambda item: isinstance(item, Citation)):
        if not cited:
            yield plain_text(run)


def _texts(value: object) -> Iterator[RichText]:
    """Every rich text of the slots of a brief."""
    if isinstance(value, ResolvedBrief):
        for slot in value.slots.values():
            yield from _texts(slot)
    elif isinstance(value, RichText):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _texts(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            # A stat's unit and qualifier are there for layouts that print them; ours say them in words.
            if field.name not in ("unit", "qualifier", "role", "organisation", "gloss"):
                yield from _texts(getattr(value, field.name))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\u00ad", ""))


def _elements(element: Any) -> Iterator[Any]:
    """A structure element and all below it, as the file has them."""
    yield element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        resolved = kid.get_object()
        if isinstance(resolved, dict) and "/S" in resolved:
            yield from _elements(resolved)


def _sizes(pdf: bytes) -> set[float]:
    """The type sizes that the pages select (ISO 32000-1, 9.3.1, operator Tf)."""
    found: set[float] = set()
    for page in PdfReader(BytesIO(pdf)).pages:
        contents = page.get_contents()
        assert contents is not None
        found |= {float(size) for size in re.findall(rb"/F\w+ ([\d.]+) Tf", contents.get_data())}
    return found
