"""What a YAML syntax error most likely means to somebody who does not know YAML.

libyaml and PyYAML's own scanner word their errors differently; both are told apart here by what they
have in common, so that a person reads the same on every machine.
"""

from __future__ import annotations

import re
from typing import Final

import yaml

from briefpack.diagnostics import Diagnostic, Span, finding
from briefpack.expressions import expression
from briefpack.namedtuple import NamedTuple

_QUOTES: Final = "put the text in double quotes, or on lines of its own after `>-`"
_LINE_UP: Final = "indent it like the lines it belongs with"

# A line of a mapping or list up to its value; the value may be missing.
_ENTRY: Final = expression(r"^(?P<before>\s*(?:- +)*(?:[^\s:#][^:#]*:(?:\s+|$))?)(?P<value>.*)$")
_SECOND_COLON: Final = expression(r"^\s*(?:- +)*[\w.\"'-][^:]*:\s+[^\s:][^:]*(?::[^\s:][^:]*)*(:)(?:\s|$)")

# A key or a dash with its value right behind it: not a time, nor an address.
_TIGHT: Final = expression(r"([A-Za-z][\w-]*:|-)(?=[^\s/\d:-])")
_SHORT: Final = 24

_TABS: Final = expression(r"^[ \t]+")

_Place = tuple[int, int]


class _Case(NamedTuple):
    """An error: what the parser says, the line it says it of, and where what it was reading began."""

    problem: str
    text: str
    row: int
    column: int
    context: _Place
    lines: tuple[str, ...]

    def line(self, row: int) -> str:
        return self.lines[row] if row < len(self.lines) else ""

    def with_line(self, text: str) -> tuple[str, ...]:
        """The lines with `text` for the one the error is in."""
        return (*self.lines[: self.row], text, *self.lines[self.row + 1 :])


class _Trouble(NamedTuple):
    """`meant` are all lines as they were most likely meant, where that is plain and no other line depends on it."""

    message: str
    line: int
    column: int
    help: str
    width: int = 1
    meant: tuple[str, ...] | None = None


def syntax_error(
    error: yaml.MarkedYAMLError, lines: tuple[str, ...], path: str
) -> tuple[Diagnostic, tuple[str, ...] | None]:
    """The finding for `error`, and the lines to go on with, if it is plain what was meant; `lines` are the file's."""
    trouble = _explained(_case(error, lines))
    line = min(trouble.line, len(lines) - 1)
    span = Span(path, line + 1, trouble.column + 1, line + 1, trouble.column + 1 + trouble.width)
    return finding("yaml-syntax", trouble.message, span, help=trouble.help), trouble.meant


def _case(error: yaml.MarkedYAMLError, lines: tuple[str, ...]) -> _Case:
    mark = error.problem_mark or error.context_mark
    row, column = (mark.line, mark.column) if mark is not None else (0, 0)
    start = error.context_mark
    context = (start.line, start.column) if start is not None else (row, column)
    text = lines[row] if row < len(lines) else ""
    return _Case((error.problem or "unknown problem").lower(), text, row, column, context, lines)


def _explained(case: _Case) -> _Trouble:
    for explain in (_tab, _open_quote, _escape, _header, _indicator, _colon, _bracket, _list, _no_colon, _document):
        trouble = explain(case)
        if trouble is not None:
            return trouble
    if any(words in case.problem for words in ("expected key", "block end", "mapping values")):
        return _Trouble("this line does not line up with those before it", case.row, case.column, _LINE_UP)
    return _Trouble(f"this is not YAML: {case.problem}", case.row, case.column, _QUOTES)


def _tab(case: _Case) -> _Trouble | None:
    indent = case.text[: len(case.text) - len(case.text.lstrip())]
    if "\t" in indent and ("tab" in case.problem or "start any token" in case.problem):
        # One finding stands for all: who uses one tab uses many.
        meant = tuple(_TABS.sub(lambda match: match[0].replace("\t", "  "), line) for line in case.lines)
        help = "use blanks, two for each level"
        return _Trouble("a tab is used to indent", case.row, indent.index("\t"), help, meant=meant)
    return None


def _open_quote(case: _Case) -> _Trouble | None:
    if any(words in case.problem for words in ("end of stream", "document separator", "document indicator")):
        return _Trouble("the quote that opens here is not closed", *case.context, "close it, or remove it")
    return None


