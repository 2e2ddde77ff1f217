"""The commands. Each is a thin layer on `api`: it reads options, shows findings and sets the exit code."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

import click

from briefpack import __version__
from briefpack.cli.crash import EXIT_FINDINGS
from briefpack.cli.progress import Progress

if TYPE_CHECKING:
    from briefpack.api import Diagnostic, Form, Format, LargePrint, Report

F = TypeVar("F", bound=Callable[..., Any])

_FOLDER: Final = click.Path(path_type=Path)

# Those of `diagnostics.formats`, which is not imported to say what options there are.
FORMATS: Final = ("text", "json", "sarif", "github", "junit")

_SIZES: Final[tuple[LargePrint, ...]] = (16, 18)
_LARGE: Final = 18

# How many documents `--verify` makes again.
_VERIFIED: Final = 10


def _project_option(command: F) -> F:
    return click.option(
        "--project",
        "-p",
        type=_FOLDER,
        default=Path(),
        metavar="DIR",
        help="The folder of the campaign, the one that has `briefs` in it. Without this: the folder you are in.",
    )(command)


class _FormedCommand(click.Command):
    """A command whose `--large-print` may stand without a size, before the name of a brief too."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        given: list[str] = []
        for at, arg in enumerate(args):
            sized = args[at + 1 : at + 2] and args[at + 1].isdecimal()
            given.append(f"{arg}={_LARGE}" if arg == "--large-print" and not sized else arg)
        return super().parse_args(ctx, given)


