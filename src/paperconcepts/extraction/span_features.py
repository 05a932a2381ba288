"""What is known of each candidate span, as numbers: who found it, what the tagger thinks, its form and its place."""

import math
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from paperconcepts.extraction.concept_tagger import Tagged
from paperconcepts.extraction.lexicon import GENERIC_WORDS, HEADS, TERM_STOP
from paperconcepts.extraction.span_merge import Candidate
from paperconcepts.extraction.tag_spans import TagSpan
from paperconcepts.model import ConceptType
from paperconcepts.vocabulary import singular

__all__ = ["FEATURES", "SpanCandidates", "describe_spans", "gather_spans"]

_SOURCES = (
    "catalogue", "definition", "name:title", "name:called", "name:proposed", "name:headed", "name:versioned",
    "name:shape", "name:repeat", "term", "name:quoted", "name:notation", "name:capitals",
)  # fmt: skip
_TYPES = tuple(ConceptType)
FEATURES = (
    "tagger_logit", "tagger_rival", "tagger_inside_mean", "tagger_inside_least", "form_best", "form_mean",
    "form_count", "form_share_tagged", "left_open", "right_open",
    *(f"source_{name}" for name in _SOURCES),
    "rule_confidence", "sources", "words", "characters", "has_capital", "all_capitals", "inner_capital", "has_digit",
    "has_mark", "first_capital", "all_lower", "in_title", "position", "inside_longer_rule", "inside_catalogue",
    "holds_catalogue", "holds_definition", "inside_tagged", "head_noun", "generic_words", "stop_first",
    "article_before", "own_before", "bracket_before", "bracket_after", "hyphen_before", "hyphen_after", "introduces",
    "outside_role", "type_share", *(f"tagger_{label}" for label in _TYPES),
    *(f"label_{label}" for label in _TYPES), "label_none", "heading_count", "sibling_best",
)  # fmt: skip
_LEAST_PROBABILITY = 0.06


@dataclass(slots=True)
class SpanCandidates:
    """One span with all that found it."""

    start: int
    end: int
    found: list[Candidate]
    tagged: TagSpan | None = None


def gather_spans(candidates: Sequence[Candidate], tagged: Tagged, tag_spans: Sequence[TagSpan]) -> list[SpanCandidates]:
    """The candidates of the rules and the likelier spans of the tagger, one entry a span, by place."""
    spans: dict[tuple[int, int], SpanCandidates] = {}
    for candidate in candidates:
        key = (candidate.start, candidate.end)
        spans.setdefault(key, SpanCandidates(*key, [])).found.append(candidate)
    for span in tag_spans:
        key = (tagged.spans[span.first][0], tagged.spans[span.end - 1][1])
        if key in spans:
            spans[key].tagged = span
        elif span.probability >= _LEAST_PROBABILITY:
            spans[key] = SpanCandidates(*key, [], span)
    return [spans[key] for key in sorted(spans)]


def describe_spans(
    text: str, title_end: int, spans: Sequence[SpanCandidates], tagged: Tagged, tag_spans: Sequence[TagSpan]
) -> NDArray[np.float32]:
    """One row of ``FEATURES`` for each span."""
    reader = _Reader(text, title_end, spans, tagged, tag_spans)
    rows = [reader.row(span) for span in spans]
    return np.array(rows, dtype=np.float32).reshape(len(spans), len(FEATURES))


