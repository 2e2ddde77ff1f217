"""Building: targets made one by one, and the output folder kept whole."""

from briefpack.build.making import Made, Workshop, draft_brief, make_brief, make_pack, read_brief
from briefpack.build.output import Entry, Unwritable, make_folder, sha256, write_file, write_manifest
from briefpack.build.words import BriefWords, SlotWords, count_words

__all__ = [
    "BriefWords",
    "Entry",
    "Made",
    "SlotWords",
    "Unwritable",
    "Workshop",
    "count_words",
    "draft_brief",
    "make_brief",
    "make_folder",
    "make_pack",
    "read_brief",
    "sha256",
    "write_file",
    "write_manifest",
]