def _form_options(command: F) -> F:
    options = (
        click.option(
            "--large-print",
            type=click.Choice([str(size) for size in _SIZES]),
            metavar="[16|18]",
            help=f"All type at least this many points, in one column, on as many pages as it takes. Without a "
            f"number: {_LARGE}.",
        ),
        click.option("--grayscale", is_flag=True, help="Everything in grey, told apart as well as in colour."),
        click.option(
            "--paper",
            type=click.Choice(["A4", "Letter"], case_sensitive=False),
            metavar="[A4|Letter]",
            help="Laid out anew for this paper.",
        ),
        click.option("--crop-marks", is_flag=True, help="For a printing house: with bleed, crop marks and folds."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _strict_option(command: F) -> F:
    return click.option("--strict", is_flag=True, help="Take every warning for an error.")(command)


def _format_option(command: F) -> F:
    return click.option(
        "--format",
        "shown_as",
        type=click.Choice(FORMATS),
        default="text",
        help="How findings are shown: for people, or in the format of a program, on standard output.",
    )(command)


def _jobs_option(command: F) -> F:
    return click.option(
        "--jobs",
        "-j",
        type=click.IntRange(0),
        default=0,
        metavar="N",
        help="How many work at once. Without this: as many as the machine has processors.",
    )(command)


def _form(large_print: str | None, grayscale: bool, paper: Literal["A4", "Letter"] | None, crop_marks: bool) -> Form:
    from briefpack import api

    return api.Form(paper, next((size for size in _SIZES if str(size) == large_print), None), grayscale, crop_marks)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="To begin: briefpack init my-campaign",
)
@click.version_option(__version__, prog_name="briefpack")
def briefpack() -> None:
    """Make one-pagers, handouts and meeting packs as PDF from the briefs of a campaign.

    You write what you have to say in the YAML files of the folder `briefs`; the folder `layouts` says how it looks;
    the PDFs land in `output`.
    """


@briefpack.command(short_help="Make a new campaign in DIR, ready to build.")
@click.argument("folder", metavar="[DIR]", type=_FOLDER, default=".")
@click.option(
    "--ci", is_flag=True, help="Also a GitHub workflow that makes the PDFs on every change, and a commit hook."
)
def init(folder: Path, ci: bool) -> int:
    """Make a new campaign in DIR, ready to build: a copy of the peer support campaign to change into yours.

    DIR is new or empty. Without it: the folder you are in.
    """
    from briefpack import api

    report = api.init(folder, ci=ci)
    if report.failed:
        return _show(report)
    here = folder == Path()
    click.echo(f"A campaign is {'here' if here else f'in {folder}'}. Now run:")
    click.echo(f"  briefpack build{'' if here else f' --project {folder}'}")
    return 0


def _shard(context: click.Context, option: click.Parameter, text: str | None) -> str | None:
    if text is None:
        return None
    from briefpack.builds.costs import read_shard

    try:
        return str(read_shard(text))
    except ValueError:
        raise click.BadParameter(f"write it as `1/4`, not `{text}`") from None


def _executor(context: click.Context, option: click.Parameter, text: str | None) -> str | None:
    if text is None:
        return None
    from briefpack.builds.addresses import read_address

    try:
        read_address(text)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    return text


def _output_option(command: F) -> F:
    help = "Where the PDFs go. Without this: `output` in the campaign."
    return click.option("--output", "-o", type=_FOLDER, metavar="DIR", help=help)(command)


@briefpack.command(cls=_FormedCommand, short_help="Make the PDFs.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_project_option
@_output_option
@_form_options
@_strict_option
@_format_option
@click.option(
    "--cache",
    type=_FOLDER,
    metavar="DIR",
    envvar="BRIEFPACK_CACHE",
    help="Where made PDFs are kept so as not to make them again; it may be shared. Without this: `.briefpack/cache` "
    "in the campaign.",
)
@click.option("--no-cache", is_flag=True, help="Make everything anew.")
@_jobs_option
@click.option(
    "--executor",
    metavar="dask://HOST:PORT",
    callback=_executor,
    help="Let the workers of a Dask scheduler make them. With `?folder=PATH` they have the campaign there, else they "
    "are sent it.",
)
@click.option("--fail-fast", is_flag=True, help="Stop at the first that cannot be made.")
@click.option("--shard", metavar="I/N", callback=_shard, help="Only part I of N, for as many machines.")
@click.option("--verify", is_flag=True, help="Make a few of them again, and see that they are the same.")
@click.option("--data", type=_FOLDER, metavar="FILE", help="Make a copy of one brief for each row of FILE.")
@click.option("--name", metavar="PATTERN", help="What the copies are called, such as `{{ clinic_id }}`.")
@click.option(
    "--bad-rows",
    type=click.Choice(["stop", "skip"]),
    help="Whether a row that is not in order stops the build, or is passed over. Without this: stop.",
)
@click.option("--merge", is_flag=True, help="Put all copies into one PDF for the printer.")
@click.option("--merge-every", type=click.IntRange(1), metavar="N", help="Put N copies into each PDF.")
def build(
    names: Sequence[str],
    project: Path,
    output: Path | None,
    large_print: str | None,
    grayscale: bool,
    paper: Literal["A4", "Letter"] | None,
    crop_marks: bool,
    strict: bool,
    shown_as: Format,
    cache: Path | None,
    no_cache: bool,
    jobs: int,
    executor: str | None,
    fail_fast: bool,
    shard: str | None,
    verify: bool,
    data: Path | None,
    name: str | None,
    bad_rows: Literal["stop", "skip"] | None,
    merge: bool,
    merge_every: int | None,
) -> int:
    """Make the PDFs: all of them, or only those you name, as far as they are not up to date.

    A NAME is that of a brief or pack, with `*` for any letters, or `audience:`, `layout:`, `tag:`, `language:`,
    `pack:`, `form:` or `state:` and a value. What stands after `-- not` is left out.

    A PDF is replaced only when the new one is finished and without errors. Errors in one brief do not stop the
    others.

    With `--data FILE` a copy of one brief is made for each row of a CSV, JSON Lines or Parquet file, in a folder of
    the brief's name.
    """
    from briefpack import api

    if data is not None:
        _without("--data", {"--shard": shard, "--verify": verify})
        with Progress() as progress:
            try:
                report = api.copies(
                    project,
                    names,
                    data,
                    name,
                    output,
                    progress.step,
                    form=_form(large_print, grayscale, paper, crop_marks),
                    bad_rows=bad_rows or "stop",
                    merge=merge_every or (0 if merge else None),
                    strict=strict,
                    jobs=jobs,
                    fail_fast=fail_fast,
                    keep=not no_cache,
                    executor=executor,
                )
            except ValueError as error:
                raise click.BadParameter(str(error), param_hint="--name") from None
        return _show_copies(report, shown_as, project)
    _with("--data", {"--name": name, "--bad-rows": bad_rows, "--merge": merge, "--merge-every": merge_every})

    kept = None if no_cache else cache or api.default_cache(project)
    form = _form(large_print, grayscale, paper, crop_marks)
    with Progress() as progress:
        report = api.build(
            project,
            names,
            output,
            progress.step,
            form=form,
            cache=kept,
            strict=strict,
            jobs=jobs,
            executor=executor,
            fail_fast=fail_fast,
            shard=shard,
            verify=_VERIFIED if verify else 0,
        )
    code = _show(report, shown_as, project)
    for made in report.made if shown_as == "text" else ():
        click.echo(f"{made.path}  {made.pages} page{'s' if made.pages != 1 else ''}, {_kilobytes(made.size)}")
    if report.current and shown_as == "text":
        click.echo(f"{report.current} up to date")
    return code


@briefpack.command(cls=_FormedCommand, short_help="Make the PDFs again whenever something changes.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_project_option
@_output_option
@_form_options
@_strict_option
@_jobs_option
def watch(
    names: Sequence[str],
    project: Path,
    output: Path | None,
    large_print: str | None,
    grayscale: bool,
    paper: Literal["A4", "Letter"] | None,
    crop_marks: bool,
    strict: bool,
    jobs: int,
) -> int:
    """Make the PDFs, and make them again whenever a file of the campaign has changed, until you press Ctrl-C.

    Only what depends on the change is made. A PDF stays as it is until the new one is good, and a viewer that looks
    at the file shows it at once. A NAME is as for `build`.
    """
    from briefpack import api
    from briefpack.cli.watching import tell_all

    form = _form(large_print, grayscale, paper, crop_marks)
    builds = api.watch(project, names, output, form=form, strict=strict, jobs=jobs)
    try:
        tell_all(builds, _colors())
    except KeyboardInterrupt:
        click.echo("stopped; files made so far are whole", err=True)
    return 0


def _without(option: str, others: Mapping[str, object]) -> None:
    for other, value in others.items():
        if value:
            raise click.UsageError(f"`{other}` does not go with `{option}`")


def _with(option: str, others: Mapping[str, object]) -> None:
    for other, value in others.items():
        if value:
            raise click.UsageError(f"`{other}` needs `{option}`")


def _show_copies(report: Report, shown_as: Format, project: Path) -> int:
    code = _show(report, shown_as, project)
    done = report.copies
    if done is None or shown_as != "text":
        return code
    for listing in report.made:
        files = "" if done.files == done.made + done.current else f" in {_counted(done.files, 'file')}"
        click.echo(
            f"{listing.path}  {_counted(done.made + done.current, 'copy')}{files}, {_counted(listing.pages, 'page')}"
        )
    for count, what in ((done.current, "up to date"), (done.skipped, "not in order"), (done.failed, "not made")):
        if count:
            click.echo(f"{count:,} {what}")
    return code


def _counted(count: int, what: str) -> str:
    several = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return f"{count:,} {what if count == 1 else several}"


@briefpack.command(cls=_FormedCommand, short_help="Say what a build would make, and why.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_project_option
@_output_option
@_form_options
@click.option("--why", is_flag=True, help="Also say what changed.")
@click.option("--json", "as_json", is_flag=True, help="For programs.")
def plan(
    names: Sequence[str],
    project: Path,
    output: Path | None,
    large_print: str | None,
    grayscale: bool,
    paper: Literal["A4", "Letter"] | None,
    crop_marks: bool,
    why: bool,
    as_json: bool,
) -> int:
    """Say what a build of the same would make, and why, without making anything.

    Each target is `new`, `stale` because something it is made from has changed, `failed` the last time, or `current`.
    """
    from briefpack import api
    from briefpack.cli.plans import as_json as json_of
    from briefpack.cli.plans import as_text

    report = api.plan(project, names, output, form=_form(large_print, grayscale, paper, crop_marks))
    code = _show(report)
    click.echo(json_of(report.steps) if as_json else as_text(report.steps, why), nl=False)
    return code


@briefpack.command(cls=_FormedCommand, short_help="Look for errors without making any PDF.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@_project_option
@_form_options
@_strict_option
@_format_option
@click.option("--data", type=_FOLDER, metavar="FILE", help="Look at the copies of one brief for the rows of FILE.")
@click.option("--name", metavar="PATTERN", help="What the copies are called, such as `{{ clinic_id }}`.")
@click.option(
    "--rows",
    type=click.IntRange(1),
    metavar="N",
    help="Only about N of the rows: the first, the last, some between, and those with the longest cells.",
)
@_jobs_option
@click.option(
    "--keep/--no-keep",
    default=True,
    help="Whether what is found is kept, and what is kept is found again. Without this: kept.",
)
def check(
    names: Sequence[str],
    project: Path,
    large_print: str | None,
    grayscale: bool,
    paper: Literal["A4", "Letter"] | None,
    crop_marks: bool,
    strict: bool,
    shown_as: Format,
    data: Path | None,
    name: str | None,
    rows: int | None,
    jobs: int,
    keep: bool,
) -> int:
    """Look for errors without making any PDF: spelling of fields, references, numbers, and whether the text fits.

    What was found is kept in `.briefpack`, and said again as long as nothing that it depends on has changed.

    With `--data FILE` the rows of a data file are looked at, and the copy of one brief for each of them.
    """
    from briefpack import api
    from briefpack.builds.collecting import BRIEFLY, seldom_to_the_end
    from briefpack.cli.telling import Telling

    seldom_to_the_end(BRIEFLY)
    if data is None:
        _with("--data", {"--name": name, "--rows": rows})
    form = _form(large_print, grayscale, paper, crop_marks)
    telling = Telling(_colors())
    with Progress() as progress:
        try:
            report = api.check(
                project,
                names,
                progress.step,
                form=form,
                strict=strict,
                data=data,
                name=name,
                rows=rows,
                jobs=jobs,
                keep=keep,
                tell=telling.tell if telling.watched and shown_as == "text" else None,
            )
        except ValueError as error:
            raise click.BadParameter(str(error), param_hint="--name") from None
    code = _show(report, shown_as, project, telling.told)
    if code == 0 and shown_as == "text":
        click.echo(f"{_counted(report.looked_at, 'document' if data is None else 'copy')} checked, no errors")
    return code


@briefpack.command(short_help="Tell how readable briefs are and how they are built.")
@click.argument("names", nargs=-1, metavar="[BRIEF]...")
@_project_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
def review(names: Sequence[str], project: Path, form: str) -> int:
    """Tell how readable briefs are, and which items of two instruments for clear communication they meet.

    The instruments are the CDC Clear Communication Index and PEMAT for printed materials. A program can judge some of
    their items; the others are listed for a person to judge. Nothing here is an official score.
    """
    from briefpack import api
    from briefpack.cli.review import as_json, as_text

    with Progress() as progress:
        report = api.review(project, names, progress.step)
    code = _show(report)
    click.echo((as_json if form == "json" else as_text)(report.reviews), nl=False)
    return code


@briefpack.command(short_help="Count the words of each slot, and those that fit.")
@click.argument("names", nargs=-1, metavar="[BRIEF]...")
@_project_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
def words(names: Sequence[str], project: Path, form: str) -> int:
    """Count the words of each slot: those there are, those that the layout asks for at most, and those that fit.

    What fits is found by laying the pages out, with spaces and type as tight as the layout allows.
    """
    from briefpack import api
    from briefpack.cli.words import as_json, as_table

    with Progress() as progress:
        report = api.words(project, names, progress.step)
    code = _show(report)
    click.echo((as_json if form == "json" else as_table)(report.words), nl=False)
    return code


@briefpack.command(short_help="Write schemas, for completion and checks in an editor.")
@_project_option
@click.option("--modelines", is_flag=True, help="Name its schema in the first line of each YAML file of the campaign.")
@click.option("--vscode", is_flag=True, help="Name the schemas in `.vscode/settings.json`.")
def schema(project: Path, modelines: bool, vscode: bool) -> int:
    """Write a JSON Schema for each kind of file, with the names of this campaign, into `.briefpack/schemas`.

    Run it again when messages, facts, sources or layouts have come or gone. An editor finds the schemas by a comment
    in the files (`--modelines`) or by its settings (`--vscode`); nothing else of either is changed.
    """
    from briefpack import api

    report = api.schema(project, modelines=modelines, vscode=vscode)
    code = _show(report)
    for path in report.written:
        click.echo(path)
    if code == 0 and not report.written:
        click.echo("all schemas are up to date")
    return code


@briefpack.command(short_help="Add works from a BibTeX or CSL-JSON file to the sources.")
@click.argument("file", metavar="FILE", type=_FOLDER)
@_project_option
def import_sources(file: Path, project: Path) -> int:
    """Add the works in FILE to `briefs/sources.yaml`, which otherwise stays as it is.

    FILE is BibTeX, BibLaTeX or CSL-JSON, as Zotero and other reference managers export it. A work that is there
    already, by its DOI or its title, is left out.
    """
    from briefpack import api

    report = api.import_sources(project, file)
    code = _show(report)
    for id in report.written:
        click.echo(f"added {id}")
    return code


@briefpack.command(short_help="Say what a rule is about, or list all rules.")
@click.argument("rule", required=False, metavar="[RULE]")
@click.option("--markdown", is_flag=True, help="All rules, as a page of documentation.")
def explain(rule: str | None, markdown: bool) -> int:
    """Say what RULE is about, why it matters, and how it is kept and broken. Without RULE: a line for each rule."""
    from briefpack import api

    try:
        click.echo(api.explain(rule, markdown=markdown), nl=False)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    return 0


@briefpack.command(short_help="Tell where a fact, a message or a source is.")
@click.argument("name")
@_project_option
@click.option("--pdf", is_flag=True, help="Look into the PDFs of the output folder too.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
def where(name: str, project: Path, pdf: bool, form: str) -> int:
    """Tell where the fact, message or source NAME is: in files by line and column, in documents by page and place."""
    from briefpack import api
    from briefpack.cli.answers import where_json, where_text

    report, answers = api.where(project, name, pdf=pdf)
    code = _show(report)
    click.echo((where_json if form == "json" else where_text)(answers), nl=False)
    return code


@briefpack.command(short_help="Tell which message is printed for whom, and where.")
@_project_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "csv", "json", "pdf"]),
    default="text",
    help="For people or programs.",
)
@click.option("--output", "-o", type=_FOLDER, metavar="FILE", help="Where the PDF goes. Without this: into `output`.")
def matrix(project: Path, form: str, output: Path | None) -> int:
    """Tell which message is printed for whom: messages by audience and language, with the documents, and the gaps."""
    from briefpack import api
    from briefpack.cli.answers import matrix_csv, matrix_json, matrix_text

    pdf = (output or project / "output" / "message-matrix.pdf") if form == "pdf" else None
    report, rows = api.matrix(project, pdf)
    code = _show(report)
    if pdf is not None:
        click.echo(pdf if code == 0 else "", nl=code == 0)
    elif rows:
        _echo_document({"text": matrix_text, "csv": matrix_csv, "json": matrix_json}[form](rows))
    return code


@briefpack.command(short_help="Show what of a brief is seen at a glance.")
@click.argument("name", metavar="BRIEF")
@_project_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
def scan(name: str, project: Path, form: str) -> int:
    """Show the title, main message, number, headings and call to action of BRIEF alone: does it stand?"""
    from briefpack import api
    from briefpack.cli.answers import scan_json, scan_text

    report, seen = api.scan(project, name)
    code = _show(report)
    if seen is not None:
        click.echo((scan_json if form == "json" else scan_text)(seen), nl=False)
    return code


@briefpack.command("merge-manifests", short_help="Make one manifest of those of all shards.")
@click.argument("folders", nargs=-1, required=True, metavar="DIR...", type=_FOLDER)
@click.option("--output", "-o", type=_FOLDER, metavar="DIR", help="Where it goes. Without this: the first DIR.")
def merge_manifests(folders: Sequence[Path], output: Path | None) -> int:
    """Make one manifest of those that `briefpack build --shard` left in the folders DIR.

    The files are compared with what their manifests say of them.
    """
    from briefpack import api

    report = api.merge_manifests(folders, output or folders[0])
    code = _show(report)
    if code == 0:
        click.echo(f"manifest.json  {report.looked_at} files")
    return code


@briefpack.command(name="list", short_help="List the briefs and packs.")
@_project_option
def list_(project: Path) -> int:
    """List the briefs and packs of the campaign, with layout, audience and title."""
    from briefpack import api

    report = api.targets(project)
    code = _show(report)
    rows = [(target.document, target.kind, target.layout, target.audience, target.title) for target in report.targets]
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(4)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[4]]).rstrip())
    return code


