"""Layout: documents in, pages of placed frames out. Nothing here draws."""

from briefpack.layout.alike import Alike
from briefpack.layout.compose import Typesetter
from briefpack.layout.contrast import Extents, check_seen
from briefpack.layout.drafts import Job, Numbering
from briefpack.layout.forms import formed, inked
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
from briefpack.layout.pages import Result, lay_out
from briefpack.layout.pictures import at_print_size
from briefpack.layout.styles import Setting, StyleSheet, UnknownStyle
from briefpack.project.forms import AS_DESIGNED, Form, LargePrint

__all__ = [
    "AS_DESIGNED",
    "Alike",
    "Destination",
    "Extents",
    "Form",
    "Frame",
    "ImageFrame",
    "Job",
    "LaidOut",
    "LargePrint",
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
    "at_print_size",
    "check_seen",
    "formed",
    "inked",
    "lay_out",
]
