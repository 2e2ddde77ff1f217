"""Building: targets made one by one, and the output folder kept whole."""

from briefpack.build.making import Made, Workshop, make_brief, make_pack
from briefpack.build.output import Entry, Unwritable, make_folder, sha256, write_file, write_manifest

__all__ = [
    "Entry",
    "Made",
    "Unwritable",
    "Workshop",
    "make_brief",
    "make_folder",
    "make_pack",
    "sha256",
    "write_file",
    "write_manifest",
]
