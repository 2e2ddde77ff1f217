"""Where everything stands on its page, and what is said when it cannot."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from briefpack.layout import Result, TextFrame, lay_out
from tests.goldens import Case, cases
from tests.layout.trial import FILES, THEME, findings, job, laid, shown

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
