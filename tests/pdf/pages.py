"""Pages made by hand for the tests of `pdf`: frames as a layout would give them, from a few words."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from briefpack.document import Element, Tag
from briefpack.geometry import PAPERS, Rect
from briefpack.layout.frames import Frame, LaidOut, OutlineEntry, Page, TextFrame
from briefpack.pdf.finish import finish
from briefpack.pdf.inks import Inks
from briefpack.pdf.metadata import Metadata
from briefpack.pdf.paint import paint
from briefpack.pdf.parts import part_of
from briefpack.text.faces import Face, Faces
from briefpack.text.shaped import Line, Segment, Shaped
from briefpack.text.shaping import Features, Shaper

CREATED = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
METADATA = Metadata(
    title="Peer support & people’s health",
    language="en",
    created=CREATED,
    author="Harbour County Health Alliance",
    subject="Policy one-pager",
    keywords=("peer support", "diabetes"),
)


@dataclass(frozen=True)
class Run:
    """Words of one line in one style. `stretch`, `rise` and `tracking` as in a `Segment`."""

    text: str
    tag: Tag | None = None
    weight: int = 400
    size: float = 10.0
    color: str = "#1a1a1a"
    rise: float = 0.0
    stretch: float = 0.0
    tracking: float = 0.0
    features: Features = ()


@dataclass
class Press:
    """Shapes words and sets lines; one for a test, or a process."""

    shaper: Shaper = field(default_factory=Shaper)
    faces: Faces = field(default_factory=Faces)
    family: str = "Fira Sans"

    def face(self, weight: int = 400) -> Face:
        return self.faces.face(self.family, weight)

    def words(self, run: Run) -> tuple[Shaped, ...]:
        parts: list[str] = []
        for word in run.text.split(" "):
            parts += [word, " "] if word else [" "]
        return tuple(self.shaper.shape(self.face(run.weight), part, run.features) for part in parts[:-1])

    def line(self, *runs: Run | str) -> Line:
        """One line of `runs`."""
        segments: list[Segment] = []
        x = 0.0
        for item in runs:
            run = Run(item) if isinstance(item, str) else item
            words = self.words(run)
            spaces = sum(word.is_space for word in words)
            glyphs = sum(len(word.glyphs) for word in words)
            width = sum(word.width for word in words) * run.size / 1000 + spaces * run.stretch + glyphs * run.tracking
            segments.append(
                Segment(
                    self.face(run.weight), run.size, run.color, words, x, width,
                    run.rise, run.stretch, run.tracking, run.tag,
                )
            )  # fmt: skip
            x += width
        return Line(tuple(segments), x, "".join(word.text for segment in segments for word in segment.words))

    def block(self, tag: Tag | None, x: float, y: float, *lines: Line, artifact: str = "Layout") -> TextFrame:
        """`lines` one below the other, the box's top-left corner at `x` and `y`."""
        leading = 1.3 * max((line.segments[0].size for line in lines), default=10.0)
        baselines = tuple(y + leading * (at + 1) - 0.35 * leading for at in range(len(lines)))
        bounds = Rect(x, y, max(line.width for line in lines), leading * len(lines))
        return TextFrame(tag, bounds, lines, (x,) * len(lines), baselines, artifact)


def laid_out(
    structure: Element, *pages: tuple[Frame, ...], name: str = "paper", outline: tuple[OutlineEntry, ...] = ()
) -> LaidOut:
    """A document of A4 pages with the given frames."""
    sheets = tuple(Page(PAPERS["A4"], frames) for frames in pages)
    return LaidOut(name, structure.title or "", "en", structure, sheets, outline)


def made(*documents: LaidOut, inks: Inks | None = None, metadata: Metadata = METADATA) -> bytes:
    """The file that `documents` make."""
    inks = inks or Inks()
    return finish([part_of(document, paint(document.pages, inks)) for document in documents], metadata, inks)
