"""A sample file of two papers with one of everything a page can carry."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from briefpack.document import ROOT, Element, Tag
from briefpack.geometry import Rect
from briefpack.graphics.primitives import Path, line, rectangle
from briefpack.graphics.rasters import Raster, open_raster
from briefpack.layout.frames import Destination, Frame, ImageFrame, LaidOut, LinkFrame, OutlineEntry, ShapeFrame
from tests.pdf.pages import Press, Run, laid_out

URL = "https://harbourhealth.example/peer-support?q=Füße&x=1"

_RAISED = (("sups", 1),)


def picture(mode: str, kind: str, color: tuple[int, ...] | int) -> bytes:
    """A picture of 4 by 3 pixels."""
    file = BytesIO()
    Image.new(mode, (4, 3), color).save(file, kind)
    return file.getvalue()


def image(node: int, area: Rect, raster: Raster) -> ImageFrame:
    return ImageFrame(Tag(node), area, raster, area)


def one_pager(press: Press) -> LaidOut:
    """Two pages: heading, paragraph with links, list, table, figures, a running foot."""
    first = (*_heading(press), *_paragraph(press), *_list(press), *_table(press))
    second = (*_figures(press), press.block(None, 50, 800, press.line("Page 2"), artifact="Footer"))
    outline = (OutlineEntry(1, "Efficient offices", Tag(1), 0), OutlineEntry(2, "What “peer” means", Tag(60), 1))
    return laid_out(_structure(), first, second, name="one-pager", outline=outline)


def _structure() -> Element:
    items = tuple(
        Element(
            Tag(id),
            "LI",
            (Element(Tag(id, "label"), "Lbl"), Element(Tag(id, "body"), "LBody", (Element(Tag(id + 1), "P"),))),
        )
        for id in (11, 13)
    )
    scope = (("Table", "Scope", "Column"),)
    table = Element(
        Tag(20),
        "Table",
        (
            Element(Tag(20, "caption"), "Caption"),
            Element(
                Tag(20, "head"),
                "THead",
                (Element(Tag(21), "TR", tuple(Element(Tag(id), "TH", attributes=scope) for id in (22, 23))),),
            ),
            Element(
                Tag(20, "body"),
                "TBody",
                (
                    Element(
                        Tag(24),
                        "TR",
                        (Element(Tag(25), "TH", attributes=(("Table", "Scope", "Row"),)), Element(Tag(26), "TD")),
                    ),
                    Element(
                        Tag(27),
                        "TR",
                        (Element(Tag(28), "TH", attributes=(("Table", "Scope", "Row"),)), Element(Tag(29), "TD")),
                    ),
                    # An optional row that the layout left out.
                    Element(Tag(30), "TR", (Element(Tag(31), "TD"), Element(Tag(32), "TD"))),
                ),
            ),
        ),
    )
    return Element(
        ROOT,
        "Document",
        (
            Element(Tag(1), "H1"),
            Element(
                Tag(2),
                "P",
                (Element(Tag(3), "Link"), Element(Tag(4), "Reference", (Element(Tag(4, "1"), "Link"),))),
            ),
            Element(Tag(10), "L", items, attributes=(("List", "ListNumbering", "Square"),)),
            table,
            Element(Tag(40), "Sect", (Element(Tag(41), "P"),)),
            Element(Tag(50), "Figure", alt="A quarter of the squares is shaded."),
            Element(Tag(51), "Figure", alt="Two people talk on a bench."),
            Element(Tag(52), "Figure", alt="A logo."),
            Element(Tag(60), "H2"),
            Element(Tag(61), "P"),
        ),
        title="Efficient offices",
    )


def _heading(press: Press) -> tuple[Frame, ...]:
    ground = ShapeFrame(None, Rect(0, 0, 595.28, 40), (Path(rectangle(Rect(0, 0, 595.28, 40)), "#0b4f6c"),))
    return ground, press.block(Tag(1), 50, 50, press.line(Run("Efficient offices affirm VAT", weight=700, size=22)))


def _paragraph(press: Press) -> tuple[Frame, ...]:
    """A paragraph whose link goes over a line's end, with a citation, a soft hyphen and no-break spaces."""
    blue = "#0044aa"
    block = press.block(
        Tag(2),
        50,
        90,
        press.line(Run("People with diabetes spend ", stretch=0.7), Run("8,760\u00a0hours ", tag=Tag(3), color=blue)),
        press.line(Run("a year", tag=Tag(3), color=blue), " on their own, na\u0131\u0308\u0302ve or tran\u00ad"),
        press.line(
            "sient.",
            Run("1", tag=Tag(4, "1"), rise=0.5, color=blue, features=(("sups", 1),)),
            " 10\u202f000 fjords, ﬁne.",
        ),
    )
    areas = (Rect(180, 90, 60, 13), Rect(50, 103, 30, 13))
    here = LinkFrame(Tag(4, "1"), (Rect(80, 116, 4, 8),), Destination(Tag(41)), "Source 1")
    return block, LinkFrame(Tag(3), areas, URL, "Peer support at Harbour Health (web page)"), here


