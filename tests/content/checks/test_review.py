"""The pre-check of a brief: each item that a program judges, met and not met, and what it leaves to people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pytest

from briefpack.builds import Workshop, read_brief
from briefpack.content.checks.review import review
from briefpack.content.checks.reviewed import Answer, Review, State
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from tests.campaigns import shipped
from tests.content.checks.trial import FILES, TODAY

CDC, PEMAT = 0, 1
TEXT: Final = "    text: Pooled trials found it. [@qi-2015]\n"


def reviewed(files: Mapping[str, str], name: str = "sheet") -> Review:
    project_files = DictFiles(files)
    project = load_project(project_files).project
    assert project is not None
    read, found = read_brief(Workshop.of(project_files, project, TODAY), name)
    assert read is not None, found
    return review(read)


def answer(instrument: int, number: int, files: Mapping[str, str]) -> Answer:
    looked_at = reviewed(files).instruments[instrument].looked_at
    return next(item.answer for item in looked_at if item.number == number)


def changed(
    brief: str = "", layout: str = "", template: str = "", message: str = "", campaign: str = ""
) -> dict[str, str]:
    """The trial with other parts: `old => new` each, in several lines for several changes."""
    files = dict(FILES)
    for path, changes in (
        ("briefs/sheet.yaml", brief),
        ("layouts/sheet/layout.yaml", layout),
        ("layouts/sheet/template.xml.j2", template),
        ("briefs/messages.yaml", message),
        ("briefs/campaign.yaml", campaign),
    ):
        for change in filter(None, changes.split("\n;;")):
            old, _, new = change.partition(" => ")
            assert files[path].count(old) == 1, old
            files[path] = files[path].replace(old, new)
    return files


def with_slots(text: str) -> str:
    return f"{TEXT} => {TEXT}{text}\n"


LONG: Final = "items: [a b, c d, e f, g h, i j, k l, m n, o p]"
STEPS: Final = "  list: {type: list, required: no} => "
KNOWN: Final = (
    "  why: {type: section, words: 12, description: why it matters} => "
    "  why: {type: section, role: [known, unknown], words: 60}"
)
LAY: Final = "{name: Clinicians, reading-level: {good: 12, most: 14}} => {name: C, reading-level: {good: 6, most: 8}}"
TABLE: Final = '  evidence: {caption: C, columns: [{head: A}, {head: B}], rows: [[Qi, "0.57 points [@qi-2015]"]]}'
BARS: Final = "  year: {kind: bars, rows: [{label: 'Qi [@qi-2015]', value: 3}, {label: Ab, value: 4}]"
ASK: Final = f"{STEPS}  list: {{type: list, required: no, role: ask}}"

MET: Final = [
    (CDC, 1, changed()),
    (CDC, 2, changed()),
    (CDC, 3, changed(template='<paragraph>{{ slots.message => <paragraph style="lead">{{ slots.message')),
    (CDC, 4, changed(brief=with_slots(f"{BARS}, heading: Two}}"))),
    (CDC, 5, changed(layout=f"{STEPS}  list: {{type: steps, required: no}}", brief=with_slots("  list: [Call us]"))),
    (CDC, 6, changed()),
    (CDC, 7, changed()),
    (CDC, 8, changed(brief=with_slots("  list: [Call us]"))),
    (CDC, 9, changed()),
    (CDC, 10, changed()),
    (CDC, 11, changed(layout=KNOWN)),
    (CDC, 14, changed(layout=f"{STEPS}  list: {{type: steps, required: no}}", brief=with_slots("  list: [Call us]"))),
    (CDC, 15, changed(campaign=LAY)),
    (CDC, 16, changed(brief=with_slots("  number: {fact: own-hours}"))),
    (CDC, 17, changed(brief="found it. => found it in 1 in 5.")),
    (PEMAT, 3, changed()),
    (PEMAT, 8, changed()),
    (PEMAT, 11, changed(layout=f"{KNOWN.replace('[known, unknown]', 'summary')}")),
    (PEMAT, 17, changed(brief=with_slots(f"{BARS}, caption: Two}}"))),
    (PEMAT, 19, changed(brief=with_slots(TABLE))),
    (PEMAT, 21, changed(layout=ASK, brief=with_slots("  list: [Call the desk]"))),
    (PEMAT, 22, changed(layout=f"{STEPS}  list: {{type: steps, required: no}}", brief=with_slots("  list: [Call us]"))),
    (
        PEMAT,
        23,
        changed(layout=f"{STEPS}  list: {{type: checklist, required: no}}", brief=with_slots("  list: [A pen]")),
    ),
]
NOT_MET: Final = [
    (CDC, 1, changed(message="hours. [@pfp] => hours. [@pfp] One. Two. Three."), "it has 4 sentences"),
    (
        CDC,
        2,
        changed(template="  <paragraph>{{ slots.message => {{ parts.section(slots.why) }}<paragraph>{{ slots.message"),
        "another text stands before it",
    ),
    (CDC, 3, changed(), "it is set like any other text"),
    (CDC, 4, changed(), "there is no picture or chart"),
    (CDC, 4, changed(brief=with_slots(f"{BARS}}}")), "it has no caption or heading"),
    (CDC, 5, changed(), "no slot with the role `ask` or `action` is filled"),
    (CDC, 6, changed(message="own-hours }} hours. => own-hours }} hours are managed."), "`are managed`"),
    (CDC, 7, changed(brief="Pooled trials => RCTs"), "`RCT` is not spelt out where it first stands"),
    (CDC, 8, changed(), "there is no list"),
    (CDC, 8, changed(brief=with_slots(f"  list: {{{LONG}}}")), "`list` has 8 items"),
    (
        CDC,
        9,
        changed(
            template='<heading level="1">{{ slots.headline }}</heading> => <paragraph>{{ slots.headline }}</paragraph>'
        ),
        "a text stands before any heading",
    ),
    (CDC, 11, changed(), "no slot with the role `known` and `unknown` is filled"),
    (CDC, 14, changed(), "there are neither steps nor an action with a contact"),
    (CDC, 15, changed(campaign=LAY, brief="found it. => found 0.57 points."), "`0.57`"),
    (CDC, 17, changed(brief="found it. => found it in 1 in 5, or 20%."), "`1 in 5` beside percentages"),
    (PEMAT, 8, changed(brief="found it. => found it. A b. C d. E f. G h. I j."), "a paragraph of 6 sentences"),
    (
        PEMAT,
        21,
        changed(layout=ASK, brief=with_slots("  list: [The desk answers calls]")),
        "the action neither says `you` nor begins with a verb",
    ),
    (PEMAT, 22, changed(), "there are no steps"),
    (PEMAT, 23, changed(), "there is no checklist, card or other tool"),
]


@pytest.mark.parametrize(("instrument", "number", "files"), MET, ids=lambda value: str(value)[:6])
def test_an_item_is_met(instrument: int, number: int, files: Mapping[str, str]) -> None:
    assert answer(instrument, number, files) == Answer(State.MET)


@pytest.mark.parametrize(("instrument", "number", "files", "why"), NOT_MET, ids=lambda value: str(value)[:6])
def test_an_item_is_not_met(instrument: int, number: int, files: Mapping[str, str], why: str) -> None:
    found = answer(instrument, number, files)
    assert (found.state, found.why) == (State.NOT_MET, why)


def test_what_needs_a_person_or_does_not_apply() -> None:
    trial = changed()
    assert answer(CDC, 13, trial).state is State.PERSON
    assert answer(CDC, 18, trial) == Answer(State.NOT_APPLICABLE, "no risk is spoken of")
    assert answer(CDC, 20, changed(brief="found it. => found a risk.")).state is State.PERSON
    assert answer(PEMAT, 11, trial) == Answer(State.PERSON, "no slot has the role `summary`")
    assert answer(PEMAT, 19, trial) == Answer(State.NOT_APPLICABLE, "there is no table")


def test_voice_and_address_are_left_to_people_in_other_languages() -> None:
    spanish = changed(campaign="language: en => language: es")
    assert answer(CDC, 6, spanish) == Answer(State.PERSON, "the passive is found in English only")
    assert answer(PEMAT, 21, spanish).state is State.PERSON


def test_every_item_of_the_index_is_listed_and_counted_once() -> None:
    cdc = reviewed(changed()).instruments[CDC]
    assert [item.number for item in cdc.looked_at] == list(range(1, 21))
    states = [item.answer.state for item in cdc.looked_at]
    assert cdc.machine_checked == states.count(State.MET) + states.count(State.NOT_MET)
    assert cdc.met == states.count(State.MET)


def test_the_place_of_what_is_not_met() -> None:
    span = answer(CDC, 7, changed(brief="Pooled trials => RCTs")).span
    assert span is not None
    assert (span.path, span.line, span.column) == ("briefs/sheet.yaml", 10, 11)


@pytest.mark.parametrize("name", ["clinicians", "community", "policymakers"])
def test_the_shipped_briefs_have_message_action_and_limits(name: str) -> None:
    """One main message on top that stands out, an action, plain words, and what is not known."""
    looked_at = reviewed(shipped(), name).instruments[CDC].looked_at
    states = {item.number: item.answer.state for item in looked_at}
    assert all(states[number] is State.MET for number in (1, 2, 3, 5, 6, 7, 9, 11, 14, 16, 17))
