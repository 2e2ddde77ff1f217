"""Goldens are written only for who asks."""

from __future__ import annotations

import pytest

from tests.goldens import asked


@pytest.mark.parametrize("said", ["", "0", "no", "False", " 0 "])
def test_what_says_no_writes_nothing(said: str) -> None:
    assert not asked("BRIEFPACK_WRITE_GOLDENS", {"BRIEFPACK_WRITE_GOLDENS": said})
    assert not asked("BRIEFPACK_WRITE_GOLDENS", {})


@pytest.mark.parametrize("said", ["1", "yes", "true"])
def test_what_says_yes_writes(said: str) -> None:
    assert asked("BRIEFPACK_WRITE_GOLDENS", {"BRIEFPACK_WRITE_GOLDENS": said})
