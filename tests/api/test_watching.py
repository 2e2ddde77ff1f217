"""Watching: a build for each change, of what depends on it; nothing is missed and nothing is made for nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pytest

from briefpack import api
from briefpack.builds.watching import changed, signs_of, with_read
from briefpack.cli.watching import line
from tests.builds.notes import FILES, note, picture
from tests.campaigns import put

Step = Callable[[Path], object]


class Over(Exception):
    """All that was to happen has."""


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    return put(tmp_path / "campaign", FILES)


def builds(campaign: Path, *steps: Step, during: Step | None = None) -> list[tuple[tuple[str, ...], list[str]]]:
    """What is built while `steps` happen, one in each long pause: the files that changed, and those that were made."""
    todo = list(steps)
    found: list[tuple[tuple[str, ...], list[str]]] = []

    def wait(seconds: float) -> None:
        if seconds < 0.5:
            return
        if not todo:
            raise Over
        todo.pop(0)(campaign)

    with suppress(Over):
        for rebuilt in api.watch(campaign, wait=wait):
            found.append((rebuilt.changed, [entry.path for entry in rebuilt.report.made]))
            if during is not None and len(found) == 1:
                during(campaign)
    assert not todo
    return found[1:]


def write(path: str, content: str | bytes) -> Step:
    def step(campaign: Path) -> None:
        put(campaign, {path: content})
        place = campaign / path
        at = place.stat().st_mtime_ns + 1_000_000_000
        os.utime(place, ns=(at, at))

    return step


def nothing(campaign: Path) -> None:
    """A pause in which nothing happens."""


def test_what_depends_on_a_change_is_made_again(campaign: Path) -> None:
    plain = str(FILES["briefs/plain.yaml"])
    facts = str(FILES["briefs/facts.yaml"]).replace("as many as", "up to")
    assert builds(
        campaign,
        nothing,
        write("briefs/plain.yaml", plain.replace("Nothing is", "Not a thing is")),
        nothing,
        write("briefs/plain.yaml", f"# Only a comment.\n{plain.replace('Nothing is', 'Not a thing is')}"),
        write("briefs/facts.yaml", facts),
    ) == [
        (("briefs/plain.yaml",), ["plain.pdf", "packs/both.pdf"]),
        (("briefs/plain.yaml",), []),
        (("briefs/facts.yaml",), ["clinic.pdf", "clinic-grayscale.pdf", "own.pdf", "told.pdf", "packs/both.pdf"]),
    ]


def test_files_that_come_and_go_and_pictures_that_are_read(campaign: Path) -> None:
    assert builds(
        campaign,
        write("briefs/new.yaml", note(9, "New. [@faq]") + "  photo: {file: photos/c.png, alt: A photo}\n"),
        write("photos/c.png", picture(20)),
        write("photos/c.png", picture(30)),
        write("photos/a.png", picture(40)),
        write("photos/unused.png", picture(50)),
        write("briefs/.#lock", "an editor's own"),
        lambda folder: (folder / "briefs" / "new.yaml").unlink(),
    ) == [
        (("briefs/new.yaml",), []),  # there is no such picture yet
        (("photos/c.png",), ["new.pdf"]),
        (("photos/c.png",), ["new.pdf"]),
        (("photos/a.png",), ["seen.pdf"]),
        (("briefs/new.yaml",), []),
    ]


def test_what_changes_while_a_build_goes_on_is_not_missed(campaign: Path) -> None:
    changing = write("briefs/plain.yaml", str(FILES["briefs/plain.yaml"]).replace("Nothing is", "Not a thing is"))
    assert builds(campaign, nothing, during=changing) == [
        (("briefs/plain.yaml",), ["plain.pdf", "packs/both.pdf"]),
    ]


def test_slips_are_told_and_mended(campaign: Path) -> None:
    """A campaign that cannot be read at all is watched on."""
    found = builds(
        campaign,
        write("briefs/campaign.yaml", "name: ["),
        write("briefs/campaign.yaml", FILES["briefs/campaign.yaml"]),
    )
    assert found == [(("briefs/campaign.yaml",), []), (("briefs/campaign.yaml",), [])]


def test_signs() -> None:
    one, other = (1, 1, 1, 1), (2, 2, 2, 2)
    before = {"briefs/a.yaml": one, "briefs/b.yaml": one, "photos/a.png": one, "photos/b.png": one}
    now = {"briefs/a.yaml": other, "photos/a.png": other, "photos/c.png": one}
    assert changed(before, now) == (*before, "photos/c.png")
    # What was written meanwhile stays to be told; what nobody reads any more does not.
    assert with_read(before, now) == {
        "briefs/a.yaml": one,
        "briefs/b.yaml": one,
        "photos/a.png": one,
        "photos/c.png": one,
    }


def test_a_folder_without_a_campaign_has_no_signs(tmp_path: Path) -> None:
    assert signs_of(tmp_path, tmp_path / "output") == {}


def test_one_line_says_what_was_done(campaign: Path) -> None:
    cache = campaign / ".briefpack" / "cache"
    first, second = api.build(campaign, cache=cache), api.build(campaign, cache=cache)
    changes = ("briefs/a.yaml", "briefs/b.yaml", "briefs/c.yaml", "briefs/d.yaml")
    assert [line(api.Rebuilt((), first), "09:00:00"), line(api.Rebuilt(changes, second), "09:00:01")] == [
        "09:00:00  made clinic.pdf, clinic-grayscale.pdf, own.pdf and 4 more",
        "09:00:01  briefs/a.yaml, briefs/b.yaml, briefs/c.yaml and 1 more: 7 up to date",
    ]
    put(campaign, {"briefs/own.yaml": "layout: note\n"})
    assert line(api.Rebuilt(("briefs/own.yaml",), api.build(campaign, cache=cache)), "09:00:02").endswith("5 errors")


CODE: Final = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from briefpack.cli import main; main()"
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_the_command_ends_by_ctrl_c(campaign: Path) -> None:
    process = command(campaign, "watch", "own", "plain")
    made = campaign / "output" / "plain.pdf"
    lines = [_line(process)]
    before = made.read_bytes()
    put(campaign, {"briefs/plain.yaml": str(FILES["briefs/plain.yaml"]).replace("Nothing is", "Not a thing is")})
    lines.append(_line(process))
    assert made.read_bytes() != before
    process.send_signal(signal.SIGINT)
    out, said = process.communicate(timeout=20)
    assert (process.returncode, out, said) == (0, "", "stopped; files made so far are whole\n")
    assert [each.partition("  ")[2] for each in lines] == [
        "made own.pdf, plain.pdf\n",
        "briefs/plain.yaml: made plain.pdf\n",
    ]


def command(campaign: Path, *arguments: str) -> subprocess.Popen[str]:
    source = Path(api.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(source), "PYTHONUNBUFFERED": "1"}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    order: Sequence[str] = [sys.executable, "-c", CODE, *arguments]
    return subprocess.Popen(order, cwd=campaign, env=environment, text=True, **pipes)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    began = time.monotonic()
    found = process.stdout.readline()
    assert time.monotonic() - began < 60
    return found
