"""SVG files: what is drawn is drawn as it is meant, everything else is refused with its place and a remedy."""

from __future__ import annotations

from functools import cache
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefpack.diagnostics import Severity
from briefpack.graphics.artwork import Artwork, Layer, Shape, box
from briefpack.graphics.svg import read_svg
from briefpack.graphics.svg import reading as limits
from briefpack.graphics.svg.paths import BadNumber, path
from briefpack.pdf.artwork import artwork_ink
from briefpack.text import Faces, Shaper
from briefpack.text.outlines import FaceLetters
from tests.graphics.drawings import DRAWINGS, HEAD, svg


@cache
def letters() -> FaceLetters:
    return FaceLetters(Faces(), Shaper(), "Fira Sans", frozenset({"Fira Sans", "Atkinson Hyperlegible"}))


def drawn(body: str) -> Artwork:
    artwork, found = read_svg(f"{HEAD}{body}</svg>".encode(), "x.svg", letters())
    assert artwork is not None, found
    assert found == ()
    return artwork


def said(data: bytes) -> list[str]:
    """What is said of a drawing: rule, line and column, message, remedy."""
    artwork, found = read_svg(data, "x.svg", letters())
    assert (artwork is None) == any(each.severity is Severity.ERROR for each in found)
    return [
        f"{each.rule} {each.span.line}:{each.span.column} {each.message} | {each.help}"
        if each.span is not None
        else f"{each.rule} {each.message} | {each.help}"
        for each in found
    ]


