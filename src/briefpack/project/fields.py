"""The types of fields, read from texts with places.

A field takes the text that the author typed and says in one short line what it expected instead. Each
type has a JSON Schema, for completion and checks in an editor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any, Final, TypeVar

from briefpack.dataclass import dataclass
from briefpack.diagnostics import Span, StyleName, either, suggest
from briefpack.expressions import expression
from briefpack.geometry import aspect, focus, points
from briefpack.project.declaring import JsonSchema, Validator, after, before, plain
from briefpack.project.tree import Anchor, Style, Yaml, YamlMapping, YamlScalar, YamlSequence, place

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

A_DATE: Final = "a date such as 2026-11-23"
A_NUMBER: Final = "a number such as 8760 or 0.57"
A_WHOLE_NUMBER: Final = "a whole number"
A_LENGTH: Final = "a length such as `5mm` or `10.5pt`"


class Unexpected(ValueError):
    """A field is not what was expected: the finding's rule, message and help, without its place."""

    def __init__(self, rule: str, message: str, help: str | None) -> None:
        super().__init__(message)
        self.rule, self.message, self.help = rule, message, help


def wrong(expected: str, value: object, help: str | None = None) -> Unexpected:
    """The error of a field that expected something else than `value`."""
    rule = "wrong-value" if isinstance(value, YamlScalar | str) else "wrong-shape"
    likely = _likely(expected, value.text) if isinstance(value, YamlScalar) else None
    return Unexpected(rule, f"expected {expected}, found {found(value)}", help or likely or remedy(expected))


def _likely(expected: str, text: str) -> str | None:
    from briefpack.project.meant import meant  # imported late: few files have a wrong value

    return meant(expected, text)


# What is expected, where its own words are no example of it.
_EXAMPLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "a whole number": "write digits alone, such as `3`",
        "a number": "write digits with `.` for the decimals, such as `1.5`",
        "text": "write one text, in double quotes if it begins with `[` or `{`",
        "a word": "write it on one line",
        "a name": "write it on one line",
        "an id": "write one id, such as `hours-a-year`",
        "an id of letters, digits and hyphens": "write letters, digits and hyphens, such as `hours-a-year`",
        "an e-mail address": "write it as `name@example.org`",
        "an address that begins with `https://`": "write the whole address, such as `https://example.org/peers`",
        "a path inside the project, with `/`": "write the path from the project's folder, such as `photos/peer.jpg`",
        "a list": "write each item on a line of its own after `- `",
        "fields": "write each field on a line of its own, indented, with `: ` before its value",
    }
)


def remedy(expected: str) -> str:
    """What to do where `expected` was not found: that it be written, with an example where it is one itself."""
    return _EXAMPLES.get(expected, f"write {expected}")


def found(value: object) -> str:
    """`value` in the words of an error message."""
    match value:
        case YamlScalar(empty=True):
            return "nothing"
        case YamlScalar(text=text):
            return f"`{_shortened(text)}`"
        case list() | YamlSequence():
            return "a list"
        case dict() | YamlMapping():
            return "fields"
        case _:
            return f"`{_shortened(str(value))}`"


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= 40 else f"{flat[:39].rstrip()}…"


# White, and characters that leave no mark: soft hyphens, joiners, turns of direction.
_UNSEEN: Final = (
    "\t\n\v\f\r \x85\xa0\xad\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d"
    "\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2066\u2067\u2068\u2069\u3000\ufeff"
)


def is_seen(text: str) -> bool:
    """Whether anything of `text` is seen."""
    return bool(text.strip(_UNSEEN))


def typed(value: object, expected: str) -> str:
    """The text of a scalar that is not empty."""
    if isinstance(value, YamlScalar) and is_seen(value.text):
        return value.text.strip()
    raise wrong(expected, value)


