"""Lines of positioned glyphs from a prepared paragraph and its breaks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefpack.text.breaking import Breaks
from briefpack.text.paragraph import Prepared, Run
from briefpack.text.shaped import Line, Segment, Shaped
from briefpack.text.shaping import SOFT_HYPHEN, Shaper
from briefpack.text.words import After


def compose(prepared: Prepared, breaks: Breaks, size: float, shaper: Shaper) -> tuple[Line, ...]:
    """The lines at type size `size` in points.

    Atoms that a line does not part are shaped together, so ligatures and kerning run through. Every line
    but the last ends in the space that parts it from the next, which its width leaves out: whoever reads
    the text finds the words apart.
    """
    lines: list[Line] = []
    start = 0
    for end in breaks.ends:
        lines.append(_line(prepared, start, end, size, shaper))
        start = end
    return tuple(lines)


def _line(prepared: Prepared, start: int, end: int, size: float, shaper: Shaper) -> Line:
    """The line of the atoms `start` to `end`."""
    places, afters = prepared.places, prepared.afters
    first, stop = places[start], places[end - 1] + 1
    if afters[end - 1] is After.SPACE and end < len(afters):
        stop += 1
    items = list(prepared.items[first:stop])
    # Only the word a line ends on and the one it begins with can be divided.
    if end < len(places) and places[end] == stop - 1:
        items[-1] = _part(prepared, start, end, shaper)
    if start and places[start - 1] == first:
        items[0] = _part(prepared, start, end, shaper, first=True)
    segments: list[Segment] = []
    x = 0.0
    for run, words in _stretches(prepared, first, items):
        segment = _segment(run, words, x, size)
        segments.append(segment)
        x += segment.width
    return Line(tuple(segments), x - _closing_space(segments), "".join([word.text for word in items]))


def _part(prepared: Prepared, start: int, end: int, shaper: Shaper, first: bool = False) -> Shaped:
    """What the line of the atoms `start` to `end` has of its first or its last word, which it divides."""
    place = prepared.places[start if first else end - 1]
    inside = [at for at in range(start, end) if prepared.places[at] == place]
    text = "".join(prepared.atoms[at].text for at in inside)
    if prepared.afters[inside[-1]] is After.SYLLABLE and inside[-1] == end - 1:
        text += SOFT_HYPHEN
    run = prepared.runs[prepared.owners[place]]
    return shaper.shape(run.face, text, run.features)


def _stretches(prepared: Prepared, first: int, items: Sequence[Shaped]) -> Iterator[tuple[Run, tuple[Shaped, ...]]]:
    """`items`, which begin at item `first` of the paragraph, by run."""
    owners = prepared.owners
    start, stop = first, first + len(items)
    while start < stop:
        owner = owners[start]
        end = start + 1
        while end < stop and owners[end] == owner:
            end += 1
        yield prepared.runs[owner], tuple(items[start - first : end - first])
        start = end


def _closing_space(segments: Sequence[Segment]) -> float:
    if not segments or not segments[-1].words[-1].is_space:
        return 0.0
    last = segments[-1]
    return (last.words[-1].width + last.tracking) * last.size / 1000


def _segment(run: Run, words: tuple[Shaped, ...], x: float, size: float) -> Segment:
    scaled = size * run.scale
    width = sum([word.width for word in words])
    if run.tracking:
        width += run.tracking * sum([len(word.glyphs) for word in words])
    return Segment(
        face=run.face,
        size=scaled,
        color=run.color,
        words=words,
        x=x,
        width=width * scaled / 1000,
        rise=run.rise * size,
        tracking=run.tracking * scaled / 1000,
        tag=run.tag,
        parent=run.parent,
    )