REFUSED = {
    "picture": (
        '<image href="a.png"/>',
        "`<image>` is not supported | put the picture on the page as a file of its own",
    ),
    "html": ("<foreignObject/>", "`<foreignObject>` is not supported | turn its text into SVG text or outlines"),
    "script": ("<script>x()</script>", "`<script>` is not supported | save the finished drawing as plain SVG"),
    "animation": (
        '<animate attributeName="x"/>',
        "the drawing is animated | save the picture that it ends with",
    ),
    "unknown": ("<sparkle/>", "`<sparkle>` is not supported | flatten the drawing, or save it as a PNG of 300 ppi"),
    "mask": (
        '<mask id="m"/><rect width="9" height="9" mask="url(#m)"/>',
        "`mask: url(#m)` is not supported | flatten the drawing, or save it as a PNG of 300 ppi",
    ),
    "filter": (
        '<filter id="m"/><rect width="9" height="9" style="filter:url(#m)"/>',
        "`filter: url(#m)` is not supported | flatten the drawing, or save it as a PNG of 300 ppi",
    ),
    "arrow": (
        '<path d="M0 0h9" marker-end="url(#m)"/>',
        "`marker-end: url(#m)` is not supported | turn strokes with arrow heads into outlines",
    ),
    "pattern": (
        '<pattern id="p"/><rect width="9" height="9" fill="url(#p)"/>',
        "a fill with `<pattern>` is not supported | flatten the drawing, or save it as a PNG of 300 ppi",
    ),
    "blend": (
        '<rect width="9" height="9" style="mix-blend-mode: multiply"/>',
        "`mix-blend-mode: multiply` is not supported | flatten the drawing, or save it as a PNG of 300 ppi",
    ),
    "fade": (
        '<linearGradient id="g"><stop/><stop offset="1" stop-opacity="0"/></linearGradient>'
        '<rect width="9" height="9" fill="url(#g)"/>',
        "a gradient fades to transparent | flatten the drawing, or save it as a PNG of 300 ppi",
    ),
    "repeat": (
        '<linearGradient id="g" spreadMethod="repeat"><stop/><stop offset="1" stop-color="red"/></linearGradient>'
        '<rect width="9" height="9" fill="url(#g)"/>',
        "a gradient with `spreadMethod: repeat` is not supported | flatten the drawing, or save it as a PNG of 300 ppi",
    ),
    "circle of gradients": (
        '<linearGradient id="g" href="#h"/><linearGradient id="h" href="#g"/>'
        '<rect width="9" height="9" fill="url(#g)"/>',
        "gradients refer to one another in a circle | save it again as plain SVG",
    ),
    "stroke": (
        '<linearGradient id="g"><stop/><stop offset="1" stop-color="red"/></linearGradient>'
        '<path d="M0 0l9 9" stroke="url(#g)"/>',
        "a line in a gradient is not supported | turn the stroke into an outline",
    ),
    "overlapping clip": (
        '<clipPath id="c"><circle r="9"/><circle r="8"/></clipPath><rect width="9" height="9" clip-path="url(#c)"/>',
        "a clip path of shapes that overlap is not supported | unite the shapes of the clip",
    ),
    "css": (
        '<style>g > rect { fill: red }</style><rect width="9" height="9"/>',
        "the style rule `g > rect` is not supported | save it with styles as presentation attributes",
    ),
    "import": (
        '<style>@import url(https://example.org/a.css);</style><rect width="9" height="9"/>',
        "the style sheet has `@` rules | save it with styles as presentation attributes",
    ),
    "another file": (
        '<use href="other.svg#a"/>',
        "`other.svg#a` leads to another file | save it again as plain SVG",
    ),
    "nothing there": ('<use href="#a"/>', "there is nothing called `a` in the drawing | save it again as plain SVG"),
    "itself": ('<g id="a"><use href="#a"/></g>', "`a` uses itself | save it again as plain SVG"),
    "colour": (
        '<rect width="9" height="9" fill="reddish"/>',
        "`reddish` is no colour | write it as `#rrggbb`",
    ),
    "number": ('<rect width="9q8" height="9"/>', "`9q8` is not understood in `<rect>` | save the drawing again"),
    "infinity": ('<rect width="1e999" height="9"/>', "`1e999` is not understood in `<rect>` | save the drawing again"),
    "path": ('<path d="M0 0 L9"/>', "`the end of the path` is not understood in `<path>` | save the drawing again"),
    "letter by letter": (
        '<text x="0 9 18" y="20">abc</text>',
        "text with a place for each letter is not supported | turn the text into outlines",
    ),
    "on a path": (
        "<text><textPath>a</textPath></text>",
        "`<textPath>` in text is not supported | turn the text into outlines",
    ),
    "underline": (
        '<text style="text-decoration: underline">a</text>',
        "`text-decoration: underline` is not supported | draw the line, or turn text into outlines",
    ),
    "nothing": ("", "`x.svg` draws nothing | check that its shapes are inside the `viewBox`"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_drawn_is_refused(name: str) -> None:
    """At its line, never left out in silence."""
    body, expected = REFUSED[name]
    [found] = said(f"{HEAD}\n{body}\n</svg>".encode())
    assert found.split(" ", 2)[2] == expected
    assert found.split(" ", 2)[0] in ("unsupported-drawing", "unreadable-image")
    assert found.split(" ", 2)[1].startswith("2:" if body else "1:") or name in ("css", "import")


def test_definitions_that_nothing_uses_are_no_trouble() -> None:
    drawn('<defs><mask id="m"/><filter id="f"/><pattern id="p"/><marker id="a"/></defs><rect width="9" height="9"/>')


def test_other_vocabularies_draw_nothing() -> None:
    """Those of Inkscape, Illustrator and of metadata."""
    drawn(
        '<sodipodi:namedview xmlns:sodipodi="http://example.org/s"><sodipodi:guide/></sodipodi:namedview>'
        '<metadata><rdf:RDF xmlns:rdf="http://example.org/r"/></metadata><title>A</title><desc>B</desc>'
        '<rect width="9" height="9" style="-inkscape-stroke:none;fill:#f00"/>'
    )


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            b"",
            "unreadable-image 1:1 `x.svg` is not well-formed: no element found | save it again with a drawing program",
        ),
        (
            b"<svg><rect></svg>",
            "unreadable-image 1:49 `x.svg` is not well-formed: mismatched tag | save it again with a drawing program",
        ),
        (b"<html/>", "unreadable-image `x.svg` is not an SVG drawing | save it again as plain SVG"),
        (
            b"<svg><rect width='9' height='9'/></svg>",
            "unreadable-image 1:1 `x.svg` does not say how large it is | give `<svg>` a `viewBox`",
        ),
        (b"\x1f\x8b\x08", "unreadable-image `x.svg` is a compressed drawing | save it as plain SVG"),
        (
            b'<?xml-stylesheet href="a.css"?><svg/>',
            "unsupported-drawing 1:1 the drawing takes its style from another file | save it again as plain SVG",
        ),
    ],
    ids=["empty", "xml", "html", "no size", "svgz", "style sheet"],
)
def test_a_file_that_is_no_drawing_is_refused(data: bytes, expected: str) -> None:
    data = data.replace(b"<svg", b'<svg xmlns="http://www.w3.org/2000/svg"')
    [found] = said(data)
    assert found == expected


