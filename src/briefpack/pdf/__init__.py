"""PDF: frames in, ink out, and of the ink one tagged, archivable file.

Paint the pages of each document, then finish one or more of them into the bytes of a file.
"""

from briefpack.pdf.finish import finish
from briefpack.pdf.fonts import UnusableFont
from briefpack.pdf.imprints import Mark
from briefpack.pdf.inks import Inks
from briefpack.pdf.metadata import Metadata
from briefpack.pdf.paint import PaintedPage, paint
from briefpack.pdf.parts import Part, part_of
from briefpack.pdf.places import MissingDestination
from briefpack.pdf.tree import UntaggedInk

__all__ = [
    "Inks",
    "Mark",
    "Metadata",
    "MissingDestination",
    "PaintedPage",
    "Part",
    "UntaggedInk",
    "UnusableFont",
    "finish",
    "paint",
    "part_of",
]
