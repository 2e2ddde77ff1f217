"""Many documents, and commands from their first import: workers, memory, and what a person waits for.

    python -m bench.many             everything; about as long as 12,000 pages take
    python -m bench.many --smoke     a few documents, to see that it still runs
    python -m bench.many --write     and the tables into bench/RESULTS.md

`workers` is a whole build of distinct one-pagers, from a fresh process to the manifest, by one worker and by two, in
turn. `memory` is what a build of many such pages holds, by the system's own word, as they are made. `commands` are
processes from nothing to their end, each in turn: one PDF by Briefpack, Typst's and WeasyPrint's Python packages,
and commands of ours that make none.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Final

from bench.campaign import name, project_files
from bench.makers import Missing, font_files, font_folder
from bench.page_html import page_html
from bench.pages import Page, pages
from bench.results import machine, put_section

ROOT: Final = Path(__file__).resolve().parents[1]

CLI: Final = "from briefpack.cli import main; main()"
# The same where nothing was read or compiled before: a cache folder of its own for each process.
FIRST: Final = "import os, sys; os.environ['XDG_CACHE_HOME'] = sys.argv.pop(1) + str(os.getpid()); " + CLI
BUILD: Final = """\
import sys, time
from pathlib import Path
import briefpack
folder, output, jobs, every = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
def held():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 // 1000
def step(at, count, name):
    if every and (at % every == 0 or at == count):
        print(at, held(), flush=True)
report = briefpack.build(folder, (), output, step, jobs=jobs)
assert not report.failed, report.text()
"""
TYPST: Final = """\
import sys, typst
page, template, fonts = open(sys.argv[1]).read(), sys.argv[2], sys.argv[3]
open(sys.argv[4], "wb").write(typst.compile(template, font_paths=[fonts], ignore_system_fonts=True,
    sys_inputs={"page": page}, format="pdf", pdf_standards=["ua-1"]))
