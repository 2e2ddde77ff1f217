"""Checks: what is to be said of the targets of a project, and kept until something that they read changes.

In come a project, targets and, where findings are to be kept, the index of the last check; out come the findings of
each target as severe as the campaign has them. What was said of a target stands while every input it read has the
digest it had; the others are laid out again, by this process or by several. Nothing is made.

The index is one file a project, written whole or not at all. Two checks at once may each write one: the later stands,
and what it does not know is only checked again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

from briefpack.builds import environment
from briefpack.builds.build import failure
from briefpack.builds.costs import BREAK_EVEN, cost, largest_first, seconds
from briefpack.builds.elsewhere import written_elsewhere
from briefpack.builds.hands import Hands, check_target, do_each, lend
from briefpack.builds.index import Index, Watched, check_path, now, without_idle_pairs, write_index
from briefpack.builds.judging import Judging
from briefpack.builds.maker import Maker
from briefpack.builds.outcomes import Lost, Outcome, outcome
from briefpack.builds.present import Present
from briefpack.builds.records import Record, places, record_as_row
from briefpack.builds.signs import Sign, left_alone, sign_of
from briefpack.builds.sites import Loading, Site
from briefpack.builds.targets import Target, target_as_row, target_of_row
from briefpack.builds.tracing import file_key
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic
from briefpack.project.files import ABSENT

Progress = Callable[[int, int, str], None]

# Nothing is painted, subset or written: of what a target costs, about so much.
_DRY: Final = 0.6


@dataclass(slots=True)
class Checking:
    """One check of a project. `every` is all the targets that it has, `index` what the last check knew.

    With `keep` findings are kept.
    """

    root: Path
    loading: Loading
    today: date
    every: tuple[Target, ...]
    index: Index = field(default_factory=Index)
    keep: bool = False
    present: Present = field(init=False)
    _began: int = field(init=False, default=0)
    _stamp: str = field(init=False, default="")
    _rows: dict[str, Mapping[str, Any]] = field(init=False, default_factory=dict)
    _others: list[frozenset[str]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        made_with = ""
        if self.keep:
            self._began = now(self.root)
            self._stamp = environment.stamp()  # before the digest: what is installed meanwhile is seen next time
            known = self.index.stamp == self._stamp and self.index.environment
            made_with = self.index.environment if known else environment.kept_digest(self.loading.project.snapshot)
        loading = self.loading
        self.present = Present(loading.files, loading.project, made_with, environment.epoch(), self.today)

    def run(
        self, targets: Sequence[Target], hands: Hands | None = None, progress: Progress | None = None
    ) -> Iterator[tuple[Diagnostic, ...]]:
        """The findings of `targets`, in their order."""
        found: dict[int, tuple[Diagnostic, ...]] = {}
        work: list[int] = []
        for place, target in enumerate(targets):
            if self._stands(target.key):
                found[place] = self.index.findings(target.key)
                self._rows[target.key] = {**self.index.rows[target.key], "target": target_as_row(target)}
            else:
                work.append(place)
        for at, out in self._outcomes([targets[place] for place in work], hands, progress):
            found[work[at]] = self._noted(targets[work[at]], out)
        yield from (found[place] for place in range(len(targets)))

    def _stands(self, key: str) -> bool:
        """Whether what was said of the target with the key `key` is still true."""
        row = self.index.rows.get(key) if self.keep else None
        if row is None or not row["inputs"]:
            return False
        return self._changed(key in self.index.fresh).isdisjoint(row["inputs"].split())

    def _changed(self, was_fresh: bool) -> frozenset[str]:
        """The places in the table of inputs whose digests are others now, for a target that `was_fresh` or one that
        was not: of the former what is written in files that are the same need not be looked at."""
        if not self._others:
            moved = self.index.moved(self.loading.reads)
            stands = written_elsewhere(self.loading.project, moved) if self.is_steady else None
            self._others.append(self._places_of_changed(stands))
        if was_fresh:
            return self._others[0]
        if len(self._others) < 2:
            self._others.append(self._places_of_changed(None))
        return self._others[1]

    def _places_of_changed(self, stands: Callable[[str], bool] | None) -> frozenset[str]:
        """The places of inputs whose digests are others now, but for those of which it is known that they stand."""
        digest = self.present.digest
        return frozenset(
            str(place)
            for place, (key, value) in enumerate(self.index.table.pairs)
            if (stands is None or not stands(key)) and digest(key) != value
        )

    @property
    def is_steady(self) -> bool:
        """Whether nothing but briefs and packs has changed since the last check."""
        return self.keep and self.index.is_steady(self.loading.reads, self.today)

    def _noted(self, target: Target, out: Outcome | Lost) -> tuple[Diagnostic, ...]:
        lost = failure(target, out)
        if lost is not None or isinstance(out, Lost) or out.noted is None:
            return (lost,) if lost is not None else ()
        said = out.noted.made.diagnostics
        if self.keep:
            keys = out.noted.keys.union(file_key(path) for path in places(said))
            record = Record(target, self.present.inputs(keys, dict(out.reads)), diagnostics=said)
            self._rows[target.key] = record_as_row(record, self.index.table)
        return said

    def _outcomes(
        self, targets: Sequence[Target], hands: Hands | None, progress: Progress | None
    ) -> Iterator[tuple[int, Outcome | Lost]]:
        """What becomes of `targets`, by their places, as it is ready."""
        if not targets:
            return
        costs = [cost(target, self.loading.project, self.loading.files) for target in targets]
        judging = Judging(self.today)
        maker = Maker(self.loading.files, self.loading.project, judging, self.present.told)
        if hands is None or seconds(costs) * _DRY < BREAK_EVEN:
            for place, target in enumerate(targets):
                if progress is not None:
                    progress(place + 1, len(targets), target.id)
                yield place, outcome(maker, target, dry=True)
            return
        source = replace(hands.source(self.loading, Site(self.root, self.root), judging), traced=self.keep)
        lend(source, maker)
        work = ((place, targets[place]) for place in largest_first(costs))
        for done, (place, out) in enumerate(do_each(hands, source, check_target, work), start=1):
            if progress is not None:
                progress(done, len(targets), targets[place].id)
            yield place, out

    # ------------------------------------------------------------------------------------------- index

    def write(self, loading: tuple[Diagnostic, ...], said: dict[str, tuple[Diagnostic, ...]]) -> None:
        """Keep what was found now, what is still known of other targets, and what is `said` of no one target."""
        listed = {target.key: target for target in self.every}
        known = {key: row for key, row in self.index.rows.items() if self._exists(target_of_row(row["target"]))}
        table = self.index.table
        rows = known | self._rows
        rows = {key: record_as_row(Record(target), table) for key, target in listed.items() if key not in rows} | rows
        fresh = {key for key in rows if key in self._rows or self._stands(key)}
        files = self._files()
        same = {path: item.digest for path, item in files.items()} == {
            path: item.digest for path, item in self.index.files.items()
        }
        index = Index(
            self.present.environment,
            self._stamp,
            environment.epoch(),
            days=self.present.days(),
            files=files,
            fresh=fresh,
            listed=list(listed),
            loading=loading,
            said={**(self.index.said if same else {}), **said},
            table=table,
            rows=rows,
        )
        write_index(check_path(self.root), without_idle_pairs(index))

    def _exists(self, target: Target) -> bool:
        project = self.loading.project
        return target.document in (project.packs if target.kind == "pack" else project.briefs)

    def _files(self) -> dict[str, Watched]:
        """Every file that was read, by this check or for what is still known from an earlier one."""
        mark = file_key("")
        reads = dict(self.loading.files.reads)
        for key, _ in self.index.table.pairs:
            path = key.removeprefix(mark)
            if key.startswith(mark) and path not in reads:
                reads[path] = self.present.digest(key)
        root = self.root.resolve()
        return {
            path: Watched(value, None if value == ABSENT or "*" in path else self._sign(f"{root}/{path}"))
            for path, value in reads.items()
        }

    def _sign(self, path: str) -> Sign | None:
        return left_alone(sign_of(path), self._began)
