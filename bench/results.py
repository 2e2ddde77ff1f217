"""The results as they are kept in `RESULTS.md`: a section for each measurement, and the machine it was taken on."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Final

RESULTS: Final = Path(__file__).with_name("RESULTS.md")


def put_section(name: str, text: str, place: Path = RESULTS) -> None:
    """Put `text` into the section `name` of the file at `place`, at its end when there is no such section yet."""
    begin, end = f"<!-- {name}:begin -->\n", f"<!-- {name}:end -->\n"
    before = place.read_text(encoding="utf-8") if place.exists() else ""
    head, found, rest = before.partition(begin)
    tail = rest.partition(end)[2] if found else ""
    space = "" if found or not head else "\n"
    place.write_text(f"{head}{space}{begin}{text.strip()}\n{end}{tail}", encoding="utf-8", newline="\n")


def machine() -> str:
    """The machine in a sentence, with how much else it had to do."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    busy = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"{_processor()}, {os.cpu_count()} cores{busy}, {platform.system()}, {python}."


def _processor() -> str:
    """The processor's name, by Linux's own word for it where there is one."""
    information = Path("/proc/cpuinfo")
    lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
