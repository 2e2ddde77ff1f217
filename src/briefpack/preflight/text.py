"""What the content of a page says, by marked-content sequence, and whether all of it is marked.

ISO 32000-1, 9.10 and 14.6. Reads fonts by their ToUnicode maps, as a screen reader does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    ContentStream,
    DictionaryObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

_PAINTS: Final = frozenset(("f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "EI", "INLINE IMAGE"))
_SHOWS: Final = frozenset(("Tj", "TJ", "'", '"'))

_SECTION: Final = re.compile(rb"beginbf(char|range)(.*?)endbf", re.DOTALL)
_CHAR: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_RANGE: Final = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


@dataclass(slots=True)
class PageText:
    """The text of each marked-content sequence by MCID, and operators that paint outside of any."""

    by_mcid: dict[int, str] = field(default_factory=dict)
    unmarked: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Sequence:
    """An open sequence: its MCID, whether it is an artifact, what it says instead of its text, and whether its
    characters are shown in reverse."""

    mcid: int | None
    artifact: bool
    actual: str | None
    reversed: bool = False


def page_text(page: PageObject) -> PageText:
    """What `page` says."""
    return _Reader(page).read()


def text_map(data: bytes) -> dict[int, str]:
    """What each code stands for by the ToUnicode CMap `data`."""
    codes: dict[int, str] = {}
    for kind, body in _SECTION.findall(data):
        if kind == b"char":
            codes |= {int(code, 16): _unicode(text) for code, text in _CHAR.findall(body)}
            continue
        for first, last, text in _RANGE.findall(body):
            start = _unicode(text)
            for step in range(int(last, 16) - int(first, 16) + 1):
                codes[int(first, 16) + step] = start[:-1] + chr(ord(start[-1]) + step)
    return codes


def _unicode(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be")


class _Reader:
    def __init__(self, page: PageObject) -> None:
        self._page = page
        self._open: list[_Sequence] = []
        self._texts = PageText()
        self._maps = _font_maps(page)
        self._font: Mapping[int, str] = {}

    def read(self) -> PageText:
        contents = self._page.get_contents()
        operations = contents.operations if isinstance(contents, ContentStream) else []
        for operands, operator in operations:
            self._operation(operator.decode("ascii", "replace"), operands)
        return self._texts

    def _operation(self, operator: str, operands: list[PdfObject]) -> None:
        match operator:
            case "BDC" | "BMC":
                self._begin(operands)
            case "EMC":
                self._open.pop()
            case "Tf":
                self._font = self._maps.get(str(operands[0]), {})
            case _ if operator in _SHOWS:
                self._show(operator, operands)
            case _ if operator in _PAINTS and not self._owned():
                self._texts.unmarked.append(operator)
            case _:
                pass

    def _begin(self, operands: list[PdfObject]) -> None:
        properties = operands[1] if len(operands) > 1 else None
        if isinstance(properties, NameObject):
            properties = _resource(self._page, "/Properties").get(properties)
            properties = None if properties is None else properties.get_object()
        entries: Mapping[str, object] = properties if isinstance(properties, DictionaryObject) else {}
        mcid, actual = entries.get("/MCID"), entries.get("/ActualText")
        number = int(mcid) if isinstance(mcid, int) else None
        name, replacement = str(operands[0]), None if actual is None else str(actual)
        self._open.append(_Sequence(number, name == "/Artifact", replacement, name == "/ReversedChars"))
        if number is not None:
            self._texts.by_mcid.setdefault(number, "")
        if actual is not None:
            self._say(str(actual))

    def _owned(self) -> bool:
        return any(sequence.artifact or sequence.mcid is not None for sequence in self._open)

    def _show(self, operator: str, operands: list[PdfObject]) -> None:
        if not self._owned():
            self._texts.unmarked.append(operator)
        if any(sequence.actual is not None for sequence in self._open):
            return
        shown = operands[-1]
        strings = shown if isinstance(shown, ArrayObject) else [shown]
        text = "".join(self._decoded(item) for item in strings)
        # ISO 32000-1, 14.8.2.3.3: shown from left to right, and read the other way.
        self._say(text[::-1] if any(sequence.reversed for sequence in self._open) else text)

    def _decoded(self, item: PdfObject) -> str:
        if not isinstance(item, TextStringObject | ByteStringObject):
            return ""
        data = item.original_bytes
        codes = (int.from_bytes(data[at : at + 2], "big") for at in range(0, len(data), 2))
        return "".join(self._font.get(code, "\ufffd") for code in codes)

    def _say(self, text: str) -> None:
        owner = next((sequence.mcid for sequence in reversed(self._open) if sequence.mcid is not None), None)
        if owner is not None:
            self._texts.by_mcid[owner] += text


def _font_maps(page: PageObject) -> dict[str, dict[int, str]]:
    maps: dict[str, dict[int, str]] = {}
    for label, font in _resource(page, "/Font").items():
        cmap = font.get_object().get("/ToUnicode")
        maps[label] = {} if cmap is None else text_map(cmap.get_object().get_data())
    return maps


def _resource(page: PageObject, kind: str) -> DictionaryObject:
    resources = page["/Resources"].get_object()
    found = resources.get(kind, DictionaryObject()) if isinstance(resources, DictionaryObject) else DictionaryObject()
    found = found.get_object()
    return found if isinstance(found, DictionaryObject) else DictionaryObject()
