"""YAML as a tree of texts with places.

In comes the text of one file, out goes one frozen tree and what is wrong with it. No scalar is
interpreted: `no`, `12:30` and `1.10` stay what the author typed, and a field decides what they mean.

Refused: duplicate keys, tags, several documents, keys that are not text, nesting deeper than `DEEPEST`,
and aliases that repeat more than `MOST_REPEATED` nodes. Follows YAML 1.1 as PyYAML reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from typing import Final

import yaml

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, Stopped, finding
from briefpack.expressions import expression
from briefpack.project.files import ProjectFiles, split_lines
from briefpack.project.tree import Anchor, Style, Yaml, YamlMapping, YamlScalar, YamlSequence, place
from briefpack.project.yaml_errors import syntax_error

DEEPEST: Final = 50
MOST_REPEATED: Final = 10_000

# So many slips of one file are told in one run.
_MOST_SLIPS: Final = 20

# libyaml where the wheel has it: ten times as fast, same events.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# What YAML 1.1, section 4.1, does not allow in a file.
_FORBIDDEN: Final = expression("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")

_STYLES: Final[dict[str | None, Style]] = {"'": "single", '"': "double", "|": "literal", ">": "folded"}


def read_yaml(files: ProjectFiles, path: str) -> tuple[Yaml | None, tuple[Diagnostic, ...]]:
    """The tree of the file `path`, or None, and the findings about it."""
    try:
        text = files.read_text(path)
    except Stopped as stopped:
        return None, stopped.diagnostics
    return parse_yaml(text, path)


def parse_yaml(text: str, path: str) -> tuple[Yaml | None, tuple[Diagnostic, ...]]:
    """The tree of `text`, or None when there is an error; `path` is named in spans."""
    forbidden = _FORBIDDEN.search(text)
    lines = split_lines(text)
    if forbidden is not None:
        return None, (_forbidden(text, forbidden.start(), path),)
    tree, found, mended = _composed(text, lines, path)
    for _ in range(_MOST_SLIPS):
        if mended is None:
            break
        # What comes after a slip is looked at as if that were mended, with no use made of the tree.
        tree = None
        _, more, mended = _composed("\n".join(mended), mended, path)
        found = (*found, *(item for item in more if item not in found))
    return tree, found


def _composed(
    text: str, lines: tuple[str, ...], path: str
) -> tuple[Yaml | None, tuple[Diagnostic, ...], tuple[str, ...] | None]:
    """The tree of `text` and what is wrong with it; and its lines with a slip mended, where one ended the reading and
    it is plain what was meant."""
    composer = _Composer(path, lines)
    try:
        tree = composer.document(_events(text))
    except yaml.MarkedYAMLError as error:
        # What was taken for a key is most likely the same mistake.
        earlier = (item for item in composer.found if item.rule != "yaml-key")
        slip, mended = syntax_error(error, lines, path)
        return None, (*earlier, slip), mended
    except Stopped as stopped:
        return None, (*composer.found, *stopped.diagnostics), None
    return (None if composer.found else tree), tuple(composer.found), None


def _forbidden(text: str, at: int, path: str) -> Diagnostic:
    before = split_lines(text[:at])
    line, column = len(before), len(before[-1]) + 1
    return finding(
        "yaml-character",
        f"the character U+{ord(text[at]):04X} is not allowed",
        Span(path, line, column, line, column + 1),
        help="delete it and type the text around it again",
    )


def _events(text: str) -> Iterator[yaml.Event]:
    """What the parser meets in `text`, to its end."""
    return iter(_LOADER(text).get_event, None)


@dataclass(slots=True)
class _Composer:
    """Builds the tree of one document from the parser's events."""

    path: str
    lines: tuple[str, ...]
    found: list[Diagnostic] = field(default_factory=list)
    anchored: dict[str, tuple[Yaml, int]] = field(default_factory=dict)
    open_anchors: set[str] = field(default_factory=set)
    count: int = 0
    repeated: int = 0

    def document(self, events: Iterator[yaml.Event]) -> Yaml | None:
        """The one document that `events` describe. Raises Stopped at what makes going on pointless."""
        tree: Yaml | None = None
        for event in events:
            match event:
                case yaml.DocumentStartEvent() if tree is not None:
                    raise Stopped((self._second_document(event),))
                case yaml.NodeEvent():
                    tree = self._node(event, events, 1)
        if tree is None or (isinstance(tree, YamlScalar) and tree.empty):
            raise Stopped((self._empty(),))
        return tree

    def _node(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], depth: int) -> Yaml:
        if depth > DEEPEST:
            raise Stopped((self._too_deep(event),))
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._tag(event, tag)
        before = self.count
        self.count += 1
        if event.anchor is None:
            return self._scalar(event) if isinstance(event, yaml.ScalarEvent) else self._content(event, events, depth)
        self.open_anchors.add(event.anchor)
        node = self._content(event, events, depth)
        self.open_anchors.discard(event.anchor)
        self.anchored[event.anchor] = (node, self.count - before)
        return node

    def _content(self, event: yaml.NodeEvent, events: Iterator[yaml.Event], depth: int) -> Yaml:
        match event:
            case yaml.ScalarEvent():
                return self._scalar(event)
            case yaml.SequenceStartEvent():
                return self._sequence(event, events, depth)
            case _:
                return self._mapping(event, events, depth)

    def _sequence(self, start: yaml.NodeEvent, events: Iterator[yaml.Event], depth: int) -> YamlSequence:
        items: list[Yaml] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._node(_node_event(event), events, depth + 1))
        end = self._end(start, event, items[-1].span if items else None)
        return YamlSequence(tuple(items), end)

    def _mapping(self, start: yaml.NodeEvent, events: Iterator[yaml.Event], depth: int) -> YamlMapping:
        entries: dict[str, tuple[YamlScalar, Yaml]] = {}
        last: Span | None = None
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self._node(_node_event(event), events, depth + 1)
            value = self._node(_node_event(next(events)), events, depth + 1)
            last = key.span if isinstance(value, YamlScalar) and value.empty else value.span
            if not isinstance(key, YamlScalar):
                self._bad_key(key)
            elif key.text in entries:
                self._duplicate(key, entries[key.text][0])
            else:
                entries[key.text] = (key, value)
        return YamlMapping(tuple(entries.values()), self._end(start, event, last))

    def _end(self, start: yaml.NodeEvent, end: yaml.Event, last: Span | None) -> Span:
        """A flow collection ends at its bracket; a block one, for the parser, only where the next thing begins."""
        if getattr(start, "flow_style", False) or last is None:
            return Span(self.path, *_start(start), *_stop(end))
        return Span(self.path, *_start(start), last.end_line, last.end_column)

    def _scalar(self, event: yaml.ScalarEvent) -> YamlScalar:
        text, style, span = event.value, _STYLES.get(event.style, "plain"), self._span(event)
        if style in ("literal", "folded"):
            return self._block_scalar(event, style, span)
        trim = 0 if style == "plain" else 1
        if span.line == span.end_line and (not trim or self._stands(text, span)):
            return YamlScalar(text, span, style, (Anchor(0, span.line, span.column + trim),))
        if style == "double" and (escaped := _FORBIDDEN.search(text)) is not None:
            message = f"the character U+{ord(escaped[0]):04X} is not allowed"
            self.found.append(finding("yaml-character", message, span, help="write the text without it"))
        inside = replace(span, column=span.column + trim, end_column=span.end_column - trim)
        return YamlScalar(text, span, style, self._anchors(text, inside))

    def _stands(self, text: str, span: Span) -> bool:
        """Whether `text` is, letter by letter, what stands between the quotes at `span`."""
        written = self.lines[span.line - 1][span.column : span.end_column - 2]
        return written == text and written == written.strip(" \t") != ""

    def _block_scalar(self, event: yaml.ScalarEvent, style: Style, span: Span) -> YamlScalar:
        """A block's place is that of its text: from the first line that has any to the end of the last."""
        # The end mark is where what follows begins, so its row is the block's only at the end of the file.
        last = span.end_line if span.end_column > 1 else span.end_line - 1
        rows = [row for row in range(span.line + 1, last + 1) if self.lines[row - 1].strip()]
        if not event.value.strip() or not rows:
            return YamlScalar(event.value, replace(span, end_line=span.line, end_column=span.column + 1), style)
        rough = Span(self.path, rows[0], 1, rows[-1], len(self.lines[rows[-1] - 1]) + 1)
        anchors = self._anchors(event.value, rough)
        indent = len(self.lines[rows[0] - 1]) - len(self.lines[rows[0] - 1].lstrip(" "))
        exact = place(rough, anchors, 0, len(event.value.rstrip())) if anchors else None
        return YamlScalar(event.value, exact or replace(rough, column=indent + 1), style, anchors)

    def _anchors(self, text: str, span: Span) -> tuple[Anchor, ...]:
        """One anchor for each line of the file that is part of `text`; none when they do not match.

        A line matches if, blanks at its ends apart, it is what comes next in the text: true of everything
        but quoted texts with escapes, which give up.
        """
        anchors: list[Anchor] = []
        at = 0
        for row in range(span.line, span.end_line + 1):
            line = self.lines[row - 1]
            if row == span.end_line:
                line = line[: span.end_column - 1]
            start = span.column - 1 if row == span.line else 0
            piece = line[start:].strip(" \t")
            if not piece:
                continue
            at += len(text[at:]) - len(text[at:].lstrip())
            if not text.startswith(piece, at):
                return ()
            anchors.append(Anchor(at, row, line.index(piece, start) + 1))
            at += len(piece)
        return tuple(anchors) if not text[at:].strip() else ()

    def _alias(self, event: yaml.AliasEvent) -> Yaml:
        span = self._span(event)
        name = str(event.anchor)
        if name in self.open_anchors:
            raise Stopped((finding("yaml-alias", f"the alias `*{name}` refers to itself", span, help=_NO_ALIAS),))
        if name not in self.anchored:
            raise Stopped((finding("yaml-alias", f"there is no anchor `&{name}`", span, help=_NO_ALIAS),))
        node, size = self.anchored[name]
        self.count += size
        self.repeated += size
        if self.repeated > MOST_REPEATED:
            message = f"the aliases of this file repeat more than {MOST_REPEATED:,} values"
            raise Stopped((finding("yaml-alias", message, span, help="write the values out where they are needed"),))
        return node

    def _span(self, event: yaml.Event) -> Span:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        return Span(self.path, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _tag(self, event: yaml.NodeEvent, tag: str) -> None:
        line, column = _start(event)
        span = Span(self.path, line, column, line, column + 1)
        message = f"the tag `{_short_tag(tag)}` is not allowed"
        self.found.append(finding("yaml-tag", message, span, help="remove it, or put the text in quotes"))

    def _duplicate(self, key: YamlScalar, first: YamlScalar) -> None:
        self.found.append(
            finding(
                "yaml-duplicate-key",
                f"the key `{key.text}` is written twice",
                key.span,
                help="remove one of the two",
                related=((first.span, "first written here"),),
            )
        )

    def _bad_key(self, key: Yaml) -> None:
        """Fields or a list as a key: what was meant is text with `{{ … }}` or `[…]` at its start."""
        line, column = key.span.line, key.span.column
        before = self.lines[line - 1][: column - 1]
        start = column - 1 if before.endswith("{") else column
        mark = "{" if isinstance(key, YamlMapping) else "["
        self.found.append(
            finding(
                "yaml-key",
                f"text that begins with `{mark}` needs quotes",
                Span(self.path, line, start, line, start + 1),
                help="put the text in double quotes, or on lines of its own after `>-`",
            )
        )

    def _too_deep(self, event: yaml.Event) -> Diagnostic:
        span = self._span(event)
        return finding(
            "yaml-nesting", f"this is nested more than {DEEPEST} levels deep", span, help="check the indentation"
        )

    def _second_document(self, event: yaml.Event) -> Diagnostic:
        help = "put the second one in a file of its own"
        span = self._span(event)
        return finding("yaml-documents", "a second YAML document begins here", span, help=help)

    def _empty(self) -> Diagnostic:
        return finding("yaml-empty", f"`{self.path}` is empty", path=self.path, help="fill it in or delete it")


_NO_ALIAS: Final = "write the value out, or put text that begins with `*` in double quotes"


def _node_event(event: yaml.Event) -> yaml.NodeEvent:
    """An event of which the grammar says that it begins a node."""
    assert isinstance(event, yaml.NodeEvent)
    return event


def _start(event: yaml.Event) -> tuple[int, int]:
    """Line and column, from 1, where `event` begins."""
    mark = event.start_mark
    assert mark is not None
    return mark.line + 1, mark.column + 1


def _stop(event: yaml.Event) -> tuple[int, int]:
    """Line and column, from 1, where `event` ends."""
    mark = event.end_mark
    assert mark is not None
    return mark.line + 1, mark.column + 1


def _short_tag(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
