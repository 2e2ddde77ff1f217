"""Inline text as an author writes it: a small part of Markdown, and references in double braces.

`**strong**`, `*emphasis*`, `[words](https://…)`, `^[a footnote]`, `[@source]` or `[@one; @two]`, `{{ fact }}`,
`{{ fact.unit }}`, `{{ message.id }}`, `{{ message.id.gloss }}`, `{{ value.name }}`, `{{ row.column }}`; a backslash
before a mark makes it a plain character. Line breaks and runs of blanks are one blank. In comes a text with its place,
out go marks with theirs; what they refer to is not looked up here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import Final

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, finding
from briefpack.expressions import expression
from briefpack.project.fields import Text, is_link


@dataclass(frozen=True, slots=True)
class Chars:
    """Plain characters."""

    text: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Marked:
    """Words between `**` (strong) or `*` (emphasis)."""

    mark: str
    content: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class LinkMark:
    """A link. In its address stand `cells` of the row that a copy is made for, as `CELL` finds them."""

    content: tuple[Mark, ...]
    url: str
    cells: tuple[RowMark, ...] = ()


@dataclass(frozen=True, slots=True)
class CiteMark:
    """A citation of one or more sources, each with its own place."""

    ids: tuple[tuple[str, Span | None], ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class FactMark:
    """A field of a fact; `value` when none is named."""

    fact: str
    field: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class MessageMark:
    """The words of a message, or its gloss."""

    message: str
    span: Span | None
    gloss: bool = False


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A footnote; `span` is that of `^[`."""

    content: tuple[Mark, ...]
    span: Span | None


@dataclass(frozen=True, slots=True)
class ValueMark:
    """A value of the brief."""

    value: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class RowMark:
    """A cell of the row that a copy is made for."""

    column: str
    span: Span | None


Mark = Chars | Marked | LinkMark | CiteMark | FactMark | MessageMark | NoteMark | ValueMark | RowMark

FACT_FIELDS: Final = ("value", "number", "interval", "low", "high", "unit", "qualifier", "note", "means")

