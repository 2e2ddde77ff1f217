"""The package's front: `import briefpack` has the verbs of the command line, and its examples are true."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import click
import pytest

import briefpack
from briefpack import api
from briefpack.cli.commands import briefpack as command_line

# A verb's function where it has another name than the command.
NAMES: Final = MappingProxyType({"list": "targets"})

# Options that say how an answer is shown, which a program decides for itself: by `Report.formatted` and by its rows.
SHOWN: Final = frozenset({"shown_as", "as_json", "why"})

# Options that are one argument in a program.
ONE: Final = MappingProxyType(
    {
        "large_print": "form",
        "grayscale": "form",
        "crop_marks": "form",
        "paper": "form",
        "no_cache": "cache",
        "output": "output",
    }
)

# Options that make another verb of a command: with `--data` a build makes copies.
COPIES: Final = MappingProxyType(
    {"data": "data", "name": "name", "bad_rows": "bad_rows", "merge": "merge", "merge_every": "merge"}
)

VERBS: Final = tuple(sorted(command_line.commands))


def function_of(verb: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(briefpack, NAMES.get(verb, verb.replace("-", "_")))
    return found


@pytest.mark.parametrize("verb", VERBS)
def test_every_command_is_a_function_with_the_same_options(verb: str) -> None:
    takes = inspect.signature(function_of(verb)).parameters
    for option in command_line.commands[verb].params:
        assert option.name is not None
        if option.name in SHOWN or _is_shown(option):
            continue
        if verb == "build" and option.name in COPIES:
            assert COPIES[option.name] in inspect.signature(briefpack.copies).parameters
            continue
        name = ONE.get(option.name, option.name)
        # `matrix --output` is where its PDF goes.
        assert name in takes or (verb == "matrix" and name == "output" and "pdf" in takes), f"{verb} --{option.name}"


def _is_shown(option: click.Parameter) -> bool:
    return option.name == "form" and "--format" in option.opts


def test_the_front_offers_what_the_api_does() -> None:
    assert list(briefpack.__all__) == list(api.__all__)
    assert all(getattr(briefpack, name) is getattr(api, name) for name in briefpack.__all__)
    assert set(briefpack.__all__) <= set(dir(briefpack))
    with pytest.raises(AttributeError, match="module `briefpack` has no attribute `bild`"):
        getattr(briefpack, "bild")  # noqa: B009 -- a type checker knows that there is none


def test_to_import_the_package_imports_nothing_but_the_standard_library() -> None:
    code = "import sys; before = set(sys.modules); import briefpack; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [name for name in done.stdout.split() if name.partition(".")[0] not in sys.stdlib_module_names] == [
        "briefpack"
    ]


def test_a_verb_stays_a_function_when_the_modules_behind_it_are_imported() -> None:
    code = (
        "import briefpack, briefpack.cli.commands, briefpack.builds.build, briefpack.api.answers, briefpack.api.verbs\n"
        "print(*[name for name in briefpack.__all__ if type(getattr(briefpack, name)) is type(briefpack)])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "\n"


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, object]:
    """What the examples take for granted: a campaign, and the paths of its files."""
    campaign = tmp_path_factory.mktemp("front") / "campaign"
    assert not briefpack.init(campaign).failed
    paths = [path.relative_to(campaign).as_posix() for path in campaign.rglob("*") if path.suffix in (".yaml", ".j2")]
    return {"briefpack": briefpack, "campaign": campaign, "paths": paths, "Path": Path}


@pytest.mark.parametrize(
    "name", [NAMES.get(verb, verb.replace("-", "_")) for verb in VERBS] + ["copies", "open_project"]
)
def test_every_function_has_an_example_that_is_true(name: str, given: Mapping[str, object]) -> None:
    function = getattr(briefpack, name)
    [test] = doctest.DocTestFinder(recurse=False).find(function, name, globs=dict(given))
    assert test.examples
    said: list[str] = []
    assert doctest.DocTestRunner().run(test, out=said.append).failed == 0, "".join(said)