def test_entities_are_refused_before_they_multiply() -> None:
    laughs = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    data = f'<!DOCTYPE svg [<!ENTITY l0 "ha">{laughs}]><svg xmlns="http://www.w3.org/2000/svg">&l11;</svg>'
    [found] = said(data.encode())
    assert found.startswith("unsupported-drawing 1:")
    assert found.endswith("the drawing declares entities | save it again as plain SVG")


def test_a_file_from_elsewhere_is_never_read() -> None:
    data = b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>'
    assert "declares entities" in said(data)[0]


def test_a_plain_document_type_is_no_trouble() -> None:
    doctype = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    artwork, found = read_svg(doctype + svg('<circle r="9"/>'), "x.svg", letters())
    assert artwork is not None
    assert found == ()


@pytest.mark.parametrize(
    ("leaf", "much"),
    [
        ("circle", f"has more than {limits.MOST_MARKS:,} shapes or {limits.MOST_SEGMENTS:,} parts of lines"),
        ("g", f"comes to more than {limits.MOST_STEPS:,} elements"),
    ],
)
def test_a_drawing_that_multiplies_itself_is_stopped(leaf: str, much: str) -> None:
    """Ten uses of ten uses, nine deep: a thousand million circles, or nothings."""
    groups = "".join(f'<g id="g{at}">{f"""<use href="#g{at - 1}"/>""" * 10}</g>' for at in range(1, 10))
    start = perf_counter()
    [found] = said(f'{HEAD}<defs><{leaf} id="g0" r="1"/>{groups}</defs><use href="#g9"/></svg>'.encode())
    assert perf_counter() - start < 20
    assert found.endswith(f"the drawing {much} | simplify the drawing, or save it as a PNG of 300 ppi")


@pytest.mark.parametrize("element", ["g", 'g opacity=".9"'])
def test_a_deep_nest_is_refused(element: str) -> None:
    data = f"{HEAD}{f'<{element}>' * 3000}{'</g>' * 3000}</svg>".encode()
    [found] = said(data)
    assert found.endswith("elements are nested more than 100 deep | take groups apart")


def test_layers_are_not_nested_deeper_than_a_page_may_be() -> None:
    """PDF/A allows 28 graphics states inside of one another."""
    body = '<g opacity=".9">' * 20 + '<rect width="9" height="9"/><circle r="9"/>' + "</g>" * 20
    [found] = said(f"{HEAD}{body}</svg>".encode())
    assert "clips and opacities are nested more than 12 deep" in found


def test_a_typeface_that_is_not_there_is_told() -> None:
    [found] = said(svg('<text y="20" font-family="Comic Sans MS, cursive">Hello</text>'))
    assert found.endswith(
        "the drawing is lettered in `Comic Sans MS`, `cursive`, and is set in `Fira Sans` instead "
        "| turn its text into outlines, or name a typeface of the theme in the drawing"
    )
    assert found.startswith("substituted-typeface")


@pytest.mark.parametrize("family", ["sans-serif", "Nowhere, fira sans", "Atkinson Hyperlegible"])
def test_a_general_typeface_or_one_of_the_theme_is_not_worth_a_word(family: str) -> None:
    assert said(svg(f'<text y="20" font-family="{family}">Hello</text>')) == []


def test_a_character_that_no_face_has_is_an_error() -> None:
    [found] = said(svg('<text y="20">日</text>'))
    assert found.endswith("the typeface `Fira Sans` has no `日` (U+65E5) | turn the text of the drawing into outlines")