class _Reader:
    """What all spans of a text are described from, prepared once; words are named by their number."""

    def __init__(
        self, text: str, title_end: int, spans: Sequence[SpanCandidates], tagged: Tagged, tag_spans: Sequence[TagSpan]
    ) -> None:
        self.text, self.title_end, self.tagged = text, title_end, tagged
        begin, inside, last = (tagged.probabilities[:, column:21:4].sum(axis=1) for column in (1, 2, 3))
        self.outside: list[float] = tagged.probabilities[:, 0].tolist()
        self.opens: list[float] = (begin + inside).tolist()
        self.goes_on: list[float] = (inside + last).tolist()
        self.roles: list[list[float]] = tagged.roles.tolist()
        self.by_word: dict[int, list[TagSpan]] = defaultdict(list)
        for span in tag_spans:
            for word in range(span.first, span.end):
                self.by_word[word].append(span)
        self.forms = _forms(text, spans)
        self.stems = _stems(text, spans)
        self.rules = [span for span in spans if span.found]
        self.rule_starts = [span.start for span in self.rules]
        self.heading = text[: min(title_end, _LONGEST_HEADING)].lower()

    def row(self, span: SpanCandidates) -> list[float]:
        first, end = self.tagged.words_in(span.start, span.end)
        name = self.text[span.start : span.end]
        return [
            *self._tagger(span, first, end),
            *_sources(span),
            *_letters(name),
            float(span.start < self.title_end),
            span.start / max(1, len(self.text)),
            *self._nesting(span, first, end),
            *_words(name),
            *self._neighbours(span, first),
            *self._roles_and_types(span, first, end),
            float(min(self.heading.count(name.lower()) if self.heading else 0, 2)),
            self._sibling(name),
        ]

    def _sibling(self, name: str) -> float:
        """What the tagger thinks at best of a name of the same stem: of "RoB-Item" for "RoB-Domain"."""
        best = self.stems.get(_stem(name), ())
        return next((value for value, form in best if form != name.lower()), 0.0)

    def _tagger(self, span: SpanCandidates, first: int, end: int) -> list[float]:
        """What the tagger thinks of the span itself, of its form everywhere, and of its borders."""
        inside = [1.0 - value for value in self.outside[first:end]] or [0.0]
        rivals = (
            other.probability
            for word in range(first, end)
            for other in self.by_word.get(word, ())
            if (other.first, other.end) != (first, end)
        )
        return [
            _logit(span.tagged.probability if span.tagged else 0.0),
            max(rivals, default=0.0),
            sum(inside) / len(inside),
            min(inside),
            *self.forms[_form(self.text, span)],
            self.opens[first - 1] if first else 0.0,
            self.goes_on[end] if end < len(self.goes_on) else 0.0,
        ]

    def _nesting(self, span: SpanCandidates, first: int, end: int) -> list[float]:
        """Whether longer spans hold this one, and whether it holds known ones."""
        around = self._around(span)
        holders = [other for other in around if other.start <= span.start and span.end <= other.end]
        held = [other for other in around if span.start <= other.start and other.end <= span.end]
        tagged = (
            other.probability
            for other in self.by_word.get(first, ())
            if other.first <= first and end <= other.end and (other.first, other.end) != (first, end)
        )
        return [
            float(bool(holders)),
            float(any(_known(other) for other in holders)),
            float(any(_known(other) for other in held)),
            float(any(_defined(other) for other in held)),
            max(tagged, default=0.0),
        ]

    def _around(self, span: SpanCandidates) -> list[SpanCandidates]:
        """Other spans of the rules that overlap this one."""
        low = bisect_left(self.rule_starts, span.start - _LONGEST_HOLDER)
        high = bisect_left(self.rule_starts, span.end)
        return [
            other
            for other in self.rules[low:high]
            if other.end > span.start and (other.start, other.end) != (span.start, span.end)
        ]

    def _neighbours(self, span: SpanCandidates, first: int) -> list[float]:
        text = self.text
        before = text[slice(*self.tagged.spans[first - 1])].lower() if first else ""
        return [
            float(before in _ARTICLES),
            float(before in _OWN),
            float(before in ("(", "[")),
            float(text[span.end : span.end + 2].lstrip()[:1] == "("),
            float(text[max(0, span.start - 1) : span.start] == "-"),
            float(text[span.end : span.end + 1] == "-"),
        ]

    def _roles_and_types(self, span: SpanCandidates, first: int, end: int) -> list[float]:
        roles = self.roles[first:end] or [[1.0, 0.0]]
        shares = span.tagged.shares if span.tagged else (0.0,) * len(_TYPES)
        labels = {candidate.label for candidate in span.found}
        return [
            sum(role[1] for role in roles) / len(roles),
            sum(role[0] for role in roles) / len(roles),
            max(shares),
            *shares,
            *(float(label in labels) for label in _TYPES),
            float(None in labels),
        ]


