"""Lines of positioned glyphs from a prepared paragraph and its breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from briefpack.namedtuple import NamedTuple
from briefpack.text.bidi import visual_order
from briefpack.text.breaking import Breaks
from briefpack.text.paragraph import Prepared
from briefpack.text.runs import Run
from briefpack.text.shaped import Line, Segment, Shaped
from briefpack.text.shaping import SOFT_HYPHEN, Shaper
from briefpack.text.wide import closes
from briefpack.text.words import After


def compose(
    prepared: Prepared, breaks: Breaks, size: float, shaper: Shaper, measure: float | None = None
) -> tuple[Line, ...]:
    """The lines at type size `size` in points, justified to `measure` points if there is one.

    Atoms that a line does not part are shaped together, so ligatures and kerning run through. Every line
    but the last ends in the space that parts it from the next, which its width leaves out: whoever reads
    the text finds the words apart.
    """
    lines: list[Line] = []
    start = 0
    for end in breaks.ends:
        last = end == len(prepared.atoms) or prepared.afters[end - 1] is After.MUST
        lines.append(_line(prepared, start, end, size, shaper, measure, last))
        start = end
    return tuple(lines)


def _line(
    prepared: Prepared, start: int, end: int, size: float, shaper: Shaper, measure: float | None, last: bool
) -> Line:
    """The line of the atoms `start` to `end`; the `last` of a paragraph is not stretched."""
    places, afters = prepared.places, prepared.afters
    first, stop = places[start], places[end - 1] + 1
    closed = afters[end - 1] is After.SPACE and end < len(afters)
    if closed:
        stop += 1
    items = list(prepared.items[first:stop])
    # Only the word a line ends on and the one it begins with can be divided.
    if end < len(places) and places[end] == stop - 1:
        items[-1] = _part(prepared, start, end, shaper)
    if start and places[start - 1] == first:
        items[0] = _part(prepared, start, end, shaper, first=True)
    if afters[end - 1] is After.BREAK and items[-1].is_wide and end < len(afters) and closes(items[-1].text[-1]):
        items[-1] = _ending(prepared, stop - 1, items[-1], shaper)
    text = "".join([word.text for word in items])
    stretch = _NO_STRETCH if measure is None else _stretch(prepared, first, items, size, closed, measure)
    if last and stretch.space > 0:
        stretch = _NO_STRETCH
    if prepared.levels is not None:
        return _mixed(prepared, first, items, size, stretch, closed)
    if len(prepared.runs) == 1 and stretch is _NO_STRETCH:
        whole = _segment(prepared.runs[0], tuple(items), 0.0, size, stretch)
        return Line((whole,), whole.width - _closing_space((whole,)), text)
    segments: list[Segment] = []
    x = 0.0
    for run, words in _stretches(prepared, first, items, stretch):
        segment = _segment(run, words, x, size, stretch)
        segments.append(segment)
        x += segment.width
    return Line(tuple(segments), x - _closing_space(segments) - _hanging(items, stretch, closed), text)


def _hanging(items: Sequence[Shaped], stretch: _Stretch, closed: bool) -> float:
    """What is added after the last character of a line, which is not of its width."""
    return stretch.wide if stretch.wide and items[-2 if closed else -1].is_wide else 0.0


class _Stretch(NamedTuple):
    """What is added to every space, and after every character of Chinese and Japanese, in points."""

    space: float = 0.0
    wide: float = 0.0

    def of(self, item: Shaped) -> float:
        """How much wider `item` gets."""
        return self.space if item.is_space else self.wide * len(item.glyphs) if item.is_wide else 0.0


_NO_STRETCH: Final = _Stretch()


def _stretch(
    prepared: Prepared, first: int, items: Sequence[Shaped], size: float, closed: bool, measure: float
) -> _Stretch:
    """What gives way in a line, and by how much, for it to be `measure` points wide."""
    inner = items[:-1] if closed else items
    natural = sum([_width(prepared.runs[prepared.owners[first + at]], item, size) for at, item in enumerate(inner)])
    spare = measure - natural
    spaces = sum([item.is_space for item in inner])
    wide = sum([len(item.glyphs) for item in inner if item.is_wide]) - inner[-1].is_wide
    if spare < 0 or wide <= 0:
        return _Stretch(spare / spaces if spaces else 0.0)
    each = spare / (spaces + wide)
    return _Stretch(each, each)


def _ending(prepared: Prepared, place: int, item: Shaped, shaper: Shaper) -> Shaped:
    """`item` as it is where a line ends after it."""
    run = prepared.runs[prepared.owners[place]]
    return shaper.shape(run.face, item.text, run.features, item.speech._replace(ends_line=True))


def _width(run: Run, item: Shaped, size: float) -> float:
    """The width of a word or a space in points."""
    return (item.width + run.tracking * len(item.glyphs)) * run.scale * size / 1000


def _mixed(
    prepared: Prepared, first: int, items: Sequence[Shaped], size: float, stretch: _Stretch, closed: bool
) -> Line:
    """A line in which some is read from right to left: segments in reading order, placed as they stand (UAX 9, L2)."""
    assert prepared.levels is not None
    levels = list(prepared.levels[first : first + len(items)])
    owners = prepared.owners[first : first + len(items)]
    if closed:
        levels[-1] = prepared.base  # L1
    widths = [
        _width(prepared.runs[owner], item, size) + stretch.of(item) for owner, item in zip(owners, items, strict=True)
    ]
    if closed:
        widths[-1] -= stretch.space
    order = visual_order(levels)
    lefts = dict(zip(order, accumulate((widths[at] for at in order), initial=0.0), strict=False))
    # The space a line ends in hangs out on the side where it ends.
    offset = widths[-1] if closed and prepared.base % 2 else 0.0
    segments: list[Segment] = []
    start = 0
    for at in range(1, len(items) + 1):
        together = at < len(items) and owners[at] == owners[start] and levels[at] == levels[start]
        if together and (not stretch.wide or items[at].is_wide == items[start].is_wide):
            continue
        x = min(lefts[each] for each in range(start, at)) - offset
        segments.append(
            _segment(prepared.runs[owners[start]], tuple(items[start:at]), x, size, stretch, levels[start] % 2 == 1)
        )
        start = at
    width = sum(widths) - (widths[-1] if closed else 0.0) - _hanging(items, stretch, closed)
    return Line(tuple(segments), width, "".join([word.text for word in items]))


def _part(prepared: Prepared, start: int, end: int, shaper: Shaper, first: bool = False) -> Shaped:
    """What the line of the atoms `start` to `end` has of its first or its last word, which it divides."""
    place = prepared.places[start if first else end - 1]
    inside = [at for at in range(start, end) if prepared.places[at] == place]
    text = "".join(prepared.atoms[at].text for at in inside)
    if prepared.afters[inside[-1]] is After.SYLLABLE and inside[-1] == end - 1:
        text += SOFT_HYPHEN
    run = prepared.runs[prepared.owners[place]]
    return shaper.shape(run.face, text, run.features, prepared.items[place].speech)


def _stretches(
    prepared: Prepared, first: int, items: Sequence[Shaped], stretch: _Stretch
) -> Iterator[tuple[Run, tuple[Shaped, ...]]]:
    """`items`, which begin at item `first` of the paragraph, by run, and by what gives way in them."""
    owners = prepared.owners
    start, stop = first, first + len(items)
    while start < stop:
        owner = owners[start]
        end = start + 1
        wide = items[start - first].is_wide
        while end < stop and owners[end] == owner and (not stretch.wide or items[end - first].is_wide == wide):
            end += 1
        yield prepared.runs[owner], tuple(items[start - first : end - first])
        start = end


def _closing_space(segments: Sequence[Segment]) -> float:
    """The width of the space that a line ends in, as it is set."""
    if not segments or not segments[-1].words[-1].is_space:
        return 0.0
    last = segments[-1]
    return (last.words[-1].width + last.tracking) * last.size / 1000 + last.stretch


def _segment(
    run: Run, words: tuple[Shaped, ...], x: float, size: float, stretch: _Stretch, rtl: bool = False
) -> Segment:
    scaled = size * run.scale
    width = sum([word.width for word in words])
    if run.tracking:
        width += run.tracking * sum([len(word.glyphs) for word in words])
    width *= scaled / 1000
    wide = stretch.wide if stretch.wide and words[0].is_wide else 0.0
    if stretch.space:
        width += sum([stretch.of(word) for word in words])
    return Segment(
        face=run.face,
        size=scaled,
        color=run.color,
        words=words,
        x=x,
        width=width,
        rise=run.rise * size,
        stretch=0.0 if wide else stretch.space,
        tracking=run.tracking * scaled / 1000 + wide,
        tag=run.tag,
        parent=run.parent,
        rtl=rtl,
    )
