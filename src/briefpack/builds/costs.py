"""What a target costs, known before it is made and the same on every machine: the bytes of text it is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from briefpack.builds.targets import Target
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Stopped
from briefpack.project.files import ProjectFiles
from briefpack.project.load import Project, brief_path, pack_path

# Large print is relaid, tables and all, on twice the pages.
_LARGE: Final = 2

# About what a processor of today makes in a second.
_SPEED: Final = 150_000

# Processes that begin and open a project cost about as much as making for this long, in seconds.
BREAK_EVEN: Final = 0.75


def cost(target: Target, project: Project, files: ProjectFiles) -> int:
    """The bytes that `target` is made from, more for what is laid out with more effort."""
    paths = [pack_path(target.name) if target.kind == "pack" else brief_path(target.name)]
    if target.kind == "pack" and target.name in project.packs:
        paths += [brief_path(paper.text) for paper in project.packs[target.name].papers]
    size = sum(_size(files, path) for path in paths)
    return size * (_LARGE if target.form.large_print is not None else 1)


def _size(files: ProjectFiles, path: str) -> int:
    try:
        return len(files.read_bytes(path))
    except Stopped:
        return 0


def seconds(costs: Iterable[int]) -> float:
    """About how long one process takes."""
    return sum(costs) / _SPEED


def largest_first(costs: Sequence[int]) -> tuple[int, ...]:
    """The places of `costs`, the largest first, equal ones in order."""
    return tuple(sorted(range(len(costs)), key=lambda place: (-costs[place], place)))


@dataclass(frozen=True, slots=True)
class Shard:
    """Part `number` of `count`, from 1: the same part on every machine, for the same project."""

    number: int
    count: int

    def __str__(self) -> str:
        return f"{self.number}/{self.count}"

    def places(self, costs: Sequence[int]) -> frozenset[int]:
        """Which of the targets with `costs` are in this part: each, from the largest, goes where least is so far."""
        loads = [0] * self.count
        mine: set[int] = set()
        for place in largest_first(costs):
            lightest = loads.index(min(loads))
            loads[lightest] += max(costs[place], 1)
            if lightest == self.number - 1:
                mine.add(place)
        return frozenset(mine)


def read_shard(text: str) -> Shard:
    """The shard written as `2/5`. Raises ValueError."""
    number, _, count = text.partition("/")
    shard = Shard(int(number), int(count))
    if not 1 <= shard.number <= shard.count:
        raise ValueError(text)
    return shard
