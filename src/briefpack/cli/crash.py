"""Faults of Briefpack itself: a report to send us, instead of a traceback on the screen."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import click

from briefpack import __version__

EXIT_FINDINGS: Final = 1
EXIT_USAGE: Final = 2
EXIT_FAULT: Final = 3


def guarded(command: click.Command) -> int:
    """Run `command` and give the exit code. What is not meant to happen is written to a report."""
    try:
        result = command.main(standalone_mode=False, prog_name="briefpack")
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped; files made so far are whole", err=True)
        return 130
    except SystemExit:
        # How click ends when whoever read our output has gone, as `head` does. That is no failure.
        return 0
    except Exception:  # noqa: BLE001 -- this is where every fault ends
        return _fault()
    return result if isinstance(result, int) else 0


def _fault() -> int:
    import traceback

    report = _report()
    click.echo("briefpack: something went wrong that is not your fault", err=True)
    click.echo(f"  {traceback.format_exc(limit=0).strip().splitlines()[-1]}", err=True)
    click.echo(f"help: send us the report in {report}; no file was left half-written", err=True)
    return EXIT_FAULT


def _report() -> Path:
    import platform
    import tempfile
    import traceback

    lines = [
        f"briefpack {__version__}, Python {platform.python_version()}, {platform.platform()}",
        " ".join(sys.argv),
        "",
        traceback.format_exc(),
    ]
    with tempfile.NamedTemporaryFile(
        "w", prefix="briefpack-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write("\n".join(lines))
    return Path(file.name)