_LONGEST_HEADING = 1_000
_LONGEST_HOLDER = 120
_ARTICLES = frozenset(("the", "a", "an", "this", "these", "such"))
_OWN = frozenset(("our", "their", "its", "proposed", "novel", "new"))


def _form(text: str, span: SpanCandidates) -> str:
    form = text[span.start : span.end].lower()
    return form[:-1] if form.endswith("s") else form


def _forms(text: str, spans: Sequence[SpanCandidates]) -> dict[str, tuple[float, float, float, float]]:
    """For each form the tagger's best and mean probability of it, how often it occurs, and the share that is tagged."""
    probabilities: dict[str, list[float]] = defaultdict(list)
    for span in spans:
        probabilities[_form(text, span)].append(span.tagged.probability if span.tagged else 0.0)
    return {
        form: (
            max(same),
            sum(same) / len(same),
            float(min(len(same), 6)),
            sum(value > 0.5 for value in same) / len(same),
        )
        for form, same in probabilities.items()
    }


_STEM = re.compile(r"([^\W_][^\s-]{1,40}?)(?:[-‐‑–][\w.+]{1,20}|[\d.]{1,5}[A-Za-z]?|[+*]{1,2})?\Z")


# Names recur in a corpus: what their letters alone tell is kept for the latest.
_KEPT_NAMES = 8_192


@lru_cache(_KEPT_NAMES)
def _stem(name: str) -> str:
    """What the names of one family share: "rob" of "RoB-Item"; nothing of several words."""
    match = _STEM.match(name)
    return match[1].lower() if match and len(match[1]) > 1 and any(c.isupper() for c in name) else ""


def _stems(text: str, spans: Sequence[SpanCandidates]) -> dict[str, list[tuple[float, str]]]:
    """For each stem the tagger's best probabilities of two names that have it, the better one first."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for span in spans:
        name = text[span.start : span.end]
        stem = _stem(name)
        if stem and span.tagged is not None:
            form = name.lower()
            found[stem][form] = max(found[stem].get(form, 0.0), span.tagged.probability)
    return {stem: nlargest(2, ((value, form) for form, value in forms.items())) for stem, forms in found.items()}


_MARKS = frozenset("-/+*@.‑–")


@lru_cache(_KEPT_NAMES)
def _letters(name: str) -> tuple[float, ...]:
    upper = [c.isupper() for c in name if c.isalpha()]
    return (
        float(len(name.split())),
        float(min(len(name), 60)),
        float(True in upper),
        float(bool(upper) and False not in upper),
        float(name != name.lower() and any(a.islower() and b.isupper() for a, b in pairwise(name))),
        float(any(map(str.isdigit, name))),
        float(not _MARKS.isdisjoint(name)),
        float(name[:1].isupper()),
        float(name.islower()),
    )


@lru_cache(_KEPT_NAMES)
def _words(name: str) -> tuple[float, ...]:
    words = name.lower().replace("-", " ").split() or [""]
    return (
        float(singular(words[-1]) in HEADS),
        sum(singular(word) in GENERIC_WORDS for word in words) / len(words),
        float(words[0] in TERM_STOP),
    )


def _known(span: SpanCandidates) -> bool:
    return any(candidate.source == "catalogue" for candidate in span.found)


def _defined(span: SpanCandidates) -> bool:
    return any(candidate.source == "definition" for candidate in span.found)


def _sources(span: SpanCandidates) -> list[float]:
    names = {candidate.source if candidate.source in _SOURCES else "term" for candidate in span.found}
    best = max((candidate.confidence for candidate in span.found), default=0.0)
    return [*(float(name in names) for name in _SOURCES), best, float(len(names))]


def _logit(value: float) -> float:
    held = min(max(value, 0.005), 0.995)
    return math.log(held / (1.0 - held))