# An editor takes `2026` for a number; here it is text. So is `true`, but with `boolean` among these types an editor
# would offer `true` and `false` wherever a text may stand.
TEXT_SCHEMA: Final[dict[str, Any]] = {"type": ["string", "number"]}


@dataclass(frozen=True, slots=True)
class Text:
    """What an author wrote, as it was typed. `anchors` lead from its characters to the file."""

    text: str
    span: Span | None = None
    anchors: tuple[Anchor, ...] = ()
    style: Style = "plain"

    def __str__(self) -> str:
        return self.text

    def place(self, start: int, end: int) -> Span | None:
        """Where the characters `start` to `end` stand; the whole text's span if that is not known."""
        return place(self.span, self.anchors, start, end)

    def part(self, start: int, end: int) -> Text:
        """The characters `start` to `end` as a text of their own."""
        anchors: tuple[Anchor, ...] = ()
        if self.anchors:
            first = next((item for item in reversed(self.anchors) if item.offset <= start), self.anchors[0])
            opening = Anchor(0, first.line, first.column + start - first.offset)
            inside = (item for item in self.anchors if start < item.offset < end)
            anchors = (opening, *(Anchor(item.offset - start, item.line, item.column) for item in inside))
        return Text(self.text[start:end], self.place(start, end), anchors, self.style)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> Any:
        return handler.generate_schema(Annotated[Any, plain(cls._read), JsonSchema(TEXT_SCHEMA)])

    @classmethod
    def _read(cls, value: object) -> Text:
        if isinstance(value, Text):
            return value
        if isinstance(value, str):
            return cls(value)
        if not isinstance(value, YamlScalar):
            raise wrong("text", value, "write one text, in double quotes if it begins with `[` or `{`")
        typed(value, "text")
        return cls(value.text, value.span, value.anchors, value.style)


