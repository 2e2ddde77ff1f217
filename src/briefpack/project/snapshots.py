"""Snapshots: what reading a file came to, kept by the content of the file, so that it is read once, not once a command.

In go a key, which names the content of everything that a value follows from, and the value; out comes the value, or
None where it is not kept. A snapshot belongs to one state of the tool and its libraries, whose stamp is in the name
of its folder. It is kept in the user's own cache folder and nowhere else, for it holds the code of compiled templates,
which runs outside of their sandbox: a project that somebody sends may bring a `.briefpack` of its own, and nobody
reads code from there. What is read is compared with its hash, and of classes only those of values are known: what is
damaged is as good as not there, and is made again.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from briefpack.dataclass import dataclass
from briefpack.expressions import news, recall
from briefpack.project.placing import put

_FOLDER: Final = "briefpack"
_PREFIX: Final = "read-"

# A state of the tool that nobody has used for so long goes, in seconds.
_FORGOTTEN: Final = 14 * 24 * 3600.0

_HASH: Final = 32

# So many values are kept before those that were written first go; they are counted once in 256 that are written.
_MOST: Final = 20_000
_COUNTED: Final = "00"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Values kept in `folder`, about `most`. Where that cannot be read or written, nothing is kept."""

    folder: str
    most: int = _MOST

    def value(self, key: str) -> Any:
        """The value kept under `key`; None where there is none that can be read."""
        try:
            with open(self._place(key), "rb") as file:  # noqa: PTH123 -- every file of a project is opened so
                data = file.read()
        except OSError:
            return None
        body = memoryview(data)[_HASH:]
        if hashlib.sha256(body).digest() != data[:_HASH]:
            return None
        try:
            return _Reader(io.BytesIO(body)).load()
        except Exception:  # noqa: BLE001 -- whatever it is, the value is made again
            return None

    def has(self, key: str) -> bool:
        """Whether there is something under `key`."""
        return os.path.exists(self._place(key))  # noqa: PTH110 -- every brief of a project is asked for

    def keep(self, key: str, value: object) -> None:
        """Keep `value` under `key`."""
        body = _written(value)
        place = self._place(key)
        try:
            self._made()
            put(Path(place), hashlib.sha256(body).digest() + body)
            if place.endswith(_COUNTED):
                self._bound()
        except OSError:
            return

    def _bound(self) -> None:
        """Delete the older half where there are too many: what is still asked for is written again."""
        with os.scandir(self.folder) as found:
            entries = sorted((entry.stat().st_mtime_ns, entry.path) for entry in found)
        if len(entries) > self.most:
            for _, path in entries[: len(entries) - self.most // 2]:
                Path(path).unlink(missing_ok=True)

    def _place(self, key: str) -> str:
        return f"{self.folder}{os.sep}{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:40]}"

    def _made(self) -> None:
        folder = Path(self.folder)
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _tidied(folder)


def snapshot_of_user(stamp: str, environment: Mapping[str, str] = os.environ) -> Snapshot | None:
    """The snapshot of the user whose `environment` this is, for the state of the tool that `stamp` names.

    None where there is no place that is the user's alone.
    """
    home = _home(environment)
    if home is None:
        return None
    folder = home / _FOLDER / f"{_PREFIX}{stamp[:32]}"
    return Snapshot(str(folder)) if _is_private(home / _FOLDER) and _is_private(folder) else None


def _home(environment: Mapping[str, str]) -> Path | None:
    """Where programs keep what they may lose: by the XDG base directory specification, or as the system has it."""
    given = environment.get("XDG_CACHE_HOME", "")
    if sys.platform == "win32":
        given = given or environment.get("LOCALAPPDATA", "")
    elif environment.get("HOME"):
        given = given or str(Path(environment["HOME"], *_CACHES.get(sys.platform, (".cache",))))
    return Path(given) if given and Path(given).is_absolute() else None


_CACHES: Final = MappingProxyType({"darwin": ("Library", "Caches")})


def _is_private(folder: Path) -> bool:
    """Whether nobody else can have written into `folder`, if there is one."""
    try:
        status = folder.lstat()
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return sys.platform == "win32" or (status.st_uid == os.geteuid() and not status.st_mode & 0o022)


def _tidied(folder: Path) -> None:
    """Delete the folders beside `folder` of states of the tool that nobody uses any more."""
    import shutil

    for other in folder.parent.glob(f"{_PREFIX}*"):
        try:
            if other != folder and time.time() - other.stat().st_mtime > _FORGOTTEN:
                shutil.rmtree(other, ignore_errors=True)
        except OSError:
            continue


# -------------------------------------------------------------------------------------------- expressions

_EXPRESSIONS: Final = "expressions"


def recall_expressions(snapshot: Snapshot | None) -> None:
    """Take the regular expressions that commands before this one compiled."""
    if snapshot is not None:
        recall(snapshot.value(_EXPRESSIONS))


def keep_expressions(snapshot: Snapshot | None) -> None:
    """Keep those that this one had to compile."""
    if snapshot is not None and (found := news()) is not None:
        snapshot.keep(_EXPRESSIONS, found)


# ------------------------------------------------------------------------------------------------- values


def frozen(values: dict[Any, Any]) -> Mapping[Any, Any]:
    """A mapping that nobody can change."""
    return MappingProxyType(values)


class Sealed:
    """A part of a value that is kept, read when it is first asked for. Its hash is that of the whole."""

    __slots__ = ("_data", "_value")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._value: Any = None

    @classmethod
    def of(cls, value: object) -> Sealed:
        return cls(_written(value))

    def value(self) -> Any:
        if self._data:
            self._value, self._data = _Reader(io.BytesIO(self._data)).load(), b""
        return self._value

    def __reduce__(self) -> tuple[type[Sealed], tuple[bytes]]:
        return Sealed, (self._data or _written(self._value),)


def _written(value: object) -> bytes:
    buffer = io.BytesIO()
    _Writer(buffer).dump(value)
    return buffer.getvalue()


class _Writer(pickle.Pickler):
    """Writes values; those with slots and tuples by the arguments that make them, which is the quickest to read."""

    def __init__(self, buffer: io.BytesIO) -> None:
        super().__init__(buffer, pickle.HIGHEST_PROTOCOL)
        self.dispatch_table = _ways()


_Way = Callable[[Any], tuple[Callable[..., Any], tuple[Any, ...]]]
"""From a value to a function that makes it, and its arguments."""


class _Ways(dict[type, _Way]):
    """How values of each class are written; KeyError for those that are written as ever."""

    def __missing__(self, kind: type) -> _Way:
        arguments = _arguments(kind)
        if arguments is None:
            raise KeyError(kind)
        made: _Way = lambda value: (kind, arguments(value))  # noqa: E731 -- one call for each of many objects
        self[kind] = made
        return made


@cache
def _ways() -> _Ways:
    return _Ways({MappingProxyType: lambda values: (frozen, (dict(values),))})


@cache
def _arguments(kind: Any) -> Callable[[Any], tuple[Any, ...]] | None:
    """A function from a value of `kind`, a tuple with names or a class with slots, to the arguments that make it; None
    for other classes."""
    if issubclass(kind, tuple) and hasattr(kind, "_fields"):
        return tuple
    if not is_dataclass(kind) or "__slots__" not in kind.__dict__:
        return None
    names = [field.name for field in fields(kind)]
    return attrgetter(*names) if len(names) > 1 else lambda value: tuple([getattr(value, name) for name in names])


class _Reader(pickle.Unpickler):
    """Reads values of the classes that a project is made of, and of no others."""

    def find_class(self, module: str, name: str) -> Any:
        return _known(module, name)


_PLAIN: Final = frozenset(
    {("decimal", "Decimal"), ("datetime", "date"), (__name__, frozen.__name__), (__name__, Sealed.__name__)}
)
_OURS: Final = ("briefpack.project.", "briefpack.diagnostics.")


@cache
def _known(module: str, name: str) -> Any:
    found = getattr(import_module(module), name) if (module, name) in _PLAIN or module.startswith(_OURS) else None
    if (module, name) in _PLAIN or (isinstance(found, type) and found.__module__ == module and _is_value(found)):
        return found
    raise pickle.UnpicklingError(f"{module}.{name}")


def _is_value(kind: type) -> bool:
    return is_dataclass(kind) or issubclass(kind, str | tuple) or hasattr(kind, "model_fields")