def _list(press: Press) -> tuple[Frame, ...]:
    frames: list[Frame] = []
    for at, (id, words) in enumerate(((11, "Bring your medicines"), (13, "Ask about sleep"))):
        y = 150.0 + 16 * at
        box = Rect(50, y + 2, 8, 8)
        check = ShapeFrame(Tag(id, "label"), box, (Path(rectangle(box, 1), None, "#333333", 0.75),), actual="☐")
        frames += [check, press.block(Tag(id + 1), 64, y, press.line(words))]
    return tuple(frames)


def _table(press: Press) -> tuple[Frame, ...]:
    caption = press.block(Tag(20, "caption"), 50, 190, press.line("Effect on HbA1c, points against usual care"))
    cells = ((22, 0, 0, "Study"), (23, 1, 0, "Effect"), (25, 0, 1, "Qi 2015"), (26, 1, 1, "−0.57"), (28, 0, 2, "Patil"))
    blocks = [
        press.block(Tag(id), 50 + 100 * column, 210 + 16 * row, press.line(Run(text, weight=400 + 200 * (row == 0))))
        for id, column, row, text in cells
    ]
    rule = Path(line(50, 226, 250, 226), None, "#999999", 0.5, (1, 2))
    source = press.block(Tag(41), 50, 300, press.line("Qi L, et al. 2015."))
    return caption, ShapeFrame(None, Rect(50, 226, 200, 0), (rule,)), *blocks, source


def _figures(press: Press) -> tuple[Frame, ...]:
    squares = tuple(
        Path(rectangle(Rect(50 + 12 * at, 50, 10, 10)), "#0b4f6c" if at < 2 else "#cccccc") for at in range(8)
    )
    chart = ShapeFrame(Tag(50), Rect(50, 50, 94, 10), squares)
    label = press.block(Tag(50), 50, 62, press.line("one day"))
    photo = image(51, Rect(50, 90, 80, 60), open_raster(picture("RGB", "JPEG", (200, 120, 40)), "photo.jpg"))
    logo = image(52, Rect(150, 90, 80, 60), open_raster(picture("RGBA", "PNG", (0, 80, 160, 128)), "logo.png"))
    heading = press.block(Tag(60), 50, 170, press.line(Run("What “peer” means", weight=600, size=14)))
    words = press.block(Tag(61), 50, 195, press.line("Someone who lives with it too."))
    return chart, label, photo, logo, heading, words


def second_paper(press: Press) -> LaidOut:
    """One page in another language that refers to the first paper, and settles a glyph's text otherwise."""
    structure = Element(
        ROOT,
        "Document",
        (Element(Tag(1), "H1"), Element(Tag(2), "P", (Element(Tag(3), "Link"),))),
        title="Das Büro",
    )
    frames = (
        press.block(Tag(1), 50, 50, press.line(Run("Das Büro", weight=700, size=22))),
        press.block(
            Tag(2),
            50,
            90,
            press.line(
                "\ufb01nis m\u00b9, see ",
                Run("the first paper", tag=Tag(3)),
                " office",
                Run("1", features=(("sups", 1),)),
                ".",
            ),
        ),
        LinkFrame(Tag(3), (Rect(80, 90, 60, 13),), Destination(Tag(60), "one-pager"), "What peer means"),
    )
    document = laid_out(structure, frames, name="other", outline=(OutlineEntry(1, "Das Büro", Tag(1), 0),))
    return LaidOut(document.name, document.title, "de", document.structure, document.pages, document.outline)
