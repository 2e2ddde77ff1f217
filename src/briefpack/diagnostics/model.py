"""What a diagnostic is: data first; how it is shown is the business of `render`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import Self

from briefpack.dataclass import dataclass


class Severity(StrEnum):
    """How bad a finding is. An error stops a file from being made; a warning does not, nor does a note, even where a
    warning would.

    What is waived was looked at by its author, who says why it stands.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a project file. Lines and columns count from 1, as editors do; the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding about what a user wrote.

    `message` is lower case without a full stop; `help` is one imperative sentence that would mend it;
    `label` stands behind the caret. `path` names the file when there is no span inside it. `why` is the reason
    that a waived finding stands.
    """

    rule: str
    message: str
    span: Span | None = None
    help: str | None = None
    label: str | None = None
    severity: Severity = Severity.ERROR
    related: tuple[tuple[Span, str], ...] = ()
    path: str | None = None
    why: str | None = None

    @property
    def file(self) -> str | None:
        """The file that it is about."""
        return self.span.path if self.span is not None else self.path


class Stopped(Exception):
    """A stage cannot go on: the diagnostics that say why.

    Raised only at the end of a stage, so that it carries everything the stage found.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("; ".join(item.message for item in diagnostics))
        self.diagnostics = diagnostics


class StyleName(str):
    """The name of a style, a colour or a typeface as a template or a theme writes it, with its place; a text like any
    other otherwise."""

    __slots__ = ("span",)

    span: Span

    def __new__(cls, name: str, span: Span) -> Self:
        made = super().__new__(cls, name)
        made.span = span
        return made

    def __reduce__(self) -> tuple[type[Self], tuple[str, Span]]:
        return type(self), (str(self), self.span)


def strictly(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """`found` with every warning an error; notes stay."""
    return tuple(
        replace(item, severity=Severity.ERROR) if item.severity is Severity.WARNING else item for item in found
    )
