"""The spaCy components of the cascade; each writes one span group or reads them all."""

import sys
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc, Span

from paperconcepts.extraction.abbreviations import DefinitionSpan
from paperconcepts.extraction.catalogue_matcher import SPAN_GROUP
from paperconcepts.extraction.concept_tagger import ConceptTagger, Tagged
from paperconcepts.extraction.lexicon import CUE_TYPES, GENERIC_DEFINITIONS, HEADS
from paperconcepts.extraction.marked_names import MARKED_RULES, find_marked_names
from paperconcepts.extraction.name_patterns import find_names
from paperconcepts.extraction.name_types import name_type
from paperconcepts.extraction.plausible_names import KnownNames, is_plausible_name, web_addresses
from paperconcepts.extraction.span_features import SpanCandidates, describe_spans, gather_spans
from paperconcepts.extraction.span_merge import (
    Candidate,
    merge_candidates,
    merge_span,
    repeat_names,
)
from paperconcepts.extraction.span_ranker import choose_spans, load_ranker
from paperconcepts.extraction.tag_spans import TagSpan, tag_spans
from paperconcepts.extraction.terms import find_terms
from paperconcepts.extraction.tokenizer import text_of
from paperconcepts.model import ConceptType
from paperconcepts.vocabulary import singular

__all__ = ["TaggerComponent", "candidate_spans", "name_patterns", "span_merge", "span_ranking"]

_CATALOGUE_CONFIDENCE = 0.8
_DEFINITION_CONFIDENCE = 0.9
# What the tagger finds is a name that may recur if it is likelier than not.
_LIKELY = 0.5


@Language.component("name_patterns")
def name_patterns(doc: Doc) -> Doc:
    """Write names and terms of a Doc to ``doc.user_data["candidates"]``."""
    text = text_of(doc)
    title_end = doc.user_data.get("title_end", 0)
    found = [Candidate(n.start, n.end, n.label, n.rule, n.confidence) for n in find_names(text, title_end)]
    found += [Candidate(t.start, t.end, t.label, f"term:{t.head}", t.confidence) for t in find_terms(text)]
    doc.user_data["candidates"] = found
    return doc


@Language.component("span_merge")
def span_merge(doc: Doc) -> Doc:
    """Merge what the rules found into ``doc.user_data["mentions"]``, sorted and without overlaps."""
    doc.user_data["mentions"] = merge_candidates(_rule_candidates(doc))
    return doc


class TaggerComponent:
    """Writes the tagger's words, probabilities and spans to ``doc.user_data["tagged"]`` and ``["tag_spans"]``."""

    def __init__(self, tagger: ConceptTagger | None = None) -> None:
        self._tagger = tagger or ConceptTagger()

    def __call__(self, doc: Doc) -> Doc:
        """Tag one Doc."""
        tagged = self._tagger.tag(text_of(doc), doc.user_data.get("title_end", 0))
        doc.user_data["tagged"] = tagged
        doc.user_data["tag_spans"] = tag_spans(tagged.probabilities, self._tagger.tags)
        return doc


@Language.factory("concept_tagger")
def create_concept_tagger(nlp: Language, name: str) -> TaggerComponent:
    """Create the component with the weights that ship with paperconcepts."""
    return TaggerComponent()


@Language.component("span_ranking")
def span_ranking(doc: Doc) -> Doc:
    """Weigh the finds of the rules and of the tagger; the best go to ``doc.user_data["mentions"]``."""
    ranker = load_ranker()
    spans, rows = candidate_spans(doc)
    tagged: Tagged = doc.user_data["tagged"]
    # Of a text that is no abstract the tagger has read the beginning only; behind it the rules stand alone.
    border = tagged.spans[-1][1] if tagged.spans else 0
    known = KnownNames(text_of(doc), ((s.start, s.end) for s in spans if any(c.source == "catalogue" for c in s.found)))
    read = [n for n, span in enumerate(spans) if span.end <= border and known.leave((span.start, span.end))]
    probabilities = ranker.rank(rows[read])
    values = ranker.worth(probabilities, _introduced([spans[n] for n in read], tagged))
    kept = choose_spans([(spans[n].start, spans[n].end) for n in read], values, ranker.least)
    ranked = [ranked_candidate(spans[read[n]], probabilities[n], tagged) for n in kept]
    rest = [c for span in spans if span.start >= border for c in span.found if c.source not in MARKED_RULES]
    doc.user_data["mentions"] = ranked + (merge_candidates(rest) if rest else [])
    return doc


