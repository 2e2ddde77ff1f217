"""Typographic care for text typed on a keyboard, in the manner of its language.

Straight quotes become the quotation marks and apostrophes of the language, hyphens that are meant to be them
dashes and minus signs, `...` an ellipsis, `3 x 5` a product, `5'10"` primes. What belongs together stays on one
line: a number and its unit, a range, `p. 12`, `Dr. Lee`, initials. French gets its spaces before `; : ! ?` and inside
guillemets. Only punctuation and blanks change, never letters (an `x` between numbers apart) or digits, and text that
went through once comes out of a second time as it went in.

Addresses and what looks like code are left alone; so are the words of facts, by those who call this.
"""

from __future__ import annotations

import re
from dataclasses import field
from functools import lru_cache
from typing import Final

from briefpack.content.conventions import BLANK, SYMBOLS, Conventions, conventions
from briefpack.dataclass import dataclass
from briefpack.expressions import expression

_MINUS: Final = "\u2212"


@dataclass(slots=True)
class Pen:
    """Writes the texts of a paragraph one after the other: `before` is the character the next one follows.

    `open` are the straight quotes that have been opened and not closed.
    """

    language: str
    before: str = ""
    open: list[str] = field(default_factory=list)
    own: Conventions = field(init=False)

    def __post_init__(self) -> None:
        self.own = conventions(self.language)

    def write(self, text: str) -> str:
        """`text` with typographic characters."""
        own = self.own
        if _ALONE_SIGN.search(text) is None:
            return self._prose(text, own)
        parts: list[str] = []
        at = 0
        for match in _ALONE.finditer(text):
            parts += (self._prose(text[at : match.start()], own), self.leave(match[0]))
            at = match.end()
        return "".join((*parts, self._prose(text[at:], own)))

    def leave(self, text: str) -> str:
        """`text` as it is, and as what the next text follows."""
        self.before = text[-1:] or self.before
        return text

    def _prose(self, text: str, own: Conventions) -> str:
        if not text:
            return text
        written = _written(self.before + text, own, self)
        if not written.startswith(self.before):  # what was written already is not touched
            written = self.before + _written(text, own, self)
        return self.leave(written[len(self.before) :])


def polish(text: str, language: str, before: str = "") -> str:
    """`text` with typographic characters; `before` is the character it follows, if any."""
    return Pen(language, before).write(text)


# An address, a path, a name with underscores or an assignment: no prose.
_ALONE_SIGN: Final = expression(r"[@/_=\\]|www\.|doi:")
_ALONE: Final = expression(
    r"(?:https?://|mailto:|www\.|doi:)[^\s\"'<>«»“”„]*[^\s\"'<>«»“”„.,:;!?)\]]"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w.])[\w-]+(?:\.[\w-]+)+/[^\s\"'<>«»“”„]*[^\s\"'<>«»“”„.,:;!?)\]]"
    r"|(?<!\S)10\.\d{4,}/[^\s\"'<>«»“”„]*[^\s\"'<>«»“”„.,:;!?)\]]"
    r"|[^\s\"'«»“”„]*(?:\w_\w|\w=\w|\\\w)[^\s\"'«»“”„]*"
)


def _written(text: str, own: Conventions, pen: Pen) -> str:
    start = len(pen.before) if text.startswith(pen.before) else 0
    if "-" in text or "–" in text or "—" in text:
        text = _dashed(text, own)
    if "..." in text:
        text = _ELLIPSIS.sub(own.ellipsis, text)
    if _DIGIT.search(text) is not None:
        text = _numbered(text, own)
    if '"' in text or "'" in text:
        text = _quoted(text, own, pen, start)
    text = _together(text, own)
    if own.tall is not None:
        text = _spaced(text, own)
    return _minus(text) if "-" in text else text


_DIGIT: Final = expression(r"\d")
_ELLIPSIS: Final = expression(r"(?<!\.)\.\.\.(?!\.)")

# -------------------------------------------------------------------------------------------------- dashes

