"""The XML that a template makes, parsed: elements with the line of the template that each was written on.

Refused, with the place: what is not well formed, a document type declaration (and with it entities of
one's own and files from elsewhere), and a nest deeper than `DEEPEST`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache
from typing import Final
from xml.parsers import expat

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, finding
from briefpack.expressions import expression

LINE: Final = "at"
"""The attribute that says where in a template an element was written, as `path:line:column`."""

PLACEHOLDER: Final = "ref"
"""The element that stands for a rich text."""

DEEPEST: Final = 40

_MARKED: Final = expression(rf'<([\w.-]+) {LINE}="([^"]*)"')
_CLOSING: Final = expression(r"</([\w.-]+)")
_RICH_ATTRIBUTE: Final = expression(rf'="[^"<>]*<{PLACEHOLDER} n=$')

_UNCLOSED: Final = (expat.errors.XML_ERROR_TAG_MISMATCH, expat.errors.XML_ERROR_NO_ELEMENTS)

_HELP: Final = {
    expat.errors.XML_ERROR_INVALID_TOKEN: "write `&amp;` for `&` and `&lt;` for `<`",
    expat.errors.XML_ERROR_UNDEFINED_ENTITY: "write the character itself",
    expat.errors.XML_ERROR_NO_ELEMENTS: "wrap everything in `<document>`",
    expat.errors.XML_ERROR_JUNK_AFTER_DOC_ELEMENT: "wrap everything in one `<document>`",
    expat.errors.XML_ERROR_DUPLICATE_ATTRIBUTE: "write every attribute once",
}


@dataclass(slots=True)
class Parsed:
    """An element as the parser saw it."""

    name: str
    attributes: dict[str, str]
    children: list[Parsed | str] = field(default_factory=list)

    @property
    def elements(self) -> Iterator[Parsed]:
        return (child for child in self.children if isinstance(child, Parsed))

    def span(self, template: str) -> Span:
        """Where it was written; the first line of `template` when nobody knows."""
        return _place(self.name, self.attributes.get(LINE, f"{template}:1:1"))


class _Refused(Exception):
    """The parser is stopped; the message says why."""


def parse(xml: str, template: str) -> tuple[Parsed | None, Diagnostic | None]:
    """The outermost element, `<document>`, or what is wrong with `xml`, which the file `template` made."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    stack: list[Parsed] = [Parsed("", {})]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(stack) > DEEPEST:
            raise _Refused(f"elements are nested more than {DEEPEST} deep")
        element = Parsed(name, attributes)
        stack[-1].children.append(element)
        stack.append(element)

    def end(name: str) -> None:
        stack.pop()

    def characters(data: str) -> None:
        stack[-1].children.append(data)

    def doctype(*_: object) -> None:
        raise _Refused("a document type declaration is not allowed")

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = characters, doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        if stack[1:] and expat.errors.messages[error.code] in _UNCLOSED:
            return None, _mismatch(xml, _offset(xml, error), stack, template)
        return None, _not_xml(xml, error, template)
    except _Refused as refused:
        return None, finding("template-error", str(refused), stack[-1].span(template), help="leave it out")
    root = next(stack[0].elements)
    if root.name != "document":
        message = f"the template's outermost element is `<{root.name}>`, not `<document>`"
        return None, finding("template-error", message, root.span(template), help="wrap everything in `<document>`")
    return root, None


def _offset(xml: str, error: expat.ExpatError) -> int:
    """Where in `xml` the parser gave up."""
    return sum(len(line) + 1 for line in xml.split("\n")[: error.lineno - 1]) + error.offset


def _mismatch(xml: str, offset: int, stack: list[Parsed], template: str) -> Diagnostic:
    """Something was closed at `offset` that is not the last of `stack`: that one was forgotten, or nothing was open."""
    closed = _CLOSING.search(xml, max(0, offset - 2))
    name, innermost = closed[1] if closed else "", stack[-1]
    if not name or any(element.name == name for element in stack):
        message, help = f"`<{innermost.name}>` is not closed", f"close it with `</{innermost.name}>`"
    else:
        message, help = f"`</{name}>` closes nothing in `<{innermost.name}>`", "take it out"
    return finding("template-error", message, innermost.span(template), help=help)


def _not_xml(xml: str, error: expat.ExpatError, template: str) -> Diagnostic:
    """Where the template went wrong: at the last element that began before the parser gave up, or just there."""
    from html import unescape  # imported late: most templates make what they should

    offset = _offset(xml, error)
    marked = [*_MARKED.finditer(xml, 0, max(xml.find(">", offset), offset))]
    span = _place(marked[-1][1], unescape(marked[-1][2])) if marked else Span(template, 1, 1, 1, 2)
    if _RICH_ATTRIBUTE.search(xml, 0, xml.find('"', offset)):
        message, help = "an attribute cannot hold text with marks", "write `| string` after the value"
    else:
        message = f"the template does not make well-formed XML: {expat.errors.messages[error.code]}"
        help = _HELP.get(expat.errors.messages[error.code], "close every element that is opened, in the same order")
    return finding("template-error", message, span, help=help)


@lru_cache(maxsize=1024)
def _place(name: str, place: str) -> Span:
    """The span of the beginning of element `name`, written at `place`."""
    path, line, column = place.rsplit(":", 2)
    return Span(path, int(line), int(column), int(line), int(column) + len(name) + 1)
