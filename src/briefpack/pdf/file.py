"""A PDF file as it is being written: numbered objects in, bytes out (ISO 32000-1, 7.5).

Streams come first, then all other objects, which go into object streams (7.5.7) behind a
cross-reference stream (7.5.8). Nothing in the file depends on anything but what is put in: the file
identifier is a digest of the content.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate, chain, pairwise
from typing import Final

HEADER: Final = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
LEVEL: Final = 5
# Of what is packed for one file alone: in less than half the time, a twelfth longer.
QUICK: Final = 3
_WINDOW: Final = 14
_MEMORY: Final = 7

# Objects in one object stream: enough to compress well, few enough to be read in part.
_BATCH: Final = 1000

# Rows of the cross-reference stream: type, offset or stream number, generation or index. With the "up"
# predictor, a row says how it differs from the one above; within one object stream only the index grows.
_ROW: Final = struct.Struct(">BIH")
_NEXT_INDEX: Final = tuple(bytes((2, 0, 0, 0, 0, 0, index % 256 == 0, 1)) for index in range(1, _BATCH))
_ALL_NEXT: Final = b"".join(_NEXT_INDEX)


def deflate(data: bytes, level: int = LEVEL, strategy: int = zlib.Z_DEFAULT_STRATEGY) -> bytes:
    """`data` under FlateDecode (7.4.4).

    For a window of half the common size and a smaller table of hashes less memory is asked for, which the system has
    at hand: for a small stream that takes a twentieth of the time, and no byte more.
    """
    packer = zlib.compressobj(level, zlib.DEFLATED, _WINDOW, _MEMORY, strategy)
    return packer.compress(data) + packer.flush()


class File:
    """Objects of one file. Numbers are given in the order of the calls, streams before the others."""

    def __init__(self) -> None:
        self._out = bytearray(HEADER)
        self._offsets: list[int] = []
        self._bodies: list[bytes] = []
        self._cuts: list[int] = []
        self._first = 0

    def stream(self, entries: bytes, data: bytes) -> int:
        """Add a stream whose dictionary has `entries`; `data` is already filtered as they say."""
        assert not self._first, "streams come before the other objects"
        self._offsets.append(len(self._out))
        number = len(self._offsets)
        self._out += _stream(number, entries, data)
        return number

    def deflated(self, entries: bytes, data: bytes) -> int:
        """Add a stream, compressing `data`."""
        return self.stream(entries + b"/Filter/FlateDecode", deflate(data))

    def reserve(self) -> int:
        """The number of an object whose body is `put` later."""
        if not self._first:
            self._first = len(self._offsets) + 1
        self._bodies.append(b"")
        return self._first + len(self._bodies) - 1

    def put(self, number: int, body: bytes) -> None:
        self._bodies[number - self._first] = body

    def add(self, body: bytes) -> int:
        """Add an object and say its number."""
        number = self.reserve()
        self._bodies[-1] = body
        return number

    @property
    def following(self) -> int:
        """The number of the object that is added next."""
        return (self._first or len(self._offsets) + 1) + len(self._bodies)

    def extend(self, bodies: Sequence[bytes]) -> None:
        """Add several objects, the first of which gets the number that is `following`."""
        self._first = self._first or len(self._offsets) + 1
        self._bodies += bodies

    def cut(self) -> None:
        """What is added next begins an object stream: what comes again in other files is then packed once."""
        self._cuts.append(len(self._bodies))

    def serialise(
        self,
        root: int,
        info: int,
        packed: Callable[[bytes], bytes] = deflate,
        batched: Callable[[int, Sequence[bytes]], tuple[bytes, bytes]] | None = None,
    ) -> bytes:
        """The whole file, its catalog being object `root` and its information dictionary `info`.

        `packed` deflates what is in object streams; behind a cut `batched` gives their entries and their data.
        """
        assert all(self._bodies), "every reserved object has a body"
        digest = hashlib.sha256(self._out)
        containers: list[tuple[int, int]] = []
        above = self._first + len(self._bodies)
        for start, end in self._batches():
            containers.append((above + len(containers), end - start))
            first, bodies = self._first + start, self._bodies[start:end]
            if batched is not None and self._cuts and start >= self._cuts[0]:
                entries, data = batched(first, bodies)
            else:
                entries, data = object_stream(first, bodies)
                data = packed(data)
            digest.update(data)
            self._offsets.append(len(self._out))
            self._out += _stream(containers[-1][0], entries, data)
        self._cross_reference(containers, root, info, digest.hexdigest()[:32].encode("ascii"))
        return bytes(self._out)

    def _batches(self) -> Iterator[tuple[int, int]]:
        """Which bodies go into one object stream, from and to."""
        for begin, end in pairwise(sorted({0, *self._cuts, len(self._bodies)})):
            yield from ((start, min(start + _BATCH, end)) for start in range(begin, end, _BATCH))

    def _cross_reference(self, containers: list[tuple[int, int]], root: int, info: int, identifier: bytes) -> None:
        number = containers[-1][0] + 1
        start = len(self._out)
        self._offsets.append(start)
        table = deflate(self._rows(containers))
        entries = (
            b"/Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%b><%b>]/Filter/FlateDecode"
            b"/DecodeParms<</Predictor 12/Columns 7>>"
        ) % (number + 1, root, info, identifier, identifier)
        self._out += _stream(number, entries, table)
        self._out += b"startxref\n%d\n%%%%EOF\n" % start

    def _rows(self, containers: list[tuple[int, int]]) -> bytes:
        streams = self._first - 1
        plain = [_ROW.pack(0, 0, 65535), *(_ROW.pack(1, offset, 0) for offset in self._offsets[:streams])]
        last = plain[-1]
        rows = _differences([bytes(7), *plain])
        for container, size in containers:
            rows += [_difference(last, _ROW.pack(2, container, 0)), _ALL_NEXT[: 8 * (size - 1)]]
            last = _ROW.pack(2, container, size - 1)
        rows += _differences([last, *(_ROW.pack(1, offset, 0) for offset in self._offsets[streams:])])
        return b"".join(rows)


def _stream(number: int, entries: bytes, data: bytes) -> bytes:
    return b"%d 0 obj\n<<%b/Length %d>>\nstream\n%b\nendstream\nendobj\n" % (number, entries, len(data), data)


def object_stream(first: int, bodies: Sequence[bytes]) -> tuple[bytes, bytes]:
    """An object stream's dictionary entries and its data, which is still to be deflated."""
    offsets = accumulate(map(len, bodies), initial=0)
    places = [(first + at, offset + at) for at, offset in enumerate(offsets)][:-1]
    head = (b"%d %d " * len(bodies))[:-1] % tuple(chain.from_iterable(places)) + b"\n"
    entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(bodies), len(head))
    return entries, head + b"\n".join(bodies)


def _differences(rows: Sequence[bytes]) -> list[bytes]:
    """Each of `rows` but the first under PNG's "up" predictor."""
    data = b"".join(rows)
    width = len(rows[0])
    changed = bytes([(below - above) & 255 for above, below in zip(data[:-width], data[width:], strict=True)])
    return [b"\x02" + changed[at : at + width] for at in range(0, len(changed), width)]


def _difference(upper: bytes, row: bytes) -> bytes:
    """A row under PNG's "up" predictor."""
    return b"\x02" + bytes([(below - above) & 255 for above, below in zip(upper, row, strict=True)])