"""
WEASYPRINT: Final = """\
import sys
from weasyprint import HTML
HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant="pdf/ua-1")
"""


@dataclass(frozen=True, slots=True)
class Command:
    """A process to time: what it is called, its arguments, where it runs."""

    name: str
    arguments: tuple[str, ...]
    folder: Path


@dataclass(slots=True)
class Times:
    """Seconds of wall and of processor time, run by run."""

    wall: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    options = _options(arguments)
    smoke = options.smoke
    wanted = options.only or ("workers", "memory", "commands")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        os.environ["XDG_CACHE_HOME"] = str(place / "cache")
        parts: dict[str, Callable[[], str]] = {
            "workers": lambda: workers(place, 8 if smoke else options.documents, 1 if smoke else options.rounds),
            "memory": lambda: memory(place, 12 if smoke else options.memory, 4 if smoke else 500),
            "commands": lambda: commands(place, 2 if smoke else options.runs, 20 if smoke else options.unchanged),
        }
        for part in wanted:
            table = parts[part]()
            print(table)
            if options.write:
                put_section(part, table)
    return 0


# ------------------------------------------------------------------------------------------------ workers


def workers(place: Path, count: int, rounds: int) -> str:
    """The same build by one worker and by two."""
    campaign = written(place / "workers", pages(count))
    times = {jobs: Times() for jobs in (1, 2)}
    for turn in range(rounds):
        for jobs in (1, 2):
            output = place / f"workers-{turn}-{jobs}"
            run((sys.executable, "-c", BUILD, str(campaign), str(output), str(jobs), "0"), place, times[jobs])
    one, two = (median(times[jobs].wall) for jobs in (1, 2))
    return "\n".join(
        [
            f"## Two workers\n\n{count} distinct one-pagers, each build a process of its own from its first import to",
            f"the manifest, {rounds} of each in turn. {machine()}\n",
            "| workers | s, median | processor s | documents a second | × one |",
            "|---|---|---|---|---|",
            *(
                f"| {jobs} | {median(found.wall):.1f} | {median(found.processor):.1f} "
                f"| {count / median(found.wall):.1f} | {one / median(found.wall):.2f} |"
                for jobs, found in times.items()
            ),
            f"\nTwo workers make {one / two:.2f} times as many as one in the same time; to be reached: 1.8.\n",
        ]
    )


# ------------------------------------------------------------------------------------------------- memory


def memory(place: Path, count: int, every: int) -> str:
    """What one process holds after `every`, twice `every` … of `count` documents, in MB."""
    campaign = written(place / "memory", pages(count))
    said = run((sys.executable, "-c", BUILD, str(campaign), str(place / "memory-output"), "1", str(every)), place)
    held = {int(at): int(size) / 1000 for at, size in (line.split() for line in said.splitlines())}
    first, last = held[min(held)], held[max(held)]
    shown = sorted({min(held), max(held), *(at for at in held if at % (every * 4) == 0)})
    return "\n".join(
        [
            f"## Memory\n\nResident memory of one process that makes {count} distinct one-pagers, after so many.",
            f"{machine()}\n",
            f"| documents | {' | '.join(str(at) for at in shown)} |",
            f"|---|{'---|' * len(shown)}",
            f"| MB | {' | '.join(f'{held[at]:.0f}' for at in shown)} |",
            f"\nFrom document {min(held)} to {max(held)} it grows by {last - first:.0f} MB, "
            f"{(last - first) * 1000 / max(max(held) - min(held), 1):.1f} kB a document.\n",
        ]
    )


# ----------------------------------------------------------------------------------------------- commands


def commands(place: Path, runs: int, count: int) -> str:
    """One PDF from a cold start by each, and commands of ours that make none."""
    page = pages(1)[0]
    one = written(place / "one", [page])
    many = unchanged(place / "many", count)
    ready, missing = _available(_makers(place, page, one))
    first = (sys.executable, "-c", FIRST, str(place / "cache-"))
    ours = [
        Command("`briefpack --version`", (sys.executable, "-c", CLI, "--version"), one),
        Command("`briefpack list`, one brief", (sys.executable, "-c", CLI, "list"), one),
        Command(f"`briefpack build`, {count} documents up to date", (sys.executable, "-c", CLI, "build"), many),
        Command(f"`briefpack list`, {count} briefs", (sys.executable, "-c", CLI, "list"), many),
        Command("`briefpack build`, one PDF of a campaign never seen", (*first, "build", *_ANEW), one),
        Command("Python alone", (sys.executable, "-c", "pass"), one),
    ]
    times = timed([*ready, *ours], runs)
    lines = [
        f"## Commands\n\nProcesses from nothing to their end, {runs} of each in turn, by modules compiled before.",
        "Briefpack makes every PDF anew (`--no-cache`); its files and templates were read before, by the run that does",
        f"not count. {machine()}",
        *missing,
        "",
        "| one PDF | ms, median | processor ms | Briefpack takes |",
        "|---|---|---|---|",
        *(_against(command, times) for command in ready),
        "",
        "| ours | ms, median | processor ms |",
        "|---|---|---|",
        *(f"| {command.name} | {_milliseconds(times[command.name])} |" for command in ours),
        "",
    ]
    return "\n".join(lines)


# Nothing that was made before is taken; what was read before is, as the text says.
_ANEW: Final = ("--no-cache", "--jobs", "1")


def _makers(place: Path, page: Page, campaign: Path) -> Mapping[str, Callable[[], Command]]:
    """The commands that make one PDF of `page`."""
    (place / "page.json").write_text(json.dumps(page.plain(), ensure_ascii=False), encoding="utf-8")

    def typst() -> Command:
        files = (str(place / "page.json"), str(ROOT / "bench" / "page.typ"), font_folder(), str(place / "typst.pdf"))
        return Command("Typst, `typst.compile`", (sys.executable, "-c", TYPST, *files), place)

    def weasyprint() -> Command:
        html = place / "page.html"
        html.write_text(page_html(page, font_files()), encoding="utf-8")
        return Command("WeasyPrint", (sys.executable, "-c", WEASYPRINT, str(html), str(place / "weasy.pdf")), place)

    return {
        "briefpack": lambda: Command("Briefpack", (sys.executable, "-c", CLI, "build", *_ANEW), campaign),
        "typst": typst,
        "weasyprint": weasyprint,
    }


def _available(makers: Mapping[str, Callable[[], Command]]) -> tuple[list[Command], list[str]]:
    """The commands that can run here, and a line for each that cannot."""
    ready, missing = [], []
    for module, make in makers.items():
        try:
            command = make()
            run((sys.executable, "-c", f"import {module}"), command.folder)
            ready.append(command)
        except (Missing, subprocess.CalledProcessError):
            missing.append(f"{module} is not installed, and left out.")
    return ready, missing


def timed(found: Sequence[Command], runs: int) -> dict[str, Times]:
    """The times of each command, by its name; the first run of each fills the system's caches and does not count."""
    times = {command.name: Times() for command in found}
    for turn in range(runs + 1):
        for command in found:
            run(command.arguments, command.folder, times[command.name] if turn else None)
    return times


