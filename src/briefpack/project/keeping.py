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
from briefpack.project.snapshots import Sealed, Snapshot


def key_of(files: ProjectFiles, path: str, kind: str) -> str | None:
    """The key of what the file `path` says as a `kind`; None where it cannot be read."""
    try:
        files.read_bytes(path)
    except Stopped:
        return None
    return f"{kind}\0{path}\0{files.reads[path]}"


_Kept = tuple[str, str, dict[str, Brief]]
"""The brief that a brief extends, what named the content of that, and the brief with its variants."""


class KeptBriefs:
    """The briefs of a project in its snapshot, each with its variants; `fresh` are those read anew and in order."""

    def __init__(self, files: ProjectFiles, snapshot: Snapshot | None) -> None:
        self._files, self._snapshot = files, snapshot
        self._kept: dict[str, _Kept | None] = {}
        self.fresh: dict[str, dict[str, Brief]] = {}

    def has(self, name: str) -> bool:
        """Whether something is kept of the brief `name` as its file is; what it extends may have changed since."""
        own = self._own(name)
        return self._snapshot is not None and own is not None and self._snapshot.has(own)

    def known(self, name: str) -> dict[str, Brief] | None:
        """The brief `name` and its variants as they were kept; None where they are not."""
        kept = self._read(name)
        return kept[2] if kept is not None and kept[1] == self._above(kept[0], (name,)) else None

    def _read(self, name: str) -> _Kept | None:
        """What was kept of the brief `name`, whatever those say now that it extends."""
        if name not in self._kept:
            own = self._own(name)
            found = self._snapshot.value(own) if self._snapshot is not None and own is not None else None
            self._kept[name] = found if isinstance(found, tuple) else None
        return self._kept[name]

    def _own(self, name: str) -> str | None:
        return key_of(self._files, f"briefs/{name}.yaml", "briefs") if self._snapshot is not None else None

    def _key(self, name: str, below: tuple[str, ...]) -> str | None:
        """What names the content of the brief `name` and of those it extends, as far as that is known."""
        own, parent = self._own(name), self._extended(name)
        above = self._above(parent, (*below, name)) if parent is not None and name not in below else None
        return None if own is None or above is None else f"{own}\0{above}"

    def _above(self, parent: str, below: tuple[str, ...]) -> str | None:
        """What names the content that a brief has from its `parent`; nothing where it has none."""
        return self._key(parent, below) if parent else ""

    def _extended(self, name: str) -> str | None:
        """The brief that `name` extends, empty where it extends none; None where that is not known."""
        if name in self.fresh:
            extends = self.fresh[name][name].extends if self.fresh[name] else None
            return extends.text if extends is not None else ""
        kept = self._read(name)
        return kept[0] if kept is not None else None

    def keep(self, layouts: Mapping[str, LayoutSpec]) -> None:
        """Keep what is fresh, with the content of its slots as `layouts` have them."""
        if self._snapshot is None:
            return
        for name, briefs in self.fresh.items():
            own, parent = self._own(name), self._extended(name)
            above = self._above(parent, (name,)) if parent is not None else None
            if own is not None and above is not None and briefs:
                contents: dict[tuple[str, int], SlotContent | None] = {}
                for brief in briefs.values():
                    layout = layouts.get(brief.layout.text)
                    if layout is not None:
                        brief.know(_contents(brief, layout, contents))
                self._snapshot.keep(own, (parent, above, _put_off(briefs)))

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


def _put_off(briefs: Mapping[str, Brief]) -> dict[str, Brief]:
    """A brief and its variants, whose trees have much in common, without what is read later; that is in one piece."""
    later = Sealed.of({name: brief.later_parts() for name, brief in briefs.items()})
    return {name: brief.put_off(later, name) for name, brief in briefs.items()}


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
