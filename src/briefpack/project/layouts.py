"""A layout's declaration: `layouts/<layout>/layout.yaml`.

Page geometry, on its own paper and on others, the slots a brief fills, the fit contract and the page furniture.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeVar

from briefpack.diagnostics import suggest
from briefpack.geometry import LANDSCAPE, MM, PAPERS, Size, paper_size
from briefpack.project.declaring import Field, JsonSchema, before
from briefpack.project.fields import (
    Flag,
    Length,
    Number,
    Spoken,
    Text,
    Unexpected,
    Whole,
    Word,
    between,
    choice,
    typed,
    wrong,
)
from briefpack.project.models import Model, Waiver
from briefpack.project.theme import Overrides
from briefpack.project.tree import YamlMapping, YamlScalar

SLOT_TYPES = (
    "text",
    "prose",
    "message",
    "section",
    "list",
    "steps",
    "checklist",
    "cards",
    "stat",
    "table",
    "chart",
    "image",
    "quote",
    "contact",
)

SlotType = Annotated[
    Literal[
        "text",
        "prose",
        "message",
        "section",
        "list",
        "steps",
        "checklist",
        "cards",
        "stat",
        "table",
        "chart",
        "image",
        "quote",
        "contact",
    ],
    choice(*SLOT_TYPES),
]

# What can be cut and fed, from a visiting card to the longest side of A0, in points.
_SHORTEST: Final = 40 * MM
_LONGEST: Final = 1189 * MM

# A card for a screen has one way up.
_SCREENS: Final = tuple(name for name in PAPERS if name.startswith("Card-"))
_SHEETS: Final = tuple(name for name in PAPERS if name not in _SCREENS)
# Of these one may take another's place; a poster, a leaflet or a card is made for its size.
_OFFICE: Final = ("A3", "A4", "A5", "Letter", "Legal", "Tabloid")
_LYING: Final = tuple(name + LANDSCAPE for name in _SHEETS)

_SIDE: Final = r"(\d+(\.\d*)?|\.\d+)\s*(pt|mm|cm|in)"

A_PAPER: Final = "a paper such as `A4`, `A4 landscape` or `99mm x 210mm`"


def _paper(value: object) -> object:
    """A paper as it is named, in one way of writing."""
    if not isinstance(value, YamlScalar | list | dict | YamlMapping):
        return value
    text = " ".join(typed(value, A_PAPER).split()).removesuffix(" portrait")
    known = (*_SHEETS, *_LYING, *_SCREENS)
    if text in known:
        return text
    try:
        size = paper_size("" if text.endswith(LANDSCAPE) else text)
    except ValueError:
        near = suggest(text, known)
        raise wrong(A_PAPER, value, f"write `{near}`" if near else f"write one of {', '.join(_SHEETS)}") from None
    if min(size.width, size.height) < _SHORTEST or max(size.width, size.height) > _LONGEST:
        message = f"expected sides from {_SHORTEST / MM:.0f} to {_LONGEST / MM:.0f} mm, found `{text}`"
        raise Unexpected("wrong-value", message, "write the width and the height of the trimmed page")
    return text


Paper = Annotated[
    str,
    before(_paper),
    JsonSchema(
        {
            "anyOf": [
                {"enum": [*_SHEETS, *_LYING, *_SCREENS]},
                {"type": "string", "pattern": rf"^{_SIDE}\s*(x|×|by)\s*{_SIDE}$"},
            ]
        }
    ),
]
Sheet = Annotated[
    Literal["A3", "A4", "A5", "Letter", "Tabloid"],
    choice("A3", "A4", "A5", "Letter", "Tabloid"),
]
"""A paper to print on."""
Channel = Annotated[
    Literal["mass", "interpersonal", "social", "newsletter", "meeting"],
    choice("mass", "interpersonal", "social", "newsletter", "meeting"),
]


SLOT_ROLES = ("message", "ask", "action", "known", "unknown", "options", "summary", "tool")
SlotRole = Literal["message", "ask", "action", "known", "unknown", "options", "summary", "tool"]


def _roles(value: object) -> object:
    """One role, or several in a list."""
    read = choice(*SLOT_ROLES).func
    if isinstance(value, list):
        return tuple(read(item) for item in value)
    return value if isinstance(value, tuple) else (read(value),)


Roles = Annotated[
    tuple[SlotRole, ...],
    before(_roles),
    JsonSchema(
        {"anyOf": [{"enum": list(SLOT_ROLES)}, {"type": "array", "items": {"enum": list(SLOT_ROLES)}}]},
    ),
]


class Slot(Model):
    """A named place that a brief fills."""

    type: SlotType
    role: Roles = Field(
        default=(),
        description="what it does for the reader: the one thing asked (ask), what the reader can do (action), what is "
        "known and unknown, the options, a summary, a tool to use; a slot of type `message` is the main message",
    )
    words: Whole | None = Field(default=None, description="the most words that read well here")
    items: Whole | None = Field(default=None, description="the most items")
    required: Flag = True
    description: Text | None = Field(default=None, description="what the officer should write here")

    @property
    def roles(self) -> tuple[str, ...]:
        """What it does for the reader, with what follows from its type."""
        implied = {"message": ("message",), "steps": ("action",), "checklist": ("tool",)}.get(self.type, ())
        return tuple(dict.fromkeys((*implied, *self.role)))


# No length on a page is longer than the longest side of the largest paper, in points.
Distance = Annotated[Length, between(0, 3400, " pt")]

# A column narrower than this holds no text, in points.
NARROWEST: Final = 12.0


class Margins(Model):
    top: Distance
    right: Distance
    bottom: Distance
    left: Distance


class GridSpec(Model):
    """The column grid between the margins."""

    columns: Annotated[Whole, between(1, 48)] = 12
    gutter: Distance


class Bounds(Model):
    """The bounds of a rung of the fit ladder, as factors of the theme's value; 1 is the value itself."""

    least: Annotated[Number, between(0.2, 1)] = 1.0
    most: Annotated[Number, between(1, 4)] = 1.0


