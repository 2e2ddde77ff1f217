"""Which targets a choice means."""

from __future__ import annotations

from typing import Final

import pytest

from briefpack.builds.selection import choose, read_selection
from briefpack.builds.targets import Target, every_target, target_as_row, target_of_row
from briefpack.project.files import DictFiles
from briefpack.project.forms import AS_DESIGNED, Form, read_form
from briefpack.project.load import load_project
from tests.builds.notes import FILES

ALL: Final = ("clinic", "clinic+grayscale", "own", "plain", "seen", "told", "both")


def targets() -> tuple[Target, ...]:
    project = load_project(DictFiles(FILES)).project
    assert project is not None
    return every_target(project)


def chosen(*words: str) -> tuple[str, ...]:
    selection, found = read_selection(words)
    assert found == ()
    states = {"own": "stale", "plain": "new", "told": "failed"}
    picked = choose(selection, targets(), lambda target: states.get(target.id, "current"))
    return tuple(target.id for target in picked)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ((), ALL),
        (("own",), ("own",)),
        (("own", "plain"), ("own", "plain")),
        (("name:own",), ("own",)),
        (("clinic",), ("clinic", "clinic+grayscale")),
        (("clinic+grayscale",), ("clinic+grayscale",)),
        (("*l*",), ("clinic", "clinic+grayscale", "plain", "told")),
        (("audience:community",), ("seen",)),
        (("audience:comm*", "layout:meeting-pack"), ("seen", "both")),
        (("tag:spring",), ("plain", "seen", "both")),
        (("tag:spring", "not", "tag:art"), ("plain", "both")),
        (("not", "tag:spring", "told"), ("clinic", "clinic+grayscale", "own")),
        (("language:en",), ALL),
        (("pack:both",), ("own", "plain", "both")),
        (("pack:both", "not", "kind:pack"), ("own", "plain")),
        (("form:grayscale",), ("clinic+grayscale",)),
        (("form:designed", "not", "*"), ()),
        (("state:stale",), ("own", "plain", "told")),
        (("state:new",), ("plain",)),
        (("state:failed",), ("told",)),
        (("state:current", "not", "form:grayscale"), ("clinic", "seen", "both")),
    ],
    ids=" ".join,
)
def test_what_is_chosen(words: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert chosen(*words) == expected


@pytest.mark.parametrize(
    ("word", "message", "help"),
    [
        ("audince:all", "`audince` is not a way to choose by", "write `audience`"),
        ("state:old", "`old` is not a state of a target", "use `current`, `failed`, `new` or `stale`"),
        ("", "an empty name chooses nothing", "name a brief, or leave it out"),
    ],
)
def test_what_cannot_be_understood(word: str, message: str, help: str) -> None:
    _, (found,) = read_selection([word])
    assert (found.rule, found.message, found.help) == ("bad-selector", message, help)


def test_a_row_of_an_index_is_the_target_again() -> None:
    for target in targets():
        assert target_of_row(target_as_row(target)) == target


@pytest.mark.parametrize("form", [AS_DESIGNED, Form("Letter"), Form(None, 16), Form("A4", 18, True)])
def test_a_form_is_read_as_it_is_written(form: Form) -> None:
    assert (read_form(str(form)) if str(form) else AS_DESIGNED) == form


@pytest.mark.parametrize("text", ["grey", "", "letter+a4", "grayscale+grayscale", "large-print-17"])
def test_what_is_no_form(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- the word at fault is all it says; the field says the rest
        read_form(text)


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("", ("more", "more+grayscale", "more+large-print")),
        ("forms: [letter]\n", ("more", "more+letter")),
        ("forms:\n", ("more",)),
        (
            "variants: {north: {title: North}, south: {forms: [letter]}}\n",
            (
                *("more", "more+grayscale", "more+large-print", "more@north", "more@north+grayscale"),
                *("more@north+large-print", "more@south", "more@south+letter"),
            ),
        ),
    ],
)
def test_what_extends_a_brief_is_made_in_its_forms(own: str, expected: tuple[str, ...]) -> None:
    """And so is a variant, unless it names others or leaves them out."""
    formed = str(FILES["briefs/plain.yaml"]).replace("slots:", "forms: [large-print, grayscale]\nslots:", 1)
    more = f"extends: plain\ntitle: More\n{own}"
    loaded = load_project(DictFiles({**FILES, "briefs/plain.yaml": formed, "briefs/more.yaml": more}))
    assert loaded.project is not None
    assert loaded.diagnostics == ()
    assert tuple(sorted(target.id for target in every_target(loaded.project) if target.name == "more")) == expected
