"""A target is stale when something that it read is another, and for no other reason; and the plan says which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files as resources
from pathlib import Path
from typing import Final

import pytest

from briefpack import api
from briefpack.builds.elsewhere import digests_that_stand
from briefpack.builds.index import index_path, read_index
from briefpack.builds.plans import why
from briefpack.builds.present import Present
from briefpack.project.files import DiskFiles
from briefpack.project.load import load_project
from tests.builds.notes import FILES, LAYOUT, TEMPLATE, note, picture
from tests.campaigns import everything, put

CAMPAIGN: Final = "briefs/campaign.yaml"
FACTS: Final = "briefs/facts.yaml"
MESSAGES: Final = "briefs/messages.yaml"
SOURCES: Final = "briefs/sources.yaml"
THEME: Final = "layouts/theme.yaml"
DRAWING: Final = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
LETTERED: Final = DRAWING.replace("</svg>", '<text x="1" y="8" fill="#ffffff">A</text></svg>')

LOCAL: Final = """\
values: {town: Here}
facts: {clinic-hours: {value: 8}}
variants:
  north: {values: {town: North}}
"""
CARD: Final = TEMPLATE.replace("<document>", '<document><section style="card"><paragraph style="lead">Card</paragraph>')
CARD_THEME: Final = (
    "  lead: {color: accent, typeface: serif}\nbox-styles:\n  card: {ground: tint, padding: [wide, wide]}\n"
)


def _font(weight: str) -> bytes:
    return resources("fontpkg_fira_sans").joinpath(f"files/FiraSans-{weight}.ttf").read_bytes()


CAMPAIGN_FILES: Final[Mapping[str, str | bytes]] = {
    **FILES,
    "briefs/local.yaml": note(6, "As many as {{ clinic-hours }} hours in {{ value.town }}. [@pfp]", LOCAL),
    "briefs/more.yaml": "extends: plain\ntitle: More\nslots: {headline: More}\n",
    "briefs/es.yaml": note(7, "Nada. [@faq]", "language: es\n"),
    "briefs/drawn.yaml": note(8, "Drawn. [@faq]", audience="community")
    + "  photo: {file: photos/b.svg, alt: A square}\n",
    "briefs/lettered.yaml": note(11, "Lettered. [@faq]").replace("layout: note", "layout: poster")
    + "  photo: {file: photos/c.svg, alt: A letter}\n",
    "briefs/large.yaml": note(9, "Large. [@faq]", "forms: [large-print]\n"),
    "briefs/card.yaml": note(10, "On a card. [@faq]").replace("layout: note", "layout: card"),
    "photos/b.svg": DRAWING,
    "photos/c.svg": LETTERED,
    "layouts/card/layout.yaml": LAYOUT,
    "layouts/card/template.xml.j2": CARD.replace("{{ parts.close() }}", "</section>"),
    "layouts/poster/layout.yaml": LAYOUT,
    "layouts/poster/template.xml.j2": TEMPLATE,
    "layouts/theme.yaml": str(FILES["layouts/theme.yaml"])
    .replace("typefaces: {", "fonts: {Our Own: [{file: fonts/own.ttf}]}\ntypefaces: {serif: Our Own, ")
    .replace("scale:", "spaces: {wide: 3, thin: 1}\nscale:")
    .replace("list-styles:", f"{CARD_THEME}list-styles:"),
    "fonts/own.ttf": _font("Regular"),
}
PACKED: Final = frozenset({"own", "plain", "both"})
CLINIC: Final = frozenset({"clinic", "clinic+grayscale"})
OTHERS: Final = frozenset(
    {"seen", "told", "local", "local@north", "more", "es", "drawn", "lettered", "large", "large+large-print"}
)
EVERY: Final = PACKED | CLINIC | OTHERS | {"card"}
GREY: Final = frozenset({"clinic+grayscale"})
CARDS: Final = frozenset({"card"})
COMMUNITY: Final = frozenset({"seen", "drawn"})
LETTERS: Final = frozenset({"lettered"})  # who knows in which typeface

TODAY: Final = date(2026, 11, 25)

Edit = tuple[str, str, str]
Expected = tuple[Iterable[str], str]


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The campaign, made once: what follows changes it, asks what is stale, and puts it back."""
    folder = put(tmp_path_factory.mktemp("stale"), CAMPAIGN_FILES)
    report = api.build(folder, cache=folder / ".briefpack" / "cache", today=TODAY)
    assert not report.failed, report.text()
    assert stale(folder) == {}
    return folder


