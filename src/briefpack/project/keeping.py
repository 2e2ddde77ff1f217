"""Keeping what the files of a project say in a snapshot: under which keys, and of briefs with what they extend.

Only what is in order is kept; a file with anything to say about it is read each time. The key of a value has the
content of all files that it follows from.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefpack.diagnostics import Stopped
from briefpack.project.files import ProjectFiles
from briefpack.project.layouts import LayoutSpec
from briefpack.project.models import Brief, Fact
from briefpack.project.slots import SlotContent, read_slot
from briefpack.project.snapshots import Snapshot


def key_of(files: ProjectFiles, path: str, kind: str) -> str | None:
    """The key of what the file `path` says as a `kind`; None where it cannot be read."""
    try:
        files.read_bytes(path)
    except Stopped:
        return None
    return f"{kind}\0{path}\0{files.reads[path]}"


class KeptBriefs:
    """The briefs of a project in its snapshot, each with its variants; `fresh` are those read anew and in order."""

    def __init__(self, files: ProjectFiles, snapshot: Snapshot | None) -> None:
        self._files, self._snapshot = files, snapshot
        self._keys: dict[str, str] = {}
        self.fresh: dict[str, dict[str, Brief]] = {}

    def known(self, name: str) -> dict[str, Brief] | None:
        """The brief `name` and its variants as they were kept; None where they are not."""
        key = self._key(name, ())
        kept = self._snapshot.value(f"briefs\0{key}") if self._snapshot is not None and key is not None else None
        return kept if isinstance(kept, dict) else None

    def _key(self, name: str, below: tuple[str, ...]) -> str | None:
        """What names the content of the brief `name` and of those it extends, as far as that is known."""
        if self._snapshot is None or name in below:
            return None
        own = key_of(self._files, f"briefs/{name}.yaml", "extends")
        parent = self._snapshot.value(own) if own is not None else None
        if own is None or not isinstance(parent, str):
            return None
        above = self._key(parent, (*below, name)) if parent else ""
        return None if above is None else f"{own}\0{above}"

    def keep(self, layouts: Mapping[str, LayoutSpec]) -> None:
        """Keep what is fresh, with the content of its slots as `layouts` have them."""
        if self._snapshot is None:
            return
        for name, briefs in self.fresh.items():
            own = key_of(self._files, f"briefs/{name}.yaml", "extends")
            if own is not None and briefs:
                extends = briefs[name].extends
                self._snapshot.keep(own, extends.text if extends is not None else "")
        for name, briefs in self.fresh.items():
            key = self._key(name, ())
            if key is not None and briefs:
                contents: dict[tuple[str, int], SlotContent | None] = {}
                for brief in briefs.values():
                    layout = layouts.get(brief.layout.text)
                    if layout is not None:
                        brief.know(_contents(brief, layout, contents))
                self._snapshot.keep(f"briefs\0{key}", briefs)

    def facts(self, name: str, path: str) -> dict[str, Fact] | None:
        """The facts that differ in the brief or variant `name`, as they were kept; all facts are in `path`."""
        key = self._facts_key(name, path)
        kept = self._snapshot.value(key) if self._snapshot is not None and key is not None else None
        return kept if isinstance(kept, dict) else None

    def keep_facts(self, name: str, path: str, own: dict[str, Fact]) -> None:
        key = self._facts_key(name, path)
        if self._snapshot is not None and key is not None:
            self._snapshot.keep(key, own)

    def _facts_key(self, name: str, path: str) -> str | None:
        brief, facts = self._key(name.partition("@")[0], ()), key_of(self._files, path, "facts")
        return None if brief is None or facts is None else f"facts of {name}\0{brief}\0{facts}"


def _contents(
    brief: Brief, layout: LayoutSpec, known: dict[tuple[str, int], SlotContent | None]
) -> dict[str, tuple[str, Any]]:
    """The content of the slots of `brief` that are in order, each with the type it is read as."""
    found: dict[str, tuple[str, Any]] = {}
    for key, node in brief.slots.entries:
        spec = layout.slots.get(key.text)
        if spec is None:
            continue
        at = (spec.type, id(node))
        if at not in known:
            content, said = read_slot(spec.type, key, node)
            known[at] = content if not said else None
        if known[at] is not None:
            found[key.text] = (spec.type, known[at])
    return found
