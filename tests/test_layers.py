"""The architecture, kept: what each package of Briefpack may import.

The imports are read from the syntax trees, so those inside functions and under TYPE_CHECKING count
as well, and an `import_module("briefpack.…")` does too. Nothing here imports Briefpack.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
SOURCE: Final = ROOT / "src" / "briefpack"
PACKAGE: Final = "briefpack"

# From the top down; packages on one line must not know each other. A package may import those below it.
LAYERS: Final = (
    ("cli",),
    ("__init__",),
    ("api",),
    ("builds",),
    ("pack",),
    ("preflight",),
    ("pdf",),
    ("layout",),
    ("text",),
    ("graphics",),
    ("templates",),
    ("content",),
    ("document",),
    ("project",),
    ("diagnostics", "geometry"),
    ("dataclass", "expressions", "namedtuple"),
)

# `preflight` judges the bytes alone: it must not share a mistake with what wrote them.
ONLY: Final = MappingProxyType({"preflight": frozenset({"diagnostics", "geometry"})})

# Who knows a library from outside; everybody else must do without.
OWNERS: Final = MappingProxyType(
    {
        "babel": frozenset({"content"}),
        "click": frozenset({"cli"}),
        "jinja2": frozenset({"templates"}),
        "markupsafe": frozenset({"templates"}),
        "pydantic": frozenset({"project"}),
        "pydantic_core": frozenset({"project"}),
        "yaml": frozenset({"project"}),
    }
)

# The package's own `__init__` is for users: it may offer what the API offers, and nothing inside imports
# from it, the version's number apart.
FACADE: Final = "__init__"
VERSION: Final = "briefpack.__version__"


@dataclass(frozen=True, slots=True)
class Import:
    """A module imported at a line of a file. `importer` is the package of Briefpack that does it."""

    importer: str
    imported: str
    place: str


def breaches(source: Path) -> list[str]:
    """What in the package folder `source` breaks the rules, one line each."""
    unknown = [
        f"{name}: not in LAYERS" for name in sorted(_packages(source)) if name not in _ranks() and name != FACADE
    ]
    return unknown + [f"{item.place}: {why}" for item in imports(source) if (why := _objection(item))]


def imports(source: Path) -> list[Import]:
    """All imports below `source`, in order of file and line."""
    found: list[Import] = []
    for path in sorted(source.rglob("*.py")):
        relative = path.relative_to(source)
        module = ".".join((PACKAGE, *relative.with_suffix("").parts)).removesuffix(".__init__")
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        for line, imported in _imported(tree, module, is_package=path.name == "__init__.py"):
            found.append(Import(_package(module), imported, f"{relative.as_posix()}:{line}"))
    return found


def _packages(source: Path) -> set[str]:
    """The first-level packages and modules of `source`, with the facade among them."""
    return {
        _package(".".join((PACKAGE, *path.relative_to(source).with_suffix("").parts))) for path in source.rglob("*.py")
    }


def _package(module: str) -> str:
    """The first-level package that `module` is in: `briefpack.pdf.fonts` is in `pdf`."""
    _, _, rest = module.partition(".")
    first = rest.partition(".")[0]
    return {"": FACADE, "__main__": "cli"}.get(first, first)


def _imported(tree: ast.AST, module: str, *, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and full name of every module that `tree` imports; of `from m import n` it is `m.n`."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=name, names=names, level=level):
                start = _absolute(module, name or "", level, is_package=is_package)
                yield from ((node.lineno, f"{start}.{alias.name}") for alias in names)
            case ast.Call(
                func=ast.Name(id=called) | ast.Attribute(attr=called), args=[ast.Constant(value=str(name)), *_]
            ) if called in {"import_module", "__import__"}:
                yield node.lineno, name


def _absolute(module: str, name: str, level: int, *, is_package: bool) -> str:
    if not level:
        return name
    parts = module.split(".")
    parents = parts[: len(parts) - level + is_package]
    return ".".join([*parents, name] if name else parents)


def _objection(item: Import) -> str | None:
    """Why `item` is against the rules; None when it is not."""
    top = item.imported.partition(".")[0]
    if top != PACKAGE:
        owners = OWNERS.get(top)
        foreign = owners is not None and item.importer not in owners
        return f"`{item.importer}` must not know {top}" if foreign else None
    imported = _package(item.imported)
    if imported == item.importer or item.imported == VERSION:
        return None
    if imported not in _ranks():
        return f"`{item.importer}` imports `{item.imported}`, the package's own front"
    return _objection_between(item.importer, imported)


def _objection_between(importer: str, imported: str) -> str | None:
    ranks = _ranks()
    rank = ranks.get(importer)
    if rank is None:
        return None  # an unknown package is reported once, by its name
    if importer in ONLY and imported not in ONLY[importer]:
        return f"`{importer}` may import only {', '.join(sorted(ONLY[importer]))}, not `{imported}`"
    if ranks[imported] == rank:
        return f"`{importer}` and `{imported}` must not know each other"
    return f"`{importer}` is below `{imported}` and must not import it" if ranks[imported] < rank else None


def _ranks() -> dict[str, int]:
    """A package's layer, counted from the top."""
    return {name: rank for rank, names in enumerate(LAYERS) for name in names}


