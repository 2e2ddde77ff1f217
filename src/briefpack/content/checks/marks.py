"""Marks of another tool, or half a mark of ours, that readers would see as it stands.

`[source]` without its `@`, `{fact}` in single braces, tags of HTML and `__strong__`: each is text to Briefpack. Only
what names something of the campaign, or can be nothing else, is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from briefpack.content.checks.checked import Checked
from briefpack.content.checks.passages import Passage, Role
from briefpack.diagnostics import Diagnostic, finding
from briefpack.expressions import expression

_FIRST: Final = expression(r"[\[{<]|__")
_SHAPES: Final = expression(
    r"""
      \[(?P<source>[A-Za-z][A-Za-z0-9]*(?:[-_][A-Za-z0-9]+)*)\]
    | (?<!\{)\{\s*(?P<name>[A-Za-z][\w.-]*)\s*\}(?!\})
    | </?(?P<tag>b|strong|i|em|u|br|p|sup|sub|a|span|div|ul|ol|li|h[1-6])(?:\s+[a-z-]+=[^<>]*|\s*)/?>
    | (?<!\w)__(?P<strong>\w[^_]*)__(?!\w)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ELSEWHERE: Final = frozenset({Role.SOURCE, Role.FURNITURE})
_STARS: Final = {"b": "**strong**", "strong": "**strong**", "i": "*emphasis*", "em": "*emphasis*"}


def marks(document: Checked) -> Iterator[Diagnostic]:
    """A warning for each mark that is printed as it stands; of those in a passage that are alike, for the first."""
    yield from document.local(_unread)


def _unread(passages: Iterable[Passage], document: Checked) -> Iterator[Diagnostic]:
    for passage in passages:
        if passage.role in _ELSEWHERE or _FIRST.search(passage.text) is None:
            continue
        told: set[str] = set()
        for match in _SHAPES.finditer(passage.text):
            help = _help(document, match)
            if help is not None and help not in told:
                told.add(help)
                message = f"`{match[0]}` is printed as it stands"
                yield finding("unread-mark", message, help=help, **document.at(passage, *match.span()))


def _help(document: Checked, match: re.Match[str]) -> str | None:
    """What to write instead; None where it is text."""
    source, name, tag, strong = match["source"], match["name"], match["tag"], match["strong"]
    if source is not None:
        return f"write `[@{source}]` to cite it" if source in document.project.sources else None
    if name is not None:
        return f"write `{{{{ {name} }}}}`" if _is_named(document, name) else None
    if strong is not None:
        return f"write `**{strong}**`"
    if tag.lower() in _STARS:
        return f"write `{_STARS[tag.lower()]}`; texts have no HTML"
    return "take it out; texts have no HTML"


def _is_named(document: Checked, name: str) -> bool:
    kind, _, rest = name.partition(".")
    if kind in ("value", "row") and rest:
        return True
    if kind == "message" and rest:
        return rest.removesuffix(".gloss") in document.project.messages
    return kind in document.project.facts
