"""Answers as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from briefpack.api import Found

_POINTS_A_MM: Final = 72 / 25.4


def where_text(answers: Sequence[Found]) -> str:
    """Places in files, then on pages, then in PDFs; lengths in millimetres from the top left corner."""
    return "\n".join("\n".join(_where(answer)) + "\n" for answer in answers)


def _where(answer: Found) -> Iterator[str]:
    yield f"{answer.kind} {answer.name}"
    rows = [(f"{item.span.path}:{item.span.line}:{item.span.column}", item.how) for item in answer.mentions]
    yield from _aligned("in files", rows)
    places = [
        (place.document, f"page {place.page}, {_mm(place.x)} from the left, {_mm(place.y)} down", place.slot or "")
        for place in answer.places
    ]
    yield from _aligned("in documents", places)
    yield from _aligned("in packs", [(pack, f"by way of {', '.join(papers)}") for pack, papers in answer.packs])
    pdfs = [(path, f"page {', '.join(str(page) for page in pages)}") for path, pages in answer.pdfs]
    yield from _aligned("in PDFs", pdfs)


def _aligned(title: str, rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    if not rows:
        return
    yield f"  {title}"
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield "    " + "  ".join(cells).rstrip()


def _mm(points: float) -> str:
    return f"{points / _POINTS_A_MM:.0f} mm"


def where_json(answers: Sequence[Found]) -> str:
    """The same; lengths in points."""
    import json

    found = [
        {
            "kind": answer.kind,
            "name": answer.name,
            "files": [
                {"path": item.span.path, "line": item.span.line, "column": item.span.column, "how": item.how}
                for item in answer.mentions
            ],
            "documents": [
                {
                    "document": place.document,
                    "page": place.page,
                    "x": round(place.x, 2),
                    "y": round(place.y, 2),
                    "slot": place.slot,
                    "words": place.words,
                }
                for place in answer.places
            ],
            "packs": [{"pack": pack, "papers": list(papers)} for pack, papers in answer.packs],
            "pdfs": [{"path": path, "pages": list(pages)} for path, pages in answer.pdfs],
        }
        for answer in answers
    ]
    return json.dumps({"found": found}, indent=2, ensure_ascii=False) + "\n"