class Rungs(Model):
    """How far each rung of the fit ladder may go."""

    fill: Flag = Field(default=True, description="whether what has room to spare is opened up to its foot")
    spacing: Bounds = Bounds()
    leading: Bounds = Bounds()
    size: Bounds = Bounds()
    drop: tuple[Word, ...] = Field(default=(), description="optional blocks to leave out, first to go first")


class Fit(Rungs):
    """The fit contract: how many pages, and how far each rung of the ladder may go."""

    pages: Annotated[Whole, between(1, 500)] = Field(description="the number of pages")
    exactly: Flag = Field(default=True, description="whether fewer pages are wrong too")


Band = Annotated[Literal["head", "foot", "left", "right"], choice("head", "foot", "left", "right")]


class Region(Model):
    """A part of a page that is kept for a `<region>` of the template, with a fit contract of its own.

    It is a band across what is left of the page, or a rectangle between the margins by its distances from
    the edges of the page.
    """

    page: Annotated[Whole, between(1, 500)] = Field(default=1, description="the page that it stands on")
    at: Band | None = Field(default=None, description="a band at this side of the page, in the order of declaration")
    height: Distance | None = None
    width: Distance | None = None
    top: Distance | None = Field(default=None, description="from the upper edge of the page")
    right: Distance | None = Field(default=None, description="from the right edge of the page")
    bottom: Distance | None = Field(default=None, description="from the lower edge of the page")
    left: Distance | None = Field(default=None, description="from the left edge of the page")
    gap: Distance = Field(default=14.2, description="the white between it and the text that goes round it")
    fit: Rungs = Rungs()

    def _settle(self) -> None:
        """A band has its height or its width; a rectangle is said by two of three numbers each way."""
        across, down = (self.left, self.width, self.right), (self.top, self.height, self.bottom)
        if self.at is None:
            if sum(each is not None for each in across) != 2 or sum(each is not None for each in down) != 2:
                message = (
                    "a region without `at` needs two of `left`, `width`, `right` and two of `top`, `height`, `bottom`"
                )
                raise Unexpected("wrong-value", message, "write `at: foot` and a `height:`, or add what is missing")
            return
        needed = "height" if self.at in ("head", "foot") else "width"
        given = [
            name for name in ("left", "width", "right", "top", "height", "bottom") if getattr(self, name) is not None
        ]
        if given != [needed]:
            raise Unexpected(
                "wrong-value", f"a region at the {self.at} needs a `{needed}` and no other length", f"write `{needed}:`"
            )


