"""Manifests of shards merged into one: that of a build that made everything.

Every shard leaves `manifest-<number>-of-<count>.json` beside its files. They are brought together in one folder, or
stay in several. Missing shards, files that are not what their manifest says, and files that two manifests
say different things of are findings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from briefpack.builds.costs import Shard
from briefpack.builds.output import read_manifest, write_entries
from briefpack.builds.signs import hash_of
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding
from briefpack.expressions import expression

_NAME: Final = expression(r"manifest-(\d+)-of-(\d+)\.json")


def manifest_of(shard: Shard) -> str:
    """The name of the manifest of `shard`."""
    return f"manifest-{shard.number}-of-{shard.count}.json"


@dataclass(frozen=True, slots=True)
class _Part:
    """The manifest of a shard in its folder."""

    folder: Path
    shard: Shard

    @property
    def place(self) -> str:
        return str(self.folder / manifest_of(self.shard))


def merge_manifests(folders: Sequence[Path], output: Path) -> tuple[int, tuple[Diagnostic, ...]]:
    """Write the `manifest.json` of all shards in `folders` to `output`: how many files it has, and what is wrong.

    Nothing is written when something is wrong. Raises Unwritable.
    """
    parts = [part for folder in folders for part in _parts(folder)]
    found = list(_missing(parts, folders))
    files: dict[str, dict[str, object]] = {}
    for part in parts:
        for path, entry in read_manifest(part.folder, manifest_of(part.shard)).items():
            found += _wrong(part, path, entry, files.get(path))
            files[path] = entry
    if not found:
        write_entries(output, files)
    return len(files), tuple(found)


def _parts(folder: Path) -> Iterator[_Part]:
    for place in sorted(folder.glob("manifest-*-of-*.json")):
        match = _NAME.fullmatch(place.name)
        if match is not None:
            yield _Part(folder, Shard(int(match[1]), int(match[2])))


def _missing(parts: Sequence[_Part], folders: Iterable[Path]) -> Iterator[Diagnostic]:
    where = ", ".join(f"`{folder}`" for folder in folders)
    counts = sorted({part.shard.count for part in parts})
    if not parts:
        help = "build with `--shard 1/2`, `--shard 2/2` and so on first"
        yield finding("missing-shard", f"there is no manifest of a shard in {where}", help=help)
    elif len(counts) > 1:
        listed = " and ".join(str(count) for count in counts)
        help = "delete the manifests of earlier builds"
        yield finding("missing-shard", f"there are shards of {listed} in {where}", help=help)
    else:
        have = {part.shard.number for part in parts}
        for number in range(1, counts[0] + 1):
            if number not in have:
                help = f"build it with `--shard {number}/{counts[0]}`"
                yield finding("missing-shard", f"shard {number} of {counts[0]} is missing in {where}", help=help)


def _wrong(part: _Part, path: str, entry: dict[str, object], other: dict[str, object] | None) -> Iterator[Diagnostic]:
    if other is not None and other != entry:
        help = "build all shards from the same state of the campaign"
        yield finding("shards-differ", f"two shards have `{path}` with other contents", path=part.place, help=help)
    if hash_of(str(part.folder / path)) != entry.get("sha256"):
        help = "bring the files of every shard along with its manifest"
        yield finding("shards-differ", f"`{path}` is not the file that was made", path=part.place, help=help)