@dataclass(frozen=True, slots=True)
class Name:
    """A reference to something by its id."""

    text: str
    span: Span | None = None

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> Any:
        return handler.generate_schema(
            Annotated[Any, plain(cls._read), JsonSchema({"type": "string", "pattern": ID_PATTERN})]
        )

    @classmethod
    def _read(cls, value: object) -> Name:
        if isinstance(value, Name):
            return value
        if isinstance(value, str):
            return cls(value)
        text = typed(value, "an id")
        assert isinstance(value, YamlScalar)
        return cls(text, value.span)


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words in one language or in several, by language tag; under no tag they do not say which they are in."""

    texts: tuple[tuple[str, Text], ...]

    def read_in(self, language: str) -> Text | None:
        """The words in `language`, or in the language that its tag begins with, or those that do not say."""
        texts = {tag.lower(): text for tag, text in self.texts}
        tag = language.lower()
        return texts.get(tag) or texts.get(tag.split("-")[0]) or texts.get("")

    @property
    def says_language(self) -> bool:
        """Whether the words say what language they are in."""
        return all(tag for tag, _ in self.texts)

    def every(self) -> tuple[Text, ...]:
        """The words in all languages."""
        return tuple(text for _, text in self.texts)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: type[Any], handler: GetCoreSchemaHandler) -> Any:
        text = {"type": ["string", "number", "boolean"]}
        languages = {"type": "object", "additionalProperties": text, "minProperties": 1}
        return handler.generate_schema(Annotated[Any, plain(cls._read), JsonSchema({"anyOf": [text, languages]})])

    @classmethod
    def _read(cls, value: object) -> Spoken:
        if isinstance(value, Spoken):
            return value
        if not isinstance(value, Fields):
            return cls((("", Text._read(value)),))
        if not value.node.entries:
            raise wrong("text, or a text for each language", value)
        for key, _ in value.node.entries:
            if _LANGUAGE.fullmatch(key.text) is None:
                raise wrong("a language tag such as `en` or `es-MX`", key)
        return cls(tuple((key.text, Text._read(node)) for key, node in value.node.entries))


ID_PATTERN: Final = r"^[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*$"
_ID: Final = expression(r"[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)*")
_NUMBER: Final = expression(r"[+-]?(?:\d{1,15}(?:\.\d{0,10})?|\.\d{1,10})", re.ASCII)
_WHOLE: Final = expression(r"[+-]?\d{1,15}", re.ASCII)
_COLOUR: Final = expression(r"#[0-9A-Fa-f]{6}")
_DAY: Final = expression(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LANGUAGE: Final = expression(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_LINK: Final = expression(r"(?:https?://[^\s/?#]+|mailto:[^\s@]+@[^\s@]+|tel:\+?[\d().-]+)[^\s]*", re.IGNORECASE)

T = TypeVar("T")


def _field(expected: str, read: Callable[[str], T]) -> Validator:
    """A validator of texts: `read` raises ValueError when the text is not what is `expected`."""

    def validator(value: object) -> object:
        if not isinstance(value, YamlScalar | list | dict | YamlMapping):
            return value  # given in Python, already of its type
        text = typed(value, expected)
        try:
            return read(text)
        except ValueError:
            raise wrong(expected, value) from None

    return before(validator)


def _matching(pattern: re.Pattern[str], convert: Callable[[str], T]) -> Callable[[str], T]:
    def read(text: str) -> T:
        if pattern.fullmatch(text) is None:
            raise ValueError(text)
        return convert(text)

    return read


def one_word(expected: str, read: Callable[[str], T]) -> Validator:
    """A validator of texts for a type of another module; `read` raises ValueError, as in `expected`."""
    return _field(expected, read)


def _said(read: Callable[[str], object]) -> Callable[[str], str]:
    """A reader of texts that `read` understands, which stay as they are."""

    def said(text: str) -> str:
        read(text)
        return text

    return said


_FLAGS: Final = (("true", True), ("yes", True), ("false", False), ("no", False))


def _flag(text: str) -> bool:
    for word, meaning in _FLAGS:
        if text.lower() == word:
            return meaning
    raise ValueError(text)


def _word(text: str) -> str:
    if "\n" in text:
        raise ValueError(text)
    return text


def is_link(url: str) -> bool:
    """Whether `url` is a complete address of a scheme that a document may link to."""
    return _LINK.fullmatch(url) is not None


def _link(text: str) -> str:
    if not is_link(text):
        raise ValueError(text)
    return text


def is_path(text: str) -> bool:
    """Whether `text` is a path inside the project, with `/` and without steps up."""
    return not (text.startswith("/") or any(part in ("", ".", "..") for part in text.split("/")) or "\\" in text)


def _path(text: str) -> str:
    if not is_path(text):
        raise ValueError(text)
    return text


def exact(text: str) -> Decimal:
    """The number that `text` writes, without grouping. Raises ValueError when it is none."""
    return _matching(_NUMBER, Decimal)(text)


def day(text: str) -> date:
    """The day that `text` writes as 2026-11-23. Raises ValueError when it is none."""
    return _matching(_DAY, date.fromisoformat)(text)


Word = Annotated[str, _field("a word", _word)]
"""One line of text that names something."""


Feature = Annotated[
    str,
    _field(
        "the tag of an OpenType feature, such as `tnum`, or `-liga` to turn one off",
        _matching(expression(r"[+-]?[A-Za-z0-9]{4}"), str),
    ),
]
"""A feature of a font, by its tag of four letters."""


def _token(value: object) -> str:
    """A name that keeps its place, so that who looks for it in vain can say where it stands."""
    text = typed(value, "a name") if not isinstance(value, str) else value
    if "\n" in text:
        raise wrong("a name", value)
    return StyleName(text, value.span) if isinstance(value, YamlScalar) else text


Token = Annotated[str, plain(_token), JsonSchema({"type": "string"})]
"""What a theme calls one of its styles, colours or typefaces, where another of its values names it."""


def _id(value: object) -> str:
    """An id; as the key of a mapping it comes without its place, which `validate` knows."""
    text = value if isinstance(value, str) else typed(value, "an id")
    if _ID.fullmatch(text) is None:
        raise wrong("an id of letters, digits and hyphens", value)
    return text


Id = Annotated[
    str,
    before(_id),
    JsonSchema({"type": "string", "pattern": ID_PATTERN}),
]

# For YAML 1.2, which editors go by, `yes` is a text; and a number may stand in quotes.
_FLAG_SCHEMA: Final[dict[str, Any]] = {
    "anyOf": [
        {"enum": [True, False, "yes", "no"]},
        {"type": "string", "pattern": "^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"},
    ]
}
_NUMBER_SCHEMA: Final[dict[str, Any]] = {"type": ["number", "string"], "pattern": f"^{_NUMBER.pattern}$"}
_WHOLE_SCHEMA: Final[dict[str, Any]] = {"type": ["integer", "string"], "pattern": f"^{_WHOLE.pattern}$"}

Flag = Annotated[bool, _field("`true` or `false`", _flag), JsonSchema(_FLAG_SCHEMA)]

Whole = Annotated[int, _field(A_WHOLE_NUMBER, _matching(_WHOLE, int)), JsonSchema(_WHOLE_SCHEMA)]

Number = Annotated[float, _field("a number", _matching(_NUMBER, float)), JsonSchema(_NUMBER_SCHEMA)]

# The most that a white may be, in quarters of a body line.
_WIDEST: Final = 200.0


def _white(value: object) -> float | str:
    """A number, or a name that keeps its place."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)  # typed in Python, as a theme of our own is
    text = typed(value, "a number or a name") if not isinstance(value, str) else value
    if _NUMBER.fullmatch(text) is None:
        return _token(value)
    if not 0 <= float(text) <= _WIDEST:
        raise wrong(f"a number from 0 to {_WIDEST:g}", value)
    return float(text)