class Furniture(Model):
    """A running line: texts with `{page}`, `{pages}`, `{title}`, `{kind}`, `{organisation}`, `{campaign}`.

    `{page-of-pages}` says which page it is, and of how many, in the language of the document.
    """

    left: Text | None = None
    center: Text | None = None
    right: Text | None = None
    offset: Distance = Field(description="from the edge of the page to the baseline")
    from_page: Whole = Field(default=1, description="the first page that has it")
    style: Word = "folio"


class MarginsThere(Model):
    """Margins of which some are other ones on another paper."""

    top: Distance | None = None
    right: Distance | None = None
    bottom: Distance | None = None
    left: Distance | None = None


class GridThere(Model):
    """What of the column grid is another on another paper."""

    columns: Annotated[Whole, between(1, 48)] | None = None
    gutter: Distance | None = None


class BoundsThere(Model):
    """Bounds of a rung of which one is another on another paper."""

    least: Annotated[Number, between(0.2, 1)] | None = None
    most: Annotated[Number, between(1, 4)] | None = None


class FitThere(Model):
    """What of the fit contract is another on another paper."""

    pages: Annotated[Whole, between(1, 500)] | None = Field(default=None, description="the number of pages")
    exactly: Flag | None = Field(default=None, description="whether fewer pages are wrong too")
    fill: Flag | None = Field(default=None, description="whether what has room to spare is opened up to its foot")
    spacing: BoundsThere | None = None
    leading: BoundsThere | None = None
    size: BoundsThere | None = None
    drop: tuple[Word, ...] | None = Field(default=None, description="optional blocks to leave out, first to go first")


class FurnitureThere(Model):
    """What of a running line is another on another paper."""

    left: Text | None = None
    center: Text | None = None
    right: Text | None = None
    offset: Distance | None = Field(default=None, description="from the edge of the page to the baseline")
    from_page: Whole | None = Field(default=None, description="the first page that has it")
    style: Word | None = None


class There(Model):
    """What a layout changes for its pages on another paper; what is left out stays as it is."""

    margins: MarginsThere = MarginsThere()
    folds: tuple[Distance, ...] | None = Field(default=None, description="where that sheet is folded")
    grid: GridThere = GridThere()
    fit: FitThere = FitThere()
    head: FurnitureThere | None = None
    foot: FurnitureThere | None = None
    theme: Overrides = Overrides()
    regions: dict[Word, Region] = Field(
        default_factory=dict, description="regions that take the place of those of the same name"
    )


