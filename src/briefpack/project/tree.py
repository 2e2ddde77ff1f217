"""The tree of a YAML file: texts, sequences and mappings with their places. `yaml` reads files as such trees."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.namedtuple import NamedTuple

Style = Literal["plain", "single", "double", "literal", "folded"]


class Anchor(NamedTuple):
    """From `offset` in a text on, it stands at `line` and `column` of its file, until the next anchor."""

    offset: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """A text. `anchors` lead from its characters to the file; empty where escapes make that impossible."""

    text: str
    span: Span
    style: Style = "plain"
    anchors: tuple[Anchor, ...] = ()

    @property
    def plain(self) -> bool:
        """Whether it was written without quotes and not as a block."""
        return self.style == "plain"

    @property
    def empty(self) -> bool:
        """Whether nothing was written at all, as after `title:`."""
        return not self.text and self.style == "plain"


@dataclass(frozen=True, slots=True)
class YamlSequence:
    items: tuple[Yaml, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class YamlMapping:
    """Keys with their values, in the order written; no key occurs twice."""

    entries: tuple[tuple[YamlScalar, Yaml], ...]
    span: Span

    def get(self, name: str) -> Yaml | None:
        """The value of the key `name`."""
        return next((value for key, value in self.entries if key.text == name), None)

    def key(self, name: str) -> YamlScalar | None:
        """The key `name` as it stands in the file."""
        return next((key for key, _ in self.entries if key.text == name), None)

    def names(self) -> tuple[str, ...]:
        return tuple(key.text for key, _ in self.entries)


Yaml = YamlScalar | YamlSequence | YamlMapping


def beginning(node: Yaml) -> Span:
    """The first line of `node`: its first key, if it has one."""
    if isinstance(node, YamlMapping) and node.entries:
        return node.entries[0][0].span
    span = node.span
    return Span(span.path, span.line, span.column, span.line, span.column + 1)


def walk(node: Yaml) -> Iterator[Yaml]:
    """`node` and everything below it, in the order written."""
    yield node
    match node:
        case YamlSequence(items=items):
            for item in items:
                yield from walk(item)
        case YamlMapping(entries=entries):
            for key, value in entries:
                yield key
                yield from walk(value)


def place(span: Span | None, anchors: tuple[Anchor, ...], start: int, end: int) -> Span | None:
    """Where the characters `start` to `end` of a text stand; the whole text's `span` if that is unknown."""
    if span is None or not anchors or end <= start:
        return span
    first, last = _anchor(anchors, start), _anchor(anchors, end - 1)
    return Span(
        span.path,
        first.line,
        first.column + max(0, start - first.offset),
        last.line,
        last.column + end - last.offset,
    )


def _anchor(anchors: tuple[Anchor, ...], at: int) -> Anchor:
    """The last of `anchors` that is not after the character `at`; most texts have but one."""
    if len(anchors) == 1:
        return anchors[0]
    return anchors[max(0, bisect_right(anchors, at, key=_offset) - 1)]


def _offset(anchor: Anchor) -> int:
    return anchor.offset
