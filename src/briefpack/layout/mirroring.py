"""Pages of a language that is written from right to left: composed from left to right, then mirrored.

Columns, margins, indents, labels, rules and charts change sides; lines of text, pictures and codes are moved
to their place in the mirror and stay as they are. What was aligned left is then aligned right, and the other way.
"""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from briefpack.geometry import Rect
from briefpack.graphics.primitives import Path, Segment
from briefpack.layout.frames import Frame, ImageFrame, LinkFrame, Page, ShapeFrame, TextFrame


def mirrored(page: Page) -> Page:
    """`page` seen in a mirror that stands beside it; mirrored twice it is what it was."""
    width = page.size.width
    return replace(page, frames=tuple(_frame(frame, width) for frame in page.frames))


def _frame(frame: Frame, width: float) -> Frame:
    match frame:
        case TextFrame(lines=lines, starts=starts):
            turned = tuple(width - start - line.width for line, start in zip(lines, starts, strict=True))
            return replace(frame, bounds=_rect(frame.bounds, width), starts=turned)
        case ShapeFrame(paths=paths, bounds=bounds):
            area = _rect(bounds, width)
            turn = _shifted if frame.upright else _path
            by = area.x - bounds.x if frame.upright else width
            return replace(frame, bounds=area, paths=tuple(turn(path, by) for path in paths))
        case ImageFrame(whole=whole, bounds=bounds):
            area = _rect(bounds, width)
            # The same part of the picture is seen.
            return replace(frame, bounds=area, whole=replace(whole, x=whole.x + area.x - bounds.x))
        case LinkFrame(areas=areas):
            return replace(frame, areas=tuple(_rect(area, width) for area in areas))
        case _:
            assert_never(frame)


def _rect(rect: Rect, width: float) -> Rect:
    return Rect(width - rect.right, rect.y, rect.width, rect.height)


def _path(path: Path, width: float) -> Path:
    return replace(path, segments=tuple(_segment(segment, width) for segment in path.segments))


def _segment(segment: Segment, width: float) -> Segment:
    operator, numbers = segment
    if operator == "re":
        left, top, across, down = numbers
        return operator, (width - left - across, top, across, down)
    return operator, tuple(number if at % 2 else width - number for at, number in enumerate(numbers))


def _shifted(path: Path, by: float) -> Path:
    def shift(segment: Segment) -> Segment:
        operator, numbers = segment
        if operator == "re":
            return operator, (numbers[0] + by, *numbers[1:])
        return operator, tuple(number if at % 2 else number + by for at, number in enumerate(numbers))

    return replace(path, segments=tuple(map(shift, path.segments)))