_LONG_DASH: Final = expression(r"(?<!-)---(?!-)")
_DASH: Final = expression(r"(?<!-)--(?!-)|(?<=[^\d\s] )-(?= )|(?<=\d )-(?= \D)")
_OPTION: Final = expression(r"(?<!\S)--(?=[a-z])")
_CLOSED: Final = expression(r"(?<=[^\s-]) ?(?<!-)--(?!-) ?(?=[^\s-]|$)|(?<=[^\d\s]) - (?=\S|$)|(?<=\d) - (?=[^\d\s]|$)")
_BOUND_DASH: Final = expression(r" (?=[–—](?: |$))")
_SENTENCE: Final = expression(r"[^.!?]+[.!?]*")
_RAYA: Final = expression(r"(?<=\s)-(?=[^\W\d_])([^-—]*[^-—\s])-(?=[\s,.;:!?)]|$)")
_HYPHENED: Final = expression(r"(?<![\w.,:/+–-])(\d{1,4}(?:[.,:]\d+)?)-(\d{1,4}(?:[.,:]\d+)?)(?![\w–-]|[.,:/]\d)")
_AFTERWARDS: Final = expression(rf"[ {BLANK}\u202f]?([^\W\d_]+|%)")
_PAGES: Final = expression(rf"(?:\bpp?|\bS|\bpágs?|\bstr|\bс|\bs|\bblz)\.[ {BLANK}\u202f]\Z")


def _dashed(text: str, own: Conventions) -> str:
    """Dashes for hyphens that are meant to be them; what stands between blanks keeps to the word before it."""
    if "-" in text:
        text = _HYPHENED.sub(lambda match: _range(match, own), _LONG_DASH.sub("—", text))
        if own.raya:
            text = _RAYA.sub(r"—\1—", text)
        if own.closed:
            text = _CLOSED.sub(lambda match: _dash(match, own), text)
        text = _DASH.sub(lambda match: _dash(match, own), text)
    if own.raya and text.count(" — ") == 2:
        text = _SENTENCE.sub(_parenthesis, text)
    return _BOUND_DASH.sub(BLANK, text)


def _dash(match: re.Match[str], own: Conventions) -> str:
    text, (start, end) = match.string, match.span()
    if text[start - 1 : start].isdigit() and text[end : end + 1].isdigit():
        return "–"
    if not own.raya and _OPTION.match(text, start):
        return match[0]
    return own.dash


def _parenthesis(match: re.Match[str]) -> str:
    """Spanish: two dashes between blanks mark off what stands between them, and touch it."""
    parts = match[0].split(" — ")
    return f"{parts[0]} —{parts[1]}— {parts[2]}" if len(parts) == 3 else match[0]


def _range(match: re.Match[str], own: Conventions) -> str:
    """A range of years, times, pages or measures with an en dash; any other number with a hyphen as it is."""
    first, last = match[1], match[2]
    following = _AFTERWARDS.match(match.string, match.end())
    unit = following[1] if following else ""
    years = len(first) == len(last) == 4 and "1500" <= first < last <= "2199"
    times = ":" in first and ":" in last
    measures = len(first) <= 3 and len(last) <= 3 and (unit == "%" or unit in own.units or unit in SYMBOLS)
    pages = first.isdigit() and last.isdigit() and _PAGES.search(match.string, 0, match.start()) is not None
    return f"{first}–{last}" if years or times or measures or pages else match[0]


_MINUS_SIGN: Final = expression(r"(?:(?<=[\s(\[«“„‚‘”’–—])|^)-(?=\d)")


def _minus(text: str) -> str:
    return _MINUS_SIGN.sub(_MINUS, text)


# ------------------------------------------------------------------------------------------------- numbers

_PRODUCT: Final = expression(r"(?<=\d) [x×] (?=\d)")
_CLOSE_PRODUCT: Final = expression(r"(?<![\w.,])(\d+(?:[.,]\d+)?)x(?=\d)(?<!0x)")
_UNIT: Final = expression(r"(?<=\d) ([^\W\d_]+[²³]?|[°′″€$£¥₽₴][^\W\d_]?)")
_PER_CENT: Final = expression(r"(?<=\d)( ?)%(?![\w%-])")
_RANGE: Final = expression(rf"(?<=[\d%]) ([^\W\d_]+) (?=[-{_MINUS}]?\d)")
_BOUND_WORD: Final = expression(r"(?<=\d) ([^\W\d_]+) \Z")
_GROUPS: Final = expression(r"(?<![\d.,] )(?<![\d.,])(\d{1,3})((?: \d{3})+)(?![\d])")
_FEET: Final = expression(r"(?<=\d)' ?(\d{1,2})\"(?!\w)")