def candidate_spans(doc: Doc) -> tuple[list[SpanCandidates], NDArray[np.float32]]:
    """All spans that a rule or the tagger proposes, and a row of features for each.

    The ranker learns from all of them, also from those that known names make impossible.
    """
    text, title_end = text_of(doc), doc.user_data.get("title_end", 0)
    tagged: Tagged = doc.user_data["tagged"]
    found: list[TagSpan] = doc.user_data["tag_spans"]
    likely = [
        Candidate(tagged.spans[s.first][0], tagged.spans[s.end - 1][1], s.label, "tagger", round(s.probability, 3))
        for s in found
        if s.probability >= _LIKELY
    ]
    marked = [Candidate(n.start, n.end, n.label, n.rule, n.confidence) for n in find_marked_names(text, title_end)]
    candidates = [c for c in _rule_candidates(doc, likely) if c.source != "tagger"]
    candidates += [c for c in marked if not c.start < title_end < c.end]
    inside = [s for s in found if not tagged.spans[s.first][0] < title_end < tagged.spans[s.end - 1][1]]
    spans = gather_spans(candidates, tagged, inside)
    rows = describe_spans(text, title_end, spans, tagged, inside)
    addresses = web_addresses(text)
    whole = [
        number
        for number, span in enumerate(spans)
        if is_plausible_name(text[span.start : span.end]) and not _inside(span.start, addresses)
    ]
    return [spans[number] for number in whole], rows[whole]


def ranked_candidate(span: SpanCandidates, probability: float, tagged: Tagged) -> Candidate:
    """One candidate from all that found a span, with the ranker's confidence and the tagger's view of its role."""
    found = list(span.found)
    if span.tagged is not None:
        found.append(Candidate(span.start, span.end, span.tagged.label, "tagger", probability))
    best = merge_span(found)
    return Candidate(
        best.start, best.end, best.label, best.source, probability, best.concept_id, _role_scores(span, tagged)
    )


def _introduced(spans: Sequence[SpanCandidates], tagged: Tagged) -> list[float]:
    """How likely the words of each span belong to a concept that the paper introduces, in the mean."""
    shares = _roles_of(tagged)[:, 1].tolist()
    words = [tagged.words_in(span.start, span.end) for span in spans]
    return [sum(shares[first:end]) / max(1, end - first) for first, end in words]


def _roles_of(tagged: Tagged) -> NDArray[np.float64]:
    return tagged.roles if tagged.read_roles is None else tagged.read_roles


def _role_scores(span: SpanCandidates, tagged: Tagged) -> tuple[float, ...]:
    """The share of each role in the words of a span; empty where the tagger has not read so far."""
    first, end = tagged.words_in(span.start, span.end)
    if first >= end:
        return ()
    sums = _roles_of(tagged)[first:end, 1:].sum(axis=0).tolist()
    total = sum(sums) or 1.0
    return tuple(round(value / total, 4) for value in sums)


def _rule_candidates(doc: Doc, more: Sequence[Candidate] = ()) -> list[Candidate]:
    text = text_of(doc)
    candidates: list[Candidate] = [*doc.user_data.get("candidates", ()), *more]
    candidates += [_from_span(span, "catalogue") for span in doc.spans.get(SPAN_GROUP, ())]
    candidates += _from_definitions(text, doc.user_data.get("definitions", ()), candidates)
    candidates += repeat_names(text, candidates)
    # A find that runs from the title into the abstract is chance; it must not push out the ones inside it.
    title_end = doc.user_data.get("title_end", 0)
    addresses = web_addresses(text)
    return [
        c
        for c in candidates
        if not c.start < title_end < c.end
        and is_plausible_name(text[c.start : c.end])
        and not _inside(c.start, addresses)
    ]


def _inside(place: int, ranges: Sequence[tuple[int, int]]) -> bool:
    number = bisect_right(ranges, (place, sys.maxsize))
    return number > 0 and place < ranges[number - 1][1]


def _from_span(span: Span, source: str) -> Candidate:
    return Candidate(
        span.start_char,
        span.end_char,
        ConceptType(span.label_),
        source,
        _CATALOGUE_CONFIDENCE,
        span.id_ or None,
    )


def _from_definitions(text: str, definitions: Any, candidates: list[Candidate]) -> list[Candidate]:
    """Both sides of a definition are mentions; they take the type (and identity) that either side has."""
    found: list[Candidate] = []
    by_span = {(c.start, c.end): c for c in candidates if c.source == "catalogue"}
    terms = {c.end: c for c in candidates if c.source.startswith("term")}
    for definition in definitions:
        key = text[slice(*definition.long)].lower()
        if key in GENERIC_DEFINITIONS or key.removesuffix("s") in GENERIC_DEFINITIONS:
            continue
        # The long form decides; what else the catalogue knows by this acronym is of no account here.
        known = by_span.get(definition.long)
        label = known.label if known else _definition_type(text, definition, terms)
        for start, end in (definition.long, definition.short):
            found.append(
                Candidate(start, end, label, "definition", _DEFINITION_CONFIDENCE, known.concept_id if known else None)
            )
    return found


def _definition_type(text: str, definition: DefinitionSpan, terms: dict[int, Candidate]) -> ConceptType | None:
    term = terms.get(definition.long[1])
    if term is not None:
        return term.label
    last = text[definition.long[0] : definition.long[1]].split()[-1].lower()
    head = singular(last)
    if head in CUE_TYPES:
        return CUE_TYPES[head]
    if head in HEADS:
        return HEADS[head][0]
    return name_type(text, *definition.short)