_TOKEN: Final = expression(
    r"""
      \\(?P<escape>[!-/:-@\[-`{-~])
    | \{\{(?P<reference>[^{}]*)\}\}
    | (?P<braces>\{\{)
    | (?P<note>\^\[)
    | \[(?P<cite>\s*@[^\[\]]*)\]
    | (?P<stars>\*+)
    | \]\((?P<url>(?:\{\{[^{}()]*\}\}|[^()\s]|\([^()\s]*\))*)\)
    | (?P<badlink>\]\()
    | (?P<open>\[)
    | (?P<close>\])
    """,
    re.VERBOSE,
)
# One of the characters that every mark begins with, to see at once that there is none.
_MARK: Final = expression(r"[\\{\[\]*]")
_ID: Final = expression(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_SOURCE: Final = expression(r"@([^\s@;]+)")
CELL: Final = expression(r"\{\{\s*row\.([A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*)\s*\}\}")
"""A cell in an address or a path."""
_BLANKS: Final = expression(r"[ \t\r\n]+")


def parse_inline(text: Text) -> tuple[tuple[Mark, ...], tuple[Diagnostic, ...]]:
    """The marks of `text`, and what is wrong with them. What is malformed is kept as plain characters."""
    plain = unmarked(text)
    if plain is not None:
        return (Chars(plain, text.span),), ()
    parser = _Parser(text)
    return parser.parse(), tuple(parser.found)


def unmarked(text: Text) -> str | None:
    """The characters of a `text` without any mark; None where there may be one."""
    return _flat(text.text).strip() if _MARK.search(text.text) is None else None


def _flat(text: str) -> str:
    if "  " not in text and text.isprintable():
        return text  # as most are; a line break is not printable
    return _BLANKS.sub(" ", text)


@dataclass(slots=True)
class _Open:
    """A mark that has begun: `**`, `*`, `[` or `^[`; the empty mark holds the whole text."""

    mark: str
    start: int
    content: list[Mark] = field(default_factory=list)


@dataclass(slots=True)
class _Parser:
    source: Text
    found: list[Diagnostic] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=lambda: [_Open("", 0)])

    def parse(self) -> tuple[Mark, ...]:
        text = self.source.text
        at = 0
        for token in _TOKEN.finditer(text):
            self._chars(at, token.start())
            self._token(token)
            at = token.end()
        self._chars(at, len(text))
        while len(self.stack) > 1:
            self._dissolve()
        return trimmed(_joined(self.stack[0].content))

    def _token(self, token: re.Match[str]) -> None:
        start, end = token.span()
        match token.lastgroup:
            case "escape":
                self._add(Chars(token["escape"], self._place(start, end)))
            case "reference":
                self._reference(token["reference"], start, end)
            case "cite":
                self._cite(token["cite"], start, end)
            case "stars":
                self._stars(start, end)
            case "url":
                self._link(token["url"], start, end)
            case "note":
                self._note(start, end)
            case "open":
                self.stack.append(_Open("[", start))
            case "close":
                self._bracket(start, end)
            case _:
                self._malformed(token)

    def _malformed(self, token: re.Match[str]) -> None:
        start, end = token.span()
        if token.lastgroup == "braces":
            self._report("bad-reference", "these braces are not closed", start, end, "write `{{ fact }}`")
        elif any(item.mark == "[" for item in self.stack):
            help = "write `[words](https://…)` without blanks in the address"
            self._report("bad-link", "the address of this link is not closed", start, end, help)
        self._chars(start, end)

    # ------------------------------------------------------------------------------------------- marks

    def _stars(self, start: int, end: int) -> None:
        """A run of stars closes and opens marks, two stars at a time where it can."""
        text = self.source.text
        opens = end < len(text) and not text[end].isspace()
        closes = start > 0 and not text[start - 1].isspace()
        while start < end:
            mark = self._close(end - start) if closes else ""
            if not mark and opens and self._may_open(end - start):
                mark = "**" if end - start >= 2 else "*"
                self.stack.append(_Open(mark, start))
            if not mark:
                self._chars(start, end)
                return
            start += len(mark)

    def _close(self, stars: int) -> str:
        """Close the innermost mark that `stars` stars can close; the mark, or nothing."""
        marks = [item.mark for item in self.stack]
        top = marks[-1]
        if top == "*" and stars == 2 and "**" in marks:
            self._dissolve()  # `**a *b**`: the inner mark is the one that was not closed
            top = self.stack[-1].mark
        if not (top == "**" and stars >= 2) and top != "*":
            return ""
        done = self.stack.pop()
        self._add(Marked(done.mark, _joined(done.content)))
        return done.mark

    def _may_open(self, stars: int) -> bool:
        mark = "**" if stars >= 2 else "*"
        return mark not in [item.mark for item in self.stack[self._innermost("^[") or 0 :]]

    def _link(self, url: str, start: int, end: int) -> None:
        bracket, note = self._innermost("["), self._innermost("^[")
        if bracket is None or (note or 0) > bracket:
            self._bracket(start, start + 1)
            self._chars(start + 1, end)
            return
        while self.stack[-1].mark != "[":
            self._dissolve()
        done = self.stack.pop()
        content = _joined(done.content)
        if any(isinstance(mark, NoteMark) for mark in content):
            help = "write it behind the link"
            self._report("bad-footnote", "a footnote cannot stand in a link", done.start, start, help)
        filled = _as_filled(url)
        if "{{" in filled or not is_link(filled):
            shown = url or "nothing"
            help = "write a complete address, such as `https://example.org`"
            if "{{" in filled:
                help = "of what is in braces only a column can stand in an address, such as `{{ row.clinic_id }}`"
            self._report(
                "bad-link", f"`{shown}` is not an address to link to", start + 2, max(end - 1, start + 3), help
            )
        cells = (
            RowMark(cell[1], self._place(start + 2 + cell.start(), start + 2 + cell.end()))
            for cell in CELL.finditer(url)
        )
        self._add(LinkMark(content, url, tuple(cells)))

    def _bracket(self, start: int, end: int) -> None:
        """A bracket that no address follows ends a footnote, or was only a bracket."""
        note = self._innermost("^[")
        if note is not None and note > (self._innermost("[") or 0):
            self._close_note(note, start, end)
            return
        if self.stack[-1].mark == "[":
            self._dissolve()
        self._chars(start, end)

    def _note(self, start: int, end: int) -> None:
        if self._innermost("^[") is not None:
            help = "make one footnote of the two"
            self._report("bad-footnote", "a footnote cannot stand in a footnote", start, end, help)
        self.stack.append(_Open("^[", start))

    def _close_note(self, note: int, start: int, end: int) -> None:
        while len(self.stack) - 1 > note:
            self._dissolve()
        done = self.stack.pop()
        content = trimmed(_joined(done.content))
        if not content:
            help = "write its words between the brackets, or take it out"
            self._report("bad-footnote", "this footnote says nothing", done.start, end, help)
        self._add(NoteMark(content, self._place(done.start, done.start + 2)))

    def _innermost(self, mark: str) -> int | None:
        """Where in the stack the last `mark` is that is still open."""
        return next((at for at in reversed(range(len(self.stack))) if self.stack[at].mark == mark), None)

    def _dissolve(self) -> None:
        """Take the innermost mark for plain characters, because it was not closed."""
        done = self.stack.pop()
        end = done.start + len(done.mark)
        if done.mark != "[":
            closing = "]" if done.mark == "^[" else done.mark
            help = f"close it with `{closing}`, or write a backslash before it"
            self._report("unclosed-mark", f"this `{done.mark}` is not closed", done.start, end, help)
        self._add(Chars(done.mark, self._place(done.start, end)))
        self.stack[-1].content += done.content

    # -------------------------------------------------------------------------------------- references

    def _reference(self, inside: str, start: int, end: int) -> None:
        span = self._place(start, end)
        name, dot, rest = inside.strip().partition(".")
        if name == "message" and _ID.fullmatch(rest.removesuffix(".gloss")):
            self._add(MessageMark(rest.removesuffix(".gloss"), span, rest.endswith(".gloss")))
        elif name == "value" and _ID.fullmatch(rest):
            self._add(ValueMark(rest, span))
        elif name == "row" and _ID.fullmatch(rest):
            self._add(RowMark(rest, span))
        elif _ID.fullmatch(name) and (not dot or rest in FACT_FIELDS):
            self._add(FactMark(name, rest or "value", span))
        else:
            known = ", ".join(FACT_FIELDS)
            help = f"write `{{{{ fact }}}}`, `{{{{ fact.unit }}}}` (or {known}) or `{{{{ message.id }}}}`"
            self._report("bad-reference", f"`{_flat(inside).strip()}` is not a reference", start, end, help)

    def _cite(self, inside: str, start: int, end: int) -> None:
        ids: list[tuple[str, Span | None]] = []
        at = start + 1
        for piece in inside.split(";"):
            match = _SOURCE.fullmatch(piece.strip())
            if match is None:
                self._report("bad-citation", f"`[{_flat(inside)}]` is not a citation", start, end, _CITE_HELP)
                return
            begin = at + piece.index("@")
            ids.append((match[1], self._place(begin, begin + len(match[0]))))
            at += len(piece) + 1
        self._add(CiteMark(tuple(ids), self._place(start, end)))

    # ----------------------------------------------------------------------------------------- helpers

    def _chars(self, start: int, end: int) -> None:
        if end > start:
            self._add(Chars(_flat(self.source.text[start:end]), self._place(start, end)))

    def _add(self, mark: Mark) -> None:
        self.stack[-1].content.append(mark)

    def _place(self, start: int, end: int) -> Span | None:
        return self.source.place(start, end)

    def _report(self, rule: str, message: str, start: int, end: int, help: str) -> None:
        self.found.append(finding(rule, message, self._place(start, end), help=help))


