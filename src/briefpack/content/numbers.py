"""Numbers in the manner of a language (Unicode CLDR, by way of Babel).

What differs from CLDR, on purpose:

- A minus is U+2212, as wide and as high as a plus; the direction marks that CLDR sets before it are kept.
- Halves are rounded away from zero, as people round, not to even.
- Few digits are not set off where CLDR says so (`minimumGroupingDigits`, which Babel does not carry):
  Spanish writes 8760 but 10.000.
- Austrian thousands are set off by a no-break space, as in CLDR 48; Babel has a point.

The space between groups of digits is U+202F (narrow) or U+00A0 as CLDR has it: French is narrow, Canadian French
is not; both keep a number on one line.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from types import MappingProxyType
from typing import Final

from briefpack.content.languages import (
    ASCII_DIGITS,
    QUICK,
    digit_system,
    in_ten,
    known_locale,
    nearest,
    tag_and_digits,
    ten_digits,
)
from briefpack.dataclass import dataclass

MINUS: Final = "\u2212"
_BLANK: Final = "\u00a0"
_MOST_DECIMALS: Final = 10


@dataclass(frozen=True, slots=True)
class Marks:
    """How a language writes a number.

    `group` stands between groups of digits: `sizes` are those of the last group and of the others. With `least`
    digits in front, fewer leading digits than that are not set off. `percent` has the number for `{}`.
    """

    group: str = ","
    decimal: str = "."
    minus: str = MINUS
    percent: str = "{}%"
    sizes: tuple[int, int] = (3, 3)
    least: int = 1
    digits: str = ASCII_DIGITS


_ENGLISH: Final = Marks()

# `minimumGroupingDigits` of CLDR 48, where it is not 1 or not that of the tag without its region.
_TWO: Final = (
    "be bg es et hu hy ia ie it ka lv pl sl sq ru-ua pt-ch pt-cv pt-gq pt-gw pt-lu pt-mo pt-mz pt-pt pt-st pt-tl"
)
_ONE: Final = (
    "es-419 es-ar es-bo es-br es-bz es-cl es-co es-cr es-cu es-do es-ec es-gt es-hn es-mx es-ni es-pa es-pe es-pr "
    "es-py es-sv es-us es-uy es-ve"
)
_LEAST: Final[Mapping[str, int]] = MappingProxyType(
    {"ee": 3} | dict.fromkeys(_TWO.split(), 2) | dict.fromkeys(_ONE.split(), 1)
)
_GROUPS: Final[Mapping[str, str]] = MappingProxyType({"de-at": _BLANK})


def marks(language: str) -> Marks:
    """How `language` writes numbers: as itself, as what it is a kind of, or as English."""
    tag, digits = tag_and_digits(language)
    if tag in QUICK and not digits:
        return _ENGLISH
    locale = known_locale(tag)
    if locale is None:
        return Marks(digits=ten_digits(digits)) if digits else _ENGLISH
    system = digit_system(locale, digits)
    symbols = locale.number_symbols.get(system, {})
    if not {"group", "decimal"} <= symbols.keys():  # in CLDR an alias that Babel does not follow
        symbols = locale.number_symbols["latn"]
    pattern = locale.decimal_formats[None]
    before, after = locale.percent_formats[None].prefix[0], locale.percent_formats[None].suffix[0]
    return Marks(
        group=nearest(tag, _GROUPS) or symbols["group"],
        decimal=symbols["decimal"],
        minus=symbols["minusSign"].replace("-", MINUS),
        percent="{}".join(part.replace("%", symbols["percentSign"]) for part in (before, after)),
        sizes=(int(pattern.grouping[0]), int(pattern.grouping[1])),
        least=nearest(tag, _LEAST) or 1,
        digits=ten_digits(system),
    )


def in_digits(text: str, language: str) -> str:
    """`text` with its digits 0 to 9 as `language` writes them: page numbers, the numbers of lists and sources."""
    own = marks(language)
    return text if own is _ENGLISH else in_ten(text, own.digits)


def format_number(value: Decimal, language: str, decimals: int | None = None) -> str:
    """`value` as `language` writes it, with as many decimals as it has or as `decimals` says."""
    return _written(value, marks(language), decimals)


def format_percent(value: Decimal, language: str, decimals: int | None = None) -> str:
    """`value`, a share of a hundred, with the sign of a per cent where `language` has it: `5%`, `5 %`, `%5`."""
    own = marks(language)
    text = own.percent.format(_written(abs(value), own, decimals))
    return f"{own.minus}{text}" if rounded_to(value, _places(value, decimals)) < 0 else text


def _written(value: Decimal, own: Marks, decimals: int | None) -> str:
    rounded = rounded_to(value, _places(value, decimals))
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    text = in_ten(_grouped(whole, own), own.digits)
    if fraction:
        text += own.decimal + in_ten(fraction, own.digits)
    return f"{own.minus}{text}" if rounded < 0 else text


def _places(value: Decimal, decimals: int | None) -> int:
    return decimals_of(value) if decimals is None else min(max(decimals, 0), _MOST_DECIMALS)


def decimals_of(value: Decimal) -> int:
    """How many decimals `value` was written with."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded_to(value: Decimal, decimals: int) -> Decimal:
    """`value` to `decimals` places, halves away from zero, as people round."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def to_nearest(value: Decimal, step: Decimal) -> Decimal:
    """`value` to the nearest multiple of `step`, which is above zero, halves away from zero."""
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _grouped(whole: str, own: Marks) -> str:
    last, others = own.sizes
    if len(whole) < last + own.least:
        return whole
    groups = [whole[-last:]]
    rest = whole[:-last]
    while rest:
        groups.append(rest[-others:])
        rest = rest[:-others]
    return own.group.join(reversed(groups))
