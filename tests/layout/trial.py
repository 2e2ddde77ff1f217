"""Small documents laid out by a theme of their own, and pages as text, a frame a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, assert_never

from briefpack.content import RichText
from briefpack.diagnostics import Severity, Span, render
from briefpack.document import Document, Tag, Text
from briefpack.geometry import Rect
from briefpack.graphics.rasters import Raster
from briefpack.layout import (
    Destination,
    Frame,
    ImageFrame,
    Job,
    LaidOut,
    LinkFrame,
    Result,
    ShapeFrame,
    StyleSheet,
    TextFrame,
    Typesetter,
    lay_out,
)
from briefpack.layout.boxes import Flow
from briefpack.layout.compose import Composer
from briefpack.project.files import DictFiles, source_lines
from briefpack.project.load import Project, load_project
from briefpack.templates import Templates, read_document
from briefpack.text import Faces

THEME: Final = """\
typefaces: {sans: Fira Sans, legible: Atkinson Hyperlegible, absent: Nowhere Sans}
palette: {ink: "#111111", line: "#cccccc", tint: "#eeeeee", accent: "#aa2200", link: "#004488"}
scale: {base: 10, ratio: 1.25, leading: 1.4}
text-styles:
  body: {typeface: sans, color: ink, before: 3}
  lead: {step: 1, hyphenate: yes}
  legible: {typeface: legible}
  heading-1: {weight: 700, step: 3, leading: 1.1, balance: yes, before: 6}
  heading-2: {weight: 600, step: 1, leading: 1.2, keep: yes, before: 6, after: 3}
  note: {step: -2, before: 2}
  right: {align: right}
  center: {align: center}
  item: {before: 0, step: -1}
  grey: {color: gray}
  serif: {typeface: serif}
  absent: {typeface: absent}
  ring-1: {like: ring-2}
  ring-2: {like: ring-1}
  number: {weight: 700}
  caption: {step: -1, after: 2}
  cell: {step: -1, leading: 1.2}
  head: {like: cell, weight: 600}
  source: {step: -1}
  folio: {step: -1}
box-styles:
  panel: {ground: tint, padding: [4, 4, 4, 4], before: 4}
  aside: {border: accent, sides: [left], thickness: 2, padding: [0, 0, 0, 4], before: 4}
  tall: {ground: tint, padding: [4], fill: yes}
  body: {fill: yes, before: 4}
  cards: {padding: [3, 3], before: 4}
  card: {ground: tint, padding: [3, 3, 3, 3]}
list-styles:
  bullet: {item: item, label: body, indent: 1.2, gap: 2, before: 3}
  number: {item: item, label: number, indent: 1.5, gap: 2, before: 3}
  check: {item: item, label: body, indent: 1.7, gap: 3, before: 3}
  sources: {item: source, label: source, indent: 1.7, gap: 2, columns: 2, before: 3}
  contents: {gap: 3}
  wrong: {item: itme}
table-styles:
  table: {head: head, row-head: head, cell: cell, caption: caption, rule: line, head-rule: ink, padding: [1.5]}
chart-styles:
  chart: {mark: accent, ground: line, caption: caption, columns: 10, before: 4}