def test_proportions_come_from_the_size_then_from_the_box() -> None:
    for head, ratio in (
        ('viewBox="0 0 200 100"', 0.5),
        ('width="100mm" height="100mm" viewBox="0 0 200 100"', 1.0),
        ('width="100%" height="100%" viewBox="0 0 200 100"', 0.5),
        ('width="50" height="200"', 4.0),
        ('width="50" viewBox="0 0 10 20"', 2.0),
    ):
        data = f'<svg xmlns="http://www.w3.org/2000/svg" {head}><circle r="9"/></svg>'.encode()
        artwork, found = read_svg(data, "x.svg", letters())
        assert artwork is not None, found
        assert artwork.height / artwork.width == pytest.approx(ratio)
        assert max(artwork.width, artwork.height) == pytest.approx(1000)


def test_opacity_of_one_fill_needs_no_layer_and_of_a_group_does() -> None:
    [single] = drawn('<rect width="9" height="9" opacity=".5"/>').marks
    assert isinstance(single, Shape)
    assert single.opacity == 0.5
    [group] = drawn('<g opacity=".5"><rect width="9" height="9"/><circle r="3"/></g>').marks
    assert isinstance(group, Layer)
    assert group.opacity == 0.5


def test_a_pen_seen_askew_keeps_its_matrix() -> None:
    [mark] = drawn('<path transform="scale(2 1)" d="M0 0h9" stroke="#000" fill="none"/>').marks
    assert isinstance(mark, Shape)
    assert mark.matrix == (10, 0, 0, 5, 0, 0)


def test_the_same_drawing_is_the_same_ink() -> None:
    for data in DRAWINGS.values():
        one, other = (read_svg(data, "x.svg", letters())[0] for _ in range(2))
        assert one is not None
        assert other is not None
        assert artwork_ink(one) == artwork_ink(other)


NUMBERS = st.floats(-1000, 1000, allow_nan=False).map(lambda number: f"{number:.3f}")
COMMANDS = st.one_of(
    st.tuples(st.sampled_from("MmLlTt"), st.lists(NUMBERS, min_size=2, max_size=2)),
    st.tuples(st.sampled_from("HhVv"), st.lists(NUMBERS, min_size=1, max_size=1)),
    st.tuples(st.sampled_from("Cc"), st.lists(NUMBERS, min_size=6, max_size=6)),
    st.tuples(st.sampled_from("SsQq"), st.lists(NUMBERS, min_size=4, max_size=4)),
    st.tuples(st.sampled_from("Zz"), st.just([])),
    st.tuples(
        st.sampled_from("Aa"),
        st.tuples(NUMBERS, NUMBERS, NUMBERS, st.sampled_from("01"), st.sampled_from("01"), NUMBERS, NUMBERS),
    ),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(COMMANDS, max_size=12))
def test_any_path_is_an_outline(commands: list[tuple[str, list[str]]]) -> None:
    """Of finite numbers, begun with a move, and with a box."""
    data = "M0 0" + "".join(f"{letter}{' '.join(numbers)}" for letter, numbers in commands)
    segments = path(data)
    assert segments[0] == ("m", (0.0, 0.0))
    assert all(abs(number) < 1e9 for _, numbers in segments for number in numbers)
    left, top, right, bottom = box(segments)
    assert left <= right
    assert top <= bottom


@settings(max_examples=200, deadline=None)
@given(st.text("MmLlHVCSQTAz0123456789.-+e, ", max_size=60))
def test_garbled_paths_are_refused_or_drawn(data: str) -> None:
    try:
        path(data)
    except BadNumber:
        return


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(DRAWINGS)),
    st.integers(0, 4000),
    st.text("<>/\"'=#()0-9aeux ", max_size=6),
    st.integers(0, 6),
)
def test_a_damaged_drawing_is_drawn_or_refused(name: str, place: int, new: str, cut: int) -> None:
    """Whatever is written over it: never an exception, and what is drawn can be written."""
    data = DRAWINGS[name].decode()
    place %= len(data)
    artwork, found = read_svg((data[:place] + new + data[place + cut :]).encode(), "x.svg", letters())
    if artwork is None:
        assert any(each.severity is Severity.ERROR for each in found)
    else:
        artwork_ink(artwork)
