"""Bookmarks: the document outline (ISO 32000-1, 12.3.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from briefpack.dataclass import dataclass
from briefpack.pdf.file import File
from briefpack.pdf.syntax import string


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A bookmark: how deep it stands, counting from any level, its title and its destination array."""

    level: int
    title: str
    destination: bytes


@dataclass(frozen=True, slots=True)
class Linked:
    """The link annotations of a file, and where its bookmarks lead: to its parts, and to the entries of all of them."""

    annotations: tuple[bytes, ...]
    parts: tuple[bytes, ...]
    entries: tuple[bytes, ...]


@dataclass(slots=True)
class _Item:
    bookmark: Bookmark
    number: int
    children: list[_Item] = field(default_factory=list)


def write_outline(file: File, bookmarks: Sequence[Bookmark], depth: int) -> int:
    """Write the outline of `bookmarks`, of which there is one at least, open to `depth` levels.

    Gives the number of its root. A bookmark belongs to the nearest before it of a lesser level.
    """
    root = file.reserve()
    items = _nested(file, bookmarks)
    _write(file, items, root, depth)
    visible = sum(_visible(item, depth) for item in items)
    body = b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count %d>>"
    file.put(root, body % (items[0].number, items[-1].number, visible))
    return root


def _nested(file: File, bookmarks: Sequence[Bookmark]) -> list[_Item]:
    top: list[_Item] = []
    open_items: list[_Item] = []
    for bookmark in bookmarks:
        item = _Item(bookmark, file.reserve())
        while open_items and open_items[-1].bookmark.level >= bookmark.level:
            open_items.pop()
        (open_items[-1].children if open_items else top).append(item)
        open_items.append(item)
    return top


def _write(file: File, items: Sequence[_Item], parent: int, depth: int) -> None:
    for at, item in enumerate(items):
        entries = [
            b"<</Title%b/Parent %d 0 R/Dest%b" % (string(item.bookmark.title), parent, item.bookmark.destination)
        ]
        if at:
            entries.append(b"/Prev %d 0 R" % items[at - 1].number)
        if at + 1 < len(items):
            entries.append(b"/Next %d 0 R" % items[at + 1].number)
        if item.children:
            shown = sum(_visible(child, depth - 1) for child in item.children)
            first, last = item.children[0].number, item.children[-1].number
            count = shown if depth > 1 else -shown
            entries.append(b"/First %d 0 R/Last %d 0 R/Count %d" % (first, last, count))
        entries.append(b">>")
        file.put(item.number, b"".join(entries))
        _write(file, item.children, item.number, depth - 1)


def _visible(item: _Item, depth: int) -> int:
    """How many bookmarks are seen of `item` and those below it when `depth` levels are open."""
    below = sum(_visible(child, depth - 1) for child in item.children) if depth > 1 else 0
    return 1 + below
