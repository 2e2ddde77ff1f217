"""Inline content: the runs of a paragraph. Frozen values with the span they were written at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import assert_never

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span


@dataclass(frozen=True, slots=True)
class Text:
    """Characters as they are to be read. `fact` names the fact they state, if they state one."""

    text: str
    span: Span | None = None
    fact: str | None = None


@dataclass(frozen=True, slots=True)
class Strong:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a URL. `id` is the node's place in its document; 0 until the document is built."""

    content: tuple[Inline, ...]
    url: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class Citation:
    """A mark that refers to numbered sources of the same document, in ascending order."""

    numbers: tuple[int, ...]
    span: Span | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note set at the foot of the page, and the mark where it stands; `number` counts those of the document."""

    content: tuple[Inline, ...]
    span: Span | None = None
    number: int = 0
    id: int = 0


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The page on which the paper `target` of a pack begins; known only when the pack is laid out."""

    target: str
    id: int = 0


@dataclass(frozen=True, slots=True)
class LineBreak:
    pass


Inline = Text | Strong | Emphasis | Link | Citation | Footnote | PageNumber | LineBreak


def plain_text(content: Iterable[Inline]) -> str:
    """The words of `content` without marks, citations and footnotes left out."""
    return "".join([item.text if isinstance(item, Text) else _plain(item) for item in content])


def _plain(item: Inline) -> str:
    match item:
        case Text(text=text):
            return text
        case Strong(content=content) | Emphasis(content=content) | Link(content=content):
            return plain_text(content)
        case Citation() | Footnote() | PageNumber():
            return ""
        case LineBreak():
            return " "
        case _:
            assert_never(item)


def first_span(content: Iterable[Inline]) -> Span | None:
    """The first span found in `content`, in reading order."""
    for item in content:
        match item:
            case Text(span=span) | Citation(span=span) | Footnote(span=span):
                found = span
            case Strong(content=inner) | Emphasis(content=inner) | Link(content=inner):
                found = first_span(inner)
            case _:
                found = None
        if found is not None:
            return found
    return None


def footnotes(content: Iterable[Inline]) -> Iterator[Footnote]:
    """The footnotes in `content`, in reading order."""
    for item in content:
        match item:
            case Footnote():
                yield item
            case Strong(content=inner) | Emphasis(content=inner) | Link(content=inner):
                yield from footnotes(inner)
            case _:
                pass
