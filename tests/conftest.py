"""Fixtures that more than one package's tests use."""

from __future__ import annotations

import os

import pytest

from tests.verapdf import Conformance, VeraPDFMissing


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
