"""Briefs that extend another, and variants of a brief: trees laid over trees, with the places of both.

Fields laid over fields are joined, field by field; anything else replaces what was there, and an empty value
takes it away. Every value keeps the place it was written at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from briefpack.diagnostics import Diagnostic, Span, did_you_mean, finding
from briefpack.project.tree import Yaml, YamlMapping, YamlScalar, YamlSequence

EXTENDS: Final = "extends"
VARIANTS: Final = "variants"
SEPARATOR: Final = "@"
"""Between the name of a brief and that of its variant: `community@harbour`."""

# What a brief says of itself alone: its waivers cover its own lines, wherever those are printed.
_OWN: Final = frozenset({EXTENDS, VARIANTS, "waive"})


def base_name(name: str) -> str:
    """The brief that `name`, perhaps that of a variant, is in the file of."""
    return name.partition(SEPARATOR)[0]


def laid_over(over: YamlMapping, under: YamlMapping) -> YamlMapping:
    """The fields of `under` with those of `over` laid on them."""
    entries = {key.text: (key, value) for key, value in under.entries}
    for key, value in over.entries:
        below = entries.get(key.text)
        if below is not None and isinstance(value, YamlMapping) and isinstance(below[1], YamlMapping):
            entries[key.text] = (key, laid_over(value, below[1]))
        elif isinstance(value, YamlScalar) and value.empty:
            entries.pop(key.text, None)
        else:
            entries[key.text] = (key, value)
    return YamlMapping(tuple(entries.values()), over.span)


def inherited(tree: YamlMapping) -> YamlMapping:
    """What others take over from the brief `tree`."""
    return YamlMapping(tuple(entry for entry in tree.entries if entry[0].text not in _OWN), tree.span)


def strange_fields(variant: YamlMapping) -> Iterator[Diagnostic]:
    """What a brief may say and a variant of it may not."""
    for name in (EXTENDS, VARIANTS):
        key = variant.key(name)
        if key is not None:
            yield finding("unknown-field", f"`{name}` is not known in a variant", key.span, help="remove it")


def idle_overrides(over: YamlMapping, under: YamlMapping, whose: str) -> Iterator[Diagnostic]:
    """A warning for each value of `over` that is the one of `under`, or that takes away what is not there."""
    for key, value in over.entries:
        if key.text in _OWN:
            continue
        below = under.get(key.text)
        if isinstance(value, YamlMapping) and isinstance(below, YamlMapping):
            yield from idle_overrides(value, below, whose)
        elif below is not None and _same(value, below):
            message = f"`{key.text}` is what `{whose}` has already"
            yield finding("idle-override", message, key.span, help="remove it, or write what is different")
        elif below is None and isinstance(value, YamlScalar) and value.empty:
            message = f"`{key.text}` takes away what `{whose}` does not have"
            yield finding("idle-override", message, key.span, help="remove it")


def _same(one: Yaml, other: Yaml) -> bool:
    """Whether two trees say the same, wherever they stand."""
    match one, other:
        case YamlScalar(), YamlScalar():
            return one.text.split() == other.text.split()
        case YamlSequence(), YamlSequence():
            return len(one.items) == len(other.items) and all(map(_same, one.items, other.items))
        case YamlMapping(), YamlMapping():
            return one.names() == other.names() and all(
                _same(mine, theirs) for (_, mine), (_, theirs) in zip(one.entries, other.entries, strict=True)
            )
        case _:
            return False


class Family:
    """The trees of all briefs, and each with what it extends."""

    def __init__(self, trees: Mapping[str, Yaml | None]) -> None:
        self.trees = trees
        self._circles: set[frozenset[str]] = set()
        self.found: list[Diagnostic] = []

    def whole(self, name: str, above: tuple[str, ...] = ()) -> Yaml | None:
        """The tree of the brief `name` with what it extends below it; None, with findings, when that cannot be."""
        tree = self.trees.get(name)
        if not isinstance(tree, YamlMapping):
            return tree
        extends = tree.get(EXTENDS)
        if not isinstance(extends, YamlScalar) or extends.empty:
            return tree
        parent = self._parent(name, extends, above)
        if parent is None:
            return None
        if not above:
            self.found += idle_overrides(tree, parent, extends.text)
        return laid_over(tree, inherited(parent))

    def _parent(self, name: str, extends: YamlScalar, above: tuple[str, ...]) -> YamlMapping | None:
        way = (*above, name)
        if extends.text in way:
            self._cycle(way[way.index(extends.text) :], extends.span)
            return None
        if extends.text not in self.trees:
            help = did_you_mean(extends.text, self.trees, f"make a file `briefs/{extends.text}.yaml`")
            self._report("unknown-brief", f"there is no brief `{extends.text}`", extends.span, help)
            return None
        parent = self.whole(extends.text, way)
        if not isinstance(parent, YamlMapping):
            if any(extends.text in circle for circle in self._circles):
                return None
            help = f"mend `briefs/{extends.text}.yaml` first"
            self._report("broken-reference", f"the brief `{extends.text}` has errors of its own", extends.span, help)
            return None
        return parent

    def _cycle(self, way: tuple[str, ...], span: Span) -> None:
        if frozenset(way) in self._circles:
            return
        self._circles.add(frozenset(way))
        shown = " → ".join(f"`{name}`" for name in (*way, way[0]))
        self._report(
            "extends-cycle", f"brief `{way[0]}` extends itself: {shown}", span, "let one of them stand by itself"
        )

    def _report(self, rule: str, message: str, span: Span, help: str) -> None:
        item = finding(rule, message, span, help=help)
        if item not in self.found:
            self.found.append(item)
