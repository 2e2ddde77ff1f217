"""Names of themes and layouts that nothing uses: what is told, and what is near to that and is not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from briefpack import api
from briefpack.builds.unused import unused_names
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from briefpack.templates import Templates
from tests.campaigns import put, shipped, starter, swap

THEME: Final = "layouts/theme.yaml"
HANDOUT: Final = "layouts/handout/layout.yaml"
TEMPLATE: Final = "layouts/handout/template.xml.j2"
GROUPS: Final = {
    "typefaces": ("typeface", "Fira Sans"),
    "palette": ("colour", '"#123456"'),
    "text-styles": ("text style", "{weight: 600}"),
    "box-styles": ("box style", "{before: 2}"),
    "list-styles": ("list style", "{gap: 2}"),
    "table-styles": ("table style", "{before: 2}"),
    "chart-styles": ("chart style", "{before: 2}"),
    "spaces": ("space", "3"),
}
# How a name of each kind is used.
USES: Final = {
    "typefaces": (THEME, "text-styles:\n", "text-styles:\n  url-2: {typeface: odd}\n"),
    "palette": (THEME, "box-styles:\n", "box-styles:\n  card-2: {ground: odd}\n"),
    "text-styles": (THEME, "list-styles:\n", "list-styles:\n  bullet-2: {label: odd}\n"),
    "box-styles": (TEMPLATE, "<document>\n", '<document>\n<section style="odd"><paragraph>x</paragraph></section>\n'),
    "list-styles": (TEMPLATE, "<document>\n", '<document>\n<list style="odd"/>\n'),
    "table-styles": (THEME, "table-styles:\n", "table-styles:\n  table-2: {like: odd}\n"),
    "chart-styles": (TEMPLATE, "<document>\n", '<document>\n{% set style = "odd" %}<plot style="{{ style }}"/>\n'),
    "spaces": (THEME, "box-styles:\n", "box-styles:\n  card-2: {padding: [odd, 2]}\n"),
}


def told(files: Mapping[str, str]) -> list[tuple[str, str, str, str | None]]:
    """The place, rule, message and help of each finding."""
    read = DictFiles(files)
    loaded = load_project(read)
    assert loaded.project is not None, loaded.diagnostics
    assert loaded.diagnostics == ()
    found = list(unused_names(loaded.project, Templates(read.read_text)))
    lines = {path: text.splitlines() for path, text in files.items()}
    for item in found:
        assert item.span is not None
        assert (
            f"`{lines[item.span.path][item.span.line - 1][item.span.column - 1 :].partition(':')[0]}`" in item.message
        )
    return [(item.span.path if item.span is not None else "", item.rule, item.message, item.help) for item in found]


def declared(files: Mapping[str, str], group: str, name: str, path: str = THEME) -> dict[str, str]:
    """`files` with `name` among the `group` of the theme, or of the handout's."""
    value = GROUPS[group][1]
    indent, text = ("", files[path]) if path == THEME else ("  ", files[path])
    head = f"{indent}{group}:\n"
    entry = f"{indent}  {name}: {value}\n"
    if head in text:
        return swap(files, path, head, head + entry)
    if path == THEME:
        return {**files, path: f"{text}{head}{entry}"}
    return swap(files, path, "theme:\n", f"theme:\n{head}{entry}")


def test_the_campaign_has_no_idle_names() -> None:
    assert told(starter()) == []
    assert told(shipped()) == []


@pytest.mark.parametrize("group", GROUPS)
def test_a_name_of_the_theme(group: str) -> None:
    files = declared(shipped(), group, "odd")
    message = f"no style, layout or template uses the {GROUPS[group][0]} `odd`"
    assert told(files) == [(THEME, "unused-name", message, "take `odd` out, or use it")]
    assert told(swap(files, *USES[group])) == []


@pytest.mark.parametrize("group", [group for group in GROUPS if group not in ("typefaces", "palette")])
def test_a_name_of_the_theme_of_a_layout(group: str) -> None:
    """One that the template of another layout uses does nothing in this one."""
    mark = '{# "odd" #}'
    files = declared(shipped(), group, "odd", HANDOUT)
    other = "layouts/one-pager/template.xml.j2"
    message = f"nothing in this layout uses the {GROUPS[group][0]} `odd`"
    expected = [(HANDOUT, "unused-name", message, "take `odd` out, or use it in the template")]
    assert told({**files, other: mark + files[other]}) == expected
    assert told({**files, TEMPLATE: mark + files[TEMPLATE]}) == []


