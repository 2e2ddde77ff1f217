"""Forms of a document: on another paper, in large print, in grey, for a printing house.

What is asked for; `layout` has what it means. Written as words joined by `+`, such as `letter+large-print+grayscale`,
each kind at most once. This module imports nothing, so that a build in which nothing has changed need not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal

from briefpack.dataclass import dataclass

if TYPE_CHECKING:
    from briefpack.project.layouts import LayoutSpec

LargePrint = Literal[16, 18]
PaperName = Literal["A3", "A4", "A5", "Letter", "Tabloid"]

LARGE: Final[LargePrint] = 18
"""The size of large print, in points, where none is given."""

_PAPERS: Final[dict[str, PaperName]] = {
    "a3": "A3",
    "a4": "A4",
    "a5": "A5",
    "letter": "Letter",
    "tabloid": "Tabloid",
}
_SIZES: Final[dict[str, LargePrint]] = {"large-print": LARGE, "large-print-16": 16, "large-print-18": 18}
_GREY: Final = "grayscale"
_CROP: Final = "crop-marks"

WORDS: Final = (*_PAPERS, *_SIZES, _GREY, _CROP)


@dataclass(frozen=True, slots=True)
class Form:
    """How a document is made besides the way its layout has it; the default is just that way."""

    paper: PaperName | None = None
    large_print: LargePrint | None = None
    grayscale: bool = False
    crop_marks: bool = False

    def suffix(self, layout: LayoutSpec) -> str:
        """What the form adds to the name of a file made with `layout`, such as `-letter-grayscale`."""
        paper = self.paper if layout.sheet not in (None, self.paper) else None
        crop = self.crop_marks and layout.is_cut
        return "".join(f"-{word}" for word in replace(self, paper=paper, crop_marks=crop).words())

    def asked(self) -> dict[str, str | int | bool]:
        """What the form asks for, by the names of the options."""
        every = {
            "paper": self.paper,
            "large-print": self.large_print,
            _GREY: self.grayscale or None,
            _CROP: self.crop_marks or None,
        }
        return {name: value for name, value in every.items() if value is not None}

    def __str__(self) -> str:
        """The form as it is written, in one order; empty for the way the layout has it."""
        return "+".join(self.words())

    def words(self) -> tuple[str, ...]:
        """What the form is made of, a word each; large print says its size where that is not the usual one."""
        size = self.large_print
        words = (
            self.paper.lower() if self.paper is not None else "",
            "" if size is None else "large-print" if size == LARGE else f"large-print-{size}",
            _GREY if self.grayscale else "",
            _CROP if self.crop_marks else "",
        )
        return tuple(word for word in words if word)


AS_DESIGNED: Final = Form()


def read_form(text: str) -> Form:
    """The form that `text` names. Raises ValueError when a word is not known or a kind is there twice."""
    paper: PaperName | None = None
    size: LargePrint | None = None
    grey = crop = False
    for word in text.split("+"):
        word = word.strip().lower()
        if word in _PAPERS and paper is None:
            paper = _PAPERS[word]
        elif word in _SIZES and size is None:
            size = _SIZES[word]
        elif word == _GREY and not grey:
            grey = True
        elif word == _CROP and not crop:
            crop = True
        else:
            raise ValueError(word)
    return Form(paper, size, grey, crop)
