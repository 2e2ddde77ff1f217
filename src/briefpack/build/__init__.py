"""Building: targets made one by one, and the output folder kept whole."""

from briefpack.build.making import Made, Workshop, draft_brief, make_brief, make_pack
from briefpack.build.output import Entry, Unwritable, sha256, write_file, write_manifest

__all__ = [
    "Entry",
    "Made",
    "Unwritable",
    "Workshop",
    "draft_brief",
    "make_brief",
    "make_pack",
    "sha256",
    "write_file",
    "write_manifest",
]