def test_every_import_goes_down_the_layers() -> None:
    assert breaches(SOURCE) == []


def test_every_library_is_declared() -> None:
    """What `src` imports, `pip install briefpack` brings, or one of its extras that are not for tests."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = [names for extra, names in project["optional-dependencies"].items() if extra != "test"]
    requirements = [*project["dependencies"], *(name for names in extras for name in names)]
    declared = {_distribution(requirement) for requirement in requirements}
    known = packages_distributions()
    own = {PACKAGE, *sys.stdlib_module_names}
    undeclared = {
        f"{item.place}: {top}"
        for item in imports(SOURCE)
        if (top := item.imported.partition(".")[0]) not in own
        and declared.isdisjoint(_distribution(name) for name in known.get(top, [top]))
    }
    assert sorted(undeclared) == []


def _distribution(requirement: str) -> str:
    """The normalised name in a requirement: `Types_Thing>=1` is `types-thing`."""
    name = requirement.replace("_", "-").replace(".", "-").lower()
    end = next((at for at, character in enumerate(name) if not (character.isalnum() or character == "-")), len(name))
    return name[:end]


# A breach each: the file it is planted in, its text, and what is said about it.
BREACHES: Final = (
    ("text/lines.py", "from briefpack.layout import frames", "`text` is below `layout` and must not import it"),
    ("text/lines.py", "import briefpack.pdf.paint", "`text` is below `pdf` and must not import it"),
    ("text/lines.py", "from briefpack import cli", "`text` is below `cli` and must not import it"),
    ("text/lines.py", "from ..layout import frames", "`text` is below `layout` and must not import it"),
    ("text/__init__.py", "from ..layout.frames import Page", "`text` is below `layout` and must not import it"),
    ("geometry.py", "from briefpack.diagnostics import Span", "`geometry` and `diagnostics` must not know each other"),
    ("preflight/read.py", "import briefpack.pdf", "`preflight` may import only diagnostics, geometry, not `pdf`"),
    ("content/facts.py", "import yaml", "`content` must not know yaml"),
    ("content/facts.py", "from pydantic import BaseModel", "`content` must not know pydantic"),
    ("layout/solve.py", "from jinja2.sandbox import SandboxedEnvironment", "`layout` must not know jinja2"),
    ("api/make.py", "import click", "`api` must not know click"),
    (
        "api/make.py",
        "from briefpack import open_project",
        "`api` imports `briefpack.open_project`, the package's own front",
    ),
    ("__init__.py", "from briefpack.cli import main", "`__init__` is below `cli` and must not import it"),
    (
        "layout/solve.py",
        "from importlib import import_module\nimport_module('briefpack.pdf')",
        "`layout` is below `pdf` and must not import it",
    ),
)


@pytest.mark.parametrize(("path", "text", "expected"), BREACHES, ids=[text.splitlines()[-1] for _, text, _ in BREACHES])
@pytest.mark.parametrize("place", ["module", "function", "TYPE_CHECKING"])
def test_a_breach_is_found_wherever_it_hides(tmp_path: Path, path: str, text: str, expected: str, place: str) -> None:
    indented = "\n".join(f"    {line}" for line in text.splitlines())
    texts = {
        "module": text,
        "function": f"def late():\n{indented}\n",
        "TYPE_CHECKING": f"from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n{indented}\n",
    }
    _plant(tmp_path, path, texts[place])
    assert [line.partition(": ")[2] for line in breaches(tmp_path)] == [expected]


def test_a_package_that_has_no_layer_is_found(tmp_path: Path) -> None:
    _plant(tmp_path, "helpers/misc.py", "import briefpack.pdf")
    assert breaches(tmp_path) == ["helpers: not in LAYERS"]


def test_what_is_allowed_is_let_through(tmp_path: Path) -> None:
    _plant(tmp_path, "cli/__init__.py", "import click\ndef main():\n    from briefpack.project import load\n")
    _plant(tmp_path, "__main__.py", "from briefpack.cli import main")
    _plant(tmp_path, "__init__.py", "from briefpack.api import make")
    _plant(
        tmp_path,
        "content/inline.py",
        "from briefpack.document import Text\nfrom briefpack import __version__, geometry",
    )
    _plant(tmp_path, "project/load.py", "import yaml\nfrom briefpack.project.files import DiskFiles")
    assert breaches(tmp_path) == []


def _plant(source: Path, path: str, text: str) -> None:
    file = source / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
