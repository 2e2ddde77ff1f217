"""Collecting garbage more seldom than Python does by itself, which takes a tenth to a fifth of the time.

Making documents makes many objects and few of them in circles. A collection looks at every object made since the last
one that is still there: of those of a page most are, for as long as it takes to make some twenty pages more.
"""

from __future__ import annotations

import atexit
import gc
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Final
from weakref import finalize

# Objects between two collections.
_OBJECTS: Final = 200_000

BRIEFLY: Final = 1_000_000
"""As many for a command that makes no files: of the objects of a page all but some sixty go without being collected."""


@contextmanager
def seldom() -> Iterator[None]:
    """Garbage is collected seldom; afterwards as often as before."""
    before = gc.get_threshold()
    if before[0] >= _OBJECTS:
        # Somebody further out has seen to it, and sees to it that it ends.
        yield
        return
    gc.set_threshold(_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def paused() -> Iterator[None]:
    """Garbage is not collected while what is kept for long is made; and nobody looks at that as at something new."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():
            # There and back: all that there is goes to the oldest, without being looked at.
            gc.freeze()
            gc.unfreeze()
        gc.enable()


def seldom_while(owner: object) -> None:
    """Garbage is collected seldom for as long as `owner` is there."""
    work = ExitStack()
    work.enter_context(seldom())
    finalize(owner, work.close)


def seldom_to_the_end(objects: int = _OBJECTS) -> None:
    """Garbage is collected once in so many `objects` until this process ends, and then not at all: what it holds goes
    with it.

    Python looks at every object twice before it ends, which takes a tenth of the time of making one document.
    """
    gc.set_threshold(objects, *gc.get_threshold()[1:])
    atexit.register(gc.freeze)
