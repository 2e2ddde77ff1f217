"""What of a project has to be worked out only once, however many documents are made of it.

A project is frozen, so what follows from a part of it stays true as long as the project lives: the marks
of a text, the content of a slot, a reference in a language, the value of a fact. One `Prepared` belongs
to one project and one process; it is a cache and never changes what comes out.
"""

from __future__ import annotations

from dataclasses import field
from typing import Final, TypeVar, cast

from briefpack.content.citations import reference, short_reference
from briefpack.content.facts import Ledger
from briefpack.content.inline import Chars, LinkMark, Mark, Marked, parse_inline
from briefpack.content.punctuation import Pen
from briefpack.content.terms import Terms, terms_in
from briefpack.content.values import RichText
from briefpack.dataclass import dataclass
from briefpack.diagnostics import Diagnostic
from briefpack.project.fields import Text
from briefpack.project.layouts import SlotType
from briefpack.project.load import Project
from briefpack.project.models import Brief
from briefpack.project.slots import SlotContent, read_slot
from briefpack.project.tree import Yaml, YamlScalar

# Enough for the texts of some hundred documents; past it everything is forgotten, so that memory stays flat.
_MOST: Final = 20_000

# Texts of rows, of which few come again.
_MOST_WRITTEN: Final = 1_000

# A language, what stands before a text, the quotes that are open, and the text.
_Penned = tuple[str, str, tuple[str, ...], str]

_Parsed = tuple[tuple[Mark, ...], tuple[Diagnostic, ...]]
_Content = tuple[SlotContent | None, tuple[Diagnostic, ...]]

V = TypeVar("V")


@dataclass(slots=True)
class Prepared:
    """Results about the parts of `project`, kept by the identity of the part, which is kept with them."""

    project: Project
    ledger: Ledger = field(init=False)
    _marks: dict[int, tuple[Text, _Parsed]] = field(default_factory=dict)
    _slots: dict[tuple[SlotType, int], tuple[Yaml, _Content]] = field(default_factory=dict)
    _rich: dict[tuple[int, str, str | None], tuple[Text, RichText]] = field(default_factory=dict)
    _filled: dict[tuple[int, str], tuple[object, ...]] = field(default_factory=dict)
    _references: dict[tuple[str, str], tuple[RichText, RichText]] = field(default_factory=dict)
    _terms: dict[str, Terms] = field(default_factory=dict)
    _written: dict[_Penned, tuple[str, str, tuple[str, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.project.facts)

    def marks(self, text: Text) -> _Parsed:
        """The marks of `text`, and what is wrong with them."""
        kept = self._marks.get(id(text))
        if kept is None:
            kept = (text, parse_inline(text))
            _bounded(self._marks)[id(text)] = kept
        return kept[1]

    def slot(self, kind: SlotType, key: YamlScalar, node: Yaml, brief: Brief) -> _Content:
        """The content of the slot `key` of `brief`, written at `node`, and what is wrong with it."""
        kept = self._slots.get((kind, id(node)))
        if kept is None:
            known = cast("SlotContent | None", brief.content(key.text, kind))
            kept = (node, (known, ()) if known is not None else read_slot(kind, key, node))
            _bounded(self._slots)[kind, id(node)] = kept
        return kept[1]

    def rich(self, text: Text, language: str, slot: str | None) -> RichText | None:
        """`text` ready to be set, if that was kept."""
        kept = self._rich.get((id(text), language, slot))
        return kept[1] if kept is not None else None

    def keep(self, text: Text, language: str, rich: RichText) -> None:
        """Keep what `text` became, if it is the same in every document of its language."""
        marks, found = self.marks(text)
        if not found and _is_constant(marks):
            self.keep_plain(text, language, rich)

    def keep_plain(self, text: Text, language: str, rich: RichText) -> None:
        """The same for a text of which it is known."""
        _bounded(self._rich)[id(text), language, rich.slot] = (text, rich)

    def written(self, pen: Pen, text: str) -> str:
        """`text` as `pen` writes it; what stands between the cells of a row comes again in each copy."""
        key = (pen.language, pen.before, tuple(pen.open), text)
        kept = self._written.get(key)
        if kept is None:
            if len(self._written) >= _MOST_WRITTEN:
                self._written.clear()
            kept = self._written[key] = (pen.write(text), pen.before, tuple(pen.open))
        written, pen.before, pen.open[:] = kept
        return written

    def terms(self, language: str) -> Terms:
        """The words that are not the author's, in `language`."""
        kept = self._terms.get(language)
        if kept is None:
            kept = self._terms[language] = terms_in(language, self.project.campaign)
        return kept

    def filled(self, brief: Brief, slot: str) -> tuple[object, ...] | None:
        """What was kept of `slot` of `brief`."""
        kept = self._filled.get((id(brief), slot))
        return kept[1:] if kept is not None else None

    def keep_filled(self, brief: Brief, slot: str, *what: object) -> None:
        _bounded(self._filled)[id(brief), slot] = (brief, *what)

    def references(self, source: str, language: str) -> tuple[RichText, RichText]:
        """The reference to `source` in full and in short."""
        kept = self._references.get((source, language))
        if kept is None:
            work = self.project.sources[source]
            full, short = reference(work, language, self.terms(language)), short_reference(work, language)
            kept = (RichText(full, work.title.span, "sources"), RichText(short, work.title.span, "sources"))
            _bounded(self._references)[source, language] = kept
        return kept


def _is_constant(marks: tuple[Mark, ...]) -> bool:
    """Whether `marks` refer to nothing: no fact, message or source."""
    for mark in marks:
        match mark:
            case Chars():
                continue
            case Marked(content=content) | LinkMark(content=content, cells=()) if _is_constant(content):
                continue
            case _:
                return False
    return True


K = TypeVar("K")


def _bounded(kept: dict[K, V]) -> dict[K, V]:
    """`kept`, emptied if it has grown too large."""
    if len(kept) >= _MOST:
        kept.clear()
    return kept
