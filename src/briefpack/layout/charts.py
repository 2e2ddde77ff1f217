"""Plots as boxes: which box draws which kind; and a graphic with its caption."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefpack.document import Figure, Plot, PlotKind
from briefpack.geometry import Rect
from briefpack.layout.boxes import Box, Flow, Whole, Words
from briefpack.layout.column_plots import ColumnsPlot
from briefpack.layout.frames import Frame
from briefpack.layout.lettering import SetText, lettering
from briefpack.layout.line_plots import LinePlot
from briefpack.layout.row_plots import RowsPlot
from briefpack.layout.styles import Setting, StyleSheet


@dataclass(frozen=True, slots=True, eq=False)
class Captioned(Whole):
    """A graphic with its caption, which never stands on another page."""

    child: Flow

    @property
    def before(self) -> float:
        return self.child.before

    @property
    def after(self) -> float:
        return self.child.after

    @property
    def keep(self) -> bool:
        return False

    def height(self, width: float, setting: Setting) -> float:
        return self.child.height(width, setting)

    def flex(self, width: float, setting: Setting) -> float:
        return self.child.flex(width, setting)

    def place(self, area: Rect, setting: Setting, frames: list[Frame]) -> None:
        self.child.place(area, setting, frames)

    def words(self) -> Sequence[Words]:
        return self.child.words()


def plot_box(figure: Figure, plot: Plot, styles: StyleSheet, language: str, set_text: SetText) -> Box:
    """The box of `plot`, the graphic of `figure`. Raises UnknownStyle."""
    letters = lettering(figure, plot, styles, language, set_text)
    before, after = letters.spec.before, letters.spec.after
    match plot.kind:
        case PlotKind.LINE if len(plot.data) > 1:
            return LinePlot(letters, before, after)
        case PlotKind.COLUMNS | PlotKind.LINE:
            return ColumnsPlot(letters, RowsPlot(letters), before, after)
        case _:
            return RowsPlot(letters, before, after)
