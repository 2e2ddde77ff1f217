"""Templates to XML: Jinja2 in its sandbox, confined to the project's `layouts` folder.

A template is untrusted: it sees frozen values only, an undefined name is an error, text is escaped.
Rich text printed by a template becomes a placeholder `<ref n="…"/>`, which the reader swaps for the
inline nodes it stands for, so their spans survive and no template can break their markup. Every element
written in a template carries the line it was written on, for diagnostics.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from jinja2 import (
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    pass_context,
)
from jinja2.exceptions import SecurityError
from jinja2.meta import find_referenced_templates
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from briefpack.content import RichText
from briefpack.diagnostics import Diagnostic, Span, Stopped, finding

LINE: Final = "at"
_REGISTRY: Final = "_rich_texts"
_JINJA: Final = re.compile(r"(\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\})", re.DOTALL)
_ELEMENT: Final = re.compile(r"<([a-z][a-z-]*)(?=[\s/>])")

# A template that makes more than this is looping, not laying out a brief.
LARGEST_OUTPUT: Final = 2_000_000


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template's XML and the rich texts its placeholders stand for."""

    xml: str
    texts: tuple[RichText, ...]


class TemplateFailure(Exception):
    """A template cannot be rendered; `diagnostic` says where and why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


@dataclass(frozen=True)
class Templates:
    """The templates of a project. `read` gives a file's text by its path, or raises Stopped."""

    read: Callable[[str], str]
    _environment: list[ImmutableSandboxedEnvironment] = field(default_factory=list)
    _inputs: dict[str, frozenset[str]] = field(default_factory=dict)

    def inputs(self, path: str) -> frozenset[str]:
        """The files that the template at `path` is made of: itself and what it imports or includes."""
        found = self._inputs.get(path)
        if found is None:
            found = self._inputs[path] = frozenset(self._closure(path, set()))
        return found

    def _closure(self, path: str, seen: set[str]) -> set[str]:
        if path not in seen:
            seen.add(path)
            for name in _referenced(self._jinja(), self.read(path)):
                self._closure(_full(name), seen)
        return seen

    def render(self, path: str, values: Mapping[str, object]) -> Rendered:
        """Render the template at `path`, such as `layouts/handout/template.xml.j2`.

        Raises TemplateFailure with the template's name and line when it cannot be read or rendered.
        """
        texts: list[RichText] = []
        try:
            template = self._jinja().get_template(path)
            pieces: list[str] = []
            size = 0
            for piece in template.generate({**values, _REGISTRY: texts}):
                size += len(piece)
                if size > LARGEST_OUTPUT:
                    raise TemplateFailure(_too_large(path))
                pieces.append(piece)
        except TemplateNotFound as error:
            raise TemplateFailure(_not_found(path, error)) from None
        except TemplateSyntaxError as error:
            raise TemplateFailure(_syntax(path, error)) from None
        except (
            TemplateError,
            SecurityError,
            TypeError,
            ValueError,
            ArithmeticError,
            AttributeError,
            LookupError,
        ) as error:
            raise TemplateFailure(self._failed(path, error)) from None
        return Rendered("".join(pieces), tuple(texts))

    def _jinja(self) -> ImmutableSandboxedEnvironment:
        if not self._environment:
            self._environment.append(
                ImmutableSandboxedEnvironment(
                    loader=FunctionLoader(self._source),
                    undefined=StrictUndefined,
                    autoescape=True,
                    finalize=_finalize,
                    trim_blocks=True,
                    lstrip_blocks=True,
                    auto_reload=False,
                )
            )
        return self._environment[0]

    def _source(self, name: str) -> str | None:
        path = _full(name)
        try:
            return with_lines(self.read(path), path)
        except Stopped:
            return None

    def _failed(self, path: str, error: Exception) -> Diagnostic:
        where, line = _frame(error, path)
        if isinstance(error, UndefinedError):
            help = "name a slot, or a field of one, that this layout declares"
        else:
            help = "correct the expression on this line"
        return finding("template-error", f"{_lower(str(error))}", _line_span(where, line), help=help)


def _full(name: str) -> str:
    """A template's path: templates name each other below `layouts`."""
    return name if name.startswith("layouts/") else f"layouts/{name}"


def _referenced(jinja: ImmutableSandboxedEnvironment, source: str) -> Iterator[str]:
    return (name for name in find_referenced_templates(jinja.parse(source)) if name is not None)


@pass_context
def _finalize(context: Context, value: object) -> object:
    if isinstance(value, RichText):
        texts = context[_REGISTRY]
        texts.append(value)
        return Markup(f'<ref n="{len(texts) - 1}"/>')
    return "" if value is None else value


def with_lines(source: str, path: str) -> str:
    """`source` with the file and line added to every element written in it, outside of Jinja's marks."""
    line = 1
    result: list[str] = []
    for part in _JINJA.split(source):
        if part.startswith(("{%", "{{", "{#")):
            result.append(part)
        else:
            result.append(_mark(part, line, path))
        line += part.count("\n")
    return "".join(result)


def _mark(part: str, line: int, path: str) -> str:
    def mark(match: re.Match[str]) -> str:
        return f'<{match[1]} {LINE}="{path}:{line + part.count(chr(10), 0, match.start())}"'

    return _ELEMENT.sub(mark, part)


def _line_span(path: str, line: int) -> Span:
    return Span(path, line, 1, line, 2)


def _frame(error: Exception, path: str) -> tuple[str, int]:
    """Where in a template `error` came from: Jinja rewrites tracebacks to name template and line."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        name = frame.filename if frame.filename.startswith("layouts/") else ""
        if name or frame.filename == "<template>":
            return name or path, frame.lineno or 1
    return path, 1


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:].rstrip(".")


def _not_found(path: str, error: TemplateNotFound) -> Diagnostic:
    missing = error.name or path
    return finding(
        "missing-template",
        f"there is no template `{missing}`",
        None,
        help="put the file there or correct its name",
        path=path,
    )


def _syntax(path: str, error: TemplateSyntaxError) -> Diagnostic:
    where = error.name or path
    where = where if where.startswith("layouts/") else f"layouts/{where}"
    return finding(
        "template-error",
        _lower(error.message or "syntax error"),
        _line_span(where, error.lineno),
        help="correct the template on this line",
    )


def _too_large(path: str) -> Diagnostic:
    return finding(
        "template-error",
        f"the template makes more than {LARGEST_OUTPUT:,} characters",
        None,
        help="look for a loop without an end",
        path=path,
    )
