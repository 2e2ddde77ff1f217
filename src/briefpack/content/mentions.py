"""Where the files of a project name a fact, a message or a source.

In come the files as they stand, out go places in them: where it is defined, where a field holds its name, where a
text refers to it in braces or cites it, and where arithmetic counts with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from briefpack.content.facts import names_in
from briefpack.content.inline import CiteMark, FactMark, LinkMark, Mark, Marked, MessageMark, parse_inline
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.project.fields import Text
from briefpack.project.files import ProjectFiles
from briefpack.project.load import CAMPAIGN, FACTS, MESSAGES, SOURCES, Project, brief_path, pack_path
from briefpack.project.tree import Yaml, YamlMapping, YamlScalar, YamlSequence
from briefpack.project.yaml import read_yaml

Kind = Literal["fact", "message", "source"]

DEFINED: Final = "defined"

# Fields that hold arithmetic over facts.
_ARITHMETIC: Final = frozenset({"derivation", "value", "values", "low", "high", "marked", "reference"})

_Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A place that names it: `how` is the way of fields that leads there, such as `slots.number.fact`."""

    span: Span
    how: str


def kind_of(project: Project, name: str) -> tuple[Kind, ...]:
    """What `name` is in `project`: any of fact, message and source."""
    known: tuple[tuple[Kind, bool], ...] = (
        ("fact", name in project.facts),
        ("message", name in project.messages),
        ("source", name in project.sources),
    )
    return tuple(kind for kind, there in known if there)


def mentions(files: ProjectFiles, project: Project, kind: Kind, name: str) -> tuple[Mention, ...]:
    """Every place in the files of `project` that names the `kind` called `name`, by file and place."""
    # A variant is in the file of its brief.
    briefs = dict.fromkeys(brief_path(brief) for brief in project.briefs)
    packs = (pack_path(pack) for pack in project.packs)
    found: set[Mention] = set()
    for path in (CAMPAIGN, MESSAGES, FACTS, SOURCES, *briefs, *packs):
        tree = read_yaml(files, path)[0] if files.exists(path) else None
        if tree is not None:
            search = _Search(project, kind, name, path)
            found |= set(search.defined(tree)) | set(search.within(tree, ()))
    return tuple(sorted(found, key=lambda item: (item.how != DEFINED, item)))


@dataclass(frozen=True, slots=True)
class _Search:
    project: Project
    kind: Kind
    name: str
    path: str

    def defined(self, tree: Yaml) -> Iterator[Mention]:
        """Where it is said what it is."""
        homes = {"fact": (FACTS, "facts"), "message": (MESSAGES, "messages")}
        home, field = homes.get(self.kind, (SOURCES, "references"))
        if self.path != home or not isinstance(tree, YamlMapping):
            return
        held = tree.get(field)
        if isinstance(held, YamlMapping):
            key = held.key(self.name)
            yield from [Mention(key.span, DEFINED)] if key is not None else []
        elif isinstance(held, YamlSequence):
            ids = (item.get("id") for item in held.items if isinstance(item, YamlMapping))
            yield from (Mention(id.span, DEFINED) for id in ids if isinstance(id, YamlScalar) and id.text == self.name)

    def within(self, node: Yaml, keys: _Keys) -> Iterator[Mention]:
        """The places at and below `node`, which `keys` lead to."""
        match node:
            case YamlMapping(entries=entries):
                for key, value in entries:
                    yield from self.within(value, (*keys, key.text))
            case YamlSequence(items=items):
                for item in items:
                    yield from self.within(item, keys)
            case YamlScalar():
                yield from (Mention(span, ".".join(keys)) for span in self._at(node, keys))

    def _at(self, node: YamlScalar, keys: _Keys) -> Iterator[Span]:
        text = Text(node.text, node.span, node.anchors, node.style)
        if self._holds_name(keys) and node.text.strip() == self.name:
            yield node.span
        elif self.kind == "fact" and keys and keys[-1] in _ARITHMETIC and "{{" not in node.text:
            yield from [node.span] if self.name in names_in(text) else []
        else:
            yield from self._in_marks(parse_inline(text)[0])

    def _holds_name(self, keys: _Keys) -> bool:
        """Whether the field that `keys` lead to holds a name of our kind."""
        match self.kind:
            case "fact":
                return keys[-1:] == ("fact",)
            case "source":
                credited = self.path == CAMPAIGN and keys == ("credited-sources",)
                return credited or (keys[-1:] == ("source",) and self.path in (FACTS, MESSAGES))
            case "message":
                return len(keys) == 2 and keys[0] == "slots" and self._is_message_slot(keys[1])

    def _is_message_slot(self, slot: str) -> bool:
        layouts = self.project.layouts.values()
        return any(slot in layout.slots and layout.slots[slot].type == "message" for layout in layouts)

    def _in_marks(self, marks: tuple[Mark, ...]) -> Iterator[Span]:
        for mark in marks:
            match mark:
                case Marked(content=content) | LinkMark(content=content):
                    yield from self._in_marks(content)
                case FactMark(fact=name, span=span) if self.kind == "fact" and name == self.name:
                    yield from [span] if span is not None else []
                case MessageMark(message=name, span=span) if self.kind == "message" and name == self.name:
                    yield from [span] if span is not None else []
                case CiteMark(ids=ids) if self.kind == "source":
                    yield from (span for id, span in ids if id == self.name and span is not None)
                case _:
                    pass
