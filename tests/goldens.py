"""Goldens one can read: text files beside the tests, and cases that keep what is said with what causes it.

BRIEFPACK_WRITE_GOLDENS=1 writes what was found in place of what was expected, to be read in a diff.

A case file holds cases after `====` lines, each of sections after `---` lines. `write <path>` gives a whole
file, `edit <path>` lines to take away (`-`) and to put there instead (`+`), `delete <path>` takes one away;
what other titles mean is for the test to say. The last section, `found`, is what is expected.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_HUNK = re.compile(r"((?:^-.*\n)+)((?:^\+.*\n)*)", re.MULTILINE)


def asked(variable: str, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether `variable` asks for what it names: `0`, `no` and `false` say that it does not."""
    return environment.get(variable, "").strip().lower() not in ("", "0", "no", "false")


def writing() -> bool:
    """Whether goldens are to be written instead of held against."""
    return asked("BRIEFPACK_WRITE_GOLDENS")


def check_golden(path: Path, found: str) -> None:
    """`found` is what the file `path` holds."""
    if writing():
        path.parent.mkdir(exist_ok=True)
        path.write_text(found, encoding="utf-8", newline="\n")
    assert found == path.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a case: what its title says first, the rest of the title, and the lines below it."""

    action: str
    what: str
    body: str


@dataclass(frozen=True, slots=True)
class Case:
    """What is done and what is expected of it."""

    file: Path
    name: str
    sections: tuple[Section, ...]

    def __str__(self) -> str:
        return f"{self.file.stem}: {self.name}"

    def changed(self, files: Mapping[str, str]) -> dict[str, str]:
        """`files` with the changes of this case."""
        result = dict(files)
        for section in self.sections:
            _change(result, section)
        return result

    def of(self, action: str) -> tuple[Section, ...]:
        """The sections whose titles begin with `action`."""
        return tuple(section for section in self.sections if section.action == action)

    def check(self, found: str) -> None:
        """`found` is what the case expects."""
        if writing():
            self._write(found)
        else:
            assert found.strip("\n") == "\n".join(section.body for section in self.of("found")).strip("\n")

    def _write(self, found: str) -> None:
        text = self.file.read_text(encoding="utf-8")
        start = text.index(f"\n==== {self.name}\n")
        end = text.find("\n==== ", start + 1)
        end = len(text) if end < 0 else end
        before = text[start:end].partition("\n--- found\n")[0].rstrip("\n")
        after = f"{before}\n--- found\n{found.strip(chr(10))}\n"
        self.file.write_text(text[:start] + after + text[end:], encoding="utf-8", newline="\n")


def cases(*files: Path) -> list[Case]:
    """The cases of `files`, in order."""
    return [_case(file, block) for file in files for block in file.read_text(encoding="utf-8").split("\n==== ")[1:]]


def _case(file: Path, block: str) -> Case:
    name, *sections = block.rstrip("\n").split("\n--- ")
    assert "\n" not in name.strip(), f"{file}: {name!r} has lines before its first section"
    return Case(file, name.strip(), tuple(_section(section) for section in sections))


def _section(text: str) -> Section:
    title, _, body = text.partition("\n")
    action, _, what = title.partition(" ")
    return Section(action, what, body)


def _change(files: dict[str, str], section: Section) -> None:
    match section.action:
        case "write":
            files[section.what] = section.body + "\n"
        case "delete":
            del files[section.what]
        case "edit":
            for old, new in _hunks(section.body):
                assert files[section.what].count(old) == 1, f"{section.what} has not exactly one {old!r}"
                files[section.what] = files[section.what].replace(old, new)
        case _:
            pass


def _hunks(body: str) -> list[tuple[str, str]]:
    """Each run of `-` lines with the `+` lines after it."""
    return [(re.sub(r"(?m)^-", "", old), re.sub(r"(?m)^\+", "", new)) for old, new in _HUNK.findall(body + "\n")]
