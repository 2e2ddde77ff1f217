"""A page that is only looked at: what is found is what placing it finds, whether it is placed or not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefpack.builds import Workshop, make_brief
from briefpack.diagnostics import Diagnostic
from briefpack.layout import Extents, Job, Result, lay_out
from briefpack.layout.contrast import check_seen
from briefpack.project.files import DictFiles
from briefpack.project.forms import AS_DESIGNED, read_form
from briefpack.project.load import load_project
from tests.campaigns import starter, swap
from tests.layout.test_properties import LAYOUT, blocks, documents, several, short_texts, texts
from tests.layout.trial import THEME, job
from tests.specimen import pictures, test_blocks, test_charts

# Weak on paper or on a ground, in colour or in grey; borders that a text stands on.
CHANGES: Final = (
    ('ink: "#111111"', 'ink: "#7a7a7a"'),
    ('ink: "#111111"', 'ink: "#ffffff"'),
    ('tint: "#eeeeee"', 'tint: "#555555"'),
    ('tint: "#eeeeee"', 'tint: "#aaaaaa"'),
    ('accent: "#aa2200"', 'accent: "#ff9977"'),
    ('link: "#004488"', 'link: "#5599ee"'),
    ("{ground: tint, padding: [4, 4, 4, 4], before: 4}", "{ground: accent}"),
    ("{ground: tint, padding: [4, 4, 4, 4], before: 4}", "{ground: tint, border: ink, thickness: 6}"),
    ("thickness: 2, padding: [0, 0, 0, 4]", "thickness: 9, padding: [0, 0, 0, 1]"),
    ("sides: [left], thickness: 2", "sides: [right], thickness: 8"),
    ("padding: [1.5]}", "padding: [1.5], head-ground: ink}"),
    ("lead: {step: 1, ", "lead: {step: 5, color: tint, "),
    ("scale: {base: 10,", "scale: {base: 16,"),
)
LONG: Final = LAYOUT.replace("bottom: 375.28pt", "bottom: 20pt")
THEMES: Final = (THEME, *(THEME.replace(old, new) for old, new in CHANGES))
PANELS: Final = st.builds(
    "<section style='{}'>{}</section>".format, st.sampled_from(["panel", "aside"]), several(blocks, 3)
)
NARROW: Final = st.builds(
    "<row><column span='1'><paragraph>{}</paragraph></column><column span='2'><heading>{}</heading></column>"
    "<column span='9'><aside><paragraph style='lead'>{}</paragraph></aside></column></row>".format,
    short_texts,
    texts,
    texts,
)


def calm(body: str) -> str:
    """`body` without the longest words, charts and footnotes."""
    body = re.sub(r"<chart .*?</chart>", "<paragraph>a chart</paragraph>", re.sub("<footnote>.*?</footnote>", "", body))
    return re.sub(r"https://example.org/a\S*?(?=[ <])|x{60}|\w{12,}|\w+–\w+", "peer", body)


def found(of: Job, *, dry: bool) -> tuple[Result, tuple[Diagnostic, ...]]:
    result = lay_out(of, dry=dry)
    pages = result.laid_out.pages if result.laid_out is not None else ()
    return result, (*result.diagnostics, *check_seen(pages, of.styles.theme, "theme.yaml", Extents()))


def test_every_change_is_one() -> None:
    assert all(THEME.count(old) == 1 for old, _ in CHANGES)


@settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    documents | documents.map(calm) | PANELS | PANELS.map(calm) | st.builds("{}{}".format, NARROW, PANELS),
    st.integers(0, len(CHANGES)),
)
def test_whatever_stands_on_a_page_the_same_is_found(body: str, theme: int) -> None:
    of = job(body, LONG, theme=THEMES[theme])
    looked_at, seen = found(of, dry=True)  # first, or it would stand as what is placed does
    placed, said = found(of, dry=False)
    assert seen == said
    assert looked_at.setting == placed.setting
    assert looked_at.laid_out in (None, placed.laid_out)
    if looked_at.laid_out is None and placed.laid_out is not None:
        assert {item.rule for item in seen} <= {"short-page"}


@pytest.mark.parametrize(
    ("body", "theme"),
    [
        ("<section style='panel'><paragraph>on a panel</paragraph></section>", THEME),
        ("<row><column span='6'><paragraph>a</paragraph></column><column span='6'><rule/></column></row>", THEME),
        ("<table><tr head='yes'><th>a</th></tr><tr><td>b</td></tr></table>", THEME),
        ("<list kind='check'><item>to do</item></list><list kind='number'><item>first</item></list>", THEME),
        ("<grid columns='2' style='cards'><card><paragraph>a</paragraph></card></grid>", THEME),
    ],
)
def test_a_page_of_sound_texts_need_not_be_placed(body: str, theme: str) -> None:
    assert lay_out(job(body, LAYOUT, theme=theme), dry=True).laid_out is None
    assert lay_out(job(body, LAYOUT, theme=theme)).laid_out is not None


CAMPAIGNS: Final[Mapping[str, Mapping[str, str | bytes]]] = {
    "as shipped": starter(),
    "weak ink": swap(starter(), "layouts/theme.yaml", 'ink: "#1b2730"', 'ink: "#8b97a0"'),
    "weak second ink": swap(starter(), "layouts/theme.yaml", 'muted: "#4b5a66"', 'muted: "#8b9aa6"'),
    "weak ground": swap(starter(), "layouts/theme.yaml", 'tint: "#eaf2f3"', 'tint: "#5a6263"'),
    "weak on primary": swap(starter(), "layouts/theme.yaml", 'mist: "#cfe3e6"', 'mist: "#4f93a6"'),
    # Under the running line, which does not stand out from it as it does from paper.
    "out to the edge": swap(
        swap(starter(), "layouts/theme.yaml", "  foot: {", "  foot: {bleed: yes, ground: mist, "),
        "layouts/theme.yaml",
        "folio: {step: -0.47, color: muted}",
        "folio: {step: -0.47, color: accent}",
    ),
    "large type": swap(starter(), "layouts/theme.yaml", "scale: {base: 10,", "scale: {base: 13,"),
    "long words": swap(
        starter(),
        "briefs/policymakers.yaml",
        "- title: Frequent contact",
        f"- title: {'Donaudampfschifffahrt' * 3}",
    ),
    "blocks": test_blocks.FILES,
    "charts": test_charts.FILES,
    "pictures": pictures.FILES,
}


@pytest.mark.parametrize("name", CAMPAIGNS)
def test_every_brief_of_a_campaign_is_found_to_have_the_same(name: str) -> None:
    files = DictFiles(CAMPAIGNS[name])
    project = load_project(files).project
    assert project is not None
    forms = (AS_DESIGNED, read_form("large-print"), read_form("grayscale")) if name == "as shipped" else (AS_DESIGNED,)
    looking, making = Workshop.of(files, project), Workshop.of(files, project)
    for brief in project.briefs:
        for form in forms:
            looked_at, made = make_brief(looking, brief, form, dry=True), make_brief(making, brief, form)
            # By themselves: what a document holds takes minutes to show.
            seen, said = looked_at.diagnostics, made.diagnostics
            assert seen == said
            path, written = looked_at.path, made.path
            assert path == written
