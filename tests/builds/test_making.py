"""From a project to the bytes of a file: what it is made from, when it says it was made, what is found on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from io import BytesIO
from types import MappingProxyType
from typing import Final

import pytest
from PIL import Image
from pypdf import PdfReader

from briefpack.builds import Made, Workshop, make_brief, make_pack
from briefpack.builds.environment import created
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from tests.campaigns import shipped, swap

TEMPLATE: Final = "layouts/one-pager/template.xml.j2"
PICTURE: Final = '<image file="photos/peer.png" alt="Two people on a bench" width="60"/>'


def workshop(files: Mapping[str, str | bytes] = MappingProxyType({})) -> Workshop:
    project_files = DictFiles({**shipped(), **files})
    loaded = load_project(project_files)
    assert loaded.project is not None, loaded.diagnostics
    return Workshop.of(project_files, loaded.project)


def with_picture(mode: str, kind: str = "PNG") -> dict[str, str | bytes]:
    """The campaign with a picture on the one-pager."""
    file = BytesIO()
    Image.new(mode, (6, 4)).save(file, kind)
    template = swap(shipped(), TEMPLATE, "{{ parts.stat(slots.number) }}", PICTURE + "{{ parts.stat(slots.number) }}")
    return {TEMPLATE: template[TEMPLATE], "photos/peer.png": file.getvalue()}


def rules(made: Made) -> list[str]:
    return [item.rule for item in made.diagnostics]


@pytest.fixture(scope="module")
def shop() -> Workshop:
    return workshop()


def test_a_brief_names_the_files_it_is_made_from(shop: Workshop) -> None:
    made = make_brief(shop, "policymakers")
    files = {path: digest for path, digest in made.inputs.items() if not path.startswith("font:")}
    assert files == {
        path: hashlib.sha256(shipped()[path].encode()).hexdigest()
        for path in (
            "briefs/campaign.yaml",
            "briefs/facts.yaml",
            "briefs/messages.yaml",
            "briefs/policymakers.yaml",
            "briefs/sources.yaml",
            "layouts/one-pager/layout.yaml",
            "layouts/one-pager/template.xml.j2",
            "layouts/parts.xml.j2",
            "layouts/theme.yaml",
        )
    }


def test_a_pack_names_its_papers_and_their_layouts_too(shop: Workshop) -> None:
    pack = make_pack(shop, "launch-meeting")
    papers = [make_brief(shop, name) for name in ("policymakers", "clinicians", "community")]
    own = {
        "briefs/packs/launch-meeting.yaml",
        "layouts/meeting-pack/layout.yaml",
        "layouts/meeting-pack/template.xml.j2",
    }
    assert set(pack.inputs) == own.union(*(paper.inputs for paper in papers))


def test_the_typefaces_named_are_those_of_the_document_whatever_was_made_before(shop: Workshop) -> None:
    make_brief(shop, "policymakers")
    after = make_brief(shop, "community")
    alone = make_brief(workshop(), "community")
    assert after.inputs == alone.inputs
    fonts = [name for name in after.inputs if name.startswith("font:")]
    assert fonts
    assert all("Atkinson" in name for name in fonts)


@pytest.mark.parametrize("optional", ["", ' optional="cost"'])
def test_a_picture_is_an_input_even_where_it_may_be_left_out(optional: str) -> None:
    files = with_picture("RGB")
    wrapped = f"<section{optional}>{PICTURE}</section>"
    template = str(files[TEMPLATE]).replace(PICTURE, wrapped)
    made = make_brief(workshop({**files, TEMPLATE: template}), "policymakers")
    data = files["photos/peer.png"]
    assert isinstance(data, bytes)
    assert made.inputs["photos/peer.png"] == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("mode", "kind", "expected"),
    [
        ("RGB", "PNG", ["low-resolution"]),
        ("RGBA", "PNG", ["low-resolution"]),
        ("L", "JPEG", ["low-resolution"]),
        ("CMYK", "JPEG", ["converted-colours", "low-resolution"]),
        ("F", "TIFF", ["unreadable-image"]),
    ],
)
@pytest.mark.parametrize("dry", [False, True], ids=["build", "check"])
def test_a_check_finds_in_a_picture_what_building_would(mode: str, kind: str, expected: list[str], dry: bool) -> None:
    made = make_brief(workshop(with_picture(mode, kind)), "policymakers", dry=dry)
    assert [rule for rule in rules(made) if rule != "dropped"] == expected
    assert (made.data is None) == (dry or "unreadable-image" in expected)


def test_a_document_is_the_same_from_a_new_workshop_and_a_used_one(shop: Workshop) -> None:
    for name in ("community", "policymakers", "community"):
        assert make_brief(shop, name).data == make_brief(workshop(), name).data
    assert make_pack(shop, "launch-meeting").data == make_pack(workshop(), "launch-meeting").data


def test_sources_that_are_cited_have_to_be_printed() -> None:
    files = swap(shipped(), TEMPLATE, '<sources form="short"/>', "")
    made = make_brief(workshop(files), "policymakers")
    assert made.data is None
    assert rules(made) == ["sources-unprinted"]


def test_a_pack_is_not_made_when_a_paper_cannot_be() -> None:
    """And says why, as the paper itself does."""
    files = swap(shipped(), TEMPLATE, "slots.headline", "slots.hedline")
    shop = workshop(files)
    pack, brief = make_pack(shop, "launch-meeting"), make_brief(shop, "policymakers")
    assert pack.data is None
    assert pack.diagnostics == brief.diagnostics
    assert rules(pack) == ["template-error"]


def test_the_pages_counted_are_the_pages_made(shop: Workshop) -> None:
    counts = {name: make_brief(shop, name).pages for name in ("policymakers", "clinicians", "community")}
    assert counts == {"policymakers": 1, "clinicians": 2, "community": 2}
    dry = make_pack(shop, "launch-meeting", dry=True)
    assert (dry.data, dry.pages) == (None, make_pack(shop, "launch-meeting").pages)


@pytest.mark.parametrize(
    ("epoch", "expected"),
    [
        (None, datetime(2026, 11, 23, tzinfo=UTC)),
        ("0", datetime(1970, 1, 1, tzinfo=UTC)),
        ("1700000000", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        ("", datetime(2026, 11, 23, tzinfo=UTC)),
        ("yesterday", datetime(2026, 11, 23, tzinfo=UTC)),
        ("-1", datetime(2026, 11, 23, tzinfo=UTC)),
        ("99999999999999999999", datetime(2026, 11, 23, tzinfo=UTC)),
    ],
)
def test_a_file_says_the_date_of_its_document_or_of_the_environment(epoch: str | None, expected: datetime) -> None:
    assert created(date(2026, 11, 23), epoch) == expected


def test_a_picture_that_the_template_forgets_is_told() -> None:
    """As a text is."""
    files = swap(shipped(), "layouts/one-pager/layout.yaml", "slots:\n", "slots:\n  photo: {type: image}\n")
    brief = "briefs/policymakers.yaml"
    files = swap(files, brief, "slots:\n", "slots:\n  photo: {file: photos/peer.png, alt: Two people}\n")
    result = make_brief(
        workshop({path: files[path] for path in ("layouts/one-pager/layout.yaml", brief)}), "policymakers"
    )
    found = [item.message for item in result.diagnostics if item.rule == "slot-unprinted"]
    assert found == ["the template prints nothing of the slot `photo`"]


@pytest.mark.parametrize(
    ("path", "right", "wrong", "expected"),
    [
        (
            "layouts/one-pager/template.xml.j2",
            ' optional="cost"',
            "",
            ['`drop:` names `cost`, and the template has no block `optional="cost"`'],
        ),
        (
            "layouts/one-pager/layout.yaml",
            "  drop: [cost]\n",
            "",
            ["the block `cost` is optional, and no `drop:` of the layout names it"],
        ),
        ("layouts/one-pager/template.xml.j2", ' optional="cost"', " optional=\"{{ 'cost' }}\"", []),
        ("briefs/policymakers.yaml", "  cost:\n", "  cost:\n", []),
    ],
    ids=["no block", "no drop", "a name worked out as it runs", "both"],
)
def test_what_may_be_left_out_and_what_is_marked_are_held_together(
    path: str, right: str, wrong: str, expected: list[str]
) -> None:
    files = swap(shipped(), path, right, wrong)
    result = make_brief(workshop({path: files[path]}), "policymakers")
    found = [item for item in result.diagnostics if item.rule == "drop-mismatch"]
    assert [item.message for item in found] == expected
    assert all(item.span is not None for item in found)


# ----------------------------------------------------------------------------------------------- starter

HANDOUT: Final = "layouts/handout/template.xml.j2"
CHART: Final = """\
  hours:
    heading: What people told us
    kind: bars
    unit: of 100 people
    rows: [{label: "Ate lunch on time [@fisher-2012]", value: 62}]
