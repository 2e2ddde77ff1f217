"""Building: targets made one by one, and the output folder kept whole.

A name is imported when it is first asked for: a build in which nothing has changed needs few.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from briefpack.builds.build import Progress
    from briefpack.builds.making import Made, Workshop, draft_brief, make_brief, make_pack, read_brief
    from briefpack.builds.output import Entry, Unwritable, make_folder, sha256, write_file, write_manifest
    from briefpack.builds.plans import Step
    from briefpack.builds.targets import Target, every_target
    from briefpack.builds.words import BriefWords, SlotWords, count_words

__all__ = [
    "BriefWords",
    "Entry",
    "Made",
    "Progress",
    "SlotWords",
    "Step",
    "Target",
    "Unwritable",
    "Workshop",
    "count_words",
    "draft_brief",
    "every_target",
    "make_brief",
    "make_folder",
    "make_pack",
    "read_brief",
    "sha256",
    "write_file",
    "write_manifest",
]

_HOMES: Final = MappingProxyType(
    {
        "build": ("Progress",),
        "making": ("Made", "Workshop", "draft_brief", "make_brief", "make_pack", "read_brief"),
        "output": ("Entry", "Unwritable", "make_folder", "sha256", "write_file", "write_manifest"),
        "plans": ("Step",),
        "targets": ("Target", "every_target"),
        "words": ("BriefWords", "SlotWords", "count_words"),
    }
)


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"briefpack.builds.{home}"), name)
    raise AttributeError(name)
