"""Spans in a text: where a surface occurs, and when two spans name the same thing."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

__all__ = ["Form", "Span", "count_agreements", "find_surfaces", "spans_to_forms", "trim_span"]

Span = tuple[int, int]

_ARTICLES = "the a an our this these its"
_HEAD_NOUNS = (
    "algorithm algorithms approach approaches architecture architectures benchmark benchmarks corpus corpora "
    "dataset datasets framework frameworks method methods metric metrics model models score scores system systems "
    "task tasks technique techniques"
)
_ARTICLE = re.compile(rf"(?:{'|'.join(_ARTICLES.split())})\s+", re.IGNORECASE)
_HEAD_NOUN = re.compile(rf"\s+(?:data sets?|{'|'.join(_HEAD_NOUNS.split())})\Z", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9]+")


def find_surfaces(surfaces: Sequence[Sequence[str]], text: str) -> list[frozenset[Span]]:
    """The spans of each concept, given by its surfaces: every whole-word occurrence, the longest surface first.

    No two spans overlap, so that "diffusion" inside "diffusion model" belongs to the longer name only.

    Examples:
        >>> [sorted(spans) for spans in find_surfaces([["BERT"], ["BERT score"]], "BERT score of BERT, not of BERTs")]
        [[(14, 18)], [(0, 10)]]
    """
    found: list[set[Span]] = [set() for _ in surfaces]
    taken = bytearray(len(text))
    named = [(surface, number) for number, names in enumerate(surfaces) for surface in names]
    for surface, number in sorted(named, key=lambda pair: (-len(pair[0]), pair[0])):
        whole = rf"(?<![A-Za-z0-9]){re.escape(surface)}(?![A-Za-z0-9])"
        for match in re.finditer(whole, text):
            start, end = match.span()
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                found[number].add((start, end))
    return [frozenset(spans) for spans in found]


def trim_span(text: str, span: Span) -> Span:
    """``span`` without a leading article and one closing head noun: annotators differ in these, and neither is wrong.

    Examples:
        >>> trim_span("the GLUE benchmark", (0, 18))
        (4, 8)
    """
    start, end = span
    article = _ARTICLE.match(text[start:end])
    if article:
        start += article.end()
    head = _HEAD_NOUN.search(text[start:end])
    if head and head.start() > 1:
        end = start + head.start()
    return start, end


@dataclass(frozen=True, slots=True)
class Form:
    """What the comparison of two spans looks at."""

    span: Span
    trimmed: Span
    last_word: str


def spans_to_forms(spans: Iterable[Span], text: str) -> list[Form]:
    """Prepare spans of one text for comparison."""
    return [Form(span, trim_span(text, span), _last_word(text[slice(*span)])) for span in sorted(spans)]


def count_agreements(these: Iterable[Form], those: Sequence[Form]) -> tuple[int, int]:
    """How many pairs of spans are the same, and how many others overlap and share their last word.

    Examples:
        >>> text = "the large GLUE benchmark"
        >>> one, other, third = (spans_to_forms([span], text) for span in [(0, 24), (4, 14), (10, 14)])
        >>> count_agreements(one, other), count_agreements(other, third)
        ((1, 0), (0, 1))
    """
    same = near = 0
    for one in these:
        for other in those:
            if one.span == other.span or one.trimmed == other.trimmed:
                same += 1
            elif one.span[0] < other.span[1] and other.span[0] < one.span[1] and one.last_word == other.last_word:
                near += 1
    return same, near


def _last_word(text: str) -> str:
    """The last word in lower case without a plural s; "" if there is none."""
    words = _WORD.findall(text)
    return words[-1].lower().rstrip("s") if words else ""
