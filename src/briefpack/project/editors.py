"""How an editor is told which schema a file is written by: a comment in the file, or a mapping in its settings.

The comment is the modeline that the YAML language server knows, `# yaml-language-server: $schema=<path>`, on the
first line. In comes what stands in a file, out goes what should stand there: nothing else of it is changed.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from posixpath import dirname, relpath
from typing import Any, Final

from briefpack.expressions import expression
from briefpack.project.load import CAMPAIGN, FACTS, MESSAGES, SOURCES, THEME

SCHEMAS: Final = ".briefpack/schemas"
"""The folder of the project that schemas are written to."""

_BY_PATH: Final = {CAMPAIGN: "campaign", MESSAGES: "messages", FACTS: "facts", SOURCES: "sources", THEME: "theme"}
_BY_PATTERN: Final = (
    (expression(r"briefs/[^/]+\.yaml"), "brief"),
    (expression(r"briefs/packs/[^/]+\.yaml"), "pack"),
    (expression(r"layouts/[^/]+/layout\.yaml"), "layout"),
)

# The patterns of VS Code's mapping. For the language server `*` reaches into folders too, so those of briefs leave out
# what has a schema of its own.
_GLOBS: Final[Mapping[str, tuple[str, ...]]] = {
    **{kind: (path,) for path, kind in _BY_PATH.items()},
    "brief": (
        "briefs/*.yaml",
        *(f"!{path}" for path in _BY_PATH if path.startswith("briefs/")),
        "!briefs/packs/*.yaml",
    ),
    "pack": ("briefs/packs/*.yaml",),
    "layout": ("layouts/*/layout.yaml",),
}

_BOM: Final = b"\xef\xbb\xbf"
_OURS: Final = expression(rb"^#[ \t]*yaml-language-server:[ \t]*\$schema=(?P<schema>\S+)[ \t]*$")
_BEFORE_CONTENT: Final = expression(rb"[ \t]*(?:#.*|---.*|%.*)?")


def kind_of(path: str) -> str | None:
    """The kind of file that stands at `path`, which names its schema; None for one that has none."""
    by_pattern = (kind for pattern, kind in _BY_PATTERN if pattern.fullmatch(path))
    return _BY_PATH.get(path) or next(by_pattern, None)


def schema_path(kind: str) -> str:
    return f"{SCHEMAS}/{kind}.json"


def with_modeline(data: bytes, path: str) -> bytes:
    """What stands in the file `path`, with the modeline of its schema.

    One that is there already is changed only if it names a schema of ours: a schema that somebody chose stays.
    """
    kind = kind_of(path)
    if kind is None:
        return data
    schema = relpath(schema_path(kind), dirname(path)).encode()
    bom, text = (_BOM, data[len(_BOM) :]) if data.startswith(_BOM) else (b"", data)
    lines = text.splitlines(keepends=True)
    for at, line in enumerate(lines):
        bare = line.rstrip(b"\r\n")
        if not _BEFORE_CONTENT.fullmatch(bare):
            break
        modeline = _OURS.match(bare)
        if modeline is not None:
            if SCHEMAS.encode() in modeline["schema"]:
                lines[at] = line.replace(modeline["schema"], schema)
            return bom + b"".join(lines)
    ending = b"\r\n" if lines and lines[0].endswith(b"\r\n") else b"\n"
    return bom + b"# yaml-language-server: $schema=" + schema + ending + text


class NotPlainJson(ValueError):
    """Settings that cannot be changed without losing something, such as comments."""


def with_mapping(settings: str | None) -> str:
    """VS Code's `settings.json` with `yaml.schemas` for the files of a project. Raises NotPlainJson."""
    try:
        known = json.loads(settings) if settings is not None and settings.strip() else {}
    except ValueError as error:
        raise NotPlainJson(str(error)) from None
    if not isinstance(known, dict) or not isinstance(known.get("yaml.schemas", {}), dict):
        raise NotPlainJson("not an object")
    mapping = {schema_path(kind): _patterns(globs) for kind, globs in _GLOBS.items()}
    kept = {schema: globs for schema, globs in known.get("yaml.schemas", {}).items() if SCHEMAS not in schema}
    wanted: dict[str, Any] = {**known, "yaml.schemas": {**kept, **mapping}}
    if settings is not None and wanted == known:
        return settings
    return json.dumps(wanted, indent=_indent(settings or ""), ensure_ascii=False) + "\n"


def _patterns(globs: Iterable[str]) -> str | list[str]:
    one, *more = globs
    return [one, *more] if more else one


def _indent(settings: str) -> str:
    """How `settings` indents; by two blanks where it says nothing."""
    found = re.search(r"^([ \t]+)\S", settings, re.MULTILINE)
    return found[1] if found is not None else "  "