def stale(campaign: Path, today: date = TODAY) -> dict[str, set[str]]:
    """The targets that are not up to date, each with why."""
    report = api.plan(campaign, today=today)
    assert {step.target.id for step in report.steps} >= EVERY, report.text()
    return {step.target.id: set(why(step)) for step in report.steps if not step.is_current}


CASES: Final[Mapping[str, tuple[Edit, Expected]]] = {
    # facts
    "a fact added": (
        (FACTS, "facts:\n", "facts:\n  cats: {value: 4321, unit: cats, source: pfp, checked: 2026-11-22}\n"),
        ((), ""),
    ),
    "a fact altered": (
        (FACTS, "qualifier: as many as", "qualifier: up to"),
        (["clinic", "clinic+grayscale", "own", "told", "both", "local", "local@north"], "the fact `clinic-hours`"),
    ),
    "a derived fact altered": (
        (FACTS, "24 × 365.25 − 6 = 8,760.", "See there."),
        (["own", "told", "both"], "the fact `own-hours` changed"),
    ),
    "a fact's day to be reviewed added": (
        (FACTS, "    note: 24", "    review-by: 2030-01-01\n    note: 24"),
        (["own", "told", "both"], "the fact `own-hours` changed"),
    ),
    "a fact of a brief altered": (
        ("briefs/local.yaml", "{value: 8}", "{value: 9}"),
        (("local", "local@north"), "the fact `clinic-hours` as it is in `local"),
    ),
    # messages
    "a message added": (
        (
            MESSAGES,
            "messages:\n",
            "messages:\n  new: {source: pfp, wording: {clinicians: Nothing of all this was ever said before.}}\n",
        ),
        ((), ""),
    ),
    "a message altered": ((MESSAGES, "The other {{", "Another {{"), (("told",), "the message `hours` changed")),
    "a message that has to appear": (
        (MESSAGES, "    source: pfp\n", "    source: pfp\n    must-appear: [told]\n"),
        (("told",), "the message"),
    ),
    # sources
    "a source added": ((SOURCES, "references:\n", "references:\n  - {id: new, type: webpage, title: New}\n"), ((), "")),
    "a source altered": (
        (SOURCES, "title: Effectiveness", "title: Effects"),
        (("told",), "the source `qi-2015` changed"),
    ),
    # the campaign
    "an audience added": ((CAMPAIGN, "audiences:\n", "audiences:\n  press: {name: Press}\n"), ((), "")),
    "an audience altered": (
        (CAMPAIGN, "smallest-type: 14pt", "smallest-type: 15pt"),
        (COMMUNITY, "the audience `community` changed"),
    ),
    "a contact added": ((CAMPAIGN, "contacts:\n", "contacts:\n  other: {name: Other}\n"), ((), "")),
    "a contact altered": (
        (CAMPAIGN, "phone: 555-0142", "phone: 555-0143"),
        (("own", "both"), "the contact `desk` changed"),
    ),
    "words in another language added": (
        (CAMPAIGN, "audiences:\n", "terms: {sv: {sources: Källor}}\naudiences:\n"),
        ((), ""),
    ),
    "words in a language added": (
        (CAMPAIGN, "audiences:\n", "terms: {es: {sources: Obras}}\naudiences:\n"),
        (("es",), "own terms in `es` changed"),
    ),
    "a rule set that found nothing": (
        (CAMPAIGN, "audiences:\n", "rules: {unsourced-number: error}\naudiences:\n"),
        ((), ""),
    ),
    "a waiver of the campaign": (
        (CAMPAIGN, "audiences:\n", "waive: [{rule: overset, why: so}]\naudiences:\n"),
        ((), ""),
    ),
    "the statement altered": (
        (CAMPAIGN, "statement: After", "statement: Long after"),
        (EVERY, "`statement` of the campaign changed"),
    ),
    "who paid added": (
        (CAMPAIGN, "audiences:\n", "funding: We did.\naudiences:\n"),
        (EVERY, "`funding` of the campaign changed"),
    ),
    # briefs
    "a text altered": (("briefs/own.yaml", "The other", "Another"), (("own", "both"), "the brief `own` changed")),
    "a brief that others extend altered": (
        ("briefs/plain.yaml", "Nothing is", "Not a thing is"),
        (("plain", "more", "both"), "the brief `"),
    ),
    "a tag added": (("briefs/plain.yaml", "tags: [spring]", "tags: [spring, new]"), ((), "")),
    "a value added": (
        ("briefs/local.yaml", "values: {town: Here}", "values: {town: Here, x: Y}"),
        (("local", "local@north"), "the brief `local"),
    ),
    "a value altered that a variant replaces": (
        ("briefs/local.yaml", "values: {town: Here}", "values: {town: There}"),
        (("local",), "the brief `local` changed"),
    ),
    "a variant added": (
        ("briefs/plain.yaml", "tags: [spring]", "tags: [spring]\nvariants: {x: {title: X}}"),
        (("plain@x",), "it was never made"),
    ),
    "another variant added": (
        ("briefs/local.yaml", "variants:\n", "variants:\n  south: {values: {town: South}}\n"),
        (("local@south",), "it was never made"),
    ),
    "a variant altered": (
        ("briefs/local.yaml", "town: North", "town: Northern"),
        (("local@north",), "the brief `local@north` changed"),
    ),
    "a form added": (
        ("briefs/plain.yaml", "tags: [spring]", "tags: [spring]\nforms: [large-print]"),
        (("plain+large-print", "more+large-print"), "it was never made"),
    ),
    "a waiver in a brief": (
        ("briefs/plain.yaml", "tags: [spring]", "waive: [{rule: overset, why: so}]\ntags: [spring]"),
        (("plain", "both"), "the brief `plain` changed"),
    ),
    "a comment in a brief": (("briefs/plain.yaml", "tags: [spring]", "# Only a word.\ntags: [spring]"), ((), "")),
    "a pack altered": (
        ("briefs/packs/both.yaml", "place: Room 1", "place: Room 2"),
        (("both",), "the pack `both` changed"),
    ),
    "a tag of a pack added": (("briefs/packs/both.yaml", "tags: [spring]", "tags: [spring, new]"), ((), "")),
    # the design
    "a layout altered": (
        ("layouts/card/layout.yaml", "{gutter: 5mm}", "{gutter: 4mm}"),
        (CARDS, "the layout `card` changed"),
    ),
    "a template altered": (
        ("layouts/card/template.xml.j2", ">Card<", ">A card<"),
        (CARDS, "`layouts/card/template.xml.j2` changed"),
    ),
    "a part of templates altered": (
        ("layouts/parts.xml.j2", "That is", "This is"),
        (EVERY, "`layouts/parts.xml.j2` changed"),
    ),
    "a colour added": ((THEME, "palette: {", 'palette: {fresh: "#123456", '), ((), "")),
    "a colour added that makes another darker in grey": (
        (THEME, "palette: {", 'palette: {fresh: "#121212", '),
        (GREY, "the grey of the colour `#111111` changed"),
    ),
    "a colour altered that cards use": (
        (THEME, 'accent: "#882200"', 'accent: "#882211"'),
        (CARDS, "the colour `accent` changed"),
    ),
    "a colour altered that all use": ((THEME, 'ink: "#111111"', 'ink: "#111122"'), (EVERY, "the colour `ink` changed")),
    "a style added": ((THEME, "text-styles:\n", "text-styles:\n  new: {step: 3}\n"), ((), "")),
    "a style altered that nobody uses": ((THEME, "  caption: {step: -1}", "  caption: {step: -2}"), ((), "")),
    "a style altered that cards use": (
        (THEME, "lead: {color", "lead: {step: 1, color"),
        (CARDS, "the text style `lead` changed"),
    ),
    "a box altered that cards use": (
        (THEME, "card: {ground: tint", "card: {ground: line"),
        (CARDS, "the box style `card` changed"),
    ),
    "a style altered that all use": (
        (THEME, "  folio: {step: -1}", "  folio: {step: -2}"),
        (EVERY, "the text style `folio` changed"),
    ),
    "a space altered that cards use": ((THEME, "wide: 3", "wide: 4"), (CARDS, "the space `wide` changed")),
    "a space altered that nobody uses": ((THEME, "thin: 1", "thin: 2"), ((), "")),
    "a typeface added": (
        (THEME, "typefaces: {", "typefaces: {new: Fira Sans, "),
        (LETTERS, "the list of typefaces changed"),
    ),
    "the scale altered": ((THEME, "base: 10", "base: 11"), (EVERY, "`scale` of the theme changed")),
    "the manner of citations altered": (
        (THEME, "scale:", "citations: bracket\nscale:"),
        (EVERY, "`citations` of the theme changed"),
    ),
    "fallbacks added": (
        (THEME, "scale:", "fallbacks: [Fira Sans]\nscale:"),
        (EVERY, "`fallbacks` of the theme changed"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_exactly_what_uses_a_thing_is_stale_when_it_is_another(campaign: Path, case: str) -> None:
    (path, old, new), (expected, reason) = CASES[case]
    text = CAMPAIGN_FILES[path]
    assert isinstance(text, str)
    assert text.count(old) == 1, f"{path} has not exactly one {old!r}"
    put(campaign, {path: text.replace(old, new)})
    found = stale(campaign)
    put(campaign, {path: text})
    assert set(found) == set(expected)
    assert all(any(reason in each for each in said) for said in found.values()), found
    assert stale(campaign) == {}


def test_what_is_taken_away_again_was_read_by_nobody(campaign: Path) -> None:
    """A variant, a fact, a message, a source, a contact, a style that go leave the others as they are."""
    texts = {path: text for path, text in CAMPAIGN_FILES.items() if isinstance(text, str)}
    gone = {
        "briefs/local.yaml": texts["briefs/local.yaml"].partition("variants:\n")[0]
        + "slots:"
        + texts["briefs/local.yaml"].partition("slots:")[2],
        THEME: texts[THEME].replace("  caption: {step: -1}\n", "").replace(", thin: 1", ""),
    }
    put(campaign, gone)
    report = api.plan(campaign, today=TODAY)
    put(campaign, {path: texts[path] for path in gone})
    assert {step.target.id for step in report.steps} == EVERY - {"local@north"}
    assert all(step.is_current for step in report.steps)


@pytest.mark.parametrize(
    ("path", "content", "expected"),
    [
        ("photos/a.png", picture(90), {"seen"}),
        ("photos/b.svg", DRAWING.replace("rect", "circle", 1), {"drawn"}),
        ("fonts/own.ttf", _font("Light"), CARDS | LETTERS),
        ("photos/new.png", picture(), set()),
        ("briefs/notes.txt", b"no brief", set()),
        ("layouts/extra.xml.j2", b"{# none #}", EVERY),
    ],
)
def test_exactly_what_shows_a_file_is_stale_when_it_is_another(
    campaign: Path, path: str, content: str | bytes, expected: set[str]
) -> None:
    put(campaign, {path: content})
    found = stale(campaign)
    if path in CAMPAIGN_FILES:
        put(campaign, {path: CAMPAIGN_FILES[path]})
    else:
        (campaign / path).unlink()
    assert set(found) == set(expected)
    assert all(said == {f"`{path}` changed"} for said in found.values())


def test_a_font_file_that_stands_in_for_others_concerns_all(tmp_path: Path) -> None:
    """Whoever has a letter of its script is set in it, and nobody knows who will."""
    theme = str(CAMPAIGN_FILES[THEME]).replace("fonts: {", "fonts: {Noto Sans: [{file: fonts/noto.ttf}], ")
    folder = put(tmp_path / "campaign", {**CAMPAIGN_FILES, THEME: theme, "fonts/noto.ttf": _font("Regular")})
    assert not api.build(folder, cache=folder / "cache", today=TODAY).failed
    put(folder, {"fonts/noto.ttf": _font("Light")})
    assert set(stale(folder)) == EVERY


def test_a_day_that_comes_concerns_those_who_state_the_fact(tmp_path: Path) -> None:
    files = {path: text for path, text in CAMPAIGN_FILES.items() if isinstance(text, str)}
    dated = files[FACTS].replace("    note: 24", "    review-by: 2027-03-01\n    note: 24")
    folder = put(tmp_path / "campaign", {**CAMPAIGN_FILES, FACTS: dated})
    assert not api.build(folder, cache=folder / "cache", today=TODAY).failed
    assert stale(folder, date(2027, 3, 1)) == {}
    assert stale(folder, date(2027, 3, 2)) == {
        name: {"the day to review the fact `own-hours` has come or was moved"} for name in ("own", "told", "both")
    }


def test_what_is_stale_is_made_as_a_clean_build_makes_it(tmp_path: Path) -> None:
    """All of the changes above, one after the other and each on top of those before, where they go together."""
    folder = put(tmp_path / "campaign", CAMPAIGN_FILES)
    files = {path: text for path, text in CAMPAIGN_FILES.items() if isinstance(text, str)}
    cache = tmp_path / "cache"
    api.build(folder, cache=cache)
    for at, ((path, old, new), _) in enumerate(CASES.values()):
        if files[path].count(old) != 1:
            continue
        files[path] = files[path].replace(old, new)
        put(folder, {path: files[path]})
        if at % 7 == 0:
            report = api.build(folder, cache=cache)
            clean = api.build(folder, output=tmp_path / f"clean-{at}")
            assert report.text() == clean.text()
            made = {
                path: data for path, data in everything(tmp_path / f"clean-{at}").items() if path != "manifest.json"
            }
            left = everything(folder / "output")
            assert {path: left.get(path) for path in made} == made


@pytest.mark.parametrize(
    ("path", "old", "new", "gone"),
    [
        ("briefs/plain.yaml", "tags: [spring]", "tags: [autumn]", {"brief:plain", "brief:more"}),
        ("briefs/local.yaml", "{value: 8}", "{value: 9}", {"brief:local", "brief:local@north", "override:local@north"}),
        ("briefs/packs/both.yaml", "place: Room 1", "place: Room 2", {"pack:both"}),
    ],
)
def test_where_a_brief_has_changed_what_is_written_elsewhere_is_taken_to_be_what_it_was(
    campaign: Path, path: str, old: str, new: str, gone: set[str]
) -> None:
    """And it is: digests worked out anew are the same."""
    text = CAMPAIGN_FILES[path]
    assert isinstance(text, str)
    put(campaign, {path: text.replace(old, new)})
    files, index = DiskFiles(campaign), read_index(index_path(campaign, campaign / "output"))
    project = load_project(files).project
    assert project is not None
    assert index.is_steady(files.reads, TODAY)
    taken = digests_that_stand(index, project, files.reads)
    present = Present(files, project, index.environment, index.epoch, TODAY)
    anew = {key: present.digest(key) for key in taken}
    put(campaign, {path: text})
    assert taken == anew
    assert {"brief:es", "fact:clinic-hours", "layout:note", "known:en@clinicians"} <= taken.keys()
    assert taken.keys().isdisjoint(gone)
    assert not any("@local" in key.partition("/")[0] for key in taken) or "brief:local" not in gone


def test_where_what_all_share_has_changed_nothing_is_taken_for_granted(campaign: Path) -> None:
    put(campaign, {FACTS: f"{CAMPAIGN_FILES[FACTS]!s}# a word\n"})
    files, index = DiskFiles(campaign), read_index(index_path(campaign, campaign / "output"))
    assert load_project(files).project is not None
    put(campaign, {FACTS: CAMPAIGN_FILES[FACTS]})
    assert not index.is_steady(files.reads, TODAY)
