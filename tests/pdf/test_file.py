"""The file structure: object streams and a cross-reference stream that readers can follow."""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from briefpack.pdf.file import File


def _file(count: int) -> bytes:
    file = File()
    content = file.deflated(b"", b"q Q")
    pages = file.reserve()
    box = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]/Resources<<>>/Contents %d 0 R/N %d>>"
    kids = [file.add(box % (pages, content, at)) for at in range(count)]
    file.put(pages, b"<</Type/Pages/Kids[%b]/Count %d>>" % (b" ".join(b"%d 0 R" % kid for kid in kids), count))
    catalog = file.add(b"<</Type/Catalog/Pages %d 0 R>>" % pages)
    return file.serialise(catalog, file.add(b"<</Title(x)>>"))


@pytest.mark.parametrize("count", [1, 254, 255, 256, 600, 2500])
def test_every_object_is_found(count: int) -> None:
    reader = PdfReader(BytesIO(_file(count)), strict=True)
    assert [str(page["/N"]) for page in reader.pages] == [str(at) for at in range(count)]


def test_qpdf_finds_no_fault(tmp_path: Path) -> None:
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    path = tmp_path / "made.pdf"
    path.write_bytes(_file(2500))
    checked = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_several_objects_are_added_in_a_row() -> None:
    file = File()
    file.deflated(b"", b"q Q")
    first = file.following
    file.extend([b"<<>>", b"<</Other true>>"])
    assert first == 2
    assert file.add(b"<<>>") == file.following - 1 == 4


def test_the_identifier_follows_from_the_content() -> None:
    assert _file(3) == _file(3)
    first, second = (PdfReader(BytesIO(_file(count))).trailer["/ID"] for count in (3, 4))
    assert first != second