def _show(
    report: Report, shown_as: Format = "text", project: Path | None = None, told: Collection[Diagnostic] = ()
) -> int:
    """Print the findings of `report`, as far as they have not been `told`; the exit code that they mean."""
    if shown_as != "text":
        _echo_document(report.formatted(shown_as, _folder(project or Path())))
    elif report.diagnostics:
        click.echo(report.text(_colors(), told), err=True, nl=False)
    for note in report.notes:
        click.echo(f"note: {note}", err=True)
    return EXIT_FINDINGS if report.failed else 0


def _echo_document(text: str) -> None:
    """Print a document for a program: in UTF-8 and with `\\n`, whatever the console is."""
    import sys

    sys.stdout.flush()
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        click.echo(text, nl=False)
        return
    buffer.write(text.encode("utf-8", "backslashreplace"))
    buffer.flush()


def _folder(project: Path) -> str:
    """Where `project` is for who reads its findings: from the root of the repository in CI, else from here."""
    import os

    from briefpack.diagnostics.formats import folder_from

    return folder_from(project.resolve(), Path(os.environ.get("GITHUB_WORKSPACE") or Path()).resolve())


def _colors() -> bool:
    """Whether findings are coloured: on a terminal, unless its owner said otherwise (https://no-color.org)."""
    import os
    import sys

    return sys.stderr.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"


def _kilobytes(size: int) -> str:
    return f"{size / 1000:.0f} kB"
