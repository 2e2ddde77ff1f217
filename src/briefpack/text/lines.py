"""Lines of positioned glyphs from a prepared paragraph and its breaks."""

from __future__ import annotations

from briefpack.text.breaking import Breaks
from briefpack.text.paragraph import After, Atom, Prepared, Run
from briefpack.text.shaped import Line, Segment, Shaped
from briefpack.text.shaping import SOFT_HYPHEN, Shaper


def compose(prepared: Prepared, breaks: Breaks, size: float, shaper: Shaper) -> tuple[Line, ...]:
    """The lines at type size `size` in points.

    Atoms that a line does not part are shaped together again, so ligatures and kerning run through.
    Every line but the last ends in the space that parts it from the next, which its width leaves out:
    whoever reads the text finds the words apart.
    """
    lines: list[Line] = []
    start = 0
    for end in breaks.ends:
        lines.append(_line(prepared, start, end, end == len(prepared.atoms), size, shaper))
        start = end
    return tuple(lines)


def _line(prepared: Prepared, start: int, end: int, last: bool, size: float, shaper: Shaper) -> Line:
    segments: list[Segment] = []
    x = 0.0
    for run, texts in _stretches(prepared.runs, prepared.atoms[start:end], last):
        words = tuple(shaper.shape(run.face, text, run.features) for text in texts)
        segment = _segment(run, words, x, size)
        segments.append(segment)
        x += segment.width
    width = x - _closing_space(segments, size)
    return Line(tuple(segments), width, "".join(word.text for part in segments for word in part.words))


def _closing_space(segments: list[Segment], size: float) -> float:
    if not segments or not segments[-1].words[-1].is_space:
        return 0.0
    last = segments[-1]
    return (last.words[-1].width + last.tracking) * last.size / 1000


def _stretches(runs: tuple[Run, ...], atoms: tuple[Atom, ...], last: bool) -> list[tuple[Run, list[str]]]:
    """The words of a line by run; a space is a word of its own."""
    result: list[tuple[Run, list[str]]] = []
    joined = False
    current = -1

    def words_of(run: int) -> list[str]:
        nonlocal current
        if run != current:
            result.append((runs[run], []))
            current = run
        return result[-1][1]

    for at, atom in enumerate(atoms):
        joined = joined and atom.run == current
        words = words_of(atom.run)
        if joined:
            words[-1] += atom.text
        else:
            words.append(atom.text)
        joined = atom.after not in (After.SPACE, After.MUST)
        ends = at == len(atoms) - 1
        if ends and atom.after is After.SYLLABLE:
            words[-1] += SOFT_HYPHEN
        elif atom.after is After.SPACE and not (ends and last):
            words_of(atom.space_run).append(" ")
    return result


def _segment(run: Run, words: tuple[Shaped, ...], x: float, size: float) -> Segment:
    scaled = size * run.scale
    glyphs = sum(len(word.glyphs) for word in words)
    width = (sum(word.width for word in words) + run.tracking * glyphs) * scaled / 1000
    return Segment(
        face=run.face,
        size=scaled,
        color=run.color,
        words=words,
        x=x,
        width=width,
        rise=run.rise * size,
        tracking=run.tracking * scaled / 1000,
        tag=run.tag,
        parent=run.parent,
    )
