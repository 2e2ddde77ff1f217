"""Where everything stands on its page, and what is said when it cannot."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from briefpack.layout import Result, TextFrame, lay_out
from briefpack.project.files import DictFiles
from briefpack.project.load import load_project
from tests.goldens import Case, cases
from tests.layout.trial import FILES, THEME, findings, job, laid, shown, text_frames

GOLDENS: Final = Path(__file__).parent / "goldens"


def picture(kind: str = "PNG") -> bytes:
    """Red, 30 by 10 pixels."""
    file = BytesIO()
    Image.new("RGB", (30, 10), "red").save(file, kind)
    return file.getvalue()


PICTURES: Final = {
    "photos/red.png": picture(),
    "photos/broken.png": picture()[:40],
    "photos/cut.jpg": picture("JPEG")[:-200],
    "photos/text.jpg": b"This is no picture.",
}


def laid_out(case: Case) -> Result:
    """The document of a case: its template, the changes to the layout and the slots, a line each."""
    (document,) = case.of("document")
    layout = case.changed(FILES)["layouts/trial/layout.yaml"]
    lines = [line for section in case.of("slots") for line in section.body.splitlines()]
    slots = dict(line.split(": ", 1) for line in lines)
    return lay_out(job(document.body, layout, slots=slots, files=PICTURES))


@pytest.mark.parametrize("case", cases(GOLDENS / "pages.txt"), ids=str)
def test_pages(case: Case) -> None:
    result = laid_out(case)
    case.check(shown(result.laid_out) if result.laid_out else findings(result))


def test_a_justified_style_brings_its_lines_to_the_measure() -> None:
    words = "Peer support is good health care for all people, in the clinic and in all the hours beyond it. " * 2
    theme = THEME.replace("  grey:", "  even: {align: justify}\n  grey:")
    page = laid(job(f'<paragraph style="even">{words}</paragraph>', theme=theme)).pages[0]
    [frame] = [each for each in page.frames if isinstance(each, TextFrame) and each.tag]
    assert len(frame.lines) > 2
    assert [line.width for line in frame.lines[:-1]] == pytest.approx([frame.bounds.width] * (len(frame.lines) - 1))
    assert frame.lines[-1].width < frame.bounds.width
    assert set(frame.starts) == {frame.bounds.x}


@pytest.mark.parametrize("case", cases(GOLDENS / "slips.txt", GOLDENS / "regions.txt"), ids=str)
def test_slips(case: Case) -> None:
    """Whoever can mend it is told: the file, the slot, the character, the amount. A warning comes with its pages."""
    result = laid_out(case)
    case.check(findings(result) + (shown(result.laid_out) if result.laid_out else ""))


def test_figures_in_a_table_are_of_one_width_unless_its_style_has_others() -> None:
    """Whatever the typeface does by itself."""
    table = "<table><tr><td>111</td><td>888</td></tr></table>"
    widths = [frame.lines[0].width for _, frame in text_frames(laid(job(table)))]
    assert widths[0] == pytest.approx(widths[1])
    theme = THEME.replace("cell: {step: -1, leading: 1.2}", "cell: {step: -1, leading: 1.2, features: [pnum, -kern]}")
    proportional = [frame.lines[0].width for _, frame in text_frames(laid(job(table, theme=theme)))]
    assert proportional[0] < proportional[1]


def test_a_feature_is_a_tag_of_four_letters() -> None:
    theme = THEME.replace("lead: {step: 1, hyphenate: yes}", "lead: {step: 1, features: [tabular]}")
    loaded = load_project(DictFiles({**FILES, "layouts/theme.yaml": theme}))
    assert [item.message for item in loaded.diagnostics] == [
        "expected the tag of an OpenType feature, such as `tnum`, or `-liga` to turn one off, found `tabular`"
    ]
