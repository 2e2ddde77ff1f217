"""How a rule is kept and how it is broken: a line of the starter campaign, and the same line with a slip.

Each is true: put the slip into the file, and the rule is found; a test does so.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from briefpack.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """Text of the starter's file `path`, as it is `right`, and `wrong` in its place."""

    path: str
    right: str
    wrong: str


_COMMUNITY: Final = "briefs/community.yaml"
_FACTS: Final = "briefs/facts.yaml"
_SOURCES: Final = "briefs/sources.yaml"
_PACK: Final = "briefs/packs/launch-meeting.yaml"
_HEADLINE: Final = "  headline: A peer can help with your diabetes"

EXAMPLES: Final[Mapping[str, Example]] = MappingProxyType(
    {
        "yaml-syntax": Example(_COMMUNITY, "title: A peer can help with", 'title: "A peer" can help with'),
        "yaml-duplicate-key": Example(_COMMUNITY, "stance: neutral", "stance: neutral\nstance: advocacy"),
        "yaml-key": Example(
            "briefs/clinicians.yaml", '        - "{{ hba1c-effect-qi }}"', "        - {{ hba1c-effect-qi }}"
        ),
        "yaml-alias": Example(_COMMUNITY, _HEADLINE, "  headline: *headline"),
        "yaml-tag": Example(_COMMUNITY, "date: 2026-11-23", "date: !!timestamp 2026-11-23"),
        "unknown-field": Example(_COMMUNITY, "stance: neutral", "stanse: neutral"),
        "missing-field": Example(_COMMUNITY, "date: 2026-11-23\n", ""),
        "empty-field": Example(_COMMUNITY, "date: 2026-11-23", "date:"),
        "wrong-shape": Example(_COMMUNITY, _HEADLINE, "  headline: [A peer, can help]"),
        "wrong-value": Example(_COMMUNITY, "date: 2026-11-23", "date: 23 November 2026"),
        "duplicate-id": Example(_SOURCES, "- id: pfp-faq", "- id: pfp-key-messages"),
        "unknown-audience": Example(_COMMUNITY, "audience: community", "audience: comunity"),
        "unknown-contact": Example(_COMMUNITY, "  contact: campaign-desk", "  contact: desk"),
        "unknown-layout": Example(_COMMUNITY, "layout: handout", "layout: hand-out-a5"),
        "unknown-message": Example(_COMMUNITY, "  message: hours", "  message: hour"),
        "unknown-fact": Example(_COMMUNITY, "    fact: hours-on-your-own", "    fact: hours"),
        "unknown-source": Example(_COMMUNITY, "[@fisher-2012]", "[@fisher-2021]"),
        "unknown-paper": Example(_PACK, "papers:\n  - policymakers", "papers:\n  - policymaker"),
        "duplicate-paper": Example(_PACK, "papers:\n  - policymakers", "papers:\n  - policymakers\n  - policymakers"),
        "unknown-slot": Example(_COMMUNITY, "  disclaimer: Peer", "  disclamer: Peer"),
        "missing-slot": Example(_COMMUNITY, f"{_HEADLINE}\n", ""),
        "fact-unsourced": Example(_FACTS, "    source: shubrook-2018\n", ""),
        "fact-unchecked": Example(
            _FACTS,
            "    source: shubrook-2018\n    checked: 2026-11-23\n",
            "    source: shubrook-2018\n",
        ),
        "fact-mismatch": Example(_FACTS, "    value: 8760\n", "    value: 8670\n"),
        "fact-derivation": Example(_FACTS, "24 * 365.25 - hours-with-clinician", "24 hours * 365.25"),
        "fact-field": Example(_COMMUNITY, "{{ hours-with-clinician.qualifier }}", "{{ hours-on-your-own.qualifier }}"),
        "unclosed-mark": Example("briefs/clinicians.yaml", '"**Refer** by phone', '"**Refer by phone'),
        "unread-mark": Example(_COMMUNITY, "everyone. [@fisher-2012]", "everyone. [fisher-2012]"),
        "bad-citation": Example(_COMMUNITY, "[@fisher-2012]", "[@fisher-2012, page 3]"),
        "bad-reference": Example(_COMMUNITY, "{{ message.good-care }}", "{{ message good-care }}"),
        "bad-link": Example(_COMMUNITY, "visit our web page", "visit [our web page](harbourhealth.example)"),
        "too-many-items": Example(
            _COMMUNITY,
            "      - Who will my peer be?\n",
            "      - Who will my peer be?\n      - Is it free?\n      - For how long?\n",
        ),
        "uneven-row": Example("briefs/clinicians.yaml", '        - "{{ hba1c-effect-qi.interval }}"\n', ""),
        "contradiction": Example(_COMMUNITY, _HEADLINE, "  headline: 8,670 hours a year on your own"),
        "uneven-number": Example(_COMMUNITY, _HEADLINE, "  headline: 8760 hours a year on your own"),
        "unsourced-number": Example(
            _COMMUNITY, "disclaimer: Peer support does", "disclaimer: In 83% of clinics peer support does"
        ),
        "lost-qualifier": Example(
            _COMMUNITY, "{{ hours-with-clinician.qualifier }} {{ hours-with-clinician }}", "{{ hours-with-clinician }}"
        ),
        "typed-message": Example(
            _COMMUNITY, "{{ message.good-care }}", "Peer support is good health care for all people."
        ),
        "overclaim": Example(_COMMUNITY, _HEADLINE, "  headline: A peer can cure your diabetes"),
        "chw-for-peer": Example(
            _COMMUNITY,
            "A peer is someone who lives with diabetes too.",
            "A peer is a community health worker near you.",
        ),
        "over-budget": Example(
            _COMMUNITY, _HEADLINE, "  headline: A peer who knows the ropes can help you live with your diabetes"
        ),
        "missing-typeface": Example("layouts/theme.yaml", "  sans: Fira Sans", "  sans: Fira Sanns"),
        "missing-character": Example(_COMMUNITY, _HEADLINE, "  headline: A peer can help 🩺"),
        "low-contrast": Example("layouts/theme.yaml", '  ink: "#1b2730"', '  ink: "#a0a8ad"'),
        "template-error": Example(
            "layouts/handout/template.xml.j2", "{{ parts.section(slots.what) }}", "{{ parts.section(slots.what) }"
        ),
        "slot-unprinted": Example("layouts/handout/template.xml.j2", "  {{ parts.section(slots.where) }}\n", ""),
        "drop-mismatch": Example("layouts/one-pager/template.xml.j2", ' optional="cost"', ' optional="price"'),
        "sources-unprinted": Example("layouts/handout/template.xml.j2", '    <sources form="short"/>\n', ""),
    }
)