"""


def with_bars() -> dict[str, str]:
    """The handout with bars in place of the squares."""
    text = shipped()["briefs/community.yaml"]
    before, _, rest = text.partition("  hours:\n")
    return {"briefs/community.yaml": f"{before}{CHART}{rest[rest.index('  # Three steps') :]}"}


def test_the_handout_shows_any_kind_of_chart() -> None:
    made = make_brief(workshop(with_bars()), "community")
    assert made.data is not None, made.diagnostics
    assert "Ate lunch on time" in made_text(made)


def made_text(made: Made) -> str:
    assert made.data is not None
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(made.data)).pages).split())


def test_a_picture_that_no_brief_has_prints_nothing() -> None:
    """A layout may have a place for one: who fills it gets it, and for the others all stays as it is."""
    slots = "layouts/handout/layout.yaml"
    files = {
        slots: f"{shipped()[slots].rstrip()}\n  photo: {{type: image, required: no}}\n",
        HANDOUT: swap(
            shipped(),
            HANDOUT,
            "  {{ parts.contact(",
            '  {{ parts.picture(slots.photo, aspect="9:1") }}\n  {{ parts.contact(',
        )[HANDOUT],
    }
    without = make_brief(workshop(files), "community")
    assert without.data == make_brief(workshop(), "community").data
    photo = "  photo: {file: photos/peer.png, alt: Two people on a bench}\n"
    filled = {**files, **with_picture("RGB"), "briefs/community.yaml": shipped()["briefs/community.yaml"] + photo}
    made = make_brief(workshop(filled), "community")
    assert "photos/peer.png" in made.inputs


def test_what_is_too_tall_by_more_than_its_words_may_be_left_out() -> None:
    """More words than there are cannot be cut."""
    text = with_bars()["briefs/community.yaml"]
    rows = ", ".join(f'{{label: "Row {at} [@fisher-2012]", value: {at}}}' for at in range(1, 40))
    tall = text.replace('rows: [{label: "Ate lunch on time [@fisher-2012]", value: 62}]', f"rows: [{rows}]")
    made = make_brief(workshop({"briefs/community.yaml": tall}), "community")
    [found] = [item for item in made.diagnostics if item.rule == "overset"]
    assert found.help is not None
    assert found.help.endswith(", or leave out a part, such as a picture or a chart")
