"""Names of the files of copies, made of the cells of their rows, and fit for every system.

Characters that a system would not have in a name, or would take for a folder, become `-`; so no name leads out of
its folder. What Windows keeps for itself, and what is empty or too long, is refused.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.expressions import expression
from briefpack.project.columns import Column

_FIELD: Final = expression(r"\{\{\s*(?:row\.)?([^{}]+?)\s*\}\}")
_UNFIT: Final = frozenset('<>:"/\\|?*')
_RESERVED: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{name}{at}" for name in ("com", "lpt") for at in (*range(1, 10), *"¹²³"))}
)
# Bytes of UTF-8; systems allow 255, and a file has a longer name while it is written.
_LONGEST: Final = 180

MANY: Final = 1000
"""With more copies than this they go into folders of a few hundred, by the hash of their names."""


class Unnamable(ValueError):
    """A row whose file cannot have a name."""

    def __init__(self, message: str, help: str) -> None:
        super().__init__(message)
        self.message, self.help = message, help


@dataclass(frozen=True, slots=True)
class Pattern:
    """What files are called: words, and the headers of columns whose cells stand between them."""

    text: str
    parts: tuple[str, ...]
    headers: tuple[str, ...]

    @classmethod
    def read(cls, text: str, columns: Mapping[str, Column]) -> Pattern:
        """The pattern that `text` writes: `{{ column }}` is a declared column, or a header. Raises ValueError."""
        pieces = _FIELD.split(text)
        parts, names = tuple(pieces[::2]), pieces[1::2]
        if not names:
            raise ValueError(f"`{text}` names no column, so that all copies would be one file")
        if any("{{" in part or "}}" in part for part in parts):
            raise ValueError(f"`{text}` has braces that are not closed")
        return cls(text, parts, tuple(_header(name, columns) for name in names))

    def name(self, cells: Mapping[str, str]) -> str:
        """The name of the file for a row, without its ending. Raises Unnamable."""
        words = [" ".join(cells.get(header, "").split()) for header in self.headers]
        lacking = next((header for header, word in zip(self.headers, words, strict=True) if not word), None)
        if lacking is not None:
            raise Unnamable(
                f"the column `{lacking}` is empty, which the file is named after",
                "fill it, or name the files after another column",
            )
        return fit(self.parts[0] + "".join(word + part for word, part in zip(words, self.parts[1:], strict=True)))


def _header(name: str, columns: Mapping[str, Column]) -> str:
    column = columns.get(name)
    return column.header.text.strip() if column is not None and column.header is not None else name


def fit(text: str) -> str:
    """`text` as the name of a file on any system. Raises Unnamable when it cannot be one."""
    composed = unicodedata.normalize("NFC", text)
    name = "".join("-" if character in _UNFIT or _hidden(character) else character for character in composed)
    name = name.strip(" .")
    if not name.strip("-"):
        raise Unnamable(f"`{text}` leaves nothing to name a file by", "name the files after another column")
    if name.partition(".")[0].rstrip().casefold() in _RESERVED:
        raise Unnamable(f"Windows keeps the name `{name}` for itself", "put a word before it in `--name`")
    if len(name.encode()) > _LONGEST:
        raise Unnamable(f"`{name[:40]}…` is too long to be the name of a file", "name the files after a shorter column")
    return name


def _hidden(character: str) -> bool:
    return unicodedata.category(character)[0] == "C" or character in "\u2028\u2029"


def same_file(name: str) -> str:
    """What is equal for names that are one file on some system: capitals and forms of accents do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKD", name).casefold())


def place_of(name: str, count: int) -> str:
    """Where in the folder of `count` copies the file called `name` is."""
    if count <= MANY:
        return f"{name}.pdf"
    return f"{hashlib.sha256(same_file(name).encode()).hexdigest()[:2]}/{name}.pdf"
