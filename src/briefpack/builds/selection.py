"""Which targets are meant: `community`, `clinic-*`, `audience:community`, `tag:spring`, `state:stale`.

A term is a value with or without a method before it: `[method:]value`. Values are compared as file names are
in a shell, with `*`, `?` and `[…]`. What the terms choose is united; the terms after the word `not` are taken
away from it. Without a term, or with none before `not`, all targets are meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final

from briefpack.builds.targets import Target
from briefpack.dataclass import dataclass
from briefpack.expressions import expression

if TYPE_CHECKING:
    from briefpack.diagnostics import Diagnostic

METHODS: Final = ("name", "audience", "layout", "tag", "language", "pack", "form", "kind", "variant", "state")
STATES: Final = ("new", "stale", "current", "failed")
NOT: Final = "not"

_TERM: Final = expression(r"(?:(?P<method>[a-z]+):)?(?P<value>.+)", re.DOTALL)
_WILD: Final = expression(r"[*?\[]")

State = Callable[[Target], str]
"""Whether a target is `new`, `stale`, `current` or has `failed`."""


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a selection; `method` is empty for a bare name."""

    text: str
    method: str
    value: str

    @property
    def is_name(self) -> bool:
        """Whether it names one document, which has to exist."""
        return self.method in ("", "name") and _WILD.search(self.value) is None


@dataclass(frozen=True, slots=True)
class Selection:
    """What is wanted and what is not; with nothing wanted, everything is."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        return (*self.wanted, *self.unwanted)

    @property
    def everything(self) -> bool:
        return not self.terms

    @property
    def asks_state(self) -> bool:
        return any(term.method == "state" for term in self.terms)


def read_selection(words: Iterable[str]) -> tuple[Selection, tuple[Diagnostic, ...]]:
    """The selection that `words` say, and what is wrong with them."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    found: list[Diagnostic] = []
    into = wanted
    for word in words:
        if word == NOT:
            into = unwanted
            continue
        match = _TERM.fullmatch(word)
        term = Term(word, match["method"] or "", match["value"]) if match is not None else Term(word, "", word)
        problem = _problem(term)
        into += [] if problem else [term]
        found += [problem] if problem else []
    return Selection(tuple(wanted), tuple(unwanted)), tuple(found)


def _problem(term: Term) -> Diagnostic | None:
    from briefpack.diagnostics import did_you_mean, either, finding

    if not term.value:
        return finding("bad-selector", "an empty name chooses nothing", help="name a brief, or leave it out")
    if term.method not in ("", *METHODS):
        help = did_you_mean(term.method, METHODS, f"write {either(METHODS)} before the colon")
        return finding("bad-selector", f"`{term.method}` is not a way to choose by", help=help)
    if term.method == "state" and term.value not in STATES:
        help = did_you_mean(term.value, STATES, f"write {either(STATES)}")
        return finding("bad-selector", f"`{term.value}` is not a state of a target", help=help)
    return None


def choose(selection: Selection, targets: Sequence[Target], state: State) -> tuple[Target, ...]:
    """The targets that `selection` means, in their own order."""
    return tuple(
        target
        for target in targets
        if (not selection.wanted or _is_any(selection.wanted, target, state))
        and not _is_any(selection.unwanted, target, state)
    )


def _is_any(terms: Iterable[Term], target: Target, state: State) -> bool:
    return any(chosen_by(term, target, state) for term in terms)


def chosen_by(term: Term, target: Target, state: State) -> bool:
    """Whether `term` chooses `target`."""
    if term.method == "state":
        found = state(target)
        return found == term.value or (term.value == "stale" and found in ("new", "failed"))
    return any(fnmatchcase(value, term.value) for value in _values(term.method, target))


def _values(method: str, target: Target) -> Iterator[str]:
    match method:
        case "" | "name":
            yield from (target.name, target.id)
        case "tag":
            yield from target.tags
        case "pack":
            yield from target.packs
        case "form":
            yield from (str(target.form) or "designed", *str(target.form).split("+"))
        case "variant":
            yield target.variant
        case "language":
            # `es` means `es-MX` too, as in RFC 4647.
            yield from (target.language, target.language.partition("-")[0])
        case _:
            yield {"audience": target.audience, "layout": target.layout, "kind": target.kind}[method]


def idle_terms(selection: Selection, targets: Sequence[Target], state: State) -> Iterator[Term]:
    """The terms that choose none of `targets`."""
    return (term for term in selection.terms if not any(chosen_by(term, target, state) for target in targets))
