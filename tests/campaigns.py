"""The shipped campaign as a folder of one's own, to build, to break and to mend."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

ROOT: Final = Path(__file__).parents[1]


# Documents that show nothing of the program that the others do not: `tests/test_campaign.py` has them.
_MATERIALS: Final = (
    "briefs/get-others-on-board.yaml",
    "briefs/leaflet.yaml",
    "briefs/newsletter.yaml",
    "briefs/poster.yaml",
    "briefs/press-release.yaml",
    "briefs/social.yaml",
    "layouts/action-sheet/",
    "layouts/leaflet/",
    "layouts/newsletter-item/",
    "layouts/poster/",
    "layouts/press-release/",
    "layouts/social-cards/",
)


@cache
def shipped() -> Mapping[str, str]:
    """The files of the shipped campaign by path, with three briefs and a pack of them."""
    return MappingProxyType({path: text for path, text in starter().items() if not path.startswith(_MATERIALS)})


@cache
def starter() -> Mapping[str, str]:
    """All files of the shipped campaign by path, as `briefpack init` copies them."""
    found = {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("briefs", "layouts")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.is_file()
    }
    return MappingProxyType(found)


def put(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write `files` below `folder`, and give it back."""
    for path, content in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return folder


def swap(files: Mapping[str, str], path: str, old: str, new: str) -> dict[str, str]:
    """`files` with `new` in place of the one `old` in `path`."""
    assert files[path].count(old) == 1, f"{path} has not exactly one {old!r}"
    return {**files, path: files[path].replace(old, new)}


def everything(folder: Path) -> dict[str, bytes]:
    """The files below `folder`, hidden ones too, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }
