"""Reading a project's files: confined, recorded, the same bytes for one build."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from briefpack.diagnostics import Diagnostic, Stopped, render
from briefpack.project.files import ABSENT, DictFiles, DiskFiles, ProjectFiles, Recorder, observe, source_lines


def the_finding(stopped: pytest.ExceptionInfo[Stopped]) -> Diagnostic:
    (item,) = stopped.value.diagnostics
    return item


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    project = tmp_path / "project"
    (project / "briefs" / "packs").mkdir(parents=True)
    (project / "briefs" / ".hidden").mkdir()
    for name in ("b.yaml", "a.yaml", "packs/p.yaml", ".x.yaml", ".hidden/h.yaml", "note.txt"):
        (project / "briefs" / name).write_text(f"name: {name}", encoding="utf-8")
    return project


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "briefs/../../secret.txt", "/etc/passwd", "", ".", "briefs//a.yaml", "C:\\x", "briefs\\a.yaml"],
)
def test_a_path_that_leads_out_is_refused(root: Path, path: str) -> None:
    for files in (DiskFiles(root), DictFiles({path: "x"})):
        for use in (files.read_bytes, files.exists):
            with pytest.raises(Stopped) as stopped:
                use(path)
            assert the_finding(stopped).rule == "file-outside"


def test_a_symbolic_link_that_leads_out_is_refused_and_not_listed(root: Path) -> None:
    try:
        (root / "briefs" / "link.yaml").symlink_to(root.parent / "secret.txt")
        (root / "outside").symlink_to(root.parent)
    except OSError:
        pytest.skip("no symbolic links here")
    files = DiskFiles(root)
    for path in ("briefs/link.yaml", "outside/secret.txt"):
        with pytest.raises(Stopped) as stopped:
            files.read_text(path)
        assert the_finding(stopped).rule == "file-outside"
    assert "briefs/link.yaml" not in files.list("briefs", ".yaml")


def test_a_symbolic_link_within_the_project_is_followed(root: Path) -> None:
    """A link to a file, and one to a folder."""
    try:
        (root / "briefs" / "link.yaml").symlink_to(root / "briefs" / "a.yaml")
        (root / "again").symlink_to(root / "briefs", target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    files = DiskFiles(root)
    assert [files.read_text(path) for path in ("briefs/link.yaml", "again/a.yaml", "again/packs/p.yaml")] == [
        "name: a.yaml",
        "name: a.yaml",
        "name: packs/p.yaml",
    ]


def both(root: Path) -> list[ProjectFiles]:
    paths = [path for path in root.rglob("*") if path.is_file()]
    contents = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    return [DiskFiles(root), DictFiles(contents), Recorder(DiskFiles(root))]


def test_the_readers_agree_on_what_there_is(root: Path) -> None:
    for files in both(root):
        assert files.list("briefs", ".yaml") == ("briefs/a.yaml", "briefs/b.yaml", "briefs/packs/p.yaml")
        assert files.list("nowhere", ".yaml") == ()
        assert files.exists("briefs/a.yaml")
        assert not files.exists("briefs")
        assert files.read_text("briefs/a.yaml") == "name: a.yaml"


def test_all_that_was_read_is_recorded(root: Path) -> None:
    for files in both(root):
        files.read_bytes("briefs/a.yaml")
        assert not files.exists("briefs/c.yaml")
        files.list("briefs", ".yaml")
        assert files.reads["briefs/a.yaml"] == hashlib.sha256(b"name: a.yaml").hexdigest()
        assert files.reads["briefs/c.yaml"] == ABSENT
        assert set(files.reads) == {"briefs/a.yaml", "briefs/c.yaml", "briefs/*.yaml"}


def test_a_change_shows_in_the_record(root: Path) -> None:
    before = DiskFiles(root)
    before.read_bytes("briefs/a.yaml")
    before.list("briefs", ".yaml")
    before.exists("briefs/c.yaml")
    assert {key: observe(DiskFiles(root), key) for key in before.reads} == dict(before.reads)
    (root / "briefs" / "a.yaml").write_text("changed", encoding="utf-8")
    (root / "briefs" / "c.yaml").write_text("new", encoding="utf-8")
    after = DiskFiles(root)
    assert all(observe(after, key) != value for key, value in before.reads.items())


def test_one_reader_sees_one_state(root: Path) -> None:
    files = DiskFiles(root)
    files.read_bytes("briefs/a.yaml")
    (root / "briefs" / "a.yaml").write_text("changed", encoding="utf-8")
    assert files.read_text("briefs/a.yaml") == "name: a.yaml"


def test_a_recorder_knows_only_its_own_reads(root: Path) -> None:
    files = DiskFiles(root)
    files.read_bytes("briefs/b.yaml")
    recorder = Recorder(files)
    recorder.read_bytes("briefs/a.yaml")
    assert list(recorder.reads) == ["briefs/a.yaml"]


def test_a_missing_file_is_a_finding(root: Path) -> None:
    with pytest.raises(Stopped) as stopped:
        DiskFiles(root).read_text("briefs/zzz.yaml")
    assert render([the_finding(stopped)], lambda path: ()).startswith(
        "error[file-missing]: there is no file `briefs/zzz.yaml`\n  --> briefs/zzz.yaml"
    )


def test_a_folder_is_not_a_file(root: Path) -> None:
    with pytest.raises(Stopped) as stopped:
        DiskFiles(root).read_bytes("briefs")
    assert the_finding(stopped).rule == "file-unreadable"


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    files = DictFiles({"a.yaml": b"\xef\xbb\xbfa: 1"})
    assert files.read_text("a.yaml") == "a: 1"
    assert source_lines(files)("a.yaml") == ("a: 1",)


def test_text_that_is_not_utf8_is_a_finding_at_its_place() -> None:
    files = DictFiles({"a.yaml": b"a: 1\nb: caf" + b"\xe9\n"})
    with pytest.raises(Stopped) as stopped:
        files.read_text("a.yaml")
    assert (
        render([the_finding(stopped)], source_lines(files))
        == """\
error[file-encoding]: this byte is not UTF-8: 0xe9
  --> a.yaml:2:7
  |
2 | b: caf\N{REPLACEMENT CHARACTER}
  |       ^
help: save the file as UTF-8

1 error
"""
    )