class LayoutSpec(Model):
    """`layouts/<layout>/layout.yaml`."""

    name: Text
    description: Text | None = None
    document_type: Spoken = Field(description="what a document of this layout is called on its face")
    channel: Channel
    paper: Paper = Field(
        default="A4", description="a paper, lying with `landscape` behind it, or a width and a height: `99mm x 210mm`"
    )
    margins: Margins
    bleed: Annotated[Length, between(0, 36, " pt")] = Field(
        default=3 * MM,
        description="how far ink that runs out goes beyond the trim for a printing house (`--crop-marks`)",
    )
    folds: tuple[Distance, ...] = Field(
        default=(), description="where the sheet is folded, from the left edge of its first page"
    )
    grid: GridSpec
    fit: Fit
    head: Furniture | None = None
    foot: Furniture | None = None
    theme: Overrides = Overrides()
    regions: dict[Word, Region] = Field(
        default_factory=dict, description="parts of pages with fit contracts of their own"
    )
    on_paper: dict[Sheet, There] = Field(
        default_factory=dict, description="what is another on a paper that is not the layout's own, by the paper"
    )
    slots: dict[Word, Slot] = Field(default_factory=dict, description="in reading order")
    waive: tuple[Waiver, ...] = Field(default=(), description="findings in this file and in its template that stand")

    @property
    def size(self) -> Size:
        """The trimmed size of a page."""
        return paper_size(self.paper)

    @property
    def is_cut(self) -> bool:
        """Whether it is printed and cut; a card for a screen is not."""
        return self.paper not in _SCREENS

    @property
    def sheet(self) -> str | None:
        """The paper whose place another may take; None of a card for screens and of what is cut or folded to a size."""
        name = self.paper.removesuffix(LANDSCAPE)
        return name if name in _OFFICE else None

    def on(self, paper: Sheet) -> LayoutSpec:
        """The layout as it is on `paper`."""
        there = self.on_paper.get(paper)
        changed: dict[str, object] = {"paper": paper + LANDSCAPE * self.paper.endswith(LANDSCAPE)}
        if there is not None:
            changed |= {
                "margins": _laid_over(there.margins, self.margins),
                "folds": self.folds if there.folds is None else there.folds,
                "grid": _laid_over(there.grid, self.grid),
                "fit": _laid_over(there.fit, self.fit),
                "head": _running(there.head, self.head),
                "foot": _running(there.foot, self.foot),
                "theme": there.theme.over(self.theme),
                "regions": {**self.regions, **there.regions},
            }
        return self.model_copy(update=changed)

    def _settle(self) -> None:
        """The margins and gutters leave columns wide enough to hold a word, on every paper that is named."""
        self._leaves_room()
        for paper, there in self.on_paper.items():
            self._settle_on(paper, there)

    def _settle_on(self, paper: Sheet, there: There) -> None:
        if paper == self.sheet:
            message, help = f"`{paper}` is the layout's own paper", "write this outside of `on-paper:`"
            raise Unexpected("wrong-value", message, help)
        if self.sheet is None:
            message = f"`{self.paper}` has no other paper in its place, and there is nothing to say of it on {paper}"
            raise Unexpected("wrong-value", message, "take `on-paper:` away")
        for name, over, under in (("head", there.head, self.head), ("foot", there.foot, self.foot)):
            if over is not None and under is None:
                message = f"the layout has no `{name}` that could be another on {paper}"
                raise Unexpected("wrong-value", message, f"write `{name}:` outside of `on-paper:`")
        self.on(paper)._leaves_room()

    def _leaves_room(self) -> None:
        paper, margins, grid = self.size, self.margins, self.grid
        width = paper.width - margins.left - margins.right
        height = paper.height - margins.top - margins.bottom
        column = (width - grid.gutter * (grid.columns - 1)) / grid.columns
        if height < NARROWEST or column < NARROWEST:
            message = f"the margins and gutters leave no room on {self.paper}: columns {column:.0f} pt wide"
            raise Unexpected("wrong-value", message, "make the margins or the gutter smaller, or the columns fewer")
        beyond = [fold for fold in self.folds if not 0 < fold < paper.width]
        if beyond:
            message = (
                f"a fold at {beyond[0] / MM:.0f} mm is not on {self.paper}, which is {paper.width / MM:.0f} mm wide"
            )
            raise Unexpected("wrong-value", message, "write how far it is from the left edge")


M = TypeVar("M", bound=Model)


def _laid_over(over: Model, under: M) -> M:
    """`under` with what `over` says."""
    said = {name: value for name, value in over if value is not None}
    inner = {name: value for name, value in said.items() if isinstance(value, BoundsThere)}
    said |= {name: _laid_over(value, getattr(under, name)) for name, value in inner.items()}
    return under.model_copy(update=said)


def _running(over: FurnitureThere | None, under: Furniture | None) -> Furniture | None:
    return _laid_over(over, under) if over is not None and under is not None else under
