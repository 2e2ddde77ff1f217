"""Fixtures that more than one package's tests use."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.verapdf import Conformance, VeraPDFMissing


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept for a user is kept for these tests alone, by the commands that they begin too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def conformance() -> Conformance:
    """veraPDF with the profiles PDF/UA-1 and PDF/A-2a.

    Skips where there is no Java, and fails there when BRIEFPACK_REQUIRE_CONFORMANCE is set.
    """
    try:
        return Conformance()
    except VeraPDFMissing as error:
        if os.environ.get("BRIEFPACK_REQUIRE_CONFORMANCE"):
            pytest.fail(str(error))
        pytest.skip(str(error))
