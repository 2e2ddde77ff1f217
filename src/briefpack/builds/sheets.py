"""The style sheets of a theme: each is made once in a process, and kept.

Two documents of one layout and for readers with the same bounds have the same sheet. What a sheet was ever asked of
the theme, each of them depends on: what was worked out for one is there for the others.
"""

from __future__ import annotations

from collections.abc import Mapping

from briefpack.builds.tracing import Trace, traced_theme
from briefpack.layout import StyleSheet
from briefpack.project.layouts import LayoutSpec
from briefpack.project.models import Audience
from briefpack.project.theme import Theme
from briefpack.text import Faces

_Of = tuple[str, float, bool]


class Sheets:
    """The style sheets of layouts in `theme`, set in `faces`."""

    def __init__(self, theme: Theme, faces: Faces) -> None:
        self._theme, self._faces = theme, faces
        self._kept: dict[_Of, StyleSheet] = {}

    def of(self, layout: str, layouts: Mapping[str, LayoutSpec], audience: Audience | None) -> StyleSheet:
        """The styles of `layout`, one of `layouts`, for an audience; for what is made for all readers there is none."""
        key = key_of(layout, audience)
        found = self._kept.get(key)
        if found is None:
            _, floor, divides = key
            found = self._kept[key] = StyleSheet(
                self._theme_of(key), layouts[layout].theme, self._faces, floor, divides
            )
        return found

    def _theme_of(self, key: _Of) -> Theme:
        return self._theme


class NotedSheets(Sheets):
    """Style sheets of which it is noted what each was asked of the theme."""

    def __init__(self, theme: Theme, faces: Faces) -> None:
        super().__init__(theme, faces)
        self._traces: dict[_Of, Trace] = {}
        self._used: set[_Of] = set()

    def of(self, layout: str, layouts: Mapping[str, LayoutSpec], audience: Audience | None) -> StyleSheet:
        self._used.add(key_of(layout, audience))
        return super().of(layout, layouts, audience)

    def taken(self) -> frozenset[str]:
        """What the sheets that were used were ever asked of the theme; the next target begins with none."""
        keys = frozenset(key for used in self._used for key in self._traces[used].keys)
        self._used.clear()
        return keys

    def _theme_of(self, key: _Of) -> Theme:
        trace = self._traces[key] = Trace()
        return traced_theme(self._theme, trace)


def key_of(layout: str, audience: Audience | None) -> _Of:
    """What documents that have one style sheet have in common."""
    return (layout, 0.0, True) if audience is None else (layout, audience.smallest_type, audience.divides)