def _as_filled(url: str) -> str:
    """`url` as it may be when its cells are filled: one that begins it is an address, one of a mailbox a mailbox."""
    whole = CELL.match(url)
    rest = CELL.sub("x@example.org" if url.startswith("mailto:") else "x", url[whole.end() :] if whole else url)
    return f"https://example.org/{rest}" if whole is not None else rest


_CITE_HELP: Final = "write `[@source]`, or `[@one; @two]` with ids from `sources.yaml`"


def _joined(content: list[Mark]) -> tuple[Mark, ...]:
    """`content` with neighbouring characters in one."""
    return tuple(_join(content))


def _join(content: list[Mark]) -> Iterator[Mark]:
    held: Chars | None = None
    for mark in content:
        if isinstance(mark, Chars):
            held = mark if held is None else Chars(held.text + mark.text, _around(held.span, mark.span))
            continue
        if held is not None:
            yield held
            held = None
        yield mark
    if held is not None:
        yield held


def _around(first: Span | None, last: Span | None) -> Span | None:
    if first is None or last is None or first == last:
        return first
    return Span(first.path, first.line, first.column, last.end_line, last.end_column)


def trimmed(content: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """`content` without blanks at its two ends."""
    marks = list(content)
    if marks and isinstance(marks[0], Chars):
        marks[0] = Chars(marks[0].text.lstrip(" "), marks[0].span)
    if marks and isinstance(marks[-1], Chars):
        marks[-1] = Chars(marks[-1].text.rstrip(" "), marks[-1].span)
    return tuple(mark for mark in marks if not isinstance(mark, Chars) or mark.text)
