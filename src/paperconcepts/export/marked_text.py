"""A text with marked spans as HTML. Spans may nest and cross; text is always escaped."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from html import escape

from paperconcepts.evaluation import JudgedSpan, Verdict
from paperconcepts.export.cleaning import clean_line, mask_text

__all__ = ["SIGNS", "TYPE_SIGNS", "WrappedSpan", "mark_text", "wrap_spans"]

SIGNS: Mapping[Verdict, str] = {
    Verdict.RIGHT: "✓",
    Verdict.BOUNDARY: "↔",
    Verdict.TYPE: "≠",
    Verdict.MISSED: "−",
    Verdict.FALSE: "+",
    Verdict.OPTIONAL: "○",
}
TYPE_SIGNS: Mapping[str, str] = {"Method": "Me", "Model": "Mo", "Dataset": "Da", "Task": "Ta", "Metric": "Mt"}


@dataclass(frozen=True, slots=True)
class WrappedSpan:
    """A span with the tags around it. ``sign`` stands before the last closing tag, if the span must be cut."""

    start: int
    end: int
    opening: str
    closing: str
    sign: str = ""


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    span: WrappedSpan
    is_last: bool


def mark_text(text: str, spans: Iterable[JudgedSpan]) -> str:
    """Return ``text`` as HTML with each span in a ``mark`` element that names verdict and type, also as a sign.

    Of spans that cross, the later is cut where the earlier ends. What lies outside the text is left out.

    Examples:
        >>> marked = mark_text("a <b>", [JudgedSpan(2, 5, "Task", "b", Verdict.MISSED)])
        >>> marked.partition(" data-")[0], marked.partition(">")[2]
        ('a <mark class="missed Task"', '&lt;b&gt;<sup>−Ta</sup></mark>')
    """
    return wrap_spans(
        text,
        (WrappedSpan(span.start, span.end, _start_tag(span), "</mark>", _sign(span)) for span in spans),
    )


def wrap_spans(text: str, spans: Iterable[WrappedSpan]) -> str:
    """Return ``text`` as HTML with each span between its tags, which nest whatever the spans do.

    Of spans that cross, the later is cut where the earlier ends. What lies outside the text is left out.

    Examples:
        >>> wrap_spans("a & b", [WrappedSpan(2, 5, "<i>", "</i>"), WrappedSpan(0, 3, "<b>", "</b>")])
        '<b>a <i>&amp;</i></b><i> b</i>'
    """
    text = mask_text(text)
    parts: list[str] = []
    opened: list[_Piece] = []
    position = 0

    def advance(place: int) -> None:
        nonlocal position
        parts.append(escape(text[position:place]))
        position = place

    def close_until(place: int) -> None:
        while opened and opened[-1].end <= place:
            piece = opened.pop()
            advance(piece.end)
            parts.append((piece.span.sign if piece.is_last else "") + piece.span.closing)

    for piece in _nest(spans, len(text)):
        close_until(piece.start)
        advance(piece.start)
        parts.append(piece.span.opening)
        opened.append(piece)
    close_until(len(text))
    advance(len(text))
    return "".join(parts)


def _nest(spans: Iterable[WrappedSpan], length: int) -> Iterator[_Piece]:
    """The spans in the order in which they open, cut so that each lies wholly inside or outside of any other."""
    heap = [
        (max(span.start, 0), -min(span.end, length), number, span)
        for number, span in enumerate(spans)
        if max(span.start, 0) < min(span.end, length)
    ]
    heapify(heap)
    ends: list[int] = []
    while heap:
        start, negative_end, number, span = heappop(heap)
        end = -negative_end
        while ends and ends[-1] <= start:
            ends.pop()
        is_last = not ends or end <= ends[-1]
        if not is_last:
            heappush(heap, (ends[-1], negative_end, number, span))
            end = ends[-1]
        ends.append(end)
        yield _Piece(start, end, span, is_last)


def _start_tag(span: JudgedSpan) -> str:
    title = f"{span.verdict} {span.type}: {span.name}" + (f" ({span.note})" if span.note else "")
    return (
        f'<mark class="{span.verdict} {_first_type(span.type)}" data-verdict="{span.verdict}" '
        f'data-type="{escape(span.type)}" title="{escape(clean_line(title))}">'
    )


def _sign(span: JudgedSpan) -> str:
    return f"<sup>{SIGNS[span.verdict]}{TYPE_SIGNS.get(_first_type(span.type), '')}</sup>"


def _first_type(name: str) -> str:
    return escape(name.partition("+")[0])
