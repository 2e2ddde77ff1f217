"""Templates to XML: Jinja2 in its sandbox, confined to the project's `layouts` folder.

A template is untrusted: it sees frozen values only, an undefined name is an error, text is escaped.
Rich text printed by a template becomes a placeholder `<ref n="…"/>`, which the reader swaps for the
inline nodes it stands for, so their spans survive and no template can break their markup. Every element
written in a template carries the line it was written on, for diagnostics.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from typing import Final

from jinja2 import (
    BytecodeCache,
    FunctionLoader,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    pass_eval_context,
)
from jinja2.bccache import Bucket
from jinja2.meta import find_referenced_templates
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from briefpack.content import RichText
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, Stopped, did_you_mean, finding
from briefpack.expressions import expression
from briefpack.project.snapshots import Snapshot
from briefpack.templates.again import Notes, Unsound, Veiled, Way, Ways
from briefpack.templates.elements import LINE, PLACEHOLDER
from briefpack.templates.sandbox import Absent, Sandbox, UnknownName

_JINJA: Final = expression(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)
# Where a template may begin to name another: who never does need not be parsed to know it.
_NAMING: Final = expression(r"\{%[-+]?\s*(?:extends|from|import|include)\b")
_LINE_END: Final = expression("\n")
_ELEMENT: Final = expression(r"<([A-Za-z][\w.-]*)(?=[\s/>])")
_OPTIONAL: Final = expression(r"""(?<![\w.-])optional\s*=\s*(?P<quote>["'])(?P<name>.*?)(?P=quote)""")

# A template that makes more than this is looping, not laying out a brief.
LARGEST_OUTPUT: Final = 20_000_000

# Texts that are remembered, to give out the same objects.
_MOST_KNOWN: Final = 2_000

ANY: Final = "layouts/*"
"""Stands for every file of `layouts`."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template's XML and the rich texts its placeholders stand for."""

    xml: str
    texts: tuple[RichText, ...]


@dataclass(frozen=True, slots=True)
class OptionalBlocks:
    """The optional blocks of a template by name, each with where it is marked first.

    `every` is false where a name is worked out as the template runs, so that there may be others.
    """

    names: Mapping[str, Span]
    every: bool


class TemplateFailure(Exception):
    """A template cannot be rendered; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True)
class Templates:
    """The templates of a project. `read` gives a file's text by its path, or raises Stopped.

    What was compiled once is kept in the `snapshot`, if there is one.
    """

    read: Callable[[str], str]
    snapshot: Snapshot | None = None
    _environment: list[Sandbox] = field(default_factory=list)
    _inputs: dict[str, frozenset[str]] = field(default_factory=dict)
    _optional: dict[str, OptionalBlocks] = field(default_factory=dict)
    _ways: dict[str, Ways] = field(default_factory=dict)
    _texts: list[RichText] = field(default_factory=list)
    _veils: list[Veiled] = field(default_factory=list)
    _known: dict[tuple[tuple[str, int, int, int, int] | None, str | None], RichText] = field(default_factory=dict)

    def inputs(self, path: str) -> frozenset[str]:
        """The files that the template at `path` is made of: itself and what it imports or includes.

        Files that are not there are among them, and `ANY` where a template works out a name as it runs.
        """
        found = self._inputs.get(path)
        if found is None:
            found = self._inputs[path] = frozenset(self._closure(path, set()))
        return found

    def _closure(self, path: str, seen: set[str]) -> set[str]:
        if path not in seen:
            seen.add(path)
            try:
                source = self.read(path)
            except Stopped:
                return seen  # what a template can do without: named in a branch not taken, or `ignore missing`
            try:
                names = self._named(source)
            except TemplateSyntaxError:
                return seen  # told where it is rendered; nothing comes of it before it changes itself
            for name in names:
                if name is None:
                    seen.add(ANY)
                else:
                    self._closure(_full(name), seen)
        return seen

    def _named(self, source: str) -> tuple[str | None, ...]:
        """The templates that `source` imports or includes; None among them where it works out a name."""
        if _NAMING.search(source) is None:
            return ()
        key = f"named\0{source}"
        named = self.snapshot.value(key) if self.snapshot is not None else None
        if isinstance(named, tuple):
            return named
        named = tuple(find_referenced_templates(self._jinja().parse(source)))
        if self.snapshot is not None:
            self.snapshot.keep(key, named)
        return named

    def optional(self, path: str) -> OptionalBlocks:
        """The names that the template at `path`, and what it is made of, has for blocks that may be left out."""
        found = self._optional.get(path)
        if found is None:
            found = self._optional[path] = self._marked(self.inputs(path))
        return found

    def _marked(self, files: frozenset[str]) -> OptionalBlocks:
        names: dict[str, Span] = {}
        every = ANY not in files
        for file in sorted(files - {ANY}):
            try:
                source = self.read(file)
            except Stopped:
                continue
            for match in _OPTIONAL.finditer(source):
                if "{" in match["name"]:
                    every = False
                else:
                    names.setdefault(match["name"], _span(source, file, match.start("name"), match.end("name")))
        return OptionalBlocks(names, every)

    def render(self, path: str, values: Mapping[str, object]) -> Rendered:
        """Render the template at `path`, such as `layouts/handout/template.xml.j2`.

        Raises TemplateFailure with the template's name and line when it cannot be read or rendered.
        """
        ways = self._ways.setdefault(path, Ways())
        found = ways.find(values, self._same)
        if found is not None:
            return Rendered(found[0].xml, tuple(found[1]))
        noted = self._noted(path, values, ways) if ways.is_due else None
        return noted or self._rendered(path, values)

    def _noted(self, path: str, values: Mapping[str, object], ways: Ways) -> Rendered | None:
        """The template rendered, and kept in `ways` for values alike; None where that cannot be known, or it fails."""
        notes = Notes(values)
        self._veils.clear()
        try:
            rendered = self._rendered(path, notes.values)
        except (TemplateFailure, Unsound):
            return None
        if len(self._veils) != len(rendered.texts):
            return None
        places = [(veil.key, id(veil.text)) for veil in self._veils]
        texts = tuple(zip(places, rendered.texts, strict=True))
        ways.keep(Way(notes.reads, notes.looked_into(), rendered.xml, texts))
        return rendered

    def _rendered(self, path: str, values: Mapping[str, object]) -> Rendered:
        self._texts.clear()
        try:
            xml = self._generated(path, values)
        except TemplateNotFound as error:
            raise TemplateFailure(self._not_found(path, error)) from None
        except TemplateSyntaxError as error:
            raise TemplateFailure(self._syntax(path, error)) from None
        except (TemplateError, TypeError, ValueError, ArithmeticError, AttributeError, LookupError) as error:
            raise TemplateFailure(self._failed(path, error, values)) from None
        except RecursionError:
            raise TemplateFailure(_endless(path)) from None
        return Rendered(xml, tuple(self._texts))

    def _generated(self, path: str, values: Mapping[str, object]) -> str:
        pieces: list[str] = []
        size = 0
        for piece in self._jinja().get_template(path).generate(values):
            size += len(piece)
            if size > LARGEST_OUTPUT:
                raise TemplateFailure(_too_large(path))
            pieces.append(piece)
        return "".join(pieces)

    def _jinja(self) -> Sandbox:
        if not self._environment:
            self._environment.append(
                Sandbox(
                    loader=FunctionLoader(self._source),
                    undefined=Absent,
                    autoescape=True,
                    finalize=self._finalize,
                    trim_blocks=True,
                    lstrip_blocks=True,
                    auto_reload=False,
                    bytecode_cache=_Compiled(self.snapshot) if self.snapshot is not None else None,
                )
            )
        return self._environment[0]

    @pass_eval_context  # not asked for, but it keeps Jinja from printing a constant `none` at compile time
    def _finalize(self, _: EvalContext, value: object) -> object:
        """What is printed for `value`: for rich text its placeholder."""
        if isinstance(value, Veiled):
            self._veils.append(value)
            value = value.text
        if isinstance(value, RichText):
            self._texts.append(self._same(value))
            return Markup(f'<{PLACEHOLDER} n="{len(self._texts) - 1}"/>')
        return "" if value is None else value

    def _same(self, text: RichText) -> RichText:
        """`text` as the same object that was printed lately, if it says the same."""
        span = text.span
        where = (span.path, span.line, span.column, span.end_line, span.end_column) if span is not None else None
        key = (where, text.slot)
        known = self._known.get(key)
        if known is not None and known == text:
            return known
        if len(self._known) >= _MOST_KNOWN:
            self._known.clear()
        self._known[key] = text
        return text

    def _source(self, name: str) -> tuple[str, str, None] | None:
        """The template called `name`, with the file name that tracebacks show. None where there is none."""
        path = _full(name)
        try:
            return with_lines(self.read(path), path), path, None
        except Stopped as stopped:
            if stopped.diagnostics[0].rule in ("file-missing", "file-outside"):
                return None
            raise TemplateFailure(stopped.diagnostics[0]) from None

    def _line(self, path: str, line: int) -> Span:
        """The span of a line of a template, without the blanks round it."""
        lines = self.read(path).split("\n")
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        return Span(path, line, len(text) - len(text.lstrip()) + 1, line, len(text.rstrip()) + 1)

    def _failed(self, path: str, error: Exception, values: Iterable[str]) -> Diagnostic:
        where = _frame(error)
        help = "correct the expression on this line"
        if isinstance(error, UnknownName):
            where = error.where or where
            help = did_you_mean(error.name, values if error.known is None else error.known, help)
            help = "put `{% if … %}` round it: a slot that is not filled is nothing" if error.of_nothing else help
        span = self._line(*where) if where else None
        return finding("template-error", _lower(str(error)), span, help=help, path=path)

    def _not_found(self, path: str, error: TemplateNotFound) -> Diagnostic:
        where = _frame(error)
        missing = error.name or path
        return finding(
            "missing-template",
            f"there is no template `{missing}`",
            self._line(*where) if where else None,
            help="put the file there or correct its name",
            path=path,
        )

    def _syntax(self, path: str, error: TemplateSyntaxError) -> Diagnostic:
        span = self._line(_full(error.name or path), error.lineno)
        message = _lower(error.message or "syntax error")
        return finding("template-error", message, span, help="correct the template on this line")


class _Compiled(BytecodeCache):
    """Templates as Jinja compiled them, kept in a snapshot by their names and their sources."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._snapshot.value(_key(bucket))
        if isinstance(kept, bytes):
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._snapshot.keep(_key(bucket), bucket.bytecode_to_string())


def _key(bucket: Bucket) -> str:
    return f"compiled\0{bucket.key}\0{bucket.checksum}"


def _span(source: str, path: str, start: int, end: int) -> Span:
    """The span of a part of one line of `source`."""
    line, column = source.count("\n", 0, start) + 1, start - source.rfind("\n", 0, start)
    return Span(path, line, column, line, column + end - start)


def _full(name: str) -> str:
    """A template's path: templates name each other below `layouts`."""
    return name if name.startswith("layouts/") else f"layouts/{name}"


def with_lines(source: str, path: str) -> str:
    """`source` with file, line and column added to every element written in it, outside of Jinja's marks."""
    starts = [0, *(match.end() for match in _LINE_END.finditer(source))]
    where = escape(path)
    offset = 0

    def mark(match: re.Match[str]) -> str:
        at = offset + match.start()
        line = bisect_right(starts, at)
        return f'<{match[1]} {LINE}="{where}:{line}:{at - starts[line - 1] + 1}"'

    result: list[str] = []
    for part in _JINJA.split(source):
        result.append(part if part.startswith(("{%", "{{", "{#")) else _ELEMENT.sub(mark, part))
        offset += len(part)
    return "".join(result)


def _frame(error: Exception) -> tuple[str, int] | None:
    """Where in a template `error` came from: Jinja rewrites tracebacks to name template and line."""
    import traceback  # which a template that is in order does without

    frames = traceback.extract_tb(error.__traceback__)
    return next(
        ((frame.filename, frame.lineno or 1) for frame in reversed(frames) if frame.filename.startswith("layouts/")),
        None,
    )


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:].rstrip(".")


def _too_large(path: str) -> Diagnostic:
    return finding(
        "template-error",
        f"the template makes more than {LARGEST_OUTPUT:,} characters",
        None,
        help="look for a loop without an end",
        path=path,
    )


def _endless(path: str) -> Diagnostic:
    return finding(
        "template-error",
        "the template calls or includes itself without an end",
        None,
        help="look for a macro that calls itself or a file that includes itself",
        path=path,
    )
