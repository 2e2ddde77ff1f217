"""Diagnostics as text for people: message, place, excerpt with carets, help.

In comes data, out goes one string; nothing is printed and no file is read here. Characters that would
steer a terminal are shown as escapes, because project files are not trusted.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from briefpack.diagnostics.model import Diagnostic, Severity, Span

SourceLines = Callable[[str], Sequence[str]]
"""From a file's path in the project to its lines without line ends; empty when there are none to show."""

_COUNTED: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_WIDEST: Final = 110
_TAB: Final = "    "

_RED: Final = "\x1b[1;31m"
_YELLOW: Final = "\x1b[1;33m"
_BLUE: Final = "\x1b[34m"
_CYAN: Final = "\x1b[36m"
_BOLD: Final = "\x1b[1m"
_RESET: Final = "\x1b[0m"
_TINTS: Final = {Severity.ERROR: _RED, Severity.WARNING: _YELLOW, Severity.NOTE: _BLUE}


def render(
    diagnostics: Iterable[Diagnostic],
    source_lines: SourceLines,
    color: bool = False,
    told: Collection[Diagnostic] = (),
) -> str:
    """All `diagnostics` in order of place, each once, and a line that counts them; empty when there are none.

    Those that have been `told` are only counted.
    """
    findings = ordered(diagnostics)
    if not findings:
        return ""
    blocks = [_block(item, source_lines, color) for item in findings if item not in told]
    return "\n\n".join([*blocks, summary(findings)]) + "\n"


def render_one(item: Diagnostic, source_lines: SourceLines, color: bool = False) -> str:
    """A finding as it stands among others, with the blank line after it."""
    return f"{_block(item, source_lines, color)}\n\n"


def ordered(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """The same findings, each once, by file, place and rule."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=_order))


def _order(item: Diagnostic) -> tuple[str, int, int, str, str]:
    span = item.span
    if span is None:
        return (item.path or "", 0, 0, item.rule, item.message)
    return (span.path, span.line, span.column, item.rule, item.message)


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """A count such as `2 errors, 1 warning`."""
    severities = [item.severity for item in diagnostics]
    counts = ((severity.value, severities.count(severity)) for severity in _COUNTED)
    parts = [f"{count} {word}{'s' if count != 1 else ''}" for word, count in counts if count]
    waived = severities.count(Severity.WAIVED)
    return ", ".join([*parts, *([f"{waived} waived"] if waived else [])]) or "no findings"


def _block(item: Diagnostic, source_lines: SourceLines, color: bool) -> str:
    if item.severity is Severity.WAIVED:
        return _waived(item, color)
    tint = _TINTS[item.severity]
    head = _paint(f"{item.severity.value}[{item.rule}]", tint, color) + _paint(f": {_safe(item.message)}", _BOLD, color)
    lines = [head]
    if item.span is not None:
        lines += _place(item.span, item.label, source_lines, "^", tint, color)
    elif item.path is not None:
        lines.append(f"  {_paint('-->', _BLUE, color)} {_safe(item.path)}")
    for span, note in item.related:
        lines.append(f"{_paint('note:', _BLUE, color)} {_safe(note)}")
        lines += _place(span, None, source_lines, "-", _BLUE, color)
    if item.help is not None:
        lines.append(f"{_paint('help:', _CYAN, color)} {_safe(item.help)}")
    return "\n".join(lines)


def _waived(item: Diagnostic, color: bool) -> str:
    """What is waived, in short: there is nothing to mend."""
    span = item.span
    where = f"{span.path}:{span.line}:{span.column}" if span is not None else item.path
    lines = [_paint(f"waived[{item.rule}]", _BLUE, color) + f": {_safe(item.message)}"]
    lines += [f"  {_paint('-->', _BLUE, color)} {_safe(where)}"] if where is not None else []
    return "\n".join([*lines, f"{_paint('why:', _CYAN, color)} {_safe(item.why or '')}"])


def _place(span: Span, label: str | None, source_lines: SourceLines, mark: str, tint: str, color: bool) -> list[str]:
    """The `-->` line of a span and the excerpt below it."""
    where = f"  {_paint('-->', _BLUE, color)} {_safe(span.path)}:{span.line}:{span.column}"
    source = source_lines(span.path)
    if not 1 <= span.line <= len(source):
        return [where + (f"   {_safe(label)}" if label else "")]
    excerpt, before, width = _window(source[span.line - 1], span)
    gutter = " " * len(str(span.line))
    bar = _paint("|", _BLUE, color)
    number = _paint(str(span.line), _BLUE, color)
    carets = _paint(mark * width + (f" {_safe(label)}" if label else ""), tint, color)
    return [where, f"{gutter} {bar}", f"{number} {bar} {excerpt}".rstrip(), f"{gutter} {bar} {' ' * before}{carets}"]


def _window(line: str, span: Span) -> tuple[str, int, int]:
    """The part of `line` to show, and the columns before and under the carets."""
    start = min(span.column - 1, len(line))
    end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
    end = max(start, min(end, len(line)))
    first = max(0, start - _WIDEST // 2) if len(line) > _WIDEST and end > _WIDEST else 0
    last = min(len(line), first + _WIDEST) if len(line) > _WIDEST else len(line)
    lead, trail = "…" if first else "", "…" if last < len(line) else ""
    before = _columns(lead + _safe(line[first:start]))
    under = max(1, _columns(_safe(line[start : min(end, last)])))
    return lead + _safe(line[first:last]) + trail, before, under


def _safe(text: str) -> str:
    """`text` with tabs as blanks and everything a terminal might obey as escapes."""
    if text.isprintable():
        return text
    return "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character == "\t":
        return _TAB
    if character.isprintable() or character in "\u00a0\u202f\u2009\u00ad":
        return character
    return character.encode("unicode_escape").decode("ascii")


_BEYOND_ASCII: Final = "\x80"


def _columns(text: str) -> int:
    """How many columns of a terminal `text` takes (UAX 11)."""
    return sum([1 if character < _BEYOND_ASCII else _character_columns(character) for character in text])


def _character_columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


def _paint(text: str, tint: str, color: bool) -> str:
    return f"{tint}{text}{_RESET}" if color else text