"""

# 300 by 200 points between the margins.
LAYOUT: Final = """\
name: Trial
document-type: Trial
channel: interpersonal
paper: A5
margins: {top: 20pt, right: 59.53pt, bottom: 375.28pt, left: 60pt}
grid: {columns: 12, gutter: 12pt}
fit: {pages: 1, exactly: no}
"""

FILES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "briefs/campaign.yaml": "name: Trial\norganisation: Us\nlanguage: en\naudiences: {}\ncontacts: {}\n",
        "layouts/theme.yaml": THEME,
        "layouts/trial/layout.yaml": LAYOUT,
        "layouts/trial/template.xml.j2": "",
    }
)

TEMPLATE: Final = "layouts/trial/template.xml.j2"


@dataclass(frozen=True, slots=True)
class Setup:
    """What is kept from one trial to the next."""

    typesetter: Typesetter
    faces: Faces


@cache
def setup() -> Setup:
    return Setup(Typesetter(), Faces())


@cache
def project(layout: str, theme: str = THEME) -> Project:
    """A project with the layout `layout`."""
    loaded = load_project(DictFiles({**FILES, "layouts/theme.yaml": theme, "layouts/trial/layout.yaml": layout}))
    assert loaded.project is not None, loaded.diagnostics
    assert "trial" in loaded.project.layouts, loaded.diagnostics
    return loaded.project


def with_fit(fit: str) -> str:
    """The trial layout with another fit contract."""
    return LAYOUT.replace("{pages: 1, exactly: no}", fit)


def words_of(slot: str, text: str) -> RichText:
    """`text` as a brief would give it, all on line 1 of a file named for the slot."""
    span = Span(f"briefs/{slot}.yaml", 1, 1, 1, len(text) + 1)
    return RichText((Text(text, span),), span, slot)


def job(
    body: str,
    layout: str = LAYOUT,
    *,
    slots: Mapping[str, str] = MappingProxyType({}),
    floor: float = 0.0,
    theme: str = THEME,
    files: Mapping[str, str | bytes] = MappingProxyType({}),
) -> Job:
    """The document of the template `body`, whose `<document>` is added, ready to lay out."""
    source = f"<document>{body}</document>" if "<document" not in body else body
    values = {"slots": {name: words_of(name, text) for name, text in slots.items()}}
    project_files = DictFiles({TEMPLATE: source, **files})
    blocks, found = read_document(Templates(project_files.read_text).render(TEMPLATE, values), TEMPLATE)
    assert not found, found
    kept = setup()
    of = project(layout, theme)
    spec = of.layouts["trial"]
    return Job(
        document=Document(
            name="trial", title="A trial", language="en", audience="", layout="trial", kind="Trial", body=blocks
        ),
        layout=spec,
        styles=StyleSheet(of.theme, spec.theme, kept.faces, floor),
        typesetter=kept.typesetter,
        read=project_files.read_bytes,
        words={"title": "A trial"},
    )


def laid(of: Job) -> LaidOut:
    """The pages of `of`, which must fit."""
    result = lay_out(of)
    assert result.laid_out is not None, result.diagnostics
    return result.laid_out


def findings(result: Result, files: Mapping[str, str] = MappingProxyType({})) -> str:
    """What laying out has to say, as people read it."""
    return render(result.diagnostics, source_lines(DictFiles(files)))


def errors(result: Result) -> set[str]:
    """The rules of what keeps a document from being laid out; warnings may stand beside them."""
    return {item.rule for item in result.diagnostics if item.severity is Severity.ERROR}


def shown(document: LaidOut) -> str:
    """Pages and frames: kind, element, left, top, width and height in points, then the text of each line."""
    roles = {element.tag: element.role for element in document.structure.walk()}
    lines: list[str] = []
    for number, page in enumerate(document.pages, start=1):
        lines.append(f"page {number}")
        for frame in page.frames:
            lines += _frame(frame, roles)
    return "".join(f"{line}\n" for line in lines)


def _frame(frame: Frame, roles: Mapping[Tag, str]) -> Iterator[str]:
    match frame:
        case TextFrame(tag=tag, bounds=bounds, lines=lines, starts=starts, artifact=artifact):
            yield f"  text {_tag(tag, roles, artifact)} {_bounds(bounds)}"
            for line, start in zip(lines, starts, strict=True):
                indent = f" +{start - bounds.x:.1f}" if start - bounds.x > 0.05 else ""
                yield f"    |{line.text}|{indent}"
        case ShapeFrame(tag=tag, bounds=bounds, paths=paths, artifact=artifact, actual=actual):
            colors = ", ".join(f"{path.fill or path.stroke}" for path in paths)
            said = f" says {actual}" if actual else ""
            yield f"  shape {_tag(tag, roles, artifact)} {_bounds(bounds)} {colors}{said}"
        case ImageFrame(tag=tag, bounds=bounds, picture=picture, whole=whole):
            path = picture.path if isinstance(picture, Raster) else "drawing"
            cropped = f" of {_bounds(whole)}" if whole != bounds else ""
            yield f"  image {_tag(tag, roles, 'Layout')} {_bounds(bounds)} {path}{cropped}"
        case LinkFrame(tag=tag, areas=areas, target=target, contents=contents):
            where = target
            if isinstance(target, Destination):
                where = f"{target.part or 'here'} {target.tag.node} {target.tag.part}".strip()
            yield f"  link {_tag(tag, roles, '')} {'; '.join(_bounds(area) for area in areas)} to {where} ({contents})"
        case _:
            assert_never(frame)


def _tag(tag: Tag | None, roles: Mapping[Tag, str], artifact: str) -> str:
    return f"{tag.node} {roles[tag]}" if tag is not None else f"- {artifact}"


def _bounds(bounds: Rect) -> str:
    return f"{bounds.x:.1f} {bounds.y:.1f} {bounds.width:.1f} x {bounds.height:.1f}"


def flow_of(of: Job) -> Flow:
    """The boxes of a document, to be measured."""
    composer = Composer(
        document=of.document,
        styles=of.styles,
        typesetter=of.typesetter,
        gutter=of.layout.grid.gutter,
        grid=of.layout.grid.columns,
        read=of.read,
    )
    flow = composer.compose()
    assert not composer.diagnostics, composer.diagnostics
    return flow


def text_frames(document: LaidOut) -> list[tuple[int, TextFrame]]:
    """The frames of text with the page of each, in order."""
    return [
        (at, frame) for at, page in enumerate(document.pages) for frame in page.frames if isinstance(frame, TextFrame)
    ]


def read_by_tag(document: LaidOut) -> dict[Tag, str]:
    """What the pages say of each element: the text of its lines in order, hyphens of divided words taken out."""
    said: dict[Tag, str] = {}
    for _, frame in text_frames(document):
        if frame.tag is not None:
            said[frame.tag] = said.get(frame.tag, "") + "".join(line.text for line in frame.lines)
    return {tag: text.replace("\u00ad", "") for tag, text in said.items()}