def _numbered(text: str, own: Conventions) -> str:
    """Products, primes, and no line end between a number and its unit, inside a range or between thousands."""
    if "x" in text or "×" in text:
        text = _CLOSE_PRODUCT.sub(r"\1×", _PRODUCT.sub(f"{BLANK}×{BLANK}", text))
    if "'" in text:
        text = _FEET.sub("′\\1″", text)
    if "%" in text and own.percent is not None:
        text = _PER_CENT.sub(lambda match: _per_cent(match, own), text)
    if " " not in text:
        return text
    if own.group is not None:
        group = own.group
        text = _GROUPS.sub(lambda match: match[1] + match[2].replace(" ", group), text)
    text = _RANGE.sub(lambda match: f"{BLANK}{match[1]}{BLANK}" if match[1] in own.to else match[0], text)
    if text[:1].isdigit():
        # Between two facts: what comes next is a number too.
        text = _BOUND_WORD.sub(lambda match: f"{BLANK}{match[1]}{BLANK}" if match[1] in own.to else match[0], text)
    return _UNIT.sub(lambda match: _unit(match, own), text)


def _per_cent(match: re.Match[str], own: Conventions) -> str:
    blank = match[1] if own.percent is None or (own.percent_typed and not match[1]) else own.percent
    return f"{blank}%"


def _unit(match: re.Match[str], own: Conventions) -> str:
    word = match[1]
    if word in own.units:
        return BLANK + word
    return own.symbol + word if word in SYMBOLS else match[0]


# ---------------------------------------------------------------------------------------- words together

# Before a digit or a capital, which no letter from a to z is; what ends there is looked for before any word is.
_BEFORE: Final = expression(r" [^\Wa-z_]")
_SHORT: Final = expression(r"(?<![\w.])((?:[^\W\d_]|[-º°]){1,7}\.?[º°]?) (?=[^\Wa-z_])")
_SIGN: Final = expression(r"(?<=[§№¶]) (?=\d)")
_INITIALS: Final = expression(r"(?<![\w.])([^\W\d_]\.) (?=[^\W\d_]{1,2}\.)")
_NAMED: Final = expression(
    r"((?:^|[(\[,;&] ?|\b(?:by|and|y|e|et|und|en|och|og|i|par|por|von|with|de|и|і|та) )"
    r"(?:[^\W\d_]\.[ \u00a0]?)*[^\W\d_]\.) (?=[^\W\d_]{2})"
)


def _together(text: str, own: Conventions) -> str:
    """No line end inside `p. 12`, `Dr. Lee`, `E. B. Fisher`, nor after a word of one letter where that is bad form."""
    if " " not in text:
        return text
    ends = _bound_ends(own.before_number, own.titles)
    if ends and any(text.endswith(ends, 0, match.start()) for match in _BEFORE.finditer(text)):
        text = _SHORT.sub(lambda match: _short(match, own), text)
    if "§" in text or "№" in text or "¶" in text:
        text = _SIGN.sub(BLANK, text)
    if ". " in text:
        text = _NAMED.sub(_name, _INITIALS.sub(rf"\1{BLANK}", text))
    if own.clitics:
        text = _CLITIC.sub(lambda match: match[1] + BLANK if match[1] in own.clitics else match[0], text)
    return text


@lru_cache(maxsize=64)
def _bound_ends(before_number: frozenset[str], titles: frozenset[str]) -> tuple[str, ...]:
    """All that a word which stays with what follows can end in."""
    return tuple([word + stop for word in sorted(before_number | titles) for stop in ("", ".")])


_CLITIC: Final = expression(r"(?:(?<=[\s(„«“‚‘—–])|^)([^\W\d_]) (?=\S)")


def _short(match: re.Match[str], own: Conventions) -> str:
    word, following = match[1], match.string[match.end()]
    bare = word.rstrip(".")
    if following.isdigit():
        known = word in own.before_number or bare in own.before_number
    else:
        known = bare in own.titles and following.isupper()
    return word + BLANK if known else match[0]


def _name(match: re.Match[str]) -> str:
    initials = match[1].rstrip(".")[-1]
    return match[1] + BLANK if initials.isupper() and match.string[match.end()].isupper() else match[0]


# -------------------------------------------------------------------------------------------------- quotes

_QUOTE: Final = expression("[\"']")
_OPENING_AFTER: Final = frozenset("([{<–—-/“‘«‹„‚「『¿¡")
_FIRST_WORD: Final = expression(r"[^\W\d_]+")


