"""Names of a campaign's look that nothing uses: colours, typefaces, styles and spaces of the theme and of what layouts
change of it, and slots that no template prints.

What a template works out as it runs is not known: where that may be a style or a slot, nothing is said. A name that
stands anywhere in a template, in whatever sense, counts as used, and so does one that another value of a theme names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from briefpack.builds.making import TEMPLATE
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic, Span, Stopped, finding
from briefpack.expressions import expression
from briefpack.project.load import Project
from briefpack.project.models import Model
from briefpack.project.theme import Overrides, Theme
from briefpack.templates import ANY, ATTRIBUTES, Templates

_STYLES: Final = {
    "text_styles": "text style",
    "box_styles": "box style",
    "list_styles": "list style",
    "table_styles": "table style",
    "chart_styles": "chart style",
    "spaces": "space",
}
_THEME: Final = {"typefaces": "typeface", "palette": "colour", **_STYLES}

# What pages are made of is set in a style of its name where a template names none, and these are named by no one.
_OWN: Final = frozenset(
    {
        *ATTRIBUTES,
        *("accent", "ink", "line", "link", "sans"),
        *("body", "bullet", "cell", "check", "contents", "figure", "footnotes", "note", "number", "source"),
        *("folio", "large-print-region", "record", "record-caption", "record-head", "records", "stacked"),
    }
)

_NUMBERED: Final = expression(r"-\d+$")
_WORD: Final = expression(r"[\w-]+")
_COMMENT: Final = expression(r"\{#.*?#\}", re.DOTALL)
_JINJA: Final = expression(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_QUOTED: Final = expression(r"""(["'])(.*?)\1""", re.DOTALL)
_STYLE: Final = expression(r"""\bstyle\s*=\s*(["'])((?:\{\{.*?\}\}|\{%.*?%\}|(?!\1)[^{]|\{(?![{%]))*)\1""", re.DOTALL)
_NAME: Final = expression(r"[A-Za-z_]\w*")
_GRAMMAR: Final = frozenset({"and", "elif", "else", "endif", "if", "in", "is", "none", "not", "or"})
# What may make one text of several; and what may be a value from elsewhere.
_MAKING: Final = expression(r"[~+%]|\b(?:format|join|replace)\b")
_ELSEWHERE: Final = expression(r"[.\[(|~+%]")
_SLOTS: Final = expression(r"""\bslots\b(?:\.(\w+)|\[\s*(["'])([^"'\[\]]+)\2\s*\])?""")
# What a mapping can be asked for, which may be any slot.
_ASKED: Final = frozenset({"get", "items", "keys", "values"})


@dataclass(frozen=True, slots=True)
class _Use:
    """What the files of a template name: the words in them, parts of names that are put together, and the slots.

    With `is_open` any style may be meant; `slots` is None where it may be any slot.
    """

    text: str
    words: frozenset[str]
    parts: frozenset[str]
    is_open: bool
    slots: frozenset[str] | None

    def has(self, name: str) -> bool:
        if self.is_open or name in self.words or any(part in name for part in self.parts):
            return True
        return _WORD.fullmatch(name) is None and name in self.text


def unused_names(project: Project, templates: Templates) -> Iterator[Diagnostic]:
    """A note for each name of the theme, and of the themes and slots of layouts, that nothing uses.

    Nothing is said where a template cannot be read, or may be made of any file.
    """
    uses: dict[str, _Use] = {}
    for layout in project.layouts:
        use = _use(templates, f"layouts/{layout}/{TEMPLATE}")
        if use is None:
            return
        uses[layout] = use
    theme = project.theme
    every = {name: _named_in_layout(project, name) for name in project.layouts}
    of_theme = _OWN | _named(theme)
    named = of_theme.union(*every.values())
    for group, kind in _THEME.items():
        for name in _idle(getattr(theme, group), named, uses.values()):
            message = f"no style, layout or template uses the {kind} `{name}`"
            help = f"take `{name}` out, or use it"
            yield finding("unused-name", message, _place(theme, group, name), help=help)
    for layout, use in uses.items():
        own = project.layouts[layout].theme
        named = of_theme | every[layout]
        for group, kind in _STYLES.items():
            for name in _idle(getattr(own, group), named, (use,)):
                message = f"nothing in this layout uses the {kind} `{name}`"
                help = f"take `{name}` out, or use it in the template"
                yield finding("unused-name", message, _place(own, group, name), help=help)
    yield from _unprinted(project, uses)


def _unprinted(project: Project, uses: Mapping[str, _Use]) -> Iterator[Diagnostic]:
    for layout, use in uses.items():
        spec = project.layouts[layout]
        for slot in spec.slots:
            if use.slots is not None and slot not in use.slots:
                help = f"print `slots.{slot}` in the template, or take the slot out"
                span = spec.key_span("slots", slot)
                yield finding("unused-slot", f"the template never prints the slot `{slot}`", span, help=help)


def _place(model: Model, group: str, name: str) -> Span | None:
    return model.key_span(group.replace("_", "-"), name)


def _idle(names: Iterable[str], named: frozenset[str], uses: Iterable[_Use]) -> Iterator[str]:
    looked_at = tuple(uses)
    for name in names:
        plain = _NUMBERED.sub("", name)
        if not any(each in named or any(use.has(each) for use in looked_at) for each in {name, plain}):
            yield name


# ------------------------------------------------------------------------------------------------- themes


def _named_in_layout(project: Project, layout: str) -> frozenset[str]:
    """The names that the theme of a layout and its running lines give, on every paper."""
    spec = project.layouts[layout]
    papers = tuple(spec.on_paper.values())
    lines = (spec.head, spec.foot, *(line for there in papers for line in (there.head, there.foot)))
    styles = (line.style for line in lines if line is not None and line.style is not None)
    return frozenset(styles).union(*(_named(each) for each in (spec.theme, *(there.theme for there in papers))))


def _named(theme: Theme | Overrides) -> frozenset[str]:
    """The names that styles give for other styles, for colours, typefaces and spaces."""
    found: set[str] = set()
    for group in _STYLES:
        for style in getattr(theme, group).values():
            for _, value in style if isinstance(style, Model) else ():
                values = value if isinstance(value, tuple) else (value,)
                found.update(str(each) for each in values if isinstance(each, str))
    return frozenset(found)


# ---------------------------------------------------------------------------------------------- templates


def _use(templates: Templates, path: str) -> _Use | None:
    """What the template at `path` names, with all that it is made of; None where that cannot be known."""
    files = templates.inputs(path)
    if ANY in files:
        return None
    try:
        text = "\n".join(templates.read(file) for file in sorted(files))
    except Stopped:
        return None
    running = _COMMENT.sub("", text)
    marks = [mark[2:-2] for mark in _JINJA.findall(running)]
    parts = {part for mark in marks if _MAKING.search(mark) for part in _texts_in(mark)}
    values: list[str] = []
    for match in _STYLE.finditer(running):
        worked_out = _JINJA.findall(match[2])
        if worked_out:
            parts.update(_WORD.findall(_JINJA.sub(" ", match[2])))
            values += (_bare(mark[2:-2]) for mark in worked_out)
    return _Use(
        text,
        frozenset(_WORD.findall(text)),
        frozenset(parts),
        "xmlattr" in running or _may_be_any(values, "\0".join(map(_bare, marks))),
        _slots(running),
    )


def _texts_in(mark: str) -> Iterator[str]:
    for match in _QUOTED.finditer(mark):
        yield from _WORD.findall(match[2])


def _bare(code: str) -> str:
    """`code` without the texts in quotes."""
    return _QUOTED.sub(" ", code)


def _may_be_any(values: Iterable[str], code: str) -> bool:
    """Whether `values`, which are styles, may be others than stand in the template, whose marks are `code`."""
    waiting = [*values, "style"]
    seen: set[str] = set()
    while waiting:
        value = waiting.pop()
        if _ELSEWHERE.search(value) is not None:
            return True
        names = {name for name in _NAME.findall(value) if name not in _GRAMMAR} - seen
        seen |= names
        for name in names:
            waiting += _given(name, code)
    return False


def _given(name: str, code: str) -> Iterator[str]:
    """What the variable `name` is made in `code`, a parameter of macros by their calls."""
    yield from re.findall(rf"\b{name}\s*=(?!=)\s*([^,)\0]*)", code)
    yield from re.findall(rf"\bfor\b[^\0]*?\b{name}\b[^\0]*?\bin\b([^\0]*)", code)
    if re.search(rf"\bset\b[^=\0]*(?:,\s*{name}\b|\b{name}\s*(?:[,|\0]|-?(?:\0|$)))", code):
        yield "."  # several at once, or what stands in a block
    for macro, parameters in re.findall(r"\bmacro\s+(\w+)\s*\(([^\0]*)\)", code):
        names = [each.partition("=")[0].strip() for each in parameters.split(",")]
        if name in names:
            for call in re.findall(rf"(?<!macro )\b{macro}\s*\(([^\0]*)", code):
                yield from _argument(call, names.index(name))


def _argument(call: str, place: int) -> Iterator[str]:
    """The argument at `place` of a `call`, if it is not given by name; all of them where one of them is a call."""
    inner, closed, _ = call.partition(")")
    arguments = [each.strip() for each in inner.split(",")]
    if "(" in inner or not closed:
        yield inner
    elif place < len(arguments) and "=" not in arguments[place]:
        yield arguments[place]


def _slots(running: str) -> frozenset[str] | None:
    """The slots that a template names; None where it may name any."""
    found: set[str] = set()
    for match in _SLOTS.finditer(running):
        name = match[1] or match[3]
        if name is None or (match[1] in _ASKED):
            return None
        found.add(name)
    return frozenset(found)