def _against(command: Command, times: Mapping[str, Times]) -> str:
    ours = median(times["Briefpack"].wall)
    ratio = "" if command.name == "Briefpack" else f"{ours / median(times[command.name].wall):.2f} ×"
    return f"| {command.name} | {_milliseconds(times[command.name])} | {ratio} |"


def _milliseconds(times: Times) -> str:
    return f"{median(times.wall) * 1000:.0f} | {median(times.processor) * 1000:.0f}"


# -------------------------------------------------------------------------------------------------- means


def written(folder: Path, made: Sequence[Page]) -> Path:
    """A campaign whose briefs are `made`, with the layouts that this repository ships."""
    for path, text in project_files(made).items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    shutil.copytree(ROOT / "layouts", folder / "layouts")
    return folder


def unchanged(folder: Path, count: int) -> Path:
    """A campaign of `count` documents that are all made, have no warnings to tell, and were left alone since."""
    campaign = written(folder, pages(count))
    place = campaign / "briefs" / "campaign.yaml"
    rules = dict.fromkeys(("bare-effect", "over-budget", "unsourced-number"), "off")
    place.write_text(json.dumps({**json.loads(place.read_text(encoding="utf-8")), "rules": rules}), encoding="utf-8")
    run((sys.executable, "-c", CLI, "build"), campaign)
    time.sleep(2.1)
    run((sys.executable, "-c", CLI, "build"), campaign)
    assert (campaign / "output" / f"{name(pages(1)[0])}.pdf").exists()
    return campaign


def run(command: Sequence[str], folder: Path, times: Times | None = None) -> str:
    """What `command` says, run in `folder`; how long it took goes into `times`."""
    before, began = os.times(), time.perf_counter()
    done = subprocess.run(command, cwd=folder, env=_environment(), capture_output=True, text=True, check=True)
    wall, after = time.perf_counter() - began, os.times()
    if times is not None:
        used = after.children_user + after.children_system - before.children_user - before.children_system
        times.wall.append(wall)
        times.processor.append(used)
    return done.stdout


def _environment() -> dict[str, str]:
    """That of who measures, with this checkout; compiled modules are kept, as they are where Briefpack is installed."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return inherited | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.many", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("only", nargs="*", choices=[[], "workers", "memory", "commands"], help="only these")
    parser.add_argument("--documents", type=int, default=500, metavar="N", help="documents for the workers (500)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="builds by each number of workers (3)")
    parser.add_argument("--memory", type=int, default=10_000, metavar="N", help="documents for the memory (10,000)")
    parser.add_argument("--runs", type=int, default=15, metavar="N", help="runs of each command (15)")
    parser.add_argument("--unchanged", type=int, default=1000, metavar="N", help="documents up to date (1,000)")
    parser.add_argument("--smoke", action="store_true", help="a few documents only")
    parser.add_argument("--write", action="store_true", help="write the tables to bench/RESULTS.md")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
