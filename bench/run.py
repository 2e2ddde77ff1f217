"""One distinct tagged one-pager, warm: Briefpack and Typst on the same pages, in turn, in one run.

    python -m bench.run            200 pages
    python -m bench.run --smoke    10 pages, to see that it still runs
    python -m bench.run --write    200 pages, and the tables into bench/RESULTS.md
    python -m bench.run --stages   also where Briefpack's time goes

Every page is made by every contender before the next page is, each page in another order, so that a
busy moment of the machine falls on all of them alike. Wall time is what a reader waits; processor
time counts all threads and is what is left when neighbours are busy. A contender that is not
installed is named and left out; Briefpack missing is an error. What is there before the clock starts is
kept out of the garbage collector's sight; collecting what the pages leave behind counts.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Final, Generic, TypeVar

from bench.makers import Make, Missing, briefpack, typst_called, typst_kept, weasyprint
from bench.pages import Page, pages, word_count
from bench.results import RESULTS, machine, put_section
from bench.stages import REST, stages

OURS: Final = "Briefpack"
WARM_UP: Final = 5


P = TypeVar("P")


@dataclass(slots=True)
class Series(Generic[P]):
    """What one contender did: seconds of wall and of processor time, and bytes, page by page."""

    name: str
    make: Callable[[P], bytes]
    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def run(self, page: P) -> None:
        wall, processor = time.perf_counter(), time.process_time()
        data = self.make(page)
        self.processor.append(time.process_time() - processor)
        self.wall.append(time.perf_counter() - wall)
        self.sizes.append(len(data))

    def without_first(self, count: int) -> None:
        """Forget the first `count` pages, which only warmed the caches."""
        for values in (self.wall, self.processor, self.sizes):
            del values[:count]


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    count = 10 if options.smoke else options.pages
    made = pages(WARM_UP + count)
    contenders, missing = _contenders(made)
    for line in missing:
        print(f"left out: {line}", file=sys.stderr)
    measure(contenders, made)
    table = report(contenders, made[WARM_UP:])
    if (options.stages or options.write) and any(series.name == OURS for series in contenders):
        table += f"\n{breakdown(stages(made, WARM_UP))}"
    print(table)
    if options.keep:
        _keep(contenders, made[0], options.keep)
    if options.write:
        put_section("page", f"{HEAD}\n{table}")
    return 1 if any(line.startswith(OURS) for line in missing) and not options.peers_only else 0


def measure(contenders: Sequence[Series[Page]], made: Sequence[Page]) -> None:
    """Run every contender over every page; the first pages warm the caches and do not count."""
    for index, page in enumerate(made):
        if index == WARM_UP:
            gc.freeze()
        turn = index % len(contenders)
        for contender in (*contenders[turn:], *contenders[:turn]):
            contender.run(page)
    for contender in contenders:
        contender.without_first(WARM_UP)


def report(contenders: Sequence[Series[Page]], made: Sequence[Page]) -> str:
    """The measurements as Markdown."""
    words = [word_count(page) for page in made]
    lines = [
        f"{len(made)} distinct one-pagers of {min(words)} to {max(words)} words, warm, each made by each in turn.",
        machine(),
        "",
        "| | ms a page, median (min\u2013max) | processor ms | Briefpack takes | kB |",
        "|---|---|---|---|---|",
        *(row_of(contender, contenders) for contender in contenders),
        "",
        ", ".join(versions(("briefpack", "typst", "weasyprint", "reportlab", "uharfbuzz"))) + ".",
    ]
    return "\n".join(lines) + "\n"


def breakdown(milliseconds: Mapping[str, float]) -> str:
    """Where Briefpack's time goes, as Markdown."""
    lines = [
        f"Where Briefpack's {sum(milliseconds.values()):.1f} ms of the processor go, by stage, in a run of its own:",
        "",
        f"| {' | '.join(milliseconds)} |",
        f"|{'---|' * len(milliseconds)}",
        f"| {' | '.join(f'{value:.1f}' for value in milliseconds.values())} |",
        "",
        f"`read` is a brief's YAML, validated; `edit` the checks of its words; `{REST}` what is between them.",
    ]
    return "\n".join(lines) + "\n"


HEAD: Final = """# Speed against a peer

Written by `python -m bench.run --write`; do not edit. The same words, table, links, citations and Fira
Sans on both sides, eight and four columns, one A4 page, tagged. Briefpack starts from a brief's YAML and
gives PDF/UA-1 and PDF/A-2a; Typst starts from JSON and gives PDF/UA-1. No paragraph occurs on two pages.
"""


def row_of(contender: Series[P], contenders: Sequence[Series[P]]) -> str:
    """What `contender` did, as a row of a table."""
    wall = [value * 1000 for value in contender.wall]
    processor = median(contender.processor) * 1000
    size = median(contender.sizes) / 1000
    return (
        f"| {contender.name} | {median(wall):.1f} ({min(wall):.1f}\u2013{max(wall):.1f}) | {processor:.1f} "
        f"| {_ratio(contender, contenders)} | {size:.0f} |"
    )


def _ratio(contender: Series[P], contenders: Sequence[Series[P]]) -> str:
    """How long Briefpack takes as a part of what `contender` takes, by the medians of wall time."""
    ours = next((series for series in contenders if series.name == OURS), None)
    if ours is None or ours is contender:
        return ""
    return f"{median(ours.wall) / median(contender.wall):.2f} \u00d7"


def _contenders(made: Sequence[Page]) -> tuple[list[Series[Page]], list[str]]:
    """The contenders that can run here, and a line for each that cannot."""
    makers: tuple[tuple[str, Callable[[], Make]], ...] = (
        (OURS, lambda: briefpack(made)),
        ("Typst, one compiler kept", typst_kept),
        ("Typst, `typst.compile`", typst_called),
        ("WeasyPrint", weasyprint),
    )
    ready: list[Series[Page]] = []
    missing: list[str] = []
    for name, maker in makers:
        try:
            ready.append(Series(name, maker()))
        except Missing as error:
            missing.append(f"{name}: {error}")
    return ready, missing


def versions(packages: Iterable[str]) -> list[str]:
    """The installed versions of `packages`."""
    return [f"{package} {_version(package)}" for package in packages]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "(not installed)"


def _keep(contenders: Sequence[Series[Page]], page: Page, folder: Path) -> None:
    """One file of each contender, to look at and to validate."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, contender in enumerate(contenders, 1):
        (folder / f"{number}-{contender.name.split(',')[0].lower()}.pdf").write_bytes(contender.make(page))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.run", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=int, default=200, metavar="N", help="how many pages to time (200)")
    parser.add_argument("--smoke", action="store_true", help="time ten pages only")
    parser.add_argument("--write", action="store_true", help=f"write the table to bench/{RESULTS.name}")
    parser.add_argument("--stages", action="store_true", help="also print where Briefpack's time goes")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="put one file of each contender there")
    parser.add_argument("--peers-only", action="store_true", help="run though Briefpack cannot")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
