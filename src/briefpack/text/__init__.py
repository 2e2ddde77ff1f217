"""Text: styled runs and a measure in, lines of positioned glyphs out.

HarfBuzz shapes, pyphen divides words, and the breaks of a paragraph are chosen together. Nothing here
knows of pages or of PDF.
"""

from briefpack.text.breaking import Breaks, break_lines, line_count
from briefpack.text.faces import Face, FaceError, Faces, Family, FontFile, package_name
from briefpack.text.fallback import Fallback
from briefpack.text.hyphenation import Hyphenator
from briefpack.text.itemizing import PLAIN, Writing
from briefpack.text.lines import compose
from briefpack.text.paragraph import Prepared, divided, prepare
from briefpack.text.paragraphs import Measured, Paragraphs
from briefpack.text.runs import Run, joined
from briefpack.text.scripts import origin, script_name, script_of
from briefpack.text.shaped import Line, Segment, Shaped, Speech
from briefpack.text.shaping import SOFT_HYPHEN, Features, Shaper, missing_characters
from briefpack.text.words import After, Atom, Words

__all__ = [
    "PLAIN",
    "SOFT_HYPHEN",
    "After",
    "Atom",
    "Breaks",
    "Face",
    "FaceError",
    "Faces",
    "Fallback",
    "Family",
    "Features",
    "FontFile",
    "Hyphenator",
    "Line",
    "Measured",
    "Paragraphs",
    "Prepared",
    "Run",
    "Segment",
    "Shaped",
    "Shaper",
    "Speech",
    "Words",
    "Writing",
    "break_lines",
    "compose",
    "divided",
    "joined",
    "line_count",
    "missing_characters",
    "origin",
    "package_name",
    "prepare",
    "script_name",
    "script_of",
]
