"""Layout: documents in, pages of placed frames out. Nothing here draws."""

from briefpack.layout.compose import Typesetter
from briefpack.layout.contrast import check_contrast
from briefpack.layout.frames import (
    Destination,
    Frame,
    ImageFrame,
    LaidOut,
    LinkFrame,
    OutlineEntry,
    Page,
    ShapeFrame,
    TextFrame,
)
from briefpack.layout.pages import Job, Numbering, Result, lay_out
from briefpack.layout.styles import Setting, StyleSheet, UnknownStyle

__all__ = [
    "Destination",
    "Frame",
    "ImageFrame",
    "Job",
    "LaidOut",
    "LinkFrame",
    "Numbering",
    "OutlineEntry",
    "Page",
    "Result",
    "Setting",
    "ShapeFrame",
    "StyleSheet",
    "TextFrame",
    "Typesetter",
    "UnknownStyle",
    "check_contrast",
    "lay_out",
]
