"""What a command does not need it does not import: that is most of the time that a short one takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

import pytest

import briefpack
from tests.builds.notes import FILES
from tests.campaigns import put


def named(text: str, of: str = "") -> frozenset[str]:
    return frozenset(f"{of}{name}" for name in text.split())


# Libraries that read, write, set or draw, and those parts of the standard library that take long.
SETTING: Final = named("uharfbuzz jinja2 markupsafe pyphen icu4py babel")
READING: Final = named("yaml pydantic pydantic_core typing_extensions")
JUDGING: Final = named("pypdf reportlab PIL fontTools")
SYSTEM: Final = named(
    "asyncio concurrent csv difflib email html http importlib.metadata logging multiprocessing socket sqlite3 ssl "
    "tomllib unittest urllib.request xml.etree zipfile zoneinfo"
)
EVERYTHING: Final = SETTING | READING | JUDGING | SYSTEM

# Ours, with all that is below them.
WORK: Final = named(
    "content.checks content.resolve document layout graphics text pdf pack press preflight templates builds.build "
    "builds.hands builds.making builds.merging project.load project.yaml project.twins project.schema",
    "briefpack.",
)
SELDOM: Final = named(
    "api.answers api.checking api.copying api.editors builds.clusters builds.copies builds.hands builds.merging "
    "builds.processes content.charts content.checks.review content.plain.european content.scan diagnostics.formats "
    "diagnostics.junit diagnostics.sarif graphics.charts graphics.qr graphics.scales graphics.svg layout.charts "
    "layout.column_plots layout.drawings layout.grey layout.lettering layout.line_plots layout.mirroring layout.room "
    "layout.row_plots pack.papers pdf.artwork preflight project.bibliography project.data project.editors "
    "project.schema project.twins project.yaml",
    "briefpack.",
)

PROGRAM: Final = """\
import sys
before = set(sys.modules)
from briefpack.cli import main
try: main()
except SystemExit as end: assert (end.code or 0) == CODE, end.code
finally: print(*sorted(set(sys.modules) - before), file=sys.stderr)
"""


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign of one brief that was read, and built, and left alone for a while."""
    folder = put(
        tmp_path_factory.mktemp("imports") / "campaign",
        {path: data for path, data in FILES.items() if not path.startswith("briefs/") or path in _SHARED},
    )
    for _ in range(2):
        time.sleep(2.05)
        imported(folder, "build", "--jobs", "1")
    return folder


_SHARED: Final = frozenset(f"briefs/{name}.yaml" for name in ("campaign", "facts", "messages", "sources", "plain"))


def imported(campaign: Path, *arguments: str, code: int = 0) -> set[str]:
    """The modules that `briefpack` with `arguments` imports, which ends with `code`."""
    source = Path(briefpack.__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.replace("CODE", str(code)), *arguments],
        cwd=campaign,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return set(done.stderr.splitlines()[-1].split())


def among(modules: set[str], packages: frozenset[str]) -> list[str]:
    """Those of `modules` that are one of `packages` or in one."""
    return sorted(
        name for name in modules if any(name == package or name.startswith(f"{package}.") for package in packages)
    )


def test_the_version_imports_nothing(campaign: Path) -> None:
    modules = imported(campaign, "--version")
    assert {name for name in modules if name.startswith("briefpack")} == {"briefpack", "briefpack.cli"}
    assert among(modules, frozenset({"typing", "click", "dataclasses", "inspect", "json"})) == []


@pytest.mark.parametrize("command", ["list", "build"])
def test_where_nothing_has_changed_the_index_answers(campaign: Path, command: str) -> None:
    modules = imported(campaign, command)
    assert among(modules, EVERYTHING | WORK | {"pickle", "decimal"}) == []
    assert "briefpack.builds.index" in modules


def test_one_document_imports_what_makes_that_document(campaign: Path) -> None:
    """Of a brief in English without graphics, whose files were read before."""
    modules = imported(campaign, "build", "--no-cache", "--jobs", "1")
    assert among(modules, READING | JUDGING | SYSTEM | SELDOM) == []
    assert among(modules, frozenset({"babel", "icu4py", "pyphen"})) == []
    assert "briefpack.builds.making" in modules


_VERBS: Final = (
    ("build", "--no-cache"),
    ("check", "--no-keep"),
    ("matrix",),
    ("scan", "plain"),
    ("where", "hours"),
    ("words", "plain"),
    ("review", "plain"),
)


@pytest.mark.parametrize("command", _VERBS)
def test_what_lays_out_is_imported_when_the_campaign_is_open(
    tmp_path: Path, campaign: Path, command: tuple[str, ...]
) -> None:
    """So that a campaign that cannot be read is told of at once."""
    broken = put(tmp_path / "broken", {"briefs/campaign.yaml": "name: [\n"})
    modules = imported(broken, *command, code=1)
    assert among(modules, SETTING | WORK - {"briefpack.project.load", "briefpack.project.yaml"}) == []


@pytest.mark.parametrize("command", _VERBS)
def test_the_second_time_no_expression_is_compiled(
    tmp_path: Path, campaign: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """What a command would keep again it has compiled again."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept: list[dict[str, int]] = []
    for _ in range(2):
        imported(campaign, *command)
        kept.append({path.name: path.stat().st_ino for path in tmp_path.rglob("*") if path.is_file()})
    assert kept[0]
    assert kept[0] == kept[1]