def _escape(case: _Case) -> _Trouble | None:
    if "escape" not in case.problem:
        return None
    start = max(case.text.rfind("\\", 0, case.column + 1), 0)
    coded = re.match(r"\\[xuU][0-9A-Fa-f]+", case.text[start:])
    if coded and "unicode" in case.problem:
        return _Trouble(f"`{coded[0]}` is no character", case.row, start, "write the character itself", len(coded[0]))
    written = case.text[start : start + 2]
    return _Trouble(f"`{written}` is not known in double quotes", case.row, start, "use single quotes, or `\\\\`", 2)


def _header(case: _Case) -> _Trouble | None:
    if "comment or" in case.problem and "line break" in case.problem:
        help = "begin the text on the next line, indented"
        return _Trouble("text stands on the line of its `|` or `>`", case.row, case.column, help)
    return None


def _indicator(case: _Case) -> _Trouble | None:
    """Text that begins with a mark which means something else to YAML."""
    entry = _ENTRY.match(case.text)
    if entry is None or "entries" in case.problem or case.column < len(entry["before"]) or not entry["value"]:
        return None
    value, at = entry["value"], len(entry["before"])
    if value[0] in "\"'":
        help = "put the whole text in quotes, or on lines of its own after `>-`"
        meant = case.with_line(f"{entry['before']}{'x' * len(value)}")
        return _Trouble("text goes on after the closing quote", case.row, case.column, help, meant=meant)
    if value[0] in "*&!|>%@`" or value.startswith(("{{", "[@")) or _closes(value, case.column - at):
        mark = f"`{value[0]}`" if value[0] != "`" else "a backtick"
        meant = case.with_line(f"{entry['before']}{'x' * len(value)}")
        return _Trouble(f"text that begins with {mark} needs quotes", case.row, at, _QUOTES, meant=meant)
    return None


def _closes(value: str, column: int) -> bool:
    """Whether a bracket at the start of `value` is closed before `column`: then the rest is text."""
    return value[0] in "[{" and value[:column].rstrip().endswith(("]", "}"))


def _colon(case: _Case) -> _Trouble | None:
    second = _SECOND_COLON.match(case.text) if "mapping values" in case.problem else None
    if second is not None:
        at = second.start(1)
        meant = case.with_line(f"{case.text[:at]}.{case.text[at + 1 :]}")
        return _Trouble("a colon followed by a blank stands inside the text", case.row, at, _QUOTES, meant=meant)
    return None


def _bracket(case: _Case) -> _Trouble | None:
    for bracket, name in (("]", "list"), ("}", "group of fields")):
        if f"',' or '{bracket}'" in case.problem:
            return _Trouble(f"the {name} that opens here is not closed", *case.context, f"close it with `{bracket}`")
    return None


def _list(case: _Case) -> _Trouble | None:
    if "sequence entries" in case.problem:
        help = "put each `- ` on a line of its own"
        return _Trouble("a list cannot begin on the line of its key", case.row, case.column, help)
    row, column = case.context
    if case.line(row)[column : column + 2].rstrip() == "-" and case.context != (case.row, case.column):
        return _Trouble("this line is in a list but does not begin with `- `", case.row, case.column, _LINE_UP)
    return None


def _no_colon(case: _Case) -> _Trouble | None:
    if "could not find expected ':'" not in case.problem:
        return None
    row, column = case.context
    text = case.line(row).rstrip()
    width = max(1, len(text) - column)
    if tight := _TIGHT.match(text[column:]):
        at = column + tight.end(1)
        spaced = tuple(f"{text[:at]} {text[at:]}" if each == row else line for each, line in enumerate(case.lines))
        where, written = ("dash", "- ") if tight[1] == "-" else ("colon", f"{tight[1]} ")
        help = f"write `{written}{_begun(text[at:])}`"
        return _Trouble(f"there is no blank after the {where}", row, at - 1, help, meant=spaced)
    help = "write `key: value`, or indent the line if it goes on with the text above"
    return _Trouble("this line has no colon", row, column, help, width)


def _begun(text: str) -> str:
    """The first words of `text`."""
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()}…"


def _document(case: _Case) -> _Trouble | None:
    if "document start" not in case.problem:
        return None
    return _Trouble("the file goes on after its end mark `...`", case.row, case.column, "remove the line `...`")
