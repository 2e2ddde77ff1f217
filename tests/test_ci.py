"""What is shipped and shown for CI does what it says: its steps are run, on copies of a campaign."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest
import yaml

import briefpack
from tests.builds.notes import many, note
from tests.campaigns import ROOT, everything, put

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the steps are for a POSIX shell")

WORKFLOW: Final = ROOT / "ci" / "github.yaml"
MACHINES: Final = (ROOT / "docs" / "machines.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the command `briefpack` of this checkout, and a `pip` that has nothing left to install."""
    folder = tmp_path_factory.mktemp("programs")
    source = Path(briefpack.__file__).parents[1]
    python = f'PYTHONPATH="{source}" exec "{sys.executable}"'
    for name, line in {
        "briefpack": f"{python} -c 'from briefpack.cli import main; main()' \"$@\"",
        "pip": 'test "$1 $2 $3" = "install --quiet briefpack"',
        "python": 'test "$1 $2 $3 $4 $5" = "-m pip install --quiet briefpack"',
    }.items():
        place = folder / name
        place.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        place.chmod(0o755)
    return folder


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put(tmp_path_factory.mktemp("ci") / "campaign", many(3))


@pytest.fixture(scope="module")
def whole(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What one build on one machine makes."""
    output = tmp_path_factory.mktemp("whole")
    assert not briefpack.build(campaign, output=output).failed
    return everything(output)


def shell(script: str, folder: Path, programs: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`script` run in `folder` as GitHub and others do: by `sh -e`, with our programs before the machine's."""
    return subprocess.run(
        ["sh", "-e", "-c", script],
        cwd=folder,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


# -------------------------------------------------------------------------------------------------- GitHub


def steps(job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"][job]["steps"]
    return found


def filled(text: str, values: Mapping[str, object]) -> str:
    """`text` with GitHub's expressions replaced; one that is not among `values` is an error."""
    return re.sub(r"\$\{\{\s*(.*?)\s*\}\}", lambda match: str(values[match[1]]), text)


def run_job(job: str, folder: Path, programs: Path, **values: object) -> list[subprocess.CompletedProcess[str]]:
    """The `run` steps of `job` in `folder`, in order."""
    known = {name.replace("_total", "-total").replace("__", "."): value for name, value in values.items()}
    return [shell(filled(step["run"], known), folder, programs) for step in steps(job) if "run" in step]


def test_the_workflow_is_one_of_github() -> None:
    """By the schema that GitHub's users keep, which comes with check-jsonschema."""
    checked(["--builtin-schema", "vendor.github-workflows", str(WORKFLOW)])


def checked(arguments: list[str]) -> None:
    command = [sys.executable, "-m", "check_jsonschema", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_parts_of_the_workflow_make_what_one_build_makes(
    campaign: Path, whole: dict[str, bytes], programs: Path, tmp_path: Path
) -> None:
    """Each part on a machine of its own, its `output` carried to the last job, as the artifact steps say."""
    matrix = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]["build"]["strategy"]["matrix"]["part"]
    last = tmp_path / "last"
    for part in matrix:
        machine = copied(campaign, tmp_path / f"machine-{part}")
        done = run_job("build", machine, programs, matrix__part=part, strategy__job_total=len(matrix))
        assert [step.returncode for step in done] == [0, 0], done
        [upload] = [step["with"] for step in steps("build") if "upload-artifact" in step.get("uses", "")]
        shutil.copytree(machine / upload["path"], last / "output", dirs_exist_ok=True)
    [download] = [step["with"] for step in steps("handouts") if "download-artifact" in step.get("uses", "")]
    assert (download["path"], download["merge-multiple"]) == ("output", True)
    done = run_job("handouts", last, programs)
    assert [step.returncode for step in done] == [0, 0], done
    made = {path: data for path, data in everything(last / "output").items() if "-of-" not in path}
    assert made == whole


def test_the_cache_that_the_workflow_keeps_spares_the_next_run_the_work(
    campaign: Path, programs: Path, tmp_path: Path
) -> None:
    [cache] = [step["with"] for step in steps("build") if "actions/cache" in step.get("uses", "")]
    first, second = (copied(campaign, tmp_path / name) for name in ("first", "second"))
    values = {"matrix__part": 1, "strategy__job_total": 2}
    run_job("build", first, programs, **values)
    shutil.copytree(first / cache["path"], second / cache["path"])
    kept = everything(second / cache["path"])
    run_job("build", second, programs, **values)
    assert everything(second / cache["path"]).keys() == kept.keys()
    assert everything(second / "output") == everything(first / "output")


def test_the_workflow_shows_an_error_beside_its_line_and_fails(campaign: Path, programs: Path, tmp_path: Path) -> None:
    machine = copied(campaign, tmp_path / "machine")
    put(machine, {"briefs/n-0001.yaml": note(1, "There is no {{ such-fact }}.")})
    _, shown, noted = run_job("check", machine, programs)
    assert shown.returncode == 1
    assert "::error file=briefs/n-0001.yaml,line=8,endLine=8,col=17" in shown.stdout
    assert noted.returncode == 0
    [run] = json.loads((machine / "findings.sarif").read_text(encoding="utf-8"))["runs"]
    assert [result["ruleId"] for result in run["results"]] == ["unknown-fact"]


def copied(campaign: Path, folder: Path) -> Path:
    """The campaign as a machine checks it out: without what was made of it."""
    shutil.copytree(campaign, folder, ignore=shutil.ignore_patterns("output", ".briefpack"))
    return folder


# ------------------------------------------------------------------------------------------ a new campaign


def test_a_new_campaign_has_the_workflow_and_the_hook_on_request(tmp_path: Path) -> None:
    assert not briefpack.init(tmp_path / "with", ci=True).failed
    assert not briefpack.init(tmp_path / "without").failed
    files = {path: data for path, data in everything(tmp_path / "with").items() if path.startswith(".")}
    assert files == {
        ".github/workflows/handouts.yaml": WORKFLOW.read_bytes(),
        ".pre-commit-config.yaml": (ROOT / "ci" / "pre-commit.yaml").read_bytes(),
        ".gitignore": b"output/*\n.briefpack/\n",
    }
    assert not [path for path in everything(tmp_path / "without") if path.startswith(".")]


# ---------------------------------------------------------------------------------------------- the manual


def block(language: str, having: str) -> str:
    """The one block of `docs/machines.md` in `language` that has the text `having`."""
    [found] = [text for text in re.findall(rf"```{language}\n(.*?)```", MACHINES, re.DOTALL) if having in text]
    return str(found)


def test_a_slurm_array_makes_what_one_build_makes(
    campaign: Path, whole: dict[str, bytes], programs: Path, tmp_path: Path
) -> None:
    """The job of the manual, run for each task of an array at once in one folder."""
    machine = copied(campaign, tmp_path / "machine")
    job = put(tmp_path, {"job.sh": block("sh", "SLURM_ARRAY_TASK_ID")}) / "job.sh"
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    asked = {"SLURM_ARRAY_TASK_COUNT": "3", "SLURM_CPUS_PER_TASK": "1", "PATH": path}
    tasks = [
        subprocess.Popen(["sh", str(job)], cwd=machine, env={**os.environ, **asked, "SLURM_ARRAY_TASK_ID": str(task)})
        for task in (1, 2, 3)
    ]
    assert [task.wait(120) for task in tasks] == [0, 0, 0]
    done = shell(block("sh", "merge-manifests"), machine, programs)
    assert done.returncode == 0, done.stderr
    assert {path: data for path, data in everything(machine / "output").items() if "-of-" not in path} == whole


def test_gitlab_jobs_make_what_one_build_makes(
    campaign: Path, whole: dict[str, bytes], programs: Path, tmp_path: Path
) -> None:
    text = block("yaml", "CI_NODE_TOTAL")
    checked(["--builtin-schema", "vendor.gitlab-ci", str(put(tmp_path, {".gitlab-ci.yml": text}) / ".gitlab-ci.yml")])
    jobs = yaml.safe_load(text)
    total = jobs["handouts"]["parallel"]
    last = tmp_path / "last"
    for index in range(1, total + 1):
        machine = copied(campaign, tmp_path / f"machine-{index}")
        for line in jobs["handouts"]["script"]:
            done = shell(line, machine, programs, CI_NODE_INDEX=str(index), CI_NODE_TOTAL=str(total))
            assert done.returncode == 0, done.stderr
        assert (machine / f"findings-{index}.xml").read_text(encoding="utf-8").startswith("<?xml")
        shutil.copytree(machine / "output", last / "output", dirs_exist_ok=True)
    for line in jobs["manifest"]["script"]:
        assert shell(line, last, programs).returncode == 0
    assert {path: data for path, data in everything(last / "output").items() if "-of-" not in path} == whole


# ---------------------------------------------------------------------------------------------- pre-commit


SHIPPED: Final = ("src", "briefs", "layouts", "ci", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")


@pytest.fixture
def quick(tmp_path: Path) -> Mapping[str, str]:
    """The environment of a pre-commit that installs Briefpack from the folder it is told, and borrows all else."""
    return MappingProxyType(
        {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "PRE_COMMIT_HOME": str(tmp_path / "hooks"),
            "PIP_NO_DEPS": "1",
            "PIP_NO_INDEX": "1",
            "PIP_NO_BUILD_ISOLATION": "0",  # pip's own word for it: 0 means no isolation
            "PYTHONPATH": sysconfig.get_path("platlib"),
            "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig"),
            "HOME": str(tmp_path),
        }
    )


def committed(folder: Path, environment: Mapping[str, str]) -> str:
    """The revision of a new repository of `folder` with everything in it."""
    who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"]
    said = ""
    for command in (
        ["init", "--quiet"],
        ["add", "--all", "--force"],
        [*who, "commit", "--quiet", "-m", "all"],
        ["rev-parse", "HEAD"],
    ):
        done = subprocess.run(
            ["git", *command], cwd=folder, env=dict(environment), check=True, capture_output=True, text=True
        )
        said = done.stdout.strip()
    return said


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_pre_commit_runs_the_hook_of_this_repository(campaign: Path, quick: Mapping[str, str], tmp_path: Path) -> None:
    """The real one installs this repository and lets a sound campaign pass; one with an error it stops."""
    tool = tmp_path / "tool"
    tool.mkdir()
    for name in SHIPPED:
        place = ROOT / name
        (shutil.copytree if place.is_dir() else shutil.copyfile)(place, tool / name)
    revision = committed(tool, quick)
    machine = copied(campaign, tmp_path / "machine")
    hooks = {"repos": [{"repo": str(tool), "rev": revision, "hooks": [{"id": "briefpack-check"}]}]}
    put(machine, {".pre-commit-config.yaml": yaml.safe_dump(hooks)})
    committed(machine, quick)
    done = hooked(machine, quick)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "look for errors in the campaign" in done.stdout
    assert "Passed" in done.stdout
    put(machine, {"briefs/n-0001.yaml": note(1, "There is no {{ such-fact }}.")})
    done = hooked(machine, quick)
    assert done.returncode == 1
    assert "error[unknown-fact]: there is no fact `such-fact`" in done.stdout


def hooked(machine: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """The hooks of the campaign in `machine`, run over all its files."""
    command = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    return subprocess.run(
        command, cwd=machine, env=dict(environment), capture_output=True, text=True, check=False, timeout=300
    )


def manifests() -> Iterator[tuple[str, Path]]:
    yield "validate-manifest", ROOT / ".pre-commit-hooks.yaml"
    yield "validate-config", ROOT / "ci" / "pre-commit.yaml"


@pytest.mark.parametrize(("verb", "path"), tuple(manifests()))
def test_pre_commit_takes_what_is_written_for_it(verb: str, path: Path) -> None:
    command = [sys.executable, "-m", "pre_commit", verb, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hook_of_the_manual_is_one_that_there_is() -> None:
    [repo] = yaml.safe_load(block("yaml", "rev:"))["repos"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert {hook["id"] for hook in repo["hooks"]} <= {hook["id"] for hook in hooks}
    assert repo["rev"] == f"v{briefpack.__version__}"
