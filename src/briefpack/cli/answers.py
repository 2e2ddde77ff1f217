"""Answers as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from briefpack.api import Found, MatrixRow, Place, Scan

_POINTS_A_MM: Final = 72 / 25.4


def where_text(answers: Sequence[Found]) -> str:
    """Places in files, then on pages, then in PDFs; lengths in millimetres from the top left corner."""
    return "\n".join("\n".join(_where(answer)) + "\n" for answer in answers)


def _where(answer: Found) -> Iterator[str]:
    yield f"{answer.kind} {answer.name}"
    rows = [(f"{item.span.path}:{item.span.line}:{item.span.column}", item.how) for item in answer.mentions]
    yield from _aligned("in files", rows)
    yield from _aligned("in documents", [(place.document, _at(place), place.slot or "") for place in answer.places])
    packs = [(place.document, _at(place), place.paper or "", place.slot or "") for place in answer.packs]
    yield from _aligned("in packs", packs)
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


def _at(place: Place) -> str:
    return f"page {place.page}, {_mm(place.x)} from the left, {_mm(place.y)} down"


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
            "documents": [{"document": place.document, **_place(place)} for place in answer.places],
            "packs": [{"pack": place.document, "paper": place.paper, **_place(place)} for place in answer.packs],
            "pdfs": [{"path": path, "pages": list(pages)} for path, pages in answer.pdfs],
        }
        for answer in answers
    ]
    return json.dumps({"found": found}, indent=2, ensure_ascii=False) + "\n"


def _place(place: Place) -> dict[str, object]:
    return {
        "page": place.page,
        "x": round(place.x, 2),
        "y": round(place.y, 2),
        "slot": place.slot,
        "words": place.words,
    }


def matrix_text(rows: Sequence[MatrixRow]) -> str:
    """A line for each message, audience and language; gaps last and counted."""
    table = [("message", "audience", "language", "printed in"), *(_matrix_row(row) for row in rows)]
    widths = [max(len(row[at]) for row in table) for at in range(3)]
    lines = [
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[3]]) for row in table
    ]
    gaps = sum(bool(row.gap) for row in rows)
    return "\n".join([*lines, "", f"{gaps} gap{'s' if gaps != 1 else ''}"]) + "\n"


def _matrix_row(row: MatrixRow) -> tuple[str, str, str, str]:
    packs = f" (and in {', '.join(row.packs)})" if row.packs else ""
    places = f"{', '.join(row.documents)}{packs}"
    where = "; ".join(part for part in (places, f"-- {row.gap}" if row.gap else "") if part)
    return row.message, row.audience, row.language, where


_COLUMNS: Final = ("message", "audience", "language", "worded", "status", "documents", "packs", "gap")


def matrix_csv(rows: Sequence[MatrixRow]) -> str:
    """The same for a spreadsheet (RFC 4180); several documents in a cell are set off by semicolons."""
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    for row in rows:
        worded = "yes" if row.worded else "no"
        documents, packs = ("; ".join(names) for names in (row.documents, row.packs))
        status = "draft" if row.draft else ""
        writer.writerow([row.message, row.audience, row.language, worded, status, documents, packs, row.gap])
    return buffer.getvalue()


def matrix_json(rows: Sequence[MatrixRow]) -> str:
    import json
    from dataclasses import asdict

    return (
        json.dumps({"matrix": [{**asdict(row), "gap": row.gap} for row in rows]}, indent=2, ensure_ascii=False) + "\n"
    )


def scan_text(scan: Scan) -> str:
    """What is seen at a glance, part by part, and what keeps it from standing alone."""
    parts = [
        ("title", (scan.title,)),
        ("message", (scan.message or "--",)),
        ("number", (scan.number or "--",)),
        ("headings", scan.headings or ("--",)),
        ("call", scan.call or ("--",)),
    ]
    lines = [f"{name if not at else '':<8}  {text}" for name, texts in parts for at, text in enumerate(texts)]
    verdict = [f"  - {remark}" for remark in scan.remarks]
    head = "it stands by itself" if scan.stands else "it does not stand by itself yet:"
    return "\n".join([f"{scan.brief}: {scan.seen} of {scan.words} words", *lines, "", head, *verdict]) + "\n"


def scan_json(scan: Scan) -> str:
    import json
    from dataclasses import asdict

    return json.dumps({**asdict(scan), "stands": scan.stands}, indent=2, ensure_ascii=False) + "\n"