def _quoted(text: str, own: Conventions, pen: Pen, start: int) -> str:
    """Quotation marks, apostrophes and primes for straight quotes from the place `start` on."""
    parts: list[str] = [text[:start]]
    at = start
    for match in _QUOTE.finditer(text, start):
        parts.append(text[at : match.start()])
        parts.append(_Quote(text, match.start(), own, pen).written())
        at = match.end()
    return "".join((*parts, text[at:]))


@dataclass(frozen=True, slots=True)
class _Quote:
    """A straight quote at a place of a text."""

    text: str
    at: int
    own: Conventions
    pen: Pen

    def written(self) -> str:
        mark = self.text[self.at]
        if _is_hebrew(self.previous) and (mark == "'" or _is_hebrew(self.next)):
            return "״" if mark == '"' else "׳"
        return self._double() if mark == '"' else self._single()

    @property
    def previous(self) -> str:
        return self.text[self.at - 1 : self.at]

    @property
    def next(self) -> str:
        return self.text[self.at + 1 : self.at + 2]

    def _double(self) -> str:
        if self.previous.isdigit() and '"' not in self.pen.open and not self.next.isalnum():
            return "″"
        return self._mark('"', self.own.quotes, self._opens('"'))

    def _single(self) -> str:
        if self.previous.isalpha() and self.next.isalpha():
            return "’"
        if self.previous.isdigit() and "'" not in self.pen.open and not self.next.isalnum():
            return "′"
        opens = self._opens("'")
        if opens and (self.next.isdigit() or self._elided()):
            return "’"
        if not opens and "'" not in self.pen.open:
            return "’"
        return self._mark("'", self.own.nested, opens)

    def _elided(self) -> bool:
        word = _FIRST_WORD.match(self.text, self.at + 1)
        return word is not None and word[0].lower() in self.own.elided

    def _mark(self, mark: str, pair: tuple[str, str], opens: bool) -> str:
        opened = self.pen.open
        if opens:
            opened.append(mark)
            return pair[0] + (self.own.inside if pair[0] in "«‹" else "")
        if mark in opened:
            del opened[len(opened) - 1 - opened[::-1].index(mark) :]
        return (self.own.inside if pair[1] in "»›" else "") + pair[1]

    def _opens(self, mark: str) -> bool:
        """Whether the quote opens: at the start, after blanks, brackets and dashes, and after one that opens."""
        if self.own.turns:
            return mark not in self.pen.open
        previous = self.previous
        if mark in self.pen.open and not (self.next.isalnum() or self.next in "\"'“‘«„¿¡"):
            return False
        if mark in self.pen.open and not self.next:
            return False
        if previous == "'" and mark == '"' and '"' not in self.pen.open and self.next.isalnum():
            return True  # after an elision: l'"espoir"
        return not previous or previous.isspace() or previous in _OPENING_AFTER or self._after_opened()

    def _after_opened(self) -> bool:
        """Whether the quote follows directly on one that opens, as in `"'Yes,' she said"`."""
        start = self.at
        while start and self.text[start - 1] in "\"'":
            start -= 1
        begins = start == 0 or self.text[start - 1].isspace()
        return start < self.at and begins and bool(self.next) and not self.next.isspace()


def _is_hebrew(char: str) -> bool:
    return "\u05d0" <= char <= "\u05ea"


# -------------------------------------------------------------------------------------------------- French

_BLANKS: Final = r"[ \u00a0\u202f]*"
_TALL: Final = expression(rf"(?<=[\w)\]»”’%€…\"*]){_BLANKS}([;!?]+)(?![\w/=&])")
_COLON: Final = expression(rf"(?<=[\w)\]»”’%…]){_BLANKS}:(?=[\s«“]|$)")
_OPENED: Final = expression(rf"«{_BLANKS}(?=[^\s]|$)")
_SHUT: Final = expression(rf"(?<=\S){_BLANKS}»")


def _spaced(text: str, own: Conventions) -> str:
    """The spaces of French before tall marks and inside guillemets."""
    text = _TALL.sub(rf"{own.tall}\1", text)
    if ":" in text and own.colon is not None:
        text = _COLON.sub(f"{own.colon}:", text)
    if own.inside and ("«" in text or "»" in text):
        text = _SHUT.sub(f"{own.inside}»", _OPENED.sub(f"«{own.inside}", text))
    return text
