"""The command line. Importing this imports next to nothing: commands import what they need.

Exit codes: 0 all is well, 1 there are findings, 2 the command was not understood, 3 a fault of Briefpack.
"""

from __future__ import annotations

import gc
import io
import os
import sys

from briefpack import __version__


def main() -> None:
    """Run the command that the arguments name, and exit."""
    # Nothing that happens to be installed beside it is to have a say in how projects are read, nor the time to look.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    # A console that lacks a character of a title gets its number instead, as stderr does anyway.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    if sys.argv[1:] == ["--version"]:
        # What scripts ask most often, and needs none of the commands; said as the commands would.
        sys.stdout.write(f"briefpack, version {__version__}\n")
        sys.exit(0)
    # What is imported first stays: there is no garbage to look for before it is known how seldom that is done.
    gc.set_threshold(0)
    from briefpack.builds.collecting import seldom_to_the_end

    seldom_to_the_end()
    try:
        from briefpack.cli.commands import briefpack
        from briefpack.cli.crash import guarded

        code = guarded(briefpack)
    except KeyboardInterrupt:  # before there was anything to stop
        code = 130
    sys.exit(code)
