"""A campaign to try checks on: the small one of `tests.project`, with a template and a second audience."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from briefpack.builds import Workshop, make_brief, make_pack
from briefpack.content import check_project
from briefpack.content.checks import idle_waivers
from briefpack.diagnostics import Diagnostic, render
from briefpack.project.files import DictFiles, source_lines
from briefpack.project.load import load_project
from tests.campaigns import shipped
from tests.project.sample import FILES as SAMPLE

TODAY: Final = date(2026, 11, 25)

TEMPLATE: Final = """\
{% import "parts.xml.j2" as parts with context %}
<document>
  <heading level="1">{{ slots.headline }}</heading>
  <paragraph>{{ slots.message.text }}</paragraph>
  {{ parts.section(slots.why) }}
  {% if slots.number %}{{ parts.stat(slots.number) }}{% endif %}
  {% if slots.cards %}{{ parts.cards(slots.cards) }}{% endif %}
  {% if slots.list %}{{ parts.items(slots.list) }}{% endif %}
  {% if slots.evidence %}{{ parts.table(slots.evidence) }}{% endif %}
  {% if slots.year and slots.year.kind == "waffle" %}{{ parts.waffle(slots.year) }}{% endif %}
  {% if slots.year and slots.year.kind != "waffle" %}{{ parts.chart(slots.year) }}{% endif %}
  {% if slots.story %}{% for text in slots.story.paragraphs %}<paragraph>{{ text }}</paragraph>{% endfor %}{% endif %}
  {% if slots.contact %}{{ parts.contact(slots.contact) }}{% endif %}
  {% if brief.sources %}<sources/>{% endif %}
</document>
"""
PACK_TEMPLATE: Final = """\
<document>
  <heading level="1">{{ pack.title }}</heading>
  {% for item in pack.agenda %}<paragraph>{{ item.title }} {{ item.note }}</paragraph>{% endfor %}
  {% if pack.sources %}<sources/>{% endif %}
</document>
"""
# Few words on a page, which is not what is tried here.
FIT: Final = ("fit: {pages: 1}", "fit: {pages: 1, fill: no}")
FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        **SAMPLE,
        **{path: SAMPLE[path].replace(*FIT) for path in SAMPLE if path.endswith("layout.yaml")},
        "layouts/theme.yaml": shipped()["layouts/theme.yaml"],
        "layouts/parts.xml.j2": shipped()["layouts/parts.xml.j2"],
        "layouts/sheet/template.xml.j2": TEMPLATE,
        "layouts/meeting-pack/template.xml.j2": PACK_TEMPLATE,
    }
)


def found(files: Mapping[str, str], today: date = TODAY, *, strict: bool = False) -> tuple[Diagnostic, ...]:
    """All that there is to say about the words of a campaign, as `briefpack check` would."""
    project_files = DictFiles(files)
    loaded = load_project(project_files)
    if loaded.project is None:
        return loaded.diagnostics
    shop = Workshop.of(project_files, loaded.project, today, strict=strict)
    said = [*loaded.diagnostics, *check_project(loaded.project, today)]
    for name in loaded.project.briefs:
        said += make_brief(shop, name, dry=True).diagnostics
    for name in loaded.project.packs:
        said += make_pack(shop, name, dry=True).diagnostics
    settled = shop.settled(said)
    idle = idle_waivers(loaded.project, settled, [*loaded.project.briefs, *loaded.project.packs])
    return tuple(dict.fromkeys([*settled, *shop.settled(idle)]))


def said(files: Mapping[str, str]) -> str:
    """The same as people read it."""
    return render(found(files), source_lines(DictFiles(files)))
