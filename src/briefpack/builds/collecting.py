"""Collecting garbage more seldom than Python does by itself, which takes a tenth to a fifth of the time.

Making documents makes many objects and few of them in circles.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# Objects between two collections.
_OBJECTS: Final = 50_000


@contextmanager
def seldom() -> Iterator[None]:
    """Garbage is collected seldom; afterwards as often as before."""
    before = gc.get_threshold()
    gc.set_threshold(max(_OBJECTS, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
