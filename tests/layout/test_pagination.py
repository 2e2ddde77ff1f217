"""From a flow to pages: whatever a box answers, it stands on a page or the flow is too long."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from briefpack.geometry import Rect
from briefpack.layout.boxes import Box, Flow, Leaf, Long
from briefpack.layout.frames import Frame
from briefpack.layout.pagination import Areas, excess, paginate
from briefpack.layout.styles import Setting
from tests.layout.trial import job

AREA = Rect(0, 0, 100, 100)


@dataclass(frozen=True, eq=False)
class Stubborn(Leaf, Long):
    """A box that says of no room that it fits, nor how it could be cut, as columns may that cannot end anywhere."""

    tall: float
    before: float = 0.0
    after: float = 0.0
    keep: bool = False

    def height(self, width: float, setting: Setting) -> float:
        return self.tall

    def within(self, width: float, room: float, setting: Setting) -> float | None:
        return None

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        return

    def split(self, width: float, room: float, setting: Setting) -> tuple[Box | None, Box | None]:
        return None, self


@pytest.mark.parametrize(("tall", "fits"), [(60.0, True), (100.0, True), (101.0, False)])
def test_a_box_that_cannot_be_cut_has_a_page_of_its_own_or_is_too_long(tall: float, fits: bool) -> None:
    """What follows it is not lost."""
    boxes = (Stubborn(60.0), Stubborn(tall), Stubborn(60.0))
    flow = Flow(boxes, job("<paragraph>a</paragraph>").styles)
    pages = paginate(flow, Areas(AREA), Setting(), 5)
    if fits:
        assert [box for page in pages for box in page] == list(boxes)
        assert len(pages) == 3
    assert (excess(flow, Areas(AREA), 5, Setting()) <= 0) is fits
