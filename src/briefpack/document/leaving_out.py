"""A document without some of its optional blocks, and without the sources that only they cited.

The sources that stay are numbered anew in the order in which what is left cites them, so no number is missed
and none leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span
from briefpack.document.inline import Citation
from briefpack.document.nodes import Document, List, ListKind, Node
from briefpack.document.walking import every_block

V = TypeVar("V")


def without(document: Document, names: frozenset[str]) -> Document:
    """`document` without the optional blocks that `names` name."""
    if not names or not names.intersection(optional_names(document)):
        return document
    left = replace(document, body=_kept(document.body, names))
    cited = list(_cited(left.body))
    gone = {*_cited(document.body)}.difference(cited)
    listed = sorted(number for number in _listed(document.body) if number not in gone)
    order = dict.fromkeys([number for number in cited if number in listed] + listed)
    numbers = {old: new for new, old in enumerate(order, start=1)}
    return replace(left, body=_renumbered(left.body, numbers)) if numbers else left


def optional_names(document: Document) -> list[str]:
    """The names of the optional blocks of `document`, each once, in reading order."""
    names = (block.optional for block in every_block(document.body))
    return list(dict.fromkeys(name for name in names if name is not None))


def _inside(value: object) -> Iterator[object]:
    """What `value` is made of: a citation or a block may stand wherever a node has content."""
    if type(value) is tuple:
        yield from value
    elif _is_made_of_parts(value):
        yield from (getattr(value, each.name) for each in _fields(value))


def _nodes(value: object) -> Iterator[Node]:
    if isinstance(value, Node):
        yield value
    for part in _inside(value):
        yield from _nodes(part)


def _cited(value: object) -> Iterator[int]:
    """The numbers of the sources that are cited in `value`, in reading order."""
    if isinstance(value, Citation):
        yield from value.numbers
    else:
        for part in _inside(value):
            yield from _cited(part)


def _listed(value: object) -> Iterator[int]:
    """The numbers of the sources that are printed in `value`."""
    lists = (node for node in _nodes(value) if isinstance(node, List) and node.kind is ListKind.SOURCES)
    return (item.number for each in lists for item in each.items)


@dataclass(frozen=True, slots=True)
class _Change:
    """A field of a node with what it becomes."""

    name: str
    value: object


def _rebuilt(value: V, parts: Iterable[_Change]) -> V:
    """`value` with the fields that changed."""
    changed = {part.name: part.value for part in parts if part.value is not getattr(value, part.name)}
    return cast(V, replace(cast(Any, value), **changed)) if changed else value


def _kept(value: V, names: frozenset[str]) -> V:
    """`value` without the nodes that are optional by one of `names`."""
    if _is_made_of_parts(value):
        return _rebuilt(value, (_Change(each.name, _kept(getattr(value, each.name), names)) for each in _fields(value)))
    if type(value) is tuple:
        parts = cast("tuple[object, ...]", value)
        left = (part for part in parts if not (isinstance(part, Node) and part.optional in names))
        return cast(V, tuple(_kept(part, names) for part in left))
    return value


def _renumbered(value: V, numbers: Mapping[int, int]) -> V:
    """`value` with every source called by its new number; one that has none is printed no more."""
    if isinstance(value, Citation):
        new = sorted(numbers[number] for number in value.numbers if number in numbers)
        return cast(V, replace(value, numbers=tuple(new)))
    if isinstance(value, List) and value.kind is ListKind.SOURCES:
        items = [replace(item, number=numbers[item.number]) for item in value.items if item.number in numbers]
        return cast(V, replace(value, items=tuple(sorted(items, key=lambda item: item.number))))
    if _is_made_of_parts(value):
        changes = (_Change(each.name, _renumbered(getattr(value, each.name), numbers)) for each in _fields(value))
        return _rebuilt(value, changes)
    if type(value) is tuple:
        parts = cast("tuple[object, ...]", value)
        return cast(V, tuple(_renumbered(part, numbers) for part in parts))
    return value


def _is_made_of_parts(value: object) -> bool:
    return is_dataclass(value) and not isinstance(value, Span)


def _fields(value: object) -> tuple[Field[Any], ...]:
    return fields(cast(Any, value))
