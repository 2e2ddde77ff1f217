"""Checking a large campaign, from pressing return: the first time, again, after a change, and the first finding.

    python -m bench.checking            300 briefs and 200 facts
    python -m bench.checking --smoke    6 briefs and 4 facts, to see that it still runs
    python -m bench.checking --write    as without, and the table into bench/RESULTS.md

The briefs are the pages of `pages.py`; many state a fact that others do too. Every run is a process of its own, from
its first import to its end, on one processor where the system can hold it there; findings go to a terminal, as for a
person who watches. `first` is when the first of them is there to be read. Modules are compiled beforehand, as they are
where Briefpack is installed; nothing of the campaign was ever read before its first check.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final

from bench.campaign import name, project_files
from bench.pages import Page, pages
from bench.results import machine, put_section

ROOT: Final = Path(__file__).resolve().parents[1]

CLI: Final = "from briefpack.cli import main; main()"


@dataclass(frozen=True, slots=True)
class Run:
    """A check: seconds until the first finding could be read and until the end, and of processor time."""

    first: float
    whole: float
    processor: float


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.checking", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--smoke", action="store_true", help="check six briefs only")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each is done (3)")
    parser.add_argument("--write", action="store_true", help="write the table to bench/RESULTS.md")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        table = report(Path(folder), *((6, 4, 1) if options.smoke else (300, 200, options.rounds)))
    print(table)
    if options.write:
        put_section("checking", table)
    return 0


def report(place: Path, briefs: int, facts: int, rounds: int) -> str:
    """The measurements as Markdown."""
    made = pages(briefs)
    check(written(place / "compiled", made[:1], 1), place / "compiled")
    found: dict[str, list[Run]] = {
        what: [] for what in ("the first time", "nothing changed", "one brief changed", "one brief broken")
    }
    for turn in range(rounds):
        home = place / f"user-{turn}"
        campaign = written(home / "campaign", made, facts)
        brief = campaign / "briefs" / f"{name(made[-1])}.yaml"
        text = brief.read_text(encoding="utf-8")
        found["the first time"].append(check(campaign, home))
        found["nothing changed"].append(check(campaign, home))
        brief.write_text(text.replace(" every ", " each and every "), encoding="utf-8")
        found["one brief changed"].append(check(campaign, home))
        brief.write_text(text.replace('"layout"', '"layuot"'), encoding="utf-8")
        found["one brief broken"].append(check(campaign, home))
    rows = [
        f"| {what} | {_median([run.first for run in runs])} | {_median([run.whole for run in runs])} "
        f"| {_median([run.processor for run in runs])} |"
        for what, runs in found.items()
    ]
    return "\n".join(
        [
            "## Checking a campaign",
            "",
            "Written by `python -m bench.checking --write`; do not edit. `briefpack check` from its first import",
            f"to its end on one processor: {briefs} briefs and {facts} facts, {rounds} of each in turn.",
            machine(),
            "",
            "| | s until the first finding | s | processor s |",
            "|---|---|---|---|",
            *rows,
            "",
            "To be reached: 2 s, and 0.4 s until the first finding of a broken brief.",
        ]
    )


def _median(values: Sequence[float]) -> str:
    return f"{median(values):.2f}"


def written(folder: Path, made: Sequence[Page], facts: int) -> Path:
    """The campaign of the pages `made` in `folder`, with so many facts."""
    files = project_files(made)
    known: dict[str, Any] = json.loads(files["briefs/facts.yaml"])["facts"]
    kept = list(known)[:facts]
    files["briefs/facts.yaml"] = json.dumps({"facts": {fact: known[fact] for fact in kept}}, indent=1)
    for at, page in enumerate(made[facts:]):
        path = f"briefs/{name(page)}.yaml"
        brief = json.loads(files[path])
        brief["slots"]["number"]["fact"] = kept[at % facts]
        files[path] = json.dumps(brief, ensure_ascii=False, indent=1)
    shutil.copytree(ROOT / "layouts", folder / "layouts")
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def check(campaign: Path, home: Path) -> Run:
    """One check as a process with a terminal of its own, by a user who keeps things in `home`."""
    import pty

    before = os.times()
    began = time.perf_counter()
    child, terminal = pty.fork()
    if not child:
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
        command = [sys.executable, "-c", CLI, "check", "--project", str(campaign)]
        os.execve(sys.executable, command, _environment(home))
    first = _until_first(terminal) - began
    os.waitpid(child, 0)
    whole = time.perf_counter() - began
    os.close(terminal)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Run(first, whole, spent)


def _environment(home: Path) -> dict[str, str]:
    """That of who measures, with this checkout, a cache in `home` and compiled modules that all runs share."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    compiled = str(home.parent / "modules")
    return inherited | {
        "PYTHONPATH": str(ROOT / "src"),
        "PYTHONPYCACHEPREFIX": compiled,
        "XDG_CACHE_HOME": str(home / "cache"),
    }


def _until_first(terminal: int) -> float:
    """When a finding first was on `terminal`, which is read to its end."""
    first, seen = 0.0, b""
    while True:
        try:
            read = os.read(terminal, 65_536)
        except OSError:  # Linux says so when nobody writes any more
            read = b""
        if not read:
            return first or time.perf_counter()
        seen = (seen + read)[-200_000:]
        if not first and (b"error" in seen or b"warning" in seen):
            first = time.perf_counter()


if __name__ == "__main__":
    sys.exit(main())
