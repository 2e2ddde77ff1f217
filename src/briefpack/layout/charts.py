"""Plots as boxes: which box draws which kind; and a graphic with its caption."""

from __future__ import annotations

from briefpack.dataclass import dataclass
from briefpack.document import Figure, Plot, PlotKind
from briefpack.layout.boxes import Box, Whole, Wrapped
from briefpack.layout.column_plots import ColumnsPlot
from briefpack.layout.lettering import SetText, lettering
from briefpack.layout.line_plots import LinePlot
from briefpack.layout.row_plots import RowsPlot
from briefpack.layout.styles import StyleSheet


@dataclass(frozen=True, slots=True, eq=False)
class Captioned(Wrapped, Whole):
    """A graphic with its caption, which never stands on another page."""


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
