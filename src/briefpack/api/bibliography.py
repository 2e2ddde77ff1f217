"""Adding works from a reference manager's file to `sources.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from briefpack.api.choosing import open_files
from briefpack.api.report import Report
from briefpack.builds import Unwritable, write_file
from briefpack.diagnostics import Diagnostic, finding
from briefpack.project.bibliography import Work, added, read_bibliography, same_doi, same_title, with_ids
from briefpack.project.fields import is_link
from briefpack.project.files import DiskFiles, source_lines, split_lines
from briefpack.project.load import SOURCES, Project
from briefpack.project.models import Reference, Sources
from briefpack.project.validation import validate
from briefpack.project.yaml import parse_yaml


def import_sources(project: Path, file: Path) -> Report:
    """Add the works in `file` (BibTeX, BibLaTeX or CSL-JSON) to the campaign in the folder `project`.

    A work whose DOI or title is there already is left out. `Report.written` has the ids of those that were added;
    what stood in `sources.yaml` stays as it was, to the byte. A file that cannot be read or understood is among the
    diagnostics.

    >>> work = '[{"id": "who", "type": "report", "title": "Peer support", "publisher": "WHO"}]'
    >>> _ = (campaign / "library.json").write_text(work)
    >>> briefpack.import_sources(campaign, campaign / "library.json").written
    ('who',)
    """
    files, loaded = open_files(project)
    if loaded.project is None:
        return Report(loaded.diagnostics, source_lines(files))
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = "it is not UTF-8" if isinstance(error, UnicodeDecodeError) else (error.strerror or "").lower()
        help = "name a `.bib` or `.json` file that your reference manager has exported"
        message = f"`{file}` cannot be read: {reason}"
        return Report((finding("bibliography", message, path=str(file), help=help),), source_lines(files))
    works, found = read_bibliography(text, str(file))
    if not works and not found:
        help = "name a `.bib` or `.json` file that your reference manager has exported"
        found = (finding("bibliography", f"there are no works in `{file}`", path=str(file), help=help),)
    return _report(project, files, _Adding(loaded.project, works, list(found)), file, text)


class _Adding:
    """The works of a file that are new to a project, and what there is to say about the others."""

    def __init__(self, project: Project, works: Sequence[Work], found: list[Diagnostic]) -> None:
        self.project = project
        self.found = found
        self.works = with_ids([_sound(work, found) for work in self._new(works)], project.sources)

    def _new(self, works: Iterable[Work]) -> Iterator[Work]:
        dois = {same_doi(work.doi.text): id for id, work in self.project.sources.items() if work.doi is not None}
        titles = {same_title(work.title.text): id for id, work in self.project.sources.items()}
        for work in works:
            doi, title = same_doi(work.text("DOI")), same_title(work.text("title"))
            known = dois.get(doi) or titles.get(title)
            if known is None:
                yield work
            else:
                self.found.append(self._known(work, known))
            dois |= {doi: work.id} if doi else {}
            titles[title] = work.id

    def _known(self, work: Work, id: str) -> Diagnostic:
        there: Reference | None = self.project.sources.get(id)
        place = there.title.span if there is not None else None
        related = ((place, "it is here"),) if place is not None else ()
        message = f"`{work.text('title')}` is there already as `{id}`, so it was left out"
        help = f"cite it as `[@{id}]`"
        return finding("source-known", message, work.span, help=help, related=related)


def _sound(work: Work, found: list[Diagnostic]) -> Work:
    """`work` without an address that cannot be linked to."""
    url = work.text("URL")
    if not url or is_link(url):
        return work
    help = "write the complete address into `sources.yaml`"
    found.append(finding("bibliography-type", f"`{url}` is not an address to link to", work.span, help=help))
    return Work(work.id, {name: value for name, value in work.fields.items() if name != "URL"}, work.span)


def _report(project: Path, files: DiskFiles, adding: _Adding, file: Path, text: str) -> Report:
    of_project = source_lines(files)

    def lines(path: str) -> Sequence[str]:
        return split_lines(text) if path == str(file) else of_project(path)

    written = _write(project, files, adding) if adding.works else ()
    return Report(tuple(adding.found), lines, written=written)


def _write(project: Path, files: DiskFiles, adding: _Adding) -> tuple[str, ...]:
    data = files.read_bytes(SOURCES) if files.exists(SOURCES) else b""
    mark = b"\xef\xbb\xbf" if data.startswith(b"\xef\xbb\xbf") else b""
    after = added(data[len(mark) :].decode("utf-8"), adding.works)
    tree, problems = parse_yaml(after, SOURCES)
    sources, more = validate(Sources, tree) if tree is not None else (None, ())
    if sources is None:
        help = f"write `references:` in `{SOURCES}` as a list of lines that begin with `- `"
        adding.found += [*problems, *more]
        adding.found.append(finding("bibliography", f"nothing was added to `{SOURCES}`", path=SOURCES, help=help))
        return ()
    try:
        write_file(project, SOURCES, mark + after.encode("utf-8"))
    except Unwritable as error:
        adding.found.append(error.diagnostic)
        return ()
    return tuple(work.id for work in adding.works)
