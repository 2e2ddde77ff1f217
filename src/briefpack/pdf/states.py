"""The text state of a content stream, its colours, and the operators that change them (ISO 32000-1, 8.6.8 and 9.3)."""

from __future__ import annotations

from functools import lru_cache

from briefpack.namedtuple import NamedTuple
from briefpack.pdf.syntax import number


class Style(NamedTuple):
    """The text state: everything that holds until it is changed."""

    font: bytes
    size: float
    color: str
    tracking: float
    rise: float


def change(old: Style | None, new: Style, fill: str) -> bytes:
    """The operators that lead from text state `old`, None at the start of a page, to `new`."""
    operators: list[bytes] = []
    if old is None or old.font != new.font or old.size != new.size:
        operators.append(b"/%b %.5g Tf" % (new.font, new.size))
    if fill != new.color:
        operators.append(fill_color(new.color))
    if (old.tracking if old else 0.0) != new.tracking:
        operators.append(b"%.4g Tc" % new.tracking)
    if (old.rise if old else 0.0) != new.rise:
        operators.append(b"%b Ts" % number(new.rise))
    operators.append(b"")
    return b"\n".join(operators)


@lru_cache(1024)
def fill_color(color: str) -> bytes:
    """The operator that sets the colour of fills and text to `#rrggbb`."""
    components = _components(color)
    return components + (b" rg" if b" " in components else b" g")


@lru_cache(1024)
def stroke_color(color: str) -> bytes:
    """The operator that sets the colour of lines to `#rrggbb`."""
    components = _components(color)
    return components + (b" RG" if b" " in components else b" G")


def _components(color: str) -> bytes:
    """The operands that a colour is: three components, or one when they are equal."""
    values = [int(color[at : at + 2], 16) for at in (1, 3, 5)]
    distinct = values[:1] if len(set(values)) == 1 else values
    return b" ".join(b"%.3g" % (value / 255) for value in distinct)
