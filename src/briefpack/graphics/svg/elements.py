"""The XML of an SVG file, parsed: elements with the line that each was written on.

Refused: entities (with them files from elsewhere and text that multiplies), style sheets of other files,
files that are too large, have too many elements, or nest them too deeply. Nothing is ever fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Final
from xml.parsers import expat

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, finding

LARGEST: Final = 10_000_000
MOST_ELEMENTS: Final = 50_000
DEEPEST: Final = 100

_SVG: Final = "http://www.w3.org/2000/svg"
_XLINK: Final = "http://www.w3.org/1999/xlink"
_XML: Final = "http://www.w3.org/XML/1998/namespace"
_PLAIN: Final = "save it again as plain SVG"


@dataclass(slots=True)
class Node:
    """An element of SVG. One of another vocabulary has no name, and draws nothing."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    children: list[Node | str] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[Node]:
        return (child for child in self.children if isinstance(child, Node))

    def walk(self) -> Iterator[Node]:
        yield self
        for child in self.elements:
            yield from child.walk()

    def span(self, path: str) -> Span:
        return Span(path, self.line, self.column, self.line, self.column + len(self.name) + 1)


class _Refused(Exception):
    """The parser is stopped: what is wrong, and what would mend it."""


def parse(data: bytes, path: str) -> tuple[Node | None, Diagnostic | None]:
    """The element `<svg>` of the file `data`, or what is wrong with it."""
    if len(data) > LARGEST:
        message = f"`{path}` is larger than {LARGEST // 1_000_000} MB"
        return None, finding("unreadable-image", message, path=path, help="simplify the drawing")
    building = _Building()
    parser = building.parser
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        message = f"`{path}` is not well-formed: {expat.errors.messages[error.code]}"
        span = Span(path, error.lineno, error.offset + 1, error.lineno, error.offset + 2)
        return None, finding("unreadable-image", message, span, help="save it again with a drawing program")
    except _Refused as refused:
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        message, help = refused.args
        return None, finding("unsupported-drawing", message, Span(path, line, column, line, column + 1), help=help)
    root = building.root
    if root is None or root.name != "svg":
        return None, finding("unreadable-image", f"`{path}` is not an SVG drawing", path=path, help=_PLAIN)
    return root, None


class _Building:
    """Builds the tree as the parser reads."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._stack: list[Node] = []
        self._count = 0
        self.parser = parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        parser.EntityDeclHandler = self._entity
        parser.ProcessingInstructionHandler = self._instruction

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise _Refused(f"the drawing has more than {MOST_ELEMENTS:,} elements", "simplify the drawing")
        if len(self._stack) >= DEEPEST:
            raise _Refused(f"elements are nested more than {DEEPEST} deep", "take groups apart")
        place = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
        node = Node(_local(name), _attributes(attributes), *place)
        if self._stack:
            self._stack[-1].children.append(node)
        else:
            self.root = node
        self._stack.append(node)

    def _end(self, name: str) -> None:
        self._stack.pop()

    def _characters(self, data: str) -> None:
        self._stack[-1].children.append(data)

    def _entity(self, *_: object) -> None:
        raise _Refused("the drawing declares entities", _PLAIN)

    def _instruction(self, target: str, data: str) -> None:
        if target == "xml-stylesheet":
            raise _Refused("the drawing takes its style from another file", _PLAIN)


def _local(name: str) -> str:
    space, _, local = name.rpartition(" ")
    return local if space in ("", _SVG) else ""


def _attributes(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes of SVG, with `href` whichever way it is written and `xml:space` as `space`."""
    found: dict[str, str] = {}
    for name, value in attributes.items():
        space, _, local = name.rpartition(" ")
        if space == "" or (space == _XML and local == "space"):
            found[local] = value
        elif space == _XLINK and local == "href":
            found.setdefault(local, value)
    return found
