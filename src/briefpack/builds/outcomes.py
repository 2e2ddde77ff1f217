"""What becomes of a target that somebody was asked to make, in this process or in another."""

from __future__ import annotations

from typing import Literal

from briefpack.builds.maker import Maker, Noted
from briefpack.builds.targets import Target
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding

Why = Literal["made", "moved", "absent", "unlike"]
"""Whether a target was made, or not because the files are no longer those of the source (`moved`), because there are
none where the worker was told to look (`absent`), or because it is made of something else than who asked (`unlike`)."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A target made by a worker, and the digests of the files it read; or why it was not made."""

    noted: Noted | None
    reads: tuple[tuple[str, str], ...] = ()
    why: Why = "made"

    def untraced(self) -> Outcome:
        """The same without what was read, which is half of what a worker gives back."""
        made = self.noted.made if self.noted is not None else None
        return Outcome(Noted(made, frozenset()) if made is not None else None, why=self.why)


@dataclass(frozen=True, slots=True)
class Lost:
    """A target whose worker died, twice."""


class Unreachable(Exception):
    """Workers that were asked for cannot be had, or cannot be had any more."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def unlike(workers: str) -> Diagnostic:
    """That `workers` would make other files than this machine."""
    message = f"{workers} cannot be used: another version of Briefpack, of Python or of a library is there"
    return finding("worker-differs", message, help="install the same versions there as here")


def outcome(maker: Maker, target: Target, *, dry: bool = False) -> Outcome:
    """`target` made by `maker`, or with `dry` only looked at, as a worker gives it back."""
    noted = maker.make(target, dry=dry)
    reads = maker.files.reads
    paths = (key.removeprefix("file:") for key in sorted(noted.keys) if key.startswith("file:"))
    return Outcome(noted, tuple((path, reads[path]) for path in paths if path in reads))
