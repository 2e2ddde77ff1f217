"""A brief and a pack with everything their templates need."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from briefpack.content import (
    Chart,
    Items,
    MessageValue,
    Prepared,
    Prose,
    ResolvedBrief,
    RichText,
    Section,
    Stat,
    TableValue,
    check_project,
    resolve_brief,
    resolve_pack,
)
from briefpack.content.slots import texts
from briefpack.diagnostics import Severity, Span
from briefpack.document import Citation, Emphasis, Footnote, Inline, LineBreak, Link, PageNumber, Strong, Text
from briefpack.project.files import DictFiles, DiskFiles
from briefpack.project.load import Project, load_project
from tests.project.sample import BRIEF, FILES

ROOT = Path(__file__).parents[2]


def project(changes: Mapping[str, str] | None = None) -> Project:
    loaded = load_project(DictFiles({**FILES, **(changes or {})}))
    assert loaded.project is not None, loaded.diagnostics
    return loaded.project


def resolved(slots: str = "", brief: str = BRIEF, **changes: str) -> ResolvedBrief:
    value, found = resolve_brief(project({"briefs/sheet.yaml": brief + slots, **changes}), "sheet")
    assert value is not None, found
    return value


def shown(content: RichText | Iterable[Inline] | None) -> str:
    """Inline nodes in a notation that shows what they are."""
    if content is None:
        return "-"
    return "".join(_shown(node) for node in (content.content if isinstance(content, RichText) else content))


def _shown(node: Inline) -> str:
    match node:
        case Text(text=text, fact=fact):
            return f"{{{text}}}" if fact else text
        case Strong(content=content):
            return f"<b>{shown(content)}</b>"
        case Emphasis(content=content):
            return f"<i>{shown(content)}</i>"
        case Link(content=content, url=url):
            return f"<a {url}>{shown(content)}</a>"
        case Citation(numbers=numbers):
            return f"^{','.join(map(str, numbers))}"
        case Footnote(content=content):
            return f"<note>{shown(content)}</note>"
        case PageNumber() | LineBreak():
            return "?"


def rich(written: str) -> str:
    """`written` as the text of a slot."""
    body = "".join(f"    {line}\n" for line in written.splitlines())
    value = resolved(f"  list:\n    - >-\n  {body.replace(chr(10), chr(10) + '  ').rstrip()}\n").slots["list"]
    assert isinstance(value, Items)
    return shown(value.items[0].text)


def test_a_brief_in_words() -> None:
    value = resolved()
    message, why = value.slots["message"], value.slots["why"]
    assert isinstance(message, MessageValue)
    assert isinstance(why, Section)
    assert (value.title, value.kind, value.audience, value.date_text) == (
        "Peers help",
        "Quick reference",
        "clinicians",
        "23 November 2026",
    )
    assert shown(message.text) == "The other {8,760}\u00a0hours.^1"
    assert (shown(why.heading), [shown(item) for item in why.paragraphs]) == ("It works", ["Pooled trials found it.^2"])
    assert shown(value.campaign.statement) == "After <i>Peers for Progress</i>."
    assert value.slots["photo"] is None
    assert list(value.slots) == list(project().layouts["sheet"].slots)


def test_sources_are_numbered_as_they_are_read_and_those_of_facts_come_last() -> None:
    value = resolved()
    assert [(item.number, item.id) for item in value.sources] == [(1, "pfp"), (2, "qi-2015"), (3, "faq")]
    assert value.facts == ("own-hours",)
    assert value.messages == ("hours",)


def test_another_order_of_reading_gives_other_numbers() -> None:
    value, _ = resolve_brief(project(), "sheet", order=["why", "message", "headline"])
    assert value is not None
    assert [item.id for item in value.sources] == ["qi-2015", "pfp", "faq"]
    assert list(value.slots) == list(project().layouts["sheet"].slots)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("The {{ own-hours }} {{ own-hours.unit }}", "The {8,760} hours a year"),
        ("{{ clinic-hours.qualifier }} {{ clinic-hours.value }}", "as many as {6}"),
        ("{{ own-hours.means }}: {{ own-hours.note }}", "without you: 24\u00a0×\u00a0365.25 − 6 = 8,760."),
        ("{{ message.hours }} So there.", "The other {8,760}\u00a0hours.^1 So there."),
        ("Both [@pfp] [@qi-2015] say so.", "Both^1,2 say so."),
        ("Both [@qi-2015; @pfp].", "Both^1,2."),
        ("**True** [@qi-2015], she said.", "<b>True</b>^2, she said."),
        ("**True [@qi-2015]** indeed", "<b>True^2</b> indeed"),
        ('She said "**yes**" -- it\'s *so*', "She said “<b>yes</b>”\u00a0– it’s <i>so</i>"),
        ("[it's](https://a.org/it's--x)", "<a https://a.org/it's--x>it’s</a>"),
        ("[](https://a.org/x/)", "<a https://a.org/x/>a.org/x</a>"),
    ],
)
def test_words(written: str, expected: str) -> None:
    assert rich(written) == expected


def test_another_language_has_other_numbers() -> None:
    value = resolved(brief=BRIEF.replace("title:", "language: de\ntitle:"))
    message = value.slots["message"]
    assert isinstance(message, MessageValue)
    assert shown(message.text) == "The other {8.760} hours.^1"
    assert value.date_text == "23. November 2026"


def test_another_audience_has_other_words() -> None:
    message = resolved(brief=BRIEF.replace("clinicians", "community")).slots["message"]
    assert isinstance(message, MessageValue)
    assert (shown(message.text), shown(message.gloss)) == ("You are not alone.", "All the hours of a year.")


def test_a_stat_cites_the_source_of_its_fact() -> None:
    stat = resolved("  number: {fact: own-hours}\n").slots["number"]
    assert isinstance(stat, Stat)
    assert shown(stat.value) == "{8,760}"
    assert (shown(stat.unit), shown(stat.qualifier)) == ("hours a year", "-")
    assert (shown(stat.means), shown(stat.note)) == ("without you", "24\u00a0×\u00a0365.25 − 6 = 8,760.^3")


def test_a_stat_without_a_note_cites_after_its_meaning_and_never_twice() -> None:
    stat = resolved("  number: {fact: clinic-hours, means: at most}\n").slots["number"]
    assert isinstance(stat, Stat)
    assert (shown(stat.means), shown(stat.note)) == ("at most^1", "-")
    stat = resolved("  number: {fact: own-hours, note: 'Counted. [@faq]'}\n").slots["number"]
    assert isinstance(stat, Stat)
    assert shown(stat.note) == "Counted.^3"


def test_the_other_slot_types() -> None:
    value = resolved(
        """\
  evidence:
    caption: Trials
    columns: [{head: Study}, {head: Effect, align: right, weight: 2}]
    rows: [["Qi [@qi-2015]", "0.57"], [Patil, "0.24"]]
  year: {kind: waffle, units: 365, marked: clinic-hours / 24, alt: "The {{ clinic-hours }} *hours*"}
  story: |
    One
    more.

    Two.
  list: {heading: Steps, items: [One, {title: Two, text: more}]}
  voice: {text: It helps., by: A peer}
  photo: {file: photos/peer.jpg, alt: Two people}
  contact: desk
