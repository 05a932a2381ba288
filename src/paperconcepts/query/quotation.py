"""A sentence that is quoted as evidence, with what is marked in it."""

from collections.abc import Iterable
from dataclasses import dataclass

from paperconcepts.model import Evidence, Paper

__all__ = ["Quotation", "quote", "split_marked"]

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Quotation:
    """One piece of evidence with its sentence; ``spans`` and ``cue`` are code points into ``sentence``.

    ``cue`` is where the words of the cue stand, without blanks and brackets around them; None if there are none.
    """

    sentence: str
    spans: tuple[Span, ...]
    cue: Span | None
    evidence: Evidence

    def pieces(self) -> list[tuple[str, str]]:
        """The sentence in pieces of (kind, text), see :func:`split_marked`."""
        return split_marked(self.sentence, self.spans, self.cue)

    def marked(self, opening: str = "[", closing: str = "]", *, cue_opening: str = "", cue_closing: str = "") -> str:
        """The sentence with its mentions between two marks, and its cue between two others."""
        marks = {"mention": (opening, closing), "cue": (cue_opening, cue_closing), "": ("", "")}
        return "".join(f"{marks[kind][0]}{text}{marks[kind][1]}" for kind, text in self.pieces())


def split_marked(sentence: str, spans: Iterable[Span], cue: Span | None) -> list[tuple[str, str]]:
    """Split a sentence into pieces of (kind, text): kind is ``mention``, ``cue`` or the empty string.

    The pieces together are the sentence. What is a mention is no cue; of mentions that overlap the first counts.

    Examples:
        >>> split_marked("A extends B", [(0, 1), (10, 11)], (2, 9))
        [('mention', 'A'), ('', ' '), ('cue', 'extends'), ('', ' '), ('mention', 'B')]
    """
    found: list[tuple[str, str]] = []
    position = 0
    for start, end in sorted(set(spans)):
        if start >= position:
            found += _split_cue(sentence, position, start, cue)
            found.append(("mention", sentence[start:end]))
            position = end
    return [*found, *_split_cue(sentence, position, len(sentence), cue)]


def _split_cue(sentence: str, start: int, end: int, cue: Span | None) -> list[tuple[str, str]]:
    """The pieces of a stretch without mentions."""
    low, high = cue or (end, end)
    low, high = min(max(low, start), end), min(max(high, start), end)
    low, high = _words_of(sentence, low, high)
    pieces = (("", sentence[start:low]), ("cue", sentence[low:high]), ("", sentence[high:end]))
    return [(kind, text) for kind, text in pieces if text]


def _words_of(sentence: str, low: int, high: int) -> Span:
    """A span without what is no word at its ends: a cue between mentions may begin with a blank or a bracket."""
    while low < high and not sentence[low].isalnum():
        low += 1
    while low < high and not sentence[high - 1].isalnum():
        high -= 1
    return low, high


def quote(paper: Paper, evidence: Evidence) -> Quotation:
    """Quote a piece of evidence from its paper.

    Examples:
        >>> paper = Paper(id="x:1", title="QLoRA extends LoRA")
        >>> evidence = Evidence("x:1", "title", 0, 18, ((0, 5), (14, 18)), "extends", 6, 13, "rule", "1", 0.6)
        >>> quote(paper, evidence).marked(cue_opening="{", cue_closing="}")
        '[QLoRA] {extends} [LoRA]'
    """
    start = evidence.start
    sentence = paper.text(evidence.field)[start : evidence.end]
    low, high = _words_of(sentence, max(0, evidence.cue_start - start), max(0, evidence.cue_end - start))
    return Quotation(
        sentence,
        tuple((low - start, high - start) for low, high in evidence.spans),
        (low, high) if evidence.cue_start >= 0 and low < high else None,
        evidence,
    )
