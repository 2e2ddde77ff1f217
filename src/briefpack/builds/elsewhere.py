"""What need not be looked at where nothing but briefs and packs has changed: what is written in other files.

In come a project and the files that moved since an index was written, out comes whether the digest of an input is what
it was. What is in doubt is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from briefpack.builds.index import Index
from briefpack.builds.knowing import KNOWN, PHRASES
from briefpack.builds.present import DATE, ENVIRONMENT, PASSED
from briefpack.builds.tracing import ALL, CAMPAIGN, GREY, OF, OF_CAMPAIGN, OF_PROJECT, OF_THEME, TERMS, THEME
from briefpack.project.load import Project

# What is written in files other than those of briefs and packs, and what is worked out from that alone.
_SHARED: Final = frozenset(
    (
        *OF_CAMPAIGN.values(),
        *OF_THEME.values(),
        *(OF_PROJECT[name] for name in ("messages", "facts", "sources", "layouts")),
        *(CAMPAIGN, THEME, TERMS, GREY, KNOWN, PHRASES, PASSED, ENVIRONMENT, DATE),
    )
)

# What is written in the files of one brief, those that it extends among them.
_OF_BRIEF: Final = frozenset(OF_PROJECT[name] for name in ("briefs", "own_facts", "variants", "overrides", "extends"))


def written_elsewhere(project: Project, moved: frozenset[str]) -> Callable[[str], bool]:
    """Tells of the key of an input whether it is written in none of the files `moved`, some of briefs and packs."""

    def stands(key: str) -> bool:
        kind, _, name = key.partition(":")
        if kind in _SHARED:
            about = _about(kind, name)
            return not about or moved.isdisjoint(project.paths_of(about))
        return kind in _OF_BRIEF and name != ALL and moved.isdisjoint(project.paths_of(name))

    return stands


def _about(kind: str, name: str) -> str:
    """The brief with whose own facts a figure, a phrase or a day is looked at; empty where it is with those of all."""
    match kind:
        case "known":
            return (*name.partition("/")[0].split(OF, 2), "", "")[2]
        case "phrases" | "passed":
            return name.partition("/")[0].partition(OF)[2]
        case _:
            return ""


def digests_that_stand(index: Index, project: Project, reads: Mapping[str, str]) -> dict[str, str]:
    """The digests of what the targets of `index` read that were up to date, as far as they are what they were.

    `reads` are the digests of the files of `project`; of the others of the index none but briefs and packs has changed.
    """
    stands = written_elsewhere(project, index.moved(reads))
    places = {place for key in sorted(index.fresh & index.rows.keys()) for place in index.rows[key]["inputs"].split()}
    pairs = (index.table.pairs[int(place)] for place in places)
    return {key: value for key, value in pairs if stands(key)}