"""
    )
    table, chart, story, steps = (value.slots[name] for name in ("evidence", "year", "story", "list"))
    assert isinstance(table, TableValue)
    assert isinstance(chart, Chart)
    assert isinstance(story, Prose)
    assert isinstance(steps, Items)
    assert [[shown(cell) for cell in row] for row in table.rows] == [["Qi^2", "0.57"], ["Patil", "0.24"]]
    assert [(column.align, column.weight) for column in table.columns] == [("left", 1.0), ("right", 2.0)]
    assert (chart.units, chart.marked, chart.alt) == (365, 0.25, "The 6 hours")
    assert [shown(item) for item in story.paragraphs] == ["One more.", "Two."]
    assert [(shown(item.title), shown(item.text)) for item in steps.items] == [("-", "One"), ("Two", "more")]


def test_words_keep_their_place_until_they_are_set() -> None:
    message = resolved().slots["message"]
    assert isinstance(message, MessageValue)
    first, number, *_ = message.text.content
    assert isinstance(first, Text)
    assert isinstance(number, Text)
    assert first.span == Span("briefs/messages.yaml", 5, 19, 5, 29)
    assert number.span == Span("briefs/messages.yaml", 5, 29, 5, 44)
    assert (message.text.slot, number.fact) == ("message", "own-hours")


def test_what_is_prepared_changes_nothing() -> None:
    campaign = project()
    prepared = Prepared(campaign)
    results = [resolve_brief(campaign, "sheet", prepared=prepared) for _ in range(2)]
    assert results == [resolve_brief(campaign, "sheet")] * 2


def test_a_pack_with_its_papers() -> None:
    value, found = resolve_pack(project(), "launch")
    assert value is not None
    assert found == ()
    (item,) = value.agenda
    assert (shown(item.title), item.minutes, item.purpose, item.paper, item.paper_number) == (
        "What we know",
        20,
        "discussion",
        "sheet",
        1,
    )
    assert (value.title, value.date_text, shown(value.audience), value.minutes) == (
        "The launch",
        "14 January 2027",
        "Partners",
        20,
    )
    assert [paper.name for paper in value.papers] == ["sheet"]


def test_an_unknown_name_is_a_finding() -> None:
    campaign = project()
    assert resolve_brief(campaign, "shet")[1][0].help == "write `sheet`"
    assert resolve_pack(campaign, "lunch")[1][0].help == "write `launch`"


def test_projects_and_briefs_travel_between_processes() -> None:
    campaign = project()
    value = resolve_brief(campaign, "sheet")[0]
    assert pickle.loads(pickle.dumps(value)) == value
    assert resolve_brief(pickle.loads(pickle.dumps(campaign)), "sheet")[0] == value


def test_the_shipped_campaign_is_in_order() -> None:
    """The starter that `briefpack init` copies resolves without an error."""
    loaded = load_project(DiskFiles(ROOT))
    assert loaded.project is not None, loaded.diagnostics
    found = (*loaded.diagnostics, *check_project(loaded.project))
    assert [item for item in found if item.severity is Severity.ERROR] == []
    for name in loaded.project.briefs:
        brief = resolve_brief(loaded.project, name)[0]
        assert brief is not None
        words = " ".join(str(text) for value in brief.slots.values() if value is not None for text in texts(value))
        assert "8,760" in words
        assert "as many as" in words
