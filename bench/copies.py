"""Personalised copies of one page: Briefpack and Typst on the same page with other words in three places, in one run.

    python -m bench.copies            200 copies, memory at copy 500 and at the end of 10,000
    python -m bench.copies --smoke    5 copies, memory over 30, to see that it still runs
    python -m bench.copies --write    as without, and the table into bench/RESULTS.md

The headline, the problem and the ask name a place, a number and another number of their own in every copy. Briefpack
takes them from a row; Typst recompiles its document with its cache warm, from JSON in which they have changed. Every
copy is made by both before the next one is. Both give the file's bytes and write none. Memory is what is resident, of
a process that makes nothing but copies.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any, Final

from bench.campaign import name, project_files
from bench.makers import Missing, typst_kept
from bench.pages import FIRST, LAST, Page, Part, pages
from bench.results import machine, put_section
from bench.run import OURS, WARM_UP, Series, row_of, versions

_FIRST: Final = 500

# Garbage is looked for among so many new objects, as where the command line makes copies.
_OBJECTS: Final = 50_000

Fields = tuple[str, int, int]
"""What a copy has of its own: a place, how many people, how many posts."""

_HEADLINE: Final = "Back peer support in {place} now: it works"
_PROBLEM: Final = "Most of the {people} adults with diabetes in {place} see a clinician a few times a year. "
_ASK: Final = "We ask that the health committee of {place} fund {posts} peer posts in every practice by 1 July 2027."
_COLUMNS: Final = """\
data:
  place: {sample: Ashborough}
  people: {type: number, sample: 4037}
  posts: {type: number, sample: 12}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    if options.resident:
        for line in _resident(options.resident):
            print(line, flush=True)
        return 0
    count, memory = (5, 30) if options.smoke else (options.copies, options.memory)
    table = report(count, memory)
    print(table)
    if options.write:
        put_section("copies", f"{HEAD}\n{table}")
    return 0


HEAD: Final = """## Personalised copies

Written by `python -m bench.copies --write`; do not edit. One one-pager with other words in three places in each copy,
as `bench/copies.py` says. Briefpack checks the words of every copy as an editor would, lays it out and gives PDF/UA-1
and PDF/A-2a; Typst gives PDF/UA-1.
"""


def report(count: int, memory: int) -> str:
    """The measurements as Markdown."""
    contenders: list[Series[Fields]] = [Series(OURS, briefpack_copies())]
    try:
        contenders.append(Series("Typst, one compiler kept", typst_copies()))
    except Missing as missing:
        print(f"left out: {missing}", file=sys.stderr)
    gc.set_threshold(_OBJECTS)
    for index, fields in enumerate(_fields(WARM_UP + count)):
        if index == WARM_UP:
            gc.freeze()
        for contender in contenders if index % 2 else reversed(contenders):
            contender.run(fields)
    for contender in contenders:
        contender.without_first(WARM_UP)
    lines = [
        f"{count} copies, warm, each made by each in turn.",
        machine(),
        "",
        "| | ms a copy, median (min–max) | processor ms | Briefpack takes | kB |",
        "|---|---|---|---|---|",
        *(row_of(contender, contenders) for contender in contenders),
        "",
        _memory(memory),
        "",
        ", ".join(versions(("briefpack", "typst", "uharfbuzz"))) + ".",
    ]
    return "\n".join(lines) + "\n"


def briefpack_copies() -> Callable[[Fields], bytes]:
    """Briefpack from a row to the file of its copy."""
    from briefpack.builds.making import Workshop, make_brief
    from briefpack.diagnostics import Span
    from briefpack.project.columns import DataRow, Value
    from briefpack.project.files import DictFiles
    from briefpack.project.load import load_project
    from tests.campaigns import shipped

    page = pages(1)[0]
    layouts = {path: text for path, text in shipped().items() if path.startswith("layouts/")}
    texts = project_files([_page(page, "{{ row.place }}", "{{ row.people }}", "{{ row.posts }}")])
    brief = f"briefs/{name(page)}.yaml"
    texts[brief] = _COLUMNS + _without_braces(texts[brief])
    files = DictFiles({**layouts, **texts})
    loaded = load_project(files)
    if loaded.project is None:
        raise AssertionError(loaded.diagnostics)
    workshop = Workshop.of(files, loaded.project)

    def make(fields: Fields) -> bytes:
        place, people, posts = fields
        values: dict[str, Value | None] = {"place": place, "people": Decimal(people), "posts": Decimal(posts)}
        made = make_brief(workshop, name(page), row=DataRow(values, Span("rows.csv", 2, 1, 2, 2)))
        if made.data is None:
            raise AssertionError(made.diagnostics)
        return made.data

    return make


def _without_braces(text: str) -> str:
    """The fields of a JSON object as YAML's block style takes them after others: each on a line of its own."""
    import json

    return "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in json.loads(text).items())


def typst_copies() -> Callable[[Fields], bytes]:
    """Typst at its best, on the page of a copy."""
    make, page = typst_kept(), pages(1)[0]
    return lambda fields: make(_page(page, fields[0], f"{fields[1]:,}", f"{fields[2]:,}"))


def _page(page: Page, place: str, people: str, posts: str) -> Page:
    words: dict[str, Any] = {"place": place, "people": people, "posts": posts}
    problem = (_PROBLEM.format(**words), *page.problem.text[1:])
    ask = Part(page.ask.heading, (_ASK.format(**words),))
    return replace(page, headline=_HEADLINE.format(**words), problem=Part(page.problem.heading, problem), ask=ask)


def _fields(count: int) -> Iterator[Fields]:
    random = Random(7)
    for _ in range(count):
        place = random.choice(FIRST) + random.choice(LAST)
        yield place, random.randint(1_000, 99_999), random.randint(2, 60)


def _memory(count: int) -> str:
    """The memory of a process of its own that makes `count` copies."""
    command = [sys.executable, "-m", "bench.copies", "--resident", str(count)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    first, last = done.stdout.split("\n")[:2]
    return f"Resident memory: {first}, {last}."


def _resident(count: int) -> Iterator[str]:
    """Megabytes resident at copy 500, or half-way where there are fewer, and at the last of `count`."""
    gc.set_threshold(_OBJECTS)
    make = briefpack_copies()
    early = min(_FIRST, count // 2)
    for at, fields in enumerate(_fields(count), 1):
        make(fields)
        if at in (early, count):
            yield f"{_megabytes():.0f} MB at copy {at:,}"


def _megabytes() -> float:
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        import resource

        return int(statistics.read_text(encoding="ascii").split()[1]) * resource.getpagesize() / 1e6
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.copies", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--copies", type=int, default=200, metavar="N", help="how many copies to time (200)")
    parser.add_argument("--memory", type=int, default=10_000, metavar="N", help="how many to watch memory over (10000)")
    parser.add_argument("--smoke", action="store_true", help="time five copies only")
    parser.add_argument("--write", action="store_true", help="write the table to bench/RESULTS.md")
    parser.add_argument("--resident", type=int, default=0, metavar="N", help="only make N copies and tell the memory")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
