"""Preflight: read the bytes of a finished file back and judge them, knowing nothing of what wrote them."""

from briefpack.preflight.inspection import Bookmark, FontUse, Inspection, LinkUse, PageUse, TagNode, inspect
from briefpack.preflight.judgement import preflight
from briefpack.preflight.search import pages_with

__all__ = [
    "Bookmark",
    "FontUse",
    "Inspection",
    "LinkUse",
    "PageUse",
    "TagNode",
    "inspect",
    "pages_with",
    "preflight",
]