@pytest.mark.parametrize("name", ["heading-6", "cell-2", "bullet-3", "record-head", "quote", "section"])
def test_a_style_that_pages_are_set_in_by_themselves_is_used(name: str) -> None:
    assert told(declared(shipped(), "text-styles", name)) == []


@pytest.mark.parametrize(
    "line",
    [
        '<card style="{{ slots.what.kind }}"/>',
        '<card style="odd-{{ brief.kind }}"/>',
        '<card style="{{ "odd-" ~ loop.index }}"/>',
        '{% set look = brief.kind %}{% set style = look %}<card style="{{ style }}"/>',
        '{% set look %}{{ brief.kind }}{% endset %}<card style="{{ look }}"/>',
        '{% for look in slots.does.items %}<card style="{{ look }}"/>{% endfor %}',
        '{% macro it(value, look) %}<card style="{{ look }}"/>{% endmacro %}{{ it(1, brief.kind) }}',
        '{% macro it(look) %}<card style="{{ look }}"/>{% endmacro %}{{ it(look=brief.kind) }}',
        '<card{{ {"style": brief.kind} | xmlattr }}/>',
        "{% include brief.kind %}",
    ],
)
def test_of_styles_that_a_template_works_out_nothing_is_said(line: str) -> None:
    files = declared(shipped(), "box-styles", "odd-one")
    assert told({**files, TEMPLATE: files[TEMPLATE] + line}) == []
    plain = '{% macro it(look="card") %}<card style="{{ look }}"/>{% endmacro %}{{ it("x") }}{{ it(look="foot") }}'
    assert len(told({**files, TEMPLATE: files[TEMPLATE] + plain})) == 1


def test_a_slot_that_the_template_never_prints() -> None:
    files = swap(shipped(), HANDOUT, "slots:\n", "slots:\n  extra: {type: text, required: no}\n")
    help = "print `slots.extra` in the template, or take the slot out"
    message = "the template never prints the slot `extra`"
    assert told(files) == [(HANDOUT, "unused-slot", message, help)]
    for use in (
        "{{ slots.extra }}",
        '{{ slots["extra"] }}',
        "{{ slots[brief.kind] }}",
        "{{ it(slots) }}",
        "{% for name in slots %}x{% endfor %}",
        '{{ slots.get("x") }}',
        "{{ brief.slots }}",
    ):
        assert told({**files, TEMPLATE: files[TEMPLATE] + use}) == [], use
    assert len(told({**files, TEMPLATE: files[TEMPLATE] + "{# all slots #}{{ slots.extras }}"})) == 1


def test_a_check_of_all_tells_it_and_keeps_it(tmp_path: Path) -> None:
    campaign = put(tmp_path, declared(shipped(), "palette", "odd"))
    again = campaign / "briefs/community.yaml"

    def rules(*names: str, strict: bool = False) -> list[tuple[str, str]]:
        report = api.check(campaign, names, strict=strict, keep=True)
        assert not report.failed, report.text()
        return [(item.rule, item.severity.value) for item in report.diagnostics if item.rule.startswith("unused")]

    expected = [("unused-name", "note")]
    assert rules("community") == []
    assert rules() == expected  # looked for
    assert rules() == expected  # kept, nothing read
    assert rules(strict=True) == expected
    again.write_text(again.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert rules() == expected  # kept, a brief read
    again.write_text(again.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert rules("community") == []
    assert rules() == expected
    put(campaign, shipped())
    assert rules() == []
    put(campaign, declared(shipped(), "palette", "odd"))
    settings = campaign / "briefs/campaign.yaml"
    for setting in ("off", "warning"):
        text = starter()["briefs/campaign.yaml"]
        assert "\nrules:" not in text
        settings.write_text(f"{text}\nrules: {{unused-name: {setting}}}\n", encoding="utf-8")
        assert rules() == ([("unused-name", "warning")] if setting == "warning" else [])
