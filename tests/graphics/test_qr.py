"""QR codes: the quiet zone, the strength of their error correction, and how large they have to be."""

from __future__ import annotations

import pytest

from briefpack.geometry import MM
from briefpack.graphics.qr import LEAST_MODULE, QUIET_ZONE, least_side, modules, most_characters, qr_code
from briefpack.layout.contrast import extent


def level(url: str) -> str:
    """The error correction that the symbol itself says, in its format bits (ISO/IEC 18004, 7.9)."""
    symbol = modules(url)
    mask = (True, False)  # of the two bits: 10101..., 7.9.1
    bits = symbol[8][0] != mask[0], symbol[8][1] != mask[1]
    return {(False, True): "L", (False, False): "M", (True, True): "Q", (True, False): "H"}[bits]


@pytest.mark.parametrize(
    ("length", "expected"), [(7, "H"), (8, "Q"), (11, "Q"), (12, "M"), (14, "M"), (15, "Q"), (17, "Q"), (26, "M")]
)
def test_errors_are_corrected_as_well_as_the_size_allows(length: int, expected: str) -> None:
    """Versions 1 and 2 hold 7, 11, 14 and 14, 20, 26 bytes at H, Q and M (ISO/IEC 18004, table 7)."""
    assert level("x" * length) == expected


def test_the_quiet_zone_is_four_modules_of_paper() -> None:
    drawing = qr_code("https://example.org", 100, "#000000", "#ffffff")
    count = len(modules("https://example.org")) + 2 * QUIET_ZONE
    ground, dark = drawing.paths
    box = extent(dark.segments)
    assert QUIET_ZONE == 4
    assert (box.x, box.y) == pytest.approx((4 * 100 / count, 4 * 100 / count))
    assert (box.right, box.bottom) == pytest.approx((100 - box.x, 100 - box.y))
    assert ground.fill == "#ffffff"
    assert extent(ground.segments).width == 100


@pytest.mark.parametrize("length", [1, 14, 15, 78, 213, 560, 2331])
def test_modules_are_never_smaller_than_can_be_scanned(length: int) -> None:
    url = "x" * length
    assert least_side(url) / (len(modules(url)) + 8) == pytest.approx(LEAST_MODULE)
    assert pytest.approx(0.4 * MM) == LEAST_MODULE


def test_what_no_symbol_holds_is_refused() -> None:
    """Version 40 holds 2331 bytes at level M."""
    with pytest.raises(ValueError, match="2332 characters are too many"):
        modules("x" * 2332)


def test_the_most_characters_are_those_that_still_fit() -> None:
    for side in (26 * MM, 40 * MM):
        most = most_characters(side)
        assert least_side("x" * most) <= side < least_side("x" * (most + 1))


def test_letters_outside_of_ascii_are_encoded_as_links_are() -> None:
    assert modules("https://example.org/ü") == modules("https://example.org/%C3%BC")
