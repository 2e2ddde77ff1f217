"""The contenders: each turns a page into the bytes of a tagged PDF, warm, in this process."""

from __future__ import annotations

import importlib
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from bench.campaign import name, project_files
from bench.page_html import page_html
from bench.pages import Page

Make = Callable[[Page], bytes]

TEMPLATE: Final = Path(__file__).with_name("page.typ")


class Missing(Exception):
    """A contender cannot run here; the message says what is missing."""


def briefpack(pages: Sequence[Page]) -> Make:
    """Briefpack on the brief of a page: from the brief's text to the file, UA-1 and A-2a.

    The campaign, the layout and the theme are read once, before the clock starts, as a build does.
    Raises Missing while `briefpack.api` has no `open_project`: given project-relative paths and
    texts (starter layouts added), an object whose `make(brief_name)` gives the bytes of the file,
    parses the brief anew and keeps no finished file.
    """
    api = _module("briefpack.api")
    if not hasattr(api, "open_project"):
        raise Missing("`briefpack.api` has no `open_project`")
    project = api.open_project(project_files(pages))

    def make(page: Page) -> bytes:
        data: bytes = project.make(name(page))
        return data

    return make


def typst_kept() -> Make:
    """Typst at its best: one compiler kept, its fonts read once, its cache warm."""
    typst = _module("typst")
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_folder()])
    compiler = typst.Compiler(str(TEMPLATE), root=str(TEMPLATE.parent), font_paths=fonts)

    def make(page: Page) -> bytes:
        data: bytes = compiler.compile(sys_inputs=_inputs(page), format="pdf", pdf_standards=["ua-1"])
        return data

    return make


def typst_called() -> Make:
    """Typst by its plain function, as its manual shows it: fonts are looked up at each call."""
    typst = _module("typst")
    folder = font_folder()

    def make(page: Page) -> bytes:
        data: bytes = typst.compile(
            str(TEMPLATE),
            root=str(TEMPLATE.parent),
            font_paths=[folder],
            ignore_system_fonts=True,
            sys_inputs=_inputs(page),
            format="pdf",
            pdf_standards=["ua-1"],
        )
        return data

    return make


def weasyprint() -> Make:
    """WeasyPrint on the same page as HTML, to PDF/UA-1; its fonts are read once."""
    module = _module("weasyprint")
    fonts, configuration = font_files(), _module("weasyprint.text.fonts").FontConfiguration()

    def make(page: Page) -> bytes:
        document = module.HTML(string=page_html(page, fonts))
        data: bytes = document.write_pdf(pdf_variant="pdf/ua-1", font_config=configuration)
        return data

    return make


def font_files() -> dict[str, str]:
    """The files of Fira Sans by the names of their weights in the style sheet."""
    path = _module("fontpkg").path
    return {
        "regular": str(path("Fira Sans", 400)),
        "semibold": str(path("Fira Sans", 600)),
        "bold": str(path("Fira Sans", 700)),
    }


def font_folder() -> str:
    """The folder of the Fira Sans package: the very files that Briefpack sets its pages in."""
    return str(Path(_module("fontpkg").path("Fira Sans", 400)).parent)


def _inputs(page: Page) -> dict[str, str]:
    return {"page": json.dumps(page.plain(), ensure_ascii=False)}


def _module(module: str) -> Any:
    """A module that may not be installed: one contender can run without the other."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise Missing(f"cannot import `{module}`: {error}") from error
