"""The pages of `pages.py` as a Briefpack campaign: project files in memory, one brief a page.

The files are written as JSON, which is YAML too, in the slots of the one-pager. Layouts and theme are
not among them: they are the ones this repository ships.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

from bench.pages import Evidence, Page, Part, Rich

AUDIENCE: Final = "policymakers"


def name(page: Page) -> str:
    """The name of the brief of `page`."""
    return f"page-{page.number}"


def project_files(pages: Sequence[Page]) -> dict[str, str]:
    """Project-relative path to text: a campaign whose briefs are `pages`."""
    contents = {
        "briefs/campaign.yaml": _campaign(pages[0]),
        "briefs/messages.yaml": {"messages": {name(page): _message(page) for page in pages}},
        "briefs/facts.yaml": {"facts": {_fact_id(page): _fact(page) for page in pages}},
        "briefs/sources.yaml": {"references": [source for page in pages for source in _sources(page)]},
    }
    contents |= {f"briefs/{name(page)}.yaml": brief(page) for page in pages}
    return {path: json.dumps(content, ensure_ascii=False, indent=1) for path, content in contents.items()}


def brief(page: Page) -> dict[str, Any]:
    """The brief that says what `page` says."""
    return {
        "layout": "one-pager",
        "audience": AUDIENCE,
        "stance": "advocacy",
        "title": page.headline,
        "date": "2026-11-23",
        "contact": "desk",
        "slots": {
            "headline": page.headline,
            "message": name(page),
            "problem": _section(page, page.problem),
            "number": {"fact": _fact_id(page)},
            "works": {"heading": page.works, "items": [_card(page, card) for card in page.cards]},
            "evidence": _table(page, page.evidence),
            "example": _section(page, page.example),
            "unknown": _section(page, page.unknown),
            "ask": _section(page, page.ask),
            "contact": "desk",
        },
    }


def _campaign(page: Page) -> dict[str, Any]:
    contact = page.contact
    return {
        "name": "Measured",
        "organisation": page.organisation,
        "language": "en",
        "statement": page.statement,
        "funding": page.funding,
        "audiences": {
            AUDIENCE: {
                "name": "Policymakers",
                "reading-level": {"good": 10, "most": 12},
                "smallest-type": "8.5pt",
                "avoid": [],
            }
        },
        "contacts": {
            "desk": {"name": contact.name, "role": contact.role, "phone": contact.phone, "email": contact.email}
        },
    }


def _message(page: Page) -> dict[str, Any]:
    return {"source": _source_id(page, 1), "original": page.message, "wording": {AUDIENCE: page.message}}


def _fact_id(page: Page) -> str:
    return f"hours-{page.number}"


def _fact(page: Page) -> dict[str, Any]:
    figure = page.figure
    return {
        "value": int(figure.value.replace(",", "")),
        "unit": "hours a year",
        "source": _source_id(page, 1),
        "checked": "2026-11-22",
        "means": {AUDIENCE: figure.means},
        # The mark of the fact's own source is Briefpack's to add.
        "note": "".join(run for run in figure.note if isinstance(run, str)),
    }


def _source_id(page: Page, number: int) -> str:
    return f"source-{page.number}-{number}"


def _sources(page: Page) -> list[dict[str, Any]]:
    return [
        {
            "id": _source_id(page, number),
            "type": "webpage",
            "title": source.text.removesuffix("."),
            "URL": source.url,
        }
        for number, source in enumerate(page.sources, 1)
    ]


def _text(page: Page, rich: Rich) -> str:
    return "".join(run if isinstance(run, str) else f"[@{_source_id(page, run)}]" for run in rich)


def _section(page: Page, part: Part) -> dict[str, str]:
    return {"heading": part.heading, "text": _text(page, part.text)}


def _card(page: Page, part: Part) -> dict[str, str]:
    return {"title": part.heading, "text": _text(page, part.text)}


def _table(page: Page, evidence: Evidence) -> dict[str, Any]:
    aligns = ("left", "right", "right", "left")
    return {
        "heading": evidence.heading,
        "caption": evidence.caption,
        "columns": [{"head": head, "align": align} for head, align in zip(evidence.head, aligns, strict=True)],
        "rows": [[_text(page, cell) for cell in row] for row in evidence.rows],
    }
