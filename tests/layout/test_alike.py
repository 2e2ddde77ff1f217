"""Pages that have most of their frames in common with one met before."""

from __future__ import annotations

from collections.abc import Sequence

from briefpack.geometry import Rect
from briefpack.layout.alike import Alike, Frames
from briefpack.layout.frames import TextFrame


def page() -> Frames:
    """A page whose frames are no other's."""
    return tuple([TextFrame(None, Rect(0.0, 0.0, 1.0, 1.0), (), (), ()) for _ in range(4)])


def met(pages: Sequence[Frames], limit: int = 12) -> Alike[int]:
    alike: Alike[int] = Alike(len, limit)
    for each in pages:
        assert alike.near(each) is None
        alike.keep(each)
    return alike


def test_a_page_is_known_by_most_of_its_frames_and_which_are_others_is_told() -> None:
    first, second = page(), page()
    alike = met([first, second])
    near = alike.near((first[0], second[1], first[2], first[3]))
    assert near is not None
    assert near[0].frames is first
    assert (near[0].kept, near[1]) == (4, (1,))
    assert alike.near((first[0], second[1], *page()[:2])) is None
    assert alike.near(first[:3]) is None


def test_of_a_page_that_none_is_like_nothing_is_worked_out() -> None:
    worked_out: list[Frames] = []
    alike: Alike[None] = Alike(worked_out.append)
    first = page()
    alike.keep(first)
    alike.keep(page())
    assert not worked_out
    near = alike.near(first)
    assert near is not None
    assert (near[0].kept, near[0].kept, worked_out) == (None, None, [first])


def test_after_many_pages_that_are_like_none_those_like_the_last_are_found_at_once_and_the_others_soon() -> None:
    pages = [page() for _ in range(100)]
    alike = met(pages)
    near = alike.near(pages[-1])
    assert near is not None
    assert near[0].frames is pages[-1]
    assert alike.near(pages[-12]) is not None

    alike = met(pages)
    found = [alike.near(pages[-12]) is not None for _ in range(12)]
    assert any(found)
