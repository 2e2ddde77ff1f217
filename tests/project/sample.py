"""A small campaign for tests, in order from end to end, and cases that break it.

A case file holds cases after `====` lines. Each has sections after `---` lines: `edit <path>` with the
lines to take away (`-`) and to put there instead (`+`), `write <path>` with a whole file, `delete <path>`,
and `findings` with what is to be said. `BRIEFPACK_UPDATE=1` writes the findings anew, to be read in a diff.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.goldens import asked

CAMPAIGN: Final = """\
name: Peer support
organisation: County Health
language: en
statement: After *Peers for Progress*.
audiences:
  clinicians: {name: Clinicians, reading-level: {good: 12, most: 14}}
  community: {name: Community, smallest-type: 14pt, avoid: [chronic]}
contacts:
  desk: {name: The desk, phone: 555-0142, email: desk@example.org, url: https://example.org/desk}
"""
MESSAGES: Final = """\
messages:
  hours:
    source: pfp
    wording:
      clinicians: The other {{ own-hours }} hours. [@pfp]
      community: You are not alone.
    gloss:
      community: All the hours of a year.
"""
FACTS: Final = """\
facts:
  clinic-hours:
    value: 6
    unit: hours a year
    qualifier: as many as
    source: pfp
    checked: 2026-11-22
  own-hours:
    value: 8760
    unit: hours a year
    derivation: 24 * 365.25 - clinic-hours
    source: faq
    checked: 2026-11-22
    means:
      clinicians: without you
      community: on your own
    note: 24 × 365.25 − 6 = 8,760.
"""
SOURCES: Final = """\
references:
  - {id: pfp, type: webpage, author: [{literal: Peers for Progress}], title: Key Messages, URL: "https://example.org/a"}
  - {id: faq, type: webpage, author: [{literal: Peers for Progress}], title: Questions, URL: "https://example.org/q"}
  - id: qi-2015
    type: article-journal
    author: [{family: Qi, given: L}, {family: Liu, given: Q}]
    title: Effectiveness of peer support
    container-title: BMC Public Health
    volume: 15
    issued: 2015
    DOI: 10.1186/s12889-015-1798-y
"""
THEME: Final = """\
typefaces: {sans: Fira Sans}
palette: {ink: "#111111"}
scale: {base: 10}
text-styles:
  body: {typeface: sans, color: ink}
"""
LAYOUT: Final = """\
name: Sheet
document-type: Quick reference
channel: interpersonal
margins: {top: 10mm, right: 10mm, bottom: 10mm, left: 10mm}
grid: {gutter: 5mm}
fit: {pages: 1}
slots:
  headline: {type: text, words: 6}
  message: {type: message}
  why: {type: section, words: 12, description: why it matters}
  number: {type: stat, required: no}
  cards: {type: cards, items: 2, required: no}
  list: {type: list, required: no}
  evidence: {type: table, required: no}
  year: {type: chart, required: no}
  photo: {type: image, required: no}
  story: {type: prose, required: no}
  voice: {type: quote, required: no}
  contact: {type: contact, required: no}
"""
PACK_LAYOUT: Final = LAYOUT.partition("slots:")[0].replace("Sheet", "Meeting pack")
BRIEF: Final = """\
layout: sheet
audience: clinicians
title: Peers help
date: 2026-11-23
slots:
  headline: Peers help where care ends
  message: hours
  why:
    heading: It works
    text: Pooled trials found it. [@qi-2015]
"""
PACK: Final = """\
title: The launch
date: 2027-01-14
place: Room 1
for: Partners
agenda:
  - {title: What we know, owner: Lead, minutes: 20, for: discussion, paper: sheet}
papers: [sheet]
"""

FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "briefs/campaign.yaml": CAMPAIGN,
        "briefs/messages.yaml": MESSAGES,
        "briefs/facts.yaml": FACTS,
        "briefs/sources.yaml": SOURCES,
        "briefs/sheet.yaml": BRIEF,
        "briefs/packs/launch.yaml": PACK,
        "layouts/theme.yaml": THEME,
        "layouts/sheet/layout.yaml": LAYOUT,
        "layouts/meeting-pack/layout.yaml": PACK_LAYOUT,
    }
)


@dataclass(frozen=True, slots=True)
class Case:
    """A broken project and what is said about it."""

    name: str
    files: Mapping[str, str]
    findings: str


def cases(file: Path, base: Mapping[str, str] = FILES) -> list[Case]:
    """The cases of a file, in order: changes to the campaign `base`."""
    blocks = file.read_text(encoding="utf-8").split("\n==== ")[1:]
    return [_case(block, base) for block in blocks]


def _case(block: str, base: Mapping[str, str]) -> Case:
    head, *sections = block.rstrip("\n").split("\n--- ")
    files = dict(base)
    findings = ""
    for section in sections:
        title, _, body = section.partition("\n")
        action, _, path = title.partition(" ")
        if action == "findings":
            findings = body
        else:
            _change(files, action, path, body)
    return Case(head.strip(), files, findings.strip("\n"))


def _change(files: dict[str, str], action: str, path: str, body: str) -> None:
    match action:
        case "write":
            # Tabs and other characters that editors touch are written as escapes.
            files[path] = body.replace("\\t", "\t").replace("\\a", "\a") + "\n"
        case "delete":
            del files[path]
        case "edit":
            for old, new in _hunks(body):
                assert files[path].count(old) == 1, f"{path}: {old!r}"
                files[path] = files[path].replace(old, new)
        case _:
            raise AssertionError(action)


def _hunks(body: str) -> list[tuple[str, str]]:
    """Each run of `-` lines with the `+` lines after it."""
    found = re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)*)", body + "\n", re.MULTILINE)
    return [(re.sub(r"(?m)^-", "", old), re.sub(r"(?m)^\+", "", new)) for old, new in found]


def check(file: Path, case: Case, found: str) -> None:
    """Hold what was found against what the case file says, or write it there."""
    if asked("BRIEFPACK_UPDATE"):
        _update(file, case, found)
        return
    assert found.strip("\n") == case.findings


def _update(file: Path, case: Case, found: str) -> None:
    text = file.read_text(encoding="utf-8")
    start = text.index(f"\n==== {case.name}\n")
    end = text.find("\n==== ", start + 1)
    end = len(text) if end < 0 else end
    before = text[start:end].partition("\n--- findings")[0].rstrip("\n")
    body = f"{before}\n--- findings\n{found.strip(chr(10))}\n"
    file.write_text(text[:start] + body + text[end:], encoding="utf-8")
