"""A small campaign of notes, quick to make, in which it is plain what each note uses."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from types import MappingProxyType
from typing import Final

from PIL import Image

from tests.project.sample import CAMPAIGN, FACTS, MESSAGES, SOURCES

THEME: Final = """\
typefaces: {sans: Fira Sans}
palette: {ink: "#111111", line: "#777777", tint: "#eeeeee", accent: "#882200", link: "#004488"}
scale: {base: 10}
text-styles:
  body: {typeface: sans, color: ink}
  heading-1: {weight: 600, step: 2}
  source: {step: -1}
  caption: {step: -1}
  folio: {step: -1}
list-styles:
  sources: {item: source}
"""
LAYOUT: Final = """\
name: Note
document-type: Note
channel: interpersonal
margins: {top: 20mm, right: 20mm, bottom: 20mm, left: 20mm}
grid: {gutter: 5mm}
fit: {pages: 2, exactly: no}
foot: {left: "{title}", right: "{page}", offset: 10mm}
slots:
  headline: {type: text, words: 6}
  message: {type: message, required: no}
  text: {type: prose, words: 30, required: no}
  photo: {type: image, required: no}
"""
TEMPLATE: Final = """\
{% import "parts.xml.j2" as parts %}
{% include "extra.xml.j2" ignore missing %}
<document>
<heading level="1">{{ slots.headline }}</heading>
{% if slots.message %}<paragraph>{{ slots.message.text }}</paragraph>{% endif %}
{% if slots.text %}{% for text in slots.text.paragraphs %}<paragraph>{{ text }}</paragraph>{% endfor %}{% endif %}
{% if slots.photo %}<image file="{{ slots.photo.file }}" alt="{{ slots.photo.alt }}" width="40"/>{% endif %}
{{ parts.close() }}
<sources/>
</document>
"""
PACK_TEMPLATE: Final = """\
<document><heading level="1">{{ pack.title }}</heading>{% if pack.sources %}<sources/>{% endif %}</document>
"""
PARTS: Final = """\
{% macro close() %}<paragraph>That is all.</paragraph>{% endmacro %}
"""


def note(number: int, text: str, more: str = "", audience: str = "clinicians") -> str:
    """The brief of a note."""
    return (
        f"layout: note\naudience: {audience}\ntitle: Note {number}\ndate: 2026-11-23\n{more}"
        f"slots:\n  headline: A note\n  text: >-\n    {text}\n"
    )


def picture(grey: int = 120) -> bytes:
    file = BytesIO()
    Image.new("L", (160, 160), grey).save(file, "PNG")
    return file.getvalue()


FILES: Final[Mapping[str, str | bytes]] = MappingProxyType(
    {
        "briefs/campaign.yaml": CAMPAIGN,
        "briefs/messages.yaml": MESSAGES,
        "briefs/facts.yaml": FACTS,
        "briefs/sources.yaml": SOURCES,
        "layouts/theme.yaml": THEME,
        "layouts/parts.xml.j2": PARTS,
        "layouts/note/layout.yaml": LAYOUT,
        "layouts/note/template.xml.j2": TEMPLATE,
        "layouts/meeting-pack/layout.yaml": LAYOUT.partition("slots:")[0],
        "layouts/meeting-pack/template.xml.j2": PACK_TEMPLATE,
        "briefs/plain.yaml": note(1, "Nothing is used here. [@faq]", "tags: [spring]\n"),
        "briefs/own.yaml": note(2, "The other {{ own-hours }} hours. [@pfp]", "contact: desk\n"),
        "briefs/clinic.yaml": note(3, "As many as {{ clinic-hours }} hours. [@pfp]", "forms: [grayscale]\n"),
        "briefs/told.yaml": note(4, "It works. [@qi-2015]").replace("  text:", "  message: hours\n  text:"),
        "briefs/seen.yaml": note(5, "Look. [@faq]", "tags: [spring, art]\n", "community")
        + "  photo: {file: photos/a.png, alt: A photo}\n",
        "briefs/packs/both.yaml": (
            "title: Both\ndate: 2027-01-14\nplace: Room 1\nfor: Partners\ntags: [spring]\n"
            "agenda:\n  - {title: One, owner: Lead, minutes: 20, for: discussion, paper: own}\npapers: [own, plain]\n"
        ),
        "photos/a.png": picture(),
    }
)


def many(count: int) -> dict[str, str | bytes]:
    """The campaign with `count` notes more, each of its own words."""
    texts = {f"briefs/n-{at:04}.yaml": note(at, f"Number {at} says so. [@faq]") for at in range(count)}
    return {**FILES, **texts}


def with_slips(count: int) -> dict[str, str | bytes]:
    """`count` notes, some of which have errors or warnings."""
    return {
        **many(count),
        "briefs/n-0003.yaml": note(3, "There is no {{ such-fact }}."),
        "briefs/n-0005.yaml": note(5, "Too many words, " + "really " * 40 + "[@faq]"),
        "briefs/n-0011.yaml": note(11, "Nobody wrote [@this]."),
    }
