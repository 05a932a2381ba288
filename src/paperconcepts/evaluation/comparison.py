"""One paper's prediction laid beside its gold: which predicted concept is which gold concept."""

from collections.abc import Sequence
from dataclasses import dataclass

from paperconcepts.evaluation.gold import GoldPaper
from paperconcepts.evaluation.predictions import PredictedConcept, Prediction, place_mentions
from paperconcepts.evaluation.spans import Span, count_agreements, find_surfaces, spans_to_forms
from paperconcepts.model import Predicate

__all__ = ["Comparison", "align_concepts", "compare"]

_SAME, _NEAR = 4, 1


@dataclass(frozen=True, slots=True)
class Comparison:
    """A paper, its prediction, the spans of both in ``gold.paper.text`` and two alignments.

    ``strict`` and ``relaxed`` map positions of predicted concepts to positions of gold concepts, one to one.
    """

    gold: GoldPaper
    predicted: tuple[PredictedConcept, ...]
    relations: tuple[tuple[int, Predicate, int], ...]
    gold_spans: tuple[frozenset[Span], ...]
    predicted_spans: tuple[frozenset[Span], ...]
    strict: dict[int, int]
    relaxed: dict[int, int]
    missing: bool


def compare(gold: GoldPaper, prediction: Prediction | None) -> Comparison:
    """Align the prediction of a paper with its gold; no prediction is an empty one."""
    text = gold.paper.text
    gold_spans = find_surfaces([concept.surfaces for concept in gold.concepts], text)
    predicted = prediction.concepts if prediction else ()
    predicted_spans = [place_mentions(concept, gold.paper) for concept in predicted]
    strict, relaxed = align_concepts(predicted_spans, gold_spans, text)
    return Comparison(
        gold=gold,
        predicted=predicted,
        relations=prediction.relations if prediction else (),
        gold_spans=tuple(gold_spans),
        predicted_spans=tuple(predicted_spans),
        strict=strict,
        relaxed=relaxed,
        missing=prediction is None,
    )


def align_concepts(
    predicted: Sequence[frozenset[Span]], gold: Sequence[frozenset[Span]], text: str
) -> tuple[dict[int, int], dict[int, int]]:
    """Align concepts by their spans, one to one: strictly, and relaxed.

    Pairs that share most spans come first, ties by position. Strictly, spans must be the same up to an article and a
    closing head noun; relaxed, spans that overlap and share their last word count too, a quarter each.

    Examples:
        >>> align_concepts([frozenset({(0, 8)}), frozenset({(4, 8)})], [frozenset({(4, 8)})], "big LoRA")
        ({1: 0}, {1: 0})
        >>> align_concepts([frozenset({(0, 8)})], [frozenset({(4, 8)})], "big LoRA")
        ({}, {0: 0})
    """
    gold_forms = [spans_to_forms(spans, text) for spans in gold]
    strict: list[tuple[int, int, int]] = []
    relaxed: list[tuple[int, int, int]] = []
    for i, spans in enumerate(predicted):
        forms = spans_to_forms(spans, text)
        for j, others in enumerate(gold_forms):
            same, near = count_agreements(forms, others)
            if same:
                strict.append((-same, i, j))
            if same or near:
                relaxed.append((-_SAME * same - _NEAR * near, i, j))
    return _take_best(strict), _take_best(relaxed)


def _take_best(votes: list[tuple[int, int, int]]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    claimed: set[int] = set()
    for _, i, j in sorted(votes):
        if i not in pairs and j not in claimed:
            pairs[i] = j
            claimed.add(j)
    return pairs
