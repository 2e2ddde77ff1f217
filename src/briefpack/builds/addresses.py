"""Addresses of schedulers on other machines, as they are written on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from briefpack.dataclass import dataclass

# What an address begins with, and what Dask calls it.
SCHEMES: Final[Mapping[str, str]] = MappingProxyType({"dask": "tcp", "dask+tls": "tls"})

FOLDER: Final = "folder"
"""What comes before the path under which workers have the campaign."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a scheduler listens, and under which path its workers have the campaign; empty when they do not."""

    scheduler: str
    folder: str = ""


def read_address(text: str) -> Address:
    """The address written `dask://HOST:PORT`, or `dask://HOST:PORT?folder=PATH`. Raises ValueError."""
    scheme, _, rest = text.partition("://")
    place, _, query = rest.partition("?")
    host, _, port = place.rpartition(":")
    name, _, folder = query.partition("=")
    if scheme not in SCHEMES or not host or not port.isdecimal() or (query and (name != FOLDER or not folder)):
        raise ValueError(f"write it as `dask://HOST:PORT` or `dask://HOST:PORT?folder=PATH`, not `{text}`")
    return Address(f"{SCHEMES[scheme]}://{place}", folder)
