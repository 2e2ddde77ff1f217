"""Builds: the targets of a project made where they are not up to date, and the folder, manifest and index kept.

In come folders and what is asked for, out comes what was made and found. What is up to date is left alone, what
the cache has is taken from there, the rest is made. A target with an error, or one that cannot be written,
leaves an earlier file of it as it is; the others are made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from briefpack.builds import environment
from briefpack.builds.cache import Trace
from briefpack.builds.costs import BREAK_EVEN, Shard, cost, largest_first, seconds
from briefpack.builds.elsewhere import digests_that_stand
from briefpack.builds.index import Index, Watched, index_path, now, read_index, with_records, write_index
from briefpack.builds.judging import Judging
from briefpack.builds.maker import Maker, Noted
from briefpack.builds.outcomes import Lost, Outcome, Unreachable, Why, outcome, unlike
from briefpack.builds.output import MANIFEST, Entry, Unwritable, make_folder, sha256, write_file, write_manifest
from briefpack.builds.plans import Step, plan, refreshed
from briefpack.builds.present import Present, file_digests
from briefpack.builds.records import Record, Table, entry_as_row, entry_of_row, finding_as_row, finding_of_row, places
from briefpack.builds.signs import hash_of, left_alone, sign_of
from briefpack.builds.sites import Loading, Site
from briefpack.builds.targets import Target
from briefpack.builds.tracing import file_key
from briefpack.content.checks import settled
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, finding
from briefpack.project.files import ABSENT
from briefpack.project.load import brief_path, pack_path

if TYPE_CHECKING:
    from briefpack.builds.hands import Hands

Progress = Callable[[int, int, str], None]
"""Called before each target with its place from 1, how many there are, and its name."""


@dataclass(slots=True)
class Way:
    """How targets are made: by whom, whether the first that fails is the last, and who is told of it.

    Of a `shard` only its part is made; `verify` of them are made again and compared. Counts as it goes; `done` is how
    many have been made of `total`.
    """

    hands: Hands | None = None
    fail_fast: bool = False
    progress: Progress | None = None
    shard: Shard | None = None
    verify: int = 0
    total: int = 0
    done: int = 0
    _failed: int | None = None

    def wanted(self, place: int) -> bool:
        """Whether the target at `place` is still to be made: all before the first that failed are."""
        return not self.fail_fast or self._failed is None or place < self._failed

    def tell(self, place: int, target: Target) -> None:
        if self.progress is not None:
            self.progress(place + 1, self.total, target.id)

    def note(self, place: int, *, failed: bool) -> None:
        self.done += 1
        if failed and (self._failed is None or place < self._failed):
            self._failed = place


@dataclass(slots=True)
class Built:
    """What a build did: the entries of what was made, of those restored from the cache, and what was found."""

    made: list[Entry] = field(default_factory=list)
    current: int = 0
    restored: int = 0
    looked_at: int = 0
    verified: int = 0
    found: list[Diagnostic] = field(default_factory=list)


@dataclass(slots=True)
class Build:
    """One build of a project."""

    site: Site
    loading: Loading
    judging: Judging
    every: tuple[Target, ...]
    index: Index = field(init=False)
    present: Present = field(init=False)
    _began: int = field(init=False, default=0)
    _stamp: str = field(init=False, default="")
    _table: Table = field(init=False, default_factory=Table)

    def __post_init__(self) -> None:
        self.index = Index()
        made_with = ""
        if self.site.cache is not None:
            self.index = read_index(index_path(self.site.root, self.site.output))
            self._began = now(self.site.root)
            self._stamp = environment.stamp()  # before the digest: what is installed meanwhile is seen next time
            made_with = environment.kept_digest(self.loading.project.snapshot)
        project = self.loading.project
        self.present = Present(self.loading.files, project, made_with, environment.epoch(), self.judging.today)
        if self.index.is_steady(self.loading.reads, self.judging.today):
            self.present.take(digests_that_stand(self.index, project, self.loading.reads))

    def settled(self, found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
        """`found` as severe as the campaign has it, each once."""
        judged = settled(self.loading.project, found, strict=self.judging.strict)
        return tuple(dict.fromkeys(judged))

    def steps(self, targets: Iterable[Target]) -> tuple[Step, ...]:
        """What is to be done about `targets`."""
        return plan(self.present, self.index, targets, self.site.output, strict=self.judging.strict)

    def run(self, targets: Sequence[Target], way: Way, *, whole: bool) -> Built:
        """Make what of `targets` is not up to date, in the `way` that is asked for.

        `whole` says that they are all there are.
        """
        built = Built()
        if way.shard is not None:
            mine = way.shard.places(self._costs(targets))
            targets = [target for place, target in enumerate(targets) if place in mine]
        built.looked_at = len(targets)
        steps = self.steps(targets)
        records: list[Record] = []
        try:
            make_folder(self.site.output)
            records = self._records(steps, way, built)
            entries = [record.entry for record in records if record.entry is not None]
            done = whole and len(entries) == len(targets)
            write_manifest(self.site.output, entries, keep=not done, name=_manifest(way.shard))
            built.verified = self._verify(records, way.verify, built.found)
        except Unwritable as error:
            built.found.append(error.diagnostic)
        if self.site.cache is not None:
            self.site.cache.tidy()
            self._keep(records)
        return built

    # ----------------------------------------------------------------------------------------- targets

    def _records(self, steps: Sequence[Step], way: Way, built: Built) -> list[Record]:
        """The records of `steps`, in their order, as far as they came: what is not at hand is made."""
        records: dict[int, Record] = {}
        work: list[int] = []
        for place, step in enumerate(steps):
            record = self._at_hand(step, built)
            if record is None:
                work.append(place)
            else:
                records[place] = record
        way.total = len(work)
        try:
            for at, found in self._outcomes([steps[place].target for place in work], way):
                record = self._written(*self._record(steps[work[at]].target, found), built)
                records[work[at]] = record
                way.note(at, failed=record.entry is None)
        except Unreachable as error:
            built.found.append(error.diagnostic)
        ordered = [records[place] for place in sorted(records)]
        built.found += self._said(ordered, way)
        order = {record.entry.path: at for at, record in enumerate(ordered) if record.entry is not None}
        built.made.sort(key=lambda entry: order[entry.path])
        return ordered

    def _said(self, records: Sequence[Record], way: Way) -> list[Diagnostic]:
        """What is said of `records`; where a build stops at the first that failed, no more than until there."""
        found: list[Diagnostic] = []
        for record in records:
            found += record.diagnostics
            if way.fail_fast and record.entry is None:
                break
        return found

    def _at_hand(self, step: Step, built: Built) -> Record | None:
        """The record of a target that need not be made: it is up to date, or the cache has it."""
        if step.is_current and step.record is not None and step.record.entry is not None:
            built.current += 1
            return replace(step.record, target=step.target, entry=refreshed(step.record.entry, self.present))
        kept = self._from_cache(step.target)
        if kept is None:
            return None
        built.restored += 1
        return self._written(*kept, built)

    def _outcomes(self, targets: Sequence[Target], way: Way) -> Iterator[tuple[int, Outcome | Lost]]:
        """What becomes of `targets`, by their places, as it is ready."""
        costs = self._costs(targets)
        maker = Maker(self.loading.files, self.loading.project, self.judging, self.present.told)
        if way.hands is None or (way.hands.local and seconds(costs) < BREAK_EVEN):
            for place, target in enumerate(targets):
                if way.wanted(place):
                    way.tell(place, target)
                    yield place, outcome(maker, target)
            return
        if not targets:
            return
        from briefpack.builds.hands import lend, make_each  # and how processes are begun

        source = replace(way.hands.source(self.loading, self.site, self.judging), traced=self.site.cache is not None)
        lend(source, maker)
        for place, found in make_each(way.hands, source, targets, largest_first(costs), way.wanted):
            way.tell(way.done, targets[place])
            yield place, found

    def _costs(self, targets: Iterable[Target]) -> list[int]:
        return [cost(target, self.loading.project, self.loading.files) for target in targets]

    def _verify(self, records: Sequence[Record], count: int, found: list[Diagnostic]) -> int:
        """Make `count` of the targets of `records` again, each anew in another process, and compare."""
        made = [record for record in records if record.entry is not None]
        if not count or not made:
            return 0
        from briefpack.builds.hands import by_processes, make_each

        sample = made[:: max(1, -(-len(made) // count))]
        hands = by_processes(1, "spawn")
        source = replace(hands.source(self.loading, self.site, self.judging), traced=False)
        targets = [record.target for record in sample]
        for place, again in make_each(hands, source, targets, range(len(targets))):
            entry = sample[place].entry
            data = again.noted.made.data if isinstance(again, Outcome) and again.noted is not None else None
            if entry is None or data is None or sha256(data) != hash_of(str(self.site.output / entry.path)):
                found.append(_differs(targets[place]))
        return len(sample)

    def _record(self, target: Target, found: Outcome | Lost) -> tuple[Record, bytes | None]:
        lost = failure(target, found)
        if lost is not None or isinstance(found, Lost) or found.noted is None:
            return Record(target, diagnostics=(lost,) if lost is not None else ()), None
        return self._made(target, found.noted, dict(found.reads))

    def _from_cache(self, target: Target) -> tuple[Record, bytes | None] | None:
        cache = self.site.cache
        if cache is None:
            return None
        for trace in cache.traces(self._cache_key(target)):
            if self.present.changed(trace.inputs) or (self.judging.strict and trace.record["found"]):
                continue
            data = cache.content(trace.sha256)
            if data is not None:
                return self._of_trace(target, trace), data
        return None

    def _cache_key(self, target: Target) -> str:
        """Targets of one name and environment whose own file says the same share their traces."""
        own = self.present.digest(f"{target.kind}:{target.document}")
        return "\0".join((target.key, own, self.present.environment))

    def _of_trace(self, target: Target, trace: Trace) -> Record:
        table = Table(trace.record["table"])
        entry = entry_of_row(trace.record["entry"], target, table)
        found = tuple(finding_of_row(row) for row in trace.record["found"])
        return Record(target, trace.inputs, refreshed(entry, self.present), found)

    def _made(self, target: Target, noted: Noted, reads: Mapping[str, str]) -> tuple[Record, bytes | None]:
        """The record of a target made from files with the digests `reads`, which may be others by now.

        Where neither a cache nor an index is kept, nobody asks for what it read.
        """
        made = noted.made
        if made.data is None:
            return Record(target, diagnostics=made.diagnostics), None
        entry = _entry(target, noted, made.data)
        entry = replace(entry, inputs=self._table.packed(entry.inputs))
        if self.site.cache is None:
            return Record(target, entry=entry, diagnostics=made.diagnostics), made.data
        keys = noted.keys.union(file_key(path) for path in places(made.diagnostics))
        inputs = self.present.inputs(keys, reads)
        table = Table()
        row = entry_as_row(entry, table)
        found = [finding_as_row(item) for item in made.diagnostics]
        kept = {"entry": row, "found": found, "table": table.pairs}
        self.site.cache.keep(self._cache_key(target), Trace(inputs, kept, entry.sha256), made.data)
        return Record(target, self._table.packed(inputs), entry, made.diagnostics), made.data

    def _written(self, record: Record, data: bytes | None, built: Built) -> Record:
        """`record` once its file is written, or one that failed, with the reason among its findings."""
        if record.entry is None or data is None:
            return record
        try:
            write_file(self.site.output, record.entry.path, data)
        except Unwritable as error:
            return Record(record.target, diagnostics=(*record.diagnostics, error.diagnostic))
        built.made.append(record.entry)
        return record

    # ------------------------------------------------------------------------------------------- index

    def _keep(self, records: Sequence[Record]) -> None:
        """Write the index: what was made now, what is known of the others, and every file that was read."""
        now = {record.target.key: record for record in records}
        listed = {target.key: target for target in self.every}
        others = {key: self.index.record(key) for key in {*self.index.rows, *listed} if key not in now}
        known = {key: record for key, record in others.items() if record is not None and self._exists(record.target)}
        blank = {key: Record(target) for key, target in listed.items() if key not in now}
        every = {**blank, **known, **now}
        ordered = [every[key] for key in listed] + [every[key] for key in sorted(every) if key not in listed]
        said = self.settled(self.loading.found)
        index = Index(self.present.environment, self._stamp, environment.epoch(), loading=said)
        index.days = self.present.days()
        index.listed = list(listed)
        index.files = self._files(ordered)
        index.made = {record.entry.path: Watched(record.entry.sha256) for record in ordered if record.entry is not None}
        index.made[MANIFEST] = Watched(hash_of(str(self.site.output / MANIFEST)) or ABSENT)
        index.fresh = {key for key, record in every.items() if self._is_fresh(record)}
        write_index(index_path(self.site.root, self.site.output), with_records(index, ordered))

    def _exists(self, target: Target) -> bool:
        """Whether there still is such a document."""
        return target.document in (self.loading.project.packs if target.kind == "pack" else self.loading.project.briefs)

    def _is_fresh(self, record: Record) -> bool:
        return record.entry is not None and not self.present.changed(record.inputs)

    def _files(self, records: Iterable[Record]) -> dict[str, Watched]:
        """Every file that was read, by this build or for what is still known from an earlier one."""
        paths = {path for record in records for path in file_digests(record.inputs)}
        reads = dict(self.loading.files.reads)
        for path in paths - reads.keys():
            reads[path] = self.present.digest(file_key(path))
        root = self.site.root.resolve()
        return {path: Watched(value, self._sign(f"{root}/{path}", value)) for path, value in reads.items()}

    def _sign(self, path: str, value: str) -> tuple[int, int, int, int] | None:
        if value == ABSENT or "*" in path:
            return None
        return left_alone(sign_of(path), self._began)


def _manifest(shard: Shard | None) -> str:
    """What the manifest of a whole build or of a `shard` is called."""
    if shard is None:
        return MANIFEST
    from briefpack.builds.merging import manifest_of  # imported late: few builds are of a part

    return manifest_of(shard)


def _entry(target: Target, noted: Noted, data: bytes) -> Entry:
    made = noted.made
    return Entry(
        path=made.path,
        kind=made.kind,
        name=made.name,
        title=made.title,
        sha256=sha256(data),
        size=len(data),
        pages=made.pages,
        inputs=made.inputs,
        form=target.form.asked(),
    )


def failure(target: Target, found: Outcome | Lost) -> Diagnostic | None:
    """Why a worker gave nothing back for `target`; None where it did."""
    if isinstance(found, Lost):
        return _lost(target)
    if found.noted is not None:
        return None
    return not_made(target, found.why)


def _lost(target: Target) -> Diagnostic:
    return finding(
        "worker-lost",
        f"the process that made `{target.id}` died, twice",
        path=_path(target),
        help="look whether the machine ran out of memory, or make it with `--jobs 1`",
    )


def _differs(target: Target) -> Diagnostic:
    message = f"`{target.id}` made again is not the same"
    help = "build with `--no-cache`, and tell us if that does not help"
    return finding("not-reproducible", message, path=_path(target), help=help)


def not_made(target: Target, why: Why) -> Diagnostic:
    """That a worker did not make `target`, and why."""
    return {"unlike": _unlike, "absent": _absent}.get(why, _moved)(target)


def _moved(target: Target) -> Diagnostic:
    message = f"the files of the campaign changed while `{target.id}` was to be made"
    return finding("campaign-changed", message, path=_path(target), help="build again")


def _unlike(target: Target) -> Diagnostic:
    return replace(unlike(f"the worker that was to make `{target.id}`"), path=_path(target))


def _absent(target: Target) -> Diagnostic:
    message = f"the worker that was to make `{target.id}` finds no campaign in the folder that it was told"
    help = "name the folder as it is called there after `?folder=`, or leave that out"
    return finding("worker-differs", message, path=_path(target), help=help)


def _path(target: Target) -> str:
    return pack_path(target.name) if target.kind == "pack" else brief_path(target.name)
