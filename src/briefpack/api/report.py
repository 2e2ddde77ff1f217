"""What a verb did and found."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Severity, SourceLines, render

if TYPE_CHECKING:
    from briefpack.builds import BriefWords, Entry, Step, Target
    from briefpack.builds.copies import CopiesMade
    from briefpack.content.checks.reviewed import Review
    from briefpack.diagnostics.formats import Format


@dataclass(frozen=True, slots=True)
class Report:
    """What a verb did and found. `lines` gives the lines of project files, for excerpts.

    `made` are the files made anew, `current` how many were up to date, `restored` how many of `made` came from
    the cache. `targets` are those there are, or those that were looked at; `written` are paths of project files.
    `notes` are for people and change nothing. `copies` is what was done for the rows of a data file.
    """

    diagnostics: tuple[Diagnostic, ...]
    lines: SourceLines
    made: tuple[Entry, ...] = ()
    targets: tuple[Target, ...] = ()
    looked_at: int = 0
    words: tuple[BriefWords, ...] = ()
    reviews: tuple[Review, ...] = ()
    written: tuple[str, ...] = ()
    current: int = 0
    restored: int = 0
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()
    copies: CopiesMade | None = None

    @property
    def failed(self) -> bool:
        return any(item.severity is Severity.ERROR for item in self.diagnostics)

    def text(self, color: bool = False, told: Collection[Diagnostic] = ()) -> str:
        """The diagnostics for people to read, with excerpts; those that have been `told` are only counted."""
        return render(self.diagnostics, self.lines, color, told)

    def formatted(self, format: Format, folder: str = "", *, color: bool = False) -> str:
        """What was found as a document of `format`. `folder` is the project's, with `/`, for whoever reads it."""
        from briefpack.diagnostics.formats import Outcome, formatted

        made = [{"path": entry.path, "pages": entry.pages, "size": entry.size} for entry in self.made]
        checked = tuple(dict.fromkeys(target.path for target in self.targets))
        more = {"checked": self.looked_at, "made": made}
        return formatted(format, Outcome(self.diagnostics, self.lines, checked, folder, more), color=color)