White = Annotated[
    float | str, plain(_white), JsonSchema({"type": ["number", "string"], "minimum": 0, "maximum": _WIDEST})
]
"""White in quarters of a body line, or the name that a theme gives it."""

Exact = Annotated[Decimal, _field(A_NUMBER, exact), JsonSchema(_NUMBER_SCHEMA)]
"""A number with the decimals its author wrote."""


def _above_zero(value: Decimal) -> Decimal:
    if value > 0:
        return value
    raise Unexpected("wrong-value", f"expected a number above 0, found `{value}`", "write `100`, for example")


Step = Annotated[Exact, after(_above_zero), JsonSchema({"type": "number", "exclusiveMinimum": 0})]
"""A number that others are rounded to multiples of."""

Day = Annotated[
    date,
    _field(A_DATE, day),
    JsonSchema({"type": "string", "format": "date", "pattern": f"^{_DAY.pattern}$"}),
]

Length = Annotated[
    float,
    _field(A_LENGTH, points),
    JsonSchema({"type": "string", "pattern": r"^[+-]?(\d+(\.\d*)?|\.\d+)\s*(pt|mm|cm|in)$"}),
]
"""A length in points."""

Aspect = Annotated[
    str,
    _field("a proportion such as `3:2`", _said(aspect)),
    JsonSchema({"type": ["string", "number"]}),
]
"""A width by a height, as it was written."""

Focus = Annotated[
    str,
    _field("a point of the picture such as `50% 30%`", _said(focus)),
    JsonSchema({"type": "string", "pattern": r"^\d+(\.\d+)?%\s+\d+(\.\d+)?%$"}),
]
"""A point of a picture, as shares of its width and height."""

Colour = Annotated[
    str,
    _field("a colour such as `#1a5fb4`", _matching(_COLOUR, str.lower)),
    JsonSchema({"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"}),
]

Language = Annotated[
    str,
    _field("a language tag such as `en` or `es-MX`", _matching(_LANGUAGE, str)),
    JsonSchema({"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"}),
]
"""A language tag (BCP 47)."""


