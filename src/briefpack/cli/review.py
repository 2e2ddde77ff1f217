"""Reviews of briefs as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from briefpack.api import Review
    from briefpack.content.checks.reviewed import Instrument, ReviewItem
    from briefpack.content.plain.readability import Readability
    from briefpack.diagnostics import Span

_NO_SCORE: Final = "not an official score"


def as_text(reviews: Sequence[Review]) -> str:
    """A block a brief: its readability, then each instrument with its items."""
    return "\n".join("\n".join(_lines(review)) + "\n" for review in reviews)


def _lines(review: Review) -> Iterator[str]:
    yield f"{review.name}  ({review.layout}, for {review.audience})"
    yield from (f"  {line}" for line in _readability(review.readability))
    for instrument in review.instruments:
        yield ""
        yield f"  {headline(instrument)}"
        width = max(len(item.answer.state) for item in instrument.looked_at)
        yield from (f"    {line}" for item in instrument.looked_at for line in _item(item, width))


def headline(instrument: Instrument) -> str:
    """How many items were checked and met, in one line."""
    return (
        f"pre-check informed by the {instrument.name}: {instrument.machine_checked} of {instrument.items} items "
        f"machine-checked, {instrument.met} met; {_NO_SCORE}"
    )


def _readability(read: Readability) -> Iterator[str]:
    counts = read.counts
    yield (
        f"running text: {counts.words} words in {counts.sentences} sentences, {counts.sentence_length:.1f} words a "
        f"sentence, the longest {counts.longest}"
    )
    if read.reason:
        yield f"readability: {read.reason}"
    for measure in read.measures:
        yield f"readability: {measure.band} ({measure.name} {measure.value:.1f}), approximate; {_NO_SCORE}"
    if counts.few and read.measures:
        yield "readability: fewer than 100 words or 10 sentences, so not to be relied on"


def _item(item: ReviewItem, width: int) -> Iterator[str]:
    answer = item.answer
    why = f": {answer.why}" if answer.why else ""
    yield f"{answer.state.value.ljust(width)}  {item.number:>2}  {item.asks}{why}"
    if answer.span is not None:
        yield f"{' ' * width}      --> {_place(answer.span)}"


def _place(span: Span) -> str:
    return f"{span.path}:{span.line}:{span.column}"


def as_json(reviews: Sequence[Review]) -> str:
    """The same for programs; `span` is `null` where there is no place."""
    import json

    return json.dumps({"reviews": [_plain(review) for review in reviews]}, indent=2, ensure_ascii=False) + "\n"


def _plain(review: Review) -> dict[str, Any]:
    from dataclasses import asdict

    read = review.readability
    return {
        "name": review.name,
        "layout": review.layout,
        "audience": review.audience,
        "readability": {
            "language": read.language,
            "counts": asdict(read.counts),
            "few": read.counts.few,
            "measures": [asdict(measure) for measure in read.measures],
            "reason": read.reason or None,
            "official_score": False,
        },
        "instruments": [
            {
                "name": instrument.name,
                "items": instrument.items,
                "machine_checked": instrument.machine_checked,
                "met": instrument.met,
                "official_score": False,
                "looked_at": [
                    {
                        "number": item.number,
                        "asks": item.asks,
                        "state": item.answer.state.value,
                        "why": item.answer.why or None,
                        "span": asdict(item.answer.span) if item.answer.span is not None else None,
                    }
                    for item in instrument.looked_at
                ],
            }
            for instrument in review.instruments
        ],
    }
