"""An expression that is kept is the one that Python compiles, and what is not fit to be kept is compiled again."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import AnyStr, Final

import pytest

import briefpack
from briefpack.expressions import expression, news, recall
from tests.campaigns import put, shipped

WRITTEN: Final = (
    (r"(?P<amount>\d+)\s*(pt|mm)?", 0),
    (r"^straße$|İ|(?i:k)", re.IGNORECASE | re.MULTILINE),
    (r"(?x) a  # a letter\n | [^\W\d_]{2,}", re.ASCII | re.DOTALL),
    (rb"(?P<key>\w+)=(?P<value>.*)", re.DOTALL),
)


@pytest.mark.parametrize(("text", "flags"), WRITTEN)
def test_an_expression_is_what_the_standard_library_compiles(text: AnyStr, flags: int) -> None:
    """By what the engine is told, and once more as it is recalled."""
    standard = re.compile(text, flags)
    first = expression(text, flags)
    assert first == standard
    recall(news())
    again = expression(text, flags)
    assert again == standard
    assert (again.flags, again.groups, again.groupindex) == (standard.flags, standard.groups, standard.groupindex)


def test_what_an_engine_does_not_take_is_compiled() -> None:
    kept = (b"\xff\xff\xff\x7f", 32, 0, dict[str, int]())
    for at, value in enumerate((kept, (b"abc", 32, 0, {}), (kept[0], 32, 0, {"a": 7}), None, "x")):
        text = f"(a)+ number {at}"
        recall({(text, 0): value})
        assert expression(text) == re.compile(text)
    recall("no mapping")


def test_an_expression_that_is_none_is_an_error() -> None:
    with pytest.raises(re.error, match="unterminated"):
        expression("(a")


COUNTED: Final = """\
import re, sys
compiled, compile = [], re._compiler._code
re._compiler._code = lambda parsed, flags: (compiled.append(parsed.state.str), compile(parsed, flags))[1]
from briefpack.cli import main
try: main()
except SystemExit as end: assert not end.code, end.code
print(len(compiled))
"""


@pytest.mark.skipif(sys.implementation.name != "cpython", reason="counts what CPython's compiler is asked for")
def test_the_second_command_finds_expressions_compiled(tmp_path: Path) -> None:
    put(tmp_path, shipped())
    source = Path(briefpack.__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(source), "XDG_CACHE_HOME": str(tmp_path / "kept")}
    command = [sys.executable, "-c", COUNTED, "build", "policymakers", "--jobs", "1"]

    def count(folder: str) -> int:
        arguments = [*command, "-o", folder]
        done = subprocess.run(
            arguments, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=120
        )
        return int(done.stdout.splitlines()[-1])

    assert count("first") > 200
    # Those of the standard library and of Jinja2, and the few of ours that are met before a snapshot is open.
    assert count("second") < 65