def _language_key(value: object) -> object:
    """A language tag as the key of a mapping, where it comes without its place."""
    if isinstance(value, str) and _LANGUAGE.fullmatch(value) is None:
        raise wrong("a language tag such as `en` or `es-MX`", value)
    return value


LanguageKey = Annotated[str, before(_language_key), JsonSchema({"type": "string", "pattern": f"^{_LANGUAGE.pattern}$"})]
"""A language tag that leads to what is said in the language."""

EMAIL_ADDRESS: Final = expression(r"[^\s@<>]+@[^\s@<>.]+(?:\.[^\s@<>.]+)+")


def _email(value: object) -> object:
    """An address, or a text with braces that one is put together from."""
    whole = isinstance(value, YamlScalar) and not value.empty and "{{" not in value.text
    if isinstance(value, YamlScalar) and whole and EMAIL_ADDRESS.fullmatch(value.text.strip()) is None:
        raise wrong("an e-mail address", value)
    return value


Email = Annotated[Text, before(_email)]
"""An e-mail address, which is printed and linked to."""

LinkUrl = Annotated[
    str,
    _field("an address that begins with `https://`", _link),
    JsonSchema({"type": "string", "format": "uri"}),
]

FilePath = Annotated[str, _field("a path inside the project, with `/`", _path)]
"""A path below the project's root."""


@dataclass(frozen=True, slots=True)
class between:  # noqa: N801 -- it stands where a validator does
    """A validator of numbers from `least` to `most`; `unit` is said with them."""

    least: float
    most: float
    unit: str = ""

    def __get_pydantic_core_schema__(self, source: type[Any], handler: GetCoreSchemaHandler) -> Any:
        return after(self._checked).__get_pydantic_core_schema__(source, handler)

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        bounds = {} if self.unit else {"minimum": self.least, "maximum": self.most}
        return {**handler(schema), **bounds}

    def _checked(self, value: float) -> float:
        if self.least <= value <= self.most:
            return value
        what = "a length" if self.unit else "a number"
        message = f"expected {what} from {self.least:g} to {self.most:g}{self.unit}, found `{value:g}{self.unit}`"
        nearest, way = (self.least, "more") if value < self.least else (self.most, "less")
        raise Unexpected("wrong-value", message, f"write `{nearest:g}{self.unit}` or {way}")


def choice(*words: str) -> Validator:
    """A validator of one word out of `words`, to stand with the `Literal` of the same words."""
    expected = either(words)

    def validator(value: object) -> object:
        if not isinstance(value, YamlScalar | str | list | dict | YamlMapping):
            return value
        # A key is a text without its place, which the error has.
        text = value if isinstance(value, str) else typed(value, expected)
        if text in words:
            return text
        near = suggest(text, words)
        raise wrong(expected, value, f"write `{near}`" if near else None)

    return before(validator)


class Fields(dict[str, Any]):
    """The fields of a mapping as pydantic reads them, with the mapping and the key it stands under."""

    __slots__ = ("key", "node")

    def __init__(self, node: YamlMapping, key: YamlScalar | None) -> None:
        super().__init__((key.text, as_input(value, key)) for key, value in node.entries)
        self.node = node
        self.key = key


def as_input(node: Yaml, key: YamlScalar | None = None) -> object:
    """`node` as pydantic's input: mappings as `Fields`, sequences as lists, texts as they are."""
    match node:
        case YamlScalar():
            return node
        case YamlSequence(items=items):
            return [as_input(item) for item in items]
        case YamlMapping():
            return Fields(node, key)


def _raw(value: object) -> object:
    if isinstance(value, Fields):
        return value.node
    if isinstance(value, YamlMapping):
        return value
    raise wrong("fields", value)


RawMapping = Annotated[YamlMapping, plain(_raw), JsonSchema({"type": "object"})]
"""Fields that are left as they stand in the file, to be validated when it is known what they are."""
