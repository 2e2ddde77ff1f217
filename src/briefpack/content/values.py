"""What a template sees of a brief: frozen values whose words are inline nodes with their places."""

from __future__ import annotations

from dataclasses import replace

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.document import Inline, plain_text


@dataclass(frozen=True, slots=True)
class RichText:
    """Words ready to be set. `span` is where they were written, `slot` the slot they belong to, if any."""

    content: tuple[Inline, ...]
    span: Span | None = None
    slot: str | None = None

    def __str__(self) -> str:
        return plain_text(self.content)

    @property
    def words(self) -> int:
        """How many words a reader meets, citations not counted.

        A word is what stands between blanks and has a letter or digit; a dash alone is none.
        """
        return sum([word[0].isalnum() or any(map(str.isalnum, word)) for word in str(self).split()])


@dataclass(frozen=True, slots=True)
class Prose:
    paragraphs: tuple[RichText, ...]


@dataclass(frozen=True, slots=True)
class MessageValue:
    """A key message in the wording for the audience, with its plain explanation where it has one."""

    id: str
    text: RichText
    gloss: RichText | None = None


@dataclass(frozen=True, slots=True)
class Section:
    heading: RichText
    paragraphs: tuple[RichText, ...]


@dataclass(frozen=True, slots=True)
class ItemValue:
    """An item of a list or a card; `title` is None for an item that has only text. `items` are those below it."""

    title: RichText | None
    text: RichText
    items: tuple[ItemValue, ...] = ()

    @property
    def texts(self) -> tuple[RichText, ...]:
        """Its words and those of the items below it, in reading order."""
        own = (self.text,) if self.title is None else (self.title, self.text)
        return (*own, *(text for item in self.items for text in item.texts))


@dataclass(frozen=True, slots=True)
class Items:
    """A list, steps or a checklist, as `kind` says."""

    kind: str
    heading: RichText | None
    intro: RichText | None
    items: tuple[ItemValue, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    heading: RichText | None
    intro: RichText | None
    items: tuple[ItemValue, ...]


@dataclass(frozen=True, slots=True)
class Stat:
    """A fact shown large. The citation of its source stands after `note`, or after `means` without one."""

    fact: str
    value: RichText
    unit: RichText | None
    qualifier: RichText | None
    means: RichText
    note: RichText | None


@dataclass(frozen=True, slots=True)
class ColumnValue:
    head: RichText
    align: str
    weight: float


@dataclass(frozen=True, slots=True)
class TableValue:
    """A table; every row has as many cells as there are columns, and the first is the row's header."""

    heading: RichText | None
    caption: RichText
    columns: tuple[ColumnValue, ...]
    rows: tuple[tuple[RichText, ...], ...]
    note: RichText | None


@dataclass(frozen=True, slots=True)
class ChartNumber:
    """A number of a chart: where it is drawn and how it is printed.

    One with an interval has its bounds, and in `parts` the number and its bounds as they are printed.
    """

    at: float
    text: str
    low: float | None = None
    high: float | None = None
    parts: tuple[str, str, str] | None = None


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of a chart's data, with a number for each series."""

    label: RichText
    values: tuple[ChartNumber, ...]
    note: RichText | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A waffle, of `units` icons of which `marked`, from 0 to `units`, are shaded; or a plot of `rows`.

    `reference` is where the line of no effect stands; `start` and `end` are those of the axis, where they
    are given.
    """

    heading: RichText | None
    kind: str
    units: int
    marked: float
    alt: str
    caption: RichText | None
    icon: str = "square"
    rows: tuple[ChartRow, ...] = ()
    series: tuple[RichText, ...] = ()
    unit: RichText | None = None
    reference: float | None = None
    reference_text: str | None = None
    start: float | None = None
    end: float | None = None

    def with_alt(self, alt: str) -> Chart:
        """The chart with the text alternative `alt`."""
        return replace(self, alt=alt)


@dataclass(frozen=True, slots=True)
class ImageValue:
    """A picture of the project; `file` is its path below the root, and `span` where that was written.

    `fit`, `focus` and `aspect` are what the author says of its frame, if anything.
    """

    file: str
    alt: str
    caption: RichText | None
    span: Span | None = None
    fit: str | None = None
    focus: str | None = None
    aspect: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    text: RichText
    by: RichText


@dataclass(frozen=True, slots=True)
class ContactValue:
    """Whom to turn to. Phone, e-mail and address are plain, so that links can be made of them."""

    id: str
    name: RichText
    role: RichText | None = None
    organisation: RichText | None = None
    phone: str | None = None
    email: str | None = None
    url: str | None = None


SlotValue = (
    RichText
    | Prose
    | MessageValue
    | Section
    | Items
    | Cards
    | Stat
    | TableValue
    | Chart
    | ImageValue
    | Quote
    | ContactValue
)


@dataclass(frozen=True, slots=True)
class SourceValue:
    """A numbered source as it is printed, in full and in short."""

    number: int
    id: str
    text: RichText
    short: RichText


@dataclass(frozen=True, slots=True)
class CampaignValue:
    name: RichText
    organisation: RichText
    statement: RichText | None
    funding: RichText | None
